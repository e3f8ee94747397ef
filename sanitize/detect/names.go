package detect

import (
	"regexp"
	"sync"

	"jinggao/sanitize/rule"
)

var nameShape = sync.OnceValue(func() *regexp.Regexp {
	re, err := rule.Compile("{NAME}")
	if err != nil { // only a wrong macro could cause it
		panic(err)
	}
	return re
})

// plausibleName tells whether something in a match that has the shape of a name
// is no ordinary word: 残疾人权益 holds none, for 权益 is in the dictionary and no
// name there.
func (w *work) plausibleName(text string) bool {
	rs := []rune(text)
	for i := range rs {
		for n := 2; n <= 4 && i+n <= len(rs); n++ {
			s := string(rs[i : i+n])
			if loc := nameShape().FindStringIndex(s); loc == nil || loc[0] != 0 || loc[1] != len(s) {
				continue
			}
			if !w.engine.seg.Ordinary(s) && !w.engine.seg.Ordinary(string(rs[i:min(i+2, len(rs))])) {
				return true
			}
		}
	}
	return false
}
