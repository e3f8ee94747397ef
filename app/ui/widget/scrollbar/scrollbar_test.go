package scrollbar_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/scrollbar"
)

func press(b *scrollbar.Bar, y float32) {
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(5, y)
	b.MouseDown(e)
}

func drag(b *scrollbar.Bar, y float32) {
	b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, y)}})
}

func TestDragCoversTheWhole(t *testing.T) {
	theme.Apply(test.NewTempApp(t), theme.Standard)
	var offset float64
	b := scrollbar.New(false, nil)
	b.OnScroll = func(o float64) { offset = o; b.Set(o, 24e6, 400) }
	b.Resize(fyne.NewSize(14, 400))
	b.Set(0, 24e6, 400) // a million lines
	press(b, 5)
	drag(b, 1000)
	if offset != 24e6-400 {
		t.Errorf("end is %v, want %v", offset, 24e6-400)
	}
	drag(b, -1000)
	if offset != 0 {
		t.Errorf("beginning is %v", offset)
	}
	b.DragEnd()
	press(b, 200)
	if offset < 11e6 || offset > 13e6 {
		t.Errorf("a press in the middle gives %v", offset)
	}
}

func TestNotNeeded(t *testing.T) {
	theme.Apply(test.NewTempApp(t), theme.Standard)
	b := scrollbar.New(false, func(float64) { t.Error("scrolled though all is on the screen") })
	b.Resize(fyne.NewSize(14, 400))
	b.Set(0, 300, 400)
	if b.Needed() {
		t.Error("needed")
	}
	press(b, 200)
	drag(b, 300)
}

func TestMarksCostNoMoreThanTheBarIsHigh(t *testing.T) {
	theme.Apply(test.NewTempApp(t), theme.Standard)
	b := scrollbar.New(false, nil)
	marks := make([]scrollbar.Mark, 100000)
	for i := range marks {
		marks[i] = scrollbar.Mark{At: float64(i) / 100000, Color: theme.ColorPendingEdge, Current: i == 70000}
	}
	b.Resize(fyne.NewSize(14, 400))
	b.SetMarks(marks)
	if n := len(test.WidgetRenderer(b).Objects()); n > 220 {
		t.Errorf("%d objects for 400 pixels", n)
	}
}
