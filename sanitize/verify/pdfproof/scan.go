package pdfproof

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"regexp"
	"strconv"
)

// page is one page of the output as the strict scanner found it.
type page struct {
	width, height float64 // points
	w, h          int     // pixels
	stored        stored
	rgb           []byte // after decode: three bytes a pixel, top row first
	jpeg, gray    bool
	layer         string // the text laid over the picture, a line end after each stretch
}

// stored is the picture of a page as it lies in the file: the words of imageForm and
// the data. Pages are decoded one at a time, so that long files need no more memory
// than short ones.
type stored struct {
	head [][]byte
	data []byte
}

// maxPixels bounds a picture that is decoded.
const maxPixels = 80 << 20

// The only forms that may follow each other in the file, and nothing between them.
var (
	catalogForm = regexp.MustCompile(`\A1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n`)
	treeForm    = regexp.MustCompile(`\A2 0 obj\n<< /Type /Pages /Count (\d+) /Kids \[((?:\d+ 0 R ?)+)\] >>\nendobj\n`)
	pageForm    = regexp.MustCompile(`\A(\d+) 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox \[0 0 ([\d.]+) ([\d.]+)\] /Resources << /XObject << /I (\d+) 0 R >>( /Font << /F0 \d+ 0 R /F1 \d+ 0 R /F2 \d+ 0 R /F3 \d+ 0 R >>)? >> /Contents (\d+) 0 R >>\nendobj\n`)
	contentForm = regexp.MustCompile(`\A(\d+) 0 obj\n<< /Length (\d+) >>\nstream\n(q ([\d.]+) 0 0 ([\d.]+) 0 0 cm /I Do Q(\nBT\n3 Tr\n(?:[0-9A-Za-z./<> -]+\n)+ET)?)\nendstream\nendobj\n`)
	imageForm   = regexp.MustCompile(`\A(\d+) 0 obj\n<< /Type /XObject /Subtype /Image /Width (\d+) /Height (\d+) /ColorSpace (/DeviceGray|/DeviceRGB|\[/Indexed /DeviceRGB (\d+) <([0-9A-F]*)>\]) /BitsPerComponent (1|4|8) /Filter /(FlateDecode|DCTDecode) /Length (\d+) >>\nstream\n`)
	tailForm    = regexp.MustCompile(`\Atrailer\n<< /Size (\d+) /Root 1 0 R >>\nstartxref\n(\d+)\n%%EOF\n\z`)
)

const (
	head    = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"
	endForm = "\nendstream\nendobj\n"
)

// scanner walks the bytes of the output once, from the first to the last.
type scanner struct {
	b       []byte
	pos     int
	offsets []int
	fonts   int // number of the first font of text layers, were there any
}

func (s *scanner) take(form *regexp.Regexp) ([][]byte, error) {
	m := form.FindSubmatchIndex(s.b[s.pos:])
	if m == nil {
		return nil, fail("位置 %d 处的内容不在允许之列", s.pos)
	}
	groups := make([][]byte, len(m)/2)
	for i := range groups {
		if m[2*i] >= 0 {
			groups[i] = s.b[s.pos+m[2*i] : s.pos+m[2*i+1]]
		}
	}
	s.pos += m[1]
	return groups, nil
}

// scan reads the output by its closed grammar. What the pictures hold is seen by decode.
func scan(out []byte) ([]page, error) {
	if n := bytes.Count(out, []byte("%%EOF")); n != 1 {
		return nil, fail("文件结束标记出现 %d 次", n)
	}
	s := &scanner{b: out, offsets: []int{0}}
	if !bytes.HasPrefix(out, []byte(head)) {
		return nil, fail("文件头不符")
	}
	s.pos = len(head)
	s.mark()
	if _, err := s.take(catalogForm); err != nil {
		return nil, err
	}
	s.mark()
	tree, err := s.take(treeForm)
	if err != nil {
		return nil, err
	}
	count := atoi(tree[1])
	want := ""
	for k := range count {
		if k > 0 {
			want += " "
		}
		want += fmt.Sprintf("%d 0 R", 3+3*k)
		if k > 20_000 {
			return nil, fail("页数过多")
		}
	}
	if want != string(tree[2]) {
		return nil, fail("页面目录不符")
	}
	pages := make([]page, 0, count)
	s.fonts = 3 + 3*count
	layered := false
	for k := range count {
		p, err := s.page(3 + 3*k)
		if err != nil {
			return nil, err
		}
		layered = layered || p.layer != ""
		pages = append(pages, p)
	}
	if layered {
		if err := s.layerFonts(); err != nil {
			return nil, err
		}
	}
	return pages, s.tail()
}

