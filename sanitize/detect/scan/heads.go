package scan

import (
	"strings"
	"unicode/utf8"
)

// headRow tells whether a row with labels in it is a row of heads, and not a form in
// which labels and values take turns: short cells, no long numbers, and not every
// label followed by what could be its value.
func headRow(t []rune, row []Cell) bool {
	known, valued, filled := 0, 0, 0
	for i := range row {
		c := &row[i]
		if c.Len() == 0 {
			continue
		}
		filled++
		if !couldBeHead(t[c.Start:c.End]) {
			return false
		}
		if !c.IsHead {
			continue
		}
		known++
		if i+1 < len(row) && !row[i+1].IsHead && couldBeValue(HeadField(string(t[c.Start:c.End])), t[row[i+1].Start:row[i+1].End]) {
			valued++
		}
	}
	if valued == known {
		return false
	}
	return row[0].Row == 0 || known*3 >= filled
}

// couldBeHead tells whether a cell is short and without numbers or sentences.
func couldBeHead(t []rune) bool {
	digits := 0
	for _, r := range t {
		if r == '@' || r == '。' {
			return false
		}
		if digit(r) {
			digits++
		}
	}
	return len(t) <= maxHead && digits <= 2
}

// couldBeValue tells whether a cell could be what a label to its left announces.
func couldBeValue(f Field, t []rune) bool {
	if len(t) == 0 || looksLikeHead(string(t)) {
		return false
	}
	switch f {
	case FieldName, FieldPerson:
		s := surnames()
		return surname(t[0]) > 0 && len(t) <= 4 || len(t) > 1 && s.compound[[2]rune{t[0], t[1]}] || letter(t[0]) || containsRune(string(t), '·')
	case FieldUnit, FieldTitle, FieldEducation, FieldNative, FieldUnitAddress, FieldAddress, FieldGender, FieldEthnic:
		return true
	}
	return count(t, alnum) > 0 || len(t) > 8
}

// headEnds are endings of ordinary heads that announce nothing to us.
var headEnds = []string{"房间", "分机", "房号", "室号", "内线", "部门", "密级", "名称", "类别", "类型", "状态", "时间", "日期", "金额", "单位", "备注", "份数", "规模", "内容", "职称", "职务", "说明", "号", "地址", "数量", "结果", "情况", "设备", "人数", "得分", "名", "级", "序号", "文件", "(元)", "(万元)"}

func looksLikeHead(s string) bool {
	if HeadField(s) != FieldNone {
		return true
	}
	for _, e := range headEnds {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// HeadField tells what a head announces; text is normalised (normal.New). Blanks
// within, a remark in brackets, a colon at the end and a star do not matter:
// "联 系 人（签字）：" is FieldName.
func HeadField(text string) Field {
	rs, ok := bareHead(text)
	if !ok || len(rs) == 0 || len(rs) > maxHead {
		return FieldNone
	}
	x := defaultLexicon()
	if l, ok := x.label(rs, 0); ok && l.End == len(rs) {
		return l.Field
	}
	switch string(rs) {
	case "x":
		return FieldX
	case "y":
		return FieldY
	}
	return headByParts(x, rs)
}

// bareHead takes brackets, blanks and signs out of a head; false if a colon or comma
// shows that it is more than a head.
func bareHead(text string) ([]rune, bool) {
	rs := make([]rune, 0, 16)
	depth, colon := 0, false
	for _, r := range text {
		switch {
		case r == ' ' && (colon || !latin(rs)):
		case colon || containsRune(",。", r):
			return nil, false
		case r == ':':
			colon = true
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth = max(depth-1, 0)
		case depth == 0 && !containsRune("*\n\".", r):
			rs = append(rs, r)
		}
	}
	if n := len(rs); n > 0 && rs[n-1] == ' ' {
		rs = rs[:n-1]
	}
	return rs, true
}

// headByParts reads heads made of several words: 第一联系人手机号码, 姓名/电话,
// 申报单位联系人: the last label that reaches the end counts, and nothing may stand in
// it but Han characters and signs.
func headByParts(x *lexicon, rs []rune) Field {
	for i := 1; i < len(rs); i++ {
		if l, ok := x.label(rs, i); ok && l.End == len(rs) {
			return l.Field
		}
	}
	if l, ok := x.label(rs, 0); ok && len(rs)-l.End <= 3 {
		switch l.Field {
		case FieldMobile, FieldPhone, FieldID, FieldCard, FieldName, FieldPassword, FieldEmail, FieldLongitude, FieldLatitude, FieldPlate:
			switch string(rs[l.End:]) {
			case "号", "号码", "编号", "信息", "地址", "明文", "(必填)", "值", "1", "2", "一", "二":
				return l.Field
			}
		}
	}
	return FieldNone
}

func latin(rs []rune) bool {
	return len(rs) > 0 && rs[len(rs)-1] < utf8.RuneSelf && letter(rs[len(rs)-1])
}
