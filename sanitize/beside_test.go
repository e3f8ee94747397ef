package sanitize_test

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"jinggao/assets"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdftest"
)

// printed is a PDF of one page for each text, its lines in 12 points from the top.
func printed(t *testing.T, pages ...string) []byte {
	t.Helper()
	if assets.Packed(assets.PDFiumWasm) == nil {
		t.Fatal("the packed data is missing: go generate ./assets")
	}
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "",
		"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
		"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R /DW 1000 >>",
		"<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
	}
	var kids []string
	for _, p := range pages {
		var c strings.Builder
		for i, l := range strings.Split(p, "\n") {
			var b []byte
			for _, u := range utf16.Encode([]rune(l)) {
				b = append(b, byte(u>>8), byte(u))
			}
			fmt.Fprintf(&c, "BT /F1 12 Tf 1 0 0 1 60 %d Tm <%s> Tj ET\n", 780-24*i, hex.EncodeToString(b))
		}
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", n+1),
			pdftest.Stream(c.String()))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	return pdftest.File(objects...)
}

// body is what a file reads as, part by part.
func body(t *testing.T, e *sanitize.Engine, name string) (parts []string) {
	t.Helper()
	rs, err := e.Scan(t.Context(), name)
	if err != nil || rs[0].Refused != nil {
		t.Fatal(err, rs)
	}
	for _, p := range rs[0].Document.Parts {
		if p.Hidden != nil && p.Text != "" {
			t.Errorf("%s: %s is hidden", name, p.Label)
		}
		if p.ID != sanitize.NamePart {
			parts = append(parts, p.Text)
		}
	}
	return parts
}

func TestTextOfAPDF(t *testing.T) {
	dir := t.TempDir()
	e := engine(t, sanitize.Options{})
	in := put(t, dir, "说明.pdf", printed(t, "金乌计划的说明\n由甲乙丙负责", "第二页的\uFFFD文字"))
	job := sanitize.Job{
		Path: in, Dir: filepath.Join(dir, "out"), DPI: 150, Layer: true, Text: true, Word: true,
		Boxes: []document.Box{{Page: 1, X0: 72, Y0: 750, X1: 107, Y1: 770}}, // over 甲乙丙
	}
	c, err := e.Clean(t.Context(), job, nil)
	if err != nil {
		t.Fatal(err)
	}
	const first, second = "某项目的说明\n由＊＊＊负责", "第二页的\uFFFD文字"
	if got := body(t, e, c.Out); len(got) != 2 || got[0] != first || got[1] != second {
		t.Errorf("the layer reads %q", got)
	}
	if len(c.Also) != 2 || filepath.Base(c.Also[0].Out) != "说明.txt" || filepath.Base(c.Also[1].Out) != "说明.docx" {
		t.Fatalf("beside it: %+v", c.Also)
	}
	if b, err := os.ReadFile(c.Also[0].Out); err != nil || string(b) != "\ufeff"+strings.ReplaceAll(first+"\n\n"+second+"\n", "\n", "\r\n") {
		t.Errorf("%q %v", b, err)
	}
	if got := strings.Join(body(t, e, c.Also[1].Out), ""); got != first+"\n第二页的□文字" {
		t.Errorf("the Word file reads %q", got)
	}
	if n := strings.Count(member(t, c.Also[1].Out, "word/document.xml"), "<w:pageBreakBefore/>"); n != 1 {
		t.Errorf("%d page breaks", n)
	}
	for _, f := range []string{c.Out, c.Also[0].Out, c.Also[1].Out} {
		r, err := e.Verify(t.Context(), f, nil)
		if err != nil || r.Refused != nil || len(r.Findings) > 0 {
			t.Errorf("%s: %v %+v", f, err, r)
		}
	}
	job.Layer, job.Text, job.Word = false, false, false
	bare, err := e.Clean(t.Context(), job, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(body(t, e, bare.Out), ""); got != "" || bare.Also != nil {
		t.Errorf("text that nobody asked for: %q, %v", got, bare.Also)
	}
}

// All files of a copy are there, or none.
func TestFilesBesideThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	e := engine(t, sanitize.Options{})
	name := strings.Repeat("a", 251) // with .pdf it is as long as names may be
	job := sanitize.Job{Path: put(t, dir, name+".pdf", printed(t, "文字")), Dir: filepath.Join(dir, "out"), DPI: 150, Text: true, Word: true}
	_, err := e.Clean(t.Context(), job, nil)
	var r *document.Refusal
	if !errors.As(err, &r) {
		t.Errorf("got %v", err)
	}
	if got := files(t, job.Dir); len(got) > 0 {
		t.Errorf("left behind: %v", got)
	}
}

func TestTextOfAPDFInAnArchive(t *testing.T) {
	dir := t.TempDir()
	e := engine(t, sanitize.Options{})
	in := put(t, dir, "材料.zip", zipOf(t, "甲/说明.pdf", string(printed(t, "金乌计划的说明")), "甲/说明.txt", "另一份"))
	c, err := e.Clean(t.Context(), sanitize.Job{Path: in, Dir: filepath.Join(dir, "out"), DPI: 150, Layer: true, Text: true, Word: true, AllowUnchecked: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(c.Out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "甲/说明.pdf 甲/说明.txt 甲/说明.docx 甲/说明（2）.txt" {
		t.Errorf("members %s", got)
	}
	if r, err := e.Verify(t.Context(), c.Out, nil); err != nil || len(r.Findings) > 0 {
		t.Errorf("%v %+v", err, r)
	}
}

func member(t *testing.T, path, name string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
