package cli_test

import (
	"path/filepath"
	"strings"
	"testing"

	"jinggao/app/cli"

	"jinggao/sanitize/format/pdf/pdftest"
)

func TestCleanPDFWithText(t *testing.T) {
	dir := t.TempDir()
	in := put(t, dir+"/report.pdf", string(pdftest.Page("BT /F1 18 Tf 60 760 Td (Questions: 13800138000, office hours only) Tj ET")))
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
