package scan

import "strings"

// How firmly the end of a name is marked.
const (
	endNone = iota
	endSoft // a verb or particle that follows names
	endHard // a sign, a blank, a label, a title, the end
)

// name is a name found at a place.
type name struct {
	end  int
	mark int
	what string
}

// nameBehind handles the names behind 联系人：, 姓名：, Contact:.
func (s *scanner) nameBehind(l Label) {
	if s.upright(l) {
		s.uprightBehind(l)
		return
	}
	i, firm := s.colon(s.lists(s.otherLabels(l.End)))
	if latinLabel := letter(s.t[l.Start]); latinLabel && (firm < 2 || s.wordBefore(l.Start)) {
		return
	}
	for s.at(i) == '"' || s.at(i) == '“' || s.at(i) == '(' && firm == 2 || s.at(i) == '\n' && firm == 2 {
		i++
	}
	if firm == 1 && l.Field == FieldPerson {
		firm = 0
	}
	if s.at(i) == ')' && s.prev(l.Start) == '(' { // （签名）余秋白
		i = s.blanks(i + 1)
	}
	if k := s.behindUnit(i, firm); k > 0 {
		i = k
	}
	s.names(i, firm, l.Field == FieldPerson, "标签“"+string(s.t[l.Start:l.End])+"”")
}

// otherLabels skips labels joined to the one that ends at i: 联系人/电话：, 联系人及联系方式：.
func (s *scanner) otherLabels(i int) int {
	for range 3 {
		if !containsRune("/、及和与", s.at(i)) || s.at(i) == 0 {
			break
		}
		l, ok := s.x.label(s.t, i+1)
		if !ok {
			break
		}
		i = l.End
	}
	return i
}

// lists skips what may follow a label whose names are set out one after another:
// 主要完成人排序：, 参加人员名单如下：.
func (s *scanner) lists(i int) int {
	for _, w := range []string{"名单如下", "排名", "排序", "名单", "顺序", "如下", "信息", "情况"} {
		if s.follows(i, w) && (s.at(i+len([]rune(w))) == ':' || s.at(i+len([]rune(w))) == '(') {
			return i + len([]rune(w))
		}
	}
	return i
}

// numberedItem skips the number of an item at i: 1. (2) ③; i if there is none.
func (s *scanner) numberedItem(i int) int {
	k := i
	if s.at(k) == '(' {
		k++
	}
	a := k
	for k-a < 2 && digit(s.at(k)) {
		k++
	}
	if k == a || !containsRune(".、)", s.at(k)) || s.at(k) == 0 {
		return i
	}
	if k = s.blanks(k + 1); han(s.at(k)) {
		return k
	}
	return i
}

// wordBefore tells whether a Latin word stands before a label: in “Project Name:” the label is not a person's.
func (s *scanner) wordBefore(i int) bool {
	return s.prev(i) == ' ' && letter(s.prev(i-1)) || s.prev(i) == '_' || s.prev(i) == '-'
}

// names reads one name or several at i; firm as in colon.
func (s *scanner) names(i, firm int, person bool, why string) { s.namesFrom(0, i, firm, person, why) }

// namesFrom is names where some have been read already.
func (s *scanner) namesFrom(n, i, firm int, person bool, why string) {
	for ; n < 30; n++ {
		item := s.numberedItem(i)
		numbered := item > i
		i = item
		if n > 0 {
			if b := s.behindUnit(i, 2); b > 0 { // 科技处 张伟、信息中心 王磊
				i = b
			}
		}
		found, ok := s.nameAt(i, firm == 2)
		if !ok || !s.believable(i, found, firm, person, n) {
			return
		}
		h := s.add("I18", i, found.end, 0.5, found.what)
		switch {
		case n > 0:
			h.why(0.2, "与前一姓名并列")
			h.Rare = found.mark == endSoft && !s.compound(i)
		case firm == 2:
			h.why(0.35, why+"后有冒号")
		default:
			h.why(0.25, why+"后直接相接")
			h.Rare = person && found.mark == endSoft && !s.compound(i)
		}
		k := s.nextName(found.end)
		if numbered {
			k = s.nextItem(found.end, k)
		}
		if k == 0 {
			return
		}
		i, firm = k, min(firm, 1)
	}
}

// nextName is where another name may begin behind one that ends at i; 0 if none follows.
func (s *scanner) nextName(i int) int {
	k := s.blanks(i)
	switch r := s.at(k); {
	case r != 0 && containsRune("、,/和与及;", r):
		k++
	case k > i && (han(r) || s.numberedItem(k) > k):
	default:
		return 0
	}
	for blank(s.at(k)) || s.at(k) == '\n' && s.prev(k) == '、' {
		k++
	}
	return k
}

