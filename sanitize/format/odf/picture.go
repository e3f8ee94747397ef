package odf

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	_ "image/gif"  // sizes by signature
	_ "image/jpeg" // sizes by signature
	_ "image/png"  // sizes by signature
	"strings"

	"jinggao/sanitize/format/ooxml"
)

// putBare writes a member as it is, without a descriptor behind it.
func putBare(z *zip.Writer, name string, data []byte) error {
	h := &zip.FileHeader{
		Name: name, Method: zip.Store, CreatorVersion: 3 << 8, ReaderVersion: 20, ModifiedDate: fixedDate, //nolint:staticcheck // as above
		CRC32: crc32.ChecksumIEEE(data), CompressedSize64: uint64(len(data)), UncompressedSize64: uint64(len(data)),
	}
	m, err := z.CreateRaw(h)
	if err != nil {
		return fmt.Errorf("write member: %w", err)
	}
	if _, err := m.Write(data); err != nil {
		return fmt.Errorf("write member: %w", err)
	}
	return nil
}

// frame copies a frame. One with a picture or an object gets one picture of pixels:
// the first that can be drawn, or a grey field.
func (w *writer) frame(up, k *node) {
	n := &node{Name: k.Name}
	w.attrs(n, k)
	up.Add(n)
	pictures, objects := []string(nil), false
	for _, c := range k.Kids {
		switch c.Name {
		case "draw:image":
			if h := target(c); !strings.Contains(h, "ObjectReplacements") {
				pictures = append(pictures, h)
			}
		case "draw:object", "draw:object-ole", "draw:plugin", "draw:applet", "draw:floating-frame":
			objects = true
		}
	}
	w.kids(n, k)
	if objects {
		pictures = []string{""}
	} else if find(k, "draw:image") == nil {
		return
	}
	if n.Kid("draw:text-box") != nil || n.Kid("table:table") != nil {
		return
	}
	n.Add(w.image("draw:image", pictures, w.clip(k)))
}

// image makes an element that shows the first of the members that can be drawn.
func (w *writer) image(elem string, members []string, clip string) *node {
	name := ""
	for _, m := range members {
		if name = w.place(m, clip); name != "" {
			break
		}
	}
	if name == "" {
		w.placeholders++
		name = w.add("", ooxml.Placeholder())
	}
	return ooxml.El(elem, "xlink:href", name, "xlink:type", "simple", "xlink:show", "embed", "xlink:actuate", "onLoad")
}

// place writes a picture, each (member, cut) once; "" if it cannot be drawn.
func (w *writer) place(member, clip string) string {
	key := member + "\x00" + clip
	if n, ok := w.placed[key]; ok {
		return n
	}
	b := w.r.p.files[member]
	if b == nil {
		return ""
	}
	pic := ooxml.Reencode(b, crop(b, clip))
	if pic.Placeholder {
		return ""
	}
	return w.add(key, pic)
}

func (w *writer) add(key string, pic ooxml.Picture) string {
	if n, ok := w.placed[key]; ok {
		return n
	}
	name := fmt.Sprintf("Pictures/image%d.%s", len(w.pictures)+1, pic.Ext)
	w.pictures = append(w.pictures, member{name, pic.Type, pic.Data})
	w.placed[key] = name
	return name
}

// clip is what the style of a frame cuts off its picture.
func (w *writer) clip(k *node) string {
	if v := w.cur.prop("graphic", k.Attr("draw:style-name"), "graphic", "fo:clip"); v != "" {
		return v
	}
	return w.cur.prop("presentation", k.Attr("presentation:style-name"), "graphic", "fo:clip")
}

// crop turns a clip (lengths off top, right, bottom, left of the natural size) into
// shares of the picture.
func crop(b []byte, clip string) ooxml.Crop {
	inner, ok := strings.CutPrefix(strings.TrimSpace(clip), "rect(")
	if !ok {
		return ooxml.Crop{}
	}
	parts := strings.FieldsFunc(strings.TrimSuffix(inner, ")"), func(c rune) bool { return c == ',' || c == ' ' })
	cfg, _, err := image.DecodeConfig(bytes.NewReader(b))
	if len(parts) != 4 || err != nil || cfg.Width == 0 || cfg.Height == 0 {
		return ooxml.Crop{}
	}
	dx, dy := density(b)
	share := func(s string, pixels int, dpi float64) int {
		if p := points(s); p < 1000 && p > 0 {
			return min(99000, int(p/72*dpi/float64(pixels)*100000))
		}
		return 0
	}
	c := ooxml.Crop{T: share(parts[0], cfg.Height, dy), R: share(parts[1], cfg.Width, dx), B: share(parts[2], cfg.Height, dy), L: share(parts[3], cfg.Width, dx)}
	if c.L+c.R >= 99000 || c.T+c.B >= 99000 {
		return ooxml.Crop{}
	}
	return c
}

// density gives the dots per inch that a picture says it has, else 96.
func density(b []byte) (float64, float64) {
	switch {
	case bytes.HasPrefix(b, []byte("\x89PNG")):
		if i := bytes.Index(b[:min(len(b), 4096)], []byte("pHYs")); i > 0 && i+13 <= len(b) && b[i+12] == 1 {
			x, y := binary.BigEndian.Uint32(b[i+4:]), binary.BigEndian.Uint32(b[i+8:])
			if x > 0 && y > 0 {
				return float64(x) * 0.0254, float64(y) * 0.0254
			}
		}
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff\xe0")) && len(b) > 18:
		x, y := float64(binary.BigEndian.Uint16(b[14:])), float64(binary.BigEndian.Uint16(b[16:]))
		if b[13] == 2 {
			x, y = x*2.54, y*2.54
		}
		if b[13] != 0 && x > 0 && y > 0 {
			return x, y
		}
	}
	return 96, 96
}

// fillImage copies a picture that areas are filled with.
func (w *writer) fillImage(up, k *node) {
	n := w.image("draw:fill-image", []string{target(k)}, "")
	w.r.seen[target(k)] = true
	up.Add(n)
	n.Attrs = append([]ooxml.Attr{{Name: "draw:name", Value: w.names.of(k.Attr("draw:name"))}}, n.Attrs...)
}
