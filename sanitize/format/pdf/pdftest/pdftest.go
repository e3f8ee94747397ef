// Package pdftest writes small PDF files for the tests of what reads and rebuilds them.
package pdftest

import (
	"bytes"
	"fmt"
)

// File puts objects into a file: the first is the catalogue, and each is what stands
// between "obj" and "endobj".
func File(objects ...string) []byte { return FileWith("", objects...) }

// FileWith is File with more in its head, below the version.
func FileWith(head string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n" + head)
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// Stream is an object of data.
func Stream(data string) string {
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(data), data)
}

// Page is a file of one A4 page with what a content stream draws; its font F1 is
// Helvetica.
func Page(content string) []byte {
	return File(
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
		Stream(content), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	)
}
