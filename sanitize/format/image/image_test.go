package image_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	pic "image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/image"
)

// withText is a small png with a text chunk.
func withText(t testing.TB) []byte {
	t.Helper()
	img := pic.NewGray(pic.Rect(0, 0, 4, 2))
	img.Set(1, 1, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	body := []byte("tEXtAuthor\x00Zhao Zhixing")
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	chunk = binary.BigEndian.AppendUint32(append(chunk, body...), crc32.ChecksumIEEE(body))
	out := append([]byte{}, b.Bytes()[:33]...)
	return append(append(out, chunk...), b.Bytes()[33:]...)
}

func TestMetadataGoes(t *testing.T) {
	src := document.Source{Name: "a.png", Data: withText(t)}
	d, err := image.Read(context.Background(), src)
	if err != nil || len(d.Parts) != 1 || !strings.Contains(d.Parts[0].Text, "Zhao Zhixing") || !d.Unchecked[0].Blocking {
		t.Fatalf("%+v %v", d, err)
	}
	out, err := image.Rebuild(context.Background(), src, document.Plan{})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out.Data, []byte("Zhixing")) || out.Kind != "png" || len(out.Removed) == 0 {
		t.Errorf("%+v", out.Removed)
	}
	img, err := png.Decode(bytes.NewReader(out.Data))
	if err != nil || img.Bounds().Dx() != 4 {
		t.Errorf("copy is no such picture: %v", err)
	}
}

func TestRefusesWhatCannotBeDrawn(t *testing.T) {
	if _, err := image.Rebuild(context.Background(), document.Source{Name: "a.png", Data: withText(t)[:40]}, document.Plan{}); err == nil {
		t.Error("was copied")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(withText(f))
	f.Add([]byte("RIFF\x10\x00\x00\x00WEBPEXIF\x04\x00\x00\x00abcd"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = image.Read(context.Background(), document.Source{Name: "a", Data: data}) // must return
	})
}
