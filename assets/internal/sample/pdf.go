package main

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"sort"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// pdfPages are the lines of the test report; an empty line is a gap.
var pdfPages = [][]string{
	{
		"# 车载激光雷达抗干扰关键技术 检测报告",
		"",
		"送检单位：泖塔光电研究院",
		"送检人：" + tester + "　手机：" + testerMobile,
		"邮箱：zhu.nanqiao@example.com",
		"报告编号：MT-2026-0418",
		"",
		"一、检测项目",
		"测距精度、抗强光干扰、多机互扰、功能安全。",
		"样品为车载激光雷达四台，工作波长 905 纳米，最大测距 220 米。",
		"本报告不涉及国家秘密，可用于公开申报。",
	},
	{
		"二、检测环境",
		"暗室与外场各一处。外场试验点坐标 121.473701, 31.230416。",
		"采集计算机地址 192.168.18.77，数据加密采用商用密码算法。",
		"",
		"三、结论",
		"四台样品全部合格。检测经费由送检单位支付，卡号 " + leadCard + "。",
		"检测员：" + member + "，证件号码 " + memberID + "。",
	},
}

// pdfFont holds what of the typeface the pages use.
type pdfFont struct {
	f      *sfnt.Font
	buf    sfnt.Buffer
	glyphs map[rune]sfnt.GlyphIndex
	widths map[sfnt.GlyphIndex]int // in thousandths
}

func (p *pdfFont) show(s string) (string, error) {
	var out strings.Builder
	for _, r := range s {
		g, err := p.f.GlyphIndex(&p.buf, r)
		if err != nil {
			return "", fmt.Errorf("glyph of %U: %w", r, err)
		}
		if g == 0 {
			return "", fmt.Errorf("no glyph for %U", r)
		}
		adv, err := p.f.GlyphAdvance(&p.buf, g, fixed.I(1000), font.HintingNone)
		if err != nil {
			return "", fmt.Errorf("advance of %U: %w", r, err)
		}
		p.glyphs[r], p.widths[g] = g, adv.Round()
		fmt.Fprintf(&out, "%04X", uint16(g))
	}
	return out.String(), nil
}

// makePDF writes a PDF by hand: one embedded typeface, cut down to the glyphs used,
// two pages, and properties with names.
func makePDF(face []byte) ([]byte, error) {
	f, err := sfnt.Parse(face)
	if err != nil {
		return nil, fmt.Errorf("parse typeface: %w", err)
	}
	p := &pdfFont{f: f, glyphs: map[rune]sfnt.GlyphIndex{}, widths: map[sfnt.GlyphIndex]int{}}
	var contents []string
	for _, lines := range pdfPages {
		c, err := p.page(lines)
		if err != nil {
			return nil, err
		}
		contents = append(contents, c)
	}
	keep := map[uint16]bool{}
	for _, g := range p.glyphs {
		keep[uint16(g)] = true
	}
	cut, err := subset(face, keep)
	if err != nil {
		return nil, fmt.Errorf("cut typeface: %w", err)
	}
	var d pdfFile
	kids := ""
	for i := range contents {
		kids += fmt.Sprintf("%d 0 R ", 8+2*i)
	}
	d.object("<</Type/Catalog/Pages 2 0 R>>")
	d.object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, len(contents)))
	d.object("<</Type/Font/Subtype/Type0/BaseFont/JGCUTS+NotoSansSC/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 7 0 R>>")
	d.object("<</Type/Font/Subtype/CIDFontType2/BaseFont/JGCUTS+NotoSansSC/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/DW 1000/W[" + p.widthList() + "]/CIDToGIDMap/Identity>>")
	d.object("<</Type/FontDescriptor/FontName/JGCUTS+NotoSansSC/Flags 4/FontBBox[-1000 -300 2000 1000]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 733/StemV 80/FontFile2 6 0 R>>")
	d.stream(fmt.Sprintf("/Length1 %d", len(cut)), cut)
	d.stream("", []byte(p.toUnicode()))
	for i, c := range contents {
		d.object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", 9+2*i))
		d.stream("", []byte(c))
	}
	info := d.object("<</Title" + pdfText("检测报告") + "/Author" + pdfText(tester) + "/Keywords" + pdfText("内部流转 "+testerMobile) + "/Producer(JG)/CreationDate(D:20260418090000+08'00')>>")
	return d.finish(info), nil
}

func (p *pdfFont) page(lines []string) (string, error) {
	var out strings.Builder
	y := 770
	for _, l := range lines {
		size := 12
		if t, ok := strings.CutPrefix(l, "# "); ok {
			l, size = t, 18
		}
		if l != "" {
			hex, err := p.show(l)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&out, "BT /F1 %d Tf 72 %d Td <%s> Tj ET\n", size, y, hex)
		}
		y -= 26
	}
	return out.String(), nil
}

func (p *pdfFont) widthList() string {
	var gs []int
	for g := range p.widths {
		gs = append(gs, int(g))
	}
	sort.Ints(gs)
	var out strings.Builder
	for _, g := range gs {
		if w := p.widths[sfnt.GlyphIndex(g)]; w != 1000 {
			fmt.Fprintf(&out, "%d[%d]", g, w)
		}
	}
	return out.String()
}

func (p *pdfFont) toUnicode() string {
	var rs []rune
	for r := range p.glyphs {
		rs = append(rs, r)
	}
	sort.Slice(rs, func(i, j int) bool { return p.glyphs[rs[i]] < p.glyphs[rs[j]] })
	var out strings.Builder
	out.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /JG def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for len(rs) > 0 {
		n := min(len(rs), 100)
		fmt.Fprintf(&out, "%d beginbfchar\n", n)
		for _, r := range rs[:n] {
			fmt.Fprintf(&out, "<%04X> <%04X>\n", uint16(p.glyphs[r]), r)
		}
		out.WriteString("endbfchar\n")
		rs = rs[n:]
	}
	out.WriteString("endcmap end end")
	return out.String()
}

// pdfText writes a text string as UTF-16.
func pdfText(s string) string {
	var out strings.Builder
	out.WriteString("<FEFF")
	for _, r := range s {
		fmt.Fprintf(&out, "%04X", r) // only characters of the basic plane are used here
	}
	return out.String() + ">"
}

// pdfFile collects objects and their places.
type pdfFile struct {
	buf bytes.Buffer
	at  []int
}

func (d *pdfFile) object(body string) int {
	if d.buf.Len() == 0 {
		d.buf.WriteString("%PDF-1.5\n%\xE2\xE3\xCF\xD3\n")
	}
	d.at = append(d.at, d.buf.Len())
	fmt.Fprintf(&d.buf, "%d 0 obj\n%s\nendobj\n", len(d.at), body)
	return len(d.at)
}

func (d *pdfFile) stream(dict string, data []byte) {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write(data) // into memory: no error
	_ = w.Close()
	d.object(fmt.Sprintf("<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream", z.Len(), dict, z.String()))
}

func (d *pdfFile) finish(info int) []byte {
	start := d.buf.Len()
	fmt.Fprintf(&d.buf, "xref\n0 %d\n0000000000 65535 f \n", len(d.at)+1)
	for _, o := range d.at {
		fmt.Fprintf(&d.buf, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&d.buf, "trailer\n<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(d.at)+1, info, start)
	return d.buf.Bytes()
}
