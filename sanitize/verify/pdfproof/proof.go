// Package pdfproof checks a cleaned PDF by code that did not write it: a strict
// scanner of its own for a closed grammar, pdfcpu's validator, ledongthuc/pdf as a
// text reader, a search of the raw bytes, and a comparison of every pixel with a
// fresh drawing of the original. The text laid over the pictures, where a person
// asked for it, is compared with the text of the original as the plan leaves it.
package pdfproof

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	ledong "github.com/ledongthuc/pdf"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf"
)

// ErrFailed is wrapped by every finding of Check: the copy must not be handed out.
var ErrFailed = errors.New("核验未通过")

func fail(format string, args ...any) error {
	return fmt.Errorf("%w：%s", ErrFailed, fmt.Sprintf(format, args...))
}

// Copy is a cleaned PDF with all that it must agree with.
type Copy struct {
	Original  document.Source
	Data      []byte
	Boxes     []document.Box // that were burned in
	Forbidden []string       // strings that were treated
	// Layer tells that text layers were asked for. They must hold what Plan leaves of the
	// text of the original, and that must be Text, page by page, which the caller has
	// searched for what must not be published. Without it no page may hold any text.
	Layer bool
	Plan  document.Plan
	Text  []string
}

// Check is the check of a copy without text layers, see Copy.Check.
func Check(ctx context.Context, original document.Source, out []byte, boxes []document.Box, forbidden []string) error {
	return (&Copy{Original: original, Data: out, Boxes: boxes, Forbidden: forbidden}).Check(ctx)
}

// Check proves that the copy holds nothing but pictures of the pages of the original,
// with every box of one colour and everything else as it was, and the text layers that
// were asked for. A nil error is the proof; any other means that the copy must not be
// used. The details never hold document text.
func (c *Copy) Check(ctx context.Context) error {
	pages, err := scan(c.Data)
	if err != nil {
		return err
	}
	if err := validate(c.Data); err != nil {
		return err
	}
	if err := sameText(c.Data, pages); err != nil {
		return err
	}
	if err := noneOf(Searchable(c.Data), c.Forbidden); err != nil {
		return err
	}
	want := make([]string, len(pages))
	err = samePages(ctx, c.Original, pages, c.Boxes, func(v *pdf.Shown) {
		if c.Layer {
			want[v.Number-1] = expected(v, c.Plan)
		}
	})
	if err != nil {
		return err
	}
	return c.layers(pages, want)
}

// validate asks pdfcpu.
func validate(out []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fail("结构校验器异常")
		}
	}()
	api.DisableConfigDir()
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationStrict
	if e := api.Validate(bytes.NewReader(out), conf); e != nil {
		return fail("结构校验：%v", e)
	}
	return nil
}

// sameText asks the second reader, which must see the same pages and on each the text of
// its layer or none. The strict scan before guarantees that the file cannot make it run
// in circles.
func sameText(out []byte, pages []page) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fail("第二读取器异常")
		}
	}()
	r, e := ledong.NewReader(bytes.NewReader(out), int64(len(out)))
	if e != nil {
		return fail("第二读取器无法打开：%v", e)
	}
	if n := r.NumPage(); n != len(pages) {
		return fail("第二读取器读到 %d 页，应为 %d 页", n, len(pages))
	}
	fonts := map[string]*ledong.Font{}
	for i, p := range pages {
		q := r.Page(i + 1)
		for _, name := range q.Fonts() { // the same on all pages
			if fonts[name] == nil {
				f := q.Font(name)
				fonts[name] = &f
			}
		}
		text, e := q.GetPlainText(fonts)
		if e != nil {
			return fail("第二读取器：%v", e)
		}
		if p.layer == "" && strings.TrimSpace(text) != "" {
			return fail("成品中仍有可提取的文字")
		}
		if bare(text) != bare(p.layer) {
			return fail("第%d页的文字层，第二读取器读得不同", i+1)
		}
	}
	return nil
}
