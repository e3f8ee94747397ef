package pdfproof

import (
	"bytes"
	"regexp"
)

// Changed tells of a PDF that begins as a clean copy of ours whether anything was
// added to it or changed in its structure since: it must still be of the closed
// grammar from the first byte to the last. A PDF of any other make is no business of
// this check and gives nil.
func Changed(data []byte) error {
	if !ours(data) {
		return nil
	}
	pages, err := scan(data)
	if err != nil {
		return err
	}
	for i := range pages {
		if err := pages[i].decode(); err != nil {
			return err
		}
		pages[i].rgb = nil
	}
	return nil
}

// firstForm is how the first page begins.
var firstForm = regexp.MustCompile(`\A3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox \[0 0 [\d.]+ [\d.]+\] /Resources << /XObject << /I `)

// ours tells whether a file begins as our writer begins: head, catalog, tree of pages
// and a first page whose first resource is its picture.
func ours(data []byte) bool {
	if !bytes.HasPrefix(data, []byte(head)) {
		return false
	}
	s := &scanner{b: data, pos: len(head)}
	for _, form := range []*regexp.Regexp{catalogForm, treeForm, firstForm} {
		if _, err := s.take(form); err != nil {
			return false
		}
	}
	return true
}
