package normal_test

import (
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
	"jinggao/sanitize/normal"
)

func TestFolding(t *testing.T) {
	if string(normal.New("機").Text) != "机" {
		t.Fatal("the packed table of traditional characters is missing: run go generate ./assets")
	}
	for _, c := range []struct{ name, in, want string }{
		{"width", "１３８ＡＢｃ：（）", "138abc:()"},
		{"traditional", "絕密資料聯繫人", "绝密资料联系人"},
		{"zero width", "机\u200b密\u200d★\ufeff", "机密★"},
		{"soft hyphen and direction", "秘\u00ad密\u202e", "秘密"},
		{"circled secret", "㊙密", "秘密"},
		{"circled digits stay", "①⑳", "①⑳"},
		{"radicals", "⽂⻓⻋⼈", "文长车人"},
		{"roman", "Ⅳ级", "iv级"},
		{"ideographic space", "秘　密", "秘 密"},
		{"star stays", "机密★", "机密★"},
		{"raised digits stay", "10² km²", "10² km²"},
		{"keycaps", "1️⃣3️⃣", "13"},
		{"math digits", "𝟏𝟑𝟖", "138"},
		{"dashes", "歼－20–A", "歼-20-a"},
		{"line break stays", "机\n密\r\n", "机\n密\n"},
		{"dots in names", "热依娜•库尔班江", "热依娜·库尔班江"},
		{"half-width stop", "完｡", "完。"},
		{"compatibility ideograph", "\uf9de", "吏"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(normal.New(c.in).Text); got != c.want {
				t.Errorf("%q: got %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestDigits(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"二一八四七部队", "21847部队"},
		{"一三八二三三三六二九七", "13823336297"},
		{"①⑦⑦⓪①⑧④⑧⑥⑥⑦", "17701848667"},
		{"一三八 二三三三 六二九七", "138 2333 6297"},
		{"①⑳", "①⑳"},
		{"三千五百", "三千五百"},
		{"一五计划", "一五计划"},
		{"一、二、三、四、五、六", "一、二、三、四、五、六"},
		{"1380〇三八1234", "13800381234"},
	} {
		v := normal.New(c.in)
		d := v.Digits()
		if got := string(d.Text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
		if len(d.Text) != len(v.Text) {
			t.Errorf("%q: the number view must keep places", c.in)
		}
	}
}

func TestFolds(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"机密", ""},
		{"機密", "繁体"},
		{"机\u200b密", "零宽字符"},
		{"１３８", "全角"},
		{"㊙密", "异形字符"},
		{"：（）", ""},
	} {
		v := normal.New(c.in)
		if got := v.Folds(document.Span{Start: 0, End: len(v.Text)}).Names(); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func text(t *rapid.T) string {
	return rapid.StringOfN(rapid.OneOf(
		rapid.SampledFrom([]rune("机密秘絕★☆１２３①⑳㊙Ⅳ⽂㎞℡\u200b\u00ad\u202e\ufeff \n\t-·.*/|、。ﬁ½²𝟏")),
		rapid.Rune(),
	), 0, 60, -1).Draw(t, "text")
}

func TestEverySpanMapsBackToASpanThatCoversIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := text(t)
		v := normal.New(s)
		if string(v.Source) != string([]rune(s)) {
			t.Fatal("the source must be kept")
		}
		if len(v.Text) == 0 {
			return
		}
		a := rapid.IntRange(0, len(v.Text)-1).Draw(t, "a")
		b := rapid.IntRange(a+1, len(v.Text)).Draw(t, "b")
		o := v.Original(document.Span{Start: a, End: b})
		if o.Start < 0 || o.End > len(v.Source) || o.Start >= o.End {
			t.Fatalf("span %d–%d of %q maps to %v", a, b, s, o)
		}
		for i := a; i < b; i++ {
			if at := v.At(i); at < o.Start || at >= o.End {
				t.Fatalf("rune %d of %q comes from %d outside of %v", i, s, at, o)
			}
		}
		back := v.Normal(o)
		if back.Start > a || back.End < b {
			t.Fatalf("%q: %d–%d → %v → %v loses text", s, a, b, o, back)
		}
	})
}

func TestOriginalSpansNeverPanic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := normal.New(text(t))
		a := rapid.IntRange(-3, 80).Draw(t, "a")
		b := rapid.IntRange(-3, 80).Draw(t, "b")
		for _, w := range []*normal.View{v, v.Digits()} {
			_ = w.Original(document.Span{Start: a, End: b})
			_ = w.String(document.Span{Start: a, End: b})
			_ = w.SourceString(document.Span{Start: a, End: b})
		}
		if a >= 0 && b >= a {
			n := v.Normal(document.Span{Start: a, End: b})
			if n.Start > n.End || n.End > len(v.Text) {
				t.Fatalf("normal span %v", n)
			}
		}
	})
}

func BenchmarkNew(b *testing.B) {
	s := ""
	for range 2000 {
		s += "系统集成了符合国家标准的计算机密码模块，支持国产算法平滑切换 13800138000。\n"
	}
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		normal.New(s)
	}
}
