package tablefile

import (
	"encoding/binary"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"

	"jinggao/sanitize/document"
)

// Word 97–2003 (and WPS Writer .wps, which is the same). The text is a list of
// pieces; a table cell ends with 0x07, and so does a row, whose end mark stands in
// a paragraph of its own with the property sprmPFTtp. To tell one from the other
// the paragraph properties (PAPX) are read.

const (
	fibMagic   = 0xA5EC
	fibClx     = 33
	fibChpx    = 12
	fibPapx    = 13
	sprmFTtp   = 0x2417 // row end mark
	sprmInTbl  = 0x2416 // paragraph inside a table
	sprmTDef   = 0xD608 // cells of a row
	sprmProps  = 0x646B // table properties kept in the Data stream
	sprmHuge   = 0x6646 // all properties kept in the Data stream
	sprmDel    = 0x0800 // struck out in a revision
	sprmVanish = 0x083C // hidden text
	cellMark   = 0x07
	paraMark   = 0x0D
	fieldBegin = 0x13
	fieldSep   = 0x14
	fieldEnd   = 0x15
)

type wordPiece struct {
	cp0, cp1 int
	fc       int  // byte offset in the WordDocument stream
	narrow   bool // one byte a character
}

type wordDoc struct {
	main   []byte
	table  []byte
	pieces []wordPiece
	data   []byte
	paras  map[int]docPara // by the offset in the main stream at which the paragraph ends
	gone   [][2]int        // stretches of the main stream that are struck out or hidden
	ccp    int             // characters of the main text
}

// docPara is what the properties of a paragraph say about tables.
type docPara struct {
	inTable, rowEnd bool
	below           []bool // of a row end: which cells go on with the cell above
}

// readDOC reads the tables of a 97–2003 Word document.
func readDOC(data []byte) ([]Grid, error) {
	w := &wordDoc{}
	if err := w.open(data); err != nil {
		return nil, err
	}
	if err := w.clx(); err != nil {
		return nil, err
	}
	w.papx()
	w.chpx()
	return w.tables()
}

func (w *wordDoc) open(data []byte) error {
	var err error
	if w.main, err = oleStream(data, "WordDocument"); err != nil {
		return err
	}
	if len(w.main) < 0x200 || u16(w.main, 0) != fibMagic {
		return errDamaged("no word document stream")
	}
	if u16(w.main, 2) < 0xC1 {
		return &document.Refusal{What: "文档格式过旧，无法读取", Why: "文件为 Word 6/95 格式", Do: "请用 WPS 或 Office 打开，另存为 .docx 后再导入"}
	}
	flags := u16(w.main, 0x0A)
	if flags&0x0100 != 0 {
		return unsupported("encrypted")
	}
	name := "0Table"
	if flags&0x0200 != 0 {
		name = "1Table"
	}
	if w.table, err = oleStream(data, name); err != nil {
		return err
	}
	if w.table == nil {
		return errDamaged("no table stream")
	}
	w.data, err = oleStream(data, "Data")
	return err
}

// pair gives an entry of FibRgFcLcb: offset and length in the table stream.
func (w *wordDoc) pair(n int) []byte {
	at := 0x20
	at += 2 + 2*u16(w.main, at)
	lw := at + 2
	w.ccp = int(u32(w.main, lw+4*3))
	at += 2 + 4*u16(w.main, at)
	if n >= u16(w.main, at) {
		return nil
	}
	fc, lcb := u32(w.main, at+2+8*n), u32(w.main, at+2+8*n+4)
	if uint64(fc)+uint64(lcb) > uint64(len(w.table)) {
		return nil
	}
	return w.table[fc : fc+lcb]
}

func (w *wordDoc) clx() error {
	clx := w.pair(fibClx)
	for len(clx) > 0 && clx[0] == 1 {
		n := 3 + u16(clx, 1)
		if n > len(clx) {
			return errDamaged("piece table cut off")
		}
		clx = clx[n:]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return errDamaged("no piece table")
	}
	size := int(u32(clx, 1))
	plc := clx[5:]
	if size > len(plc) || size < 4 {
		return errDamaged("piece table cut off")
	}
	n := (size - 4) / 12
	for i := range n {
		raw := u32(plc, 4*(n+1)+8*i+2)
		p := wordPiece{cp0: int(u32(plc, 4*i)), cp1: int(u32(plc, 4*i+4)), fc: int(raw & 0x3FFFFFFF), narrow: raw&0x40000000 != 0}
		if p.narrow {
			p.fc /= 2
		}
		if p.cp1 < p.cp0 {
			return errDamaged("piece table out of order")
		}
		w.pieces = append(w.pieces, p)
	}
	return nil
}

