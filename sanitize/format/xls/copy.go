package xls

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/xlsx"
	"jinggao/sanitize/redact"
)

// Rebuild writes the visible sheets, the plan carried out, as a new .xlsx of values
// in the looks of the original: fonts, alignment, lines, colours, widths, heights,
// how it is printed. Charts, pictures and page headers stay behind; Removed says so.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	r, rest, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	data, err := fresh.Xlsx(fresh.Workbook{Sheets: r.sheetsOf(redact.Apply(r.doc, plan).Document), Base: r.b.base()})
	if err != nil {
		return nil, err
	}
	r.removed.Add("图片（未带入副本）", r.doc.Pictures)
	r.removed.Add("图表（未带入副本）", r.charts)
	for _, sh := range r.shown {
		if sh.printsLost {
			r.removed.Add("打印区域", 1)
		}
		if sh.blanksLost {
			r.removed.Add("空白单元格的格式", 1)
		}
	}
	return &document.Rebuilt{Kind: "xlsx", Ext: ".xlsx", Data: data, Removed: append(r.removed.List(), rest.Removed...)}, nil
}

func (r *reading) sheetsOf(doc *document.Document) []fresh.Sheet {
	var names []string
	if p := doc.Part("sheets"); p != nil {
		names = strings.Split(p.Text, "\n")
	}
	var out []fresh.Sheet
	for i, sh := range r.shown {
		s := fresh.Sheet{Widths: sh.Widths, Wide: sh.columnWidth(), Tall: sh.tall, Heights: sh.Heights, Merges: sh.mergesOf(), Page: sh.bookPage()}
		if i < len(names) {
			s.Name = names[i]
		}
		if p := doc.Part(partID(i + 1)); p != nil {
			text := []rune(p.Text)
			for _, c := range p.Cells {
				s.Cells = append(s.Cells, r.cellOf(p.ID, c, string(text[c.Start:c.End])))
			}
		}
		s.Cells = r.withBlanks(sh, s.Cells)
		out = append(out, s)
	}
	if p := doc.Part(boxesID); p != nil {
		s := fresh.Sheet{Name: "图形文字"}
		for i, l := range strings.Split(p.Text, "\n") {
			s.Cells = append(s.Cells, fresh.Cell{Row: i, Text: l})
		}
		out = append(out, s)
	}
	return out
}

// cellOf writes a cell with its text as the plan leaves it.
func (r *reading) cellOf(part string, c document.Cell, text string) fresh.Cell {
	out := fresh.Cell{Row: c.Row, Col: c.Col, Text: text}
	if was := r.cells[part+"#"+c.Ref]; was != nil {
		out.Number, out.Style = was.Number, r.b.style(was.xf)
		if out.Number {
			out.Value, out.Format = shownNumber(text)
		}
	}
	return out
}

// withBlanks puts the blank cells between those with text.
func (r *reading) withBlanks(sh *Sheet, cells []fresh.Cell) []fresh.Cell {
	for _, x := range sh.blanks {
		row, col := int(x.row), int(x.col)
		if !sh.HiddenRows[row] && !sh.HiddenCols[col] && col < maxCol {
			cells = append(cells, fresh.Cell{Row: row, Col: col, Style: r.b.style(int(x.xf))})
		}
	}
	slices.SortStableFunc(cells, func(a, b fresh.Cell) int { // those with text stand first
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Col - b.Col
	})
	return cells
}

// numberShapes are the ways of showing a number that a copy keeps, with their numbers.
var numberShapes = []struct {
	shape  *regexp.Regexp
	format int
}{
	{regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3}){1,3}$`), 3},
	{regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3}){0,3}\.[0-9]{2}$`), 4},
	{regexp.MustCompile(`^-?[0-9]{1,9}\.[0-9]{2}$`), 2},
	{regexp.MustCompile(`^-?[0-9]{1,7}%$`), 9},
	{regexp.MustCompile(`^-?[0-9]{1,7}\.[0-9]{2}%$`), 10},
}

// shownNumber gives the number that a text shows and the format in which it shows it:
// no finer a number than what is seen. "" if it shows none in a form that is kept.
func shownNumber(text string) (string, int) {
	for _, s := range numberShapes {
		if !s.shape.MatchString(text) {
			continue
		}
		plain, percent := strings.CutSuffix(strings.ReplaceAll(text, ",", ""), "%")
		_, places, _ := strings.Cut(plain, ".")
		v, err := strconv.ParseFloat(plain, 64)
		if err != nil {
			return "", 0
		}
		n := len(places)
		if percent {
			v, n = v/100, n+2
		}
		value := strconv.FormatFloat(v, 'f', n, 64)
		if xlsx.Display(value, xlsx.Builtin(s.format), false) == text {
			return value, s.format
		}
	}
	return "", 0
}

// maxMerges bounds the merged cells of a sheet that are kept.
const maxMerges = 5000

// mergesOf gives the merged cells that a program takes: inside the sheet, no two over
// each other.
func (sh *Sheet) mergesOf() []string {
	var out []string
	var taken [][4]int
	for _, m := range sh.Merges {
		if m[0] > m[2] || m[1] > m[3] || m[0] == m[2] && m[1] == m[3] || m[2] >= maxRow || m[3] >= maxCol || len(out) == maxMerges {
			continue
		}
		over := slices.ContainsFunc(taken, func(t [4]int) bool { return m[0] <= t[2] && t[0] <= m[2] && m[1] <= t[3] && t[1] <= m[3] })
		if !over {
			taken = append(taken, m)
			out = append(out, ref(m[0], m[1])+":"+ref(m[2], m[3]))
		}
	}
	return out
}
