// Package xlstest builds small Excel 97 workbooks for the tests of their readers.
package xlstest

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"

	"jinggao/sanitize/format/ole/oletest"
)

var le = binary.LittleEndian

// Records builds the records of a workbook.
type Records struct{ bytes.Buffer }

// Add adds a record.
func (b *Records) Add(id uint16, data []byte) {
	_ = binary.Write(b, le, id)
	_ = binary.Write(b, le, uint16(len(data)))
	b.Write(data)
}

// Words are numbers of two bytes each.
func Words(v ...int) []byte {
	var out []byte
	for _, x := range v {
		out = le.AppendUint16(out, uint16(x))
	}
	return out
}

// Wide is text of two bytes a sign.
func Wide(s string) []byte {
	var out []byte
	for _, c := range utf16.Encode([]rune(s)) {
		out = le.AppendUint16(out, c)
	}
	return out
}

// Workbook is a workbook with a hidden sheet, a shared string that runs over the
// edge of a record, a date, a number, a formula with text, a merge and a hidden row.
func Workbook() []byte {
	long := "面向超大规模异构算力集群的统一资源编排"
	var sst []byte
	sst = le.AppendUint32(sst, 3)
	sst = le.AppendUint32(sst, 3)
	sst = append(append(append(sst, Words(4)...), 1), Wide("申报主体")...)
	sst = append(append(append(sst, Words(3)...), 0), "abc"...)
	sst = append(append(sst, Words(len([]rune(long)))...), 1)
	sst = append(sst, Wide(long)[:10]...)
	rest := append([]byte{1}, Wide(long)[10:]...)

	sheet := func() []byte {
		var b Records
		b.Add(0x0809, Words(0x0600, 0x10, 0, 0, 0, 0, 0, 0))
		b.Add(0x0208, append(Words(2, 0, 5, 300, 0, 0), 0x20, 0, 0, 0))
		b.Add(0x00FD, append(Words(0, 0, 0), 0, 0, 0, 0))
		b.Add(0x00FD, append(Words(0, 1, 0), 2, 0, 0, 0))
		b.Add(0x027E, append(Words(1, 0, 1), le.AppendUint32(nil, uint32(46145<<2|2))...)) // 2026-05-03 as RK
		b.Add(0x00BD, append(append(Words(1, 1, 0), le.AppendUint32(nil, uint32(7<<2|2))...), append(append(Words(0), le.AppendUint32(nil, uint32(8<<2|2))...), Words(2)...)...))
		b.Add(0x0006, append(append(Words(2, 0, 0), 0, 0, 0, 0, 0, 0, 0xFF, 0xFF), 0, 0, 0, 0, 0, 0, 0, 0))
		b.Add(0x0207, append(append(Words(2), 1), Wide("结果")...))
		b.Add(0x00E5, append(Words(1), Words(0, 1, 0, 0)...))
		b.Add(0x000A, nil)
		return b.Bytes()
	}()
	globals := func(at int) []byte {
		var b Records
		b.Add(0x0809, Words(0x0600, 5, 0, 0, 0, 0, 0, 0))
		b.Add(0x00E0, append(Words(0, 0), make([]byte, 16)...))
		b.Add(0x00E0, append(Words(0, 14), make([]byte, 16)...))
		for i, name := range []string{"名单", "内部"} {
			d := le.AppendUint32(nil, uint32(at+i*len(sheet)))
			d = append(d, byte(i), 0, byte(len([]rune(name))), 1)
			b.Add(0x0085, append(d, Wide(name)...))
		}
		b.Add(0x00FC, sst)
		b.Add(0x003C, rest)
		b.Add(0x000A, nil)
		return b.Bytes()
	}
	g := globals(0)
	g = globals(len(g))
	return oletest.Compound(map[string][]byte{"Workbook": append(append(g, sheet...), sheet...)}, "Workbook")
}
