package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"time"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	ctBase  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// makeDOCX writes the project description: a page header that marks it as internal,
// people with numbers and an address, an inner network address, a comment, a
// struck-out sentence, hidden text and properties.
func makeDOCX() ([]byte, error) {
	p := func(s string) string {
		return `<w:p><w:r><w:t xml:space="preserve">` + s + `</w:t></w:r></w:p>`
	}
	head := func(s string) string {
		return `<w:p><w:pPr><w:spacing w:before="240" w:after="120"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="28"/></w:rPr><w:t>` + s + `</w:t></w:r></w:p>`
	}
	row := func(cells ...string) string {
		var b strings.Builder
		b.WriteString("<w:tr>")
		for _, c := range cells {
			b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="2200" w:type="dxa"/></w:tcPr>` + p(c) + `</w:tc>`)
		}
		return b.String() + "</w:tr>"
	}
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document ` + wordNS + `><w:body>`)
	b.WriteString(`<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="36"/></w:rPr><w:t>城市内涝分钟级预报关键技术及应用 项目说明书</w:t></w:r></w:p>`)
	b.WriteString(head("一、项目概况"))
	b.WriteString(p("项目面向特大城市排水防涝，提出流域水文过程可解释建模方法，建成分钟级预报系统，已在三个城区试运行。系统不涉及国家秘密，采用公开的雨量与水位资料。"))
	// the phone number stands in two runs, as a word processor would leave it
	b.WriteString(`<w:p><w:r><w:t xml:space="preserve">项目负责人：` + leader + `，手机 ` + leaderMobile[:4] + `</w:t></w:r><w:r><w:rPr><w:lang w:val="en-US"/></w:rPr><w:t xml:space="preserve">` + leaderMobile[4:] + `，身份证号 ` + leaderID + `，家住上海市浦东新区泖塔路88弄6号302室。</w:t></w:r></w:p>`)
	b.WriteString(`<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>累计节约排涝调度费用 3,200 万元。</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`)
	b.WriteString(head("二、技术方案"))
	b.WriteString(p("雨量雷达与激光雷达点云融合，模型服务部署在 10.12.3.45 和 10.12.3.46 两台服务器，经计算机密码学方法签名后发布。"))
	b.WriteString(`<w:p><w:r><w:t xml:space="preserve">模型参数每十分钟更新一次。</w:t></w:r><w:del w:id="1" w:author="` + member + `" w:date="2026-05-06T10:00:00Z"><w:r><w:delText>试运行联系 ` + memberMobile + `，此句定稿前删除。</w:delText></w:r></w:del></w:p>`)
	b.WriteString(`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏说明：经费结余转入银行卡 ` + leadCard + `。</w:t></w:r></w:p>`)
	b.WriteString(head("三、主要完成人"))
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w="2200"/><w:gridCol w:w="2200"/><w:gridCol w:w="2200"/><w:gridCol w:w="2200"/></w:tblGrid>`)
	b.WriteString(row("姓名", "职称", "身份证号", "手机"))
	b.WriteString(row(leader, "教授", leaderID, leaderMobile))
	b.WriteString(row(member, "副研究员", memberID, memberMobile))
	b.WriteString(`</w:tbl>`)
	b.WriteString(head("四、推广应用"))
	b.WriteString(p("成果已写入地方标准，期限内参加评测的六家单位均达到预报要求。"))
	b.WriteString(`<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>`)

	types := xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + ctBase + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + ctBase + `styles+xml"/><Override PartName="/word/header1.xml" ContentType="` + ctBase + `header+xml"/><Override PartName="/word/comments.xml" ContentType="` + ctBase + `comments+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	return zipOf([][2]string{
		{"[Content_Types].xml", types},
		{"_rels/.rels", rels(relBase+"officeDocument", "word/document.xml", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml")},
		{"word/document.xml", b.String()},
		{"word/_rels/document.xml.rels", rels(relBase+"styles", "styles.xml", relBase+"header", "header1.xml", relBase+"comments", "comments.xml")},
		{"word/styles.xml", xmlHead + `<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>`},
		{"word/header1.xml", xmlHead + `<w:hdr ` + wordNS + `><w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>内部资料 注意保存</w:t></w:r></w:p></w:hdr>`},
		{"word/comments.xml", xmlHead + `<w:comments ` + wordNS + `><w:comment w:id="0" w:author="` + member + `" w:date="2026-05-05T09:00:00Z" w:initials="C"><w:p><w:r><w:t>这个数请财务再核一遍，联系 ` + memberMobile + `</w:t></w:r></w:p></w:comment></w:comments>`},
		{"docProps/core.xml", xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>项目说明书送审稿</dc:title><dc:creator>` + leader + `</dc:creator><cp:lastModifiedBy>` + member + `</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">2026-05-04T08:00:00Z</dcterms:created></cp:coreProperties>`},
	})
}

// rels writes relationships from pairs of type and target.
func rels(pairs ...string) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i+1 < len(pairs); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s" Target="%s"/>`, i/2+1, pairs[i], pairs[i+1])
	}
	return b.String() + `</Relationships>`
}

func zipOf(parts [][2]string) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p[0], Method: zip.Deflate, Modified: time.Date(2026, 5, 6, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, fmt.Errorf("zip %s: %w", p[0], err)
		}
		if _, err := w.Write([]byte(p[1])); err != nil {
			return nil, fmt.Errorf("zip %s: %w", p[0], err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("zip: %w", err)
	}
	return out.Bytes(), nil
}
