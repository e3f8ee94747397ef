// Package xlsx reads and rebuilds workbooks (.xlsx, .xlsm, .xltx).
//
// Read gives each visible sheet as rows of cells as they are displayed
// (xl/worksheets, xl/sharedStrings.xml, xl/styles.xml), sheet names, page headers
// and footers, shapes and charts of its drawings, and as hidden parts: hidden
// sheets, rows and columns, cells that no colour or format shows, shared strings
// that no cell uses, phonetic text, formulas that say something, comments, names,
// prompts of validations, link targets, connections, caches of external books and
// pivot tables, scenarios, the save folder, properties, and any other part.
//
// Rebuild writes a new workbook from that model: values only, formulas gone.
package xlsx

import (
	"context"
	"fmt"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// Kind is the format's name.
const Kind document.Kind = "xlsx"

// Read reads a workbook. Errors towards people are *document.Refusal.
func Read(ctx context.Context, src document.Source) (doc *document.Document, err error) {
	defer guard(&err)
	b, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	return b.document(src.Name), nil
}

// Rebuild writes a clean copy of a workbook: the plan's edits carried out on the
// visible cells, everything hidden left out, formulas replaced by their values.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (out *document.Rebuilt, err error) {
	defer guard(&err)
	b, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	if err := b.apply(plan); err != nil {
		return nil, err
	}
	w := newWriter(b)
	data, err := w.write()
	if err != nil {
		return nil, err
	}
	return &document.Rebuilt{Kind: Kind, Ext: ".xlsx", Data: data, Removed: b.removed.List(), Unchecked: w.unchecked()}, nil
}

// guard turns a panic on a hostile file into a refusal.
func guard(err *error) {
	if x := recover(); x != nil {
		*err = ooxml.ErrDamaged(fmt.Sprintf("panic: %T", x))
	}
}
