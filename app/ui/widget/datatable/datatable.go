// Package datatable is an editable table over column definitions. Only the visible
// cells are drawn. It holds the rows to show them and never changes them: an edit is
// handed to the owner, who sets the rows anew.
//
// Keys: arrows, Home, End, PgUp, PgDn and Tab move; F2, Enter, typing and a double
// click edit; while editing, Enter commits and goes down, Tab commits and goes right,
// Esc takes the edit back. Shift and Ctrl choose several rows. Ctrl+C copies and
// Ctrl+V pastes as Excel and WPS do; Delete empties the cell.
package datatable

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
	"jinggao/app/ui/widget/metrics"
	"jinggao/app/ui/widget/scrollbar"
)

// Column describes one column of rows of type T.
type Column[T any] struct {
	ID       string
	Label    string
	Width    float32 // at the standard text size; larger sizes scale it
	Text     func(row T) string
	Choices  []string // the only values that may be picked; nil: free text
	ReadOnly bool
	Center   bool // text in the middle instead of at the left
}

// Level is how bad a mark is.
type Level uint8

// Levels of a mark: red “!” or amber “?” in the corner of the cell.
const (
	Fault Level = iota // 错误: the row cannot go out like this
	Doubt              // 提醒: look at it
)

// Mark says what is wrong with a cell.
type Mark struct {
	Level Level
	Text  string // shown while the pointer or the cursor is on the cell
}

// Table is the widget. Make it with New; use it on the UI goroutine only. All hooks
// may be nil. Rows and columns count from 0.
type Table[T any] struct {
	widget.BaseWidget

	// OnEdit is called when the person changed a cell (typed, picked, or emptied it).
	OnEdit func(row int, column string, value string)
	// OnPaste is called when a table was pasted; cells[0][0] belongs at (row, col).
	// Rows may have different lengths and reach beyond the table.
	OnPaste func(row, col int, cells [][]string)
	// OnSelect is called when the cursor or the chosen rows changed.
	OnSelect func()
	// OnOpen is called for Enter and double click on a read-only cell.
	OnOpen func(row int, column string)
	// OnDelete is called for Ctrl+Delete: delete the chosen rows.
	OnDelete func(rows []int)
	// OnAppend is called for ↓ or Enter on the last row: one more row is wanted.
	OnAppend func()
	// OnResize is called when the person changed the width of a column.
	OnResize func(column string, width float32)
	// OnHead is called when the person clicked on the name of a column.
	OnHead func(column string)
	// HeadSign is a sign behind the name of a column, such as ▲ for its order.
	HeadSign func(column string) string
	// Number is what stands before a row; nil: its place in the table. The numbers
	// must not get shorter from row to row.
	Number func(row int) string
	// Lit tells whether a cell is to be lit up, because it was searched for.
	Lit func(row int, column string) bool
	// MarkAt tells what is wrong with a cell.
	MarkAt func(row int, column string) (Mark, bool)
	// Menu gives the context menu for the cell that the cursor was put on.
	Menu func(row int, column string) *fyne.Menu
	// OnKey and OnShortcut see what is typed first while no cell is edited; true: used up.
	OnKey      func(k *fyne.KeyEvent) bool
	OnShortcut func(s fyne.Shortcut) bool
	// OnFocus is called when the table (or its cell editor) got or lost the keyboard.
	OnFocus func(focused bool)
	// Empty is shown in the middle of a table without rows.
	Empty string

	columns []Column[T]
	widths  []float32 // as Column.Width, changed by the person
	rows    []T

	row, col int // cursor; row is -1 in an empty table
	anchor   int // row where a range of chosen rows begins
	chosen   map[int]bool

	offX, offY float64
	face, bold *metrics.Face
	rowH       float32
	vbar, hbar *scrollbar.Bar

	focused    bool
	editor     *ime.Entry // nil unless editing
	editWas    string
	hoverRow   int
	hoverCol   int
	dragCol    int // column whose border is dragged, or -1
	dragStart  float32
	dragFrom   float32
	pointer    fyne.Position
	lastDown   time.Time
	lastDownAt [2]int
	now        func() time.Time
}

// New makes a table. It panics if a column lacks id, label or text, or an id comes
// twice: mistakes of the programmer.
func New[T any](columns []Column[T]) *Table[T] {
	seen := map[string]bool{}
	t := &Table[T]{
		columns: columns, row: -1, chosen: map[int]bool{},
		hoverRow: -1, hoverCol: -1, dragCol: -1, now: time.Now,
	}
	for _, c := range columns {
		if c.ID == "" || c.Label == "" || c.Text == nil || seen[c.ID] {
			panic(fmt.Sprintf("datatable: column %q is wrong", c.ID))
		}
		seen[c.ID] = true
		t.widths = append(t.widths, max(c.Width, minColumn))
	}
	t.vbar = scrollbar.New(false, func(o float64) { t.scrollTo(t.offX, o) })
	t.hbar = scrollbar.New(true, func(o float64) { t.scrollTo(o, t.offY) })
	t.ExtendBaseWidget(t)
	return t
}

// SetRows shows rows. The table keeps the slice; cursor and chosen rows stay where
// they are as far as there are rows. An edit under way goes on.
func (t *Table[T]) SetRows(rows []T) {
	t.SetRowsMoved(rows, func(old int) int { return old })
}

