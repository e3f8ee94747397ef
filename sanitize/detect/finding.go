package detect

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strconv"
	"unicode/utf8"

	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/normal"
)

// hidingFolds are the kinds of writing that serve to hide a word.
const hidingFolds = normal.FoldGap | normal.FoldInvisible | normal.FoldSplit | normal.FoldHomophone | normal.FoldForm

// finding makes the finding of a candidate.
func (w *work) finding(c *candidate) finding.Finding {
	span := w.view.Original(c.span)
	if c.hidden {
		span = document.Span{Start: 0, End: len(w.view.Source)}
	}
	if c.source != nil {
		span = *c.source
	}
	f := finding.Finding{
		Rule: c.rule.ID, Group: c.rule.Group(), Name: c.rule.Name, Level: c.level, Basis: c.rule.Basis,
		Part: w.part.ID, Where: w.where(span, c.whole), Span: span,
		Score: c.score, Reasons: c.reasons, Withdraw: c.rule.Withdraw && c.level == finding.S1,
	}
	if !c.whole {
		f.Text = string(w.view.Source[span.Start:span.End])
		f.Normal = w.clean(c.span)
	} else {
		f.Span = document.Span{}
	}
	if w.part.Hidden != nil {
		f.Hidden = w.part.Hidden.Kind
	}
	return f
}

// where names the place: 正文 第3段, 工作表 名单 B3.
func (w *work) where(s document.Span, whole bool) string {
	if whole {
		return "全文"
	}
	if ref := w.ref(s); ref != "" {
		return w.part.Label + " " + ref
	}
	switch w.part.Role {
	case document.RoleBody, document.RoleNote, document.RoleOther, document.RoleObject, "":
		return w.part.Label + " 第" + strconv.Itoa(w.paragraph(s.Start)) + "段"
	}
	return w.part.Label
}

// ref is the address of the cell that holds a span of the source, "" for none.
func (w *work) ref(s document.Span) string {
	if w.refs == nil {
		w.refs = make([]document.Cell, 0, len(w.part.Cells))
		for _, c := range w.part.Cells {
			if c.Ref != "" {
				w.refs = append(w.refs, c)
			}
		}
		sort.SliceStable(w.refs, func(i, j int) bool { return w.refs[i].Start < w.refs[j].Start })
	}
	i := sort.Search(len(w.refs), func(i int) bool { return w.refs[i].Start > s.Start }) - 1
	if i < 0 || !w.refs[i].Covers(s) {
		return ""
	}
	return w.refs[i].Ref
}

// paragraph counts, from 1, the lines that are not blank up to a place in the source.
func (w *work) paragraph(at int) int {
	if w.source == nil {
		w.source = []int32{}
		blank := true
		start := 0
		for i, r := range w.view.Source {
			if r == '\n' {
				if !blank {
					w.source = append(w.source, int32(start))
				}
				start, blank = i+1, true
				continue
			}
			if r != ' ' && r != '\t' && r != '\r' && r != 0x3000 {
				blank = false
			}
		}
		if !blank {
			w.source = append(w.source, int32(start))
		}
	}
	return max(1, sort.Search(len(w.source), func(i int) bool { return int(w.source[i]) > at }))
}

// neighbourhood is how many characters either side go into a fingerprint, and
// neighbourReach how far they are looked for.
const (
	neighbourhood  = 6
	neighbourReach = 64
)

// fingerprint gives every finding its mark: rule, normalised text, a little of
// what stands beside it on its line, and which of several alike it is. Edits
// elsewhere leave it unchanged; decisions hang on it.
func fingerprint(s *scanState, fs []finding.Finding) {
	seen := make(map[string]int, len(fs))
	var key []byte
	byPart := map[string]*work{}
	for _, w := range s.works {
		byPart[w.part.ID] = w
	}
	for i := range fs {
		f := &fs[i]
		key = append(append(key[:0], f.Rule...), 0)
		for _, r := range f.Normal {
			if !isBlank(r) {
				key = utf8.AppendRune(key, r)
			}
		}
		key = append(key, 0)
		if w := byPart[f.Part]; w != nil && f.Len() > 0 && f.Hidden == "" {
			key = w.beside(key, f.Span)
		} else {
			key = append(key, f.Hidden...)
		}
		n := seen[string(key)] + 1
		seen[string(key)] = n
		sum := sha256.Sum256(strconv.AppendInt(append(key, 0), int64(n), 10))
		f.Fingerprint = hex.EncodeToString(sum[:12])
	}
}

// beside appends what stands next to a span on its line, letters and figures only.
func (w *work) beside(key []byte, s document.Span) []byte {
	n := w.view.Normal(s)
	line := w.line(n.Start)
	count := 0
	for i := n.Start - 1; i >= max(line.Start, n.Start-neighbourReach) && count < neighbourhood; i-- {
		if r := w.text[i]; isHan(r) || isLatin(r) {
			key = utf8.AppendRune(key, r)
			count++
		}
	}
	key = append(key, 0)
	count = 0
	for i := n.End; i < min(len(w.text), n.End+neighbourReach) && w.text[i] != '\n' && count < neighbourhood; i++ {
		if r := w.text[i]; isHan(r) || isLatin(r) {
			key = utf8.AppendRune(key, r)
			count++
		}
	}
	return key
}

func sortedKeys(m map[string]int) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
