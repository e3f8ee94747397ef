package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Fixed is what stands in place of free text: its length tells nothing.
const Fixed = "＊＊＊"

// maskers are the mask formats that rules name. Each gets the text as matched and
// gives what is put there; "" as a result means that the format does not fit.
var maskers = map[string]func(string) string{
	"id":          maskID,
	"phone":       maskPhone,
	"landline":    maskLandline,
	"card":        maskCard,
	"account":     maskAccount,
	"email":       maskEmail,
	"name":        maskName,
	"address":     maskAddress,
	"ip":          maskIP,
	"ipv6":        maskIPv6,
	"mac":         maskMAC,
	"plate":       maskPlate,
	"passport":    maskPassport,
	"permit":      maskPassport,
	"officer":     maskDigits,
	"digits":      maskDigits,
	"coordinate":  maskCoordinate,
	"coordinates": maskCoordinate,
	"coord":       maskCoordinate,
	"amount":      maskAmount,
	"magnitude":   maskAmount,
	"money":       maskAmount,
	"decade":      maskDecade,
	"date":        maskDecade,
	"birth":       maskDecade,
	"endpoint":    maskEndpoint,
}

// Mask masks text by the named format; free text and formats that do not fit become Fixed.
func Mask(format, text string) string {
	if m := maskers[format]; m != nil {
		if out := m(visible(text)); out != "" {
			return out
		}
	}
	return Fixed
}

// plain folds width besides, so that numbers in full-width digits are masked like the rest.
func plain(s string) string { return width.Fold.String(visible(s)) }

// visible takes out what nobody sees.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// signs picks the letters and digits that make up a number; circled and Chinese digits count.
func signs(s string) []rune {
	var out []rune
	for _, r := range plain(s) {
		if d, ok := digit(r); ok {
			out = append(out, d)
		} else if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			out = append(out, r)
		}
	}
	return out
}

// digit reads the digit shapes that stand for one another.
func digit(r rune) (rune, bool) {
	const chinese = "〇一二三四五六七八九"
	switch {
	case r >= '0' && r <= '9':
		return r, true
	case r == '零', r == '⓪', r == '○':
		return '0', true
	case r >= '①' && r <= '⑨':
		return '1' + r - '①', true
	}
	if i := strings.IndexRune(chinese, r); i >= 0 {
		return '0' + rune(i/len("〇")), true
	}
	return 0, false
}

