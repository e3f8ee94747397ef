package tamper_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"testing"
)

// update appends an incremental update to a PDF: objects (numbers from that of the
// original on) and further entries of the catalog and the trailer.
func update(t testing.TB, c []byte, catalog, trailer string, replace map[int]string, objects ...string) []byte {
	t.Helper()
	m := regexp.MustCompile(`/Size (\d+)`).FindSubmatch(c)
	s := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n\z`).FindSubmatch(c)
	if m == nil || s == nil {
		t.Fatal("the copy has another shape")
	}
	size, _ := strconv.Atoi(string(m[1])) // digits
	out := bytes.NewBuffer(bytes.Clone(c))
	var xref bytes.Buffer
	put := func(n int, body string) {
		fmt.Fprintf(&xref, "%d 1\n%010d 00000 n \n", n, out.Len())
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", n, body)
	}
	if catalog != "" {
		put(1, "<< /Type /Catalog /Pages 2 0 R "+catalog+" >>")
	}
	for n, body := range replace {
		put(n, body)
	}
	for i, o := range objects {
		put(size+i, o)
	}
	start := out.Len()
	fmt.Fprintf(out, "xref\n%strailer\n<< /Size %d /Root 1 0 R /Prev %s %s >>\nstartxref\n%d\n%%%%EOF\n", xref.String(), size+len(objects), s[1], trailer, start)
	return out.Bytes()
}

func stream(dict, body string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body)
}

// pageWith is page object 3 of a copy with one page and further entries.
func pageWith(fonts, entries, contents string) string {
	return "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 5 0 R >> " + fonts + " >> /Contents " + contents + " " + entries + " >>"
}

func pageWays() []way {
	const latin = "Zhou Jianwei draft seven" // the test needs no Chinese font
	text := func(operators string) func(testing.TB, []byte) []byte {
		return func(t testing.TB, c []byte) []byte {
			return update(t, c, "", "", map[int]string{3: pageWith("/Font << /F 6 0 R >>", "", "[4 0 R 7 0 R]")},
				"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
				stream("", "BT /F 12 Tf "+operators+" 60 60 Td ("+latin+") Tj ET"))
		}
	}
	return []way{
		{"author in Info", func(t testing.TB, c []byte) []byte {
			return update(t, c, "", "/Info 6 0 R", nil, "<< /Author ("+latin+") >>")
		}},
		{"XMP", func(t testing.TB, c []byte) []byte {
			return update(t, c, "/Metadata 6 0 R", "", nil, stream("/Type /Metadata /Subtype /XML", `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description><dc:creator>`+latin+`</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`))
		}},
		{"annotation", func(t testing.TB, c []byte) []byte {
			return update(t, c, "", "", map[int]string{3: pageWith("", "/Annots [6 0 R]", "4 0 R")},
				"<< /Type /Annot /Subtype /Text /Rect [60 60 80 80] /Contents ("+latin+") >>")
		}},
		{"attachment", func(t testing.TB, c []byte) []byte {
			return update(t, c, "/Names << /EmbeddedFiles << /Names [(a.txt) 7 0 R] >> >>", "", nil,
				stream("/Type /EmbeddedFile", latin), "<< /Type /Filespec /F (a.txt) /EF << /F 6 0 R >> >>")
		}},
		{"invisible text", text("3 Tr")},
		{"white text", text("1 g")},
		{"phone as a text", func(t testing.TB, c []byte) []byte {
			return update(t, c, "", "", map[int]string{3: pageWith("/Font << /F 6 0 R >>", "", "[4 0 R 7 0 R]")},
				"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", stream("", "BT /F 12 Tf 60 60 Td (Tel: 13800138000) Tj ET"))
		}},
		{"script", func(t testing.TB, c []byte) []byte {
			return update(t, c, "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", "", nil)
		}},
		{"bookmark", func(t testing.TB, c []byte) []byte {
			return update(t, c, "/Outlines 6 0 R", "", nil, "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>", "<< /Title ("+latin+") /Parent 6 0 R /Dest [3 0 R /Fit] >>")
		}},
		{"form field", func(t testing.TB, c []byte) []byte {
			return update(t, c, "/AcroForm << /Fields [6 0 R] >>", "", nil, "<< /FT /Tx /T (a) /V ("+latin+") >>")
		}},
		{"object that nothing refers to", func(t testing.TB, c []byte) []byte {
			return update(t, c, "", "", nil, "("+latin+")")
		}},
		{"bytes after the end", func(_ testing.TB, c []byte) []byte { return append(bytes.Clone(c), latin...) }},
		{"comment in the file", func(_ testing.TB, c []byte) []byte {
			return bytes.Replace(c, []byte("xref\n0 "), []byte("% "+latin+"\nxref\n0 "), 1)
		}},
		{"earlier revision", func(t testing.TB, c []byte) []byte {
			return update(t, update(t, c, "", "/Info 6 0 R", nil, "<< /Author ("+latin+") >>"), "", "", map[int]string{6: "<< >>"})
		}},
	}
}

func layoutWays() []way {
	const content = "Doc_0/Pages/Page_0/Content.xml"
	return append(zipWays("OFD.xml"), []way{
		{"attachment", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("Doc_0/Attachs/a.txt", secret).put("Doc_0/Attachs/Attachments.xml", `<ofd:Attachments `+ofdNS+`><ofd:Attachment ID="1" Name="a" Format="txt"><ofd:FileLoc>a.txt</ofd:FileLoc></ofd:Attachment></ofd:Attachments>`).
				swap("Doc_0/Document.xml", "</ofd:Document>", `<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>`).bytes()
		}},
		{"custom data", edit("OFD.xml", "</ofd:DocInfo>", `<ofd:CustomDatas><ofd:CustomData Name="经办">`+secret+`</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo>`)},
		{"author", edit("OFD.xml", "</ofd:DocInfo>", `<ofd:Author>周见微</ofd:Author></ofd:DocInfo>`)},
		{"annotation", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("Doc_0/Annots/Annotations.xml", `<ofd:Annotations `+ofdNS+`><ofd:Page PageID="10"><ofd:FileLoc>Page_0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>`).
				put("Doc_0/Annots/Page_0.xml", `<ofd:PageAnnot `+ofdNS+`><ofd:Annot ID="30" Type="Stamp"><ofd:Remark>`+secret+`</ofd:Remark></ofd:Annot></ofd:PageAnnot>`).
				swap("Doc_0/Document.xml", "</ofd:Document>", `<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>`).bytes()
		}},
		{"phone on the page", edit(content, "</ofd:TextObject>", `</ofd:TextObject><ofd:TextObject ID="40" Boundary="20 60 150 6" Font="3" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 60 2">联系电话：13800138000</ofd:TextCode></ofd:TextObject>`)},
		{"hidden object", edit(content, "</ofd:TextObject>", `</ofd:TextObject><ofd:TextObject ID="40" Boundary="20 60 150 6" Font="3" Size="4" Visible="false"><ofd:TextCode X="0" Y="4" DeltaX="g 60 4">`+secret+`</ofd:TextCode></ofd:TextObject>`)},
		{"text beside the page", edit(content, "</ofd:TextObject>", `</ofd:TextObject><ofd:TextObject ID="40" Boundary="500 60 150 6" Font="3" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 60 4">`+secret+`</ofd:TextCode></ofd:TextObject>`)},
		{"signature", func(t testing.TB, c []byte) []byte {
			return reopen(t, c).put("Doc_0/Signs/Signatures.xml", `<ofd:Signatures `+ofdNS+`><ofd:MaxSignId>1</ofd:MaxSignId><ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>`).
				put("Doc_0/Signs/Sign_0/Signature.xml", `<ofd:Signature `+ofdNS+`><ofd:SignedInfo><ofd:Provider ProviderName="某厂签章" Company="某厂"/></ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>`).
				swap("OFD.xml", "</ofd:DocBody>", `<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>`).bytes()
		}},
	}...)
}

