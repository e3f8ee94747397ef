package pdf

import (
	"bytes"
	"fmt"
	"strconv"

	"jinggao/sanitize/format/pdf/pdfium"
)

// writer makes a PDF that holds pictures of pages and nothing else. Its grammar is
// closed: a catalog, one page tree, and for each page the page, a content stream of
// one line and one image.
//
//	1 Catalog   2 Pages   then for page k (from 0): 3+3k Page, 4+3k content, 5+3k image
//
// The content stream of a page with a text layer draws that as well, in the fonts that
// then stand behind the pages (layerfont.go).
//
// There is no date, no identifier and no producer: the same pictures give the same bytes.
type writer struct {
	out     bytes.Buffer
	pages   int
	written int
	offsets []int // by object number
	layered bool  // a page has a text layer
}

func newWriter(pages int) *writer {
	w := &writer{pages: pages, offsets: make([]int, 3+3*pages)}
	w.out.WriteString("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n")
	w.object(1, "<< /Type /Catalog /Pages 2 0 R >>")
	var kids bytes.Buffer
	for k := range pages {
		if k > 0 {
			kids.WriteByte(' ')
		}
		fmt.Fprintf(&kids, "%d 0 R", 3+3*k)
	}
	w.object(2, fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", pages, kids.String()))
	return w
}

func (w *writer) object(n int, body string) {
	w.offsets[n] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n%s\nendobj\n", n, body)
}

func (w *writer) stream(n int, dict string, data []byte) {
	w.offsets[n] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n<< %s/Length %d >>\nstream\n", n, dict, len(data))
	w.out.Write(data)
	w.out.WriteString("\nendstream\nendobj\n")
}

// page adds the next page, of the given size in points, with its text layer if any.
func (w *writer) page(b *pdfium.Bitmap, width, height float64, text []stretch) {
	n := 3 + 3*w.written
	w.written++
	wide, high := number(width), number(height)
	fonts := ""
	content := fmt.Appendf(nil, "q %s 0 0 %s 0 0 cm /I Do Q", wide, high)
	if len(text) > 0 {
		fonts = w.fontNames()
		content = append(append(content, '\n'), operators(text)...)
		w.layered = true
	}
	w.object(n, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Resources << /XObject << /I %d 0 R >>%s >> /Contents %d 0 R >>",
		wide, high, n+2, fonts, n+1))
	w.stream(n+1, "", content)
	p := encode(b)
	w.stream(n+2, fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent %d /Filter /%s ",
		b.W, b.H, p.space, p.bits, p.filter), p.data)
}

// finish writes the fonts of text layers and the cross-reference table, and gives the file.
func (w *writer) finish() []byte {
	if w.layered {
		w.fonts()
	}
	start := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets))
	for _, o := range w.offsets[1:] {
		fmt.Fprintf(&w.out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&w.out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(w.offsets), start)
	return w.out.Bytes()
}

// number writes points with at most two decimals.
func number(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	for len(s) > 0 && s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if len(s) > 0 && s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}
