package pdf

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	ledong "github.com/ledongthuc/pdf"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/raw"
)

// secondLimit is how long the second reader may take for a whole file.
const secondLimit = 15 * time.Second

// secondPart ends the IDs of parts that only the second reader could read; their
// text has no place on the page.
const secondPart = "/second"

// minForeign is how many different Chinese characters the second reader must see
// that PDFium does not, before a page is called in question.
const minForeign = 3

// secondReading starts another reader, github.com/ledongthuc/pdf, on the file as
// PDFium writes it out (repaired and decrypted), beside the first reading. It
// often sees less; where it sees more, PDFium has decoded a font wrongly. The
// channel gives the text of each page, and is closed early when time is up.
func secondReading(ctx context.Context, plain []byte, pages int) <-chan []string {
	out := make(chan []string, 1)
	if len(plain) == 0 || !sound(raw.Parse(plain)) {
		close(out)
		return out
	}
	ctx, cancel := context.WithTimeout(ctx, secondLimit)
	go func() {
		defer cancel()
		defer close(out)
		defer func() { _ = recover() }() // its view of a damaged file is not needed
		r, err := ledong.NewReader(bytes.NewReader(plain), int64(len(plain)))
		if err != nil || r.NumPage() != pages {
			return
		}
		texts := make([]string, pages)
		for n := 1; n <= pages && ctx.Err() == nil; n++ {
			texts[n-1] = pageText(r, n)
		}
		out <- texts
	}()
	return out
}

func pageText(r *ledong.Reader, n int) (text string) {
	defer func() {
		if recover() != nil {
			text = ""
		}
	}()
	t, err := r.Page(n).GetPlainText(nil)
	if err != nil {
		return ""
	}
	// It hands out the bytes of fonts with Chinese encodings as they are: no text at all.
	if bad := strings.Count(t, "\uFFFD"); bad*20 > utf8.RuneCountInString(t) || !utf8.ValidString(t) {
		return ""
	}
	return t
}

// sound tells whether the page tree and the chain of tables have no circle in
// which the second reader could run for ever.
func sound(f *raw.File) bool {
	seen := map[int]bool{}
	var walk func(o raw.Object, depth int) bool
	walk = func(o raw.Object, depth int) bool {
		if depth > 50 {
			return false
		}
		if r, ok := o.(raw.Ref); ok {
			if seen[int(r)] {
				return false
			}
			seen[int(r)] = true
		}
		kids, _ := f.Resolve(f.Dict(o)["Kids"]).(raw.Array)
		for _, k := range kids {
			if !walk(k, depth+1) {
				return false
			}
		}
		return true
	}
	for _, e := range f.Entries {
		d := dictOf(e.Object)
		if d["Prev"] != nil && e.Number < 0 {
			return false
		}
		if d["Type"] == raw.Name("Catalog") && !walk(d["Pages"], 0) {
			return false
		}
	}
	return true
}

// compare adds the second reader's text of pages where it saw what PDFium did not.
func (r *reading) compare(ctx context.Context, second <-chan []string) {
	var texts []string
	select {
	case texts = <-second:
	case <-time.After(secondLimit):
	case <-ctx.Done():
	}
	for i, t := range texts {
		n := i + 1
		known := map[rune]bool{}
		prefix := partID(n, shown)
		for k := range r.d.Parts {
			if id := r.d.Parts[k].ID; id == prefix || strings.HasPrefix(id, prefix+"/") {
				for _, c := range r.d.Parts[k].Text {
					known[c] = true
				}
			}
		}
		foreign := map[rune]bool{}
		for _, c := range t {
			if unicode.Is(unicode.Han, c) && !known[c] {
				foreign[c] = true
			}
		}
		if len(foreign) < minForeign {
			continue
		}
		r.d.Parts = append(r.d.Parts, document.Part{
			ID: fmt.Sprintf("page/%d%s", n, secondPart), Label: label(n) + "（第二读取器）", Role: document.RoleBody, Text: trimmed(t),
		})
		r.blocked("font", fmt.Sprintf("第%d页两种读取结果不一致，部分文字无法定位", n))
	}
}

// trimmed joins the second reader's lines, which it often breaks after every character.
func trimmed(t string) string {
	lines := strings.Split(t, "\n")
	var b strings.Builder
	for _, l := range lines {
		l = strings.TrimSpace(l)
		if l == "" {
			continue
		}
		if b.Len() > 0 && len([]rune(l)) > 1 {
			b.WriteByte('\n')
		}
		b.WriteString(l)
	}
	return b.String()
}