// after splits a text at its last label sign (联系人：张建国).
func after(s string) (label, value string) {
	i := strings.LastIndexAny(s, ":：")
	if i < 0 {
		return "", s
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return s[:i+n], s[i+n:]
}

func stars(n int) string { return strings.Repeat("*", max(n, 0)) }

func maskID(s string) string {
	d := signs(s)
	if len(d) < 12 {
		return ""
	}
	return string(d[:6]) + stars(len(d)-10) + string(d[len(d)-4:])
}

func maskPhone(s string) string {
	d := signs(s)
	if len(d) > 11 { // +86, 0086
		d = d[len(d)-11:]
	}
	if len(d) != 11 || d[0] != '1' {
		return ""
	}
	return string(d[:3]) + "****" + string(d[7:])
}

func maskLandline(s string) string {
	d := signs(s)
	if len(d) < 7 || len(d) > 18 {
		return ""
	}
	area := 0
	switch {
	case d[0] == '0' && len(d) >= 10 && (d[1] == '1' || d[1] == '2'):
		area = 3
	case d[0] == '0' && len(d) >= 10:
		area = 4
	}
	if area == 0 {
		return "****" + string(d[len(d)-3:])
	}
	return string(d[:area]) + "-****" + string(d[len(d)-3:])
}

func maskCard(s string) string {
	d := signs(s)
	if len(d) < 12 {
		return ""
	}
	return "**** **** **** " + string(d[len(d)-4:])
}

func maskAccount(s string) string {
	d := signs(s)
	if len(d) < 8 {
		return ""
	}
	return "****" + string(d[len(d)-4:])
}

func maskEmail(s string) string {
	s = plain(s)
	local, domain, ok := strings.Cut(s, "@")
	if !ok {
		return ""
	}
	l := []rune(strings.TrimSpace(local))
	return string(l[:min(2, len(l)/2)]) + "***@" + strings.TrimSpace(domain)
}

var compound = []string{"欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "端木", "夏侯", "南宫", "百里", "轩辕", "钟离", "闻人", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠", "仲孙", "鲜于", "闾丘", "司空", "独孤", "拓跋", "呼延"}

// titles may follow a name inside a finding and stay.
var titles = []string{"副教授", "教授", "副研究员", "研究员", "高级工程师", "工程师", "院士", "主任", "副主任", "书记", "局长", "处长", "科长", "所长", "院长", "校长", "总经理", "经理", "博士", "老师", "先生", "女士", "同志", "总工", "总监", "厂长", "部长", "司长", "主席", "秘书长", "医生"}

func maskName(s string) string {
	label, lead, _, masked, title := nameParts(s)
	if masked == "" {
		return ""
	}
	return label + lead + masked + title
}

// roles end the description that may stand before a name inside a finding and stays:
// 举报人顾清岚, 社区矫正对象李卫东.
var roles = []string{"人员", "对象", "举报人", "证人", "受害人", "控告人", "检举人", "被害人", "投诉人", "信访人", "上访人", "嫌疑人", "当事人", "报案人", "残疾人", "学生", "儿童", "患儿", "幼儿", "未成年人", "学员", "少年", "患者", "病人", "低保户", "贫困户", "立卡户", "五保户", "特困户", "孤儿", "职工", "老人"}

// afterRole moves such a description from the name to the label.
func afterRole(label, name string) (string, string) {
	end := 0
	for _, r := range roles {
		if i := strings.LastIndex(name, r); i >= 0 && i+len(r) < len(name) {
			end = max(end, i+len(r))
		}
	}
	if rest := name[end:]; end == 0 || utf8.RuneCountInString(rest) < 2 || utf8.RuneCountInString(rest) > 4 {
		return label, name
	}
	return label + name[:end], name[end:]
}

// nameParts takes a finding about a name apart: label and blanks before it, the name,
// its masked form ("" if there is no name), and the title behind it.
func nameParts(s string) (label, lead, name, masked, title string) {
	label, name = after(s)
	label, name = afterRole(label, name)
	trimmed := strings.TrimLeft(name, " \t　")
	lead = name[:len(name)-len(trimmed)]
	name = trimmed
	for _, t := range titles {
		if n, ok := strings.CutSuffix(name, t); ok && n != "" && len(t) > len(title) {
			title = t
		}
	}
	name = strings.TrimSuffix(name, title)
	if name == "" {
		return label, lead, "", "", title
	}
	for _, c := range compound {
		if strings.HasPrefix(name, c) && len(name) > len(c) {
			return label, lead, name, c + "某", title
		}
	}
	return label, lead, name, string([]rune(name)[:1]) + "某", title
}

// maskAddress keeps an address down to its district or county.
func maskAddress(s string) string {
	label, a := after(s)
	end := 0
	for _, unit := range []string{"区", "县", "旗"} {
		for from := 0; ; {
			i := strings.Index(a[from:], unit)
			if i < 0 {
				break
			}
			i += from
			from = i + len(unit)
			next := a[from:]
			if strings.HasPrefix(next, "域") || strings.HasSuffix(a[:i], "社") || strings.HasSuffix(a[:i], "小") || strings.HasSuffix(a[:i], "园") || strings.HasSuffix(a[:i], "校") || strings.HasSuffix(a[:i], "开发") {
				continue
			}
			if end == 0 || from < end {
				end = from
			}
			break
		}
	}
	if end == 0 {
		if i := strings.Index(a, "市"); i > 0 {
			end = i + len("市")
		} else if i := strings.Index(a, "省"); i > 0 {
			end = i + len("省")
		}
	}
	if end == 0 || strings.ContainsAny(a[:end], "路街巷弄号0123456789") {
		return ""
	}
	return label + a[:end]
}

func maskIP(s string) string {
	s = plain(s)
	i := strings.IndexFunc(s, unicode.IsDigit)
	if i < 0 {
		return ""
	}
	first := s[i:]
	if j := strings.IndexFunc(first, func(r rune) bool { return !unicode.IsDigit(r) }); j > 0 {
		first = first[:j]
	}
	if len(first) > 3 {
		return ""
	}
	return first + ".*.*.*"
}

// maskEndpoint masks an address or name with a port.
func maskEndpoint(s string) string {
	s = plain(s)
	if i := strings.IndexFunc(s, unicode.IsDigit); i >= 0 && strings.Count(s, ".") == 3 && !strings.ContainsFunc(s, unicode.IsLetter) {
		return maskIP(s)
	}
	return ""
}

func maskIPv6(s string) string {
	s = plain(s)
	i := strings.IndexByte(s, ':')
	if i < 0 {
		return ""
	}
	return s[:i] + ":*:*:*"
}

func maskMAC(s string) string {
	d := signs(s)
	if len(d) != 12 {
		return ""
	}
	return string(d[0:2]) + ":" + string(d[2:4]) + ":" + string(d[4:6]) + ":**:**:**"
}

func maskPlate(s string) string {
	s = plain(s)
	var kept []rune
	for _, c := range strings.TrimSpace(s) {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			kept = append(kept, c)
		}
	}
	if len(kept) < 7 || len(kept) > 8 {
		return ""
	}
	n := len(kept)
	return string(kept[:2]) + "·" + string(kept[2:4]) + stars(n-5) + string(kept[n-1:])
}

func maskPassport(s string) string {
	d := signs(s)
	if len(d) < 7 || len(d) > 12 {
		return ""
	}
	return string(d[:2]) + "****" + string(d[len(d)-3:])
}

// maskDigits puts a star for each digit and keeps the words around (军字第*******号).
func maskDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := digit(r); ok {
			return '*'
		}
		return r
	}, s)
}
