package reviewpage

import (
	"fmt"
	"regexp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/review"
	"jinggao/app/ui/theme"
	"jinggao/app/ui/widget/ime"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

const cardWidth = 312

// card is the right pane: what was found, why, and what to do about it.
type card struct {
	g       *Page
	content fyne.CanvasObject

	words   *widget.Label
	level   *canvas.Text
	state   *canvas.Text
	facts   *fyne.Container
	reasons *fyne.Container
	replace *ime.Entry
	form    *fyne.Container
	buttons map[keymap.ID]*widget.Button
	lines   map[keymap.ID]*fyne.Container // of buttons, hidden together
	scroll  *container.Scroll
	width   float32
}

func newCard(g *Page) *card {
	c := &card{g: g, buttons: map[keymap.ID]*widget.Button{}, lines: map[keymap.ID]*fyne.Container{}}
	c.words = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	c.words.Wrapping = fyne.TextWrapBreak
	c.words.Selectable = true
	c.level = canvas.NewText("", nil)
	c.level.TextStyle.Bold = true
	c.state = canvas.NewText("", nil)
	c.facts = container.NewVBox()
	c.reasons = container.NewVBox()
	c.replace = ime.NewEntry()
	c.replace.OnKey = c.replaceKey
	c.form = container.NewBorder(nil, nil, widget.NewLabel("替换为"), nil, c.replace)
	head := container.New(&inset{left: theme.Size(base.SizeNameInnerPadding) - 4, bottom: 2}, container.NewHBox(c.level, gap(8), c.state))
	c.scroll = container.NewVScroll(container.NewVBox(c.words, head, c.facts, widget.NewSeparator(), c.reasons))
	foot := container.NewVBox(widget.NewSeparator(), c.form)
	for _, row := range [][]keymap.ID{
		{"review.mask", "review.replace"},
		{"review.ignore", "review.same"},
		{"review.withdraw", "review.notmark"},
		{"review.looked"},
		{"review.restore", "review.allow"}, // about what was found
		{"review.mark", "review.word"},     // about what is selected
	} {
		line := container.NewGridWithColumns(len(row))
		for _, id := range row {
			c.buttons[id] = g.host.Keys().Button(id)
			line.Add(c.buttons[id])
			c.lines[id] = line
		}
		foot.Add(line)
	}
	for id, text := range map[keymap.ID]string{
		"review.mask": "脱敏 [1]", "review.withdraw": "整件移出 [1]",
		"review.looked": "标为已人工查看 [1]", "review.notmark": "认定非密级标志… [3]",
	} {
		c.buttons[id].SetText(text)
	}
	c.buttons["review.mask"].Importance = widget.HighImportance
	c.buttons["review.looked"].Importance = widget.HighImportance
	c.buttons["review.withdraw"].Importance = widget.HighImportance
	c.content = wide(paper(container.NewPadded(container.NewBorder(nil, foot, nil, nil, c.scroll))), cardWidth)
	c.width = c.content.MinSize().Width // with all buttons: it stays whichever are shown
	keep := canvas.NewRectangle(nil)
	keep.SetMinSize(fyne.NewSize(c.width, 0))
	c.content = container.NewStack(keep, c.content)
	return c
}

// replaceKey: Enter stores the words, Esc gives the keyboard back.
func (c *card) replaceKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		c.g.decide(review.Choice{Action: redact.ActionReplace, Text: c.replace.Text})
	case fyne.KeyEscape, fyne.KeyF6:
		c.g.Focus()
	default:
		return false
	}
	return true
}

func (c *card) refresh() {
	it := c.g.p.Current()
	c.facts.RemoveAll()
	c.reasons.RemoveAll()
	c.level.TextSize, c.state.TextSize = theme.Size(base.SizeNameText), theme.Size(base.SizeNameText)
	if it == nil {
		c.words.SetText("没有选中命中")
		c.level.Text, c.state.Text = "", ""
		c.form.Hide()
		c.refreshButtons()
		return
	}
	st := it.State()
	c.state.Text, c.state.Color = st.Sign()+" "+st.String(), stateColor(st)
	if it.Unchecked != nil {
		c.unread(it)
	} else {
		c.finding(it)
	}
	c.level.Refresh()
	c.state.Refresh()
	c.refreshButtons()
	c.scroll.Content.Refresh() // lays the lines out again: there may be more of them
	c.scroll.ScrollToTop()
}

func (c *card) unread(it *review.Item) {
	c.words.SetText(it.Unchecked.Message)
	c.level.Text, c.level.Color = "未检项", theme.Color(theme.ColorPendingEdge)
	text := "程序未能读取这部分内容。请打开原件人工查看，确认没有敏感内容后标为已人工查看。"
	if it.Unchecked.Blocking {
		text = "整页或整个文件未能读取，未经人工查看不能导出。" + text
	}
	c.facts.Add(wrapLabel(text))
	c.decided(it)
	c.form.Hide()
}

