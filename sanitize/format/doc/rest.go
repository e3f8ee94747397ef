package doc

import (
	"encoding/binary"
	"sort"
	"strings"
	"unicode"
	"unicode/utf16"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
)

func wide(b []byte) string {
	us := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		us = append(us, binary.LittleEndian.Uint16(b[i:]))
	}
	return strings.TrimRight(string(utf16.Decode(us)), "\x00")
}

// sttb reads a table of strings, wide or narrow, with extra bytes behind each.
func sttb(b []byte) []string {
	var out []string
	at, isWide := 0, u16(b, 0) == 0xFFFF
	if isWide {
		at = 2
	}
	n, extra := u16(b, at), u16(b, at+2)
	at += 4
	for range n {
		if isWide {
			k := u16(b, at)
			if at+2+2*k > len(b) {
				break
			}
			out = append(out, wide(b[at+2:at+2+2*k]))
			at += 2 + 2*k + extra
			continue
		}
		if at >= len(b) || at+1+int(b[at]) > len(b) {
			break
		}
		out = append(out, ole.DecodePage(b[at+1:at+1+int(b[at])], 0))
		at += 1 + int(b[at]) + extra
	}
	return out
}

// xstList reads strings that follow each other, each behind its length.
func xstList(b []byte) []string {
	var out []string
	for at := 0; at+2 <= len(b); {
		k := u16(b, at)
		if at+2+2*k > len(b) {
			break
		}
		out = append(out, wide(b[at+2:at+2+2*k]))
		at += 2 + 2*k
	}
	return out
}

// names reads what people have named: reviewers, bookmarks, styles, who has saved where.
func (r *reading) names() {
	for _, s := range sttb(r.f.pair(fibRevisors)) {
		if s != "Unknown" {
			r.hide("N02", "修订作者", document.RoleRevision, s)
		}
	}
	for _, s := range sttb(r.f.pair(fibBookmarks)) {
		if !strings.HasPrefix(s, "_") && !ooxml.SafeValue(s) {
			r.hide("N01", "书签", document.RoleProperty, s)
		}
	}
	for _, s := range sttb(r.f.pair(fibSavedBy)) {
		r.hide("N01", "保存记录", document.RoleProperty, s)
	}
	for i, s := range sttb(r.f.pair(fibAssoc)) {
		if i == 0 || i == 1 && strings.HasPrefix(s, "Normal") { // file that follows, template
			continue
		}
		r.hide("N01", "文档设置", document.RoleProperty, s)
	}
	if len(r.f.names) > 0 {
		r.doc.Parts = append(r.doc.Parts, document.Part{ID: "names", Label: "样式与字体名称", Role: document.RoleOther, Text: strings.Join(r.f.names, "\n")})
	}
}

// textual are entries of the FIB that may hold words and are read as raw text:
// macros, printers, autosave path, mail merge, form fields, captions, document
// variables, routing slip, file names.
var textual = []int{9, 24, 26, 27, 35, 37, 44, 45, 52, 53, 60, 61, 70, 72}

func (r *reading) settings() {
	for _, n := range textual {
		kind := "文档设置"
		if n == 60 {
			kind = "文档变量"
		}
		for _, s := range ole.Readable(r.f.pair(n)) {
			if strings.HasPrefix(s, "winspool") || strings.HasPrefix(s, "Normal") {
				continue
			}
			r.hide("N01", kind, document.RoleProperty, s)
		}
	}
	for _, s := range ole.ArtTexts(r.f.drawings()) {
		r.hide("N03", "图形名称与替代文字", document.RoleOther, s)
	}
}

// drawings walks the OfficeArt records of the table stream.
func (f *File) drawings() []ole.Art { return ole.ArtRecords(f.pair(fibDrawings)) }

// storedPictures counts the pictures of drawn shapes.
func (r *reading) storedPictures() int {
	n := 0
	for _, d := range r.f.drawings() {
		if d.Kind == ole.ArtPicture && len(d.Data) >= 28 && u32(d.Data, 24) > 0 { // used at least once
			n++
		}
	}
	return n
}

// pictureData reads what pictures say besides their pixels.
func (r *reading) pictureData() {
	for _, b := range [][]byte{r.f.data, r.f.main} {
		for _, l := range ole.PictureTexts(b) {
			r.hide("N04", "图片 EXIF", document.RoleProperty, l)
		}
	}
}

// leftovers reads the parts of the main stream that belong to nothing: text that
// fast saving has taken out of the document but not out of the file.
func (r *reading) leftovers() {
	used := r.f.used()
	known := strings.Join(strings.Fields(r.known.String()), "")
	at := 0
	for _, u := range append(used, [2]int{len(r.f.main), len(r.f.main)}) {
		if u[0] > len(r.f.main) {
			continue // a place that a damaged file names
		}
		if u[0] > at {
			for _, s := range ole.Readable(r.f.main[at:u[0]]) {
				if words := strings.Join(strings.Fields(s), ""); hanRun(words) >= 3 && !strings.Contains(known, words) {
					r.hide("N03", "快速保存残留文字", document.RoleOther, s)
				}
			}
		}
		at = max(at, u[1])
	}
}

// used lists the stretches of the main stream that belong to something, in order.
func (f *File) used() [][2]int {
	out := [][2]int{{0, f.fibEnd}}
	for _, p := range f.pieces {
		n := p.cp1 - p.cp0
		if !p.narrow {
			n *= 2
		}
		out = append(out, [2]int{p.fc, p.fc + n})
	}
	for _, e := range []int{fibChpx, fibPapx} {
		plc := f.pair(e)
		n := (len(plc) - 4) / 8
		for i := range max(n, 0) {
			at := int(u32(plc, 4*(n+1)+4*i)&0x3FFFFF) * 512
			out = append(out, [2]int{at, at + 512})
		}
	}
	for _, d := range f.drawings() {
		if d.Kind == ole.ArtPicture && len(d.Data) >= 36 {
			at, n := int(u32(d.Data, 28)), int(u32(d.Data, 20))
			out = append(out, [2]int{at, at + n})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i][0] < out[j][0] })
	return out
}

// hanRun is the longest run of Chinese characters.
func hanRun(s string) int {
	best, n := 0, 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n++
			best = max(best, n)
		} else {
			n = 0
		}
	}
	return best
}
