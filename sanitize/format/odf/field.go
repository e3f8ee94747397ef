package odf

import (
	"regexp"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// dullField are field codes that say where a text comes from in the document itself.
var dullField = regexp.MustCompile(`(?i)^\s*"?(PAGE|NUMPAGES|SECTIONPAGES|TOC|PAGEREF|NOTEREF|REF|SEQ|STYLEREF|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|vnd\.oasis)\b[^\p{Han}@]*$|^[0-9]{0,6}$`)

// field reads a field; false for what is none.
func (f *flow) field(k *node, l look, p *node) bool {
	r := f.r
	switch k.Name {
	case "text:page-number", "text:page-count": // change from page to page and stay fields, as the next ones
		r.live[k] = k.Content()
		f.inline(k, l, p)
		return true
	case "text:sheet-name", "presentation:footer", "presentation:header", "presentation:date-time":
		r.live[k] = ""
		r.tell(k) // what is shown stands elsewhere
		return true
	case "text:hidden-text":
		r.hide("N03", "隐藏文字", document.RoleBody, k.Attr("text:string-value"))
		r.doom(k, "N03", "隐藏文字", document.RoleBody)
		return true
	case "text:conditional-text":
		r.hide("N03", "域代码", document.RoleField, k.Attr("text:string-value-if-true")+" "+k.Attr("text:string-value-if-false"))
	case "text:file-name":
		r.hide("N01", "文件路径", document.RoleProperty, pathOf(k.Content()))
	}
	if !textField(k.Name) {
		return false
	}
	if s := strings.TrimSpace(k.Content()); s != "" && strings.Trim(s, "?") == "" { // not worked out yet
		r.drop[k] = true
		return true
	}
	r.removed.Add("域", 1)
	r.through[k] = true
	r.fieldSource(k)
	f.inline(k, l, p)
	return true
}

// fieldSource files what a field says besides the text that it shows.
func (r *reader) fieldSource(k *node) {
	for _, a := range k.Attrs {
		switch a.Name {
		case "text:name", "text:ref-name", "text:formula", "text:condition", "text:description", "text:help", "text:hint", "text:database-name", "text:table-name", "text:column-name", "text:connection-name":
			if !ooxml.SafeValue(a.Value) && !usualSequence[a.Value] && !strings.HasPrefix(a.Value, "_") && !strings.HasPrefix(a.Value, "ref") && !strings.HasPrefix(a.Value, "ooow:") {
				r.hide("N03", "域代码", document.RoleField, a.Value)
			}
		case "office:string-value", "text:string-value":
			if strings.TrimSpace(a.Value) != strings.TrimSpace(k.Content()) {
				r.hide("N03", "域代码", document.RoleField, a.Value)
			}
		}
	}
	for _, x := range k.Kids {
		if x.Name == "text:label" || x.Name == "form:connection-resource" { // the choices of a list, the source of a value
			r.hide("N03", "域代码", document.RoleField, x.Attr("text:value")+x.Attr("xlink:href"))
			r.drop[x] = true
			r.tell(x)
		}
	}
}

// textField tells the many elements of text: that hold the text of a field.
func textField(name string) bool {
	local, ok := strings.CutPrefix(name, "text:")
	if !ok {
		return false
	}
	for _, s := range []string{
		"date", "time", "author", "title", "subject", "keywords", "description", "initial-creator", "creation-", "modification-", "print", "editing-", "creator",
		"file-name", "template-name", "chapter", "sender-", "variable-", "user-", "expression", "sequence", "bookmark-ref", "reference-ref", "note-ref", "database-", "placeholder",
		"conditional-text", "text-input", "drop-down", "page-variable", "page-continuation", "paragraph-count", "word-count", "character-count", "table-count", "image-count", "object-count",
		"measure", "table-formula", "dde-connection", "execute-macro", "bibliography-mark", "get-", "reference-language", "style-ref", "hidden-text",
	} {
		if strings.HasPrefix(local, s) {
			return !strings.HasSuffix(local, "-mark-start") && !strings.HasSuffix(local, "-mark-end")
		}
	}
	return false
}

// pathOf gives a path with folders, "" for a bare name.
func pathOf(s string) string {
	if strings.ContainsAny(s, `/\`) {
		return s
	}
	return ""
}
