// Package odf reads and rebuilds OpenDocument files: text (.odt), spreadsheets
// (.ods) and presentations (.odp).
//
// Read gives text, tables, sheets, pages, text boxes, notes, headers, footers and
// what masters print on each page as visible parts, and as hidden parts everything
// that a page does not show: annotations, tracked deletions, hidden, white and tiny
// text (through styles too), hidden sections, sheets, rows, columns and pages, text
// under merged cells, fields' sources, link targets, alternative texts, properties,
// macros, objects, and any other member of the package. Not read: the pixels of
// pictures and the code of macros; both are listed.
//
// Rebuild walks the same trees, changes the text nodes, and writes a new package
// (content.xml, styles.xml, the manifest, re-encoded Pictures/*, for texts the
// switches of the layout) from a list of elements and attributes. A text node is written only if
// the reader has seen it as visible, so that what is hidden has no way into a copy.
package odf

import (
	"context"
	"fmt"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole"
)

// Kinds of the format.
const (
	Text         document.Kind = "odt"
	Spreadsheet  document.Kind = "ods"
	Presentation document.Kind = "odp"
)

// Read reads an OpenDocument file. Errors are *document.Refusal.
func Read(ctx context.Context, src document.Source) (doc *document.Document, err error) {
	defer guard(&err)
	r, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	return r.doc, nil
}

// Rebuild writes a clean copy in the same format: the plan's edits carried out on
// the visible parts, everything hidden left out. Errors are *document.Refusal.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (out *document.Rebuilt, err error) {
	defer guard(&err)
	r, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	if err := r.apply(plan); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w := newWriter(r)
	data, err := w.write()
	if err != nil {
		return nil, err
	}
	return &document.Rebuilt{Kind: r.kind, Ext: "." + string(r.kind), Data: data, Removed: r.removed.List(), Unchecked: w.unchecked()}, nil
}

// guard turns a panic on a hostile file into a refusal.
func guard(err *error) {
	if x := recover(); x != nil {
		*err = ole.ErrDamaged(fmt.Sprintf("panic: %T", x))
	}
}
