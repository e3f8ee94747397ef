package correspondence

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"jinggao/app/report"
	"jinggao/app/submission"
	"jinggao/app/submission/wordfile"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// Return is what one applicant is asked to mend. Nothing in it quotes in full what
// was found, and nothing tells of other applicants.
type Return struct {
	Applicant string
	Titles    []string
	Rows      []Mend // about the table
	Files     []Mend // about documents
	Stop      bool   // a document of theirs must not be used further
}

// Mend is one thing to mend.
type Mend struct {
	Where string // 项目《…》申报时间; name of the document and place
	What  string
	Do    string
}

// Returns gathers by applicant what is to be mended, in the order of the table. in
// is the case as for a report; more are further problems of rows (hints, missing
// attachments). scan is the engine's ScanText: what it finds in a line of a note is
// masked; nil leaves this out. Applicants with nothing to mend are left out.
func Returns(in report.Input, more []submission.Problem, scan submission.Scanner) []Return {
	g := &gatherer{in: in, scan: scan, at: map[string]int{}, row: map[string]int{}}
	for i := range in.Rows {
		r := &in.Rows[i]
		g.row[r.ID] = i
		ret := g.of(r.Applicant)
		ret.Titles = append(ret.Titles, g.safe(r.Title))
	}
	problems := slices.Concat(in.Problems, more, submission.SensitiveProblems(in.Rows, g.openCells()))
	for i := range problems {
		g.problem(&problems[i])
	}
	for i := range in.Files {
		g.file(&in.Files[i])
	}
	var out []Return
	for _, r := range g.out {
		if len(r.Rows)+len(r.Files) > 0 {
			out = append(out, r)
		}
	}
	return out
}

type gatherer struct {
	in   report.Input
	scan submission.Scanner
	out  []Return
	at   map[string]int // by name of the applicant
	row  map[string]int // by ID
}

func (g *gatherer) of(applicant string) *Return {
	name := strings.TrimSpace(applicant)
	i, ok := g.at[name]
	if !ok {
		i = len(g.out)
		g.at[name] = i
		g.out = append(g.out, Return{Applicant: orElse(g.safe(name), "（申报主体未填）")})
	}
	return &g.out[i]
}

// openCells are the findings in the table that nobody has decided to leave.
func (g *gatherer) openCells() []submission.CellFinding {
	var out []submission.CellFinding
	for _, c := range g.in.Cells {
		if !left(g.in.CellBy[c.Finding.Fingerprint]) {
			out = append(out, c)
		}
	}
	return out
}

// left tells that a finding stays as it is by decision.
func left(d redact.Decision) bool {
	return d.Action == redact.ActionIgnore || d.Action == redact.ActionNotAMark
}

func (g *gatherer) problem(p *submission.Problem) {
	i, ok := g.row[p.RowID]
	if !ok {
		return
	}
	if p.Mend != "" && p.Level == submission.Warning && (p.Kind == submission.KindCategory || p.Kind == submission.KindTime) {
		return // spelling only: the office mends it with a click
	}
	r := &g.in.Rows[i]
	m := Mend{Where: "项目《" + g.safe(orElse(r.Title, "名称未填")) + "》", What: p.Message, Do: do(p.Kind)}
	if p.Column != "" {
		m.Where += " " + string(p.Column)
	}
	switch p.Kind {
	case submission.KindDuplicate, submission.KindNearDuplicate, submission.KindTwoCategories:
		m.What = g.likeness(p, r) // the other row may be somebody else's
	case submission.KindSensitive:
		m.What, _, _ = strings.Cut(p.Message, "，建议")
	case submission.KindText, submission.KindMerged:
		return // the office mends these itself
	case submission.KindCondition, submission.KindPrevious:
		// words of the campaign, published as they stand
	default:
		m.What = g.safe(m.What)
	}
	ret := g.of(r.Applicant)
	ret.Rows = append(ret.Rows, m)
}

func (g *gatherer) likeness(p *submission.Problem, r *submission.Row) string {
	own := false
	if j, ok := g.row[p.Other]; ok {
		own = strings.TrimSpace(g.in.Rows[j].Applicant) == strings.TrimSpace(r.Applicant)
	}
	switch {
	case p.Kind == submission.KindTwoCategories:
		return "同一成果按两个类别申报，每项成果只可选择一个类别"
	case own:
		return "与本单位申报的另一项目名称相同或相近，疑似重复申报"
	}
	return "与其他申报主体的项目名称相同或相近，请核对是否为联合申报"
}

// do says what to do about a kind of problem.
func do(k submission.Kind) string {
	switch k {
	case submission.KindMissing:
		return "请补填"
	case submission.KindCategory, submission.KindTwoCategories:
		return "请选定一个类别"
	case submission.KindDuplicate, submission.KindNearDuplicate:
		return "请说明，重复的请撤回"
	case submission.KindDeadline, submission.KindOutOfRange, submission.KindTime:
		return "请核对在申报网站提交的日期"
	case submission.KindPhone:
		return "请核对号码"
	case submission.KindApplicant:
		return "请填写与公章一致的全称"
	case submission.KindLong:
		return "请精简"
	case submission.KindPrevious:
		return "请说明与往年获奖成果的区别"
	case submission.KindSensitive:
		return "请删除或作概括表述，并检查网上申报的内容"
	case submission.KindCondition:
		return "请对照条件补充说明，或改选类别"
	case submission.KindNoFiles:
		return "请补交申报材料"
	}
	return "请核对"
}

