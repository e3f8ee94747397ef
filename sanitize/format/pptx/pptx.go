// Package pptx reads and rebuilds presentations (.pptx, .pptm, .ppsx).
//
// Read gives each visible slide (ppt/slides) with the text of its shapes, tables,
// charts and diagrams, and the text of the layouts and masters in use that shows
// on slides; hidden parts are hidden slides, notes, hidden and off-slide shapes,
// white, tiny and transparent text, comments, alternative texts and names, section
// names, tags, link targets, media, properties and any other part.
//
// Rebuild writes a new presentation with the visible slides, their layouts and
// masters; animations, transitions, notes and all that is hidden are left out.
package pptx

import (
	"context"
	"fmt"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// Kind is the format's name.
const Kind document.Kind = "pptx"

// Read reads a presentation. Errors towards people are *document.Refusal.
func Read(ctx context.Context, src document.Source) (doc *document.Document, err error) {
	defer guard(&err)
	d, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	return d.document(src.Name), nil
}

// Rebuild writes a clean copy of a presentation: the plan's edits carried out on
// the visible parts, everything hidden left out.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (out *document.Rebuilt, err error) {
	defer guard(&err)
	d, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	if err := d.apply(plan); err != nil {
		return nil, err
	}
	w := newWriter(d)
	data, err := w.write()
	if err != nil {
		return nil, err
	}
	return &document.Rebuilt{Kind: Kind, Ext: ".pptx", Data: data, Removed: d.removed.List(), Unchecked: w.unchecked()}, nil
}

// guard turns a panic on a hostile file into a refusal.
func guard(err *error) {
	if x := recover(); x != nil {
		*err = ooxml.ErrDamaged(fmt.Sprintf("panic: %T", x))
	}
}
