package sanitize

import (
	"slices"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

// contactRules are what the two contact columns of a statistics table are there for,
// and what they add up to over many rows.
var contactRules = []string{"I03", "I04", "I18", "I19", "I24", "M10"}

// OutsideContacts leaves out the names and phone numbers that stand where the
// 申报情况统计表 asks for them: in the columns 联系人 and 联系方式 and on the line that
// begins with these words.
func OutsideContacts(doc *document.Document, found []finding.Finding) []finding.Finding {
	var out []finding.Finding
	for _, f := range found {
		part := doc.Part(f.Part)
		if f.Hidden == "" && part != nil && slices.Contains(contactRules, f.Rule) && contact(part, f) {
			continue
		}
		out = append(out, f)
	}
	return out
}

func contact(part *document.Part, f finding.Finding) bool {
	if f.Rule == "I24" || f.Rule == "M10" { // about the table as a whole
		return true
	}
	for _, c := range part.Cells {
		if !c.Overlaps(f.Span) {
			continue
		}
		text := ""
		if r := []rune(part.Text); c.End <= len(r) {
			text = string(r[c.Start:c.End])
		}
		return asks(c.Label) || asks(text)
	}
	return asks(lineOf(part.Text, f.Start))
}

func asks(s string) bool {
	return strings.Contains(s, "联系人") || strings.Contains(s, "联系方式")
}

// lineOf is the line of a text that holds a rune offset.
func lineOf(text string, at int) string {
	r := []rune(text)
	if at >= len(r) {
		return ""
	}
	start, end := at, at
	for start > 0 && r[start-1] != '\n' {
		start--
	}
	for end < len(r) && r[end] != '\n' {
		end++
	}
	return string(r[start:end])
}
