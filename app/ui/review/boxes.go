package review

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// Errors of boxes drawn over pages. Their texts are for people.
var (
	ErrNoPages  = errors.New("该文件没有可以查看的页面")
	ErrSmallBox = errors.New("遮盖框过小，请按住左键拖出需要遮盖的范围")
	ErrBox      = errors.New("该处为人工遮盖，不需要时按 Delete 删除")
)

// Drawn is one box on a page, with the key under which it is kept.
type Drawn struct {
	Key string
	Box document.Box
}

// minBox is the least side of a box in points.
const minBox = 2

// HasPages tells whether the pages of a document can be looked at: a PDF that is a
// file of the case itself or a member of an archive.
func (d *Doc) HasPages() bool {
	return d.Document != nil && d.Document.Kind == "pdf" && d.SHA256 != "" && d.Apart && d.Refused == nil
}

// drawn gives the boxes drawn over a document as findings, in the order of the pages.
// A box drawn on an earlier version of the file is shown as such; one on an earlier
// version of a member belongs to the archive.
func drawn(doc *Doc, decided map[string]redact.Decision) []finding.Finding {
	var out []finding.Finding
	for fp := range decided {
		b, mine, ok := redact.ParseBox(fp, doc.SHA256)
		if !ok || !mine && (doc.Member != "" || doc.Pending || doc.holds(fp)) {
			continue
		}
		f := finding.Finding{
			Rule: redact.RuleBox, Group: "U", Name: "人工遮盖", Level: finding.S2, Basis: "由经办在页面上划定",
			Part: fmt.Sprintf("page/%d", b.Page), Where: fmt.Sprintf("正文 第%d页", b.Page), Score: 1,
			Text: fmt.Sprintf("第%d页 遮盖框", b.Page), Reasons: []finding.Reason{{Text: "由经办在页面上划定", Delta: 1}}, Fingerprint: fp,
		}
		if !mine {
			f.Text = fmt.Sprintf("第%d页 遮盖框（原件已改动）", b.Page)
			f.Reasons[0].Text = "划在改动前的原件上，请删除后重新划定"
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b finding.Finding) int {
		return cmp.Or(cmp.Compare(pageOf(a.Part), pageOf(b.Part)), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	return out
}

// holds tells whether a box was drawn on something that lies in the file.
func (d *Doc) holds(fingerprint string) bool {
	return slices.ContainsFunc(d.Inside, func(sum string) bool {
		_, mine, ok := redact.ParseBox(fingerprint, sum)
		return ok && mine
	})
}

// Boxes are the boxes on a page of a document.
func (p *Presenter) Boxes(doc, page int) []Drawn {
	var out []Drawn
	for _, i := range p.Indexes(doc) {
		if b, mine, ok := redact.ParseBox(p.items[i].Key(), p.docs[doc].SHA256); ok && mine && b.Page == page {
			out = append(out, Drawn{p.items[i].Key(), b})
		}
	}
	return out
}

// Stale tells whether a document has boxes that were drawn on another version of it.
func (p *Presenter) Stale(doc int) bool {
	for _, i := range p.Indexes(doc) {
		if _, mine, ok := redact.ParseBox(p.items[i].Key(), p.docs[doc].SHA256); ok && !mine {
			return true
		}
	}
	return false
}

// DrawBox keeps a box on a page of a document as a decision and makes it current.
func (p *Presenter) DrawBox(doc int, b document.Box) (said string, err error) {
	if doc < 0 || doc >= len(p.docs) || !p.docs[doc].HasPages() {
		return "", ErrNoPages
	}
	clerk, _ := p.desk.People()
	if clerk == "" {
		return "", ErrClerk
	}
	if max(b.X0, b.X1)-min(b.X0, b.X1) < minBox || max(b.Y0, b.Y1)-min(b.Y0, b.Y1) < minBox {
		return "", ErrSmallBox
	}
	key := redact.BoxKey(p.docs[doc].SHA256, b)
	d := &redact.Decision{Fingerprint: key, Action: redact.ActionMask, By: clerk, At: p.now(), Reason: "人工遮盖"}
	file := p.docs[doc].File
	if err := p.desk.Apply(fmt.Sprintf("第%d页 人工遮盖 1 处", b.Page), []Change{{File: file, Fingerprint: key, Decision: d}}); err != nil {
		return "", err
	}
	p.Reload()
	p.SelectKey(file, key)
	return fmt.Sprintf("第%d页 人工遮盖 1 处", b.Page), nil
}

// RemoveBox takes a box away.
func (p *Presenter) RemoveBox(doc int, key string) (said string, err error) {
	if doc < 0 || doc >= len(p.docs) || !redact.IsBox(key) {
		return "", ErrNothing
	}
	said = "删除遮盖框 1 处"
	if err := p.desk.Apply(said, []Change{{File: p.docs[doc].File, Fingerprint: key}}); err != nil {
		return "", err
	}
	p.Reload()
	return said, nil
}

var pageWords = regexp.MustCompile(`第(\d+)页`)

// Page is the page that an item is about, 0 if it is about none.
func (it *Item) Page() int {
	if it.Unchecked == nil {
		return pageOf(it.Finding.Part)
	}
	if m := pageWords.FindStringSubmatch(it.Unchecked.Message); m != nil {
		n, _ := strconv.Atoi(m[1]) // digits
		return n
	}
	return 0
}

func pageOf(part string) int {
	rest, ok := strings.CutPrefix(part, "page/")
	if !ok {
		return 0
	}
	digits, _, _ := strings.Cut(rest, "/")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
