package report

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/xuri/excelize/v2"

	"jinggao/app/submission"
	"jinggao/app/submission/plainzip"
)

// sheet is one sheet of the report.
type sheet struct {
	name   string
	heads  []string
	widths []float64
	rows   [][]string
	empty  string // what stands there when there are no rows
}

// WriteXLSX writes the 审查报告 as a workbook of several sheets.
func WriteXLSX(w io.Writer, in Input) (err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); e != nil && err == nil {
			err = fmt.Errorf("close report: %w", e)
		}
	}()
	b := &book{f: f}
	for i, s := range in.sheets() {
		if i == 0 {
			b.do(f.SetSheetName(f.GetSheetName(0), s.name))
		} else {
			_, e := f.NewSheet(s.name)
			b.do(e)
		}
		b.write(&s, in.title(s.name))
	}
	if b.err != nil {
		return fmt.Errorf("build report: %w", b.err)
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return plainzip.Rewrite(w, out.Bytes())
}

func (in *Input) title(sheet string) string {
	return "脱敏脱密审查报告　" + sheet + "（内部留存，不得外传）"
}

func (in *Input) sheets() []sheet {
	return []sheet{in.overview(), in.perFile(), in.details(), in.exceptions(), in.uncheckedSheet(), in.tableSheet(), in.adjustments(), in.history()}
}

func (in *Input) overview() sheet {
	var all count
	copies, withdrawn, unread := 0, 0, 0
	for i := range in.Files {
		f := &in.Files[i]
		c := f.count()
		for k := range all.level {
			all.level[k] += c.level[k]
		}
		all.total, all.open = all.total+c.total, all.open+c.open
		if f.Output != nil && f.Output.Refused == nil && f.Output.Name != "" {
			copies++
		}
		if len(f.Withdrawn()) > 0 {
			withdrawn++
		}
		unread += len(f.Unchecked())
	}
	n := strconv.Itoa
	rows := [][]string{
		{"案卷", in.Info.Title},
		{"活动", in.Campaign.Name},
		{"部门", in.Info.Header.Department},
		{"经办", in.Info.Clerk},
		{"复核人", in.Info.Reviewer},
		{"报告时间", in.At.Format("2006-01-02 15:04")},
		{"程序与规则版本", strings.TrimSpace(in.Program + "　" + in.Rules)},
		{"规则调整", in.adjusted()},
		{"申报项目", n(len(in.Rows)) + " 项"},
		{"附件", n(len(in.Files)) + " 个"},
		{"脱敏副本", n(copies) + " 个"},
		{"整件移出", n(withdrawn) + " 个"},
		{"命中", fmt.Sprintf("%d 处（S1 %d，S2 %d，S3 %d，S4 %d）", all.total, all.level[1], all.level[2], all.level[3], all.level[4])},
		{"待处理", n(all.open) + " 处"},
		{"例外（保留原文）", n(len(in.Exceptions())) + " 处"},
		{"未检项", n(unread) + " 项"},
		{"统计表问题", fmt.Sprintf("错误 %d 处，提醒 %d 处", submission.CountErrors(in.Problems), len(in.Problems)-submission.CountErrors(in.Problems))},
		{"说明", "片段均已遮盖。本报告记录程序检查和人员处理的经过，供审查参考，不代替定密和保密审查。"},
		{"经办签字", ""},
		{"复核签字", ""},
	}
	return sheet{name: "概览", heads: []string{"项目", "内容"}, widths: []float64{22, 90}, rows: rows}
}

func (in *Input) perFile() sheet {
	s := sheet{
		name:   "按文件",
		heads:  []string{"序号", "文件", "对应项目", "格式", "状态", "字数", "S1", "S2", "S3", "S4", "待处理", "结果", "清除的隐藏内容", "原件 SHA-256", "副本 SHA-256", "副本 SM3"},
		widths: []float64{6, 32, 10, 8, 10, 10, 6, 6, 6, 6, 8, 34, 28, 20, 20, 20},
		empty:  "案卷中没有附件",
	}
	for i := range in.Files {
		f := &in.Files[i]
		c := f.count()
		chars := 0
		if f.Scan != nil {
			for k := range f.Scan.Files {
				chars += f.Scan.Files[k].Characters
			}
		}
		var rows []string
		for _, r := range f.Rows {
			rows = append(rows, strconv.Itoa(r))
		}
		out := Output{}
		if f.Output != nil {
			out = *f.Output
		}
		var removed []string
		for _, r := range out.Removed {
			removed = append(removed, fmt.Sprintf("%s %d", r.Kind, r.Count))
		}
		n := strconv.Itoa
		s.rows = append(s.rows, []string{
			n(i + 1), f.Attachment.Name, strings.Join(rows, "、"), f.Attachment.Kind, f.Attachment.State.Chinese(), n(chars),
			n(c.level[1]), n(c.level[2]), n(c.level[3]), n(c.level[4]), n(c.open), f.result(), strings.Join(removed, "，"),
			f.Attachment.SHA256, out.SHA256, out.SM3,
		})
	}
	return s
}

