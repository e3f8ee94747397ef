package submission

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"jinggao/sanitize/document"
)

// Exit statuses of RunTable, as in the command-line contract.
const (
	ExitWritten = 0
	ExitErrors  = 1 // written, with errors reported
	ExitUsage   = 2
	ExitRefused = 3 // an input was refused; the table is written from the rest
)

// TableRun is one call of the verb table.
type TableRun struct {
	Out      string // .xlsx, .docx or .csv; an existing file is not overwritten
	Header   Header // empty fields are filled from the inputs
	Inputs   []string
	Campaign *Campaign
	Scan     Scanner // the engine's ScanText; nil leaves sensitive content unchecked, and says so
	Read     Reader  // nil reads in this process
}

// line is one JSON line of the verb.
type line struct {
	Type    string `json:"type"`
	File    string `json:"file,omitempty"`
	Sheet   string `json:"sheet,omitempty"`
	Row     int    `json:"row,omitempty"`
	Column  Column `json:"column,omitempty"`
	Level   Level  `json:"level,omitempty"`
	Kind    Kind   `json:"kind,omitempty"`
	Title   string `json:"title,omitempty"`
	Message string `json:"message,omitempty"`
	Suggest string `json:"suggest,omitempty"`
	Error   string `json:"error,omitempty"`
	Out     string `json:"out,omitempty"`
	Rows    *int   `json:"rows,omitempty"`
	Merged  int    `json:"merged,omitempty"`
}

// RunTable reads filled-in tables, merges and checks them and writes the official
// table. Problems go to w as JSON lines, words for people to msg. It returns the
// exit status.
func RunTable(ctx context.Context, r TableRun, w, msg io.Writer) int {
	write, usage := tableWriter(r.Out)
	if usage == "" && len(r.Inputs) == 0 {
		usage = "请给出要汇总的表格文件"
	}
	if usage != "" {
		fmt.Fprintln(msg, usage)
		return ExitUsage
	}
	if r.Read == nil {
		r.Read = ReadHere
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	m := NewMerge(r.Campaign)
	m.Header = r.Header
	for _, in := range r.Inputs {
		im, err := ImportWith(ctx, in, r.Campaign, r.Read)
		if err != nil {
			fmt.Fprintln(msg, "已取消，没有写出统计表")
			return ExitRefused
		}
		m.Add(im)
	}
	rows := m.Rows
	problems := append(m.Problems, Check(rows, m.Header, r.Campaign)...)
	if r.Scan != nil {
		problems = append(problems, SensitiveProblems(rows, ScanRows(rows, m.Header, r.Scan))...)
	} else {
		fmt.Fprintln(msg, "敏感信息检查未启用，表中内容未检查")
	}
	for _, f := range m.Refused {
		_ = enc.Encode(line{Type: "refused", File: f.File, Error: f.Err.Error()})
	}
	for i := range problems {
		_ = enc.Encode(problemLine(&problems[i]))
	}
	if err := writeNew(r.Out, func(out io.Writer) error {
		return write(out, Table{Campaign: r.Campaign, Header: m.Header, Rows: rows})
	}); err != nil {
		fmt.Fprintln(msg, err)
		_ = enc.Encode(line{Type: "refused", File: r.Out, Error: err.Error()})
		return ExitRefused
	}
	n := len(rows)
	_ = enc.Encode(line{Type: "table", Out: r.Out, Rows: &n, Merged: m.Merged})
	return m.tell(msg, problems)
}

// tell sums up for people and gives the exit status.
func (m *Merge) tell(msg io.Writer, problems []Problem) int {
	fmt.Fprintf(msg, "写出 %d 行；合并重复 %d 行；错误 %d 处，提醒 %d 处；未读取的文件 %d 个\n",
		len(m.Rows), m.Merged, CountErrors(problems), len(problems)-CountErrors(problems), len(m.Refused))
	for _, f := range m.Refused {
		fmt.Fprintf(msg, "未读取 %s：%s\n", f.File, f.Err.Error())
	}
	switch {
	case len(m.Refused) > 0:
		return ExitRefused
	case CountErrors(problems) > 0:
		return ExitErrors
	}
	return ExitWritten
}

func problemLine(p *Problem) line {
	return line{Type: "problem", File: p.Source.File, Sheet: p.Source.Sheet, Row: p.Source.Row, Column: p.Column, Level: p.Level, Kind: p.Kind, Title: p.Title, Message: p.Message, Suggest: p.Mend}
}

func tableWriter(out string) (func(io.Writer, Table) error, string) {
	switch strings.ToLower(filepath.Ext(out)) {
	case ".xlsx":
		return ExportXLSX, ""
	case ".docx":
		return ExportDOCX, ""
	case ".csv":
		return ExportCSV, ""
	}
	return nil, "请用 --out 指定 .xlsx 或 .docx 文件"
}

// writeNew writes a file that must not exist yet: whole, or not at all.
func writeNew(path string, f func(io.Writer) error) error {
	refuse := func(what, do string, err error) error {
		return &document.Refusal{What: what, Do: do, Detail: err.Error()}
	}
	if _, err := os.Lstat(path); err == nil {
		return refuse("输出文件已经存在，没有覆盖："+filepath.Base(path), "请换一个文件名", os.ErrExist)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".净稿-*.tmp")
	if err != nil {
		return refuse("输出文件夹不可写", "请换一个文件夹", err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // does nothing after the rename
	err = f(tmp)
	if err == nil {
		err = tmp.Sync()
	}
	if e := tmp.Close(); err == nil {
		err = e
	}
	if err != nil {
		return refuse("统计表没有写成", "请检查磁盘空间后重试", err)
	}
	if err := os.Link(tmp.Name(), path); err == nil {
		return nil // the name was still free
	} else if errors.Is(err, os.ErrExist) {
		return refuse("输出文件已经存在，没有覆盖："+filepath.Base(path), "请换一个文件名", err)
	}
	if err := os.Rename(tmp.Name(), path); err != nil { // file systems without links
		return refuse("统计表没有写成", "请检查磁盘后重试", err)
	}
	return nil
}