// maxItem is how long, in runes, the rest of a numbered item may be.
const maxItem = 60

// nextItem is where the next item begins in a numbered list of names with remarks, behind a name
// that ends at i: 1.裴景行，总体设计；2.葛一鸣，算法. near is
// where the next name would begin without remarks; it is given back where one does, or no item follows.
func (s *scanner) nextItem(i, near int) int {
	if near > 0 {
		if _, ok := s.nameAt(s.numberedItem(near), false); ok {
			return near
		}
	}
	for k := i; k < len(s.t) && k-i < maxItem; k++ {
		switch s.t[k] {
		case ';', '\n', '。', ' ':
			if b := s.blanks(k + 1); s.numberedItem(b) > b {
				return b
			}
			if s.t[k] == '。' || s.t[k] == '\n' {
				return near
			}
		}
	}
	return near
}

// believable weighs a name against how firmly it is announced; n counts the names before it.
func (s *scanner) believable(i int, f name, firm int, person bool, n int) bool {
	if s.wordNotName(i, f.end, firm) || firm < 2 && n == 0 && s.figure(i, f.end) {
		return false
	}
	long, hard := f.end-i >= 3, f.mark == endHard
	if surname(s.t[i]) == 2 && !s.compound(i) {
		return rareBelievable(long, hard, firm, n)
	}
	switch {
	case n > 0:
		return hard || long && s.sure(i, f.mark)
	case firm > 0:
		return hard || firm == 2 || long
	case person:
		return long && (hard || s.sure(i, f.mark))
	}
	return long || hard
}

// rareBelievable is believable for a surname that is a word more often.
func rareBelievable(long, hard bool, firm, n int) bool {
	if n > 0 {
		return hard && long
	}
	return firm == 2 && (hard || long)
}

// sure tells whether a surname at i is one beyond doubt, or at least no word where the
// name ends in a verb.
func (s *scanner) sure(i, mark int) bool {
	return s.compound(i) || mark == endSoft && !strings.ContainsRune(wordlike, s.t[i])
}

// wordNotName tells whether [i,end) is a word that looks like a name, or begins with one.
func (s *scanner) wordNotName(i, end, firm int) bool {
	return falseName(s.t[i:end]) || end-i >= 3 && firm < 2 && !s.compound(i) && falseName(s.t[i:i+2])
}

func (s *scanner) compound(i int) bool {
	return i >= 0 && i+1 < len(s.t) && surnames().compound[[2]rune{s.t[i], s.t[i+1]}]
}

// nameAt reads a name at i: surname and given name, a name of several parts with
// dots, or a Latin name (where latin is allowed).
func (s *scanner) nameAt(i int, latinToo bool) (name, bool) {
	r := s.at(i)
	if letter(r) && latinToo {
		return s.latinName(i)
	}
	if !han(r) {
		return name{}, false
	}
	if n, ok := s.dottedName(i); ok {
		return n, true
	}
	lead := 1
	if s.compound(i) {
		lead = 2
	} else if surname(r) == 0 {
		return name{}, false
	}
	if n, ok := s.spacedName(i, lead); ok {
		return n, true
	}
	best := s.plainName(i, lead)
	if best.mark == endNone && lead == 1 && i+4 <= len(s.t) && s.givenAll(i+2, i+4) && s.nameEnd(i+4) == endHard && surname(s.at(i+1)) == 1 {
		best = name{end: i + 4, mark: endSoft} // two surnames in one
	}
	best.what = "姓氏“" + string(s.t[i:i+lead]) + "”加名"
	return best, best.mark != endNone
}

// plainName reads a given name of one or two characters behind a surname of lead: the
// length whose end is marked most firmly.
func (s *scanner) plainName(i, lead int) (best name) {
	for given := 1; given <= 2; given++ {
		end := i + lead + given
		if end > len(s.t) || !s.given(end-1) {
			break
		}
		if m := s.nameEnd(end); m > best.mark && (m == endHard || !s.seldom(i+lead, end)) {
			best = name{end: end, mark: m}
		}
	}
	return best
}

func (s *scanner) given(i int) bool {
	return han(s.at(i)) && !strings.ContainsRune(notGiven, s.t[i])
}

// seldom tells whether a particle stands in [a,b).
func (s *scanner) seldom(a, b int) bool {
	for _, r := range s.t[a:b] {
		if strings.ContainsRune(seldomGiven, r) {
			return true
		}
	}
	return false
}

