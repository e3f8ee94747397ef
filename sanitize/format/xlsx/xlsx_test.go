package xlsx_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/xlsx"
	"jinggao/sanitize/internal/ziptest"
	"jinggao/sanitize/verify/ooxmlproof"

	"pgregory.net/rapid"
)

const (
	ns      = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	styles  = `<styleSheet ` + ns + `><numFmts count="1"><numFmt numFmtId="170" formatCode=";;;"/></numFmts><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><sz val="11"/><color rgb="FFFFFFFF"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellXfs count="4"><xf/><xf numFmtId="170"/><xf fontId="1"/><xf numFmtId="14"/></cellXfs></styleSheet>`
)

// book packs a workbook: sheets as name → worksheet content, strings, further parts.
type book struct {
	sheets  []string // attributes of x:sheet besides the id
	content []string // of x:worksheet
	strings []string // x:si
	names   string   // x:definedNames
	parts   map[string]string
}

func (k book) make(t testing.TB) []byte {
	t.Helper()
	var types, sheets, rels strings.Builder
	parts := map[string]string{
		"_rels/.rels":          `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + relBase + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/styles.xml":        styles,
		"xl/sharedStrings.xml": `<sst ` + ns + `>` + strings.Join(k.strings, "") + `</sst>`,
	}
	for i := range k.sheets {
		fmt.Fprintf(&sheets, `<sheet sheetId="%d" r:id="s%d" %s/>`, i+1, i+1, k.sheets[i])
		fmt.Fprintf(&rels, `<Relationship Id="s%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relBase, i+1)
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = `<worksheet ` + ns + `>` + k.content[i] + `</worksheet>`
	}
	parts["xl/workbook.xml"] = `<workbook ` + ns + `><sheets>` + sheets.String() + `</sheets><definedNames>` + k.names + `</definedNames></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels.String() +
		`<Relationship Id="st" Type="` + relBase + `styles" Target="styles.xml"/><Relationship Id="ss" Type="` + relBase + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	types.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`)
	parts["[Content_Types].xml"] = types.String()
	for n, s := range k.parts {
		parts[n] = s
	}
	return ziptest.PackMap(t, parts)
}

func one(content string, si ...string) book {
	return book{sheets: []string{`name="名单"`}, content: []string{content}, strings: si}
}

