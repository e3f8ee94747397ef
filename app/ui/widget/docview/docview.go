// Package docview shows one long text with hits marked in it. Only the lines on the
// screen are drawn, so a million characters scroll like a page. The view knows
// nothing of what a hit means; it shows states and tells its owner what was done.
package docview

import (
	"sort"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/docview/wrap"
	"jinggao/app/ui/widget/metrics"
	"jinggao/app/ui/widget/scrollbar"
)

// State is how a hit is drawn.
type State uint8

// States of a hit: colour and shape differ, so neither is needed alone.
const (
	Pending  State = iota // 待处理: yellow fill
	Masked                // 已脱敏: green fill and ✓
	Replaced              // 已替换: blue underline
	Ignored               // 已忽略: grey, dashed underline
)

// Span is a hit in the text: the runes [Start, End). Spans may overlap. An empty one
// is a place where something stood: a bar between two runes.
type Span struct {
	Start, End int
	State      State
}

// View is the widget. Make it with New; use it on the UI goroutine only. All
// offsets are runes of the text given to SetText.
type View struct {
	widget.BaseWidget

	// OnHit is called when a hit was clicked, with its index in SetSpans.
	OnHit func(i int)
	// OnSelect is called when the selection changed; start == end: nothing.
	OnSelect func(start, end int)
	// WordAt gives the word around an offset for a double click; nil: a run of
	// letters and digits, or a single Han character's neighbours up to a mark.
	WordAt func(text []rune, at int) (start, end int)
	// Menu gives the context menu for a place; hit is -1 beside all hits. nil: none.
	Menu func(at, hit int) *fyne.Menu
	// OnKey, OnRune, OnShortcut see what is typed first; true: used up.
	OnKey      func(k *fyne.KeyEvent) bool
	OnRune     func(r rune) bool
	OnShortcut func(s fyne.Shortcut) bool
	// OnFocus is called when the view got or lost the keyboard.
	OnFocus func(focused bool)
	// OnScroll is called when other lines came into sight, whatever moved them.
	OnScroll func()

	text    []rune
	heads   []Span // headings, by Start; their states do not count
	spans   []Span // as given
	order   []int  // indices of spans by Start
	maxLen  int    // longest span
	current int    // -1: none

	face  *metrics.Face
	lines []wrap.Line
	width float32 // that the lines were wrapped to

	offset     float64 // first visible unit, 0 … height-page
	selA, selB int     // selection: anchor and moving end
	focused    bool
	dragging   bool
	lastDown   time.Time
	lastDownAt fyne.Position
	pressedHit int
	bar        *scrollbar.Bar
	now        func() time.Time
}

var (
	_ fyne.Widget            = (*View)(nil)
	_ fyne.Focusable         = (*View)(nil)
	_ fyne.Shortcutable      = (*View)(nil)
	_ fyne.Scrollable        = (*View)(nil)
	_ fyne.Draggable         = (*View)(nil)
	_ fyne.SecondaryTappable = (*View)(nil)
	_ desktop.Mouseable      = (*View)(nil)
	_ desktop.Cursorable     = (*View)(nil)
)

// New makes an empty view.
func New() *View {
	v := &View{current: -1, pressedHit: -1, now: time.Now}
	v.bar = scrollbar.New(false, func(o float64) { v.scrollTo(o) })
	v.ExtendBaseWidget(v)
	return v
}

// SetText shows a text from its beginning, without hits and selection. The view
// keeps the slice; the caller must not change it afterwards.
func (v *View) SetText(text []rune) {
	v.text, v.heads, v.spans, v.order, v.maxLen = text, nil, nil, nil, 0
	v.current, v.selA, v.selB, v.offset = -1, 0, 0, 0
	v.wrapAll()
	v.marks()
	v.Refresh()
}

// SetHeads shows lines as headings: those that begin within the runes [Start, End) of
// one of the heads, which come by Start.
func (v *View) SetHeads(heads []Span) {
	v.heads = heads
	v.Refresh()
}

