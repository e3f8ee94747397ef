package submission

import (
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fault is something wrong with a campaign; path names the place in the file:
// deadline, category[1].condition[0].text.
type fault struct{ path, text string }

// faults collects what is wrong.
type faults []fault

func (f *faults) bad(path, format string, a ...any) {
	*f = append(*f, fault{path, fmt.Sprintf(format, a...)})
}

var reCampaignID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

func (c *Campaign) validate() faults {
	var f faults
	for _, x := range []struct{ name, text string }{
		{"id", c.ID}, {"name", c.Name}, {"table", c.Table}, {"organiser", c.Organiser},
	} {
		if strings.TrimSpace(x.text) == "" {
			f.bad(x.name, "活动文件缺少 %s", x.name)
		}
	}
	if c.ID != "" && !reCampaignID.MatchString(c.ID) {
		f.bad("id", "id 只能用小写字母、数字和连字符，最多 40 个")
	}
	if c.Year < 2000 || c.Year > 2100 {
		f.bad("year", "year 不是年份：%d", c.Year)
	}
	c.validateDays(&f)
	for _, m := range []struct{ name, text string }{{"mailbox", c.Mailbox}, {"inquiry", c.Inquiry}} {
		if a, err := mail.ParseAddress(m.text); m.text != "" && (err != nil || a.Address != m.text) {
			f.bad(m.name, "邮箱写法不对：%s", strconv.Quote(m.text))
		}
	}
	c.validateColumns(&f)
	c.validateCategories(&f)
	c.validateConditions(&f)
	names := c.CategoryNames()
	for i, a := range c.Awards {
		path := fmt.Sprintf("award[%d]", i)
		if a.Title == "" || a.Applicant == "" || a.Year == 0 {
			f.bad(path, "award 第 %d 项缺少 year、title 或 applicant", i+1)
		}
		if a.Category != "" && !slices.Contains(names, a.Category) {
			f.bad(path+".category", "award 第 %d 项的 category 不在类别之列：%s", i+1, a.Category)
		}
	}
	return f
}

func (c *Campaign) validateDays(f *faults) {
	days := map[string]time.Time{}
	for _, d := range []struct{ name, text string }{{"opens", c.Opens}, {"deadline", c.Deadline}, {"return", c.Return}} {
		t, err := time.Parse(time.DateOnly, d.text)
		if err != nil {
			f.bad(d.name, "%s 不是形如 2026-06-15 的日期：%s", d.name, strconv.Quote(d.text))
			continue
		}
		days[d.name] = t
	}
	if len(days) < 3 {
		return
	}
	if days["deadline"].Before(days["opens"]) {
		f.bad("deadline", "deadline 早于 opens")
	}
	if days["return"].Before(days["deadline"]) {
		f.bad("return", "return 早于 deadline")
	}
}

// validateColumns wants the seven columns in their order; their words are free.
func (c *Campaign) validateColumns(f *faults) {
	want := Official()
	if len(c.Columns) != len(want) {
		var names []string
		for _, w := range want {
			names = append(names, string(w))
		}
		f.bad("columns", "columns 应有 %d 项，依次为 %s 各列的表头文字", len(want), strings.Join(names, "、"))
		return
	}
	seen := map[string]bool{}
	m := newMatcher(&Campaign{})
	for i, w := range c.Columns {
		text := headWord(w)
		switch hit, ok := m.exact[text]; {
		case text == "" || len([]rune(w)) > 20:
			f.bad("columns", "columns 第 %d 项为空或过长", i+1)
		case seen[text]:
			f.bad("columns", "columns 第 %d 项与前面重复：%s", i+1, w)
		case ok && hit.col != want[i]:
			f.bad("columns", "columns 第 %d 项应为“%s”一列的表头，“%s”是“%s”的写法", i+1, want[i], w, hit.col)
		}
		seen[text] = true
	}
}

func (c *Campaign) validateCategories(f *faults) {
	if len(c.Categories) == 0 {
		f.bad("", "活动文件没有 category")
	}
	seen := map[string]string{}
	for i, k := range c.Categories {
		path := fmt.Sprintf("category[%d]", i)
		if strings.ContainsAny(k.Name, `,，、"“”`) {
			f.bad(path+".name", "类别名称不能含逗号、顿号和引号：%s", k.Name)
		}
		for _, n := range append([]string{k.Name}, k.Synonyms...) {
			if strings.TrimSpace(n) == "" {
				f.bad(path, "category 有空的名称")
				continue
			}
			if other, ok := seen[n]; ok && other != k.Name {
				f.bad(path, "“%s”同时属于 %s 和 %s", n, other, k.Name)
			}
			seen[n] = k.Name
		}
	}
}

func (c *Campaign) validateConditions(f *faults) {
	for i, k := range c.Categories {
		for j, cond := range k.Conditions {
			path := fmt.Sprintf("category[%d].condition[%d]", i, j)
			if strings.TrimSpace(cond.Name) == "" || strings.TrimSpace(cond.Text) == "" {
				f.bad(path, "%s 的 condition 缺少 name 或 text", k.Name)
			}
			if cond.Published < 0 || cond.Published > 50 || cond.Published > 0 && len(cond.Evidence) == 0 {
				f.bad(path+".published", "%s 的条件“%s”：published 须为 0 至 50，并写明 evidence", k.Name, cond.Name)
			}
			for _, w := range slices.Concat(cond.Against, cond.Unless, cond.Evidence) {
				if strings.TrimSpace(w) == "" {
					f.bad(path, "%s 的条件“%s”有空的词", k.Name, cond.Name)
				}
			}
		}
	}
}

// lines says on which line of a file a place is.
type lines map[string]int

var (
	reKeyLine   = regexp.MustCompile(`^\s*([A-Za-z_]+)\s*=`)
	reTableLine = regexp.MustCompile(`^\s*\[\[\s*([A-Za-z_.]+)\s*\]\]`)
)

// lineIndex finds the lines of keys and of [[tables]] by a light reading of the text.
func lineIndex(text string) lines {
	at := lines{}
	count := map[string]int{} // tables so far, by full path without the last index
	prefix := ""
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		if m := reTableLine.FindStringSubmatch(line); m != nil {
			prefix = at.table(m[1], count)
			at.put(prefix, n)
			prefix += "."
			continue
		}
		if m := reKeyLine.FindStringSubmatch(line); m != nil {
			at.put(prefix+m[1], n)
		}
	}
	return at
}

// table gives the next table of a name its path: category.condition after the second
// category is category[1].condition[0].
func (l lines) table(name string, count map[string]int) string {
	path := ""
	parts := strings.Split(name, ".")
	for i, p := range parts {
		if path != "" {
			path += "."
		}
		path += p
		k := count[path]
		if i == len(parts)-1 {
			count[path]++
		} else {
			k = max(0, k-1) // the one begun last
		}
		path += fmt.Sprintf("[%d]", k)
	}
	return path
}

func (l lines) put(path string, n int) {
	if _, there := l[path]; !there {
		l[path] = n
	}
}

// of is the line of a place, else of what holds it, else 0.
func (l lines) of(path string) int {
	for path != "" {
		if n, ok := l[path]; ok {
			return n
		}
		i := strings.LastIndexByte(path, '.')
		if i < 0 {
			return 0
		}
		path = path[:i]
	}
	return 0
}
