package tablefile

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// paragraph reads the text of a paragraph up to its end.
func (w *wordReader) paragraph() (string, error) {
	var out strings.Builder
	run := wordRun{}
	for depth := 1; depth > 0; {
		tok, err := w.token()
		if err != nil {
			return "", noEOF(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local == "sdtPr" {
				if err := w.control(); err != nil {
					return "", err
				}
				continue
			}
			if skipInParagraph(t.Name.Local) || t.Name.Local == "sdtContent" && w.placeholder {
				w.placeholder = false
				if err := w.d.Skip(); err != nil {
					return "", errDamaged(err.Error())
				}
				continue
			}
			depth++
			run.start(t, &out)
		case xml.EndElement:
			depth--
			run.end(t, &out)
		case xml.CharData:
			if run.inText {
				run.text.Write(t)
			}
		}
	}
	return out.String(), nil
}

// control reads the properties of a content control up to their end.
func (w *wordReader) control() error {
	w.placeholder = false
	for depth := 1; depth > 0; {
		tok, err := w.token()
		if err != nil {
			return noEOF(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
			if t.Name.Local == "showingPlcHdr" {
				v := attrLocal(t.Attr, "val")
				w.placeholder = v != "0" && v != "false" && v != "off"
			}
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// skipInParagraph names what holds no text of the line.
func skipInParagraph(name string) bool {
	switch name {
	case "del", "moveFrom", "delText", "delInstrText", "Fallback", "pPr", "rPrChange", "instrText", "rt", "txbxContent", "sdtEndPr", "commentReference":
		return true
	}
	return false
}

// wordRun collects the text of a run; a hidden run is dropped.
type wordRun struct {
	text   strings.Builder
	inText bool
	hidden bool
}

func (r *wordRun) start(t xml.StartElement, out *strings.Builder) {
	switch t.Name.Local {
	case "r":
		r.text.Reset()
		r.hidden = false
	case "t":
		r.inText = true
	case "vanish":
		v := attrLocal(t.Attr, "val")
		r.hidden = v != "0" && v != "false" && v != "off"
	case "tab":
		r.text.WriteByte(' ')
	case "br", "cr":
		r.text.WriteByte('\n')
	case "noBreakHyphen":
		r.text.WriteByte('-')
	case "sym":
		if n, err := strconv.ParseUint(attrLocal(t.Attr, "char"), 16, 32); err == nil {
			r.text.WriteString(symbol(attrLocal(t.Attr, "font"), rune(n)))
		}
	}
	_ = out
}

func (r *wordRun) end(t xml.EndElement, out *strings.Builder) {
	switch t.Name.Local {
	case "t":
		r.inText = false
	case "r":
		if !r.hidden {
			out.WriteString(r.text.String())
		}
		r.text.Reset()
	}
}

// symbol gives the ticks and boxes of the symbol fonts that forms are made with.
func symbol(font string, r rune) string {
	c := r & 0xFF
	switch font {
	case "Wingdings":
		switch c {
		case 0xFE, 0xFD, 0x78, 0x52, 0x53:
			return "☑"
		case 0xA8, 0x6F, 0x71, 0x72:
			return "□"
		case 0xFC:
			return "√"
		}
	case "Wingdings 2":
		switch c {
		case 0x52, 0x53, 0x54:
			return "☑"
		case 0xA3, 0x2A:
			return "□"
		case 0x50:
			return "√"
		}
	}
	return ""
}
