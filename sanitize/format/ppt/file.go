// Package ppt reads PowerPoint 97–2003 presentations (.ppt, and WPS .dps, which is
// the same).
//
// Where it reads: stream Current User (the newest edit), stream PowerPoint Document
// (persist directory, slide lists, slides with their shapes, notes, masters,
// comments, links), stream Pictures (count, metadata, and for a copy the pixels), property sets and the
// storages of macros through package ole.
//
// Read gives each slide as lines of text, and as hidden parts: hidden slides,
// notes, comments, names and alternative texts, link targets, slides of older
// saves. Not read: the pixels of pictures, the content of embedded objects; both
// are listed. Encrypted files and PowerPoint 95 are refused.
//
// Rebuild writes the text slide by slide as a new .pptx, each text box and
// each JPEG or PNG picture where it stood.
package ppt

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"jinggao/sanitize/format/ole"
)

// Records that are read.
const (
	recDocument     = 1000
	recSlide        = 1006
	recSlideAtom    = 1007
	recNotes        = 1008
	recSlidePersist = 1011
	recMaster       = 1016
	recShowInfo     = 1017
	recObjectRef    = 1035
	recOutlineRef   = 3998
	recTextHeader   = 3999
	recChars        = 4000
	recBytes        = 4008
	recCString      = 4026
	recFooters      = 4057
	recLink         = 4055
	recSlideList    = 4080
	recUserEdit     = 4085
	recOleStorage   = 4113
	recPersist      = 6002
	recComment      = 12000
	recShapeBox     = 0xF00D
	recShape        = 0xF004
	recOptions      = 0xF00B
)

const (
	maxRecords = 2_000_000
	maxDepth   = 24
)

// record is one record; containers have records inside.
type record struct {
	kind, inst int
	at         int
	data       []byte
	kids       []*record
}

func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}

// file is a presentation taken apart.
type file struct {
	container *ole.File
	stream    []byte
	records   []*record
	at        map[int]*record // top records by offset
	persist   map[int]int     // newest offsets by persist id
	docID     int
	count     int
}

func open(data []byte) (*file, error) {
	c, err := ole.Open(data)
	if err != nil {
		return nil, err
	}
	f := &file{container: c, stream: c.Top("PowerPoint Document"), at: map[int]*record{}, persist: map[int]int{}}
	if c.Protected() {
		return nil, ole.ErrEncrypted()
	}
	if f.stream == nil {
		if c.Top("PP40") != nil || c.Top("PP97_DUALSTORAGE") != nil {
			return nil, ole.ErrOld("PowerPoint 95", "pptx")
		}
		return nil, ole.ErrDamaged("no presentation stream")
	}
	user := c.Top("Current User")
	if u32(user, 12) == 0xF3D1C4DF {
		return nil, ole.ErrEncrypted()
	}
	if f.records, err = f.split(f.stream, 0, 0); err != nil {
		return nil, err
	}
	for _, r := range f.records {
		f.at[r.at] = r
	}
	return f, f.edits(int(u32(user, 16)))
}

// split cuts bytes into records; a cut-off record at the top ends the stream.
func (f *file) split(b []byte, base, depth int) ([]*record, error) {
	var out []*record
	for at := 0; at+8 <= len(b); {
		head, n := u16(b, at), int(u32(b, at+4))
		if n < 0 || n > len(b)-at-8 {
			if depth > 0 || len(out) == 0 {
				return out, ole.ErrDamaged("record runs over the end")
			}
			break
		}
		if f.count++; f.count > maxRecords || depth > maxDepth {
			return nil, ole.ErrTooLarge()
		}
		r := &record{kind: u16(b, at+2), inst: head >> 4, at: base + at, data: b[at+8 : at+8+n]}
		if head&0xF == 0xF {
			kids, err := f.split(r.data, r.at+8, depth+1)
			if err != nil && len(kids) == 0 && n > 0 {
				return nil, err
			}
			r.kids = kids
		}
		out = append(out, r)
		at += 8 + n
	}
	return out, nil
}

// edits follows the chain of saves from the newest; newer places win.
func (f *file) edits(at int) error {
	seen := map[int]bool{}
	for at > 0 && !seen[at] && len(seen) < 10_000 {
		seen[at] = true
		e := f.at[at]
		if e == nil || e.kind != recUserEdit {
			break
		}
		if len(e.data) >= 32 && u32(e.data, 28) != 0 {
			return ole.ErrEncrypted()
		}
		if f.docID == 0 {
			f.docID = int(u32(e.data, 16))
		}
		if d := f.at[int(u32(e.data, 12))]; d != nil && d.kind == recPersist {
			f.directory(d.data)
		}
		at = int(u32(e.data, 8))
	}
	if f.document() == nil {
		return ole.ErrDamaged("no document record")
	}
	return nil
}

func (f *file) directory(b []byte) {
	for at := 0; at+4 <= len(b); {
		head := u32(b, at)
		id, n := int(head&0xFFFFF), int(head>>20)
		at += 4
		for k := range n {
			if at+4 > len(b) {
				return
			}
			if _, newer := f.persist[id+k]; !newer {
				f.persist[id+k] = int(u32(b, at))
			}
			at += 4
		}
	}
}

// document gives the newest document record; without a directory the last one of the file.
func (f *file) document() *record {
	if r := f.at[f.persist[f.docID]]; r != nil && r.kind == recDocument {
		return r
	}
	var last *record
	for _, r := range f.records {
		if r.kind == recDocument {
			last = r
		}
	}
	return last
}

// walk visits the records below r; go says whether to go into one.
func (r *record) walk(visit func(*record) bool) {
	for _, k := range r.kids {
		if visit(k) {
			k.walk(visit)
		}
	}
}

// text decodes the two kinds of text atoms and strings; "" for other records.
func (r *record) text() string {
	var s string
	switch r.kind {
	case recChars, recCString:
		us := make([]uint16, 0, len(r.data)/2)
		for i := 0; i+1 < len(r.data); i += 2 {
			us = append(us, binary.LittleEndian.Uint16(r.data[i:]))
		}
		s = string(utf16.Decode(us))
	case recBytes:
		rs := make([]rune, len(r.data))
		for i, b := range r.data {
			rs[i] = rune(b)
		}
		s = string(rs)
	}
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\r' || c == '\v' || c == '\n':
			return '\n'
		case c == utf8.RuneError: // stands for nothing; no copy could hold it
			return '□'
		case c < 0x20 && c != '\t' || c == 0xFFFE || c == 0xFFFF:
			return -1
		}
		return c
	}, s)
}
