package scan

import "jinggao/sanitize/validate"

// plainKind is a kind of number that its label and its length alone make.
type plainKind struct {
	rule     string
	base     float64
	min, max int
	single   bool // in one piece on one line
	what     string
}

var plainKinds = map[Field]plainKind{
	FieldAccount:  {"I07", 0.5, 9, 30, false, "9 至 30 位数字"},
	FieldCard:     {"I06", 0.45, 13, 19, false, "13 至 19 位数字，发卡行标识不明"},
	FieldSocial:   {"I14", 0.5, 6, 24, false, "6 位以上数字"},
	FieldDriver:   {"I15", 0.5, 12, 18, false, "驾驶证或档案编号的位数"},
	FieldQQ:       {"I22", 0.5, 5, 12, true, "5 至 12 位数字"},
	FieldIMSI:     {"I23", 0.5, 15, 15, false, "15 位数字"},
	FieldICCID:    {"I23", 0.5, 19, 20, false, "19 或 20 位数字"},
	FieldPermit:   {"I11", 0.5, 8, 10, true, "8 或 10 位数字，合于台胞证号"},
	FieldPassport: {"I10", 0.5, 8, 9, true, "8 或 9 位数字"},
}

// labelled handles digits that only their label makes something: accounts, social
// security numbers, device numbers.
func (n *digitsFound) labelled() bool {
	if n.scienceFund() {
		return true
	}
	if !n.a.direct || n.tied && n.a.field != FieldAccount || n.money() {
		return false
	}
	if k, ok := plainKinds[n.a.field]; ok {
		return n.plain(k)
	}
	return n.checked()
}

// plain adds a number that fits a kind made by its label.
func (n *digitsFound) plain(k plainKind) bool {
	l := len(n.text)
	if l < k.min || l > k.max || k.single && (n.k > 1 || n.lines > 0) || n.a.field == FieldAccount && n.lines > 0 {
		return false
	}
	n.s.add(k.rule, n.start, n.end, k.base, k.what).why(0.3, n.a.says())
	return true
}

// scienceFund handles numbers of the National Natural Science Foundation: a hint that they may stay.
func (n *digitsFound) scienceFund() bool {
	if len(n.text) != 8 || n.k != 1 || n.text[0] < '5' || n.text[0] > '7' || !n.s.nearWord(n.start, n.end, "自然科学基金", "nsfc") {
		return false
	}
	n.s.add("L05", n.start, n.end, 0.4, "国家自然科学基金公开编号").hint("公开信息，默认保留")
	return true
}

// checked handles labelled numbers with a check digit.
func (n *digitsFound) checked() bool {
	s := n.s
	switch {
	case n.a.field == FieldIMEI && len(n.text) == 15:
		h := s.add("I23", n.start, n.end, 0.5, "15 位数字").why(0.2, n.a.says())
		if validate.IMEI(n.text) == validate.OK {
			h.proved("校验位正确（Luhn）")
		}
		return true
	case n.a.field == FieldOrgCode && validate.OrganisationCode(n.text) == validate.OK:
		s.add("I09", n.start, n.end, 0.5, "9 位，合于组织机构代码").proved("校验位正确（GB 11714）")
		return true
	case n.a.field == FieldCreditCode && len(n.text) == 18:
		s.code18(n.start, n.end)
		return true
	}
	return false
}

// announced looks behind a label for what it announces. Numbers with a shape of
// their own ask for their label when the pass comes to them; here stand the values that
// have no shape without their label.
func (s *scanner) announced(l Label) {
	switch l.Field {
	case FieldName, FieldPerson:
		s.nameBehind(l)
	case FieldPassword:
		s.passwordBehind(l)
	case FieldPair:
		s.pairBehind(l)
	case FieldVerification, FieldWireless:
		s.wirelessBehind(l)
	case FieldUser:
		s.userBehind(l)
	case FieldKey, FieldAppSecret:
		s.keyBehind(l)
	case FieldAddress, FieldUnitAddress:
		s.addressBehind(l)
	case FieldMobile:
		if i, firm := s.colon(l.End); letter(s.at(i)) && containsRune(string(s.t[l.Start:l.End]), '微') { // 加微信：zhou_88
			s.account(i, firm, "标签“"+string(s.t[l.Start:l.End])+"”")
		}
	case FieldSerial, FieldCertificate, FieldSocial, FieldWechat, FieldQQ, FieldOfficer, FieldContract, FieldDriver:
		s.valueBehind(l)
	case FieldContractSum:
		s.sumBehind(l)
	case FieldBirth:
		s.birthBehind(l)
	case FieldX, FieldY:
		s.axis(l)
	case FieldGender, FieldEthnic, FieldNative, FieldAge, FieldEducation:
		s.person(l)
	}
}

