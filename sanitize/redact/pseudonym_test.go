package redact_test

import (
	"slices"
	"testing"

	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

func TestPseudonymsAreNumberedByFirstAppearance(t *testing.T) {
	names := redact.NewPseudonyms()
	for i, c := range []struct{ original, with, want string }{
		{"张建国", "张某", "张某"},
		{"张晓明", "张某", "张某二"},
		{"李建国", "李某", "李某"},
		{"联系人：张 建\u200b国", "联系人：张某", "联系人：张某"},
		{"张晓明教授", "张某教授", "张某二教授"},
		{"欧阳锋", "欧阳某", "欧阳某"},
		{"欧阳明", "欧阳某", "欧阳某二"},
		{"华创测试有限公司", "某单位", "某单位"},
		{"远航测试研究所", "某单位", "某单位二"},
		{"华创测试有限公司", "某单位", "某单位"},
		{"远航测试研究所", "某公司", "某公司"},
		{"13800138000", "138****8000", "138****8000"},
		{"张建国", "＊＊＊", "＊＊＊"},
		{"张建国", "", ""},
		{"甲", "某单位的领导批示过该项目", "某单位的领导批示过该项目"},
	} {
		if got := names.Text(c.original, c.with); got != c.want {
			t.Errorf("%d: %s: got %q want %q", i, c.original, got, c.want)
		}
	}
	var none *redact.Pseudonyms
	if got := none.Text("张建国", "张某"); got != "张某" {
		t.Errorf("without a book: %q", got)
	}
}

func TestPseudonymsCountOn(t *testing.T) {
	names := redact.NewPseudonyms()
	var got []string
	for i := range 101 {
		got = append(got, names.Text("王"+string(rune('一'+i))+"测", "王某"))
	}
	for i, want := range map[int]string{0: "王某", 1: "王某二", 9: "王某十", 10: "王某十一", 19: "王某二十", 98: "王某九十九", 99: "王某100"} {
		if got[i] != want {
			t.Errorf("%d: got %q want %q", i, got[i], want)
		}
	}
	slices.Sort(got)
	if n := len(slices.Compact(got)); n != 101 {
		t.Errorf("%d different names, want 101", n)
	}
}

func TestPseudonymsOverFiles(t *testing.T) {
	first, second := docOf("张建国、张晓明"), docOf("张晓明、张建国、张卫红")
	refused := docOf("机密★10年 张未见")
	find := func(i int) []finding.Finding {
		switch i {
		case 0:
			return []finding.Finding{at(refused, "A01", finding.S1, "机密★10年"), at(refused, "I18", finding.S2, "张未见")}
		case 1:
			return []finding.Finding{at(first, "I18", finding.S2, "张建国"), at(first, "I18", finding.S2, "张晓明")}
		}
		return []finding.Finding{at(second, "I18", finding.S2, "张晓明"), at(second, "I18", finding.S2, "张建国"), at(second, "I18", finding.S2, "张卫红")}
	}
	names := redact.NewPseudonyms()
	p := redact.Policy{Rule: ruleOf, Pseudonyms: names}
	names.Note(refused, find(0), p)
	names.Note(first, find(1), p)
	names.Note(second, find(2), p)
	if _, got := planned(t, second, p, find(2)...); got != "张某二、张某、张某三" {
		t.Errorf("got %q", got)
	}
	if _, got := planned(t, first, p, find(1)...); got != "张某、张某二" {
		t.Errorf("got %q", got)
	}
}

func TestPseudonymsInColumns(t *testing.T) {
	doc := table("姓名\t单位\t电话", "张建国\t甲厂\t13800138000", "张晓明\t乙厂\t13800138001")
	p := redact.Policy{Pseudonyms: redact.NewPseudonyms()}
	_, got := planned(t, doc, p, at(doc, "I24", finding.S2, doc.Parts[0].Text))
	if want := "姓名\t单位\t电话\n张某\t甲厂\t138****8000\n张某二\t乙厂\t138****8001"; got != want {
		t.Errorf("got %q want %q", got, want)
	}
}

func TestPseudonymsLeaveOwnWordsAlone(t *testing.T) {
	doc := docOf("由张建国负责")
	f := at(doc, "I18", finding.S2, "张建国")
	p := redact.Policy{Pseudonyms: redact.NewPseudonyms(), Decisions: []redact.Decision{{Fingerprint: f.Fingerprint, Action: redact.ActionReplace, Text: "项目负责人"}}}
	if _, got := planned(t, doc, p, f); got != "由项目负责人负责" {
		t.Errorf("got %q", got)
	}
}
