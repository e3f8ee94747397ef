package rule

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of a list in a spreadsheet.
const (
	maxSheetBytes = 512 << 20 // unpacked
	maxSheetRows  = 500_000
	maxSheetCells = 16 // per row; the rest is not ours
)

func isSheet(name string, data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || strings.HasSuffix(strings.ToLower(name), ".xlsx")
}

// readSheet cuts the first sheet that holds anything into rows. Formulas are never
// calculated.
func readSheet(name string, data []byte) (rows []row, problems []Problem) {
	defer func() {
		if r := recover(); r != nil {
			rows, problems = nil, []Problem{{name, 0, "表格文件已损坏，无法读取"}}
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxSheetBytes, UnzipXMLSizeLimit: maxSheetBytes, RawCellValue: true})
	if err != nil {
		return nil, []Problem{{name, 0, sheetFault(err)}}
	}
	defer func() { _ = f.Close() }()
	for _, s := range f.GetSheetList() {
		rows, err = sheetRows(f, s)
		if err != nil {
			return nil, []Problem{{name, 0, "工作表“" + s + "”：" + sheetFault(err)}}
		}
		if len(rows) > 0 {
			return rows, nil
		}
	}
	return nil, []Problem{{name, 0, "列表是空的"}}
}

var errTooManyRows = errors.New("too many rows")

func sheetRows(f *excelize.File, sheet string) ([]row, error) {
	in, err := f.Rows(sheet)
	if err != nil {
		return nil, fmt.Errorf("open sheet: %w", err)
	}
	defer func() { _ = in.Close() }()
	var out []row
	for n := 1; in.Next(); n++ {
		cells, err := in.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, fmt.Errorf("read row %d: %w", n, err)
		}
		cells = cells[:min(len(cells), maxSheetCells)]
		if blank(cells) || strings.HasPrefix(strings.TrimSpace(cells[0]), "#") {
			continue
		}
		if len(out) == maxSheetRows {
			return nil, errTooManyRows
		}
		out = append(out, row{n, cells})
	}
	return out, in.Error()
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

func sheetFault(err error) string {
	switch {
	case errors.Is(err, errTooManyRows):
		return fmt.Sprintf("超过 %d 行", maxSheetRows)
	case errors.Is(err, excelize.ErrWorkbookFileFormat):
		return "不是 .xlsx 表格，或已加密；请另存为未加密的 .xlsx"
	}
	return "表格文件已损坏或不是 .xlsx，无法读取"
}
