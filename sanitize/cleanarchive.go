package sanitize

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/format/archive"
	"jinggao/sanitize/redact"
)

// archive cleans each member and packs the copies into a new zip. A member that
// must not be copied stops the whole archive; one that cannot be read is left out
// only with AllowUnchecked.
func (e *Engine) archive(ctx context.Context, src document.Source, job Job, p Progress) (*piece, error) {
	depth, _ := ctx.Value(depthKey{}).(int)
	if depth >= document.MaxDepth {
		return nil, &document.Refusal{What: "压缩包嵌套超过 3 层，未处理", Do: "请解压后分别处理"}
	}
	ctx = context.WithValue(ctx, depthKey{}, depth+1)
	c, err := e.pool.Members(ctx, src)
	if err != nil {
		return nil, err
	}
	made := &piece{byRule: map[string]int{}}
	if err := e.archiveName(ctx, src, job, made); err != nil {
		return nil, err
	}
	if c.Comment != "" {
		made.removed = append(made.removed, document.Removal{Kind: "压缩包注释", Count: 1})
	}
	var packed []archive.Member
	taken := map[string]bool{}
	for i, m := range c.Members {
		p(i, len(c.Members), base(m.Name))
		one, err := e.member(ctx, m, job)
		if err != nil {
			r := asRefusal(ctx, err)
			var proof *ProofError
			if r == nil || errors.As(err, &proof) {
				return nil, err
			}
			var block *redact.Block
			found := errors.As(err, &block)
			if found || !job.AllowUnchecked {
				return nil, memberRefusal(m.Name, r, found)
			}
			made.unchecked = append(made.unchecked, document.Unchecked{Kind: "member", Message: "压缩包内有成员无法读取，未放入副本：" + r.What})
			continue
		}
		one.name = unique(one.name, taken)
		made.add(one, one.name)
		packed = append(packed, archive.Member{Name: one.name, Data: one.data})
		for i := range one.beside {
			b := &one.beside[i]
			packed = append(packed, archive.Member{Name: unique(b.named(one.name), taken), Data: b.data})
		}
	}
	if len(packed) == 0 {
		return nil, &document.Refusal{What: "压缩包内没有可以处理的文件，未生成副本", Do: "请解压后分别处理"}
	}
	if made.data, err = archive.Pack(packed); err != nil {
		return nil, fmt.Errorf("pack archive: %w", err)
	}
	return made, e.proveArchive(ctx, made, len(packed))
}

// memberRefusal says which member stops the archive.
func memberRefusal(name string, r *document.Refusal, found bool) error {
	out := &document.Refusal{What: fmt.Sprintf("压缩包内“%s”不能处理，整包未生成副本：%s", name, r.What), Why: r.Why, Do: r.Do, Detail: r.Detail}
	if found {
		return &redact.Block{Refusal: out}
	}
	return out
}

type depthKey struct{}

// archiveName treats the archive's own name.
func (e *Engine) archiveName(ctx context.Context, src document.Source, job Job, made *piece) error {
	doc := &document.Document{Name: src.Name, Kind: "zip"}
	addNames(doc)
	out, err := e.plan(ctx, doc, job)
	if err != nil {
		return err
	}
	applied := out.applied
	made.add(&piece{treated: len(out.Treated), byRule: out.ByRule(), exceptions: out.Exceptions, rejected: out.Rejected}, "")
	name := src.Name
	for _, ext := range []string{".tar.gz", ".TAR.GZ"} { // two extensions, one format
		if s, ok := strings.CutSuffix(name, ext); ok {
			name = s + ".gz"
			applied.Document.Parts[0].Text = strings.TrimSuffix(applied.Document.Parts[0].Text, ext) + ".gz"
		}
	}
	made.name = cleanName(applied.Document.Part(NamePart), name, ".zip")
	return nil
}

func (e *Engine) member(ctx context.Context, m archive.Member, job Job) (*piece, error) {
	if m.Refused != nil {
		return nil, m.Refused
	}
	job.Boxes, job.Added = nil, job.Inside[m.Name] // boxes given so belong to the file itself
	job.Inside = within(job.Inside, m.Name)
	return e.piece(ctx, document.Source{Name: m.Name, Data: m.Data}, job, func(int, int, string) {})
}

// within gives the marks inside a member that is an archive itself.
func within(marks map[string][]finding.Finding, member string) map[string][]finding.Finding {
	var out map[string][]finding.Finding
	for name, fs := range marks {
		if rest, ok := strings.CutPrefix(name, member+"!"); ok {
			if out == nil {
				out = map[string][]finding.Finding{}
			}
			out[rest] = fs
		}
	}
	return out
}

// unique keeps two members from getting the same name once theirs are treated.
func unique(name string, taken map[string]bool) string {
	ext := ""
	stem := name
	if i := strings.LastIndexByte(name, '.'); i > strings.LastIndexByte(name, '/') {
		stem, ext = name[:i], name[i:]
	}
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s（%d）%s", stem, n, ext)
	}
	taken[strings.ToLower(name)] = true
	return name
}

// proveArchive reads the packed copy again: every member there, readable, nothing in it.
func (e *Engine) proveArchive(ctx context.Context, made *piece, members int) error {
	doc, err := e.readSource(ctx, document.Source{Name: made.name, Data: made.data})
	if err != nil {
		if r := asRefusal(ctx, err); r != nil {
			return &ProofError{Problems: []string{"副本无法重新读取：" + r.Error()}}
		}
		return err
	}
	reports, err := e.reports(ctx, made.name, doc)
	if err != nil {
		return err
	}
	var problems []string
	if len(doc.Members) != members {
		problems = append(problems, "副本中的成员数与处理结果不符")
	}
	for _, r := range reports {
		if r.Refused != nil {
			problems = append(problems, "副本中有成员无法读取："+r.Refused.Error())
			continue
		}
		for _, f := range residual(r.Document, r.Findings, made.exceptions) {
			problems = append(problems, fmt.Sprintf("副本中仍有 %s %s（%s）", f.Rule, f.Name, f.Where))
		}
	}
	if len(problems) > 0 {
		return &ProofError{Problems: problems}
	}
	return nil
}