// file adds what was found in a document to every applicant that it belongs to.
func (g *gatherer) file(f *report.File) {
	seen := map[string]bool{}
	for _, n := range f.Rows {
		if n < 1 || n > len(g.in.Rows) {
			continue
		}
		if a := strings.TrimSpace(g.in.Rows[n-1].Applicant); !seen[a] {
			seen[a] = true
			g.fileOf(g.of(a), f)
		}
	}
}

func (g *gatherer) fileOf(r *Return, f *report.File) {
	name := g.safe(f.Attachment.Name)
	if len(f.Withdrawn()) > 0 {
		r.Stop = true
		r.Files = append(r.Files, Mend{Where: name, What: "材料不宜作为申报材料使用，本单位不再留存和传递", Do: "请停止使用和传递，立即报告本单位保密工作机构和定密责任人；需要的内容请依据可公开的材料另行起草，经保密审查后报送"})
		return
	}
	if f.Scan != nil {
		for i := range f.Scan.Files {
			if x := f.Scan.Files[i].Refused; x != nil {
				r.Files = append(r.Files, Mend{Where: name, What: g.safe(x.What), Do: "请重新提供可以打开、未加密的文件"})
			}
		}
	}
	r.Files = append(r.Files, g.findings(name, f)...)
}

// maxPlaces is how many places of one kind a note names.
const maxPlaces = 5

// findings sums up the findings at S1–S3 of a document by rule.
func (g *gatherer) findings(name string, f *report.File) []Mend {
	type kind struct {
		first  finding.Finding
		places []string
		n      int
	}
	byRule := map[string]*kind{}
	var order []string
	for _, x := range f.Findings() {
		if x.Level == finding.S4 || left(f.Decisions[x.Fingerprint]) {
			continue
		}
		k := byRule[x.Rule]
		if k == nil {
			k = &kind{first: x}
			byRule[x.Rule] = k
			order = append(order, x.Rule)
		}
		k.n++
		if len(k.places) < maxPlaces {
			k.places = append(k.places, fmt.Sprintf("%s“%s”", x.Where, report.Mask(&x)))
		}
	}
	var out []Mend
	for _, id := range order {
		k := byRule[id]
		what := fmt.Sprintf("%s %d 处：%s", k.first.Name, k.n, strings.Join(k.places, "、"))
		if k.n > len(k.places) {
			what += "等"
		}
		m := Mend{Where: name, What: g.safe(what), Do: "请删除或作遮盖、概括处理"}
		if k.first.Hidden != "" {
			m.Do = "请清除后另存"
		}
		out = append(out, m)
	}
	return out
}

// names are the rules for names of persons: a team is called by one, and the note
// goes to the very people.
var names = map[string]bool{"I18": true, "I19": true}

// safe masks in a line of a note whatever the engine finds in it.
func (g *gatherer) safe(text string) string {
	if g.scan == nil || text == "" {
		return text
	}
	rs := []rune(text)
	fs := g.scan("", text)
	slices.SortFunc(fs, func(a, b finding.Finding) int { return b.Start - a.Start })
	end := len(rs)
	for i := range fs {
		f := &fs[i]
		if f.Level == finding.S4 || names[f.Rule] || f.Start < 0 || f.Start >= f.End || f.End > end {
			continue
		}
		rs = slices.Concat(rs[:f.Start], []rune(report.Mask(f)), rs[f.End:])
		end = f.Start
	}
	return string(rs)
}

// ReturnInput is what a note of return says besides what is to be mended.
type ReturnInput struct {
	Campaign *submission.Campaign
	Office   Office
	Until    string // ISO day; "" is the campaign's deadline
	Date     time.Time
}

// WriteReturn writes the note to one applicant as a Word document.
func WriteReturn(w io.Writer, in ReturnInput, r Return) error {
	l := &letter{}
	l.title("申报材料修改说明")
	l.to(r.Applicant)
	l.body(fmt.Sprintf("你单位申报%s的材料收悉。经核对，下列内容请修改后，于 %s前重新报送%s。", in.Campaign.Name, submission.Day(orElse(in.Until, in.Campaign.Deadline)), orElse(in.Office.Name, "我单位")))
	l.body("所涉项目：" + strings.Join(r.Titles, "；") + "。")
	section := 0
	table := func(title, where string, ms []Mend) {
		if len(ms) == 0 {
			return
		}
		section++
		l.head(number(section) + "、" + title)
		rows := make([][]string, len(ms))
		for i, m := range ms {
			rows[i] = []string{strconv.Itoa(i + 1), m.Where, m.What, m.Do}
		}
		l.d.Table([]wordfile.Column{{Head: "序号", Width: 9}, {Head: where, Width: 27, Left: true}, {Head: "问题", Width: 38, Left: true}, {Head: "请办理", Width: 26, Left: true}}, 12, rows)
	}
	table("统计表", "位置", r.Rows)
	table("申报材料", "文件", r.Files)
	section++
	l.head(number(section) + "、注意事项")
	notes := []string{submission.Reminder, "本说明中的片段均已遮盖，请按位置对照原件。已在网上申报的，请同步修改网上内容。"}
	if r.Stop {
		notes = append(notes, "所列不宜使用的材料，请勿再通过互联网、电子邮件或即时通信工具发送，并按保密规定处理。")
	}
	l.list(notes)
	if who := person(in.Office); who != "" {
		l.body(who + "。")
	}
	l.sign(in.Office, in.Date)
	return l.d.Write(w)
}

// FileName is the name under which the note of an applicant is written; n is its
// number, from 1.
func (r *Return) FileName(n int) string {
	return fmt.Sprintf("%02d_%s_修改说明.docx", n, fileName(r.Applicant))
}
