package tablefile

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// readXLSX reads the sheets of a workbook. Formulas count with their stored
// results; phonetic guides, comments and drawings are left alone.
func readXLSX(data []byte) ([]Grid, error) {
	p, err := openPack(data)
	if err != nil {
		return nil, err
	}
	main := p.mainPart()
	if main == "" || !p.has(main) {
		main = "xl/workbook.xml"
	}
	if strings.HasSuffix(main, ".bin") {
		r := unsupported("")
		r.What = "二进制工作簿（.xlsb）不能导入"
		return nil, r
	}
	raw, err := p.read(main)
	if err != nil {
		return nil, err
	}
	var wb workbookPart
	if raw == nil {
		return nil, errDamaged("no workbook part")
	}
	if err := decodeXML(raw, &wb); err != nil {
		return nil, errDamaged(err.Error())
	}
	x := &xlsx{date1904: wb.Pr.Date1904 == "1" || wb.Pr.Date1904 == "true"}
	rels := p.rels(main)
	if err := x.shared(p, rels); err != nil {
		return nil, err
	}
	if err := x.styles(p, rels); err != nil {
		return nil, err
	}
	return x.sheets(p, &wb, rels)
}

// workbookPart is what the main part of a workbook says.
type workbookPart struct {
	Pr struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string     `xml:"name,attr"`
		State string     `xml:"state,attr"`
		Attrs []xml.Attr `xml:",any,attr"`
	} `xml:"sheets>sheet"`
}

func (x *xlsx) sheets(p *pack, wb *workbookPart, rels map[string]relationship) ([]Grid, error) {
	var out []Grid
	for _, s := range wb.Sheets {
		rel := rels[attrLocal(s.Attrs, "id")]
		if rel.Target == "" || !strings.HasSuffix(rel.Type, "/worksheet") {
			continue // chart sheets, macro sheets
		}
		b, err := p.read(rel.Target)
		if err != nil {
			return nil, err
		}
		if b == nil {
			return nil, errDamaged("sheet part missing")
		}
		g := Grid{Sheet: s.Name, First: 1, Hidden: s.State != "" && s.State != "visible"}
		if err := x.sheet(b, &g); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

type xlsx struct {
	date1904 bool
	strings  []string
	formats  []numberFormat // by cell style
}

func attrLocal(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func relOfType(rels map[string]relationship, suffix string) string {
	for _, r := range rels {
		if strings.HasSuffix(r.Type, suffix) {
			return r.Target
		}
	}
	return ""
}

func (x *xlsx) shared(p *pack, rels map[string]relationship) error {
	b, err := p.read(relOfType(rels, "/sharedStrings"))
	if err != nil || b == nil {
		return err
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	d.CharsetReader = charsetOf
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errDamaged(err.Error())
		}
		if se, ok := tok.(xml.StartElement); ok && se.Name.Local == "si" {
			s, err := richText(d)
			if err != nil {
				return errDamaged(err.Error())
			}
			x.strings = append(x.strings, s)
		}
	}
}

// richText joins the text of an si or is element up to its end, without the
// phonetic guide.
func richText(d *xml.Decoder) (string, error) {
	var out strings.Builder
	depth, skip, inT := 1, 0, false
	for depth > 0 {
		tok, err := d.Token()
		if err != nil {
			return "", fmt.Errorf("rich text: %w", err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
			switch {
			case skip > 0:
			case t.Name.Local == "rPh":
				skip = depth
			case t.Name.Local == "t":
				inT = true
			}
		case xml.EndElement:
			if skip == depth {
				skip = 0
			}
			depth--
			inT = false
		case xml.CharData:
			if inT && skip == 0 {
				out.Write(t)
			}
		}
	}
	return unescapeX(out.String()), nil
}

// unescapeX undoes _x000D_, the way Excel stores control characters.
func unescapeX(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		if i+7 <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				if r := rune(n); r >= 0x20 || r == '\t' || r == '\n' {
					out.WriteRune(r)
				}
				i += 7
				continue
			}
		}
		out.WriteByte(s[i])
		i++
	}
	return out.String()
}

type sheetCell struct {
	row, col int
	typ      string
	style    int
}

// sheetReader is where we are in a sheet.
type sheetReader struct {
	x        *xlsx
	d        *xml.Decoder
	g        *Grid
	row, col int
	merges   [][4]int
}

