package document

// Picture is a page as it is drawn, for people to look at.
type Picture struct {
	Page, Pages   int     // from 1; the number of pages of the file
	Width, Height float64 // of the page in points
	W, H          int     // pixels
	Pix           []byte  `json:"-"` // four bytes a pixel: red, green, blue, 255; top row first
	// Marks are where the places asked for lie, by their index: none on another page,
	// several on several lines.
	Marks [][]Box `json:"marks,omitempty"`
}

// Drawing asks for the picture of a page.
type Drawing struct {
	Page int `json:"page"` // from 1
	DPI  int `json:"dpi"`  // dots per inch
	// Clean draws the page as a copy shows it: without what nobody sees, the plan burned in.
	Clean bool `json:"clean,omitempty"`
	Plan  Plan `json:"plan,omitzero"` // Clean only
	// Marks are places whose boxes are asked for; their texts do not matter.
	Marks []Edit `json:"marks,omitempty"`
}
