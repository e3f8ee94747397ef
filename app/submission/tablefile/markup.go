package tablefile

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// Tables in markup: web pages that systems export under the name .xls, and the XML
// spreadsheets of Excel 2003.

// readHTML reads the tables of a web page; spans are filled, hidden rows marked.
func readHTML(data []byte) ([]Grid, error) {
	r, err := charset.NewReader(bytes.NewReader(data), "")
	if err != nil {
		return nil, errDamaged(err.Error())
	}
	root, err := html.Parse(io.LimitReader(r, maxInflated))
	if err != nil {
		return nil, errDamaged(err.Error())
	}
	h := &htmlReader{}
	if err := h.walk(root, 0); err != nil {
		return nil, err
	}
	for i := range h.grids {
		h.grids[i].Sheet = "表 " + strconv.Itoa(i+1)
	}
	return h.grids, nil
}

type htmlReader struct {
	grids  []Grid
	before []string
}

func (h *htmlReader) walk(n *html.Node, depth int) error {
	if depth > 500 {
		return errTooLarge()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			if s := strings.TrimSpace(c.Data); s != "" && len(h.before) < 200 {
				h.before = append(h.before, s)
			}
		case c.DataAtom == atom.Script, c.DataAtom == atom.Style, c.DataAtom == atom.Head:
		case c.DataAtom == atom.Table:
			g := Grid{Table: len(h.grids) + 1, First: 1, Before: h.before}
			h.before = nil
			t := htmlTable{g: &g, down: map[int]span{}}
			if err := t.rows(c, depth); err != nil {
				return err
			}
			h.grids = append(h.grids, g)
		default:
			if err := h.walk(c, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// span is a cell that goes on in the rows below.
type span struct {
	left int
	text string
}

type htmlTable struct {
	g    *Grid
	row  int
	down map[int]span // by column
}

func (t *htmlTable) rows(n *html.Node, depth int) error {
	if depth > 500 {
		return errTooLarge()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Tr {
			if err := t.tr(c); err != nil {
				return err
			}
			continue
		}
		if c.DataAtom == atom.Thead || c.DataAtom == atom.Tbody || c.DataAtom == atom.Tfoot {
			if err := t.rows(c, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *htmlTable) tr(n *html.Node) error {
	if hiddenNode(n) {
		t.g.HiddenRows = append(t.g.HiddenRows, t.row)
	}
	for len(t.g.Rows) <= t.row {
		t.g.Rows = append(t.g.Rows, nil)
	}
	col := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		var err error
		if col, err = t.fill(col); err != nil {
			return err
		}
		text := nodeText(c)
		across, down := spanOf(c, "colspan"), spanOf(c, "rowspan")
		for k := range across {
			if err := t.g.set(t.row, col, Cell{Text: text, Merged: k > 0}); err != nil {
				return err
			}
			if down > 1 {
				t.down[col] = span{down - 1, text}
			}
			col++
		}
	}
	_, err := t.fill(col)
	t.row++
	return err
}

// fill puts in the cells that come down from above, from a column on.
func (t *htmlTable) fill(col int) (int, error) {
	for {
		s, ok := t.down[col]
		if !ok {
			return col, nil
		}
		if err := t.g.set(t.row, col, Cell{Text: s.text, Merged: true}); err != nil {
			return col, err
		}
		if s.left--; s.left == 0 {
			delete(t.down, col)
		} else {
			t.down[col] = s
		}
		col++
	}
}

func spanOf(n *html.Node, name string) int {
	for _, a := range n.Attr {
		if a.Key == name {
			if v, err := strconv.Atoi(strings.TrimSpace(a.Val)); err == nil {
				return max(1, min(v, 256))
			}
		}
	}
	return 1
}

func hiddenNode(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "style" && strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none") {
			return true
		}
	}
	return false
}

func nodeText(n *html.Node) string {
	var out strings.Builder
	var walk func(*html.Node, int)
	walk = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && depth < 200; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				out.WriteString(strings.Join(strings.Fields(c.Data), " "))
			case c.DataAtom == atom.Br, c.DataAtom == atom.P, c.DataAtom == atom.Div:
				out.WriteByte('\n')
				walk(c, depth+1)
			case c.DataAtom == atom.Script, c.DataAtom == atom.Style:
			default:
				walk(c, depth+1)
			}
		}
	}
	walk(n, 0)
	return strings.TrimSpace(out.String())
}

