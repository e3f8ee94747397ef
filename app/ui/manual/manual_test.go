package manual_test

import (
	"strings"
	"testing"

	"jinggao/app/ui/manual"
	"jinggao/assets"
)

func TestLayout(t *testing.T) {
	p := manual.Lay("# 手册\n\n## 先看\n\n1. 甲 **一**\n   接着\n2. 乙\n\n**段落**一\n`jinggao-cli.exe` run\nthe program\n\n| 键 | 做什么 |\n|---|:--|\n| F7 | 对照 |\n| 1、2 | 处置 | 多 |\n\n- 丙\n")
	want := "手册\n\n先看\n\n1. 甲 一接着\n2. 乙\n\n段落一jinggao-cli.exe run the program\n\n【F7】对照\n【1、2】处置　多\n\n• 丙"
	if got := string(p.Text); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(p.Heads) != 3 || p.Heads[2].Title != "段落" || p.Heads[2].Rank != 3 || p.Heads[1].Rank != 2 || string(p.Text[p.Heads[1].Start:p.Heads[1].End]) != "先看" {
		t.Errorf("heads %+v", p.Heads)
	}
	for _, odd := range []string{"", "|", "| 只有表头 |", "|---|", "#", "- ", "1.", "\n\n\n"} {
		manual.Lay(odd)
	}
}

// The manual that the program brings has no marks left that only a viewer of Markdown
// would take away, and every line of its tables.
func TestTheManualItself(t *testing.T) {
	source := assets.Manual()
	p := manual.Lay(source)
	text := string(p.Text)
	for _, mark := range []string{"**", "|", "`", "\n#", "---", "]("} {
		if at := strings.Index(text, mark); at >= 0 {
			t.Errorf("%q is left: …%s", mark, text[max(0, at-30):min(len(text), at+30)])
		}
	}
	if len(p.Heads) < 8 || p.Heads[0].Rank != 1 {
		t.Errorf("%d headings", len(p.Heads))
	}
	for _, words := range []string{"对照", "文件已加密", "Ctrl+Shift+D", "认定非密级标志"} {
		if !strings.Contains(text, words) {
			t.Errorf("%s is lost", words)
		}
	}
}
