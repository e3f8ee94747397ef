package xls_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole/oletest"
	"jinggao/sanitize/format/xls"
	"jinggao/sanitize/format/xls/xlstest"
	"jinggao/sanitize/format/xlsx"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/ooxmlproof"
)

func TestReadAndRebuild(t *testing.T) {
	ctx := context.Background()
	src := document.Source{Name: "a.xls", Data: xlstest.Workbook()}
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
	locked := xlstest.Workbook()
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
	f.Add(xlstest.Workbook())
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = xls.Read(context.Background(), document.Source{Name: "a.xls", Data: data}) // must return
	})
}
