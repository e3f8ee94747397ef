package tablefile_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"jinggao/app/submission/tablefile"
	"jinggao/sanitize/format/ole/oletest"

	"jinggao/sanitize/format/xls/xlstest"
)

func TestXLSX(t *testing.T) {
	data := workbook(t, func(x *excelize.File) {
		date, _ := x.NewStyle(&excelize.Style{NumFmt: 14})
		month, _ := x.NewStyle(&excelize.Style{CustomNumFmt: ptr(`yyyy"年"m"月"`)})
		_ = x.SetSheetRow("Sheet1", "A1", &[]any{"题", nil, nil})
		_ = x.MergeCell("Sheet1", "A1", "C1")
		_ = x.SetSheetRow("Sheet1", "A3", &[]any{1, "甲", 46145, 46143, 13800000000})
		_ = x.SetCellStyle("Sheet1", "C3", "C3", date)
		_ = x.SetCellStyle("Sheet1", "D3", "D3", month)
		_ = x.SetCellFormula("Sheet1", "F3", `"甲"&"乙"`)
		_ = x.SetRowVisible("Sheet1", 3, false)
		_, _ = x.NewSheet("内部")
		_ = x.SetCellStr("内部", "A1", "勿外传")
		_ = x.SetSheetVisible("内部", false)
		_ = x.SetCellRichText("内部", "A2", []excelize.RichTextRun{{Text: "分"}, {Text: "段"}})
	})
	g := one(t, "a.xlsx", data)
	if len(g) != 2 || g[0].Hidden || !g[1].Hidden {
		t.Fatalf("sheets %+v", g)
	}
	want := [][]string{{"题", "题", "题"}, nil, {"1", "甲", "2026-05-03", "2026-05", "13800000000"}}
	if d := cmp.Diff(want, flat(g[0])); d != "" {
		t.Error(d)
	}
	if len(g[0].HiddenRows) != 1 || g[0].HiddenRows[0] != 2 {
		t.Errorf("hidden rows %v", g[0].HiddenRows)
	}
	if d := cmp.Diff([][]string{{"勿外传"}, {"分段"}}, flat(g[1])); d != "" {
		t.Error(d)
	}
	b, err := json.Marshal(g)
	var back []tablefile.Grid
	if err != nil || json.Unmarshal(b, &back) != nil || !cmp.Equal(g, back) {
		t.Error("grids do not survive JSON")
	}
}

func ptr(s string) *string { return &s }

func TestDOCX(t *testing.T) {
	p := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	tc := func(pr, s string) string { return "<w:tc><w:tcPr>" + pr + "</w:tcPr>" + s + "</w:tc>" }
	body := p("部门：某局") + "<w:tbl>" +
		"<w:tr>" + tc("", p("申报主体")) + tc(`<w:gridSpan w:val="2"/>`, p("联系")) + "</w:tr>" +
		"<w:tr>" + tc(`<w:vMerge w:val="restart"/>`, p("甲")) +
		tc("", `<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>`) +
		tc("", p("一")+p("二")) + "</w:tr>" +
		"<w:tr><w:trPr><w:del/></w:trPr>" + tc("<w:vMerge/>", p("")) + tc("", p("删")) + tc("", p("删")) + "</w:tr>" +
		"<w:tr>" + tc("<w:vMerge/>", p("")) +
		tc("", `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>`+p("请选择")+`</w:sdtContent></w:sdt>`+p("")) +
		tc("", `<w:p><w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent><w:r><w:t>选中</w:t></w:r></w:sdtContent></w:sdt></w:p>`) + "</w:tr></w:tbl>"
	g := one(t, "a.docx", wordXML(t, body))
	if len(g) != 1 || len(g[0].Before) != 1 || g[0].Sheet != "表 1" {
		t.Fatalf("%+v", g)
	}
	want := [][]string{{"申报主体", "联系", "联系"}, {"甲", "新", "一\n二"}, nil, {"甲", "", "选中"}}
	if d := cmp.Diff(want, flat(g[0])); d != "" {
		t.Error(d)
	}
}

