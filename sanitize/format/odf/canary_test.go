package odf_test

import (
	"context"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/odf"
	"jinggao/sanitize/internal/ziptest"
	"jinggao/sanitize/verify"
	"jinggao/sanitize/verify/odfproof"
)

// wide are documents with one of nearly everything.
func wide() map[string]file {
	common := `<style:default-style style:family="paragraph"><style:paragraph-properties fo:text-align="start"/><style:text-properties style:font-name="宋体" fo:font-size="12pt" fo:language="zh" fo:country="CN"/></style:default-style>` +
		`<style:style style:name="Standard" style:family="paragraph" style:class="text"/><style:style style:name="甲式" style:display-name="甲式样" style:family="paragraph" style:parent-style-name="Standard" style:next-style-name="Standard" style:list-style-name="L1"/>` +
		`<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/></text:outline-style>` +
		`<text:notes-configuration text:note-class="footnote" text:citation-style-name="甲式" style:num-format="1" text:start-value="0"/><draw:gradient draw:name="渐" draw:display-name="渐变" draw:style="linear" draw:start-color="#ffffff" draw:end-color="#000000"/>` +
		`<draw:marker draw:name="Arrow" svg:viewBox="0 0 20 30" svg:d="M10 0l-10 30h20z"/><draw:stroke-dash draw:name="虚" draw:style="rect" draw:dots1="1"/><draw:fill-image draw:name="图" xlink:href="Pictures/a.png" xlink:type="simple"/>`
	styles := `<style:style style:name="P1" style:family="paragraph" style:parent-style-name="甲式" style:master-page-name="M"><style:paragraph-properties fo:margin-left="1cm" fo:border="0.5pt solid #000000" fo:break-before="page"><style:tab-stops><style:tab-stop style:position="3cm" style:type="right" style:leader-style="dotted" style:leader-text="."/></style:tab-stops><style:drop-cap style:lines="2" style:length="1"/></style:paragraph-properties><style:text-properties fo:color="#112233" style:text-position="super 58%" fo:font-family="'Liberation Sans'"/></style:style>` +
		`<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold" style:font-name="宋体"/></style:style><style:style style:name="g1" style:family="graphic"><style:graphic-properties draw:fill="gradient" draw:fill-gradient-name="渐" draw:stroke="dash" draw:stroke-dash="虚" draw:marker-end="Arrow" fo:clip="rect(0cm, 0cm, 0cm, 0cm)" style:wrap="none"/></style:style>` +
		`<text:list-style style:name="L1"><text:list-level-style-number text:level="1" text:style-name="T1" style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）" text:start-value="1"><style:list-level-properties text:space-before="1cm"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-1cm"/></style:list-level-properties></text:list-level-style-number><text:list-level-style-bullet text:level="2" text:bullet-char="•"/></text:list-style>` +
		`<style:style style:name="se1" style:family="section"><style:section-properties><style:columns fo:column-count="2"><style:column style:rel-width="1*"/><style:column-sep style:width="1pt" style:color="#000000"/></style:columns></style:section-properties></style:style>` +
		`<style:style style:name="ta1" style:family="table"><style:table-properties style:width="10cm" table:align="left"/></style:style><style:style style:name="co1" style:family="table-column"><style:table-column-properties style:column-width="5cm"/></style:style><style:style style:name="ro1" style:family="table-row"><style:table-row-properties style:row-height="1cm"/></style:style>` +
		`<number:date-style style:name="N1" number:automatic-order="true"><number:year number:style="long"/><number:text>年</number:text><number:month/></number:date-style><number:number-style style:name="N9"><number:number number:decimal-places="2" number:min-integer-digits="1"/><style:map style:condition="value()&gt;=0" style:apply-style-name="N1"/></number:number-style>` +
		`<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N9"><style:table-cell-properties fo:background-color="#ffffff" style:vertical-align="middle"/><style:map style:condition="is-true-formula(1)" style:apply-style-name="ce1"/></style:style>`
	shapes := `<draw:frame draw:name="框" draw:style-name="g1" text:anchor-type="char" svg:x="1cm" svg:y="1cm" svg:width="3cm" svg:height="2cm" draw:z-index="1"><draw:text-box fo:min-height="1cm"><text:p>框中字</text:p></draw:text-box><svg:title>题</svg:title></draw:frame>` +
		`<draw:frame svg:width="3cm" svg:height="2cm"><draw:image xlink:href="Pictures/a.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>` +
		`<draw:custom-shape svg:width="3cm" svg:height="2cm" draw:transform="rotate (0.5) translate (1cm 2cm)"><text:p>形中字</text:p><draw:enhanced-geometry draw:type="ooxml-rect" svg:viewBox="0 0 10 10" draw:enhanced-path="M 0 0 L ?f0 0 Z N" draw:text-areas="0 0 ?f0 10" draw:modifiers="5"><draw:equation draw:name="f0" draw:formula="logwidth/2"/></draw:enhanced-geometry></draw:custom-shape>` +
		`<draw:line svg:x1="1cm" svg:y1="1cm" svg:x2="2cm" svg:y2="2cm"/><draw:polygon svg:viewBox="0 0 9 9" draw:points="0,0 9,9 0,9"/><draw:path svg:viewBox="0 0 9 9" svg:d="M0 0l9 9z"/>`
	table := `<table:table table:name="表名" table:style-name="ta1"><table:table-column table:style-name="co1" table:number-columns-repeated="2"/><table:table-header-rows><table:table-row table:style-name="ro1"><table:table-cell office:value-type="string"><text:p>表头甲</text:p></table:table-cell><table:table-cell><text:p>表头乙</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>合并格</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>`
	t := text(styles, `<office:forms/><text:sequence-decls><text:sequence-decl text:name="Table"/></text:sequence-decls><text:h text:style-name="P1" text:outline-level="1">标题字</text:h><text:p text:style-name="P1">正文 字<text:s text:c="2"/><text:tab/><text:span text:style-name="T1">粗体字</text:span><text:line-break/><text:bookmark text:name="b"/><text:a xlink:href="#b" text:style-name="T1">链中字</text:a>`+
		`<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>注中字</text:p></text:note-body></text:note><text:page-number text:select-page="current">3</text:page-number><text:date office:date-value="2026-01-02">二日</text:date><text:ruby><text:ruby-base>基字</text:ruby-base><text:ruby-text>jizi</text:ruby-text></text:ruby></text:p>`+
		`<text:list xml:id="list1" text:style-name="L1"><text:list-item text:start-value="2"><text:p>项中字</text:p></text:list-item></text:list><text:list text:continue-list="list1"><text:list-header><text:p>项头字</text:p></text:list-header></text:list>`+
		`<text:section text:name="节" text:style-name="se1"><text:p>节中字</text:p></text:section><text:table-of-content text:name="目录"><text:table-of-content-source text:outline-level="3"/><text:index-body><text:index-title text:name="x"><text:p>目录</text:p></text:index-title><text:p>目录字</text:p></text:index-body></text:table-of-content>`+table+`<text:p>`+shapes+`</text:p>`)
	t.common, t.master = common, `<style:master-page style:name="M" style:display-name="母版" style:page-layout-name="pm1"><style:header><text:p>眉中字</text:p></style:header><style:footer><text:p>脚中字</text:p></style:footer></style:master-page>`
	b := book(styles, strings.ReplaceAll(table, `office:value-type="string"`, `table:style-name="ce1" office:value-type="float" office:value="12.5"`))
	b.body = strings.Replace(b.body, "表头甲", "12.50", 1)
	b.body = strings.Replace(b.body, `<table:table `, `<table:table table:print="false" table:print-ranges="表名.A1:表名.B2 $表名.$A$1:.$A$2" `, 1)
	b.common, b.master = common, t.master
	d := deck(styles, `<presentation:footer-decl presentation:name="f1">页脚字</presentation:footer-decl><draw:page draw:name="第一页" draw:master-page-name="M" presentation:use-footer-name="f1">`+shapes+`<draw:frame presentation:class="outline" svg:width="9cm"><draw:text-box><text:list text:style-name="L1"><text:list-item><text:p>大纲字</text:p></text:list-item></text:list></draw:text-box></draw:frame><draw:frame><table:table><table:table-column/><table:table-row><table:table-cell><text:p>表中字</text:p></table:table-cell></table:table-row></table:table></draw:frame></draw:page>`,
		`<draw:frame presentation:class="footer" svg:x="1cm"><draw:text-box><text:p><presentation:footer/></text:p></draw:text-box></draw:frame><draw:rect svg:x="1cm" svg:y="1cm" svg:width="2cm" svg:height="1cm"><text:p>母版字</text:p></draw:rect>`)
	d.common = common
	for _, f := range []*file{&t, &b, &d} {
		f.more = []ziptest.Member{
			{Name: "settings.xml", Data: `<office:document-settings ` + ns + ` xmlns:config="` + urn + `config:1.0"><office:settings><config:config-item-set config:name="ooo:configuration-settings"><config:config-item config:name="TableRowKeep" config:type="boolean">true</config:config-item><config:config-item config:name="PrinterName" config:type="string"></config:config-item></config:config-item-set></office:settings></office:document-settings>`},
			{Name: "META-INF/manifest.xml", Data: `<manifest:manifest xmlns:manifest="` + urn + `manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>`},
		}
	}
	return map[string]file{"odt": t, "ods": b, "odp": d}
}

