package scan

import (
	"strings"

	"jinggao/sanitize/validate"
)

// contains is strings.Contains under a short name.
func contains(s, w string) bool { return strings.Contains(s, w) }

// shortest is how many digits a number has at least.
const shortest = 7

// maxChain is how many digits a number with gaps may have at most.
const maxChain = 24

// group is a run of digits, half open.
type group struct{ a, b int }

// chain is a number with the gaps that people and line ends put into it.
type chain struct {
	groups []group
	seps   []rune // what parts group k from k+1: ' ', '-', '\n', '\t'
}

// digits handles a run [i,j) of digits, alone or with the groups that follow it.
func (s *scanner) digits(i, j int) int {
	if end := s.address4(i, j); end > i {
		return end
	}
	if s.at(j) == '.' && (digit(s.at(j+1)) || j-i == 12 && s.at(j+1) == 'x') {
		if end := s.dotted(i, j); end > 0 {
			return end
		}
		return s.decimal(i, j)
	}
	if end := s.commas(i, j); end > 0 {
		return end
	}
	if j-i > maxChain || s.prev(i) == '.' && digit(s.prev(i-1)) || s.at(j) == '@' {
		return j
	}
	if s.at(j) == ')' && s.prev(i) == '(' && j-i <= 4 && s.t[i] == '0' {
		return max(j, s.bracketArea(i, j))
	}
	if j-i < shortest {
		if k, _ := s.parted(j, j-i <= 4 && s.prev(i) == '('); !digit(s.at(k)) {
			return j // too short, and nothing follows
		}
	}
	return s.windows(s.chain(i, j))
}

// commas handles 138，1234，5678 behind a label; 0 if there is none.
func (s *scanner) commas(i, j int) int {
	if s.at(j) != ',' || j-i != 3 || !digit(s.at(j+1)) || !s.announces(i, j).is(FieldMobile, FieldPhone) {
		return 0
	}
	return s.dotted(i, j)
}

// windows tries the groups of a chain together, then fewer and fewer of them.
func (s *scanner) windows(c chain) int {
	first := c.groups[0].b - c.groups[0].a
	total, ones := 0, true
	for _, g := range c.groups {
		total += g.b - g.a
		ones = ones && g.b-g.a == 1
	}
	for k := len(c.groups); k >= 1; k-- {
		if k == 1 && len(c.groups) > 1 && c.seps[0] == '-' && first < 13 && first != 11 {
			break // the head of a hyphenated number
		}
		if k == 1 || total >= 9 {
			if end := s.window(c, k); end > 0 {
				return end
			}
		}
		if ones {
			break // one digit at a time: all of them or nothing
		}
		total -= c.groups[k-1].b - c.groups[k-1].a
	}
	return c.groups[0].b
}

// dotted handles 138.1234.5678 and 310104.19921103.4628; a comma may stand for the dot.
func (s *scanner) dotted(i, j int) int {
	sign := s.at(j)
	if w := j - i; w != 3 && w != 6 || s.prev(i) == '.' {
		return 0
	}
	c := chain{groups: []group{{i, j}}}
	for s.at(c.groups[len(c.groups)-1].b) == sign && len(c.groups) < 4 {
		a := c.groups[len(c.groups)-1].b + 1
		b := a
		for digit(s.at(b)) {
			b++
		}
		if b == a {
			break
		}
		c.groups = append(c.groups, group{a, b})
		c.seps = append(c.seps, sign)
	}
	w := 0
	for _, g := range c.groups {
		w = w*10 + min(g.b-g.a, 9)
	}
	if w != 344 && w != 684 && w != 683 {
		return 0
	}
	return s.window(c, len(c.groups))
}

// chain collects the groups that may belong to one number.
func (s *scanner) chain(i, j int) chain {
	c := chain{groups: append(s.groups[:0], group{i, j}), seps: s.seps[:0]}
	total := j - i
	for total < 20 && len(c.groups) < 20 {
		k, sep := s.parted(c.groups[len(c.groups)-1].b, len(c.groups) == 1 && j-i <= 4 && s.prev(i) == '(')
		if !digit(s.at(k)) {
			break
		}
		e := k
		for digit(s.at(e)) {
			e++
		}
		if total += e - k; total > maxChain {
			break
		}
		c.groups = append(c.groups, group{k, e})
		c.seps = append(c.seps, sep)
	}
	s.groups, s.seps = c.groups, c.seps
	return c
}

