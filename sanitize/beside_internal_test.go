package sanitize

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"jinggao/sanitize/document"
)

func TestSplicedPages(t *testing.T) {
	pages := []string{"甲乙丙", "丁", "戊 己"}
	text := []rune("甲乙丙\n\n丁\n\n戊\t己\n")
	for _, c := range []struct {
		start, end int
		want       string
	}{
		{0, 1, "×乙丙|丁|戊 己"},
		{2, 6, "甲乙×|×|戊 己"},
		{1, 11, "甲×|×|×"},
		{3, 5, "甲乙丙|丁|戊 己"}, // nothing but what stands between two pages
		{10, 11, "甲乙丙|丁|戊 ×"},
	} {
		if got := strings.Join(splicedPages(pages, text, document.Span{Start: c.start, End: c.end}, "×"), "|"); got != c.want {
			t.Errorf("[%d, %d): %s, want %s", c.start, c.end, got, c.want)
		}
	}
}

// bare is a text without white space.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// Whatever is treated, what stood outside of it stays, and nothing of it is left.
func TestSplicedPagesAtRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pages := rapid.SliceOfN(rapid.StringMatching(`[甲乙a \n]{0,6}`), 1, 5).Draw(t, "pages")
		text := []rune(strings.Join(pages, "\n\n"))
		start := rapid.IntRange(0, len(text)).Draw(t, "start")
		end := rapid.IntRange(start, len(text)).Draw(t, "end")
		got := splicedPages(pages, text, document.Span{Start: start, End: end}, "")
		want := bare(string(slices.Concat(text[:start], text[end:])))
		if bare(strings.Join(got, "")) != want || len(got) != len(pages) {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

func TestRunningTextForWord(t *testing.T) {
	for page, want := range map[string]string{
		"标题\n这一行写到了行末还没有写完，所以要接着写在\n下一行，到这里才完。\n下一段从这里重新开始": "标题\n这一行写到了行末还没有写完，所以要接着写在下一行，到这里才完。\n下一段从这里重新开始",
		"这一行文字到了末尾之后并没有写标点也没有别的\n二、下一节":                     "这一行文字到了末尾之后并没有写标点也没有别的\n二、下一节",
		"a line of words that is long enough and\ngoes on":  "a line of words that is long enough and goes on",
		"项目联系人褚某，地址为 gs***@hupu-\nrobot.com.cn，":            "项目联系人褚某，地址为 gs***@hupu-robot.com.cn，",
		"指标\t这一格是结果的说明文字，写得很长很长很长很长\n可用率\t合格":               "指标\t这一格是结果的说明文字，写得很长很长很长很长\n可用率\t合格",
		"短\n长长长长长长长长长长长长长长长长长长长长":                           "短\n长长长长长长长长长长长长长长长长长长长长",
		"短的一行\n另一短行":       "短的一行\n另一短行",
		"合同金额千万元级\n，分三期支付": "合同金额千万元级，分三期支付",
		"有未知字符\uFFFD的行":    "有未知字符□的行",
		"":                 "",
	} {
		if got := forWord(page); got != want {
			t.Errorf("%q became %q, want %q", page, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		page := rapid.StringMatching(`([甲乙。a1、\t]{0,9}\n){0,6}`).Draw(t, "page")
		if got := forWord(page); bare(got) != bare(page) {
			t.Fatalf("%q became %q", page, got)
		}
	})
}
