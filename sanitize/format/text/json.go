package text

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf16"

	"jinggao/sanitize/document"
)

// ReadJSON gives a JSON file as one part, characters written as \u4e2d (RFC 8259,
// section 7) read as themselves. What is no text is a *document.Refusal.
func ReadJSON(ctx context.Context, src document.Source) (*document.Document, error) {
	d, err := decodeJSON(src.Data)
	if err != nil {
		return nil, err
	}
	return &document.Document{Name: src.Name, Kind: "json", Parts: []document.Part{{
		ID: PartID, Label: "正文", Role: document.RoleBody, Text: d.Text, Marks: Top(d.Runes),
	}}, Unchecked: d.Unread()}, ctx.Err()
}

// RebuildJSON carries out the plan; what it puts in is escaped as strings need it,
// every other byte stays.
func RebuildJSON(_ context.Context, src document.Source, plan document.Plan) (*document.Rebuilt, error) {
	d, err := decodeJSON(src.Data)
	if err != nil {
		return nil, err
	}
	edits := EditsOf(plan, PartID)
	for i := range edits {
		edits[i].Text = quoted(edits[i].Text)
	}
	data, err := d.Splice(edits)
	if err != nil {
		return nil, err
	}
	return &document.Rebuilt{Kind: "json", Ext: Extension(src.Name, ".json"), Data: data, Unchecked: d.Unread()}, nil
}

func decodeJSON(data []byte) (*Decoded, error) {
	d, err := Decode(data)
	if err != nil {
		return nil, err
	}
	d.foldEscapes()
	d.Text = string(d.Runes)
	return d, nil
}

// quoted writes s as it stands inside a JSON string.
func quoted(s string) string {
	if !strings.ContainsAny(s, "\"\\\n\t\r") {
		return s
	}
	b, err := json.Marshal(s)
	if err != nil {
		return s
	}
	return string(b[1 : len(b)-1])
}

// foldEscapes makes each \u4e2d (a pair of them where they are surrogates) and \/
// one rune, keeping the map to the bytes. Escapes of control characters, quotes
// and backslashes stay as they are written.
func (d *Decoded) foldEscapes() {
	w := 0
	for i := 0; i < len(d.Runes); {
		r, n := d.Runes[i], 1
		if r == '\\' && i+1 < len(d.Runes) {
			switch d.Runes[i+1] {
			case '\\':
				d.Runes[w], d.at[w] = r, d.at[i]
				w++
				i++
			case '/':
				r, n = '/', 2
			case 'u':
				r, n = d.escape(i)
			}
		}
		d.Runes[w], d.at[w] = r, d.at[i]
		w++
		i += n
	}
	d.at[w] = d.at[len(d.at)-1]
	d.Runes, d.at = d.Runes[:w], d.at[:w+1]
}

// escape reads the escape at rune i: what it means and how many runes it takes;
// the backslash itself where it is none that can stand for itself in a text.
func (d *Decoded) escape(i int) (rune, int) {
	unit := func(i int) (rune, bool) {
		if i+6 > len(d.Runes) || d.Runes[i] != '\\' || d.Runes[i+1] != 'u' {
			return 0, false
		}
		v, err := strconv.ParseUint(string(d.Runes[i+2:i+6]), 16, 16)
		return rune(v), err == nil
	}
	r, ok := unit(i)
	switch {
	case !ok, r < ' ', r == '"', r == '\\', r == 0x7f:
		return '\\', 1
	case utf16.IsSurrogate(r):
		if low, ok := unit(i + 6); ok {
			if both := utf16.DecodeRune(r, low); both != 0xFFFD {
				return both, 12
			}
		}
		return '\\', 1
	}
	return r, 6
}