var (
	attribute = regexp.MustCompile(`="[^"]*"`)
	opening   = regexp.MustCompile(`<[a-z]+:[a-z\-]+[^>]*[^/]>`)
	ownSpace  = regexp.MustCompile(`xmlns:[a-z]+$`)
)

// TestCanaries puts a token into every attribute, and text, comment, instruction and
// a foreign element into every element, one after another: none may be in the copy
// that is not seen, and what is seen stays.
func TestCanaries(t *testing.T) {
	const token = "KNRY7Z暗语甲9"
	var n atomic.Int64
	t.Run("places", func(t *testing.T) {
		for kind, f := range wide() {
			base := read(t, f.pack(t))
			sound(t, base, rebuild(t, f.pack(t)))
			for part, at := range map[string]func(*file) *string{
				"content": func(f *file) *string { return &f.body }, "automatic": func(f *file) *string { return &f.styles }, "common": func(f *file) *string { return &f.common },
				"master": func(f *file) *string { return &f.master }, "settings": func(f *file) *string { return &f.more[0].Data }, "manifest": func(f *file) *string { return &f.more[1].Data },
			} {
				t.Run(kind+" "+part, func(t *testing.T) {
					t.Parallel()
					n.Add(everywhere(t, f, at, kind+" "+part, token))
				})
			}
		}
	})
	t.Logf("%d places", n.Load())
}