func (s *scanner) mark() { s.offsets = append(s.offsets, s.pos) }

func atoi(b []byte) int {
	n, err := strconv.Atoi(string(b))
	if err != nil {
		return -1
	}
	return n
}

func (s *scanner) page(n int) (page, error) {
	s.mark()
	g, err := s.take(pageForm)
	if err != nil {
		return page{}, err
	}
	if atoi(g[1]) != n || atoi(g[6]) != n+1 || atoi(g[4]) != n+2 {
		return page{}, fail("对象编号不符")
	}
	s.mark()
	c, err := s.take(contentForm)
	if err != nil {
		return page{}, err
	}
	if atoi(c[1]) != n+1 || atoi(c[2]) != len(c[3]) || !bytes.Equal(c[4], g[2]) || !bytes.Equal(c[5], g[3]) {
		return page{}, fail("页面内容不符")
	}
	p, err := sized(g[2], g[3])
	if err != nil {
		return page{}, err
	}
	if err := p.overlay(c[6], string(g[5]), s.fonts); err != nil {
		return page{}, err
	}
	s.mark()
	m, err := s.take(imageForm)
	if err != nil {
		return page{}, err
	}
	data, err := s.imageData(m, n+2)
	if err != nil {
		return page{}, err
	}
	p.w, p.h = atoi(m[2]), atoi(m[3])
	if p.w <= 0 || p.h <= 0 || p.w > maxPixels/p.h {
		return page{}, fail("图像尺寸不符")
	}
	p.stored = stored{m, data}
	return p, nil
}

// sized is a page of the size written in its MediaBox.
func sized(width, height []byte) (p page, err error) {
	if p.width, err = strconv.ParseFloat(string(width), 64); err != nil {
		return page{}, fail("页面尺寸不符")
	}
	if p.height, err = strconv.ParseFloat(string(height), 64); err != nil {
		return page{}, fail("页面尺寸不符")
	}
	return p, nil
}

// imageData is the stream behind the head of an image object.
func (s *scanner) imageData(m [][]byte, number int) ([]byte, error) {
	length := atoi(m[9])
	if atoi(m[1]) != number || length < 0 || s.pos+length+len(endForm) > len(s.b) {
		return nil, fail("图像对象不符")
	}
	data := s.b[s.pos : s.pos+length]
	if string(s.b[s.pos+length:s.pos+length+len(endForm)]) != endForm {
		return nil, fail("图像数据长度不符")
	}
	s.pos += length + len(endForm)
	return data, nil
}

// decode turns the image into RGB. Data beyond the picture is an error: nothing may hide there.
func (p *page) decode() error {
	m, data := p.stored.head, p.stored.data
	space, bits := string(m[4]), atoi(m[7])
	p.rgb = make([]byte, 3*p.w*p.h)
	if string(m[8]) == "DCTDecode" {
		if space[0] == '[' || bits != 8 {
			return fail("图像格式不符")
		}
		return p.photograph(data)
	}
	table, err := palette(space, bits, m[5], m[6])
	if err != nil {
		return err
	}
	width := (p.w*bits + 7) / 8
	raw := make([]byte, width*p.h)
	in := bytes.NewReader(data)
	z, err := zlib.NewReader(in)
	if err != nil {
		return fail("图像数据无法解压")
	}
	if _, err := io.ReadFull(z, raw); err != nil {
		return fail("图像数据不完整")
	}
	var more [1]byte
	if n, err := z.Read(more[:]); n != 0 || err != io.EOF {
		return fail("图像数据之后还有内容")
	}
	if in.Len() != 0 {
		return fail("图像数据之后还有内容")
	}
	return p.unpack(raw, table, bits)
}

