// Package ooxmlproof checks a cleaned Office document by code that did not write
// it and shares nothing with what did: the archive is read record by record, the
// XML by a tokenizer of its own that knows only the forms a clean copy may have.
//
// It asks: are there only parts, relationships and elements of the list; does
// nothing point outside; is every part reached; is there text only where text is
// shown; do pictures hold pixels only; is any string left that had to go.
package ooxmlproof

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"jinggao/sanitize/document"
)

// Check proves a copy. It gives the problems in Chinese, without document text;
// none means that the copy may be handed out. Kind is "docx", "xlsx" or "pptx";
// forbidden are strings that must be gone.
func Check(kind document.Kind, out []byte, forbidden []string) (problems []string) {
	p := &proof{kind: kind, parts: map[string][]byte{}, rels: map[string][]string{}}
	defer func() {
		if r := recover(); r != nil {
			problems = append(p.problems, "副本结构无法核验")
		}
	}()
	for _, f := range forbidden {
		if f = squeeze(f); weight(f) >= 4 {
			p.forbidden = append(p.forbidden, f)
		}
	}
	p.open(out)
	if len(p.problems) > 0 {
		return p.problems
	}
	for _, name := range p.order {
		p.part(name)
	}
	p.reach()
	return p.problems
}

// proof is one check under way.
type proof struct {
	kind      document.Kind
	order     []string
	parts     map[string][]byte
	rels      map[string][]string // part → targets
	forbidden []string
	problems  []string
}

func (p *proof) say(format string, args ...any) {
	if len(p.problems) < 20 {
		p.problems = append(p.problems, fmt.Sprintf(format, args...))
	}
}

const common = `\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml`

// partNames are the parts that a clean copy may have.
var partNames = map[document.Kind]*regexp.Regexp{
	"docx": regexp.MustCompile(`^(` + common + `|word/(document|styles|settings|numbering|footnotes|endnotes|header[0-9]+|footer[0-9]+)\.xml|word/theme/theme1\.xml|word/media/image[0-9]+\.(png|jpeg)|word/charts/chart[0-9]+\.xml|word/(charts/)?_rels/[a-z0-9]+\.xml\.rels)$`),
	"xlsx": regexp.MustCompile(`^(` + common + `|xl/(workbook|styles|sharedStrings)\.xml|xl/theme/theme1\.xml|xl/(work|chart)sheets/sheet[0-9]+\.xml|xl/drawings/drawing[0-9]+\.xml|xl/media/image[0-9]+\.(png|jpeg)|xl/charts/chart[0-9]+\.xml|xl/((worksheets|chartsheets|drawings|charts)/)?_rels/[a-z0-9]+\.xml\.rels)$`),
	"pptx": regexp.MustCompile(`^(` + common + `|ppt/(presentation|tableStyles|presProps|viewProps)\.xml|ppt/theme/theme[0-9]+\.xml|ppt/(slides/slide|slideLayouts/slideLayout|slideMasters/slideMaster)[0-9]+\.xml|ppt/media/image[0-9]+\.(png|jpeg)|ppt/charts/chart[0-9]+\.xml|ppt/((slides|slideLayouts|slideMasters|charts)/)?_rels/[a-zA-Z0-9]+\.xml\.rels)$`),
}

func (p *proof) part(name string) {
	re := partNames[p.kind]
	if re == nil || !re.MatchString(name) {
		p.say("副本中有清单以外的部件")
		return
	}
	data := p.parts[name]
	switch path.Ext(name) {
	case ".png":
		if !cleanPNG(data) {
			p.say("副本图片中有像素以外的数据")
		}
	case ".jpeg":
		if !cleanJPEG(data) {
			p.say("副本图片中有像素以外的数据")
		}
	default:
		p.xml(name, data)
	}
}

// reach asks that each part is led to from the root.
func (p *proof) reach() {
	seen := map[string]bool{"[Content_Types].xml": true, "_rels/.rels": true}
	todo := []string{""}
	for len(todo) > 0 {
		from := todo[0]
		todo = todo[1:]
		for _, to := range p.rels[from] {
			if _, ok := p.parts[to]; !ok {
				p.say("副本中有指向不存在部件的关系")
				continue
			}
			if !seen[to] {
				seen[to] = true
				seen[relsOf(to)] = true
				todo = append(todo, to)
			}
		}
	}
	for _, n := range p.order {
		if !seen[n] {
			p.say("副本中有未被引用的部件")
			return
		}
	}
}

func relsOf(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// owner gives the part whose relationships a .rels part holds.
func owner(rels string) string {
	dir, base := path.Dir(path.Dir(rels)), strings.TrimSuffix(path.Base(rels), ".rels")
	if rels == "_rels/.rels" {
		return ""
	}
	return path.Join(dir, base)
}
