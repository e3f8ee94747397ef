package session_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinggao/app/submission"
	"jinggao/app/ui/session"
)

// TestAttachmentsAreHeldAgainstTheConditions reads a document in which the works are
// too new, and takes its row away from it.
func TestAttachmentsAreHeldAgainstTheConditions(t *testing.T) {
	b := newBench(t)
	r := submission.NewRow()
	r.Applicant, r.Category, r.Title, r.Time, r.Contact, r.Phone = "澄淞大学", "基础研究", "可解释建模", "2026-05-03", "陆念一", "021-55500010"
	if err := b.s.InsertRows("新增", 0, []submission.Row{r}); err != nil {
		t.Fatal(err)
	}
	kinds := func() map[submission.Kind]int {
		b.settle()
		out := map[submission.Kind]int{}
		for _, p := range b.s.Problems() {
			out[p.Kind]++
		}
		return out
	}
	if k := kinds(); k[submission.KindNoFiles]+k[submission.KindCondition] != 0 {
		t.Errorf("without attachments: %v", k)
	}
	file := filepath.Join(b.dir, "说明.txt")
	if err := os.WriteFile(file, []byte("论文于2025年6月发表。\n"+strings.Repeat("本成果面向共性难题。", 30)), 0o600); err != nil {
		t.Fatal(err)
	}
	id := b.s.Rows()[0].ID
	b.s.AddPaths([]string{file}, []string{id}, func(session.Added, error) {})
	if k := kinds(); k[submission.KindCondition] != 1 || k[submission.KindNoFiles] != 0 {
		t.Errorf("with an attachment: %v", k)
	}
	if err := b.s.Link([]string{b.s.Attachments()[0].ID}, nil); err != nil {
		t.Fatal(err)
	}
	if k := kinds(); k[submission.KindCondition] != 0 || k[submission.KindNoFiles] != 1 || k[submission.KindNoRow] != 1 {
		t.Errorf("with the tie cut: %v", k)
	}
}
