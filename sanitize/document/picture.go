package document

// Picture is a page as it is drawn, for people to look at.
type Picture struct {
	Page, Pages   int     // from 1; the number of pages of the file
	Width, Height float64 // of the page in points
	W, H          int     // pixels
	Pix           []byte  `json:"-"` // four bytes a pixel: red, green, blue, 255; top row first
}
