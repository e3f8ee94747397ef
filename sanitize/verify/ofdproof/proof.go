// Package ofdproof checks a cleaned OFD package by code that did not write it: the
// names of its parts, its elements and attributes against lists of its own, every
// text object against the original, and every part for the strings that were treated.
package ofdproof

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jinggao/sanitize/document"
)

// ErrFailed is wrapped by every finding of Check: the copy must not be handed out.
var ErrFailed = errors.New("核验未通过")

func fail(format string, args ...any) error {
	return fmt.Errorf("%w：%s", ErrFailed, fmt.Sprintf(format, args...))
}

// mask is the only character that a copy may have where the original has another.
const mask = '＊'

// Limits on what is inflated.
const (
	maxParts = 20_000
	maxBytes = 512 << 20
)

var partForm = regexp.MustCompile(`\A(OFD\.xml|Doc_\d+/(Document|PublicRes)\.xml|Doc_\d+/(Pages/Page|Tpls/Tpl)_\d+/Content\.xml|Doc_\d+/Res/(image_\d+\.(png|jpeg)|font_\d+\.ttf))\z`)

// Check proves the copy. Forbidden are the strings that were treated. The details
// never hold document text.
func Check(ctx context.Context, original document.Source, out []byte, forbidden []string) error {
	parts, err := unzip(out)
	if err != nil {
		return err
	}
	before, err := unzipLoose(original.Data)
	if err != nil {
		return err
	}
	known := originals(before)
	var all strings.Builder
	use := map[string]*uses{} // by folder of the document
	for name, b := range parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		folder, _, _ := strings.Cut(name, "/")
		if use[folder] == nil {
			use[folder] = &uses{map[string]bool{}, map[string]bool{}}
		}
		if err := part(name, b, use[folder], known, &all); err != nil {
			return err
		}
		if err := noneOf(b, forbidden); err != nil {
			return err
		}
	}
	for _, u := range use {
		if u.unused() {
			return fail("有未引用的资源")
		}
	}
	joined := squeeze(all.String())
	for i, s := range forbidden {
		if s = squeeze(s); len([]rune(s)) > 1 && strings.Contains(joined, s) {
			return fail("第 %d 个已处理的词句仍可读出", i+1)
		}
	}
	return nil
}

// originals gives the texts of all text objects of the original by their place.
func originals(parts map[string][]byte) map[string][]string {
	known := map[string][]string{}
	for name, b := range parts {
		if strings.HasSuffix(strings.ToLower(name), ".xml") {
			for at, texts := range objects(b) {
				known[at] = append(known[at], texts...)
			}
		}
	}
	return known
}

func part(name string, b []byte, use *uses, known map[string][]string, all *strings.Builder) error {
	if !partForm.MatchString(name) {
		return fail("部件名称不在允许之列")
	}
	if !strings.HasSuffix(name, ".xml") {
		return picture(name, b)
	}
	if err := strict(b, use); err != nil {
		return err
	}
	return derived(b, known, all)
}

// unzip reads the copy: no comment, no extra fields, no doubled or stray entries.
func unzip(b []byte) (map[string][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fail("压缩包无法打开")
	}
	if z.Comment != "" || len(z.File) > maxParts || !bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return nil, fail("压缩包结构不符")
	}
	for _, f := range z.File {
		if f.Comment != "" || len(f.Extra) > 0 || f.FileInfo().IsDir() {
			return nil, fail("压缩包中有多余内容")
		}
	}
	return inflate(z, true)
}

func unzipLoose(b []byte) (map[string][]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fail("原件无法打开")
	}
	return inflate(z, false)
}

func inflate(z *zip.Reader, strict bool) (map[string][]byte, error) {
	parts := map[string][]byte{}
	left := int64(maxBytes)
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		if _, twice := parts[f.Name]; twice && strict {
			return nil, fail("部件重名")
		}
		r, err := f.Open()
		if err != nil {
			return nil, fail("部件无法打开")
		}
		b, err := io.ReadAll(io.LimitReader(r, left+1))
		_ = r.Close()
		if err != nil || int64(len(b)) > left {
			return nil, fail("部件无法展开")
		}
		left -= int64(len(b))
		parts[f.Name] = b
	}
	return parts, nil
}

