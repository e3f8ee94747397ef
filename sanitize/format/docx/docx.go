// Package docx reads and rebuilds Word documents (.docx, .docm, .dotx).
//
// Read gives the body, text boxes, headers, footers and notes as visible parts,
// and everything that the printed page does not show as hidden parts: comments
// (word/comments.xml), tracked deletions (w:del, w:moveFrom), hidden, white and
// tiny runs (w:vanish, w:color, w:sz, also through styles), hidden rows, field
// instructions, link targets, content control names, alternative texts, document
// variables, custom XML, properties, headers that are switched off, notes without
// a reference, web pages laid into the text, embedded objects, and, by a general
// reading, every other part.
// Not read: the pixels of pictures and the code of macros; both are listed.
//
// Rebuild walks the same tree in the same way, changes the text nodes, leaves
// out what is hidden and writes a new package from a list of elements.
package docx

import (
	"context"
	"fmt"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// Kind is the format's name.
const Kind document.Kind = "docx"

// Read reads a Word document. Errors towards people are *document.Refusal.
func Read(ctx context.Context, src document.Source) (doc *document.Document, err error) {
	defer guard(&err)
	r, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	return r.document(src.Name), nil
}

// Rebuild writes a clean copy of a Word document: the plan's edits carried out on
// the visible parts, everything hidden left out.
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
	return &document.Rebuilt{Kind: Kind, Ext: ".docx", Data: data, Removed: r.removed.List(), Unchecked: r.uncheckedOut(w)}, nil
}

// guard turns a panic on a hostile file into a refusal.
func guard(err *error) {
	if x := recover(); x != nil {
		*err = ooxml.ErrDamaged(fmt.Sprintf("panic: %T", x))
	}
}
