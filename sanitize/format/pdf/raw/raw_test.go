package raw_test

import (
	"testing"

	"jinggao/sanitize/format/pdf/raw"
)

func TestParse(t *testing.T) {
	f := raw.Parse([]byte("junk 1 0 obj << /A (a\\(b\\)\\101\n) /B <FEFF4E2D> /C [1 2 0 R /N#41] >> endobj\n" +
		"2 0 obj (second) endobj 3 0 obj << /Length 99 >> stream\nabc obj\nendstream endobj 2 0 obj (newer) endobj trailer << /Root 1 0 R >>"))
	d := f.Dict(raw.Ref(1))
	if s, _ := d["A"].(raw.String); string(s) != "a(b)A\n" {
		t.Errorf("literal %q", s)
	}
	if s, _ := d["B"].(raw.String); s.Text() != "中" {
		t.Errorf("text %q", s.Text())
	}
	a, _ := d["C"].(raw.Array)
	if len(a) != 3 || a[1] != raw.Ref(2) || a[2] != raw.Name("NA") {
		t.Errorf("array %v", a)
	}
	if s, _ := f.Resolve(raw.Ref(2)).(raw.String); string(s) != "newer" {
		t.Errorf("latest %q", s)
	}
	if s, _ := f.Resolve(raw.Ref(3)).(*raw.Stream); s == nil || string(s.Data) != "abc obj\n" {
		t.Errorf("stream %v", s)
	}
	if len(f.Entries) != 5 {
		t.Errorf("%d entries", len(f.Entries))
	}
}

func TestText(t *testing.T) {
	cases := map[string]raw.String{
		"中文": {0xD6, 0xD0, 0xCE, 0xC4},
		"é":  {0xE9},
		"a中": raw.String("a中"),
		"b":  {0xEF, 0xBB, 0xBF, 'b'},
	}
	for want, s := range cases {
		if got := s.Text(); got != want {
			t.Errorf("%v: got %q, want %q", []byte(s), got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("1 0 obj << /A [ ( << /B <"))
	f.Add([]byte("1 0 obj << /Type /ObjStm /N 3 /First 4 /Length 9 >> stream\n1 0 2 0 endstream"))
	f.Add([]byte("9 0 obj [[[[[[[[ 1 0 R 2 0 R >> ) endobj trailer <</Prev 0>>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		file := raw.Parse(b)
		for _, e := range file.Entries {
			if s, ok := e.Object.(*raw.Stream); ok {
				file.Decode(s)
			}
			if s, ok := e.Object.(raw.String); ok {
				_ = s.Text()
			}
		}
	})
}