// strict walks the tokens of a part: only listed elements in their places, attribute
// values and character data of their form, no comments, no directives.
func strict(b []byte, use *uses) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	path := []string{""}
	var said strings.Builder
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fail("部件不是完整的 XML")
		}
		switch v := t.(type) {
		case xml.StartElement:
			if len(path) > 200 {
				return fail("嵌套过深")
			}
			if err := use.element(path[len(path)-1], v); err != nil {
				return err
			}
			if strings.TrimSpace(said.String()) != "" {
				return fail("有不允许的文字")
			}
			path = append(path, v.Name.Local)
			said.Reset()
		case xml.EndElement:
			if !sayable(v.Name.Local, said.String()) {
				return fail("有不允许的文字")
			}
			path = path[:len(path)-1]
			said.Reset()
		case xml.CharData:
			if said.Write(v); len(path) == 1 && strings.TrimSpace(string(v)) != "" {
				return fail("有不允许的文字")
			}
		case xml.ProcInst:
			if v.Target != "xml" || len(path) != 1 || !declaration.Match(v.Inst) {
				return fail("有不允许的指令")
			}
		default:
			return fail("有注释或声明")
		}
	}
}

// sayable tells whether an element may have such character data.
func sayable(element, s string) bool {
	if f := data[element]; f != nil {
		return f.MatchString(s)
	}
	return element == "TextCode" || strings.TrimSpace(s) == ""
}

var declaration = form(`version="1\.0" encoding="UTF-8"`)

// objects gives the texts of every TextObject by its place, which is written as
// numbers from its own attributes and those of its first TextCode.
func objects(b []byte) map[string][]string {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	out := map[string][]string{}
	at, in, code, first := "", false, false, false
	var s strings.Builder
	for {
		t, err := d.Token()
		if err != nil {
			return out
		}
		switch v := t.(type) {
		case xml.StartElement:
			switch {
			case in && (code || v.Name.Local != "TextCode"):
				if d.Skip() != nil { // nothing else in a TextObject has text of its own
					return out
				}
			case v.Name.Local == "TextObject":
				at, in, first = place(v, "Boundary", "CTM", "Size"), true, true
				s.Reset()
			case in:
				if code = true; first {
					at, first = at+place(v, "X", "Y"), false
				}
			}
		case xml.EndElement:
			code = false
			if v.Name.Local == "TextObject" {
				out[at] = append(out[at], s.String())
				in = false
			}
		case xml.CharData:
			if code {
				s.Write(v)
			}
		}
	}
}

// place writes attributes as numbers; one that is none counts as absent.
func place(v xml.StartElement, names ...string) string {
	var out strings.Builder
	for _, n := range names {
		out.WriteString("|")
		for _, a := range v.Attr {
			if a.Name.Local != n || a.Name.Space != "" {
				continue
			}
			var field []string
			for _, f := range strings.Fields(a.Value) {
				x, err := strconv.ParseFloat(f, 64)
				if err != nil || math.IsNaN(x) || math.Abs(x) > 1e7 || strings.ContainsAny(f, "xXpP_") {
					field = nil
					break
				}
				field = append(field, strconv.FormatInt(int64(math.Round(x*1e6)), 10))
			}
			out.WriteString(strings.Join(field, " "))
		}
	}
	return out.String()
}

// derived checks that every text object is one of the original, at its place, with
// nothing but masks changed.
func derived(b []byte, known map[string][]string, all *strings.Builder) error {
	for at, texts := range objects(b) {
		for _, t := range texts {
			all.WriteString(t)
			ok := false
			for _, k := range known[at] {
				ok = ok || masked(k, t)
			}
			if !ok {
				return fail("文字与原件不对应")
			}
		}
	}
	return nil
}

// masked tells whether t is k with some characters masked.
func masked(k, t string) bool {
	a, b := []rune(k), []rune(t)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && b[i] != mask {
			return false
		}
	}
	return true
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// noneOf searches the bytes of a part.
func noneOf(b []byte, forbidden []string) error {
	for i, s := range forbidden {
		s = strings.TrimSpace(s)
		if len(s) < 6 {
			continue
		}
		forms := [][]byte{[]byte(s)}
		if g, err := simplifiedchinese.GB18030.NewEncoder().String(s); err == nil && len(g) >= 6 {
			forms = append(forms, []byte(g))
		}
		var big, little []byte
		for _, r := range s {
			if r > 0xFFFF {
				continue
			}
			big, little = append(big, byte(r>>8), byte(r)), append(little, byte(r), byte(r>>8))
		}
		forms = append(forms, big, little)
		for _, f := range forms {
			if len(f) >= 6 && bytes.Contains(b, f) {
				return fail("第 %d 个已处理的词句仍在文件字节中", i+1)
			}
		}
	}
	return nil
}
