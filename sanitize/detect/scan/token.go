package scan

import "jinggao/sanitize/validate"

// token handles a run of ASCII letters and digits that begins at i.
func (s *scanner) token(i int) int {
	t := s.t
	j, letters, hex := i, 0, true
	for j < len(t) && alnum(t[j]) {
		if letter(t[j]) {
			letters++
			hex = hex && t[j] <= 'f'
		}
		j++
	}
	if i < s.skip {
		return j
	}
	if letter(t[i]) {
		if l, ok := s.x.label(t, i); ok {
			s.note(l)
			return max(l.End, i+1)
		}
	}
	if hex && j-i <= 4 {
		switch s.at(j) {
		case ':', '-', '.':
			if end := s.hexGroups(i, j); end > i {
				return end
			}
		}
	}
	switch letters {
	case 0:
		return s.digits(i, j)
	case j - i:
		return s.word(i, j)
	}
	return s.mixed(i, j)
}

// word handles a run of letters.
func (s *scanner) word(i, j int) int {
	n := j - i
	switch {
	case n == 1 && (s.t[i] == 'x' || s.t[i] == 'y'):
		return max(j, s.plane(i))
	case n == 1 && (s.t[i] == 'e' || s.t[i] == 'n') && (digit(s.at(j)) || s.at(j) == ' ' || s.at(j) == ':'):
		return j
	case n == 2 && s.t[i] == 'w' && s.t[i+1] == 'j':
		return max(j, s.policePlate(i))
	case n == 2 && s.t[i] == 'a' && s.t[i+1] == 't':
		return max(j, s.spelledEmail(i))
	case s.follows(i, "cve") && n == 3, s.follows(i, "cnvd") && n == 4, s.follows(i, "cnnvd") && n == 5:
		return max(j, s.weakness(i, j))
	case n >= 3:
		return max(j, s.key(i, j))
	}
	return j
}

// mixed handles a run of letters and digits.
func (s *scanner) mixed(i, j int) int {
	t, n := s.t, j-i
	if n == 18 && t[j-1] == 'x' && allDigits(t[i:j-1]) {
		return s.digits(i, j-1)
	}
	if end := s.key(i, j); end > j {
		return end
	}
	if (t[i] == 'e' || t[i] == 'n') && allDigits(t[i+1:j]) && n <= 4 && s.at(j) == '.' {
		return s.digits(i+1, j)
	}
	free := !joined(s.prev(i)) && !joined(s.at(j))
	switch {
	case n >= 4 && n <= 11 && t[i] == 'w' && t[i+1] == 'j' && digit(t[i+2]):
		return max(j, s.policePlate(i))
	case n == 7 && free && letter(t[i]) && letter(t[i+1]) && allDigits(t[i+2:j]):
		s.armyPlate(i, j)
	case n == 18:
		s.code18(i, j)
	case n == 17 && free:
		s.vin(i, j)
	}
	if n >= 6 && n <= 15 {
		s.document(i, j)
	}
	if t[i] >= '0' && t[i] <= '9' && n > 9 {
		s.fund(i, j)
	}
	return j
}

// joined tells whether r ties a token to more of the same: then the token is a part.
func joined(r rune) bool { return r == '_' || r == '/' || r == '\\' || r == '@' }

func allDigits(t []rune) bool {
	for _, r := range t {
		if !digit(r) {
			return false
		}
	}
	return len(t) > 0
}

func upper(t []rune) string {
	b := make([]byte, 0, len(t))
	for _, r := range t {
		if r >= 'a' && r <= 'z' {
			r -= 32
		}
		b = append(b, byte(r))
	}
	return string(b)
}

// code18 handles 18 characters: unified social credit code.
func (s *scanner) code18(i, j int) {
	if validate.CreditCode(upper(s.t[i:j])) == validate.OK {
		s.add("I08", i, j, 0.5, "18 位，字符集合于统一社会信用代码").proved("校验位正确（GB 32100-2015）")
	}
}

// vin handles 17 characters: vehicle identification number.
func (s *scanner) vin(i, j int) {
	fault := validate.VIN(upper(s.t[i:j]))
	a := s.announces(i, j)
	switch {
	case fault == validate.OK && (a.field == FieldVIN || s.t[i] == 'l'):
		s.add("I17", i, j, 0.5, "17 位，合于车辆识别代号").proved("第 9 位校验正确（GB 16735）")
	case fault == validate.Check && a.field == FieldVIN && a.direct:
		s.add("I17", i, j, 0.5, "17 位，合于车辆识别代号").why(0.25, a.says()).why(-0.1, "第 9 位校验不符")
	}
}

