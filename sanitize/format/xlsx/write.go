package xlsx

import (
	"bytes"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

const (
	typeBase = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	mainOut  = "xl/workbook.xml"
)

// writer makes the new workbook from what the book holds.
type writer struct {
	b       *book
	out     *ooxml.Builder
	media   *ooxml.Media
	strings []string // serialised items
	index   map[string]int
	total   int
	names   map[*sheet]string // new sheet names
	maps    map[*sheet]*remap
	charts  int
	draws   int
	styles  int
}

func newWriter(b *book) *writer {
	w := &writer{b: b, out: ooxml.NewBuilder(), index: map[string]int{}, names: map[*sheet]string{}, maps: map[*sheet]*remap{}}
	w.media = ooxml.NewMedia(b.pkg, w.out, "xl/media")
	w.out.SetMain(mainOut)
	return w
}

func (w *writer) visible() []*sheet {
	var out []*sheet
	for _, s := range w.b.sheets {
		if !s.hidden {
			out = append(out, s)
		}
	}
	return out
}

func (w *writer) write() ([]byte, error) {
	vis := w.visible()
	if len(vis) == 0 {
		return nil, &document.Refusal{What: "无法生成副本", Why: "全部工作表均已隐藏", Do: "请取消隐藏需要公开的工作表后再试"}
	}
	w.nameSheets(vis)
	book := ooxml.El("x:workbook")
	pr := ooxml.El("x:workbookPr")
	if w.b.date1904 {
		pr.SetAttr("date1904", "1")
	}
	sheets := ooxml.El("x:sheets")
	names := ooxml.El("x:definedNames")
	for i, s := range vis {
		if err := w.b.ctx.Err(); err != nil {
			return nil, err
		}
		part := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		typ := "worksheet"
		if s.kind == "chartsheet" {
			part, typ = fmt.Sprintf("xl/chartsheets/sheet%d.xml", i+1), "chartsheet"
		}
		data := w.sheet(s, part)
		w.out.Add(part, typeBase+typ+"+xml", data)
		id := w.out.Rel(mainOut, typ, part)
		sheets.Add(ooxml.El("x:sheet", "name", w.names[s], "sheetId", strconv.Itoa(i+1), "r:id", id))
	}
	w.printNames(names, vis)
	book.Add(pr, ooxml.El("x:bookViews").Add(ooxml.El("x:workbookView")), sheets)
	if len(names.Kids) > 0 {
		book.Add(names)
	}
	w.out.Add(mainOut, typeBase+"sheet.main+xml", ooxml.Encode(book, "x"))
	w.stylesPart()
	w.stringsPart()
	if rels := w.b.pkg.RelsOf(w.b.main, "theme"); len(rels) > 0 {
		if data := ooxml.CleanTheme(w.b.pkg, rels[0].Target); data != nil {
			w.out.Add("xl/theme/theme1.xml", ooxml.ThemeType, data)
			w.out.Rel(mainOut, "theme", "xl/theme/theme1.xml")
		}
	}
	return w.out.Bytes()
}

var badName = strings.NewReplacer("[", "", "]", "", ":", "", "*", "＊", "?", "", "/", "", `\`, "")

// nameSheets gives each sheet a name that a workbook may have.
func (w *writer) nameSheets(vis []*sheet) {
	taken := map[string]bool{}
	for i, s := range vis {
		name := strings.Trim(strings.TrimSpace(badName.Replace(s.node.Attr("name"))), "'")
		if r := []rune(name); len(r) > 31 {
			name = string(r[:31])
		}
		if name == "" {
			name = fmt.Sprintf("工作表%d", i+1)
		}
		for n := 2; taken[strings.ToLower(name)]; n++ {
			r := []rune(name)
			name = string(r[:min(len(r), 27)]) + strconv.Itoa(n)
		}
		taken[strings.ToLower(name)] = true
		w.names[s] = name
		w.maps[s] = newRemap(s)
	}
}

// printNames keeps print areas and print titles.
func (w *writer) printNames(names *ooxml.Node, vis []*sheet) {
	for _, n := range w.b.root.Kid("x:definedNames").All("x:definedName") {
		name := n.Attr("name")
		if name != "_xlnm.Print_Area" && name != "_xlnm.Print_Titles" {
			continue
		}
		i, err := strconv.Atoi(n.Attr("localSheetId"))
		if err != nil || i < 0 || i >= len(w.b.sheets) || w.b.sheets[i].hidden {
			continue
		}
		s := w.b.sheets[i]
		v := w.maps[s].printRef(strings.TrimSpace(n.Content()), w.names[s])
		if v == "" {
			continue
		}
		for k, x := range vis {
			if x == s {
				names.Add(ooxml.El("x:definedName", "name", name, "localSheetId", strconv.Itoa(k)).Add(ooxml.Txt(v)))
			}
		}
	}
}

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, f := range strings.Fields(s) {
		m["x:"+f] = true
	}
	return m
}

var sheetKept = set(`sheetPr tabColor outlinePr pageSetUpPr sheetViews sheetView pane sheetFormatPr printOptions pageMargins pageSetup rowBreaks colBreaks brk`)

var styleKept = set(`numFmts numFmt fonts font b i strike condense extend outline shadow u vertAlign sz color name family charset scheme fills fill patternFill fgColor bgColor
	gradientFill stop borders border left right top bottom diagonal vertical horizontal start end cellStyleXfs cellXfs xf alignment protection cellStyles
	cellStyle colors indexedColors rgbColor rFont`)

// cleaner makes the list for sheet and style elements.
func (w *writer) cleaner(kept map[string]bool) *ooxml.Cleaner {
	return &ooxml.Cleaner{Pkg: w.b.pkg, Media: w.media,
		Judge: func(n *ooxml.Node) ooxml.Verdict {
			if kept[n.Name] {
				return ooxml.Keep
			}
			return ooxml.Drop
		},
		Attr: func(n *ooxml.Node, a ooxml.Attr) (string, bool, bool) {
			switch {
			case (n.Name == "x:name" || n.Name == "x:rFont") && a.Name == "val":
				return ooxml.SafeFont(a.Value), true, true
			case a.Name == "formatCode":
				return safeFormat(a.Value), true, true
			case n.Name == "x:cellStyle" && a.Name == "name":
				w.styles++
				if n.Attr("builtinId") != "" && usualStyle.MatchString(a.Value) {
					return a.Value, true, true
				}
				return fmt.Sprintf("样式 %d", w.styles), true, true
			case a.Name == "codeName" || a.Name == "topLeftCell" || a.Name == "r:id":
				return "", false, true
			}
			return "", false, false
		}}
}

// safeFormat takes unusual words out of a number format.
func safeFormat(f string) string {
	if ooxml.SafeFormat(f) {
		return f
	}
	f = literal.ReplaceAllStringFunc(f, func(l string) string {
		if ooxml.SafeFormat(l) {
			return l
		}
		return ""
	})
	if f != "" && ooxml.SafeFormat(f) {
		return f
	}
	return "General"
}

func (w *writer) clean(kept map[string]bool, n *ooxml.Node) *ooxml.Node {
	if n == nil {
		return nil
	}
	h := ooxml.El("h").Add(n)
	w.cleaner(kept).Clean(h)
	if len(h.Kids) == 0 {
		return nil
	}
	return h.Kids[0]
}

// sheet writes one sheet part.
func (w *writer) sheet(s *sheet, part string) []byte {
	m := w.maps[s]
	root := ooxml.El("x:worksheet")
	if s.kind == "chartsheet" {
		root.Name = "x:chartsheet"
		root.Add(ooxml.El("x:sheetViews").Add(ooxml.El("x:sheetView", "workbookViewId", "0")))
		root.Add(w.drawings(s, part, m))
		return ooxml.Encode(root, "x")
	}
	root.Add(w.clean(sheetKept, s.root.Kid("x:sheetPr")))
	root.Add(w.views(s, m))
	root.Add(w.clean(sheetKept, s.root.Kid("x:sheetFormatPr")))
	root.Add(w.cols(s, m))
	root.Add(ooxml.El("x:sheetData"))
	root.Add(w.merges(s, m), w.validations(s, m))
	for _, name := range []string{"x:printOptions", "x:pageMargins", "x:pageSetup"} {
		root.Add(w.clean(sheetKept, s.root.Kid(name)))
	}
	root.Add(w.heads(s))
	if len(m.rows) == 0 {
		root.Add(w.clean(sheetKept, s.root.Kid("x:rowBreaks")))
	}
	if len(m.cols) == 0 {
		root.Add(w.clean(sheetKept, s.root.Kid("x:colBreaks")))
	}
	root.Add(w.drawings(s, part, m))
	data := ooxml.Encode(root, "x")
	return bytes.Replace(data, []byte("<sheetData/>"), w.cells(s, m), 1)
}

func (w *writer) views(s *sheet, m *remap) *ooxml.Node {
	v := s.root.Kid("x:sheetViews")
	if v == nil {
		return nil
	}
	for _, p := range v.All("x:pane") {
		for _, a := range []string{"xSplit", "ySplit"} {
			if n, err := strconv.Atoi(p.Attr(a)); err == nil && strings.HasPrefix(p.Attr("state"), "frozen") {
				if a == "xSplit" {
					n = m.col(n)
				} else {
					n = m.row(n)
				}
				if n <= 0 {
					p.DropAttr(a)
				} else {
					p.SetAttr(a, strconv.Itoa(n))
				}
			}
		}
		if !p.HasAttr("xSplit") && !p.HasAttr("ySplit") {
			p.Remove()
		}
	}
	tops := map[*ooxml.Node]string{}
	for _, p := range v.All("x:pane") {
		if r, c, ok := parseRef(p.Attr("topLeftCell")); ok {
			tops[p] = ref(m.row(r), m.col(c))
		}
	}
	out := w.clean(sheetKept, v)
	for p, top := range tops {
		p.SetAttr("topLeftCell", top)
	}
	return out
}

func (w *writer) cols(s *sheet, m *remap) *ooxml.Node {
	out := ooxml.El("x:cols")
	for _, k := range s.root.Kid("x:cols").All("x:col") {
		lo, err1 := strconv.Atoi(k.Attr("min"))
		hi, err2 := strconv.Atoi(k.Attr("max"))
		if err1 != nil || err2 != nil || lo < 1 || hi > maxCol || lo > hi || m.dropCol[lo-1] {
			continue
		}
		n := ooxml.El("x:col", "min", strconv.Itoa(m.col(lo-1)+1), "max", strconv.Itoa(max(m.col(hi), m.col(lo-1)+1)))
		if v, err := strconv.ParseFloat(k.Attr("width"), 64); err == nil && v > 0 && v < 256 {
			n.SetAttr("width", strconv.FormatFloat(v, 'f', 2, 64))
			n.SetAttr("customWidth", "1")
		}
		if v, err := strconv.Atoi(k.Attr("style")); err == nil && v > 0 {
			n.SetAttr("style", strconv.Itoa(v))
		}
		out.Add(n)
	}
	if len(out.Kids) == 0 {
		return nil
	}
	return out
}

func (w *writer) merges(s *sheet, m *remap) *ooxml.Node {
	out := ooxml.El("x:mergeCells")
	for _, a := range s.merges {
		if a, ok := m.area(a); ok && (a.r0 != a.r1 || a.c0 != a.c1) {
			out.Add(ooxml.El("x:mergeCell", "ref", a.ref(false)))
		}
	}
	if len(out.Kids) == 0 {
		return nil
	}
	return out
}

// validations keeps lists to choose from; prompts and messages go.
func (w *writer) validations(s *sheet, m *remap) *ooxml.Node {
	out := ooxml.El("x:dataValidations")
	done := map[*ooxml.Node]bool{}
	for _, k := range s.lists {
		if done[k] {
			continue
		}
		done[k] = true
		var refs []string
		for _, f := range strings.Fields(k.Attr("sqref")) {
			if a, ok := parseArea(f); ok {
				if a, ok = m.area(a); ok {
					refs = append(refs, a.ref(false))
				}
			}
		}
		list := strings.ReplaceAll(k.Kid("x:formula1").Content(), `"`, "")
		if len(refs) == 0 || list == "" {
			continue
		}
		out.Add(ooxml.El("x:dataValidation", "type", "list", "allowBlank", "1", "showErrorMessage", "1", "sqref", strings.Join(refs, " ")).
			Add(ooxml.El("x:formula1").Add(ooxml.Txt(`"` + list + `"`))))
	}
	if len(out.Kids) == 0 {
		return nil
	}
	return out
}

