package doc

import (
	"regexp"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
)

// laid gathers how a story looks while it is laid out.
type laid struct {
	look    int32 // of the pending units
	at      int   // number of the character at hand
	lineAt  int   // where the line at hand begins
	para    int32 // of the paragraph at hand
	broken  bool  // the line before ended within its paragraph
	page    bool  // the next line begins a page
	next    int   // section of the main text that ends next
	numbers []int // of open fields: where the result of one that is worked out anew begins; -1 others
	totals  []bool
	rows    map[int][]formed     // by table
	last    *paraProps           // that the line before belongs to
	tails   map[int][]fresh.Line // empty lines at the ends of cells
}

// formed is a row with its cells by their numbers in the story.
type formed struct {
	row   *rowProps
	cells []int
}

// mostFields and mostPictures are how many a copy takes over of a story and of a file.
const (
	mostFields   = 2000
	mostPictures = 2000
)

// worked are fields that a copy works out anew.
var worked = regexp.MustCompile(`(?i)^\s*(PAGE|NUMPAGES)\s*(\\\*\s*(MERGEFORMAT|Arabic)\s*)*$`)

// ran notes the look of what stands from start to the end of the text.
func (w *walker) ran(start int) {
	f, end := &w.s.form, len(w.s.text)
	if start == end {
		return
	}
	look := w.f.looks[w.look]
	if k := len(f.Runs); k > 0 && f.Runs[k-1].End == start && f.Runs[k-1].Look == look {
		f.Runs[k-1].End = end
		return
	}
	f.Runs = append(f.Runs, fresh.Run{Span: document.Span{Start: start, End: end}, Look: look})
}

// endLine notes how the line at hand stands; mark is the character that ends it.
func (w *walker) endLine(mark *char) {
	p := &w.f.paras[w.para]
	if mark != nil {
		p = &w.f.paras[mark.para]
	}
	l := p.line
	l.Span = document.Span{Start: min(w.lineAt, len(w.s.text)), End: len(w.s.text)}
	if mark != nil {
		l.Mark = w.f.looks[mark.look]
	}
	if w.broken { // goes on with the paragraph before
		l.First, l.Before, l.List, l.Break, l.Level = 0, 0, 0, false, 0
	}
	soft := mark != nil && mark.u == lineBreak
	if soft {
		l.After = 0
	}
	if x := w.last; x != nil && x.style == p.style && !w.broken {
		if k := len(w.s.form.Lines) - 1; x.tight && k >= 0 {
			w.s.form.Lines[k].After = 0
		}
		if p.tight {
			l.Before = 0
		}
	}
	w.last = p
	l.Break = (l.Break || w.page) && len(w.s.form.Lines) > 0 && !p.inTable
	w.page, w.broken = false, soft
	w.s.form.Lines = append(w.s.form.Lines, l)
}

// fieldResult notes a field of page numbers when its result begins.
func (w *walker) fieldResult() {
	n := len(w.numbers) - 1
	if n < 0 {
		return
	}
	if m := worked.FindStringSubmatch(units(w.instr[n])); m != nil {
		w.flush()
		w.numbers[n], w.totals[n] = len(w.s.text), len(m[1]) > len("PAGE")
	}
}

// fieldDone notes a field of page numbers.
func (w *walker) fieldDone() {
	n := len(w.numbers) - 1
	if n < 0 {
		return
	}
	if at := w.numbers[n]; at >= 0 {
		w.flush()
		if at < len(w.s.text) && len(w.s.form.Fields) < mostFields {
			w.s.form.Fields = append(w.s.form.Fields, fresh.Field{Span: document.Span{Start: at, End: len(w.s.text)}, Total: w.totals[n]})
		}
	}
	w.numbers, w.totals = w.numbers[:n], w.totals[:n]
}

// cellForms gives all cells their places and sides.
func (w *walker) cellForms() {
	if len(w.rows) == 0 {
		return
	}
	f := &w.s.form
	f.Cells, f.Tables = make([]fresh.CellForm, len(w.s.cells)), map[int]fresh.TableForm{}
	for table, rows := range w.rows {
		head := rows[0].row
		pad := max(0, head.gap)
		f.Tables[table] = fresh.TableForm{Align: head.align, Indent: head.edges[0] + pad, Pad: pad}
		for k, r := range rows {
			kept := -1
			for i, c := range r.cells {
				form := r.row.form(i, k == 0, k == len(rows)-1)
				if form.Gone = form.Gone && w.s.cells[c].Len() == 0 && kept >= 0; form.Gone {
					f.Cells[kept].Right, f.Cells[kept].Edges[3] = form.Right, form.Edges[3]
				} else {
					kept = c
				}
				form.Tail = w.tails[c]
				f.Cells[c] = form
			}
		}
	}
}

// endSection notes the end of a section of the main text; the last has the page of the document.
func (w *walker) endSection() {
	n := w.next
	w.next++
	if w.page = false; w.next < len(w.f.sections) {
		w.s.form.Sections = append(w.s.form.Sections, fresh.Section{At: len(w.s.text), Page: w.f.sections[n].page})
	}
}

// picture places a picture that is seen.
func (w *walker) picture(c *char) {
	if c.hide == 0 {
		if x, ok := w.f.inline(int(c.data)); ok && w.f.shown < mostPictures {
			w.place(c, x)
		}
	}
}

// float places a picture that floats and is seen, and counts other shapes.
func (w *walker) float(c *char) {
	if x, ok := w.f.floats[w.at]; ok && c.hide == 0 && w.f.shown < mostPictures {
		w.place(c, x)
	} else {
		w.s.shapes++
	}
}

func (w *walker) place(c *char, x fresh.Inline) {
	w.f.shown++
	if w.f.paras[c.para].inTable {
		w.startRow()
	}
	w.flush()
	x.At = len(w.s.text)
	w.s.form.Pictures = append(w.s.form.Pictures, x)
}
