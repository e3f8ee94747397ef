package xls

import (
	"encoding/binary"
	"math"
	"sort"
	"strconv"
	"strings"

	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
	"jinggao/sanitize/format/xlsx"
)

// sheet reads the records of a sheet up to its end.
func (b *Book) sheet(recs []record, sh *Sheet) error {
	depth := 0
	for i := range recs {
		r := &recs[i]
		switch {
		case r.id == recBOF:
			depth++
			continue
		case r.id == recEOF:
			if depth--; depth < 0 {
				sh.finish()
				return nil
			}
			continue
		case r.id == recFilePass:
			return ole.ErrEncrypted()
		case depth > 0 || sh.Kind == 2:
			sh.chartText(r)
			continue
		}
		if err := b.sheetRecord(r, sh); err != nil {
			return err
		}
	}
	return ole.ErrDamaged("sheet has no end")
}

func (b *Book) sheetRecord(r *record, sh *Sheet) error {
	d := r.data()
	switch r.id {
	case recBlank, recMulBlank:
		b.blank(sh, d, r.id == recMulBlank)
	case recMergedCells:
		for k := range min(u16(d, 0), (len(d)-2)/8) {
			at := 2 + 8*k
			sh.Merges = append(sh.Merges, [4]int{u16(d, at), u16(d, at+4), u16(d, at+2), u16(d, at+6)})
		}
	case recHeader, recFooter:
		if len(d) > 3 {
			sh.heads = append(sh.heads, headText(shortString(d, u16(d, 0), 2)))
		}
	case recObj:
		sh.lastObj = [2]int{u16(d, 4), u16(d, 6)}
		if sh.lastObj[0] == 8 {
			sh.pictures++
		}
	case recTXO:
		sh.objectText(r)
	case recNote:
		if len(d) > 11 {
			sh.notes = append(sh.notes, [3]int{u16(d, 0), u16(d, 2), u16(d, 6)})
			sh.authors = append(sh.authors, shortString(d[8:], u16(d, 8), 2))
		}
	case recDrawing:
		sh.drawing = append(sh.drawing, r.joined()...)
	case recFormula:
		return b.formula(d, sh)
	case recString:
		sh.result(r)
	default:
		if done, err := b.value(r, sh); done || err != nil {
			return err
		}
		if sh.pageRecord(r.id, d) {
			return nil
		}
		sh.loose = append(sh.loose, looseTexts(r)...)
	}
	return nil
}

// columns takes the width of some columns and whether they are hidden.
func (sh *Sheet) columns(d []byte) {
	for c := u16(d, 0); c <= min(u16(d, 2), maxCol-1); c++ {
		w := u16(d, 4)
		sh.Widths[c] = float64(w) / 256
		if u16(d, 8)&1 != 0 || w == 0 {
			sh.HiddenCols[c] = true
		}
	}
}

// result takes the text that the formula before it gave.
func (sh *Sheet) result(r *record) {
	if sh.pending < 0 {
		return
	}
	s := &segmented{segs: r.segs}
	n := s.u16()
	flags := append(s.bytes(1), 0)
	sh.Cells[sh.pending].Text = s.chars(n, flags[0]&1 != 0)
	sh.pending = -1
}

func (b *Book) add(sh *Sheet, c Cell) error {
	if b.total++; b.total > maxCells {
		return ole.ErrTooLarge()
	}
	sh.Cells = append(sh.Cells, c)
	return nil
}

