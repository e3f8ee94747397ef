package doc_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
	"unicode/utf16"

	"jinggao/sanitize/format/ole/oletest"
)

// line is text up to and with a mark of a paragraph, cell or page. Properties are lists
// of sprms; those of signs are of the whole line.
type line struct {
	text     string
	signs    []byte
	para     []byte
	style    int
	lastOnly bool // the signs' properties are of the last sign before the mark alone
}

// book is a document to be written for a test.
type book struct {
	lines    []line
	styles   [][]byte
	fonts    []string
	lists    []byte // PlfLst with the levels behind it
	listHead int    // length of PlfLst
	uses     []byte
	section  []byte
	more     []byte // of a second section, whose first line is split
	split    int
	heads    []string // the headers story by slots, the separators of notes left out
	drawings []byte
	floats   [][]byte // of the characters 8, in their order
	data     []byte
}

// sprm writes one property.
func sprm(code int, arg ...byte) []byte { return append(le.AppendUint16(nil, uint16(code)), arg...) }

func two(v int) []byte { return le.AppendUint16(nil, uint16(v)) }

func cat(bs ...[]byte) []byte { return bytes.Join(bs, nil) }

const (
	textAt  = 2048
	tableNo = 93
)

// page is a page of properties of runs [ends[i-1], ends[i]), each with bytes.
func page(first int, ends []int, props [][]byte, paras []int) []byte {
	p := make([]byte, 512)
	n := len(ends)
	le.PutUint32(p, uint32(first))
	at := 510
	for k, e := range ends {
		le.PutUint32(p[4*(k+1):], uint32(e))
		b := props[k]
		var block []byte
		if paras == nil {
			block = append([]byte{byte(len(b))}, b...)
		} else {
			b = append(two(paras[k]), b...)
			if len(b)%2 == 0 { // a second length for lists of even bytes
				block = append([]byte{0, byte(len(b) / 2)}, b...)
			} else {
				block = append([]byte{byte((len(b) + 1) / 2)}, b...)
			}
		}
		at = (at - len(block)) &^ 1
		copy(p[at:], block)
		if paras == nil {
			p[4*(n+1)+k] = byte(at / 2)
		} else {
			p[4*(n+1)+13*k] = byte(at / 2)
		}
	}
	if paras == nil && at < 4*(n+1)+n || paras != nil && at < 4*(n+1)+13*n {
		panic("too much for one page")
	}
	p[511] = byte(n)
	return p
}

