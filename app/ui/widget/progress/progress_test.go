package progress_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/progress"
)

func TestBar(t *testing.T) {
	theme.Apply(test.NewTempApp(t), theme.Standard)
	b := progress.New()
	test.NewTempWindow(t, b)
	if b.Cancel() {
		t.Error("cancelled without work")
	}
	n := 0
	b.Start("正在扫描", func() { n++ })
	if !b.Visible() || !b.Active() {
		t.Error("work that has begun is not shown")
	}
	b.Set("正在扫描", 3, 10, "件")
	if s := test.RenderObjectToMarkup(b); !strings.Contains(s, "正在扫描　3/10 件") {
		t.Errorf("shows %s", s)
	}
	if !b.Cancel() || b.Cancel() || n != 1 {
		t.Errorf("cancelled %d times, want once", n)
	}
	b.Stop()
	if b.Visible() || b.Active() {
		t.Error("still there after the work")
	}
	b.Set("晚到", 1, 2, "件")
	if b.Active() {
		t.Error("a late report begins work")
	}
	b.Start("不可取消", nil)
	if b.Cancel() {
		t.Error("cancelled what cannot be cancelled")
	}
	b.Stop()
}
