package submission

import (
	"slices"
	"strings"
)

// headRows is how far down a header is looked for.
const headRows = 60

// synonyms of header words, best first; all folded (no blanks, no signs).
func synonyms() map[Column][]string {
	return map[Column][]string{
		ColNo: {"序号", "编号", "顺序号", "序", "号", "项次", "项目编号", "申报编号", "受理编号", "流水号", "no", "id", "#"},
		ColApplicant: {
			"申报主体", "申报主体名称", "申报单位", "申报单位名称", "申请单位", "申请单位名称", "申报机构", "申报机构名称", "申报人", "申请人", "申报方", "申请主体",
			"单位名称", "单位全称", "机构名称", "企业名称", "公司名称", "主体名称", "主体", "牵头申报单位", "牵头单位", "主申报单位", "第一申报单位", "主要申报单位",
			"第一完成单位", "主要完成单位", "完成单位", "承担单位", "参评单位", "参评主体", "申报团队", "团队名称", "单位", "机构", "企业", "学校", "高校", "院系", "所在单位", "applicant", "organization", "organisation", "nameofapplicant", "company",
		},
		ColCategory: {
			"申报类别", "申报类型", "成果类型", "成果类别", "申报组别", "项目类别", "项目类型", "奖项类别", "参评类别", "申报奖项类别", "申报方向", "申报成果类型", "申报成果类别", "类别", "类型", "组别", "奖项", "category", "type",
		},
		ColTitle: {
			"项目名称", "成果名称", "申报项目", "申报成果", "申报项目名称", "申报成果名称", "项目成果名称", "参评项目", "参评成果", "技术名称", "科技成果名称", "成果项目名称", "作品名称", "题目", "项目", "成果", "名称", "项目题目", "projecttitle", "projectname", "project", "title", "nameofproject", "achievement",
		},
		ColTime: {
			"申报时间", "申报日期", "提交时间", "提交日期", "网上申报时间", "网上提交时间", "系统提交时间", "申请时间", "申请日期", "填报时间", "填报日期", "报名时间", "上报时间", "上报日期", "报送时间", "报送日期", "时间", "日期", "submissiondate", "applicationdate", "submittedat", "dateofapplication", "date", "time",
		},
		ColContact: {
			"联系人", "联系人姓名", "项目联系人", "联络人", "单位联系人", "申报联系人", "经办人", "填报联系人", "项目负责人", "负责人", "对接人", "姓名", "contactperson", "contactname", "contact",
		},
		ColPhone: {
			"联系方式", "联系电话", "联系人电话", "联系人手机", "联系人手机号", "联系人手机号码", "联系人联系方式", "手机号码", "手机号", "手机", "移动电话", "电话", "电话号码", "办公电话", "固定电话", "座机", "联系手机", "联络方式", "联络电话", "手机电话", "电话手机", "联系号码", "phonenumber", "telephone", "mobile", "phone", "tel",
		},
		ColPartners: {"联合申报机构", "联合申报单位", "联合单位", "合作单位", "协作单位", "参与单位", "参加单位", "合作机构", "联合申报主体", "其他完成单位", "联合申报", "partners", "partner"},
		ColNotes:    {"备注", "说明", "备注说明", "内部备注", "其他说明", "remarks", "remark", "note", "notes"},
	}
}

// bothWords are headers of a column that holds name and number.
var bothWords = []string{"联系人及联系方式", "联系人及电话", "联系人及联系电话", "联系人和电话", "联系人和联系方式", "联系人与电话", "联系人与联系方式", "联系人联系方式", "联系人电话", "联系人手机", "姓名电话", "姓名及电话", "姓名及联系方式", "联系人姓名及电话", "联系信息", "联络人及电话", "联系人及手机", "联系人及手机号码"}

// matcher looks header words up.
type matcher struct {
	exact      map[string]match
	terms      []term
	categories []string
}

type match struct {
	col  Column
	rank int // 0 is the best word for the column
}

type term struct {
	word string
	col  Column
}

func newMatcher(c *Campaign) *matcher {
	m := &matcher{exact: map[string]match{}, categories: c.CategoryNames()}
	all := synonyms()
	for i, col := range Official() { // the words of the campaign come before all others
		if i < len(c.Columns) {
			m.exact[headWord(c.Columns[i])] = match{col, 0}
		}
	}
	for _, col := range append([]Column{ColNo}, Editable()...) {
		for i, w := range all[col] {
			if _, taken := m.exact[w]; !taken {
				m.exact[w] = match{col, i}
			}
			if len([]rune(w)) >= 3 && w[0] >= 0x80 {
				m.terms = append(m.terms, term{w, col})
			}
		}
	}
	// Longer words first: 联合申报单位 before 申报单位.
	slices.SortStableFunc(m.terms, func(a, b term) int { return len(b.word) - len(a.word) })
	return m
}

// find says which column a header text means; rank tells how good the word is.
func (m *matcher) find(text string) (match, bool) {
	if text == "" || len([]rune(text)) > 40 {
		return match{}, false
	}
	w := headWord(text)
	if hit, ok := m.exact[w]; ok {
		return hit, true
	}
	if hit, ok := m.exact[fold(text)]; ok {
		return hit, true
	}
	if len([]rune(w)) > 14 {
		return match{}, false
	}
	for _, t := range m.terms {
		if strings.Contains(w, t.word) {
			return match{t.col, 50 + len([]rune(w)) - len([]rune(t.word))}, true
		}
	}
	return match{}, false
}

