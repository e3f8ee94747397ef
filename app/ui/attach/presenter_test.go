package attach_test

import (
	"slices"
	"strings"
	"testing"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/app/ui/attach"
	"jinggao/app/ui/review"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
)

type store struct {
	rows    []submission.Row
	atts    []casefile.Attachment
	links   map[string][]string // attachment → rows
	scans   map[string]*casefile.Scan
	counts  map[string]review.Counts
	reading map[string]bool
}

func (s *store) Rows() []submission.Row                 { return s.rows }
func (s *store) Attachments() []casefile.Attachment     { return s.atts }
func (s *store) RowsOf(a string) []string               { return s.links[a] }
func (s *store) Reports(string) []sanitize.Report       { return nil }
func (s *store) Reading(id string) bool                 { return s.reading[id] }
func (s *store) Counts(id string) review.Counts         { return s.counts[id] }
func (s *store) Scan(id string) (*casefile.Scan, error) { return s.scans[id], nil }

func (s *store) FilesOf(row string) []string {
	var out []string
	for _, a := range s.atts {
		if slices.Contains(s.links[a.ID], row) {
			out = append(out, a.ID)
		}
	}
	return out
}

func sample() *store {
	scan := func(f casefile.FileScan) *casefile.Scan { return &casefile.Scan{Files: []casefile.FileScan{f}} }
	return &store{
		rows: []submission.Row{{ID: "r1", Title: "甲项目"}, {ID: "r2", Applicant: "某大学"}},
		atts: []casefile.Attachment{
			{ID: "a", Name: "甲.docx", Kind: "docx", Size: 2048, State: casefile.StateRead},
			{ID: "b", Name: "乙.pdf", Kind: "pdf", Size: 3 << 20, State: casefile.StatePartial},
			{ID: "c", Name: "丙.doc", Kind: "doc", Size: 10, State: casefile.StateRefused, Note: "文件已加密。请取消密码后另存"},
			{ID: "d", Name: "丁.txt", Kind: "txt", State: casefile.StateNew},
			{ID: "e", Name: "戊.txt", Kind: "txt", State: casefile.StateMissing},
			{ID: "f", Name: "己.docx", Kind: "docx", State: casefile.StateRead},
		},
		links: map[string][]string{"a": {"r1", "r2"}, "b": {"r1"}},
		scans: map[string]*casefile.Scan{
			"a": scan(casefile.FileScan{Characters: 12345}),
			"b": scan(casefile.FileScan{Characters: 800, Pages: 4, Unchecked: []document.Unchecked{{Message: "图片 2 张未识别文字"}}}),
		},
		counts:  map[string]review.Counts{"a": {Total: 5, Settled: 5}, "b": {Total: 7, Open: 3}, "f": {Total: 1, Open: 1, Marks: 1, S1: 1}},
		reading: map[string]bool{},
	}
}

func TestStatesSayWhatToDo(t *testing.T) {
	s := sample()
	s.reading["d"] = true
	want := map[string]struct {
		word, note, open string
	}{
		"甲.docx": {"已扫描", "", "✓"},
		"乙.pdf":  {"部分未检", "图片 2 张未识别文字。须人工查看。", "3"},
		"丙.doc":  {"已拒绝", "文件已加密。请取消密码后另存", "–"},
		"丁.txt":  {"扫描中", "", "–"},
		"戊.txt":  {"文件不在", "文件已被移动、改名或删除。请重新定位，或移出案卷。", "–"},
		"己.docx": {"整件移出", "含密级标志，整件移出，不生成副本。", "1"},
	}
	for _, f := range attach.New(s).Files(attach.All) {
		w := want[f.Name]
		if f.Word != w.word || f.Note != w.note || f.Open != w.open {
			t.Errorf("%s: %q %q %q, want %+v", f.Name, f.Word, f.Note, f.Open, w)
		}
	}
}

func TestGroupsFollowTheRows(t *testing.T) {
	p := attach.New(sample())
	var got []string
	for _, g := range p.Groups() {
		got = append(got, g.Name)
	}
	if strings.Join(got, "|") != "全部附件|1. 甲项目|2. 某大学|未关联" {
		t.Fatal(got)
	}
	g := p.Groups()
	if g[0].Files != 6 || g[0].Bad != 2 || g[1].Files != 2 || g[1].Open != 3 || g[2].Files != 1 || g[3].Files != 4 {
		t.Fatalf("%+v", g)
	}
	if fs := p.Files("r2"); len(fs) != 1 || fs[0].Rows != "1. 甲项目；2. 某大学" {
		t.Fatalf("%+v", fs)
	}
	if fs := p.Files(attach.Loose); len(fs) != 4 {
		t.Fatalf("%+v", fs)
	}
}

func TestFiguresAreReadable(t *testing.T) {
	fs := attach.New(sample()).Files("r1")
	if fs[0].Characters != "12,345" || fs[0].Size != "2 KB" || fs[0].Pages != "–" {
		t.Fatalf("%+v", fs[0])
	}
	if fs[1].Size != "3.0 MB" || fs[1].Pages != "4" {
		t.Fatalf("%+v", fs[1])
	}
	if s := attach.New(sample()).Summary(); s != "共 6 个文件，已扫描 3 个，待扫描 1 个，须处理 2 个" {
		t.Fatal(s)
	}
}
