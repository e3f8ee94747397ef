package fresh

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/format/ooxml"
)

// Workbook is a new workbook.
type Workbook struct {
	Sheets []Sheet
	Base   CellStyle // font and size of cells that name none
}

// Sheet is a sheet of a new workbook. Rows and columns count from 0.
type Sheet struct {
	Name    string
	Cells   []Cell // by row, then column; of two in one place the first counts
	Widths  map[int]float64
	Wide    float64 // width of the other columns; 0: as they come
	Tall    float64 // height of the other rows in points; 0: as they come
	Heights map[int]Height
	Merges  []string  // A1:B2
	Page    *BookPage // nil: as it comes
}

// Height is how high a row is.
type Height struct {
	Points float64
	Set    bool // by a person; else programs may fit it to what stands in the row
}

// Cell is a cell of a new workbook; rows and columns count from 0.
type Cell struct {
	Row, Col int
	Text     string
	Number   bool       // may be written as a number, if it reads back as the same text
	Value    string     // the number that Text shows in the format Format; "" if it shows none
	Format   int        // 1–4, 9, 10: whole, two places, by thousands, per cent
	Style    *CellStyle // nil: the file says nothing
}

const bookBase = "application/vnd.openxmlformats-officedocument.spreadsheetml."

// Xlsx writes a workbook of values: no formulas, no names but of what is printed,
// nothing hidden.
func Xlsx(w Workbook) ([]byte, error) {
	sheets := w.Sheets
	if len(sheets) == 0 {
		sheets = []Sheet{{Name: "Sheet1"}}
	}
	const main = "xl/workbook.xml"
	b := ooxml.NewBuilder()
	b.SetMain(main)
	list, names := ooxml.El("x:sheets"), ooxml.El("x:definedNames")
	texts, styles := &sharedTexts{index: map[string]int{}}, newStyleTable(w.Base)
	taken := map[string]bool{}
	for i, s := range sheets {
		part := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		b.Add(part, bookBase+"worksheet+xml", ooxml.Encode(sheetNode(s, texts, styles), "x"))
		name := sheetName(s.Name, i, taken)
		list.Add(ooxml.El("x:sheet", "name", name, "sheetId", num(i+1), "r:id", b.Rel(main, "worksheet", part)))
		if s.Page != nil {
			names.Add(s.Page.printNames(name, i)...)
		}
	}
	book := ooxml.El("x:workbook").Add(list)
	if len(names.Kids) > 0 {
		book.Add(names)
	}
	b.Add(main, bookBase+"sheet.main+xml", ooxml.Encode(book, "x"))
	b.Add("xl/styles.xml", bookBase+"styles+xml", ooxml.Encode(styles.node(), "x"))
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

// number is a value that may stand behind a shown number.
var number = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{1,6})?$`)

func sheetNode(s Sheet, texts *sharedTexts, styles *styleTable) *ooxml.Node {
	data := ooxml.El("x:sheetData")
	n := ooxml.El("x:worksheet")
	if s.Page != nil {
		n.Add(s.Page.before()...)
	}
	if f := formatOf(s); f != nil {
		n.Add(f)
	}
	if c := columns(s.Widths); len(c.Kids) > 0 {
		n.Add(c)
	}
	rowsOf(data, s, texts, styles)
	n.Add(data)
	if len(s.Merges) > 0 {
		m := ooxml.El("x:mergeCells", "count", num(len(s.Merges)))
		for _, r := range s.Merges {
			m.Add(ooxml.El("x:mergeCell", "ref", r))
		}
		n.Add(m)
	}
	if s.Page != nil {
		n.Add(s.Page.behind()...)
	}
	return n
}

// formatOf gives the measures of rows and columns that have none of their own.
func formatOf(s Sheet) *ooxml.Node {
	wide, tall := s.Wide >= 1 && s.Wide <= 255, s.Tall >= 4 && s.Tall <= 409
	if !wide && !tall {
		return nil
	}
	n := ooxml.El("x:sheetFormatPr")
	if wide {
		n.SetAttr("defaultColWidth", strconv.FormatFloat(s.Wide, 'f', 2, 64))
	}
	if !tall {
		s.Tall = 15 // one of the two may not be left out
	}
	n.SetAttr("defaultRowHeight", strconv.FormatFloat(s.Tall, 'f', 2, 64))
	return n
}

// rowsOf writes the cells, and the rows whose height was set.
func rowsOf(data *ooxml.Node, s Sheet, texts *sharedTexts, styles *styleTable) {
	heights := slices.Sorted(maps.Keys(s.Heights))
	var row *ooxml.Node
	last, col := -1, -1
	open := func(r int) {
		row, last, col = ooxml.El("x:row", "r", num(r+1)), r, -1
		if h := s.Heights[r]; h.Points >= 4 && h.Points <= 409 {
			row.SetAttr("ht", strconv.FormatFloat(h.Points, 'f', 2, 64))
			if h.Set {
				row.SetAttr("customHeight", "1")
			}
		}
		data.Add(row)
	}
	upTo := func(r int) { // rows without cells before row r
		for ; len(heights) > 0 && heights[0] < r; heights = heights[1:] {
			if heights[0] > last && s.Heights[heights[0]].Set {
				open(heights[0])
			}
		}
	}
	for _, c := range s.Cells {
		if c.Text == "" && (c.Style == nil || c.Style.Bare()) || c.Row < last || c.Row == last && c.Col <= col {
			continue
		}
		upTo(c.Row)
		if c.Row != last {
			open(c.Row)
		}
		row.Add(cellNode(c, texts, styles))
		col = c.Col
	}
	upTo(1 << 20)
}

// cellNode writes a cell: a number as one where that says no more than its text.
func cellNode(c Cell, texts *sharedTexts, styles *styleTable) *ooxml.Node {
	n := ooxml.El("x:c", "r", Ref(c.Row, c.Col))
	styled := func(format int) {
		if id := styles.id(c.Style, format); id > 0 {
			n.SetAttr("s", num(id))
		}
	}
	switch {
	case c.Text == "":
		styled(formatGeneral)
	case c.Number && c.Value != "" && numberForms[c.Format] && number.MatchString(c.Value):
		styled(c.Format)
		n.Add(ooxml.El("x:v").Add(ooxml.Txt(c.Value)))
	case c.Number && utf8.RuneCountInString(c.Text) <= 11 && plainNumber.MatchString(c.Text):
		styled(formatGeneral)
		n.Add(ooxml.El("x:v").Add(ooxml.Txt(c.Text)))
	default:
		if c.Number && c.Style != nil && c.Style.Horizontal == "" { // where a number would stand
			right := *c.Style
			right.Horizontal = "right"
			c.Style = &right
		}
		styled(formatText)
		n.SetAttr("t", "s")
		n.Add(ooxml.El("x:v").Add(ooxml.Txt(num(texts.id(c.Text)))))
	}
	return n
}

func columns(widths map[int]float64) *ooxml.Node {
	n := ooxml.El("x:cols")
	var before *ooxml.Node
	last := -1
	for _, c := range slices.Sorted(maps.Keys(widths)) {
		w := widths[c]
		if w <= 0 || c < 0 || c >= 1<<14 {
			continue
		}
		width := strconv.FormatFloat(min(max(w, 0.5), 255), 'f', 2, 64) // none so narrow that it counts as hidden
		if before != nil && c == last+1 && before.Attr("width") == width {
			before.SetAttr("max", num(c+1))
		} else {
			before = ooxml.El("x:col", "min", num(c+1), "max", num(c+1), "width", width, "customWidth", "1")
			n.Add(before)
		}
		last = c
	}
	return n
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