// result says in one line what became of a file.
func (f *File) result() string {
	switch {
	case len(f.Withdrawn()) > 0:
		return "整件移出，未生成副本"
	case f.Output == nil:
		if f.Scan == nil {
			return "未扫描"
		}
		return "未导出"
	case f.Output.Refused != nil:
		return "未生成副本：" + f.Output.Refused.What
	case f.Output.Verified:
		return fmt.Sprintf("副本 %s，处理 %d 处，复检通过", f.Output.Name, f.Output.Treated)
	}
	return "副本 " + f.Output.Name + "，未复检"
}

func (in *Input) details() sheet {
	s := sheet{
		name:   "处理明细",
		heads:  []string{"序号", "文件", "位置", "级别", "规则", "名称", "片段（已遮盖）", "处理", "处理后", "理由", "依据", "经办", "复核", "时间"},
		widths: []float64{6, 28, 20, 10, 8, 18, 18, 14, 20, 24, 28, 10, 10, 18},
		empty:  "没有命中",
	}
	for i := range in.Files {
		f := &in.Files[i]
		for _, x := range byLevel(f.Findings()) {
			d := f.Decisions[x.Fingerprint]
			word, after := Treatment(&x, d)
			s.rows = append(s.rows, []string{
				strconv.Itoa(len(s.rows) + 1), f.Attachment.Name, x.Where, LevelWord(x.Level), x.Rule, x.Name, Mask(&x),
				word, after, d.Reason, x.Basis, d.By, d.Confirmed, stamp(d.At),
			})
		}
	}
	return s
}

func (in *Input) exceptions() sheet {
	s := sheet{
		name:   "例外",
		heads:  []string{"序号", "文件", "位置", "级别", "规则", "名称", "片段（已遮盖）", "决定", "理由", "经办", "复核", "时间"},
		widths: []float64{6, 28, 20, 10, 8, 18, 18, 16, 34, 10, 10, 18},
		empty:  "没有例外",
	}
	for _, e := range in.Exceptions() {
		word, _ := Treatment(&e.Finding, e.Decision)
		s.rows = append(s.rows, []string{
			strconv.Itoa(len(s.rows) + 1), e.File, e.Finding.Where, LevelWord(e.Finding.Level), e.Finding.Rule, e.Finding.Name, Mask(&e.Finding),
			word, e.Decision.Reason, e.Decision.By, e.Decision.Confirmed, stamp(e.Decision.At),
		})
	}
	in.allowed(&s)
	return s
}

func (in *Input) uncheckedSheet() sheet {
	s := sheet{name: "未检项", heads: []string{"序号", "文件", "未检内容", "是否阻断", "人工查看", "查看人", "时间"}, widths: []float64{6, 32, 50, 10, 12, 12, 18}, empty: "没有未检项"}
	add := func(file, what string, blocking bool, tick string, by string, at time.Time) {
		block := "否"
		if blocking {
			block = "是"
		}
		s.rows = append(s.rows, []string{strconv.Itoa(len(s.rows) + 1), file, what, block, tick, by, stamp(at)})
	}
	for i := range in.Files {
		f := &in.Files[i]
		if f.Scan == nil {
			add(f.Attachment.Name, "整个文件未扫描", true, "未查看", "", time.Time{})
			continue
		}
		for k := range f.Scan.Files {
			if r := f.Scan.Files[k].Refused; r != nil {
				add(f.Attachment.Name, "无法读取："+r.Error(), true, "未查看", "", time.Time{})
			}
		}
		for _, u := range f.Unchecked() {
			if t, ok := f.Ticks[u.Message]; ok {
				add(f.Attachment.Name, u.Message, u.Blocking, "已人工查看", t.By, t.At)
			} else {
				add(f.Attachment.Name, u.Message, u.Blocking, "未查看", "", time.Time{})
			}
		}
	}
	return s
}

