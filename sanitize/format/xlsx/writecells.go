package xlsx

import (
	"bytes"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// placed is a cell and where it stands once rows and columns are gone.
type placed struct {
	*cell
	r, c int
}

// place gives the cells that stay, row by row.
func (s *sheet) place(m *remap) []placed {
	var ps []placed
	for _, c := range s.cells {
		r, k := c.row, c.col
		if m.dropRow[r] || m.dropCol[k] {
			a := s.covered[[2]int{r, k}]
			if a == nil {
				continue
			}
			n, ok := m.area(*a)
			if !ok {
				continue
			}
			ps = append(ps, placed{c, n.r0, n.c0})
			continue
		}
		ps = append(ps, placed{c, m.row(r), m.col(k)})
	}
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].r < ps[j].r || ps[i].r == ps[j].r && ps[i].c < ps[j].c })
	return ps
}

// cells writes the rows.
func (w *writer) cells(s *sheet, m *remap) []byte {
	ps := s.place(m)
	rows := map[int]*rowInfo{}
	var order []int
	for r, i := range s.rows {
		if !m.dropRow[r] {
			rows[m.row(r)] = i
			order = append(order, m.row(r))
		}
	}
	for i, p := range ps {
		if rows[p.r] == nil && (i == 0 || ps[i-1].r != p.r) {
			order = append(order, p.r)
		}
	}
	sort.Ints(order)
	var b bytes.Buffer
	b.WriteString("<sheetData>")
	at, last := 0, -1
	for _, r := range order {
		if r == last {
			continue
		}
		last = r
		b.WriteString(`<row r="` + strconv.Itoa(r+1) + `"`)
		if i := rows[r]; i != nil {
			rowAttrs(&b, i)
		}
		b.WriteByte('>')
		lastCol := -1
		for ; at < len(ps) && ps[at].r <= r; at++ {
			if ps[at].r == r && ps[at].c != lastCol {
				lastCol = ps[at].c
				w.cell(&b, s, ps[at].cell, ref(r, lastCol))
			}
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData>")
	return b.Bytes()
}

func rowAttrs(b *bytes.Buffer, i *rowInfo) {
	for _, a := range i.attrs {
		switch a.Name {
		case "ht":
			if v, err := strconv.ParseFloat(a.Value, 64); err == nil && v > 0 && v < 410 {
				b.WriteString(` ht="` + strconv.FormatFloat(v, 'f', 2, 64) + `"`)
			}
		case "customHeight", "s", "customFormat", "outlineLevel", "thickTop", "thickBot", "collapsed":
			if ooxml.SafeValue(a.Value) {
				b.WriteString(` ` + a.Name + `="` + a.Value + `"`)
			}
		}
	}
}

var knownErrors = map[string]bool{"#DIV/0!": true, "#N/A": true, "#NAME?": true, "#NULL!": true, "#NUM!": true, "#REF!": true, "#VALUE!": true}

func (w *writer) cell(b *bytes.Buffer, s *sheet, c *cell, at string) {
	b.WriteString(`<c r="` + at + `"`)
	if c.style > 0 && c.style < len(w.b.styles.xfs) {
		b.WriteString(` s="` + strconv.Itoa(c.style) + `"`)
	}
	text := ""
	if !s.invis[c] {
		text = c.text()
	}
	switch {
	case text == "":
		b.WriteString("/>")
	case c.number && text == c.shown && (c.typ == "" || c.typ == "n") && isNumber(c.value):
		b.WriteString("><v>" + strings.TrimSpace(c.value) + "</v></c>")
	case c.number && text == c.shown && c.typ == "b":
		v := "0"
		if truth(c.value) {
			v = "1"
		}
		b.WriteString(` t="b"><v>` + v + "</v></c>")
	case c.number && text == c.shown && c.typ == "e" && knownErrors[text]:
		b.WriteString(` t="e"><v>` + text + "</v></c>")
	default:
		b.WriteString(` t="s"><v>` + strconv.Itoa(w.shared(c)) + "</v></c>")
	}
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return err == nil && !strings.ContainsAny(s, "xXpP_nNiI")
}

// shared gives the number of a string item, new or not.
func (w *writer) shared(c *cell) int {
	si := ooxml.El("x:si")
	plain := true
	for _, r := range c.runs {
		plain = plain && r.props == nil
	}
	if plain {
		si.Add(textEl(c.text()))
	} else {
		for _, r := range c.runs {
			if r.text.Text == "" {
				continue
			}
			el := ooxml.El("x:r")
			if r.props != nil {
				cp := r.props.Copy()
				if p := w.clean(map[string]bool{"x:rPr": true, "x:b": true, "x:i": true, "x:strike": true, "x:outline": true, "x:shadow": true, "x:u": true, "x:vertAlign": true, "x:sz": true, "x:color": true, "x:rFont": true, "x:family": true, "x:charset": true, "x:scheme": true}, cp); p != nil {
					el.Add(p)
				}
			}
			si.Add(el.Add(textEl(r.text.Text)))
		}
	}
	key := string(ooxml.Fragment(si, "x"))
	w.total++
	if i, ok := w.index[key]; ok {
		return i
	}
	w.index[key] = len(w.strings)
	w.strings = append(w.strings, key)
	return len(w.strings) - 1
}

func textEl(s string) *ooxml.Node {
	t := ooxml.El("x:t").Add(ooxml.Txt(escapeCell(s)))
	if s != strings.TrimSpace(s) || strings.Contains(s, "\n") || strings.Contains(s, "  ") {
		t.SetAttr("xml:space", "preserve")
	}
	return t
}

func (w *writer) stringsPart() {
	if len(w.strings) == 0 {
		return
	}
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
	fmt.Fprintf(&b, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="%d" uniqueCount="%d">`, w.total, len(w.strings))
	for _, s := range w.strings {
		b.WriteString(s)
	}
	b.WriteString("</sst>")
	w.out.Add("xl/sharedStrings.xml", typeBase+"sharedStrings+xml", b.Bytes())
	w.out.Rel(mainOut, "sharedStrings", "xl/sharedStrings.xml")
}
