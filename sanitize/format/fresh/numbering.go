package fresh

import (
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// List is a list of numbered or marked paragraphs. Lists of one Family count on together
// unless a level begins anew.
type List struct {
	Family int
	Levels []Level // at most nine
}

// Level is one level of a list.
type Level struct {
	Format string // of WordprocessingML: decimal, chineseCounting, bullet …
	Text   string // %1 to %9 stand for the numbers of the levels
	Start  int
	Anew   bool   // begins at Start though others of the family have counted
	Follow string // what stands behind the number: tab, space, nothing
}

// formats are the ways of counting that a copy knows.
var formats = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(`decimal upperRoman lowerRoman upperLetter lowerLetter ordinal bullet none decimalZero chineseCounting chineseCountingThousand
		chineseLegalSimplified decimalEnclosedCircle decimalEnclosedCircleChinese decimalFullWidth decimalEnclosedParen decimalEnclosedFullstop ideographTraditional ideographZodiac
		japaneseCounting ideographDigital taiwaneseCounting`) {
		m[s] = true
	}
	return m
}()

const listSigns = "第章节条款项目部分篇编一、附件图表之（）()〔〕[]【】《》．.。,，:：;；-—–·•●■▪➢✓❖◆◇○□★☆※/ 0123456789"

// listText gives the text of a level as a copy has it: numbers of levels and the signs
// that stand around numbers, and no other word.
func listText(s string) string {
	var b strings.Builder
	n := 0
	for i, r := range s {
		if n++; n > 20 {
			break
		}
		next := strings.TrimPrefix(s[i:], "%")
		switch {
		case r == '%' && next != s[i:] && next != "" && next[0] >= '1' && next[0] <= '9':
			b.WriteRune(r)
		case strings.ContainsRune(listSigns, r):
			if r >= '0' && r <= '9' && (i == 0 || s[i-1] != '%') {
				continue // a number that is none of a level
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// numbering writes the lists.
func numbering(lists []List) *ooxml.Node {
	root := ooxml.El("w:numbering")
	families := map[int]int{}
	var nums []*ooxml.Node
	for i, l := range lists {
		id, known := families[l.Family]
		if !known {
			id = len(families)
			families[l.Family] = id
			a := ooxml.El("w:abstractNum", "w:abstractNumId", num(id)).Add(ooxml.El("w:multiLevelType", "w:val", "multilevel"))
			for k, v := range l.Levels[:min(len(l.Levels), 9)] {
				a.Add(v.node(k))
			}
			root.Add(a)
		}
		n := ooxml.El("w:num", "w:numId", num(i+1)).Add(ooxml.El("w:abstractNumId", "w:val", num(id)))
		for k, v := range l.Levels[:min(len(l.Levels), 9)] {
			if v.Anew {
				n.Add(ooxml.El("w:lvlOverride", "w:ilvl", num(k)).Add(ooxml.El("w:startOverride", "w:val", num(clamp(v.Start, 0, 9999)))))
			}
		}
		nums = append(nums, n)
	}
	return root.Add(nums...)
}

func (v Level) node(k int) *ooxml.Node {
	format, text := v.Format, listText(v.Text)
	if !formats[format] {
		format = "decimal"
	}
	if format == "bullet" && text == "" {
		text = "•"
	}
	n := ooxml.El("w:lvl", "w:ilvl", num(k)).Add(ooxml.El("w:start", "w:val", num(clamp(v.Start, 0, 9999))), ooxml.El("w:numFmt", "w:val", format))
	if v.Follow == "space" || v.Follow == "nothing" {
		n.Add(ooxml.El("w:suff", "w:val", v.Follow))
	}
	return n.Add(ooxml.El("w:lvlText", "w:val", text), ooxml.El("w:lvlJc", "w:val", "left"))
}
