package ooxml

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Strings gives the readable stretches of unknown bytes: UTF-8 and GB18030 text
// and UTF-16LE text, at least four characters each. It is a net for what no
// parser reads; it may give noise, it does not miss plain text.
func Strings(b []byte) []string {
	var out []string
	seen := map[string]bool{}
	add := func(s string) {
		s = strings.TrimSpace(s)
		if utf8.RuneCountInString(s) >= 4 && !seen[s] && len(out) < 20000 {
			seen[s] = true
			out = append(out, s)
		}
	}
	stretches(string(bytes.ToValidUTF8(b, []byte{0})), add)
	if gb, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil && !utf8.Valid(b) {
		stretches(string(gb), func(s string) {
			if mostlyCommon(s) {
				add(s)
			}
		})
	}
	for o := 0; o < 2 && o < len(b); o++ {
		u := make([]uint16, 0, len(b)/2)
		for i := o; i+1 < len(b); i += 2 {
			u = append(u, uint16(b[i])|uint16(b[i+1])<<8)
		}
		stretches(string(utf16.Decode(u)), func(s string) {
			if mostlyCommon(s) {
				add(s)
			}
		})
	}
	return out
}

func stretches(s string, add func(string)) {
	start := -1
	for i, r := range s {
		ok := r != utf8.RuneError && (r >= 0x20 && r < 0x7f || unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff01 && r <= 0xff5e || r == 0x2014 || r == 0x201c || r == 0x201d)
		if ok && start < 0 {
			start = i
		} else if !ok && start >= 0 {
			add(s[start:i])
			start = -1
		}
	}
	if start >= 0 {
		add(s[start:])
	}
}

// mostlyCommon tells text from bytes that only happen to decode: ASCII, or
// Chinese of the block that people write with.
func mostlyCommon(s string) bool {
	han, ascii, all := 0, 0, 0
	for _, r := range s {
		all++
		switch {
		case r < 0x7f:
			ascii++
		case r >= 0x4e00 && r <= 0x9fa5:
			// characters of GB2312 encode to two bytes ≥ 0xa1; rarer ones seldom stand in text
			if g, err := simplifiedchinese.GBK.NewEncoder().String(string(r)); err == nil && len(g) == 2 && g[0] >= 0xb0 && g[0] <= 0xf7 && g[1] >= 0xa1 {
				han++
			}
		case r >= 0x3000 && r <= 0x303f || r >= 0xff01:
			han++
		}
	}
	return ascii == all || han*10 >= (all-ascii)*9 && han >= 2
}

// Object is what could be got out of an embedded object.
type Object struct {
	Text  string // all text found, one stretch a line
	Whole bool   // read by a parser of its format
}

// ReadObject reads an embedded object: a package, a compound file, or bytes.
func ReadObject(data []byte, depth int) (o Object) {
	defer func() {
		if r := recover(); r != nil {
			o = Object{Text: strings.Join(Strings(data), "\n")}
		}
	}()
	switch {
	case depth > 3:
		return Object{}
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		p, err := openZip(data)
		if err != nil {
			return Object{Text: strings.Join(Strings(data), "\n")}
		}
		return Object{Text: strings.TrimSpace(p.Notes + "\n" + p.AllText(depth+1)), Whole: true}
	case bytes.HasPrefix(data, []byte(oleMagic)):
		return readCompound(data, depth)
	}
	return Object{Text: strings.Join(Strings(data), "\n")}
}

func readCompound(data []byte, depth int) Object {
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return Object{Text: strings.Join(Strings(data), "\n")}
	}
	var out []string
	for e, err := r.Next(); err == nil; e, err = r.Next() {
		if e.Size == 0 || e.Size > maxPart {
			continue
		}
		b, err := readAll(e, e.Size)
		if err != nil {
			continue
		}
		if i := bytes.Index(b, []byte("PK\x03\x04")); i >= 0 && i < 4096 {
			if in := ReadObject(b[i:], depth+1); in.Whole {
				out = append(out, in.Text)
				b = b[:i]
			}
		}
		out = append(out, Strings(b)...)
	}
	return Object{Text: strings.Join(out, "\n")}
}

// oleRefusal tells an encrypted package from a document of the older formats.
func oleRefusal(data []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = ErrDamaged(fmt.Sprint("compound file: ", r))
		}
	}()
	r, e := mscfb.New(bytes.NewReader(data))
	if e != nil {
		return ErrDamaged("compound file")
	}
	err = ErrLegacy()
	for f, e := r.Next(); e == nil; f, e = r.Next() {
		switch f.Name {
		case "EncryptedPackage", "EncryptionInfo":
			err = ErrEncrypted()
		case "\tDRMContent", "DRMEncryptedTransform", "\x06DataSpaces":
			if f.Name != "\x06DataSpaces" {
				return ErrProtected()
			}
		}
		for _, d := range f.Path {
			if strings.Contains(d, "DRM") {
				return ErrProtected()
			}
		}
	}
	return err
}

// AllText joins the text nodes and telling attribute values of every XML part of
// a package, and what is embedded in it, without understanding any of it.
func (p *Package) AllText(depth int) string {
	var out []string
	for _, n := range p.names {
		if n == typesPart || strings.HasSuffix(n, ".rels") {
			continue
		}
		if s := p.general(n, depth); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n")
}
