package scan

import "strings"

// Who is named is often said by a noun that no list has: 送样人, 跟班技术员, 现场总代.
// Its last character gives it away. With a colon behind it a name follows; without one
// the name must be of three characters, end beyond doubt and be no word.

// person tells whether a rune ends nouns for persons that may stand before a name.
func person(r rune) bool {
	switch r {
	case '人', '员', '者', '师', '长', '代', '理', '事', '问', '手', '工', '民':
		return true
	}
	return false
}

// notPersons stand before 人 or 员 where the two are no noun for one person.
const notPersons = "器他个本每有无国商法众古老新客军诗某旁路行世用机主家亲前后今常凡女男成动官议会社党团职全委海"

// wordlike are surnames that more often begin a word behind 人 or 员.
const wordlike = "向于应成平高安常明时连全任相易单方关管权康文包查符计解师车路和白万经公生水项强盛农容司原宣封费游席广展边"

// maxNoun is the longest noun for a person, in runes.
const maxNoun = 8

// someone handles the colon at i behind a noun for a person.
func (s *scanner) someone(i int) {
	a := i
	for blank(s.prev(a)) {
		a--
	}
	if a == 0 || !person(s.t[a-1]) || s.labelEnds(a) {
		return
	}
	from := a
	for a-from <= maxNoun && han(s.prev(from)) {
		from--
	}
	if n := a - from; n < 2 || n > maxNoun {
		return
	}
	k := s.blanks(i + 1)
	if b := s.behindUnit(k, 2); b > 0 {
		k = b
	}
	f, ok := s.nameAt(k, false)
	if !ok || f.mark != endHard || f.end-k < 2 || !s.believable(k, f, 2, true, 0) {
		return
	}
	why := "“" + string(s.t[from:a]) + "”"
	h := s.add("I18", k, f.end, 0.5, f.what).why(0.25, why+"后有冒号")
	h.Rare = true
	if k = s.nextName(f.end); k > 0 {
		s.namesFrom(1, k, 1, true, why)
	}
}

// bearer handles a name right behind 人 or 员, which stands at i: 送样人齐远航，….
func (s *scanner) bearer(i int) {
	k := i + 1
	if r := s.at(k); surname(r) != 1 && !s.compound(k) {
		return
	} else if strings.ContainsRune(wordlike, r) && !s.compound(k) {
		return
	}
	if s.labelEnds(k) || !han(s.prev(i)) || strings.ContainsRune(notPersons, s.t[i-1]) {
		return
	}
	from := i
	for i-from <= maxNoun && han(s.prev(from)) {
		from--
	}
	if i-from > maxNoun-2 {
		return
	}
	f, ok := s.nameAt(k, false)
	if !ok || f.mark != endHard || f.end-k < 3 || s.wordNotName(k, f.end, 0) || s.figure(k, f.end) {
		return
	}
	why := "“" + string(s.t[from:i+1]) + "”"
	h := s.add("I18", k, f.end, 0.5, f.what).why(0.1, why+"后直接相接")
	h.Rare = true
	if k = s.nextName(f.end); k > 0 {
		s.namesFrom(1, k, 1, true, why)
	}
}

// acts are what somebody named behind 由 does.
var acts = []string{"负责", "完成", "主持", "牵头", "带队", "带领", "设计", "研发", "研制", "开发", "提出", "组织", "撰写", "编写", "起草", "担任", "承担", "执笔", "主讲", "讲解", "汇报", "答辩", "介绍", "审核", "审定", "复核", "签发", "签署", "签字", "签收", "保管", "演示", "联系", "对接", "陪同", "代表", "主刀", "指导", "统稿", "具体", "实施", "操作", "维护", "整理", "提供"}

// agent handles a name of three characters or more behind 由 that does something: 由孟清源完成. The
// dictionary has the last word.
func (s *scanner) agent(i int) {
	k := i + 1
	if !s.compound(k) && (surname(s.at(k)) != 1 || strings.ContainsRune(wordlike, s.t[k])) {
		return
	}
	for end := k + 3; end <= min(k+4, len(s.t)); end++ {
		if !s.nameShape(k, end) || !s.acts(end) {
			continue
		}
		if s.figure(k, end) {
			return
		}
		s.add("I18", k, end, 0.5, "姓氏加名").why(0.1, "“由”后直接相接，后有动作").Rare = true
		return
	}
}

