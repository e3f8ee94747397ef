package cli

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// scanCmd is `scan`. Exit 1: findings at S1–S3.
type scanCmd struct {
	JSON  bool     `name:"json"`
	Level string   `name:"level"`
	Words []string `name:"words" sep:"none"`
	Allow []string `name:"allow" sep:"none"`
	Paths []string `arg:"" name:"路径" sep:"none"`
}

// scanned is the result for one entry.
type scanned struct {
	reports []sanitize.Report
	err     error
}

// Run scans.
func (c *scanCmd) Run(d *desk) error {
	level, err := c.level()
	if err != nil {
		return err
	}
	e, err := d.open(c.Words, c.Allow)
	if err != nil {
		return err
	}
	defer func() { _ = e.Close() }()
	e.Warm(d.ctx)
	buf := bufio.NewWriterSize(d.out, 64<<10)
	defer func() { _ = buf.Flush() }()
	s := &scanReport{level: level, out: buf, lines: newLines(buf), json: c.JSON}
	err = scanAll(d.ctx, e, walk(c.Paths, ""), func(r *sanitize.Report) error {
		if err := s.report(r); err != nil {
			return err
		}
		return buf.Flush()
	})
	if err != nil {
		return err
	}
	if s.files == 0 {
		d.say("%s", nothingFound)
	}
	if !c.JSON {
		s.summary()
	}
	d.exit = s.exit()
	return nil
}

func (c *scanCmd) level() (finding.Level, error) {
	if c.Level == "" {
		if c.JSON {
			return finding.S4, nil
		}
		return finding.S3, nil
	}
	if l := rule.ParseLevel(c.Level); l != 0 {
		return l, nil
	}
	return 0, wrongCall("级别 %q 无效，应为 s1 至 s4", c.Level)
}

// scanAll scans entries at once and hands the reports over in order.
func scanAll(ctx context.Context, e *sanitize.Engine, in iter.Seq[entry], emit func(*sanitize.Report) error) error {
	work := func(ctx context.Context, x entry) scanned {
		if x.refused != nil {
			return scanned{reports: []sanitize.Report{{Path: x.path, Refused: x.refused}}}
		}
		rs, err := e.Scan(ctx, x.path)
		return scanned{rs, err}
	}
	return ordered(ctx, in, e.Workers(), work, func(s scanned) error {
		if s.err != nil {
			return s.err
		}
		for i := range s.reports {
			if err := emit(&s.reports[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// scanReport writes findings and counts them.
type scanReport struct {
	level   finding.Level
	out     *bufio.Writer
	lines   lines
	json    bool
	files   int
	refused int
	partial int
	count   [5]int // by level
}

func (s *scanReport) report(r *sanitize.Report) error {
	s.files++
	shown := 0
	var list []*finding.Finding
	for i := range r.Findings {
		f := &r.Findings[i]
		s.count[f.Level]++
		if f.Level <= s.level {
			shown++
			list = append(list, f)
		}
	}
	switch r.Status() {
	case "refused":
		s.refused++
	case "partial":
		s.partial++
	}
	if !s.json {
		s.table(r, list)
		return nil
	}
	for _, f := range list {
		if err := s.lines.write(lineOf(r.Path, f)); err != nil {
			return err
		}
	}
	return s.lines.write(summaryOf(r, shown))
}

func (s *scanReport) table(r *sanitize.Report, list []*finding.Finding) {
	sum := summaryOf(r, len(list))
	switch {
	case r.Refused != nil:
		fmt.Fprintf(s.out, "%s\n  未读取：%s\n", r.Path, sum.Error)
		return
	case len(list) == 0 && len(sum.Unchecked) == 0:
		fmt.Fprintf(s.out, "%s  %s  %d 字  未见敏感内容\n", r.Path, sum.Kind, sum.Characters)
		return
	}
	fmt.Fprintf(s.out, "%s  %s  %d 字  %d 处\n", r.Path, sum.Kind, sum.Characters, len(list))
	for _, f := range list {
		l := lineOf(r.Path, f)
		todo := "→ " + short(l.Suggest, 24)
		switch {
		case f.Withdraw:
			todo = "→ 整件移出"
		case f.Hidden != "":
			todo = "→ 随隐藏内容移除"
		case f.Suggest == "":
			todo = "→ 删除"
		}
		fmt.Fprintf(s.out, "  %s %s %s  [%s]  %s  %s\n", l.Level, l.Rule, l.Name, l.Where, short(l.Text, 40), todo)
	}
	for _, u := range sum.Unchecked {
		fmt.Fprintf(s.out, "  未检：%s\n", u)
	}
	for _, n := range sum.Notes {
		fmt.Fprintf(s.out, "  注意：%s\n", n)
	}
}

func (s *scanReport) summary() {
	fmt.Fprintf(s.out, "%s\n共 %d 个文件：S1 %d 处，S2 %d 处，S3 %d 处，提示 %d 处；未能读取 %d 个，有未检内容 %d 个\n",
		strings.Repeat("─", 40), s.files, s.count[finding.S1], s.count[finding.S2], s.count[finding.S3], s.count[finding.S4], s.refused, s.partial)
}

func (s *scanReport) exit() int {
	switch {
	case s.refused > 0:
		return ExitRefused
	case s.count[finding.S1]+s.count[finding.S2]+s.count[finding.S3] > 0:
		return ExitFound
	}
	return ExitOK
}

// textCmd is `text`.
type textCmd struct {
	File string `arg:"" name:"文件"`
}

// Run prints the text of every part.
func (c *textCmd) Run(d *desk) error {
	if d.engine.Limits.Read == 0 { // whoever calls this verb from a script waits for it
		d.engine.Limits.Read, d.engine.Limits.PerMB = 50*time.Second, time.Nanosecond
	}
	e, err := d.open(nil, nil)
	if err != nil {
		return err
	}
	defer func() { _ = e.Close() }()
	doc, err := e.Read(d.ctx, c.File)
	if err != nil {
		if d.ctx.Err() != nil {
			return err
		}
		d.say("%s", oneLine(document.AsRefusal(err).Error()))
		d.exit = ExitRefused
		return nil
	}
	w := bufio.NewWriterSize(d.out, 64<<10)
	d.text(w, doc)
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write output: %w", err)
	}
	return nil
}

// text prints a document and then the documents inside it.
func (d *desk) text(w *bufio.Writer, doc *document.Document) {
	for i := range doc.Parts {
		p := &doc.Parts[i]
		fmt.Fprintf(w, "== %s\n", oneLine(p.Label))
		for line := range strings.SplitSeq(p.Text, "\n") {
			if strings.HasPrefix(line, "== ") {
				_ = w.WriteByte(' ')
			}
			_, _ = w.WriteString(line)
			_ = w.WriteByte('\n')
		}
	}
	for _, u := range doc.Unchecked {
		d.say("%s", oneLine(u.Message))
	}
	for _, m := range doc.Members {
		fmt.Fprintf(w, "== 附件 %s\n", oneLine(m.Name))
		if m.Refused != nil {
			d.say("附件 %s：%s", oneLine(m.Name), oneLine(m.Refused.Error()))
			continue
		}
		d.text(w, m)
	}
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}
