package xlsx

import (
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

var (
	external = regexp.MustCompile(`\[[0-9]+\]|\[[^\]]+\.xl|'[^']*\[[^\]]*\][^']*'!`)
	dispimg  = regexp.MustCompile(`(?i)DISPIMG\(\s*"([^"]+)"`)
	literal  = regexp.MustCompile(`"[^"]*"`)
)

// formula files what a formula says besides its value. A value taken from
// another book goes with the link.
func (b *book) formula(s *sheet, c *cell) {
	f := c.formula
	if f == "" {
		return
	}
	b.removed.Add("公式", 1)
	if m := dispimg.FindStringSubmatch(f); m != nil {
		c.runs = nil
		c.image = m[1]
		if !usualImageID.MatchString(m[1]) {
			b.hidden.Once("N05", "单元格图片", document.RoleField, m[1])
		}
		return
	}
	if external.MatchString(f) {
		text := f
		if v := c.text(); strings.TrimSpace(v) != "" {
			text += " = " + v
		}
		b.hidden.Add("N05", "外部链接公式", document.RoleField, s.name+" "+ref(c.row, c.col)+"："+text, nil)
		c.runs = nil
		return
	}
	for _, l := range literal.FindAllString(f, -1) {
		if l = strings.Trim(l, `"`); len([]rune(l)) > 3 && !ooxml.SafeFormat(l) && !strings.Contains(c.text(), l) {
			b.hidden.Once("N03", "公式", document.RoleField, f)
			break
		}
	}
	if c.value == "" && len(c.runs) == 0 {
		if v, ok := s.sum(f); ok {
			c.typ, c.value = "", v
			c.set(display(v, b.styles.format(c.style), b.date1904))
		}
	}
}

var usualImageID = regexp.MustCompile(`^ID_[0-9A-F]{32}$`)

var simpleSum = regexp.MustCompile(`^(SUM|AVERAGE|MAX|MIN|COUNT)\((\$?[A-Z]{1,3}\$?[0-9]{1,7}:\$?[A-Z]{1,3}\$?[0-9]{1,7})\)$`)

// sum works out the plain totals that some writers leave to the reading program.
func (s *sheet) sum(f string) (string, bool) {
	m := simpleSum.FindStringSubmatch(f)
	if m == nil {
		return "", false
	}
	a, ok := parseArea(m[2])
	if !ok {
		return "", false
	}
	n, total, lo, hi := 0, 0.0, 0.0, 0.0
	for _, c := range s.cells {
		if !a.holds(c.row, c.col) || c.typ != "" && c.typ != "n" || c.value == "" {
			continue
		}
		v, err := strconv.ParseFloat(c.value, 64)
		if err != nil {
			continue
		}
		if n == 0 || v < lo {
			lo = v
		}
		if n == 0 || v > hi {
			hi = v
		}
		n++
		total += v
	}
	v := map[string]float64{"SUM": total, "MAX": hi, "MIN": lo, "COUNT": float64(n)}[m[1]]
	if m[1] == "AVERAGE" {
		if n == 0 {
			return "", false
		}
		v = total / float64(n)
	}
	return strconv.FormatFloat(v, 'g', 15, 64), true
}
