package rtf

import (
	"regexp"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
)

// script says which signs a font or size is of.
type script uint8

const (
	scriptPlain   script = iota // those that are read next
	scriptEast                  // signs of the East
	scriptComplex               // of right-to-left writing, which a copy does not tell apart
)

// looks takes words for how signs, paragraphs and pages look; false for others.
func (p *parser) looks(t token) bool {
	do := lookWords[t.word]
	if do == nil {
		return false
	}
	do(p, t)
	return true
}

// mostTabs and mostFields are how many a copy takes over of a paragraph and of a text.
const (
	mostTabs   = 30
	mostFields = 2000
)

func sign(set func(l *fresh.Look, on bool)) func(*parser, token) {
	return func(p *parser, t token) { set(&p.st.look, !t.has || t.param != 0) }
}

// eastern is a look that is said of signs of the East alone; a copy gives it to all.
func eastern(set func(l *fresh.Look, on bool)) func(*parser, token) {
	return func(p *parser, t token) {
		if p.st.script == scriptEast {
			set(&p.st.look, !t.has || t.param != 0)
		}
	}
}

func length(of func(p *parser) *int) func(*parser, token) {
	return func(p *parser, t token) { *of(p) = t.param }
}

func aligned(side string) func(*parser, token) {
	return func(p *parser, _ token) { p.st.line.Align = side }
}

func writing(s script) func(*parser, token) {
	return func(p *parser, _ token) { p.st.script = s }
}

func flagged(set func(p *parser, on bool)) func(*parser, token) {
	return func(p *parser, t token) { set(p, !t.has || t.param != 0) }
}

var (
	underlined = sign(func(l *fresh.Look, on bool) { l.Underline = on })
	struck     = sign(func(l *fresh.Look, on bool) { l.Strike = on })
	tinted     = length(func(p *parser) *int { return &p.st.back })
	gridded    = flagged(func(p *parser, _ bool) { p.sect.Grid = p.grid })
)

