package sanitize_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
	"jinggao/sanitize/rule"
	"jinggao/sanitize/worker"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == worker.Verb {
		os.Exit(worker.Main())
	}
	os.Exit(m.Run())
}

// ownRules keep these tests apart from the rules that the program brings along.
const ownRules = `
[[rule]]
id = "X01"
name = "项目代号"
level = "S2"
base = 0.8
terms = ["金乌计划", "合并后的词"]
treatment = { action = "generalise", text = "某项目" }
[[rule]]
id = "X02"
name = "删除词"
level = "S2"
base = 0.8
terms = ["内部清样"]
treatment = { action = "delete" }
[[rule]]
id = "X03"
name = "阻断词"
level = "S1"
base = 0.9
terms = ["银蟾口令"]
treatment = { action = "delete" }
[[rule]]
id = "X04"
name = "移出词"
level = "S1"
base = 0.9
withdraw = true
terms = ["玄圭标志"]
treatment = { action = "withdraw" }
`

func engine(t *testing.T, opt sanitize.Options) *sanitize.Engine {
	t.Helper()
	set := rule.NewSet()
	if ps := set.AddFile("own.toml", []byte(ownRules)); len(ps) > 0 {
		t.Fatal(ps)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	opt.Rules, opt.Program, opt.Dictionary = set, exe, []byte("项目 100 n\n计划 100 n\n")
	e, err := sanitize.New(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func put(t *testing.T, dir, name string, data []byte) string {
	t.Helper()
	p := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return p
}

func gbk(t *testing.T, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	es, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	var out []string
	for _, e := range es {
		out = append(out, e.Name())
	}
	return out
}

func TestScanAndCleanText(t *testing.T) {
	for name, opt := range map[string]sanitize.Options{"children": {Workers: 2}, "in process": {InProcess: true}} {
		t.Run(name, func(t *testing.T) {
			e, dir, ctx := engine(t, opt), t.TempDir(), context.Background()
			raw := gbk(t, "参与金乌计划的单位\r\n共三家。\r\n")
			in := put(t, dir, "金乌计划说明.txt", raw)
			rs, err := e.Scan(ctx, in)
			if err != nil || len(rs) != 1 || len(rs[0].Findings) != 2 || rs[0].Findings[0].Suggest != "某项目" {
				t.Fatalf("%+v %v", rs, err)
			}
			out := filepath.Join(dir, "out")
			c, err := e.Clean(ctx, sanitize.Job{Path: in, Dir: out}, nil)
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(c.Out)
			if err != nil || !bytes.Equal(got, gbk(t, "参与某项目的单位\r\n共三家。\r\n")) {
				t.Errorf("got %q %v", got, err)
			}
			if filepath.Base(c.Out) != "某项目说明.txt" || c.Treated != 2 || c.ByRule["X01"] != 2 || c.SHA256 == "" || c.SM3 == "" {
				t.Errorf("%+v", c)
			}
			if now, err := os.ReadFile(in); err != nil || !bytes.Equal(now, raw) {
				t.Error("the original was changed")
			}
			if v, err := e.Verify(ctx, c.Out, nil); err != nil || len(v.Findings) != 0 {
				t.Errorf("%+v %v", v, err)
			}
			if v, err := e.Verify(ctx, in, nil); err != nil || len(v.Findings) != 2 {
				t.Errorf("%+v %v", v, err)
			}
		})
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	e, dir, ctx := engine(t, sanitize.Options{InProcess: true}), t.TempDir(), context.Background()
	in := put(t, dir, "a.txt", []byte("文字"))
	for _, want := range []string{"a.txt", "a（2）.txt", "a（3）.txt"} {
		c, err := e.Clean(ctx, sanitize.Job{Path: in, Dir: filepath.Join(dir, "out")}, nil)
		if err != nil || filepath.Base(c.Out) != want {
			t.Fatalf("%+v %v", c, err)
		}
	}
}

// What a deletion puts together is treated too.
func TestPlanIsWidenedUntilNothingIsLeft(t *testing.T) {
	e, dir, ctx := engine(t, sanitize.Options{InProcess: true}), t.TempDir(), context.Background()
	in := put(t, dir, "a.txt", []byte("这是合并内部清样后的词语。"))
	c, err := e.Clean(ctx, sanitize.Job{Path: in, Dir: filepath.Join(dir, "out")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(c.Out)
	if err != nil || strings.Contains(string(got), "合并后的词") || !strings.HasPrefix(string(got), "这是") || !strings.HasSuffix(string(got), "语。") {
		t.Errorf("got %q %v", got, err)
	}
}

func TestRefusedFilesLeaveNothing(t *testing.T) {
	e, ctx := engine(t, sanitize.Options{InProcess: true}), context.Background()
	for name, c := range map[string]struct {
		data []byte
		job  sanitize.Job
	}{
		"blocked.txt":           {[]byte("银蟾口令如下"), sanitize.Job{}},
		"withdrawn.txt":         {[]byte("玄圭标志"), sanitize.Job{AllowS1: true, AllowUnchecked: true}},
		"empty.txt":             {nil, sanitize.Job{AllowUnchecked: true}},
		"picture.docx":          {[]byte("\x89PNG\r\n\x1a\nxxxx"), sanitize.Job{AllowUnchecked: true}},
		"damaged.zip":           {[]byte("PK\x03\x04xxxx"), sanitize.Job{AllowUnchecked: true}},
		"~$报告.docx":             {[]byte("\x05user"), sanitize.Job{}},
		"玄圭标志.txt":              {[]byte("正文"), sanitize.Job{AllowS1: true}},
		"withdrawn inside.zip":  {zipOf(t, "a.txt", "正文", "b.txt", "玄圭标志"), sanitize.Job{AllowS1: true}},
		"unreadable inside.zip": {zipOf(t, "a.txt", "正文", "b.dat", "\x00\x01\x02"), sanitize.Job{}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c.job.Path, c.job.Dir = put(t, dir, name, c.data), filepath.Join(dir, "out")
			_, err := e.Clean(ctx, c.job, nil)
			var r *document.Refusal
			if !errors.As(err, &r) {
				t.Fatalf("want a refusal, got %v", err)
			}
			if left := files(t, c.job.Dir); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func zipOf(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchive(t *testing.T) {
	e, dir, ctx := engine(t, sanitize.Options{Workers: 1}), t.TempDir(), context.Background()
	inner := zipOf(t, "深/内部清样.txt", "内部清样一份")
	in := put(t, dir, "材料.zip", zipOf(t, "金乌计划/说明.txt", "金乌计划", "名单.csv", "项目,单位\n金乌计划,甲厂\n", "里层.zip", string(inner)))
	rs, err := e.Scan(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, r := range rs {
		paths = append(paths, strings.TrimPrefix(r.Path, in))
	}
	if got := strings.Join(paths, " "); got != " !金乌计划/说明.txt !名单.csv !里层.zip !里层.zip!深/内部清样.txt" {
		t.Errorf("reports %q", got)
	}
	c, err := e.Clean(ctx, sanitize.Job{Path: in, Dir: filepath.Join(dir, "out")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(c.Out)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		if f.Comment != "" || len(f.Extra) > 0 {
			t.Errorf("%s carries a comment or extra field", f.Name)
		}
	}
	if got := strings.Join(names, " "); got != "某项目/说明.txt 名单.csv 里层.zip" {
		t.Errorf("members %q", got)
	}
	if v, err := e.Verify(ctx, c.Out, nil); err != nil || len(v.Findings) != 0 {
		t.Errorf("%+v %v", v, err)
	}
	again, err := e.Clean(ctx, sanitize.Job{Path: in, Dir: filepath.Join(dir, "out")}, nil)
	if err != nil || again.SHA256 != c.SHA256 {
		t.Errorf("the same input gave other bytes: %v", err)
	}
}

func TestDecisionsAndExceptions(t *testing.T) {
	e, dir, ctx := engine(t, sanitize.Options{InProcess: true}), t.TempDir(), context.Background()
	in := put(t, dir, "a.txt", []byte("金乌计划在前，内部清样在后。"))
	rs, err := e.Scan(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	job := sanitize.Job{Path: in, Dir: filepath.Join(dir, "out"), Decisions: []redact.Decision{
		{Fingerprint: rs[0].Findings[0].Fingerprint, Action: redact.ActionIgnore, Reason: "已公开", By: "甲", Confirmed: "乙"},
		{Fingerprint: rs[0].Findings[1].Fingerprint, Action: redact.ActionReplace, Text: "某稿"},
	}}
	c, err := e.Clean(ctx, job, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(c.Out)
	if err != nil || string(got) != "金乌计划在前，某稿在后。" || len(c.Exceptions) != 1 {
		t.Errorf("got %q %v %v", got, c.Exceptions, err)
	}
	if v, err := e.Verify(ctx, c.Out, nil); err != nil || len(v.Findings) != 1 {
		t.Errorf("%+v %v", v, err)
	}
	if v, err := e.Verify(ctx, c.Out, c.Exceptions); err != nil || len(v.Findings) != 0 {
		t.Errorf("%+v %v", v, err)
	}
}

func TestAllowUncheckedLeavesUnreadableMembersOut(t *testing.T) {
	e, dir := engine(t, sanitize.Options{InProcess: true}), t.TempDir()
	in := put(t, dir, "a.zip", zipOf(t, "a.txt", "正文", "b.dat", "\x00\x01\x02"))
	c, err := e.Clean(context.Background(), sanitize.Job{Path: in, Dir: filepath.Join(dir, "out"), AllowUnchecked: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Unchecked) != 1 {
		t.Errorf("unchecked %v", c.Unchecked)
	}
	if v, err := e.Verify(context.Background(), c.Out, nil); err != nil || len(v.Document.Members) != 1 {
		t.Errorf("%+v %v", v, err)
	}
}

func TestUnreadableInputs(t *testing.T) {
	e, dir, ctx := engine(t, sanitize.Options{InProcess: true}), t.TempDir(), context.Background()
	secret := put(t, dir, "secret.txt", []byte("x"))
	if err := os.Chmod(secret, 0); err != nil {
		t.Fatal(err)
	}
	paths := map[string]string{"missing": filepath.Join(dir, "none.txt"), "folder": dir}
	if _, err := os.ReadFile(secret); err != nil { // a superuser may read it all the same
		paths["no permission"] = secret
	}
	for name, p := range paths {
		t.Run(name, func(t *testing.T) {
			rs, err := e.Scan(ctx, p)
			if err != nil || rs[0].Refused == nil || rs[0].Status() != "refused" || strings.Contains(rs[0].Refused.Error(), dir) {
				t.Errorf("%+v %v", rs, err)
			}
		})
	}
}

func TestBadOutputFolders(t *testing.T) {
	e, dir, ctx := engine(t, sanitize.Options{InProcess: true}), t.TempDir(), context.Background()
	in := put(t, dir, "a.txt", []byte("文字"))
	outs := map[string]string{"a file": in, "below a file": filepath.Join(in, "x"), "impossible": "/proc/none"}
	for name, out := range outs {
		t.Run(name, func(t *testing.T) {
			_, err := e.Clean(ctx, sanitize.Job{Path: in, Dir: out}, nil)
			var r *document.Refusal
			if !errors.As(err, &r) {
				t.Errorf("want a refusal, got %v", err)
			}
		})
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		t.Run("cancelled", func(t *testing.T) {
			ctx, cancel := context.WithCancel(ctx)
			cancel()
			out := filepath.Join(dir, "cancelled")
			if _, err := e.Clean(ctx, sanitize.Job{Path: in, Dir: out}, nil); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			if left := files(t, out); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestScanTextAndContacts(t *testing.T) {
	e := engine(t, sanitize.Options{InProcess: true})
	if fs := e.ScanText("项目名称", "金乌计划关键技术"); len(fs) != 1 || !strings.HasPrefix(fs[0].Where, "项目名称") {
		t.Errorf("%+v", fs)
	}
	doc := &document.Document{Parts: []document.Part{{
		ID: "s", Text: "部门：甲　联系人：韩砚秋\n名称\t联系人\n乙\t祝知微",
		Cells: []document.Cell{{Span: document.Span{Start: 12, End: 14}, Row: 1}, {Span: document.Span{Start: 15, End: 18}, Row: 1, Col: 1}, {Span: document.Span{Start: 19, End: 20}, Row: 2}, {Span: document.Span{Start: 21, End: 24}, Row: 2, Col: 1, Label: "联系人"}},
	}}}
	fs := []finding.Finding{
		{Rule: "I18", Part: "s", Span: document.Span{Start: 9, End: 12}},
		{Rule: "I18", Part: "s", Span: document.Span{Start: 21, End: 24}},
		{Rule: "I18", Part: "s", Span: document.Span{Start: 19, End: 20}},
		{Rule: "I01", Part: "s", Span: document.Span{Start: 21, End: 24}},
	}
	if left := sanitize.OutsideContacts(doc, fs); len(left) != 2 || left[0].Start != 19 || left[1].Rule != "I01" {
		t.Errorf("%+v", left)
	}
}

func TestWordLists(t *testing.T) {
	dir := t.TempDir()
	good, bad := put(t, dir, "good.txt", []byte("白泽工程\n")), put(t, dir, "bad.csv", []byte("甲,S9\n"))
	e := engine(t, sanitize.Options{InProcess: true, Words: []string{good}})
	if fs := e.ScanText("x", "参加白泽工程"); len(fs) != 1 {
		t.Errorf("%+v", fs)
	}
	for _, p := range []string{bad, filepath.Join(dir, "none.txt")} {
		if _, err := sanitize.New(sanitize.Options{InProcess: true, Words: []string{p}}); !errors.Is(err, sanitize.ErrLists) {
			t.Errorf("%s: got %v", p, err)
		}
	}
}