func (in *Input) tableSheet() sheet {
	s := sheet{name: "统计表检查", heads: []string{"序号", "行", "列", "级别", "问题", "来源"}, widths: []float64{6, 6, 14, 8, 70, 30}, empty: "没有问题"}
	number := map[string]string{}
	for i := range in.Rows {
		number[in.Rows[i].ID] = strconv.Itoa(i + 1)
	}
	ps := append(append([]submission.Problem(nil), in.Problems...), submission.SensitiveProblems(in.Rows, in.Cells)...)
	for _, p := range ps {
		level := "提醒"
		if p.Level == submission.Error {
			level = "错误"
		}
		s.rows = append(s.rows, []string{strconv.Itoa(len(s.rows) + 1), number[p.RowID], string(p.Column), level, p.Message, p.Source.String()})
	}
	return s
}

func (in *Input) history() sheet {
	s := sheet{name: "操作记录", heads: []string{"时间", "人员", "操作"}, widths: []float64{20, 14, 70}, empty: "没有记录"}
	for i := len(in.History) - 1; i >= 0; i-- {
		e := in.History[i]
		s.rows = append(s.rows, []string{stamp(e.At), e.Who, e.What})
	}
	return s
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04:05")
}

// book collects the first error of many small calls.
type book struct {
	f      *excelize.File
	err    error
	styles [3]int // title, head, body
}

func (b *book) do(err error) {
	if b.err == nil && err != nil {
		b.err = err
	}
}

func (b *book) prepare() {
	if b.styles[0] != 0 {
		return
	}
	var border []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Style: 1, Color: "808080"})
	}
	for i, s := range []*excelize.Style{
		{Font: &excelize.Font{Family: "黑体", Size: 16}, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center"}},
		{Font: &excelize.Font{Family: "黑体", Size: 11}, Border: border, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDEDED"}}, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}},
		{Font: &excelize.Font{Family: "宋体", Size: 11}, Border: border, NumFmt: 49, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}},
	} {
		id, err := b.f.NewStyle(s)
		b.do(err)
		b.styles[i] = id
	}
}

// write fills one sheet: title, head, rows; texts only.
func (b *book) write(s *sheet, title string) {
	b.prepare()
	rows := s.rows
	if len(rows) == 0 {
		rows = [][]string{{s.empty}}
	}
	b.text(s.name, 1, 1, title)
	b.paint(s.name, 1, 1, 1, 1, b.styles[0])
	b.do(b.f.SetRowHeight(s.name, 1, 30))
	for i, h := range s.heads {
		b.text(s.name, i+1, 2, h)
		col, err := excelize.ColumnNumberToName(i + 1)
		b.do(err)
		b.do(b.f.SetColWidth(s.name, col, col, s.widths[i]))
	}
	b.paint(s.name, 1, 2, len(s.heads), 2, b.styles[1])
	for i, r := range rows {
		lines := 1
		for j, t := range r {
			b.text(s.name, j+1, i+3, t)
			lines = max(lines, int(math.Ceil(float64(submission.Units(t))/math.Max(1, s.widths[j]-1))))
		}
		b.do(b.f.SetRowHeight(s.name, i+3, math.Min(409, float64(15*lines+5))))
	}
	last := len(rows) + 2
	b.paint(s.name, 1, 3, len(s.heads), last, b.styles[2])
	b.print(s, last)
}

func (b *book) text(sheet string, col, row int, t string) {
	ref, err := excelize.CoordinatesToCellName(col, row)
	b.do(err)
	t = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, t)
	b.do(b.f.SetCellStr(sheet, ref, t))
}

func (b *book) paint(sheet string, c0, r0, c1, r1, style int) {
	from, err := excelize.CoordinatesToCellName(c0, r0)
	b.do(err)
	to, err := excelize.CoordinatesToCellName(c1, r1)
	b.do(err)
	b.do(b.f.SetCellStyle(sheet, from, to, style))
}

func (b *book) print(s *sheet, last int) {
	size, wide, tall, landscape, fit := 9, 1, 0, "landscape", true
	// first, because it overwrites the sheet properties
	if len(s.rows) > 1 && len(s.heads) > 2 {
		col, err := excelize.ColumnNumberToName(len(s.heads))
		b.do(err)
		b.do(b.f.AutoFilter(s.name, fmt.Sprintf("A2:%s%d", col, last), nil))
	}
	b.do(b.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.do(b.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}))
	b.do(b.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&L内部留存&C第 &P 页，共 &N 页"}))
	b.do(b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: fmt.Sprintf("'%s'!$2:$2", s.name)}))
	b.do(b.f.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: 2, TopLeftCell: "A3", ActivePane: "bottomLeft"}))
}
