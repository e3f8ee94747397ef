package scan

import (
	"strconv"

	"jinggao/sanitize/document"
	"jinggao/sanitize/validate"
)

// fineDecimals is the number of decimals of a degree from which on a place is
// exact: four are about eleven metres.
const fineDecimals = 4

// degrees is a decimal number that may be a longitude or latitude.
type degrees struct {
	document.Span
	value    float64
	decimals int
}

// decimal handles digits, dot, digits at i: half of a pair of coordinates, or a
// patent application number.
func (s *scanner) decimal(i, j int) int {
	if j-i == 12 {
		if end := s.patent(i, j); end > 0 {
			return end
		}
	}
	d, ok := s.readDegrees(i)
	if !ok {
		end := j + 1
		for digit(s.at(end)) {
			end++
		}
		return end
	}
	if d.decimals < fineDecimals-1 || s.prev(i) == '.' || s.prev(i) == '-' && alnum(s.prev(i-1)) {
		return d.End
	}
	if k := s.between(d.End); k > 0 {
		if e, ok := s.readDegrees(k); ok && pair(d, e) && !unit(s.at(e.End)) {
			end := e.End
			if s.at(end) == '°' {
				end++
			}
			if r := s.at(end); (r == 'e' || r == 'n') && !alnum(s.at(end+1)) {
				end++
			}
			h := s.add("F01", s.withLetter(d.Start), end, 0.7, "两个小数落在国内经纬度范围内，小数 "+strconv.Itoa(min(d.decimals, e.decimals))+" 位")
			h.Certain = d.decimals >= fineDecimals && e.decimals >= fineDecimals
			if s.nearWord(d.Start, e.End, "坐标", "经度", "纬度", "经纬", "位于", "位置", "gps", "定位") {
				h.why(0.2, "邻近坐标、位置等词")
			}
			return e.End
		}
	}
	s.single(d)
	return d.End
}

// withLetter takes in a hemisphere letter or word in front.
func (s *scanner) withLetter(i int) int {
	if i >= 2 && (s.follows(i-2, "东经") || s.follows(i-2, "北纬")) {
		return i - 2
	}
	switch s.prev(i) {
	case 'e', 'n':
		if !letter(s.prev(i - 1)) {
			return i - 1
		}
	}
	return i
}

// single handles one coordinate with a label of its own: 东经121.58231°, a cell under 经度.
func (s *scanner) single(d degrees) {
	if d.decimals < fineDecimals {
		return
	}
	what := "小数 " + strconv.Itoa(d.decimals) + " 位的经纬度"
	a := s.announces(d.Start, d.End)
	if a.direct && (a.field == FieldLongitude && longitude(d.value) || a.field == FieldLatitude && latitude(d.value)) {
		s.add("F01", s.withLetter(d.Start), d.End, 0.65, what).why(0.3, a.says()).Certain = true
		return
	}
	end := d.End
	if s.at(end) == '°' {
		end++
	}
	first := s.prev(d.Start)
	before := !letter(s.prev(d.Start-1)) && (first == 'e' || first == 'n') && hemisphere(first, d.value)
	if before || hemisphere(s.at(end), d.value) {
		s.add("F01", s.withLetter(d.Start), end, 0.65, what).why(0.2, "带东经、北纬字样").Certain = true
	}
}

// hemisphere tells whether r behind a number makes it a coordinate of China.
func hemisphere(r rune, v float64) bool {
	return (r == 'e' || r == '东') && longitude(v) || (r == 'n' || r == '北') && latitude(v)
}

func longitude(v float64) bool { return v >= 73 && v <= 136 }
func latitude(v float64) bool  { return v >= 3 && v <= 54 }

func pair(a, b degrees) bool {
	if a.decimals < fineDecimals-1 || b.decimals < fineDecimals-1 || a.decimals+b.decimals < 2*fineDecimals-1 {
		return false
	}
	return longitude(a.value) && latitude(b.value) || latitude(a.value) && longitude(b.value)
}

// readDegrees reads digits, dot, decimals at i.
func (s *scanner) readDegrees(i int) (degrees, bool) {
	k := i
	for digit(s.at(k)) && k-i < 4 {
		k++
	}
	if k == i || k-i > 3 || s.at(k) != '.' || !digit(s.at(k+1)) {
		return degrees{}, false
	}
	e := k + 1
	for digit(s.at(e)) && e-k < 20 {
		e++
	}
	if s.at(e) == '.' && digit(s.at(e+1)) || letter(s.at(e)) && s.at(e) != 'e' && s.at(e) != 'n' {
		return degrees{}, false
	}
	v, err := strconv.ParseFloat(string(s.t[i:e]), 64)
	return degrees{document.Span{Start: i, End: e}, v, e - k - 1}, err == nil
}

// between skips what stands between the two halves of a pair: a degree sign, a
// comma, blanks, the label of the second half. 0 where something else stands there.
func (s *scanner) between(i int) int {
	for k := i; k < i+16; {
		r := s.at(k)
		switch {
		case digit(r):
			return keep(k, k > i)
		case r != 0 && containsRune(",、;/ \t°(:=\"和度", r), (r == 'e' || r == 'n') && !letter(s.at(k+1)):
			k++
		default:
			l, ok := s.x.label(s.t, k)
			if !ok || l.Field != FieldLatitude && l.Field != FieldLongitude {
				return 0
			}
			k = l.End
		}
	}
	return 0
}

// axis handles plane coordinates whose letter stands in a label: 坐标X=…, X坐标：….
func (s *scanner) axis(l Label) {
	for _, i := range [2]int{l.Start, l.End - 1} {
		if s.t[i] == 'x' || s.t[i] == 'y' {
			s.plane(i)
		}
	}
}

