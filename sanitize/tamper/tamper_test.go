// Package tamper_test takes our own clean copies, puts back in many ways what had to
// go, and asks verify whether it sees it. An untouched copy must pass.
package tamper_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"jinggao/assets"
	"jinggao/sanitize"
	"jinggao/sanitize/worker"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == worker.Verb {
		os.Exit(worker.Main())
	}
	os.Exit(m.Run())
}

// way is one way of tampering with a copy.
type way struct {
	name   string
	change func(t testing.TB, copied []byte) []byte
}

func engine(t *testing.T) *sanitize.Engine {
	t.Helper()
	if assets.Packed(assets.Dictionary) == nil || assets.Packed(assets.PDFiumWasm) == nil {
		t.Fatal("the packed data is missing: go generate ./assets")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	e, err := sanitize.New(sanitize.Options{Program: exe, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// passes tells whether verify finds nothing in a file.
func passes(t *testing.T, e *sanitize.Engine, name string, data []byte) bool {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, data, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := e.Verify(t.Context(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Refused != nil {
		t.Log(r.Refused.Error())
		return false
	}
	for _, u := range r.Document.Unchecked {
		if u.Kind == "member" && u.Blocking {
			return false
		}
	}
	for i := range r.Findings {
		t.Logf("%s %s（%s）", r.Findings[i].Rule, r.Findings[i].Name, r.Findings[i].Where)
	}
	return len(r.Findings) == 0
}

func TestTamperedCopiesFail(t *testing.T) {
	e := engine(t)
	n := 0
	for _, f := range []struct {
		name string
		data []byte
		ways []way
	}{
		{"报告.docx", wordFile(t), wordWays()},
		{"统计.xlsx", sheetFile(t), sheetWays()},
		{"汇报.pptx", deckFile(t), deckWays()},
		{"测试.pdf", pageFile(), pageWays()},
		{"意见.ofd", layoutFile(t), layoutWays()},
		{"说明.txt", []byte("项目通过验收，达到预期目标。\r\n"), textWays()},
		{"照片.jpeg", photo(t), photoWays()},
		{"报告.odt", openText(t), openTextWays()},
		{"统计.ods", openBook(t), openBookWays()},
		{"汇报.odp", openDeck(t), openDeckWays()},
	} {
		copied := cleaned(t, e, f.name, f.data)
		if !passes(t, e, f.name, copied) {
			t.Errorf("%s: the untouched copy fails", f.name)
		}
		for _, w := range f.ways {
			n++
			t.Run(fmt.Sprintf("%s %s", f.name, w.name), func(t *testing.T) {
				if passes(t, e, f.name, w.change(t, copied)) {
					t.Error("verify sees nothing")
				}
			})
		}
	}
	t.Logf("%d ways", n)
}
