package casefile

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pelletier/go-toml/v2"

	"jinggao/app/submission"
	"jinggao/assets"
)

// SampleName is what the sample case is called on disk.
const SampleName = "示例案卷"

// sampleCase is assets/sample/case.toml.
type sampleCase struct {
	Title      string      `toml:"title"`
	Campaign   string      `toml:"campaign"`
	Department string      `toml:"department"`
	Contact    string      `toml:"contact"`
	Phone      string      `toml:"phone"`
	Clerk      string      `toml:"clerk"`
	Reviewer   string      `toml:"reviewer"`
	Rows       []sampleRow `toml:"row"`
}

type sampleRow struct {
	Applicant string   `toml:"applicant"`
	Category  string   `toml:"category"`
	Title     string   `toml:"title"`
	Time      string   `toml:"time"`
	Contact   string   `toml:"contact"`
	Phone     string   `toml:"phone"`
	Partners  string   `toml:"partners"`
	Notes     string   `toml:"notes"`
	Files     []string `toml:"files"`
}

// CreateSample lays the sample out in a new folder below dir (示例案卷, 示例案卷 2 …)
// and returns the open case. dir is created if missing; nothing there is
// overwritten.
func CreateSample(dir string) (*Case, error) {
	folder, err := newFolder(dir)
	if err != nil {
		return nil, newNotice(ErrAccess, "示例案卷无法建立", "文件夹不可写", "请换一个文件夹", err)
	}
	c, err := fillSample(folder)
	if err != nil {
		_ = os.RemoveAll(folder) // made above, holds nothing but the sample
		return nil, err
	}
	return c, nil
}

func newFolder(dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("create folder: %w", err)
	}
	for n := 1; ; n++ {
		name := SampleName
		if n > 1 {
			name = fmt.Sprintf("%s %d", SampleName, n)
		}
		path := filepath.Join(dir, name)
		err := os.Mkdir(path, 0o700)
		if err == nil {
			return path, nil
		}
		if !os.IsExist(err) || n > 999 {
			return "", fmt.Errorf("create folder: %w", err)
		}
	}
}

func fillSample(folder string) (_ *Case, err error) {
	src := assets.Sample()
	var s sampleCase
	b, err := fs.ReadFile(src, "case.toml")
	if err != nil {
		return nil, fmt.Errorf("read sample: %w", err)
	}
	if err := toml.Unmarshal(b, &s); err != nil {
		return nil, fmt.Errorf("read sample: %w", err)
	}
	docs := filepath.Join(folder, "申报材料")
	if err := os.Mkdir(docs, 0o700); err != nil {
		return nil, saveNotice(err)
	}
	c, err := Create(filepath.Join(folder, SampleName+Ext), Info{
		Title: s.Title, Campaign: s.Campaign, Clerk: s.Clerk, Reviewer: s.Reviewer,
		Header: submission.Header{Department: s.Department, Contact: s.Contact, Phone: s.Phone},
	})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = c.Close()
		}
	}()
	rows := make([]submission.Row, len(s.Rows))
	for i, r := range s.Rows {
		rows[i] = submission.Row{Applicant: r.Applicant, Category: r.Category, Title: r.Title, Time: r.Time, Contact: r.Contact, Phone: r.Phone, Partners: r.Partners, Notes: r.Notes}
	}
	ids, err := c.AppendRows("", rows)
	if err != nil {
		return nil, err
	}
	for i, r := range s.Rows {
		for _, name := range r.Files {
			path := filepath.Join(docs, name)
			if err := copyOut(src, name, path); err != nil {
				return nil, err
			}
			if _, err := c.AddFiles(context.Background(), []string{path}, ids[i:i+1]); err != nil {
				return nil, err
			}
		}
	}
	return c, c.forgetCommands()
}

func copyOut(src fs.FS, name, path string) error {
	b, err := fs.ReadFile(src, name)
	if err != nil {
		return fmt.Errorf("read sample document: %w", err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		return saveNotice(err)
	}
	return nil
}

// forgetCommands makes the state reached the first one: there is nothing to undo.
func (c *Case) forgetCommands() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.write(func() error { return c.db.Exec(`DELETE FROM commands`) })
}
