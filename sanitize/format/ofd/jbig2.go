package ofd

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf"
)

func isJBIG2(b []byte) bool {
	return bytes.HasPrefix(b, []byte{0x97, 'J', 'B', '2', 0x0D, 0x0A, 0x1A, 0x0A})
}

// Kinds of JBIG2 segments (ITU-T T.88, 7.3) that are no part of the picture, or
// that end it.
const (
	segmentPage      = 48
	segmentEndOfPage = 49
	segmentEndOfFile = 51
	segmentProfiles  = 52
	segmentExtension = 62
)

// maxBilevel is the number of pixels up to which a JBIG2 picture is drawn.
const maxBilevel = 60_000_000

// bilevel draws a JBIG2 picture and gives it as a PNG of black and white; nil if it
// cannot be drawn.
func (b *building) bilevel(data []byte) []byte {
	body, w, h := jbig2Body(data)
	if body == nil || w <= 0 || h <= 0 || w > 14_000 || h > 14_000 || w > maxBilevel/h {
		return nil
	}
	img, err := pdf.RenderPage(b.ctx, document.Source{Name: "picture.pdf", Data: picturePDF(body, w, h)}, 1, 72)
	if err != nil || img.Bounds().Dx() != w || img.Bounds().Dy() != h {
		return nil
	}
	out := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Gray{}, color.Gray{0xff}})
	for y := range h {
		for x := range w {
			if r, _, _, _ := img.At(x, y).RGBA(); r >= 0x8000 {
				out.Pix[y*out.Stride+x] = 1
			}
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, out); err != nil {
		return nil
	}
	return buf.Bytes()
}

// jbig2Body takes the segments of the first page out of a JBIG2 file, one behind the
// other as PDF wants them, and the size of the page in pixels; nil for a damaged file.
func jbig2Body(data []byte) (body []byte, w, h int) {
	if len(data) < 13 {
		return nil, 0, 0
	}
	sequential, at := data[8]&1 != 0, 9
	if data[8]&2 == 0 { // the number of pages is known
		at += 4
	}
	heads, end := jbig2Heads(data, at, sequential)
	for _, s := range heads {
		if !sequential {
			s.data += end
		}
		if s.data < 0 || s.size > len(data) || s.data > len(data)-s.size {
			return nil, 0, 0
		}
		d := data[s.data : s.data+s.size]
		switch s.kind {
		case segmentEndOfPage, segmentEndOfFile:
			return body, w, h
		case segmentProfiles, segmentExtension:
			continue
		case segmentPage:
			if len(d) < 8 || w != 0 {
				return nil, 0, 0
			}
			w, h = int(binary.BigEndian.Uint32(d)), int(binary.BigEndian.Uint32(d[4:]))
		}
		body = append(append(body, s.head...), d...)
	}
	return body, w, h
}

// segment is a JBIG2 segment: its header, and where its data stand.
type segment struct {
	kind       byte
	head       []byte
	data, size int
}

// jbig2Heads reads the headers of the segments; in a file of random access they stand
// together, and data count from end.
func jbig2Heads(b []byte, at int, sequential bool) (list []segment, end int) {
	offset := 0
	for len(list) < 10_000 {
		s, next, ok := jbig2Head(b, at)
		if !ok {
			break
		}
		if sequential {
			s.data = next
			at = next + s.size
		} else {
			s.data = offset
			offset += s.size
			at = next
		}
		list = append(list, s)
		if s.kind == segmentEndOfFile || at > len(b) {
			break
		}
	}
	return list, at
}

// jbig2Head reads one header (ITU-T T.88, 7.2); data of unknown length are not read.
func jbig2Head(b []byte, at int) (s segment, next int, ok bool) {
	from := at
	if at+6 > len(b) {
		return s, 0, false
	}
	number, flags := binary.BigEndian.Uint32(b[at:]), b[at+4]
	s.kind = flags & 0x3F
	at += 5
	refers := int(b[at] >> 5)
	if refers == 7 {
		if at+4 > len(b) {
			return s, 0, false
		}
		refers = int(binary.BigEndian.Uint32(b[at:]) & 0x1FFFFFFF)
		if refers > len(b) {
			return s, 0, false
		}
		at += 4 + (refers+8)/8
	} else {
		at++
	}
	switch {
	case number <= 256:
		at += refers
	case number <= 65536:
		at += 2 * refers
	default:
		at += 4 * refers
	}
	if flags&0x40 != 0 {
		at += 4
	} else {
		at++
	}
	if at < 0 || at+4 > len(b) {
		return s, 0, false
	}
	size := binary.BigEndian.Uint32(b[at:])
	if uint64(size) > uint64(len(b)) {
		return s, 0, false
	}
	s.size = int(size)
	at += 4
	s.head = b[from:at]
	return s, at, true
}

// picturePDF is a PDF of one page that shows the picture, one point for each pixel.
func picturePDF(body []byte, w, h int) []byte {
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	content := fmt.Sprintf("%d 0 0 %d 0 0 cm /I Do", w, h)
	b.WriteString("%PDF-1.5\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Count 1/Kids[3 0 R]>>")
	object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>", w, h)
	object("<</Length %d>>stream\n%s\nendstream", len(content), content)
	object("<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode/Length %d>>stream\n%s\nendstream", w, h, len(body), body)
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}
