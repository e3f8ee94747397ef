// Package odfproof checks a cleaned OpenDocument file by code that did not write it:
// the archive is read record by record, the XML by a tokenizer that knows only the
// forms a clean copy may have.
//
// It asks: are there only the four kinds of members, in their order, and does the
// manifest say the same; only elements, attributes and values of the list; does
// nothing point outside or hide; is there text only where text is shown; does a
// cell's value say no more than its text; do pictures hold pixels only, and is each
// shown; is any string left that had to go.
package odfproof

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/verify/ooxmlproof"
)

// Check proves a copy. It gives the problems in Chinese, without document text;
// none means that the copy may be handed out. Kind is "odt", "ods" or "odp";
// forbidden are strings that must be gone.
func Check(kind document.Kind, out []byte, forbidden []string) (problems []string) {
	p := &proof{kind: kind, shown: map[string]bool{}, listed: map[string]bool{}}
	defer func() {
		if x := recover(); x != nil {
			problems = append(p.problems, "副本结构无法核验")
		}
	}()
	for _, f := range forbidden {
		if f = ooxmlproof.Squeeze(f); ooxmlproof.Weight(f) >= 4 {
			p.forbidden = append(p.forbidden, f)
		}
	}
	var order []string
	order, p.members, p.problems = ooxmlproof.Archive(out)
	if len(p.problems) > 0 {
		return p.problems
	}
	if !p.frame(out, order) {
		return p.problems
	}
	for _, name := range order[1:] {
		if strings.HasPrefix(name, "Pictures/") {
			if !ooxmlproof.Pixels(p.members[name]) {
				p.say("副本图片中有像素以外的数据")
			}
			continue
		}
		p.part(name)
	}
	p.match(order)
	return p.problems
}

// proof is one check under way.
type proof struct {
	kind      document.Kind
	members   map[string][]byte
	shown     map[string]bool // pictures referred to
	listed    map[string]bool // members in the manifest
	forbidden []string
	problems  []string
}

func (p *proof) say(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); len(p.problems) < 20 && (len(p.problems) == 0 || p.problems[len(p.problems)-1] != s) {
		p.problems = append(p.problems, s)
	}
}

const base = "application/vnd.oasis.opendocument."

var (
	types   = map[document.Kind]string{"odt": base + "text", "ods": base + "spreadsheet", "odp": base + "presentation"}
	heads   = []string{"mimetype", "META-INF/manifest.xml", "content.xml", "styles.xml"}
	flags   = "settings.xml" // may follow in a text
	picture = regexp.MustCompile(`^Pictures/image([1-9][0-9]{0,4})\.(png|jpeg)$`)
)

// frame looks at the members as a whole: which, in what order, the first as it must be.
func (p *proof) frame(out []byte, order []string) bool {
	want := types[p.kind]
	if want == "" || len(order) < len(heads) || string(p.members["mimetype"]) != want {
		p.say("副本类型标识异常")
		return false
	}
	if out[8] != 0 || out[9] != 0 || !bytes.HasPrefix(out[30:], []byte("mimetype"+want)) {
		p.say("副本类型标识未以原文居首")
	}
	if p.kind == "odt" && len(order) > len(heads) && order[len(heads)] == flags {
		order = append(append([]string(nil), order[:len(heads)]...), order[len(heads)+1:]...)
	}
	for i, name := range order {
		m := picture.FindStringSubmatch(name)
		if i < len(heads) && name != heads[i] || i >= len(heads) && (m == nil || m[1] != fmt.Sprint(i-len(heads)+1)) {
			p.say("副本中有清单以外的部件")
			return false
		}
	}
	return true
}

// match compares the manifest and the pictures that are shown with what is there.
func (p *proof) match(order []string) {
	for _, name := range order[2:] {
		if !p.listed[name] {
			p.say("副本清单文件与部件不一致")
		}
		if strings.HasPrefix(name, "Pictures/") && !p.shown[name] {
			p.say("副本中有未被引用的图片")
		}
	}
	if len(p.listed) != len(order)-2 {
		p.say("副本清单文件与部件不一致")
	}
	for name := range p.shown {
		if _, ok := p.members[name]; !ok {
			p.say("副本引用了不存在的图片")
		}
	}
}

// walker is told what one part holds.
type walker struct {
	p     *proof
	name  string
	stack []string
	text  strings.Builder // as seen, paragraphs and cells parted
	cell  *cell
}

