package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"jinggao/app/casefile"
	"jinggao/app/submission"
	"jinggao/sanitize/document"
)

// sampleCmd is `sample`: the four steps of the window, done on the sample case in
// the terminal, for a machine without a display.
type sampleCmd struct {
	Out string `name:"out" required:""`
}

// Run lays out the sample, checks its rows, writes the table and the clean copies.
func (c *sampleCmd) Run(d *desk) error {
	file, err := casefile.CreateSample(c.Out)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	folder := filepath.Dir(file.Path())
	campaign, err := submission.CampaignByID(file.Info().Campaign)
	if err != nil {
		return err
	}
	rows := file.Rows()
	for _, p := range submission.Check(rows, file.Info().Header, campaign) {
		d.say("表格检查：%s%s", place(rows, p), p.Message)
	}
	table := filepath.Join(folder, "申报情况统计表.xlsx")
	if err := writeTable(table, submission.Table{Campaign: campaign, Header: file.Info().Header, Rows: rows}); err != nil {
		return err
	}
	clean := cleanCmd{Out: filepath.Join(folder, "脱敏副本"), AllowS1: true}
	for _, a := range file.Attachments() {
		clean.Paths = append(clean.Paths, a.Path)
	}
	if err := clean.Run(d); err != nil {
		return err
	}
	d.say("示例案卷：%s", file.Path())
	d.say("统计表：%s（%d 行）", table, len(rows))
	d.say("脱敏副本与清单：%s（示例中的阻断级命中视为已由复核人确认）", clean.Out)
	return nil
}

// place says which row and column a remark is about: 第 3 行 申报时间：.
func place(rows []submission.Row, p submission.Problem) string {
	out := strings.TrimSpace("表头 " + string(p.Column))
	if i := slices.IndexFunc(rows, func(r submission.Row) bool { return r.ID == p.RowID }); i >= 0 {
		out = strings.TrimSpace(fmt.Sprintf("第 %d 行 %s", i+1, p.Column))
	}
	return out + "："
}

func writeTable(name string, t submission.Table) (err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return &document.Refusal{What: "统计表无法写出", Why: "文件夹不可写", Do: "请换一个文件夹", Detail: err.Error()}
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			_ = os.Remove(name) // made above
		}
	}()
	return submission.ExportXLSX(f, t)
}
