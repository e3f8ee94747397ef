package submission

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"jinggao/app/submission/tablefile"
)

// When is a time of application as read from a text.
type When struct {
	ISO     string // 2026-05-03, or 2026-05 for a month; "" if the text is no date
	NoSuch  bool   // looks like a date but there is no such day
	Swapped bool   // day and month could be the other way round
}

var (
	reYMD     = regexp.MustCompile(`^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*(?:日|号)?(.*)$`)
	reYY      = regexp.MustCompile(`^'?(\d{2})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*(?:日|号)?(.*)$`)
	reYM      = regexp.MustCompile(`^(\d{4})\s*[-./年]\s*(\d{1,2})\s*(?:月份?)?$`)
	reMD      = regexp.MustCompile(`^(\d{1,2})\s*月\s*(\d{1,2})\s*(?:日|号)?(.*)$`)
	reM       = regexp.MustCompile(`^(\d{1,2})\s*月份?$`)
	reCompact = regexp.MustCompile(`^(20\d{2})(\d{2})(\d{2})(?:\s*\d{2}:?\d{2}(?::?\d{2})?)?$`)
	reShort   = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})$`)
	reDMY     = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(.*)$`)
	reSerial  = regexp.MustCompile(`^[34]\d{4}(?:\.\d+)?$|^5\d{4}(?:\.\d+)?$`)
	reEnglish = regexp.MustCompile(`(?i)^(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*(\d{1,2})?(?:st|nd|rd|th)?\s*,?\s*(\d{4})(.*)$`)
	reTail    = regexp.MustCompile(`^(?:\s*T?\s*(?:上午|下午|晚上?|凌晨|中午|AM|PM)?\s*\d{1,2}\s*[:：时点]\s*(?:\d{1,2}\s*(?:[:：分]\s*\d{0,2}(?:\.\d+)?\s*秒?)?)?\s*(?:AM|PM|am|pm|Z|[+-]\d{2}:?\d{2})?|\s*(?:上午|下午|晚上?|前|后)|\s*[(（][^()（）]{0,12}[)）]|\s*(?:周|星期)[一二三四五六日天]|\s*(?:网上)?(?:申报|提交))*[。.,，;；]?\s*$`)
)

// ParseWhen reads a time of application in the habits of people. A day without a
// year is of the given year.
func ParseWhen(text string, year int) When {
	s := strings.TrimSpace(norm.NFKC.String(CleanText(text)))
	s = strings.Trim(s, `'"“”`)
	s = strings.TrimSpace(chineseDigits(s))
	if s == "" {
		return When{}
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return When{ISO: t.In(beijing()).Format(time.DateOnly)}
	}
	for _, f := range []func(string, int) (When, bool){whenFull, whenPart, whenForeign} {
		if w, ok := f(s, year); ok {
			return w
		}
	}
	return When{}
}

func whenFull(s string, _ int) (When, bool) {
	if m := reCompact.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3]), true
	}
	if m := reYMD.FindStringSubmatch(s); m != nil && reTail.MatchString(m[4]) {
		return day(m[1], m[2], m[3]), true
	}
	if m := reYM.FindStringSubmatch(s); m != nil {
		return month(m[1], m[2]), true
	}
	if reSerial.MatchString(s) {
		f, err := strconv.ParseFloat(s, 64)
		if err == nil {
			return When{ISO: tablefile.SerialDate(f, false)}, true
		}
	}
	return When{}, false
}

func whenPart(s string, year int) (When, bool) {
	y := strconv.Itoa(year)
	if m := reYY.FindStringSubmatch(s); m != nil && reTail.MatchString(m[4]) {
		return day("20"+m[1], m[2], m[3]), true
	}
	if m := reMD.FindStringSubmatch(s); m != nil && reTail.MatchString(m[3]) {
		return day(y, m[1], m[2]), true
	}
	if m := reM.FindStringSubmatch(s); m != nil {
		return month(y, m[1]), true
	}
	if m := reShort.FindStringSubmatch(s); m != nil {
		return day(y, m[1], m[2]), true
	}
	return When{}, false
}

func whenForeign(s string, _ int) (When, bool) {
	if m := reDMY.FindStringSubmatch(s); m != nil && reTail.MatchString(m[4]) {
		a, b := m[1], m[2] // month first, as American Excel writes it
		na, _ := strconv.Atoi(a)
		nb, _ := strconv.Atoi(b)
		if na > 12 {
			a, b = b, a
		}
		w := day(m[3], a, b)
		w.Swapped = na <= 12 && nb <= 12 && na != nb
		return w, true
	}
	if m := reEnglish.FindStringSubmatch(s); m != nil && reTail.MatchString(m[5]) {
		mon := strconv.Itoa(strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(m[2]))/3 + 1)
		switch {
		case m[1] != "":
			return day(m[4], mon, m[1]), true
		case m[3] != "":
			return day(m[4], mon, m[3]), true
		}
		return month(m[4], mon), true
	}
	return When{}, false
}

func day(y, m, d string) When {
	ny, _ := strconv.Atoi(y)
	nm, _ := strconv.Atoi(m)
	nd, _ := strconv.Atoi(d)
	t := time.Date(ny, time.Month(nm), nd, 0, 0, 0, 0, time.UTC)
	if nm < 1 || nm > 12 || nd < 1 || t.Day() != nd || ny < 1900 {
		return When{NoSuch: true}
	}
	return When{ISO: t.Format(time.DateOnly)}
}

func month(y, m string) When {
	nm, _ := strconv.Atoi(m)
	if nm < 1 || nm > 12 {
		return When{NoSuch: true}
	}
	ny, _ := strconv.Atoi(y)
	return When{ISO: fmt.Sprintf("%04d-%02d", ny, nm)}
}

var reChineseDate = regexp.MustCompile(`^[〇零○O一二三四五六七八九]{4}年|^[一二三四五六七八九十]{1,3}月`)

// chineseDigits writes 二〇二六年五月三日 with Arabic digits.
func chineseDigits(s string) string {
	if !reChineseDate.MatchString(s) {
		return s
	}
	const digits = "〇一二三四五六七八九"
	value := func(r rune) int {
		if r == '零' || r == '○' || r == 'O' {
			return 0
		}
		for i, d := range []rune(digits) {
			if d == r {
				return i
			}
		}
		return -1
	}
	var out strings.Builder
	rs := []rune(s)
	for i := 0; i < len(rs); {
		j, n, plain := i, 0, ""
		for j < len(rs) && (value(rs[j]) >= 0 || rs[j] == '十') {
			if rs[j] == '十' {
				n = max(n, 1) * 10
				if j+1 < len(rs) && value(rs[j+1]) > 0 {
					n += value(rs[j+1])
					j++
				}
				plain = strconv.Itoa(n)
			} else {
				n = value(rs[j])
				plain += strconv.Itoa(n)
			}
			j++
			if strings.HasSuffix(plain, "0") && j < len(rs) && rs[j-1] == '十' {
				break
			}
		}
		if j == i {
			out.WriteRune(rs[i])
			i++
			continue
		}
		out.WriteString(plain)
		i = j
	}
	return out.String()
}
