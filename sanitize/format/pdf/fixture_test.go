package pdf_test

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

// builder writes small PDF files by hand. Chinese text is set in an unembedded
// font with a predefined Unicode map, as many printer drivers do.
type builder struct {
	objects []string // from number 1
	pages   []int
	root    string // further entries of the catalog
	trailer string // further entries of the trailer
}

const (
	catalogNumber = 1
	pagesNumber   = 2
	fontNumber    = 3
	latinNumber   = 6
)

func newBuilder() *builder {
	b := &builder{objects: make([]string, latinNumber)}
	b.objects[fontNumber-1] = "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
	b.objects[3] = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R /DW 1000 >>"
	b.objects[4] = "<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
	b.objects[latinNumber-1] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
	return b
}

func (b *builder) add(object string) int {
	b.objects = append(b.objects, object)
	return len(b.objects)
}

func (b *builder) stream(dict, data string) int {
	return b.add(fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data))
}

// page adds a page of A4 with the given content and further entries.
func (b *builder) page(content, entries string) int {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write([]byte(content))
	_ = w.Close()
	c := b.stream("/Filter /FlateDecode", z.String())
	n := b.add(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 6 0 R >> /XObject << /Im 0 0 R >> >> /Contents %d 0 R %s >>", c, entries))
	b.pages = append(b.pages, n)
	return n
}

func (b *builder) bytes() []byte {
	kids := make([]string, len(b.pages))
	for i, n := range b.pages {
		kids[i] = fmt.Sprintf("%d 0 R", n)
	}
	b.objects[catalogNumber-1] = "<< /Type /Catalog /Pages 2 0 R " + b.root + " >>"
	b.objects[pagesNumber-1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(b.objects))
	for i, o := range b.objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, b.trailer, start)
	return out.Bytes()
}

// ucs2 is a string as the content stream shows it in the Chinese font.
func ucs2(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return "<" + hex.EncodeToString(b) + ">"
}

// textString is a PDF text string in UTF-16.
func textString(s string) string { return "<FEFF" + ucs2(s)[1:] }

// line shows text at a place in 12 points, with operators before it.
func line(x, y int, s, operators string) string {
	return fmt.Sprintf("q BT %s /F1 12 Tf 1 0 0 1 %d %d Tm %s Tj ET Q\n", operators, x, y, ucs2(s))
}

// simple is a file of one page with the given lines.
func simple(t testing.TB, lines ...string) []byte {
	t.Helper()
	b := newBuilder()
	var content strings.Builder
	for i, s := range lines {
		content.WriteString(line(60, 780-24*i, s, ""))
	}
	b.page(content.String(), "")
	return b.bytes()
}
