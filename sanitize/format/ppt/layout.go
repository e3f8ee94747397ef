package ppt

import (
	"encoding/binary"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/redact"
)

// More records, for where text stands.
const (
	recDocumentAtom = 1001
	recGroup        = 0xF003
	recGroupFrame   = 0xF009
	recChildAnchor  = 0xF00F
	recClientAnchor = 0xF010
)

// unit is a master unit (576 to the inch) in EMU.
const unit = 914400.0 / 576

// frame is a rectangle in master units.
type frame struct{ l, t, r, b float64 }

func (f frame) empty() bool { return f.r <= f.l || f.b <= f.t }

// piece is the text of one shape in the order of reading.
type piece struct {
	text  string
	title bool
	group bool // stands in a group, as the cells of a table do
	at    frame
}

// span is where the text of a shape stands in the text of its slide.
type span struct {
	document.Span
	piece
}

// titles are the kinds of text that are titles.
func titleKind(k int) bool { return k == 0 || k == 6 }

// inGroup is the way from the coordinates of a group to those of the slide.
type inGroup struct {
	x, y, sx, sy float64
}

func (g inGroup) apply(f frame) frame {
	return frame{f.l*g.sx + g.x, f.t*g.sy + g.y, f.r*g.sx + g.x, f.b*g.sy + g.y}
}

// anchorOf reads where a shape stands; ok is false where it does not say.
func anchorOf(shape *record, g inGroup) (frame, bool) {
	for _, k := range shape.kids {
		switch k.kind {
		case recClientAnchor:
			b := k.data
			i16 := func(at int) float64 { return float64(int16(binary.LittleEndian.Uint16(b[at:]))) }
			i32 := func(at int) float64 { return float64(int32(binary.LittleEndian.Uint32(b[at:]))) }
			switch {
			case len(b) >= 16:
				return frame{t: i32(0), l: i32(4), r: i32(8), b: i32(12)}, true
			case len(b) >= 8:
				return frame{t: i16(0), l: i16(2), r: i16(4), b: i16(6)}, true
			}
		case recChildAnchor:
			return g.apply(rect(k.data)), len(k.data) >= 16
		}
	}
	return frame{}, false
}

// rect reads four numbers: left, top, right, bottom.
func rect(b []byte) frame {
	if len(b) < 16 {
		return frame{}
	}
	i := func(at int) float64 { return float64(int32(binary.LittleEndian.Uint32(b[at:]))) }
	return frame{i(0), i(4), i(8), i(12)}
}

// groupOf reads the coordinates that the shapes of a group are measured in.
func groupOf(group *record, outer inGroup) inGroup {
	for _, s := range group.kids {
		if s.kind != recShape {
			continue
		}
		for _, k := range s.kids {
			if k.kind != recGroupFrame {
				continue
			}
			in := rect(k.data)
			out, ok := anchorOf(s, outer)
			if !ok || in.empty() || out.empty() {
				return outer
			}
			sx, sy := (out.r-out.l)/(in.r-in.l), (out.b-out.t)/(in.b-in.t)
			return inGroup{x: out.l - in.l*sx, y: out.t - in.t*sy, sx: sx, sy: sy}
		}
		return outer // the first shape is the group itself
	}
	return outer
}

// join lays the texts of a slide out, a line end between shapes, and says where each stands.
func join(pieces []piece) (string, []span) {
	var b strings.Builder
	var out []span
	n := 0
	for _, p := range pieces {
		p.text = strings.Trim(p.text, "\n")
		if strings.TrimSpace(p.text) == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
			n++
		}
		k := len([]rune(p.text))
		b.WriteString(p.text)
		out = append(out, span{document.Span{Start: n, End: n + k}, p})
		n += k
	}
	return b.String(), out
}

// size is that of the slides in EMU; 0 where it is not said.
func (r *reading) size() (int, int) {
	for _, k := range r.f.document().kids {
		if k.kind == recDocumentAtom && len(k.data) >= 8 {
			return int(float64(int32(u32(k.data, 0))) * unit), int(float64(int32(u32(k.data, 4))) * unit)
		}
	}
	return 0, 0
}

// slides gives the slides of the copy: the texts as the plan leaves them, where they stood.
func (r *reading) slides(plan document.Plan) []fresh.Slide {
	applied := redact.Apply(r.doc, plan)
	var out []fresh.Slide
	for i := range r.shown {
		s := fresh.Slide{}
		part := applied.Document.Part(r.shown[i].id)
		if part != nil {
			text := []rune(part.Text)
			at := 0
			for _, b := range r.shown[i].spans {
				to := applied.Forward(part.ID, b.Span)
				start, end := max(at, min(to.Start, len(text))), min(to.End, len(text))
				if end <= start {
					continue
				}
				t := string(text[at:start]) // what stands between two shapes goes to the later one
				box := fresh.Box{Text: strings.Trim(t+string(text[start:end]), "\n"), Title: b.title, Framed: b.group}
				if !b.at.empty() {
					box.X, box.Y, box.W, box.H = int(b.at.l*unit), int(b.at.t*unit), int((b.at.r-b.at.l)*unit), int((b.at.b-b.at.t)*unit)
				}
				s.Boxes = append(s.Boxes, box)
				at = end
			}
			if rest := strings.Trim(string(text[min(at, len(text)):]), "\n"); strings.TrimSpace(rest) != "" {
				s.Boxes = append(s.Boxes, fresh.Box{Text: rest})
			}
		}
		out = append(out, s)
	}
	return out
}