func (b book) bytes() []byte {
	main := make([]byte, textAt)
	le.PutUint16(main[0:], 0xA5EC)
	le.PutUint16(main[2:], 0xC1)
	le.PutUint16(main[0x0A:], 0x0200)
	le.PutUint16(main[0x20:], 14)
	lw := 0x22 + 28
	le.PutUint16(main[lw:], 22)
	fl := lw + 2 + 88
	le.PutUint16(main[fl:], tableNo)
	var ends, paraEnds, styles []int
	var signs, paras [][]byte
	for _, l := range b.lines {
		u := wide(l.text)
		if l.lastOnly {
			ends, signs = append(ends, len(main)+len(u)-4), append(signs, nil)
		}
		main = append(main, u...)
		ends, signs = append(ends, len(main)), append(signs, l.signs)
		paraEnds, paras, styles = append(paraEnds, len(main)), append(paras, l.para), append(styles, l.style)
	}
	chars := (len(main) - textAt) / 2
	le.PutUint32(main[lw+2+12:], uint32(chars))
	slots, all := make([]byte, 6*4), chars
	for _, h := range b.heads {
		slots = le.AppendUint32(slots, uint32(all-chars))
		u := wide(h)
		main, all = append(main, u...), all+len(u)/2
	}
	slots = le.AppendUint32(le.AppendUint32(slots, uint32(all-chars)), uint32(all-chars))
	le.PutUint32(main[lw+2+20:], uint32(all-chars))
	for len(main)%512 != 0 {
		main = append(main, 0)
	}
	var table []byte
	add := func(n int, data []byte, size int) {
		le.PutUint32(main[fl+2+8*n:], uint32(len(table)))
		le.PutUint32(main[fl+2+8*n+4:], uint32(size))
		table = append(table, data...)
	}
	pages := func(n int, ends []int, props [][]byte, styles []int) {
		const most = 5 // runs of a page
		plc, first := le.AppendUint32(nil, textAt), textAt
		var numbers []byte
		for i := 0; i < len(ends); i += most {
			k := min(len(ends), i+most)
			var st []int
			if styles != nil {
				st = styles[i:k]
			}
			numbers = le.AppendUint32(numbers, uint32(len(main)/512))
			main = append(main, page(first, ends[i:k], props[i:k], st)...)
			first = ends[k-1]
			plc = le.AppendUint32(plc, uint32(first))
		}
		add(n, append(plc, numbers...), len(plc)+len(numbers))
	}
	pages(12, ends, signs, nil)
	pages(13, paraEnds, paras, styles)
	var x, seds []byte
	x = le.AppendUint32(x, 0)
	sed := func(end int, props []byte) {
		x = le.AppendUint32(x, uint32(end))
		seds = append(le.AppendUint32(append(seds, 0, 0), uint32(len(main))), 0, 0, 0, 0, 0, 0)
		main = append(main, append(two(len(props)), props...)...)
	}
	if b.split > 0 {
		sed((paraEnds[b.split-1]-textAt)/2, b.section)
		sed(chars, b.more)
	} else {
		sed(chars, b.section)
	}
	x = append(x, seds...)
	add(6, x, len(x))
	if len(b.heads) > 0 {
		add(11, slots, len(slots))
		add(31, []byte{1}, 1) // facing pages
	}
	if len(b.floats) > 0 {
		var at []byte
		n := 0
		for _, l := range b.lines {
			for _, c := range utf16.Encode([]rune(l.text)) {
				if c == 8 {
					at = le.AppendUint32(at, uint32(n))
				}
				n++
			}
		}
		at = append(le.AppendUint32(at, uint32(n)), bytes.Join(b.floats, nil)...)
		add(40, at, len(at))
		add(50, b.drawings, len(b.drawings))
	}
	plc := le.AppendUint32(le.AppendUint32(nil, 0), uint32(all))
	plc = append(le.AppendUint32(append(plc, 0, 0), textAt), 0, 0)
	x = append(append([]byte{2}, le.AppendUint32(nil, uint32(len(plc)))...), plc...)
	add(33, x, len(x))
	x = append(two(18), cat(two(len(b.styles)), two(10), make([]byte, 14))...)
	for _, s := range b.styles {
		x = append(append(x, two(len(s))...), s...)
	}
	add(1, x, len(x))
	x = cat(two(len(b.fonts)), two(0))
	for _, n := range b.fonts {
		f := append(make([]byte, 39), append(wide(n), 0, 0)...)
		x = append(append(x, byte(len(f))), f...)
	}
	add(15, x, len(x))
	add(73, b.lists, b.listHead)
	add(74, b.uses, len(b.uses))
	return oletest.Compound(map[string][]byte{"WordDocument": main, "1Table": table, "Data": b.data}, "WordDocument", "1Table", "Data")
}

// paraStyle is an entry of the style sheet: a paragraph style.
func paraStyle(sti, base int, para, signs []byte) []byte {
	head := cat(two(sti), two(1|base<<4), two(2), two(0), two(0))
	para = append(two(0), para...)
	out := append(cat(head, two(1), wide("n"), two(0)), append(two(len(para)), para...)...)
	if len(para)%2 != 0 {
		out = append(out, 0)
	}
	out = append(append(out, two(len(signs))...), signs...)
	if len(out)%2 != 0 {
		out = append(out, 0)
	}
	return out
}

// rec is a record of a drawing.
func rec(ver, inst, kind int, data ...[]byte) []byte {
	all := bytes.Join(data, nil)
	return append(le.AppendUint32(cat(two(ver|inst<<4), two(kind)), uint32(len(all))), all...)
}

// entry is an entry of the store of pictures that holds a picture itself.
func entry(t testing.TB) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 40, 20))
	img.SetGray(39, 19, color.Gray{200})
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		t.Fatal(err)
	}
	head := make([]byte, 36)
	head[24] = 1 // used once
	return rec(2, 6, 0xF007, head, rec(0, 0x6E0, 0xF01E, make([]byte, 17), file.Bytes()))
}

// option is a property of a shape.
func option(id, v int) []byte { return le.AppendUint32(two(id), uint32(v)) }

// shot is an inline picture in the Data stream: the left half of it is cut off.
func shot(t testing.TB) []byte {
	t.Helper()
	body := cat(rec(15, 0, 0xF004, rec(3, 1, 0xF00B, option(0x0102, 1<<15))), entry(t))
	head := make([]byte, 0x44)
	le.PutUint32(head, uint32(0x44+len(body)))
	le.PutUint16(head[4:], 0x44)
	le.PutUint16(head[6:], 0x64)
	le.PutUint16(head[28:], 2000)
	le.PutUint16(head[30:], 1000)
	le.PutUint16(head[32:], 1000)
	le.PutUint16(head[34:], 1000)
	return append(head, body...)
}
