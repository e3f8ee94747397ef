package ooxmlproof

// Archive takes a package apart as copies are written: one record after another
// without gaps, comments, extra fields or times. It gives the names in order, the
// parts, and what is wrong, in Chinese.
func Archive(b []byte) (order []string, parts map[string][]byte, problems []string) {
	p := &proof{parts: map[string][]byte{}}
	p.open(b)
	return p.order, p.parts, p.problems
}

// Attr is an attribute as written, entities resolved.
type Attr struct{ Name, Value string }

// Scan reads an XML part in the one form that copies are written in, and calls the
// functions for what it holds. Comments, instructions, CDATA, DOCTYPE, other entities
// and quotes are an error.
func Scan(b []byte, start func(name string, attrs []Attr), end, text func(s string)) error {
	return scan(b, handler{
		start: func(name string, in []attr) {
			out := make([]Attr, len(in))
			for i, a := range in {
				out[i] = Attr{a.name, a.value}
			}
			start(name, out)
		},
		end: end, text: text,
	})
}

// Pixels tells whether a picture (PNG or JPEG) holds only what is needed to draw it.
func Pixels(b []byte) bool { return cleanPNG(b) || cleanJPEG(b) }

// Squeeze takes blanks and invisible signs out of a text.
func Squeeze(s string) string { return squeeze(s) }

// Weight counts a character of the East as two: how much a string must have to be
// looked for.
func Weight(s string) int { return weight(s) }
