package toast_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/toast"
)

func TestToast(t *testing.T) {
	theme.Apply(test.NewTempApp(t), theme.Standard)
	b := toast.New()
	test.NewTempWindow(t, b)
	if b.Visible() {
		t.Error("visible without news")
	}
	b.Say("已保存")
	if !b.Visible() || b.Text() != "已保存" {
		t.Errorf("shows %q", b.Text())
	}
	b.SayWith("已脱敏", "撤销", func() {})
	if b.Text() != "已脱敏" {
		t.Errorf("later news %q", b.Text())
	}
	b.Clear()
	if b.Visible() || b.Text() != "" {
		t.Error("still there")
	}
}
