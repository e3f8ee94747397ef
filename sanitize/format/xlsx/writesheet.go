package xlsx

import (
	"bytes"
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

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
