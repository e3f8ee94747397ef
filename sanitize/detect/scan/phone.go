package scan

import "jinggao/sanitize/finding"

// segments are the three leading digits of Chinese mobile numbers in use; 14x but
// for data cards, 154 and 16x but for those listed are not given out.
var segments = func() (s [1000]bool) {
	for _, r := range [][2]int{{130, 139}, {145, 149}, {150, 159}, {162, 162}, {165, 167}, {170, 178}, {180, 193}, {195, 199}} {
		for n := r[0]; n <= r[1]; n++ {
			s[n] = true
		}
	}
	return s
}()

// mobile: eleven digits beginning 13 … 19, in one piece or 3-4-4.
func (n *digitsFound) mobile() bool {
	if len(n.text) == 13 && n.text[:2] == "86" {
		rest, ok := n.withoutCountry()
		return ok && rest.mobile()
	}
	text := n.text
	if len(text) != 11 || text[0] != '1' || text[1] < '3' {
		return false
	}
	direct := n.a.direct && n.a.is(FieldMobile, FieldPhone, FieldHomePhone, FieldWechat)
	if !direct && !n.bareMobile() || n.otherNumber() {
		return false
	}
	h := n.s.add("I03", n.s.country(n.start), n.end, 0.6, "11 位，号段"+text[:3]+"，前后无数字")
	if n.k > 1 {
		h.why(0, "中有分隔，已合并")
	}
	start := h.Start
	switch {
	case direct:
		h.why(0.35, n.a.says())
	case n.called():
		h.why(0.25, "邻近"+n.a.words())
	case n.a.field == FieldOther:
		h.why(-0.1, "邻近"+n.a.words())
	}
	n.s.owner(start)
	return true
}

// withoutCountry takes +86 off.
func (n *digitsFound) withoutCountry() (*digitsFound, bool) {
	rest := *n
	rest.text = n.text[2:]
	switch {
	case n.k > 1 && n.c.groups[0].b-n.c.groups[0].a == 2:
		rest.c = chain{groups: n.c.groups[1:], seps: n.c.seps[1:]}
		rest.k, rest.start = n.k-1, n.c.groups[1].a
	case n.k == 1 && (n.s.prev(n.start) == '+' || n.a.is(FieldMobile, FieldPhone) && n.a.direct):
		rest.start = n.start + 2
		rest.c = chain{groups: []group{{n.start + 2, n.end}}}
	default:
		return nil, false
	}
	return &rest, true
}

// country is where a mobile number begins whose eleven digits stand at i: at the +86,
// 0086 or (86) before them, if there is one. A bare 86 must be tied to the digits.
func (s *scanner) country(i int) int {
	k := i
	for i-k < 2 && (s.prev(k) == ' ' || s.prev(k) == '-') {
		k--
	}
	shut := s.prev(k) == ')'
	if shut {
		k--
	}
	if k < 2 || !s.follows(k-2, "86") {
		return i
	}
	a := k - 2
	sign := true
	switch {
	case s.prev(a) == '+':
		a--
	case a >= 2 && s.follows(a-2, "00"):
		a -= 2
	default:
		sign = shut || s.prev(i) == '-'
	}
	if !sign || alnum(s.prev(a)) || shut != (s.prev(a) == '(') {
		return i
	}
	if shut {
		a--
	}
	return a
}

// called tells whether a label nearby makes the number somebody's.
func (n *digitsFound) called() bool {
	return n.a.is(FieldMobile, FieldPhone, FieldHomePhone, FieldWechat, FieldQQ, FieldName, FieldPerson)
}

// bareMobile tells whether eleven digits without a label of their own are a mobile number.
func (n *digitsFound) bareMobile() bool {
	known := segments[int(n.text[0]-'0')*100+int(n.text[1]-'0')*10+int(n.text[2]-'0')]
	if !known || n.money() || n.lines > 0 && (n.lines > 1 || n.k != 3) || n.k > 1 && !n.phoneGroups() {
		return false
	}
	return !n.tied || n.called() && n.k == 3
}

// otherNumber tells whether the label makes the number something else.
func (n *digitsFound) otherNumber() bool {
	return n.a.direct && n.a.is(FieldOther, FieldID, FieldCard, FieldAccount, FieldSerial, FieldContract, FieldSocial, FieldX, FieldY)
}

// phoneGroups tells whether the gaps stand where people put them: 3-4-4, 4-3-4, 4-4-3, 3-8, 7-4, 3-3-5.
func (n *digitsFound) phoneGroups() bool {
	w := 0
	for _, g := range n.c.groups[:n.k] {
		w = w*10 + g.b - g.a
	}
	switch w {
	case 344, 434, 443, 38, 74, 335, 3422, 32222:
		return true
	}
	return n.k == 11
}

// area tells whether digits begin with an area code and how long it is.
func area(text string) int {
	if len(text) < 10 || text[0] != '0' {
		return 0
	}
	switch {
	case text[1] == '1' && text[2] == '0', text[1] == '2' && text[2] != '6':
		return 3
	case text[1] >= '3' && text[1] <= '9' && text[2] >= '1':
		return 4
	}
	return 0
}

// landline: area code and seven or eight digits. A unit's number is open to the
// public: a hint, unless the words make it somebody's own.
func (n *digitsFound) landline() bool {
	s := n.s
	code := area(n.text)
	rest := len(n.text) - code
	if code == 0 || rest < 7 || rest > 8 || n.lines > 0 || n.money() || n.text[code] < '2' {
		return false
	}
	first := n.c.groups[0].b - n.c.groups[0].a
	direct := n.a.is(FieldPhone, FieldHomePhone, FieldMobile) && n.a.direct
	if n.k == 1 && !direct || n.k > 1 && first != code || n.a.field == FieldOther && n.a.direct {
		return false
	}
	s.ring(n.start, n.end, n.a)
	return true
}

// ring adds a landline number.
func (s *scanner) ring(start, end int, a announcement) {
	h := s.add("I04", start, end, 0.5, "区号加 7 至 8 位数字")
	if a.field != FieldNone {
		h.why(0.2, a.says())
	}
	if a.field == FieldHomePhone || s.nearWord(start, end, "家庭", "住宅", "宅电", "家里", "本人") {
		h.Level = finding.S3
		h.why(0.2, "个人或家庭电话")
		return
	}
	h.hint("单位公开电话可以保留")
}

// bracketArea handles (021)58771234 and (021) 5877 1234.
func (s *scanner) bracketArea(i, j int) int {
	k := j + 1
	for s.at(k) == ' ' || s.at(k) == '-' {
		k++
	}
	text := upper(s.t[i:j])
	for len(text) < 13 {
		if digit(s.at(k)) {
			text += string(s.t[k])
		} else if s.at(k) != ' ' && s.at(k) != '-' || !digit(s.at(k+1)) || len(text) > 10 {
			break
		}
		k++
	}
	if c := area(text); c != j-i || len(text) < c+7 || len(text) > c+8 || digit(s.at(k)) || text[c] < '2' {
		return 0
	}
	s.ring(i-1, k, s.announces(i, k))
	return k
}
