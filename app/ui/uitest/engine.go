// Package uitest holds what the tests of the window share: an engine that finds a
// few words in plain text files, and a loop that stands for the goroutine of the
// window. Nothing else imports it.
package uitest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/rule"
)

// Engine finds the words of Terms in text files. Files with a name that begins
// with "坏" are refused.
type Engine struct {
	Terms map[string]Term

	mu    sync.Mutex
	rules *rule.Set
	scans []string
	jobs  []sanitize.Job
	drawn []Drawn
	// Made, if set, is called with the path of every copy just written.
	Made func(out string)
}

// Term is what the engine says about a word.
type Term struct {
	Rule     string
	Level    finding.Level
	Suggest  string
	Withdraw bool
}

// NewEngine knows a name, a phone number, a password, a mark and a hint.
func NewEngine() *Engine {
	return &Engine{Terms: map[string]Term{
		"张建国":         {"I18", finding.S3, "张某", false},
		"13800138000": {"I03", finding.S2, "138****8000", false},
		"Abc@12345":   {"H01", finding.S1, "", false},
		"机密★10年":      {"A01", finding.S1, "", true},
		"另见":          {"I19", finding.S4, "另见", false},
	}}
}

var _ sanitize.API = (*Engine)(nil)

// Scans are the files read so far, in order; like Jobs and Drawn a copy of the log.
func (e *Engine) Scans() []string { return logged(e, &e.scans) }

// Jobs are the copies asked for.
func (e *Engine) Jobs() []sanitize.Job { return logged(e, &e.jobs) }

// Drawn are the pages asked for.
func (e *Engine) Drawn() []Drawn { return logged(e, &e.drawn) }

func logged[T any](e *Engine, list *[]T) []T {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(*list)
}

// Warm does nothing.
func (e *Engine) Warm(context.Context) {}

// Close does nothing.
func (e *Engine) Close() error { return nil }

// Scan reads a text file.
func (e *Engine) Scan(ctx context.Context, path string) ([]sanitize.Report, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	e.mu.Lock()
	e.scans = append(e.scans, path)
	e.mu.Unlock()
	text, ok := textOf(path)
	if !ok {
		return []sanitize.Report{{Path: path, Refused: &document.Refusal{What: "文件已损坏，无法读取", Why: "内容不完整", Do: "请重新获取原件"}}}, nil
	}
	d := &document.Document{Name: filepath.Base(path), Kind: "txt", Parts: []document.Part{{ID: "body", Label: "正文", Role: document.RoleBody, Text: text}}}
	if strings.Contains(text, "【图】") {
		d.Unchecked = []document.Unchecked{{Kind: "picture", Message: "图片 1 张未识别文字"}}
	}
	if filepath.Ext(path) == ".pdf" { // two pages, the second a picture
		d.Kind, d.Pages = "pdf", 2
		d.Unchecked = []document.Unchecked{{Kind: "page", Message: "第2页为图像，未识别文字", Blocking: true}}
	}
	return []sanitize.Report{{Path: path, Document: d, Findings: e.find("body", "正文", text)}}, nil
}

// textOf reads a file; one whose name begins with 坏 is damaged.
func textOf(path string) (string, bool) {
	b, err := os.ReadFile(path)
	return string(b), err == nil && !strings.HasPrefix(filepath.Base(path), "坏")
}

// SetRules takes rules: words and allow list of the bureau count, as plain text.
func (e *Engine) SetRules(set *rule.Set) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.rules = set
	return nil
}

// Rules is the set that was taken last, nil if none was.
func (e *Engine) Rules() *rule.Set {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.rules
}

// ScanText finds the words in a text.
func (e *Engine) ScanText(label, text string) []finding.Finding { return e.find("", label, text) }

func (e *Engine) find(part, label, text string) []finding.Finding {
	var out []finding.Finding
	for w, t := range e.Terms {
		n, at, runes := utf8.RuneCountInString(w), 0, 0
		for i := strings.Index(text, w); i >= 0; i = strings.Index(text[at:], w) {
			runes += utf8.RuneCountInString(text[at : at+i])
			out = append(out, finding.Finding{
				Rule: t.Rule, Group: t.Rule[:1], Name: "规则" + t.Rule, Level: t.Level, Part: part, Where: label,
				Span: document.Span{Start: runes, End: runes + n}, Text: w, Normal: w, Score: 0.9,
				Reasons:  []finding.Reason{{Text: "词表命中", Delta: 0.9}},
				Withdraw: t.Withdraw, Suggest: t.Suggest,
			})
			at, runes = at+i+len(w), runes+n
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	for i := range out {
		out[i].Fingerprint = fmt.Sprintf("%s/%s/%d", out[i].Rule, out[i].Text, i)
	}
	return out
}

// Clean writes the text with the findings treated.
func (e *Engine) Clean(ctx context.Context, job sanitize.Job, _ sanitize.Progress) (*sanitize.Cleaned, error) {
	e.mu.Lock()
	e.jobs = append(e.jobs, job)
	e.mu.Unlock()
	reports, err := e.Scan(ctx, job.Path)
	if err != nil {
		return nil, err
	}
	if reports[0].Refused != nil {
		return nil, reports[0].Refused
	}
	left := map[string]bool{}
	for _, d := range job.Decisions {
		left[d.Fingerprint] = d.Action == redact.ActionIgnore || d.Action == redact.ActionNotAMark
	}
	text, treated := reports[0].Document.Parts[0].Text, 0
	for _, f := range reports[0].Findings {
		if f.Withdraw && !left[f.Fingerprint] {
			return nil, &document.Refusal{What: "文件带有密级标志，未生成脱敏副本", Do: "请交定密责任人处理"}
		}
		if f.Level == finding.S1 && !job.AllowS1 {
			return nil, &document.Refusal{What: "文件有阻断级命中，未生成脱敏副本"}
		}
		if left[f.Fingerprint] || f.Level == finding.S4 {
			continue
		}
		text = strings.Replace(text, f.Text, job.Pseudonyms.Text(f.Text, f.Suggest), 1)
		treated++
	}
	if err := os.MkdirAll(job.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	out := filepath.Join(job.Dir, filepath.Base(job.Path))
	f, err := os.OpenFile(out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create copy: %w", err)
	}
	if _, err := f.WriteString(text); err != nil {
		return nil, fmt.Errorf("write copy: %w", err)
	}
	made := &sanitize.Cleaned{In: job.Path, Out: out, Treated: treated, SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(text)))}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("close copy: %w", err)
	}
	if e.Made != nil {
		e.Made(out)
	}
	return made, nil
}

