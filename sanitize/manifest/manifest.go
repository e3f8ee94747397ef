// Package manifest writes the two lists beside clean copies: 清单.json, which may be
// sent along and speaks of outputs only, and 清单-内部.json, which stays in the
// office and says what each came from and how it was treated.
package manifest

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/rule"
)

// Names of the lists.
const (
	PublicName   = "清单.json"
	InternalName = "清单-内部.json"
)

// Rules names the rule set that was in force.
type Rules struct {
	Version string `json:"version"`
	Digest  string `json:"digest"`
}

// File is one output as the public list names it.
type File struct {
	Out    string `json:"out"` // base name
	SHA256 string `json:"sha256"`
	SM3    string `json:"sm3"`
}

// Public is 清单.json.
type Public struct {
	Program string `json:"program"`
	Version string `json:"version"`
	Rules   Rules  `json:"rules"`
	Made    string `json:"made"` // RFC 3339
	Files   []File `json:"files"`
}

// Exception is a finding that was left in by decision.
type Exception struct {
	Rule        string `json:"rule"`
	Name        string `json:"name"`
	Level       string `json:"level"`
	Where       string `json:"where"`
	Text        string `json:"text"`
	Fingerprint string `json:"fingerprint"`
	Action      string `json:"action"`
	Reason      string `json:"reason"`
	By          string `json:"by"`
	Confirmed   string `json:"confirmed,omitempty"`
}

// Entry is one output as the internal list names it.
type Entry struct {
	File
	In         string         `json:"in"`
	InSHA256   string         `json:"in_sha256"`
	InSM3      string         `json:"in_sm3"`
	Made       string         `json:"made"`
	Rules      Rules          `json:"rules"`
	Treated    int            `json:"treated"`
	ByRule     map[string]int `json:"treatments,omitempty"`
	Removed    []string       `json:"removed,omitempty"`
	Unchecked  []string       `json:"unchecked,omitempty"`
	Exceptions []Exception    `json:"exceptions,omitempty"`
	Allowed    []Exception    `json:"allowed,omitempty"` // let stand by the allow list
	Rejected   []string       `json:"rejected_decisions,omitempty"`
}

// Refused is an input of which there is no copy.
type Refused struct {
	In    string `json:"in"`
	Error string `json:"error"`
}

// Internal is 清单-内部.json.
type Internal struct {
	Program string    `json:"program"`
	Version string    `json:"version"`
	Rules   Rules     `json:"rules"`
	Made    string    `json:"made"`
	Files   []Entry   `json:"files"`
	Refused []Refused `json:"refused,omitempty"`
	// Adjustments says, by the digest of a rule set, in what it differs from the
	// built-in rules: 规则调整, 规则包, 词库, 白名单.
	Adjustments map[string][]rule.Adjustment `json:"adjustments,omitempty"`
}

// Log collects what a run made.
type Log struct {
	internal Internal
	written  []written
}

// written is an output where it was put.
type written struct{ path, sha256 string }

// New starts a log for a program version and a rule set.
func New(version string, rules Rules, at time.Time) *Log {
	return &Log{internal: Internal{Program: "净稿", Version: version, Rules: rules, Made: at.Format(time.RFC3339)}}
}

// Adjust records in what the rules in force differ from the built-in ones.
func (l *Log) Adjust(list []rule.Adjustment) {
	if len(list) > 0 {
		l.internal.Adjustments = map[string][]rule.Adjustment{l.internal.Rules.Digest: list}
	}
}

// Add records a copy; decisions give the exceptions their reasons and persons.
func (l *Log) Add(c *sanitize.Cleaned, decisions []redact.Decision) {
	by := map[string]redact.Decision{}
	for _, d := range decisions {
		by[d.Fingerprint] = d
	}
	e := Entry{
		File: File{Out: filepath.Base(c.Out), SHA256: c.SHA256, SM3: c.SM3}, In: c.In, InSHA256: c.InSHA256, InSM3: c.InSM3,
		Made: l.internal.Made, Rules: l.internal.Rules, Treated: c.Treated, ByRule: c.ByRule,
		Removed: Removals(c.Removed), Unchecked: Messages(c.Unchecked), Rejected: c.Rejected,
	}
	for i := range c.Exceptions {
		f := &c.Exceptions[i]
		d := by[f.Fingerprint]
		e.Exceptions = append(e.Exceptions, Exception{
			Rule: f.Rule, Name: f.Name, Level: f.Level.String(), Where: f.Where, Text: f.Text, Fingerprint: f.Fingerprint,
			Action: string(d.Action), Reason: d.Reason, By: d.By, Confirmed: d.Confirmed,
		})
	}
	for i := range c.Allowed {
		f := &c.Allowed[i]
		x := Exception{Rule: f.Rule, Name: f.Name, Level: f.Level.String(), Where: f.Where, Text: f.Text, Fingerprint: f.Fingerprint, Action: "allow"}
		if n := len(f.Reasons); n > 0 {
			x.Reason = f.Reasons[n-1].Text
		}
		e.Allowed = append(e.Allowed, x)
	}
	l.internal.Files = append(l.internal.Files, e)
	l.written = append(l.written, written{c.Out, c.SHA256})
	for _, x := range c.Also {
		l.written = append(l.written, written{x.Out, x.SHA256})
		e := e
		e.File = File{Out: filepath.Base(x.Out), SHA256: x.SHA256, SM3: x.SM3}
		l.internal.Files = append(l.internal.Files, e)
	}
}

