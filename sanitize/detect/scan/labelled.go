package scan

import "jinggao/sanitize/validate"

// labelled handles digits that only their label makes something: accounts, social
// security numbers, device numbers.
func (n *digitsFound) labelled() bool {
	s, l := n.s, len(n.text)
	if l == 8 && n.k == 1 && (n.text[0] == '6' || n.text[0] == '5' || n.text[0] == '7') && s.nearWord(n.start, n.end, "自然科学基金", "nsfc") {
		s.add("L05", n.start, n.end, 0.4, "国家自然科学基金公开编号").hint("公开信息，默认保留")
		return true
	}
	if !n.a.direct || n.tied && n.a.field != FieldAccount || n.money() {
		return false
	}
	put := func(rule string, base float64, what string) bool {
		s.add(rule, n.start, n.end, base, what).why(0.3, n.a.says())
		return true
	}
	switch n.a.field {
	case FieldAccount:
		return l >= 9 && l <= 30 && n.lines == 0 && put("I07", 0.5, "9 至 30 位数字")
	case FieldCard:
		return l >= 13 && l <= 19 && put("I06", 0.45, "13 至 19 位数字，发卡行标识不明")
	case FieldSocial:
		return l >= 6 && put("I14", 0.5, "6 位以上数字")
	case FieldDriver:
		return (l == 12 || l == 18 || l == 15) && put("I15", 0.5, "驾驶证或档案编号的位数")
	case FieldQQ:
		return l >= 5 && l <= 12 && put("I22", 0.5, "5 至 12 位数字")
	case FieldIMSI:
		return l == 15 && put("I23", 0.5, "15 位数字")
	case FieldICCID:
		return (l == 19 || l == 20) && put("I23", 0.5, "19 或 20 位数字")
	case FieldPermit:
		return (l == 8 || l == 10) && put("I11", 0.5, "8 或 10 位数字，合于台胞证号")
	case FieldPassport:
		return (l == 8 || l == 9) && n.k == 1 && put("I10", 0.5, "8 或 9 位数字")
	case FieldIMEI:
		if l != 15 {
			return false
		}
		h := s.add("I23", n.start, n.end, 0.5, "15 位数字").why(0.2, n.a.says())
		if validate.IMEI(n.text) == validate.OK {
			h.proved("校验位正确（Luhn）")
		}
		return true
	case FieldOrgCode:
		if l == 9 && validate.OrganisationCode(n.text) == validate.OK {
			s.add("I09", n.start, n.end, 0.5, "9 位，合于组织机构代码").proved("校验位正确（GB 11714）")
			return true
		}
	case FieldCreditCode:
		if l == 18 {
			s.code18(n.start, n.end)
			return true
		}
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
	firm := 0
	if s.at(i) == '.' && letter(s.prev(i)) { // No.
		i++
	}
	for range 2 {
		for blank(s.at(i)) {
			i++
			firm = max(firm, 1)
		}
		if s.at(i) == '(' {
			if k := s.closing(i, 14); k > 0 && firm < 2 {
				i = k
				continue
			}
		}
	}
	switch r := s.at(i); {
	case r == ':' || r == '=':
		firm = 2
		i++
		for s.at(i) == ':' || s.at(i) == '=' || s.at(i) == '>' {
			i++
		}
	case r == '为' || r == '是' || r == '系':
		firm = max(firm, 1)
		i++
		if s.at(i) == ':' {
			firm = 2
			i++
		}
	case s.follows(i, "is ") && firm == 1:
		i += 3
	case r == '"' || r == '\'':
		// "api_key": "…"
		k := i + 1
		for blank(s.at(k)) {
			k++
		}
		if s.at(k) == ':' || s.at(k) == '=' {
			i, firm = k+1, 2
		}
	}
	for blank(s.at(i)) {
		i++
	}
	return i, firm
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
		if end, d := s.valueSpan(i, "/_"); firm > 0 && end-i >= 6 && d > 1 && (firm == 2 || d*2 >= end-i) {
			s.add("G12", i, end, 0.5, "6 位以上字母与数字").why(0.3, why)
		}
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
		s.contract(start, i, firm, why)
	}
}

// account handles a name in a social network: 微信号：zhang_wei88.
func (s *scanner) account(i, firm int, why string) {
	end, _ := s.valueSpan(i, "_.")
	n := end - i
	if firm < 2 && !(firm == 1 && n >= 6) || n < 5 || n > 24 || s.at(end) == '@' {
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
