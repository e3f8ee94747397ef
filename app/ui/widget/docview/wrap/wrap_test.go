package wrap_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/app/ui/widget/docview/wrap"
)

// measure: Han and full-width marks 2, others 1, combining marks 0.
func measure() wrap.Measure {
	return wrap.Measure{Tab: 8, Advance: func(r rune) float32 {
		switch {
		case r == 0x200B || r == 0x301:
			return 0
		case r >= 0x2000:
			return 2
		}
		return 1
	}}
}

func cut(text string, width float32) []string {
	doc := []rune(text)
	var out []string
	for _, l := range wrap.Lines(doc, width, measure()) {
		out = append(out, string(doc[l.Start:l.End]))
	}
	return out
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      float32
		want       string // lines joined by |
	}{
		{"empty", "", 10, ""},
		{"fits", "张三负责", 8, "张三负责"},
		{"plain", "一二三四五六", 8, "一二三四|五六"},
		{"no mark at the start of a line", "一二三四，五六", 8, "一二三|四，五六"},
		{"two marks", "一二三四。”五六", 8, "一二三|四。”五|六"},
		{"no bracket at the end", "一二三（四）五", 8, "一二三|（四）五"},
		{"word kept whole", "参见 report 第三章", 10, "参见 |report 第|三章"},
		{"word too long", "abcdefghijkl", 5, "abcde|fghij|kl"},
		{"number kept whole", "金额为123456.78元", 12, "金额为|123456.78元"},
		{"address kept whole", "邮箱zhang.san@example.cn。", 20, "邮箱|zhang.san@example.c|n。"},
		{"spaces hang", "一二三四    五", 8, "一二三四    |五"},
		{"blank lines", "一\n\n二\n", 8, "一||二|"},
		{"windows breaks", "一\r\n二\r三", 8, "一|二|三"},
		{"tab goes to the stop", "一\t二三", 12, "一\t二三"},
		{"tab then too long", "一\t二三四", 12, "一\t二三|四"},
		{"only marks", "！！！！！！", 8, "！！！！|！！"},
		{"narrower than a rune", "一二", 1, "一|二"},
		{"combining mark stays", "abcde\u0301fg", 5, "abcde\u0301|fg"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.Join(cut(c.text, c.width), "|")
			if got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestTabLeavesAGap(t *testing.T) {
	m := measure()
	for x, want := range map[float32]float32{0: 8, 5: 8, 5.9: 8, 6: 16, 7.5: 16, 8: 16} {
		if got := m.Next(x, '\t'); got != want {
			t.Errorf("tab at %v goes to %v, want %v", x, got, want)
		}
	}
}

func TestAt(t *testing.T) {
	doc := []rune("一二三四五六\n\n七")
	lines := wrap.Lines(doc, 8, measure())
	for offset, want := range map[int]int{0: 0, 3: 0, 4: 1, 6: 1, 7: 2, 8: 3, 9: 3} {
		if got := wrap.At(lines, offset); got != want {
			t.Errorf("At(%d) = %d, want %d of %v", offset, got, want, lines)
		}
	}
}

func TestLinesCoverDocument(t *testing.T) {
	alphabet := []rune("一二，。（）“”abc 12.-\t\n\r\u200b\u0301！")
	rapid.Check(t, func(t *rapid.T) {
		doc := rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 200).Draw(t, "doc")
		width := float32(rapid.IntRange(1, 30).Draw(t, "width"))
		m := measure()
		at := 0
		for _, l := range wrap.Lines(doc, width, m) {
			for at < l.Start && strings.ContainsRune("\r\n", doc[at]) {
				at++
			}
			if l.Start != at || l.End < l.Start {
				t.Fatalf("line %v begins at %d, want %d", l, l.Start, at)
			}
			at = l.End
			var x float32
			end := l.End
			for end > l.Start && strings.ContainsRune(" \u3000\t\u200b\u0301", doc[end-1]) {
				end--
			}
			for _, r := range doc[l.Start:end] {
				x = m.Next(x, r)
			}
			if x > width && end-l.Start > 1 && visible(doc[l.Start:end]) > 1 {
				t.Fatalf("line %q is %v wide, more than %v", string(doc[l.Start:l.End]), x, width)
			}
		}
		if at != len(doc) {
			t.Fatalf("lines end at %d of %d", at, len(doc))
		}
	})
}

func visible(rs []rune) int {
	n := 0
	for _, r := range rs {
		if r != 0x200B && r != 0x301 {
			n++
		}
	}
	return n
}

func BenchmarkLines100k(b *testing.B) {
	doc := []rune(strings.Repeat("本项目由某某大学承担，经费总额为1,200万元（其中自筹300万元），负责人联系电话见附件。\n", 2200))
	m := measure()
	b.ReportAllocs()
	for b.Loop() {
		wrap.Lines(doc, 80, m)
	}
}
