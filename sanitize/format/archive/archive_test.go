package archive_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/archive"
)

type file struct{ name, data string }

func makeZip(t *testing.T, gbk bool, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, NonUTF8: gbk}
		if gbk {
			n, err := simplifiedchinese.GBK.NewEncoder().String(f.name)
			if err != nil {
				t.Fatal(err)
			}
			h.Name = n
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(data []byte, kind document.Kind) (*archive.Contents, error) {
	return archive.Open(context.Background(), document.Source{Name: "a", Data: data}, kind)
}

func TestNamesInGBK(t *testing.T) {
	c, err := open(makeZip(t, true, file{"材料/申报书.txt", "一"}), "zip")
	if err != nil {
		t.Fatal(err)
	}
	if c.Members[0].Name != "材料/申报书.txt" || string(c.Members[0].Data) != "一" {
		t.Errorf("got %+v", c.Members[0])
	}
}

func TestUnsafeNamesAreRefused(t *testing.T) {
	for name, files := range map[string][]file{
		"up":       {{"../a.txt", "x"}},
		"absolute": {{"/etc/a.txt", "x"}},
		"back":     {{`..\a.txt`, "x"}},
		"drive":    {{"C:/a.txt", "x"}},
		"twice":    {{"a.txt", "x"}, {"A.TXT", "y"}},
		"none":     {},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := open(makeZip(t, false, files...), "zip")
			var r *document.Refusal
			if !errors.As(err, &r) {
				t.Fatalf("want a refusal, got %v", err)
			}
		})
	}
}

func TestBombIsRefusedAsMember(t *testing.T) {
	c, err := open(makeZip(t, false, file{"a.txt", strings.Repeat("0", 64<<20)}, file{"b.txt", "fine"}), "zip")
	if err != nil {
		t.Fatal(err)
	}
	if c.Members[0].Refused == nil || len(c.Members[0].Data) != 0 {
		t.Error("the bomb was inflated")
	}
	if c.Members[1].Refused != nil {
		t.Error("the other member must be there")
	}
}

func TestDamagedIsRefused(t *testing.T) {
	whole := makeZip(t, false, file{"a.txt", strings.Repeat("申报", 1000)})
	for _, data := range [][]byte{whole[:len(whole)/2], whole[:30], []byte("PK\x03\x04")} {
		if _, err := open(data, "zip"); err == nil {
			t.Error("a cut-off zip was opened")
		}
	}
	for _, kind := range []document.Kind{"7z", "rar", "gz", "tar"} {
		if _, err := open([]byte("not an archive at all, but long enough to be looked at"), kind); err == nil {
			t.Errorf("%s: nonsense was opened", kind)
		}
	}
}

func TestTarGzip(t *testing.T) {
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	w := tar.NewWriter(g)
	if err := w.WriteHeader(&tar.Header{Name: "甲/乙.txt", Mode: 0o644, Size: 3, Typeflag: tar.TypeReg, Format: tar.FormatPAX}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("丙")); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteHeader(&tar.Header{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), g.Close()); err != nil {
		t.Fatal(err)
	}
	c, err := open(b.Bytes(), "gz")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Members) != 2 || c.Members[0].Name != "甲/乙.txt" || string(c.Members[0].Data) != "丙" || c.Members[1].Refused == nil {
		t.Errorf("got %+v", c.Members)
	}
}

func TestReadOpensMembersThreeDeep(t *testing.T) {
	inner := makeZip(t, false, file{"d.txt", "深"})
	for range 4 {
		inner = makeZip(t, false, file{"n.zip", string(inner)})
	}
	openAny := func(ctx context.Context, src document.Source) (*document.Document, error) {
		return archive.Read(ctx, src, "zip")
	}
	doc, err := archive.Read(document.WithOpener(context.Background(), openAny), document.Source{Name: "a.zip", Data: inner}, "zip")
	if err != nil {
		t.Fatal(err)
	}
	depth := 0
	for ; len(doc.Members) == 1; doc = doc.Members[0] {
		depth++
	}
	if depth != document.MaxDepth+1 || doc.Refused == nil {
		t.Errorf("depth %d, refused %v", depth, doc.Refused)
	}
}

func TestPackIsReproducible(t *testing.T) {
	ms := []archive.Member{{Name: "甲.txt", Data: []byte("一")}, {Name: "乙/丙.txt", Data: []byte("二")}}
	a, err := archive.Pack(ms)
	if err != nil {
		t.Fatal(err)
	}
	b, err := archive.Pack(ms)
	if err != nil || !bytes.Equal(a, b) {
		t.Fatalf("two packs differ: %v", err)
	}
	z, err := zip.NewReader(bytes.NewReader(a), int64(len(a)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if m := f.Modified; m.Year() != 1980 || m.Month() != 1 || m.Day() != 1 || len(f.Extra) > 0 {
			t.Errorf("%s says of its making %v %x", f.Name, m, f.Extra)
		}
	}
	c, err := open(a, "zip")
	if err != nil || len(c.Members) != 2 || c.Members[1].Name != "乙/丙.txt" {
		t.Fatalf("got %+v %v", c, err)
	}
}

func FuzzZip(f *testing.F) {
	f.Add([]byte("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		for _, kind := range []document.Kind{"zip", "tar", "gz"} {
			_, _ = open(data, kind) // must neither panic nor hang
		}
	})
}
