package submission

import (
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"jinggao/assets"
)

// Campaign is one award of one year as data: what may be entered, by when, and
// what the table looks like. It is read from a file; another award needs no code.
type Campaign struct {
	ID        string `toml:"id"`        // wic-2026
	Name      string `toml:"name"`      // 2026 年世界互联网大会领先科技奖
	Short     string `toml:"short"`     // 领先科技奖
	Organiser string `toml:"organiser"` // 主办
	Collector string `toml:"collector"` // who organises the applications here
	Table     string `toml:"table"`     // title of the table
	Year      int    `toml:"year"`

	Opens    string `toml:"opens"`    // first day of applications, ISO
	Deadline string `toml:"deadline"` // last day of applications, to 24:00 Beijing time
	Return   string `toml:"return"`   // day by whose end the table must be sent
	Mailbox  string `toml:"mailbox"`  // where the table is sent
	Inquiry  string `toml:"inquiry"`  // mailbox for questions

	Sites       []string   `toml:"sites"`
	Apply       []string   `toml:"apply"` // where applicants hand in
	Departments []string   `toml:"departments"`
	Applicants  []string   `toml:"applicants"` // who may apply
	Rules       []string   `toml:"rules"`      // sentences for people
	Stages      []Stage    `toml:"stage"`
	Columns     []string   `toml:"columns"` // header words of the table
	Categories  []Category `toml:"category"`
	Awards      []Award    `toml:"award"`  // of earlier years
	Honours     []Honour   `toml:"honour"` // 卓越组织 and the like
}

// Category is one kind of achievement that may be entered.
type Category struct {
	Name       string      `toml:"name"`     // official name: 基础研究
	Synonyms   []string    `toml:"synonyms"` // other spellings that mean it beyond doubt
	About      string      `toml:"about"`
	Conditions []Condition `toml:"condition"`
}

// Condition is what an achievement of a category must fulfil.
type Condition struct {
	Name string `toml:"name"`
	Text string `toml:"text"`

	// What a program can hold against a description; hints, never a verdict.
	Against   []string `toml:"against"`   // words that speak against the condition
	Unless    []string `toml:"unless"`    // words beside which Against says nothing
	Evidence  []string `toml:"evidence"`  // words of which a description that fulfils it has one
	Published int      `toml:"published"` // years since the oldest work that Evidence speaks of
}

// Stage is a phase of the campaign, for people.
type Stage struct {
	Name string `toml:"name"`
	When string `toml:"when"`
}

// Award is an achievement that won in an earlier year.
type Award struct {
	Year      int      `toml:"year"`
	Category  string   `toml:"category"`
	Title     string   `toml:"title"`
	Applicant string   `toml:"applicant"`
	Partners  []string `toml:"partners"`
}

// Honour lists organisations honoured in an earlier year.
type Honour struct {
	Year  int      `toml:"year"`
	Name  string   `toml:"name"`
	Names []string `toml:"names"`
}

// LoadCampaign reads and validates a campaign file. The error lists everything
// that is wrong with it, in Chinese, for the person who wrote it.
func LoadCampaign(data []byte) (*Campaign, error) {
	var c Campaign
	d := toml.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return nil, fmt.Errorf("活动文件无法读取：%w", err)
	}
	if err := c.validate(); err != nil {
		return nil, err
	}
	return &c, nil
}

// Campaigns loads every built-in campaign, newest first.
func Campaigns() ([]*Campaign, error) {
	dir := assets.Campaigns()
	names, err := fs.Glob(dir, "*.toml")
	if err != nil {
		return nil, fmt.Errorf("list campaigns: %w", err)
	}
	var out []*Campaign
	for _, n := range names {
		b, err := fs.ReadFile(dir, n)
		if err != nil {
			return nil, fmt.Errorf("read campaign %s: %w", n, err)
		}
		c, err := LoadCampaign(b)
		if err != nil {
			return nil, fmt.Errorf("campaign %s: %w", n, err)
		}
		out = append(out, c)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Year != out[j].Year {
			return out[i].Year > out[j].Year
		}
		return out[i].ID < out[j].ID
	})
	return out, nil
}

// CampaignByID returns the built-in campaign with the given ID; "" is the newest.
func CampaignByID(id string) (*Campaign, error) {
	all, err := Campaigns()
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if id == "" || c.ID == id {
			return c, nil
		}
	}
	return nil, fmt.Errorf("没有名为“%s”的活动", id)
}

// CategoryNames lists the official category names in order.
func (c *Campaign) CategoryNames() []string {
	out := make([]string, len(c.Categories))
	for i := range c.Categories {
		out[i] = c.Categories[i].Name
	}
	return out
}

