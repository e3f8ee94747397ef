// Package pdfproof checks a cleaned PDF by code that did not write it: a strict
// scanner of its own for a closed grammar, pdfcpu's validator, ledongthuc/pdf as a
// text reader, a search of the raw bytes, and a comparison of every pixel with a
// fresh drawing of the original.
package pdfproof

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	ledong "github.com/ledongthuc/pdf"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"jinggao/sanitize/document"
)

// ErrFailed is wrapped by every finding of Check: the copy must not be handed out.
var ErrFailed = errors.New("核验未通过")

func fail(format string, args ...any) error {
	return fmt.Errorf("%w：%s", ErrFailed, fmt.Sprintf(format, args...))
}

// Check proves that out holds nothing but pictures of the pages of the original,
// with every box of one colour and everything else as it was. Forbidden are the
// strings that were treated. A nil error is the proof; any other means that the
// copy must not be used. The details never hold document text.
func Check(ctx context.Context, original document.Source, out []byte, boxes []document.Box, forbidden []string) error {
	pages, err := scan(out)
	if err != nil {
		return err
	}
	if err := validate(out); err != nil {
		return err
	}
	if err := noText(out, len(pages)); err != nil {
		return err
	}
	if err := noneOf(out, forbidden); err != nil {
		return err
	}
	return samePages(ctx, original, pages, boxes)
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

// noText asks the second reader, which must see the same pages and no text on them.
// The strict scan before guarantees that the file cannot make it run in circles.
func noText(out []byte, pages int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fail("第二读取器异常")
		}
	}()
	r, e := ledong.NewReader(bytes.NewReader(out), int64(len(out)))
	if e != nil {
		return fail("第二读取器无法打开：%v", e)
	}
	if n := r.NumPage(); n != pages {
		return fail("第二读取器读到 %d 页，应为 %d 页", n, pages)
	}
	text, e := r.GetPlainText()
	if e != nil {
		return fail("第二读取器：%v", e)
	}
	b, e := io.ReadAll(io.LimitReader(text, 1<<20))
	if e != nil {
		return fail("第二读取器：%v", e)
	}
	if len(bytes.TrimSpace(b)) > 0 {
		return fail("成品中仍有可提取的文字")
	}
	return nil
}
