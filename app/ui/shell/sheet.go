package shell

import (
	"errors"
	"fmt"
	"io"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"jinggao/app/ui/keymap"
	"jinggao/app/ui/theme"
	"jinggao/assets"
)

// section writes one heading of the key sheet with its lines.
func section(to *fyne.Container, title string, lines []keymap.Line) {
	to.Add(widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
	for _, l := range lines {
		keys := canvas.NewText(l.Keys, theme.Color(base.ColorNamePrimary))
		label := canvas.NewText(l.Label, theme.Color(base.ColorNameForeground))
		keys.TextSize, label.TextSize = theme.Size(base.SizeNameText), theme.Size(base.SizeNameText)
		keys.Alignment = fyne.TextAlignTrailing
		to.Add(container.New(layout.NewCustomPaddedLayout(1, 1, 8, 16), container.NewBorder(nil, nil, label, keys)))
	}
}

// splitSection spreads a long section over the columns that are shortest.
func (w *Window) splitSection(cols []*fyne.Container, heights []int, title string, lines []keymap.Line) {
	const most = 13
	for len(lines) > 0 {
		n := min(most, len(lines))
		k := 0
		for i := range heights {
			if heights[i] < heights[k] {
				k = i
			}
		}
		section(cols[k], title, lines[:n])
		heights[k] += n + 2
		lines = lines[n:]
	}
}

// licenceView shows the licences.
func (w *Window) licenceView() fyne.CanvasObject {
	text := assets.Packed(assets.Licences)
	if text == nil {
		text = []byte("本次编译未包含第三方许可文本。")
	}
	return w.textView(string(text))
}

// copyNew copies a file to a new one; an existing file is not overwritten.
func copyNew(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer src.Close()
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	_, err = io.Copy(dst, src)
	if err := errors.Join(err, dst.Close()); err != nil {
		_ = os.Remove(to) // ours, half written
		return fmt.Errorf("copy: %w", err)
	}
	return nil
}
