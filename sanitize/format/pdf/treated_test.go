package pdf_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/verify/pdfproof"
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

// A scan is drawn no finer than it is, and its copy is proved like any other.
func TestScansKeepTheirResolution(t *testing.T) {
	for _, c := range []struct{ w, h, want int }{
		{1008, 1427, 1008}, // 122 dots an inch
		{300, 425, 826},    // coarser than the least
		{2480, 3508, 1653}, // finer than what was asked for
	} {
		b := newBuilder()
		pixels := bytes.Repeat([]byte{0, 60, 120, 180, 240, 255, 90, 30}, c.w*c.h/8+1)[:c.w*c.h]
		n := b.stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8", c.w, c.h), string(pixels))
		p := b.page("q 595 0 0 842 0 0 cm /Im Do Q", "")
		b.objects[p-1] = strings.Replace(b.objects[p-1], "/Im 0 0 R", fmt.Sprintf("/Im %d 0 R", n), 1)
		data := b.bytes()
		out := rebuild(t, data, document.Plan{})
		if !bytes.Contains(out.Data, fmt.Appendf(nil, "/Width %d ", c.want)) {
			t.Errorf("%d × %d: the copy is not %d wide: %s", c.w, c.h, c.want, regexp.MustCompile(`/Width \d+`).Find(out.Data))
		}
		if err := pdfproof.Check(t.Context(), document.Source{Name: "a.pdf", Data: data}, out.Data, out.Boxes, nil); err != nil {
			t.Error(err)
		}
	}
}
