// Package ole opens compound files (OLE2), the container of the 97–2003 office
// formats, and reads what all of them share: property sets (\x05SummaryInformation,
// \x05DocumentSummaryInformation), the storages of macros and embedded objects, and
// the readable stretches of streams that no parser knows.
//
// Sizes are limited before anything is read; a damaged container is refused.
package ole

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/richardlehane/mscfb"

	"jinggao/sanitize/document"
)

// Limits on foreign files.
const (
	maxStream  = 256 << 20
	maxTotal   = 512 << 20
	maxStreams = 20_000
)

// Stream is one stream of a compound file.
type Stream struct {
	Path []string // storages above it; empty at the top
	Name string
	Data []byte
}

// File is a compound file with all its streams in memory.
type File struct {
	Streams []Stream
}

// Open reads a compound file. Errors are *document.Refusal.
func Open(data []byte) (f *File, err error) {
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, ErrDamaged(fmt.Sprintf("panic of type %T", p))
		}
	}()
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, ErrDamaged(err.Error())
	}
	if len(r.File) > maxStreams {
		return nil, ErrTooLarge()
	}
	f = &File{}
	total := int64(0)
	for _, e := range r.File {
		if e.Size == 0 || e.FileInfo().IsDir() {
			continue
		}
		// A stream is no longer than the file that holds it: larger sizes are lies.
		if total += e.Size; e.Size < 0 || e.Size > maxStream || total > maxTotal {
			return nil, ErrTooLarge()
		}
		b, err := io.ReadAll(io.LimitReader(e, min(e.Size, int64(len(data)))))
		if err != nil {
			return nil, ErrDamaged(err.Error())
		}
		name := e.Name
		if e.Initial < 0x20 && !strings.HasPrefix(name, string(rune(e.Initial))) {
			name = string(rune(e.Initial)) + name // the library keeps the mark of special streams apart
		}
		f.Streams = append(f.Streams, Stream{Path: slices.Clone(e.Path), Name: name, Data: b})
	}
	return f, nil
}

// Top gives a stream of the root storage; nil if there is none.
func (f *File) Top(name string) []byte {
	for i := range f.Streams {
		if s := &f.Streams[i]; len(s.Path) == 0 && strings.EqualFold(s.Name, name) {
			return s.Data
		}
	}
	return nil
}

// Under tells whether any stream lies in the storage of that name, at any depth.
func (f *File) Under(storage string) bool {
	for i := range f.Streams {
		if slices.ContainsFunc(f.Streams[i].Path, func(p string) bool { return strings.EqualFold(p, storage) }) {
			return true
		}
	}
	return false
}

// Protected tells files behind a password or rights management by their streams.
func (f *File) Protected() bool {
	for i := range f.Streams {
		s := &f.Streams[i]
		if len(s.Path) == 0 && (s.Name == "EncryptedPackage" || s.Name == "EncryptionInfo" || s.Name == "\tDRMContent") {
			return true
		}
		if slices.ContainsFunc(s.Path, func(p string) bool { return strings.TrimLeft(p, "\x06") == "DataSpaces" }) {
			return true
		}
	}
	return false
}

// ErrDamaged refuses a file that cannot be taken apart.
func ErrDamaged(detail string) *document.Refusal {
	return &document.Refusal{What: "文件已损坏，无法读取", Why: "文件不完整或内部结构有误", Do: "请用 WPS 或 Office 打开后另存再添加", Detail: detail}
}

// ErrTooLarge refuses a file beyond what can be held.
func ErrTooLarge() *document.Refusal {
	return &document.Refusal{What: "文件内容过大，无法处理", Why: "内容超出可处理的数量", Do: "请拆分后再添加"}
}

// ErrEncrypted refuses a file that needs a password.
func ErrEncrypted() *document.Refusal {
	return &document.Refusal{What: "文件已加密，无法读取", Why: "文件设有打开密码", Do: "请用 WPS 或 Office 取消密码后另存再添加"}
}

// ErrOld refuses a format older than the 97 ones; newer is the extension to save as.
func ErrOld(what, newer string) *document.Refusal {
	return &document.Refusal{What: "文件格式过旧，无法读取", Why: "文件为 " + what + " 格式", Do: "请用 WPS 或 Office 打开，另存为 " + newer}
}
