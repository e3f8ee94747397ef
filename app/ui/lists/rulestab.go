package lists

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/rulebook"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/widget/datatable"
)

// rulesTab is the page 规则.
func (b *Box) rulesTab() tab {
	t := datatable.New([]datatable.Column[ruleRow]{
		{ID: "id", Label: "编号", Width: 64, ReadOnly: true, Center: true, Text: func(r ruleRow) string { return r.ID }},
		{ID: "name", Label: "名称", Width: 204, ReadOnly: true, Text: func(r ruleRow) string { return r.Name }},
		{ID: "level", Label: "级别", Width: 120, ReadOnly: true, Text: ruleRow.now},
		{ID: "state", Label: "状态", Width: 110, ReadOnly: true, Text: ruleRow.state},
		{ID: "basis", Label: "依据", Width: 270, ReadOnly: true, Text: func(r ruleRow) string { return r.Basis }},
		{ID: "reason", Label: "调整理由", Width: 214, ReadOnly: true, Text: func(r ruleRow) string {
			if !r.changed {
				return ""
			}
			return r.change.Reason + "（" + r.change.By + "，" + r.change.At.Local().Format("2006-01-02") + "）"
		}},
	})
	b.listed = t
	t.Empty = "没有符合的规则"
	search := searchField("查找编号、名称、依据", func() {})
	only := dialogs.NewCheck("只看已调整", nil)
	refresh := func() { t.SetRows(rules(b.rules, b.store.Book(), search.Text, only.Checked)) }
	search.OnChanged = func(string) { refresh() }
	only.OnChanged = func(bool) { refresh() }
	current := func() *ruleRow {
		if r, _ := t.CursorAt(); r >= 0 {
			row := t.Rows()[r]
			return &row
		}
		return nil
	}
	change := func() { b.changeRule(current()) }
	back := func() { b.restoreRule(current()) }
	wire(b, t, change, func() {})
	adjust := widget.NewButton("停用或调级…", change)
	adjust.Importance = widget.HighImportance
	line := bar(search, only, adjust, widget.NewButton("恢复原样", back), widget.NewButton("查看…", func() { b.showRule(current()) }))
	text := note("调整须写明理由和经办人，记入内部清单和审查报告。A 组 S1 以及 B01、L03 属整件移出，不可停用或下调；确属误报的，在审核中由两人“认定非密级标志”。")
	return tab{container.NewBorder(line, text, nil, nil, t), refresh, func() { b.focus(t) }}
}

// changeRule asks how a rule is to be changed, and why.
func (b *Box) changeRule(r *ruleRow) {
	if r == nil {
		return
	}
	if r.Fixed() {
		b.host.Dialogs().Notice(dialogs.Notice{
			What: "规则 " + r.ID + " 不可停用或下调", Why: "它检出的是密级标志或直接陈述的国家秘密，属整件移出（A 组 S1、B01、L03）",
			Do: "确属误报的，在审核中由经办、复核两人“认定非密级标志”并写明理由",
		}, nil)
		return
	}
	choices := append([]string{switchOff}, levelWords...)
	value := ""
	reason, by := "", b.host.Clerk()
	if r.changed {
		value, reason, by = switchOff, r.change.Reason, r.change.By
		if !r.change.Off {
			value = levelWord(r.change.Level)
		}
	}
	var v [3]string
	check := func(i int) func(string) string {
		return func(s string) string {
			v[i] = s
			switch {
			case i < 2:
				return ""
			case v[0] == "":
				return "请选择停用或新的级别"
			}
			_, fault := changeOf(b.rules, r.ID, v[0], v[1], v[2])
			return fault
		}
	}
	b.host.Dialogs().Ask(dialogs.Form{
		Title: "停用或调级：" + r.ID + " " + r.Name, Act: "保存调整",
		Text: r.About + "\n原级别：" + levelWord(r.Level) + "\n依据：" + r.Basis + "\n调级后，这条规则检出的都按新的级别。",
		Fields: []dialogs.Field{
			{Label: "调整为", Value: value, Choices: choices, Check: check(0)},
			{Label: "理由", Value: reason, Hint: "为何停用或改级", Check: check(1)},
			{Label: "经办", Value: by, Check: check(2)},
		},
	}, func(v []string) {
		o, fault := changeOf(b.rules, r.ID, v[0], v[1], v[2])
		if fault != "" {
			b.foot.SetText(fault)
			return
		}
		b.save(o.By, "规则 "+r.ID+" "+o.Change(r.Level), func(k *rulebook.Book) { k.PutChange(o) })
	})
}

func (b *Box) restoreRule(r *ruleRow) {
	if r == nil || !r.changed {
		b.foot.SetText("这条规则没有调整过")
		return
	}
	b.save(b.host.Clerk(), "规则 "+r.ID+" 恢复原样", func(k *rulebook.Book) { k.DropChange(r.ID) })
}

// showRule shows a rule in full, as a 保密员 reads it.
func (b *Box) showRule(r *ruleRow) {
	if r == nil {
		return
	}
	rows := [][2]string{
		{"说明", r.About},
		{"级别", r.now()},
		{"依据", r.Basis},
		{"处置", actions[r.Treatment.Action]},
		{"示例", join(r.Treatment.Before, " → ", r.Treatment.After)},
		{"词", shorten(strings.Join(r.Terms, "、"), 600)},
		{"免报的长词", shorten(strings.Join(r.Safe, "、"), 300)},
		{"应命中", strings.Join(r.Yes, "\n")},
		{"不应命中", strings.Join(r.No, "\n")},
		{"出处", b.rules.Origin(r.ID)},
	}
	box := container.NewVBox()
	for _, x := range rows {
		if strings.TrimSpace(x[1]) == "" {
			continue
		}
		head := widget.NewLabelWithStyle(x[0], fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		text := widget.NewLabel(x[1])
		text.Wrapping, text.Selectable = fyne.TextWrapBreak, true
		box.Add(head)
		box.Add(text)
	}
	b.host.Dialogs().Show(dialogs.Custom{Title: fmt.Sprintf("规则 %s %s", r.ID, r.Name), Content: container.NewVScroll(box), Size: fyne.NewSize(760, 520)})
}

func join(a, sep, c string) string {
	if a == "" && c == "" {
		return ""
	}
	return a + sep + c
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
