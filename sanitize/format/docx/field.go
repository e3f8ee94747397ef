package docx

import (
	"regexp"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// field is a complex field that is open: begin has been read, end not yet.
type field struct {
	text   string        // the instruction so far
	nodes  []*ooxml.Node // fldChar and instrText, and what else stands in the instruction
	first  *ooxml.Node   // first instrText
	result bool          // separate has been read
}

// keepField tells the instructions that stay: page numbers, contents, sequence
// numbers of figures, cross references. Everything else becomes its result.
var keepField = regexp.MustCompile(`^\s*(PAGE|NUMPAGES|SECTIONPAGES|TOC|PAGEREF|REF|SEQ)\b`)

var (
	fieldSwitch = regexp.MustCompile(`^\\[a-zA-Z*#@]$`)
	fieldWord   = regexp.MustCompile(`^"?([0-9]{1,2}(-[0-9]{1,2})?|[A-Za-z]{1,12}|[0.,#]{1,8})"?$`)
	seqName     = regexp.MustCompile(`^(图|表|公式|式|附图|附表|图表|Figure|Table|Equation)(_[0-9]{1,2})?$`)
)

// safeInstr gives the instruction as it may stay, or "". Bookmark names that it
// points to are given for renaming.
func safeInstr(s string) (instr string, anchor string) {
	m := keepField.FindString(s)
	if m == "" {
		return "", ""
	}
	words := strings.Fields(s)
	kind := words[0]
	out := []string{kind}
	for i, w := range words[1:] {
		switch {
		case i == 0 && (kind == "PAGEREF" || kind == "REF"):
			if strings.HasPrefix(w, "\\") {
				return "", ""
			}
			anchor = w
			out = append(out, w)
		case i == 0 && kind == "SEQ":
			if !seqName.MatchString(w) {
				return "", ""
			}
			out = append(out, w)
		case fieldSwitch.MatchString(w) || fieldWord.MatchString(w):
			out = append(out, w)
		default:
			if kind == "TOC" { // own style lists and the like: the usual contents instead
				return `TOC \o "1-3" \h \z \u`, ""
			}
			return "", ""
		}
	}
	return strings.Join(out, " "), anchor
}

// fieldChar follows begin, separate and end of complex fields.
func (r *reader) fieldChar(k *ooxml.Node) {
	if k.Name != "w:fldChar" {
		text := k.Content()
		r.markRead(k)
		if f := r.inInstr(); f != nil {
			f.text += text
			f.nodes = append(f.nodes, k)
			if f.first == nil {
				f.first = k
			}
		} else {
			r.drop[k] = true
			r.hidden.Add("N03", "域代码", document.RoleField, text, nil)
		}
		return
	}
	switch k.Attr("w:fldCharType") {
	case "begin":
		r.formField(k.Kid("w:ffData"))
		r.fields = append(r.fields, &field{nodes: []*ooxml.Node{k}})
	case "separate":
		if n := len(r.fields); n > 0 {
			r.fields[n-1].result = true
			r.fields[n-1].nodes = append(r.fields[n-1].nodes, k)
		} else {
			r.drop[k] = true
		}
	case "end":
		n := len(r.fields)
		if n == 0 {
			r.drop[k] = true
			return
		}
		f := r.fields[n-1]
		r.fields = r.fields[:n-1]
		f.nodes = append(f.nodes, k)
		r.closeField(f)
	default:
		r.drop[k] = true
	}
}

// inInstr gives the innermost field whose instruction is being read, if any.
func (r *reader) inInstr() *field {
	for i := len(r.fields) - 1; i >= 0; i-- {
		if !r.fields[i].result {
			return r.fields[i]
		}
	}
	return nil
}

// closeField keeps a field with a harmless instruction and flattens any other.
func (r *reader) closeField(f *field) {
	instr, anchor := safeInstr(f.text)
	if outer := r.inInstr(); outer != nil { // a field inside an instruction goes with it
		outer.text += " " + f.text
		for _, n := range f.nodes {
			r.drop[n] = true
		}
		return
	}
	if instr == "" || f.first == nil || !f.result && !strings.HasPrefix(instr, "PAGE") && !strings.HasPrefix(instr, "NUMPAGES") {
		for _, n := range f.nodes {
			r.drop[n] = true
		}
		r.fieldText(f.text)
		return
	}
	if anchor != "" {
		r.anchors[anchor] = true
	}
	for _, n := range f.nodes {
		if n.Name == "w:fldChar" || n == f.first {
			r.instr[n] = true
		} else {
			r.drop[n] = true
		}
	}
	r.kept = append(r.kept, keptField{f, instr, anchor})
}

// keptField is a field that stays, with its cleaned instruction.
type keptField struct {
	*field
	instr, anchor string
}

// fieldText files an instruction that is not kept, if it says anything.
func (r *reader) fieldText(s string) {
	s = trimmed(s)
	if s == "" {
		return
	}
	r.removed.Add("域代码", 1)
	if plainField.MatchString(s) {
		return
	}
	r.hidden.Add("N03", "域代码", document.RoleField, s, nil)
}

// plainField are instructions that hold nothing but a keyword and switches.
var plainField = regexp.MustCompile(`^(=|[A-Z]+)(\s+\\[a-zA-Z*#@!](\s+"?[A-Za-z0-9./:年月日\-]{1,14}"?)?)*\s*$`)

func (r *reader) simpleField(k *ooxml.Node) {
	text := k.Attr("w:instr")
	instr, anchor := safeInstr(text)
	if instr == "" {
		r.fieldText(text)
		return
	}
	if anchor != "" {
		r.anchors[anchor] = true
	}
	k.SetAttr("w:instr", " "+instr+" ")
	r.instr[k] = true
}

// formField files what an old form field says.
func (r *reader) formField(n *ooxml.Node) {
	n.Walk(func(k *ooxml.Node) bool {
		switch k.Name {
		case "w:name", "w:helpText", "w:statusText", "w:default", "w:listEntry", "w:entryMacro", "w:exitMacro":
			if v := k.Attr("w:val"); v != "" && !ooxml.SafeValue(v) {
				r.hidden.Add("N03", "表单域", document.RoleField, v, nil)
			}
		}
		return true
	})
	if n != nil {
		r.removed.Add("表单域", 1)
	}
}

// drainFields follows the field characters inside something that is left out, so
// that begin and end stay in step.
func (r *reader) drainFields(n *ooxml.Node) {
	n.Walk(func(k *ooxml.Node) bool {
		if k.Name == "w:fldChar" || k.Name == "w:instrText" {
			r.fieldChar(k)
		}
		return true
	})
}

// flattenOpen drops the characters of fields that never end.
func (r *reader) flattenOpen() {
	for _, f := range r.fields {
		for _, n := range f.nodes {
			r.drop[n] = true
		}
		r.fieldText(f.text)
	}
	r.fields = nil
}
