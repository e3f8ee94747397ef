package scan

import "strings"

// maxUnit is the longest name of an office, in runes, that may stand between a label and a name.
const maxUnit = 16

// behindUnit is where the name begins behind a label and the office of its bearer:
// 联系人：科技处 张伟, 收件人：信息中心王磊. 0 if no office stands there.
func (s *scanner) behindUnit(i, firm int) int {
	if firm < 2 {
		return 0
	}
	if f, ok := s.nameAt(i, false); ok && f.mark == endHard {
		return 0
	}
	for k := i; k < i+maxUnit && han(s.at(k)); k++ {
		if k == i || !strings.ContainsRune("处科室部局院所司心办厂校系组会团", s.t[k]) {
			continue
		}
		b := s.blanks(k + 1)
		if f, ok := s.nameAt(b, false); ok && f.mark == endHard && surname(s.t[b]) < 2 && f.end-b >= 2 && !falseName(s.t[b:f.end]) && !falseName(s.t[b:b+2]) {
			return b
		}
	}
	return 0
}

// beforeName are words and endings after which a name may begin in a sentence.
var beforeName = []string{"由", "与", "和", "及", "请", "向", "感谢", "致谢", "鸣谢", "推荐", "表彰", "授予", "祝贺", "推举", "选派", "指派", "会同", "偕同", "联系", "采访", "拜访", "陪同", "委托", "其中", "依托", "跟随", "师从", "聘任", "提名", "包含", "抄送", "主送", "报送", "呈送", "转交", "找", "派", "致", "经", "让", "给", "为", "是", "对", "被", "据", "受", "同", "跟", "随", "大学", "学院", "公司", "研究所", "研究院", "医院", "集团", "中心", "实验室", "学校", "单位", "嘉宾", "专家", "学者", "顾问", "讲者", "邀请", "聘请", "特邀", "导师", "团队", "以及", "有", "含", "叫", "将", "把", "靠", "协会", "学会", "委员会", "教研室", "任命", "包括", "即", "如", "系", "所", "院", "局", "处", "部", "校", "室", "组", "厂", "办", "科", "馆", "站", "队", "社", "台"}

// titleAt is the length of the title at i, 0 if there is none.
func (s *scanner) titleAt(i int) int {
	r := s.at(i)
	if r >= 1<<16 || s.x.at[r] == 0 {
		return 0
	}
	for _, w := range s.x.entries[s.x.at[r]].titles {
		if i+len(w) <= len(s.t) && equal(s.t[i:i+len(w)], w) {
			return len(w)
		}
	}
	return 0
}

// title handles 韩砚秋教授: a name in front of a title; the title begins at i and is size runes long.
func (s *scanner) title(i, size int) {
	if i < 2 || !han(s.t[i-1]) {
		return
	}
	title := string(s.t[i : i+size])
	if r := s.at(i + size); r == '们' || title == "先生" && r == '态' || title == "博士" && r == '生' {
		return
	}
	for n := 4; n >= 2; n-- {
		lead := 1
		if s.compound(i - n) {
			lead = 2
		}
		if a := i - n; s.titled(a, lead, i) && s.nameStart(a, n) && (lead == 2 || surname(s.t[a]) == 1 || s.plainStart(a)) {
			h := s.add("I18", a, i, 0.5, "姓氏“"+string(s.t[a:a+lead])+"”加名").why(0.25, "后接职务“"+title+"”")
			h.Rare = lead == 1 && surname(s.t[a]) == 2
			if s.figure(a, i) {
				h.hint("历史人物或公众人物，仅提示")
			}
			return
		}
	}
}

// titled tells whether [a,i) may be a name with a surname of lead in front of a title.
func (s *scanner) titled(a, lead, i int) bool {
	given := i - a - lead
	if a < 0 || given < 1 || given > 2 || lead == 1 && surname(s.t[a]) != 1 && !s.rareTitled(a, i) {
		return false
	}
	if !s.givenAll(a+lead, i) || falseName(s.t[a:i]) || falseName(s.t[a:a+2]) {
		return false
	}
	return !s.seldom(a+lead, i) || given == 2 && s.t[i-1] == '和' && !s.seldom(a+lead, i-1)
}

// rareTitles are those behind which a name may begin with a rare surname.
var rareTitles = []string{"教授", "副教授", "研究员", "副研究员", "院士", "博士", "老师", "先生", "女士", "同志", "高级工程师", "总工程师"}

// rareTitled tells whether three characters before the title at i may be a name with a
// rare surname; the dictionary has the last word.
func (s *scanner) rareTitled(a, i int) bool {
	if i-a != 3 || surname(s.t[a]) != 2 {
		return false
	}
	title := string(s.t[i : i+s.titleAt(i)])
	for _, w := range rareTitles {
		if w == title {
			return true
		}
	}
	return false
}

// plainStart tells whether a name begins at a beyond doubt: behind a sign, or a word of two
// characters that leads to names.
func (s *scanner) plainStart(a int) bool {
	if !han(s.prev(a)) {
		return true
	}
	head := string(s.t[max(0, a-4):a])
	for _, w := range beforeName {
		if strings.HasSuffix(head, w) && (len([]rune(w)) > 1 || w == "由" || w == "请") {
			return true
		}
	}
	return false
}

// leastRow is how many names in a row, at least, are taken for names without a label.
const leastRow = 3

