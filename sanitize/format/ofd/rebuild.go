package ofd

import (
	"context"
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"jinggao/sanitize/document"
)

// Mask is what stands in the place of every treated character. The number of
// characters stays, so that their positions stay valid.
const Mask = '＊'

// Rebuild writes a clean package. Edits address parts as Read gives them. The
// treated characters become Mask one by one, whatever the text of the edit;
// fonts that showed them are no longer embedded, because a subset tells which
// characters there were. It returns a *document.Refusal where the file cannot be
// read, a page is made of glyph numbers only, or the plan does not fit.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	f, err := load(src)
	if err != nil {
		return nil, err
	}
	b := &building{ctx: ctx, f: f, plain: map[*font][]byte{}, files: map[string][]byte{}, fonts: map[*font]bool{}, drop: map[*etree.Element]bool{}, masked: map[*etree.Element]map[int]bool{}}
	n := 0
	for _, d := range f.documents {
		for _, g := range d.pages {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			n++
			if err := b.plan(d, g, n, plan); err != nil {
				return nil, err
			}
		}
	}
	for _, e := range plan.Edits {
		if !strings.HasPrefix(e.Part, "page/") {
			b.done++ // nothing outside the pages is carried over
		}
	}
	if b.done != len(plan.Edits) {
		return nil, &document.Refusal{What: "处理方案与 OFD 文件不符", Why: "方案中的部分位置在文件中不存在", Do: "请重新扫描该文件"}
	}
	b.mask()
	b.write()
	out := &document.Rebuilt{Kind: "ofd", Ext: ".ofd", Data: b.zip(), Unchecked: b.unchecked}
	if b.pictures > 0 {
		out.Unchecked = append(out.Unchecked, document.Unchecked{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字，已保留", b.pictures)})
	}
	out.Removed = b.removed(ctx, src)
	return out, nil
}

type building struct {
	ctx       context.Context // of the one Rebuild that it serves
	f         *file
	files     map[string][]byte
	done      int
	pictures  int
	fonts     map[*font]bool   // fonts that may not be embedded any more
	plain     map[*font][]byte // embedded fonts written anew, nil for those that cannot be
	drop      map[*etree.Element]bool
	masked    map[*etree.Element]map[int]bool // TextCode → runes
	unchecked []document.Unchecked
}

// plan turns the edits of one page into runes to be masked, and its hidden objects into objects to be dropped.
func (b *building) plan(d *doc, g *page, n int, plan document.Plan) error {
	c, how, layers := d.layers(g)
	b.pictures += len(c.pictures)
	r := reading{f: b.f, d: &document.Document{}}
	r.notice(c, layers[shown].text, n)
	b.unchecked = append(b.unchecked, r.d.Unchecked...)
	b.unseen(d, c, how)
	b.edits(d, c, layers, n, plan)
	for _, x := range plan.Boxes {
		if x.Page == n {
			return &document.Refusal{What: "OFD 文件不支持手工画框", Do: "请改用文字处理方式，或转为 PDF 后再处理"}
		}
	}
	return nil
}

// unseen drops the objects of which nothing is seen, and masks what is hidden in others.
func (b *building) unseen(d *doc, c *canvas, how []concealment) {
	seen := map[*etree.Element]bool{}
	for i := range c.glyphs {
		seen[c.glyphs[i].object] = seen[c.glyphs[i].object] || how[i] == shown
	}
	for i := range c.glyphs {
		switch o := &c.glyphs[i]; {
		case !seen[o.object]:
			b.drop[o.object] = true
			if f := d.fonts[attr(o.object, "Font")]; f != nil {
				b.fonts[f] = true // a subset tells which characters there were
			}
		case how[i] != shown:
			b.hide(d, o)
		}
	}
}

func (b *building) edits(d *doc, c *canvas, layers [concealments]arranged, n int, plan document.Plan) {
	for _, e := range plan.Edits {
		for k := range concealments {
			if e.Part != partID(n, k) || e.Start < 0 || e.Start >= e.End || e.End > len(layers[k].text) {
				continue
			}
			b.done++
			start, end := scope(e, layers[k].text)
			for i := start; i < end; i++ {
				if at := layers[k].from[i]; at >= 0 {
					b.hide(d, &c.glyphs[at])
				}
			}
		}
	}
}

func (b *building) hide(d *doc, g *glyph) {
	if b.masked[g.code] == nil {
		b.masked[g.code] = map[int]bool{}
	}
	b.masked[g.code][g.index] = true
	if f := d.fonts[attr(g.object, "Font")]; f != nil {
		b.fonts[f] = true
	}
}

// embedded gives the file of a font as the copy may hold it, nil for none.
func (b *building) embedded(f *font) []byte {
	if f.file == "" || b.fonts[f] {
		return nil
	}
	data, known := b.plain[f]
	if !known {
		data = plainFontFile(b.f.p.parts[f.file])
		b.plain[f] = data
	}
	return data
}

// scope widens an edit to its whole line for paragraphs and rows.
func scope(e document.Edit, text []rune) (start, end int) {
	start, end = e.Start, e.End
	if e.Scope == document.ScopeParagraph || e.Scope == document.ScopeRow {
		for start > 0 && text[start-1] != '\n' {
			start--
		}
		for end < len(text) && text[end] != '\n' {
			end++
		}
	}
	return start, end
}

// mask changes the TextCodes.
func (b *building) mask() {
	for code, at := range b.masked {
		runes := []rune(ownText(code))
		for i := range at {
			if i < len(runes) {
				runes[i] = Mask
			}
		}
		code.SetText(string(runes))
	}
}

// removed counts what of the original is not in the copy.
func (b *building) removed(ctx context.Context, src document.Source) []document.Removal {
	d, err := Read(ctx, src)
	if err != nil {
		return nil
	}
	count := map[string]int{}
	var kinds []string
	for _, p := range d.Parts {
		if p.Hidden == nil {
			continue
		}
		if count[p.Hidden.Kind] == 0 {
			kinds = append(kinds, p.Hidden.Kind)
		}
		count[p.Hidden.Kind] += strings.Count(p.Text, "\n") + 1
	}
	var out []document.Removal
	for _, k := range kinds {
		out = append(out, document.Removal{Kind: k, Count: count[k]})
	}
	n := 0
	for _, d := range b.f.documents {
		for _, f := range d.fonts {
			if f.file != "" && b.embedded(f) == nil {
				n++
			}
		}
	}
	if n > 0 {
		out = append(out, document.Removal{Kind: "嵌入字体", Count: n})
	}
	return out
}
