package detect

import (
	"regexp"
	"strconv"
	"time"

	"jinggao/sanitize/document"
)

// structureFuture marks rules about what has not happened yet: a visit whose date
// has gone by is no finding.
const structureFuture = "future-date"

var date = regexp.MustCompile(`(20[0-9]{2})(?:年|[-/.])(?:([0-9]{1,2})(?:月|[-/.]))?(?:([0-9]{1,2})日?)?`)

// past tells whether the sentence names a day, month or year and all that it names
// have gone by.
func (w *work) past(s document.Span) bool {
	sentence := w.sentence(s)
	named := false
	for _, m := range date.FindAllStringSubmatch(string(w.text[sentence.Start:sentence.End]), -1) {
		named = true
		if endOf(m[1], m[2], m[3]).After(w.engine.now) {
			return false
		}
	}
	return named
}

// endOf is the end of a day, or of the month or year where no more is said.
func endOf(year, month, day string) time.Time {
	y, _ := strconv.Atoi(year) // digits by the expression; empty gives 0
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	switch {
	case m < 1 || m > 12:
		return time.Date(y+1, 1, 1, 0, 0, 0, 0, time.Local)
	case d < 1 || d > 31:
		return time.Date(y, time.Month(m)+1, 1, 0, 0, 0, 0, time.Local)
	}
	return time.Date(y, time.Month(m), d+1, 0, 0, 0, 0, time.Local)
}
