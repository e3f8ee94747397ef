package doc

import (
	"context"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/redact"
)

// Rebuild writes what is visible, the plan carried out, as a new .docx. Pictures,
// objects and layout stay behind; Removed says so.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	r, rest, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	data, err := fresh.Docx(redact.Apply(r.doc, plan).Document)
	if err != nil {
		return nil, err
	}
	r.removed.Add("图片（未带入副本）", r.doc.Pictures)
	r.removed.Add("图形（未带入副本）", r.shapes)
	return &document.Rebuilt{Kind: "docx", Ext: ".docx", Data: data, Removed: append(r.removed.List(), rest.Removed...)}, nil
}
