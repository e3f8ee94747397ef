package metrics_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/metrics"
)

func newFace(t *testing.T) *metrics.Face {
	t.Helper()
	theme.Apply(test.NewTempApp(t), theme.Standard)
	return metrics.New(14, fyne.TextStyle{})
}

// TestWidthAgrees compares the sum of remembered widths with what the window library
// measures for the whole text: fills must stand under their text. Latin pairs that
// are kerned come out a little narrower, never wider, so nothing is cut off.
func TestWidthAgrees(t *testing.T) {
	f := newFace(t)
	for s, kerning := range map[string]float64{
		"本项目由某某大学承担": 0, "（其中“自筹”300万元），见附件。": 0, "第１２３号　联系电话：13800000000；": 0,
		"zhang.san@example.cn": 0.02, "AVATAR To Yv. 11/7": 0.04,
	} {
		want := float64(fyne.MeasureText(s, 14, fyne.TextStyle{}).Width)
		got := float64(f.Width(s))
		if got < want-0.5 || got > want*(1+kerning)+0.5 {
			t.Errorf("%q: %v, measured %v", s, got, want)
		}
	}
}

func TestFit(t *testing.T) {
	f := newFace(t)
	if got := f.Fit("短", 100); got != "短" {
		t.Errorf("got %q", got)
	}
	long := strings.Repeat("很长的项目名称", 10)
	got := f.Fit(long, 100)
	if !strings.HasSuffix(got, "…") || f.Width(got) > 100 || f.Width(got) < 70 {
		t.Errorf("got %q, %v wide", got, f.Width(got))
	}
	if got := f.Fit("一\r\n二\t三", 200); got != "一⏎二 三" {
		t.Errorf("got %q", got)
	}
	if got := f.Fit(long, 0); got != "…" {
		t.Errorf("no room: %q", got)
	}
	if got := f.Fit("", 0); got != "" {
		t.Errorf("nothing: %q", got)
	}
}
