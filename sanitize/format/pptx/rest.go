package pptx

import (
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// readRest reads sections and settings, links, picture data, properties and all
// other parts.
func (d *deck) readRest() error {
	d.settings()
	d.links()
	for _, name := range d.pkg.Names() {
		if strings.HasPrefix(name, "ppt/media/") && !d.pictures[name] && !isPicture(name) {
			d.media++
			d.seen[name] = true
		}
		if !d.pictures[name] {
			continue
		}
		d.seen[name] = true
		if b, err := d.pkg.Bytes(name); err == nil {
			if s := ooxml.PictureMeta(b); s != "" {
				d.hidden.Add("N04", "图片 EXIF", document.RoleProperty, s, nil)
				d.removed.Add("图片 EXIF", 1)
			}
		}
	}
	props, un, err := d.pkg.Properties()
	if err != nil {
		return err
	}
	for _, p := range props {
		d.removed.Add(p.Hidden.Kind, 1)
	}
	if d.shown > 0 {
		d.un = append(d.un, document.Unchecked{Kind: "picture", Message: "图片 " + strconv.Itoa(d.shown) + " 张未识别文字"})
	}
	if d.media > 0 {
		d.removed.Add("音视频", d.media)
		d.un = append(d.un, document.Unchecked{Kind: "object", Message: "音视频 " + strconv.Itoa(d.media) + " 个未检查"})
	}
	d.un = append(d.un, un...)
	d.unusedLayouts()
	asides := d.asides()
	left := d.pkg.Leftovers(d.seen)
	for k, n := range left.Removed {
		d.removed.Add(k, n)
	}
	d.un = append(d.un, left.Unchecked...)
	d.extra = append(d.extra, d.hidden.Parts()...)
	d.extra = append(d.extra, left.Parts...)
	d.extra = append(d.extra, asides...)
	d.extra = append(d.extra, props...)
	d.extra = append(d.extra, d.pkg.StrayPart(d.seen, d.document("").Parts)...)
	return nil
}

func isPicture(name string) bool {
	low := strings.ToLower(name)
	for _, e := range []string{".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".wdp", ".webp", ".jpe"} {
		if strings.HasSuffix(low, e) {
			return true
		}
	}
	return false
}

// settings files section names, shows and what else the presentation says.
func (d *deck) settings() {
	for _, s := range d.root.All("p14:section") {
		if v := strings.TrimSpace(s.Attr("name")); v != "" && !usualSection.MatchString(v) {
			d.hidden.Once("N01", "节名称", document.RoleProperty, v)
			d.removed.Add("节名称", 1)
		}
	}
	for _, s := range d.root.Kid("p:custShowLst").All("p:custShow") {
		d.hidden.Once("N01", "自定义放映", document.RoleProperty, s.Attr("name"))
	}
	for _, k := range d.root.Kids {
		if k.Name == "p:extLst" || k.Name == "p:photoAlbum" || k.Name == "p:kinsoku" {
			for _, l := range ooxml.Lines(k) {
				if !usualSection.MatchString(l) && !kinsoku(k) {
					d.hidden.Once("N01", "节名称", document.RoleProperty, l)
				}
			}
		}
	}
	for _, t := range []string{"presProps", "viewProps", "tableStyles", "theme", "commentAuthors"} {
		for _, r := range d.pkg.RelsOf(d.main, t) {
			if t == "tableStyles" || t == "theme" {
				d.seen[r.Target] = true
			}
		}
	}
}

func kinsoku(n *ooxml.Node) bool { return n.Name == "p:kinsoku" }

var usualSection = regexp.MustCompile(`^(默认节|无标题节|Default Section|Untitled Section|摘要部分|Summary Section|\{[0-9A-Fa-f-]+\})?$`)

// unusedLayouts reads the layouts and masters that no shown slide uses; their own
// text, prompts apart, is hidden.
func (d *deck) unusedLayouts() {
	for _, name := range d.pkg.Names() {
		if d.seen[name] || !strings.Contains(name, "/slideLayouts/") && !strings.Contains(name, "/slideMasters/") || !strings.HasSuffix(name, ".xml") {
			continue
		}
		n, err := d.pkg.XML(name)
		if err != nil {
			continue
		}
		d.seen[name] = true
		d.removed.Add("未使用的版式", 1)
		d.altTexts(n)
		for _, l := range strings.Split(gather(n), "\n") {
			if l = strings.TrimSpace(l); l != "" && !usualPrompt(l) && len([]rune(l)) > 3 && !datey.MatchString(l) {
				d.hidden.Once("N03", "未使用的版式", document.RoleOther, l)
			}
		}
		d.markLayoutPictures(name)
	}
}

var datey = regexp.MustCompile(`^[0-9/\-. 年月日]+$`)

func (d *deck) markLayoutPictures(name string) {
	for _, r := range d.pkg.RelsOf(name, "image") {
		if !d.pictures[r.Target] {
			d.seen[r.Target] = true
			if b, err := d.pkg.Bytes(r.Target); err == nil {
				d.hidden.Once("N04", "图片 EXIF", document.RoleProperty, ooxml.PictureMeta(b))
			}
		}
	}
}

// links files targets outside the package.
func (d *deck) links() {
	var all strings.Builder
	for _, t := range d.texts {
		all.WriteString(t.String())
	}
	shown := all.String()
	for _, name := range d.pkg.Names() {
		rs, _ := d.pkg.Rels(name)
		for _, r := range rs {
			if !r.External || r.Target == "" {
				continue
			}
			if r.Type == "hyperlink" {
				bare := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(r.Target, "mailto:"), "http://"), "https://"), "/")
				if bare == "" || strings.Contains(shown, bare) {
					continue
				}
				d.hidden.Once("N05", "超链接", document.RoleField, r.Target)
				continue
			}
			d.removed.Add("外部链接", 1)
			d.hidden.Once("N05", "外部链接", document.RoleField, r.Target)
		}
	}
}

func (d *deck) asides() []document.Part {
	var out []string
	for _, name := range d.pkg.Names() {
		if d.seen[name] && strings.HasSuffix(name, ".xml") {
			if b, err := d.pkg.Bytes(name); err == nil {
				if s := ooxml.Asides(b); s != "" {
					out = append(out, s)
				}
			}
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []document.Part{{ID: "xml/comments", Label: "XML 注释", Role: document.RoleOther, Hidden: &document.Hiding{Rule: "N03", Kind: "XML 注释"}, Text: strings.Join(out, "\n")}}
}
