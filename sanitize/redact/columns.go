package redact

import (
	"iter"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/rule"
)

// columnwise tells findings about a table of persons: its personal columns are
// masked, the others stay.
func columnwise(r *rule.Rule, f *finding.Finding) bool {
	if r != nil && r.Treatment.Mask == "columns" {
		return true
	}
	return f.Rule == "I24" || f.Rule == "M10" && len(f.Reasons) > 0 && strings.HasPrefix(f.Reasons[0].Text, tableReason)
}

// tableReason begins the reason of a finding that stands for a whole table.
const tableReason = "表格："

// Settled tells whether a finding about a table of persons has nothing left to
// treat: every cell of the personal columns is blank, masked or coarse.
func Settled(doc *document.Document, f *finding.Finding) bool {
	part := doc.Part(f.Part)
	if part == nil || f.Hidden != "" || !columnwise(nil, f) {
		return false
	}
	seen := false
	for c, mask := range personalCells(part, f) {
		seen = true
		if !masked(mask, c) {
			return false
		}
	}
	return seen
}

func masked(mask, text string) bool {
	t := squeeze(text)
	return t == "" || strings.ContainsAny(t, "*＊某") || Mask(mask, text) == text
}

// personal are words of column heads and the mask of the cells below; the first that fits counts.
var personal = []struct{ word, mask string }{
	{"身份证", "id"},
	{"证件", "id"},
	{"护照", "passport"},
	{"手机", "phone"},
	{"移动电话", "phone"},
	{"电话", "phone"},
	{"联系方式", "phone"},
	{"传真", "landline"},
	{"邮箱", "email"},
	{"邮件", "email"},
	{"mail", "email"},
	{"银行", "card"},
	{"卡号", "card"},
	{"账号", "account"},
	{"帐号", "account"},
	{"住址", "address"},
	{"地址", "address"},
	{"出生", "decade"},
	{"生日", "decade"},
	{"房间", "fixed"},
	{"办公室", "fixed"},
	{"房号", "fixed"},
	{"室号", "fixed"},
	{"分机", "fixed"},
	{"内线", "fixed"},
	{"籍贯", "fixed"},
	{"民族", "fixed"},
	{"政治面貌", "fixed"},
	{"微信", "fixed"},
	{"QQ", "fixed"},
	{"工号", "fixed"},
	{"学号", "fixed"},
	{"姓名", "name"},
	{"联系人", "name"},
	{"负责人", "name"},
	{"经办人", "name"},
	{"申报人", "name"},
	{"完成人", "name"},
	{"专家", "name"},
	{"人员", "name"},
}

// PersonalMask gives the mask for cells under a column head, "" if the column is not personal.
func PersonalMask(head string) string {
	h := strings.ToLower(squeeze(head))
	if len([]rune(h)) > 12 {
		return ""
	}
	for _, p := range personal {
		if strings.Contains(h, strings.ToLower(p.word)) {
			return p.mask
		}
	}
	return ""
}

// columns masks the personal cells of the table that a finding lies in.
func columns(part *document.Part, f *finding.Finding, names *Pseudonyms) []item {
	var out []item
	for _, c := range findCells(part, f) {
		if masked(c.mask, c.text) {
			continue
		}
		with := Mask(c.mask, c.text)
		if with == Fixed && c.mask == "phone" {
			with = Mask("landline", c.text)
		}
		out = append(out, item{span: c.span, text: names.Text(c.text, with), rank: int(f.Level)})
	}
	return out
}

// personalCells gives the texts of the personal cells with their masks.
func personalCells(part *document.Part, f *finding.Finding) iter.Seq2[string, string] {
	return func(yield func(text, mask string) bool) {
		for _, c := range findCells(part, f) {
			if !yield(c.text, c.mask) {
				return
			}
		}
	}
}

// personalCell is a cell below a personal head.
type personalCell struct {
	span       document.Span
	text, mask string
}

// findCells lists the personal cells of the tables that a finding touches.
func findCells(part *document.Part, f *finding.Finding) []personalCell {
	cells := part.Cells
	if len(cells) == 0 {
		cells = lineCells(part.Text, f.Span)
	}
	tables := map[int]bool{}
	for _, c := range cells {
		if c.Overlaps(f.Span) {
			tables[c.Table] = true
		}
	}
	text := []rune(part.Text)
	var out []personalCell
	heads := headRows(cells, tables, text)
	for _, c := range cells {
		h, ok := heads[c.Table]
		if !ok || c.Row <= h.row || c.Len() == 0 || c.End > len(text) {
			continue
		}
		if mask := PersonalMask(h.names[c.Col]); mask != "" {
			out = append(out, personalCell{c.Span, string(text[c.Start:c.End]), mask})
		}
	}
	return out
}

type headRow struct {
	row   int
	names map[int]string
}

// headRows finds in each table the first row with two personal heads or one and a label-like rest.
func headRows(cells []document.Cell, tables map[int]bool, text []rune) map[int]headRow {
	type key struct{ table, row int }
	count := map[key]int{}
	names := map[key]map[int]string{}
	out := map[int]headRow{}
	for _, c := range cells {
		if !tables[c.Table] || c.End > len(text) {
			continue
		}
		k := key{c.Table, c.Row}
		s := string(text[c.Start:c.End])
		if names[k] == nil {
			names[k] = map[int]string{}
		}
		names[k][c.Col] = s
		if PersonalMask(s) != "" {
			count[k]++
		}
	}
	for k, n := range count {
		if h, ok := out[k.table]; n >= 1 && (!ok || k.row < h.row) {
			out[k.table] = headRow{k.row, names[k]}
		}
	}
	return out
}

// lineCells reads tab- or comma-separated lines as a table, from the line on which a
// span begins to the first blank one after it.
func lineCells(text string, s document.Span) []document.Cell {
	r := []rune(text)
	s = line(text, s)
	for s.End < len(r) && (r[s.End] != '\n' || s.End+1 < len(r) && r[s.End+1] != '\n') {
		s.End++
	}
	var out []document.Cell
	row, col, start := 0, 0, s.Start
	for i := s.Start; i <= s.End; i++ {
		end := i == s.End || r[i] == '\n'
		if !end && r[i] != '\t' && r[i] != ',' && r[i] != '，' && r[i] != '|' {
			continue
		}
		out = append(out, document.Cell{Span: document.Span{Start: start, End: i}, Row: row, Col: col})
		start, col = i+1, col+1
		if end {
			row, col = row+1, 0
		}
	}
	return out
}
