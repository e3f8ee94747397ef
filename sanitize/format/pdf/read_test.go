package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jinggao/assets"
	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf"
)

func need(t testing.TB) {
	t.Helper()
	if assets.Packed(assets.PDFiumWasm) == nil {
		t.Fatal("the PDF part is not packed: run go generate ./assets")
	}
}

func read(t testing.TB, data []byte) *document.Document {
	t.Helper()
	need(t)
	d, err := pdf.Read(t.Context(), document.Source{Name: "件.pdf", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// hiddenText gives the text of all hidden parts by rule.
func hiddenText(d *document.Document, rule string) string {
	var b strings.Builder
	for _, p := range d.Parts {
		if p.Hidden != nil && p.Hidden.Rule == rule {
			b.WriteString(p.Label + "|" + p.Text + "\n")
		}
	}
	return b.String()
}

func TestReadLines(t *testing.T) {
	d := read(t, simple(t, "关于开展检查工作的通知", "申请人张三丰，电话13800138000"))
	want := "关于开展检查工作的通知\n申请人张三丰，电话13800138000"
	if got := d.Part("page/1").Text; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if d.Pages != 1 || len(d.Unchecked) != 0 {
		t.Errorf("pages %d, unchecked %v", d.Pages, d.Unchecked)
	}
	if got := d.Part("page/1").Label; got != "正文 第1页" {
		t.Errorf("label %q", got)
	}
}

func TestReadGlyphByGlyph(t *testing.T) {
	cases := map[string]func(i, n int) int{ // order of drawing
		"in order":      func(i, _ int) int { return i },
		"backwards":     func(i, n int) int { return n - 1 - i },
		"even then odd": func(i, n int) int { return map[bool]int{true: 2 * i, false: 2*(i-(n+1)/2) + 1}[i < (n+1)/2] },
	}
	text := []rune("身份证号码及银行账号不得公开")
	for name, order := range cases {
		t.Run(name, func(t *testing.T) {
			b := newBuilder()
			var c strings.Builder
			for i := range text {
				k := order(i, len(text))
				c.WriteString(line(60+12*k, 700, string(text[k]), ""))
			}
			b.page(c.String(), "")
			if got := read(t, b.bytes()).Part("page/1").Text; got != string(text) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestReadTableRow(t *testing.T) {
	b := newBuilder()
	var c strings.Builder
	for r, row := range [][]string{{"姓名", "电话"}, {"李四光", "13912345678"}} {
		for k, cell := range row {
			c.WriteString(line(60+200*k, 700-20*r, cell, ""))
		}
	}
	b.page(c.String(), "")
	p := read(t, b.bytes()).Part("page/1")
	if p.Text != "姓名\t电话\n李四光\t13912345678" {
		t.Fatalf("got %q", p.Text)
	}
	if len(p.Cells) != 4 || p.Cells[3].Row != 1 || p.Cells[3].Col != 1 {
		t.Errorf("cells %+v", p.Cells)
	}
}

func TestHiddenText(t *testing.T) {
	const secret = "内部资料第七号"
	cases := map[string]struct{ rule, content string }{
		"invisible": {"N03", line(60, 600, secret, "3 Tr")},
		"white":     {"N03", line(60, 600, secret, "1 1 1 rg")},
		"tiny":      {"N03", fmt.Sprintf("BT /F1 1 Tf 60 600 Td %s Tj ET\n", ucs2(secret))},
		"outside":   {"N03", line(-900, 600, secret, "")},
		"covered":   {"N08", line(60, 600, secret, "") + "0 g 50 590 200 30 re f\n"},
		"same":      {"N03", "0 0 1 rg 50 590 200 30 re f\n" + line(60, 600, secret, "0 0 1 rg")},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			b := newBuilder()
			b.page(line(60, 700, "公开的正文内容", "")+c.content, "")
			d := read(t, b.bytes())
			if got := d.Part("page/1").Text; got != "公开的正文内容" {
				t.Errorf("visible text %q", got)
			}
			if name == "same" {
				c.rule = "N08" // either name serves
			}
			if !strings.Contains(hiddenText(d, c.rule), secret) {
				t.Errorf("not reported under %s: %+v", c.rule, d.Parts)
			}
		})
	}
}

func TestVisibleAfterAll(t *testing.T) {
	const head = "表头文字内容"
	cases := map[string]string{
		"white on dark":      "0 g 50 590 200 30 re f\n" + line(60, 600, head, "1 1 1 rg"),
		"drawn over a field": "0.9 g 50 590 200 30 re f\n" + line(60, 600, head, "0 g"),
		"frame drawn later":  line(60, 600, head, "") + "50 590 200 30 re S\n",
	}
	for name, content := range cases {
		t.Run(name, func(t *testing.T) {
			b := newBuilder()
			b.page(content, "")
			if got := read(t, b.bytes()).Part("page/1").Text; got != head {
				t.Errorf("got %q", got)
			}
		})
	}
}

// everywhere is a file with a secret of its own in each hiding place.
func everywhere() (data []byte, secrets map[string]string) {
	b := newBuilder()
	secrets = map[string]string{
		"批注": "批注里的秘密一", "表单域": "表单里的秘密二", "书签": "书签里的秘密三", "文档属性": "属性里的秘密四",
		"元数据": "元数据的秘密五", "附件": "附件里的秘密六", "链接": "http://neibu.example/mimi", "脚本": "脚本里的秘密七",
		"替换文字": "替换里的秘密八", "图层": "图层里的秘密九", "隐藏图层": "层中文字秘密十",
		"XFA": "表单脚本秘密甲", "游离": "游离对象秘密乙", "末尾": "文件末尾秘密丙",
	}
	attached := b.stream("/Type /EmbeddedFile", secrets["附件"])
	spec := b.add(fmt.Sprintf("<< /Type /Filespec /F (a.txt) /EF << /F %d 0 R >> >>", attached))
	note := b.add("<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents " + textString(secrets["批注"]) + " >>")
	field := b.add("<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [100 100 200 120] /T (a) /V " + textString(secrets["表单域"]) + " >>")
	link := b.add("<< /Type /Annot /Subtype /Link /Rect [100 200 200 220] /A << /S /URI /URI (" + secrets["链接"] + ") >> >>")
	layer := b.add("<< /Type /OCG /Name " + textString(secrets["图层"]) + " >>")
	outline := b.add(fmt.Sprintf("<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count 1 >>", len(b.objects)+2, len(b.objects)+2))
	b.add(fmt.Sprintf("<< /Title %s /Parent %d 0 R >>", textString(secrets["书签"]), outline))
	xmp := b.stream("/Type /Metadata /Subtype /XML", `<x:xmpmeta xmlns:x="adobe:ns:meta/"><a xmlns="b">`+secrets["元数据"]+`</a></x:xmpmeta>`)
	info := b.add("<< /Author " + textString(secrets["文档属性"]) + " /Producer (x) >>")
	form := b.stream("", "<template><text>"+secrets["XFA"]+"</text></template>")
	b.add("[" + textString(secrets["游离"]) + "]")
	b.root = fmt.Sprintf("/Outlines %d 0 R /Metadata %d 0 R /AcroForm << /Fields [%d 0 R] /XFA [(template) %d 0 R] >> /Names << /EmbeddedFiles << /Names [(a.txt) %d 0 R] >> >> /OpenAction << /S /JavaScript /JS %s >> /OCProperties << /OCGs [%d 0 R] /D << /OFF [%d 0 R] /Order [] >> >>",
		outline, xmp, field, form, spec, textString(secrets["脚本"]), layer, layer)
	b.trailer = fmt.Sprintf("/Info %d 0 R", info)
	content := line(60, 700, "公开的正文内容", "") +
		"/Span << /ActualText " + textString(secrets["替换文字"]) + " >> BDC\n" + line(60, 660, "看得见的字", "") + "EMC\n" +
		"/OC /MC0 BDC\n" + line(60, 620, secrets["隐藏图层"], "") + "EMC\n"
	n := b.page(content, fmt.Sprintf("/Annots [%d 0 R %d 0 R %d 0 R]", note, field, link))
	b.objects[n-1] = strings.Replace(b.objects[n-1], "/XObject << /Im 0 0 R >>", fmt.Sprintf("/Properties << /MC0 %d 0 R >>", layer), 1)
	return append(b.bytes(), secrets["末尾"]...), secrets
}

func TestHidingPlaces(t *testing.T) {
	data, secrets := everywhere()
	d := read(t, data)
	called := map[string]string{"XFA": "表单域", "游离": "其他对象"}
	for place, secret := range secrets {
		if as := called[place]; as != "" {
			place = as
		}
		found := false
		for _, p := range d.Parts {
			if strings.Contains(p.Text, secret) {
				found = true
				if p.Hidden == nil || !strings.Contains(p.Label+p.Hidden.Kind, place) {
					t.Errorf("%s is reported as %q %+v", place, p.Label, p.Hidden)
				}
			}
		}
		if !found {
			t.Errorf("%s: not found", place)
		}
	}
	if got := d.Part("page/1").Text; got != "公开的正文内容\n看得见的字" {
		t.Errorf("visible %q", got)
	}
}

func TestOlderRevision(t *testing.T) {
	first := simple(t, "旧的机密内容在此")
	second := bytes.Replace(simple(t, "新的公开内容在此"), []byte("%PDF-1.7\n"), nil, 1)
	// Append the objects of the second file with offsets moved.
	b := append(append([]byte{}, first...), shift(t, second, len(first)-len("%PDF-1.7\n"))...)
	d := read(t, b)
	if got := d.Part("page/1").Text; got != "新的公开内容在此" {
		t.Fatalf("visible %q", got)
	}
	if !strings.Contains(hiddenText(d, "N02"), "旧的机密内容在此") {
		t.Errorf("older revision not reported: %+v", d.Parts)
	}
}

// shift moves the offsets of a cross-reference table.
func shift(t *testing.T, b []byte, by int) []byte {
	t.Helper()
	at := bytes.Index(b, []byte("\nxref\n")) + 1
	lines := strings.Split(string(b[at:]), "\n")
	for i, l := range lines {
		var n int
		switch {
		case strings.HasSuffix(l, " 00000 n "):
			_, _ = fmt.Sscanf(l, "%d", &n)
			lines[i] = fmt.Sprintf("%010d 00000 n ", n+by)
		case i > 0 && lines[i-1] == "startxref":
			_, _ = fmt.Sscanf(l, "%d", &n)
			lines[i] = fmt.Sprint(n + by)
		}
	}
	return append(append([]byte{}, b[:at]...), strings.Join(lines, "\n")...)
}

func TestUnread(t *testing.T) {
	picture := func(content string) []byte {
		b := newBuilder()
		im := b.stream("/Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8", strings.Repeat("\x55\xAA", 2048))
		n := b.page("q 500 0 0 700 40 60 cm /Im Do Q\n"+content, "")
		b.objects[n-1] = strings.Replace(b.objects[n-1], "/Im 0 0 R", fmt.Sprintf("/Im %d 0 R", im), 1)
		return b.bytes()
	}
	t.Run("scan", func(t *testing.T) {
		d := read(t, picture(""))
		if d.Pictures != 1 || len(d.Unchecked) == 0 || !d.Unchecked[0].Blocking || !strings.Contains(d.Unchecked[0].Message, "第1页为图像") {
			t.Errorf("%+v", d)
		}
	})
	t.Run("recognised scan", func(t *testing.T) {
		d := read(t, picture(line(60, 600, "识别出来的文字", "3 Tr")))
		if d.Part("page/1").Text != "识别出来的文字" || len(d.Unchecked) == 0 || !d.Unchecked[0].Blocking {
			t.Errorf("%+v", d)
		}
	})
	t.Run("picture beside text", func(t *testing.T) {
		d := read(t, picture(line(60, 780, "图上方的文字", "")))
		if len(d.Unchecked) != 1 || d.Unchecked[0].Blocking || d.Unchecked[0].Kind != "picture" {
			t.Errorf("%+v", d.Unchecked)
		}
	})
}

func TestRefusals(t *testing.T) {
	need(t)
	good := simple(t, "正文")
	cases := map[string][]byte{
		"empty":     {},
		"text":      []byte("这不是 PDF 文件"),
		"truncated": good[:len(good)/3],
		"no page":   []byte("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 0 /Kids [] >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"),
	}
	for name, data := range cases {
		t.Run(name, func(t *testing.T) {
			for _, act := range []func() error{
				func() error {
					_, err := pdf.Read(t.Context(), document.Source{Name: "a.pdf", Data: data})
					return err
				},
				func() error {
					_, err := pdf.Rebuild(t.Context(), document.Source{Name: "a.pdf", Data: data}, document.Plan{})
					return err
				},
			} {
				var r *document.Refusal
				if err := act(); !errors.As(err, &r) || r.What == "" || r.Do == "" {
					t.Errorf("got %v", err)
				}
			}
		})
	}
}

func TestDeadline(t *testing.T) {
	need(t)
	if err := pdf.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	// Forms nested ten wide and twelve deep draw 10^12 lines: for ever, in practice.
	b := newBuilder()
	inner := b.stream("/Type /XObject /Subtype /Form /BBox [0 0 600 900]", "0 0 m 500 800 l S")
	for range 11 {
		inner = b.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X %d 0 R >> >>", inner), strings.Repeat("/X Do ", 10))
	}
	n := b.page("/Im Do", "")
	b.objects[n-1] = strings.Replace(b.objects[n-1], "/Im 0 0 R", fmt.Sprintf("/Im %d 0 R", inner), 1)
	ctx, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := pdf.Read(ctx, document.Source{Name: "a.pdf", Data: b.bytes()})
	if err == nil {
		t.Fatal("the program claims to have drawn it all")
	}
	var r *document.Refusal
	if !errors.As(err, &r) || !strings.Contains(r.What, "超时") {
		t.Errorf("got %v", err)
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("stopped only after %v", took)
	}
}
