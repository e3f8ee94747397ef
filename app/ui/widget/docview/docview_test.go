package docview_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/docview"
)

// TestMain makes one application for all tests: making one reads the faces anew.
func TestMain(m *testing.M) {
	theme.Apply(test.NewApp(), theme.Standard)
	os.Exit(m.Run())
}

func newView(t *testing.T, size fyne.Size) (*docview.View, fyne.Window) {
	t.Helper()
	v := docview.New()
	clock := time.Time{}
	v.SetNow(func() time.Time { clock = clock.Add(time.Millisecond); return clock })
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(size)
	return v, w
}

// sample is n numbered lines with a name at rune 5 of each.
func sample(n int) (text []rune, spans []docview.Span) {
	var b strings.Builder
	at := 0
	for i := range n {
		line := fmt.Sprintf("%04d：张三丰负责本项目，经费由承担单位自筹，合计三百万元整。\n", i)
		spans = append(spans, docview.Span{Start: at + 5, End: at + 8, State: docview.State(i % 4)})
		b.WriteString(line)
		at += len([]rune(line))
	}
	return []rune(b.String()), spans
}

func key(v *docview.View, name fyne.KeyName) { v.TypedKey(&fyne.KeyEvent{Name: name}) }

func TestScrollingByKeys(t *testing.T) {
	v, _ := newView(t, fyne.NewSize(700, 300))
	text, spans := sample(500)
	v.SetText(text)
	v.SetSpans(spans)
	if v.TopOffset() != 0 {
		t.Fatalf("begins at %d", v.TopOffset())
	}
	key(v, fyne.KeyPageDown)
	page := v.TopOffset()
	if page == 0 {
		t.Fatal("page down does nothing")
	}
	key(v, fyne.KeyPageUp)
	if v.TopOffset() != 0 {
		t.Errorf("page up ends at %d", v.TopOffset())
	}
	key(v, fyne.KeyEnd)
	if v.TopOffset() < len(text)*9/10 {
		t.Errorf("end shows %d of %d", v.TopOffset(), len(text))
	}
	key(v, fyne.KeyHome)
	if v.TopOffset() != 0 {
		t.Errorf("home shows %d", v.TopOffset())
	}
}

func TestCurrentHitIsOnTheScreen(t *testing.T) {
	v, _ := newView(t, fyne.NewSize(700, 300))
	text, spans := sample(500)
	v.SetText(text)
	v.SetSpans(spans)
	for _, i := range []int{0, 499, 250, 251, 3} {
		v.SetCurrent(i)
		top := v.TopOffset()
		if spans[i].Start < top || spans[i].Start > top+12*40 {
			t.Errorf("hit %d at %d is not on the screen that begins at %d", i, spans[i].Start, top)
		}
	}
	before := v.TopOffset()
	v.SetCurrent(4)
	if v.TopOffset() != before {
		t.Error("the view jumps though the hit is on the screen")
	}
	if v.SetCurrent(len(spans)); v.Current() != 4 {
		t.Error("a hit that does not exist became current")
	}
}

func TestHitAtPrefersTheShortest(t *testing.T) {
	v, _ := newView(t, fyne.NewSize(700, 300))
	v.SetText([]rune("甲乙丙丁戊己庚"))
	v.SetSpans([]docview.Span{{Start: 0, End: 6}, {Start: 2, End: 4}, {Start: 5, End: 7}})
	for at, want := range map[int]int{0: 0, 2: 1, 3: 1, 4: 0, 5: 2, 6: 2} {
		if got := v.HitAt(at); got != want {
			t.Errorf("HitAt(%d) = %d, want %d", at, got, want)
		}
	}
}

func TestClickOnAHit(t *testing.T) {
	v, w := newView(t, fyne.NewSize(700, 300))
	text, spans := sample(50)
	v.SetText(text)
	v.SetSpans(spans)
	hit := -1
	v.OnHit = func(i int) { hit = i }
	p := find(t, v, spans[2].Start+1)
	press(v, p, 0)
	if hit != 2 {
		t.Errorf("hit %d was clicked, want 2", hit)
	}
	if w.Canvas().Focused() != fyne.Focusable(v) {
		t.Error("a click does not take the keyboard")
	}
	hit = -1
	press(v, find(t, v, spans[2].End+4), 0)
	if hit != -1 {
		t.Errorf("a click beside hits told of hit %d", hit)
	}
}

