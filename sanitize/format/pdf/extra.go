package pdf

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdfium"
	"jinggao/sanitize/format/pdf/raw"
)

// appearances reads the text that annotations and fields draw on a page. The page
// is flattened in memory for it; what is new on it is their text.
func (r *reading) appearances(s *session, p *pdfium.Page, n int) {
	if !p.DrawsAnnotations() {
		return
	}
	before := pageChars(p)
	if !p.Flatten() {
		return
	}
	again := s.doc.Page(n - 1)
	if again == nil {
		return
	}
	defer again.Close()
	l := layOut(added(before, pageChars(again)))
	if len(l.text) == 0 {
		return
	}
	as := placeNames[placeAnnotation].as
	r.d.Parts = append(r.d.Parts, document.Part{
		ID: fmt.Sprintf("page/%d/annotations", n), Label: label(n) + "（批注和表单域的显示文字）", Role: document.RoleComment,
		Hidden: &as, Text: string(l.text),
	})
}

type glyphKey struct {
	r    rune
	x, y int
}

func keyOf(c pdfium.Char) glyphKey {
	return glyphKey{c.Rune, int(midX(c.Box) * 4), int(midY(c.Box) * 4)}
}

// added gives the characters of after that are not in before.
func added(before, after []pdfium.Char) []pdfium.Char {
	old := map[glyphKey]int{}
	for _, c := range before {
		if !c.Generated {
			old[keyOf(c)]++
		}
	}
	var out []pdfium.Char
	found := false
	for _, c := range after {
		if !c.Generated {
			if k := keyOf(c); old[k] > 0 {
				old[k]--
				continue
			}
			found = true
		}
		out = append(out, c)
	}
	if !found {
		return nil
	}
	return out
}

// Limits on older revisions that are read.
const (
	maxRevisions     = 6
	maxRevisionPages = 200
)

// revisions reads older states of an incrementally updated file: the bytes up to
// each earlier end mark are a file of their own. Text that is no longer on any page
// becomes a hidden part.
func (r *reading) revisions(ctx context.Context, s *session, data []byte) {
	ends := endMarks(data)
	if len(ends) == 0 {
		return
	}
	var now strings.Builder
	for i := range r.d.Parts {
		if strings.HasPrefix(r.d.Parts[i].ID, "page/") {
			now.WriteString(squeeze(r.d.Parts[i].Text))
		}
	}
	current := now.String()
	for k, end := range ends {
		if k >= maxRevisions || s.in.Err() != nil || ctx.Err() != nil {
			r.unchecked("object", fmt.Sprintf("文件另有 %d 个旧版本未读取", len(ends)-k))
			return
		}
		doc, err := s.in.Open(data[:end])
		if err != nil {
			continue // an end mark that is no end, as in linearized files
		}
		text := oldText(doc, current)
		doc.Close()
		if text == "" {
			continue
		}
		r.d.Parts = append(r.d.Parts, document.Part{
			ID: fmt.Sprintf("revision/%d", k+1), Label: fmt.Sprintf("旧版本 %d", k+1), Role: document.RoleRevision,
			Hidden: &document.Hiding{Rule: "N02", Kind: "旧版本（隐藏）"}, Text: text,
		})
	}
}

// appended gives the bytes behind the last end mark without blanks.
func appended(data []byte) []byte {
	i := bytes.LastIndex(data, []byte("%%EOF"))
	if i < 0 {
		return nil
	}
	return bytes.Trim(data[i+len("%%EOF"):], "\x00\t\n\f\r ")
}

// maxAppended bounds what is read of it, in bytes.
const maxAppended = 1 << 20

const appendedName = "文件末尾附加内容"

// behind reads what stands behind the last end mark, where no PDF program looks.
func (r *reading) behind(data []byte) {
	rest := appended(data)
	if len(rest) == 0 {
		return
	}
	if len(rest) > maxAppended {
		r.unchecked("object", fmt.Sprintf("文件末尾附有 %d 字节数据，只读取了开头，副本不带", len(rest)))
		rest = bytes.ToValidUTF8(rest[:maxAppended], nil)
	}
	text := strings.TrimSpace(raw.String(rest).Text())
	if !raw.String(rest).Plain() || !wordy(text) {
		r.unchecked("object", fmt.Sprintf("文件末尾附有 %d 字节数据，未识别，副本不带", len(rest)))
		return
	}
	r.d.Parts = append(r.d.Parts, document.Part{
		ID: "pdf/behind", Label: appendedName, Role: document.RoleOther,
		Hidden: &document.Hiding{Rule: "N05", Kind: appendedName}, Text: text,
	})
}

// endMarks gives the offsets behind every %%EOF but the last.
func endMarks(data []byte) []int {
	var out []int
	mark := []byte("%%EOF")
	for pos := 0; ; {
		i := bytes.Index(data[pos:], mark)
		if i < 0 {
			break
		}
		pos += i + len(mark)
		out = append(out, pos)
	}
	if len(out) > 0 {
		out = out[:len(out)-1]
	}
	if len(out) > 0 && bytes.Contains(data[:min(len(data), 2048)], []byte("/Linearized")) {
		out = out[1:]
	}
	return out
}

// oldText gives the lines of an older revision that the current pages do not have.
func oldText(doc *pdfium.Document, current string) string {
	var lines []string
	for n := range min(doc.Pages(), maxRevisionPages) {
		p := doc.Page(n)
		if p == nil {
			continue
		}
		l := layOut(pageChars(p))
		p.Close()
		for _, span := range l.lines() {
			t := strings.TrimSpace(string(l.text[span.Start:span.End]))
			if t != "" && !strings.Contains(current, squeeze(t)) {
				lines = append(lines, t)
			}
		}
	}
	return strings.Join(lines, "\n")
}
