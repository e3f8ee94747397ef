package odf

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// value is what a cell of a sheet holds besides the text that it shows. Programs show
// the value in the form of the cell's style, so that a copy keeps it only where it
// says no more than the text: a number rounded to what is seen, a date seen in full.
type value struct {
	kind  string
	text  string       // as it was read
	attrs []ooxml.Attr // that may stay while the text is the same
}

// value looks at the value of a cell and writes out the text of one that has none.
func (r *reader) value(c *node, style string) {
	r.formula(c.Attr("table:formula"))
	kind := c.Attr("office:value-type")
	if kind == "" {
		return
	}
	format := r.cur.styleAttr("table-cell", style, "style:data-style-name")
	if r.unshown(c, format) {
		return
	}
	raw := rawValue(c, kind)
	if c.Kid("text:p") == nil && raw != "" {
		c.Add((&node{Name: "text:p"}).Add(ooxml.Txt(raw)))
	}
	v := &value{kind: kind, text: shown(c)}
	r.cells[c] = v
	switch kind {
	case "string":
		if raw != "" && squeeze(raw) != squeeze(v.text) {
			r.hide("N03", "与显示不符的单元格值", document.RoleBody, raw)
		}
		return
	case "float", "percentage", "currency":
		v.attrs = number(kind, raw, v.text)
	case "date":
		v.attrs = date(raw, v.text)
	}
	if good, ok := r.formats[format]; ok && !good {
		v.attrs = nil
	}
	if v.attrs == nil && len(raw) > 6 && !strings.Contains(squeeze(v.text), raw) && kind != "date" && kind != "time" {
		r.hide("N03", "与显示不符的单元格值", document.RoleBody, raw)
	}
}

func rawValue(c *node, kind string) string {
	if kind == "string" {
		return c.Attr("office:string-value")
	}
	return c.Attr("office:value") + c.Attr("office:date-value") + c.Attr("office:time-value") + c.Attr("office:boolean-value")
}

// unshown files what a cell holds whose format shows nothing, and takes it out; false
// for any other cell.
func (r *reader) unshown(c *node, format string) bool {
	if !r.blankFormat(format) {
		return false
	}
	if c.Kid("text:p") == nil {
		r.hide("N03", "不显示的单元格值", document.RoleBody, rawValue(c, c.Attr("office:value-type")))
	}
	for _, k := range c.Kids {
		if k.Name == "text:p" {
			r.doom(k, "N03", "不显示的单元格值", document.RoleBody)
		}
	}
	return true
}

// styleAttr gives an attribute that a style or its parents set.
func (s *styles) styleAttr(family, name, attr string) string {
	v := ""
	for _, n := range s.chain(family, name) {
		if x := n.Attr(attr); x != "" {
			v = x
		}
	}
	return v
}

// formula files what a formula says besides addresses and functions.
func (r *reader) formula(f string) {
	if f == "" {
		return
	}
	r.removed.Add("公式", 1)
	switch {
	case strings.Contains(f, "file:") || strings.Contains(f, "://") || strings.Contains(f, "|"):
		r.hide("N05", "外部链接公式", document.RoleField, f)
	case strings.Contains(f, `"`):
		r.hide("N03", "公式", document.RoleField, f)
	}
}

// blankFormat tells data styles that show nothing, as ";;;" does.
func (r *reader) blankFormat(name string) bool {
	for _, h := range r.holders() {
		for _, n := range h.Kids {
			if name != "" && n.Attr("style:name") == name && strings.HasPrefix(n.Name, "number:") {
				return content(n) == "" && find(n, "number:number") == nil && find(n, "number:text-content") == nil && find(n, "number:scientific-number") == nil && find(n, "number:fraction") == nil &&
					find(n, "number:year") == nil && find(n, "number:month") == nil && find(n, "number:day") == nil && find(n, "number:hours") == nil && find(n, "number:minutes") == nil &&
					find(n, "number:seconds") == nil && find(n, "number:boolean") == nil && n.Name != "number:boolean-style"
			}
		}
	}
	return false
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// shown is the text of a cell as it is seen, paragraphs as lines.
func shown(c *node) string {
	var ps []string
	for _, k := range c.Kids {
		if k.Name == "text:p" {
			ps = append(ps, k.Content())
		}
	}
	return strings.Join(ps, "\n")
}

var (
	plainNumber = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,15})?$`)
	dateValue   = regexp.MustCompile(`^([0-9]{4})-([0-9]{2})-([0-9]{2})(T00:00:00)?$`)
	digits      = regexp.MustCompile(`[0-9]+`)
)

// number gives the value that a cell showing this text may keep, or none: that of
// the text itself, if it is the value rounded.
func number(kind, raw, text string) []ooxml.Attr {
	sign := false
	s := strings.Map(func(c rune) rune {
		switch c {
		case ',', ' ', '\u00a0', '$', '¥', '￥', '€', '£', '%', '％', '+', '元':
			return -1
		case '(', '（', '−':
			sign = true
			return -1
		case ')', '）':
			return -1
		}
		return c
	}, text)
	seen, err := strconv.ParseFloat(s, 64)
	real, bad := strconv.ParseFloat(raw, 64)
	if err != nil || bad != nil || !plainNumber.MatchString(s) || len(strings.Trim(s, "-0.")) > 15 {
		return nil
	}
	if sign {
		seen = -seen
	}
	places := 0
	if _, frac, ok := strings.Cut(s, "."); ok {
		places = len(frac)
	}
	step := math.Pow(10, -float64(places))
	if strings.ContainsAny(text, "%％") {
		seen, step, places = seen/100, step/100, places+2
	}
	if math.Abs(seen-real) > step*0.51 {
		return nil
	}
	out := []ooxml.Attr{{Name: "office:value-type", Value: kind}, {Name: "office:value", Value: strconv.FormatFloat(seen, 'f', places, 64)}}
	if kind == "currency" {
		out[0].Value = "float" // the sign stands in the style
	}
	return out
}

// date gives the value that a cell showing this text may keep, or none: a day of
// which year, month and day are all seen.
func date(raw, text string) []ooxml.Attr {
	m := dateValue.FindStringSubmatch(raw)
	got := digits.FindAllString(text, -1)
	if m == nil || len(got) != 3 {
		return nil
	}
	want := map[string]bool{}
	for _, g := range got {
		want[strings.TrimLeft(g, "0")] = true
	}
	for _, p := range m[1:4] {
		p = strings.TrimLeft(p, "0")
		short := len(p) == 4 && want[strings.TrimLeft(p[2:], "0")] // a year in two digits
		if !want[p] && !short {
			return nil
		}
	}
	return []ooxml.Attr{{Name: "office:value-type", Value: "date"}, {Name: "office:date-value", Value: raw[:10]}}
}

// formatSigns are what the literal text of a number format may be.
var formatSigns = regexp.MustCompile(`^[\s年月日时分秒元万亿个件项次人分之％%:：/\-.,，()（）+¥￥$€£'"_?*#]{0,8}$`)

// goodFormat tells data styles whose own text is of the usual signs only.
func goodFormat(n *node) bool {
	good := true
	walk(n, func(k *node) bool {
		switch k.Name {
		case "number:text", "number:currency-symbol", "number:embedded-text", "number:fill-character":
			good = good && formatSigns.MatchString(k.Content())
		}
		return true
	})
	return good
}
