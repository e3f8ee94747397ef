package detect

import (
	"fmt"
	"regexp"
	"strings"

	"jinggao/sanitize/detect/scan"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

// cellAt is the index of the cell that holds a span of the view, -1 if none does.
func (w *work) cellAt(s document.Span) int {
	for low, high := 0, len(w.cells); low < high; {
		mid := (low + high) / 2
		switch {
		case w.cells[mid].Covers(s):
			return mid
		case w.cells[mid].Start > s.Start:
			high = mid
		default:
			low = mid + 1
		}
	}
	return -1
}

// cellLabel is the head of the cell that holds a span, "" for none.
func (w *work) cellLabel(s document.Span) string {
	if i := w.cellAt(s); i >= 0 && !w.cells[i].IsHead {
		return w.cells[i].Head
	}
	return ""
}

// Rows from which a table of persons or a directory counts as one.
const (
	listRows      = 10
	directoryRows = 2
)

// table is one table of the part: its heads by column and how many rows it has.
type table struct {
	heads []string
	rows  int
	span  document.Span
	first []scan.Cell // the row of heads
	cells []scan.Cell // all of them
}

func (w *work) tables() []table {
	var out []table
	for i := 0; i < len(w.cells); {
		j := i
		var t table
		rows := map[int]bool{}
		seen := map[int]bool{}
		for ; j < len(w.cells) && w.cells[j].Table == w.cells[i].Table; j++ {
			c := w.cells[j]
			if c.IsHead && c.Row == w.cells[i].Row {
				t.first = append(t.first, c)
			}
			if !c.IsHead && c.Len() > 0 {
				rows[c.Row] = true
			}
			if c.Head != "" && !seen[c.Col] {
				seen[c.Col] = true
				t.heads = append(t.heads, c.Head)
			}
			if t.span.Len() == 0 {
				t.span = c.Span
			}
			t.span = join(t.span, c.Span)
		}
		t.rows, t.cells = len(rows), w.cells[i:j]
		out = append(out, t)
		i = j
	}
	return out
}

// directories finds lists of persons (I24) and directories with rooms (M10).
func (w *work) directories() {
	list, directory := w.engine.byID["I24"], w.engine.byID["M10"]
	pay := w.engine.byID["J04"]
	for _, t := range w.tables() {
		name := anyHas(t.heads, "姓名", "联系人", "负责人", "人员", "申报人", "专家", "值班人", "值守人", "经办人", "联络员")
		contact := anyHas(t.heads, "电话", "手机", "证件", "身份证", "单位", "联系方式", "邮箱", "住址", "卡号")
		room := anyHas(t.heads, "房间", "办公室", "房号", "室号", "分机", "内线", "值班")
		switch {
		case list != nil && list.Structure != "" && name != "" && contact != "" && t.rows >= listRows:
			w.tableFinding(list, t, fmt.Sprintf("表头含“%s”“%s”，共 %d 行", name, contact, t.rows))
		case directory != nil && name != "" && room != "" && t.rows >= directoryRows:
			w.tableFinding(directory, t, fmt.Sprintf("表头含“%s”“%s”，共 %d 行", name, room, t.rows))
			w.columnFindings(directory, t, roomHead, roomValue)
		}
		if name != "" && pay != nil {
			w.columnFindings(pay, t, payHead, payValue)
		}
	}
}

var (
	roomHead  = regexp.MustCompile(`房间|房号|室号|办公室`)
	roomValue = regexp.MustCompile(`^[a-z]?[0-9]{3,4}(?:室|房间|房)?$|^[\p{Han}]{1,4}楼?[a-z]?[0-9]{3,4}(?:室|房间|房)?$`)
	payHead   = regexp.MustCompile(`年薪|月薪|工资|薪酬|薪资|年收入|月收入|奖金|公积金余额|应发|实发`)
	payValue  = regexp.MustCompile(`^[¥￥]?[0-9][0-9,.]*\s*(?:万|千)?元?$`)
)

// columnFindings marks the cells of a table under heads that match, where they look like values.
func (w *work) columnFindings(r *compiled, t table, head, value *regexp.Regexp) {
	if !w.headed(t, head) {
		return
	}
	for i := range t.cells {
		c := &t.cells[i]
		if c.Len() == 0 || c.Len() > 16 {
			continue
		}
		text := string(w.text[c.Start:c.End])
		own := c.IsHead && len(t.first) > 0 && c.Row == t.first[0].Row
		if own && r.ID == "J04" && head.MatchString(text) || !own && head.MatchString(c.Head) && value.MatchString(text) {
			w.add(candidate{
				rule: r, span: c.Span, level: r.level, score: max(r.base, 0.7), settled: true,
				reasons: []finding.Reason{{Text: "表格：与姓名同表，属“" + r.Name + "”栏", Delta: max(r.base, 0.7)}},
			})
		}
	}
}

// headed tells whether a head of the table matches.
func (w *work) headed(t table, head *regexp.Regexp) bool {
	for _, h := range t.heads {
		if head.MatchString(h) {
			return true
		}
	}
	for _, c := range t.first {
		if head.MatchString(string(w.text[c.Start:c.End])) {
			return true
		}
	}
	return false
}

// tableFinding marks a table by its row of heads.
func (w *work) tableFinding(r *compiled, t table, why string) {
	span := t.span
	if len(t.first) > 0 {
		span = document.Span{Start: t.first[0].Start, End: t.first[len(t.first)-1].End}
	}
	if span.Len() <= 0 {
		return
	}
	w.add(candidate{
		rule: r, span: span, level: r.level, score: max(r.base, 0.8), settled: true, table: true,
		reasons: []finding.Reason{{Text: "表格：" + why, Delta: max(r.base, 0.8)}},
	})
}

func anyHas(heads []string, words ...string) string {
	for _, h := range heads {
		h = strings.ReplaceAll(h, " ", "")
		for _, x := range words {
			if strings.Contains(h, x) {
				return h
			}
		}
	}
	return ""
}
