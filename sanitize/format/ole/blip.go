package ole

import "encoding/binary"

// Records that hold a picture.
const (
	artJPEG     = 0xF01D
	artPNG      = 0xF01E
	artDIB      = 0xF01F
	artTIFF     = 0xF029
	artJPEGCMYK = 0xF02A
)

// Blip gives the file of the picture whose record begins at b: JPEG, PNG, TIFF or BMP.
// It is nil for drawings (EMF, WMF, PICT) and for what is damaged.
func Blip(b []byte) []byte {
	if len(b) < 8 {
		return nil
	}
	inst, kind, n := u16(b, 0)>>4, u16(b, 2), int(u32(b, 4))
	if n < 0 || n > len(b)-8 {
		return nil
	}
	switch kind {
	case artJPEG, artPNG, artDIB, artTIFF, artJPEGCMYK:
	default:
		return nil
	}
	skip := 17 // a digest and a mark, or two digests
	if inst&1 != 0 {
		skip = 33
	}
	if n <= skip {
		return nil
	}
	data := b[8+skip : 8+n]
	if kind == artDIB {
		return bitmap(data)
	}
	return data
}

// Stored gives the picture that an entry of the picture store holds itself.
func Stored(entry []byte) []byte {
	const head = 36
	if len(entry) < head {
		return nil
	}
	at := head + int(entry[33]) // behind the name
	if at > len(entry) {
		return nil
	}
	return Blip(entry[at:])
}

// bitmap puts the head of a file before a bitmap.
func bitmap(dib []byte) []byte {
	const head, info = 14, 40
	if len(dib) < info {
		return nil
	}
	size, bits, used := int(u32(dib, 0)), u16(dib, 14), int(u32(dib, 32))
	if size < info || size > len(dib) || used < 0 || used > 256 {
		return nil
	}
	if used == 0 && bits <= 8 {
		used = 1 << bits
	}
	if u32(dib, 16) == 3 && size == info { // masks of the colours
		used += 3
	}
	out := make([]byte, head, head+len(dib))
	out[0], out[1] = 'B', 'M'
	binary.LittleEndian.PutUint32(out[2:], uint32(head+len(dib)))
	binary.LittleEndian.PutUint32(out[10:], uint32(head+size+4*used))
	return append(out, dib...)
}
