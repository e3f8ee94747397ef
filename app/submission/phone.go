package submission

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// PhoneShape says what is wrong with a text in 联系方式; "" where nothing is. hard
// is set where it cannot be a number at all; mend is what it most likely should be.
func PhoneShape(text string) (wrong string, hard bool, mend string) {
	s := strings.TrimSpace(norm.NFKC.String(CleanText(text)))
	if s == "" {
		return "", false, ""
	}
	switch {
	case reScience.MatchString(s):
		return "号码成了科学记数，后几位已丢失", true, ""
	case reMasked.MatchString(s):
		return "号码被遮盖，无法联系", true, ""
	}
	nums := phoneTokens(s)
	if len(nums) == 0 {
		if reMail.MatchString(s) {
			return "只有邮箱，没有电话号码", false, ""
		}
		return "没有电话号码", true, ""
	}
	for _, n := range nums {
		if w, h, m := oneNumber(n); w != "" {
			if len(nums) > 1 || m == "" || strings.TrimSpace(s) != n {
				m = replaceNumber(s, n, m)
			}
			return w, h, m
		}
	}
	return "", false, ""
}

func replaceNumber(s, n, m string) string {
	if m == "" {
		return ""
	}
	return strings.Replace(s, n, m, 1)
}

var (
	reScience = regexp.MustCompile(`^\d(?:\.\d+)?[eE]\+?\d+$`)
	reMasked  = regexp.MustCompile(`\d[*＊xX×•●#]{2,}\d*`)
	reMail    = regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.-]+`)
	reID      = regexp.MustCompile(`(?:^|\D)(\d{17}[\dXx]|\d{15})(?:\D|$)`)
	reRun     = regexp.MustCompile(`[+＋]?[\d(][\d\s()（）.\-—–－~]*\d(?:\s*(?:转|分机|ext\.?|Ext\.?|EXT|x|-|#)\s*\d{1,6})?|\d+`)
	reExt     = regexp.MustCompile(`(?:转|分机|ext\.?|Ext\.?|EXT|x|#)\s*\d{1,6}$`)
	reMobile  = regexp.MustCompile(`^1[3-9]\d{9}$`)
	reArea    = regexp.MustCompile(`^0(?:10|2[0-57-9]|[3-9]\d{2})[2-8]\d{6,7}$`)
	reLocal   = regexp.MustCompile(`^[2-8]\d{6,7}$`)
	reService = regexp.MustCompile(`^(?:[48]00\d{7}|9[56]\d{3,6})$`)
	reTwice   = regexp.MustCompile(`^(1[3-9]\d{9})(1[3-9]\d{9}|0\d{9,11})$`)
)

// phoneTokens cuts a text into its numbers as written. Identity numbers, years of
// mail addresses and the like are no numbers here.
func phoneTokens(s string) []string {
	s = reMail.ReplaceAllString(s, " ； ")
	s = reID.ReplaceAllString(s, " ； ")
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,;；，/|\n", r) || r == '或' || r == '和' }) {
		for _, m := range reRun.FindAllString(part, -1) {
			if len(onlyDigits(m)) >= 3 {
				out = append(out, splitSpaced(strings.TrimSpace(m))...)
			}
		}
	}
	return out
}

// splitSpaced parts two numbers that only a blank keeps apart.
func splitSpaced(m string) []string {
	f := strings.Fields(m)
	if len(f) < 2 {
		return []string{m}
	}
	whole := 0
	for _, w := range f {
		if d := onlyDigits(w); reMobile.MatchString(d) || reArea.MatchString(d) {
			whole++
		}
	}
	if whole == len(f) {
		return f
	}
	return []string{m}
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// national gives the digits of a number without the country code of China; foreign
// is set where it has another.
func national(base string) (d string, foreign bool) {
	d = onlyDigits(base)
	if !strings.HasPrefix(strings.TrimSpace(base), "+") && !strings.HasPrefix(d, "00") {
		if rest, ok := strings.CutPrefix(d, "86"); ok && reMobile.MatchString(rest) {
			return rest, false
		}
		return d, false
	}
	d = strings.TrimPrefix(d, "00")
	rest, home := strings.CutPrefix(d, "86")
	switch {
	case !home:
		return d, true
	case strings.HasPrefix(rest, "0"), reMobile.MatchString(rest):
		return rest, false
	}
	return "0" + rest, false
}

// oneNumber judges one number.
func oneNumber(n string) (wrong string, hard bool, mend string) {
	base := reExt.ReplaceAllString(n, "")
	d, foreign := national(base)
	switch {
	case foreign && (len(d) < 7 || len(d) > 15):
		return "境外号码位数不对", true, ""
	case foreign:
		return "", false, ""
	case reMobile.MatchString(d), reArea.MatchString(d), reService.MatchString(d):
		return "", false, ""
	case dashExtension(base):
		return "", false, ""
	case reLocal.MatchString(d) && len(d) == 8:
		return "座机没有区号", false, "021-" + d
	case reTwice.MatchString(d):
		m := reTwice.FindStringSubmatch(d)
		return "两个号码连在一起", true, m[1] + "、" + m[2]
	case len(d) == 10 && reArea.MatchString("0"+d):
		return "区号缺少开头的 0", true, areaSplit("0" + d)
	}
	return wrongLength(d), true, ""
}

func wrongLength(d string) string {
	switch {
	case strings.HasPrefix(d, "1") && len(d) < 11:
		return "手机号码位数不足"
	case strings.HasPrefix(d, "1") && len(d) > 11:
		return "手机号码位数过多"
	case len(d) < 7:
		return "号码位数不足"
	}
	return "号码位数或开头不对"
}

// dashExtension knows 021-61234567-802: an area number with an extension behind a dash.
func dashExtension(s string) bool {
	f := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-—–－ ()（）", r) })
	if len(f) < 2 {
		return false
	}
	last := f[len(f)-1]
	head := strings.Join(f[:len(f)-1], "")
	return len(last) <= 6 && (reArea.MatchString(head) || len(head) == 8 && reLocal.MatchString(head))
}

func areaSplit(d string) string {
	n := 4
	if strings.HasPrefix(d, "010") || strings.HasPrefix(d, "02") {
		n = 3
	}
	return d[:n] + "-" + d[n:]
}

// CleanPhone tidies a number for the table: width, stray quotes and blanks inside
// a number; two numbers stay two.
func CleanPhone(text string) string {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	var parts []string
	for _, l := range lines {
		if l = CleanText(l); l != "" {
			parts = append(parts, l)
		}
	}
	s := norm.NFKC.String(strings.Join(parts, "、"))
	s = strings.TrimLeft(s, "'`’‘")
	s = strings.Trim(s, " ,;、")
	if strings.ContainsAny(s, ",;/、|") {
		return s
	}
	f := strings.Fields(s)
	if len(f) > 1 {
		whole := true
		for _, w := range f {
			d := onlyDigits(w)
			whole = whole && (reMobile.MatchString(d) || reArea.MatchString(d))
		}
		if whole {
			return strings.Join(f, "、")
		}
		if d := strings.Join(f, ""); reMobile.MatchString(d) {
			return d
		}
	}
	return s
}

var reTail1 = regexp.MustCompile(`^(.*?)[\s:：,，、/;；(（\-]*((?:[+＋]?\d|[(（]0)[\d\s()（）\-—+.、/;；,，转]*)[)）]?$`)

// SplitContact parts 姓名 and number in one cell; the number is "" where there is none.
func SplitContact(text string) (name, phone string) {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	s := norm.NFKC.String(CleanText(strings.Join(lines, " ")))
	if m := reTail1.FindStringSubmatch(s); m != nil && len(onlyDigits(m[2])) >= 7 {
		number := m[2]
		if strings.Count(number, ")") > strings.Count(number, "(") {
			number = strings.TrimRight(number, ") ")
		}
		return trimName(m[1]), CleanPhone(number)
	}
	// the number in front: 13800000000 某某
	if i := strings.IndexFunc(s, func(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }); i > 0 && len(onlyDigits(s[:i])) >= 7 {
		return trimName(s[i:]), CleanPhone(strings.Trim(s[:i], " ,;:/、-"))
	}
	return trimName(s), ""
}

func trimName(s string) string {
	s = strings.TrimSpace(s)
	for _, cut := range []string{"电话", "手机号", "手机", "联系电话", "联系方式", "Tel", "tel", "TEL"} {
		s = strings.TrimSuffix(strings.TrimRight(s, " :：.。"), cut)
	}
	for _, cut := range []string{"联系人", "姓名"} {
		s = strings.TrimPrefix(s, cut)
	}
	return strings.Trim(s, " :：,，、/;；-(（)）")
}
