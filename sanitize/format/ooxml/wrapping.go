package ooxml

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"sort"
	"strings"
)

// Wrapping reads what a zip archive says outside its entries: comments, extra fields
// in the directory and before the data, and bytes before, between and behind the
// entries. Lines of text; none for an archive that holds its entries alone.
func Wrapping(data []byte, z *zip.Reader) []string {
	var out []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	loose := func(b []byte) {
		if len(bytes.Trim(b, "\x00 \r\n")) > 0 {
			add(strings.Join(Strings(b), " "))
		}
	}
	add(z.Comment)
	for _, f := range z.File {
		add(f.Comment)
		add(extraText(f.Extra))
	}
	loose(behind(data, z))
	at := int64(0)
	for _, f := range inOrder(z) {
		begin, err := f.DataOffset()
		if err != nil || begin < at || begin > int64(len(data)) {
			continue // a directory that lies is refused where the entry is read
		}
		head := bytes.Index(data[at:begin], []byte("PK\x03\x04"))
		if head < 0 {
			continue
		}
		loose(afterDescriptor(data[at:at+int64(head)], at > 0))
		if h := data[at+int64(head) : begin]; len(h) >= 30 {
			if n := 30 + int(binary.LittleEndian.Uint16(h[26:])); n <= len(h) {
				add(extraText(h[n:]))
			}
		}
		at = begin + int64(f.CompressedSize64)
		if at > int64(len(data)) {
			return out
		}
	}
	if dir := bytes.Index(data[at:], []byte("PK\x01\x02")); dir > 0 {
		loose(afterDescriptor(data[at:at+int64(dir)], true))
	}
	return out
}

// inOrder gives the entries in the order in which their data stand.
func inOrder(z *zip.Reader) []*zip.File {
	out := append([]*zip.File(nil), z.File...)
	offset := func(f *zip.File) int64 {
		n, err := f.DataOffset()
		if err != nil {
			return -1
		}
		return n
	}
	sort.SliceStable(out, func(i, j int) bool { return offset(out[i]) < offset(out[j]) })
	return out
}

// afterDescriptor takes the data descriptor off that may follow an entry: checksum and
// sizes, with or without a mark.
func afterDescriptor(b []byte, follows bool) []byte {
	if !follows {
		return b
	}
	if bytes.HasPrefix(b, []byte("PK\x07\x08")) {
		b = b[4:]
	}
	for _, n := range []int{20, 12} {
		if len(b) == n {
			return nil
		}
	}
	return b[min(len(b), 12):]
}

// behind gives the bytes after the end of the archive.
func behind(data []byte, z *zip.Reader) []byte {
	const endSize = 22
	end := len(data)
	if i := bytes.LastIndex(data, []byte("PK\x05\x06")); i >= 0 && i+endSize+len(z.Comment) <= len(data) {
		end = i + endSize + len(z.Comment)
	}
	return data[end:]
}
