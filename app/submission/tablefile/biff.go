package tablefile

import (
	"encoding/binary"
	"math"
	"strings"

	"jinggao/sanitize/document"
)

// BIFF8, the records of a 97–2003 workbook (and of WPS .et, which is the same).
const (
	recFormula     = 0x0006
	recEOF         = 0x000A
	recDateMode    = 0x0022
	recFilePass    = 0x002F
	recContinue    = 0x003C
	recBoundSheet  = 0x0085
	recMulRK       = 0x00BD
	recRString     = 0x00D6
	recXF          = 0x00E0
	recMergedCells = 0x00E5
	recSST         = 0x00FC
	recLabelSST    = 0x00FD
	recNumber      = 0x0203
	recLabel       = 0x0204
	recBoolErr     = 0x0205
	recString      = 0x0207
	recRow         = 0x0208
	recRK          = 0x027E
	recFormat      = 0x041E
	recBOF         = 0x0809
)

// record is one record with the data of its continuations apart, because strings
// that run over the edge begin anew there.
type record struct {
	id   uint16
	at   int // offset in the stream
	segs [][]byte
}

func (r *record) data() []byte { return r.segs[0] }

// readXLS reads the sheets of a 97–2003 workbook.
func readXLS(data []byte) ([]Grid, error) {
	s, err := oleStream(data, "Workbook")
	if err != nil {
		return nil, err
	}
	if s == nil {
		return nil, &document.Refusal{What: "表格格式过旧，无法读取", Why: "文件为 Excel 5/95 格式", Do: "请用 WPS 或 Office 打开，另存为 .xlsx 后再导入"}
	}
	recs, err := splitRecords(s)
	if err != nil {
		return nil, err
	}
	b := &biff{custom: map[int]numberFormat{}}
	if err := b.globals(recs); err != nil {
		return nil, err
	}
	byOffset := map[int]int{}
	for i := range recs {
		if recs[i].id == recBOF {
			byOffset[recs[i].at] = i
		}
	}
	var out []Grid
	for _, sh := range b.sheets {
		i, ok := byOffset[sh.offset]
		if !ok {
			return nil, errDamaged("sheet does not begin where it should")
		}
		g := Grid{Sheet: sh.name, First: 1, Hidden: sh.hidden}
		if err := b.sheet(recs[i+1:], &g); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

func splitRecords(s []byte) ([]record, error) {
	var out []record
	for i := 0; i+4 <= len(s); {
		id, n := binary.LittleEndian.Uint16(s[i:]), int(binary.LittleEndian.Uint16(s[i+2:]))
		if i+4+n > len(s) {
			if len(out) > 0 && id == 0 {
				break // padding at the end of the stream
			}
			return nil, errDamaged("record runs over the end")
		}
		body := s[i+4 : i+4+n]
		if id == recContinue && len(out) > 0 {
			last := &out[len(out)-1]
			last.segs = append(last.segs, body)
		} else {
			out = append(out, record{id: id, at: i, segs: [][]byte{body}})
		}
		i += 4 + n
	}
	if len(out) == 0 || out[0].id != recBOF {
		return nil, errDamaged("no workbook records")
	}
	return out, nil
}

type biffSheet struct {
	name   string
	offset int
	hidden bool
}

type biff struct {
	date1904 bool
	sheets   []biffSheet
	strings  []string
	custom   map[int]numberFormat
	formats  []numberFormat // by XF
}

// globals reads what stands before the first sheet.
func (b *biff) globals(recs []record) error {
	var xfs []int
	for i := range recs {
		r := &recs[i]
		d := r.data()
		switch r.id {
		case recFilePass:
			return unsupported("encrypted")
		case recDateMode:
			b.date1904 = u16(d, 0) == 1
		case recBoundSheet:
			if len(d) < 8 || d[5] != 0 {
				continue // charts and macro sheets
			}
			name, _ := shortString(d[6:], int(d[6]), 1)
			b.sheets = append(b.sheets, biffSheet{name: name, offset: int(u32(d, 0)), hidden: d[4]&3 != 0})
		case recFormat:
			if len(d) > 5 {
				code, _ := shortString(d[2:], u16(d, 2), 2)
				b.custom[u16(d, 0)] = parseFormat(code)
			}
		case recXF:
			xfs = append(xfs, u16(d, 2))
		case recSST:
			if err := b.sst(r); err != nil {
				return err
			}
		case recEOF:
			for _, id := range xfs {
				nf, ok := b.custom[id]
				if !ok {
					nf = builtin(id)
				}
				b.formats = append(b.formats, nf)
			}
			return nil
		}
	}
	return errDamaged("workbook records have no end")
}

func u16(d []byte, at int) int {
	if at+2 > len(d) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(d[at:]))
}

func u32(d []byte, at int) uint32 {
	if at+4 > len(d) {
		return 0
	}
	return binary.LittleEndian.Uint32(d[at:])
}

// sheet reads cells up to the end of the sheet; embedded charts are stepped over.
func (b *biff) sheet(recs []record, g *Grid) error {
	depth := 0
	var merges [][4]int
	pending := [2]int{-1, -1} // formula whose text follows
	for i := range recs {
		r := &recs[i]
		d := r.data()
		switch {
		case r.id == recBOF:
			depth++
			continue
		case r.id == recEOF:
			if depth--; depth < 0 {
				for _, m := range merges {
					g.merge(m[0], m[1], m[2], m[3])
				}
				return nil
			}
			continue
		case depth > 0:
			continue
		}
		var err error
		switch r.id {
		case recRow:
			if len(d) >= 14 && d[12]&0x20 != 0 {
				g.HiddenRows = append(g.HiddenRows, u16(d, 0))
			}
		case recMergedCells:
			for k := range u16(d, 0) {
				at := 2 + 8*k
				merges = append(merges, [4]int{u16(d, at), u16(d, at+4), u16(d, at+2), u16(d, at+6)})
			}
		case recFormula:
			pending, err = b.formula(d, g)
		case recString:
			if pending[0] >= 0 {
				s := &segmented{segs: r.segs}
				n := s.u16()
				flags := append(s.bytes(1), 0)
				err = g.set(pending[0], pending[1], Cell{Text: s.chars(n, flags[0]&1 != 0)})
				pending = [2]int{-1, -1}
			}
		default:
			err = b.value(r, g)
		}
		if err != nil {
			return err
		}
	}
	return errDamaged("sheet has no end")
}

func (b *biff) formula(d []byte, g *Grid) (pending [2]int, err error) {
	none := [2]int{-1, -1}
	if len(d) < 14 {
		return none, nil
	}
	row, col, xf := u16(d, 0), u16(d, 2), u16(d, 4)
	if d[12] == 0xFF && d[13] == 0xFF {
		if d[6] == 0 {
			return [2]int{row, col}, nil
		}
		return none, nil // empty, logical or an error: no text for us
	}
	return none, g.set(row, col, b.number(math.Float64frombits(binary.LittleEndian.Uint64(d[6:])), xf))
}

// value reads the records that hold a cell, or a run of cells.
func (b *biff) value(r *record, g *Grid) error {
	d := r.data()
	if len(d) < 6 {
		return nil
	}
	row, col, xf := u16(d, 0), u16(d, 2), u16(d, 4)
	switch r.id {
	case recLabelSST:
		if i := int(u32(d, 6)); i >= 0 && i < len(b.strings) {
			return g.set(row, col, Cell{Text: b.strings[i]})
		}
	case recLabel, recRString:
		if len(d) > 8 {
			text, _ := shortString(d[6:], u16(d, 6), 2)
			return g.set(row, col, Cell{Text: text})
		}
	case recNumber:
		if len(d) >= 14 {
			return g.set(row, col, b.number(math.Float64frombits(binary.LittleEndian.Uint64(d[6:])), xf))
		}
	case recRK:
		return g.set(row, col, b.number(rk(u32(d, 6)), xf))
	case recMulRK:
		for k := 0; 4+6*k+6 <= len(d)-2; k++ {
			if err := g.set(row, col+k, b.number(rk(u32(d, 6+6*k)), u16(d, 4+6*k))); err != nil {
				return err
			}
		}
	case recBoolErr:
		if len(d) >= 8 && d[7] == 0 {
			return g.set(row, col, Cell{Text: strings.ToUpper(map[bool]string{true: "true", false: "false"}[d[6] != 0])})
		}
	}
	return nil
}

// rk unpacks a number stored in 30 bits.
func rk(v uint32) float64 {
	var f float64
	if v&2 != 0 {
		f = float64(int32(v) >> 2)
	} else {
		f = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}

func (b *biff) number(f float64, xf int) Cell {
	nf := numberFormat{}
	if xf < len(b.formats) {
		nf = b.formats[xf]
	}
	return numberCell(f, nf, b.date1904)
}
