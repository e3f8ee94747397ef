package sanitize

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/format"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/worker"
)

// ProofError says that a copy was made but did not pass its proof; nothing was left on disk.
type ProofError struct {
	Problems []string // Chinese, without document text
}

// Error gives the problems as one Chinese line.
func (p *ProofError) Error() string {
	return "核验未通过，未生成副本：" + strings.Join(p.Problems, "；")
}

// Prepared is a clean copy that has passed its proof and is still in memory.
type Prepared struct {
	job     Job
	cleaned Cleaned
	data    []byte
	name    string
	beside  []companion
}

// Clean makes, proves and writes one copy, see API. A copy that fails its proof is a *ProofError.
func (e *Engine) Clean(ctx context.Context, job Job, p Progress) (*Cleaned, error) {
	made, err := e.Prepare(ctx, job, p)
	if err != nil {
		return nil, err
	}
	return made.Commit()
}

// Prepare does all of Clean but the writing, so that many copies can be made at once
// and written in order. Errors as for Clean.
func (e *Engine) Prepare(ctx context.Context, job Job, p Progress) (*Prepared, error) {
	if p == nil {
		p = func(int, int, string) {}
	}
	src, err := load(job.Path)
	if err != nil {
		return nil, err
	}
	made, err := e.piece(ctx, src, job, p)
	if err != nil {
		return nil, err
	}
	c := Cleaned{
		In: job.Path, Treated: made.treated, ByRule: made.byRule, Removed: made.removed,
		Unchecked: made.unchecked, Exceptions: made.exceptions, Allowed: made.allowed, Rejected: made.rejected,
	}
	c.SHA256, c.SM3 = digests(made.data)
	c.InSHA256, c.InSM3 = digests(src.Data)
	return &Prepared{job: job, cleaned: c, data: made.data, name: base(made.name), beside: made.beside}, nil
}

// Commit writes the copy under a name of its own. Errors are *document.Refusal.
func (p *Prepared) Commit() (*Cleaned, error) {
	out, err := place(p.job.Dir, p.name, p.data)
	if err != nil {
		return nil, err
	}
	c := p.cleaned
	c.Out = out
	if err := p.commit(&c, out); err != nil {
		c.withdraw()
		return nil, err
	}
	return &c, nil
}

// piece is a clean copy of a file or an archive member.
type piece struct {
	name       string // cleaned, with the new extension; path inside the archive for members
	data       []byte
	beside     []companion
	treated    int
	byRule     map[string]int
	removed    []document.Removal
	unchecked  []document.Unchecked
	exceptions []finding.Finding
	allowed    []finding.Finding
	rejected   []string
}

// add takes the account of a member over.
func (p *piece) add(m *piece, label string) {
	p.treated += m.treated
	for r, n := range m.byRule {
		p.byRule[r] += n
	}
	p.removed = mergeRemoved(p.removed, m.removed)
	for _, u := range m.unchecked {
		u.Message = label + "：" + u.Message
		p.unchecked = append(p.unchecked, u)
	}
	p.exceptions = append(p.exceptions, m.exceptions...)
	p.allowed = append(p.allowed, m.allowed...)
	p.rejected = append(p.rejected, m.rejected...)
}

func mergeRemoved(a, b []document.Removal) []document.Removal {
	for _, r := range b {
		if i := slices.IndexFunc(a, func(x document.Removal) bool { return x.Kind == r.Kind }); i >= 0 {
			a[i].Count += r.Count
		} else {
			a = append(a, r)
		}
	}
	return a
}

// piece makes and proves the copy of one source.
func (e *Engine) piece(ctx context.Context, src document.Source, job Job, p Progress) (*piece, error) {
	if format.IsArchive(format.Sniff(src)) {
		return e.archive(ctx, src, job, p)
	}
	p(0, stages, "读取")
	doc, err := e.readSource(pages(ctx, p, 0, "读取"), src)
	if err != nil {
		return nil, err
	}
	p(1, stages, "检查")
	out, err := e.plan(ctx, doc, job)
	if err != nil {
		return nil, err
	}
	applied := out.applied
	p(2, stages, "生成副本")
	drawn := 0
	if doc.Kind == "pdf" {
		sha, _ := digests(src.Data)
		mine := redact.Boxes(job.Decisions, sha)
		out.Plan.Boxes = append(slices.Clone(out.Plan.Boxes), mine...)
		drawn = len(out.Plan.Boxes)
	}
	plan := out.Plan
	plan.Layer = job.Layer && doc.Kind == "pdf"
	plan.Text = doc.Kind == "pdf" && (job.Text || job.Word || job.Layer)
	plan.Edits = slices.DeleteFunc(slices.Clone(plan.Edits), func(x document.Edit) bool { return x.Part == NamePart })
	built, err := e.pool.Rebuild(pages(ctx, p, 2, "生成副本"), src, plan)
	if err != nil {
		return nil, err
	}
	p(3, stages, "核验")
	name := cleanName(applied.Document.Part(NamePart), src.Name, built.Ext)
	m := &making{src: src, doc: doc, out: out, plan: plan, built: built, name: name}
	if err := e.prove(pages(ctx, p, 3, "核验"), m); err != nil {
		return nil, err
	}
	made := &piece{
		name: name, data: built.Data, treated: len(out.Treated), byRule: out.ByRule(), removed: built.Removed,
		unchecked: append(slices.Clone(built.Unchecked), out.persons...), exceptions: out.Exceptions, allowed: out.allowed, rejected: out.Rejected,
	}
	if drawn > 0 {
		made.treated += drawn
		made.byRule[redact.RuleBox] += drawn
	}
	if plan.Text {
		if made.beside, err = e.companions(ctx, job, m); err != nil {
			return nil, err
		}
	}
	if job.AllowUnchecked {
		made.unchecked = mergeUnchecked(made.unchecked, doc.Unchecked)
	}
	p(4, stages, "完成")
	return made, nil
}

