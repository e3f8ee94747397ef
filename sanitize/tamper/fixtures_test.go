package tamper_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jinggao/sanitize"
	"jinggao/sanitize/internal/ziptest"

	"jinggao/sanitize/format/pdf/pdftest"
)

const (
	relNS   = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	relBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordNS  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	deckNS  = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	ofdNS   = `xmlns:ofd="http://www.ofdspec.org/2016"`
)

// entry is a member of a package, in order.
type entry = ziptest.Member

// pack packs members under a comment of the archive.
func pack(t testing.TB, comment string, es ...entry) []byte {
	t.Helper()
	data := ziptest.Pack(t, es...)
	if comment != "" { // the last two bytes are its length
		data = append(binary.LittleEndian.AppendUint16(data[:len(data)-2], uint16(len(comment))), comment...) //nolint:gosec // a few words
	}
	return data
}

func photo(t testing.TB) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for y := range 48 {
		for x := range 64 {
			img.Set(x, y, color.RGBA{uint8(4 * x), uint8(5 * y), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wordFile(t testing.TB) []byte {
	t.Helper()
	body := `<w:p><w:r><w:t>项目通过验收，达到预期目标。</w:t></w:r></w:p>` +
		`<w:p><w:r><w:drawing><wp:inline><wp:extent cx="600000" cy="450000"/><wp:docPr id="1" name="图片 1"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="图片 1"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="600000" cy="450000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>` +
		`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>指标</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>结果</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>可用率</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>合格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`
	return pack(t, "",
		entry{Name: "[Content_Types].xml", Data: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		entry{Name: "_rels/.rels", Data: `<Relationships ` + relNS + `><Relationship Id="rId1" Type="` + relBase + `officeDocument" Target="word/document.xml"/></Relationships>`},
		entry{Name: "word/document.xml", Data: `<w:document ` + wordNS + `><w:body>` + body + `</w:body></w:document>`},
		entry{Name: "word/_rels/document.xml.rels", Data: `<Relationships ` + relNS + `><Relationship Id="rId1" Type="` + relBase + `image" Target="media/image1.jpeg"/></Relationships>`},
		entry{Name: "word/media/image1.jpeg", Data: string(photo(t))},
	)
}

func sheetFile(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	for i, row := range [][]any{{"指标", "结果"}, {"可用率", "合格"}, {"响应时间", "合格"}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const treeTop = `<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>`

func deckFile(t testing.TB) []byte {
	t.Helper()
	shape := `<p:sp><p:nvSpPr><p:cNvPr id="2" name="文本框 1"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="100" y="100"/><a:ext cx="2000000" cy="500000"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>项目通过验收</a:t></a:r></a:p></p:txBody></p:sp>`
	rel := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + relBase + kind + `" Target="` + target + `"/>`
	}
	rels := func(s ...string) string {
		return `<Relationships ` + relNS + `>` + strings.Join(s, "") + `</Relationships>`
	}
	return pack(t, "",
		entry{Name: "[Content_Types].xml", Data: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>`},
		entry{Name: "_rels/.rels", Data: rels(rel("r", "officeDocument", "ppt/presentation.xml"))},
		entry{Name: "ppt/presentation.xml", Data: `<p:presentation ` + deckNS + `><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="m"/></p:sldMasterIdLst><p:sldIdLst><p:sldId id="256" r:id="s"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`},
		entry{Name: "ppt/_rels/presentation.xml.rels", Data: rels(rel("s", "slide", "slides/slide1.xml"), rel("m", "slideMaster", "slideMasters/slideMaster1.xml"))},
		entry{Name: "ppt/slides/slide1.xml", Data: `<p:sld ` + deckNS + `><p:cSld><p:spTree>` + treeTop + shape + `</p:spTree></p:cSld></p:sld>`},
		entry{Name: "ppt/slides/_rels/slide1.xml.rels", Data: rels(rel("l", "slideLayout", "../slideLayouts/slideLayout1.xml"))},
		entry{Name: "ppt/slideLayouts/slideLayout1.xml", Data: `<p:sldLayout ` + deckNS + `><p:cSld name="空白"><p:spTree>` + treeTop + `</p:spTree></p:cSld></p:sldLayout>`},
		entry{Name: "ppt/slideLayouts/_rels/slideLayout1.xml.rels", Data: rels(rel("m", "slideMaster", "../slideMasters/slideMaster1.xml"))},
		entry{Name: "ppt/slideMasters/slideMaster1.xml", Data: `<p:sldMaster ` + deckNS + `><p:cSld><p:spTree>` + treeTop + `</p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="l"/></p:sldLayoutIdLst></p:sldMaster>`},
		entry{Name: "ppt/slideMasters/_rels/slideMaster1.xml.rels", Data: rels(rel("l", "slideLayout", "../slideLayouts/slideLayout1.xml"))},
	)
}

func pageFile() []byte {
	return pdftest.Page("BT /F1 18 Tf 60 760 Td (Test report, second quarter) Tj 0 -40 Td (All items passed.) Tj ET")
}

func layoutFile(t testing.TB) []byte {
	t.Helper()
	return pack(t, "",
		entry{Name: "OFD.xml", Data: `<ofd:OFD ` + ofdNS + ` Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`},
		entry{Name: "Doc_0/Document.xml", Data: `<ofd:Document ` + ofdNS + `><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="10" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`},
		entry{Name: "Doc_0/PublicRes.xml", Data: `<ofd:Res ` + ofdNS + ` BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体"/></ofd:Fonts></ofd:Res>`},
		entry{Name: "Doc_0/Pages/Page_0/Content.xml", Data: `<ofd:Page ` + ofdNS + `><ofd:Content><ofd:Layer ID="2"><ofd:TextObject ID="4" Boundary="20 20 150 6" Font="3" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 60 4">项目通过验收，达到预期目标</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>`},
	)
}

// cleaned gives our own copy of a file.
func cleaned(t *testing.T, e *sanitize.Engine, name string, data []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	in := filepath.Join(dir, name)
	if err := os.WriteFile(in, data, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := e.Clean(t.Context(), sanitize.Job{Path: in, Dir: filepath.Join(dir, "out"), AllowUnchecked: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.ReadFile(c.Out)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// reopened is a package taken apart, to be changed and packed again.
type reopened struct {
	t  testing.TB
	es []entry
}

func reopen(t testing.TB, data []byte) *reopened {
	t.Helper()
	return &reopened{t: t, es: ziptest.Unpack(t, data)}
}

// put adds a member or, under a name that is there, replaces it.
func (r *reopened) put(name, data string) *reopened {
	for i := range r.es {
		if r.es[i].Name == name {
			r.es[i].Data = data
			return r
		}
	}
	r.es = append(r.es, entry{Name: name, Data: data})
	return r
}

// swap replaces the first occurrence of a text in the first member whose name ends so.
func (r *reopened) swap(suffix, old, with string) *reopened {
	r.t.Helper()
	for i := range r.es {
		if strings.HasSuffix(r.es[i].Name, suffix) && strings.Contains(r.es[i].Data, old) {
			r.es[i].Data = strings.Replace(r.es[i].Data, old, with, 1)
			return r
		}
	}
	for _, e := range r.es {
		if strings.HasSuffix(e.Name, suffix) {
			r.t.Log(e.Name, e.Data)
		}
	}
	r.t.Fatalf("no %q in %s", old, suffix)
	return r
}

// relate adds a relationship of a part and its type.
func (r *reopened) relate(rels, id, kind, target, mode string) *reopened {
	rel := `<Relationship Id="` + id + `" Type="` + relBase + kind + `" Target="` + target + `"` + mode + `/>`
	for i := range r.es {
		if r.es[i].Name == rels {
			return r.swap(rels, "</Relationships>", rel+"</Relationships>")
		}
	}
	return r.put(rels, `<Relationships `+relNS+`>`+rel+`</Relationships>`)
}

func (r *reopened) bytes() []byte { r.t.Helper(); return pack(r.t, "", r.es...) }
