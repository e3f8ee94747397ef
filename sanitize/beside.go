package sanitize

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/worker"
)

// Copy is one more file that belongs to a clean copy: the text of a PDF.
type Copy struct {
	Out    string
	SHA256 string
	SM3    string
}

// companion is a file beside a clean PDF with the treated text of its pages alone.
type companion struct {
	ext  string // .txt, .docx
	data []byte
}

// named is the name of the companion of a clean PDF.
func (c *companion) named(pdf string) string { return strings.TrimSuffix(pdf, path.Ext(pdf)) + c.ext }

// commit writes the companions of a copy under out and records them.
func (p *Prepared) commit(c *Cleaned, out string) error {
	for i := range p.beside {
		b := &p.beside[i]
		at, err := place(p.job.Dir, b.named(base(filepath.ToSlash(out))), b.data)
		if err != nil {
			return err
		}
		also := Copy{Out: at}
		also.SHA256, also.SM3 = digests(b.data)
		c.Also = append(c.Also, also)
	}
	return nil
}

// withdraw removes what of a copy has been written: all of its files are there or none.
func (c *Cleaned) withdraw() {
	_ = os.Remove(c.Out)
	for _, x := range c.Also {
		_ = os.Remove(x.Out)
	}
}

// form is a kind of companion.
type form struct {
	ext   string
	kind  document.Kind
	name  string                   // for people
	fit   func(page string) string // the text of a page as such a file holds it
	write func(pages []string) ([]byte, error)
}

// companions makes and proves the files beside a clean PDF that were asked for.
func (e *Engine) companions(ctx context.Context, job Job, m *making) ([]companion, error) {
	var forms []form
	if job.Text {
		forms = append(forms, form{".txt", "txt", "纯文本", strings.Clone, textFile})
	}
	if job.Word {
		forms = append(forms, form{".docx", "docx", "Word 文件", forWord, fresh.Pages})
	}
	var out []companion
	for _, f := range forms {
		c, err := e.companion(ctx, f, m)
		if err != nil {
			return nil, err
		}
		out = append(out, *c)
	}
	return out, nil
}

// textFile is a text as it is written to disk: UTF-8 with a byte order mark and CRLF
// line ends, an empty line between two pages.
func textFile(pages []string) ([]byte, error) {
	return []byte("\ufeff" + strings.ReplaceAll(strings.Join(pages, "\n\n"), "\n", "\r\n") + "\r\n"), nil
}

// companion makes and proves one file.
func (e *Engine) companion(ctx context.Context, f form, m *making) (*companion, error) {
	pages := make([]string, len(m.built.Text))
	for i, p := range m.built.Text {
		pages[i] = f.fit(p)
	}
	c := &companion{ext: f.ext}
	name := c.named(m.name)
	fail := func(format string, args ...any) error {
		return &ProofError{Problems: []string{"附带的" + f.name + fmt.Sprintf(format, args...)}}
	}
	for round := 0; ; round++ {
		var err error
		if c.data, err = f.write(pages); err != nil {
			return nil, fmt.Errorf("write %s beside a copy: %w", f.kind, err)
		}
		again, err := e.readSource(ctx, document.Source{Name: name, Data: c.data})
		if err != nil {
			if r := asRefusal(ctx, err); r != nil {
				return nil, fail("无法重新读取：%s", r.Error())
			}
			return nil, err
		}
		found, err := e.find(ctx, again)
		if err != nil {
			return nil, err
		}
		left := residual(again, found, m.out.Exceptions)
		if len(left) == 0 {
			return c, e.proveCompanion(ctx, f, m, pages, again, c)
		}
		// What shows only in the running text of all pages goes as well.
		part := again.Part(left[0].Part)
		if round == rounds || part == nil || part.ID == NamePart || part.Hidden != nil {
			return nil, fail("中仍有 %s %s", left[0].Rule, left[0].Name)
		}
		text := []rune(part.Text)
		if solids(text) != solids([]rune(strings.Join(pages, ""))) {
			return nil, fail("与处理后的文字不符")
		}
		more := splicedPages(pages, text, left[0].Span, redact.Fixed)
		if slices.Equal(more, pages) {
			return nil, fail("未能处理完毕")
		}
		pages = more
	}
}

// splicedPages puts a text in place of a span of what the pages read as together: the
// same text but for white space. A span over the end of a page is treated on both.
func splicedPages(pages []string, text []rune, span document.Span, with string) []string {
	from, to := solids(text[:span.Start]), solids(text[:span.End])
	out := slices.Clone(pages)
	at := 0
	for i, p := range pages {
		hit := document.Span{Start: -1}
		for k, r := range []rune(p) {
			if !solid(r) {
				continue
			}
			if at >= from && at < to {
				if hit.Start < 0 {
					hit.Start = k
				}
				hit.End = k + 1
			}
			at++
		}
		if hit.Start >= 0 {
			out[i] = redact.Spliced(p, []document.Edit{{Span: hit, Text: with}})
		}
	}
	return out
}

// proveCompanion looks at a file beside a PDF by other code than made it.
func (e *Engine) proveCompanion(ctx context.Context, f form, m *making, pages []string, again *document.Document, c *companion) error {
	applied := m.out.applied.Document
	want := &document.Document{Parts: []document.Part{{ID: "pages", Role: document.RoleBody, Text: strings.Join(pages, "\n")}}}
	problems := verify.StillHidden(again)
	problems = append(problems, verify.SameText(want, again)...)
	problems = append(problems, verify.StillCovered(applied, again, m.built.Covered)...)
	name := c.named(m.name)
	more, err := e.pool.Prove(ctx, worker.Proof{
		Name: name, Original: m.src.Data, Output: c.data, Kind: f.kind,
		Forbidden: verify.Forbidden(m.out.treated(), m.doc, verify.Visible(applied)+"\n"+name),
	})
	if err != nil {
		if r := asRefusal(ctx, err); r != nil {
			return &ProofError{Problems: []string{"附带的" + f.name + "核验未能完成：" + r.Error()}}
		}
		return err
	}
	if problems = append(problems, more...); len(problems) > 0 {
		return &ProofError{Problems: problems}
	}
	return nil
}

// layerText searches the text layers of a PDF, as they are to be, for what must not be
// published.
func (e *Engine) layerText(ctx context.Context, m *making) ([]string, error) {
	applied := m.out.applied.Document
	doc := &document.Document{Name: m.name, Kind: "pdf"}
	for i, text := range m.built.Text {
		part := document.Part{ID: fmt.Sprintf("page/%d", i+1), Label: fmt.Sprintf("第%d页文字层", i+1), Role: document.RoleBody, Text: text}
		if p := applied.Part(part.ID); p != nil && p.Text == text {
			part.Cells, part.Marks = p.Cells, p.Marks
		}
		doc.Parts = append(doc.Parts, part)
	}
	found, err := e.find(ctx, doc)
	if err != nil {
		return nil, err
	}
	problems := verify.StillCovered(applied, doc, m.built.Covered)
	for _, f := range residual(doc, found, m.out.Exceptions) {
		problems = append(problems, fmt.Sprintf("文字层中仍有 %s %s（%s）", f.Rule, f.Name, f.Where))
	}
	return problems, nil
}
