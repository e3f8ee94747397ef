package submission

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// hintText is how much of one description is looked at, in bytes; what follows is
// rarely about the conditions.
const hintText = 1 << 20

// describes is how long a description must be, in runes, before it counts that
// something is missing in it.
const describes = 200

// ConditionHints holds the description of a row against the conditions of its
// category. texts are the texts of its attachments, none where they were not read.
// The words looked for come from the campaign. Every problem is a hint at level
// Warning that shows the condition; no text of a document is quoted in it. A row
// without a known category gives none.
func ConditionHints(r *Row, texts []string, c *Campaign) []Problem {
	k := c.Category(r.Category)
	if k == nil {
		return nil
	}
	d := newDescription(r, texts)
	var out []Problem
	for i := range k.Conditions {
		cond := &k.Conditions[i]
		for _, why := range []string{d.against(cond), d.without(cond), d.tooNew(cond, c.Deadline)} {
			if why == "" {
				continue
			}
			out = append(out, Problem{
				RowID: r.ID, Column: ColCategory, Level: Warning, Kind: KindCondition, Source: r.Source, Title: r.Title,
				Message: fmt.Sprintf("对照%s条件“%s”，%s（条件：%s）", k.Name, cond.Name, why, strings.TrimRight(cond.Text, "。")),
			})
			break // one remark about a condition is enough
		}
	}
	return out
}

// description is what a row says of its achievement.
type description struct {
	text string // folded to lower case and half width
	full bool   // long enough that something can be missing in it
}

func newDescription(r *Row, texts []string) *description {
	var b strings.Builder
	b.WriteString(r.Title + "\n" + r.Notes + "\n")
	n := 0
	for _, t := range texts {
		room := hintText - b.Len()
		if room <= 0 {
			break
		}
		if len(t) > room {
			t = strings.ToValidUTF8(t[:room], "")
		}
		b.WriteString(t + "\n")
		n += len([]rune(t))
	}
	return &description{text: strings.ToLower(norm.NFKC.String(b.String())), full: n >= describes}
}

// against says which word speaks against a condition.
func (d *description) against(c *Condition) string {
	for _, w := range c.Unless {
		if d.has(w) {
			return ""
		}
	}
	for _, w := range c.Against {
		if d.has(w) {
			return "材料中有“" + w + "”的表述，请核对"
		}
	}
	return ""
}

// without says that nothing in a description points to a condition.
func (d *description) without(c *Condition) string {
	if !d.full || len(c.Evidence) == 0 {
		return ""
	}
	for _, w := range c.Evidence {
		if d.has(w) {
			return ""
		}
	}
	return "材料中未见相关说明，请核对"
}

// denials before a word turn it round: 已走出实验室阶段.
var denials = []string{"走出", "突破", "跨越", "超越", "不再", "告别", "摆脱", "结束", "不是", "并非", "不存在", "改变"}

// has tells whether a word occurs that is not denied by what stands before it.
func (d *description) has(w string) bool {
	w = strings.ToLower(norm.NFKC.String(w))
	for rest, at := d.text, 0; ; {
		i := strings.Index(rest, w)
		if i < 0 {
			return false
		}
		if !denied(d.text[:at+i]) {
			return true
		}
		at += i + len(w)
		rest = d.text[at:]
	}
}

func denied(before string) bool {
	rs := []rune(before[max(0, len(before)-40):])
	near := string(rs[max(0, len(rs)-6):])
	if i := strings.LastIndexAny(near, "，。；、,;\n"); i >= 0 {
		near = near[i:]
	}
	for _, w := range denials {
		if strings.Contains(near, w) {
			return true
		}
	}
	return false
}

var (
	reSentence = regexp.MustCompile(`[^。；;\n]+`)
	reWorkDate = regexp.MustCompile(`(?:^|[^\d])((?:19|20)\d{2})(?:\s*[年./-]\s*(\d{1,2}))?(?:[^\d]|$)`)
)

// tooNew says that the oldest work a description names is younger than asked. A year
// without a month is taken for its first day, so that a doubt speaks for the row.
func (d *description) tooNew(c *Condition, deadline string) string {
	end, err := time.Parse(time.DateOnly, deadline)
	if c.Published == 0 || !d.full || err != nil {
		return ""
	}
	oldest := time.Time{}
	for _, s := range reSentence.FindAllString(d.text, -1) {
		if !anyIn(s, c.Evidence) {
			continue
		}
		for _, t := range datesIn(s) {
			if t.Before(end) && (oldest.IsZero() || t.Before(oldest)) {
				oldest = t
			}
		}
	}
	if oldest.IsZero() || !oldest.After(end.AddDate(-c.Published, 0, 0)) {
		return ""
	}
	return fmt.Sprintf("材料中最早的论著时间为 %d 年，至申报截止日不足 %d 年，请核对", oldest.Year(), c.Published)
}

func anyIn(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, strings.ToLower(w)) {
			return true
		}
	}
	return false
}

func datesIn(s string) []time.Time {
	var out []time.Time
	for at := 0; at < len(s); {
		m := reWorkDate.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		year, _ := strconv.Atoi(s[at+m[2] : at+m[3]]) // four digits
		month := 1
		if m[4] >= 0 {
			if n, err := strconv.Atoi(s[at+m[4] : at+m[5]]); err == nil && n >= 1 && n <= 12 {
				month = n
			}
		}
		out = append(out, time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC))
		at += m[3]
	}
	return out
}
