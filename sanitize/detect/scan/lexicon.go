package scan

import (
	"sort"
	"sync"
)

// action is what the pass does at a rune besides looking for labels.
type action uint8

const (
	actNone    action = iota
	actDegree         // ° 度
	actYear           // 〔 ( [: document number
	actWord           // 字: 军字第
	actPlate          // 京 沪 …: plate
	actRoad           // 室 户 号 房: address
	actTitle          // 教授 处长 …
	actDate           // 年: 1990年3月7日出生
	actList           // 、: names in a row
	actAt             // 艾特 in a mailbox
	actReceive        // 收 启 亲: the name of a receiver
	actGender         // 男 女: a name and its bearer's gender
	actAgent          // 由: who does something
	actPerson         // 人 员: a name right behind a noun for a person
)

// provincesShort are the short names on plates.
const provincesShort = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"

// titles follow a name. Longest first where one begins another.
var titles = []string{
	"教授级高级工程师", "教授级高工", "特聘教授", "副教授", "教授", "副研究员", "研究员", "院士", "博士后", "博士", "高级工程师", "总工程师", "工程师", "高工", "总工",
	"副主任医师", "主任医师", "医师", "医生", "副主任", "主任", "副处长", "处长", "副局长", "局长", "副科长", "科长", "副所长", "所长", "副院长", "院长", "副校长", "校长", "书记", "副市长", "市长",
	"部长", "司长", "副总经理", "总经理", "经理", "总监", "董事长", "老师", "同志", "先生", "女士", "秘书长", "参谋", "政委", "科员", "调研员", "巡视员", "讲师", "理事长", "会长", "女士", "同学", "律师", "警官",
}

var defaultLexicon = sync.OnceValue(func() *lexicon {
	x := &lexicon{entries: make([]entry, 1)}
	for f, list := range words {
		for _, w := range list {
			x.add(w, f)
		}
	}
	for _, t := range titles {
		rs := []rune(t)
		x.do(rs[0], actTitle)
		e := x.entry(rs[0])
		e.titles = append(e.titles, rs)
	}
	for _, w := range softEnds {
		if rs := []rune(w); rs[0] >= 0x80 {
			e := x.entry(rs[0])
			e.soft = append(e.soft, rs)
		}
	}
	for _, r := range provincesShort {
		x.do(r, actPlate)
	}
	for _, r := range "室户号房" {
		x.do(r, actRoad)
	}
	x.do('°', actDegree)
	x.do('度', actDegree)
	x.do('〔', actYear)
	x.do('字', actWord)
	x.do('年', actDate)
	x.do('、', actList)
	x.do('由', actAgent)
	x.do('男', actGender)
	x.do('女', actGender)
	for _, r := range "收启亲" {
		x.do(r, actReceive)
	}
	x.do('艾', actAt)
	x.do('人', actPerson)
	x.do('员', actPerson)
	for r := range rune(1 << 16) {
		if numeral(r) {
			x.numerals[r>>6] |= 1 << (r & 63)
		}
	}
	for i := range x.entries {
		l := x.entries[i].labels
		sort.SliceStable(l, func(a, b int) bool { return len(l[a].rest) > len(l[b].rest) })
	}
	return x
})

func (x *lexicon) entry(r rune) *entry {
	if x.at[r] == 0 {
		x.entries = append(x.entries, entry{})
		x.at[r] = uint16(len(x.entries) - 1)
	}
	return &x.entries[x.at[r]]
}

func (x *lexicon) add(word string, f Field) {
	rs := []rune(word)
	e := x.entry(rs[0])
	e.labels = append(e.labels, entryLabel{rest: rs[1:], field: f, ascii: letter(rs[len(rs)-1])})
	if len(rs) == 1 {
		e.second = 1<<64 - 1
	} else {
		e.second |= 1 << (rs[1] & 63)
	}
}

func (x *lexicon) do(r rune, a action) {
	e := x.entry(r)
	if e.action == actNone {
		e.action = a
	}
}

