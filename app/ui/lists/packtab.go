package lists

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/platform"
	"jinggao/app/rulebook"
	"jinggao/app/ui/dialogs"
	"jinggao/app/ui/task"
	"jinggao/sanitize/rule"
)

// packTab is the page 规则包.
func (b *Box) packTab() tab {
	now, before := container.NewVBox(), container.NewVBox()
	back := widget.NewButton("恢复到上一规则包", b.swapPack)
	take := widget.NewButton("导入规则包…", b.importPack)
	take.Importance = widget.HighImportance
	refresh := func() {
		book := b.store.Book()
		packFacts(now, "正在使用", book.Pack, "未使用规则包，按程序内置规则 "+b.rules.Version)
		packFacts(before, "保留的上一规则包", book.Former, "没有")
		switch {
		case book.Former != nil:
			back.SetText("恢复到上一规则包")
			back.Enable()
		case book.Pack != nil:
			back.SetText("停用规则包，恢复内置规则")
			back.Enable()
		default:
			back.SetText("恢复到上一规则包")
			back.Disable()
		}
	}
	text := note("规则包是离线更新规则的文件（.toml，或装有 .toml 的 .zip）。导入时先查格式、逐句检验规则自带的例句，再显示 SHA-256，由您与发布通知核对后启用；有一处不对就整包不采用，原有规则不变。")
	line := container.NewHBox(take, back, layout.NewSpacer())
	content := container.NewBorder(container.NewVBox(line, text), nil, nil, nil, container.NewVScroll(container.NewVBox(now, widget.NewSeparator(), before)))
	return tab{content, refresh, func() { b.host.Window().Canvas().Unfocus() }}
}

func packFacts(to *fyne.Container, title string, p *rulebook.Pack, none string) {
	to.RemoveAll()
	to.Add(widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
	if p == nil {
		to.Add(widget.NewLabel(none))
		return
	}
	rows := container.New(layout.NewFormLayout())
	var files []string
	for _, f := range p.Files {
		files = append(files, f.Name)
	}
	for _, x := range [][2]string{
		{"文件", p.Name}, {"SHA-256", grouped(p.SHA256)}, {"启用", p.At.Local().Format("2006-01-02 15:04") + "　" + p.By}, {"规则文件", shorten(strings.Join(files, "、"), 200)},
	} {
		v := widget.NewLabel(x[1])
		v.Wrapping, v.Selectable = fyne.TextWrapBreak, true
		rows.Add(widget.NewLabel(x[0]))
		rows.Add(v)
	}
	to.Add(rows)
}

func (b *Box) importPack() {
	req := platform.FileRequest{Title: "导入规则包", Filters: []platform.Filter{{Name: "规则包", Extensions: []string{".zip", ".toml"}}}}
	b.host.PickFiles(req, "lists", func(p []string) { b.readPack(p[0]) })
}

func (b *Box) readPack(path string) {
	var c *rulebook.Checked
	var problems []rule.Problem
	b.host.Start("正在检验规则包", func(ctx context.Context, _ task.Report) (err error) {
		c, problems, err = rulebook.ReadPack(ctx, path)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			b.foot.SetText("已停止，规则未变")
		case err != nil:
			b.host.Fail("规则包未采用", err)
		case len(problems) > 0:
			b.refusePack(problems)
		default:
			b.confirmPack(c)
		}
	})
}

func (b *Box) refusePack(problems []rule.Problem) {
	view := widget.NewLabel(listed(problems, 500))
	view.Wrapping, view.Selectable = fyne.TextWrapBreak, true
	head := note(fmt.Sprintf("规则包有 %d 处问题，整包未采用，原有规则不变。", len(problems)))
	b.host.Dialogs().Show(dialogs.Custom{
		Title: "规则包未采用", Content: container.NewBorder(head, nil, nil, nil, container.NewVScroll(view)), Size: sized(760, 420),
	})
}

// codeLength is how much of the digest the person copies from the notice.
const codeLength = 8

func (b *Box) confirmPack(c *rulebook.Checked) {
	version := c.Version
	if version == "" {
		version = "未注明"
	}
	added := "无"
	if len(c.New) > 0 {
		added = shorten(strings.Join(c.New, "、"), 120)
	}
	b.host.Dialogs().Ask(dialogs.Form{
		Title: "启用规则包 " + c.Pack.Name, Act: "启用",
		Text: fmt.Sprintf("版本：%s\n内容：%s；新增的规则：%s\n例句：%d 句，全部通过\nSHA-256：%s\n\n请取发布规则包的通知，与上面的 SHA-256 逐位核对，再照通知抄录其前 %d 位。",
			version, c.Adjustment.Change, added, c.Texts, grouped(c.Pack.SHA256), codeLength),
		Fields: []dialogs.Field{
			{Label: "通知所载 SHA-256 前 8 位", Check: func(v string) string {
				if !strings.EqualFold(strings.TrimSpace(v), c.Pack.SHA256[:codeLength]) {
					return "与规则包的 SHA-256 不符；如通知所载确实不同，请不要启用"
				}
				return ""
			}},
			{Label: "经办", Value: b.host.Clerk(), Check: need("经办")},
		},
	}, func(v []string) {
		by := strings.TrimSpace(v[1])
		b.changePack(by, "启用规则包 "+c.Pack.Name, func(k *rulebook.Book) { k.TakePack(c, by) })
	})
}

func (b *Box) swapPack() {
	book := b.store.Book()
	text := "恢复后改用程序内置规则；现在的规则包保留，可再恢复。"
	if book.Former != nil {
		text = "恢复后改用“" + book.Former.Name + "”；现在的保留，可再恢复。"
	}
	b.host.Dialogs().Confirm(dialogs.Question{Title: "恢复规则包", Text: text, Act: "恢复"}, func() {
		b.changePack(b.host.Clerk(), "恢复规则包", func(k *rulebook.Book) { k.SwapPack() })
	})
}

func (b *Box) changePack(by, what string, f func(*rulebook.Book)) {
	if b.save(by, what, f) && b.reload() {
		b.refresh()
	}
}
