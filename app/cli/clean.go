package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/manifest"
	"jinggao/sanitize/redact"
)

// cleanCmd is `clean`.
type cleanCmd struct {
	Out            string   `name:"out" required:""`
	Decisions      string   `name:"decisions"`
	Words          []string `name:"words" sep:"none"`
	Allow          []string `name:"allow" sep:"none"`
	AllowS1        bool     `name:"allow-s1"`
	AllowUnchecked bool     `name:"allow-unchecked"`
	Pseudonyms     bool     `name:"pseudonyms"`
	Layer          bool     `name:"pdf-layer"`
	Text           bool     `name:"pdf-text"`
	Word           bool     `name:"pdf-word"`
	DPI            int      `name:"dpi" enum:"0,150,200,300" default:"0"`
	Paths          []string `arg:"" name:"路径" sep:"none"`
}

// cleanedLine and refusedLine are the two kinds of output lines.
type cleanedLine struct {
	Type       string         `json:"type"`
	File       string         `json:"file"`
	Out        string         `json:"out"`
	Also       []string       `json:"also,omitempty"` // files beside it
	Treated    int            `json:"treated"`
	ByRule     map[string]int `json:"by_rule,omitempty"`
	Removed    []string       `json:"removed"`
	Unchecked  []string       `json:"unchecked"`
	Exceptions int            `json:"exceptions,omitempty"`
	SHA256     string         `json:"sha256"`
	SM3        string         `json:"sm3"`
	Verified   bool           `json:"verified"`
}

type refusedLine struct {
	Type   string `json:"type"`
	File   string `json:"file"`
	Error  string `json:"error"`
	Detail string `json:"detail,omitempty"`
}

// made is what became of one input.
type made struct {
	path     string
	prepared *sanitize.Prepared
	err      error
}

// Run cleans.
func (c *cleanCmd) Run(d *desk) error {
	decisions, err := readDecisions(c.Decisions)
	if err != nil {
		return err
	}
	e, err := d.open(c.Words, c.Allow)
	if err != nil {
		return err
	}
	defer func() { _ = e.Close() }()
	e.Warm(d.ctx)
	rules := e.Rules()
	log := manifest.New(Version, manifest.Rules{Version: rules.Version, Digest: rules.Digest}, time.Now())
	log.Adjust(rules.Adjustments)
	run := &cleanRun{desk: d, lines: newLines(d.out), log: log, decisions: decisions}
	job := sanitize.Job{
		Dir: c.Out, Decisions: decisions, AllowS1: c.AllowS1, AllowUnchecked: c.AllowUnchecked,
		DPI: c.DPI, Layer: c.Layer, Text: c.Text, Word: c.Word,
	}
	if c.Pseudonyms {
		job.Pseudonyms = redact.NewPseudonyms()
		if err := c.note(d.ctx, e, job); err != nil {
			return err
		}
	}
	work := func(ctx context.Context, x entry) made {
		if x.refused != nil {
			return made{path: x.path, err: x.refused}
		}
		job := job
		job.Path = x.path
		p, err := e.Prepare(ctx, job, nil)
		return made{x.path, p, err}
	}
	err = ordered(d.ctx, walk(c.Paths, c.Out), e.Workers(), work, run.take)
	if run.count > 0 {
		if werr := run.list(c.Out); werr != nil {
			d.say("清单未能写入：%s", document.AsRefusal(werr).Error())
			d.exit = max(d.exit, ExitRefused)
		}
		run.look()
	} else if err == nil {
		d.say("%s", nothingFound)
	}
	return err
}

// note enters the names of all inputs, in order, before the first copy is made.
func (c *cleanCmd) note(ctx context.Context, e *sanitize.Engine, job sanitize.Job) error {
	for x := range walk(c.Paths, c.Out) {
		if x.refused != nil {
			continue
		}
		job.Path = x.path
		if err := e.Note(ctx, job); err != nil {
			return fmt.Errorf("note names: %w", err)
		}
	}
	return nil
}

// cleanRun writes what comes out of the workers.
type cleanRun struct {
	desk      *desk
	lines     lines
	log       *manifest.Log
	decisions []redact.Decision
	count     int
}

// take commits one copy, or says why there is none.
func (r *cleanRun) take(m made) error {
	r.count++
	var c *sanitize.Cleaned
	err := m.err
	if err == nil {
		c, err = m.prepared.Commit()
	}
	if err != nil {
		return r.refuse(m.path, err)
	}
	r.log.Add(c, r.decisions)
	for _, x := range c.Rejected {
		r.desk.say("%s：决定未采用，%s", m.path, x)
	}
	var also []string
	for _, x := range c.Also {
		also = append(also, x.Out)
	}
	return r.lines.write(cleanedLine{
		Type: "cleaned", File: c.In, Out: c.Out, Also: also, Treated: c.Treated, ByRule: c.ByRule, Removed: manifest.Removals(c.Removed),
		Unchecked: manifest.Messages(c.Unchecked), Exceptions: len(c.Exceptions), SHA256: c.SHA256, SM3: c.SM3, Verified: true,
	})
}

func (r *cleanRun) refuse(path string, err error) error {
	if r.desk.ctx.Err() != nil {
		return r.desk.ctx.Err()
	}
	line := refusedLine{Type: "refused", File: path, Error: err.Error()}
	exit := ExitRefused
	var proof *sanitize.ProofError
	var refusal *document.Refusal
	switch {
	case errors.As(err, &proof):
		exit = ExitUnproved
	case errors.As(err, &refusal):
		line.Detail = refusal.Detail
	default:
		refusal = document.AsRefusal(err)
		line.Error, line.Detail = refusal.Error(), refusal.Detail
	}
	r.desk.exit = max(r.desk.exit, exit)
	r.log.Refuse(path, line.Error)
	return r.lines.write(line)
}

// look makes sure at the end that every copy that was said to be made is still there.
func (r *cleanRun) look() {
	for _, path := range r.log.Gone() {
		r.desk.say("%s：副本写出后被移走或改动，请检查输出文件夹后重新处理", path)
		r.desk.exit = max(r.desk.exit, ExitRefused)
	}
}

// list writes the two lists, if the folder is there.
func (r *cleanRun) list(dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil //nolint:nilerr // no copy was written, so there is no folder and nothing to list
	}
	return r.log.Write(dir)
}
