package redact_test

import (
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/redact"
)

var (
	oneFile   = strings.Repeat("0123456789abcdef", 4)
	otherFile = strings.Repeat("fedcba9876543210", 4)
)

func TestBoxesBelongToOneFile(t *testing.T) {
	b := document.Box{Page: 3, X0: 200.5, Y0: 300, X1: 100.25, Y1: 250}
	ds := []redact.Decision{
		{Fingerprint: redact.BoxKey(oneFile, b), Action: redact.ActionMask},
		{Fingerprint: redact.BoxKey(oneFile, document.Box{Page: 1, X1: 1, Y1: 1}), Action: redact.ActionIgnore},
		{Fingerprint: "I03 13800138000", Action: redact.ActionMask},
	}
	got := redact.Boxes(ds, oneFile)
	want := document.Box{Page: 3, X0: 100.25, Y0: 250, X1: 200.5, Y1: 300}
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %+v", got)
	}
	if got := redact.Boxes(ds, otherFile); got != nil {
		t.Errorf("on another file: %+v", got)
	}
	if got := redact.Boxes(ds, ""); got != nil {
		t.Errorf("on an unknown file: %+v", got)
	}
}

func FuzzParseBox(f *testing.F) {
	f.Add(redact.BoxKey(oneFile, document.Box{Page: 1, X1: 10, Y1: 10}))
	f.Add("box/0123456789abcdef/1/1,2,3")
	f.Add("box/0123456789abcdef/-1/9,9,1,1")
	f.Fuzz(func(t *testing.T, s string) {
		b, mine, ok := redact.ParseBox(s, oneFile)
		if mine && !ok {
			t.Error("mine, and no box")
		}
		if !ok {
			return
		}
		again, _, ok := redact.ParseBox(redact.BoxKey(oneFile, b), oneFile)
		if !ok || again != b {
			t.Errorf("%+v became %+v", b, again)
		}
	})
}
