package pdfium

import (
	"context"
	"encoding/binary"
	"strings"

	"github.com/tetratelabs/wazero/api"
)

// The module sees one read-only folder with one file in it: PDFium looks for
// fonts below /usr/share/fonts when a document does not embed its own.
const (
	fontFolder = "/usr/share/fonts"
	fontName   = "NotoSansSC-Regular.ttf"
)

type filesKey struct{}

// openFile is an open descriptor: the folder or the font.
type openFile struct {
	folder bool
	offset int64
	listed bool
}

// files is the state of the virtual folder for one instance.
type files struct {
	font []byte
	open map[int32]*openFile
	next int32
}

func newFiles(font []byte) *files {
	return &files{font: font, open: map[int32]*openFile{}, next: 10}
}

func filesOf(ctx context.Context) *files {
	f, _ := ctx.Value(filesKey{}).(*files)
	if f == nil {
		return newFiles(nil)
	}
	return f
}

// fileFunction returns nil for a name that has nothing to do with files.
func fileFunction(name string) api.GoModuleFunc {
	f := map[string]func(*files, api.Memory, []uint64) int32{
		"__syscall_openat":     func(f *files, m api.Memory, s []uint64) int32 { return f.openAt(m, word(s, 1)) },
		"__syscall_stat64":     func(f *files, m api.Memory, s []uint64) int32 { return f.statPath(m, word(s, 0), word(s, 1)) },
		"__syscall_lstat64":    func(f *files, m api.Memory, s []uint64) int32 { return f.statPath(m, word(s, 0), word(s, 1)) },
		"__syscall_newfstatat": func(f *files, m api.Memory, s []uint64) int32 { return f.statPath(m, word(s, 1), word(s, 2)) },
		"__syscall_fstat64":    func(f *files, m api.Memory, s []uint64) int32 { return f.statOpen(m, int32(word(s, 0)), word(s, 1)) },
		"__syscall_getdents64": (*files).list,
		"__syscall_fcntl64":    func(*files, api.Memory, []uint64) int32 { return 0 },
		"fd_read":              (*files).read,
		"fd_seek":              (*files).seek,
		"fd_close":             (*files).close,
	}[name]
	if f == nil {
		return nil
	}
	return func(ctx context.Context, m api.Module, s []uint64) { result(s, f(filesOf(ctx), m.Memory(), s)) }
}

func (f *files) lookup(m api.Memory, at uint32) (folder, ok bool) {
	var path []byte
	for i := uint32(0); i < 512; i++ {
		b, in := m.ReadByte(at + i)
		if !in || b == 0 {
			break
		}
		path = append(path, b)
	}
	switch strings.TrimSuffix(string(path), "/") {
	case fontFolder:
		return true, true
	case fontFolder + "/" + fontName:
		return false, len(f.font) > 0
	}
	return false, false
}

func (f *files) openAt(m api.Memory, path uint32) int32 {
	folder, ok := f.lookup(m, path)
	if !ok {
		return errNotFound
	}
	f.next++
	f.open[f.next] = &openFile{folder: folder}
	return f.next
}

func (f *files) statPath(m api.Memory, path, buf uint32) int32 {
	folder, ok := f.lookup(m, path)
	if !ok {
		return errNotFound
	}
	return f.stat(m, folder, buf)
}

func (f *files) statOpen(m api.Memory, fd int32, buf uint32) int32 {
	o := f.open[fd]
	if o == nil {
		return errBadFile
	}
	return f.stat(m, o.folder, buf)
}

func (f *files) stat(m api.Memory, folder bool, buf uint32) int32 {
	b := make([]byte, 96)
	mode, size, inode := uint32(0o100444), len(f.font), uint64(2)
	if folder {
		mode, size, inode = 0o040555, 0, 1
	}
	binary.LittleEndian.PutUint32(b[0:], 1)
	binary.LittleEndian.PutUint32(b[4:], mode)
	binary.LittleEndian.PutUint32(b[8:], 1)
	binary.LittleEndian.PutUint64(b[24:], uint64(size))
	binary.LittleEndian.PutUint32(b[32:], 4096)
	binary.LittleEndian.PutUint64(b[88:], inode)
	if !m.Write(buf, b) {
		return errBadFile
	}
	return 0
}

const entrySize = 280

func (f *files) list(m api.Memory, s []uint64) int32 {
	o := f.open[int32(word(s, 0))]
	if o == nil || !o.folder {
		return errNotDirectory
	}
	if o.listed || len(f.font) == 0 || word(s, 2) < entrySize {
		return 0
	}
	o.listed = true
	b := make([]byte, entrySize)
	binary.LittleEndian.PutUint64(b[0:], 2)
	binary.LittleEndian.PutUint64(b[8:], 1)
	binary.LittleEndian.PutUint16(b[16:], entrySize)
	b[18] = 8 // a plain file
	copy(b[19:], fontName)
	if !m.Write(word(s, 1), b) {
		return errBadFile
	}
	return entrySize
}

// read fills the buffers of an iovec array; descriptors 0–2 read nothing.
func (f *files) read(m api.Memory, s []uint64) int32 {
	vectors, count, done := word(s, 1), word(s, 2), word(s, 3)
	o := f.open[int32(word(s, 0))]
	if o == nil || o.folder {
		return -errBadFile
	}
	total := uint32(0)
	for i := range count {
		at, ok1 := m.ReadUint32Le(vectors + 8*i)
		n, ok2 := m.ReadUint32Le(vectors + 8*i + 4)
		if !ok1 || !ok2 {
			return -errBadFile
		}
		if o.offset >= int64(len(f.font)) {
			break
		}
		chunk := f.font[o.offset:]
		if uint64(len(chunk)) > uint64(n) {
			chunk = chunk[:n]
		}
		if !m.Write(at, chunk) {
			return -errBadFile
		}
		o.offset += int64(len(chunk))
		total += uint32(len(chunk))
	}
	m.WriteUint32Le(done, total)
	return 0
}

func (f *files) seek(m api.Memory, s []uint64) int32 {
	o := f.open[int32(word(s, 0))]
	if o == nil {
		return -errBadFile
	}
	offset := int64(uint64(word(s, 1)) | uint64(word(s, 2))<<32)
	switch word(s, 3) {
	case 1:
		offset += o.offset
	case 2:
		offset += int64(len(f.font))
	}
	if offset < 0 {
		return -errBadFile
	}
	o.offset = offset
	m.WriteUint64Le(word(s, 4), uint64(offset))
	return 0
}

func (f *files) close(_ api.Memory, s []uint64) int32 {
	delete(f.open, int32(word(s, 0)))
	return 0
}
