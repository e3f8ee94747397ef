package submission

import (
	"context"
	"errors"
	"io"

	"jinggao/sanitize/finding"
)

var errSoon = errors.New("尚未接通")

// ReadGrids reads the tables of a foreign file (.xlsx, .csv, .docx, .xls …) from
// memory. It touches no disk and may run in a child process. A file that is no
// table, is damaged or encrypted gives a *document.Refusal.
func ReadGrids(name string, data []byte) ([]Grid, error) { return nil, errSoon }

// Guess finds the header of a grid by its words and says which column is which.
func Guess(g *Grid, c *Campaign) Mapping { return Mapping{Head: -1} }

// Take reads the rows of a grid by a mapping.
func Take(g *Grid, m Mapping, c *Campaign) Taken { return Taken{Grid: g, Mapping: m} }

// ImportFile reads a file from disk with guessed mappings. An error is returned
// only when ctx ends; a file that cannot be read is in Refused.
func ImportFile(ctx context.Context, path string, c *Campaign) (*Imported, error) {
	return nil, errSoon
}

// ParsePasted reads text copied from Excel or WPS (tab-separated, CRLF, quoted
// cells). Where the first line is a header it maps the columns; otherwise the
// columns are taken from `at` on, in the order of Editable.
func ParsePasted(text string, at Column, c *Campaign) []Row { return nil }

// Check finds what is wrong with the rows and the line above the table. Problems
// come in the order of the rows. 5,000 rows take well under a second.
func Check(rows []Row, h Header, c *Campaign) []Problem { return nil }

// Scanner is the engine's ScanText.
type Scanner func(label, text string) []finding.Finding

// CellFinding is a finding in a cell of the table.
type CellFinding struct {
	RowID   string
	Column  Column
	Finding finding.Finding
}

// ScanRows looks for sensitive content in every cell and in the line above the
// table. In 联系人 and 联系方式 a name and a phone number are what the form asks
// for and are left out; anything else there is a finding.
func ScanRows(rows []Row, h Header, scan Scanner) []CellFinding { return nil }

// SensitiveProblems puts cell findings as problems, the text masked.
func SensitiveProblems(rows []Row, fs []CellFinding) []Problem { return nil }

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