// acts tells whether a verb of those that follow an agent stands at i.
func (s *scanner) acts(i int) bool {
	for _, w := range acts {
		if s.follows(i, w) {
			return true
		}
	}
	return false
}

// gendered handles a name with which a sentence begins and the gender of its bearer: 单清源，男，1979年生.
func (s *scanner) gendered(i int) {
	if r := s.at(i + 1); r != ',' && r != '、' && r != '(' && r != ')' && r != ';' && r != '。' && r != ' ' && r != 0 && r != '\n' {
		return
	}
	k := s.joint(i)
	if k == i || k < 2 {
		return
	}
	if c := s.cell(i); c != nil && c.Field != FieldNone {
		return // a table with heads
	}
	for n := 4; n >= 2; n-- {
		a := k - n
		if a < 0 || han(s.prev(a)) || s.prev(a) == '·' || !s.nameShape(a, k) {
			continue
		}
		s.add("I18", a, k, 0.5, "姓氏加名").why(0.25, "后接性别").Rare = !s.compound(a)
		return
	}
}

// maxSignature is how long, in runes, the line below a signature may be.
const maxSignature = 24

// signature handles a line of nothing but a name of three or four characters, under text and over the
// name of an office or a date: the end of a letter. The line break before it stands at i.
func (s *scanner) signature(i int) {
	if p := s.prev(i); i == 0 || !stop(p) && p != '!' && p != ',' && p != '礼' && p != '致' {
		return
	}
	k, end := s.loneName(i + 1)
	if end == 0 {
		return
	}
	b := s.blanks(s.blanks(end) + 1)
	e := b
	for e < len(s.t) && e-b <= maxSignature && s.t[e] != '\n' {
		e++
	}
	if e-b > maxSignature || e == b || !s.closes(b, e) {
		return
	}
	s.add("I18", k, end, 0.5, "姓氏加名，单列一行").why(0.15, "下行为单位或日期，合于落款").Rare = true
}

// loneName is the name of three or four characters that makes up the line which begins at i; its end
// is 0 if there is none.
func (s *scanner) loneName(i int) (start, end int) {
	k := s.blanks(i)
	for end = k; end < len(s.t) && end-k < 5 && han(s.t[end]); {
		end++
	}
	if end-k < 3 || end-k > 4 || s.at(s.blanks(end)) != '\n' || !s.nameShape(k, end) {
		return k, 0
	}
	return k, keep(end, s.compound(k) || !strings.ContainsRune(wordlike, s.t[k]))
}

// closes tells whether the line [b,e) is that of an office or a date.
func (s *scanner) closes(b, e int) bool {
	for e > b && blank(s.t[e-1]) {
		e--
	}
	if e-b < 2 {
		return false
	}
	if digit(s.t[b]) {
		return containsRune("日号", s.t[e-1]) || allDigits(s.t[e-1:e]) && s.at(b+4) != 0 && containsRune("年.-/", s.at(b+4))
	}
	return han(s.t[b]) && containsRune("处科室部局院所司办校社会心", s.t[e-1])
}

// maxJoint is how many signs may stand between a name and its phone number.
const maxJoint = 3

// owner handles the name in front of a mobile number that begins at i: 王磊（139…）,
// 陆文舟，电话139….
func (s *scanner) owner(i int) {
	if c := s.cell(i); c != nil && c.Field != FieldNone {
		return // a table with heads
	}
	k := s.joint(i)
	for n := len(s.labels) - 1; n >= 0; n-- {
		if l := s.labels[n]; l.End <= k && l.Field != FieldNone && l.End > k-2 && (l.Field == FieldMobile || l.Field == FieldPhone) {
			k = s.joint(l.Start)
		} else if l.End <= k {
			break
		}
	}
	if !s.ownerAt(k) {
		s.ownerAt(s.beforeTitle(k))
	}
}

