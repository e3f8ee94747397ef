package submission

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

const (
	ticked   = "☑✓✔√■☒●◉✅▣◼⊙"
	unticked = "□☐○◯◻▢〇"
)

// fillers may stand around the name of a category without changing what is meant.
var fillers = []string{
	"申报类别", "成果类别", "成果类型", "申报类型", "类成果", "组成果", "申报", "类别", "类型", "组别", "方向", "成果", "项目", "奖项", "参评", "评选", "类", "组", "奖", "选择", "属于", "第", "项",
}

// ParseCategory says which category of the campaign a text means: the official
// name and true, or the cleaned text and false where nobody can tell.
func ParseCategory(text string, c *Campaign) (string, bool) {
	clean := CleanText(text)
	if clean == "" {
		return "", false
	}
	if t := tickedPart(text, c); t != "" {
		return t, true
	}
	f := fold(stripOrdinal(clean))
	if f == "" {
		return clean, false
	}
	name, longest := "", ""
	for _, k := range c.Categories {
		for _, n := range append([]string{k.Name}, k.Synonyms...) {
			fn := fold(n)
			switch {
			case fn == f:
				return k.Name, true
			case !strings.Contains(f, fn):
			case name != "" && name != k.Name:
				return clean, false // two categories in one cell
			default:
				name = k.Name
				if len(fn) > len(longest) {
					longest = fn
				}
			}
		}
	}
	if name != "" && onlyFillers(strings.Replace(f, longest, "", 1)) {
		return name, true
	}
	return clean, false
}

// stripOrdinal cuts 1. ② （三） 二、 A. in front.
func stripOrdinal(s string) string {
	s = strings.TrimSpace(norm.NFKC.String(s))
	s = strings.TrimLeft(s, "([（【")
	t := strings.TrimLeft(s, "0123456789一二三四五六七八九十ABCDabcd")
	if t == s || t == "" {
		return s
	}
	rest := strings.TrimLeft(t, " .、)）】]:：．-—")
	if rest == t && !strings.HasPrefix(s, "1") && !strings.HasPrefix(s, "2") && !strings.HasPrefix(s, "3") {
		return s
	}
	return rest
}

func onlyFillers(s string) bool {
	for s != "" {
		n := len(s)
		for _, w := range fillers {
			if strings.HasPrefix(s, w) {
				s = s[len(w):]
				break
			}
		}
		if n == len(s) {
			r := []rune(s)
			if r[0] < '0' || r[0] > '9' {
				return false
			}
			s = string(r[1:])
		}
	}
	return true
}

// tickedPart finds the one category with a tick where the form lists them all. The
// marks stand before the names (☑关键技术) or behind them (关键技术√).
func tickedPart(text string, c *Campaign) string {
	if !strings.ContainsAny(text, ticked) {
		return ""
	}
	s := strings.Join(strings.Fields(text), "")
	first := len(s)
	for _, k := range c.Categories {
		if at := strings.Index(s, k.Name); at >= 0 {
			first = min(first, at)
		}
	}
	before := strings.IndexAny(s, ticked+unticked) < first
	hit := ""
	for _, k := range c.Categories {
		at := strings.Index(s, k.Name)
		if at < 0 || !strings.ContainsRune(ticked, markOf(s[:at], s[at+len(k.Name):], before)) {
			continue
		}
		if hit != "" {
			return "" // two ticks
		}
		hit = k.Name
	}
	return hit
}

// markOf is the mark that belongs to a name: the last one before it, or the first
// one behind it; a blank if another name or a long text lies between.
func markOf(left, right string, before bool) rune {
	rs := []rune(right)
	if before {
		rs = []rune(left)
		slices.Reverse(rs)
	}
	for i, r := range rs {
		if i > 5 {
			break
		}
		if strings.ContainsRune(ticked+unticked, r) {
			return r
		}
		if strings.ContainsRune("、，,;；/", r) {
			break
		}
	}
	return ' '
}
