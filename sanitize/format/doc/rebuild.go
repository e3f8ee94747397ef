package doc

import (
	"context"
	"fmt"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/redact"
)

// Rebuild writes what is visible, the plan carried out, as a new .docx: the text with its
// looks, tables, lists, pages and pictures (JPEG, PNG, TIFF, BMP). Objects and drawings
// stay behind; Removed says so.
func Rebuild(ctx context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	r, rest, err := load(ctx, src)
	if err != nil {
		return nil, err
	}
	applied := redact.Apply(r.doc, plan)
	forms := map[string]*fresh.Form{}
	for id, f := range r.forms {
		forms[id] = f.Moved(applied.Edits(id), func(s document.Span) document.Span { return applied.Forward(id, s) })
	}
	layout := fresh.Layout{Page: r.f.page(), Forms: forms, Lists: r.f.listForms()}
	if main := forms["word/document.xml"]; main != nil && len(main.Sections)+1 == max(1, len(r.f.sections)) {
		layout.Margins, layout.Facing = r.margins, r.facing
	}
	data, shown, err := fresh.Styled(applied.Document, layout)
	if err != nil {
		return nil, err
	}
	r.removed.Add("图片（未带入副本）", max(0, r.doc.Pictures-shown))
	r.removed.Add("图形（未带入副本）", r.shapes)
	out := &document.Rebuilt{Kind: "docx", Ext: ".docx", Data: data, Removed: append(r.removed.List(), rest.Removed...)}
	if shown > 0 {
		out.Unchecked = []document.Unchecked{{Kind: "picture", Message: fmt.Sprintf("图片 %d 张未识别文字", shown)}}
	}
	return out, nil
}
