package docx

import (
	"regexp"
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// settingsKept are the settings that change how pages look.
var settingsKept = set(`mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop defaultTabStop autoHyphenation

	consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps evenAndOddHeaders drawingGridHorizontalSpacing drawingGridVerticalSpacing
	displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery characterSpacingControl footnotePr endnotePr compat themeFontLang clrSchemeMapping
	displayBackgroundShape noPunctuationKerning strictFirstAndLastChars`)

// safeFlag are the flags of w:compat.
var safeFlag = regexp.MustCompile(`^[a-zA-Z0-9]{3,48}$`)

func (w *writer) settings() {
	root := ooxml.El("w:settings")
	for _, rel := range w.r.pkg.RelsOf(w.r.main, "settings")[:min(1, len(w.r.pkg.RelsOf(w.r.main, "settings")))] {
		n, err := w.r.pkg.XML(rel.Target)
		if err != nil {
			break
		}
		for _, k := range n.Kids {
			if !settingsKept[k.Name] {
				continue
			}
			out := ooxml.El(k.Name)
			w.settingAttrs(out, k)
			for _, kk := range k.Kids {
				if k.Name != "w:compat" && k.Name != "w:footnotePr" && k.Name != "w:endnotePr" {
					break
				}
				if !safeFlag.MatchString(strings.TrimPrefix(kk.Name, "w:")) || !strings.HasPrefix(kk.Name, "w:") || strings.Contains(strings.ToLower(kk.Name), "rsid") {
					continue
				}
				e := ooxml.El(kk.Name)
				if kk.Name == "w:compatSetting" {
					if v := kk.Attr("w:name"); !ooxml.SafeValue(v) || !ooxml.SafeValue(kk.Attr("w:val")) {
						continue
					}
					e = ooxml.El("w:compatSetting", "w:name", kk.Attr("w:name"), "w:uri", "http://schemas.microsoft.com/office/word", "w:val", kk.Attr("w:val"))
				} else {
					w.settingAttrs(e, kk)
				}
				out.Add(e)
			}
			root.Add(out)
		}
	}
	const name = "word/settings.xml"
	w.b.Add(name, typeBase+"settings+xml", ooxml.Encode(root, ""))
	w.b.Rel(mainOut, "settings", name)
}

func (w *writer) settingAttrs(out, k *ooxml.Node) {
	for _, a := range k.Attrs {
		if strings.HasPrefix(a.Name, "w:") && !droppedAttrs[a.Name] && ooxml.SafeValue(a.Value) {
			out.SetAttr(a.Name, a.Value)
		}
	}
}
