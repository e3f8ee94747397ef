package archive

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"jinggao/sanitize/document"
)

const flagEncrypted, flagUTF8 = 0x1, 0x800

func openZip(ctx context.Context, data []byte) (*Contents, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("open zip: %w", err)
	}
	c := &Contents{Comment: decodeName(z.Comment, false)}
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) && !bytes.HasPrefix(data, []byte("PK\x05\x06")) {
		c.Outside = true
	}
	for _, f := range z.File {
		name := decodeName(f.Name, f.Flags&flagUTF8 != 0)
		if f.FileInfo().IsDir() {
			continue
		}
		m := Member{Name: name}
		switch {
		case f.Flags&flagEncrypted != 0:
			m.Refused = errEncrypted
		case f.UncompressedSize64 > maxMember:
			m.Refused = errTooLarge
		case f.UncompressedSize64 > ratioFrom && f.UncompressedSize64 > maxRatio*(f.CompressedSize64+1):
			m.Refused = errRatio
		default:
			r, err := f.Open()
			if err != nil {
				m.Refused = document.AsRefusal(fmt.Errorf("open member: %w", err))
				break
			}
			m.Data, m.Refused = take(ctx, r, int64(f.CompressedSize64))
			_ = r.Close()
		}
		c.Members = append(c.Members, m)
	}
	return c, nil
}

// take reads one member whole, counting real bytes against the limits.
func take(ctx context.Context, r io.Reader, packed int64) ([]byte, *document.Refusal) {
	var out bytes.Buffer
	buf := make([]byte, 64<<10)
	for {
		if ctx.Err() != nil {
			return nil, document.AsRefusal(ctx.Err())
		}
		n, err := r.Read(buf)
		out.Write(buf[:n])
		switch {
		case out.Len() > maxMember:
			return nil, errTooLarge
		case packed > 0 && out.Len() > ratioFrom && int64(out.Len()) > maxRatio*(packed+1):
			return nil, errRatio
		}
		if refused := document.Spend(ctx, int64(n), 0); refused != nil {
			return nil, refused
		}
		if errors.Is(err, io.EOF) {
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, &document.Refusal{What: "压缩包成员已损坏，无法读取", Do: "请重新打包", Detail: err.Error()}
		}
	}
}

// What every packed member says of its making: the first day that zip knows, and a
// system that tells nothing.
const firstDay, unixCreator = 1<<5 | 1, 3<<8 | 20

// Pack writes members as a new zip: the same members give the same bytes.
func Pack(ms []Member) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, m := range ms {
		h := &zip.FileHeader{Name: m.Name, Method: zip.Deflate, CreatorVersion: unixCreator, ModifiedDate: firstDay} //nolint:staticcheck // the field meant to replace it adds an extra field to the member
		w, err := z.CreateHeader(h)
		if err != nil {
			return nil, fmt.Errorf("add member: %w", err)
		}
		if _, err := w.Write(m.Data); err != nil {
			return nil, fmt.Errorf("write member: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("close zip: %w", err)
	}
	return out.Bytes(), nil
}
