package redact

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// Policy is what a plan is made under.
type Policy struct {
	AllowS1        bool
	AllowUnchecked bool
	Rule           func(id string) *rule.Rule // nil results are rules that are no longer known
	Decisions      []Decision
	// Added are places marked by people; they are treated like findings.
	Added []finding.Finding
	// Extra are places that only showed once the plan had been tried; they get Fixed, or go.
	Extra []document.Edit
	// Pseudonyms numbers masked names and stand-ins consistently; nil: it is not asked for.
	Pseudonyms *Pseudonyms
}

// Outcome is a plan and what it means.
type Outcome struct {
	Plan       document.Plan
	Treated    []finding.Finding // visible findings that the plan treats
	Exceptions []finding.Finding // left in by decision of a person
	Rejected   []string          // decisions that do not hold, and why (Chinese)
}

// Persons lists what of a detection on the treated text is for a person to look at:
// findings at S1–S3 without a phrase, unless they are excepted.
func Persons(found, exceptions []finding.Finding) []document.Unchecked {
	var out []document.Unchecked
	for i := range found {
		f := &found[i]
		if f.Level > finding.S3 || f.Hidden != "" || !Wordless(f) || slices.ContainsFunc(exceptions, func(x finding.Finding) bool { return x.Rule == f.Rule && x.Text == f.Text }) {
			continue
		}
		out = append(out, document.Unchecked{Kind: "person", Message: fmt.Sprintf("%s %s（%s），须人工核定", f.Rule, f.Name, f.Where)})
	}
	return out
}

// ByRule counts the treated findings of each rule.
func (o *Outcome) ByRule() map[string]int {
	out := map[string]int{}
	for i := range o.Treated {
		out[o.Treated[i].Rule]++
	}
	return out
}

// coverRule is about text that somebody thought to have covered. In Office files the
// covered text is a hidden place like any other and leaves no trace in a copy; in a
// PDF it may be the page itself, and a person decides.
const coverRule = "N08"

// onlyCover tells a cover that goes with its text, which is searched on its own.
func onlyCover(doc *document.Document, f *finding.Finding) bool {
	return f.Rule == coverRule && f.Hidden != "" && doc.Kind != "pdf"
}

// Block is a refusal for what was found, as against what could not be read.
type Block struct{ *document.Refusal }

// Unwrap gives the refusal.
func (b *Block) Unwrap() error { return b.Refusal }

// Plan makes the plan for one document. It returns a *document.Refusal (within a
// *Block where it is for a finding) where there must be no copy: something that is withdrawn whole, an S1 finding without
// AllowS1, or something unread without AllowUnchecked.
func Plan(doc *document.Document, found []finding.Finding, p Policy) (*Outcome, error) {
	out := &Outcome{}
	decisions := p.byFingerprint()
	items := map[string][]item{}
	var withdraw, blocked []finding.Finding
	all := append(slices.Clone(found), p.Added...)
	for i := range all {
		f := all[i]
		d := out.valid(decisions[f.Fingerprint], &f)
		if d.leaves() {
			if f.Hidden == "" {
				out.Exceptions = append(out.Exceptions, f)
			}
			continue
		}
		switch {
		case f.Withdraw:
			withdraw = append(withdraw, f)
		case onlyCover(doc, &f):
		case f.Level == finding.S1 && !p.AllowS1 && (d == nil || strings.TrimSpace(d.Confirmed) == ""):
			blocked = append(blocked, f)
		case f.Level == finding.S4 && d == nil && i < len(found):
		case f.Hidden != "": // goes with its place
		default:
			out.treat(doc, &f, d, p, items)
		}
	}
	if r := refusal(doc, withdraw, blocked, p); r != nil {
		return nil, r
	}
	for _, e := range p.Extra {
		items[e.Part] = append(items[e.Part], item{span: e.Span, text: e.Text, decided: true})
	}
	for i := range doc.Parts {
		part := &doc.Parts[i]
		if part.Hidden == nil {
			out.Plan.Edits = append(out.Plan.Edits, edits(doc.Kind, part, items[part.ID])...)
		}
	}
	if doc.Kind == "ofd" {
		starred(doc, out.Plan.Edits)
	}
	return out, nil
}

func (p *Policy) byFingerprint() map[string]*Decision {
	out := map[string]*Decision{}
	for i := range p.Decisions {
		out[p.Decisions[i].Fingerprint] = &p.Decisions[i]
	}
	return out
}

// valid gives the decision if it holds for the finding; else it is noted and nil.
func (o *Outcome) valid(d *Decision, f *finding.Finding) *Decision {
	if d == nil {
		return nil
	}
	if why := d.invalid(f); why != "" {
		o.Rejected = append(o.Rejected, fmt.Sprintf("%s %s：%s", f.Rule, f.Where, why))
		return nil
	}
	return d
}

// Holds tells whether there is a decision and it may be carried out on a finding, a
// confirmation that an S1 finding needs beside it left out of account.
func (d *Decision) Holds(f *finding.Finding) bool { return d != nil && d.invalid(f) == "" }

