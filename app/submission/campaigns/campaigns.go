// Package campaigns keeps the campaign files of the bureau beside the built-in ones:
// in a folder of its own among the data of the person, apart from the program.
package campaigns

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"jinggao/app/submission"
	"jinggao/sanitize/document"
)

// Ext is the extension of a campaign file, with the dot.
const Ext = ".toml"

// maxFile is the largest file that is read, in bytes; a longer one is refused by
// submission.LoadCampaign.
const maxFile = 1<<20 + 1

// ErrSame says that there is a campaign file of the same id among the bureau's own.
var ErrSame = errors.New("已有编号相同的自备活动文件")

// Entry is a campaign that can be chosen.
type Entry struct {
	submission.CampaignFile
	Own bool // a file of the bureau; a built-in one otherwise
}

// Name is what the campaign is called in a list of choices.
func (e Entry) Name() string {
	if e.Own {
		return e.Campaign.Name + "（自备）"
	}
	return e.Campaign.Name
}

// Broken is a file in the folder that is no campaign file.
type Broken struct {
	Path string
	Err  error // of submission.LoadCampaign, or of reading it
}

// Store is the folder of the bureau's own campaign files; it need not exist. The zero
// Store has the built-in campaigns alone.
type Store struct{ Dir string }

// All lists the campaigns, newest first; an own file comes before a built-in one of the
// same id. Files that cannot be used are listed apart.
func (s Store) All() (all []Entry, broken []Broken, err error) {
	builtIn, err := submission.BuiltInCampaigns()
	if err != nil {
		return nil, nil, err
	}
	names, err := s.files()
	if err != nil {
		return nil, nil, err
	}
	for _, n := range names {
		e, err := Read(filepath.Join(s.Dir, n))
		if err != nil {
			broken = append(broken, Broken{filepath.Join(s.Dir, n), err})
			continue
		}
		all = append(all, e)
	}
	for _, f := range builtIn {
		all = append(all, Entry{f, false})
	}
	slices.SortStableFunc(all, func(a, b Entry) int { return b.Year - a.Year })
	return all, broken, nil
}

func (s Store) files() ([]string, error) {
	if s.Dir == "" {
		return nil, nil
	}
	list, err := os.ReadDir(s.Dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the folder of campaigns: %w", err)
	}
	var out []string
	for _, d := range list {
		if d.Type().IsRegular() && strings.EqualFold(filepath.Ext(d.Name()), Ext) {
			out = append(out, d.Name())
		}
	}
	return out, nil
}

// Find is the campaign with an id; "" is the newest built-in one. own says whether a
// file of the bureau may be it; it comes first then.
func (s Store) Find(id string, own bool) (Entry, bool) {
	all, _, err := s.All()
	if err != nil {
		return Entry{}, false
	}
	for _, e := range all {
		switch {
		case e.Own && (!own || id == ""):
		case id == "" || e.ID == id:
			return e, true
		}
	}
	return Entry{}, false
}

// Read reads a campaign file of the bureau. The error is a *document.Refusal that says
// what is wrong on which line.
func Read(path string) (Entry, error) {
	f, err := os.Open(path)
	if err != nil {
		return Entry{}, &document.Refusal{What: "活动文件无法读取", Why: "文件不在或没有权限", Do: "请检查该文件", Detail: err.Error()}
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		return Entry{}, &document.Refusal{What: "活动文件无法读取", Why: "读取中断", Do: "请检查该文件", Detail: err.Error()}
	}
	c, err := submission.LoadCampaign(b)
	if err != nil {
		return Entry{}, &document.Refusal{What: "活动文件有误，没有采用：" + filepath.Base(path), Why: firstLines(err.Error(), 12), Do: "请用文本编辑器改正后重新导入；可先“另存为文件”作为样本对照"}
	}
	return Entry{submission.CampaignFile{Campaign: c, Text: string(b)}, true}, nil
}

// firstLines keeps a list of faults short enough for a dialog.
func firstLines(text string, most int) string {
	lines := strings.Split(text, "\n")
	if len(lines) <= most {
		return text
	}
	return strings.Join(lines[:most], "\n") + fmt.Sprintf("\n另有 %d 处", len(lines)-most)
}

// path is where the own file of an id lies. The id was validated: it is a file name.
func (s Store) path(id string) string { return filepath.Join(s.Dir, id+Ext) }

// own finds the own file of an id, whatever it is called; "" where there is none.
func (s Store) own(id string) string {
	names, err := s.files()
	if err != nil {
		return ""
	}
	for _, n := range names {
		if e, err := Read(filepath.Join(s.Dir, n)); err == nil && e.ID == id {
			return filepath.Join(s.Dir, n)
		}
	}
	return ""
}

// Import checks a file and takes a copy of it in. Where there is an own file of the same
// id, ErrSame comes back and nothing is done, unless replace is set. A *document.Refusal
// says what is wrong with the file.
func (s Store) Import(path string, replace bool) (Entry, error) {
	e, err := Read(path)
	if err != nil {
		return Entry{}, err
	}
	old := s.own(e.ID)
	if old != "" && !replace {
		return e, ErrSame
	}
	to := s.path(e.ID)
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return Entry{}, notKept(err)
	}
	if err := write(s.Dir, to, e.Text); err != nil {
		return Entry{}, notKept(err)
	}
	if old != "" && !sameFile(old, to) {
		if err := os.Remove(old); err != nil {
			return Entry{}, notKept(err)
		}
	}
	return e, nil
}

func sameFile(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

func notKept(err error) error {
	return &document.Refusal{What: "活动文件未能保存", Why: "数据文件夹不可写或磁盘已满", Do: "请检查磁盘和权限后重试", Detail: err.Error()}
}

// write puts a file in its place as a whole.
func write(dir, to, text string) error {
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), to)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // ours, half written
	}
	return err
}

// Delete takes an own file away; built-in campaigns stay.
func (s Store) Delete(id string) error {
	p := s.own(id)
	if p == "" {
		return &document.Refusal{What: "活动文件未能删除", Why: "没有这个自备活动文件", Do: "请刷新列表"}
	}
	if err := os.Remove(p); err != nil {
		return &document.Refusal{What: "活动文件未能删除", Why: "文件被占用或没有权限", Do: "请关闭打开该文件的程序后重试", Detail: err.Error()}
	}
	return nil
}

// SaveAs writes the text of a campaign to a new file, as a sample to start from. An
// existing file is not overwritten.
func SaveAs(e Entry, path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return &document.Refusal{What: "文件没有保存", Why: "已有同名文件，为避免覆盖没有写入", Do: "请换一个文件名"}
	}
	if err != nil {
		return &document.Refusal{What: "文件没有保存", Why: "文件夹不存在或不可写", Do: "请换一个位置", Detail: err.Error()}
	}
	_, err = f.WriteString(e.Text)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(path) // ours, half written
		return &document.Refusal{What: "文件没有保存", Why: "写入中断", Do: "请检查磁盘空间", Detail: err.Error()}
	}
	return nil
}
