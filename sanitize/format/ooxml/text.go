package ooxml

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/document"
)

// Text is the text of one part while it is being read, with the way back from
// every rune to the node that holds it:
//
//	runes   联 系 人 \t 张 三 \n …
//	pieces  [w:t   ] sep [w:t] sep
//
// A piece is a stretch of one text node (or attribute), a break that an edit may
// swallow (line break, tab in a paragraph), or a separator that always stays
// (end of a paragraph, border of a cell).
type Text struct {
	ID     string
	Label  string
	Role   document.Role
	Hidden *document.Hiding
	Marks  []document.Span
	Lines  []Line
	Rows   []Line
	Cells  []document.Cell

	buf    strings.Builder
	n      int // runes so far
	pieces []piece
	tables int
}

// Line is a paragraph or a table row: its span and the element that it is.
type Line struct {
	document.Span
	Node *Node
}

type pieceKind uint8

const (
	pieceText pieceKind = iota
	pieceAttr
	pieceCell
	pieceBreak
	pieceSep
)

type piece struct {
	start, n int
	node     *Node
	off      int // runes into the node's text
	attr     string
	kind     pieceKind
}

// holds tells pieces that an edit can put text into.
func (p *piece) holds() bool {
	return p.kind == pieceText || p.kind == pieceAttr || p.kind == pieceCell
}

// Len is the number of runes so far.
func (t *Text) Len() int { return t.n }

// String is the text so far.
func (t *Text) String() string { return t.buf.String() }

// AddText adds the whole text of a text node. Line ends inside become spaces in
// the reading (one rune each), so that paragraphs stay lines.
func (t *Text) AddText(node *Node) { t.add(node.Text, piece{node: node, kind: pieceText}) }

// AddCell adds the text of a cell: line ends inside it stay line ends.
func (t *Text) AddCell(node *Node) {
	s := strings.Map(func(r rune) rune {
		if r == '\t' || r == '\r' {
			return ' '
		}
		return r
	}, node.Text)
	t.add(s, piece{node: node, kind: pieceCell})
}

// AddAttr adds the value of an attribute.
func (t *Text) AddAttr(node *Node, attr string) {
	t.add(node.Attr(attr), piece{node: node, attr: attr, kind: pieceAttr})
}

// AddBreak adds a rune that stands for an element inside a paragraph.
func (t *Text) AddBreak(r rune, node *Node) {
	t.add(string(r), piece{node: node, kind: pieceBreak})
}

// AddSep adds a rune that stands for a border between paragraphs or cells.
func (t *Text) AddSep(r rune) { t.add(string(r), piece{kind: pieceSep}) }

func (t *Text) add(s string, p piece) {
	if s == "" {
		return
	}
	if p.kind == pieceText || p.kind == pieceAttr {
		s = flatten(s)
	}
	p.start, p.n = t.n, utf8.RuneCountInString(s)
	t.n += p.n
	t.buf.WriteString(s)
	t.pieces = append(t.pieces, p)
}

// flatten maps line ends and tabs inside a text node to blanks, rune for rune.
func flatten(s string) string {
	if !strings.ContainsAny(s, "\n\r\t") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, s)
}

// EndsLine tells whether the text is empty or ends with a line end.
func (t *Text) EndsLine() bool {
	return t.n == 0 || strings.HasSuffix(t.buf.String(), "\n")
}

// Table opens a new table and gives its number.
func (t *Text) Table() int { t.tables++; return t.tables - 1 }

// Part turns the text into a part of the document.
func (t *Text) Part() document.Part {
	return document.Part{ID: t.ID, Label: t.Label, Role: t.Role, Hidden: t.Hidden, Text: t.buf.String(), Cells: t.Cells, Marks: t.Marks}
}

// Gone is what edits with a scope take out whole: the elements, for the caller to remove.
type Gone struct {
	Lines []*Node
	Rows  []*Node
}

// Apply carries out the edits of this part on the nodes and says which
// paragraphs and rows are to go. Edits outside the text are an error.
func (t *Text) Apply(edits []document.Edit) (Gone, error) {
	var gone Gone
	var todo []document.Edit
	for _, e := range edits {
		if e.Start < 0 || e.End < e.Start || e.End > t.n {
			return gone, ErrRebuild(fmt.Sprintf("edit %d-%d outside a part of %d", e.Start, e.End, t.n))
		}
		switch e.Scope {
		case document.ScopeRow:
			if rows := touched(t.Rows, e.Span); len(rows) > 0 {
				for _, r := range rows {
					gone.Rows = append(gone.Rows, r.Node)
				}
				continue
			}
			todo = append(todo, t.paragraph(e, &gone))
		case document.ScopeParagraph:
			todo = append(todo, t.paragraph(e, &gone))
		default:
			todo = append(todo, e)
		}
	}
	sort.SliceStable(todo, func(i, j int) bool { return todo[i].Start < todo[j].Start })
	todo = disjoint(todo)
	for i := len(todo) - 1; i >= 0; i-- {
		t.replace(todo[i])
	}
	return gone, nil
}

// paragraph widens an edit to the paragraphs it touches and marks them as gone
// where nothing is to stand in their place.
func (t *Text) paragraph(e document.Edit, gone *Gone) document.Edit {
	lines := touched(t.Lines, e.Span)
	if len(lines) == 0 {
		return e
	}
	keep := 0
	if e.Text != "" {
		keep = 1
	}
	for _, l := range lines[keep:] {
		gone.Lines = append(gone.Lines, l.Node)
	}
	e.Start, e.End = min(e.Start, lines[0].Start), max(e.End, lines[len(lines)-1].End)
	return e
}