// Category returns the category with the official name, or nil.
func (c *Campaign) Category(name string) *Category {
	for i := range c.Categories {
		if c.Categories[i].Name == name {
			return &c.Categories[i]
		}
	}
	return nil
}

// DaysLeft counts whole days from now to the last day for returning the table
// (0 on that day, negative after it), by the calendar of Beijing.
func (c *Campaign) DaysLeft(now time.Time) int {
	return daysTo(c.Return, now)
}

func beijing() *time.Location { return time.FixedZone("CST", 8*3600) }

func (c *Campaign) validate() error {
	var errs []error
	bad := func(format string, a ...any) { errs = append(errs, fmt.Errorf(format, a...)) }
	for _, f := range []struct{ name, text string }{
		{"id", c.ID}, {"name", c.Name}, {"table", c.Table}, {"organiser", c.Organiser},
	} {
		if strings.TrimSpace(f.text) == "" {
			bad("活动文件缺少 %s", f.name)
		}
	}
	if c.Year < 2000 || c.Year > 2100 {
		bad("year 不是年份：%d", c.Year)
	}
	days := map[string]time.Time{}
	for _, f := range []struct{ name, text string }{{"opens", c.Opens}, {"deadline", c.Deadline}, {"return", c.Return}} {
		t, err := time.Parse(time.DateOnly, f.text)
		if err != nil {
			bad("%s 不是形如 2026-06-15 的日期：%q", f.name, f.text)
		}
		days[f.name] = t
	}
	if len(errs) == 0 && (days["deadline"].Before(days["opens"]) || days["return"].Before(days["deadline"])) {
		bad("opens、deadline、return 的先后不对")
	}
	for _, m := range []string{c.Mailbox, c.Inquiry} {
		if m == "" {
			continue
		}
		if a, err := mail.ParseAddress(m); err != nil || a.Address != m {
			bad("邮箱写法不对：%q", m)
		}
	}
	want := Official()
	if len(c.Columns) != len(want) {
		bad("columns 应有 %d 项", len(want))
	} else {
		for i := range want {
			if c.Columns[i] != string(want[i]) {
				bad("columns 第 %d 项应为 %s", i+1, want[i])
			}
		}
	}
	errs = append(errs, c.validateCategories()...)
	return errors.Join(errs...)
}

func (c *Campaign) validateCategories() []error {
	var errs []error
	if len(c.Categories) == 0 {
		errs = append(errs, errors.New("活动文件没有 category"))
	}
	seen := map[string]string{}
	for _, k := range c.Categories {
		for _, n := range append([]string{k.Name}, k.Synonyms...) {
			if strings.TrimSpace(n) == "" {
				errs = append(errs, errors.New("category 有空的名称"))
				continue
			}
			if other, ok := seen[n]; ok && other != k.Name {
				errs = append(errs, fmt.Errorf("“%s”同时属于 %s 和 %s", n, other, k.Name))
			}
			seen[n] = k.Name
		}
	}
	errs = append(errs, c.validateConditions()...)
	names := c.CategoryNames()
	for i, a := range c.Awards {
		if a.Title == "" || a.Applicant == "" || a.Year == 0 {
			errs = append(errs, fmt.Errorf("award 第 %d 项缺少 year、title 或 applicant", i+1))
		}
		if a.Category != "" && !slices.Contains(names, a.Category) {
			errs = append(errs, fmt.Errorf("award 第 %d 项的 category 不在类别之列：%s", i+1, a.Category))
		}
	}
	return errs
}

func (c *Campaign) validateConditions() []error {
	var errs []error
	for _, k := range c.Categories {
		for _, cond := range k.Conditions {
			if strings.TrimSpace(cond.Name) == "" || strings.TrimSpace(cond.Text) == "" {
				errs = append(errs, fmt.Errorf("%s 的 condition 缺少 name 或 text", k.Name))
			}
			if cond.Published < 0 || cond.Published > 50 || cond.Published > 0 && len(cond.Evidence) == 0 {
				errs = append(errs, fmt.Errorf("%s 的条件“%s”：published 须为 0 至 50，并写明 evidence", k.Name, cond.Name))
			}
			for _, w := range slices.Concat(cond.Against, cond.Unless, cond.Evidence) {
				if strings.TrimSpace(w) == "" {
					errs = append(errs, fmt.Errorf("%s 的条件“%s”有空的词", k.Name, cond.Name))
				}
			}
		}
	}
	return errs
}
