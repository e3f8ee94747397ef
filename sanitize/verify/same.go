package verify

import (
	"fmt"
	"strings"

	"jinggao/sanitize/document"
)

// running tells parts that a reader of the page sees as text. Names of styles,
// properties and the like are seen by nobody and may be rewritten.
func running(p *document.Part) bool {
	if p.Hidden != nil {
		return false
	}
	switch p.Role {
	case document.RoleBody, document.RoleHeader, document.RoleFooter, document.RoleNote, document.RoleTextBox:
		return true
	}
	return false
}

// Visible joins the visible text of a document; the file's name is no part of it.
func Visible(doc *document.Document) string {
	var b strings.Builder
	for i := range doc.Parts {
		p := &doc.Parts[i]
		if !running(p) {
			continue
		}
		b.WriteString(p.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// SameText compares the visible text that was expected with the one that was read
// back from an output; blanks do not count. It lists where they part.
func SameText(want, got *document.Document) []string {
	byID := map[string]string{}
	for i := range got.Parts {
		p := &got.Parts[i]
		if running(p) {
			byID[p.ID] += squeeze(p.Text)
		}
	}
	exact := true
	for i := range want.Parts {
		p := &want.Parts[i]
		if !running(p) {
			continue
		}
		if t, ok := byID[p.ID]; !ok && squeeze(p.Text) != "" || ok && t != squeeze(p.Text) {
			exact = false
			break
		}
	}
	if exact {
		return nil
	}
	// Other formats and reorganised parts: the text as a whole must agree.
	w, g := squeeze(Visible(want)), squeeze(Visible(got))
	if w == g {
		return nil
	}
	return []string{fmt.Sprintf("副本可见文字与处理计划不符（应为 %d 字，实为 %d 字，自第 %d 字起不同）", len([]rune(w)), len([]rune(g)), common(w, g)+1)}
}

// StillCovered tells where stretches of text that a person has covered are left in an
// output. Before is the text that was to be covered, after the output; a stretch may
// stand elsewhere, so its occurrences are counted.
func StillCovered(before, after *document.Document, covered []string) []string {
	was, is := squeeze(Visible(before)), squeeze(Visible(after))
	count := map[string]int{}
	for _, c := range covered {
		if c = squeeze(c); worth(c) {
			count[c]++
		}
	}
	for c, n := range count {
		if strings.Count(is, c) > strings.Count(was, c)-n {
			return []string{"副本文字中仍有人工遮盖之下的内容"}
		}
	}
	return nil
}

// common counts the runes that two strings share from the start.
func common(a, b string) int {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n
}

// StillHidden lists hidden places of an output that hold text.
func StillHidden(doc *document.Document) []string {
	var out []string
	for i := range doc.Parts {
		if p := &doc.Parts[i]; p.Hidden != nil && squeeze(p.Text) != "" {
			out = append(out, fmt.Sprintf("副本中仍有隐藏内容：%s", p.Label))
		}
	}
	return out
}
