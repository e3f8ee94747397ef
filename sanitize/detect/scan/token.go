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
	switch n := j - i; n {
	case 1:
		switch {
		case s.t[i] == 'x' || s.t[i] == 'y':
			return max(j, s.plane(i))
		case s.t[i] == 'a' && s.prev(i) == '(' && s.at(j) == ')':
			return max(j, s.spelledEmail(i, j))
		}
	case 2:
		if r := s.at(j); r == '·' || r == '-' {
			s.armyPlate(i, j)
		}
		switch {
		case s.follows(i, "wj"):
			return max(j, s.policePlate(i))
		case s.follows(i, "at"):
			return max(j, s.spelledEmail(i, j))
		}
	default:
		for _, w := range [3]string{"cve", "cnvd", "cnnvd"} {
			if len(w) == n && s.follows(i, w) {
				return max(j, s.weakness(i, j))
			}
		}
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
	if s.at(j) == '.' {
		if end := s.beforeDot(i, j); end > 0 {
			return end
		}
	}
	if n >= 4 && n <= 11 && t[i] == 'w' && t[i+1] == 'j' && digit(t[i+2]) {
		return max(j, s.policePlate(i))
	}
	if (n == 11 || n == 18) && s.alike(i, j) {
		return j
	}
	s.byLength(i, j)
	return j
}

// beforeDot handles letters with digits before a dot: CN202511223344.3, E121.47; 0 for anything else.
func (s *scanner) beforeDot(i, j int) int {
	t, n := s.t, j-i
	switch {
	case n == 14 && t[i] == 'c' && t[i+1] == 'n' && allDigits(t[i+2:j]):
		return max(j, s.patent(i+2, j))
	case (t[i] == 'e' || t[i] == 'n') && allDigits(t[i+1:j]) && n <= 4:
		return s.digits(i+1, j)
	}
	return 0
}

// alike handles a mobile or identity number with letters that look like figures: l38O0013…
func (s *scanner) alike(i, j int) bool {
	b := make([]byte, 0, 18)
	for k, r := range s.t[i:j] {
		switch {
		case r == 'l' || r == 'i':
			r = '1'
		case r == 'o':
			r = '0'
		case r == 'x' && k == 17:
			r = 'X'
		case !digit(r):
			return false
		}
		b = append(b, byte(r))
	}
	if joined(s.prev(i)) || joined(s.at(j)) {
		return false
	}
	const why = "夹有形似数字的字母"
	if j-i == 18 {
		if validate.ResidentID(string(b)) != validate.OK {
			return false
		}
		s.add("I01", i, j, 0.6, why).proved("换成数字后区划、日期、校验位正确（GB 11643）")
		return true
	}
	a := s.announces(i, j)
	if b[0] != '1' || b[1] < '3' || !a.direct || !a.is(FieldMobile, FieldPhone, FieldHomePhone, FieldWechat) {
		return false
	}
	s.add("I03", i, j, 0.6, why).why(0.3, a.says())
	return true
}

// byLength tries what a run of letters and digits of its length may be.
func (s *scanner) byLength(i, j int) {
	free := !joined(s.prev(i)) && !joined(s.at(j))
	switch n := j - i; {
	case n == 18:
		s.code18(i, j)
	case n == 17 && free:
		s.vin(i, j)
	case n == 14 && digit(s.t[i]):
		s.fund(i, j)
	case n == 7 && free:
		s.armyPlate(i, j)
		s.document(i, j)
	case n >= 6 && n <= 15:
		s.document(i, j)
	}
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
	lead := i
	for lead < j && letter(s.t[lead]) {
		lead++
	}
	p := papers{s: s, i: i, j: j, first: s.t[i], letters: lead - i, digits: j - lead}
	if p.letters == 0 || p.letters > 3 || !allDigits(s.t[lead:j]) {
		s.labelledDocument(i, j)
		return
	}
	if p.letters <= 2 && p.digits == 6 && s.hongKong(i, j) || p.tied() {
		return
	}
	p.a = s.announces(i, j)
	if !p.residence() && !p.permit() && !p.passport() && !p.taiwan() {
		s.labelledDocument(i, j)
	}
}

// papers is a token of letters and then digits that may be the number of a document.
type papers struct {
	s               *scanner
	i, j            int
	first           rune
	letters, digits int
	a               announcement
}

// tied tells whether the token is a part of a longer one.
func (p *papers) tied() bool {
	before, behind := p.s.prev(p.i), p.s.at(p.j)
	return joined(before) || joined(behind) || before == '-' || behind == '-' && alnum(p.s.at(p.j+1))
}

func (p *papers) residence() bool {
	if p.letters != 3 || p.digits != 12 || p.a.field != FieldResidence || validate.PermanentResidentOld(upper(p.s.t[p.i:p.j])) != validate.OK {
		return false
	}
	p.s.add("I12", p.i, p.j, 0.6, "旧版永久居留证号：3 位字母加 12 位数字").why(0.3, p.a.says())
	return true
}

func (p *papers) permit() bool {
	fits := false
	switch p.first {
	case 'h', 'm':
		fits = p.letters == 1 && p.digits >= 8 && p.digits <= 10 && p.a.is(FieldPermit, FieldID)
	case 'c', 'w', 'l', 't':
		fits = p.letters <= 2 && p.digits >= 7 && p.digits <= 8 && p.a.is(FieldPermit)
	}
	if fits {
		p.s.add("I11", p.i, p.j, 0.6, "合于往来通行证号的形式").why(0.3, p.a.says())
	}
	return fits
}

func (p *papers) passport() bool {
	if !chinesePassport(p.first, p.letters, p.digits) {
		return false
	}
	switch {
	case p.a.is(FieldPassport, FieldID):
		p.s.add("I10", p.i, p.j, 0.6, "合于护照号的形式").why(0.3, p.a.says())
	case p.first == 'e' && p.s.nearWord(p.i, p.j, "护照", "passport", "因私", "因公"):
		p.s.add("I10", p.i, p.j, 0.6, "合于护照号的形式").why(0.2, "同句有“护照”")
	default:
		return false
	}
	return true
}

func (p *papers) taiwan() bool {
	if p.letters != 1 || p.digits != 9 || validate.TaiwanID(upper(p.s.t[p.i:p.j])) != validate.OK {
		return false
	}
	if !p.a.is(FieldID) && !p.s.nearWord(p.i, p.j, "台湾", "身份证") {
		return false
	}
	p.s.add("I13", p.i, p.j, 0.6, "合于台湾身份证号的形式").proved("校验位正确")
	return true
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
	if t[0] == '2' && t[1] == '0' && t[4] == 'y' && t[5] == 'f' && letter(t[6]) && allDigits(t[7:]) {
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
