package cli

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/manifest"
)

// verifyCmd is `verify`. Exit 1: something is left, or a file could not be read.
type verifyCmd struct {
	Manifest string   `name:"manifest"`
	Table    bool     `name:"table"`
	JSON     bool     `name:"json" hidden:""` // always so; taken for symmetry with scan
	Words    []string `name:"words" sep:"none"`
	Allow    []string `name:"allow" sep:"none"`
	Paths    []string `arg:"" name:"路径" sep:"none"`
}

// checked is the result for one file.
type checked struct {
	report *sanitize.Report
	note   string // what the list says against it
	list   string // path of a list, which is no copy
	err    error
}

// Run verifies.
func (c *verifyCmd) Run(d *desk) error {
	var list *manifest.Internal
	if c.Manifest != "" {
		var err error
		if list, err = manifest.Load(c.Manifest); err != nil {
			return wrongCall("清单 %s 无法读取：%s", c.Manifest, unreadList(c.Manifest, err))
		}
	}
	e, err := d.open(c.Words, c.Allow)
	if err != nil {
		return err
	}
	defer func() { _ = e.Close() }()
	e.Warm(d.ctx)
	buf := bufio.NewWriterSize(d.out, 64<<10)
	defer func() { _ = buf.Flush() }()
	l := newLines(buf)
	work := func(ctx context.Context, x entry) checked { return c.one(ctx, e, list, x) }
	count := 0
	err = ordered(d.ctx, walk(c.Paths, ""), e.Workers(), work, func(r checked) error {
		count++
		if r.err != nil {
			return r.err
		}
		if err := write(l, r, d); err != nil {
			return err
		}
		return buf.Flush()
	})
	if err == nil && count == 0 {
		d.say("%s", nothingFound)
	}
	return err
}

func (c *verifyCmd) one(ctx context.Context, e *sanitize.Engine, list *manifest.Internal, x entry) checked {
	if x.refused != nil {
		return checked{report: &sanitize.Report{Path: x.path, Refused: x.refused}}
	}
	if n := filepath.Base(x.path); strings.HasPrefix(n, "清单") && filepath.Ext(n) == ".json" {
		if _, err := manifest.Load(x.path); err == nil {
			return checked{list: x.path} // our own list beside the copies
		}
	}
	var exceptions []finding.Finding
	note := ""
	if list != nil {
		sum, err := digest(x.path)
		if err == nil {
			exceptions = list.ExceptionsFor(sum)
			note = list.Against(filepath.Base(x.path), sum)
		}
	}
	r, err := e.Verify(ctx, x.path, exceptions)
	if err != nil {
		return checked{err: err}
	}
	if c.Table && r.Document != nil {
		r.Findings = sanitize.OutsideContacts(r.Document, r.Findings)
	}
	return checked{report: r, note: note}
}

// unreadList says in Chinese why a list cannot be read, or is none.
func unreadList(path string, err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return whyUnread(path, err)
	}
	return "不是“清单-内部.json”，或内容不完整"
}

func write(l lines, r checked, d *desk) error {
	if r.report == nil {
		d.say("%s：清单，不作为副本复核", r.list)
		return nil
	}
	for i := range r.report.Findings {
		d.exit = ExitFound
		if err := l.write(lineOf(r.report.Path, &r.report.Findings[i])); err != nil {
			return err
		}
	}
	if r.report.Refused != nil {
		d.exit = ExitFound
	}
	sum := summaryOf(r.report, len(r.report.Findings))
	if r.note != "" {
		d.exit = ExitFound
		sum.Error = r.note
	}
	for _, u := range unread(r.report.Document) {
		d.exit = ExitFound
		d.say("%s：%s", r.report.Path, u)
	}
	return l.write(sum)
}

// unread lists members that could not be read: they cannot be called checked.
func unread(doc *document.Document) []string {
	if doc == nil {
		return nil
	}
	var out []string
	for _, u := range doc.Unchecked {
		if u.Kind == "member" && u.Blocking {
			out = append(out, u.Message)
		}
	}
	return out
}

func digest(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