// label finds the longest label that begins at i.
func (x *lexicon) label(t []rune, i int) (Label, bool) {
	if i < 0 || i >= len(t) || t[i] >= 1<<16 || x.at[t[i]] == 0 {
		return Label{}, false
	}
	r, e := t[i], &x.entries[x.at[t[i]]]
	if letter(r) && i > 0 && letter(t[i-1]) {
		return Label{}, false
	}
	if i+2 < len(t) && t[i+1] == '\n' && han(r) {
		return x.uprightLabel(t, i)
	}
	if i+1 < len(t) && t[i+1] != ' ' && e.second&(1<<(t[i+1]&63)) == 0 {
		return Label{}, false
	}
	for k := range e.labels {
		l := &e.labels[k]
		if l.at(t, i+1) {
			end := i + 1 + len(l.rest)
			return Label{Start: i, End: end + suffix(t, end, l.field), Field: l.field}, true
		}
	}
	if i+2 < len(t) && t[i+1] == ' ' && han(r) {
		return x.spacedLabel(t, i)
	}
	return Label{}, false
}

// suffix is the length of 号码, 号, 编号 behind the label of a number: whatever the
// card is called, its number is announced like this.
func suffix(t []rune, i int, f Field) int {
	switch f {
	case FieldID, FieldPassport, FieldPermit, FieldResidence, FieldCard, FieldMobile, FieldPhone, FieldPlate, FieldDriver, FieldSocial, FieldOfficer, FieldVIN, FieldIMEI:
	default:
		return 0
	}
	for _, w := range numberSuffixes {
		if i+len(w) <= len(t) && equal(t[i:i+len(w)], w) {
			return len(w)
		}
	}
	return 0
}

var numberSuffixes = [...][]rune{[]rune("号码"), []rune("编号"), []rune("证号"), []rune("号"), []rune(" number"), []rune(" no.")}

// at tells whether the rest of the label stands at i.
func (l *entryLabel) at(t []rune, i int) bool {
	end := i + len(l.rest)
	if end > len(t) || l.ascii && end < len(t) && letter(t[end]) {
		return false
	}
	return equal(t[i:end], l.rest)
}

// spacedLabel finds a label whose characters are set apart: 联 系 人, 姓    名.
func (x *lexicon) spacedLabel(t []rune, i int) (Label, bool) {
	for _, l := range x.entries[x.at[t[i]]].labels {
		k, gaps := i+1, 0
		for _, r := range l.rest {
			b := k
			for k < len(t) && t[k] == ' ' && k-b < 8 {
				k++
			}
			if k > b {
				gaps++
			}
			if k >= len(t) || t[k] != r {
				k = -1
				break
			}
			k++
		}
		if k > 0 && len(l.rest) > 0 && gaps == len(l.rest) {
			return Label{Start: i, End: k, Field: l.field}, true
		}
	}
	return Label{}, false
}

// begins tells whether a label may begin anywhere in t, or an x or y stands alone.
func (x *lexicon) begins(t []rune) bool {
	for i, r := range t {
		if r >= 1<<16 || x.at[r] == 0 || len(x.entries[x.at[r]].labels) == 0 {
			continue
		}
		second := x.entries[x.at[r]].second
		switch {
		case second == 1<<64-1, i+1 == len(t) && (r == 'x' || r == 'y'):
			return true
		case i+1 < len(t) && (second&(1<<(t[i+1]&63)) != 0 || !alnum(t[i+1]) && !han(t[i+1])):
			return true
		}
	}
	return false
}

func equal(a, b []rune) bool {
	for i, r := range b {
		if a[i] != r {
			return false
		}
	}
	return true
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
func digit(r rune) bool  { return r >= '0' && r <= '9' }
func alnum(r rune) bool  { return letter(r) || digit(r) }

// han tells whether r is a Han character of the usual blocks.
func han(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r == '〇' || r >= 0x20000 && r <= 0x3FFFF
}

func blank(r rune) bool { return r == ' ' || r == '\t' }
