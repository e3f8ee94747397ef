package ole

import (
	"bytes"
	"strings"
	"unicode"

	"jinggao/sanitize/format/ooxml"
)

// Kinds of OfficeArt records that say something.
const (
	ArtPicture  = 0xF007 // an entry of the picture store
	artOptions  = 0xF00B
	artOptions2 = 0xF121
	artOptions3 = 0xF122
)

// Art is an OfficeArt record that is no container.
type Art struct {
	Kind, Inst int
	Data       []byte
}

// ArtRecords walks the OfficeArt records of the drawings of any office format.
// Bytes that are no record are stepped over.
func ArtRecords(b []byte) []Art {
	var out []Art
	var walk func(b []byte, depth int)
	walk = func(b []byte, depth int) {
		for len(b) >= 8 && depth < 16 && len(out) < 100_000 {
			head, kind, n := u16(b, 0), u16(b, 2), int(u32(b, 4))
			if kind < 0xF000 || n < 0 || n > len(b)-8 {
				if depth > 0 {
					return
				}
				b = b[1:] // a byte between drawings says where they belong
				continue
			}
			out = append(out, Art{Kind: kind, Inst: head >> 4, Data: b[8 : 8+n]})
			if head&0xF == 0xF {
				walk(b[8:8+n], depth+1)
			}
			b = b[8+n:]
		}
	}
	walk(b, 0)
	return out
}

// ArtTexts gives the strings of shapes: names, alternative texts, WordArt, links.
func ArtTexts(records []Art) []string {
	var out []string
	for _, r := range records {
		if r.Kind != artOptions && r.Kind != artOptions2 && r.Kind != artOptions3 {
			continue
		}
		for _, s := range optionTexts(r.Data, r.Inst) {
			if strings.IndexFunc(s, unicode.IsLetter) >= 0 && !ooxml.SafeValue(s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// optionTexts reads the complex properties of a shape that are text.
func optionTexts(b []byte, n int) []string {
	var out []string
	at := 6 * n
	for i := range n {
		if 6*i+6 > len(b) {
			break
		}
		id, size := u16(b, 6*i), int(u32(b, 6*i+2))
		if id&0x8000 == 0 {
			continue
		}
		if size < 0 || size > len(b)-at || at > len(b) {
			break
		}
		switch id & 0x3FFF {
		case 0x00C0, 0x0105, 0x0145, 0x0380, 0x0381, 0x038D: // WordArt, picture, shape name, description, tooltip
			if s := strings.TrimSpace(wide(b[at : at+size])); s != "" {
				out = append(out, s)
			}
		case 0x0382: // link
			out = append(out, readable(b[at:at+size])...)
		}
		at += size
	}
	return out
}

const maxPicture = 8 << 20

// PictureTexts finds the pictures in a stream and gives what they say besides
// their pixels: positions, cameras, authors, comments.
func PictureTexts(b []byte) []string {
	var out []string
	for _, head := range []string{"\xff\xd8\xff", "\x89PNG\r\n\x1a\n"} {
		at := 0
		for range 500 {
			i := bytes.Index(b[at:], []byte(head))
			if i < 0 {
				break
			}
			at += i
			end := min(len(b), at+maxPicture)
			if head[0] == 0x89 {
				if k := bytes.Index(b[at:end], []byte("IEND")); k > 0 {
					end = min(end, at+k+8)
				}
			}
			for l := range strings.SplitSeq(ooxml.PictureMeta(b[at:end]), "\n") {
				if l != "" && !strings.HasPrefix(l, "图像之后的数据") { // what follows belongs to the container
					out = append(out, l)
				}
			}
			at += len(head)
		}
	}
	return out
}
