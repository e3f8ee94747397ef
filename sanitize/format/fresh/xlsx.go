package fresh

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/format/ooxml"
)

// Sheet is a sheet of a new workbook.
type Sheet struct {
	Name   string
	Cells  []Cell // by row, then column
	Widths map[int]float64
	Merges []string // A1:B2
}

// Cell is a cell of a new workbook; rows and columns count from 0.
type Cell struct {
	Row, Col int
	Text     string
	Number   bool // may be written as a number, if it reads back as the same text
}

const bookBase = "application/vnd.openxmlformats-officedocument.spreadsheetml."

// Xlsx writes a workbook of values: no formulas, no names, nothing hidden.
func Xlsx(sheets []Sheet) ([]byte, error) {
	if len(sheets) == 0 {
		sheets = []Sheet{{Name: "Sheet1"}}
	}
	const main = "xl/workbook.xml"
	b := ooxml.NewBuilder()
	b.SetMain(main)
	list := ooxml.El("x:sheets")
	texts := &sharedTexts{index: map[string]int{}}
	taken := map[string]bool{}
	for i, s := range sheets {
		part := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		b.Add(part, bookBase+"worksheet+xml", ooxml.Encode(sheetNode(s, texts), "x"))
		list.Add(ooxml.El("x:sheet", "name", sheetName(s.Name, i, taken), "sheetId", num(i+1), "r:id", b.Rel(main, "worksheet", part)))
	}
	b.Add(main, bookBase+"sheet.main+xml", ooxml.Encode(ooxml.El("x:workbook").Add(list), "x"))
	b.Add("xl/styles.xml", bookBase+"styles+xml", ooxml.Encode(bookStyles(), "x"))
	b.Rel(main, "styles", "xl/styles.xml")
	if len(texts.list) > 0 {
		b.Add("xl/sharedStrings.xml", bookBase+"sharedStrings+xml", ooxml.Encode(texts.node(), "x"))
		b.Rel(main, "sharedStrings", "xl/sharedStrings.xml")
	}
	out, err := b.Bytes()
	if err != nil {
		return nil, fmt.Errorf("write xlsx: %w", err)
	}
	return out, nil
}

// sharedTexts is the table of shared strings.
type sharedTexts struct {
	index map[string]int
	list  []string
}

func (t *sharedTexts) id(s string) int {
	i, ok := t.index[s]
	if !ok {
		i = len(t.list)
		t.index[s] = i
		t.list = append(t.list, s)
	}
	return i
}

func (t *sharedTexts) node() *ooxml.Node {
	n := ooxml.El("x:sst", "count", num(len(t.list)), "uniqueCount", num(len(t.list)))
	for _, s := range t.list {
		n.Add(ooxml.El("x:si").Add(ooxml.El("x:t", "xml:space", "preserve").Add(ooxml.Txt(escape(s)))))
	}
	return n
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// escape keeps text that looks like an escaped character what it is.
func escape(s string) string {
	return escaped.ReplaceAllStringFunc(Printable(s), func(m string) string { return "_x005F" + m })
}

// plainNumber are numbers that every program shows as they are written.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,9})(\.[0-9]{0,5}[1-9])?$`)

func sheetNode(s Sheet, texts *sharedTexts) *ooxml.Node {
	data := ooxml.El("x:sheetData")
	var row *ooxml.Node
	last := -1
	for _, c := range s.Cells {
		if c.Text == "" || c.Row < last {
			continue
		}
		if c.Row != last {
			row = ooxml.El("x:row", "r", num(c.Row+1))
			data.Add(row)
			last = c.Row
		}
		at := Ref(c.Row, c.Col)
		if c.Number && utf8.RuneCountInString(c.Text) <= 11 && plainNumber.MatchString(c.Text) {
			row.Add(ooxml.El("x:c", "r", at).Add(ooxml.El("x:v").Add(ooxml.Txt(c.Text))))
			continue
		}
		row.Add(ooxml.El("x:c", "r", at, "s", "1", "t", "s").Add(ooxml.El("x:v").Add(ooxml.Txt(num(texts.id(c.Text))))))
	}
	n := ooxml.El("x:worksheet")
	if len(s.Widths) > 0 {
		n.Add(columns(s.Widths))
	}
	n.Add(data)
	if len(s.Merges) > 0 {
		m := ooxml.El("x:mergeCells", "count", num(len(s.Merges)))
		for _, r := range s.Merges {
			m.Add(ooxml.El("x:mergeCell", "ref", r))
		}
		n.Add(m)
	}
	return n
}

func columns(widths map[int]float64) *ooxml.Node {
	n := ooxml.El("x:cols")
	for c := range 1 << 14 {
		if w, ok := widths[c]; ok && w > 0 {
			n.Add(ooxml.El("x:col", "min", num(c+1), "max", num(c+1), "width", strconv.FormatFloat(min(w, 255), 'f', 2, 64), "customWidth", "1"))
		}
	}
	return n
}

// bookStyles has two cell styles: as it comes, and text.
func bookStyles() *ooxml.Node {
	xf := func(format string, inner ...string) *ooxml.Node {
		return ooxml.El("x:xf", append([]string{"numFmtId", format, "fontId", "0", "fillId", "0", "borderId", "0"}, inner...)...)
	}
	return ooxml.El("x:styleSheet").Add(
		ooxml.El("x:fonts", "count", "1").Add(ooxml.El("x:font").Add(ooxml.El("x:sz", "val", "11"), ooxml.El("x:name", "val", "宋体"))),
		ooxml.El("x:fills", "count", "2").Add(ooxml.El("x:fill").Add(ooxml.El("x:patternFill", "patternType", "none")), ooxml.El("x:fill").Add(ooxml.El("x:patternFill", "patternType", "gray125"))),
		ooxml.El("x:borders", "count", "1").Add(ooxml.El("x:border").Add(ooxml.El("x:left"), ooxml.El("x:right"), ooxml.El("x:top"), ooxml.El("x:bottom"), ooxml.El("x:diagonal"))),
		ooxml.El("x:cellStyleXfs", "count", "1").Add(xf("0")),
		ooxml.El("x:cellXfs", "count", "2").Add(xf("0", "xfId", "0"), xf("49", "xfId", "0", "applyNumberFormat", "1", "applyAlignment", "1").Add(ooxml.El("x:alignment", "vertical", "center", "wrapText", "1"))),
		ooxml.El("x:cellStyles", "count", "1").Add(ooxml.El("x:cellStyle", "name", "Normal", "xfId", "0", "builtinId", "0")))
}

// sheetName makes a name that programs take: 31 characters, no special signs, once.
func sheetName(s string, i int, taken map[string]bool) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return '＊'
		}
		return r
	}, Printable(strings.ReplaceAll(strings.ReplaceAll(s, "\n", " "), "\t", " "))), " '")
	if r := []rune(s); len(r) > 28 {
		s = string(r[:28])
	}
	if s == "" {
		s = "Sheet" + num(i+1)
	}
	name := s
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = s + "_" + num(n)
	}
	taken[strings.ToLower(name)] = true
	return name
}

// Ref is the address of a cell: A1 for 0, 0.
func Ref(row, col int) string {
	s := ""
	for c := col + 1; c > 0; c = (c - 1) / 26 {
		s = string(rune('A'+(c-1)%26)) + s
	}
	return s + strconv.Itoa(row+1)
}