// find looks for the place of a rune by asking for the context menu everywhere.
func find(t *testing.T, v *docview.View, at int) fyne.Position {
	t.Helper()
	var got int
	old := v.Menu
	defer func() { v.Menu = old }()
	v.Menu = func(a, _ int) *fyne.Menu { got = a; return nil }
	for y := float32(12); y < v.Size().Height; y += 6 {
		for x := float32(11); x < v.Size().Width-20; x += 3 {
			p := fyne.NewPos(x, y)
			v.TappedSecondary(&fyne.PointEvent{Position: p})
			if got == at {
				return p.AddXY(3, 0)
			}
		}
	}
	t.Fatalf("rune %d is not on the screen", at)
	return fyne.Position{}
}

func press(v *docview.View, p fyne.Position, mod fyne.KeyModifier) {
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: mod}
	e.Position = p
	v.MouseDown(e)
	v.MouseUp(e)
}

func TestSelectionByDrag(t *testing.T) {
	v, _ := newView(t, fyne.NewSize(700, 300))
	text, _ := sample(50)
	v.SetText(text)
	from, to := find(t, v, 5), find(t, v, 50)
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = from.SubtractXY(3, 0)
	v.MouseDown(e)
	v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to.SubtractXY(3, 0)}})
	v.DragEnd()
	v.MouseUp(e)
	a, b, ok := v.Selection()
	if !ok || a != 5 || b != 50 {
		t.Fatalf("selected [%d, %d), want [5, 50)", a, b)
	}
	v.TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != string(text[5:50]) {
		t.Errorf("copied %q", got)
	}
	key(v, fyne.KeyEscape)
	if _, _, ok := v.Selection(); ok {
		t.Error("Esc keeps the selection")
	}
}

func TestDoubleClickSelectsAWord(t *testing.T) {
	v, _ := newView(t, fyne.NewSize(700, 300))
	v.SetText([]rune("邮箱：abc123，负责人张三。"))
	var told [2]int
	v.OnSelect = func(a, b int) { told = [2]int{a, b} }
	p := find(t, v, 5)
	press(v, p, 0)
	press(v, p, 0)
	if told != [2]int{3, 9} {
		t.Errorf("selected %v, want [3 9]", told)
	}
	v.WordAt = func(text []rune, at int) (int, int) { return at, at + 2 }
	p = find(t, v, 13)
	press(v, p, 0)
	press(v, p, 0)
	if told != [2]int{13, 15} {
		t.Errorf("own segmentation not used: %v", told)
	}
}

func TestNarrowerKeepsThePlace(t *testing.T) {
	v, w := newView(t, fyne.NewSize(900, 300))
	text, spans := sample(800)
	v.SetText(text)
	v.SetSpans(spans)
	v.ScrollToOffset(spans[400].Start)
	before := v.TopOffset()
	w.Resize(fyne.NewSize(400, 300))
	after := v.TopOffset()
	if after > before || before-after > 40 {
		t.Errorf("first rune %d became %d", before, after)
	}
}

func TestLargerTextKeepsThePlace(t *testing.T) {
	v, _ := newView(t, fyne.NewSize(700, 300))
	text, spans := sample(800)
	v.SetText(text)
	v.ScrollToOffset(spans[400].Start)
	before := v.TopOffset()
	theme.Apply(fyne.CurrentApp(), theme.ExtraLarge)
	t.Cleanup(func() { theme.Apply(fyne.CurrentApp(), theme.Standard) })
	v.Refresh()
	if after := v.TopOffset(); after > before || before-after > 40 {
		t.Errorf("first rune %d became %d", before, after)
	}
}

func TestKeysGoToTheOwnerFirst(t *testing.T) {
	v, w := newView(t, fyne.NewSize(700, 300))
	text, _ := sample(100)
	v.SetText(text)
	var runes []rune
	v.OnRune = func(r rune) bool { runes = append(runes, r); return true }
	v.OnKey = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyEnd }
	w.Canvas().Focus(v)
	for _, r := range "1２" {
		w.Canvas().Focused().TypedRune(r)
	}
	if string(runes) != "1２" {
		t.Errorf("runes %q", string(runes))
	}
	key(v, fyne.KeyEnd)
	if v.TopOffset() != 0 {
		t.Error("a key that the owner used scrolls too")
	}
}