// stages is how many stages the making of a copy has.
const stages = 4

// pages has the pages of a stage told to p.
func pages(ctx context.Context, p Progress, stage int, what string) context.Context {
	return document.WithSteps(ctx, func(done, total int) {
		if total > 1 {
			p(stage, stages, fmt.Sprintf("%s 第%d/%d页", what, done, total))
		}
	})
}

// mergeUnchecked adds the blocking entries that a person has let pass.
func mergeUnchecked(have, from []document.Unchecked) []document.Unchecked {
	for _, u := range from {
		if u.Blocking && !slices.ContainsFunc(have, func(x document.Unchecked) bool { return x.Message == u.Message }) {
			have = append(have, u)
		}
	}
	return have
}

// tried is a plan that has been tried on the text.
type tried struct {
	*redact.Outcome
	applied *redact.Applied
	persons []document.Unchecked // what is left for a person to look at
	allowed []finding.Finding    // what the allow list lets stand
}

// rounds is how often a plan is tried and widened before the proof decides.
const rounds = 4

// plan makes the plan and tries it on the text: what shows only then (a phrase that
// a deletion has put together, a context that is left) is added until nothing is left.
func (e *Engine) plan(ctx context.Context, doc *document.Document, job Job) (*tried, error) {
	found, err := e.all(ctx, doc)
	if err != nil {
		return nil, err
	}
	out, err := e.try(ctx, doc, found, e.policy(doc, job), nil, nil)
	if err != nil {
		return nil, err
	}
	out.Plan.Boxes, out.Plan.DPI = job.Boxes, job.DPI
	return out, nil
}

// policy is what a plan for a document is made under.
func (e *Engine) policy(doc *document.Document, job Job) redact.Policy {
	return redact.Policy{
		AllowS1: job.AllowS1, AllowUnchecked: job.AllowUnchecked, Rule: e.Rules().Rule,
		Decisions: job.Decisions, Added: added(doc, job.Added), Pseudonyms: job.Pseudonyms,
	}
}

// try makes a plan and tries it. Open are findings that the plan leaves alone because
// nobody has decided them: they may be there afterwards. Draft is told of the first
// plan; it may be nil.
func (e *Engine) try(ctx context.Context, doc *document.Document, found []finding.Finding, policy redact.Policy, open []finding.Finding, draft func(*redact.Outcome)) (*tried, error) {
	for round := 0; ; round++ {
		out, err := redact.Plan(doc, found, policy)
		if err != nil {
			return nil, err
		}
		if draft != nil && round == 0 {
			draft(out)
		}
		applied := redact.Apply(doc, out.Plan)
		again, allowed, err := e.findAll(ctx, applied.Document)
		if err != nil {
			return nil, err
		}
		left := residual(applied.Document, again, out.Exceptions)
		if len(open) > 0 {
			left = beside(left, open, applied)
		}
		if len(left) == 0 || round == rounds {
			return &tried{out, applied, redact.Persons(again, out.Exceptions), allowed}, nil
		}
		for i := range left {
			x := document.Edit{Part: left[i].Part, Span: applied.Back(left[i].Part, left[i].Span), Text: redact.Fixed}
			if round > 1 {
				x.Text = ""
			}
			policy.Extra = append(policy.Extra, x)
		}
	}
}

// all detects in a document and in the documents embedded in it; what is found in
// those counts as hidden: it blocks, and goes with the object.
func (e *Engine) all(ctx context.Context, doc *document.Document) ([]finding.Finding, error) {
	reports, err := e.reports(ctx, doc.Name, doc)
	if err != nil {
		return nil, err
	}
	var out []finding.Finding
	for i, r := range reports {
		for _, f := range r.Findings {
			if i > 0 {
				f.Hidden, f.Part = "嵌入对象", ""
			}
			out = append(out, f)
		}
	}
	return out, nil
}