func read(t testing.TB, data []byte) *document.Document {
	t.Helper()
	d, err := xlsx.Read(context.Background(), document.Source{Name: "名单.xlsx", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func rebuild(t testing.TB, data []byte, edits ...document.Edit) []byte {
	t.Helper()
	out, err := xlsx.Rebuild(context.Background(), document.Source{Name: "名单.xlsx", Data: data}, document.Plan{Edits: edits})
	if err != nil {
		t.Fatal(err)
	}
	return out.Data
}

func inline(ref, s string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + s + `</t></is></c>`
}

func TestDisplay(t *testing.T) {
	fmts := []struct{ code, value, want string }{
		{"General", "310110199001011", "310110199001011"},
		{"General", "1.3800138E10", "13800138000"},
		{"General", "54.18", "54.18"},
		{"General", "84.18000000000001", "84.18"},
		{"0.00", "3.14159", "3.14"},
		{"0.00", "0.125", "0.13"},
		{"0.00", "1.005", "1.01"},
		{"0", "2.5", "3"},
		{"0.0%", "0.1235", "12.4%"},
		{"#,##0.00", "-1234.565", "-1,234.57"},
		{"#,##0", "1234567", "1,234,567"},
		{"0%", "0.256", "26%"},
		{"yyyy-mm-dd", "46249", "2026-08-15"},
		{`yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;`, "46249", "2026年8月15日"},
		{"h:mm", "0.5", "12:00"},
		{"000000", "12", "000012"},
		{"¥#,##0.00", "1500", "¥1,500.00"},
		{"@", "007", "007"},
	}
	for _, f := range fmts {
		st := strings.Replace(styles, `<numFmt numFmtId="170" formatCode=";;;"/>`, `<numFmt numFmtId="170" formatCode="`+f.code+`"/>`, 1)
		k := one(`<sheetData><row r="1"><c r="A1" s="1"><v>` + f.value + `</v></c></row></sheetData>`)
		k.parts = map[string]string{"xl/styles.xml": st}
		if got := strings.TrimSpace(read(t, k.make(t)).Parts[0].Text); got != f.want {
			t.Errorf("%s of %s: got %q, want %q", f.code, f.value, got, f.want)
		}
	}
}

func TestHiddenPlaces(t *testing.T) {
	rels := func(s string) map[string]string {
		return map[string]string{"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + s + `</Relationships>`}
	}
	comments := rels(`<Relationship Id="c" Type="` + relBase + `comments" Target="../comments1.xml"/>`)
	comments["xl/comments1.xml"] = `<comments ` + ns + `><authors><author>某甲</author></authors><commentList><comment ref="A1" authorId="0"><text><t>暗语甲</t></text></comment></commentList></comments>`
	data := func(s string) string { return `<sheetData>` + s + `</sheetData>` }
	seen := `<row r="1">` + inline("A1", "看得见") + `</row>`
	cases := []struct {
		name, label string
		book        book
	}{
		{"row", "工作表 名单 隐藏行", one(data(seen + `<row r="2" hidden="1">` + inline("A2", "暗语甲") + `</row>`))},
		{"column", "工作表 名单 隐藏列", one(`<cols><col min="2" max="2" hidden="1"/></cols>` + data(`<row r="1">`+inline("A1", "看得见")+inline("B1", "暗语甲")+`</row>`))},
		{"format", "数字格式隐藏的内容", one(data(seen+`<row r="2"><c r="A2" s="1" t="s"><v>0</v></c></row>`), `<si><t>暗语甲</t></si>`)},
		{"white", "白色文字", one(data(seen+`<row r="2"><c r="A2" s="2" t="s"><v>0</v></c></row>`), `<si><t>暗语甲</t></si>`)},
		{"orphan", "未引用的共享字符串", one(data(seen), `<si><t>暗语甲</t></si>`)},
		{"phonetic", "拼音注音", one(data(seen+`<row r="2"><c r="A2" t="s"><v>0</v></c></row>`), `<si><t>字</t><rPh sb="0" eb="1"><t>暗语甲</t></rPh></si>`)},
		{"external formula", "外部链接公式", one(data(seen + `<row r="2"><c r="A2" t="str"><f>[1]表!A1</f><v>暗语甲</v></c></row>`))},
		{"prompt", "数据验证提示", one(data(seen) + `<dataValidations><dataValidation prompt="暗语甲" sqref="A1"/></dataValidations>`)},
		{"tooltip", "超链接", one(data(seen) + `<hyperlinks><hyperlink ref="A1" tooltip="暗语甲"/></hyperlinks>`)},
		{"paper header", "工作表 名单 页眉", one(data(seen) + `<headerFooter><oddHeader>&amp;C暗语甲</oddHeader></headerFooter>`)},
		{"scenario", "工作表设置", one(data(seen) + `<scenarios><scenario name="暗语甲"/></scenarios>`)},
		{"sheet", "工作表 底稿（隐藏）", book{sheets: []string{`name="名单"`, `name="底稿" state="veryHidden"`}, content: []string{data(seen), data(`<row r="1">` + inline("A1", "暗语甲") + `</row>`)}}},
		{"name", "定义名称", func() book { k := one(data(seen)); k.names = `<definedName name="暗语甲">1</definedName>`; return k }()},
		{"comment", "批注", func() book { k := one(data(seen)); k.parts = comments; return k }()},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src := c.book.make(t)
			found := false
			for _, x := range read(t, src).Parts {
				if strings.Contains(x.Text, "暗语甲") {
					found = true
					if x.Hidden == nil || x.Label != c.label {
						t.Errorf("found in %q, hidden %v", x.Label, x.Hidden)
					}
				}
			}
			if !found {
				t.Error("not read")
			}
			out := rebuild(t, src)
			if s := ziptest.Inside(t, out); strings.Contains(s, "暗语甲") || !strings.Contains(s, "看得见") {
				t.Error("the wrong things are in the copy")
			}
			for _, x := range read(t, out).Parts {
				if x.Hidden != nil {
					t.Errorf("the copy hides %q", x.Label)
				}
			}
			if ps := ooxmlproof.Check("xlsx", out, []string{"暗语甲"}); len(ps) > 0 {
				t.Error(ps)
			}
		})
	}
}

func TestCellsAndLabels(t *testing.T) {
	d := read(t, one(`<sheetData><row r="1">`+inline("A1", "序号")+inline("B1", "姓名")+inline("C1", "手机")+`</row><row r="3"><c r="A3"><v>1</v></c>`+inline("B3", "陆望舒")+`<c r="C3"><v>13800138000</v></c></row></sheetData>`).make(t))
	p := d.Parts[0]
	if p.Label != "工作表 名单" || p.Text != "序号\t姓名\t手机\n1\t陆望舒\t13800138000\n" {
		t.Fatalf("%q %q", p.Label, p.Text)
	}
	last := p.Cells[len(p.Cells)-1]
	if last.Ref != "C3" || last.Row != 2 || last.Col != 2 || last.Label != "手机" || string([]rune(p.Text)[last.Start:last.End]) != "13800138000" {
		t.Errorf("%+v", last)
	}
}

// TestEditsAndRemap: a number becomes text, a deleted row and a hidden column move
// merges, print area and what stands behind them.
func TestEditsAndRemap(t *testing.T) {
	k := one(`<cols><col min="1" max="1" hidden="1"/></cols><sheetData><row r="1">` + inline("B1", "题") + `</row><row r="2"><c r="B2"><v>13800138000</v></c></row><row r="3">` + inline("B3", "去") + `</row><row r="4">` + inline("B4", "留") + `</row></sheetData><mergeCells><mergeCell ref="B4:C5"/></mergeCells>`)
	k.names = `<definedName name="_xlnm.Print_Area" localSheetId="0">名单!$B$1:$C$5</definedName>`
	data := k.make(t)
	p := read(t, data).Parts[0]
	at := func(s string) document.Span {
		i := len([]rune(p.Text[:strings.Index(p.Text, s)]))
		return document.Span{Start: i, End: i + len([]rune(s))}
	}
	out := rebuild(t, data, document.Edit{Part: p.ID, Span: at("13800138000"), Text: "138****8000"}, document.Edit{Part: p.ID, Span: at("去"), Scope: document.ScopeRow})
	s := ziptest.Inside(t, out)
	for _, want := range []string{"138****8000", `<mergeCell ref="A3:B4"/>`, "'名单'!$A$1:$B$4", `r="A3"`} {
		if !strings.Contains(s, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if got := read(t, out).Parts[0].Text; got != "题\n138****8000\n留\n" {
		t.Errorf("got %q", got)
	}
}

func TestBadInput(t *testing.T) {
	fine := one(`<sheetData/>`).make(t)
	for name, data := range map[string][]byte{
		"empty": {}, "html": []byte("<table><tr><td>甲</td></tr></table>"), "cut": fine[:len(fine)-30],
		"all hidden": book{sheets: []string{`name="名单" state="hidden"`}, content: []string{`<sheetData/>`}}.make(t),
	} {
		src := document.Source{Name: "a.xlsx", Data: data}
		_, err := xlsx.Rebuild(context.Background(), src, document.Plan{})
		var r *document.Refusal
		if !errors.As(err, &r) || r.Do == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestPlanProperty: a random plan over a random sheet; afterwards the cells say
// what splicing says, hidden rows and columns are gone.
func TestPlanProperty(t *testing.T) {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	rapid.Check(t, func(rt *rapid.T) {
		var rows strings.Builder
		for r := range rapid.IntRange(1, 6).Draw(rt, "rows") {
			hid := ""
			if rapid.IntRange(0, 4).Draw(rt, "hid") == 0 {
				hid = ` hidden="1"`
			}
			fmt.Fprintf(&rows, `<row r="%d"%s>`, r*2+1, hid)
			for c := range rapid.IntRange(0, 5).Draw(rt, "cells") {
				ref := fmt.Sprintf("%c%d", 'A'+c, r*2+1)
				if rapid.Bool().Draw(rt, "num") {
					fmt.Fprintf(&rows, `<c r="%s"><v>%d</v></c>`, ref, rapid.Int64Range(0, 1e14).Draw(rt, "v"))
				} else {
					rows.WriteString(inline(ref, rapid.StringMatching(`[甲乙丙丁a-f0-9，]{1,8}`).Draw(rt, "t")))
				}
			}
			rows.WriteString(`</row>`)
		}
		cols := ""
		if rapid.Bool().Draw(rt, "col") {
			cols = `<cols><col min="2" max="2" hidden="1"/></cols>`
		}
		data := one(cols + `<sheetData>` + rows.String() + `</sheetData>`).make(t)
		p := read(t, data).Parts[0]
		if p.Label != "工作表 名单" {
			return
		}
		r := []rune(p.Text)
		var edits []document.Edit
		want, pos := "", 0
		for _, c := range p.Cells {
			if c.Len() == 0 || !rapid.Bool().Draw(rt, "edit") {
				continue
			}
			s := rapid.IntRange(c.Start, c.End-1).Draw(rt, "s")
			e := document.Edit{Part: p.ID, Span: document.Span{Start: s, End: rapid.IntRange(s+1, c.End).Draw(rt, "e")}, Text: rapid.SampledFrom([]string{"", "某", "****"}).Draw(rt, "x")}
			edits = append(edits, e)
			want += string(r[pos:e.Start]) + e.Text
			pos = e.End
		}
		want += string(r[pos:])
		out := rebuild(t, data, edits...)
		got := ""
		for _, x := range read(t, out).Parts {
			if x.Hidden != nil {
				rt.Fatalf("the copy hides %q", x.Label)
			}
			if x.Label == p.Label {
				got = x.Text
			}
		}
		if squeeze(got) != squeeze(want) {
			rt.Fatalf("got %q, want %q", got, want)
		}
		if ps := ooxmlproof.Check("xlsx", out, nil); len(ps) > 0 {
			rt.Fatal(ps)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c><v>1</v></c></row><row><c r="ZZ99"><f>SUM(A1:B2)</f></c></row></sheetData><mergeCells><mergeCell ref="A1:B9"/></mergeCells>`))
	f.Add([]byte(`<cols><col min="1" max="99999" hidden="1"/></cols><sheetData><row r="0"/></sheetData><headerFooter><oddHeader>&amp;L&amp;"x</oddHeader></headerFooter>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		src := document.Source{Name: "a.xlsx", Data: one(string(content), `<si><t>甲</t></si>`).make(t)}
		if _, err := xlsx.Read(context.Background(), src); err != nil {
			var r *document.Refusal
			if !errors.As(err, &r) || strings.HasPrefix(r.Detail, "panic") {
				t.Fatal(err, r)
			}
			return
		}
		out, err := xlsx.Rebuild(context.Background(), src, document.Plan{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := xlsx.Read(context.Background(), document.Source{Name: "b.xlsx", Data: out.Data}); err != nil {
			t.Fatal(err)
		}
	})
}
