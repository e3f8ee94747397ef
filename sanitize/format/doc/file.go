// Package doc reads Word 97–2003 documents (.doc, and WPS Writer .wps, which is the
// same format).
//
// Where it reads: stream WordDocument (FIB, text pieces, pages of character and
// paragraph properties), stream 0Table or 1Table (piece table, styles, comments,
// names), stream Data (form fields, pictures' metadata), the property sets and the
// storages of macros and objects through package ole.
//
// Read gives body, text boxes, headers, footers and notes as visible parts and, as
// hidden ones, comments, tracked deletions, hidden, white and tiny text, field
// instructions, link targets, unused headers, names, properties and text that lies
// outside the pieces (what fast saving has left). Not read: the pixels of pictures,
// the code of macros; both are listed. Word 6/95 and encrypted files are refused.
//
// Rebuild writes a new .docx of what was read; the original is never changed in place.
// The looks come along from styles and own properties: of signs (looks.go), paragraphs
// (lines.go), lists (lists.go), table rows (rows.go) and sections (sections.go), each as
// a number within bounds or a name of a known list (package fresh), never as words of
// the file; inline pictures as pixels (pictures.go).
package doc

import (
	"encoding/binary"

	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ole"
)

// Entries of FibRgFcLcb, by number.
const (
	fibStyles      = 1
	fibCommentRef  = 4
	fibCommentText = 5
	fibSections    = 6
	fibHeaders     = 11
	fibChpx        = 12
	fibPapx        = 13
	fibBookmarks   = 21
	fibDop         = 31
	fibAssoc       = 32
	fibClx         = 33
	fibOwners      = 36
	fibDrawings    = 50
	fibRevisors    = 51
	fibSavedBy     = 71
)

// Numbers of the stories in the order in which their text stands.
const (
	storyMain = iota
	storyNotes
	storyHeaders
	storyMacro
	storyComments
	storyEndnotes
	storyBoxes
	storyHeaderBoxes
	stories
)

const (
	magic    = 0xA5EC
	magicOld = 0xA5DC // Word 6
	maxChars = 8 << 20
)

type piece struct {
	cp0, cp1 int
	fc       int  // byte offset in the WordDocument stream
	narrow   bool // one byte a character
	prm      uint16
}

// File is a document taken apart.
type File struct {
	container *ole.File
	main      []byte
	table     []byte
	data      []byte
	pieces    []piece
	prcs      [][]byte // property lists of pieces
	ccp       [stories]int
	chars     []char
	styles    []style
	names     []string // of styles that people have made
	chp       []span
	pap       []span
	paras     []paraProps
	papIndex  map[int]int32 // run of pap → index in paras
	fonts     []font
	usual     fresh.Look // before any style
	looks     []fresh.Look
	lookNo    map[fresh.Look]int32
	uses      []use // of lists
	sections  []section
	inlines   map[int]inline       // by their places in Data
	shown     int                  // pictures that are placed
	floats    map[int]fresh.Inline // by the character that they are anchored at
	fibEnd    int
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

// Open takes a document apart. Errors are *document.Refusal.
func Open(data []byte) (*File, error) {
	c, err := ole.Open(data)
	if err != nil {
		return nil, err
	}
	f := &File{container: c, main: c.Top("WordDocument"), data: c.Top("Data")}
	if c.Protected() {
		return nil, ole.ErrEncrypted()
	}
	if err := f.header(); err != nil {
		return nil, err
	}
	if err := f.pieceTable(); err != nil {
		return nil, err
	}
	f.readFonts()
	f.readLists()
	f.readStyles()
	f.readSections()
	f.chp = f.pages(fibChpx, chpxRun)
	f.pap = f.pages(fibPapx, papxRun)
	if err := f.characters(); err != nil {
		return nil, err
	}
	f.floats = f.floating()
	return f, nil
}

// header reads the FIB as far as it says which streams and how much text there is.
func (f *File) header() error {
	if len(f.main) >= 4 && (u16(f.main, 0) == magicOld || u16(f.main, 0) == magic && u16(f.main, 2) < 0xC1) {
		return ole.ErrOld("Word 6/95", "docx")
	}
	if len(f.main) < 0x200 || u16(f.main, 0) != magic {
		return ole.ErrDamaged("no word document stream")
	}
	flags := u16(f.main, 0x0A)
	if flags&0x0100 != 0 {
		return ole.ErrEncrypted()
	}
	name := "0Table"
	if flags&0x0200 != 0 {
		name = "1Table"
	}
	if f.table = f.container.Top(name); f.table == nil {
		return ole.ErrDamaged("no table stream")
	}
	at := 0x20
	at += 2 + 2*u16(f.main, at)
	lw := at + 2
	for i := range f.ccp {
		n := int(int32(u32(f.main, lw+4*(3+i))))
		if n < 0 || n > maxChars {
			return ole.ErrDamaged("text length out of range")
		}
		f.ccp[i] = n
	}
	at += 2 + 4*u16(f.main, at)
	f.fibEnd = at + 2 + 8*u16(f.main, at)
	f.fibEnd += 2 + 2*u16(f.main, f.fibEnd)
	return nil
}

// pair gives a stretch of the table stream; nil if the file has none.
func (f *File) pair(n int) []byte {
	at := 0x20
	at += 2 + 2*u16(f.main, at)
	at += 2 + 4*u16(f.main, at)
	if n >= u16(f.main, at) {
		return nil
	}
	fc, lcb := u32(f.main, at+2+8*n), u32(f.main, at+6+8*n)
	if lcb == 0 || uint64(fc)+uint64(lcb) > uint64(len(f.table)) {
		return nil
	}
	return f.table[fc : fc+lcb]
}

func (f *File) pieceTable() error {
	clx := f.pair(fibClx)
	for len(clx) > 0 && clx[0] == 1 {
		n := 3 + u16(clx, 1)
		if n > len(clx) {
			return ole.ErrDamaged("piece table cut off")
		}
		f.prcs = append(f.prcs, clx[3:n])
		clx = clx[n:]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return ole.ErrDamaged("no piece table")
	}
	size, plc := int(u32(clx, 1)), clx[5:]
	if size > len(plc) || size < 16 || (size-4)%12 != 0 {
		return ole.ErrDamaged("piece table cut off")
	}
	n := (size - 4) / 12
	last := 0
	for i := range n {
		raw := u32(plc, 4*(n+1)+8*i+2)
		p := piece{cp0: int(u32(plc, 4*i)), cp1: int(u32(plc, 4*i+4)), fc: int(raw & 0x3FFFFFFF), narrow: raw&0x40000000 != 0, prm: uint16(u16(plc, 4*(n+1)+8*i+6))}
		width := 2
		if p.narrow {
			p.fc, width = p.fc/2, 1
		}
		if p.cp0 != last || p.cp1 < p.cp0 || p.cp1 > maxChars || p.fc+width*(p.cp1-p.cp0) > len(f.main) {
			return ole.ErrDamaged("piece table out of order")
		}
		last = p.cp1
		f.pieces = append(f.pieces, p)
	}
	if last < f.ccp[storyMain] {
		return ole.ErrDamaged("text cut off")
	}
	return nil
}

// bounds gives the character positions of a story.
func (f *File) bounds(story int) (from, to int) {
	for i := range story {
		from += f.ccp[i]
	}
	return min(from, len(f.chars)), min(from+f.ccp[story], len(f.chars))
}
