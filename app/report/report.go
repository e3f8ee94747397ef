// Package report writes what a case has come to: the 审查报告 for the office's own
// files, and the 提示单 for a document that must not be used. Neither ever quotes
// in full what was found.
package report

import (
	"slices"
	"sort"
	"strings"
	"time"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/rule"
)

// Output is what became of one attachment on export. The zero value means that no
// copy was made.
type Output struct {
	Name      string // base name of the clean copy
	SHA256    string
	SM3       string
	Treated   int
	Removed   []document.Removal
	Unchecked []document.Unchecked
	Allowed   []finding.Finding // let stand by the allow list
	Verified  bool
	Refused   *document.Refusal // why there is no copy
}

// File is an attachment with everything that is known of it.
type File struct {
	Attachment casefile.Attachment
	Rows       []int // numbers of its rows in the table, from 1
	Scan       *casefile.Scan
	Decisions  map[string]redact.Decision // by fingerprint
	Ticks      map[string]casefile.Tick   // by item
	Output     *Output                    // nil before an export
}

// Input is everything that goes into a report.
type Input struct {
	Info     casefile.Info
	Campaign *submission.Campaign
	Program  string // version of the program
	Rules    string // version or digest of the rules
	// Adjustments says in what the rules differ from those that the program brings along.
	Adjustments []rule.Adjustment
	At          time.Time
	Rows        []submission.Row
	Problems    []submission.Problem
	Cells       []submission.CellFinding
	CellBy      map[string]redact.Decision // decisions about findings in the table
	Files       []File
	History     []casefile.Event // newest first
}

// FromCase gathers a report's input from an open case. outputs is by attachment ID
// and may be nil; scan is the engine's ScanText and may be nil.
func FromCase(c *casefile.Case, camp *submission.Campaign, outputs map[string]Output, scan submission.Scanner) (Input, error) {
	in := Input{Info: c.Info(), Campaign: camp, At: time.Now(), Rows: c.Rows(), CellBy: map[string]redact.Decision{}}
	in.Problems = submission.Check(in.Rows, in.Info.Header, camp)
	if scan != nil {
		in.Cells = submission.ScanRows(in.Rows, in.Info.Header, scan)
	}
	for _, d := range c.Decisions(casefile.RowsFile) {
		in.CellBy[d.Fingerprint] = d
	}
	number := map[string]int{}
	for i := range in.Rows {
		number[in.Rows[i].ID] = i + 1
	}
	for _, a := range c.Attachments() {
		f := File{Attachment: a, Decisions: map[string]redact.Decision{}, Ticks: c.Ticks(a.ID)}
		for _, id := range c.RowsOf(a.ID) {
			f.Rows = append(f.Rows, number[id])
		}
		for _, d := range c.Decisions(a.ID) {
			f.Decisions[d.Fingerprint] = d
		}
		var err error
		if f.Scan, err = c.Scan(a.ID); err != nil {
			return Input{}, err
		}
		if o, ok := outputs[a.ID]; ok {
			f.Output = &o
		}
		in.Files = append(in.Files, f)
	}
	var err error
	in.History, err = c.History(0)
	return in, err
}

// Findings are the findings of a file in the order of its parts.
func (f *File) Findings() []finding.Finding { return f.Scan.Findings() }

// Withdrawn lists the findings for which the whole file is to be withdrawn (整件移出)
// and which were not corrected by two persons.
func (f *File) Withdrawn() []finding.Finding {
	var out []finding.Finding
	for _, x := range f.Findings() {
		if x.Withdraw && !corrected(f.Decisions[x.Fingerprint]) {
			out = append(out, x)
		}
	}
	return out
}

// corrected tells a finding that two persons, with a reason, found to be no mark.
func corrected(d redact.Decision) bool {
	return d.Action == redact.ActionNotAMark && d.By != "" && d.Confirmed != "" && d.By != d.Confirmed && strings.TrimSpace(d.Reason) != ""
}

