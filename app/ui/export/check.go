// Package export is page ④ 导出成果: what stands in the way, what will be written,
// and the run that writes it into a folder that appears whole or not at all. It is
// plain Go.
package export

import (
	"fmt"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/page/step"
	"jinggao/app/ui/review"
	"jinggao/app/ui/session"
)

// Weight says how much a line of the pre-check weighs.
type Weight int

// Weights.
const (
	Good  Weight = iota // nothing to do
	Doubt               // goes out, but look at it
	Stop                // does not go out like this
)

// Line is one line of 导出前检查.
type Line struct {
	Weight Weight
	Text   string
	Goto   step.Step // where it is mended
}

// Options are the choices at the left.
type Options struct {
	Folder  string
	Word    bool // the table as .docx too
	Copies  bool // clean copies
	Suggest bool // open S2 and S3 findings are treated as suggested, and that is recorded
	// Pseudonyms numbers people and organisations over the whole case: 张某, 张某二.
	Pseudonyms bool
	DPI        int  // of clean PDFs; 0: 200
	Layer      bool // over the pages of a clean PDF their treated text, for searching and copying
	Text       bool // beside a clean PDF its treated text as .txt
	WordText   bool // beside a clean PDF its treated text as .docx
}

// Skip is a file of which there will be no copy, and why.
type Skip struct {
	ID   string
	Name string
	Why  string
	Do   string
	// Withdrawn is set where the file is 整件移出.
	Withdrawn bool
}

// Plan is what an export would do now.
type Plan struct {
	Lines []Line
	Ready []casefile.Attachment
	Skips []Skip
	// Rows is how many rows the table has; 0 gives a 零报告.
	Rows int
	// Open counts findings at S2 and S3 that nobody has decided, the table included.
	Open int
	// TableOpen counts what is open in the table itself.
	TableOpen int
}

// Blocked says why nothing can be exported now; "" if something can.
func (p *Plan) Blocked(o Options) string {
	switch {
	case o.Folder == "":
		return "请选择导出位置"
	case p.TableOpen > 0 && !o.Suggest:
		return fmt.Sprintf("项目表格中还有 %d 处命中未处理", p.TableOpen)
	}
	return ""
}

// Make looks at the case and plans an export.
func Make(s *session.Session, o Options) *Plan {
	p := &Plan{Rows: len(s.Rows())}
	p.rows(s)
	p.files(s, o)
	p.findings(s, o)
	clerk, reviewer := s.People()
	if clerk == "" || reviewer == "" {
		p.add(Doubt, "案卷尚未填写经办或复核人", step.Settings)
	}
	return p
}

func (p *Plan) add(w Weight, text string, to step.Step) {
	p.Lines = append(p.Lines, Line{Weight: w, Text: text, Goto: to})
}

func (p *Plan) rows(s *session.Session) {
	ps := s.Problems()
	errs, warns := 0, 0
	for i := range ps {
		switch {
		case ps[i].Kind == submission.KindSensitive:
		case ps[i].Level == submission.Error:
			errs++
		default:
			warns++
		}
	}
	switch {
	case p.Rows == 0:
		p.add(Doubt, "没有项目，统计表将作零报告", step.Rows)
	case errs > 0:
		p.add(Doubt, fmt.Sprintf("项目表格 %d 项，错误 %d 处，提醒 %d 处", p.Rows, errs, warns), step.Rows)
	case warns > 0:
		p.add(Doubt, fmt.Sprintf("项目表格 %d 项，提醒 %d 处", p.Rows, warns), step.Rows)
	default:
		p.add(Good, fmt.Sprintf("项目表格 %d 项，检查无问题", p.Rows), step.Rows)
	}
	c := s.Counts(casefile.RowsFile)
	p.TableOpen = c.Left()
	switch {
	case s.Checking():
		p.add(Doubt, "正在检查项目表格", step.Rows)
	case c.Left() > 0:
		p.add(Stop, fmt.Sprintf("项目表格中敏感内容 %d 处未处理", c.Left()), step.Review)
	case c.Total > 0:
		p.add(Good, fmt.Sprintf("项目表格中敏感内容 %d 处均已处理", c.Total), step.Review)
	default:
		p.add(Good, "项目表格未发现敏感内容", step.Rows)
	}
}