// readXMLSheet reads an XML spreadsheet of Excel 2003.
func readXMLSheet(data []byte) ([]Grid, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charsetOf
	x := &xmlSheet{d: d}
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errDamaged(err.Error())
		}
		if se, ok := tok.(xml.StartElement); ok {
			if err := x.start(se); err != nil {
				return nil, err
			}
		}
	}
	if len(x.grids) == 0 {
		return nil, unsupported("xml")
	}
	for i := range x.grids {
		for _, m := range x.merges[i] {
			x.grids[i].merge(m[0], m[1], m[2], m[3])
		}
	}
	return x.grids, nil
}

type xmlSheet struct {
	d        *xml.Decoder
	grids    []Grid
	merges   [][][4]int
	row, col int
}

// number reads an attribute; 0 if it is none.
func number(attrs []xml.Attr, name string) int {
	n, err := strconv.Atoi(attrLocal(attrs, name))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func (x *xmlSheet) startRow(attrs []xml.Attr) {
	x.row, x.col = x.row+1, -1
	if n := number(attrs, "Index"); n > 0 {
		x.row = n - 1
	}
	if len(x.grids) > 0 && attrLocal(attrs, "Hidden") == "1" {
		g := &x.grids[len(x.grids)-1]
		g.HiddenRows = append(g.HiddenRows, x.row)
	}
}

func (x *xmlSheet) startCell(attrs []xml.Attr) {
	x.col++
	if n := number(attrs, "Index"); n > 0 {
		x.col = n - 1
	}
	down, across := number(attrs, "MergeDown"), number(attrs, "MergeAcross")
	if last := len(x.merges) - 1; last >= 0 && (down > 0 || across > 0) && len(x.merges[last]) < maxRows {
		x.merges[last] = append(x.merges[last], [4]int{x.row, x.col, x.row + down, x.col + across})
	}
}

func (x *xmlSheet) start(se xml.StartElement) error {
	switch se.Name.Local {
	case "Worksheet":
		x.grids = append(x.grids, Grid{Sheet: attrLocal(se.Attr, "Name"), First: 1})
		x.merges = append(x.merges, nil)
		x.row = -1
	case "Visible":
		var v string
		if err := x.d.DecodeElement(&v, &se); err != nil {
			return errDamaged(err.Error())
		}
		if len(x.grids) > 0 && strings.HasPrefix(v, "Sheet") && strings.HasSuffix(v, "Hidden") {
			x.grids[len(x.grids)-1].Hidden = true
		}
	case "Row":
		x.startRow(se.Attr)
	case "Cell":
		x.startCell(se.Attr)
	case "Data":
		if len(x.grids) == 0 || x.row < 0 || x.col < 0 {
			return nil
		}
		return x.data(attrLocal(se.Attr, "Type"))
	}
	return nil
}

func (x *xmlSheet) data(typ string) error {
	text, err := innerText(x.d)
	if err != nil {
		return err
	}
	c := Cell{Text: text}
	switch typ {
	case "Number":
		if f, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil {
			c = Cell{Text: plainNumber(f), Number: true}
		}
	case "DateTime":
		if len(text) >= 10 {
			c.Date = text[:10]
		}
	}
	return x.grids[len(x.grids)-1].set(x.row, x.col, c)
}

// innerText joins the text of an element up to its end.
func innerText(d *xml.Decoder) (string, error) {
	var out strings.Builder
	for depth := 1; depth > 0; {
		tok, err := d.Token()
		if err != nil {
			return "", errDamaged(err.Error())
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			out.Write(t)
		}
	}
	return out.String(), nil
}
