package scan

import "strings"

// roads end the name of a street or place in an address.
const roads = "路街道巷弄村镇乡里苑庄坊屯胡同湾坡桥园区港组队"

// units count the parts of an address behind a number.
const doors = "号弄室栋幢单元楼层座户院村组队排巷支区房"

// homeWords make an address that of a home; officeWords that of an office.
var (
	homeWords   = []string{"住址", "家庭", "家住", "住在", "居住", "现住", "住宅", "户籍", "宿舍", "寓所", "暂住", "租住", "户口", "住于", "(家)", "自宅", "home"}
	officeWords = []string{"公司", "单位", "办公", "注册", "大厦", "科技园", "产业园", "园区", "广场", "会议", "酒店", "宾馆", "学院", "大学", "研究", "中心", "法院", "医院", "政府", "展厅", "机构", "企业", "厂", "商务", "写字楼", "号楼", "机房", "会址", "邮寄", "窗口"}
	flatWords   = []string{"弄", "小区", "新村", "公寓", "花园", "家园", "宿舍", "苑", "单元", "栋", "里"}
)

// addressBehind handles 家庭住址：上海市….
func (s *scanner) addressBehind(l Label) {
	i, firm := s.colon(l.End)
	w := string(s.t[l.Start:l.End])
	if letter(s.t[l.Start]) {
		s.latinAddress(l, i, firm)
		return
	}
	if l.Field == FieldUnitAddress && !anyOf(s.around(l.Start, l.End, 8), homeWords) && !s.toPerson(l) {
		return
	}
	s.address(i, "标签“"+w+"”")
}

// toPerson tells whether the address behind a label is that to which somebody named just before gets
// post: 收件人：虞山青，电话…，地址：….
func (s *scanner) toPerson(l Label) bool {
	for k := len(s.labels) - 1; k >= 0 && k >= len(s.labels)-4; k-- {
		o := s.labels[k]
		if o.End > l.Start {
			continue
		}
		if l.Start-o.End > 48 {
			return false
		}
		if o.Field == FieldName && anyOf(string(s.t[o.Start:o.End]), []string{"收件人", "收货人", "取件人", "寄件人", "寄送人"}) {
			return true
		}
	}
	return false
}

// address reads an address at i and adds it if it goes down to a house.
func (s *scanner) address(i int, why string) bool {
	end, depth := s.addressSpan(i)
	if depth < 2 || end-i < 5 {
		return false
	}
	s.add("I20", i, end, 0.6, "地址写到门牌或户室").why(0.35, why)
	return true
}

// addressSpan reads Han characters, digits and hyphens; depth counts the levels that
// name a street, a house, a flat.
func (s *scanner) addressSpan(i int) (end, depth int) {
	last, lastDepth := i, 0
	for k := i; k < len(s.t) && k-i < 60; k++ {
		r := s.t[k]
		switch {
		case han(r):
			depth += s.level(k, i)
			if k > i && s.door(k) {
				k = s.longDoor(k)
				last, lastDepth = k+1, depth
			}
			if last > i && k-last > 8 {
				return last, lastDepth
			}
		case numberRune(r):
			if lastDepth > 0 && digit(r) && s.numberOver(k+1) { // …5号3-201
				last, lastDepth = k+1, depth+1
			}
		case r == ' ' && (numberRune(s.at(k+1)) || han(s.at(k+1))) && (lastDepth < 3 || digit(s.at(k+1)) || digit(s.prev(k))):
		default:
			return last, lastDepth
		}
	}
	return last, lastDepth
}

// level is 1 where a street, a house or a flat is named at k, behind the beginning i.
func (s *scanner) level(k, i int) int {
	if k > i && (s.door(k) || strings.ContainsRune(roads, s.t[k])) {
		return 1
	}
	return 0
}

// door tells whether the sign of a house or flat stands at k behind its number.
func (s *scanner) door(k int) bool {
	p := s.t[k-1]
	if p == ' ' && digit(s.prev(k-1)) {
		p = s.prev(k - 1) // 398 弄 12 号
	}
	return strings.ContainsRune(doors, s.t[k]) && (alnum(p) || strings.ContainsRune("一二三四五六七八九十东西南北甲乙丙丁之", p))
}

// longDoor takes in the second character of 单元, 号楼, 号院.
func (s *scanner) longDoor(k int) int {
	for _, w := range [3]string{"单元", "号楼", "号院"} {
		if s.follows(k, w) {
			return k + 1
		}
	}
	return k
}

// numberRune tells whether r may stand in the number of a house or flat.
func numberRune(r rune) bool { return alnum(r) || r == '-' || r == '#' }

// numberOver tells whether a number ends before k and no door sign follows it.
func (s *scanner) numberOver(k int) bool {
	r := s.at(k)
	return !numberRune(r) && !han(r)
}