// leaves tells the decision of a person that the text stays as it is.
func (d *Decision) leaves() bool {
	return d != nil && (d.Action == ActionIgnore || d.Action == ActionNotAMark)
}

// starred makes every edit one star a character: a page whose glyphs have fixed
// places bears no text of another length.
func starred(doc *document.Document, edits []document.Edit) {
	texts := map[string][]rune{}
	for i := range edits {
		e := &edits[i]
		if e.Part == namePart {
			continue
		}
		t, ok := texts[e.Part]
		if !ok {
			t = []rune(doc.Part(e.Part).Text)
			texts[e.Part] = t
		}
		e.Text = strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return r
			}
			return '＊'
		}, string(t[e.Start:e.End]))
	}
}

// namePart is the part that holds the file's name, which bears any text.
const namePart = "name"

// treat adds what is to be done about one visible finding.
func (o *Outcome) treat(doc *document.Document, f *finding.Finding, d *Decision, p Policy, items map[string][]item) {
	r := p.Rule(f.Rule)
	if Wordless(f) && d == nil {
		return // if it is still there afterwards, a person looks at it: Persons
	}
	part := doc.Part(f.Part)
	if part == nil || part.Hidden != nil {
		return
	}
	o.Treated = append(o.Treated, *f)
	if d == nil && columnwise(r, f) {
		if list := columns(part, f, p.Pseudonyms); len(list) > 0 {
			items[f.Part] = append(items[f.Part], list...)
			return
		}
	}
	it := item{span: f.Span, text: p.Pseudonyms.Text(f.Text, replacement(r, f, d)), rank: int(f.Level), decided: d != nil}
	it.words = r != nil && it.text != "" && it.text == r.Treatment.Text
	items[f.Part] = append(items[f.Part], widen(part, it, scopeOf(r, d))...)
}

// replacement is the text that takes the place of a finding.
func replacement(r *rule.Rule, f *finding.Finding, d *Decision) string {
	if d == nil {
		if r == nil && f.Suggest != "" {
			return f.Suggest
		}
		return Suggest(r, f)
	}
	switch d.Action {
	case ActionDelete:
		return ""
	case ActionReplace, ActionGeneralise:
		if d.Text != "" {
			return d.Text
		}
		if r != nil && r.Treatment.Text != "" {
			return r.Treatment.Text
		}
		return Fixed
	}
	if d.Text != "" {
		return d.Text
	}
	if r != nil {
		return Mask(r.Treatment.Mask, f.Text)
	}
	return Fixed
}

// invalid says why a decision does not hold for a finding; "" if it does.
func (d *Decision) invalid(f *finding.Finding) string {
	by, second := strings.TrimSpace(d.By), strings.TrimSpace(d.Confirmed)
	switch d.Action {
	case ActionMask, ActionReplace, ActionGeneralise, ActionDelete:
		return ""
	case ActionIgnore:
		switch {
		case f.Withdraw:
			return "密级标志不可忽略"
		case strings.TrimSpace(d.Reason) == "":
			return "忽略须写明理由"
		case f.Level <= finding.S2 && (by == "" || second == "" || by == second):
			return "忽略须经办、复核两人具名"
		}
		return ""
	case ActionNotAMark:
		switch {
		case !f.Withdraw && f.Group != "A":
			return "该项不是密级标志"
		case strings.TrimSpace(d.Reason) == "" || by == "" || second == "" || by == second:
			return "认定非密级标志须经办、复核两人具名并写明理由"
		}
		return ""
	}
	return "决定 " + string(d.Action) + " 无效"
}

// refusal says why there must be no copy, nil if there may be one.
func refusal(doc *document.Document, withdraw, blocked []finding.Finding, p Policy) error {
	switch {
	case len(withdraw) > 0:
		return &Block{&document.Refusal{
			What: "含密级标志或国家秘密内容，整件移出，不生成副本", Why: places(withdraw),
			Do: "请停止使用该件，交保密审查机构和定密责任人处理；确属误报的，由经办、复核两人认定后再试",
		}}
	case len(blocked) > 0:
		return &Block{&document.Refusal{What: "含须阻断的内容，未生成副本", Why: places(blocked), Do: "请由复核人书面决定后处理（命令行为 --allow-s1）"}}
	}
	if p.AllowUnchecked {
		return nil
	}
	for _, u := range doc.Unchecked {
		if u.Blocking {
			return &document.Refusal{What: "有内容无法读取，未生成副本", Why: u.Message, Do: "请人工查看后决定是否放行（命令行为 --allow-unchecked）"}
		}
	}
	return nil
}

// places names the first rules and places, without any document text.
func places(fs []finding.Finding) string {
	var out []string
	for i := range fs {
		s := fs[i].Rule + " " + fs[i].Name
		if fs[i].Where != "" {
			s += "（" + fs[i].Where + "）"
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if n := len(out); n > 5 {
		return strings.Join(out[:5], "、") + fmt.Sprintf(" 等 %d 处", n)
	}
	return strings.Join(out, "、")
}