// parted skips what parts two groups; bracket: the first stands in a bracket that is
// open, (137)61234567. It returns where the next group would begin and the
// weightiest sign on the way; the place of a non-digit where nothing parts them.
func (s *scanner) parted(end int, bracket bool) (int, rune) {
	k, sep := end, rune(0)
	if bracket && s.at(end) == ')' {
		k, sep = end+1, ' '
	}
	for k < end+4 && parting(s.at(k)) {
		switch r := s.t[k]; {
		case sep == 0 || r == '-' || r == '\n', r == '\t':
			sep = r
		}
		k++
	}
	return k, sep
}

// parting runes may stand between the groups of one number.
func parting(r rune) bool {
	switch r {
	case ' ', '-', '\n', '\t', '_', '/', '·', '~':
		return true
	}
	return false
}

// window judges the first k groups of a chain as one number; it returns where the
// number ends, or 0.
func (s *scanner) window(c chain, k int) int {
	n := digitsFound{s: s, c: c, k: k, start: c.groups[0].a, end: c.groups[k-1].b}
	if !n.measure() {
		return 0
	}
	if len(n.text) == 17 {
		if x := s.checkX(n.end); x > n.end {
			n.end = x
			n.text += "X"
		}
	}
	before, behind := s.prev(n.start), s.at(n.end)
	if alnum(behind) || behind == '_' || before == '_' || alnum(before) && !s.labelEnds(n.start) {
		return 0
	}
	n.tied = k < len(c.groups) && c.seps[k-1] == '-' || before == '-' && alnum(s.prev(n.start-1))
	return n.judge()
}

// measure reads the digits and counts the gaps; false if no number is made like that.
func (n *digitsFound) measure() bool {
	b := make([]byte, 0, maxChain)
	ones, tabs := 0, 0
	for i, g := range n.c.groups[:n.k] {
		if g.b-g.a == 1 {
			ones++
		}
		for k := g.a; k < g.b; k++ {
			b = append(b, byte(n.s.t[k]))
		}
		if i == 0 {
			continue
		}
		switch n.c.seps[i-1] {
		case '\t':
			tabs++
		case '\n':
			n.lines++
		}
	}
	if len(b) < shortest || len(b) > 20 || n.lines > 1 {
		return false
	}
	if tabs > 0 && (ones < n.k || len(b) != 18 && len(b) != 17 && len(b) != 11) { // one digit a cell
		return false
	}
	n.text = string(b)
	return true
}

// checkX finds the X of an identity number behind place i, blanks and tabs aside.
func (s *scanner) checkX(i int) int {
	k := i
	for k < i+2 && (s.at(k) == ' ' || s.at(k) == '-' || s.at(k) == '\t') {
		k++
	}
	if s.at(k) == 'x' && !alnum(s.at(k+1)) {
		return k + 1
	}
	return i
}

// labelEnds tells whether a label ends just before i: Tel138…
func (s *scanner) labelEnds(i int) bool {
	n := len(s.labels)
	return n > 0 && s.labels[n-1].End == i
}

// digitsFound is a number to be judged.
type digitsFound struct {
	s          *scanner
	c          chain
	k          int
	start, end int
	text       string
	lines      int
	tied       bool // a hyphen ties it to more digits or letters
	a          announcement
}

// judge tries what the number may be, the best proved first.
func (n *digitsFound) judge() int {
	n.a = n.s.announces(n.start, n.end)
	if n.identity() || n.mobile() || n.landline() || n.card() || n.labelled() {
		return n.end
	}
	return 0
}

// unit counts things or money: a number before one is an amount.
func unit(r rune) bool {
	switch r {
	case '元', '万', '亿', '颗', '片', '枚', '粒', '支', '株', '包', '瓶', '盒', '箱', '度', '比', '笔', '批', '点', '页', '卷', '册', '座', '组', '辆', '艘', '架', '根', '束', '块', '头', '羽', '尾', '升', '克', '公', '千', '平', '立', '兆', '吉', '纳', '皮', '摄', '个', '次', '条', '例', '只', '台', '套', '件', '种', '项', '人', '份', '吨', '米', '字', '股', '户', '行', '篇', '张', '家', '%', '美', '毫', '微', '赫', '瓦', '帧', '步', '秒', '倍':
		return true
	}
	return false
}

