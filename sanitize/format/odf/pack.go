package odf

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ole"
	"jinggao/sanitize/format/ooxml"
)

const (
	maxInflated = 256 << 20
	maxRatio    = 400
	maxFiles    = 5000
)

// pack is an opened package.
type pack struct {
	names []string
	files map[string][]byte
	notes []string // what the archive says outside its members
}

func openPack(data []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ole.ErrDamaged(err.Error())
	}
	if len(z.File) > maxFiles {
		return nil, ole.ErrTooLarge()
	}
	p := &pack{files: map[string][]byte{}, notes: ooxml.Wrapping(data, z)}
	seen := map[string]bool{}
	total := uint64(0)
	for _, f := range z.File {
		name := strings.TrimPrefix(f.Name, "./")
		if f.FileInfo().IsDir() {
			continue
		}
		low := strings.ToLower(name)
		if seen[low] || !filepath.IsLocal(name) || strings.ContainsAny(name, `\:`) {
			return nil, &document.Refusal{What: "文件内部部件名称不安全，已停止读取", Why: "部件重名或名称指向文件之外", Do: "请用 WPS 或 Office 打开核对后另存再添加"}
		}
		seen[low] = true
		if total += f.UncompressedSize64; total > maxInflated || f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/(f.CompressedSize64+1) > maxRatio {
			return nil, &document.Refusal{What: "文件展开后过大，已停止读取", Why: "压缩比或内容数量超出限制，可能是恶意文件", Do: "请核实来源，确需使用时拆分或另存后再添加"}
		}
		r, err := f.Open()
		if err != nil {
			return nil, ole.ErrDamaged(err.Error())
		}
		b, err := io.ReadAll(io.LimitReader(r, int64(f.UncompressedSize64)+1))
		_ = r.Close()
		if err != nil || uint64(len(b)) != f.UncompressedSize64 {
			return nil, ole.ErrDamaged("part cannot be inflated")
		}
		p.names = append(p.names, name)
		p.files[name] = b
	}
	if m := p.files["META-INF/manifest.xml"]; bytes.Contains(m, []byte("encryption-data")) {
		return nil, ole.ErrEncrypted()
	}
	if p.files["content.xml"] == nil {
		return nil, ole.ErrDamaged("no content part")
	}
	return p, nil
}
