package xls

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
)

// Kind is the format's name.
const Kind document.Kind = "xls"

// reading gathers the document while it is read.
type reading struct {
	b       *Book
	doc     *document.Document
	hidden  *ooxml.Hidden
	removed *ooxml.Counter
	shown   []*Sheet         // sheets of the copy
	cells   map[string]*Cell // part#ref of the cells shown
	charts  int
}

// Read reads an Excel 97–2003 workbook. Errors are *document.Refusal.
func Read(ctx context.Context, src document.Source) (*document.Document, error) {
	r, _, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	return r.doc, nil
}

func load(ctx context.Context, src document.Source) (*reading, ole.Rest, error) {
	b, err := Open(src.Data)
	if err != nil {
		return nil, ole.Rest{}, err
	}
	r := &reading{b: b, doc: &document.Document{Name: src.Name, Kind: Kind}, hidden: ooxml.NewHidden(), removed: ooxml.NewCounter(), cells: map[string]*Cell{}}
	var names []string
	for _, sh := range b.Sheets {
		if err := ctx.Err(); err != nil {
			return nil, ole.Rest{}, err
		}
		if sh.Kind == 0 && !sh.Hidden {
			names = append(names, sh.Name)
			r.shown = append(r.shown, sh)
		}
		r.sheet(sh)
	}
	r.boxes()
	r.margins()
	if len(names) > 0 {
		r.doc.Parts = append(r.doc.Parts, document.Part{ID: "sheets", Label: "工作表名称", Role: document.RoleOther, Text: strings.Join(names, "\n")})
	}
	for _, n := range b.loose {
		r.hide(n)
	}
	for i, s := range b.strings {
		if !b.used[i] {
			r.hide(note{"N03", "未引用的共享字符串", s})
		}
	}
	rest := b.container.Read(ctx, "Workbook")
	r.finish(rest)
	return r, rest, nil
}

func (r *reading) hide(n note) {
	if strings.TrimSpace(n.text) == "" {
		return
	}
	role := document.RoleOther
	switch n.rule {
	case "N01", "N04":
		role = document.RoleProperty
	case "N02":
		role = document.RoleComment
	case "N05":
		role = document.RoleField
	}
	r.hidden.Once(n.rule, n.kind, role, n.text)
	r.removed.Add(n.kind, 1)
}

func partID(n int) string { return "xl/worksheets/sheet" + strconv.Itoa(n) + ".xml" }

// ref is the address of a cell: A1 for 0, 0.
func ref(row, col int) string { return fresh.Ref(row, col) }

// sheet lays the cells of a sheet out as rows and sorts the hidden ones apart.
func (r *reading) sheet(sh *Sheet) {
	for _, n := range sh.loose {
		r.hide(n)
	}
	switch {
	case sh.Kind == 2:
		r.chart(sh)
		return
	case sh.Kind != 0:
		r.hidden.Add("N05", "宏", document.RoleObject, sh.Name, nil)
		r.removed.Add("宏", 1)
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "object", Message: "含宏表，公式未检查"})
	}
	p := document.Part{ID: partID(len(r.shown)), Label: "工作表 " + sh.Name, Role: document.RoleBody}
	if sh.Hidden || sh.Kind != 0 {
		p.ID, p.Label = "sheet/"+sh.Name, p.Label+"（隐藏）"
		p.Hidden = &document.Hiding{Rule: "N03", Kind: "隐藏工作表"}
		r.removed.Add("隐藏工作表", 1)
	}
	rows := &layout{}
	hidRow, hidCol := &strings.Builder{}, &strings.Builder{}
	for i := range sh.Cells {
		c := &sh.Cells[i]
		c.Text = tidy(c.Text)
		if strings.TrimSpace(c.Text) == "" {
			continue
		}
		if p.Hidden == nil {
			row, col := sh.hiddenAt(c)
			why := r.b.invisible(c.xf)
			switch {
			case row:
				fmt.Fprintf(hidRow, "%s：%s\n", ref(c.Row, c.Col), c.Text)
				continue
			case col:
				fmt.Fprintf(hidCol, "%s：%s\n", ref(c.Row, c.Col), c.Text)
				continue
			case why != "":
				r.hidden.Add("N03", why, document.RoleBody, sh.Name+" "+ref(c.Row, c.Col)+"："+c.Text, nil)
				r.removed.Add(why, 1)
				continue
			}
			r.cells[p.ID+"#"+ref(c.Row, c.Col)] = c
		}
		rows.add(c)
	}
	p.Text, p.Cells = rows.done()
	if p.Text != "" {
		ooxml.LabelCells(p.Cells, p.Text)
		p.Marks = firstRows(p.Cells)
		r.doc.Parts = append(r.doc.Parts, p)
	}
	r.hiddenCells(sh, "隐藏行", hidRow.String())
	r.hiddenCells(sh, "隐藏列", hidCol.String())
	if len(sh.chart) > 0 {
		r.chart(sh)
	}
	r.doc.Pictures += sh.pictures
}