// unpack looks every pixel up in the table of colours.
func (p *page) unpack(raw []byte, table [][3]byte, bits int) error {
	width := (p.w*bits + 7) / 8
	mask := byte(1<<bits - 1)
	for y := range p.h {
		row, to := raw[y*width:], p.rgb[3*y*p.w:]
		for x := range p.w {
			bit := x * bits
			v := row[bit/8] >> (8 - bits - bit%8) & mask
			if int(v) >= len(table) {
				return fail("颜色编号超出调色板")
			}
			copy(to[3*x:3*x+3], table[v][:])
		}
	}
	return nil
}

func palette(space string, bits int, last, hex []byte) ([][3]byte, error) {
	if space == "/DeviceGray" && (bits == 1 || bits == 4) {
		n := 1 << bits
		table := make([][3]byte, n)
		for i := range table {
			v := byte(i * 255 / (n - 1))
			table[i] = [3]byte{v, v, v}
		}
		return table, nil
	}
	n := atoi(last) + 1
	if space[0] != '[' || bits == 1 || n < 1 || n > 1<<bits || len(hex) != 6*n {
		return nil, fail("图像格式不符")
	}
	table := make([][3]byte, n)
	for i := range table {
		for k := range 3 {
			v, err := strconv.ParseUint(string(hex[6*i+2*k:6*i+2*k+2]), 16, 8)
			if err != nil {
				return nil, fail("调色板不符")
			}
			table[i][k] = byte(v)
		}
	}
	return table, nil
}

func (p *page) photograph(data []byte) error {
	if err := plainJPEG(data); err != nil {
		return err
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return fail("图像数据无法解码")
	}
	if b := img.Bounds(); b.Dx() != p.w || b.Dy() != p.h {
		return fail("图像尺寸不符")
	}
	p.jpeg = true
	switch v := img.(type) {
	case *image.Gray:
		p.gray = true
		for y := range p.h {
			for x := range p.w {
				g := v.Pix[y*v.Stride+x]
				at := 3 * (y*p.w + x)
				p.rgb[at], p.rgb[at+1], p.rgb[at+2] = g, g, g
			}
		}
		return nil
	case *image.YCbCr:
		for y := range p.h {
			for x := range p.w {
				i, j := v.YOffset(x, y), v.COffset(x, y)
				at := 3 * (y*p.w + x)
				p.rgb[at], p.rgb[at+1], p.rgb[at+2] = color.YCbCrToRGB(v.Y[i], v.Cb[j], v.Cr[j])
			}
		}
		return nil
	}
	return fail("图像格式不符")
}

// plainJPEG allows only the segments that a picture needs: no comments, no
// application data, nothing after the end.
func plainJPEG(b []byte) error {
	if len(b) < 4 || b[0] != 0xFF || b[1] != 0xD8 || b[len(b)-2] != 0xFF || b[len(b)-1] != 0xD9 {
		return fail("图像数据不完整")
	}
	for pos := 2; pos+4 <= len(b); {
		if b[pos] != 0xFF {
			return fail("图像数据不符")
		}
		kind := b[pos+1]
		size := int(b[pos+2])<<8 | int(b[pos+3])
		switch kind {
		case 0xDB, 0xC0, 0xC4: // tables and frame
			pos += 2 + size
		case 0xDA: // the scan: everything else up to the only end mark
			if bytes.Index(b[pos:], []byte{0xFF, 0xD9}) != len(b)-2-pos {
				return fail("图像数据之后还有内容")
			}
			return nil
		default:
			return fail("图像中有不允许的数据段")
		}
	}
	return fail("图像数据不完整")
}

// tail checks the cross-reference table against the offsets met, and that nothing follows.
func (s *scanner) tail() error {
	start := s.pos
	want := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(s.offsets))
	for _, o := range s.offsets[1:] {
		want += fmt.Sprintf("%010d 00000 n \n", o)
	}
	if !bytes.HasPrefix(s.b[s.pos:], []byte(want)) {
		return fail("交叉引用表不符")
	}
	s.pos += len(want)
	t, err := s.take(tailForm)
	if err != nil {
		return err
	}
	if atoi(t[1]) != len(s.offsets) || atoi(t[2]) != start {
		return fail("文件尾不符")
	}
	return nil
}
