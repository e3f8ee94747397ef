package redact

import (
	"maps"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/width"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
)

// Pseudonyms keeps people and organisations apart that a treatment would make the
// same: the first Zhang is 张某, the next one 张某二, the first organisation 某单位,
// the next 某单位二, and each stays so in every file of a case. Numbers are given in
// the order in which texts are first asked for, so files are noted (Note) one after
// the other before any of them is treated. The zero value is not usable; nil is, and
// leaves every text as it is. It may be used by many goroutines at once.
type Pseudonyms struct {
	mu    sync.Mutex
	given map[pseudonymKey]string
	count map[string]int
}

// pseudonymKey is who or what is hidden, and behind which words.
type pseudonymKey struct{ who, words string }

// NewPseudonyms makes an empty book.
func NewPseudonyms() *Pseudonyms {
	return &Pseudonyms{given: map[pseudonymKey]string{}, count: map[string]int{}}
}

// Clone is a book with the same entries; what is entered into one is not in the other.
func (p *Pseudonyms) Clone() *Pseudonyms {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return &Pseudonyms{given: maps.Clone(p.given), count: maps.Clone(p.count)}
}

// Note enters the names of one document in the order in which its plan would treat
// them. A document of which there would be no copy enters nothing.
func (p *Pseudonyms) Note(doc *document.Document, found []finding.Finding, policy Policy) {
	if p == nil {
		return
	}
	policy.Pseudonyms = nil
	if _, err := Plan(doc, found, policy); err != nil {
		return
	}
	policy.Pseudonyms = p
	_, _ = Plan(doc, found, policy) // as the one before
}

// Text gives the numbered form of what a treatment puts in the place of original:
// texts that are a masked name (张某, 张某教授) or a stand-in such as 某单位. Any other
// text comes back as it is.
func (p *Pseudonyms) Text(original, with string) string {
	if p == nil || with == "" {
		return with
	}
	original = visible(original)
	if standIn(with) {
		return p.number(original, with)
	}
	if label, lead, name, masked, title := nameParts(original); masked != "" && label+lead+masked+title == with {
		return label + lead + p.number(name, masked) + title
	}
	return with
}

// maxStandIn is how many characters a stand-in may have.
const maxStandIn = 8

// standIn tells words like 某单位, 某市 from other replacements.
func standIn(s string) bool {
	n := utf8.RuneCountInString(s)
	return strings.HasPrefix(s, "某") && n > 1 && n <= maxStandIn && !strings.ContainsAny(s, "*＊0123456789，。、 ")
}

// number gives the words to the first who asks, and numbered ones to the next.
func (p *Pseudonyms) number(who, words string) string {
	_, value := after(who)
	key := pseudonymKey{strings.ToLower(width.Fold.String(squeeze(value))), words}
	p.mu.Lock()
	defer p.mu.Unlock()
	if out, ok := p.given[key]; ok {
		return out
	}
	p.count[words]++
	out := words
	if n := p.count[words]; n > 1 {
		out += numeral(n)
	}
	p.given[key] = out
	return out
}

// numeral writes 2 … 99 in Chinese, larger numbers in digits.
func numeral(n int) string {
	digits := []rune("〇一二三四五六七八九")
	switch {
	case n < 1 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return string(digits[n])
	}
	out := "十"
	if n >= 20 {
		out = string(digits[n/10]) + out
	}
	if n%10 > 0 {
		out += string(digits[n%10])
	}
	return out
}
