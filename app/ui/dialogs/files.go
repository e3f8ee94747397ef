package dialogs

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"jinggao/app/platform"
	"jinggao/app/ui/native"
	"jinggao/app/ui/safe"
)

// OpenFiles lets the person choose existing files in the dialog of the system; got
// gets at least one path and is not called if the person cancels. Where the system
// has no dialog, the one of the window library serves, one file at a time.
func (d *Dialogs) OpenFiles(r platform.FileRequest, got func(paths []string)) {
	d.ask(r, platform.OpenFiles, got, func(done func([]string)) {
		f := dialog.NewFileOpen(func(u fyne.URIReadCloser, err error) {
			if u == nil || err != nil {
				done(nil)
				return
			}
			_ = u.Close() // only the path is wanted
			done([]string{u.URI().Path()})
		}, d.win)
		var ext []string
		for _, x := range r.Filters {
			ext = append(ext, x.Extensions...)
		}
		if len(ext) > 0 {
			f.SetFilter(storage.NewExtensionFileFilter(ext))
		}
		d.showFile(f, r)
	})
}

// SaveFile lets the person choose where to write a file; got is not called if the
// person cancels. The file of that name is not touched.
func (d *Dialogs) SaveFile(r platform.FileRequest, got func(path string)) {
	system := func(r platform.FileRequest) ([]string, error) { return list(platform.SaveFile(r)) }
	d.ask(r, system, func(p []string) { got(p[0]) }, func(done func([]string)) {
		d.askPath(r, "保存", done)
	})
}

// ChooseFolder lets the person choose a folder; got is not called if the person
// cancels.
func (d *Dialogs) ChooseFolder(r platform.FileRequest, got func(path string)) {
	system := func(r platform.FileRequest) ([]string, error) { return list(platform.ChooseFolder(r)) }
	d.ask(r, system, func(p []string) { got(p[0]) }, func(done func([]string)) {
		f := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
			if u == nil || err != nil {
				done(nil)
				return
			}
			done([]string{u.Path()})
		}, d.win)
		d.showFile(f, r)
	})
}

func list(path string, err error) ([]string, error) { return []string{path}, err }

// ask runs the native dialog on a goroutine of its own, one at a time, and the
// stand-in if there is none. The keyboard comes back afterwards.
func (d *Dialogs) ask(r platform.FileRequest, system func(platform.FileRequest) ([]string, error),
	got func([]string), standIn func(done func([]string)),
) {
	if d.native {
		return
	}
	d.native = true
	r.Parent = native.Handle(d.win)
	before := d.win.Canvas().Focused()
	finish := func(paths []string) {
		d.native = false
		if before != nil {
			d.win.Canvas().Focus(before)
		}
		if len(paths) > 0 {
			got(paths)
		}
	}
	d.start("file dialog", func() {
		paths, err := system(r)
		safe.OnUI(func() {
			switch {
			case err == nil:
				finish(paths)
			case errors.Is(err, platform.ErrCancelled):
				finish(nil)
			default:
				standIn(finish)
			}
		})
	}, func(error) { finish(nil) })
}

func (d *Dialogs) showFile(f *dialog.FileDialog, r platform.FileRequest) {
	if u, err := storage.ListerForURI(storage.NewFileURI(r.Folder)); err == nil && r.Folder != "" {
		f.SetLocation(u)
	}
	f.SetTitleText(r.Title)
	f.SetConfirmText("确定")
	f.SetDismissText("取消")
	c := d.win.Canvas()
	keys := c.OnTypedKey()
	c.Unfocus()
	c.SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape {
			f.Dismiss()
		}
	})
	f.SetOnClosed(func() { c.SetOnTypedKey(keys) })
	size := c.Size()
	f.Resize(fyne.NewSize(min(size.Width-40, 860), min(size.Height-40, 600)))
	f.Show()
}
