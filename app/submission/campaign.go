package submission

import "time"

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

// Word is the word in the head of an official column: that of the campaign, which may
// name its columns otherwise (申报单位 for 申报主体). Other columns keep their names.
func (c *Campaign) Word(col Column) string {
	for i, o := range Official() {
		if o == col && i < len(c.Columns) {
			return c.Columns[i]
		}
	}
	return string(col)
}