func (c *card) finding(it *review.Item) {
	f := &it.Finding
	words := f.Text
	if r := []rune(words); len(r) > 120 {
		words = string(r[:119]) + "…"
	}
	c.words.SetText("【" + words + "】")
	room := c.width - 4*theme.Size(base.SizeNameInnerPadding) - c.state.MinSize().Width
	level := "　" + review.LevelWord(f.Level)
	room -= fyne.MeasureText(level, c.level.TextSize, c.level.TextStyle).Width
	c.level.Text, c.level.Color = fit(f.Rule+" "+f.Name, room, c.level.TextSize, c.level.TextStyle)+level, levelColor(f.Level)
	c.fact("位置", f.Where)
	if f.Hidden != "" {
		c.fact("隐藏处", f.Hidden)
	}
	c.fact("依据", strings.ReplaceAll(f.Basis, "；", "\n")) // a line each
	if here, all := c.g.p.SameCount(); all > 1 {
		c.fact("同词", fmt.Sprintf("本文件 %d 处，全部 %d 处", here, all))
	}
	if f.Withdraw {
		c.reasons.Add(warnLabel("密级标志：文件须整件移出，不复制、不脱敏，交定密责任人处理。"))
	}
	if f.Hidden != "" && !f.Withdraw {
		c.reasons.Add(wrapLabel("隐藏内容：生成副本时连同所在处一并清除。"))
	}
	if f.Normal != "" && f.Normal != f.Text {
		c.fact("归一为", f.Normal)
	}
	for i, r := range f.Reasons {
		if strings.HasPrefix(r.Text, "合计") {
			continue // the score stands below
		}
		c.reasons.Add(reasonLine(r, i == 0))
	}
	c.reasons.Add(reasonLine(finding.Reason{Text: "得分", Delta: f.Score}, true))
	c.decided(it)
	c.form.Hidden = f.Withdraw || f.Hidden != "" || redact.IsBox(f.Fingerprint)
	if !c.form.Hidden {
		text := f.Suggest
		if it.Decision != nil && it.Decision.Action == redact.ActionReplace {
			text = it.Decision.Text
		}
		c.replace.SetPlaceHolder("删除该处")
		if c.g.host.Window().Canvas().Focused() != fyne.Focusable(c.replace) {
			c.replace.SetText(text)
		}
	}
}

// decided says who decided what.
func (c *card) decided(it *review.Item) {
	d := it.Decision
	if d == nil {
		return
	}
	who := d.By + " " + d.At.Local().Format("01-02 15:04")
	if d.Confirmed != "" {
		who += "，复核 " + d.Confirmed
	}
	c.fact("经办", who)
	if d.Reason != "" {
		c.fact("理由", d.Reason)
	}
}

func (c *card) fact(name, text string) {
	if text == "" {
		return
	}
	n := canvas.NewText(name, theme.Color(theme.ColorMuted))
	n.TextSize = theme.Size(base.SizeNameText)
	w := canvas.NewRectangle(nil)
	w.SetMinSize(fyne.NewSize(theme.Size(base.SizeNameText)*3.2, 0))
	c.facts.Add(tight(container.NewBorder(nil, nil, container.NewStack(w, container.NewVBox(pad(n))), nil, wrapLabel(text))))
}

func gap(w float32) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(w, 0))
	return r
}

func pad(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&inset{top: theme.Size(base.SizeNameInnerPadding), left: theme.Size(base.SizeNameInnerPadding)}, o)
}

// reasonLine is one step of the arithmetic: words at the left, the sum at the right.
func reasonLine(r finding.Reason, plain bool) fyne.CanvasObject {
	sum := ""
	switch {
	case plain:
		sum = fmt.Sprintf("%.2f", r.Delta)
	case r.Delta != 0:
		sum = fmt.Sprintf("%+.2f", r.Delta)
	}
	n := canvas.NewText(sum, theme.Color(theme.ColorMuted))
	n.TextSize = theme.Size(base.SizeNameText)
	sumBox := container.New(&inset{top: theme.Size(base.SizeNameInnerPadding), right: theme.Size(base.SizeNameInnerPadding)}, n)
	return tight(container.NewBorder(nil, nil, nil, container.NewVBox(sumBox), wrapLabel(withoutSum(r.Text))))
}

// sums is the figure that a reason repeats at its end; the card shows it at the right.
var sums = regexp.MustCompile(`，(基础分 ?)?[+\-−]?\d+(\.\d+)?$`)

func withoutSum(text string) string { return sums.ReplaceAllString(text, "") }

func wrapLabel(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapBreak
	return l
}

func warnLabel(text string) *widget.Label {
	l := wrapLabel(text)
	l.Importance = widget.DangerImportance
	return l
}

// refreshButtons shows what may be done about the current item.
func (c *card) refreshButtons() {
	it := c.g.p.Current()
	withdraw := it != nil && it.Unchecked == nil && it.Finding.Withdraw
	unread := it != nil && it.Unchecked != nil
	moved := false
	show := func(on bool, ids ...keymap.ID) {
		for _, id := range ids {
			moved = moved || c.lines[id].Hidden == on
			c.lines[id].Hidden = !on
			c.g.host.Keys().RefreshButton(c.buttons[id], id)
			c.buttons[id].Refresh()
		}
	}
	show(!withdraw && !unread, "review.mask", "review.replace", "review.ignore", "review.same")
	show(withdraw, "review.withdraw", "review.notmark")
	show(unread, "review.looked")
	// In large text the reasons need the room: one line takes turns.
	room := c.g.host.Window().Canvas().Size().Height >= 40*theme.Size(base.SizeNameText)
	selected := c.g.selected()
	show(room || !selected, "review.restore", "review.allow")
	show(room || selected, "review.mark", "review.word")
	if moved {
		c.content.Refresh()
		c.scroll.Content.Refresh()
	}
}

// tight takes the vertical padding of labels away between lines.
func tight(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&inset{top: -3, bottom: -3}, o)
}

// inset is a layout of one object with room (or less) around it.
type inset struct{ top, bottom, left, right float32 }

// MinSize is that of the object and the room.
func (l *inset) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(m.Width+l.left+l.right, m.Height+l.top+l.bottom)
}

// Layout puts the object within the room.
func (l *inset) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(l.left, l.top))
	o[0].Resize(fyne.NewSize(s.Width-l.left-l.right, s.Height-l.top-l.bottom))
}
