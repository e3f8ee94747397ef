package xlsx

import (
	"fmt"
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
	return &ooxml.Cleaner{
		Pkg: w.b.pkg, Media: w.media,
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
		},
	}
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
