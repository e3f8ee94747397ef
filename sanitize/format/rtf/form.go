package rtf

import (
	"encoding/hex"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ooxml"
)

// looks takes words for how signs and paragraphs look, and for the page; false for others.
func (p *parser) looks(t token) bool {
	on := !t.has || t.param != 0
	return p.st.signs(t, on) || p.st.paragraph(t, on) || p.paper(t)
}

// signs takes words for how signs look.
func (s *state) signs(t token, on bool) bool {
	switch t.word {
	case "b":
		s.look.Bold = on
	case "i":
		s.look.Italic = on
	case "dbch":
		s.forEast = true
	case "loch", "hich", "ltrch", "rtlch":
		s.forEast = false
	case "afs":
		if s.forEast {
			s.east = t.param
		}
	case "ul", "uld", "uldb", "ulw", "ulth", "uldash", "ulwave":
		s.look.Underline = on
	case "ulnone":
		s.look.Underline = false
	case "strike", "striked":
		s.look.Strike = on
	case "super":
		s.look.Raise = flag(on, 1)
	case "sub":
		s.look.Raise = flag(on, -1)
	case "nosupersub":
		s.look.Raise = 0
	default:
		return false
	}
	return true
}

// aligned are the words for the sides that lines are set to.
var aligned = map[string]string{"ql": "", "qc": "center", "qr": "right", "qj": "both", "qd": "both"}

// paragraph takes words for how paragraphs stand.
func (s *state) paragraph(t token, on bool) bool {
	if a, ok := aligned[t.word]; ok {
		s.line.Align = a
		return true
	}
	switch t.word {
	case "fi":
		s.line.First = t.param
	case "li":
		s.line.Left = t.param
	case "ri":
		s.line.Right = t.param
	case "pagebb":
		s.line.Break = on
	case "sb":
		s.line.Before = t.param
	case "sa":
		s.line.After = t.param
	case "sl":
		s.lead = t.param
	case "slmult":
		s.mult = on
	default:
		return false
	}
	return true
}

// paper takes words for the page.
func (p *parser) paper(t token) bool {
	switch t.word {
	case "paperw":
		p.sheet.W = t.param
	case "paperh":
		p.sheet.H = t.param
	case "margl":
		p.sheet.Left = t.param
	case "margr":
		p.sheet.Right = t.param
	case "margt":
		p.sheet.Top = t.param
	case "margb":
		p.sheet.Bottom = t.param
	default:
		return false
	}
	return true
}

func flag(on bool, v int) int {
	if on {
		return v
	}
	return 0
}

// para is how the paragraph at hand stands.
func (s *state) para() fresh.Line {
	l := s.line
	switch {
	case s.lead == 0:
		l.Spacing = 240
	case s.mult:
		l.Spacing = max(1, s.lead)
	default: // at least so high, or exactly, where signs might be cut off
		l.Spacing = -max(s.lead, -s.lead)
	}
	return l
}

