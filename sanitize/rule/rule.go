// Package rule holds the rules of the taxonomy as data: what each looks for, how
// it is weighed, what is suggested, and the texts that prove it.
package rule

import "jinggao/sanitize/finding"

// Rule is one rule as it stands in assets/rules/*.toml.
type Rule struct {
	ID    string `toml:"id"`    // taxonomy id: A01
	Name  string `toml:"name"`  // 密级★期限标志
	Level string `toml:"level"` // S1 … S4
	Basis string `toml:"basis"` // law and article
	About string `toml:"about"` // one sentence for the 保密员: what it looks for

	Base      float64   `toml:"base"`      // score before evidence, 0–1
	Terms     []string  `toml:"terms"`     // literal terms, matched on the normalised view
	Spellings []string  `toml:"spellings"` // listed evasive spellings (homophones, 拆字) of the terms
	Upper     bool      `toml:"upper"`     // Latin terms count only where the original is in capitals
	Digits    bool      `toml:"digits"`    // patterns read the number view: Chinese and circled digits opened
	Firm      bool      `toml:"firm"`      // negation and citation in the sentence do not weaken it
	Compact   bool      `toml:"compact"`   // also match with blanks or signs put between Han characters
	Aligned   bool      `toml:"aligned"`   // a term across a word boundary is dropped to a hint even below S1
	Patterns  []Pattern `toml:"pattern"`   // regular expressions behind literal anchors
	Near      []Near    `toml:"near"`      // A NEAR B
	Scanner   string    `toml:"scanner"`   // name of a hand-written scanner that yields this rule
	Structure string    `toml:"structure"` // name of a structural check (place in the document, table, reader)

	Raise []Context `toml:"raise"` // words that make it more likely
	Lower []Context `toml:"lower"` // words that make it less likely
	Safe  []string  `toml:"safe"`  // longer words that make it harmless
	Risky []string  `toml:"risky"` // longer words that keep it

	Withdraw  bool      `toml:"withdraw"` // 整件移出
	Treatment Treatment `toml:"treatment"`

	Yes []string `toml:"yes"` // texts in which the rule must hit
	No  []string `toml:"no"`  // texts in which it must not (at S1–S3)

	// Notes says of terms of a bureau's own list what they are, for the reasons.
	Notes map[string]string `toml:"-"`
}

// Pattern is a Go regular expression, tried only around its anchors.
type Pattern struct {
	Anchors []string `toml:"anchors"` // literals, at least one of which is in every match; {d} stands for any digit
	Expr    string   `toml:"expr"`    // on the normalised view of the line that holds the anchor
	Group   int      `toml:"group"`   // which capture group is the finding; 0: the whole match
	Base    float64  `toml:"base"`    // 0: the rule's base
	Level   string   `toml:"level"`   // "": the rule's level
}

// Near asks for words of two or three lists close together in one sentence.
type Near struct {
	A      []string `toml:"a"`
	B      []string `toml:"b"`      // words
	C      []string `toml:"c"`      // optional third list
	BExpr  string   `toml:"b_expr"` // or a regular expression in place of B (numbers with units …)
	CExpr  string   `toml:"c_expr"`
	Within int      `toml:"within"` // runes between the nearest edges; 0: same sentence
	Order  bool     `toml:"order"`  // A must come first
	Cover  string   `toml:"cover"`  // "all" (from first to last, the default), "a", "b", "clause", "sentence"
	Base   float64  `toml:"base"`
	Level  string   `toml:"level"`
}

// Context is evidence around a candidate.
type Context struct {
	Expr   string   `toml:"expr"` // or a regular expression in place of words
	Words  []string `toml:"words"`
	Within int      `toml:"within"` // runes either side; 0: same sentence
	Delta  float64  `toml:"delta"`  // signed
	Text   string   `toml:"text"`   // Chinese, for the reasons; "" makes one
	Level  string   `toml:"level"`  // "": unchanged; otherwise the level of the finding where this context holds
}

// Treatment is what the rule suggests.
type Treatment struct {
	Action string `toml:"action"` // mask, replace, generalise, delete, withdraw, human, keep
	Mask   string `toml:"mask"`   // name of a mask format: id, phone, card, email, name, address, ip, plate, fixed …
	Text   string `toml:"text"`   // replacement for replace and generalise: 某单位
	Scope  string `toml:"scope"`  // "" phrase, paragraph, row
	Before string `toml:"before"` // example
	After  string `toml:"after"`
}

// Lvl parses the level; 0 if it is none.
func (r *Rule) Lvl() finding.Level { return ParseLevel(r.Level) }

// ParseLevel reads "S1" … "S4" in either case; 0 for anything else.
func ParseLevel(s string) finding.Level {
	if len(s) == 2 && (s[0] == 'S' || s[0] == 's') && s[1] >= '1' && s[1] <= '4' {
		return finding.Level(s[1] - '0')
	}
	return 0
}

// Group is the letter of the taxonomy that the rule belongs to.
func (r *Rule) Group() string {
	if r.ID == "" {
		return ""
	}
	return r.ID[:1]
}