// Refuse records an input of which there is no copy.
func (l *Log) Refuse(in, why string) {
	l.internal.Refused = append(l.internal.Refused, Refused{In: in, Error: why})
}

// Gone gives the paths of the outputs of this run that are no longer where they were
// put, or no longer what they were: the folder was moved, the drive is away, or
// somebody changed them meanwhile.
func (l *Log) Gone() []string {
	var out []string
	for _, w := range l.written {
		data, err := os.ReadFile(w.path)
		if err != nil || fmt.Sprintf("%x", sha256.Sum256(data)) != w.sha256 {
			out = append(out, w.path)
		}
	}
	return out
}

// Removals gives removals as 批注 3.
func Removals(rs []document.Removal) []string {
	out := make([]string, 0, len(rs))
	for _, r := range rs {
		out = append(out, fmt.Sprintf("%s %d", r.Kind, r.Count))
	}
	return out
}

// Messages gives the texts of unchecked entries.
func Messages(us []document.Unchecked) []string {
	out := make([]string, 0, len(us))
	for _, u := range us {
		out = append(out, u.Message)
	}
	return out
}

// Write puts both lists into dir. Lists of earlier runs there are continued; a file
// of that name that is no list of ours is left alone, and the list gets another name.
func (l *Log) Write(dir string) error {
	all := l.internal
	path, old, err := find(dir, InternalName, func(b []byte) (Internal, bool) {
		var o Internal
		return o, json.Unmarshal(b, &o) == nil && o.Program == "净稿" && load(b, &o)
	})
	if err != nil {
		return err
	}
	all.Files = append(old.Files, all.Files...)
	all.Refused = append(old.Refused, all.Refused...)
	if len(old.Adjustments) > 0 {
		all.Adjustments = maps.Clone(all.Adjustments)
		if all.Adjustments == nil {
			all.Adjustments = map[string][]rule.Adjustment{}
		}
		for digest, list := range old.Adjustments {
			if all.Adjustments[digest] == nil {
				all.Adjustments[digest] = list
			}
		}
	}
	if err := write(path, all); err != nil {
		return err
	}
	pub := Public{Program: all.Program, Version: all.Version, Rules: all.Rules, Made: all.Made, Files: []File{}}
	for _, f := range all.Files {
		pub.Files = append(pub.Files, f.File)
	}
	path, _, err = find(dir, PublicName, func(b []byte) (Public, bool) {
		var o Public
		return o, json.Unmarshal(b, &o) == nil && o.Program == "净稿"
	})
	if err != nil {
		return err
	}
	return write(path, pub)
}

func load(b []byte, into *Internal) bool { return json.Unmarshal(b, into) == nil }

// find gives the path of a list in dir and what it holds so far.
func find[T any](dir, name string, parse func([]byte) (T, bool)) (string, T, error) {
	ext := filepath.Ext(name)
	stem := name[:len(name)-len(ext)]
	for n := 1; ; n++ {
		p := filepath.Join(dir, name)
		if n > 1 {
			p = filepath.Join(dir, fmt.Sprintf("%s（%d）%s", stem, n, ext))
		}
		b, err := os.ReadFile(p)
		var none T
		if errors.Is(err, fs.ErrNotExist) {
			return p, none, nil
		}
		if err != nil {
			return "", none, fmt.Errorf("read list: %w", err)
		}
		if old, ok := parse(b); ok {
			return p, old, nil
		}
	}
}

// write replaces a list in one step.
func write(path string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("encode list: %w", err)
	}
	return sanitize.Replace(path, append(b, '\n'))
}

// Load reads 清单-内部.json.
func Load(path string) (*Internal, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read list: %w", err)
	}
	var in Internal
	if err := json.Unmarshal(b, &in); err != nil {
		return nil, fmt.Errorf("decode list: %w", err)
	}
	return &in, nil
}

// ExceptionsFor gives the recorded exceptions of the output with the given digest.
func (in *Internal) ExceptionsFor(sha256 string) []finding.Finding {
	var out []finding.Finding
	for _, e := range in.Files {
		if e.SHA256 != sha256 {
			continue
		}
		for _, x := range slices.Concat(e.Exceptions, e.Allowed) {
			out = append(out, finding.Finding{Rule: x.Rule, Name: x.Name, Text: x.Text, Where: x.Where})
		}
		break
	}
	return out
}

// Against says what the list holds against a file: its name is there, but with
// another digest. "" if nothing.
func (in *Internal) Against(name, sha256 string) string {
	named := false
	for _, e := range in.Files {
		if e.SHA256 == sha256 {
			return ""
		}
		named = named || e.Out == name
	}
	if named {
		return "文件与清单所记摘要不符，生成后被改动过"
	}
	return ""
}
