package export

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jinggao/app/casefile"
	"jinggao/app/report"
	"jinggao/app/submission"
	"jinggao/app/ui/review"
	"jinggao/app/ui/session"
	"jinggao/app/ui/task"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/manifest"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/rule"
)

// Names inside the folder of an export.
const (
	Outside = "对外"   // may be sent
	Inside  = "内部留存" // stays in the office
	Copies  = "脱敏副本"
	Table   = "申报情况统计表"
	Letters = "整件移出提示单"
	Report  = "审查报告.xlsx"
	Record  = "决定记录.jsonl"
)

// Made is one clean copy.
type Made struct {
	In, Out string   // Out is relative to Result.Dir
	Also    []string // what lies beside it: 纯文本, Word
	Treated int
	Removed []string
}

// Failure is one thing that was not produced.
type Failure struct {
	Name, What, Why, Do string
}

// Result is what an export produced.
type Result struct {
	Dir      string // the finished folder
	Table    []string
	Made     []Made
	Failures []Failure
	Rows     int
	Residual int // findings left in the table after a second look; 0 is the proof
	Letters  int // 提示单
}

// Job is everything an export needs, taken from the case beforehand, so that the
// run touches nothing that a person may be changing.
type Job struct {
	opt     Options
	engine  sanitize.API
	facts   Facts
	info    casefile.Info
	camp    *submission.Campaign
	rows    []submission.Row
	header  submission.Header
	states  map[string]string // of the rows, for the internal table
	allowed map[string]bool   // fingerprints of findings left in the table by decision
	files   []fileJob
	skips   []Skip
	names   *redact.Pseudonyms
	c       *casefile.Case // for the report; safe off the goroutine of the window
	outputs map[string]report.Output
	now     func() time.Time
}

type fileJob struct {
	att       casefile.Attachment
	decisions []redact.Decision
	added     []finding.Finding
	inside    map[string][]finding.Finding // the same in members of an archive
	drawn     []finding.Finding            // boxes over pages; the engine takes them from the decisions
	blocking  bool                         // it has pages that only people have looked at
}

// Facts are versions for the lists and reports.
type Facts struct {
	Version, RulesVersion, RulesDigest string
	// Adjustments says in what the rules differ from the built-in ones.
	Adjustments []rule.Adjustment
}

// Prepare records what open findings are treated as suggested, if so chosen, and
// gathers a job. It runs on the goroutine of the window.
func Prepare(s *session.Session, o Options, f Facts) (*Job, error) {
	if o.Suggest {
		if _, _, err := s.Review().AcceptOpen(-1); err != nil {
			return nil, fmt.Errorf("record what is treated as suggested: %w", err)
		}
	}
	plan := Make(s, o)
	if why := plan.Blocked(o); why != "" {
		return nil, &document.Refusal{What: why, Do: "处理后再导出"}
	}
	j := &Job{opt: o, engine: s.Engine(), facts: f, info: s.Info(), camp: s.Campaign(), skips: plan.Skips, c: s.Case(), outputs: map[string]report.Output{}, now: time.Now}
	j.states = states(s)
	if o.Pseudonyms {
		j.names = redact.NewPseudonyms()
	}
	var open int
	j.rows, j.header, open, j.allowed = s.CleanTableAs(j.names)
	if open > 0 {
		return nil, &document.Refusal{What: fmt.Sprintf("项目表格中还有 %d 处命中未处理", open), Do: "在审核中处理后再导出"}
	}
	if !o.Copies {
		j.skips = nil
		return j, nil
	}
	for _, a := range plan.Ready {
		j.files = append(j.files, gather(s, a))
	}
	return j, nil
}

// states says of each row what is wrong with it and how many files it has.
func states(s *session.Session) map[string]string {
	errs, warns := map[string]int{}, map[string]int{}
	for _, p := range s.Problems() {
		if p.Level == submission.Error {
			errs[p.RowID]++
		} else {
			warns[p.RowID]++
		}
	}
	out := map[string]string{}
	for _, r := range s.Rows() {
		text := "检查无问题"
		if errs[r.ID]+warns[r.ID] > 0 {
			text = fmt.Sprintf("错误 %d，提醒 %d", errs[r.ID], warns[r.ID])
		}
		out[r.ID] = fmt.Sprintf("%s；附件 %d 个", text, len(s.FilesOf(r.ID)))
	}
	return out
}

