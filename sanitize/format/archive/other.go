package archive

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/bodgit/sevenzip"
	"github.com/nwaples/rardecode/v2"

	"jinggao/sanitize/document"
)

func openSevenZip(ctx context.Context, data []byte) (*Contents, error) {
	z, err := sevenzip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		var read *sevenzip.ReadError
		if errors.As(err, &read) && read.Encrypted {
			return nil, errEncrypted
		}
		return nil, fmt.Errorf("open 7z: %w", err)
	}
	c := &Contents{}
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		m := Member{Name: decodeName(f.Name, true)}
		if f.UncompressedSize > maxMember {
			m.Refused = errTooLarge
		} else if r, err := f.Open(); err != nil {
			m.Refused = document.AsRefusal(fmt.Errorf("open member: %w", err))
		} else {
			m.Data, m.Refused = take(ctx, r, int64(len(data)))
			_ = r.Close()
		}
		c.Members = append(c.Members, m)
	}
	return c, nil
}

func openRar(ctx context.Context, data []byte) (*Contents, error) {
	r, err := rardecode.NewReader(bytes.NewReader(data))
	if errors.Is(err, rardecode.ErrArchiveEncrypted) || errors.Is(err, rardecode.ErrArchivedFileEncrypted) {
		return nil, errEncrypted
	}
	if err != nil {
		return nil, fmt.Errorf("open rar: %w", err)
	}
	c := &Contents{}
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if errors.Is(err, rardecode.ErrArchivedFileEncrypted) || errors.Is(err, rardecode.ErrArchiveEncrypted) {
			return nil, errEncrypted
		}
		if err != nil {
			return nil, fmt.Errorf("read rar: %w", err)
		}
		if h.IsDir {
			continue
		}
		m := Member{Name: decodeName(h.Name, false)}
		if h.Encrypted || h.HeaderEncrypted {
			m.Refused = errEncrypted
		} else {
			m.Data, m.Refused = take(ctx, r, h.PackedSize)
		}
		c.Members = append(c.Members, m)
	}
}

func openTar(ctx context.Context, data []byte) (*Contents, error) {
	return readTar(ctx, bytes.NewReader(data), int64(len(data)))
}

func readTar(ctx context.Context, in io.Reader, packed int64) (*Contents, error) {
	c := &Contents{}
	t := tar.NewReader(in)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return nil, fmt.Errorf("read tar: %w", err)
		}
		switch h.Typeflag {
		case tar.TypeDir, tar.TypeXGlobalHeader:
			continue
		case tar.TypeReg, '\x00': // the old mark of a plain file
			m := Member{Name: decodeName(h.Name, false)}
			m.Data, m.Refused = take(ctx, t, packed)
			c.Members = append(c.Members, m)
		default:
			c.Members = append(c.Members, Member{Name: decodeName(h.Name, false), Refused: &document.Refusal{What: "链接或设备文件，未读取", Do: "请以原文件代替链接"}})
		}
	}
}

// openGzip opens a tar.gz, or a gz that holds one file.
func openGzip(ctx context.Context, src document.Source) (*Contents, error) {
	z, err := gzip.NewReader(bytes.NewReader(src.Data))
	if err != nil {
		return nil, fmt.Errorf("open gzip: %w", err)
	}
	data, refused := take(ctx, z, int64(len(src.Data)))
	if refused != nil {
		return nil, refused
	}
	if IsTar(data) {
		return readTar(ctx, bytes.NewReader(data), int64(len(data)))
	}
	name := src.Name[strings.LastIndexAny(src.Name, `/\`)+1:]
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".GZ")
	if name == "" {
		name = "内容"
	}
	return &Contents{Comment: decodeName(z.Comment, false), Members: []Member{{Name: name, Data: data}}}, nil
}

// IsTar tells a tar archive by the mark in its first header.
func IsTar(data []byte) bool { return len(data) > 262 && string(data[257:262]) == "ustar" }
