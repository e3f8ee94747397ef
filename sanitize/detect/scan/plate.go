package scan

// plateMarks may stand between the letter and the number of a plate.
func plateMark(r rune) bool {
	return r == '·' || r == '.' || r == '-' || r == ' ' || r == '・' || r == '*'
}

// plate handles civil plates 沪A·8K316, 沪AD62817; the short name of the province stands at i.
func (s *scanner) plate(i int) int {
	if end := s.spacedPlate(i); end > 0 {
		return end
	}
	if s.at(i+1) == ' ' && letter(s.at(i+2)) && !alnum(s.at(i+3)) && s.announces(i, i+1).field == FieldPlate {
		return s.plateFrom(i, i+2)
	}
	return s.plateFrom(i, i+1)
}

// spacedPlate handles 沪 A · 6 2 K 0 8 behind a label: every character by itself.
func (s *scanner) spacedPlate(i int) int {
	if s.at(i+1) != ' ' || s.announces(i, i+1).field != FieldPlate {
		return 0
	}
	var tail []rune
	end := i + 1
	for k := end; k < len(s.t) && len(tail) < 7; k++ {
		if plateMark(s.t[k]) {
			continue
		}
		if !alnum(s.t[k]) || alnum(s.at(k+1)) || k-end > 3 {
			break
		}
		tail = append(tail, s.t[k])
		end = k + 1
	}
	if len(tail) < 6 || !letter(tail[0]) || plateKind(tail[1:], 0) == "" {
		return 0
	}
	s.add("I16", i, end, 0.6, "省份简称、字母、"+plateKind(tail[1:], 0)+"，逐字分开").why(0.3, s.announces(i, i+1).says())
	return end
}

// plateFrom reads a plate whose province stands at i and whose letter stands at l.
func (s *scanner) plateFrom(i, l int) int {
	if !s.plateLetter(i, l) {
		return 0
	}
	k := l + 1
	if plateMark(s.at(k)) && alnum(s.at(k+1)) {
		k++
	}
	a := k
	for alnum(s.at(k)) {
		k++
	}
	tail := s.t[a:k]
	kind := plateKind(tail, s.at(k))
	if kind == "" || s.goesOn(k) {
		return 0
	}
	if len(tail) == 4 {
		k++
	}
	label := s.announces(i, k)
	if count(tail, letter) == 0 && label.field != FieldPlate && (label.field == FieldOther || s.numbered(k)) {
		return 0
	}
	h := s.add("I16", i, k, 0.6, "省份简称、字母、"+kind)
	if label.field == FieldPlate {
		h.why(0.3, label.says())
	} else {
		h.why(0.1, "字符集合于号牌")
	}
	return k
}

// plateLetter tells whether the letter at l may follow the province at i: no I, and O only on 使O.
func (s *scanner) plateLetter(i, l int) bool {
	r := s.at(l)
	return letter(r) && r != 'i' && (r != 'o' || s.t[i] == '使')
}

// goesOn tells whether more of a longer number follows at k: 沪B2-2019.
func (s *scanner) goesOn(k int) bool {
	return s.at(k) == '_' || s.at(k) == '-' && digit(s.at(k+1))
}

// numbered tells whether 号 but not 号牌 follows at k: the number of a document.
func (s *scanner) numbered(k int) bool { return s.at(k) == '号' && s.at(k+1) != '牌' }

// plateKind names the kind of plate that the characters behind the letter make, "" for none; next follows them.
func plateKind(tail []rune, next rune) string {
	switch {
	case !plateNumber(tail):
	case len(tail) == 4 && next != 0 && containsRune("挂学警港澳领超", next):
		return "4 位加汉字"
	case len(tail) == 5:
		return "5 位"
	case len(tail) == 6 && newEnergy(tail):
		return "6 位（新能源）"
	}
	return ""
}

// plateNumber tells whether the characters are those of a plate: no I or O, a digit at least, at
// most three letters.
func plateNumber(t []rune) bool {
	letters := 0
	for _, r := range t {
		if r == 'i' || r == 'o' {
			return false
		}
		if letter(r) {
			letters++
		}
	}
	return letters <= 3 && letters < len(t)
}