// everywhere puts a token into each place of one part of a document; it gives how many
// there were.
func everywhere(t *testing.T, f file, at func(*file) *string, where, token string) (n int64) {
	s := *at(&f)
	try := func(what, changed string) {
		n++
		g := f
		g.more = append([]ziptest.Member(nil), f.more...)
		*at(&g) = changed
		canary(t, where+" "+what, g.pack(t), token)
	}
	for _, m := range attribute.FindAllStringIndex(s, -1) {
		if !ownSpace.MatchString(s[:m[0]]) {
			try("attribute "+s[max(0, m[0]-30):m[0]], s[:m[0]]+`="`+token+`"`+s[m[1]:])
		}
	}
	for _, m := range opening.FindAllStringIndex(s, -1) {
		for _, in := range []string{"<!--" + token + "-->", "<?a " + token + "?>", `<x:y xmlns:x="urn:x">` + token + `</x:y>`, token, `<text:p x:y="` + token + `" xmlns:x="urn:x" xmlns:text="` + urn + `text:1.0"/>`} {
			try("element "+s[m[0]:m[1]]+" "+in[:3], s[:m[1]]+in+s[m[1]:])
		}
	}
	return n
}

// canary asks that a token is in a copy only where it is seen.
func canary(t *testing.T, where string, data []byte, token string) {
	t.Helper()
	ctx := context.Background()
	d, err := odf.Read(ctx, document.Source{Name: "a.odt", Data: data})
	if err != nil {
		return // refused: nothing comes out
	}
	out, err := odf.Rebuild(ctx, document.Source{Name: "a.odt", Data: data}, document.Plan{})
	if err != nil {
		return
	}
	again, err := odf.Read(ctx, document.Source{Name: "a.odt", Data: out.Data})
	if err != nil {
		t.Errorf("%s: %v", where, err)
		return
	}
	problems := append(verify.SameText(d, again), verify.StillHidden(again)...)
	if problems = append(problems, odfproof.Check(out.Kind, out.Data, nil)...); len(problems) > 0 {
		t.Errorf("%s: %v", where, problems)
	}
	if !strings.Contains(ziptest.Inside(t, out.Data), token) {
		return
	}
	for _, p := range d.Parts {
		if p.Hidden == nil && strings.Contains(p.Text, token) && p.ID != "names" {
			return
		}
	}
	t.Errorf("%s: in the copy, and not seen", where)
}