// road handles a house or flat number without a label: 秋棠路88弄12号301室. The sign
// (室, 户, 号) stands at i; the whole is read from the street back.
func (s *scanner) road(i int) {
	if !digit(s.prev(i)) || s.t[i] == '号' && !s.followsFlat(i+1) {
		return
	}
	a := s.addressStart(i)
	if a < 0 {
		return
	}
	for k := len(s.hits) - 1; k >= 0 && k >= len(s.hits)-6; k-- {
		if s.hits[k].Rule == "I20" && s.hits[k].End > a {
			return
		}
	}
	end, depth := s.addressSpan(a)
	if depth < 2 || end <= i {
		return
	}
	s.weighAddress(a, end)
}

// weighAddress tells homes from offices by the words in and around an address.
func (s *scanner) weighAddress(a, end int) {
	from, to := s.sentence(a, end)
	text := string(s.t[a:end])
	before := string(s.t[max(from, a-16):a])
	after := string(s.t[end:min(to, end+6)])
	home := anyOf(before, homeWords) || anyOf(text, []string{"宿舍", "公寓", "小区", "新村", "家园"})
	office := anyOf(before, officeWords) || anyOf(text, officeWords) || anyOf(after, []string{"公司", "会议", "办公", "实验"})
	switch {
	case home && !anyOf(before, []string{"办公", "注册", "单位地址"}):
		s.add("I20", a, end, 0.6, "地址写到户室").why(0.25, "邻近住址等词，或为住宅小区")
	case office:
	case anyOf(text, flatWords):
		s.add("I20", a, end, 0.55, "地址写到户室").why(0.1, "写法合于住宅（弄、单元、小区等）")
	default:
		s.add("I20", a, end, 0.4, "地址写到户室").hint("无住宅语境，办公地址可以保留")
	}
}

// followsFlat tells whether a flat number follows the house number: 5号3-201, 12号301室 is met at 室.
func (s *scanner) followsFlat(i int) bool {
	k := i
	for digit(s.at(k)) {
		k++
	}
	return k > i && s.at(k) == '-' && digit(s.at(k+1))
}

// addressStart goes back from a door sign to the beginning of the address; -1 if no
// street stands in it.
func (s *scanner) addressStart(i int) int {
	a, street := i, false
	for a > 0 && i-a < 48 && s.addressRune(s.t[a-1]) {
		a--
		if digit(s.at(a+1)) && strings.ContainsRune("路街道巷弄村里苑庄坊园区栋幢湾镇", s.t[a]) {
			street = true
		}
	}
	if !street {
		return -1
	}
	if b := s.region(a, i); b >= 0 {
		return b
	}
	for a < i && s.t[a] == ' ' {
		a++
	}
	return a
}

// addressRune tells whether r may stand in an address and does not lead to one.
func (s *scanner) addressRune(r rune) bool {
	if strings.ContainsRune("为在于是住址至到由从", r) {
		return false
	}
	return han(r) || alnum(r) || r == '-' || r == ' '
}

// region is where the province or city in [a,i) begins: it marks the beginning of an
// address better than the first character of the run. -1 if there is none.
func (s *scanner) region(a, i int) int {
	for k := i - 1; k > a+1; k-- {
		if s.t[k] != '省' && s.t[k] != '市' {
			continue
		}
		b := k - 2
		for m := k - 1; m >= max(a, k-5); m-- {
			if s.t[m] == '省' {
				b = m - 2
			}
		}
		if b > a && (s.t[b-1] == '黑' || s.t[b-1] == '内') { // 黑龙江, 内蒙古
			b--
		}
		return max(a, b)
	}
	return -1
}

// latinAddress handles Home address: Room 301, No. 12, Lane 88, Qiutang Road, Shanghai.
func (s *scanner) latinAddress(l Label, i, firm int) {
	if l.Field != FieldAddress && !s.follows(max(0, l.Start-5), "home ") || firm < 2 {
		return
	}
	end := i
	for end < len(s.t) && end-i < 160 && s.t[end] != '\n' && s.t[end] != ';' && !han(s.t[end]) && !s.fullStop(end) {
		end++
	}
	for end > i && !alnum(s.t[end-1]) {
		end--
	}
	if end-i >= 12 && count(s.t[i:end], digit) > 0 {
		s.add("I20", i, end, 0.6, "英文地址写到门牌").why(0.3, "标签“"+string(s.t[l.Start:l.End])+"”")
	}
}

// fullStop tells whether the dot at i ends a sentence and no abbreviation.
func (s *scanner) fullStop(i int) bool {
	if s.t[i] != '.' || s.at(i+1) != ' ' {
		return false
	}
	for _, w := range [4]string{"no.", "rd.", "st.", "rm."} {
		if i >= 2 && s.follows(i-2, w) {
			return false
		}
	}
	return true
}
