package rows

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"jinggao/app/submission"
)

// Hit is a cell that holds the text searched for.
type Hit struct {
	Row    int // index among all rows
	Column submission.Column
}

// find is a search over the cells shown.
type find struct {
	text  string // folded; "" for none
	hits  []Hit
	marks map[Hit]bool
	stale bool
}

// Find searches all cells shown for a text; "" ends the search. Width and case do not
// matter.
func (p *Presenter) Find(text string) {
	p.find = find{text: fold(strings.TrimSpace(text)), stale: true}
}

// Hits lists the cells found, row by row. The caller does not change it.
func (p *Presenter) Hits() []Hit {
	f := &p.find
	if !f.stale {
		return f.hits
	}
	f.hits, f.marks, f.stale = nil, map[Hit]bool{}, false
	if f.text == "" {
		return nil
	}
	cols := submission.Editable()
	for _, i := range p.visible {
		for k, text := range p.cells(i) {
			if strings.Contains(text, f.text) {
				h := Hit{i, cols[k]}
				f.hits, f.marks[h] = append(f.hits, h), true
			}
		}
	}
	return f.hits
}

// Found tells whether a cell holds the text searched for.
func (p *Presenter) Found(row int, c submission.Column) bool {
	if p.find.text == "" {
		return false
	}
	p.Hits()
	return p.find.marks[Hit{row, c}]
}

// Next is the hit after (by > 0) or before a cell, round the ends. With by 0 the cell
// itself counts. ok is false where nothing was found.
func (p *Presenter) Next(row int, c submission.Column, by int) (h Hit, ok bool) {
	hits := p.Hits()
	if len(hits) == 0 {
		return Hit{}, false
	}
	cols := submission.Editable()
	col := slices.Index(cols, c)
	if col < 0 { // beside the cells that are searched: behind them
		col = len(cols)
	}
	at := sort.Search(len(hits), func(k int) bool {
		if hits[k].Row != row {
			return hits[k].Row > row
		}
		return slices.Index(cols, hits[k].Column) >= col
	})
	switch {
	case by < 0:
		at--
	case by > 0 && at < len(hits) && hits[at] == Hit{row, c}:
		at++
	}
	return hits[(at+len(hits))%len(hits)], true
}

// FindLine says how many cells were found and which of them the cursor is on.
func (p *Presenter) FindLine(row int, c submission.Column) string {
	if p.find.text == "" {
		return ""
	}
	hits := p.Hits()
	if len(hits) == 0 {
		return "没有找到"
	}
	if k := slices.Index(hits, Hit{row, c}); k >= 0 {
		return fmt.Sprintf("第 %d 处，共 %d 处", k+1, len(hits))
	}
	return fmt.Sprintf("共 %d 处", len(hits))
}