// papx reads what paragraphs have to do with tables, from the 512-byte pages of
// paragraph properties.
func (w *wordDoc) papx() {
	w.paras = map[int]docPara{}
	plc := w.pair(fibPapx)
	n := (len(plc) - 4) / 8
	for i := range max(n, 0) {
		page := int(u32(plc, 4*(n+1)+4*i)) * 512
		if page < 0 || page+512 > len(w.main) {
			continue
		}
		w.papxPage(w.main[page : page+512])
	}
}

func (w *wordDoc) papxPage(p []byte) {
	n := int(p[511])
	for k := range n {
		end := int(u32(p, 4*(k+1)))
		at := 4*(n+1) + 13*k
		if at >= 511 {
			return
		}
		off := int(p[at]) * 2
		if off == 0 || off+1 >= 511 {
			continue
		}
		size, start := 2*int(p[off])-1, off+1
		if p[off] == 0 {
			size, start = 2*int(p[off+1]), off+2
		}
		if size < 2 || start+size > 511 {
			continue
		}
		var d docPara
		w.properties(p[start+2:start+size], &d, 0)
		if d.inTable || d.rowEnd {
			w.paras[end] = d
		}
	}
}

// chpx reads which characters are struck out or hidden, from the pages of character
// properties.
func (w *wordDoc) chpx() {
	plc := w.pair(fibChpx)
	n := (len(plc) - 4) / 8
	for i := range max(n, 0) {
		page := int(u32(plc, 4*(n+1)+4*i)) * 512
		if page < 0 || page+512 > len(w.main) {
			continue
		}
		p := w.main[page : page+512]
		runs := int(p[511])
		for k := range runs {
			at := 4*(runs+1) + k
			if at >= 511 {
				break
			}
			off := int(p[at]) * 2
			if off == 0 || off >= 511 || off+1+int(p[off]) > 511 {
				continue
			}
			if goneRun(p[off+1 : off+1+int(p[off])]) {
				w.gone = append(w.gone, [2]int{int(u32(p, 4*k)), int(u32(p, 4*(k+1)))})
			}
		}
	}
	sort.Slice(w.gone, func(i, j int) bool { return w.gone[i][0] < w.gone[j][0] })
}

func goneRun(props []byte) bool {
	for len(props) >= 3 {
		sprm := u16(props, 0)
		n := sprmSize(sprm, props)
		if (sprm == sprmDel || sprm == sprmVanish) && props[2] == 1 {
			return true
		}
		if n > len(props) {
			return false
		}
		props = props[n:]
	}
	return false
}

// properties walks a list of properties.
func (w *wordDoc) properties(props []byte, d *docPara, depth int) {
	for len(props) >= 3 {
		sprm := u16(props, 0)
		n := sprmSize(sprm, props)
		if n > len(props) {
			return
		}
		switch sprm {
		case sprmFTtp:
			d.rowEnd = props[2] != 0
		case sprmInTbl:
			d.inTable = props[2] != 0
		case sprmTDef:
			d.below = mergedBelow(props[4:n])
		case sprmProps, sprmHuge:
			at := int(u32(props, 2))
			if depth == 0 && at >= 0 && at+2 <= len(w.data) {
				end := min(len(w.data), at+2+u16(w.data, at))
				w.properties(w.data[at+2:end], d, 1)
			}
		}
		props = props[n:]
	}
}

// sprmSize is the length of a property with its operand.
func sprmSize(sprm int, props []byte) int {
	switch sprm >> 13 {
	case 0, 1:
		return 3
	case 2, 4, 5:
		return 4
	case 3:
		return 6
	case 7:
		return 5
	}
	if sprm == sprmTDef { // two bytes of length, one too many
		return 3 + u16(props, 2)
	}
	return 3 + int(props[2])
}