// SetRowsMoved shows rows of which some have gone to another place: now says where the
// row at an old place is, -1 if it is gone. Cursor, chosen rows and an edit under way go
// along; a cursor whose row is gone stays where it was.
func (t *Table[T]) SetRowsMoved(rows []T, now func(old int) int) {
	there := func(r int) bool { return r >= 0 && r < len(rows) }
	if t.row >= 0 {
		if r := now(t.row); there(r) {
			t.row = r
		} else if t.editor != nil {
			t.dropEditor()
		}
	}
	if a := now(t.anchor); there(a) {
		t.anchor = a
	}
	chosen := map[int]bool{}
	for r := range t.chosen {
		if n := now(r); there(n) {
			chosen[n] = true
		}
	}
	t.rows, t.chosen = rows, chosen
	t.row = min(t.row, len(rows)-1)
	if t.row < 0 && len(rows) > 0 {
		t.row = 0
	}
	t.anchor = min(max(t.anchor, 0), max(len(rows)-1, 0))
	if t.editor != nil && t.row < 0 {
		t.dropEditor()
	}
	t.scrollTo(t.offX, t.offY)
	t.Refresh()
}

// Rows returns the rows shown. The caller must not change the slice.
func (t *Table[T]) Rows() []T { return t.rows }

// Columns returns the column definitions.
func (t *Table[T]) Columns() []Column[T] { return t.columns }

// ColumnIndex is the index of a column by its id, or -1.
func (t *Table[T]) ColumnIndex(id string) int {
	for i, c := range t.columns {
		if c.ID == id {
			return i
		}
	}
	return -1
}

// SetChoices sets the values that may be picked in a column; nil: free text.
func (t *Table[T]) SetChoices(id string, choices []string) {
	if i := t.ColumnIndex(id); i >= 0 && !slices.Equal(t.columns[i].Choices, choices) {
		t.columns[i].Choices = choices
		t.Refresh()
	}
}

// SetLabel names a column anew.
func (t *Table[T]) SetLabel(id, label string) {
	if i := t.ColumnIndex(id); i >= 0 && t.columns[i].Label != label {
		t.columns[i].Label = label
		t.Refresh()
	}
}

// SetColumnWidth sets the width of a column, in units of the standard text size.
func (t *Table[T]) SetColumnWidth(id string, width float32) {
	if i := t.ColumnIndex(id); i >= 0 {
		t.widths[i] = max(width, minColumn)
		t.scrollTo(t.offX, t.offY)
		t.Refresh()
	}
}

// CursorAt tells where the cursor is; row is -1 in an empty table.
func (t *Table[T]) CursorAt() (row, col int) { return t.row, t.col }

// MoveTo puts the cursor on a cell, chooses its row alone and scrolls there. An edit
// under way is committed.
func (t *Table[T]) MoveTo(row, col int) {
	t.Commit()
	t.moveTo(row, col, false)
}

// SelectedRows lists the chosen rows in order; the cursor's row if none was chosen
// with Ctrl or Shift.
func (t *Table[T]) SelectedRows() []int {
	if len(t.chosen) == 0 {
		if t.row < 0 {
			return nil
		}
		return []int{t.row}
	}
	out := make([]int, 0, len(t.chosen))
	for r := range t.chosen {
		out = append(out, r)
	}
	sort.Ints(out)
	return out
}

// SelectRows chooses rows.
func (t *Table[T]) SelectRows(rows []int) {
	t.chosen = map[int]bool{}
	for _, r := range rows {
		if r >= 0 && r < len(t.rows) {
			t.chosen[r] = true
		}
	}
	t.selected()
}

func (t *Table[T]) selected() {
	if t.OnSelect != nil {
		t.OnSelect()
	}
	t.Refresh()
}

// moveTo moves the cursor; extend chooses all rows from the anchor to it.
func (t *Table[T]) moveTo(row, col int, extend bool) {
	if len(t.rows) == 0 {
		t.row = -1
		return
	}
	t.row = min(max(row, 0), len(t.rows)-1)
	t.col = min(max(col, 0), len(t.columns)-1)
	t.chosen = map[int]bool{}
	if extend {
		for r := min(t.anchor, t.row); r <= max(t.anchor, t.row); r++ {
			t.chosen[r] = true
		}
	} else {
		t.anchor = t.row
	}
	t.reveal()
	t.placeInput()
	t.selected()
}

// Cursor is the pointer: a resize arrow over the border of a column.
func (t *Table[T]) Cursor() desktop.Cursor {
	if t.dragCol >= 0 || t.borderAt(t.pointer) >= 0 {
		return desktop.HResizeCursor
	}
	if t.OnHead != nil && t.hoverHead() >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained shows the cursor strongly.
func (t *Table[T]) FocusGained() {
	t.focused = true
	t.placeInput()
	if t.OnFocus != nil {
		t.OnFocus(true)
	}
	t.Refresh()
}

// FocusLost shows the cursor weakly.
func (t *Table[T]) FocusLost() {
	t.focused = false
	if t.OnFocus != nil && t.editor == nil {
		t.OnFocus(false)
	}
	t.Refresh()
}

// AcceptsTab keeps Tab in the table: it moves the cursor.
func (t *Table[T]) AcceptsTab() bool { return true }

func (t *Table[T]) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(t) }

// Focus gives the table the keyboard.
func (t *Table[T]) Focus() {
	if c := t.canvas(); c != nil {
		c.Focus(t)
	}
}

func (t *Table[T]) faces() {
	size := theme.Size(base.SizeNameText)
	if t.face == nil || t.face.Size != size {
		t.face = metrics.New(size, fyne.TextStyle{})
		t.bold = metrics.New(size, fyne.TextStyle{Bold: true})
		t.rowH = max(32, ime.NewEntry().MinSize().Height)
	}
}