func (x *xlsx) sheet(b []byte, g *Grid) error {
	s := &sheetReader{x: x, d: xml.NewDecoder(bytes.NewReader(b)), g: g, row: -1, col: -1}
	s.d.CharsetReader = charsetOf
	for {
		tok, err := s.d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errDamaged(err.Error())
		}
		if se, ok := tok.(xml.StartElement); ok {
			if err := s.start(se); err != nil {
				return err
			}
		}
	}
	for _, m := range s.merges {
		g.merge(m[0], m[1], m[2], m[3])
	}
	return nil
}

func (s *sheetReader) start(se xml.StartElement) error {
	switch se.Name.Local {
	case "row":
		s.row, s.col = s.row+1, -1
		if n, err := strconv.Atoi(attrLocal(se.Attr, "r")); err == nil && n > 0 {
			s.row = n - 1
		}
		if h := attrLocal(se.Attr, "hidden"); h == "1" || h == "true" || zeroHeight(se.Attr) {
			s.g.HiddenRows = append(s.g.HiddenRows, s.row)
		}
	case "c":
		c := sheetCell{row: s.row, col: s.col + 1, typ: attrLocal(se.Attr, "t")}
		if r, k, ok := parseRef(attrLocal(se.Attr, "r")); ok {
			c.row, c.col = r, k
		}
		c.style, _ = strconv.Atoi(attrLocal(se.Attr, "s"))
		s.row, s.col = c.row, c.col
		cell, err := s.x.cell(s.d, c)
		if err != nil || cell.Text == "" {
			return err
		}
		return s.g.set(c.row, c.col, cell)
	case "mergeCell":
		a, z, _ := strings.Cut(attrLocal(se.Attr, "ref"), ":")
		r0, c0, ok0 := parseRef(a)
		r1, c1, ok1 := parseRef(z)
		if ok0 && ok1 && len(s.merges) < maxRows {
			s.merges = append(s.merges, [4]int{r0, c0, r1, c1})
		}
	}
	return nil
}

func zeroHeight(attrs []xml.Attr) bool {
	h := attrLocal(attrs, "ht")
	f, err := strconv.ParseFloat(h, 64)
	return err == nil && f == 0
}

// cell reads the value of a c element up to its end.
func (x *xlsx) cell(d *xml.Decoder, c sheetCell) (Cell, error) {
	var value strings.Builder
	inline := ""
	inV := false
	for depth := 1; depth > 0; {
		tok, err := d.Token()
		if err != nil {
			return Cell{}, errDamaged(err.Error())
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local == "is" {
				if inline, err = richText(d); err != nil {
					return Cell{}, errDamaged(err.Error())
				}
				continue
			}
			depth++
			inV = t.Name.Local == "v"
		case xml.EndElement:
			depth--
			inV = false
		case xml.CharData:
			if inV {
				value.Write(t)
			}
		}
	}
	return x.typed(value.String(), inline, c), nil
}

// typed reads a stored value by the type of its cell.
func (x *xlsx) typed(v, inline string, c sheetCell) Cell {
	switch c.typ {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || i < 0 || i >= len(x.strings) {
			return Cell{}
		}
		return Cell{Text: x.strings[i]}
	case "inlineStr":
		return Cell{Text: inline}
	case "str":
		return Cell{Text: unescapeX(v)}
	case "b":
		return Cell{Text: map[string]string{"1": "TRUE", "0": "FALSE"}[strings.TrimSpace(v)]}
	case "e":
		return Cell{Text: v}
	case "d":
		return Cell{Text: v, Date: v[:min(len(v), 10)]}
	}
	return x.number(strings.TrimSpace(v), c.style)
}

func (x *xlsx) number(v string, style int) Cell {
	f, err := strconv.ParseFloat(v, 64)
	if v == "" || err != nil {
		return Cell{Text: v}
	}
	nf := numberFormat{}
	if style >= 0 && style < len(x.formats) {
		nf = x.formats[style]
	}
	return numberCell(f, nf, x.date1904)
}

// parseRef reads "B3" as row 2, column 1.
func parseRef(ref string) (row, col int, ok bool) {
	i := 0
	for i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && i < 4 {
		col = col*26 + int(ref[i]-'A') + 1
		i++
	}
	n, err := strconv.Atoi(ref[i:])
	if i == 0 || err != nil || n < 1 {
		return 0, 0, false
	}
	return n - 1, col - 1, true
}