func gather(s *session.Session, a casefile.Attachment) fileJob {
	fj := fileJob{att: a}
	for _, d := range s.Case().Decisions(a.ID) {
		if d.Action != review.ActionWithdraw {
			fj.decisions = append(fj.decisions, d)
		}
	}
	rv := s.Review()
	fj.added, fj.inside = s.Marked(a.ID)
	for d, doc := range rv.Docs() {
		if !session.Of(a.ID, doc.File) {
			continue
		}
		for _, it := range rv.Items(d) {
			if it.Unchecked == nil && it.Finding.Rule == redact.RuleBox {
				fj.drawn = append(fj.drawn, it.Finding)
			}
			fj.blocking = fj.blocking || it.Unchecked != nil && it.Unchecked.Blocking
		}
	}
	return fj
}

// Run writes everything into a folder beside its final name and renames it at the
// end. When ctx ends, or the table cannot be written, nothing is left behind. It
// runs off the goroutine of the window.
func (j *Job) Run(ctx context.Context, tell task.Report) (res *Result, err error) {
	base := j.opt.Folder
	if err := os.MkdirAll(base, 0o755); err != nil {
		return nil, folderRefusal(err)
	}
	sweep(base)
	work, err := os.MkdirTemp(base, WorkPrefix())
	if err != nil {
		return nil, folderRefusal(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(work))
		}
	}()
	out, in := filepath.Join(work, Outside), filepath.Join(work, Inside)
	for _, d := range []string{out, in} {
		if err := os.Mkdir(d, 0o755); err != nil {
			return nil, folderRefusal(err)
		}
	}
	res = &Result{Rows: len(j.rows)}
	total := len(j.files) + 2
	tell(0, total, Table)
	if err := j.table(ctx, out, res); err != nil {
		return nil, err
	}
	if err := j.note(ctx, tell, total); err != nil {
		return nil, err
	}
	log := manifest.New(j.facts.Version, manifest.Rules{Version: j.facts.RulesVersion, Digest: j.facts.RulesDigest}, j.now())
	log.Adjust(j.facts.Adjustments)
	for i, f := range j.files {
		tell(i+1, total, f.att.Name)
		at := func(_, _ int, what string) { tell(i+1, total, f.att.Name+"　"+what) }
		if err := j.copy(ctx, filepath.Join(out, Copies), f, at, res, log); err != nil {
			return nil, err
		}
	}
	tell(total-1, total, "审查报告")
	if err := j.paper(ctx, out, in, res, log); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := whole(res, log); err != nil {
		return nil, err
	}
	return res, j.finish(base, work, res)
}

