package ooxml_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"unicode/utf8"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"

	"pgregory.net/rapid"
)

const (
	types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	root  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
)

type entry struct{ name, data string }

func pack(t testing.TB, es ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range es {
		f, err := w.Create(e.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(e.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func good() []entry {
	return []entry{{"[Content_Types].xml", types}, {"_rels/.rels", root}, {"word/document.xml", "<d/>"}}
}

func TestOpenRefuses(t *testing.T) {
	fine := pack(t, good()...)
	encrypted := bytes.Clone(fine)
	for _, sig := range []string{"PK\x03\x04", "PK\x01\x02"} {
		i := bytes.Index(encrypted, []byte(sig))
		encrypted[i+len(sig)+2+2*(len(sig)-4)+map[string]int{"PK\x03\x04": 0, "PK\x01\x02": 2}[sig]] |= 1
	}
	cases := []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "已损坏"},
		{"text", []byte("只是文字"), "类型不符"},
		{"png", []byte("\x89PNG\r\n\x1a\n0000"), "类型不符"},
		{"cut off", fine[:len(fine)/2], "已损坏"},
		{"data before", append([]byte("x"), fine...), "不安全"},
		{"data after", append(bytes.Clone(fine), "tail"...), "不安全"},
		{"password", encrypted, "加密"},
		{"duplicate", pack(t, append(good(), entry{"word/document.xml", "<d/>"})...), "不安全"},
		{"duplicate by case", pack(t, append(good(), entry{"word/Document.xml", "<d/>"})...), "不安全"},
		{"traversal", pack(t, append(good(), entry{"../x.xml", "<d/>"})...), "不安全"},
		{"absolute", pack(t, append(good(), entry{"/x.xml", "<d/>"})...), "不安全"},
		{"backslash", pack(t, append(good(), entry{`word\x.xml`, "<d/>"})...), "不安全"},
		{"drive", pack(t, append(good(), entry{"C:/x.xml", "<d/>"})...), "不安全"},
		{"device", pack(t, append(good(), entry{"word/CON.xml", "<d/>"})...), "不安全"},
		{"bomb", pack(t, append(good(), entry{"word/big.xml", strings.Repeat("0", 32<<20)})...), "过大"},
		{"no types", pack(t, good()[1:]...), "已损坏"},
		{"no rels", pack(t, good()[0], good()[2]), "已损坏"},
		{"broken types", pack(t, entry{"[Content_Types].xml", "<Types"}, good()[1]), "已损坏"},
		{"old office", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)), "已损坏"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := ooxml.Open(c.data)
			var r *document.Refusal
			if !errors.As(err, &r) || !strings.Contains(r.Error(), c.want) {
				t.Fatalf("got %v, want a refusal with %q", err, c.want)
			}
			if r.Do == "" {
				t.Error("the refusal does not say what to do")
			}
		})
	}
	if _, err := ooxml.Open(fine); err != nil {
		t.Fatalf("a good package: %v", err)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, s := range map[string]string{
		"doctype":  `<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>`,
		"entity":   `<a>&b;</a>`,
		"nesting":  strings.Repeat("<a>", 5000) + strings.Repeat("</a>", 5000),
		"unclosed": "<a><b></a>",
		"roots":    "<a/><b/>",
		"nothing":  "",
	} {
		if _, err := ooxml.Parse([]byte(s)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestPrefixesAreFixed(t *testing.T) {
	for _, s := range []string{
		`<q:p xmlns:q="http://schemas.openxmlformats.org/wordprocessingml/2006/main" q:a="1"/>`,
		`<p xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main" xmlns:z="http://purl.oclc.org/ooxml/wordprocessingml/main" z:a="1"/>`,
	} {
		n, err := ooxml.Parse([]byte(s))
		if err != nil || n.Name != "w:p" || n.Attr("w:a") != "1" {
			t.Errorf("%s: %v %+v", s, err, n)
		}
	}
}

func TestSafeValue(t *testing.T) {
	for _, s := range []string{"", "0", "-1440", "50%", "12pt", "FFFFFF", "centerContinuous", "eastAsia", "zh-CN", "chineseCountingThousand", "wedgeRoundRectCallout", "T"} {
		if !ooxml.SafeValue(s) {
			t.Errorf("%q should pass", s)
		}
	}
	for _, s := range []string{"13800138000", "110101199003070011", "张三", "KEY_A", "Zhang San", "a@b.cn", "内部", "C:\\x", "10.1.2.3", strings.Repeat("a", 90)} {
		if ooxml.SafeValue(s) {
			t.Errorf("%q should not pass", s)
		}
	}
}

func TestSafeFont(t *testing.T) {
	for in, want := range map[string]string{
		"宋体": "宋体", "仿宋_GB2312": "仿宋_GB2312", "Arial": "Arial", "方正小标宋简体": "方正小标宋简体", "张三的字体": "宋体", "宋体张三": "宋体", "Times 13800138000": "Times New Roman", "Arial Unicode MS": "Arial Unicode MS", "方正大标宋_GBK": "方正大标宋_GBK",
		"Microsoft YaHei UI": "Microsoft YaHei UI", "Noto Sans CJK SC": "Noto Sans CJK SC", "思源黑体 CN Medium": "思源黑体 CN Medium", "SECRET_1": "Times New Roman", "+mn-ea": "+mn-ea",
	} {
		if got := ooxml.SafeFont(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// exif makes an APP1 segment with an orientation and an artist.
func exif(o uint16, artist string) []byte {
	var t bytes.Buffer
	le := binary.LittleEndian
	t.WriteString("II*\x00\x08\x00\x00\x00")
	_ = binary.Write(&t, le, uint16(2))
	_ = binary.Write(&t, le, []uint16{0x0112, 3})
	_ = binary.Write(&t, le, uint32(1))
	_ = binary.Write(&t, le, []uint16{o, 0})
	_ = binary.Write(&t, le, []uint16{0x013b, 2})
	_ = binary.Write(&t, le, []uint32{uint32(len(artist) + 1), 38})
	_ = binary.Write(&t, le, uint32(0))
	t.WriteString(artist + "\x00")
	body := append([]byte("Exif\x00\x00"), t.Bytes()...)
	n := len(body) + 2
	return append([]byte{0xff, 0xe1, byte(n >> 8), byte(n)}, body...)
}

func TestReencode(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 40, 20))
	for x := range 40 {
		for y := range 20 {
			img.Set(x, y, color.NRGBA{uint8(x * 6), 0, 0, 255})
		}
	}
	var j bytes.Buffer
	if err := jpeg.Encode(&j, img, nil); err != nil {
		t.Fatal(err)
	}
	b := append([]byte{0xff, 0xd8}, append(exif(6, "zhouheng"), j.Bytes()[2:]...)...)
	b = append(b, "机密尾巴"...)
	if m := ooxml.PictureMeta(b); !strings.Contains(m, "zhouheng") || !strings.Contains(m, "机密尾巴") {
		t.Errorf("metadata: %q", m)
	}
	p := ooxml.Reencode(b, ooxml.Crop{})
	if p.Placeholder || p.Ext != "jpeg" || bytes.Contains(p.Data, []byte("zhouheng")) || bytes.Contains(p.Data, []byte("机密")) || ooxml.PictureMeta(p.Data) != "" {
		t.Fatal("metadata survived")
	}
	if c, _ := jpeg.DecodeConfig(bytes.NewReader(p.Data)); c.Width != 20 || c.Height != 40 {
		t.Errorf("not turned: %dx%d", c.Width, c.Height)
	}
	var q bytes.Buffer
	if err := png.Encode(&q, img); err != nil {
		t.Fatal(err)
	}
	p = ooxml.Reencode(q.Bytes(), ooxml.Crop{L: 50000})
	got, err := png.Decode(bytes.NewReader(p.Data))
	if err != nil || got.Bounds().Dx() != 20 {
		t.Fatalf("not cut: %v", err)
	}
	if r, _, _, _ := got.At(0, 0).RGBA(); r>>8 != 120 {
		t.Errorf("the wrong half is left: %d", r>>8)
	}
	if p := ooxml.Reencode([]byte("\x01\x00\x00\x00 EMF"), ooxml.Crop{}); !p.Placeholder {
		t.Error("no placeholder for a metafile")
	}
}

// TestApply: whatever the pieces and the edits, the nodes say afterwards what
// splicing the text says, separators apart.
func TestApply(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tx := &ooxml.Text{ID: "x"}
		var nodes []*ooxml.Node
		parent := ooxml.El("w:p")
		for range rapid.IntRange(1, 12).Draw(rt, "pieces") {
			if rapid.IntRange(0, 4).Draw(rt, "kind") == 0 {
				tx.AddSep('\t')
				nodes = append(nodes, nil)
				continue
			}
			n := ooxml.Txt(rapid.StringMatching(`[甲乙丙丁a-d0-9]{1,6}`).Draw(rt, "text"))
			parent.Add(n)
			tx.AddText(n)
			nodes = append(nodes, n)
		}
		before := []rune(tx.String())
		var edits []document.Edit
		at := 0
		for at < len(before) && rapid.Bool().Draw(rt, "more") {
			s := rapid.IntRange(at, len(before)-1).Draw(rt, "start")
			e := rapid.IntRange(s+1, min(len(before), s+8)).Draw(rt, "end")
			if strings.Trim(string(before[s:e]), "\t") != "" {
				edits = append(edits, document.Edit{Part: "x", Span: document.Span{Start: s, End: e}, Text: rapid.StringMatching(`[＊某]{0,4}`).Draw(rt, "new")})
			}
			at = e
		}
		if _, err := tx.Apply(edits); err != nil {
			rt.Fatal(err)
		}
		var got strings.Builder
		for _, n := range nodes {
			if n != nil {
				got.WriteString(n.Text)
			}
		}
		want := ""
		pos := 0
		for _, e := range edits {
			want += string(before[pos:e.Start]) + e.Text
			pos = e.End
		}
		want = strings.ReplaceAll(want+string(before[pos:]), "\t", "")
		if got.String() != want {
			rt.Fatalf("got %q, want %q (edits %v of %q)", got.String(), want, edits, string(before))
		}
	})
}

func TestApplyOutOfRange(t *testing.T) {
	tx := &ooxml.Text{ID: "x"}
	tx.AddText(ooxml.Txt("甲"))
	if _, err := tx.Apply([]document.Edit{{Part: "x", Span: document.Span{Start: 0, End: 2}}}); err == nil {
		t.Error("an edit outside the text was taken")
	}
}

func TestStrings(t *testing.T) {
	data := append([]byte{1, 2, 0xff}, []byte("联系人陆望舒")...)
	for _, r := range "内部底稿" {
		data = append(data, byte(r), byte(r>>8))
	}
	all := strings.Join(ooxml.Strings(append(data, 0, 0, 0)), "|")
	if !strings.Contains(all, "联系人陆望舒") {
		t.Errorf("UTF-8 not found: %q", all)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:t>甲&amp;乙</w:t><!-- c --></w:p>`))
	f.Add([]byte("\xff\xfe<\x00a\x00/\x00>\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := ooxml.Parse(b)
		if err != nil {
			return
		}
		ooxml.Asides(b)
		again, err := ooxml.Parse(ooxml.Encode(n, ""))
		if err == nil && utf8.ValidString(n.Content()) && !strings.ContainsRune(n.Content(), '\r') && again.Content() != n.Content() && !strings.ContainsAny(n.Content(), "\x00\ufffe\uffff") {
			t.Errorf("text changed: %q %q", n.Content(), again.Content())
		}
	})
}

func FuzzOpen(f *testing.F) {
	f.Add(pack(f, good()...))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ooxml.Open(b)
		if err != nil {
			return
		}
		_, _, _ = p.Main()
		_, _, _ = p.Properties()
		p.Leftovers(map[string]bool{})
	})
}

func FuzzPictureMeta(f *testing.F) {
	f.Add(append([]byte{0xff, 0xd8}, exif(3, "a")...))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x05tEXta\x00bcd0000"))
	f.Fuzz(func(t *testing.T, b []byte) {
		ooxml.PictureMeta(b)
		ooxml.Strings(b)
	})
}
