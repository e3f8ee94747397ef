package datatable

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"jinggao/app/ui/native"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/scrollbar"
)

const (
	minColumn = 40
	maxFit    = 480 // widest that a column is made by a double click
	cellPad   = 8
	grip      = 5 // how near a border of a column can be grabbed
)

// scale is how much wider columns are than at the standard text size.
func (t *Table[T]) scale() float32 { return theme.Size(base.SizeNameText) / 14 }

func (t *Table[T]) colWidth(col int) float32 { return t.widths[col] * t.scale() }

// gutter is the width of the row numbers.
func (t *Table[T]) gutter() float32 {
	digits := max(len(t.number(len(t.rows)-1)), 2)
	return t.face.Advance('8')*float32(digits) + 2*cellPad
}

// number is what stands before a row.
func (t *Table[T]) number(row int) string {
	if t.Number != nil && row >= 0 {
		return t.Number(row)
	}
	return strconv.Itoa(row + 1)
}

func (t *Table[T]) headH() float32 { return t.rowH }

// colLeft is the x of a column in the view, scrolled.
func (t *Table[T]) colLeft(col int) float32 {
	x := t.gutter() - float32(t.offX)
	for i := range col {
		x += t.colWidth(i)
	}
	return x
}

// rowTop is the y of a row in the view, scrolled.
func (t *Table[T]) rowTop(row int) float32 {
	return float32(float64(t.headH()) + float64(row)*float64(t.rowH) - t.offY)
}

// body is the room for cells.
func (t *Table[T]) body() fyne.Size {
	s := t.Size()
	w, h := s.Width-t.gutter()-scrollbar.Thickness(), s.Height-t.headH()
	if t.wholeWidth() > w {
		h -= scrollbar.Thickness()
	}
	return fyne.NewSize(max(w, 0), max(h, 0))
}

func (t *Table[T]) wholeWidth() float32 {
	var w float32
	for i := range t.columns {
		w += t.colWidth(i)
	}
	return w
}

func (t *Table[T]) scrollTo(x, y float64) {
	t.faces()
	b := t.body()
	whole := float64(len(t.rows)) * float64(t.rowH)
	x = min(max(x, 0), max(float64(t.wholeWidth()-b.Width), 0))
	y = min(max(y, 0), max(whole-float64(b.Height), 0))
	moved := x != t.offX || y != t.offY
	t.offX, t.offY = x, y
	t.vbar.Set(y, whole, float64(b.Height))
	t.hbar.Set(x, float64(t.wholeWidth()), float64(b.Width))
	if moved {
		if t.editor != nil && !t.visible(t.row) {
			t.Commit()
		}
		t.Refresh()
	}
}

func (t *Table[T]) visible(row int) bool {
	y := t.rowTop(row)
	return y+t.rowH > t.headH() && y < t.headH()+t.body().Height
}

// reveal scrolls so that the cursor is on the screen.
func (t *Table[T]) reveal() {
	if t.row < 0 {
		return
	}
	t.faces()
	b := t.body()
	x, y := t.offX, t.offY
	top := float64(t.row) * float64(t.rowH)
	if top < y {
		y = top
	} else if bottom := top + float64(t.rowH); bottom > y+float64(b.Height) {
		y = bottom - float64(b.Height)
	}
	left := float64(t.colLeft(t.col)) + t.offX - float64(t.gutter())
	if right := left + float64(t.colWidth(t.col)); right > x+float64(b.Width) {
		x = right - float64(b.Width)
	}
	if left < x {
		x = left
	}
	t.scrollTo(x, y)
}

// page is how many rows fit.
func (t *Table[T]) page() int { return max(int(t.body().Height/t.rowH)-1, 1) }

// rowAt is the row under a place: -1 in the header, len(rows) below the last.
func (t *Table[T]) rowAt(p fyne.Position) int {
	if p.Y < t.headH() {
		return -1
	}
	n := int(math.Floor((float64(p.Y-t.headH()) + t.offY) / float64(t.rowH)))
	return min(n, len(t.rows))
}

// colAt is the column under a place: -1 on the row numbers, len(columns) beyond the last.
func (t *Table[T]) colAt(p fyne.Position) int {
	if p.X < t.gutter() {
		return -1
	}
	x := t.gutter() - float32(t.offX)
	for i := range t.columns {
		x += t.colWidth(i)
		if p.X < x {
			return i
		}
	}
	return len(t.columns)
}

// borderAt is the column whose right border is under a place in the header, or -1.
func (t *Table[T]) borderAt(p fyne.Position) int {
	if t.face == nil || p.Y > t.headH() || p.X < t.gutter() {
		return -1
	}
	x := t.gutter() - float32(t.offX)
	for i := range t.columns {
		x += t.colWidth(i)
		if p.X > x-grip && p.X < x+grip {
			return i
		}
	}
	return -1
}

// hoverHead is the column whose name the pointer is on, or -1.
func (t *Table[T]) hoverHead() int {
	if t.face == nil || t.pointer.Y < 0 || t.pointer.Y >= t.headH() {
		return -1
	}
	if c := t.colAt(t.pointer); c < len(t.columns) {
		return c
	}
	return -1
}

// placeInput tells the input method where the cursor is: what is typed on the table
// begins an edit there.
func (t *Table[T]) placeInput() {
	if t.row >= 0 && t.focused {
		native.PlaceInputMethod(t, fyne.NewPos(t.colLeft(t.col)+cellPad, t.rowTop(t.row)), t.rowH)
	}
}
