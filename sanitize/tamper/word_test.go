package tamper_test

import (
	"context"
	"errors"
	"path"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/docx"
	"jinggao/sanitize/format/odf"
	"jinggao/sanitize/format/pptx"
	"jinggao/sanitize/format/xlsx"
	"jinggao/sanitize/internal/ziptest"
)

// packaged is a format of XML parts in a zip archive.
type packaged struct {
	read    func(context.Context, document.Source) (*document.Document, error)
	rebuild func(context.Context, document.Source, document.Plan) (*document.Rebuilt, error)
}

// A word in any attribute, comment, strange element or text of any part never comes
// through unless it was read as text that people see. (OFD has a test of its own.)
func TestAWordAnywhere(t *testing.T) {
	const word = "Zq7_secret"
	open := packaged{odf.Read, odf.Rebuild}
	n := 0
	for _, f := range []struct {
		name string
		data []byte
		packaged
	}{
		{"a.docx", wordFile(t), packaged{docx.Read, docx.Rebuild}},
		{"a.xlsx", sheetFile(t), packaged{xlsx.Read, xlsx.Rebuild}},
		{"a.pptx", deckFile(t), packaged{pptx.Read, pptx.Rebuild}},
		{"a.odt", openText(t), open},
		{"a.ods", openBook(t), open},
		{"a.odp", openDeck(t), open},
	} {
		t.Run(f.name, func(t *testing.T) {
			for name, data := range members(t, f.data) {
				if ext := path.Ext(name); ext != ".xml" && ext != ".rels" {
					continue
				}
				tree := etree.NewDocument()
				if err := tree.ReadFromString(data); err != nil {
					t.Fatal(err)
				}
				for _, x := range kinds(tree) {
					for how, put := range insertions(x, word) {
						undo := put()
						changed, err := tree.WriteToString()
						undo()
						if err != nil {
							t.Fatal(err)
						}
						n++
						src := document.Source{Name: f.name, Data: reopen(t, f.data).put(name, changed).bytes()}
						neverUnread(t, f.packaged, src, word, name+" "+x.FullTag()+" "+how)
					}
				}
			}
		})
	}
	if n < 1000 {
		t.Errorf("only %d places", n)
	}
}

// kinds are the elements of a part, one for each path and set of attributes.
func kinds(tree *etree.Document) []*etree.Element {
	var out []*etree.Element
	seen := map[string]bool{}
	for _, x := range tree.FindElements("//*") {
		key := x.GetPath()
		for _, a := range x.Attr {
			key += " " + a.FullKey()
		}
		if !seen[key] {
			seen[key] = true
			out = append(out, x)
		}
	}
	return out
}

// insertions put a word into or below an element in several ways; each gives the way back.
func insertions(x *etree.Element, word string) map[string]func() (undo func()) {
	below := func(k etree.Token) func() func() {
		return func() func() {
			x.AddChild(k)
			return func() { x.RemoveChild(k) }
		}
	}
	strange := etree.NewElement(strings.TrimPrefix(x.Space+":odd", ":"))
	strange.SetText(word)
	out := map[string]func() func(){
		"comment": below(etree.NewComment(word)), "text": below(etree.NewText(word)), "element": below(strange),
		"attribute": func() func() {
			x.CreateAttr("odd", word)
			return func() { x.RemoveAttr("odd") }
		},
	}
	for _, a := range x.Attr {
		if a.Space == "xmlns" || a.Key == "xmlns" {
			continue
		}
		key, was := a.FullKey(), a.Value
		for _, v := range []string{word, was + word} {
			out[key+"="+v] = func() func() {
				x.CreateAttr(key, v)
				return func() { x.CreateAttr(key, was) }
			}
		}
	}
	return out
}

// neverUnread rebuilds a file and looks for the word in the copy.
func neverUnread(t *testing.T, f packaged, src document.Source, word, where string) {
	t.Helper()
	out, err := f.rebuild(t.Context(), src, document.Plan{})
	if err != nil {
		var r *document.Refusal
		if !errors.As(err, &r) {
			t.Errorf("%s: %v", where, err)
		}
		return
	}
	found := false
	for name, data := range members(t, out.Data) {
		found = found || strings.Contains(name+data, word)
	}
	if !found {
		return
	}
	d, err := f.read(t.Context(), src)
	if err != nil {
		t.Errorf("%s: rebuilt, not read: %v", where, err)
		return
	}
	for _, p := range d.Parts {
		if p.Hidden == nil && strings.Contains(strings.Join(strings.Fields(p.Text), ""), word) {
			return
		}
	}
	t.Errorf("%s: the word came through unread", where)
}

// members gives the parts of a package by their names.
func members(t *testing.T, data []byte) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, m := range ziptest.Unpack(t, data) {
		out[m.Name] = m.Data
	}
	return out
}
