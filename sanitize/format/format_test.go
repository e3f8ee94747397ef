package format_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format"
)

func zipOf(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for n, s := range files {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSniffByContent(t *testing.T) {
	ct := func(s string) map[string]string {
		return map[string]string{"[Content_Types].xml": `<Types><Override ContentType="application/vnd.` + s + `+xml"/></Types>`}
	}
	for name, c := range map[string]struct {
		file string
		data []byte
		want document.Kind
	}{
		"docx":          {"a.bin", zipOf(t, ct("openxmlformats-officedocument.wordprocessingml.document.main")), "docx"},
		"docm":          {"a.bin", zipOf(t, ct("ms-word.document.macroEnabled.main")), "docx"},
		"xlsx":          {"a.bin", zipOf(t, ct("openxmlformats-officedocument.spreadsheetml.sheet.main")), "xlsx"},
		"pptx":          {"a.bin", zipOf(t, ct("openxmlformats-officedocument.presentationml.presentation.main")), "pptx"},
		"xlsb":          {"a.xlsx", zipOf(t, ct("ms-excel.sheet.binary.macroEnabled.main")), "xlsb"},
		"ofd":           {"a.zip", zipOf(t, map[string]string{"OFD.xml": "<OFD/>"}), "ofd"},
		"odt":           {"a.zip", zipOf(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.text"}), "odt"},
		"zip":           {"a.docx", zipOf(t, map[string]string{"a.txt": "x"}), "zip"},
		"no types":      {"a.docx", zipOf(t, map[string]string{"word/document.xml": "<w/>"}), "docx"},
		"pdf":           {"a.txt", []byte("\n\n%PDF-1.4\n"), "pdf"},
		"rtf":           {"a.doc", []byte(`{\rtf1 x}`), "rtf"},
		"png":           {"a.docx", []byte("\x89PNG\r\n\x1a\n...."), "png"},
		"csv":           {"a.csv", []byte("甲,乙"), "csv"},
		"html by start": {"a.xls", []byte("<html><table>"), "html"},
		"text":          {"说明", []byte("文字"), "txt"},
		"empty":         {"a.docx", nil, "empty"},
		"junk":          {"a.doc", []byte{0, 1, 2, 3, 0xFF, 0xFE, 0}, "unknown"},
		"exe":           {"a.docx", []byte("MZ\x90\x00"), "exe"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := format.Sniff(document.Source{Name: c.file, Data: c.data}); got != c.want {
				t.Errorf("got %q want %q", got, c.want)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		data []byte
		says string
	}{
		"empty":        {"a.txt", nil, "0 字节"},
		"png as docx":  {"a.docx", []byte("\x89PNG\r\n\x1a\n...."), "扩展名"},
		"html as xlsx": {"a.xlsx", []byte("<html></html>"), "扩展名"},
		"text as pdf":  {"a.pdf", []byte("这不是 PDF"), "扩展名"},
		"half an rtf":  {"a.rtf", []byte(`{\rtf1 x`), "另存"},
		"unknown":      {"a.dat", []byte{0, 1, 2, 3, 0xFF, 0xFE, 0}, "无法识别"},
		"half a zip":   {"a.zip", []byte("PK\x03\x04abc"), "压缩包"},
		"damaged pdf":  {"a.pdf", []byte("%PDF-1.4\nrubbish"), ""},
		"damaged docx": {"a.docx", []byte("PK\x03\x04word/document.xml"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := format.Read(context.Background(), document.Source{Name: c.file, Data: c.data})
			var r *document.Refusal
			if !errors.As(err, &r) {
				t.Fatalf("want a refusal, got %v", err)
			}
			if !strings.Contains(r.Error(), c.says) {
				t.Errorf("refusal says %q", r.Error())
			}
		})
	}
}

func TestMismatchIsRemarked(t *testing.T) {
	doc, err := format.Read(context.Background(), document.Source{Name: "材料.docx", Data: zipOf(t, map[string]string{"说明.txt": "内容"})})
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Notes) != 1 || doc.Kind != "zip" {
		t.Errorf("kind %s notes %v", doc.Kind, doc.Notes)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a.txt", []byte("文字"))
	f.Add("a.csv", []byte("a,b"))
	f.Add("a.zip", []byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		doc, err := format.Read(context.Background(), document.Source{Name: name, Data: data})
		if (doc == nil) == (err == nil) {
			t.Fatal("neither document nor refusal")
		}
	})
}
