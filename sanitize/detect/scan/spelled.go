package scan

// maxSpelled is the longest number in words that is read, in runes.
const maxSpelled = 14

// figure is the value of a digit or of a Chinese numeral below ten; -1 for anything else.
func figure(r rune) int {
	switch r {
	case '〇', '零', '○':
		return 0
	case '一', '壹':
		return 1
	case '二', '贰', '两':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	if digit(r) {
		return int(r - '0')
	}
	return -1
}

// spelled tells whether r may stand in a number in words: 一百一十六点三九.
func spelled(r rune) bool {
	return figure(r) >= 0 || r == '十' || r == '百' || r == '点'
}

// spelledNumber reads the runes of a number in words, below a thousand: 一百一十六, 一一六,
// 三十九点九〇八七. The number view may have opened some of its numerals: 1百1十6.
func spelledNumber(t []rune) (v float64, decimals int, ok bool) {
	whole, part, scale := 0, 0, 1.0
	for i, r := range t {
		n := figure(r)
		switch {
		case r == '点':
			if decimals > 0 || scale < 1 || i == 0 || i == len(t)-1 {
				return 0, 0, false
			}
			whole, part, scale = whole+part, 0, 0.1
			v = float64(whole)
		case scale < 1:
			if n < 0 {
				return 0, 0, false
			}
			v += float64(n) * scale
			scale /= 10
			decimals++
		case r == '百':
			whole, part = whole+part*100, 0
		case r == '十':
			whole, part = whole+max(part, 1)*10, 0
		case part >= 100:
			return 0, 0, false
		default:
			part = part*10 + n
		}
	}
	if scale == 1 {
		v = float64(whole + part)
	}
	return v, decimals, len(t) > 0 && v < 1000
}

// spelledDegree handles degrees, minutes and seconds in words around the 度 at i; false if figures
// alone stand before it:
//
//	东经一百一十六度二十三分五十一秒
func (s *scanner) spelledDegree(i int) bool {
	a, words := i, false
	for a > 0 && i-a < maxSpelled && spelled(s.t[a-1]) {
		a--
		words = words || !digit(s.t[a])
	}
	if words {
		s.weighSpelled(a, i)
	}
	return words
}

// weighSpelled weighs degrees in words at [a,i), with the minutes and seconds behind them.
func (s *scanner) weighSpelled(a, i int) {
	v, decimals, ok := spelledNumber(s.t[a:i])
	if !ok || decimals > 0 && decimals < fineDecimals {
		return
	}
	if decimals > 0 {
		s.weighDegree(a, i+1, v)
		return
	}
	k, minutes, fine := s.spelledPart(i+1, '分')
	if k == 0 || minutes >= 60 {
		return
	}
	end, seconds, _ := s.spelledPart(k, '秒')
	if end == 0 {
		if fine < 2 { // to the minute: two kilometres
			return
		}
		end = k
	}
	s.weighDegree(a, end, v+minutes/60+seconds/3600)
}

// spelledPart reads a number in words at i and the sign behind it; 0 if they are not there.
func (s *scanner) spelledPart(i int, sign rune) (end int, v float64, decimals int) {
	k := i
	for k-i < maxSpelled && spelled(s.at(k)) {
		k++
	}
	if s.at(k) != sign {
		return 0, 0, 0
	}
	v, decimals, ok := spelledNumber(s.t[i:k])
	return keep(k+1, ok), v, decimals
}

// spelledOctet reads a number of an address that is written in Chinese numerals where the others are
// not: 10.201.33.九; 0 if there is none. A word that begins with a numeral is none: 10.2.3.一般要求.
func (s *scanner) spelledOctet(i int) (value, end int) {
	for end = i; end-i < 3 && han(s.at(end)) && figure(s.t[end]) >= 0; end++ {
		value = value*10 + figure(s.t[end])
	}
	if r := s.at(end); end == i || value > 255 || han(r) && r != '点' || r == '、' || alnum(r) {
		return 0, 0
	}
	return value, end
}
