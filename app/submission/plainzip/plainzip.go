// Package plainzip writes an Office package anew so that the file itself tells
// nothing: every entry has the same time, no comments or extra fields, and the
// property parts are empty.
package plainzip

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"time"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	core    = xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`
	app     = xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`
)

// Rewrite copies the package to w.
func Rewrite(w io.Writer, pkg []byte) error {
	r, err := zip.NewReader(bytes.NewReader(pkg), int64(len(pkg)))
	if err != nil {
		return fmt.Errorf("read package: %w", err)
	}
	z := zip.NewWriter(w)
	for _, f := range r.File {
		out, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, CreatorVersion: 3 << 8, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return fmt.Errorf("write %s: %w", f.Name, err)
		}
		if err := copyPart(out, f); err != nil {
			return fmt.Errorf("write %s: %w", f.Name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write package: %w", err)
	}
	return nil
}

func copyPart(w io.Writer, f *zip.File) error {
	switch f.Name {
	case "docProps/core.xml":
		_, err := io.WriteString(w, core)
		return err
	case "docProps/app.xml":
		_, err := io.WriteString(w, app)
		return err
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(w, r) // a package of our own making
	return err
}
