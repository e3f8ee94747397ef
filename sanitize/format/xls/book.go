package xls

import (
	"strings"

	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/xlsx"
)

const (
	maxCells   = 3_000_000
	maxStrings = 4_000_000
	maxRow     = 1 << 16
	maxCol     = 1 << 8
)

// Book is a workbook taken apart.
type Book struct {
	Sheets   []*Sheet
	Date1904 bool

	container *ole.File
	strings   []string
	used      []bool
	formats   map[int]string
	xfs       []xf
	fonts     []font
	styles    map[int]*fresh.CellStyle // made of xfs
	blanks    int                      // blank cells kept
	palette   map[int][3]byte
	loose     []note // texts of the workbook itself
	total     int    // cells read
	boundAt   []int
}

// note is a text that is no cell, with where it belongs.
type note struct{ rule, kind, text string }

// Sheet is a sheet of the book.
type Sheet struct {
	Name   string
	Hidden bool
	Kind   int // 0 worksheet, 1 macro sheet, 2 chart, 6 code
	Cells  []Cell
	Merges [][4]int // first row, first column, last row, last column
	// HiddenRows and HiddenCols are told by number from 0.
	HiddenRows, HiddenCols map[int]bool
	Widths                 map[int]float64 // in characters
	Heights                map[int]fresh.Height

	page       fresh.BookPage
	wide       float64 // of columns, as the sheet and the program say
	standard   float64
	tall       float64 // of rows, in points
	frozen     bool
	blanks     []blank
	blanksLost bool // more of them than are kept
	printsLost bool // what is printed is no plain block

	heads    []string
	boxes    []string
	chart    []string
	loose    []note
	pictures int
	drawing  []byte
	lastObj  [2]int // kind and id of the object whose text follows
	objText  map[int]string
	notes    [][3]int // row, column, object
	authors  []string
	pending  int // index of the formula cell whose text follows, -1 none
}

// Cell is one cell as it is displayed.
type Cell struct {
	Row, Col int
	Text     string
	Value    float64 // of a number
	Number   bool
	Format   string // number format code of a number
	FormatID int    // number of the format, for those without a code
	xf       int
}

// Open takes a workbook apart. Errors are *document.Refusal.
func Open(data []byte) (*Book, error) {
	c, err := ole.Open(data)
	if err != nil {
		return nil, err
	}
	if c.Protected() {
		return nil, ole.ErrEncrypted()
	}
	s := c.Top("Workbook")
	if s == nil {
		if c.Top("Book") != nil {
			return nil, ole.ErrOld("Excel 5/95", "xlsx")
		}
		return nil, ole.ErrDamaged("no workbook stream")
	}
	recs, err := splitRecords(s)
	if err != nil {
		return nil, err
	}
	if u16(recs[0].data(), 0) != 0x0600 {
		return nil, ole.ErrOld("Excel 5/95", "xlsx")
	}
	b := &Book{container: c, formats: map[int]string{}, palette: map[int][3]byte{}, styles: map[int]*fresh.CellStyle{}}
	if err := b.globals(recs); err != nil {
		return nil, err
	}
	byOffset := map[int]int{}
	for i := range recs {
		if recs[i].id == recBOF {
			byOffset[recs[i].at] = i
		}
	}
	for k, sh := range b.Sheets {
		i, ok := byOffset[b.boundAt[k]]
		if !ok {
			return nil, ole.ErrDamaged("sheet does not begin where it should")
		}
		if err := b.sheet(recs[i+1:], sh); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// globals reads what stands before the first sheet.
func (b *Book) globals(recs []record) error {
	for i := 1; i < len(recs); i++ {
		r := &recs[i]
		d := r.data()
		switch r.id {
		case recFilePass:
			return ole.ErrEncrypted()
		case recDateMode:
			b.Date1904 = u16(d, 0) == 1
		case recBoundSheet:
			if len(d) < 8 {
				continue
			}
			b.Sheets = append(b.Sheets, &Sheet{
				Name: shortString(d[6:], int(d[6]), 1), Hidden: d[4]&3 != 0, Kind: int(d[5]), HiddenRows: map[int]bool{}, HiddenCols: map[int]bool{},
				Widths: map[int]float64{}, Heights: map[int]fresh.Height{}, page: fresh.NewBookPage(), objText: map[int]string{}, pending: -1,
			})
			b.boundAt = append(b.boundAt, int(u32(d, 0)))
		case recFormat:
			if len(d) > 5 {
				b.formats[u16(d, 0)] = shortString(d[2:], u16(d, 2), 2)
			}
		case recXF:
			b.xfs = append(b.xfs, readXF(d))
		case recFont:
			b.fonts = append(b.fonts, readFont(d))
		case recPalette:
			for k := range min(u16(d, 0), (len(d)-2)/4) {
				b.palette[8+k] = [3]byte(d[2+4*k : 5+4*k])
			}
		case recSST:
			if err := b.sst(r); err != nil {
				return err
			}
		case recEOF:
			return nil
		case recName:
			b.printName(d)
			b.loose = append(b.loose, looseTexts(r)...)
		default:
			b.loose = append(b.loose, looseTexts(r)...)
		}
	}
	return ole.ErrDamaged("workbook records have no end")
}

// sst reads the shared strings; rich text is stepped over, phonetic guides are kept apart.
func (b *Book) sst(r *record) error {
	s := &segmented{segs: r.segs}
	s.bytes(4)
	total := int(u32(s.bytes(4), 0))
	if total < 0 || total > maxStrings {
		return ole.ErrTooLarge()
	}
	for range total {
		n := s.u16()
		flags := s.bytes(1)
		if s.bad || len(flags) == 0 {
			return ole.ErrDamaged("shared strings cut off")
		}
		runs, ext := 0, 0
		if flags[0]&8 != 0 {
			runs = s.u16()
		}
		if flags[0]&4 != 0 {
			ext = int(u32(s.bytes(4), 0))
		}
		text := s.chars(n, flags[0]&1 != 0)
		s.bytes(4 * runs)
		if ext > 0 && ext < 1<<24 {
			for _, t := range ole.Readable(s.bytes(ext)) {
				b.loose = append(b.loose, note{"N03", "拼音注音", t})
			}
		}
		if s.bad {
			return ole.ErrDamaged("shared strings cut off")
		}
		b.strings = append(b.strings, text)
	}
	b.used = make([]bool, len(b.strings))
	return nil
}

// formatOf gives the number format code of a cell style.
func (b *Book) formatOf(i int) string {
	if i < 0 || i >= len(b.xfs) {
		return ""
	}
	if f, ok := b.formats[b.xfs[i].format]; ok {
		return f
	}
	return xlsx.Builtin(b.xfs[i].format)
}

// invisible tells why a cell of this style shows nothing, "" if it does.
func (b *Book) invisible(i int) string {
	if i < 0 || i >= len(b.xfs) {
		return ""
	}
	if f := strings.TrimSpace(b.formatOf(i)); f != "" && strings.Trim(f, "; ") == "" && strings.Count(f, ";") >= 2 {
		return "数字格式隐藏的内容"
	}
	x := b.xfs[i]
	f := b.fontOf(x)
	if f == nil {
		return ""
	}
	if f.height > 0 && f.height <= 40 {
		return "极小字"
	}
	if x.pattern == 0 && b.white(f.colour) || x.pattern == 1 && b.rgb(f.colour) == b.rgb(x.fore) && f.colour != 0x7FFF {
		return "与底色相同的文字"
	}
	return ""
}
