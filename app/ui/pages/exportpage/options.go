package exportpage

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/casefile"
	"jinggao/app/ui/export"
)

// Settings of the case that keep the choices about clean copies.
const (
	keyPseudonyms = "export.pseudonyms"
	keyDPI        = "export.dpi"
	keyLayer      = "export.pdflayer"
	keyText       = "export.pdftext"
	keyWord       = "export.pdfword"
)

// resolutions are the choices for clean PDFs, the usual one in the middle.
var resolutions = []string{"150", "200", "300"}

const usualResolution = "200"

// options are the choices about the clean copies. They belong to the case.
type options struct {
	names   *widget.Check
	layer   *widget.Check
	text    *widget.Check
	word    *widget.Check
	dpi     *widget.RadioGroup
	c       *casefile.Case
	loading bool
	fail    func(what string, err error)
}

func (o *options) build(g *Page) fyne.CanvasObject {
	o.fail = g.host.Fail
	o.names = widget.NewCheck("同一人、同一单位用同一称谓（张某、张某二）", func(on bool) { o.keep(keyPseudonyms, strconv.FormatBool(on)) })
	o.layer = widget.NewCheck("加文字层，可搜索、复制", func(on bool) { o.keep(keyLayer, strconv.FormatBool(on)) })
	o.text = widget.NewCheck("纯文本（.txt）", func(on bool) { o.keep(keyText, strconv.FormatBool(on)) })
	o.word = widget.NewCheck("Word（.docx）", func(on bool) { o.keep(keyWord, strconv.FormatBool(on)) })
	o.dpi = widget.NewRadioGroup(resolutions, func(v string) { o.keep(keyDPI, v) })
	o.dpi.Horizontal, o.dpi.Required, o.dpi.Selected = true, true, usualResolution
	dpi := container.NewHBox(widget.NewLabel("分辨率（点/英寸）"), o.dpi)
	beside := container.NewHBox(widget.NewLabel("另附"), o.text, o.word)
	pdf := container.NewVBox(widget.NewLabel("PDF 副本（所加文字都是处理后的）"), indented(o.layer), indented(beside), indented(dpi))
	return container.NewVBox(indented(o.names), indented(pdf))
}

// indented sets choices that hang on another one off from it.
func indented(c fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, widget.NewLabel(""), nil, c)
}

// load takes the choices of a case.
func (o *options) load(c *casefile.Case) {
	o.c, o.loading = c, true
	defer func() { o.loading = false }()
	o.names.SetChecked(c.Setting(keyPseudonyms) == "true")
	o.layer.SetChecked(c.Setting(keyLayer) == "true")
	o.text.SetChecked(c.Setting(keyText) == "true")
	o.word.SetChecked(c.Setting(keyWord) == "true")
	dpi := c.Setting(keyDPI)
	if dpi == "" {
		dpi = usualResolution
	}
	o.dpi.SetSelected(dpi)
}

// SetCopies makes the choices about clean copies that o names.
func (g *Page) SetCopies(o export.Options) {
	g.more.names.SetChecked(o.Pseudonyms)
	g.more.layer.SetChecked(o.Layer)
	g.more.text.SetChecked(o.Text)
	g.more.word.SetChecked(o.WordText)
	g.more.dpi.SetSelected(strconv.Itoa(o.DPI))
}

func (o *options) keep(key, value string) {
	if o.c == nil || o.loading {
		return
	}
	if err := o.c.SetSetting(key, value); err != nil {
		o.fail("选择未能保存", err)
	}
}

// fill adds the choices to the others.
func (o *options) fill(to export.Options) export.Options {
	to.Pseudonyms = o.names.Checked
	to.Layer, to.Text, to.WordText = o.layer.Checked, o.text.Checked, o.word.Checked
	to.DPI, _ = strconv.Atoi(o.dpi.Selected) // one of resolutions, or 0 for the usual one
	return to
}

func (o *options) enable(on bool) {
	for _, w := range []fyne.Disableable{o.names, o.layer, o.text, o.word, o.dpi} {
		if on {
			w.Enable()
		} else {
			w.Disable()
		}
	}
}
