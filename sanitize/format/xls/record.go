// Package xls reads Excel 97–2003 workbooks (.xls, and WPS .et, which is the same).
//
// Where it reads: the records of stream Workbook (BIFF8): sheets, shared strings,
// cells by their values, formats, fonts, notes, text boxes, names, links,
// validations, the name of the user who saved; property sets and the storages of
// macros, pivots and objects through package ole.
//
// Read gives each visible sheet as rows of cells as they are displayed, and as
// hidden parts: hidden sheets, rows and columns, cells that no colour or format
// shows, comments, strings that no cell uses, texts in formulas, names, links.
// Not read: pixels of pictures, code of macros, drawing of charts; all are listed.
// Excel 5/95 and encrypted files are refused.
//
// Rebuild writes a new .xlsx of the values in the looks of the original, which is
// never changed in place.
package xls

import (
	"encoding/binary"
	"unicode/utf16"

	"jinggao/sanitize/format/ole"
)

// Records that are read.
const (
	recFormula     = 0x0006
	recEOF         = 0x000A
	recHeader      = 0x0014
	recFooter      = 0x0015
	recName        = 0x0018
	recNote        = 0x001C
	recDateMode    = 0x0022
	recExternName  = 0x0023
	recFilePass    = 0x002F
	recFont        = 0x0031
	recContinue    = 0x003C
	recDConRef     = 0x0051
	recCRN         = 0x005A
	recFileSharing = 0x005B
	recWriteAccess = 0x005C
	recObj         = 0x005D
	recColInfo     = 0x007D
	recBoundSheet  = 0x0085
	recPalette     = 0x0092
	recScenario    = 0x00AF
	recMulRK       = 0x00BD
	recMulBlank    = 0x00BE
	recSXString    = 0x00CD
	recRString     = 0x00D6
	recXF          = 0x00E0
	recMergedCells = 0x00E5
	recDrawGroup   = 0x00EB
	recDrawing     = 0x00EC
	recSST         = 0x00FC
	recLabelSST    = 0x00FD
	recQsi         = 0x01AD
	recSupBook     = 0x01AE
	recTXO         = 0x01B6
	recHLink       = 0x01B8
	recCodeName    = 0x01BA
	recDV          = 0x01BE
	recCF          = 0x01B1
	recBlank       = 0x0201
	recNumber      = 0x0203
	recLabel       = 0x0204
	recBoolErr     = 0x0205
	recString      = 0x0207
	recRow         = 0x0208
	recRK          = 0x027E
	recFormat      = 0x041E
	recHLinkTip    = 0x0800
	recBOF         = 0x0809
	recSeriesText  = 0x100D
)

// record is one record with the data of its continuations apart, because strings
// that run over the edge begin anew there.
type record struct {
	id   uint16
	at   int // offset in the stream
	segs [][]byte
}

func (r *record) data() []byte { return r.segs[0] }

// joined gives the record with its continuations as one.
func (r *record) joined() []byte {
	if len(r.segs) == 1 {
		return r.segs[0]
	}
	var out []byte
	for _, s := range r.segs {
		out = append(out, s...)
	}
	return out
}

func splitRecords(s []byte) ([]record, error) {
	var out []record
	for i := 0; i+4 <= len(s); {
		id, n := binary.LittleEndian.Uint16(s[i:]), int(binary.LittleEndian.Uint16(s[i+2:]))
		if i+4+n > len(s) {
			if len(out) > 0 && id == 0 {
				break // padding at the end of the stream
			}
			return nil, ole.ErrDamaged("record runs over the end")
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
		return nil, ole.ErrDamaged("no workbook records")
	}
	return out, nil
}

func u16(d []byte, at int) int {
	if at < 0 || at+2 > len(d) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(d[at:]))
}

func u32(d []byte, at int) uint32 {
	if at < 0 || at+4 > len(d) {
		return 0
	}
	return binary.LittleEndian.Uint32(d[at:])
}

// shortString reads n characters behind a length of size bytes and a flag byte.
func shortString(d []byte, n, size int) string {
	if len(d) < size+1 {
		return ""
	}
	wide := d[size]&1 != 0
	d = d[size+1:]
	if wide {
		n = min(n, len(d)/2)
		us := make([]uint16, n)
		for i := range us {
			us[i] = binary.LittleEndian.Uint16(d[2*i:])
		}
		return string(utf16.Decode(us))
	}
	n = min(n, len(d))
	rs := make([]rune, n)
	for i := range rs {
		rs[i] = rune(d[i])
	}
	return string(rs)
}

// segmented reads through the continuations of a record.
type segmented struct {
	segs [][]byte
	seg  int
	at   int
	bad  bool
}

func (s *segmented) bytes(n int) []byte {
	out := make([]byte, 0, min(n, 1<<16))
	for n > 0 {
		if s.seg >= len(s.segs) {
			s.bad = true
			return out
		}
		have := s.segs[s.seg][s.at:]
		if len(have) == 0 {
			s.seg, s.at = s.seg+1, 0
			continue
		}
		k := min(n, len(have))
		out = append(out, have[:k]...)
		s.at += k
		n -= k
	}
	return out
}

func (s *segmented) u16() int { return u16(s.bytes(2), 0) }

// edge steps over the end of a segment; the flag byte there says whether the
// characters go on wide or narrow.
func (s *segmented) edge(wide bool) bool {
	for s.seg < len(s.segs) && s.at == len(s.segs[s.seg]) {
		s.seg, s.at = s.seg+1, 0
		if s.seg < len(s.segs) && len(s.segs[s.seg]) > 0 {
			wide = s.segs[s.seg][0]&1 != 0
			s.at = 1
			if len(s.segs[s.seg]) > 1 {
				return wide
			}
		}
	}
	s.bad = s.bad || s.seg >= len(s.segs)
	return wide
}

// chars reads n characters.
func (s *segmented) chars(n int, wide bool) string {
	us := make([]uint16, 0, min(n, 1<<12))
	for n > 0 && !s.bad {
		if wide = s.edge(wide); s.bad {
			break
		}
		have := s.segs[s.seg][s.at:]
		width := 1
		if wide {
			width = 2
		}
		k := min(n, len(have)/width)
		if k == 0 {
			s.bad = true
			break
		}
		for i := range k {
			if wide {
				us = append(us, binary.LittleEndian.Uint16(have[2*i:]))
			} else {
				us = append(us, uint16(have[i]))
			}
		}
		s.at += k * width
		n -= k
	}
	return string(utf16.Decode(us))
}
