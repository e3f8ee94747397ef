package shell_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"jinggao/app/ui/page"
)

// A copy that goes away while the others are made must not leave an export that looks whole.
func TestExportWhoseFilesGoAwayIsNotFinished(t *testing.T) {
	for name, harm := range map[string]func(out string) error{
		"moved away": os.Remove,
		"changed":    func(out string) error { return os.WriteFile(out, []byte("其他文字"), 0o600) },
		"table gone": func(out string) error {
			return os.Remove(filepath.Join(filepath.Dir(filepath.Dir(out)), "申报情况统计表.xlsx"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.openCase()
			b.w.Session().AddPaths([]string{b.file("一.txt", "项目简介"), b.file("二.txt", "项目简介")}, nil, nil)
			b.settle()
			b.engine.Made = func(out string) {
				b.engine.Made = nil
				if err := harm(out); err != nil {
					t.Error(err)
				}
			}
			b.w.Goto(page.Export)
			to := filepath.Join(b.dir, "导出")
			b.w.Export().SetFolder(to)
			b.w.Keys().Run("export.run")
			b.settle()
			if b.w.Export().Last() != nil {
				t.Error("the export counts as done")
			}
			left, err := os.ReadDir(to)
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v %v", left, err)
			}
			if top := b.w.Window().Canvas().Overlays().Top(); top == nil || !strings.Contains(test.RenderObjectToMarkup(top), "被移走或改动") {
				t.Error("nothing is said of it")
			}
		})
	}
}
