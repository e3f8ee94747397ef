package review

import (
	"fmt"

	"jinggao/sanitize/finding"
)

// Counts are the figures of the status line and the step bar.
type Counts struct {
	Total   int // findings and unread places that ask for a decision
	Settled int
	Open    int // 待处理
	Waiting int // 待复核
	High    int // open or waiting at S1 or S2
	S1      int // of them at S1
	Hints   int // S4
	Unread  int // open unread places
	Marks   int // marks that two persons have not corrected: the file is 整件移出
}

// Join adds the counts of another document.
func (c *Counts) Join(o Counts) {
	c.Total += o.Total
	c.Settled += o.Settled
	c.Open += o.Open
	c.Waiting += o.Waiting
	c.High += o.High
	c.S1 += o.S1
	c.Hints += o.Hints
	c.Unread += o.Unread
	c.Marks += o.Marks
}

// Left is what still asks for a person.
func (c Counts) Left() int { return c.Open + c.Waiting }

// Counts adds up one document, or all with doc < 0.
func (p *Presenter) Counts(doc int) Counts {
	var c Counts
	for i := range p.items {
		if doc < 0 || p.items[i].Doc == doc {
			c.add(&p.items[i])
		}
	}
	return c
}

func (c *Counts) add(it *Item) {
	s := it.State()
	if it.Unchecked == nil && it.Finding.Level == finding.S4 {
		c.Hints++
		return
	}
	c.Total++
	if it.Unchecked == nil && it.Finding.Withdraw && s != Cleared {
		c.Marks++
	}
	if s.Settled() {
		c.Settled++
		return
	}
	if s == Waiting {
		c.Waiting++
	} else {
		c.Open++
	}
	switch {
	case it.Unchecked != nil:
		c.Unread++
	case it.Finding.Level == finding.S1:
		c.S1++
		c.High++
	case it.Finding.Level == finding.S2:
		c.High++
	}
}

// Progress is the line under the list: 已审 128/342.
func (c Counts) Progress() string {
	if c.Total == 0 {
		return "没有需要处理的内容"
	}
	s := fmt.Sprintf("已审 %d/%d", c.Settled, c.Total)
	if c.High > 0 {
		s += fmt.Sprintf("，高风险未审 %d 处", c.High)
	}
	if c.Waiting > 0 {
		s += fmt.Sprintf("，待复核 %d 处", c.Waiting)
	}
	return s
}
