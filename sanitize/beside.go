package sanitize

import (
	"context"
	"fmt"
	"path"
	"strings"

	"jinggao/sanitize/document"
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

// textBeside is the name of the text beside a clean PDF.
func textBeside(name string) string { return strings.TrimSuffix(name, path.Ext(name)) + ".txt" }

// plainText makes and proves the plain text beside a clean PDF, from the treated
// text of its pages alone: UTF-8 with a byte order mark and CRLF line ends.
func (e *Engine) plainText(ctx context.Context, src document.Source, doc *document.Document, out *tried, built *document.Rebuilt, name string) ([]byte, error) {
	name = textBeside(name)
	text := strings.Join(built.Text, "\n\n")
	for round := 0; ; round++ {
		data := textFile(text)
		again, err := e.readSource(ctx, document.Source{Name: name, Data: data})
		if err != nil {
			if r := asRefusal(ctx, err); r != nil {
				return nil, &ProofError{Problems: []string{"附带的纯文本无法重新读取：" + r.Error()}}
			}
			return nil, err
		}
		found, err := e.find(ctx, again)
		if err != nil {
			return nil, err
		}
		left := residual(again, found, out.Exceptions)
		if len(left) == 0 {
			return data, e.proveText(ctx, src, doc, out, built, again, name, data)
		}
		// What shows only in the running text of all pages goes as well.
		part := again.Part(left[0].Part)
		if round == rounds || part == nil || part.ID == NamePart || part.Hidden != nil {
			return nil, &ProofError{Problems: []string{fmt.Sprintf("附带的纯文本中仍有 %s %s", left[0].Rule, left[0].Name)}}
		}
		text = redact.Spliced(part.Text, []document.Edit{{Span: left[0].Span, Text: redact.Fixed}})
		if again.Part(part.ID).Text == text {
			return nil, &ProofError{Problems: []string{"附带的纯文本未能处理完毕"}}
		}
	}
}

// textFile is a text as it is written to disk.
func textFile(text string) []byte {
	return []byte("\ufeff" + strings.ReplaceAll(text, "\n", "\r\n") + "\r\n")
}

// proveText looks at the text file by other code than made it.
func (e *Engine) proveText(ctx context.Context, src document.Source, doc *document.Document, out *tried, built *document.Rebuilt, again *document.Document, name string, data []byte) error {
	problems := verify.StillHidden(again)
	problems = append(problems, verify.StillCovered(out.applied.Document, again, built.Covered)...)
	treated := make([]string, len(out.Treated))
	for i := range out.Treated {
		treated[i] = out.Treated[i].Text
	}
	more, err := e.pool.Prove(ctx, worker.Proof{
		Name: name, Original: src.Data, Output: data, Kind: "txt",
		Forbidden: verify.Forbidden(treated, doc, verify.Visible(out.applied.Document)+"\n"+name),
	})
	if err != nil {
		if r := asRefusal(ctx, err); r != nil {
			return &ProofError{Problems: []string{"附带的纯文本核验未能完成：" + r.Error()}}
		}
		return err
	}
	if problems = append(problems, more...); len(problems) > 0 {
		return &ProofError{Problems: problems}
	}
	return nil
}
