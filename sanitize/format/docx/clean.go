package docx

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// cleaner makes the list for one part of the new package.
func (w *writer) cleaner(source, part string) *ooxml.Cleaner {
	c := &ooxml.Cleaner{Part: part, Source: source, Pkg: w.r.pkg, Media: w.media, Out: w.r.drop}
	c.Judge = w.judge
	c.Attr = w.attr
	c.Charts = func(n *ooxml.Node) bool { return w.placeChart(source, part, n) }
	c.Special = map[string]func(*ooxml.Node) []*ooxml.Node{
		"mc:AlternateContent": func(n *ooxml.Node) []*ooxml.Node { return w.alternate(c, n) },
		"w:hyperlink":         func(n *ooxml.Node) []*ooxml.Node { return w.hyperlink(c, n) },
		"w:fldSimple":         func(n *ooxml.Node) []*ooxml.Node { return w.fldSimple(c, n) },
		"w:bookmarkStart":     w.bookmarkStart,
		"w:bookmarkEnd":       w.bookmarkEnd,
		"w:headerReference":   func(n *ooxml.Node) []*ooxml.Node { return w.headerRef(source, part, n) },
		"w:footerReference":   func(n *ooxml.Node) []*ooxml.Node { return w.headerRef(source, part, n) },
		"w:object":            func(n *ooxml.Node) []*ooxml.Node { return w.object(c, source, part, n) },
		"w:pict":              func(n *ooxml.Node) []*ooxml.Node { return w.pict(c, n) },
		"w:t":                 text,
		"w:footnoteReference": func(n *ooxml.Node) []*ooxml.Node { return w.noteRef("footnotes", n) },
		"w:endnoteReference":  func(n *ooxml.Node) []*ooxml.Node { return w.noteRef("endnotes", n) },
		"a:graphicData":       func(n *ooxml.Node) []*ooxml.Node { return w.graphicData(c, n) },
	}
	return c
}

func (w *writer) judge(k *ooxml.Node) ooxml.Verdict {
	p, _, _ := strings.Cut(k.Name, ":")
	switch p {
	case "w":
		switch {
		case kept[k.Name]:
			if k.Name == "w:fldChar" || k.Name == "w:instrText" {
				if !w.r.instr[k] {
					return ooxml.Drop
				}
			}
			if k.Name == "w:pPr" || k.Name == "w:rPr" || k.Name == "w:trPr" || k.Name == "w:tcPr" {
				return ooxml.Keep
			}
			if k.Name == "w:tab" || k.Name == "w:t" {
				return ooxml.Keep
			}
			return ooxml.Keep
		case unwrapped[k.Name]:
			return ooxml.Unwrap
		case w.styleMode && styleKept[k.Name]:
			return ooxml.Keep
		}
		return ooxml.Drop
	case "m":
		if mathKept[k.Name] {
			return ooxml.Keep
		}
		return ooxml.Drop
	case "v", "o", "w10":
		return w.judgeVML(k)
	}
	return ooxml.JudgeDrawing(k)
}

var mathKept = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(`oMath oMathPara oMathParaPr r rPr t sty scr nor lit brk aln acc accPr chr bar barPr pos box boxPr opEmu noBreak diff borderBox borderBoxPr hideTop hideBot
		hideLeft hideRight strikeH strikeV strikeBLTR strikeTLBR d dPr begChr sepChr endChr grow shp eqArr eqArrPr baseJc maxDist objDist rSpRule rSp f fPr type func
		funcPr fName groupChr groupChrPr vertJc limLow limLowPr lim limUpp limUppPr m mPr mcs mc mcPr count mcJc plcHide cGpRule cGp cSp mr nary naryPr limLoc subHide
		supHide phant phantPr show zeroWid zeroAsc zeroDesc transp rad radPr degHide deg sPre sPrePr sSub sSubPr sSubSup sSubSupPr alnScr sSup sSupPr e sub sup num den
		ctrlPr jc argPr argSz`) {
		m["m:"+s] = true
	}
	return m
}()

