package submission

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
)

// Longest texts that the table bears without a person having to think.
const (
	longTitle     = 60
	longApplicant = 50
	longContact   = 20
)

// Check finds what is wrong with the rows and the line above the table. Problems
// come in the order of the rows, repetitions of other rows after a row's own. 5,000
// rows take well under a second.
func Check(rows []Row, h Header, c *Campaign) []Problem {
	out := checkHeader(h)
	k := &checker{c: c, out: out}
	byRow := k.repetitions(rows)
	awards := newAwardIndex(c)
	for i := range rows {
		k.row(&rows[i])
		if p, ok := awards.like(&rows[i]); ok {
			k.out = append(k.out, p)
		}
		k.out = append(k.out, byRow[i]...)
	}
	return k.out
}

func checkHeader(h Header) []Problem {
	var out []Problem
	for _, f := range []struct{ name, text string }{{"部门", h.Department}, {"联系人", h.Contact}, {"联系方式", h.Phone}} {
		if strings.TrimSpace(f.text) == "" {
			out = append(out, Problem{Level: Warning, Kind: KindHeader, Message: "表头的" + f.name + "未填"})
		}
	}
	if w, _, mend := PhoneShape(h.Phone); w != "" {
		out = append(out, Problem{Level: Warning, Kind: KindHeader, Message: "表头的联系方式：" + w, Mend: mend})
	}
	return out
}

type checker struct {
	c   *Campaign
	out []Problem
}

func (k *checker) add(r *Row, col Column, level Level, kind Kind, message, mend string) {
	k.out = append(k.out, Problem{RowID: r.ID, Column: col, Level: level, Kind: kind, Message: message, Mend: mend, Source: r.Source, Title: r.Title})
}

func (k *checker) row(r *Row) {
	for _, col := range []Column{ColApplicant, ColCategory, ColTitle, ColTime, ColContact, ColPhone} {
		if strings.TrimSpace(r.Get(col)) == "" {
			mend := ""
			k.add(r, col, Error, KindMissing, string(col)+"未填", mend)
		}
	}
	k.category(r)
	k.when(r)
	if w, hard, mend := PhoneShape(r.Phone); w != "" {
		level := Warning
		if hard {
			level = Error
		}
		k.add(r, ColPhone, level, KindPhone, w, mend)
	}
	if w, mend := applicantShape(r.Applicant); w != "" {
		k.add(r, ColApplicant, Warning, KindApplicant, w, mend)
	}
	k.texts(r)
}

func (k *checker) category(r *Row) {
	if strings.TrimSpace(r.Category) == "" || k.c.Category(r.Category) != nil {
		return
	}
	names := strings.Join(k.c.CategoryNames(), "、")
	if name, ok := ParseCategory(r.Category, k.c); ok {
		k.add(r, ColCategory, Warning, KindCategory, "申报类别不是规范写法，应为 "+names+" 之一", name)
		return
	}
	k.add(r, ColCategory, Error, KindCategory, fmt.Sprintf("申报类别“%s”不在 %s 之列", clip(r.Category, 20), names), k.guessCategory(r.Category))
}

// guessCategory offers the category where the text holds part of one name only.
func (k *checker) guessCategory(text string) string {
	f, hit := fold(text), ""
	if len([]rune(f)) < 2 {
		return ""
	}
	for _, name := range k.c.CategoryNames() {
		if strings.Contains(fold(name), f) || strings.Contains(f, fold(name)) {
			if hit != "" {
				return ""
			}
			hit = name
		}
	}
	return hit
}

func (k *checker) when(r *Row) {
	text := strings.TrimSpace(r.Time)
	if text == "" {
		return
	}
	w := ParseWhen(text, k.c.Year)
	switch {
	case w.NoSuch:
		k.add(r, ColTime, Error, KindOutOfRange, fmt.Sprintf("申报时间“%s”不存在这一天", clip(text, 20)), "")
		return
	case w.ISO == "":
		k.add(r, ColTime, Error, KindOutOfRange, fmt.Sprintf("申报时间“%s”不是日期", clip(text, 20)), "")
		return
	}
	first, last := w.ISO, w.ISO
	if len(w.ISO) == 7 {
		first, last = w.ISO+"-01", w.ISO+"-31" // compared as text, so 31 does for every month
	}
	switch {
	case first > k.c.Deadline:
		k.add(r, ColTime, Error, KindDeadline, fmt.Sprintf("申报时间 %s 晚于申报截止日 %s", w.ISO, k.c.Deadline), "")
	case last < k.c.Opens:
		k.add(r, ColTime, Error, KindOutOfRange, fmt.Sprintf("申报时间 %s 早于申报开始日 %s，不在申报期间", w.ISO, k.c.Opens), "")
	case len(w.ISO) == 7:
		k.add(r, ColTime, Warning, KindTime, "申报时间只到月，没有日", "")
	case w.ISO != text:
		k.add(r, ColTime, Warning, KindTime, "申报时间的写法与全表不一致", w.ISO)
	}
}

// texts looks at the shape of the texts as such.
func (k *checker) texts(r *Row) {
	for _, col := range Editable() {
		s := r.Get(col)
		if strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) || invisible(r) }) >= 0 {
			k.add(r, col, Warning, KindText, string(col)+"中有换行或不可见字符", CleanText(s))
		}
		if col != ColPhone && s != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(s)[0]) {
			k.add(r, col, Warning, KindText, string(col)+"以 =、+、- 或 @ 开头，导出时按文字处理", "")
		}
	}
	for _, l := range []struct {
		col Column
		max int
	}{{ColTitle, longTitle}, {ColApplicant, longApplicant}, {ColContact, longContact}} {
		if n := len([]rune(r.Get(l.col))); n > l.max {
			k.add(r, l.col, Warning, KindLong, fmt.Sprintf("%s有 %d 字，过长（一般不超过 %d 字）", l.col, n, l.max), "")
		}
	}
}

// orgWords end or mark the full name of an organisation.
var orgWords = []string{
	"公司", "集团", "大学", "学院", "学校", "中学", "研究院", "研究所", "研究中心", "实验室", "中心", "医院", "学会", "协会", "联盟", "基金会", "委员会", "局", "厅", "委", "办",
	"团队", "课题组", "工作室", "合作社", "事务所", "出版社", "报社", "电视台", "银行", "工厂", "总厂", "院", "所", "馆", "厂", "台", "站", "社", "店", "部", "会", "组", "组织", "社区", "机构", "平台", "港", "政府", "处", "室", "队", "园", "库", "网",
}

var reLatin = regexp.MustCompile(`^[\p{Latin}\d][\p{Latin}\d\s.,&'’()/+-]*$`)

// applicantShape doubts a name that is no full name.
func applicantShape(name string) (wrong, mend string) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", ""
	}
	if reLatin.MatchString(name) {
		if len(strings.Fields(name)) < 2 && len(name) < 6 {
			return "申报主体像是简称，请填写全称", ""
		}
		return "", ""
	}
	n := len([]rune(name))
	if strings.ContainsAny(name, "、;；") && n > 8 && strings.Count(name, "公司")+strings.Count(name, "大学")+strings.Count(name, "院") > 1 {
		return "申报主体似有多个单位，联合单位请填入联合申报机构", ""
	}
	for _, w := range orgWords {
		if strings.Contains(name, w) && n > len([]rune(w))+1 {
			return "", ""
		}
	}
	return "申报主体像是简称或个人，请填写全称", ""
}

// Today is the day by the calendar of Beijing, ISO.
func Today(now time.Time) string { return now.In(beijing()).Format(time.DateOnly) }
