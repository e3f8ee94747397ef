package ooxml

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	_ "image/gif" // decoders by signature
	"image/jpeg"
	"image/png"
	"strconv"
	"strings"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"
)

const maxPixels = 60_000_000

// Crop is a DrawingML srcRect in thousandths of a percent cut off each side.
type Crop struct{ L, T, R, B int }

// CropOf reads a:srcRect; negative values (which enlarge) count as none.
func CropOf(n *Node) Crop {
	get := func(a string) int {
		s := n.Attr(a)
		f := 1.0
		if strings.HasSuffix(s, "%") {
			s, f = strings.TrimSuffix(s, "%"), 1000
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || v*f < 0 {
			return 0
		}
		return int(min(v*f, 100000))
	}
	if n == nil {
		return Crop{}
	}
	c := Crop{get("l"), get("t"), get("r"), get("b")}
	if c.L+c.R >= 100000 || c.T+c.B >= 100000 {
		return Crop{}
	}
	return c
}

// Picture is a picture made anew from pixels.
type Picture struct {
	Data        []byte
	Ext         string // png or jpeg
	Type        string // content type
	Placeholder bool   // the original could not be drawn and a grey field stands in its place
}

// Reencode decodes a picture, turns it as its EXIF says, cuts it and encodes it
// again, so that nothing but pixels is left. What cannot be decoded (EMF, WMF,
// SVG, damaged, too large) becomes a placeholder.
func Reencode(data []byte, c Crop) (pic Picture) {
	defer func() {
		if r := recover(); r != nil {
			pic = Placeholder()
		}
	}()
	cfg, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > maxPixels/cfg.Height {
		return Placeholder()
	}
	img, format, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return Placeholder()
	}
	if format == "jpeg" {
		img = turn(img, orientation(data))
	}
	img = cut(img, c)
	var out bytes.Buffer
	if format == "jpeg" {
		if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 92}); err != nil {
			return Placeholder()
		}
		return Picture{Data: out.Bytes(), Ext: "jpeg", Type: "image/jpeg"}
	}
	if err := png.Encode(&out, img); err != nil {
		return Placeholder()
	}
	return Picture{Data: out.Bytes(), Ext: "png", Type: "image/png"}
}

// Placeholder is a light grey field with a border.
func Placeholder() Picture {
	const w, h = 64, 48
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Gray{0xee}, color.Gray{0xaa}})
	for x := range w {
		img.SetColorIndex(x, 0, 1)
		img.SetColorIndex(x, h-1, 1)
	}
	for y := range h {
		img.SetColorIndex(0, y, 1)
		img.SetColorIndex(w-1, y, 1)
	}
	var out bytes.Buffer
	_ = png.Encode(&out, img) // a buffer does not fail
	return Picture{Data: out.Bytes(), Ext: "png", Type: "image/png", Placeholder: true}
}

func cut(img image.Image, c Crop) image.Image {
	if c == (Crop{}) {
		return img
	}
	b := img.Bounds()
	r := image.Rect(b.Min.X+b.Dx()*c.L/100000, b.Min.Y+b.Dy()*c.T/100000, b.Max.X-b.Dx()*c.R/100000, b.Max.Y-b.Dy()*c.B/100000)
	if r.Empty() {
		return img
	}
	dst := image.NewNRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(dst, dst.Bounds(), img, r.Min, draw.Src)
	return dst
}

// turn applies an EXIF orientation 2–8.
func turn(img image.Image, o int) image.Image {
	if o < 2 || o > 8 {
		return img
	}
	b := img.Bounds()
	src := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(src, src.Bounds(), img, b.Min, draw.Src)
	w, h := b.Dx(), b.Dy()
	dw, dh := w, h
	if o >= 5 {
		dw, dh = h, w
	}
	dst := image.NewNRGBA(image.Rect(0, 0, dw, dh))
	for y := range h {
		for x := range w {
			var X, Y int
			switch o {
			case 2:
				X, Y = w-1-x, y
			case 3:
				X, Y = w-1-x, h-1-y
			case 4:
				X, Y = x, h-1-y
			case 5:
				X, Y = y, x
			case 6:
				X, Y = h-1-y, x
			case 7:
				X, Y = h-1-y, w-1-x
			case 8:
				X, Y = y, w-1-x
			}
			copy(dst.Pix[dst.PixOffset(X, Y):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}

// orientation finds EXIF tag 0x0112 of a JPEG; 1 if there is none.
func orientation(data []byte) int {
	o := 1
	jpegSegments(data, func(marker byte, body []byte) {
		if marker == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			exifTags(body[6:], func(ifd string, tag uint16, typ uint16, val []byte, order binary.ByteOrder) {
				if ifd == "0" && tag == 0x0112 && typ == 3 && len(val) >= 2 {
					o = int(order.Uint16(val))
				}
			})
		}
	})
	return o
}
