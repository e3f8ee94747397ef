package scan

import (
	"jinggao/sanitize/validate"
)

// birthBehind handles 出生日期：1990年3月7日.
func (s *scanner) birthBehind(l Label) {
	s.person(l)
	i, _ := s.colon(l.End)
	s.birth(i, "标签“"+string(s.t[l.Start:l.End])+"”")
}

// birth judges a date of birth at i: to the day it is S3, to the month a hint.
func (s *scanner) birth(i int, why string) bool {
	end, full := s.date(i)
	if end == 0 {
		return false
	}
	h := s.add("I21", i, end, 0.55, "日期").why(0.3, why)
	if !full {
		h.hint("只到年月，仅提示")
	}
	return true
}

// date reads 1990年3月7日, 1990-03-07, 1990.03, 19900307; full if it names the day.
func (s *scanner) date(i int) (end int, full bool) {
	if end = i + 8; end <= len(s.t) && allDigits(s.t[i:end]) {
		ok := !alnum(s.at(end)) && validate.Day(number3(s.t[i:i+4]), number3(s.t[i+4:i+6]), number3(s.t[i+6:end]))
		return keep(end, ok), ok
	}
	v, n, k := [3]int{}, 0, i
	end = i
	for n < 3 {
		a := k
		for digit(s.at(k)) && k-a < 4 {
			k++
		}
		if k == a {
			break
		}
		v[n] = number3(s.t[a:k])
		n++
		end = k
		if k = s.datePart(k); k == end {
			break
		}
		if !digit(s.at(k)) {
			end = k
		}
	}
	if n < 2 || alnum(s.at(end)) {
		return 0, false
	}
	if n == 2 {
		v[2] = 1
	}
	return keep(end, validate.Day(v[0], v[1], v[2])), n == 3
}

// datePart skips 年, 月, 日 or a sign between the parts of a date.
func (s *scanner) datePart(k int) int {
	switch s.at(k) {
	case '年', '月', '日':
		return k + 1
	case '-', '.', '/':
		if digit(s.at(k + 1)) {
			return k + 1
		}
	}
	return k
}

// severed tells whether a sentence ends in [a,b), a semicolon aside: particulars of one
// person are set out with those.
func (s *scanner) severed(a, b int) bool {
	lines := 0
	for _, r := range s.t[min(a, b):b] {
		if r == '\n' {
			lines++
		}
		if r == '。' || r == '!' || r == '?' || lines > 1 {
			return true
		}
	}
	return false
}

// keep is n where ok holds, otherwise 0.
func keep(n int, ok bool) int {
	if ok {
		return n
	}
	return 0
}

// born handles 1990年3月7日出生 where the word follows; 年 stands at i.
func (s *scanner) born(i int) {
	if i < 4 || !allDigits(s.t[i-4:i]) || digit(s.prev(i-4)) {
		return
	}
	end, full := s.date(i - 4)
	if end == 0 || !full || !s.follows(end, "出生") && !s.follows(end, "生人") && (s.at(end) != '生' || han(s.at(end+1))) {
		return
	}
	s.add("I21", i-4, end, 0.55, "日期").why(0.3, "后接“出生”")
}

// person counts the kinds of particulars in a paragraph: three or more make a
// person known (GB/T 37964). The finding runs from the first to the last.
func (s *scanner) person(l Label) {
	kinds := map[Field]int{}
	first := l.Start
	for k := len(s.labels) - 1; k >= 0 && k >= len(s.labels)-10; k-- {
		o := s.labels[k]
		if l.End-o.Start > 90 {
			break
		}
		if s.severed(o.End, l.Start) {
			break
		}
		switch o.Field {
		case FieldGender, FieldEthnic, FieldNative, FieldAge, FieldEducation, FieldBirth:
			if _, firm := s.colon(o.End); firm == 2 || !han(s.prev(o.Start)) {
				kinds[o.Field] = o.Start
				first = min(first, o.Start)
			}
		}
	}
	if len(kinds) < 3 {
		return
	}
	end := l.End
	for end < len(s.t) && end-l.End < 16 && !stop(s.t[end]) && s.t[end] != ',' && s.t[end] != '、' && s.t[end] != '\t' {
		end++
	}
	s.add("I21", first, end, 0.5, "准标识符集中").why(0.25, "同段有 "+string(rune('0'+len(kinds)))+" 类：性别、出生、民族、籍贯等")
}