func (w *writer) heads(s *sheet) *ooxml.Node {
	if len(s.heads) == 0 {
		return nil
	}
	src := s.root.Kid("x:headerFooter")
	out := ooxml.El("x:headerFooter")
	for _, a := range []string{"differentOddEven", "differentFirst", "scaleWithDoc", "alignWithMargins"} {
		if src.HasAttr(a) && ooxml.SafeValue(src.Attr(a)) {
			out.SetAttr(a, src.Attr(a))
		}
	}
	for _, h := range s.heads {
		out.Add(ooxml.El(h.elem).Add(ooxml.Txt(h.write())))
	}
	return out
}

// cells writes the rows.
func (w *writer) cells(s *sheet, m *remap) []byte {
	type placed struct {
		*cell
		r, c int
	}
	var ps []placed
	for _, c := range s.cells {
		r, k := c.row, c.col
		if m.dropRow[r] || m.dropCol[k] {
			a := s.covered[[2]int{r, k}]
			if a == nil {
				continue
			}
			n, ok := m.area(*a)
			if !ok {
				continue
			}
			ps = append(ps, placed{c, n.r0, n.c0})
			continue
		}
		ps = append(ps, placed{c, m.row(r), m.col(k)})
	}
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].r < ps[j].r || ps[i].r == ps[j].r && ps[i].c < ps[j].c })
	rows := map[int]*rowInfo{}
	var order []int
	for r, i := range s.rows {
		if !m.dropRow[r] {
			rows[m.row(r)] = i
			order = append(order, m.row(r))
		}
	}
	for i, p := range ps {
		if rows[p.r] == nil && (i == 0 || ps[i-1].r != p.r) {
			order = append(order, p.r)
		}
	}
	sort.Ints(order)
	var b bytes.Buffer
	b.WriteString("<sheetData>")
	at, last := 0, -1
	for _, r := range order {
		if r == last {
			continue
		}
		last = r
		b.WriteString(`<row r="` + strconv.Itoa(r+1) + `"`)
		if i := rows[r]; i != nil {
			rowAttrs(&b, i)
		}
		b.WriteByte('>')
		lastCol := -1
		for ; at < len(ps) && ps[at].r <= r; at++ {
			if ps[at].r == r && ps[at].c != lastCol {
				lastCol = ps[at].c
				w.cell(&b, s, ps[at].cell, ref(r, lastCol))
			}
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData>")
	return b.Bytes()
}

func rowAttrs(b *bytes.Buffer, i *rowInfo) {
	for _, a := range i.attrs {
		switch a.Name {
		case "ht":
			if v, err := strconv.ParseFloat(a.Value, 64); err == nil && v > 0 && v < 410 {
				b.WriteString(` ht="` + strconv.FormatFloat(v, 'f', 2, 64) + `"`)
			}
		case "customHeight", "s", "customFormat", "outlineLevel", "thickTop", "thickBot", "collapsed":
			if ooxml.SafeValue(a.Value) {
				b.WriteString(` ` + a.Name + `="` + a.Value + `"`)
			}
		}
	}
}

var knownErrors = map[string]bool{"#DIV/0!": true, "#N/A": true, "#NAME?": true, "#NULL!": true, "#NUM!": true, "#REF!": true, "#VALUE!": true}

func (w *writer) cell(b *bytes.Buffer, s *sheet, c *cell, at string) {
	b.WriteString(`<c r="` + at + `"`)
	if c.style > 0 && c.style < len(w.b.styles.xfs) {
		b.WriteString(` s="` + strconv.Itoa(c.style) + `"`)
	}
	text := ""
	if !s.invis[c] {
		text = c.text()
	}
	switch {
	case text == "":
		b.WriteString("/>")
	case c.number && text == c.shown && (c.typ == "" || c.typ == "n") && isNumber(c.value):
		b.WriteString("><v>" + strings.TrimSpace(c.value) + "</v></c>")
	case c.number && text == c.shown && c.typ == "b":
		v := "0"
		if truth(c.value) {
			v = "1"
		}
		b.WriteString(` t="b"><v>` + v + "</v></c>")
	case c.number && text == c.shown && c.typ == "e" && knownErrors[text]:
		b.WriteString(` t="e"><v>` + text + "</v></c>")
	default:
		b.WriteString(` t="s"><v>` + strconv.Itoa(w.shared(c)) + "</v></c>")
	}
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return err == nil && !strings.ContainsAny(s, "xXpP_nNiI")
}

// shared gives the number of a string item, new or not.
func (w *writer) shared(c *cell) int {
	si := ooxml.El("x:si")
	plain := true
	for _, r := range c.runs {
		plain = plain && r.props == nil
	}
	if plain {
		si.Add(textEl(c.text()))
	} else {
		for _, r := range c.runs {
			if r.text.Text == "" {
				continue
			}
			el := ooxml.El("x:r")
			if r.props != nil {
				cp := r.props.Copy()
				if p := w.clean(map[string]bool{"x:rPr": true, "x:b": true, "x:i": true, "x:strike": true, "x:outline": true, "x:shadow": true, "x:u": true, "x:vertAlign": true, "x:sz": true, "x:color": true, "x:rFont": true, "x:family": true, "x:charset": true, "x:scheme": true}, cp); p != nil {
					el.Add(p)
				}
			}
			si.Add(el.Add(textEl(r.text.Text)))
		}
	}
	key := string(ooxml.Fragment(si, "x"))
	w.total++
	if i, ok := w.index[key]; ok {
		return i
	}
	w.index[key] = len(w.strings)
	w.strings = append(w.strings, key)
	return len(w.strings) - 1
}

func textEl(s string) *ooxml.Node {
	t := ooxml.El("x:t").Add(ooxml.Txt(escapeCell(s)))
	if s != strings.TrimSpace(s) || strings.Contains(s, "\n") || strings.Contains(s, "  ") {
		t.SetAttr("xml:space", "preserve")
	}
	return t
}

func (w *writer) stringsPart() {
	if len(w.strings) == 0 {
		return
	}
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
	fmt.Fprintf(&b, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="%d" uniqueCount="%d">`, w.total, len(w.strings))
	for _, s := range w.strings {
		b.WriteString(s)
	}
	b.WriteString("</sst>")
	w.out.Add("xl/sharedStrings.xml", typeBase+"sharedStrings+xml", b.Bytes())
	w.out.Rel(mainOut, "sharedStrings", "xl/sharedStrings.xml")
}

func (w *writer) stylesPart() {
	root := ooxml.El("x:styleSheet")
	src := w.b.styles.root
	if src == nil {
		return
	}
	for _, name := range []string{"x:numFmts", "x:fonts", "x:fills", "x:borders", "x:cellStyleXfs", "x:cellXfs", "x:cellStyles"} {
		n := src.Kid(name)
		if n == nil || len(n.Kids) == 0 {
			continue
		}
		root.Add(w.clean(styleKept, n))
	}
	root.Add(ooxml.El("x:dxfs", "count", "0"), w.clean(styleKept, src.Kid("x:colors")))
	w.out.Add("xl/styles.xml", typeBase+"styles+xml", ooxml.Encode(root, "x"))
	w.out.Rel(mainOut, "styles", "xl/styles.xml")
}

// drawings writes the shapes of a sheet and the pictures that were kept in cells.
func (w *writer) drawings(s *sheet, part string, m *remap) *ooxml.Node {
	root := ooxml.El("xdr:wsDr")
	w.draws++
	name := fmt.Sprintf("xl/drawings/drawing%d.xml", w.draws)
	for _, d := range s.drawings {
		w.media.NoteCrops(d.root)
		c := &ooxml.Cleaner{Part: name, Source: d.part, Pkg: w.b.pkg, Media: w.media}
		c.Charts = func(n *ooxml.Node) bool { return w.chart(d, name, n) }
		c.Special = map[string]func(*ooxml.Node) []*ooxml.Node{"mc:AlternateContent": func(*ooxml.Node) []*ooxml.Node { return nil }}
		for _, a := range d.anchors {
			h := ooxml.El("h").Add(a)
			c.Clean(h)
			for _, k := range h.Kids {
				if f := k.Find("xdr:graphicFrame"); f != nil && f.Find("c:chart") == nil {
					continue
				}
				if moveAnchor(k, m) {
					root.Add(k)
				}
			}
		}
	}
	for _, c := range s.cells {
		if target := w.b.images[c.image]; c.image != "" && target != "" && !m.dropRow[c.row] && !m.dropCol[c.col] {
			root.Add(cellPicture(w.media.Place(name, target, ooxml.Crop{}), m.row(c.row), m.col(c.col), len(root.Kids)+1))
		}
	}
	if len(root.Kids) == 0 {
		w.draws--
		return nil
	}
	w.out.Add(name, "application/vnd.openxmlformats-officedocument.drawing+xml", ooxml.Encode(root, ""))
	return ooxml.El("x:drawing", "r:id", w.out.Rel(part, "drawing", name))
}

// cellPicture anchors a picture in the cell that held it.
func cellPicture(id string, row, col, n int) *ooxml.Node {
	num := func(name string, v int) *ooxml.Node { return ooxml.El(name).Add(ooxml.Txt(strconv.Itoa(v))) }
	return ooxml.El("xdr:oneCellAnchor").Add(
		ooxml.El("xdr:from").Add(num("xdr:col", col), num("xdr:colOff", 0), num("xdr:row", row), num("xdr:rowOff", 0)),
		ooxml.El("xdr:ext", "cx", "900000", "cy", "600000"),
		ooxml.El("xdr:pic").Add(
			ooxml.El("xdr:nvPicPr").Add(ooxml.El("xdr:cNvPr", "id", strconv.Itoa(1000+n), "name", fmt.Sprintf("图片 %d", n)), ooxml.El("xdr:cNvPicPr")),
			ooxml.El("xdr:blipFill").Add(ooxml.El("a:blip", "r:embed", id), ooxml.El("a:stretch").Add(ooxml.El("a:fillRect"))),
			ooxml.El("xdr:spPr").Add(ooxml.El("a:xfrm").Add(ooxml.El("a:off", "x", "0", "y", "0"), ooxml.El("a:ext", "cx", "900000", "cy", "600000")),
				ooxml.El("a:prstGeom", "prst", "rect").Add(ooxml.El("a:avLst")))),
		ooxml.El("xdr:clientData"))
}

// moveAnchor maps the corners of an anchor to the new rows and columns.
func moveAnchor(a *ooxml.Node, m *remap) bool {
	for _, end := range []string{"xdr:from", "xdr:to"} {
		n := a.Kid(end)
		if n == nil {
			continue
		}
		for _, x := range []string{"xdr:row", "xdr:col"} {
			k := n.Kid(x)
			v, err := strconv.Atoi(k.Content0())
			if err != nil || v < 0 {
				return false
			}
			if x == "xdr:row" {
				v = m.row(v)
			} else {
				v = m.col(v)
			}
			k.Kids = nil
			k.Add(ooxml.Txt(strconv.Itoa(v)))
		}
	}
	return true
}

var chartRef = regexp.MustCompile(`^\(?'?((?:[^'!]|'')+)'?!(.+?)\)?$`)

// chart writes the chart of a frame; its references follow names and rows.
func (w *writer) chart(d *drawing, part string, n *ooxml.Node) bool {
	rel, ok := w.b.pkg.RelByID(d.part, n.Attr("r:id"))
	if !ok || d.charts[rel.Target] == nil {
		return false
	}
	w.charts++
	name := d.charts[rel.Target].Write(w.b.pkg, w.out, w.media, "xl/charts", w.charts, w.chartRef)
	n.Attrs = []ooxml.Attr{{Name: "r:id", Value: w.out.Rel(part, "chart", name)}}
	return true
}

func (w *writer) chartRef(r string) string {
	vis := w.visible()
	x := chartRef.FindStringSubmatch(strings.TrimSpace(r))
	if x != nil {
		name := strings.ReplaceAll(x[1], "''", "'")
		for _, s := range vis {
			if s.name != name {
				continue
			}
			if a, ok := parseArea(strings.ReplaceAll(x[2], "$", "")); ok {
				if a, ok = w.maps[s].area(a); ok {
					return quoteSheet(w.names[s]) + "!" + a.ref(true)
				}
			}
		}
	}
	return "" // on a sheet that goes: the chart keeps the values themselves
}

// unchecked lists what is in the copy and was read by nobody.
func (w *writer) unchecked() []document.Unchecked {
	var out []document.Unchecked
	if n := w.b.shown - w.media.Placeholders; n > 0 {
		out = append(out, document.Unchecked{Kind: "picture", Message: "图片 " + strconv.Itoa(n) + " 张未识别文字"})
	}
	if w.media.Placeholders > 0 {
		out = append(out, document.Unchecked{Kind: "picture", Message: "图片 " + strconv.Itoa(w.media.Placeholders) + " 张无法转换，已用占位图代替"})
	}
	return out
}
