package verify_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"jinggao/sanitize/document"
	"jinggao/sanitize/verify"
)

func zipped(t *testing.T, name, data, comment string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := z.SetComment(comment); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLeaksAreFoundInEveryLayer(t *testing.T) {
	const secret = "贺知微13800138000"
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	var gz bytes.Buffer
	g := gzip.NewWriter(&gz)
	if _, err := g.Write([]byte(secret)); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	binary := []byte{0, 1, 2, 3, 0xFF, 0}
	for name, data := range map[string][]byte{
		"utf8":            []byte("甲" + secret + "乙"),
		"blanks between":  []byte("贺 知\u200b微138\n00138000"),
		"gbk":             gbk,
		"utf16 in binary": append(append([]byte{}, binary...), utf16...),
		"gbk in binary":   append(append([]byte{}, binary...), gbk...),
		"xml runs":        []byte(`<w:p><w:t>贺知</w:t></w:r><w:r><w:t>微13800138000</w:t></w:p>`),
		"entities":        []byte(`<a>&#36154;知微13800138000</a>`),
		"in a zip":        zipped(t, "a.xml", "<a>"+secret+"</a>", ""),
		"in a zip in one": zipped(t, "a.zip", string(zipped(t, "b.txt", secret, "")), ""),
		"zip name":        zipped(t, secret+".txt", "x", ""),
		"zip comment":     zipped(t, "a.txt", "x", secret),
		"gzip":            gz.Bytes(),
		"base64":          []byte("data: " + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", 30)+secret+"xx"))),
	} {
		t.Run(name, func(t *testing.T) {
			got := verify.Leaks("副本", data, []string{secret})
			if len(got) == 0 {
				t.Error("not found")
			}
			if strings.Contains(strings.Join(got, ""), "13800138000") && name != "zip name" {
				t.Error("the problem quotes what it found")
			}
		})
	}
	for name, data := range map[string][]byte{
		"clean":           []byte("贺某138****8000"),
		"different cells": []byte(`<w:tc><w:p><w:t>贺知</w:t></w:p></w:tc><w:tc><w:p><w:t>微13800138000</w:t></w:p></w:tc>`),
		"clean zip":       zipped(t, "a.txt", "无", ""),
	} {
		t.Run(name, func(t *testing.T) {
			if got := verify.Leaks("副本", data, []string{secret}); len(got) != 0 {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestUnreadableLayersAreProblems(t *testing.T) {
	for name, data := range map[string][]byte{
		"cut-off zip": []byte("PK\x03\x04abc"),
		"ole":         append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 100)...),
	} {
		if len(verify.Leaks(name, data, []string{"贺知微"})) == 0 {
			t.Errorf("%s passed", name)
		}
	}
}

func TestShortNumbersAreNoAccidentsInMarkup(t *testing.T) {
	if got := verify.Leaks("a", []byte(`<w:p w:rsid="00512199"><w:t>甲</w:t></w:p>`), []string{"5121"}); len(got) != 0 {
		t.Errorf("an attribute was taken for a leak: %v", got)
	}
}

func TestForbiddenLeavesOutWhatMayStand(t *testing.T) {
	doc := &document.Document{Parts: []document.Part{{Text: "正文"}, {Hidden: &document.Hiding{Kind: "批注"}, Text: "请核对贺知微的单位\n短"}}}
	got := verify.Forbidden([]string{"会议纪要", "13800138000"}, doc, "公开的会议纪要")
	if len(got) != 2 || got[0] != "13800138000" || got[1] != "请核对贺知微的单位" {
		t.Errorf("got %q", got)
	}
}

func TestSameText(t *testing.T) {
	part := func(id, text string) document.Part {
		return document.Part{ID: id, Role: document.RoleBody, Text: text}
	}
	want := &document.Document{Parts: []document.Part{part("a", "甲 乙"), part("b", "丙"), {ID: "h", Hidden: &document.Hiding{}, Text: "隐"}}}
	for name, c := range map[string]struct {
		got *document.Document
		ok  bool
	}{
		"same":         {&document.Document{Parts: []document.Part{part("a", "甲乙"), part("b", "丙")}}, true},
		"other parts":  {&document.Document{Parts: []document.Part{part("x", "甲乙丙")}}, true},
		"one is gone":  {&document.Document{Parts: []document.Part{part("a", "甲乙")}}, false},
		"one is new":   {&document.Document{Parts: []document.Part{part("a", "甲乙"), part("b", "丙丁")}}, false},
		"one replaced": {&document.Document{Parts: []document.Part{part("a", "甲某"), part("b", "丙")}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if p := verify.SameText(want, c.got); c.ok != (len(p) == 0) {
				t.Errorf("got %v", p)
			}
		})
	}
}

func FuzzLeaks(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("<a>&#x;</a>"))
	f.Fuzz(func(_ *testing.T, data []byte) { verify.Leaks("a", data, []string{"贺知微", "13800138000"}) })
}

// TestFormatWords: what every package holds is not looked for because a hidden
// place held it too; what a person wrote there is.
func TestFormatWords(t *testing.T) {
	doc := &document.Document{Parts: []document.Part{{Hidden: &document.Hiding{Rule: "N03", Kind: "x"}, Text: " PAGE \nTimes New Roman\nDefault Paragraph Font\nchart12.xml\nheading 3\n020F0502020204030204\n赵澄 13800138000\nproject-falcon\n内部联系单"}}}
	if got := verify.Forbidden(nil, doc, "正文"); !slices.Equal(got, []string{"赵澄13800138000", "project-falcon", "内部联系单"}) {
		t.Errorf("%q", got)
	}
}
