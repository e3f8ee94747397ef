package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"jinggao/app/cli"
	"jinggao/app/submission/tablechild"
	"jinggao/sanitize"
	"jinggao/sanitize/worker"
)

// asProgram makes the test binary behave as the program: "whole" as it is, "small" with
// a dictionary of one word, "alone" with that and a single child process.
const asProgram = "JINGGAO_TEST_PROGRAM"

func smallProgram(mode string) int {
	opt := sanitize.Options{Dictionary: []byte("文字 100 n\n")}
	if mode == "alone" {
		opt.Workers = 1
	}
	return cli.Run(context.Background(), os.Args[1:], os.Stdout, os.Stderr, opt)
}

func TestMain(m *testing.M) {
	switch {
	case len(os.Args) == 2 && os.Args[1] == worker.Verb:
		os.Exit(worker.Main(tablechild.Task()))
	case os.Getenv(asProgram) == "whole":
		os.Exit(cli.Main(os.Args[1:]))
	case os.Getenv(asProgram) != "":
		os.Exit(smallProgram(os.Getenv(asProgram)))
	}
	os.Exit(m.Run())
}

// run calls the command line in this process, the files being read in it too.
func run(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = cli.Run(context.Background(), args, &o, &e, sanitize.Options{InProcess: true, Workers: 2, Dictionary: []byte("文字 100 n\n")})
	return code, o.String(), e.String()
}

func put(t *testing.T, name, data string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// objects parses JSON Lines.
func objects(t *testing.T, out string) []map[string]any {
	t.Helper()
	var list []map[string]any
	for l := range strings.Lines(out) {
		var o map[string]any
		if err := json.Unmarshal([]byte(l), &o); err != nil {
			t.Fatalf("no JSON: %q", l)
		}
		list = append(list, o)
	}
	return list
}

const personal = "联系人：韩砚秋，手机13800138000。\n"

// filled is a text as long as n such lines, of which a few are to be treated.
func filled(n int) string {
	few := min(n, 20)
	return strings.Repeat(personal, few) + strings.Repeat("项目按计划完成了试验与验收工作，各方反映良好。\n", (n-few)*len(personal)/len("项目按计划完成了试验与验收工作，各方反映良好。\n"))
}

func TestScanJSON(t *testing.T) {
	dir := t.TempDir()
	put(t, dir+"/甲.txt", personal)
	put(t, dir+"/深/乙.txt", "平常的文字。")
	code, out, errs := run(t, "scan", "--json", dir)
	if code != cli.ExitFound || errs != "" {
		t.Fatalf("exit %d, %s", code, errs)
	}
	seen := map[string]int{}
	runes := []rune(personal)
	for _, o := range objects(t, out) {
		seen[o["type"].(string)]++
		switch o["type"] {
		case "finding":
			for _, k := range []string{"file", "rule", "group", "level", "name", "text", "start", "end", "where", "score", "why", "suggest"} {
				if _, ok := o[k]; !ok {
					t.Errorf("finding without %s", k)
				}
			}
			if got := string(runes[int(o["start"].(float64)):int(o["end"].(float64))]); got != o["text"] {
				t.Errorf("the offsets give %q, not %q", got, o["text"])
			}
		case "file":
			for _, k := range []string{"file", "kind", "status", "characters", "findings", "unchecked"} {
				if _, ok := o[k]; !ok {
					t.Errorf("file without %s", k)
				}
			}
		}
	}
	if seen["file"] != 2 || seen["finding"] < 2 {
		t.Errorf("lines %v", seen)
	}
}

func TestScanExits(t *testing.T) {
	dir := t.TempDir()
	clean, found, empty := put(t, dir+"/a.txt", "平常的文字。"), put(t, dir+"/b.txt", personal), put(t, dir+"/c.txt", "")
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"nothing":       {[]string{clean}, cli.ExitOK, ""},
		"found":         {[]string{found}, cli.ExitFound, ""},
		"refused":       {[]string{empty, found}, cli.ExitRefused, ""},
		"missing":       {[]string{dir + "/none.txt"}, cli.ExitRefused, ""},
		"no path":       {nil, cli.ExitUsage, "用法"},
		"unknown flag":  {[]string{"--fast", clean}, cli.ExitUsage, "没有选项 --fast"},
		"level":         {[]string{"--level", "s9", clean}, cli.ExitUsage, "级别"},
		"level S1 only": {[]string{"--level", "s1", found}, cli.ExitFound, ""},
		"words missing": {[]string{"--words", dir + "/none.csv", clean}, cli.ExitUsage, "词库"},
	} {
		t.Run(name, func(t *testing.T) {
			code, _, errs := run(t, append([]string{"scan"}, c.args...)...)
			if code != c.code || !strings.Contains(errs, c.says) {
				t.Errorf("exit %d, want %d; %s", code, c.code, errs)
			}
		})
	}
}