func TestUnknownShortcutsGoOn(t *testing.T) {
	v, w := newView(t, fyne.NewSize(700, 300))
	got := false
	sc := &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl}
	w.Canvas().AddShortcut(sc, func(fyne.Shortcut) { got = true })
	v.TypedShortcut(sc)
	if !got {
		t.Error("Ctrl+F ends in the view")
	}
}

func TestMenuGivesTheKeyboardBack(t *testing.T) {
	v, w := newView(t, fyne.NewSize(700, 300))
	v.SetText([]rune("张三负责"))
	w.Canvas().Focus(v)
	v.Menu = func(at, hit int) *fyne.Menu {
		return fyne.NewMenu("", fyne.NewMenuItem("标为敏感", func() {}))
	}
	v.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(20, 20), AbsolutePosition: fyne.NewPos(20, 20)})
	pop := w.Canvas().Focused()
	if pop == nil || pop == fyne.Focusable(v) {
		t.Fatal("the menu has no keyboard")
	}
	pop.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Canvas().Focused() != fyne.Focusable(v) {
		t.Error("the keyboard did not come back")
	}
}

func TestEmptyAndOddTexts(t *testing.T) {
	v, _ := newView(t, fyne.NewSize(300, 100))
	for _, s := range []string{"", "\n", "\n\n\n", "\t", "\x00\x01", "\u200b\u200b", strings.Repeat("长", 5000), strings.Repeat("x", 5000)} {
		v.SetText([]rune(s))
		n := len([]rune(s))
		v.SetSpans([]docview.Span{{Start: 0, End: n}, {Start: n, End: n + 5}, {Start: 0, End: 0}})
		v.SetCurrent(0)
		key(v, fyne.KeyEnd)
		v.Select(0, n+10)
		if a, b, _ := v.Selection(); a != 0 || b != n {
			t.Errorf("%.10q: selected [%d, %d)", s, a, b)
		}
		key(v, desktop.KeyMenu)
	}
}

// TestStates holds what is drawn for each state: the markup does not depend on
// the face.
func TestStates(t *testing.T) {
	v, w := newView(t, fyne.NewSize(420, 110))
	v.SetText([]rune("待处理张三，已脱敏李四，\n已替换王五，已忽略赵六。"))
	v.SetSpans([]docview.Span{
		{Start: 3, End: 5},
		{Start: 9, End: 11, State: docview.Masked},
		{Start: 16, End: 18, State: docview.Replaced},
		{Start: 22, End: 24, State: docview.Ignored},
	})
	v.SetCurrent(1)
	test.AssertRendersToMarkup(t, "states.xml", w.Canvas())
}

func BenchmarkFirstShow1M(b *testing.B) {
	text, spans := sample(26000) // a million runes
	v := docview.New()
	w := test.NewTempWindow(b, v)
	w.Resize(fyne.NewSize(700, 600))
	for b.Loop() {
		v.SetText(text)
		v.SetSpans(spans)
	}
	b.ReportMetric(float64(len(text)), "runes")
}

func BenchmarkScroll1M(b *testing.B) {
	text, spans := sample(26000)
	v := docview.New()
	w := test.NewTempWindow(b, v)
	w.Resize(fyne.NewSize(700, 600))
	v.SetText(text)
	v.SetSpans(spans)
	i := 0
	for b.Loop() {
		v.ScrollToOffset(i % len(text))
		i += 997
	}
}

func BenchmarkNextHit1M(b *testing.B) {
	text, spans := sample(26000)
	v := docview.New()
	w := test.NewTempWindow(b, v)
	w.Resize(fyne.NewSize(700, 600))
	v.SetText(text)
	v.SetSpans(spans)
	i := 0
	for b.Loop() {
		v.SetState(i%len(spans), docview.Masked)
		v.SetCurrent((i + 1) % len(spans))
		i++
	}
}
