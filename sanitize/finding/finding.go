// Package finding holds what detection says about a document: where, what, why
// and what is suggested. A finding never changes a document.
package finding

import (
	"fmt"
	"math"
	"strings"

	"jinggao/sanitize/document"
)

// Level is how much a finding weighs (taxonomy: S1 block … S4 hint).
type Level int

// Levels, heaviest first. The zero value is no level.
const (
	S1 Level = 1 + iota // blocks: no export without the decision of the person responsible
	S2                  // high: treated by default, exceptions recorded
	S3                  // confirm one by one
	S4                  // hint only
)

// String gives "S1" … "S4".
func (l Level) String() string {
	if l < S1 || l > S4 {
		return "S?"
	}
	return [...]string{"S1", "S2", "S3", "S4"}[l-1]
}

// Reason is one step of the arithmetic behind a finding, readable on screen.
type Reason struct {
	Text  string  `json:"text"`            // Chinese: 校验位正确（GB 11643）
	Delta float64 `json:"delta,omitempty"` // what it added to the score; the first is the base
}

// Finding is one place in a document that must not be published as it stands.
type Finding struct {
	Rule  string `json:"rule"`  // I03
	Group string `json:"group"` // I
	Name  string `json:"name"`  // 手机号
	Level Level  `json:"-"`
	Basis string `json:"basis,omitempty"` // legal basis, law and article

	Part  string `json:"part"`  // document.Part.ID
	Where string `json:"where"` // 正文 第3段
	document.Span
	Text   string `json:"text"`             // original text, evasions included
	Normal string `json:"normal,omitempty"` // as matched after normalisation

	Score   float64  `json:"score"`
	Reasons []Reason `json:"reasons"`
	// Withdraw is set where the ruling is 整件移出: the file is not copied at all.
	Withdraw bool `json:"withdraw,omitempty"`
	// Hidden names the hiding place, "" for visible text.
	Hidden string `json:"hidden,omitempty"`
	// Suggest is the text that the rule's treatment would put there.
	Suggest string `json:"suggest"`
	// Fingerprint survives a re-scan and edits elsewhere: rule, normalised text, neighbourhood, occurrence.
	Fingerprint string `json:"fingerprint"`
}

// Why joins the reasons into one line of Chinese, each with what it adds to the score.
func (f *Finding) Why() string {
	s := ""
	for i, r := range f.Reasons {
		if i > 0 {
			s += "；"
		}
		s += r.Text
		figure := fmt.Sprintf("%.2f", math.Abs(r.Delta))
		switch {
		case r.Delta == 0 || strings.Contains(r.Text, figure):
		case i == 0:
			s += "，基础分 " + figure
		default:
			s += fmt.Sprintf("，%+.2f", r.Delta)
		}
	}
	return s
}
