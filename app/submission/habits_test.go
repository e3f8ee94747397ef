package submission_test

import (
	"testing"

	"jinggao/app/submission"
)

func campaign(t testing.TB) *submission.Campaign {
	t.Helper()
	c, err := submission.CampaignByID("")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestParseWhen(t *testing.T) {
	for text, want := range map[string]string{
		"2026-05-03": "2026-05-03", "2026.5.3": "2026-05-03", "2026/5/3": "2026-05-03", "2026年5月3日": "2026-05-03", "2026 年 5 月 3 日": "2026-05-03",
		"5月3日": "2026-05-03", "26.5.3": "2026-05-03", "'26-5-3": "2026-05-03", "20260503": "2026-05-03", "46145": "2026-05-03", "46145.5": "2026-05-03",
		"２０２６年５月３日": "2026-05-03", "二〇二六年五月三日": "2026-05-03", "二○二六年十月二十一日": "2026-10-21", "五月十五日": "2026-05-15",
		"2026-05-03 14:22:11": "2026-05-03", "2026-05-03T14:22": "2026-05-03", "2026年6月15日24:00": "2026-06-15", "2026/5/3 下午 2:30": "2026-05-03", "2026年5月3日（周日）": "2026-05-03",
		"2026年5月": "2026-05", "2026.5": "2026-05", "2026-05": "2026-05", "5月": "2026-05", "5月份": "2026-05",
		"5/20/2026": "2026-05-20", "20/5/2026": "2026-05-20", "May 3, 2026": "2026-05-03", "3 May 2026": "2026-05-03", "5/3": "2026-05-03", "2026-05-03T20:00:00Z": "2026-05-04",
		"待定": "", "": "", "2026年": "", "5月1日至5月3日": "", "138": "", "99999": "", "第二季度": "",
	} {
		if got := submission.ParseWhen(text, 2026); got.ISO != want {
			t.Errorf("%q: %q, want %q", text, got.ISO, want)
		}
	}
	for _, text := range []string{"2026-13-01", "2026年2月30日", "20260431", "6月31日", "2026年13月"} {
		if got := submission.ParseWhen(text, 2026); !got.NoSuch || got.ISO != "" {
			t.Errorf("%q: %+v", text, got)
		}
	}
	if !submission.ParseWhen("5/6/2026", 2026).Swapped {
		t.Error("5/6/2026 is taken for certain")
	}
}

func TestParseCategory(t *testing.T) {
	c := campaign(t)
	for text, want := range map[string]string{
		"基础研究": "基础研究", "基础研究类": "基础研究", "基 础 研 究": "基础研究", "關鍵技術": "关键技术", "关键技术组": "关键技术", "工程研发成果": "工程研发", "1.基础研究": "基础研究", "（二）关键技术": "关键技术",
		"③工程研发": "工程研发", "□基础研究 ☑关键技术 □工程研发": "关键技术", "基础研究□\n关键技术□\n工程研发√": "工程研发", "申报类别：关键技术类": "关键技术", "二、关键技术（3项）": "关键技术", "关键技术\u200b": "关键技术",
	} {
		if got, ok := submission.ParseCategory(text, c); !ok || got != want {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	}
	for _, text := range []string{"技术", "应用研究", "应用基础研究", "基础研究、关键技术", "□基础研究 □关键技术 □工程研发", "非关键技术", "", "其他", "☑基础研究 ☑关键技术"} {
		if got, ok := submission.ParseCategory(text, c); ok {
			t.Errorf("%q was taken for %q", text, got)
		}
	}
}

func TestPhoneShape(t *testing.T) {
	for _, text := range []string{
		"13800000000", "138 0000 0000", "138-0000-0000", "+86 13800000000", "86-13800000000", "0086 13800000000", "021-61234567", "(021)61234567", "021-61234567转802", "021-61234567-802", "010-8888 6666", "0512-6123456",
		"13800000000、021-61234567", "手机13800000000；办公021-61234567", "13800000000 13900000000", "+1 415 555 0100", "+852 2345 6789", "400-820-8820", "１３８０００００００００"[:33], "13800000000 lab@example.edu.cn", "",
	} {
		if w, _, _ := submission.PhoneShape(text); w != "" {
			t.Errorf("%q: %s", text, w)
		}
	}
	for text, mend := range map[string]string{
		"1380000000": "", "138000000000": "", "138****0000": "", "1.38E+10": "", "见附件": "", "2161234567": "021-61234567", "61234567": "021-61234567", "1380000000013900000000": "13800000000、13900000000", "12345": "", "lab@example.edu.cn": "", "23800000000": "",
	} {
		w, _, m := submission.PhoneShape(text)
		if w == "" || m != mend {
			t.Errorf("%q: %q, mend %q", text, w, m)
		}
	}
}

func TestSplitContact(t *testing.T) {
	for text, want := range map[string][2]string{
		"褚云岫 13800000000": {"褚云岫", "13800000000"}, "褚云岫13800000000": {"褚云岫", "13800000000"}, "褚云岫（13800000000）": {"褚云岫", "13800000000"}, "褚云岫：021-61234567": {"褚云岫", "021-61234567"},
		"褚云岫\n13800000000": {"褚云岫", "13800000000"}, "13800000000 褚云岫": {"褚云岫", "13800000000"}, "13800000000": {"", "13800000000"}, "褚云岫": {"褚云岫", ""}, "联系人：褚云岫 电话：13800000000": {"褚云岫", "13800000000"},
		"John Smith +1 415 555 0100": {"John Smith", "+1 415 555 0100"},
	} {
		if name, phone := submission.SplitContact(text); name != want[0] || phone != want[1] {
			t.Errorf("%q: %q, %q", text, name, phone)
		}
	}
}

func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		" 城市\n更新 ": "城市更新", "ＡＩ＋大模型Ｖ２．０": "AI＋大模型V2.0", "Deep\nLearning": "Deep Learning", "面向 AI 的　平台": "面向AI的平台", "a\u200bb\uFEFF": "ab", "沪湾半导 体有限公司 ": "沪湾半导体有限公司", "": "",
	} {
		if got := submission.CleanText(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzHabits(f *testing.F) {
	c := campaign(f)
	for _, s := range []string{"2026年5月3日", "☑关键技术", "褚云岫 138", "十月", "二〇二六年"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		submission.ParseWhen(s, 2026)
		submission.ParseCategory(s, c)
		submission.PhoneShape(s)
		submission.SplitContact(s)
		if once := submission.CleanText(s); submission.CleanText(once) != once {
			t.Errorf("CleanText is not stable on %q", s)
		}
	})
}