// degree handles degrees, minutes and seconds around the sign at i:
//
//	东经 121 ° 35 ′ 12.4 ″ E
func (s *scanner) degree(i int) {
	a := i
	for a > 0 && digit(s.t[a-1]) && i-a < 4 {
		a--
	}
	if s.t[i] == '度' && s.spelledDegree(i) {
		return
	}
	if a == i || i-a > 3 || s.prev(a) == '.' {
		return
	}
	k, minutes, fine := s.readPart(i+1, "'′’分`")
	if k == 0 || minutes >= 60 {
		return
	}
	end, seconds, _ := s.readPart(k, "\"″”〞秒'′’")
	if end == 0 {
		if fine < 2 { // to the minute: two kilometres
			return
		}
		end = k
	}
	if s.at(end) != 0 && containsRune("'′’", s.at(end)) {
		end++
	}
	s.weighDegree(a, end, float64(number3(s.t[a:i]))+minutes/60+seconds/3600)
}

// weighDegree looks for what makes degrees, minutes and seconds [a,end) a place on earth.
func (s *scanner) weighDegree(a, end int, v float64) {
	if !longitude(v) && !latitude(v) {
		return
	}
	var why string
	label := s.announces(a, end)
	switch {
	case hemisphere(s.at(end), v):
		end++
		why = "带东、北等方位"
	case label.is(FieldLongitude, FieldLatitude, FieldCoordinates):
		why = label.says()
	case (s.prev(a) == 'e' || s.prev(a) == 'n') && !letter(s.prev(a-1)):
		why = "带东经、北纬字母"
	case s.nearWord(a, end, "坐标", "经纬", "经度", "纬度", "位于", "东经", "北纬"):
		why = "邻近坐标、经纬度等词"
	default:
		return
	}
	s.add("F01", s.withLetter(a), end, 0.65, "度、分、秒，落在国内经纬度范围内").why(0.3, why).Certain = true
}

// readPart reads a number and one of the signs behind it; 0 if they are not there.
func (s *scanner) readPart(i int, signs string) (end int, v float64, decimals int) {
	for blank(s.at(i)) {
		i++
	}
	k := i
	for digit(s.at(k)) && k-i < 3 {
		k++
	}
	if k == i {
		return 0, 0, 0
	}
	if s.at(k) == '.' && digit(s.at(k+1)) {
		k++
		for digit(s.at(k)) && decimals < 12 {
			k++
			decimals++
		}
	}
	if !containsRune(signs, s.at(k)) {
		return 0, 0, 0
	}
	v, err := strconv.ParseFloat(string(s.t[i:k]), 64)
	if err != nil {
		return 0, 0, 0
	}
	return k + 1, v, decimals
}

func number3(t []rune) int {
	n := 0
	for _, r := range t {
		n = n*10 + int(r-'0')
	}
	return n
}

// plane handles plane coordinates (Gauss): X=3456789.123，Y=40512345.678; the letter stands at i.
func (s *scanner) plane(i int) int {
	end, whole, frac := s.planeValue(i)
	if end == 0 {
		return 0
	}
	k := end
	for k < end+4 && s.at(k) != 0 && containsRune(" \t,、m米;", s.at(k)) {
		k++
	}
	second := s.at(k)
	if second == s.t[i] || second != 'x' && second != 'y' {
		return 0
	}
	e, w, f := s.planeValue(k)
	if e == 0 || (!gauss(s.t[i], whole) || !gauss(second, w)) && (frac+f == 0 || !gaussAny(whole, w)) {
		return 0
	}
	h := s.add("F02", i, e, 0.65, "X、Y 成对，整数 "+strconv.Itoa(whole)+"、"+strconv.Itoa(w)+" 位")
	if s.nearWord(i, e, "cgcs2000", "北京54", "西安80", "坐标", "控制", "2000国家大地") {
		h.why(0.25, "邻近坐标系或控制点等词")
	}
	h.Certain = true
	return e
}

// planeValue reads an equals sign (or 坐标) and a number behind the letter at i: its end, whole digits and decimals.
func (s *scanner) planeValue(i int) (end, whole, frac int) {
	k := i + 1
	said := s.follows(k, "坐标")
	if said {
		k += 2
	}
	for blank(s.at(k)) {
		k++
	}
	switch r := s.at(k); {
	case r == '=' || r == ':' || said && r == '为':
		k++
	case said && digit(r): // X坐标3398712.55
	default:
		return 0, 0, 0
	}
	for blank(s.at(k)) {
		k++
	}
	a := k
	for digit(s.at(k)) {
		k++
	}
	whole = k - a
	if s.at(k) == '.' && digit(s.at(k+1)) {
		b := k + 1
		for k = b; digit(s.at(k)); {
			k++
		}
		frac = k - b
	}
	if whole < 6 || whole > 8 || letter(s.at(k)) && s.at(k) != 'm' {
		return 0, 0, 0
	}
	return k, whole, frac
}

// gauss tells whether the number of whole digits is that of a northing (x) or an easting (y, six, or eight with its zone).
func gauss(axis rune, whole int) bool {
	return axis == 'x' && whole == 7 || axis == 'y' && (whole == 6 || whole == 8)
}

func gaussAny(a, b int) bool { return a == 7 && (b == 6 || b == 8) || b == 7 && (a == 6 || a == 8) }

// patent handles a patent application number with its dot; the twelve digits are [i,j).
func (s *scanner) patent(i, j int) int {
	if !digit(s.at(j+1)) && s.at(j+1) != 'x' || alnum(s.at(j+2)) {
		return 0
	}
	code := upper(s.t[i:j]) + upper(s.t[j+1:j+2])
	if validate.PatentApplication(code) != validate.OK || digit(s.prev(i)) {
		return 0
	}
	s.application(i, j+2)
	return j + 2
}