func touched(lines []Line, s document.Span) []Line {
	var out []Line
	for _, l := range lines {
		if l.Overlaps(s) || s.Len() == 0 && l.Start <= s.Start && s.Start <= l.End {
			out = append(out, l)
		}
	}
	return out
}

// disjoint joins edits that overlap (after widening): the first one's text stays.
func disjoint(in []document.Edit) []document.Edit {
	var out []document.Edit
	for _, e := range in {
		if k := len(out); k > 0 && e.Start < out[k-1].End {
			if e.End > out[k-1].End {
				out[k-1].End = e.End
			}
			continue
		}
		out = append(out, e)
	}
	return out
}

// replace carries out one edit: the new text goes into the first touched text,
// the rest of the span is cut; separators stay. Over several cells a text of the
// same length is dealt out rune by rune.
func (t *Text) replace(e document.Edit) {
	lo := sort.Search(len(t.pieces), func(i int) bool { return t.pieces[i].start+t.pieces[i].n > e.Start })
	hi := lo
	covered, seps := 0, 0
	for ; hi < len(t.pieces) && t.pieces[hi].start < e.End; hi++ {
		p := t.pieces[hi]
		switch p.kind {
		case pieceSep:
			seps++
		case pieceText, pieceAttr, pieceCell:
			covered += min(e.End, p.start+p.n) - max(e.Start, p.start)
		}
	}
	if e.Start == e.End { // an insertion: into the text that ends or begins here
		t.insert(e, lo)
		return
	}
	if text := []rune(e.Text); seps > 0 && len(text) == covered {
		t.deal(e, lo, hi, text)
		return
	}
	given := false
	first := lo
	for first < hi && !t.pieces[first].holds() {
		first++
	}
	for i := hi - 1; i >= lo; i-- {
		p := &t.pieces[i]
		switch p.kind {
		case pieceBreak:
			if p.node != nil {
				if !given && first >= hi && i == lo { // only breaks are covered: the text takes their place
					p.node.Up.replaceKid(p.node, e.Text)
				}
				p.node.Name = "-"
			}
		case pieceText, pieceAttr, pieceCell:
			a, b := max(e.Start, p.start), min(e.End, p.start+p.n)
			s := ""
			if i == first {
				s, given = e.Text, true
			}
			p.cut(a-p.start, b-p.start, s)
		}
	}
}

// deal hands the text out over the pieces [lo, hi) rune by rune, the last runes first.
func (t *Text) deal(e document.Edit, lo, hi int, text []rune) {
	for i := hi - 1; i >= lo; i-- {
		p := &t.pieces[i]
		if p.holds() {
			a, b := max(e.Start, p.start), min(e.End, p.start+p.n)
			p.cut(a-p.start, b-p.start, string(text[len(text)-(b-a):]))
			text = text[:len(text)-(b-a)]
		} else if p.kind == pieceBreak && p.node != nil {
			p.node.Name = "-"
		}
	}
}

func (t *Text) insert(e document.Edit, at int) {
	for _, i := range []int{at, at - 1} {
		if i >= 0 && i < len(t.pieces) {
			p := &t.pieces[i]
			if p.holds() && p.start <= e.Start && e.Start <= p.start+p.n {
				p.cut(e.Start-p.start, e.Start-p.start, e.Text)
				return
			}
		}
	}
}

// replaceKid puts a run text in front of a break element, in an element of the
// break's own family (w:t, a:t cannot stand there without a run of their own).
func (n *Node) replaceKid(at *Node, text string) {
	if n == nil || text == "" {
		return
	}
	p, _, _ := strings.Cut(at.Name, ":")
	el := El(p + ":t").Add(Txt(text))
	if p == "a" {
		el = El("a:r").Add(El("a:t").Add(Txt(text)))
	}
	for i, k := range n.Kids {
		if k == at {
			el.Up = n
			n.Kids = append(n.Kids[:i], append([]*Node{el}, n.Kids[i:]...)...)
			return
		}
	}
}

// cut replaces the runes [a, b) of a piece, counted from its start.
func (p *piece) cut(a, b int, s string) {
	cur := p.node.Text
	if p.kind == pieceAttr {
		cur = p.node.Attr(p.attr)
	}
	r := []rune(cur)
	a, b = min(a+p.off, len(r)), min(b+p.off, len(r))
	cur = string(r[:a]) + s + string(r[b:])
	if p.kind == pieceAttr {
		p.node.SetAttr(p.attr, cur)
	} else {
		p.node.Text = cur
	}
}

// Prune removes the elements that edits have named "-" at or below n.
func Prune(n *Node) {
	kids := n.Kids[:0]
	for _, k := range n.Kids {
		if k.Name == "-" {
			continue
		}
		Prune(k)
		kids = append(kids, k)
	}
	n.Kids = kids
}

// ApplyAll carries out the edits of a plan on their texts; took is told what is to go
// with the edits of each. It gives the edits of parts that are none of these texts.
func ApplyAll(texts []*Text, plan document.Plan, took func(*Text, Gone)) (left map[string][]document.Edit, err error) {
	left = ByPart(plan)
	for _, t := range texts {
		es := left[t.ID]
		delete(left, t.ID)
		if len(es) == 0 {
			continue
		}
		gone, err := t.Apply(es)
		if err != nil {
			return nil, err
		}
		took(t, gone)
	}
	return left, nil
}

// ByPart sorts the edits of a plan by part.
func ByPart(plan document.Plan) map[string][]document.Edit {
	m := map[string][]document.Edit{}
	for _, e := range plan.Edits {
		m[e.Part] = append(m[e.Part], e)
	}
	return m
}