// mergedBelow reads from the definition of a row which cells continue the one above.
func mergedBelow(def []byte) []bool {
	if len(def) == 0 {
		return nil
	}
	n := int(def[0])
	tc := 1 + 2*(n+1)
	out := make([]bool, n)
	for i := range n {
		if at := tc + 20*i; at+2 <= len(def) {
			out[i] = u16(def, at)>>5&3 == 1
		}
	}
	return out
}

// docChar is a character of the main text; para is set on the last of a paragraph.
type docChar struct {
	r    uint16
	para docPara
}

func (w *wordDoc) text() []docChar {
	var out []docChar
	for _, p := range w.pieces {
		for cp := p.cp0; cp < p.cp1 && cp < w.ccp; cp++ {
			k := cp - p.cp0
			var c docChar
			var end int
			if p.narrow {
				at := p.fc + k
				if at >= len(w.main) {
					return out
				}
				c.r, end = cp1252(w.main[at]), at+1
			} else {
				at := p.fc + 2*k
				if at+2 > len(w.main) {
					return out
				}
				c.r, end = binary.LittleEndian.Uint16(w.main[at:]), at+2
			}
			if c.r == cellMark || c.r == paraMark {
				c.para = w.paras[end]
			} else if w.isGone(end - 1) {
				continue
			}
			out = append(out, c)
			if len(out) > 16<<20 {
				return out
			}
		}
	}
	return out
}

func (w *wordDoc) isGone(at int) bool {
	i := sort.Search(len(w.gone), func(i int) bool { return w.gone[i][0] > at })
	return i > 0 && at < w.gone[i-1][1]
}

func cp1252(b byte) uint16 {
	switch b {
	case 0x91, 0x92:
		return '’'
	case 0x93:
		return '“'
	case 0x94:
		return '”'
	case 0x96, 0x97:
		return '—'
	case 0x85:
		return '…'
	case 0xB7:
		return '·'
	}
	return uint16(b)
}

// docTables cuts the text into tables: rows follow each other without a paragraph
// in between.
type docTables struct {
	out    []Grid
	open   bool // the last grid goes on
	cell   []uint16
	row    []Cell
	before []string
}

func (w *wordDoc) tables() ([]Grid, error) {
	t := &docTables{}
	field := 0 // depth of field instructions
	for _, c := range w.text() {
		switch {
		case c.r == fieldBegin:
			field++
		case c.r == fieldSep || c.r == fieldEnd:
			field = max(0, field-1)
		case field > 0:
		case c.r == cellMark && c.para.rowEnd:
			if err := t.endRow(c.para.below); err != nil {
				return nil, err
			}
		case c.r == cellMark:
			if len(t.row) < maxCols {
				t.row = append(t.row, Cell{Text: docText(t.cell)})
			}
			t.cell = nil
		case c.r == paraMark && !c.para.inTable && len(t.row) == 0:
			if s := docText(t.cell); s != "" {
				t.before, t.open = append(t.before, s), false
			}
			t.cell = nil
		default:
			t.cell = append(t.cell, c.r)
		}
	}
	for i := range t.out {
		t.out[i].Sheet = "表 " + strconv.Itoa(t.out[i].Table)
	}
	return t.out, nil
}

func (t *docTables) endRow(below []bool) error {
	if !t.open {
		t.out = append(t.out, Grid{Table: len(t.out) + 1, First: 1, Before: t.before})
		t.before, t.open = nil, true
	}
	g := &t.out[len(t.out)-1]
	if len(g.Rows) >= maxRows {
		return errTooLarge()
	}
	for i := range t.row {
		if i < len(below) && below[i] && t.row[i].Text == "" && len(g.Rows) > 0 {
			t.row[i] = Cell{Text: g.Text(len(g.Rows)-1, i), Merged: true}
		}
	}
	g.Rows = append(g.Rows, t.row)
	t.row, t.cell = nil, nil
	return nil
}

// docText turns the characters of a cell into text; marks of pictures, notes and
// the like go.
func docText(us []uint16) string {
	var out strings.Builder
	for _, r := range utf16.Decode(us) {
		switch {
		case r == paraMark || r == 0x0B || r == 0x0C || r == 0x0E:
			out.WriteByte('\n')
		case r == 0x1E:
			out.WriteByte('-')
		case r == '\t':
			out.WriteByte(' ')
		case r < 0x20:
		default:
			out.WriteRune(r)
		}
	}
	return strings.TrimSpace(out.String())
}