var errorTexts = map[byte]string{0: "#NULL!", 7: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

// formula reads the stored result of a formula, and the texts that stand in it.
func (b *Book) formula(d []byte, sh *Sheet) error {
	if len(d) < 20 {
		return nil
	}
	c := Cell{Row: u16(d, 0), Col: u16(d, 2), xf: u16(d, 4)}
	for _, t := range formulaTexts(d[20:]) {
		sh.loose = append(sh.loose, note{"N03", "公式", t})
	}
	if d[12] != 0xFF || d[13] != 0xFF {
		return b.add(sh, b.number(c, math.Float64frombits(binary.LittleEndian.Uint64(d[6:]))))
	}
	switch d[6] {
	case 0:
		sh.pending = len(sh.Cells)
	case 1:
		c.Text = map[bool]string{true: "TRUE", false: "FALSE"}[d[8] != 0]
	case 2:
		c.Text = errorTexts[d[8]]
	}
	return b.add(sh, c)
}

// formulaTexts gives the string constants of a formula.
func formulaTexts(d []byte) []string {
	var out []string
	for i := 0; i+3 < len(d); i++ {
		if d[i] != 0x17 || d[i+2]&^1 != 0 {
			continue
		}
		n := int(d[i+1])
		size := n
		if d[i+2] == 1 {
			size *= 2
		}
		if n < 2 || i+3+size > len(d) {
			continue
		}
		t := shortString(d[i+1:], n, 1)
		if len(ole.Readable([]byte(t))) > 0 {
			out = append(out, t)
			i += 2 + size
		}
	}
	return out
}

// value reads the records that hold a cell, or a run of cells; false for other records.
func (b *Book) value(r *record, sh *Sheet) (bool, error) {
	d := r.data()
	c := Cell{Row: u16(d, 0), Col: u16(d, 2), xf: u16(d, 4)}
	switch r.id {
	case recLabelSST:
		if i := int(u32(d, 6)); i >= 0 && i < len(b.strings) {
			b.used[i] = true
			c.Text = b.strings[i]
			return true, b.add(sh, c)
		}
	case recLabel, recRString:
		if len(d) > 8 {
			c.Text = shortString(d[6:], u16(d, 6), 2)
			return true, b.add(sh, c)
		}
	case recNumber:
		if len(d) >= 14 {
			return true, b.add(sh, b.number(c, math.Float64frombits(binary.LittleEndian.Uint64(d[6:]))))
		}
	case recRK:
		if len(d) >= 10 {
			return true, b.add(sh, b.number(c, rk(u32(d, 6))))
		}
	case recMulRK:
		for k := 0; 4+6*k+6 <= len(d)-2; k++ {
			one := Cell{Row: c.Row, Col: c.Col + k, xf: u16(d, 4+6*k)}
			if err := b.add(sh, b.number(one, rk(u32(d, 6+6*k)))); err != nil {
				return true, err
			}
		}
	case recBoolErr:
		if len(d) >= 8 {
			if c.Text = errorTexts[d[6]]; d[7] == 0 {
				c.Text = map[bool]string{true: "TRUE", false: "FALSE"}[d[6] != 0]
			}
			return true, b.add(sh, c)
		}
	default:
		return false, nil
	}
	return true, nil
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

func (b *Book) number(c Cell, f float64) Cell {
	c.Number, c.Value, c.Format = true, f, b.formatOf(c.xf)
	if c.xf < len(b.xfs) {
		c.FormatID = b.xfs[c.xf].format
	}
	verb := byte('f')
	if math.Abs(f) >= 1e15 || f != 0 && math.Abs(f) < 1e-9 {
		verb = 'g'
	}
	c.Text = xlsx.Display(strconv.FormatFloat(f, verb, -1, 64), c.Format, b.Date1904)
	return c
}

// objectText reads the text of a shape; those of notes wait for the note.
func (sh *Sheet) objectText(r *record) {
	d := r.data()
	n := u16(d, 10)
	if n == 0 || len(r.segs) < 2 {
		return
	}
	s := &segmented{segs: r.segs[1:], at: 0}
	if len(s.segs[0]) == 0 {
		return
	}
	wide := s.segs[0][0]&1 != 0
	s.at = 1
	text := strings.ReplaceAll(s.chars(n, wide), "\r", "\n")
	if sh.lastObj[0] == 0x19 {
		sh.objText[sh.lastObj[1]] = text
		return
	}
	sh.boxes = append(sh.boxes, text)
}

// finish sorts the cells and brings notes and their texts together.
func (sh *Sheet) finish() {
	sort.SliceStable(sh.Cells, func(i, j int) bool {
		a, c := &sh.Cells[i], &sh.Cells[j]
		return a.Row < c.Row || a.Row == c.Row && a.Col < c.Col
	})
	for i, n := range sh.notes {
		text := strings.TrimSpace(sh.objText[n[2]])
		delete(sh.objText, n[2])
		if a := strings.TrimSpace(sh.authors[i]); a != "" && !strings.Contains(text, a) {
			text = a + "：" + text
		}
		sh.loose = append(sh.loose, note{"N02", "批注", sh.Name + " " + ref(n[0], n[1]) + " " + strings.ReplaceAll(text, "\n", " ")})
	}
	for _, t := range sh.objText {
		sh.loose = append(sh.loose, note{"N02", "批注", sh.Name + " " + t})
	}
	for _, t := range ole.ArtTexts(ole.ArtRecords(sh.drawing)) {
		sh.loose = append(sh.loose, note{"N03", "图形名称与替代文字", t})
	}
}

// chartText reads the texts of a chart.
func (sh *Sheet) chartText(r *record) {
	d := r.data()
	switch r.id {
	case recSeriesText:
		if len(d) > 4 {
			sh.chart = append(sh.chart, shortString(d[2:], int(d[2]), 1))
		}
	case recLabel:
		if len(d) > 8 {
			sh.chart = append(sh.chart, shortString(d[6:], u16(d, 6), 2))
		}
	case recHeader, recFooter:
		if len(d) > 3 {
			sh.heads = append(sh.heads, headText(shortString(d, u16(d, 0), 2)))
		}
	case recTXO:
		sh.lastObj = [2]int{}
		sh.objectText(r)
	case recDrawing:
		sh.drawing = append(sh.drawing, r.joined()...)
	default:
		sh.loose = append(sh.loose, looseTexts(r)...)
	}
}

// headText takes the codes out of a page header.
func headText(s string) string {
	var out strings.Builder
	rs := []rune(s)
	for i := 0; i < len(rs); i++ {
		if rs[i] != '&' || i+1 >= len(rs) {
			out.WriteRune(rs[i])
			continue
		}
		i++
		switch {
		case rs[i] == '"':
			for i++; i < len(rs) && rs[i] != '"'; i++ {
			}
		case rs[i] >= '0' && rs[i] <= '9':
			for i+1 < len(rs) && rs[i+1] >= '0' && rs[i+1] <= '9' {
				i++
			}
		case rs[i] == '&':
			out.WriteRune('&')
		case strings.ContainsRune("LCR", rs[i]):
			out.WriteRune('\n')
		}
	}
	return strings.TrimSpace(out.String())
}

// looseTexts reads the records that hold words outside cells.
func looseTexts(r *record) []note {
	rule := "N01"
	var kind string
	switch r.id {
	case recWriteAccess:
		kind = "最后保存者"
	case recFileSharing, recCodeName:
		kind = "工作簿设置"
	case recName, recExternName, recQsi:
		kind = "定义名称"
	case recSupBook, recDConRef, recCRN:
		rule, kind = "N05", "外部链接"
	case recHLink, recHLinkTip:
		rule, kind = "N05", "超链接"
	case recDV, recCF:
		rule, kind = "N03", "数据验证与条件格式"
	case recScenario, recSXString:
		rule, kind = "N03", "方案与透视表"
	case recDrawGroup:
		var out []note
		for _, t := range ole.PictureTexts(r.joined()) {
			out = append(out, note{"N04", "图片 EXIF", t})
		}
		return out
	default:
		return nil
	}
	var out []note
	for _, t := range ole.Readable(r.joined()) {
		if !ooxml.SafeValue(t) {
			out = append(out, note{rule, kind, t})
		}
	}
	return out
}
