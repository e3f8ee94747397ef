package xls_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole/oletest"
	"jinggao/sanitize/format/xls"
	"jinggao/sanitize/format/xlsx"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/ooxmlproof"
)

var le = binary.LittleEndian

// biffStream builds records.
type biffStream struct{ bytes.Buffer }

func (b *biffStream) rec(id uint16, data []byte) {
	_ = binary.Write(b, le, id)
	_ = binary.Write(b, le, uint16(len(data)))
	b.Write(data)
}

func u16s(v ...int) []byte {
	var out []byte
	for _, x := range v {
		out = le.AppendUint16(out, uint16(x))
	}
	return out
}

func wide(s string) []byte {
	var out []byte
	for _, c := range utf16.Encode([]rune(s)) {
		out = le.AppendUint16(out, c)
	}
	return out
}

// xlsFixture is a workbook with a hidden sheet, a shared string that runs over the
// edge of a record, a date, a number, a formula with text, a merge and a hidden row.
func xlsFixture() []byte {
	long := "面向超大规模异构算力集群的统一资源编排"
	var sst []byte
	sst = le.AppendUint32(sst, 3)
	sst = le.AppendUint32(sst, 3)
	sst = append(append(append(sst, u16s(4)...), 1), wide("申报主体")...)
	sst = append(append(append(sst, u16s(3)...), 0), "abc"...)
	sst = append(append(sst, u16s(len([]rune(long)))...), 1)
	sst = append(sst, wide(long)[:10]...)
	rest := append([]byte{1}, wide(long)[10:]...)

	sheet := func() []byte {
		var b biffStream
		b.rec(0x0809, u16s(0x0600, 0x10, 0, 0, 0, 0, 0, 0))
		b.rec(0x0208, append(u16s(2, 0, 5, 300, 0, 0), 0x20, 0, 0, 0))
		b.rec(0x00FD, append(u16s(0, 0, 0), 0, 0, 0, 0))
		b.rec(0x00FD, append(u16s(0, 1, 0), 2, 0, 0, 0))
		b.rec(0x027E, append(u16s(1, 0, 1), le.AppendUint32(nil, uint32(46145<<2|2))...)) // 2026-05-03 as RK
		b.rec(0x00BD, append(append(u16s(1, 1, 0), le.AppendUint32(nil, uint32(7<<2|2))...), append(append(u16s(0), le.AppendUint32(nil, uint32(8<<2|2))...), u16s(2)...)...))
		b.rec(0x0006, append(append(u16s(2, 0, 0), 0, 0, 0, 0, 0, 0, 0xFF, 0xFF), 0, 0, 0, 0, 0, 0, 0, 0))
		b.rec(0x0207, append(append(u16s(2), 1), wide("结果")...))
		b.rec(0x00E5, append(u16s(1), u16s(0, 1, 0, 0)...))
		b.rec(0x000A, nil)
		return b.Bytes()
	}()
	globals := func(at int) []byte {
		var b biffStream
		b.rec(0x0809, u16s(0x0600, 5, 0, 0, 0, 0, 0, 0))
		b.rec(0x00E0, append(u16s(0, 0), make([]byte, 16)...))
		b.rec(0x00E0, append(u16s(0, 14), make([]byte, 16)...))
		for i, name := range []string{"名单", "内部"} {
			d := le.AppendUint32(nil, uint32(at+i*len(sheet)))
			d = append(d, byte(i), 0, byte(len([]rune(name))), 1)
			b.rec(0x0085, append(d, wide(name)...))
		}
		b.rec(0x00FC, sst)
		b.rec(0x003C, rest)
		b.rec(0x000A, nil)
		return b.Bytes()
	}
	g := globals(0)
	g = globals(len(g))
	return oletest.Compound(map[string][]byte{"Workbook": append(append(g, sheet...), sheet...)}, "Workbook")
}

func TestReadAndRebuild(t *testing.T) {
	ctx := context.Background()
	src := document.Source{Name: "a.xls", Data: xlsFixture()}
	doc, err := xls.Read(ctx, src)
	if err != nil {
		t.Fatal(err)
	}
	main := doc.Part("xl/worksheets/sheet1.xml")
	if main == nil || !strings.Contains(main.Text, "面向超大规模异构算力集群的统一资源编排") || strings.Contains(main.Text, "结果") {
		t.Fatalf("visible sheet: %+v", main)
	}
	kinds := map[string]string{}
	for _, p := range doc.Parts {
		if p.Hidden != nil {
			kinds[p.Hidden.Kind] += p.Text
		}
	}
	for kind, want := range map[string]string{"隐藏工作表": "申报主体", "隐藏行": "结果", "未引用的共享字符串": "abc"} {
		if !strings.Contains(kinds[kind], want) {
			t.Errorf("%s: %q", kind, kinds[kind])
		}
	}
	out, err := xls.Rebuild(ctx, src, document.Plan{Edits: []document.Edit{{Part: main.ID, Span: document.Span{Start: 0, End: 4}, Text: "某某"}}})
	if err != nil {
		t.Fatal(err)
	}
	if p := ooxmlproof.Check("xlsx", out.Data, []string{"申报主体"}); len(p) > 0 {
		t.Errorf("proof: %v", p)
	}
	again, err := xlsx.Read(ctx, document.Source{Name: "a.xlsx", Data: out.Data})
	if err != nil {
		t.Fatal(err)
	}
	if p := verify.StillHidden(again); len(p) > 0 {
		t.Error(p)
	}
	if got := verify.Visible(again); !strings.HasPrefix(got, "某某") || !strings.Contains(got, "统一资源编排") {
		t.Errorf("copy reads %q", got)
	}
	twice, err := xls.Rebuild(ctx, src, document.Plan{Edits: []document.Edit{{Part: main.ID, Span: document.Span{Start: 0, End: 4}, Text: "某某"}}})
	if err != nil || !bytes.Equal(out.Data, twice.Data) {
		t.Error("the same input gives other bytes")
	}
}

func TestRefusals(t *testing.T) {
	locked := xlsFixture()
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"excel 95": {oletest.Compound(map[string][]byte{"Book": make([]byte, 4096)}, "Book"), "过旧"},
		"cut off":  {locked[:1400], "损坏"},
		"nothing":  {[]byte("x"), "损坏"},
		"password": {oletest.Compound(map[string][]byte{"Workbook": append(append([]byte{9, 8, 16, 0, 0, 6}, make([]byte, 14)...), 0x2F, 0, 2, 0, 0, 0, 10, 0, 0, 0)}, "Workbook"), "加密"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := xls.Read(context.Background(), document.Source{Name: "a.xls", Data: c.data})
			var r *document.Refusal
			if !errors.As(err, &r) || !strings.Contains(r.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(xlsFixture())
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = xls.Read(context.Background(), document.Source{Name: "a.xls", Data: data}) // must return
	})
}