func (p *Plan) files(s *session.Session, o Options) {
	atts := s.Attachments()
	for _, a := range atts {
		if skip, out := skip(s, a, o); out {
			p.Skips = append(p.Skips, skip)
			continue
		}
		p.Ready = append(p.Ready, a)
	}
	if len(atts) == 0 {
		p.add(Doubt, "没有附件，只导出统计表", step.Attach)
		return
	}
	if len(p.Skips) == 0 {
		p.add(Good, fmt.Sprintf("%d 个附件均可生成脱敏副本", len(p.Ready)), step.Attach)
		return
	}
	p.add(Stop, fmt.Sprintf("%d 个附件可生成副本，%d 个不生成，见下表", len(p.Ready), len(p.Skips)), step.Attach)
}

// skip says why there is no copy of a file; false if there is one.
func skip(s *session.Session, a casefile.Attachment, o Options) (Skip, bool) {
	sk := Skip{ID: a.ID, Name: a.Name}
	c := s.Counts(a.ID)
	switch {
	case a.State == casefile.StateMissing:
		sk.Why, sk.Do = "文件不在原处", "在附件材料中重新定位"
	case s.Reading(a.ID) || a.State == casefile.StateNew || a.State == casefile.StateChanged:
		sk.Why, sk.Do = "尚未扫描", "等待扫描完成"
	case a.State == casefile.StateRefused:
		sk.Why, sk.Do = "未能读取："+a.Note, "更换可读取的原件"
	case c.Marks > 0:
		sk.Why, sk.Do, sk.Withdrawn = "含密级标志，整件移出", "交定密责任人处理，见提示单", true
	case c.S1 > 0:
		sk.Why, sk.Do = fmt.Sprintf("阻断级命中 %d 处未处理或待复核", c.S1), "在审核中处理并由复核人确认"
	case c.Unread > 0:
		sk.Why, sk.Do = fmt.Sprintf("未检项 %d 项未人工查看", c.Unread), "查看原件后在审核中标为已人工查看"
	case stale(s, a.ID):
		sk.Why, sk.Do = "原件已改动，原先划定的遮盖框不再适用", "在审核中删除后重新划定"
	case c.Waiting > 0:
		sk.Why, sk.Do = fmt.Sprintf("待复核 %d 处", c.Waiting), "由复核人确认"
	case c.Open > 0 && !o.Suggest:
		sk.Why, sk.Do = fmt.Sprintf("待处理 %d 处", c.Open), "在审核中处理，或勾选按建议脱敏"
	default:
		return sk, false
	}
	return sk, true
}

// stale tells whether a file has boxes drawn on an earlier version of it.
func stale(s *session.Session, id string) bool {
	rv := s.Review()
	for d, doc := range rv.Docs() {
		if doc.File == id && rv.Stale(d) {
			return true
		}
	}
	return false
}

func (p *Plan) findings(s *session.Session, o Options) {
	all := s.Review().Counts(-1)
	p.Open = all.Open - all.Unread
	ignored := 0
	rv := s.Review()
	for d := range rv.Docs() {
		for _, it := range rv.Items(d) {
			if st := it.State(); st == review.Ignored || st == review.Cleared {
				ignored++
			}
		}
	}
	switch {
	case all.Total == 0:
		p.add(Good, "未发现须处理的命中", step.Review)
	case all.Left() == 0:
		p.add(Good, fmt.Sprintf("命中 %d 处均已审完", all.Total), step.Review)
	case o.Suggest:
		p.add(Doubt, fmt.Sprintf("未处理 %d 处，其中可按建议处置的在导出时脱敏并记录", all.Left()), step.Review)
	default:
		text := fmt.Sprintf("未处理 %d 处", all.Left())
		if all.High > 0 {
			text += fmt.Sprintf("，其中高风险 %d 处", all.High)
		}
		p.add(Stop, text, step.Review)
	}
	if ignored > 0 {
		p.add(Doubt, fmt.Sprintf("已忽略 %d 处，将列入审查报告", ignored), step.Review)
	}
}
