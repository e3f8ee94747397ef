package xlsx

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// builtinFormats are the number formats that files name by number only.
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: "m/d/yy", 31: `yyyy"年"m"月"d"日"`, 32: `h"时"mm"分"`, 33: `h"时"mm"分"ss"秒"`,
	36: `yyyy"年"m"月"`, 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
	48: "0.0E+0", 49: "@", 50: `yyyy"年"m"月"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,
}

// display renders a number as its format shows it, long numbers without exponent.
func display(value string, format string, date1904 bool) string {
	v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return value
	}
	sec := section(format, v)
	switch {
	case sec == "" || strings.EqualFold(sec, "General") || sec == "@" || strings.Contains(sec, "G/通用"):
		return plain(v, value)
	case isDate(sec):
		if s, ok := dateText(v, sec, date1904); ok {
			return s
		}
		return plain(v, value)
	}
	return numberText(v, sec, format, value)
}

// section picks the part of a format that applies to a value.
func section(format string, v float64) string {
	var secs []string
	var b strings.Builder
	quote := false
	for i := 0; i < len(format); i++ {
		switch c := format[i]; {
		case c == '"':
			quote = !quote
			b.WriteByte(c)
		case c == '\\' && i+1 < len(format):
			b.WriteString(format[i : i+2])
			i++
		case c == ';' && !quote:
			secs = append(secs, b.String())
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	secs = append(secs, b.String())
	switch {
	case v < 0 && len(secs) > 1:
		return secs[1]
	case v == 0 && len(secs) > 2:
		return secs[2]
	}
	return secs[0]
}

// bare takes quoted text, escapes and brackets out of a format.
func bare(f string) string {
	var b strings.Builder
	for i := 0; i < len(f); i++ {
		switch f[i] {
		case '"':
			if j := strings.IndexByte(f[i+1:], '"'); j >= 0 {
				i += j + 1
			}
		case '\\', '_', '*':
			i++
		case '[':
			j := strings.IndexByte(f[i:], ']')
			if j > 0 {
				in := strings.ToLower(f[i+1 : i+j])
				if in == "h" || in == "hh" || in == "m" || in == "mm" || in == "s" || in == "ss" {
					b.WriteString(in)
				}
				i += j
			}
		default:
			b.WriteByte(f[i])
		}
	}
	return b.String()
}

func isDate(f string) bool {
	s := strings.ToLower(bare(f))
	if strings.Contains(s, "general") {
		return false
	}
	return strings.ContainsAny(s, "ydh") || strings.ContainsAny(s, "ms") && !strings.ContainsAny(s, "0#?") || strings.Contains(s, "mm:ss")
}

// plain writes a number without exponent, as exactly as a cell keeps it.
func plain(v float64, raw string) string {
	raw = strings.TrimSpace(raw)
	if !strings.ContainsAny(raw, "eE") && len(strings.TrimLeft(raw, "-")) <= 15 {
		return raw
	}
	if v == math.Trunc(v) && math.Abs(v) < 1e18 {
		if !strings.ContainsAny(raw, "eE.") {
			return raw
		}
		return strconv.FormatInt(int64(v), 10)
	}
	if math.Abs(v) >= 1e18 || math.Abs(v) < 1e-9 {
		return strconv.FormatFloat(v, 'g', 15, 64)
	}
	s := strconv.FormatFloat(v, 'g', 15, 64)
	if strings.ContainsAny(s, "e") {
		s = strconv.FormatFloat(v, 'f', -1, 64)
	}
	return s
}

// numberText renders digits, decimals, thousands, per cent and the text around them.
func numberText(v float64, sec, format, raw string) string {
	b := bare(sec)
	if strings.ContainsAny(b, "/?Ee") && !strings.Contains(b, "%") {
		return plain(v, raw)
	}
	if !strings.ContainsAny(b, "0#") {
		if lit := literals(sec, ""); lit != "" {
			return lit
		}
		return ""
	}
	neg := v < 0
	if neg {
		v = -v
	}
	if strings.Contains(b, "%") {
		v *= 100
	}
	s := fixed(v, b)
	whole, frac, _ := strings.Cut(s, ".")
	zeros := 0
	for _, c := range strings.SplitN(b, ".", 2)[0] {
		if c == '0' {
			zeros++
		}
	}
	for len(whole) < zeros && len(whole) < 30 {
		whole = "0" + whole
	}
	if strings.Contains(b, "#,#") || strings.Contains(b, "0,0") || strings.Contains(b, "#,0") {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if frac != "" {
		whole += "." + frac
	}
	if neg && section(format, -1) == section(format, 1) {
		whole = "-" + whole
	}
	return literals(sec, whole)
}

// fixed renders the digits with as many decimals as the format has.
func fixed(v float64, b string) string {
	i := strings.IndexByte(b, '.')
	if i < 0 {
		return rounded(v, 0)
	}
	decimals := len(b[i+1:]) - len(strings.TrimLeft(b[i+1:], "0#"))
	s := rounded(v, min(decimals, 12))
	if strings.Contains(b[i:], "#") && strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// rounded writes a number with so many decimals as Excel does: from its fifteen
// significant digits, halves away from zero (0.125 is shown as 0.13, 1.005 as 1.01).
func rounded(v float64, decimals int) string {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(v, 'e', 14, 64))
	if !ok || math.Abs(v) >= 1e18 { // not a number, or more digits than Excel has
		return strconv.FormatFloat(v, 'f', decimals, 64)
	}
	return r.FloatString(decimals)
}

// literals puts the number into the text that a format has around its digits.
func literals(sec, number string) string {
	var b strings.Builder
	done := false
	put := func() {
		if !done {
			b.WriteString(number)
			done = true
		}
	}
	r := []rune(sec)
	for i := 0; i < len(r); i++ {
		switch c := r[i]; c {
		case '"':
			for i++; i < len(r) && r[i] != '"'; i++ {
				b.WriteRune(r[i])
			}
		case '\\':
			if i++; i < len(r) {
				b.WriteRune(r[i])
			}
		case '_', '*':
			i++
		case '[':
			for ; i < len(r) && r[i] != ']'; i++ {
				if r[i] == '$' && i+1 < len(r) && r[i+1] != '-' {
					for i++; i < len(r) && r[i] != '-' && r[i] != ']'; i++ {
						b.WriteRune(r[i])
					}
					i--
				}
			}
		case '0', '#', '?', '.', ',':
			put()
		case '@':
		default:
			b.WriteRune(c)
		}
	}
	return strings.TrimSpace(b.String())
}

// dateText renders a serial date.
func dateText(v float64, sec string, date1904 bool) (string, bool) {
	if v < 0 || v > 2958466 {
		return "", false
	}
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if v < 60 {
		base = base.AddDate(0, 0, 1)
	}
	d := dateWriter{v: v, t: base.Add(time.Duration(math.Round(v*86400)) * time.Second), r: []rune(sec)}
	d.half = strings.Contains(strings.ToLower(sec), "am/pm") || strings.Contains(sec, "上午")
	for i := 0; i < len(d.r); {
		i = d.token(i)
	}
	return strings.TrimSpace(d.b.String()), true
}

// dateWriter renders a date format token by token.
type dateWriter struct {
	v         float64
	t         time.Time
	r         []rune
	half      bool // hours of half a day
	afterHour bool // the next m is a minute
	b         strings.Builder
}

// token renders what begins at i and gives where the next token begins.
func (d *dateWriter) token(i int) int {
	rest := string(d.r[i:])
	switch {
	case strings.HasPrefix(strings.ToLower(rest), "am/pm"):
		d.b.WriteString(map[bool]string{true: "AM", false: "PM"}[d.t.Hour() < 12])
		return i + 5
	case strings.HasPrefix(rest, "上午/下午"):
		d.b.WriteString(map[bool]string{true: "上午", false: "下午"}[d.t.Hour() < 12])
		return i + 5
	}
	switch c := d.r[i]; c {
	case '"':
		j := i + 1
		for ; j < len(d.r) && d.r[j] != '"'; j++ {
			d.b.WriteRune(d.r[j])
		}
		return j + 1
	case '\\':
		if i+1 < len(d.r) {
			d.b.WriteRune(d.r[i+1])
		}
		return i + 2
	case '_', '*':
		return i + 2
	case '[':
		return d.bracket(i)
	case ';', '@':
		return i + 1
	default:
		if strings.ContainsRune("ymdhs", c|0x20) && c < 0x80 {
			return d.field(i)
		}
		d.b.WriteRune(c)
		return i + 1
	}
}

// bracket renders elapsed hours and minutes and passes over colours and languages.
func (d *dateWriter) bracket(i int) int {
	j := i
	for j < len(d.r) && d.r[j] != ']' {
		j++
	}
	switch strings.ToLower(string(d.r[min(i+1, j):j])) {
	case "h", "hh":
		d.b.WriteString(strconv.Itoa(int(d.v * 24)))
		d.afterHour = true
	case "m", "mm":
		d.b.WriteString(strconv.Itoa(int(d.v * 1440)))
	}
	return j + 1
}

// field renders a run of one letter: yyyy, mm, d, h, ss.
func (d *dateWriter) field(i int) int {
	c, n := d.r[i]|0x20, 1
	for i+n < len(d.r) && d.r[i+n]|0x20 == c {
		n++
	}
	switch c {
	case 'y':
		d.b.WriteString(d.t.Format(map[bool]string{true: "2006", false: "06"}[n > 2]))
	case 'm':
		next := strings.TrimLeft(strings.ToLower(string(d.r[i+n:])), `:"分 `)
		d.b.WriteString(monthText(d.t, n, d.afterHour || strings.HasPrefix(next, "s")))
	case 'd':
		d.b.WriteString(d.t.Format(map[int]string{1: "2", 2: "02", 3: "Mon"}[min(n, 3)]))
	case 'h':
		h := d.t.Hour()
		if d.half {
			h = (h+11)%12 + 1
		}
		d.b.WriteString(pad(h, n))
		d.afterHour = true
	case 's':
		d.b.WriteString(pad(d.t.Second(), n))
	}
	return i + n
}

func monthText(t time.Time, n int, minute bool) string {
	switch {
	case minute:
		return pad(t.Minute(), n)
	case n >= 3:
		return t.Format("Jan")
	}
	return pad(int(t.Month()), n)
}

func pad(v, n int) string {
	s := strconv.Itoa(v)
	if n >= 2 && len(s) < 2 {
		s = "0" + s
	}
	return s
}

// Display renders a number as a format code shows it; Builtin gives the codes that
// files name by number only. They serve the other readers of workbooks.
func Display(value, format string, date1904 bool) string { return display(value, format, date1904) }

// Builtin gives a number format by its number; "" if it has no code.
func Builtin(id int) string { return builtinFormats[id] }