// added keeps the hand-marked places that this document has.
func added(doc *document.Document, marks []finding.Finding) []finding.Finding {
	return slices.DeleteFunc(slices.Clone(marks), func(f finding.Finding) bool { return doc.Part(f.Part) == nil })
}

// residual is what of a second detection counts: S1–S3 with a phrase, not excepted,
// and no table whose personal columns are masked already.
func residual(doc *document.Document, found, exceptions []finding.Finding) []finding.Finding {
	left := map[string]int{}
	for i := range exceptions {
		left[key(&exceptions[i])]++
	}
	var out []finding.Finding
	for i := range found {
		f := &found[i]
		if f.Level > finding.S3 || f.Hidden == "" && redact.Wordless(f) || redact.Settled(doc, f) {
			continue
		}
		if left[key(f)] > 0 {
			left[key(f)]--
			continue
		}
		out = append(out, *f)
	}
	return out
}

// key tells findings apart that may be excepted.
func key(f *finding.Finding) string {
	return f.Rule + "\x00" + strings.Join(strings.Fields(f.Text), "")
}

// making is a copy with all that it was made of.
type making struct {
	src   document.Source
	doc   *document.Document // as it was read
	out   *tried
	plan  document.Plan // as it was carried out
	built *document.Rebuilt
	name  string // of the copy
}

// treated are the texts that had to go.
func (t *tried) treated() []string {
	out := make([]string, len(t.Treated))
	for i := range t.Treated {
		out[i] = t.Treated[i].Text
	}
	return out
}

// prove looks at a copy: read again, detected again, compared, searched in every layer.
func (e *Engine) prove(ctx context.Context, m *making) error {
	out, built, name := m.out, m.built, m.name
	again, err := e.readSource(ctx, document.Source{Name: name, Data: built.Data})
	if err != nil {
		if r := asRefusal(ctx, err); r != nil {
			return &ProofError{Problems: []string{"副本无法重新读取：" + r.Error()}}
		}
		return err
	}
	found, err := e.find(ctx, again)
	if err != nil {
		return err
	}
	problems := verify.StillHidden(again)
	for _, f := range residual(again, found, out.Exceptions) {
		problems = append(problems, fmt.Sprintf("副本中仍有 %s %s（%s）", f.Rule, f.Name, f.Where))
	}
	if built.Kind != "pdf" {
		problems = append(problems, verify.SameText(out.applied.Document, again)...)
	}
	if m.plan.Layer {
		more, err := e.layerText(ctx, m)
		if err != nil {
			return err
		}
		problems = append(problems, more...)
	}
	expected := verify.Visible(out.applied.Document) + "\n" + name
	more, err := e.pool.Prove(ctx, worker.Proof{
		Name: name, Original: m.src.Data, Output: built.Data, Kind: built.Kind,
		Forbidden: verify.Forbidden(out.treated(), m.doc, expected), Boxes: built.Boxes, DPI: out.Plan.DPI,
		Layer: m.plan.Layer, Plan: m.plan, Text: built.Text,
	})
	if err != nil {
		if r := asRefusal(ctx, err); r != nil {
			return &ProofError{Problems: []string{"核验未能完成：" + r.Error()}}
		}
		return err
	}
	if problems = append(problems, more...); len(problems) > 0 {
		return &ProofError{Problems: problems}
	}
	return nil
}

// RuleCounts lists the treated rules in order, for reports.
func (c *Cleaned) RuleCounts() []string { return slices.Sorted(maps.Keys(c.ByRule)) }

// cleanName gives the output's name: the treated name with the new extension. The
// folders of a member's path are kept as they were treated.
func cleanName(treated *document.Part, original, ext string) string {
	name := original
	if treated != nil {
		name = treated.Text
	}
	dir, file := "", name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		dir, file = name[:i+1], name[i+1:]
	}
	stem := strings.TrimSuffix(file, filepath.Ext(original))
	if len(filepath.Ext(original)) > 12 {
		stem = file
	}
	stem = strings.TrimRight(strings.TrimSpace(safeName.Replace(stem)), ".")
	if stem == "" {
		stem = "文件"
	}
	return safeFolder(dir) + stem + ext
}

// safeName swaps the signs that file names may not hold on Windows.
var safeName = strings.NewReplacer("*", "＊", "?", "？", ":", "：", `"`, "”", "<", "＜", ">", "＞", "|", "｜", "/", "／", `\`, "＼", "\n", " ", "\t", " ", "\x00", "")

func safeFolder(dir string) string {
	if dir == "" {
		return ""
	}
	parts := strings.Split(strings.TrimSuffix(dir, "/"), "/")
	for i, p := range parts {
		if p = strings.TrimRight(strings.TrimSpace(safeName.Replace(p)), "."); p == "" {
			p = "文件夹"
		}
		parts[i] = p
	}
	return strings.Join(parts, "/") + "/"
}