// of gives the look for a text: signs of the East may have a size of their own.
func (s *state) of(text string) fresh.Look {
	l := s.look
	if s.east > 0 && strings.IndexFunc(text, func(r rune) bool { return r >= 0x2e80 }) >= 0 {
		l.Size = s.east
	}
	return l
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

// cellDef is a cell as the head of a row describes it.
type cellDef struct {
	left, right int
	down        fresh.Down
	gone        bool // merged with the one before
}

// define takes words of the head of a row.
func (f *flow) define(t token) {
	switch t.word {
	case "trleft":
		if len(f.defs) == 0 {
			f.def.left = t.param
		}
	case "trrh":
		f.high = max(t.param, -t.param)
	case "clmrg":
		f.def.gone = true
	case "clvmgf":
		f.def.down = fresh.Begins
	case "clvmrg":
		f.def.down = fresh.GoesOn
	case "cellx":
		f.def.right = t.param
		f.defs = append(f.defs, f.def)
		f.def = cellDef{left: t.param}
	}
}

// cellForms gives the cells of the row that has ended their places.
func (f *flow) cellForms() {
	for len(f.form.Cells) < f.rowCells {
		f.form.Cells = append(f.form.Cells, fresh.CellForm{})
	}
	for i := range f.s.cells[f.rowCells:] {
		c := fresh.CellForm{}
		if i < len(f.defs) {
			d := f.defs[i]
			c = fresh.CellForm{Left: d.left, Right: d.right, High: f.high, Down: d.down, Gone: d.gone && i > 0 && f.s.cells[f.rowCells+i].Len() == 0}
			if c.Gone {
				for k := len(f.form.Cells) - 1; k >= f.rowCells; k-- {
					if !f.form.Cells[k].Gone {
						f.form.Cells[k].Right = d.right
						break
					}
				}
			}
		}
		f.form.Cells = append(f.form.Cells, c)
	}
}

// picture is a picture while it is read.
type picture struct {
	depth  int
	flow   *flow
	seen   bool // stands in running text that is shown
	usable bool // PNG or JPEG
	hex    []byte
	bin    []byte
	w, h   int // as it is to be, in twips
	sx, sy int // percent
	crop   [4]int
}

func (p *parser) beginPicture() {
	if p.pic == nil {
		p.pic = &picture{depth: len(p.stack), flow: p.flow(), seen: p.running() && p.st.buf == nil && p.why() == "", sx: 100, sy: 100}
	}
}

const maxPicture = 128 << 20

func (p *parser) pictureHex(b []byte) {
	if p.pic == nil || len(p.stack) != p.pic.depth || len(p.pic.hex) > maxPicture {
		return
	}
	for _, c := range b {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' {
			p.pic.hex = append(p.pic.hex, c)
		}
	}
}

// pictureWord takes the words of a picture.
func (p *parser) pictureWord(t token) {
	if p.pic == nil || len(p.stack) != p.pic.depth {
		return
	}
	switch t.word {
	case "pngblip", "jpegblip":
		p.pic.usable = true
	case "picwgoal":
		p.pic.w = t.param
	case "pichgoal":
		p.pic.h = t.param
	case "picscalex":
		p.pic.sx = t.param
	case "picscaley":
		p.pic.sy = t.param
	case "piccropt":
		p.pic.crop[0] = t.param
	case "piccropr":
		p.pic.crop[1] = t.param
	case "piccropb":
		p.pic.crop[2] = t.param
	case "piccropl":
		p.pic.crop[3] = t.param
	case "bin":
		p.pic.bin = t.bytes
	}
}

// endPicture places a picture that is seen.
func (p *parser) endPicture() {
	x := p.pic
	p.pic = nil
	data := x.bin
	if len(data) == 0 {
		data = make([]byte, len(x.hex)/2)
		if _, err := hex.Decode(data, x.hex[:len(x.hex)&^1]); err != nil {
			return
		}
	}
	if !x.seen || !x.usable || len(data) == 0 || x.w <= 0 || x.h <= 0 || x.w > 60000 || x.h > 60000 {
		return
	}
	share := func(n, of int) int { return max(0, min(99000, int(float64(n)/float64(of)*100000))) }
	c := ooxml.Crop{T: share(x.crop[0], x.h), R: share(x.crop[1], x.w), B: share(x.crop[2], x.h), L: share(x.crop[3], x.w)}
	if c.L+c.R >= 99000 || c.T+c.B >= 99000 {
		c = ooxml.Crop{}
	}
	const twip = 635
	size := func(v, percent, cut int) int {
		percent = max(1, min(percent, 1000))
		return int(float64(v) * float64(percent) / 100 * float64(100000-cut) / 100000 * twip)
	}
	x.flow.look, x.flow.para = p.st.look, p.st.para()
	if p.st.inTable {
		x.flow.startRow()
	}
	x.flow.form.Pictures = append(x.flow.form.Pictures, fresh.Inline{
		At: len(x.flow.s.text), Key: strconv.Itoa(p.pictures), Data: data, Crop: c, W: size(x.w, x.sx, c.L+c.R), H: size(x.h, x.sy, c.T+c.B),
	})
	x.flow.visible = true
}
