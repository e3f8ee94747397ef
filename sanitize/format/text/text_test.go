package text_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/text"
)

func gb(t interface{ Fatal(...any) }, s string) []byte {
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func wide(t interface{ Fatal(...any) }, s string, order unicode.Endianness) []byte {
	b, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecodeTellsEncodings(t *testing.T) {
	const s = "第一行：科技处\r\n第二行 abc\n第三行𠮷"
	const want = "第一行：科技处\n第二行 abc\n第三行𠮷"
	for name, c := range map[string]struct {
		data []byte
		enc  text.Encoding
	}{
		"utf8":     {[]byte(s), text.UTF8},
		"utf8 bom": {append([]byte{0xEF, 0xBB, 0xBF}, s...), text.UTF8},
		"gb18030":  {gb(t, s), text.GB18030},
		"utf16le":  {wide(t, s, unicode.LittleEndian), text.UTF16LE},
		"utf16be":  {wide(t, s, unicode.BigEndian), text.UTF16BE},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := text.Decode(c.data)
			if err != nil {
				t.Fatal(err)
			}
			if d.Encoding != c.enc || d.Text != want || d.Invalid != 0 {
				t.Errorf("got %s %q invalid %d", d.Encoding, d.Text, d.Invalid)
			}
		})
	}
}

func TestRefusesWhatIsNoText(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty":  nil,
		"nul":    []byte("abc\x00def"),
		"binary": {0x01, 0x02, 0xFF, 0xFE, 0x90, 0x03, 0x04, 0xAA, 0x05},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := text.Read(context.Background(), document.Source{Name: "a.txt", Data: data})
			var r *document.Refusal
			if !errors.As(err, &r) {
				t.Fatalf("want a refusal, got %v", err)
			}
		})
	}
}

func TestUndecodableBytesAreListed(t *testing.T) {
	data := append(gb(t, strings.Repeat("科技", 40)), 0xFF)
	doc, err := text.Read(context.Background(), document.Source{Name: "a.txt", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Unchecked) != 1 {
		t.Errorf("unchecked: %v", doc.Unchecked)
	}
}

// Whatever is edited, the rest of the file keeps its bytes, its encoding and its line ends.
func TestSpliceChangesOnlyEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.StringOfN(rapid.SampledFrom([]rune("科技处张建国abc19，。\n\r \t𠮷鎔")), 1, 60, -1).Draw(t, "text")
		var data []byte
		switch rapid.IntRange(0, 4).Draw(t, "encoding") {
		case 0:
			data = []byte(raw)
		case 1:
			data = append([]byte{0xEF, 0xBB, 0xBF}, raw...)
		case 2:
			data = gb(t, raw)
		case 3:
			data = wide(t, raw, unicode.LittleEndian)
		case 4:
			data = wide(t, raw, unicode.BigEndian)
		}
		d, err := text.Decode(data)
		if err != nil {
			t.Skip("not taken for text")
		}
		if same, err := d.Splice(nil); err != nil || !bytes.Equal(same, data) {
			t.Fatalf("no edit changed the bytes: %v", err)
		}
		n := len(d.Runes)
		a := rapid.IntRange(0, n).Draw(t, "start")
		b := rapid.IntRange(a, n).Draw(t, "end")
		with := rapid.SampledFrom([]string{"", "＊＊＊", "某单位", "x"}).Draw(t, "with")
		out, err := d.Splice([]document.Edit{{Span: document.Span{Start: a, End: b}, Text: with}})
		if err != nil {
			t.Fatal(err)
		}
		want := string(d.Runes[:a]) + with + string(d.Runes[b:])
		if want == "" {
			return
		}
		again, err := text.Decode(out)
		if err != nil {
			t.Skip("too little left to tell the encoding")
		}
		if again.Encoding == d.Encoding && again.Text != want {
			t.Fatalf("got %q want %q", again.Text, want)
		}
	})
}

func TestRebuildRefusesWrongPlan(t *testing.T) {
	_, err := text.Rebuild(context.Background(), document.Source{Name: "a.txt", Data: []byte("短")}, document.Plan{Edits: []document.Edit{{Part: text.PartID, Span: document.Span{Start: 0, End: 9}}}})
	if err == nil {
		t.Fatal("an edit beyond the end was carried out")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("科技\r\n处"))
	f.Add([]byte{0xFF, 0xFE, 'a', 0, 0x42})
	f.Add([]byte{0x81, 0x30, 0x81, 0x30, 0x81})
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := text.Decode(data)
		if err != nil {
			return
		}
		if out, err := d.Splice(nil); err != nil || !bytes.Equal(out, data) {
			t.Fatalf("splice without edits is not the identity: %v", err)
		}
	})
}