// newEnergy tells whether six characters are those of a small (letter first) or large (letter
// last) vehicle of new energy.
func newEnergy(t []rune) bool {
	kind := func(r rune) bool { return r >= 'a' && r <= 'k' && r != 'i' }
	return kind(t[0]) && allDigits(t[2:]) || kind(t[5]) && allDigits(t[:5])
}

// policePlate handles WJ沪03217, WJ31·1234X; the letters stand at i.
func (s *scanner) policePlate(i int) int {
	a, placed := s.policeRegion(i + 2)
	k := a
	for digit(s.at(k)) {
		k++
	}
	if n := k - a; n < 4 || n > 7 {
		return 0
	}
	if r := s.at(k); r != 0 && containsRune("消警林边通电森jbsdhx", r) && !alnum(s.at(k+1)) {
		k++
	} else if alnum(r) {
		return 0
	}
	label := s.announces(i, k)
	if !placed && label.field != FieldPlate {
		return 0
	}
	h := s.add("C14", i, k, 0.7, "WJ 开头，合于武警号牌")
	if label.field == FieldPlate {
		h.why(0.25, label.says())
	}
	return k
}

// policeRegion skips the province behind WJ, its short name or two digits and a dot.
func (s *scanner) policeRegion(k int) (end int, placed bool) {
	mark := func() {
		for plateMark(s.at(k)) {
			k++
		}
	}
	mark()
	switch r := s.at(k); {
	case r != 0 && containsRune(provincesShort, r):
		k++
		mark()
		placed = true
	case digit(r) && digit(s.at(k+1)) && plateMark(s.at(k+2)) && digit(s.at(k+3)):
		k += 3
		placed = true
	}
	return k, placed
}

// armyPlate handles VB30217: two letters and five digits, only beside words that make it a plate.
func (s *scanner) armyPlate(i, j int) {
	if j-i == 2 && (plateMark(s.at(j)) || s.at(j) == '-') && len(s.t) >= j+6 && allDigits(s.t[j+1:j+6]) && !alnum(s.at(j+6)) { // VB·20816
		s.armyPlateAt(i, j+6, s.t[j+1:j+6])
		return
	}
	if j-i == 7 {
		s.armyPlateAt(i, j, s.t[i+2:j])
	}
}

// armyPlateAt judges [i,j), two letters and a number.
func (s *scanner) armyPlateAt(i, j int, number []rune) {
	if !containsRune("vzkhbsljngce", s.t[i]) || !letter(s.t[i+1]) || !allDigits(number) || alnum(s.prev(i)) || s.at(j) == '型' || s.at(j) == '-' || s.prev(i) == '-' {
		return
	}
	label := s.announces(i, j)
	if label.field != FieldPlate && !s.nearWord(i, j, "军车", "军牌", "号牌", "车牌") {
		return
	}
	s.add("C14", i, j, 0.55, "两个字母加五位数字，合于军车号牌").why(0.35, "邻近军车、号牌等词")
}

// officer handles 军字第4827361号; 字 stands at i.
func (s *scanner) officer(i int) {
	if s.at(i+1) != '第' || i == 0 {
		return
	}
	a := i - 1
	switch s.t[a] {
	case '军', '兵', '士', '武', '警', '文', '政', '参', '后', '装', '海', '空', '炮':
	case '职':
		if s.prev(a) != '文' {
			return
		}
		a--
	default:
		return
	}
	k := i + 2
	for s.at(k) == ' ' {
		k++
	}
	b := k
	for digit(s.at(k)) {
		k++
	}
	if n := k - b; n < 6 || n > 8 {
		return
	}
	if s.at(k) == '号' {
		k++
	}
	for a > 0 && containsRune("军海空火文南北东西中沈兰济广成政参后装", s.t[a-1]) && i-a < 3 {
		a--
	}
	s.add("C13", a, k, 0.8, "“"+string(s.t[a:i])+"字第”加 6 至 8 位数字").why(0.15, "合于军人证件号")
}

// officerNumber handles the number behind 军官证.
func (s *scanner) officerNumber(i, firm int, why string) {
	k := i
	for k < len(s.t) && k < i+6 && (han(s.t[k]) || s.t[k] == ' ') {
		k++
	}
	end, d := s.valueSpan(k, "")
	if firm < 1 && k == i || d < 6 || end-k > 12 {
		return
	}
	if s.at(end) == '号' {
		end++
	}
	s.add("C13", i, end, 0.6, "6 位以上数字").why(0.3, why)
}
