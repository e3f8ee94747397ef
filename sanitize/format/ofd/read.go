package ofd

import (
	"context"
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"jinggao/sanitize/document"
)

// Read gives the document of an OFD file. It returns a *document.Refusal for a
// file that is encrypted, damaged or no OFD at all.
func Read(ctx context.Context, src document.Source) (*document.Document, error) {
	f, err := load(src)
	if err != nil {
		return nil, err
	}
	r := &reading{f: f, d: &document.Document{Name: src.Name, Kind: "ofd"}, seen: map[*etree.Element]bool{}}
	for _, d := range f.documents {
		for _, g := range d.pages {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			r.d.Pages++
			r.page(d, g, r.d.Pages)
		}
	}
	for i, d := range f.documents {
		r.around(ctx, d, i)
	}
	r.leftovers(ctx)
	if r.d.Pictures > 0 {
		r.unchecked("picture", fmt.Sprintf("图片 %d 张未识别文字", r.d.Pictures))
	}
	return r.d, nil
}

type reading struct {
	f    *file
	d    *document.Document
	seen map[*etree.Element]bool // templates and composite objects that a page shows
}

func (r *reading) unchecked(kind, message string) {
	r.d.Unchecked = append(r.d.Unchecked, document.Unchecked{Kind: kind, Message: message})
}

func (r *reading) blocked(kind, message string) {
	r.d.Unchecked = append(r.d.Unchecked, document.Unchecked{Kind: kind, Message: message, Blocking: true})
}

func label(n int) string { return fmt.Sprintf("正文 第%d页", n) }

func (r *reading) page(d *doc, g *page, n int) {
	if g.root == nil {
		r.blocked("page", fmt.Sprintf("第%d页内容缺失或已损坏，无法读取", n))
	}
	c, _, layers := d.layers(g)
	body := document.Part{ID: partID(n, shown), Label: label(n), Role: document.RoleBody, Text: string(layers[shown].text)}
	body.Marks = headMarks(c, layers[shown], d.areaOf(g), n)
	r.d.Parts = append(r.d.Parts, body)
	for k := shown + 1; k < concealments; k++ {
		if blank(layers[k].text) {
			continue
		}
		as := hiding[k].as
		r.d.Parts = append(r.d.Parts, document.Part{
			ID: partID(n, k), Label: label(n) + "（" + hiding[k].name + "，隐藏）", Role: document.RoleBody, Hidden: &as, Text: string(layers[k].text),
		})
	}
	for _, t := range g.templates {
		r.seen[t.root] = true
	}
	for unit := range c.units {
		r.seen[unit] = true
	}
	r.d.Pictures += len(c.pictures)
	r.notice(c, layers[shown].text, n)
}

// notice lists what of the page could not be read.
func (r *reading) notice(c *canvas, text []rune, n int) {
	empty := blank(text)
	switch {
	case c.cut:
		r.blocked("page", fmt.Sprintf("第%d页内容过多，未全部读取", n))
	case c.dummy > 0 && c.dummy*2 > len(text):
		r.blocked("font", fmt.Sprintf("第%d页文字以字形编号存储，无法识别", n))
	case c.dummy > 0:
		r.unchecked("font", fmt.Sprintf("第%d页有 %d 个字符以字形编号存储，未识别", n, c.dummy))
	case empty && len(c.pictures) > 0:
		r.blocked("page", fmt.Sprintf("第%d页为图像，未识别文字", n))
	case empty && c.paths > 0:
		r.blocked("page", fmt.Sprintf("第%d页只有图形，未识别文字", n))
	}
}

// headMarks gives the lines in the place of a classification mark: the head of
// any page, the upper quarter of the first.
func headMarks(c *canvas, a arranged, area rect, n int) []document.Span {
	share := 0.10
	if n == 1 {
		share = 0.25
	}
	var out []document.Span
	start, top := 0, area.h
	for i := 0; i <= len(a.text); i++ {
		if i < len(a.text) && a.text[i] != '\n' {
			if g := a.from[i]; g >= 0 {
				top = min(top, c.glyphs[g].at.y-area.y)
			}
			continue
		}
		if i > start && top <= share*area.h {
			out = append(out, document.Span{Start: start, End: i})
		}
		start, top = i+1, area.h
	}
	return out
}

// hiddenPart adds a part of a hiding place, if it has text.
func (r *reading) hiddenPart(id, name string, role document.Role, as document.Hiding, lines []string) {
	var kept []string
	seen := map[string]bool{}
	for _, l := range lines {
		l = strings.TrimSpace(strings.ToValidUTF8(l, ""))
		if l != "" && !seen[l] {
			seen[l] = true
			kept = append(kept, l)
		}
	}
	if len(kept) == 0 {
		return
	}
	r.d.Parts = append(r.d.Parts, document.Part{ID: id, Label: name, Role: role, Hidden: &as, Text: strings.Join(kept, "\n")})
}
