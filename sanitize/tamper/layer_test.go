package tamper_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"jinggao/sanitize"

	"jinggao/sanitize/format/pdf/pdftest"
)

// A clean PDF with text over its page, changed in ways that leave the file whole.
func TestTamperedTextLayersFail(t *testing.T) {
	e := engine(t)
	dir := t.TempDir()
	in := filepath.Join(dir, "测试.pdf")
	if err := os.WriteFile(in, pageFile(), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := e.Clean(t.Context(), sanitize.Job{Path: in, Dir: filepath.Join(dir, "out"), Layer: true, AllowUnchecked: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	copied, err := os.ReadFile(c.Out)
	if err != nil {
		t.Fatal(err)
	}
	if !passes(t, e, "测试.pdf", copied) || !passes(t, e, "测试.pdf", whole(t, objects(t, copied))) {
		t.Fatal("the untouched copy fails")
	}
	for _, w := range layerWays() {
		t.Run(w.name, func(t *testing.T) {
			changed := w.change(t, copied)
			if bytes.Equal(changed, copied) {
				t.Fatal("nothing was changed")
			}
			if passes(t, e, "测试.pdf", changed) {
				t.Error("verify sees nothing")
			}
		})
	}
}

// shown is a text as a layer holds it.
func shown(s string) string {
	out := ""
	for _, u := range utf16.Encode([]rune(s)) {
		out += fmt.Sprintf("%04X", u)
	}
	return out
}

// layerWays change one object of a copy and write the file anew around it.
func layerWays() []way {
	alter := func(change func(t testing.TB, list []string) []string) func(testing.TB, []byte) []byte {
		return func(t testing.TB, c []byte) []byte { return whole(t, change(t, objects(t, c))) }
	}
	swap := func(old, with string) func(testing.TB, []byte) []byte {
		return alter(func(t testing.TB, list []string) []string {
			for i, o := range list {
				if strings.Contains(o, old) {
					list[i] = strings.Replace(o, old, with, 1)
					return list
				}
			}
			t.Fatalf("no %q", old)
			return nil
		})
	}
	line := func(s string) string { return "100 Tz 1 0 0 1 60 60 Tm\n/F0 12 Tf <" + shown(s) + "> Tj\nET" }
	number := regexp.MustCompile(`/F0 (\d+) 0 R`)
	return []way{
		{"phone in the text", swap(shown("All items passed."), shown("Tel: 13800138000"))},
		{"phone as one more stretch", swap("ET\nendstream", line("Tel: 13800138000")+"\nendstream")},
		{"phone in two stretches", swap("ET\nendstream", "100 Tz 1 0 0 1 60 60 Tm\n/F0 12 Tf <"+shown("Tel: 1380013")+"> Tj\n100 Tz 1 0 0 1 132 60 Tm\n/F0 12 Tf <"+shown("8000")+"> Tj\nET\nendstream")},
		{"name in the text", swap("ET\nendstream", line("联系人：张建国")+"\nendstream")},
		{"visible text", swap("3 Tr", "0 Tr")},
		{"another operator", swap("3 Tr\n", "3 Tr\n1 0 0 rg\n")},
		{"string in brackets", swap("ET\nendstream", "(Zhou) Tj\nET\nendstream")},
		{"replacement text", swap("BT\n", "/Span << /ActualText (Zhou) >> BDC\nBT\n")},
		{"text beside the page", swap("ET\nendstream", strings.Replace(line("Zhou"), "1 60 60", "1 960 60", 1)+"\nendstream")},
		{"text below the page", swap("ET\nendstream", strings.Replace(line("Zhou"), "1 60 60", "1 60 -60", 1)+"\nendstream")},
		{"tiny text", swap("ET\nendstream", strings.Replace(line("Zhou"), "12 Tf", "1 Tf", 1)+"\nendstream")},
		{"squeezed text", swap("ET\nendstream", strings.Replace(line("Zhou"), "100 Tz", "1 Tz", 1)+"\nendstream")},
		{"character that nobody sees", swap("ET\nendstream", line("Zho\u200bu")+"\nendstream")},
		{"text without fonts", swap(" /Font << ", " /Fond << ")},
		{"fonts without text", swap("\nBT\n", "\n")},
		{"another font of the page", alter(func(_ testing.TB, list []string) []string {
			for i, o := range list {
				if m := number.FindStringSubmatch(o); m != nil {
					n, _ := strconv.Atoi(m[1]) // digits
					list[i] = strings.Replace(o, m[0], fmt.Sprintf("/F0 %d 0 R", n+1), 1)
				}
			}
			return list
		})},
		{"font of another name", swap("/FontName /Blank", "/FontName /Zhou")},
		{"bytes in the font file", swap("\x5F\x0F\x3C\xF5", "\x5F\x0F\x3C\xF4")},
		{"other widths", swap("/W [0 255 500]", "/W [0 255 500 300 [90]]")},
		{"further entry of Unicode", alter(func(t testing.TB, list []string) []string {
			return unicodes(t, list, "endcmap", "1 beginbfchar\n<0041> <0042>\nendbfchar\nendcmap")
		})},
		{"other entry of Unicode", alter(func(t testing.TB, list []string) []string {
			return unicodes(t, list, "<0000> <00FF> <0000>", "<0000> <00FF> <0001>")
		})},
		{"comment in the map", alter(func(t testing.TB, list []string) []string { return unicodes(t, list, "endcmap", "% Zhou\nendcmap") })},
		{"one more object", alter(func(_ testing.TB, list []string) []string { return append(list, "(Zhou)") })},
		{"author in Info", func(t testing.TB, c []byte) []byte {
			return update(t, c, "", "/Info 30 0 R", map[int]string{30: "<< /Author (Zhou Jianwei) >>"})
		}},
		{"bytes after the end", func(_ testing.TB, c []byte) []byte { return append(bytes.Clone(c), "Zhou"...) }},
	}
}

// objects are the objects of a copy, in order.
func objects(t testing.TB, c []byte) (out []string) {
	t.Helper()
	m := regexp.MustCompile(`xref\n0 (\d+)\n`).FindSubmatchIndex(c)
	if m == nil {
		t.Fatal("the copy has another shape")
	}
	n, _ := strconv.Atoi(string(c[m[2]:m[3]])) // digits
	rows := bytes.Split(c[m[1]:], []byte("\n"))[1:n]
	for i, row := range rows {
		from, _ := strconv.Atoi(string(row[:10])) // digits
		to := m[0]
		if i+1 < len(rows) {
			to, _ = strconv.Atoi(string(rows[i+1][:10])) // digits
		}
		body := strings.TrimSuffix(string(c[from:to]), "\nendobj\n")
		out = append(out, strings.TrimPrefix(body, fmt.Sprintf("%d 0 obj\n", i+1)))
	}
	return out
}

// whole writes a copy with the given objects: lengths, offsets and all.
func whole(t testing.TB, list []string) []byte {
	t.Helper()
	head := regexp.MustCompile(`/Length \d+ >>\nstream\n`)
	out := slices.Clone(list)
	for i, o := range out {
		if m := head.FindStringIndex(o); m != nil {
			data := strings.TrimSuffix(o[m[1]:], "\nendstream")
			out[i] = o[:m[0]] + fmt.Sprintf("/Length %d >>\nstream\n", len(data)) + o[m[1]:]
		}
	}
	return pdftest.FileWith("%\xE2\xE3\xCF\xD3\n", out...)
}

// unicodes changes the first map of codes to Unicode.
func unicodes(t testing.TB, list []string, old, with string) []string {
	t.Helper()
	const head = "<< /Filter /FlateDecode "
	for i, o := range list {
		at := strings.Index(o, "stream\n") + len("stream\n")
		if !strings.HasPrefix(o, head) {
			continue
		}
		z, err := zlib.NewReader(strings.NewReader(strings.TrimSuffix(o[at:], "\nendstream")))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(z); err != nil || !strings.Contains(b.String(), old) {
			t.Fatalf("no %q: %v", old, err)
		}
		var out bytes.Buffer
		w := zlib.NewWriter(&out)
		_, _ = w.Write([]byte(strings.Replace(b.String(), old, with, 1))) // a buffer does not fail
		_ = w.Close()
		list[i] = o[:at] + out.String() + "\nendstream"
		return list
	}
	t.Fatal("no map")
	return nil
}
