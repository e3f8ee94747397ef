package dialogs

import (
	"os"
	"path/filepath"
	"strings"

	"jinggao/app/platform"
)

// askPath asks for a file to write by its path, where the system has no dialog: the
// save dialog of the window library would create the file.
func (d *Dialogs) askPath(r platform.FileRequest, act string, done func([]string)) {
	folder := r.Folder
	if folder == "" {
		folder, _ = os.UserHomeDir() // an empty field is shown if there is none
	}
	full := func(v string) string {
		v = strings.TrimSpace(v)
		if filepath.Ext(v) == "" && len(r.Filters) > 0 && len(r.Filters[0].Extensions) > 0 {
			v += r.Filters[0].Extensions[0]
		}
		return v
	}
	answered := false
	d.askThen(Form{
		Title: r.Title,
		Fields: []Field{{Label: "文件位置", Value: filepath.Join(folder, r.Name), Check: func(v string) string {
			v = full(v)
			if !filepath.IsAbs(v) {
				return "请填写完整路径"
			}
			if s, err := os.Stat(filepath.Dir(v)); err != nil || !s.IsDir() {
				return "该文件夹不存在"
			}
			if s, err := os.Stat(v); err == nil && s.IsDir() {
				return "该位置是文件夹，请补上文件名"
			}
			return ""
		}}},
		Act: act,
	}, func(values []string) {
		answered = true
		path := full(values[0])
		if _, err := os.Stat(path); err != nil {
			done([]string{path})
			return
		}
		d.ConfirmOr(Question{
			Title: "替换文件", Text: "该位置已有同名文件：" + filepath.Base(path), Act: "替换", Danger: true,
		}, func() { done([]string{path}) }, func() { done(nil) })
	}, func() {
		if !answered {
			done(nil)
		}
	})
}
