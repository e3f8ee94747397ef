package scan

import "testing"

func TestNoWordStandsInTwoFields(t *testing.T) {
	seen := map[string]Field{}
	for f, list := range words {
		for _, w := range list {
			if o, ok := seen[w]; ok {
				t.Errorf("%q stands in fields %d and %d", w, o, f)
			}
			seen[w] = f
		}
	}
}

func TestFalseNamesBeginLikeNames(t *testing.T) {
	for w := range falseNames {
		if w[1] == 0 {
			t.Errorf("%q is too short to be taken for a name", w[0])
		}
		if surname(w[0]) == 0 {
			t.Logf("%q begins with no surname", string(w[:]))
		}
	}
}
