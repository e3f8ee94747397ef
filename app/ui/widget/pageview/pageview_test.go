package pageview_test

import (
	"image"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"jinggao/app/ui/widget/pageview"
)

func shown(t *testing.T) (*pageview.View, *[]pageview.Rect) {
	t.Helper()
	test.NewTempApp(t)
	v := pageview.New()
	var drawn []pageview.Rect
	v.OnDraw = func(r pageview.Rect) { drawn = append(drawn, r) }
	w := test.NewTempWindow(t, v)
	w.Resize(fyne.NewSize(700, 900))
	v.SetPage(image.NewRGBA(image.Rect(0, 0, 10, 10)), 300, 400, 2)
	return v, &drawn
}

func drag(v *pageview.View, x0, y0, x1, y1 float32) {
	e := &fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x1, y1)}, Dragged: fyne.NewDelta(x1-x0, y1-y0)}
	v.Dragged(e)
	v.DragEnd()
}

func near(a, b pageview.Rect) bool {
	return math.Abs(a.X0-b.X0)+math.Abs(a.Y0-b.Y0)+math.Abs(a.X1-b.X1)+math.Abs(a.Y1-b.Y1) < 0.01
}

func TestDrawing(t *testing.T) {
	v, drawn := shown(t)
	if s := v.MinSize(); s.Width != 600 || s.Height != 800 {
		t.Errorf("a page of 300 × 400 points at 2 is %v", s)
	}
	for _, c := range []struct {
		x0, y0, x1, y1 float32
		want           pageview.Rect
	}{
		{20, 40, 120, 60, pageview.Rect{X0: 10, Y0: 370, X1: 60, Y1: 380}},
		{120, 60, 20, 40, pageview.Rect{X0: 10, Y0: 370, X1: 60, Y1: 380}}, // the other way
		{500, 700, 900, 950, pageview.Rect{X0: 250, Y0: 0, X1: 300, Y1: 50}},
	} {
		*drawn = nil
		drag(v, c.x0, c.y0, c.x1, c.y1)
		if len(*drawn) != 1 || !near((*drawn)[0], c.want) {
			t.Errorf("%+v: got %+v", c, *drawn)
		}
	}
	v.SetPage(nil, 300, 400, 2)
	*drawn = nil
	drag(v, 20, 40, 120, 60)
	if len(*drawn) != 0 {
		t.Error("a box was drawn before the page could be seen")
	}
}

// A new picture of the same size is painted anew only if its image is told to; what tells
// of it is that the image knows the shape of the new picture.
func TestANewPictureIsPainted(t *testing.T) {
	v, _ := shown(t)
	for _, side := range []int{10, 20} {
		v.SetPage(image.NewRGBA(image.Rect(0, 0, side, 10)), 300, 400, 2)
		for _, o := range test.WidgetRenderer(v).Objects() {
			if img, ok := o.(*canvas.Image); ok && img.Aspect() != float32(side)/10 {
				t.Errorf("a picture of %d × 10 dots is painted with an aspect of %v", side, img.Aspect())
			}
		}
	}
}

func TestChoosing(t *testing.T) {
	v, _ := shown(t)
	got := "?"
	v.OnChoose = func(key string) { got = key }
	v.SetBoxes([]pageview.Box{
		{Key: "below", Rect: pageview.Rect{X0: 10, Y0: 300, X1: 100, Y1: 390}},
		{Key: "above", Rect: pageview.Rect{X0: 50, Y0: 300, X1: 60, Y1: 390}},
	}, "")
	for _, c := range []struct {
		x, y float32
		want string
	}{{30, 40, "below"}, {110, 40, "above"}, {400, 400, ""}} {
		v.Tapped(&fyne.PointEvent{Position: fyne.NewPos(c.x, c.y)})
		if got != c.want || v.Chosen() != c.want {
			t.Errorf("at %v,%v: got %q", c.x, c.y, got)
		}
	}
}

func TestKeysArePassedOn(t *testing.T) {
	v, _ := shown(t)
	var keys []fyne.KeyName
	v.OnKey = func(k *fyne.KeyEvent) bool { keys = append(keys, k.Name); return true }
	var runes []rune
	v.OnRune = func(r rune) bool { runes = append(runes, r); return true }
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	v.TypedRune('1')
	if len(keys) != 1 || len(runes) != 1 {
		t.Error(keys, runes)
	}
	v.SetMessage("正在绘制第 1 页")
	if v.Message() == "" {
		t.Error("the message is not kept")
	}
}
