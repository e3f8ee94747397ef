package pdf_test

import (
	"strings"
	"testing"

	"jinggao/sanitize/document"
)

func TestTreatedTextOfPages(t *testing.T) {
	data := simple(t, "联系人甲乙丙电话", "第二行全部文字", "第三行文字")
	d := read(t, data)
	e := edit(t, d, "page/1", "甲乙丙")
	e.Text = "甲某"
	out := rebuild(t, data, document.Plan{Text: true, Edits: []document.Edit{e}})
	if got := strings.Join(out.Text, "|"); got != "联系人甲某电话\n第二行全部文字\n第三行文字" || out.Covered != nil {
		t.Errorf("got %q, covered %q", got, out.Covered)
	}
	// The second line stands at y 756, twelve points high: 第二 is 60 … 84.
	box := document.Box{Page: 1, X0: 50, Y0: 750, X1: 80, Y1: 770}
	out = rebuild(t, data, document.Plan{Text: true, Edits: []document.Edit{e}, Boxes: []document.Box{box}})
	if got := strings.Join(out.Text, "|"); got != "联系人甲某电话\n＊＊＊行全部文字\n第三行文字" {
		t.Errorf("got %q", got)
	}
	if len(out.Covered) != 1 || out.Covered[0] != "第二" {
		t.Errorf("covered %q", out.Covered)
	}
	// A box over the first line takes what stands in place of the name as well.
	box = document.Box{Page: 1, X0: 90, Y0: 775, X1: 100, Y1: 800}
	out = rebuild(t, data, document.Plan{Text: true, Edits: []document.Edit{e}, Boxes: []document.Box{box}})
	if got := out.Text[0]; strings.Contains(got, "甲某") || !strings.HasPrefix(got, "联系＊＊＊电话\n") {
		t.Errorf("got %q", got)
	}
	if out = rebuild(t, data, document.Plan{}); out.Text != nil {
		t.Error("text that nobody asked for")
	}
}
