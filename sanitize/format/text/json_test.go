package text_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/text"
)

func TestEscapedJSON(t *testing.T) {
	src := document.Source{Name: "a.json", Data: []byte(`{"\u59d3\u540d":"\u8d75\u6f84","path":"C:\\u\\x","url":"http:\/\/example.invalid","note":"\ud83d\ude00\n\u0041"}`)}
	d, err := text.ReadJSON(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	got := d.Parts[0].Text
	if want := `{"姓名":"赵澄","path":"C:\\u\\x","url":"http://example.invalid","note":"😀\nA"}`; got != want {
		t.Fatalf("got  %s\nwant %s", got, want)
	}
	at := len([]rune(got[:strings.Index(got, "赵澄")]))
	out, err := text.RebuildJSON(context.Background(), src, document.Plan{Edits: []document.Edit{{Part: text.PartID, Span: document.Span{Start: at, End: at + 2}, Text: `某"人`}}})
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]string
	if err := json.Unmarshal(out.Data, &v); err != nil || v["姓名"] != `某"人` || v["path"] != `C:\u\x` || v["note"] != "😀\nA" {
		t.Errorf("%v %q from %s", err, v, out.Data)
	}
}

// TestAnyJSON: whatever a value holds and however it is escaped, an edit of one rune
// changes that rune alone.
func TestAnyJSON(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringMatching(`[甲乙😀a/\\"0 \n]{1,12}`).Draw(rt, "s")
		var b strings.Builder
		for _, r := range s {
			switch {
			case r > 0xFFFF:
				b.WriteString(`\ud83d\ude00`)
			case r == '"' || r == '\\':
				b.WriteString(`\` + string(r))
			case r == '\n':
				b.WriteString(`\n`)
			case r > 0x7f && rapid.Bool().Draw(rt, "escaped"):
				b.WriteString(map[rune]string{'甲': `\u7532`, '乙': `\u4E59`}[r])
			default:
				b.WriteRune(r)
			}
		}
		src := document.Source{Name: "a.json", Data: []byte(`{"k":"` + b.String() + `"}`)}
		d, err := text.ReadJSON(context.Background(), src)
		if err != nil {
			rt.Fatal(err)
		}
		runes := []rune(d.Parts[0].Text)
		i := rapid.IntRange(0, len(runes)-1).Draw(rt, "i")
		if runes[i] < 0x80 {
			return
		}
		out, err := text.RebuildJSON(context.Background(), src, document.Plan{Edits: []document.Edit{{Part: text.PartID, Span: document.Span{Start: i, End: i + 1}, Text: "某"}}})
		if err != nil {
			rt.Fatal(err)
		}
		var v map[string]string
		if err := json.Unmarshal(out.Data, &v); err != nil {
			rt.Fatal(err, string(out.Data))
		}
		again, err := text.ReadJSON(context.Background(), document.Source{Name: "a.json", Data: out.Data})
		if err != nil || again.Parts[0].Text != string(runes[:i])+"某"+string(runes[i+1:]) {
			rt.Fatal(err, string(out.Data))
		}
	})
}