// whole makes sure that everything is still there as it was written, before the folder
// gets its name.
func whole(res *Result, log *manifest.Log) error {
	gone := log.Gone()
	for _, t := range res.Table {
		if _, err := os.Stat(t); err != nil {
			gone = append(gone, t)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return &document.Refusal{
		What: fmt.Sprintf("导出过程中有 %d 个成品被移走或改动，导出未完成", len(gone)), Why: "导出位置所在的磁盘或网络断开，或有人改动了文件夹",
		Do: "请检查导出位置后重新导出", Detail: filepath.Base(gone[0]),
	}
}

// note enters the names of all files, in order, before the first copy is made.
func (j *Job) note(ctx context.Context, tell task.Report, total int) error {
	if j.names == nil {
		return nil
	}
	for _, f := range j.files {
		tell(0, total, "统一称谓 "+f.att.Name)
		if err := j.engine.Note(ctx, j.asked(f, "")); err != nil {
			return fmt.Errorf("note names: %w", err)
		}
	}
	return ctx.Err()
}

// asked is what the engine is asked for a file.
func (j *Job) asked(f fileJob, dir string) sanitize.Job {
	return sanitize.Job{
		Path: f.att.Path, Dir: dir, Decisions: f.decisions, Added: f.added, Inside: f.inside, AllowUnchecked: f.blocking,
		Pseudonyms: j.names, DPI: j.opt.DPI, Layer: j.opt.Layer, Text: j.opt.Text, Word: j.opt.WordText,
	}
}

func folderRefusal(err error) error {
	return &document.Refusal{What: "导出位置不可写", Why: "文件夹不存在、只读或磁盘已满", Do: "请换一个导出位置", Detail: err.Error()}
}

// table writes the table and looks at it a second time.
func (j *Job) table(ctx context.Context, dir string, res *Result) error {
	t := submission.Table{Campaign: j.camp, Header: j.header, Rows: j.rows}
	res.Residual = submission.Residual(j.rows, j.header, j.engine.ScanText, j.allowed)
	if res.Residual > 0 {
		return &document.Refusal{What: fmt.Sprintf("统计表复检未通过，仍有 %d 处敏感内容", res.Residual), Why: "替换后的文字中又出现命中", Do: "请在项目表格中改写相关单元格后再导出"}
	}
	name := filepath.Join(dir, Table+".xlsx")
	if err := writeNew(name, func(f *os.File) error { return submission.ExportXLSX(f, t) }); err != nil {
		return err
	}
	res.Table = append(res.Table, name)
	if !j.opt.Word {
		return ctx.Err()
	}
	name = filepath.Join(dir, Table+".docx")
	if err := writeNew(name, func(f *os.File) error { return submission.ExportDOCX(f, t) }); err != nil {
		return err
	}
	res.Table = append(res.Table, name)
	return ctx.Err()
}

func writeNew(name string, write func(*os.File) error) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return folderRefusal(err)
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	return nil
}

// copy makes one clean copy; what goes wrong with a single file is noted and the
// rest goes on.
func (j *Job) copy(ctx context.Context, dir string, f fileJob, at sanitize.Progress, res *Result, log *manifest.Log) error {
	c, err := j.engine.Clean(ctx, j.asked(f, dir), at)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		fail := failure(f.att.Name, err)
		res.Failures = append(res.Failures, fail)
		log.Refuse(f.att.Path, fail.What)
		j.outputs[f.att.ID] = report.Output{Refused: &document.Refusal{What: fail.What, Why: fail.Why, Do: fail.Do}}
		return nil
	}
	log.Add(c, f.decisions)
	j.outputs[f.att.ID] = report.Output{
		Name: filepath.Base(c.Out), SHA256: c.SHA256, SM3: c.SM3, Treated: c.Treated,
		Removed: c.Removed, Unchecked: c.Unchecked, Allowed: c.Allowed, Verified: true,
	}
	res.Made = append(res.Made, Made{In: f.att.Name, Out: c.Out, Also: beside(c.Also), Treated: c.Treated, Removed: manifest.Removals(c.Removed)})
	return nil
}

// beside names the files that lie beside a copy.
func beside(files []sanitize.Copy) []string {
	var out []string
	for _, f := range files {
		if filepath.Ext(f.Out) == ".docx" {
			out = append(out, "Word")
		} else {
			out = append(out, "纯文本")
		}
	}
	return out
}

func failure(name string, err error) Failure {
	var r *document.Refusal
	if errors.As(err, &r) {
		return Failure{Name: name, What: r.What, Why: r.Why, Do: r.Do}
	}
	var proof *sanitize.ProofError
	if errors.As(err, &proof) {
		return Failure{Name: name, What: "复检未通过，未生成副本", Why: proof.Error(), Do: "请在审核中补标后重试，或人工处理该文件"}
	}
	return Failure{Name: name, What: "未能生成副本", Why: "处理过程出错", Do: "请重试；仍然不行时人工处理该文件"}
}

// finish gives the folder its name; an existing one is never touched.
func (j *Job) finish(base, work string, res *Result) error {
	stem := fileName(j.info.Title) + "_导出_" + j.now().Format("20060102-1504")
	for n := 1; n < 1000; n++ {
		name := stem
		if n > 1 {
			name = fmt.Sprintf("%s（%d）", stem, n)
		}
		to := filepath.Join(base, name)
		if _, err := os.Lstat(to); err == nil {
			continue
		}
		if err := sanitize.Rename(work, to); err != nil {
			return folderRefusal(err)
		}
		res.settle(work, to)
		return nil
	}
	return folderRefusal(errors.New("too many exports of this minute"))
}

// settle turns the paths of the working folder into those of the finished one.
func (r *Result) settle(work, to string) {
	r.Dir = to
	move := func(p string) string {
		rel, err := filepath.Rel(work, p)
		if err != nil {
			return p
		}
		return rel
	}
	for i := range r.Table {
		r.Table[i] = move(r.Table[i])
	}
	for i := range r.Made {
		r.Made[i].Out = move(r.Made[i].Out)
	}
}

// fileName makes a title fit for a file name.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.TrimSpace(s))
	s = strings.Trim(s, ". ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60])
	}
	if s == "" {
		return "案卷"
	}
	return s
}