// document handles six to fifteen characters: passports, permits, identity cards of Hong
// Kong and Taiwan, organisation codes, old residence cards.
func (s *scanner) document(i, j int) {
	t, n := s.t, j-i
	lead := 0
	for lead < n && letter(t[i+lead]) {
		lead++
	}
	if lead == 0 || lead > 3 || !allDigits(t[i+lead:j]) {
		s.labelledDocument(i, j)
		return
	}
	d := n - lead
	if lead <= 2 && d == 6 && s.hongKong(i, j) {
		return
	}
	if joined(s.prev(i)) || joined(s.at(j)) || s.prev(i) == '-' || s.at(j) == '-' && alnum(s.at(j+1)) {
		return
	}
	a := s.announces(i, j)
	switch {
	case lead == 3 && d == 12 && a.field == FieldResidence:
		if validate.PermanentResidentOld(upper(t[i:j])) == validate.OK {
			s.add("I12", i, j, 0.6, "旧版永久居留证号：3 位字母加 12 位数字").why(0.3, a.says())
		}
	case lead == 1 && (t[i] == 'h' || t[i] == 'm') && d >= 8 && d <= 10 && a.is(FieldPermit, FieldID):
		s.permit(i, j, a)
	case (t[i] == 'c' || t[i] == 'w' || t[i] == 'l' || t[i] == 't') && lead <= 2 && d >= 7 && d <= 8 && a.field == FieldPermit:
		s.permit(i, j, a)
	case chinesePassport(t[i], lead, d) && a.is(FieldPassport, FieldID):
		s.add("I10", i, j, 0.6, "合于护照号的形式").why(0.3, a.says())
	case chinesePassport(t[i], lead, d) && t[i] == 'e' && s.nearWord(i, j, "护照", "passport", "因私", "因公"):
		s.add("I10", i, j, 0.6, "合于护照号的形式").why(0.2, "同句有“护照”")
	case lead == 1 && d == 9 && a.field == FieldID && validate.TaiwanID(upper(t[i:j])) == validate.OK,
		lead == 1 && d == 9 && validate.TaiwanID(upper(t[i:j])) == validate.OK && s.nearWord(i, j, "台湾", "身份证"):
		s.add("I13", i, j, 0.6, "合于台湾身份证号的形式").proved("校验位正确")
	default:
		s.labelledDocument(i, j)
	}
}

func (s *scanner) permit(i, j int, a announcement) {
	s.add("I11", i, j, 0.6, "合于往来通行证号的形式").why(0.3, a.says())
}

// chinesePassport tells whether letters and digits are those of a passport: E, G, D,
// S, P, H and one more letter perhaps, eight or nine characters in all.
func chinesePassport(first rune, lead, d int) bool {
	switch first {
	case 'e', 'g', 'd', 's', 'p', 'h', 'k':
		return lead == 1 && (d == 8 || d == 7) || lead == 2 && d == 7
	}
	return false
}

// labelledDocument handles numbers that only their label makes: foreign passports, organisation codes.
func (s *scanner) labelledDocument(i, j int) {
	n := j - i
	if n < 6 || n > 12 || s.at(j) == '-' && n != 8 {
		return
	}
	a := s.announces(i, j)
	if !a.direct {
		return
	}
	switch a.field {
	case FieldPassport:
		if count(s.t[i:j], digit) >= 5 {
			s.add("I10", i, j, 0.55, "字母加数字，长度合于护照号").why(0.3, a.says())
		}
	case FieldOrgCode:
		end, code := j, upper(s.t[i:j])
		if n == 8 && s.at(j) == '-' && alnum(s.at(j+1)) {
			end, code = j+2, code+upper(s.t[j+1:j+2])
		}
		if validate.OrganisationCode(code) == validate.OK {
			s.add("I09", i, end, 0.5, "9 位，合于组织机构代码").proved("校验位正确（GB 11714）")
		}
	}
}

// hongKong handles A123456(3).
func (s *scanner) hongKong(i, j int) bool {
	t := s.t
	if s.at(j) != '(' || s.at(j+2) != ')' || !alnum(s.at(j+1)) || alnum(s.prev(i)) {
		return false
	}
	code := upper(t[i:j]) + upper(t[j+1:j+2])
	if validate.HongKongID(code) != validate.OK {
		return false
	}
	h := s.add("I13", i, j+3, 0.6, "合于香港身份证号的形式")
	if a := s.announces(i, j+3); a.is(FieldID, FieldPassport, FieldPermit) || s.nearWord(i, j+3, "香港", "身份证", "证件") {
		h.proved("校验位正确，邻近证件字样")
	} else {
		h.hint("校验位正确，但无证件语境")
	}
	return true
}

// fund handles numbers of public research funds: a hint that they may stay.
func (s *scanner) fund(i, j int) {
	t := s.t[i:j]
	if len(t) == 14 && t[0] == '2' && t[1] == '0' && t[4] == 'y' && t[5] == 'f' && letter(t[6]) && allDigits(t[7:]) {
		s.add("L05", i, j, 0.4, "国家重点研发计划公开编号").hint("公开信息，默认保留")
	}
}

// nearWord tells whether one of the words stands in the sentence, or the table row, of a span.
func (s *scanner) nearWord(i, j int, list ...string) bool {
	text := s.around(i, j, 40)
	for _, w := range list {
		if contains(text, w) {
			return true
		}
	}
	return false
}

func count(t []rune, f func(rune) bool) int {
	n := 0
	for _, r := range t {
		if f(r) {
			n++
		}
	}
	return n
}