func TestXLS(t *testing.T) {
	g := one(t, "a.et", xlstest.Workbook())
	if len(g) != 2 || g[0].Sheet != "名单" || g[0].Hidden || !g[1].Hidden {
		t.Fatalf("sheets %+v", g)
	}
	long := "面向超大规模异构算力集群的统一资源编排"
	want := [][]string{{"申报主体", long}, {"2026-05-03", "7", "8"}, {"结果"}}
	if d := cmp.Diff(want, flat(g[0])); d != "" {
		t.Error(d)
	}
	if len(g[0].HiddenRows) != 1 {
		t.Errorf("hidden rows %v", g[0].HiddenRows)
	}
}

func TestDOC(t *testing.T) {
	g := one(t, "a.wps", docFixture())
	if len(g) != 1 || len(g[0].Before) != 1 || g[0].Before[0] != "标题" {
		t.Fatalf("%+v", g)
	}
	if d := cmp.Diff([][]string{{"甲\n乙", "丙"}, {"丁"}}, flat(g[0])); d != "" {
		t.Error(d)
	}
}

func TestMarkup(t *testing.T) {
	page := `<html><meta charset="gb2312"><body>标题<table><tr><th>申报主体</th><th colspan=2>联系</th></tr><tr><td rowspan=2>甲</td><td>一<br>二</td><td>丙</td></tr><tr style="display: none"><td>丁</td><td>&amp;</td></tr></table></body></html>`
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	g := one(t, "导出.xls", []byte(gbk))
	if len(g) != 1 || len(g[0].HiddenRows) != 1 || len(g[0].Before) != 1 {
		t.Fatalf("%+v", g)
	}
	if d := cmp.Diff([][]string{{"申报主体", "联系", "联系"}, {"甲", "一\n二", "丙"}, {"甲", "丁", "&"}}, flat(g[0])); d != "" {
		t.Error(d)
	}
	x := `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名单"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">题</Data></Cell></Row><Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="Number">19900001234</Data></Cell><Cell><Data ss:Type="DateTime">2026-05-03T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>`
	g = one(t, "导出.xls", []byte(x))
	if len(g) != 1 || len(g[0].HiddenRows) != 1 {
		t.Fatalf("%+v", g)
	}
	if d := cmp.Diff([][]string{{"题", "题"}, nil, {"", "19900001234", "2026-05-03"}}, flat(g[0])); d != "" {
		t.Error(d)
	}
}

