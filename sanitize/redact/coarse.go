package redact

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

var (
	decimal = regexp.MustCompile(`\d{1,3}\.\d{2,}`)
	figure  = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)
	year    = regexp.MustCompile(`(?:19|20)\d{2}`)
)

// maskCoordinate rounds decimal degrees to 0.1°; other notations do not fit.
func maskCoordinate(s string) string {
	s = plain(s)
	if strings.ContainsAny(s, "°′'″") || !decimal.MatchString(s) {
		return ""
	}
	return decimal.ReplaceAllStringFunc(s, func(n string) string {
		f, err := strconv.ParseFloat(n, 64)
		if err != nil {
			return Fixed
		}
		return strconv.FormatFloat(math.Round(f*10)/10, 'f', 1, 64)
	})
}

// powers are the words for powers of ten.
var powers = []string{"", "十", "百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿"}

// numberLabel announces a number that is no amount: 合同编号, Contract No.
var numberLabel = regexp.MustCompile(`(?i)号|\bno\b`)

// maskAmount gives the order of magnitude of the last figure (合同额1287.35万元 → 合同额千万元级).
func maskAmount(s string) string {
	if numberLabel.MatchString(s) && !strings.ContainsAny(s, "元万亿$¥") {
		if label, value := after(s); label != "" && numberLabel.MatchString(label) && !numberLabel.MatchString(value) {
			return label + Fixed
		}
		return ""
	}
	locs := figure.FindAllStringIndex(s, -1)
	if locs == nil {
		return ""
	}
	at := locs[len(locs)-1]
	f, err := strconv.ParseFloat(strings.ReplaceAll(s[at[0]:at[1]], ",", ""), 64)
	if err != nil || f <= 0 {
		return ""
	}
	rest := strings.TrimLeft(s[at[1]:], " ")
	for _, u := range []struct {
		word string
		size float64
	}{{"万亿", 1e12}, {"亿", 1e8}, {"千万", 1e7}, {"百万", 1e6}, {"万", 1e4}, {"千", 1e3}} {
		if r, ok := strings.CutPrefix(rest, u.word); ok {
			f, rest = f*u.size, r
			break
		}
	}
	n := int(math.Floor(math.Log10(f) + 1e-9))
	if n < 1 || n >= len(powers) {
		return ""
	}
	head := s[:at[0]]
	if len(locs) > 1 {
		head = s[:locs[0][0]]
	}
	unit := ""
	for _, u := range []string{"人民币", "元", "美元", "条", "人次", "人", "台", "套", "户", "份", "GB", "TB"} {
		if strings.HasPrefix(rest, u) {
			unit, rest = u, rest[len(u):]
			break
		}
	}
	if figure.MatchString(rest) {
		rest = ""
	}
	return head + powers[n] + unit + "级" + rest
}

// maskDecade coarsens a date to its decade (1990年3月7日 → 1990年代).
func maskDecade(s string) string {
	y := year.FindString(plain(s))
	if y == "" {
		return ""
	}
	label, _ := after(s)
	return label + y[:3] + "0年代"
}