func textWays() []way {
	add := func(s string) func(testing.TB, []byte) []byte {
		return func(_ testing.TB, c []byte) []byte { return append(bytes.Clone(c), s...) }
	}
	return []way{
		{"phone", add("联系电话：13800138000\r\n")},
		{"name with zero-width signs", add("联系人：张\u200b建\u200c国\r\n")},
		{"phone with zero-width signs", add("电话：138\u200b0013\u200b8000\r\n")},
		{"full-width phone", add("电话：１３８００１３８０００\r\n")},
		{"text in tag characters", add(tags("neibu taolun gao"))},
		{"mark", add("机密★10年\r\n")},
	}
}

// tags writes text in the invisible tag characters of Unicode.
func tags(s string) string {
	var b bytes.Buffer
	for _, r := range s {
		b.WriteRune(0xE0000 + r)
	}
	return b.String()
}

// exif puts an EXIF segment with an artist after the start of a JPEG file.
func exif(c []byte) []byte {
	artist := "Zhou Jianwei\x00"
	tiff := "II*\x00\x08\x00\x00\x00\x01\x00\x3b\x01\x02\x00" + string(rune(len(artist))) + "\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x00\x00" + artist
	return segment(c, 0xE1, "Exif\x00\x00"+tiff)
}

func segment(c []byte, marker byte, body string) []byte {
	n := len(body) + 2
	out := append(bytes.Clone(c[:2]), 0xFF, marker, byte(n>>8), byte(n))
	return append(append(out, body...), c[2:]...)
}

func photoWays() []way {
	return []way{
		{"EXIF", func(_ testing.TB, c []byte) []byte { return exif(c) }},
		{"comment", func(_ testing.TB, c []byte) []byte { return segment(c, 0xFE, secret) }},
		{"bytes after the end", func(_ testing.TB, c []byte) []byte { return append(bytes.Clone(c), secret...) }},
	}
}
