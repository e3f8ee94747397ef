package rulebook

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"

	"jinggao/sanitize/document"
	"jinggao/sanitize/rule"
)

// maxImport bounds a list that is read in, in bytes.
const maxImport = 64 << 20

// Heads of the columns as they are exported; import knows them again.
var (
	wordHead  = []string{"词语", "级别", "备注", "处置"}
	allowHead = []string{"词或正则", "规则", "理由", "审批人", "有效期"}
)

// ImportWords reads a word list (.xlsx, .csv, .txt). What is not taken is listed with
// file and line. The error is a *document.Refusal for a file that cannot be read.
func ImportWords(name string) ([]rule.Word, []rule.Problem, error) {
	data, err := load(name)
	if err != nil {
		return nil, nil, err
	}
	words, problems := rule.ParseWords(name, data)
	return words, problems, nil
}

// ImportAllow is ImportWords for an allow list; set says which rules there are.
func ImportAllow(name string, set *rule.Set) ([]rule.Allow, []rule.Problem, error) {
	data, err := load(name)
	if err != nil {
		return nil, nil, err
	}
	list, problems := rule.ParseAllow(name, data, func(id string) bool { return set.Rule(id) != nil })
	return list, problems, nil
}

func load(name string) ([]byte, error) {
	st, err := os.Stat(name)
	if err == nil && st.Size() > maxImport {
		return nil, &document.Refusal{What: "列表超过 64 MB，未读取", Do: "请拆分后分次导入"}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, &document.Refusal{What: "文件无法读取：" + filepath.Base(name), Why: "文件被占用、已移走或没有权限", Do: "请在 WPS 或 Office 中关闭该文件后重试", Detail: err.Error()}
	}
	return data, nil
}

// ExportWords writes the word list to a new file, in the form that its extension
// names (.xlsx, .csv, else tab-separated text). An existing file is not touched.
func ExportWords(name string, words []rule.Word) error {
	return export(name, "词库", wordHead, []float64{30, 8, 30, 30}, len(words), func(i int) []string {
		w := words[i]
		return []string{w.Term, w.Level, w.Note, w.Treatment()}
	})
}

// ExportAllow is ExportWords for the allow list.
func ExportAllow(name string, list []rule.Allow) error {
	return export(name, "白名单", allowHead, []float64{30, 8, 36, 12, 14}, len(list), func(i int) []string {
		a := list[i]
		return []string{a.Term, a.Rule, a.Reason, a.By, a.Day()}
	})
}

func export(name, title string, head []string, widths []float64, n int, row func(i int) []string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return &document.Refusal{What: "同名文件已存在，未导出", Do: "请换一个文件名"}
	}
	if err != nil {
		return &document.Refusal{What: "文件无法写入，未导出", Why: "文件夹不存在、只读或磁盘已满", Do: "请换一个位置", Detail: err.Error()}
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx":
		err = writeSheet(f, title, head, widths, n, row)
	case ".csv":
		err = writeText(f, ',', head, n, row)
	default:
		err = writeText(f, '\t', head, n, row)
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(name) // ours, half written
		return &document.Refusal{What: "未能写完，未导出", Why: "磁盘已满或出错", Do: "请换一个位置", Detail: err.Error()}
	}
	return nil
}

// writeText writes with a mark and CRLF, as spreadsheets on Windows expect.
func writeText(f *os.File, comma rune, head []string, n int, row func(i int) []string) error {
	b := bufio.NewWriter(f)
	if _, err := b.WriteString("\ufeff"); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	if comma == '\t' {
		for i := -1; i < n; i++ {
			r := append([]string(nil), head...)
			if i >= 0 {
				r = row(i)
			}
			for k, v := range r {
				r[k] = flat(v)
			}
			if _, err := b.WriteString(strings.Join(r, "\t") + "\r\n"); err != nil {
				return fmt.Errorf("write list: %w", err)
			}
		}
		return b.Flush()
	}
	w := csv.NewWriter(b)
	w.Comma, w.UseCRLF = comma, true
	for i := -1; i < n; i++ {
		r := append([]string(nil), head...)
		if i >= 0 {
			r = row(i)
		}
		for k, v := range r {
			r[k] = flat(v)
		}
		if err := w.Write(r); err != nil {
			return fmt.Errorf("write list: %w", err)
		}
	}
	w.Flush()
	return errors.Join(w.Error(), b.Flush())
}

// flat keeps a value on its line and in its column.
func flat(v string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, v)
}

func writeSheet(f *os.File, title string, head []string, widths []float64, n int, row func(i int) []string) (err error) {
	x := excelize.NewFile()
	defer func() { err = errors.Join(err, x.Close()) }()
	if err := x.SetSheetName(x.GetSheetName(0), title); err != nil {
		return fmt.Errorf("name sheet: %w", err)
	}
	bold, err := x.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDEDED"}}})
	if err != nil {
		return fmt.Errorf("make style: %w", err)
	}
	s, err := x.NewStreamWriter(title)
	if err != nil {
		return fmt.Errorf("open sheet: %w", err)
	}
	for i, w := range widths {
		if err := s.SetColWidth(i+1, i+1, w); err != nil {
			return fmt.Errorf("set width: %w", err)
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("freeze head: %w", err)
	}
	cells := make([]any, len(head))
	for i := -1; i < n; i++ {
		for k := range cells {
			cells[k] = excelize.Cell{StyleID: bold, Value: head[k]}
		}
		if i >= 0 {
			for k, v := range row(i) {
				cells[k] = v
			}
		}
		if err := s.SetRow(fmt.Sprintf("A%d", i+2), cells); err != nil {
			return fmt.Errorf("write row: %w", err)
		}
	}
	if err := s.Flush(); err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	if _, err := x.WriteTo(f); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}