// attr decides about the attributes of Word's own elements.
func (w *writer) attr(k *ooxml.Node, a ooxml.Attr) (string, bool, bool) {
	switch {
	case droppedAttrs[a.Name]:
		return "", false, true
	case fontAttrs[a.Name] && (k.Name == "w:rFonts" || k.Name == "w:sym" || k.Name == "w:font"):
		return ooxml.SafeFont(a.Value), true, true
	case strings.HasPrefix(k.Name, "v:") || strings.HasPrefix(k.Name, "o:") || strings.HasPrefix(k.Name, "w10:"):
		v, keep := vmlAttr(k, a)
		return v, keep, true
	case strings.HasPrefix(k.Name, "m:") && a.Name == "m:val":
		return a.Value, len([]rune(a.Value)) <= 2 || ooxml.SafeValue(a.Value), true
	}
	switch k.Name {
	case "w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link":
		if a.Name == "w:val" {
			id, ok := w.style(a.Value)
			return id, ok, true
		}
	case "w:cnfStyle":
		return a.Value, cnf.MatchString(a.Value), true
	case "w:lvlText":
		if a.Name == "w:val" {
			return a.Value, len([]rune(a.Value)) <= 24, true
		}
	}
	return "", false, false
}

var cnf = regexp.MustCompile(`^[01]{1,12}$`)

func text(n *ooxml.Node) []*ooxml.Node {
	s := n.TextNode().Text // as it is read: what stands in elements below it nobody sees
	if s == "" {
		return nil
	}
	return []*ooxml.Node{textNode(s)}
}

func textNode(s string) *ooxml.Node {
	n := ooxml.El("w:t").Add(ooxml.Txt(s))
	if s != strings.TrimSpace(s) || strings.Contains(s, "  ") {
		n.SetAttr("xml:space", "preserve")
	}
	return n
}

// alternate keeps the branch that was read. Shapes stay in a Choice, as older
// programs want it; anything else stands by itself.
func (w *writer) alternate(c *ooxml.Cleaner, n *ooxml.Node) []*ooxml.Node {
	pick := w.r.chosen[n]
	if pick == nil {
		return nil
	}
	c.Clean(pick)
	if pick.Name == "mc:Choice" && len(pick.Kids) > 0 {
		need := ""
		for _, p := range []string{"wpc", "wpg", "wps"} {
			found := false
			pick.Walk(func(k *ooxml.Node) bool {
				found = found || strings.HasPrefix(k.Name, p+":")
				return !found
			})
			if found {
				need = p
				break
			}
		}
		if need != "" {
			return []*ooxml.Node{ooxml.El("mc:AlternateContent").Add(ooxml.El("mc:Choice", "Requires", need).Add(pick.Kids...))}
		}
	}
	return pick.Kids
}

// hyperlink keeps links inside the document and unwraps all others.
func (w *writer) hyperlink(c *ooxml.Cleaner, n *ooxml.Node) []*ooxml.Node {
	name := w.anchor(n.Attr("w:anchor"))
	c.Clean(n)
	if n.HasAttr("r:id") || name == "" {
		return n.Kids
	}
	return []*ooxml.Node{ooxml.El("w:hyperlink", "w:anchor", name).Add(n.Kids...)}
}

func (w *writer) fldSimple(c *ooxml.Cleaner, n *ooxml.Node) []*ooxml.Node {
	instr := n.Attr("w:instr")
	keep := w.r.instr[n]
	c.Clean(n)
	if !keep {
		return n.Kids
	}
	return []*ooxml.Node{ooxml.El("w:fldSimple", "w:instr", w.renamed(instr)).Add(n.Kids...)}
}

// renamed gives an instruction with its bookmark's new name.
func (w *writer) renamed(instr string) string {
	words := strings.Fields(instr)
	if len(words) > 1 && (words[0] == "REF" || words[0] == "PAGEREF") {
		words[1] = w.anchor(words[1])
	}
	return " " + strings.Join(words, " ") + " "
}