func TestScanTable(t *testing.T) {
	f := put(t, t.TempDir()+"/a.txt", personal)
	_, out, _ := run(t, "scan", f)
	if !strings.Contains(out, "138****8000") || !strings.Contains(out, "共 1 个文件") {
		t.Errorf("got %s", out)
	}
}

func TestText(t *testing.T) {
	dir := t.TempDir()
	f := put(t, dir+"/a.txt", "第一行\r\n== 像标题的行\r\n")
	code, out, errs := run(t, "text", f)
	if code != cli.ExitOK || errs != "" || !strings.HasPrefix(out, "== 正文\n第一行\n == 像标题的行\n") {
		t.Errorf("exit %d %q %q", code, out, errs)
	}
	code, out, errs = run(t, "text", put(t, dir+"/b.docx", "这不是文档"))
	if code != cli.ExitRefused || out != "" || strings.Count(errs, "\n") != 1 {
		t.Errorf("exit %d %q %q", code, out, errs)
	}
	if code, _, _ = run(t, "text"); code != cli.ExitUsage {
		t.Errorf("exit %d", code)
	}
	if code, _, _ = run(t, "text", f, f); code != cli.ExitUsage {
		t.Errorf("two files: exit %d", code)
	}
}

func TestCleanAndVerify(t *testing.T) {
	dir := t.TempDir()
	put(t, dir+"/in/韩砚秋简历.txt", personal)
	put(t, dir+"/in/b.csv", "姓名,电话\n韩砚秋,13800138000\n")
	put(t, dir+"/in/empty.txt", "")
	out := dir + "/out"
	code, stdout, errs := run(t, "clean", "--out", out, dir+"/in")
	if code != cli.ExitRefused {
		t.Fatalf("exit %d %s %s", code, stdout, errs)
	}
	types := map[string]int{}
	for _, o := range objects(t, stdout) {
		types[o["type"].(string)]++
		if o["type"] == "cleaned" {
			for _, k := range []string{"file", "out", "treated", "removed", "unchecked", "sha256", "sm3", "verified"} {
				if _, ok := o[k]; !ok {
					t.Errorf("cleaned without %s", k)
				}
			}
			if _, err := os.Stat(o["out"].(string)); err != nil {
				t.Error(err)
			}
			if strings.Contains(o["out"].(string), "韩砚秋") {
				t.Errorf("the name was not treated: %s", o["out"])
			}
		}
	}
	if types["cleaned"] != 2 || types["refused"] != 1 {
		t.Errorf("lines %v", types)
	}
	if code, stdout, _ = run(t, "verify", "--manifest", out+"/清单-内部.json", out); code != cli.ExitOK {
		t.Errorf("verify of the copies: exit %d %s", code, stdout)
	}
	if code, _, _ = run(t, "verify", dir+"/in/b.csv"); code != cli.ExitFound {
		t.Errorf("verify of an original: exit %d", code)
	}
	put(t, out+"/b.csv", "姓名,电话\n韩某,13800138000\n")
	if code, _, _ = run(t, "verify", out+"/b.csv"); code != cli.ExitFound {
		t.Errorf("verify of a copy in which something was put back: exit %d", code)
	}
	put(t, out+"/b.csv", "平常的文字\n")
	if code, _, _ = run(t, "verify", "--manifest", out+"/清单-内部.json", out+"/b.csv"); code != cli.ExitFound {
		t.Errorf("verify of a copy that is not the one in the list: exit %d", code)
	}
	var public map[string]any
	b, err := os.ReadFile(out + "/清单.json")
	if err != nil || json.Unmarshal(b, &public) != nil {
		t.Fatalf("public list: %v", err)
	}
	if bytes.Contains(b, []byte("韩砚秋")) || bytes.Contains(b, []byte(dir)) {
		t.Error("the public list speaks of inputs")
	}
}

func TestVerifyTable(t *testing.T) {
	f := put(t, t.TempDir()+"/统计表.csv", "序号,申报主体,项目名称,联系人,联系方式\n1,某校,某平台,韩砚秋,13800138000\n")
	if code, _, _ := run(t, "verify", f); code != cli.ExitFound {
		t.Errorf("exit %d", code)
	}
	if code, out, _ := run(t, "verify", "--table", f); code != cli.ExitOK {
		t.Errorf("exit %d %s", code, out)
	}
}

