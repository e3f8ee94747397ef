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
	"regexp"
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

var partForm = regexp.MustCompile(`\A(OFD\.xml|Doc_\d+/(Document|PublicRes)\.xml|Doc_\d+/(Pages/Page|Tpls/Tpl)_\d+/Content\.xml|Doc_\d+/Res/(image_\d+\.(png|jpeg|jb2)|font_\d+\.(ttf|otf)))\z`)

// elements are all that a copy may hold.
var elements = set(`OFD DocBody DocInfo DocID DocRoot Document CommonData MaxUnitID PageArea PhysicalBox ApplicationBox
	ContentBox BleedBox PublicRes TemplatePage Pages Page Res ColorSpaces ColorSpace DrawParams DrawParam Fonts Font FontFile
	MultiMedias MultiMedia MediaFile CompositeGraphicUnits CompositeGraphicUnit Area Template Content Layer PageBlock TextObject
	TextCode CGTransform Glyphs PathObject AbbreviatedData ImageObject CompositeObject FillColor StrokeColor Clips Clip Path
	Pattern CellContent AxialShd RadialShd Segment Color Border BorderColor`)

// valueForm is what attributes other than font names may say.
var valueForm = regexp.MustCompile(`\A[0-9A-Za-z .+\-#_/:\n\t]*\z`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

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
	for name, b := range parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := part(name, b, known, &all); err != nil {
			return err
		}
		if err := noneOf(b, forbidden); err != nil {
			return err
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

// originals gives the texts of all text objects of the original by their ID.
func originals(parts map[string][]byte) map[string][]string {
	known := map[string][]string{}
	for name, b := range parts {
		if strings.HasSuffix(strings.ToLower(name), ".xml") {
			for id, texts := range objects(b) {
				known[id] = append(known[id], texts...)
			}
		}
	}
	return known
}

func part(name string, b []byte, known map[string][]string, all *strings.Builder) error {
	if !partForm.MatchString(name) {
		return fail("部件名称不在允许之列")
	}
	if !strings.HasSuffix(name, ".xml") {
		return picture(name, b)
	}
	if err := strict(b); err != nil {
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

// strict walks the tokens of a part: only listed elements, plain attribute values,
// no comments, no directives, no text outside the elements that carry some.
func strict(b []byte) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	var path []string
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
			path = append(path, v.Name.Local)
			if len(path) > 200 {
				return fail("嵌套过深")
			}
			if err := element(v); err != nil {
				return err
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			s := strings.TrimSpace(string(v))
			if s != "" && (len(path) == 0 || path[len(path)-1] != "TextCode" && !valueForm.MatchString(s)) {
				return fail("有不允许的文字")
			}
		case xml.ProcInst:
			if v.Target != "xml" {
				return fail("有不允许的指令")
			}
		default:
			return fail("有注释或声明")
		}
	}
}

// element checks the name and the attributes of one element.
func element(v xml.StartElement) error {
	if !elements[v.Name.Local] {
		return fail("有不允许的元素")
	}
	for _, a := range v.Attr {
		name := a.Name.Local == "FontName" || a.Name.Local == "FamilyName"
		if !name && !valueForm.MatchString(a.Value) || name && len([]rune(a.Value)) > 64 {
			return fail("有不允许的属性值")
		}
	}
	return nil
}

// objects gives the text of every TextObject by its ID.
func objects(b []byte) map[string][]string {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	out := map[string][]string{}
	id, in, code := "", false, false
	var s strings.Builder
	for {
		t, err := d.Token()
		if err != nil {
			return out
		}
		switch v := t.(type) {
		case xml.StartElement:
			switch v.Name.Local {
			case "TextObject":
				id, in = "", true
				s.Reset()
				for _, a := range v.Attr {
					if a.Name.Local == "ID" {
						id = a.Value
					}
				}
			case "TextCode":
				code = in
			}
		case xml.EndElement:
			switch v.Name.Local {
			case "TextCode":
				code = false
			case "TextObject":
				out[id] = append(out[id], s.String())
				in = false
			}
		case xml.CharData:
			if code {
				s.Write(v)
			}
		}
	}
}

// derived checks that every text object is one of the original with nothing but masks changed.
func derived(b []byte, known map[string][]string, all *strings.Builder) error {
	for id, texts := range objects(b) {
		for _, t := range texts {
			all.WriteString(t)
			ok := false
			for _, k := range known[id] {
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

// picture checks that an image holds no metadata.
func picture(name string, b []byte) error {
	switch {
	case strings.HasSuffix(name, ".png"):
		for pos := 8; pos+8 <= len(b); {
			n := int(b[pos])<<24 | int(b[pos+1])<<16 | int(b[pos+2])<<8 | int(b[pos+3])
			kind := string(b[pos+4 : pos+8])
			if !strings.Contains("IHDR PLTE tRNS IDAT IEND", kind) || n < 0 || n > len(b) {
				return fail("图片中有附加信息")
			}
			pos += 12 + n
		}
	case strings.HasSuffix(name, ".jpeg"):
		for pos := 2; pos+4 <= len(b) && b[pos] == 0xFF && b[pos+1] != 0xDA; pos += 2 + (int(b[pos+2])<<8 | int(b[pos+3])) {
			if k := b[pos+1]; k == 0xFE || k >= 0xE1 && k <= 0xEF {
				return fail("图片中有附加信息")
			}
		}
	}
	return nil
}
