package submission

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What stands around a table: the line 部门/联系人/联系方式, titles, years.

var reLabel = regexp.MustCompile(`(填报部门|报送部门|部门名称|部门|填报单位|报送单位|上报单位|推荐单位|单位名称|单位|联系人姓名|联系人|填报人|填表人|经办人|联系方式|联系电话|办公电话|手机号码|手机|电话)\s*(?:[（(][^（）()]{0,8}[）)])?\s*[:：]`)

// reOtherLabel ends a value: 填报日期：, 邮箱： and the like.
var reOtherLabel = regexp.MustCompile(`[\p{Han}]{2,6}\s*[:：]`)

// reSeal is the place for a seal behind a name.
var reSeal = regexp.MustCompile(`[（(]\s*(?:盖章|公章|签章|加盖公章|章)\s*[）)]`)

var labelOnly = regexp.MustCompile(`^(填报部门|报送部门|部门名称|部门|填报单位|报送单位|上报单位|推荐单位|单位|联系人姓名|联系人|填报人|填表人|经办人|联系方式|联系电话|办公电话|手机号码|手机|电话)(?:[（(][^（）()]{0,8}[）)])?[:：]?$`)

// headerLine reads 部门：… 联系人：… 联系方式：… from the texts of one line, in cells
// of their own or in one. n is how many labels were found.
func headerLine(texts []string) (h Header, n int) {
	var parts []string
	for _, t := range texts {
		t = strings.TrimSpace(strings.ReplaceAll(t, "\n", "　"))
		if labelOnly.MatchString(squeezeLabel(t)) {
			t = strings.TrimRight(squeezeLabel(t), ":：") + "："
		}
		parts = append(parts, t)
	}
	line := strings.Join(parts, "　")
	at := reLabel.FindAllStringSubmatchIndex(line, -1)
	for i, m := range at {
		end := len(line)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		if other := reOtherLabel.FindStringIndex(line[m[1]:end]); other != nil {
			end = m[1] + other[0]
		}
		value := reSeal.ReplaceAllString(CleanText(line[m[1]:end]), "")
		value = strings.Trim(value, "_ ，,；;、")
		label := line[m[2]:m[3]]
		n++
		switch {
		case strings.Contains(label, "部门"), strings.Contains(label, "单位"):
			setIfEmpty(&h.Department, value)
		case strings.Contains(label, "人"):
			setIfEmpty(&h.Contact, value)
		default:
			setIfEmpty(&h.Phone, CleanPhone(value))
		}
	}
	return h, n
}

// squeezeLabel drops the blanks inside a short label: 部  门.
func squeezeLabel(s string) string {
	if len([]rune(s)) > 20 {
		return s
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "　", " ")), "")
}

func setIfEmpty(p *string, v string) {
	if *p == "" {
		*p = v
	}
}

func (h *Header) fill(o Header) {
	setIfEmpty(&h.Department, o.Department)
	setIfEmpty(&h.Contact, o.Contact)
	setIfEmpty(&h.Phone, o.Phone)
}

var (
	reYear  = regexp.MustCompile(`(?:^|\D)(20[0-4]\d)(?:\D|$)`)
	oldWord = []string{"去年", "往年", "上年", "上届", "往届", "历年", "历届", "存档", "归档", "历史数据"}
)

// oldYear tells whether a sheet is of an earlier year by its name, else by the
// lines above its header; why says what was seen.
func oldYear(sheet string, above []string, year int) (why string, old bool) {
	for _, text := range append([]string{sheet}, above...) {
		years := yearsIn(text)
		if slices.Contains(years, year) {
			return "", false
		}
		for _, y := range years {
			if y < year {
				return strconv.Itoa(y) + " 年", true
			}
		}
	}
	for _, w := range oldWord {
		if strings.Contains(sheet, w) {
			return w, true
		}
	}
	return "", false
}

func yearsIn(text string) []int {
	var out []int
	for _, m := range reYear.FindAllStringSubmatch(text, -1) {
		if y, err := strconv.Atoi(m[1]); err == nil {
			out = append(out, y)
		}
	}
	return out
}

var (
	reTotal = regexp.MustCompile(`^(?:合\s*计|总\s*计|小\s*计|共\s*计|总\s*数|累\s*计)(?:$|[:：\s(（\d共]|[^\p{Han}])`)
	reCount = regexp.MustCompile(`^(?:以上)?(?:共|合计|总计|共计)[^。]{0,8}?\d+\s*(?:项|个|家|条|份|行)`)
	reNote  = regexp.MustCompile(`^[（(【\[]?\s*(?:注|备注|说明|填表|填报说明|填写说明|填报要求|提示|温馨提示|要求|附件|附表|附[:：]|此表|本表|请|以下|以上|单位负责人|审核|签字|盖章|填报日期|日期|制表|※|\*)`)
	reHint  = regexp.MustCompile(`^[（(【\[].*[）)】\]]$`)
	reNone  = regexp.MustCompile(`^(?:无|本单位无|暂无|零报告|无申报.*|无申请.*|没有)[。.]?$`)
)

func isTotal(s string) bool {
	s = CleanText(s)
	return reTotal.MatchString(s) || reCount.MatchString(s)
}

func isNote(s string) bool {
	s = CleanText(s)
	return reNote.MatchString(s) || len([]rune(s)) > 40 && strings.ContainsAny(s, "。；")
}
