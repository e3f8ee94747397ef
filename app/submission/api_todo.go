package submission

import (
	"errors"
	"io"
)

var errSoon = errors.New("尚未接通")

// Table is what is written: the rows in order under the line above.
type Table struct {
	Campaign *Campaign
	Header   Header
	Rows     []Row
	Internal bool // with 联合申报机构, 内部备注 and source; never to be sent
}

// ExportXLSX writes the official table as a workbook. No rows give a 零报告.
func ExportXLSX(w io.Writer, t Table) error { return errSoon }

// ExportDOCX writes the same table as a Word document.
func ExportDOCX(w io.Writer, t Table) error { return errSoon }

// ExportCSV writes it as UTF-8 CSV with a BOM, safe against formulas.
func ExportCSV(w io.Writer, t Table) error { return errSoon }