// cell is a cell of a sheet while it is open.
type cell struct {
	value, day string
	depth      int
	text       strings.Builder
}

const barrier = "\x01"

// part checks one XML part and searches its text.
func (p *proof) part(name string) {
	w := &walker{p: p, name: name}
	if err := ooxmlproof.Scan(p.members[name], w.start, w.end, w.chars); err != nil {
		p.say("副本部件形式异常：%s", path.Base(name))
		return
	}
	flat := ooxmlproof.Squeeze(w.text.String())
	for i, f := range p.forbidden {
		if strings.Contains(flat, f) {
			p.say("副本 %s 中仍含应处理的内容（第 %d 项）", path.Base(name), i+1)
		}
	}
}

// roots are the elements that parts begin with.
var roots = map[string]string{"META-INF/manifest.xml": "manifest:manifest", "content.xml": "office:document-content", "styles.xml": "office:document-styles", flags: "office:document-settings"}

func (w *walker) start(name string, in []ooxmlproof.Attr) {
	w.stack = append(w.stack, name)
	if len(w.stack) == 1 && roots[w.name] != name {
		w.p.say("副本部件根元素异常：%s", path.Base(w.name))
	}
	pre, _, _ := strings.Cut(name, ":")
	if uris[pre] == "" || !elements[name] || (pre == "manifest") != (w.name == heads[1]) || (pre == "config" || strings.HasSuffix(name, "settings")) != (w.name == flags) {
		w.p.say("副本中有清单以外的元素 %s", name)
	}
	if name == "table:table-cell" && w.p.kind == "ods" {
		w.cell = &cell{depth: len(w.stack)}
	}
	seen := map[string]bool{}
	for _, a := range in {
		if seen[a.Name] {
			w.p.say("副本中有重复属性")
		}
		seen[a.Name] = true
		if pre, ok := strings.CutPrefix(a.Name, "xmlns:"); ok {
			if len(w.stack) > 1 || uris[pre] != a.Value {
				w.p.say("副本中有不明的命名空间：%s", path.Base(w.name))
			}
			continue
		}
		w.attribute(name, a)
		w.text.WriteString(barrier + a.Value + barrier)
	}
	switch name {
	case "text:s", "text:tab", "text:line-break":
		w.text.WriteByte(' ')
	case "text:note", "draw:frame":
		w.text.WriteString(barrier)
	}
}

func (w *walker) end(name string) {
	if breaks[name] {
		w.text.WriteString(barrier)
	}
	if w.cell != nil && w.cell.depth == len(w.stack) {
		w.cell.prove(w.p)
		w.cell = nil
	}
	w.stack = w.stack[:len(w.stack)-1]
}

// breaks are elements at whose end text must not be joined to what follows.
var breaks = map[string]bool{"text:p": true, "text:h": true, "table:table-cell": true, "text:note": true, "text:ruby-text": true, "presentation:footer-decl": true, "presentation:header-decl": true, "presentation:date-time-decl": true}

func (w *walker) chars(s string) {
	in := w.stack[len(w.stack)-1]
	switch {
	case showing[in]:
	case in == "text:note-citation" && citation.MatchString(s), in == "config:config-item" && (s == "true" || s == "false"):
	case signsIn[in] && signs.MatchString(s):
	default:
		w.p.say("副本中有不应有文字的元素 %s", in)
	}
	w.text.WriteString(s)
	if w.cell != nil {
		w.cell.text.WriteString(s)
	}
}

// prove asks that the value of a cell says no more than its text.
func (c *cell) prove(p *proof) {
	if c.value != "" && core(c.value) != core(c.text.String()) {
		p.say("副本中有单元格的值与所显示的不符")
	}
	if c.day == "" {
		return
	}
	seen := numbers.FindAllString(c.text.String(), -1)
	for _, n := range strings.Split(c.day, "-") {
		ok := false
		for _, s := range seen {
			s, n := strings.TrimLeft(s, "0"), strings.TrimLeft(n, "0")
			ok = ok || s == n || len(n) == 4 && s == strings.TrimLeft(n[2:], "0")
		}
		if !ok {
			p.say("副本中有单元格的日期与所显示的不符")
			return
		}
	}
}

var numbers = regexp.MustCompile(`[0-9]+`)

// core is the digits of a number without the zeros at both ends: the same for 0.125 and 12.5%.
func core(s string) string {
	return strings.Trim(strings.Join(numbers.FindAllString(s, -1), ""), "0")
}