// money tells whether the number is written as an amount.
func (n *digitsFound) money() bool {
	p := n.s.prev(n.start)
	next := n.s.at(n.end)
	if next == ' ' {
		next = n.s.at(n.end + 1)
	}
	return unit(next) || p == '¥' || p == '$' || p == '€' || p == '第' && next == '号'
}

// identity: 18 characters with check digit, 15 with a label.
func (n *digitsFound) identity() bool {
	s := n.s
	switch {
	case len(n.text) == 18 && n.text[0] == '9':
		fault := validate.PermanentResident(n.text)
		if fault == validate.OK {
			s.add("I12", n.start, n.end, 0.6, "18 位，9 开头，合于外国人永久居留身份证号").proved("日期与校验位正确（GB 11643）")
			return true
		}
		if validate.CreditCode(n.text) == validate.OK {
			s.code18(n.start, n.end)
			return true
		}
		return false
	case len(n.text) == 18:
		fault := validate.ResidentID(n.text)
		if fault == validate.OK {
			rule := "I01"
			if n.a.field == FieldDriver {
				rule = "I15"
			}
			h := s.add(rule, n.start, n.end, 0.6, "18 位，合于居民身份证号").proved("区划、日期、校验位正确（GB 11643）")
			n.remark(h)
			return true
		}
		if n.a.direct && n.a.is(FieldID, FieldDriver, FieldSocial) && n.lines == 0 {
			s.add("I01", n.start, n.end, 0.5, "18 位数字").why(0.3, n.a.says()).why(-0.05, fault.String()+"，疑为笔误")
			return true
		}
	case len(n.text) == 15 && n.lines == 0:
		if n.a.is(FieldID) && validate.ResidentID15(n.text) == validate.OK {
			s.add("I02", n.start, n.end, 0.5, "15 位，区划与日期合于旧版身份证号").why(0.3, n.a.says())
			return true
		}
	}
	return false
}

// remark adds what the context says to a proved number.
func (n *digitsFound) remark(h *Hit) {
	if n.k > 1 {
		h.why(0, "中有分隔，已合并")
	}
	if n.a.field != FieldNone && n.a.field != FieldOther {
		h.why(0.02, n.a.says())
	}
}

// card: bank card with issuer and Luhn digit.
func (n *digitsFound) card() bool {
	l := len(n.text)
	labelled := n.cardLabel()
	if n.lines > 0 && !labelled {
		return false
	}
	issuer := validate.CardIssuer(n.text)
	if issuer == "" || n.money() {
		return labelled && l >= 13 && l <= 19 && n.labelled()
	}
	right := validate.Luhn(n.text)
	if !right && (!n.a.direct || n.a.field != FieldCard) || right && !labelled && !n.bareCard(issuer) {
		return false
	}
	h := n.s.add("I06", n.start, n.end, 0.5, "长度与发卡行标识（"+issuer+"）合于银行卡号")
	if right {
		h.why(0.25, "校验位正确（Luhn）")
	} else {
		h.why(0.1, "校验位不符，疑为笔误")
	}
	if labelled {
		h.why(0.2, n.a.says())
		h.Certain = right
	}
	return true
}

// cardLabel tells whether a label announces a card or an account.
func (n *digitsFound) cardLabel() bool {
	return n.a.is(FieldCard) || n.a.is(FieldAccount) && n.a.direct
}

// bareCard tells whether a number with a right check digit is a card without a label.
func (n *digitsFound) bareCard(issuer string) bool {
	if n.a.is(FieldOther) && n.a.direct || n.tied || n.k > 1 && !n.fours() || validate.ISBN(n.text) == validate.OK {
		return false
	}
	return issuer == "银联" || n.fours() || n.s.nearWord(n.start, n.end, "卡", "账", "付款", "card")
}

// fours tells whether the groups are the fours of a card.
func (n *digitsFound) fours() bool {
	if n.k < 2 {
		return false
	}
	for i, g := range n.c.groups[:n.k] {
		if w := g.b - g.a; i < n.k-1 && w != 4 || w > 4 {
			return false
		}
	}
	return true
}