// isHead tells whether the line that begins at a rune is one of a heading.
func (v *View) isHead(start int) bool {
	k := sort.Search(len(v.heads), func(k int) bool { return v.heads[k].End > start })
	return k < len(v.heads) && v.heads[k].Start <= start
}

// Text returns the text shown. The caller must not change it.
func (v *View) Text() []rune { return v.text }

// SetSpans shows the hits. Indices used elsewhere are those of this slice, which the
// view copies. The current hit is kept if its index still exists.
func (v *View) SetSpans(spans []Span) {
	v.spans = append([]Span(nil), spans...)
	v.order = make([]int, len(spans))
	v.maxLen = 0
	for i, s := range spans {
		v.order[i] = i
		v.maxLen = max(v.maxLen, s.End-s.Start)
	}
	sort.SliceStable(v.order, func(a, b int) bool { return v.spans[v.order[a]].Start < v.spans[v.order[b]].Start })
	if v.current >= len(spans) {
		v.current = -1
	}
	v.marks()
	v.Refresh()
}

// SetState changes how one hit is drawn, without touching the others.
func (v *View) SetState(i int, s State) {
	if i < 0 || i >= len(v.spans) || v.spans[i].State == s {
		return
	}
	v.spans[i].State = s
	v.marks()
	v.Refresh()
}

// SetCurrent strokes a hit and scrolls to it; -1 takes the stroke away.
func (v *View) SetCurrent(i int) {
	if i < -1 || i >= len(v.spans) {
		return
	}
	v.current = i
	if i >= 0 {
		v.Reveal(v.spans[i].Start, v.spans[i].End)
	}
	v.marks()
	v.Refresh()
}

// Current is the index of the stroked hit, or -1.
func (v *View) Current() int { return v.current }

// CurrentStart is the first rune of the stroked hit; ok tells whether there is one.
func (v *View) CurrentStart() (at int, ok bool) {
	if v.current < 0 {
		return 0, false
	}
	return v.spans[v.current].Start, true
}

// Selection returns the selected runes [start, end); ok tells whether there are any.
func (v *View) Selection() (start, end int, ok bool) {
	return min(v.selA, v.selB), max(v.selA, v.selB), v.selA != v.selB
}

// Select selects the runes [start, end); equal ends take the selection away.
func (v *View) Select(start, end int) {
	start, end = v.clamp(start), v.clamp(end)
	if start == v.selA && end == v.selB {
		return
	}
	v.selA, v.selB = start, end
	if v.OnSelect != nil {
		v.OnSelect(min(start, end), max(start, end))
	}
	v.Refresh()
}

// Reveal scrolls so that the runes [start, end) are on the screen, a third from the
// top if they were not.
func (v *View) Reveal(start, end int) {
	if len(v.lines) == 0 {
		return
	}
	first := wrap.At(v.lines, v.clamp(start))
	last := wrap.At(v.lines, v.clamp(max(start, end-1)))
	h := v.lineHeight()
	top, bottom := float64(first)*h, float64(last+1)*h
	if top >= v.offset && bottom <= v.offset+v.page() {
		return
	}
	v.scrollTo(top - v.page()/3)
}

// TopOffset is the first rune of the first visible line: a place to come back to
// with ScrollToOffset.
func (v *View) TopOffset() int {
	if len(v.lines) == 0 {
		return 0
	}
	return v.lines[min(int(v.offset/v.lineHeight()), len(v.lines)-1)].Start
}

// ScrollToOffset puts the line that holds a rune at the top.
func (v *View) ScrollToOffset(at int) {
	if len(v.lines) > 0 {
		v.scrollTo(float64(wrap.At(v.lines, v.clamp(at))) * v.lineHeight())
	}
}

// At tells which rune begins the line that stands at a height of the view, and how
// far above that height the line begins; see Align.
func (v *View) At(y float64) (at int, above float64) {
	if len(v.lines) == 0 {
		return 0, 0
	}
	n := min(max(int((v.offset+y-margin)/v.lineHeight()), 0), len(v.lines)-1)
	return v.lines[n].Start, y - float64(v.lineTop(n))
}