// lookWords are the words for how signs, paragraphs and pages look, with what they set.
var lookWords = map[string]func(*parser, token){
	"b": sign(func(l *fresh.Look, on bool) { l.Bold = on }), "i": sign(func(l *fresh.Look, on bool) { l.Italic = on }),
	"ul": underlined, "uld": underlined, "uldb": underlined, "ulw": underlined, "ulth": underlined, "uldash": underlined, "ulwave": underlined,
	"ulnone": sign(func(l *fresh.Look, _ bool) { l.Underline = false }), "strike": struck, "striked": struck,
	"super":      sign(func(l *fresh.Look, on bool) { l.Raise = flag(on, 1) }),
	"sub":        sign(func(l *fresh.Look, on bool) { l.Raise = flag(on, -1) }),
	"nosupersub": sign(func(l *fresh.Look, _ bool) { l.Raise = 0 }),

	"dbch": writing(scriptEast), "loch": writing(scriptPlain), "hich": writing(scriptPlain), "ltrch": writing(scriptPlain), "rtlch": writing(scriptComplex),
	"af": func(p *parser, t token) { p.st.useFont(t.param) },
	"afs": func(p *parser, t token) {
		if p.st.script == scriptEast {
			p.st.east = t.param
		}
	},

	"ab": eastern(func(l *fresh.Look, on bool) { l.Bold = on }), "ai": eastern(func(l *fresh.Look, on bool) { l.Italic = on }),

	"ql": aligned(""), "qc": aligned("center"), "qr": aligned("right"), "qj": aligned("both"), "qd": aligned("distribute"),
	"fi": length(func(p *parser) *int { return &p.st.line.First }), "li": length(func(p *parser) *int { return &p.st.line.Left }), "ri": length(func(p *parser) *int { return &p.st.line.Right }),
	"sb": length(func(p *parser) *int { return &p.st.line.Before }), "sa": length(func(p *parser) *int { return &p.st.line.After }), "sl": length(func(p *parser) *int { return &p.st.lead }),
	"slmult":         flagged(func(p *parser, on bool) { p.st.mult = on }),
	"pagebb":         flagged(func(p *parser, on bool) { p.st.line.Break = on }),
	"keepn":          flagged(func(p *parser, on bool) { p.st.line.Next = on }),
	"keep":           flagged(func(p *parser, on bool) { p.st.line.Whole = on }),
	"nosnaplinegrid": flagged(func(p *parser, on bool) { p.st.line.Loose = on }),
	"outlinelevel": func(p *parser, t token) {
		if p.st.line.Level = 0; t.param >= 0 && t.param < 9 {
			p.st.line.Level = t.param + 1
		}
	},
	"tqr": tabbing("right"), "tqc": tabbing("center"), "tqdec": tabbing("decimal"), "tldot": leading("dot"), "tlmdot": leading("dot"), "tlhyph": leading("hyphen"), "tlul": leading("underscore"),
	"tx": func(p *parser, t token) {
		x := p.st.tab
		if len(p.st.line.Tabs) >= mostTabs {
			return
		}
		if x.At = t.param; x.Align == "" {
			x.Align = "left"
		}
		p.st.line.Tabs = append(p.st.line.Tabs[:len(p.st.line.Tabs):len(p.st.line.Tabs)], x)
		p.st.tab = fresh.Tab{}
	},

	"paperw": paper(func(s *fresh.Page) *int { return &s.W }), "paperh": paper(func(s *fresh.Page) *int { return &s.H }),
	"margl": paper(func(s *fresh.Page) *int { return &s.Left }), "margr": paper(func(s *fresh.Page) *int { return &s.Right }),
	"margt": paper(func(s *fresh.Page) *int { return &s.Top }), "margb": paper(func(s *fresh.Page) *int { return &s.Bottom }),

	"sectd":  func(p *parser, _ token) { p.sect, p.grid = p.sheet, 0 },
	"pgwsxn": length(func(p *parser) *int { return &p.sect.W }), "pghsxn": length(func(p *parser) *int { return &p.sect.H }),
	"marglsxn": length(func(p *parser) *int { return &p.sect.Left }), "margrsxn": length(func(p *parser) *int { return &p.sect.Right }),
	"margtsxn": length(func(p *parser) *int { return &p.sect.Top }), "margbsxn": length(func(p *parser) *int { return &p.sect.Bottom }),
	"headery": length(func(p *parser) *int { return &p.sect.Head }), "footery": length(func(p *parser) *int { return &p.sect.Foot }),
	"cols": length(func(p *parser) *int { return &p.sect.Columns }), "colsx": length(func(p *parser) *int { return &p.sect.Gap }),
	"sectlinegrid": length(func(p *parser) *int { return &p.grid }), "sectspecifyl": gridded, "sectspecifycl": gridded,
	"sbknone": beginning(fresh.SamePage), "sbkeven": beginning(fresh.EvenPage), "sbkodd": beginning(fresh.OddPage), "sbkpage": beginning(fresh.NextPage),
}

// paper is a length of the pages of all sections that do not say otherwise.
func paper(of func(*fresh.Page) *int) func(*parser, token) {
	return func(p *parser, t token) { *of(&p.sheet), *of(&p.sect) = t.param, t.param }
}

func beginning(m fresh.PageMode) func(*parser, token) {
	return func(p *parser, _ token) { p.sect.Start = m }
}

// groundWords are those that give signs a ground of their own.
var groundWords = map[string]func(*parser, token){
	"highlight": tinted, "cb": tinted, "chcbpat": tinted, "cbpat": length(func(p *parser) *int { return &p.st.paraBack }),
}

func tabbing(align string) func(*parser, token) {
	return func(p *parser, _ token) { p.st.tab.Align = align }
}

func leading(lead string) func(*parser, token) {
	return func(p *parser, _ token) { p.st.tab.Lead = lead }
}

func flag(on bool, v int) int {
	if on {
		return v
	}
	return 0
}

