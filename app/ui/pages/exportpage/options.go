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
	keyText       = "export.pdftext"
)

// resolutions are the choices for clean PDFs, the usual one in the middle.
var resolutions = []string{"150", "200", "300"}

const usualResolution = "200"

// options are the choices about the clean copies. They belong to the case.
type options struct {
	names   *widget.Check
	text    *widget.Check
	dpi     *widget.RadioGroup
	c       *casefile.Case
	loading bool
	fail    func(what string, err error)
}

func (o *options) build(g *Page) fyne.CanvasObject {
	o.fail = g.host.Fail
	o.names = widget.NewCheck("同一人、同一单位用同一称谓（张某、张某二）", func(on bool) { o.keep(keyPseudonyms, strconv.FormatBool(on)) })
	o.text = widget.NewCheck("PDF 另附纯文本（.txt），只含处理后的文字", func(on bool) { o.keep(keyText, strconv.FormatBool(on)) })
	o.dpi = widget.NewRadioGroup(resolutions, func(v string) { o.keep(keyDPI, v) })
	o.dpi.Horizontal, o.dpi.Required, o.dpi.Selected = true, true, usualResolution
	dpi := container.NewHBox(widget.NewLabel("PDF 分辨率（点/英寸）"), o.dpi)
	return container.NewVBox(indented(o.names), indented(o.text), indented(dpi))
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
	o.text.SetChecked(c.Setting(keyText) == "true")
	dpi := c.Setting(keyDPI)
	if dpi == "" {
		dpi = usualResolution
	}
	o.dpi.SetSelected(dpi)
}

// SetCopies chooses pseudonyms, the text beside a PDF, and its resolution.
func (g *Page) SetCopies(names, text bool, dpi int) {
	g.more.names.SetChecked(names)
	g.more.text.SetChecked(text)
	g.more.dpi.SetSelected(strconv.Itoa(dpi))
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
	to.Pseudonyms, to.Text = o.names.Checked, o.text.Checked
	to.DPI, _ = strconv.Atoi(o.dpi.Selected) // one of resolutions, or 0 for the usual one
	return to
}

func (o *options) enable(on bool) {
	for _, w := range []fyne.Disableable{o.names, o.text, o.dpi} {
		if on {
			w.Enable()
		} else {
			w.Disable()
		}
	}
}