// Align scrolls so that the line that holds a rune begins so far above a height of
// the view, or as near to it as the text allows.
func (v *View) Align(at int, y, above float64) {
	if len(v.lines) > 0 {
		v.scrollTo(float64(wrap.At(v.lines, v.clamp(at)))*v.lineHeight() + margin - y + above)
	}
}

// Height is the height of a rune's line in the view; ok tells whether it can be seen.
func (v *View) Height(at int) (y float64, ok bool) {
	if len(v.lines) == 0 {
		return 0, false
	}
	y = float64(v.lineTop(wrap.At(v.lines, v.clamp(at))))
	return y, y >= 0 && y+v.lineHeight() <= v.page()
}

// HitAt is the index of the hit at a rune, the shortest if several overlap, or -1.
func (v *View) HitAt(at int) int {
	best := -1
	for _, i := range v.spansIn(at, at+1) {
		if best < 0 || v.spans[i].End-v.spans[i].Start < v.spans[best].End-v.spans[best].Start {
			best = i
		}
	}
	return best
}

// spansIn gives the indices of the hits that touch [start, end), by Start.
func (v *View) spansIn(start, end int) []int {
	from := sort.Search(len(v.order), func(k int) bool { return v.spans[v.order[k]].Start > start-v.maxLen-1 })
	var out []int
	for _, i := range v.order[from:] {
		s := v.spans[i]
		if s.Start >= end {
			break
		}
		if s.End > start || s.End == s.Start && s.Start == start {
			out = append(out, i)
		}
	}
	return out
}

// barsAt gives the indices of the empty hits at a place.
func (v *View) barsAt(at int) []int {
	from := sort.Search(len(v.order), func(k int) bool { return v.spans[v.order[k]].Start >= at })
	var out []int
	for _, i := range v.order[from:] {
		if v.spans[i].Start > at {
			break
		}
		if v.spans[i].End == at {
			out = append(out, i)
		}
	}
	return out
}

func (v *View) clamp(at int) int { return min(max(at, 0), len(v.text)) }

// marks brings the strip at the right edge up to date.
func (v *View) marks() {
	if len(v.lines) == 0 {
		v.bar.SetMarks(nil)
		return
	}
	marks := make([]scrollbar.Mark, 0, len(v.order))
	for _, i := range v.order {
		at := float64(wrap.At(v.lines, v.spans[i].Start)) / float64(len(v.lines))
		m := scrollbar.Mark{At: at, Color: edgeColor(v.spans[i].State)}
		if i == v.current {
			m.Color, m.Current = theme.ColorCurrentEdge, true
		}
		marks = append(marks, m)
	}
	v.bar.SetMarks(marks)
}

// wrapAll cuts the text into lines for the present width and theme.
func (v *View) wrapAll() {
	size := theme.Size(base.SizeNameText) + 1
	if v.face == nil || v.face.Size != size {
		v.face = metrics.New(size, fyne.TextStyle{})
	}
	v.width = v.textWidth()
	v.lines = wrap.Lines(v.text, v.width, v.measure())
}

// rewrap wraps again if width or text size changed, and keeps the first line.
func (v *View) rewrap() {
	size := theme.Size(base.SizeNameText) + 1
	if v.face != nil && v.face.Size == size && v.width == v.textWidth() {
		return
	}
	top, within := 0, 0.0
	if len(v.lines) > 0 && v.face != nil {
		top = v.TopOffset()
		within = v.offset - float64(wrap.At(v.lines, top))*v.lineHeight()
	}
	v.wrapAll()
	v.offset = float64(wrap.At(v.lines, top))*v.lineHeight() + within
	v.scrollTo(v.offset)
	v.marks()
}

func (v *View) measure() wrap.Measure {
	return wrap.Measure{Advance: v.face.Advance, Tab: 4 * v.face.Advance('国') / 2}
}