// useFont takes a font for the signs that are spoken of.
func (s *state) useFont(n int) {
	switch s.script {
	case scriptEast:
		s.fontEast = n + 1
	case scriptPlain:
		s.fontWest = n + 1
	}
}

// para is how the paragraph at hand stands.
func (p *parser) para() fresh.Line {
	s := &p.st
	l := s.line
	l.Ground = p.colourNo(s.paraBack)
	if l.Align == "" && (s.dest == destHeader || s.dest == destFooter) {
		l.Align = "left"
	}
	switch {
	case s.lead == 0:
		l.Spacing = 240
	case s.mult:
		l.Spacing = max(1, s.lead)
	default:
		l.Spacing, l.Exact = -max(s.lead, -s.lead), s.lead < 0
	}
	return l
}

// lookOf gives the look for a text: signs of the East may have a size of their own.
func (p *parser) lookOf(text string) fresh.Look {
	s := &p.st
	l := s.look
	if s.east > 0 && strings.IndexFunc(text, func(r rune) bool { return r >= 0x2e80 }) >= 0 {
		l.Size = s.east
	}
	l.Colour, l.Ground = p.colourNo(s.colour), p.colourNo(s.back)
	l.West, l.East = p.fontNames[s.fontWest-1], p.fontNames[s.fontEast-1]
	if page := p.fonts[s.fontWest-1]; l.East == "" && s.fontEast == 0 && eastPages[page] {
		l.East = l.West
	}
	return l
}

// worked are fields that a copy works out anew.
var worked = regexp.MustCompile(`(?i)^\s*(PAGE|NUMPAGES)\s*(\\+\*\s*(MERGEFORMAT|Arabic)\s*)*$`)

// fieldResult notes where the result of a field of page numbers begins.
func (p *parser) fieldResult() {
	if p.field != nil && p.fieldAt == 0 && p.running() {
		p.field.Start, p.fieldAt = len(p.flow().s.text), len(p.stack)
	}
}

// fieldDone notes a field of page numbers.
func (p *parser) fieldDone() {
	f := p.flow()
	if p.field.End = len(f.s.text); p.field.End > p.field.Start && len(f.form.Fields) < mostFields {
		f.form.Fields = append(f.form.Fields, *p.field)
	}
	p.field, p.fieldAt = nil, 0
}

// eastPages are the code pages of fonts for signs of the East.
var eastPages = map[int]bool{932: true, 936: true, 949: true, 950: true}

// colourNo gives a colour of the table.
func (p *parser) colourNo(n int) fresh.Colour {
	if n < 0 || n >= len(p.colours) {
		return 0
	}
	return p.colours[n]
}

// nameFont takes the name of the font that has been read.
func (p *parser) nameFont() {
	page, ok := p.fonts[p.curFnt]
	if !ok {
		page = p.page
	}
	if f := fresh.Font(decode(p.fontBytes, page)); f != "" && p.fontNames[p.curFnt] == "" {
		p.fontNames[p.curFnt] = f
	}
	p.fontBytes = p.fontBytes[:0]
}

// ran notes the look of what has been put since start.
func (f *flow) ran(start int) {
	end := len(f.s.text)
	if end == start || f.look == (fresh.Look{}) {
		return
	}
	if k := len(f.form.Runs); k > 0 && f.form.Runs[k-1].End == start && f.form.Runs[k-1].Look == f.look {
		f.form.Runs[k-1].End = end
		return
	}
	f.form.Runs = append(f.form.Runs, fresh.Run{Span: document.Span{Start: start, End: end}, Look: f.look})
}

// endPara notes how the paragraph at hand stands.
func (f *flow) endPara() {
	if l := f.para; len(f.s.text) >= f.lineAt {
		l.Span, l.Break = document.Span{Start: f.lineAt, End: len(f.s.text)}, (f.page || l.Break) && len(f.form.Lines) > 0
		f.page = false
		f.form.Lines = append(f.form.Lines, l)
	}
	f.lineAt = len(f.s.text)
}
