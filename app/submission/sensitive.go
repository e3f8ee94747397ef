package submission

import (
	"fmt"
	"strings"

	"jinggao/sanitize/finding"
)

// Scanner is the engine's ScanText.
type Scanner func(label, text string) []finding.Finding

// CellFinding is a finding in a cell of the table. RowID is "" for the line above
// the table.
type CellFinding struct {
	RowID   string
	Column  Column
	Finding finding.Finding
}

// askedFor are the rules that a name and a phone number answer to: I03 mobile, I04
// landline, I18 and I19 names. In 联系人 and 联系方式 they are what the form asks for.
var askedFor = map[string]bool{"I03": true, "I04": true, "I18": true, "I19": true}

// ScanRows looks for sensitive content in every cell and in the line above the
// table. In 联系人 and 联系方式 a name and a phone number are what the form asks for
// and are left out; anything else there is a finding. 内部备注 never leaves and is
// not scanned.
func ScanRows(rows []Row, h Header, scan Scanner) []CellFinding {
	var out []CellFinding
	cell := func(id string, col Column, label, text string) {
		if strings.TrimSpace(text) == "" {
			return
		}
		for _, f := range scan(label, text) {
			if (col == ColContact || col == ColPhone) && askedFor[f.Rule] {
				continue
			}
			out = append(out, CellFinding{RowID: id, Column: col, Finding: f})
		}
	}
	cell("", Column("部门"), "表头 部门", h.Department)
	cell("", ColContact, "表头 联系人", h.Contact)
	cell("", ColPhone, "表头 联系方式", h.Phone)
	for i := range rows {
		for _, col := range Editable() {
			if col != ColNotes {
				cell(rows[i].ID, col, fmt.Sprintf("第 %d 行 %s", i+1, col), rows[i].Get(col))
			}
		}
	}
	return out
}

// SensitiveProblems puts cell findings at S1–S3 as problems. The text found is
// never quoted: only its kind and its suggested form.
func SensitiveProblems(rows []Row, fs []CellFinding) []Problem {
	at := make(map[string]*Row, len(rows))
	for i := range rows {
		at[rows[i].ID] = &rows[i]
	}
	var out []Problem
	for _, cf := range fs {
		f := cf.Finding
		if f.Level == finding.S4 {
			continue
		}
		p := Problem{RowID: cf.RowID, Column: cf.Column, Level: Warning, Kind: KindSensitive, Rule: f.Rule, Fingerprint: f.Fingerprint}
		if f.Level <= finding.S2 {
			p.Level = Error
		}
		p.Message = fmt.Sprintf("%s中有敏感内容：%s（%s）", cf.Column, f.Name, f.Level)
		switch {
		case f.Withdraw:
			p.Message += "，须停止使用并按保密审查程序处理"
		case f.Suggest != "":
			p.Message += "，建议改为“" + clip(f.Suggest, 30) + "”"
		default:
			p.Message += "，建议删除"
		}
		if r := at[cf.RowID]; r != nil {
			p.Source, p.Title = r.Source, r.Title
			if !f.Withdraw {
				p.Mend = mendCell(r.Get(cf.Column), f)
			}
		}
		out = append(out, p)
	}
	return out
}

// mendCell puts the suggestion in place of the finding; "" if nothing would be left.
func mendCell(text string, f finding.Finding) string {
	rs := []rune(text)
	if f.Start < 0 || f.End > len(rs) || f.Start >= f.End {
		return ""
	}
	return strings.TrimSpace(string(rs[:f.Start]) + f.Suggest + string(rs[f.End:]))
}

// Residual counts the findings at S1–S3 in a table that is about to be sent. allowed
// holds RULE/WORDS of what stays in by decision and may be nil.
func Residual(rows []Row, h Header, scan Scanner, allowed map[string]bool) int {
	n := 0
	for _, f := range ScanRows(rows, h, scan) {
		if f.Finding.Level <= finding.S3 && !allowed[f.Finding.Rule+"/"+f.Finding.Text] {
			n++
		}
	}
	return n
}
