package ofd_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image/png"
	"strings"
	"testing"

	"jinggao/sanitize/document"
	"jinggao/sanitize/verify/ofdproof"
)

// jbig2 is a JBIG2 file of one white page, 64 by 56 pixels, with a black upper half
// told by a generic region in MMR coding, a comment, and bytes behind the end.
func jbig2(sequential bool, note string) []byte {
	segment := func(number uint32, kind byte, data []byte) (head, body []byte) {
		head = append(binary.BigEndian.AppendUint32(nil, number), kind, 0, 1)
		return binary.BigEndian.AppendUint32(head, uint32(len(data))), data
	}
	page := make([]byte, 19)
	binary.BigEndian.PutUint32(page, 64)
	binary.BigEndian.PutUint32(page[4:], 56)
	// One row in horizontal mode: no white, 64 black, as T.6 codes it; the others as the row above.
	bits := "001" + "00110101" + "0000001111" + "0000110111" + strings.Repeat("1", 2*27) + "000000000001000000000001"
	region := make([]byte, 18)
	binary.BigEndian.PutUint32(region, 64)
	binary.BigEndian.PutUint32(region[4:], 28)
	region[17] = 1
	for len(bits)%8 != 0 {
		bits += "0"
	}
	for i := 0; i < len(bits); i += 8 {
		var v byte
		for _, c := range bits[i : i+8] {
			v = v<<1 | byte(c-'0')
		}
		region = append(region, v)
	}
	out := append([]byte{0x97, 'J', 'B', '2', 0x0D, 0x0A, 0x1A, 0x0A}, 0, 0, 0, 0, 1)
	var bodies []byte
	if sequential {
		out[8] = 1
	}
	for i, s := range []struct {
		kind byte
		data []byte
	}{{48, page}, {38, region}, {62, append([]byte{0x20, 0, 0, 2}, note...)}, {49, nil}, {51, nil}} {
		head, body := segment(uint32(i), s.kind, s.data)
		out = append(out, head...)
		if sequential {
			out = append(out, body...)
		} else {
			bodies = append(bodies, body...)
		}
	}
	return append(append(out, bodies...), note...)
}

func TestBilevelPicturesAreDrawnAnew(t *testing.T) {
	for name, sequential := range map[string]bool{"sequential": true, "random access": false} {
		t.Run(name, func(t *testing.T) {
			p := rich(t)
			p["Doc_0/Res/a.png"] = string(jbig2(sequential, "ZqPictureNote"))
			out := cleaned(t, p)
			if out.holds("ZqPictureNote") {
				t.Error("the comment came through")
			}
			img, err := png.Decode(strings.NewReader(out["Doc_0/Res/image_0.png"]))
			if err != nil {
				t.Fatal(err)
			}
			if b := img.Bounds(); b.Dx() != 64 || b.Dy() != 56 {
				t.Fatalf("size %v", b)
			}
			if r, _, _, _ := img.At(30, 10).RGBA(); r != 0 {
				t.Error("the upper half is not black")
			}
			if r, _, _, _ := img.At(30, 40).RGBA(); r != 0xFFFF {
				t.Error("the lower half is not white")
			}
		})
	}
}

func TestDamagedBilevelPictures(t *testing.T) {
	whole := jbig2(true, "")
	for n := 0; n < len(whole)-1; n += 11 {
		p := rich(t)
		p["Doc_0/Res/a.png"] = string(whole[:n])
		if out := cleaned(t, p); n > 0 && out["Doc_0/Res/image_0.png"] == "" {
			t.Errorf("cut at %d: no picture and no field in its place", n)
		}
	}
}

func TestDamagedFonts(t *testing.T) {
	whole := trueType()
	for n := 0; n < len(whole)-len(fontNote); n += 5 {
		p := rich(t)
		p["Doc_0/Res/a.ttf"] = string(whole[:n])
		if cleaned(t, p).holds("font_1.ttf") && !bytes.HasPrefix(whole[n:], []byte(fontNote)) && n < len(whole)-2*len(fontNote)-64 {
			t.Errorf("cut at %d: the font is kept", n)
		}
	}
}

func TestProofSeesWhatIsEmbedded(t *testing.T) {
	original := rich(t)
	src := document.Source{Data: original.zip(t)}
	clean := cleaned(t, original)
	const fontPart, picturePart = "Doc_0/Res/font_1.ttf", "Doc_0/Res/image_0.png"
	for name, change := range map[string]func(parts){
		"font as it was":   func(p parts) { p[fontPart] = original["Doc_0/Res/a.ttf"] },
		"behind the font":  func(p parts) { p[fontPart] += "abcd" },
		"a date":           func(p parts) { p[fontPart] = dated(p[fontPart]) },
		"behind a picture": func(p parts) { p[picturePart] += "abcd" },
		"no picture":       func(p parts) { p[picturePart] = "abcdefgh" },
	} {
		t.Run(name, func(t *testing.T) {
			p := parts{}
			for k, v := range clean {
				p[k] = v
			}
			change(p)
			if err := ofdproof.Check(t.Context(), src, p.zip(t), nil); !errors.Is(err, ofdproof.ErrFailed) {
				t.Errorf("not noticed: %v", err)
			}
		})
	}
}

// dated writes a date into the head of a font.
func dated(font string) string {
	b := []byte(font)
	for i := range int(binary.BigEndian.Uint16(b[4:])) {
		if e := b[12+16*i:]; string(e[:4]) == "head" {
			b[binary.BigEndian.Uint32(e[8:])+20] = 1
		}
	}
	return string(b)
}