// Note enters the names of a file into the book of the job.
func (e *Engine) Note(ctx context.Context, job sanitize.Job) error {
	reports, err := e.Scan(ctx, job.Path)
	if err != nil {
		return err
	}
	return e.NoteRead(ctx, reports, job)
}

// NoteRead enters the names of the findings.
func (e *Engine) NoteRead(ctx context.Context, reports []sanitize.Report, job sanitize.Job) error {
	for i := range reports {
		for _, f := range reports[i].Findings {
			job.Pseudonyms.Text(f.Text, f.Suggest)
		}
	}
	return ctx.Err()
}

// Preview replaces what was decided, in the order of the text.
func (e *Engine) Preview(ctx context.Context, doc *document.Document, found []finding.Finding, job sanitize.Job, draft func(*sanitize.Preview)) (*sanitize.Preview, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	held := map[string]redact.Decision{}
	for _, d := range job.Decisions {
		held[d.Fingerprint] = d
	}
	p := &sanitize.Preview{Tried: true}
	for _, f := range append(found[:len(found):len(found)], job.Added...) {
		d, ok := held[f.Fingerprint]
		leaves := d.Action == redact.ActionIgnore || d.Action == redact.ActionNotAMark
		switch {
		case f.Withdraw && !leaves:
			return &sanitize.Preview{Withheld: &document.Refusal{What: "文件带有密级标志，未生成脱敏副本"}, Tried: true}, nil
		case ok && !leaves:
			p.Plan.Edits = append(p.Plan.Edits, document.Edit{Part: f.Part, Span: f.Span, Text: job.Pseudonyms.Text(f.Text, d.Text)})
		}
	}
	sort.Slice(p.Plan.Edits, func(i, j int) bool { return p.Plan.Edits[i].Start < p.Plan.Edits[j].Start })
	p.Text = redact.Apply(doc, p.Plan)
	if draft != nil {
		draft(&sanitize.Preview{Text: p.Text, Plan: p.Plan})
	}
	return p, nil
}

// Draw draws as Page does; what is burned in comes out black.
func (e *Engine) Draw(ctx context.Context, path, member string, what document.Drawing) (*document.Picture, error) {
	e.mu.Lock()
	e.drawn = append(e.drawn, Drawn{path, member, what})
	e.mu.Unlock()
	p, err := e.Page(ctx, path, what.Page, what.DPI)
	p.Marks = make([][]document.Box, len(what.Marks))
	for i := range what.Marks {
		p.Marks[i] = []document.Box{{Page: what.Page, X0: 100, Y0: 700, X1: 160, Y1: 712}}
	}
	return p, err
}

// Drawn is a page that was asked for.
type Drawn struct {
	Path, Member string
	What         document.Drawing
}

// Page draws a white page of A4 with a black line; every file has two pages.
func (e *Engine) Page(_ context.Context, _ string, page, dpi int) (*document.Picture, error) {
	w, h := 595*dpi/72, 842*dpi/72
	p := &document.Picture{Page: page, Pages: 2, Width: 595, Height: 842, W: w, H: h, Pix: make([]byte, 4*w*h)}
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	for x := range w {
		copy(p.Pix[4*(h/10*w+x):], []byte{0, 0, 0})
	}
	return p, nil
}

// Verify finds what is left in a file.
func (e *Engine) Verify(ctx context.Context, path string, _ []finding.Finding) (*sanitize.Report, error) {
	r, err := e.Scan(ctx, path)
	if err != nil {
		return nil, err
	}
	return &r[0], nil
}

// Loop stands for the goroutine of the window.
type Loop struct{ calls chan func() }

// NewLoop makes a loop.
func NewLoop() *Loop { return &Loop{calls: make(chan func(), 1000)} }

// Post queues a function.
func (l *Loop) Post(f func()) { l.calls <- f }

// Until runs queued functions until stop tells so.
func (l *Loop) Until(stop func() bool) {
	for !stop() {
		(<-l.calls)()
	}
}

// Drain runs what is queued now.
func (l *Loop) Drain() {
	for {
		select {
		case f := <-l.calls:
			f()
		default:
			return
		}
	}
}
