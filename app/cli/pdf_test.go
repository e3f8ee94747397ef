package cli_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"jinggao/app/cli"
)

// printed is a PDF of one page with a line of Latin text.
func printed(line string) string {
	content := "BT /F1 18 Tf 60 760 Td (" + line + ") Tj ET"
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
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
	return b.String()
}

func TestCleanPDFWithText(t *testing.T) {
	dir := t.TempDir()
	in := put(t, dir+"/report.pdf", printed("Questions: 13800138000, office hours only"))
	code, stdout, errs := run(t, "clean", "--out", dir+"/out", "--dpi", "150", "--pdf-layer", "--pdf-text", "--pdf-word", in)
	if code != cli.ExitOK {
		t.Fatalf("exit %d %s %s", code, stdout, errs)
	}
	o := objects(t, stdout)[0]
	also, _ := o["also"].([]any)
	if len(also) != 2 || filepath.Base(also[0].(string)) != "report.txt" || filepath.Base(also[1].(string)) != "report.docx" {
		t.Fatalf("beside the copy: %v", o["also"])
	}
	for _, f := range append(also, o["out"]) {
		code, text, _ := run(t, "text", f.(string))
		if code != cli.ExitOK || !strings.Contains(text, "office hours only") || !strings.Contains(text, "138****8000") || strings.Contains(text, "13800138000") {
			t.Errorf("%s: exit %d, reads %q", f, code, text)
		}
	}
	if code, stdout, _ = run(t, "verify", "--manifest", dir+"/out/清单-内部.json", dir+"/out"); code != cli.ExitOK {
		t.Errorf("verify: exit %d %s", code, stdout)
	}
	code, stdout, _ = run(t, "clean", "--out", dir+"/bare", "--dpi", "150", in)
	o = objects(t, stdout)[0]
	if code != cli.ExitOK || o["also"] != nil {
		t.Errorf("exit %d, beside the copy %v", code, o["also"])
	}
	if _, text, _ := run(t, "text", dir+"/bare/report.pdf"); strings.Contains(text, "office") {
		t.Errorf("text that nobody asked for: %q", text)
	}
}