func TestCSVEncodings(t *testing.T) {
	text := "申报主体,项目名称\r\n\r\n甲,\"分\r\n行,含逗号\"\r\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	u16 := append([]byte{0xFF, 0xFE}, xlstest.Wide(text)...)
	want := [][]string{{"申报主体", "项目名称"}, nil, {"甲", "分\n行,含逗号"}}
	for name, data := range map[string][]byte{"utf8": []byte(text), "bom": []byte("\uFEFF" + text), "gbk": []byte(gbk), "utf16": u16, "tab": []byte(strings.ReplaceAll(strings.ReplaceAll(text, ",项", "\t项"), "甲,", "甲\t"))} {
		if d := cmp.Diff(want, flat(one(t, name+".csv", data)[0])); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestCSVOddities(t *testing.T) {
	for in, want := range map[string][]string{
		`a,"b""c",d`:         {"a", `b"c`, "d"},
		`a,"unclosed,b`:      {"a", `"unclosed`, "b"},
		`="0138",'x`:         {"0138", "'x"},
		`x,"“quoted"" tail"`: {"x", `“quoted" tail`},
	} {
		got := flat(one(t, "a.csv", []byte(in))[0])[0]
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", in, d)
		}
	}
}

func TestArchives(t *testing.T) {
	name, err := simplifiedchinese.GBK.NewEncoder().String("材料/统计表.csv")
	if err != nil {
		t.Fatal(err)
	}
	inner := zipped(t, "内.csv", "申报主体,项目名称\n甲,乙\n")
	z := zipped(t, name, "申报主体,项目名称\n丙,丁\n", "说明.pdf", "%PDF-1.4", "包.zip", string(inner), "__MACOSX/x.csv", "a,b", "坏.xlsx", "PK\x03\x04坏")
	fs := tablefile.Read("报送.zip", z)
	got := map[string]string{}
	for _, f := range fs {
		switch {
		case f.Other:
			got[f.Name] = "other"
		case f.Refused != nil:
			got[f.Name] = "refused"
		default:
			got[f.Name] = flat(f.Grids[0])[1][0]
		}
	}
	want := map[string]string{"报送.zip!材料/统计表.csv": "丙", "报送.zip!说明.pdf": "other", "报送.zip!包.zip!内.csv": "甲", "报送.zip!坏.xlsx": "refused"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	mail := "From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n请查收\r\n--b\r\nContent-Type: text/csv; name=\"=?GBK?B?se22qC5jc3Y=?=\"\r\nContent-Disposition: attachment; filename=\"=?UTF-8?B?6KGo5qC8LmNzdg==?=\"\r\nContent-Transfer-Encoding: base64\r\n\r\n55Sz5oql5Li75L2TLOmhueebruWQjeensArnlLIs5LmZCg==\r\n--b--\r\n"
	fs = tablefile.Read("转发.eml", []byte(mail))
	if len(fs) != 1 || fs[0].Name != "转发.eml!表格.csv" || len(fs[0].Grids) != 1 || flat(fs[0].Grids[0])[1][1] != "乙" {
		t.Errorf("mail: %+v", fs)
	}
}

func TestRefusals(t *testing.T) {
	good := workbook(t, func(x *excelize.File) { _ = x.SetCellStr("Sheet1", "A1", "甲") })
	deep := func(n int) []byte {
		b := []byte("申报主体\n")
		for range n {
			b = zipped(t, "a.zip", string(b))
		}
		return b
	}
	bomb := zipped(t, "xl/workbook.xml", strings.Repeat(" ", 64<<20))
	for name, data := range map[string][]byte{
		"空.xlsx":    nil,
		"截断.xlsx":   good[:len(good)/2],
		"图片.xlsx":   []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"),
		"别的.xml":    []byte("<?xml version=\"1.0\"?><a/>"),
		"文件.pdf":    []byte("%PDF-1.7\n"),
		"压缩.rar":    []byte("Rar!\x1a\x07\x01\x00"),
		"截断.xls":    xlstest.Workbook()[:1400],
		"加密.xlsx":   oletest.Compound(map[string][]byte{"EncryptedPackage": make([]byte, 4096)}, "EncryptedPackage"),
		"旧.xls":     oletest.Compound(map[string][]byte{"Book": make([]byte, 4096)}, "Book"),
		"嵌套.zip":    deep(6),
		"炸弹.xlsx":   bomb,
		"空包.zip":    zipped(t),
		"二进制.csv":   {0, 1, 2, 3, 4, 5, 6, 7},
		"坏xml.xlsx": zipped(t, "xl/workbook.xml", "<workbook><sheets>"),
		"坏xml.docx": zipped(t, "word/document.xml", "<w:document><w:body><w:tbl><w:tr>"),
	} {
		fs := tablefile.Read(name, data)
		if len(fs) != 1 || fs[0].Refused == nil || fs[0].Refused.What == "" || fs[0].Refused.Do == "" {
			t.Errorf("%s: %+v", name, fs)
		}
	}
}

// A text written by our own writer of records comes back as it was.
func TestRecordsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		recs := rapid.SliceOfN(rapid.SliceOfN(rapid.StringMatching(`[甲乙a"',;\n ]{0,6}`), 2, 5), 1, 5).Draw(t, "recs")
		var b strings.Builder
		for _, r := range recs {
			for j, f := range r {
				if j > 0 {
					b.WriteByte(',')
				}
				b.WriteString(`"` + strings.ReplaceAll(f, `"`, `""`) + `"`)
			}
			b.WriteByte('\n')
		}
		got := tablefile.SplitRecords(b.String(), ',')
		if !cmp.Equal(recs, got) {
			t.Fatalf("%q\n%s", b.String(), cmp.Diff(recs, got))
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add("a.xls", xlstest.Workbook())
	f.Add("a.doc", docFixture())
	f.Add("a.csv", []byte("a,b\n"))
	f.Add("a.xlsx", workbook(f, func(x *excelize.File) { _ = x.SetCellStr("Sheet1", "A1", "甲") }))
	f.Add("a.docx", wordXML(f, "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		for _, x := range tablefile.Read(name, data) {
			if x.Refused != nil && (x.Refused.What == "" || strings.Contains(x.Refused.Detail, "panic")) {
				t.Errorf("%s: %+v", name, x.Refused)
			}
		}
	})
}