// ownerAt takes a name that ends at k.
func (s *scanner) ownerAt(k int) bool {
	for n := 4; n >= 2; n-- {
		a := k - n
		if a < 0 || !s.nameShape(a, k) || !s.owns(a, n) {
			continue
		}
		s.add("I18", a, k, 0.5, "姓氏加名").why(0.2, "紧接手机号").Rare = !s.compound(a)
		return true
	}
	return false
}

// beforeTitle is where a name ends that a title set off by signs follows: 姬长风 研发总监; 0
// if no title ends at k.
func (s *scanner) beforeTitle(k int) int {
	a := k
	for k-a < maxNoun && han(s.prev(a)) {
		a--
	}
	if a == k || han(s.prev(a)) {
		return 0
	}
	for i := a; i < k; i++ {
		if n := s.titleAt(i); n > 0 && i+n == k {
			return s.joint(a)
		}
	}
	return 0
}

// joint skips the signs before i.
func (s *scanner) joint(i int) int {
	k := i
	for i-k < maxJoint && containsRune(" \t:,、;(", s.prev(k)) && s.prev(k) != 0 {
		k--
	}
	return k
}

// nameShape tells whether [a,k) is a surname that is seldom a word and a given name.
func (s *scanner) nameShape(a, k int) bool {
	lead := 1
	if s.compound(a) {
		lead = 2
	}
	given := k - a - lead
	if given < 1 || given > 2 || lead == 1 && surname(s.t[a]) != 1 {
		return false
	}
	last := k
	if given == 2 && s.t[k-1] == '和' && !han(s.at(k)) { // 单清和，
		last--
	}
	return s.givenAll(a+lead, k) && !s.seldom(a+lead, last) && !falseName(s.t[a:k]) && (lead == 2 || !falseName(s.t[a:a+2]))
}

// owns tells whether a name of n runes may begin at a: behind a sign, or behind a noun
// for a person or an office.
func (s *scanner) owns(a, n int) bool {
	p := s.prev(a)
	if !han(p) {
		return p != '·' && (n > 2 || !strings.ContainsRune(wordlike, s.t[a]))
	}
	return strings.ContainsRune("人员者师长代事任", p) || strings.ContainsRune("部处科室司局所组院", p) && !strings.ContainsRune(wordlike, s.t[a])
}

// holderReach is how far before a number of a person, in runes, its holder is looked for.
const holderReach = 32

// holders looks for the holders of the numbers that were found outside tables.
func (s *scanner) holders() {
	order(s.hits, byPlace)
	found := s.hits
	s.hits = nil
	named := -1 // where the last name before the number at hand ends
	for k := range found {
		switch h := &found[k]; h.Rule {
		case "I18":
			named = h.End
		case "I01", "I03", "I06", "I10", "I11":
			if c := s.cell(h.Start); named > h.Start-holderReach && named >= 0 || c != nil && c.Field != FieldNone {
				continue
			}
			s.holder(h.Start)
			named = h.Start
		}
	}
	s.hits = merged(found, s.hits)
}

// merged joins two lists that are in order.
func merged(a, b []Hit) []Hit {
	if len(b) == 0 {
		return a
	}
	out := make([]Hit, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if byPlace(b[0], a[0]) < 0 {
			out, b = append(out, b[0]), b[1:]
		} else {
			out, a = append(out, a[0]), a[1:]
		}
	}
	return append(append(out, a...), b...)
}

// holder handles the name that stands by itself in the same sentence before the number
// of a person at i: 劳务费发放：巩子衿，开户行某行，6222….
func (s *scanner) holder(i int) {
	end := -1 // of the Han run that is being walked over
	for k := i - 1; k >= max(0, i-holderReach); k-- {
		switch r := s.t[k]; {
		case han(r):
			if end < 0 {
				end = k + 1
			}
			if n := end - k; han(s.prev(k)) || n < 3 || n > 4 {
				continue
			}
			if !s.compound(k) && strings.ContainsRune(wordlike, r) || !s.nameShape(k, end) {
				continue
			}
			s.add("I18", k, end, 0.5, "姓氏加名").why(0.15, "单列，后有本人的号码").Rare = !s.compound(k)
			return
		case r == '\n' || stop(r):
			return
		default:
			end = -1
		}
	}
}
