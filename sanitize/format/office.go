package format

import "jinggao/sanitize/document"

// officeHandler gives the package for office and page formats.
func officeHandler(kind document.Kind) (handler, bool) {
	switch kind {
	}
	return handler{}, false
}
