package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/manifest"
)

// findingLine is a finding as the contract has it, and a little more.
type findingLine struct {
	Type        string  `json:"type"`
	File        string  `json:"file"`
	Rule        string  `json:"rule"`
	Group       string  `json:"group"`
	Level       string  `json:"level"`
	Name        string  `json:"name"`
	Text        string  `json:"text"`
	Start       int     `json:"start"`
	End         int     `json:"end"`
	Where       string  `json:"where"`
	Hidden      string  `json:"hidden,omitempty"`
	Score       float64 `json:"score"`
	Why         string  `json:"why"`
	Suggest     string  `json:"suggest"`
	Basis       string  `json:"basis,omitempty"`
	Normal      string  `json:"normal,omitempty"`
	Fingerprint string  `json:"fingerprint,omitempty"`
}

// fileLine is the summary of a file.
type fileLine struct {
	Type       string   `json:"type"`
	File       string   `json:"file"`
	Kind       string   `json:"kind"`
	Status     string   `json:"status"`
	Characters int      `json:"characters"`
	Findings   int      `json:"findings"`
	Unchecked  []string `json:"unchecked"`
	Notes      []string `json:"notes,omitempty"`
	Error      string   `json:"error,omitempty"`
}

func lineOf(file string, f *finding.Finding) findingLine {
	l := findingLine{
		Type: "finding", File: file, Rule: f.Rule, Group: f.Group, Level: f.Level.String(), Name: f.Name, Text: f.Text,
		Start: f.Start, End: f.End, Where: f.Where, Hidden: f.Hidden, Score: f.Score, Why: f.Why(), Suggest: f.Suggest,
		Basis: f.Basis, Fingerprint: f.Fingerprint,
	}
	if f.Normal != f.Text {
		l.Normal = f.Normal
	}
	if f.Withdraw {
		l.Suggest = "整件移出"
	}
	return l
}

func summaryOf(r *sanitize.Report, findings int) fileLine {
	l := fileLine{Type: "file", File: r.Path, Status: r.Status(), Findings: findings, Unchecked: []string{}}
	if r.Refused != nil {
		l.Error = r.Refused.Error()
		return l
	}
	if d := r.Document; d != nil {
		l.Kind = string(d.Kind)
		l.Characters = characters(d)
		l.Unchecked = manifest.Messages(d.Unchecked)
		l.Notes = d.Notes
	}
	return l
}

// characters counts the text of a file; its name is no part of it.
func characters(d *document.Document) int {
	n := d.Characters()
	if p := d.Part(sanitize.NamePart); p != nil {
		n -= len([]rune(p.Text))
	}
	return n
}

// lines writes JSON Lines.
type lines struct{ enc *json.Encoder }

func newLines(w io.Writer) lines {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return lines{enc}
}

func (l lines) write(v any) error {
	if err := l.enc.Encode(v); err != nil {
		return fmt.Errorf("write output: %w", err)
	}
	return nil
}

// short fits document text into one line of a table.
func short(s string, n int) string {
	r := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s))
	if len(r) > n {
		return string(r[:n]) + "…"
	}
	return string(r)
}
