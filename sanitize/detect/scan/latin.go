package scan

// notLatin are words that follow Contact: or Name: and are no names.
var notLatin = map[string]bool{
	"us": true, "the": true, "our": true, "office": true, "department": true, "information": true, "person": true, "phone": true, "email": true, "tel": true, "details": true,
	"sales": true, "support": true, "center": true, "centre": true, "university": true, "institute": true, "company": true, "group": true, "team": true, "service": true, "laboratory": true, "lab": true,
	"shanghai": true, "beijing": true, "china": true, "system": true, "project": true, "platform": true, "please": true, "see": true, "for": true, "and": true, "of": true, "to": true, "not": true, "no": true, "in": true, "on": true, "by": true, "with": true, "is": true, "name": true, "number": true, "technology": true, "research": true, "engineering": true, "science": true, "co": true, "ltd": true, "inc": true,
}

// latinName handles Zhang Wei, LI Ming, Dr. Anna Meyer: two to four capitalised words.
func (s *scanner) latinName(i int) (name, bool) {
	for _, w := range []string{"dr. ", "dr ", "mr. ", "mr ", "ms. ", "ms ", "mrs. ", "mrs ", "prof. ", "prof ", "professor "} {
		if s.follows(i, w) {
			i += len(w)
			break
		}
	}
	k, parts, end := i, 0, i
	for parts < 4 {
		e, ok := s.latinPart(k, parts)
		if !ok {
			break
		}
		parts++
		end, k = e, e
		if s.at(k) == ',' && parts == 1 { // Zhang, Wei
			k++
		}
		if s.at(k) != ' ' || !letter(s.at(k+1)) {
			break
		}
		k++
	}
	if parts < 2 || digit(s.at(end)) {
		return name{}, false
	}
	return name{end, endHard, "两个以上首字母大写的词"}, true
}

// latinPart reads a capitalised word or an initial at a, the part of a name with that number.
func (s *scanner) latinPart(a, part int) (end int, ok bool) {
	end = a
	for s.latinRune(end) {
		end++
	}
	n := end - a
	if n == 0 || n > 20 || notLatin[string(s.t[a:end])] {
		return end, false
	}
	if first := s.raw(a); first < 'A' || first > 'Z' {
		return end, false
	}
	if n == 1 {
		if s.at(end) == '.' {
			return end + 1, true
		}
		return end, part > 0
	}
	l, isLabel := s.x.label(s.t, a)
	return end, part == 0 || !isLabel || s.at(l.End) != ':'
}

// latinRune tells whether the rune at i may stand in a Latin name.
func (s *scanner) latinRune(i int) bool {
	r := s.at(i)
	return letter(r) || r >= 0xC0 && r < 0x250 || (r == '-' || r == '\'') && letter(s.at(i+1))
}