// spacedName handles 陆　舟 and 张 建 国, and 陆 建国: blanks between the characters of a name.
func (s *scanner) spacedName(i, lead int) (name, bool) {
	if s.at(i+lead) != ' ' {
		return name{}, false
	}
	what := "姓氏“" + string(s.t[i:i+lead]) + "”加名，中有空格"
	k, last := i+lead, 0
	for given := range 2 {
		b := k
		for s.at(k) == ' ' {
			k++
		}
		if k == b || k > b+4 || !s.given(k) {
			break
		}
		if _, ok := s.x.label(s.t, k); ok {
			break
		}
		if han(s.at(k + 1)) {
			if given == 0 && k-b <= 2 && lead == 1 && s.given(k+1) && s.nameEnd(k+2) == endHard {
				return name{k + 2, endHard, what}, true
			}
			break
		}
		k++
		last = k
	}
	return name{last, endHard, what}, last > 0 && s.nameEnd(last) == endHard
}

// dottedName handles 热依娜·库尔班江.
func (s *scanner) dottedName(i int) (name, bool) {
	k, dots, part := i, 0, 0
	for ; k < len(s.t) && k-i < 30; k++ {
		r := s.t[k]
		if han(r) {
			if dots > 0 && part > 1 && s.nameEnd(k) != endNone {
				break
			}
			part++
			continue
		}
		if part == 0 || r != '·' && r != '.' && r != '•' || !han(s.at(k+1)) {
			break
		}
		dots++
		part = 0
	}
	if dots == 0 || part == 0 || part > 8 {
		return name{}, false
	}
	if s.nameEnd(k) == endNone {
		return name{}, false
	}
	return name{k, endHard, "多段姓名，以间隔号相连"}, true
}

// softEnds follow a name in a sentence.
var softEnds = []string{"的", "在", "和", "与", "及", "等", "为", "是", "已", "于", "将", "向", "对", "把", "从", "由", "至", "负责", "担任", "表示", "介绍", "代表", "完成", "提出", "主持", "带领", "牵头", "同意", "签字", "签名", "审核", "参加", "参与", "任", "拟", "年薪", "率", "发言", "汇报", "指出", "认为", "获", "因", "被", "说", "反映", "(", "男", "女", "来自", "毕业", "现任", "出席", "病历", "住院", "提供", "撰写", "编写", "起草", "整理", "汇总", "统计", "保管", "收集", "报送", "提交", "审定", "批准", "复核", "签收", "签署", "带队", "讲解", "演示", "答辩", "陈述", "主讲", "授课", "联系", "对接", "协调", "跟进", "处理", "办理", "安排", "通知", "组织", "策划", "设计", "研发", "研制", "开发", "实施", "维护", "操作", "驾驶", "陪同", "接待", "出具", "确认", "回复", "答复", "反馈", "转交", "递交", "移交", "领取", "收到", "曾", "现为", "兼任", "当选", "受聘", "从事", "长期", "作为", "共同", "联合", "一行", "团队", "课题组", "以及", "建议", "推荐", "申报", "说明", "名下", "本人", "一同", "全程", "亲自", "统一", "牵头", "系该", "系本", "系我", "系项目", "系第", "系课题", "具体", "全面", "专门", "先后", "累计", "多次", "近年", "常年", "擅长", "专注", "致力", "深耕", "入选", "荣获", "承担", "指导", "审阅", "盖章", "签章", "查收", "核实", "分管", "打分", "评分", "经办", "执笔", "到场", "签订", "发明", "首次", "团队", "所在", "所有", "以", "也", "还", "均", "并"}

// nameEnd tells how firmly a name is over at i.
func (s *scanner) nameEnd(i int) int {
	r := s.at(i)
	if !han(r) && r != '·' {
		return endHard
	}
	if r == '·' {
		return endNone
	}
	if l, ok := s.x.label(s.t, i); ok && l.End-l.Start >= 2 {
		return endHard
	}
	if s.titleAt(i) > 0 {
		return endHard
	}
	if r < 1<<16 && s.x.at[r] != 0 {
		for _, w := range s.x.entries[s.x.at[r]].soft {
			if i+len(w) <= len(s.t) && equal(s.t[i:i+len(w)], w) {
				return endSoft
			}
		}
	}
	return endNone
}

func (s *scanner) givenAll(a, b int) bool {
	for k := a; k < b; k++ {
		if !s.given(k) {
			return false
		}
	}
	return true
}