// tidy gives cell text LF line ends and takes out what no program shows.
func tidy(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	return fresh.Printable(strings.ReplaceAll(s, "\t", " "))
}

func (r *reading) hiddenCells(sh *Sheet, kind, text string) {
	if text == "" {
		return
	}
	r.removed.Add(kind, 1)
	r.doc.Parts = append(r.doc.Parts, document.Part{
		ID: "sheet/" + sh.Name + "#" + kind, Label: "工作表 " + sh.Name + " " + kind, Role: document.RoleBody,
		Hidden: &document.Hiding{Rule: "N03", Kind: kind}, Text: text,
	})
}

// layout writes cells row by row.
type layout struct {
	text  strings.Builder
	n     int // runes
	row   int
	col   int
	any   bool
	cells []document.Cell
}

func (l *layout) put(s string) {
	l.text.WriteString(s)
	l.n += len([]rune(s))
}

func (l *layout) add(c *Cell) {
	if !l.any || c.Row != l.row {
		if l.any {
			l.put("\n")
		}
		l.any, l.row, l.col = true, c.Row, 0
	}
	l.put(strings.Repeat("\t", max(0, min(c.Col-l.col, 64))))
	l.col = c.Col
	at := l.n
	l.put(c.Text)
	l.cells = append(l.cells, document.Cell{Span: document.Span{Start: at, End: l.n}, Row: c.Row, Col: c.Col, Ref: ref(c.Row, c.Col)})
}

func (l *layout) done() (string, []document.Cell) {
	if l.any {
		l.put("\n")
	}
	return l.text.String(), l.cells
}

// firstRows marks the first rows, where a classification would stand.
func firstRows(cells []document.Cell) []document.Span {
	var out []document.Span
	for _, c := range cells {
		if c.Row > 2 || len(out) >= 12 {
			break
		}
		out = append(out, c.Span)
	}
	return out
}

// hiddenAt tells whether the row or column of a cell is hidden. A merged cell is
// shown if any of its rows and columns is.
func (sh *Sheet) hiddenAt(c *Cell) (row, col bool) {
	for _, m := range sh.Merges {
		if m[0] != c.Row || m[1] != c.Col {
			continue
		}
		row, col = true, true
		for k := m[0]; k <= m[2]; k++ {
			row = row && sh.HiddenRows[k]
		}
		for k := m[1]; k <= m[3]; k++ {
			col = col && sh.HiddenCols[k]
		}
		return row, col
	}
	return sh.HiddenRows[c.Row], sh.HiddenCols[c.Col]
}

// chart gives the texts of charts, which are not taken over into a copy.
func (r *reading) chart(sh *Sheet) {
	r.charts++
	text := strings.TrimSpace(strings.Join(sh.chart, "\n"))
	if text == "" {
		return
	}
	p := document.Part{ID: "chart/" + strconv.Itoa(r.charts), Label: "工作表 " + sh.Name + " 图表", Role: document.RoleObject, Text: text}
	if sh.Hidden {
		p.Hidden = &document.Hiding{Rule: "N03", Kind: "隐藏工作表"}
	}
	r.doc.Parts = append(r.doc.Parts, p)
}

// boxesID is the part of the texts of shapes; a copy has them on a sheet of their own.
const boxesID = "boxes"

func (r *reading) boxes() {
	var lines []string
	for _, sh := range r.b.Sheets {
		for _, t := range sh.boxes {
			switch t = strings.TrimSpace(tidy(t)); {
			case t == "":
			case sh.Hidden || sh.Kind != 0:
				r.hidden.Add("N03", "隐藏图形", document.RoleTextBox, t, nil)
				r.removed.Add("隐藏图形", 1)
			default:
				lines = append(lines, strings.Split(t, "\n")...)
			}
		}
	}
	if len(lines) > 0 {
		r.doc.Parts = append(r.doc.Parts, document.Part{ID: boxesID, Label: "文本框", Role: document.RoleTextBox, Text: strings.Join(lines, "\n")})
	}
}

func (r *reading) margins() {
	var lines []string
	for _, sh := range r.b.Sheets {
		for _, t := range sh.heads {
			if t != "" {
				lines = append(lines, t)
			}
		}
	}
	if len(lines) == 0 {
		return
	}
	text := strings.Join(lines, "\n")
	r.doc.Parts = append(r.doc.Parts, document.Part{ID: "margins", Label: "页眉页脚", Role: document.RoleOther, Text: text, Marks: []document.Span{{Start: 0, End: len([]rune(text))}}})
	r.removed.Add("页眉页脚（未带入副本）", len(lines))
}

func (r *reading) finish(rest ole.Rest) {
	r.doc.Parts = append(r.doc.Parts, r.hidden.Parts()...)
	r.doc.Parts = append(r.doc.Parts, rest.Parts...)
	r.doc.Members = rest.Members
	r.doc.Unchecked = append(r.doc.Unchecked, rest.Unchecked...)
	if n := r.doc.Pictures; n > 0 {
		r.doc.Unchecked = append(r.doc.Unchecked, document.Unchecked{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字", n)})
	}
}