func TestCleanDecisions(t *testing.T) {
	dir := t.TempDir()
	in := put(t, dir+"/a.txt", personal)
	_, out, _ := run(t, "scan", "--json", in)
	var lines []string
	for _, o := range objects(t, out) {
		if o["type"] == "finding" && o["rule"] == "I03" {
			lines = append(lines, `{"fingerprint":"`+o["fingerprint"].(string)+`","action":"replace","text":"（号码略）"}`)
		}
	}
	file := put(t, dir+"/d.jsonl", strings.Join(lines, "\n")+"\n\n")
	if code, out, errs := run(t, "clean", "--out", dir+"/out", "--decisions", file, in); code != cli.ExitOK {
		t.Fatalf("exit %d %s %s", code, out, errs)
	}
	b, err := os.ReadFile(dir + "/out/a.txt")
	if err != nil || !strings.Contains(string(b), "（号码略）") {
		t.Errorf("got %q %v", b, err)
	}
	for _, bad := range []string{"{}", "no json", `{"fingerprint":"x","action":"burn"}`} {
		code, _, errs := run(t, "clean", "--out", dir+"/out", "--decisions", put(t, dir+"/bad.jsonl", "\n"+bad+"\n"), in)
		if code != cli.ExitUsage || !strings.Contains(errs, "第 2 行") {
			t.Errorf("%s: exit %d %s", bad, code, errs)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"-h"}, {"--help"}, {"scan", "--help"}, {"help", "clean"}} {
		code, out, _ := run(t, args...)
		if code != cli.ExitOK || !strings.Contains(out, "用法：jinggao") {
			t.Errorf("%v: exit %d %q", args, code, out)
		}
	}
	for _, args := range [][]string{{"sacn", "a"}, {"clean", "a.txt"}, {"clean", "--out"}, {"rules", "show"}, {"rules", "show", "Z99"}, {"verify"}, {"table", "--out", "t.txt", "a.csv"}} {
		code, _, errs := run(t, args...)
		if code != cli.ExitUsage || errs == "" {
			t.Errorf("%v: exit %d %q", args, code, errs)
		}
	}
}

func TestRulesAndVersion(t *testing.T) {
	if code, out, _ := run(t, "rules"); code != cli.ExitOK || !strings.Contains(out, "I03") || !strings.Contains(out, "共 ") {
		t.Errorf("exit %d %s", code, out)
	}
	if code, out, _ := run(t, "rules", "show", "i03"); code != cli.ExitOK || !strings.Contains(out, "手机号") {
		t.Errorf("exit %d %s", code, out)
	}
	dir := t.TempDir()
	if code, out, _ := run(t, "rules", "check", put(t, dir+"/a.csv", "金乌计划,S2\n甲\n")); code != cli.ExitFound || !strings.Contains(out, "第2行") {
		t.Errorf("exit %d %s", code, out)
	}
	if code, out, _ := run(t, "rules", "check", put(t, dir+"/b.csv", "金乌计划,S2\n")); code != cli.ExitOK {
		t.Errorf("exit %d %s", code, out)
	}
	if code, out, _ := run(t, "version"); code != cli.ExitOK || !strings.Contains(out, cli.Version) || !strings.Contains(out, "摘要") {
		t.Errorf("exit %d %s", code, out)
	}
}

func TestNothingIsPassedOverSilently(t *testing.T) {
	dir := t.TempDir()
	put(t, dir+"/in/a.txt", "文字")
	put(t, dir+"/elsewhere/b.txt", "文字")
	if err := os.Symlink(dir+"/elsewhere", dir+"/in/link"); err != nil {
		t.Fatal(err)
	}
	code, out, _ := run(t, "scan", "--json", dir+"/in")
	refused := 0
	for _, o := range objects(t, out) {
		if o["status"] == "refused" {
			refused++
		}
	}
	if code != cli.ExitRefused || refused != 1 {
		t.Errorf("exit %d %s", code, out)
	}
}

// The program as a process: what it prints is what was asked for, in order.
func TestProcess(t *testing.T) {
	dir := t.TempDir()
	for i := range 30 {
		put(t, filepath.Join(dir, string(rune('a'+i%26))+strings.Repeat("x", i)+".txt"), personal)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	call := func() string {
		cmd := exec.Command(exe, "scan", "--json", dir)
		cmd.Env = append(os.Environ(), asProgram+"=whole")
		var errs bytes.Buffer
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if code := cmd.ProcessState.ExitCode(); code != cli.ExitFound || errs.Len() > 0 {
			t.Fatalf("%v, exit %d, %s", err, code, errs.String())
		}
		return string(out)
	}
	first := call()
	var last string
	for _, o := range objects(t, first) {
		if o["type"] == "file" {
			if f := o["file"].(string); f < last {
				t.Errorf("%s after %s", f, last)
			} else {
				last = f
			}
		}
	}
	if second := call(); second != first {
		t.Error("two runs differ")
	}
}