// colon skips the signs between a label and its value: blanks, a remark in
// brackets, a colon or 为. It returns where the value begins and how firmly the
// label is tied to it: 0 nothing in between, 1 blanks or 为, 2 a colon or equals sign.
func (s *scanner) colon(i int) (int, int) {
	if s.at(i) == '.' && letter(s.prev(i)) { // No.
		i++
	}
	i, firm := s.remark(i)
	switch r := s.at(i); {
	case r == ':' || r == '=':
		firm = 2
		for i++; i < len(s.t) && containsRune(":=>", s.t[i]); {
			i++
		}
	case containsRune("为是系", r):
		firm = max(firm, 1)
		if i++; s.at(i) == ':' {
			firm = 2
			i++
		}
	case s.follows(i, "is ") && firm == 1:
		i += 3
	case r == '"' || r == '\'': // "api_key": "…"
		if k := s.blanks(i + 1); s.at(k) == ':' || s.at(k) == '=' {
			i, firm = k+1, 2
		}
	}
	return s.blanks(i), firm
}

// remark skips blanks and a remark in brackets behind a label: （签字）.
func (s *scanner) remark(i int) (end, firm int) {
	for range 2 {
		if k := s.blanks(i); k > i {
			i, firm = k, 1
		}
		if s.at(i) != '(' {
			break
		}
		k := s.closing(i, 14)
		if k == 0 {
			break
		}
		i = k
	}
	return i, firm
}

// blanks skips blanks and tabs.
func (s *scanner) blanks(i int) int {
	for blank(s.at(i)) {
		i++
	}
	return i
}

// closing finds the bracket that closes the one at i within n runes; it returns the place after it, or 0.
func (s *scanner) closing(i, n int) int {
	for k := i + 1; k < len(s.t) && k <= i+n; k++ {
		if s.t[k] == ')' {
			return k + 1
		}
		if s.t[k] == '\n' {
			return 0
		}
	}
	return 0
}

// valueSpan is the run of letters, digits and hyphens at i, with its count of digits.
func (s *scanner) valueSpan(i int, more string) (end, digits int) {
	end = i
	for end < len(s.t) && (alnum(s.t[end]) || s.t[end] == '-' || containsRune(more, s.t[end])) {
		if digit(s.t[end]) {
			digits++
		}
		end++
	}
	for end > i && !alnum(s.t[end-1]) && s.t[end-1] != '号' && s.t[end-1] != ')' && s.t[end-1] != '〕' {
		end--
	}
	return end, digits
}

func containsRune(set string, r rune) bool {
	for _, x := range set {
		if x == r {
			return true
		}
	}
	return false
}

// valueBehind handles the labels whose value is any run of letters and digits.
func (s *scanner) valueBehind(l Label) {
	i, firm := s.colon(l.End)
	s.labelledValue(l.Field, l.Start, i, firm, "标签“"+string(s.t[l.Start:l.End])+"”")
}

// labelledValue judges the value at i under a label or a head; start is where the
// label begins (i itself under a head).
func (s *scanner) labelledValue(f Field, start, i, firm int, why string) {
	switch f {
	case FieldSerial:
		s.serial(i, firm, why)
	case FieldCertificate:
		if end, d := s.valueSpan(i, ":"); end-i >= 8 && d > 1 {
			s.add("H09", i, end, 0.5, "8 位以上字母与数字").why(0.3, why)
		}
	case FieldSocial:
		if end, d := s.valueSpan(i, ""); end-i >= 6 && end-i <= 22 && d >= 4 && !allDigits(s.t[i:end]) {
			s.add("I14", i, end, 0.5, "6 位以上字母与数字").why(0.3, why)
		}
	case FieldWechat:
		s.account(i, firm, why)
	case FieldOfficer:
		s.officerNumber(i, firm, why)
	case FieldContract:
		s.contract(start, i, why)
	}
}

// serial handles the number of a device behind 序列号, S/N.
func (s *scanner) serial(i, firm int, why string) {
	end, d := s.valueSpan(i, "/_")
	if n := end - i; firm == 0 || n < 6 || d < 2 || firm < 2 && d*2 < n {
		return
	}
	s.add("G12", i, end, 0.5, "6 位以上字母与数字").why(0.3, why)
}

// account handles a name in a social network: 微信号：zhang_wei88.
func (s *scanner) account(i, firm int, why string) {
	end, d := s.valueSpan(i, "_.")
	n := end - i
	if firm < 2 && n < 6 || firm == 0 && (d == n || d == 0 && s.prev(i) != '号') || n < 5 || n > 24 || s.at(end) == '@' {
		return
	}
	if !letter(s.t[i]) {
		return // a number: phone.go and labelled.go see to it
	}
	word := true
	for _, r := range s.t[i:end] {
		word = word && letter(r)
	}
	if word && han(s.at(end)) && firm < 2 {
		return
	}
	s.add("I22", i, end, 0.5, "5 位以上字母、数字、下划线").why(0.25, why)
}