// Unchecked lists what nobody read: of the scan, and what the copy still holds.
func (f *File) Unchecked() []document.Unchecked {
	var out []document.Unchecked
	seen := map[string]bool{}
	add := func(us []document.Unchecked) {
		for _, u := range us {
			if !seen[u.Message] {
				seen[u.Message] = true
				out = append(out, u)
			}
		}
	}
	if f.Scan != nil {
		for i := range f.Scan.Files {
			add(f.Scan.Files[i].Unchecked)
		}
	}
	if f.Output != nil {
		add(f.Output.Unchecked)
	}
	return out
}

// Exception is a finding that stays as it is by decision.
type Exception struct {
	File     string
	Finding  finding.Finding
	Decision redact.Decision
}

// Exceptions lists what was left in the documents and in the table by decision.
func (in *Input) Exceptions() []Exception {
	var out []Exception
	keep := func(file string, f finding.Finding, d redact.Decision) {
		if d.Action == redact.ActionIgnore || d.Action == redact.ActionNotAMark {
			out = append(out, Exception{file, f, d})
		}
	}
	for i := range in.Files {
		for _, f := range in.Files[i].Findings() {
			keep(in.Files[i].Attachment.Name, f, in.Files[i].Decisions[f.Fingerprint])
		}
	}
	for _, c := range in.Cells {
		keep("申报情况统计表", c.Finding, in.CellBy[c.Finding.Fingerprint])
	}
	return out
}

// Mask shows that something was there without saying what: credentials not at all,
// anything else by its first character and, in long digits, its last two.
func Mask(f *finding.Finding) string {
	rs := []rune(strings.TrimSpace(f.Text))
	switch {
	case len(rs) == 0:
		return ""
	case f.Group == "H", f.Hidden != "" && len(rs) > 20:
		return "＊＊＊"
	case len(rs) <= 2:
		return string(rs[:1]) + "＊"
	case len(rs) >= 11 && digits(rs) >= 9:
		return string(rs[:3]) + "＊＊＊" + string(rs[len(rs)-2:])
	}
	return string(rs[:1]) + "＊＊＊"
}

func digits(rs []rune) int {
	n := 0
	for _, r := range rs {
		if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
			n++
		}
	}
	return n
}

// Treatment says in Chinese what is done with a finding, and what stands there
// afterwards.
func Treatment(f *finding.Finding, d redact.Decision) (word, after string) {
	switch d.Action {
	case redact.ActionMask:
		return "掩码", f.Suggest
	case redact.ActionReplace:
		return "替换", d.Text
	case redact.ActionGeneralise:
		return "泛化", orElse(d.Text, f.Suggest)
	case redact.ActionDelete:
		return "删除", ""
	case redact.ActionIgnore:
		return "已忽略", "保留原文"
	case redact.ActionNotAMark:
		return "认定非密级标志", "保留原文"
	}
	switch {
	case f.Withdraw:
		return "整件移出", ""
	case f.Hidden != "":
		return "清除", ""
	case f.Level == finding.S4:
		return "仅提示", "保留原文"
	}
	return "待处理", ""
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// LevelWord gives the level with its meaning.
func LevelWord(l finding.Level) string {
	switch l {
	case finding.S1:
		return "S1 阻断"
	case finding.S2:
		return "S2 高"
	case finding.S3:
		return "S3 中"
	case finding.S4:
		return "S4 提示"
	}
	return l.String()
}

// count is findings by level, and how many of them are still open.
type count struct {
	level [5]int
	open  int
	total int
}

func (c *count) add(f *finding.Finding, d redact.Decision) {
	c.total++
	if f.Level >= 1 && f.Level <= 4 {
		c.level[f.Level]++
	}
	if word, _ := Treatment(f, d); word == "待处理" {
		c.open++
	}
}

func (f *File) count() count {
	var c count
	fs := f.Findings()
	for i := range fs {
		c.add(&fs[i], f.Decisions[fs[i].Fingerprint])
	}
	return c
}

// byLevel orders findings heaviest first, else as they stand.
func byLevel(fs []finding.Finding) []finding.Finding {
	out := slices.Clone(fs)
	sort.SliceStable(out, func(i, j int) bool { return out[i].Level < out[j].Level })
	return out
}