// isBoth tells a header of a column for name and number. 联系人电话 alone is such
// only where no column of names is there; the caller sees to that.
func isBoth(text string) bool {
	w := headWord(text)
	if slices.Contains(bothWords, w) {
		return true
	}
	return strings.HasPrefix(w, "联系人") && (strings.Contains(w, "电话") || strings.Contains(w, "方式") || strings.Contains(w, "手机"))
}

// Guess finds the header of a grid by its words and says which column is which.
func Guess(g *Grid, c *Campaign) Mapping {
	m := newMatcher(c)
	best := Mapping{Head: -1, Columns: map[Column]int{}}
	for i := range min(len(g.Rows), headRows) {
		for _, lines := range []int{1, 2} {
			if i+lines > len(g.Rows) {
				continue
			}
			if got := m.header(g, i, lines); got.Score > best.Score {
				best = got
			}
		}
		if best.Head >= 0 && i > best.Head+2 {
			break
		}
	}
	return best
}

// header reads the rows from i as a header of one or two lines. Score 0 means it
// is none.
func (m *matcher) header(g *Grid, i, lines int) Mapping {
	mp := Mapping{Head: i, Body: i + lines, Columns: map[Column]int{}, More: map[Column][]int{}}
	ranks := map[Column]int{}
	used, upper := 0, 0 // columns whose word stands in the second, in the first line
	both := -1
	for col := range max(len(g.Rows[i]), len(g.Rows[i+lines-1])) {
		text, second := headText(g, i, lines, col, m)
		mp.Words = append(mp.Words, CleanText(text))
		if second {
			used++
		}
		if isBoth(text) {
			both = col
			continue
		}
		hit, ok := m.find(text)
		if !ok {
			continue
		}
		if !second {
			upper++
		}
		old, had := ranks[hit.col]
		switch {
		case !had || hit.rank < old:
			if had && hit.col == ColPhone {
				mp.More[ColPhone] = append(mp.More[ColPhone], mp.Columns[ColPhone])
			}
			ranks[hit.col], mp.Columns[hit.col] = hit.rank, col
		case hit.col == ColPhone && mp.Columns[ColPhone] != col:
			mp.More[ColPhone] = append(mp.More[ColPhone], col)
		}
	}
	if both >= 0 {
		placeBoth(&mp, both)
	}
	m.ticks(g, &mp)
	used += len(mp.Ticks)
	if lines == 2 && (used == 0 || upper < 2) {
		return Mapping{Head: -1}
	}
	mp.Score = headScore(&mp)
	if mp.Score == 0 {
		return Mapping{Head: -1}
	}
	mp.Score += 0.02 * float64(min(used, 4)) // a second line that means something beats the first alone
	return mp
}

// ticks finds the columns of a form on which a category is chosen by a tick: two
// or more headed by the names of categories.
func (m *matcher) ticks(g *Grid, mp *Mapping) {
	found := map[int]string{}
	for col := range len(mp.Words) {
		for _, name := range m.categories {
			if fold(g.Text(mp.Body-1, col)) == fold(name) {
				found[col] = name
			}
		}
	}
	if len(found) < 2 {
		return
	}
	mp.Ticks = found
	if col, ok := mp.Columns[ColCategory]; ok && found[col] != "" {
		delete(mp.Columns, ColCategory)
	}
}

// placeBoth gives a column for name and number its meaning beside what else there is.
func placeBoth(mp *Mapping, col int) {
	_, name := mp.Columns[ColContact]
	_, phone := mp.Columns[ColPhone]
	switch {
	case !name && !phone:
		mp.Columns[ColContact], mp.Columns[ColPhone], mp.Both = col, col, true
	case name && !phone:
		mp.Columns[ColPhone] = col
	case !name && phone:
		mp.Columns[ColContact] = col
	default:
		mp.More[ColPhone] = append(mp.More[ColPhone], col)
	}
}

// headText is the header text over a column: of two lines the lower where it has
// a meaning, else the upper, else both. second tells that the lower line counted.
func headText(g *Grid, i, lines, col int, m *matcher) (text string, second bool) {
	up := g.Text(i, col)
	if lines == 1 {
		return up, false
	}
	low := g.Text(i+1, col)
	if low == "" || low == up {
		return up, false
	}
	if _, ok := m.find(low); ok {
		return low, true
	}
	if _, ok := m.find(up); ok {
		return up, false
	}
	if _, ok := m.find(up + low); ok {
		return up + low, true
	}
	if isBoth(up) {
		return low, false // 联系信息 over 姓名, 手机, 邮箱: this column is none of the two
	}
	return up, false
}

// headScore is 0 where the words do not make a table of applications: it needs a
// title column and an applicant, or a title and three other columns.
func headScore(mp *Mapping) float64 {
	n := 0
	for _, c := range []Column{ColApplicant, ColCategory, ColTitle, ColTime, ColContact, ColPhone} {
		if _, ok := mp.Columns[c]; ok || c == ColCategory && len(mp.Ticks) > 0 {
			n++
		}
	}
	_, title := mp.Columns[ColTitle]
	_, applicant := mp.Columns[ColApplicant]
	if !title || n < 3 || !applicant && n < 4 {
		return 0
	}
	return float64(n) / 6
}
