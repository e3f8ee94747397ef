package tablefile

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// numberFormat is as much of a number format as matters for reading.
type numberFormat struct {
	date  bool
	month bool   // a date without a day
	digit string // a format of 0, blanks and dashes only: 000-00000000
}

// builtin says what the numbered formats mean that files do not spell out.
func builtin(id int) numberFormat {
	switch {
	case id == 17, id == 27, id == 36, id == 50, id == 52, id == 57:
		return numberFormat{date: true, month: true}
	case id >= 14 && id <= 16, id == 22, id >= 28 && id <= 31, id == 51, id == 53, id == 54, id == 58:
		return numberFormat{date: true}
	}
	return numberFormat{}
}

// parseFormat reads a format code: quoted text, escaped characters and brackets
// aside, a y or d means a date; a y without d a month.
func parseFormat(code string) numberFormat {
	code, _, _ = strings.Cut(code, ";")
	plain := stripFormat(code)
	if digits := strings.Trim(plain, "0- "); digits == "" && strings.Count(plain, "0") > 4 {
		return numberFormat{digit: plain}
	}
	low := strings.ToLower(plain)
	if strings.Contains(low, "general") {
		return numberFormat{}
	}
	y, dd := strings.Contains(low, "y"), strings.Contains(low, "d")
	return numberFormat{date: y || dd, month: y && !dd && strings.Contains(low, "m")}
}

func stripFormat(code string) string {
	var out strings.Builder
	rs := []rune(code)
	for i := 0; i < len(rs); i++ {
		switch rs[i] {
		case '"':
			for i++; i < len(rs) && rs[i] != '"'; i++ {
			}
		case '[':
			for i++; i < len(rs) && rs[i] != ']'; i++ {
			}
		case '\\':
			if i++; i < len(rs) && rs[i] == '-' {
				out.WriteRune('-')
			}
		case '_', '*':
			i++
		default:
			out.WriteRune(rs[i])
		}
	}
	return out.String()
}

// numberCell writes a number as a person would read it.
func numberCell(f float64, nf numberFormat, date1904 bool) Cell {
	c := Cell{Number: true, Text: plainNumber(f)}
	switch {
	case nf.date && f >= 1 && f < 2958466:
		c.Date = SerialDate(f, date1904)
		if nf.month && len(c.Date) == 10 {
			c.Date = c.Date[:7]
		}
	case nf.digit != "" && f >= 0 && f == math.Trunc(f) && f < 1e15:
		c.Text = fillDigits(nf.digit, c.Text)
	}
	return c
}

func plainNumber(f float64) string {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatInt(int64(f), 10)
	}
	return strconv.FormatFloat(f, 'g', 15, 64)
}

// fillDigits puts digits into a mask of zeros, from the right.
func fillDigits(mask, digits string) string {
	out := []byte(mask)
	i := len(digits)
	for k := len(out) - 1; k >= 0; k-- {
		if out[k] == '0' && i > 0 {
			i--
			out[k] = digits[i]
		}
	}
	return digits[:i] + strings.TrimSpace(string(out))
}

// SerialDate turns Excel's day number into an ISO date; "" if it is none.
func SerialDate(f float64, date1904 bool) string {
	if !(f >= 1 && f < 2958466) {
		return ""
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return start.AddDate(0, 0, int(f)).Format(time.DateOnly)
}

// styles reads which cell styles are dates.
func (x *xlsx) styles(p *pack, rels map[string]relationship) error {
	b, err := p.read(relOfType(rels, "/styles"))
	if err != nil || b == nil {
		return err
	}
	var st struct {
		Fmts []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Xfs []struct {
			ID int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := decodeXML(b, &st); err != nil {
		return errDamaged(err.Error())
	}
	custom := map[int]numberFormat{}
	for _, f := range st.Fmts {
		custom[f.ID] = parseFormat(f.Code)
	}
	for _, xf := range st.Xfs {
		nf, ok := custom[xf.ID]
		if !ok {
			nf = builtin(xf.ID)
		}
		x.formats = append(x.formats, nf)
	}
	return nil
}
