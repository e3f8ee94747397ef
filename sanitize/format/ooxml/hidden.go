package ooxml

import (
	"sort"
	"strings"

	"jinggao/sanitize/document"
)

// Hidden collects hidden text by kind: one part for each kind of hiding, a line
// for each place.
type Hidden struct {
	order []string
	parts map[string]*hiddenPart
}

type hiddenPart struct {
	rule, kind string
	role       document.Role
	text       strings.Builder
	last       *Node
	seen       map[string]bool
}

// NewHidden begins an empty collection.
func NewHidden() *Hidden { return &Hidden{parts: map[string]*hiddenPart{}} }

// Add files text under a kind. Pieces with the same place (their paragraph) are
// joined into one line; nil gives each a line of its own.
func (h *Hidden) Add(rule, kind string, role document.Role, text string, place *Node) {
	if strings.TrimSpace(text) == "" {
		return
	}
	p := h.parts[kind]
	if p == nil {
		p = &hiddenPart{rule: rule, kind: kind, role: role, seen: map[string]bool{}}
		h.parts[kind] = p
		h.order = append(h.order, kind)
	}
	if p.text.Len() > 0 && (place == nil || place != p.last) {
		p.text.WriteByte('\n')
	}
	p.text.WriteString(text)
	p.last = place
}

// Once files text under a kind unless the same text has been filed there.
func (h *Hidden) Once(rule, kind string, role document.Role, text string) {
	if p := h.parts[kind]; p != nil && p.seen[text] {
		return
	}
	h.Add(rule, kind, role, text, nil)
	if p := h.parts[kind]; p != nil {
		p.seen[text] = true
	}
}

// Parts gives the collection as parts, in the order in which kinds first came up.
func (h *Hidden) Parts() []document.Part {
	var out []document.Part
	for _, k := range h.order {
		p := h.parts[k]
		out = append(out, document.Part{ID: "hidden/" + k, Label: k, Role: p.role, Hidden: &document.Hiding{Rule: p.rule, Kind: k}, Text: p.text.String()})
	}
	return out
}

// Counter counts removals by kind.
type Counter struct{ n map[string]int }

// NewCounter begins at nothing.
func NewCounter() *Counter { return &Counter{n: map[string]int{}} }

// Add counts n more of a kind.
func (c *Counter) Add(kind string, n int) { c.n[kind] += n }

// List gives the counts sorted by kind.
func (c *Counter) List() []document.Removal {
	var out []document.Removal
	for k, n := range c.n {
		if n > 0 {
			out = append(out, document.Removal{Kind: k, Count: n})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Kind < out[j].Kind })
	return out
}
