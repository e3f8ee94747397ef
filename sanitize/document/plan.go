package document

// Scope says how much goes when an edit is carried out.
type Scope string

// Scopes of an edit.
const (
	ScopePhrase    Scope = ""          // the span only; Text takes its place
	ScopeParagraph Scope = "paragraph" // the whole paragraph (line) that holds the span
	ScopeRow       Scope = "row"       // the whole table row that holds the span
)

// Edit is one change to one part, in the coordinates of the document as read.
type Edit struct {
	Part string `json:"part"` // Part.ID
	Span
	Text  string `json:"text"` // what stands there afterwards; may be empty
	Scope Scope  `json:"scope,omitempty"`
}

// Box is a rectangle to be blackened on a PDF page, in points from the lower left corner.
type Box struct {
	Page           int // from 1
	X0, Y0, X1, Y1 float64
}

// Plan is everything that is to be different in the clean copy. Hidden places
// are removed by the rebuild in any case; the plan names only visible text.
// Edits of one part never overlap and are sorted by Start.
type Plan struct {
	Edits []Edit `json:"edits,omitempty"`
	Boxes []Box  `json:"boxes,omitempty"`
	DPI   int    `json:"dpi,omitempty"`   // PDF only; 0 means 200
	Text  bool   `json:"text,omitempty"`  // PDF only: give the treated text of the pages as well
	Layer bool   `json:"layer,omitempty"` // PDF only: lay the treated text of the pages over them, unseen
}

// Removal counts hidden things that a rebuild left out.
type Removal struct {
	Kind  string `json:"kind"` // Chinese: 批注, 修订, 文档属性 …
	Count int    `json:"count"`
}

// Rebuilt is what a rebuild did.
type Rebuilt struct {
	Kind      Kind        `json:"kind"` // of the output, may differ from the input (doc → docx)
	Ext       string      `json:"ext"`  // with the dot
	Data      []byte      `json:"data"`
	Removed   []Removal   `json:"removed,omitempty"`
	Unchecked []Unchecked `json:"unchecked,omitempty"` // what is in the copy and was read by nobody
	Boxes     []Box       `json:"boxes,omitempty"`     // PDF: the boxes that were burned in, for the proof
	Text      []string    `json:"text,omitempty"`      // PDF, where asked for: the treated text, page by page
	Covered   []string    `json:"covered,omitempty"`   // PDF: original text below boxes drawn by hand
}
