package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinggao/app/cli"
	"jinggao/app/rulebook/rulebooktest"
	"jinggao/sanitize/manifest"
)

func TestListsInSpreadsheets(t *testing.T) {
	dir := t.TempDir()
	doc := put(t, dir+"/a.txt", "由砺锋青年突击队完成，软件名为砺锋，参加星槎工程。")
	words := rulebooktest.Workbook(t, dir+"/词库.xlsx", []any{"词语", "级别", "备注", "处置"}, []any{"砺锋", "S2"}, []any{"一"}, []any{"星槎工程", "S2", "代号", "替换为：国家重点工程"})
	allow := rulebooktest.Workbook(t, dir+"/白名单.xlsx", []any{"词或正则", "规则", "理由", "审批人", "有效期"}, []any{"砺锋青年突击队", "", "团队名", "沈立", "2099-12-31"})
	code, out, errs := run(t, "scan", "--json", "--words", words, "--allow", allow, doc)
	if code != cli.ExitFound || strings.Count(out, `"type":"finding"`) != 2 || !strings.Contains(out, "国家重点工程") {
		t.Errorf("exit %d: %s", code, out)
	}
	if !strings.Contains(errs, "词库.xlsx 第3行") {
		t.Errorf("the bad line is not named, or the rest does not count: %s", errs)
	}
}

func TestAListOfWhichNothingCanBeUsedIsAWrongCall(t *testing.T) {
	dir := t.TempDir()
	doc := put(t, dir+"/a.txt", "平常的文字。")
	for name, path := range map[string]string{"empty": put(t, dir+"/空.csv", ""), "bad": put(t, dir+"/坏.csv", "一\n"), "no sheet": put(t, dir+"/坏.xlsx", "词语\n")} {
		if code, _, errs := run(t, "scan", "--words", path, doc); code != cli.ExitUsage || !strings.Contains(errs, filepath.Base(path)) {
			t.Errorf("%s: exit %d, %s", name, code, errs)
		}
	}
}

func TestAllowedPlacesAndListsStandInTheInternalList(t *testing.T) {
	dir := t.TempDir()
	doc := put(t, dir+"/a.txt", "由砺锋青年突击队完成，软件名为砺锋。")
	words := put(t, dir+"/词库.csv", "砺锋,S2,产品,替换为：某软件\n")
	allow := put(t, dir+"/白名单.csv", "砺锋青年突击队,*,团队名,沈立\n")
	if code, out, errs := run(t, "clean", "--out", dir+"/out", "--words", words, "--allow", allow, doc); code != cli.ExitOK {
		t.Fatalf("exit %d %s %s", code, out, errs)
	}
	in, err := manifest.Load(filepath.Join(dir, "out", manifest.InternalName))
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Files) != 1 || len(in.Files[0].Allowed) != 1 || !strings.Contains(in.Files[0].Allowed[0].Reason, "团队名") {
		t.Errorf("%+v", in.Files)
	}
	if list := in.Adjustments[in.Rules.Digest]; len(list) != 2 || list[0].Kind != "词库" || list[1].Item != "砺锋青年突击队" {
		t.Errorf("%+v", in.Adjustments)
	}
	data, err := os.ReadFile(filepath.Join(dir, "out", manifest.PublicName))
	if err != nil || !json.Valid(data) || strings.Contains(string(data), "砺锋") {
		t.Errorf("the public list tells of the lists: %s", data)
	}
	out := filepath.Join(dir, "out", "a.txt")
	if text, err := os.ReadFile(out); err != nil || string(text) != "由砺锋青年突击队完成，软件名为某软件。" {
		t.Errorf("%q %v", text, err)
	}
	if code, said, _ := run(t, "verify", "--words", words, "--manifest", filepath.Join(dir, "out", manifest.InternalName), out); code != cli.ExitOK {
		t.Errorf("verify against the list: exit %d %s", code, said)
	}
	if code, _, _ := run(t, "verify", "--words", words, out); code != cli.ExitFound {
		t.Errorf("verify without the list: exit %d", code)
	}
}

func TestRulesCheck(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		path string
		code int
		says string
	}{
		"good rule":      {put(t, dir+"/a.toml", rulebooktest.Pack), cli.ExitOK, "例句 2 句；问题 0 处"},
		"misses":         {put(t, dir+"/b.toml", strings.Replace(rulebooktest.Pack, "参加沧澜计划", "参加某计划", 1)), cli.ExitFound, "b.toml 第10行：规则 K90 未命中"},
		"hits":           {put(t, dir+"/c.toml", strings.Replace(rulebooktest.Pack, "沧澜江上", "沧澜计划上", 1)), cli.ExitFound, "c.toml 第11行：规则 K90 误中"},
		"faulty":         {put(t, dir+"/d.toml", strings.Replace(rulebooktest.Pack, `"S2"`, `"S9"`, 1)), cli.ExitFound, "d.toml 第5行"},
		"words in xlsx":  {rulebooktest.Workbook(t, dir+"/e.xlsx", []any{"词语", "级别"}, []any{"砺锋", "S2"}, []any{"星槎", "S7"}), cli.ExitFound, "e.xlsx 第3行"},
		"allow in xlsx":  {rulebooktest.Workbook(t, dir+"/f.xlsx", []any{"词", "规则", "理由", "审批人"}, []any{"砺锋团", "A01", "公开", "沈立"}), cli.ExitOK, "白名单 1 条"},
		"allow, no rule": {put(t, dir+"/g.csv", "词,规则,理由,审批人\n砺锋团,Z99,公开,沈立\n"), cli.ExitFound, "g.csv 第2行"},
		"too wide":       {put(t, dir+"/h.csv", "词,规则,理由,审批人\n/.+/,,公开,沈立\n"), cli.ExitFound, "正则过宽"},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errs := run(t, "rules", "check", c.path)
			if code != c.code || !strings.Contains(out, c.says) {
				t.Errorf("exit %d: %s%s", code, out, errs)
			}
		})
	}
}