// anchor gives the new name of a bookmark that something points to, "" if it is not there.
func (w *writer) anchor(name string) string {
	if name == "" || !w.bookmarks[name] {
		return ""
	}
	if v, ok := w.anchors[name]; ok {
		return v
	}
	p := "_Ref"
	if strings.HasPrefix(name, "_Toc") {
		p = "_Toc"
	}
	v := fmt.Sprintf("%s%d", p, 100000+len(w.anchors)+1)
	w.anchors[name] = v
	return v
}

func (w *writer) bookmarkStart(n *ooxml.Node) []*ooxml.Node {
	name := n.Attr("w:name")
	if !w.r.anchors[name] || w.placed[name] {
		return nil
	}
	w.placed[name] = true
	id := strconv.Itoa(len(w.placed))
	w.marks[w.cur+"/"+n.Attr("w:id")] = id
	return []*ooxml.Node{ooxml.El("w:bookmarkStart", "w:id", id, "w:name", w.anchor(name))}
}

func (w *writer) bookmarkEnd(n *ooxml.Node) []*ooxml.Node {
	key := w.cur + "/" + n.Attr("w:id")
	id, ok := w.marks[key]
	if !ok {
		return nil
	}
	delete(w.marks, key)
	return []*ooxml.Node{ooxml.El("w:bookmarkEnd", "w:id", id)}
}

func (w *writer) headerRef(source, part string, n *ooxml.Node) []*ooxml.Node {
	rel, ok := w.r.pkg.RelByID(source, n.Attr("r:id"))
	if !ok || rel.External {
		return nil
	}
	name, ok := w.out[rel.Target]
	if !ok {
		return nil
	}
	typ := n.Attr("w:type")
	if typ != "first" && typ != "even" {
		typ = "default"
	}
	return []*ooxml.Node{ooxml.El(n.Name, "w:type", typ, "r:id", w.b.Rel(part, rel.Type, name))}
}

func (w *writer) noteRef(kind string, n *ooxml.Node) []*ooxml.Node {
	if !w.hasStory[kind] {
		return nil
	}
	id := n.Attr("w:id")
	if _, err := strconv.Atoi(id); err != nil {
		return nil
	}
	return []*ooxml.Node{ooxml.El(n.Name, "w:id", id)}
}

// graphicData turns a diagram into the shapes it was drawn with; a graphic of a
// kind that is not known goes.
func (w *writer) graphicData(c *ooxml.Cleaner, n *ooxml.Node) []*ooxml.Node {
	if ids := n.Kid("dgm:relIds"); ids != nil {
		return w.diagram(c, n, ids)
	}
	uri := n.Attr("uri")
	for _, k := range n.Kids {
		p, _, _ := strings.Cut(k.Name, ":")
		want := map[string]string{
			"pic": "http://schemas.openxmlformats.org/drawingml/2006/picture", "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
			"wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
			"wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
		}[p]
		if want != "" {
			uri = want
		}
	}
	c.Clean(n)
	if len(n.Kids) == 0 {
		n.Kids = []*ooxml.Node{w.placeholderPic(c.Part)}
		uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
	}
	return []*ooxml.Node{ooxml.El("a:graphicData", "uri", uri).Add(n.Kids...)}
}

// placeholderPic is a grey picture in place of a graphic that cannot stay.
func (w *writer) placeholderPic(part string) *ooxml.Node {
	w.placeholders++
	return picNode(w.media.Place(part, "", ooxml.Crop{}), "900000", "600000")
}

func picNode(id, cx, cy string) *ooxml.Node {
	return ooxml.El("pic:pic").Add(
		ooxml.El("pic:nvPicPr").Add(ooxml.El("pic:cNvPr", "id", "0", "name", "图片"), ooxml.El("pic:cNvPicPr")),
		ooxml.El("pic:blipFill").Add(ooxml.El("a:blip", "r:embed", id), ooxml.El("a:stretch").Add(ooxml.El("a:fillRect"))),
		ooxml.El("pic:spPr").Add(ooxml.El("a:xfrm").Add(ooxml.El("a:off", "x", "0", "y", "0"), ooxml.El("a:ext", "cx", cx, "cy", cy)),
			ooxml.El("a:prstGeom", "prst", "rect").Add(ooxml.El("a:avLst"))))
}
