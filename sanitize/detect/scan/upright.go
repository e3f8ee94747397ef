package scan

// A narrow cell holds one character a line, the label as well as the value:
//
//	姓      张
//	名      三

// maxUpright is how many lines of one character each are read for a name.
const maxUpright = 4

// uprightLabel finds a label whose characters stand below each other, each a line of its own.
func (x *lexicon) uprightLabel(t []rune, i int) (Label, bool) {
	if i > 0 && t[i-1] != '\n' && t[i-1] != '\t' || x.entries[x.at[t[i]]].second&(1<<(t[i+2]&63)) == 0 {
		return Label{}, false
	}
	for _, l := range x.entries[x.at[t[i]]].labels {
		k := i + 1
		for _, r := range l.rest {
			if k+1 >= len(t) || t[k] != '\n' || t[k+1] != r {
				k = -1
				break
			}
			k += 2
		}
		if k > i+1 && (k == len(t) || t[k] == '\n' || t[k] == '\t' || t[k] == ':') {
			return Label{Start: i, End: k, Field: l.field}, true
		}
	}
	return Label{}, false
}

// upright tells whether the characters of a label stand below each other.
func (s *scanner) upright(l Label) bool { return s.at(l.Start+1) == '\n' }

// uprightBehind handles the name behind an upright label, upright itself or on one line.
func (s *scanner) uprightBehind(l Label) {
	i := l.End
	if s.at(i) == ':' {
		i++
	}
	for s.at(i) == '\n' || s.at(i) == '\t' || s.at(i) == ' ' {
		i++
	}
	why := "竖排标签“" + string(column(s.t[l.Start:l.End])) + "”"
	if s.uprightName(i, len(s.t), why) {
		return
	}
	if f, ok := s.nameAt(i, false); ok && f.mark == endHard && !s.wordNotName(i, f.end, 2) {
		s.add("I18", i, f.end, 0.5, f.what).why(0.3, why)
	}
}

// uprightName handles a name with one character a line that begins at i and ends before limit.
func (s *scanner) uprightName(i, limit int, why string) bool {
	k := i
	for k < limit && (k-i)/2 < maxUpright && han(s.t[k]) && (k+1 >= limit || s.t[k+1] == '\n' || s.t[k+1] == '\t') {
		if k > i {
			if _, ok := s.x.label(s.t, k); ok {
				break
			}
		}
		k += 2
		if s.at(k-1) == '\t' {
			break
		}
	}
	name := column(s.t[i:min(k, limit)])
	lead := 1
	if len(name) > 2 && surnames().compound[[2]rune{name[0], name[1]}] {
		lead = 2
	}
	if len(name) < 2 || lead == 1 && surname(name[0]) == 0 {
		return false
	}
	name = name[:min(len(name), lead+2)]
	for _, r := range name[lead:] {
		if containsRune(notGiven, r) {
			return false
		}
	}
	if falseName(name) {
		return false
	}
	s.add("I18", i, i+2*len(name)-1, 0.5, "姓氏“"+string(name[:lead])+"”加名，一行一字").why(0.3, why)
	return true
}

// column takes the Han characters out of lines of one character each.
func column(t []rune) []rune {
	out := make([]rune, 0, maxUpright+1)
	for _, r := range t {
		if han(r) {
			out = append(out, r)
		}
	}
	return out
}