// row handles 林知夏、周子衡、段清扬: names in a row without a label, only a hint (I19);
// the first 、 stands at i.
func (s *scanner) row(i int) {
	if i < s.listed || i < 2 {
		return
	}
	var spans [][2]int
	if a := s.nameBefore(i); a >= 0 {
		spans = append(spans, [2]int{a, i})
	}
	k := i
	for s.at(k) == '、' {
		a := k + 1
		f, ok := s.nameAt(a, false)
		if !ok || s.figure(a, f.end) || surname(s.t[a]) == 2 && !s.compound(a) || falseName(s.t[a:f.end]) || falseName(s.t[a:a+2]) {
			break
		}
		spans = append(spans, [2]int{a, f.end})
		k = f.end
	}
	s.listed = k + 1
	if len(spans) < leastRow {
		return
	}
	for _, p := range spans {
		s.add("I19", p[0], p[1], 0.4, "姓氏加名，三个以上并列").hint("无标签，仅提示")
	}
}

// nameBefore finds a name that ends at i; -1 if there is none.
func (s *scanner) nameBefore(i int) int {
	for n := 3; n >= 2; n-- {
		a := i - n
		if a < 0 || surname(s.t[a]) != 1 || !s.givenAll(a+1, i) || falseName(s.t[a:i]) || falseName(s.t[a:a+2]) {
			continue
		}
		return a
	}
	return -1
}

// notInNames are what cells under 姓名 say when they name nobody.
var notInNames = []string{"合计", "小计", "总计", "暂无", "待定", "同上", "全体", "不详", "人员", "名单", "单位", "姓名", "空白", "未定", "平均", "共计", "匿名", "测试", "示例", "保密", "人数"}

// wholeName tells whether a cell under 姓名 holds two to four Han characters that may
// be a name with a surname the list does not have.
func (s *scanner) wholeName(c *Cell) bool {
	if n := c.Len(); n < 2 || n > 4 || !s.givenAll(c.Start, c.End) || containsRune("处科室部组局院所司厂站队办", s.t[c.End-1]) {
		return false
	}
	return !falseName(s.t[c.Start:c.End]) && !anyOf(string(s.t[c.Start:c.End]), notInNames)
}

// nameStart tells whether a name may begin at a: behind a sign, a label, or a word that leads to names.
func (s *scanner) nameStart(a, n int) bool {
	p := s.prev(a)
	if !han(p) {
		return p != '·' && p != 0 || a == 0
	}
	if k := len(s.labels); k > 0 && s.labels[k-1].End == a && (s.labels[k-1].Field == FieldName || s.labels[k-1].Field == FieldPerson) {
		return true
	}
	head := string(s.t[max(0, a-4):a])
	for _, w := range beforeName {
		if strings.HasSuffix(head, w) {
			return n >= 3 || len([]rune(w)) > 1 || w == "由" || w == "请"
		}
	}
	return false
}

// nameCell handles the whole of a cell under 姓名, 联系人 and the like.
func (s *scanner) nameCell(c *Cell) {
	i := c.Start
	why := c.says
	if s.at(i+1) == '\n' && s.uprightName(i, c.End, why) {
		return
	}
	found, ok := s.nameAt(i, true)
	if !ok || falseName(s.t[i:found.end]) || found.end > c.End {
		if strings.Contains(c.Head, "姓名") && s.wholeName(c) {
			s.add("I18", c.Start, c.End, 0.45, "二至四个汉字").why(0.3, why)
		}
		return
	}
	if found.end < c.End {
		// 王芳 13800138000, 张伟、李强
		s.names(i, 2, false, why)
		return
	}
	s.add("I18", i, found.end, 0.5, found.what).why(0.4, why)
}

// behindTitles are titles that stand before names as well as behind them; those that are labels
// (主任, 处长 …) are none of them.
var behindTitles = []string{"教授级高级工程师", "教授级高工", "副教授", "教授", "副研究员", "研究员", "院士", "高级工程师", "工程师", "博士", "副主任医师", "主任医师", "医师", "副科长", "科长", "科员", "书记", "部长", "司长", "市长", "副市长", "秘书长", "调研员", "讲师", "理事长", "会长", "律师", "老师"}

// behindTitle handles a name of three characters or more right behind a title of that size: 高级工程师耿修文负责….
// The dictionary has the last word.
func (s *scanner) behindTitle(i, size int) {
	k := i + size
	if surname(s.at(k)) != 1 && !s.compound(k) || !s.compound(k) && containsRune(wordlike, s.t[k]) {
		return
	}
	title := string(s.t[i:k])
	for _, w := range behindTitles {
		if w != title {
			continue
		}
		f, ok := s.nameAt(k, false)
		if !ok || f.mark == endNone || f.end-k < 3 || s.wordNotName(k, f.end, 0) || s.figure(k, f.end) || s.titleAt(f.end) > 0 {
			return
		}
		s.add("I18", k, f.end, 0.5, f.what).why(0.15, "前接职务“"+title+"”").Rare = true
		if n := s.nextName(f.end); n > 0 {
			s.namesFrom(1, n, 1, true, "职务“"+title+"”")
		}
		return
	}
}

// receiver handles the name before 收, 亲收, 亲启 that ends an address: …502室，万俟宁收.
func (s *scanner) receiver(i int) {
	if i < 2 || s.t[i] == '亲' && s.at(i+1) != '收' && s.at(i+1) != '启' || s.t[i] != '亲' && s.prev(i) == '亲' {
		return
	}
	end := i + 1
	if s.t[i] == '亲' {
		end++
	}
	if r := s.at(end); han(r) || alnum(r) {
		return
	}
	k := i
	if s.prev(k) == '(' {
		k--
	}
	for blank(s.prev(k)) && i-k < maxJoint {
		k--
	}
	for n := 4; n >= 2; n-- {
		a := k - n
		if a < 0 || han(s.prev(a)) && (a < 2 || !s.door(a-1)) || !s.nameShape(a, k) {
			continue
		}
		s.add("I18", a, k, 0.5, "姓氏加名").why(0.2, "后接“"+string(s.t[i:end])+"”").Rare = !s.compound(a)
		return
	}
}
