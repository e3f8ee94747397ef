package odfproof_test

import (
	"archive/zip"
	"context"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/odf"
	"jinggao/sanitize/internal/ziptest"
	"jinggao/sanitize/verify/odfproof"
)

const urn = "urn:oasis:names:tc:opendocument:xmlns:"

const ns = `xmlns:office="` + urn + `office:1.0" xmlns:text="` + urn + `text:1.0" xmlns:table="` + urn + `table:1.0" xmlns:style="` + urn + `style:1.0" xmlns:fo="` + urn + `xsl-fo-compatible:1.0"`

type entry = ziptest.Member

// pack packs members as copies are: the first bare.
func pack(t testing.TB, es []entry) []byte {
	t.Helper()
	return ziptest.PackAs(t, func(i int, h *zip.FileHeader) {
		if ziptest.AsCopy(i, h); i == 0 {
			h.Method = zip.Store
		}
	}, es...)
}

// clean is a copy of a workbook as the rebuild writes it.
func clean(t testing.TB) []byte {
	t.Helper()
	src := pack(t, []entry{
		{Name: "mimetype", Data: "application/vnd.oasis.opendocument.spreadsheet"},
		{Name: "content.xml", Data: `<office:document-content ` + ns + `><office:automatic-styles><style:style style:name="c" style:family="table-cell"><style:text-properties fo:color="#112233"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="甲" table:print-ranges="甲.A1:甲.B1"><table:table-column/><table:table-row><table:table-cell table:style-name="c" office:value-type="float" office:value="12.5"><text:p>12.5</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-11-24"><text:p>2026-11-24</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`},
	})
	out, err := odf.Rebuild(context.Background(), document.Source{Name: "a.ods", Data: src}, document.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	return out.Data
}

func TestCleanCopyPasses(t *testing.T) {
	data := clean(t)
	if p := odfproof.Check("ods", data, []string{"不在其中"}); len(p) > 0 {
		t.Fatal(p)
	}
	if p := odfproof.Check("ods", pack(t, ziptest.Unpack(t, data)), nil); len(p) > 0 {
		t.Fatal("packed again: ", p)
	}
}

func TestChangedCopiesFail(t *testing.T) {
	const where = "content.xml"
	swap := func(member, old, with string) func(es []entry) []entry {
		return func(es []entry) []entry {
			for i, e := range es {
				if e.Name == member {
					if !strings.Contains(e.Data, old) {
						t.Fatalf("no %q in %s", old, e.Data)
					}
					es[i].Data = strings.Replace(e.Data, old, with, 1)
				}
			}
			return es
		}
	}
	for name, change := range map[string]func(es []entry) []entry{
		"element":                swap(where, "<text:p>", `<text:p><text:bookmark text:name="s1"/>`),
		"element of a namespace": swap(where, "<text:p>", `<text:p><dc:a/>`),
		"attribute":              swap(where, "<text:p>", `<text:p text:id="s1">`),
		"value":                  swap(where, `fo:color="#112233"`, `fo:color="secret"`),
		"word":                   swap(where, `style:family="table-cell"`, `style:family="secret"`),
		"style name":             swap(where, `style:name="s1"`, `style:name="Secret"`),
		"hidden row":             swap(where, "<table:table-row>", `<table:table-row table:visibility="collapse">`),
		"formula":                swap(where, `office:value="12.5"`, `office:value="12.5" table:formula="of:=1"`),
		"other value":            swap(where, `office:value="12.5"`, `office:value="13.5"`),
		"finer value":            swap(where, `office:value="12.5"`, `office:value="12.512"`),
		"other day":              swap(where, `2026-11-24"`, `2026-11-25"`),
		"print range of a sheet": swap(where, `".A1:.B1"`, `"甲.A1:.B1"`),
		"print range of words":   swap(where, `".A1:.B1"`, `"ABC"`),
		"print":                  swap(where, `<table:table `, `<table:table table:print="secret" `),
		"text out of place":      swap(where, "<table:table-row>", "<table:table-row>秘"),
		"comment":                swap(where, "<text:p>", "<!-- a --><text:p>"),
		"instruction":            swap(where, "<text:p>", "<?a b?><text:p>"),
		"link":                   swap(where, "<text:p>", `<text:p><text:a xlink:href="http://a/">b</text:a>`),
		"namespace":              swap(where, "<office:document-content ", `<office:document-content xmlns:x="urn:x" `),
		"namespace inside":       swap(where, "<text:p>", `<text:p xmlns:text="`+urn+`text:1.0">`),
		"root":                   func(es []entry) []entry { es[2].Data, es[3].Data = es[3].Data, es[2].Data; return es },
		"type":                   swap("mimetype", "spreadsheet", "text"),
		"manifest":               swap("META-INF/manifest.xml", "styles.xml", "content.xml"),
		"encryption":             swap("META-INF/manifest.xml", "</manifest:manifest>", `<manifest:encryption-data/></manifest:manifest>`),
		"order":                  func(es []entry) []entry { es[0], es[1] = es[1], es[0]; return es },
		"meta.xml":               func(es []entry) []entry { return append(es, entry{Name: "meta.xml", Data: "<a/>"}) },
		"settings of a workbook": func(es []entry) []entry { return append(es, entry{Name: "settings.xml", Data: "<a/>"}) },
		"picture":                func(es []entry) []entry { return append(es, entry{Name: "Pictures/image1.png", Data: "x"}) },
		"forbidden":              swap(where, "<text:p>12.5", "<text:p>12.5禁<text:span>语</text:span>词"),
	} {
		if p := odfproof.Check("ods", pack(t, change(ziptest.Unpack(t, clean(t)))), []string{"禁语词"}); len(p) == 0 {
			t.Errorf("%s: nothing seen", name)
		}
	}
	for name, data := range map[string][]byte{
		"behind the end": append(clean(t), 0), "before": append([]byte{0}, clean(t)...), "no zip": []byte("PK"), "nothing": nil,
	} {
		if p := odfproof.Check("ods", data, nil); len(p) == 0 {
			t.Errorf("%s: nothing seen", name)
		}
	}
	if p := odfproof.Check("odt", clean(t), nil); len(p) == 0 {
		t.Error("another kind passes")
	}
}
