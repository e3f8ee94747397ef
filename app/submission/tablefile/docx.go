package tablefile

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// readDOCX reads the tables of a Word document. Deleted and moved-away text is no
// text, inserted text is; hidden text is left out; a drop-down counts with what is
// chosen. Nested tables come as grids of their own.
func readDOCX(data []byte) ([]Grid, error) {
	p, err := openPack(data)
	if err != nil {
		return nil, err
	}
	main := p.mainPart()
	if main == "" || !p.has(main) {
		main = "word/document.xml"
	}
	b, err := p.read(main)
	if err != nil {
		return nil, err
	}
	if b == nil {
		return nil, errDamaged("no document part")
	}
	w := &wordReader{d: xml.NewDecoder(bytes.NewReader(b))}
	w.d.CharsetReader = charsetOf
	if err := w.body(); err != nil {
		return nil, err
	}
	for i := range w.grids {
		w.grids[i].Sheet = "表 " + strconv.Itoa(w.grids[i].Table)
	}
	return w.grids, nil
}

type wordReader struct {
	d      *xml.Decoder
	grids  []Grid
	before []string // paragraphs since the last table
	depth  int      // nesting of tables
	tables int
	// placeholder: the content control just opened shows its prompt and no answer.
	placeholder bool
}

func (w *wordReader) token() (xml.Token, error) {
	t, err := w.d.Token()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, errDamaged(err.Error())
	}
	return t, err
}

func (w *wordReader) body() error {
	for {
		tok, err := w.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		se, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch se.Name.Local {
		case "tbl":
			if err := w.table(); err != nil {
				return err
			}
		case "p":
			s, err := w.paragraph()
			if err != nil {
				return err
			}
			if s = strings.TrimSpace(s); s != "" && len(w.before) < 200 {
				w.before = append(w.before, s)
			}
		case "del", "moveFrom", "Fallback":
			if err := w.d.Skip(); err != nil {
				return errDamaged(err.Error())
			}
		}
	}
}

// wordRow is a table row as it stands in the file.
type wordRow struct {
	cells   []wordCell
	skip    int // gridBefore
	deleted bool
}

type wordCell struct {
	text  string
	span  int
	below bool // continues a vertical merge
	start bool // starts one
}

// table reads a table up to its end.
func (w *wordReader) table() error {
	if w.depth++; w.depth > maxNesting {
		return errTooLarge()
	}
	defer func() { w.depth-- }()
	w.tables++
	g := Grid{Table: w.tables, First: 1, Before: w.before}
	w.before = nil
	var rows []wordRow
	for done := false; !done; {
		tok, err := w.token()
		if err != nil {
			return noEOF(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local == "tr" {
				r, err := w.row()
				if err != nil {
					return err
				}
				rows = append(rows, r)
				if len(rows) > maxRows {
					return errTooLarge()
				}
			}
		case xml.EndElement:
			done = t.Name.Local == "tbl"
		}
	}
	if err := w.lay(&g, rows); err != nil {
		return err
	}
	w.grids = append(w.grids, g)
	return nil
}

// lay puts the rows into the grid: spans to the right and merges downward are
// filled with the text they show.
func (w *wordReader) lay(g *Grid, rows []wordRow) error {
	above := map[int]string{} // text of the running vertical merge, by column
	r := -1
	for _, row := range rows {
		r++
		for len(g.Rows) <= r {
			g.Rows = append(g.Rows, nil)
		}
		if row.deleted {
			continue // the row keeps its number, its text is gone
		}
		col := row.skip
		for _, c := range row.cells {
			text, merged := c.text, c.span > 1
			if c.below {
				text, merged = above[col], true
			} else if c.start {
				above[col] = c.text
			}
			for k := range min(c.span, 64) {
				if err := g.set(r, col+k, Cell{Text: text, Merged: merged}); err != nil {
					return err
				}
			}
			col += c.span
		}
	}
	return nil
}

func (w *wordReader) row() (wordRow, error) {
	var r wordRow
	for {
		tok, err := w.token()
		if err != nil {
			return r, noEOF(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "tc":
				c, err := w.cell()
				if err != nil {
					return r, err
				}
				r.cells = append(r.cells, c)
			case "gridBefore":
				r.skip, _ = strconv.Atoi(attrLocal(t.Attr, "val"))
				r.skip = max(0, min(r.skip, 64))
			case "del":
				r.deleted = true // inside trPr: the row was struck out
			case "tblPrEx", "trPrChange":
				if err := w.d.Skip(); err != nil {
					return r, errDamaged(err.Error())
				}
			}
		case xml.EndElement:
			if t.Name.Local == "tr" {
				return r, nil
			}
		}
	}
}

func (w *wordReader) cell() (wordCell, error) {
	c := wordCell{span: 1}
	var paras []string
	for {
		tok, err := w.token()
		if err != nil {
			return c, noEOF(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local == "p" {
				s, err := w.paragraph()
				if err != nil {
					return c, err
				}
				paras = append(paras, s)
				continue
			}
			c.property(t)
			if err := w.inCell(t.Name.Local); err != nil {
				return c, err
			}
		case xml.EndElement:
			if t.Name.Local == "tc" {
				c.text = strings.TrimSpace(strings.Join(paras, "\n"))
				return c, nil
			}
		}
	}
}

// property reads how far a cell goes.
func (c *wordCell) property(t xml.StartElement) {
	switch t.Name.Local {
	case "gridSpan":
		if n, err := strconv.Atoi(attrLocal(t.Attr, "val")); err == nil {
			c.span = max(1, min(n, maxCols))
		}
	case "vMerge":
		c.start = attrLocal(t.Attr, "val") == "restart"
		c.below = !c.start
	}
}

// inCell handles what stands in a cell beside paragraphs.
func (w *wordReader) inCell(name string) error {
	switch name {
	case "tbl":
		return w.table()
	case "sdtPr":
		return w.control()
	case "sdtContent":
		if !w.placeholder {
			return nil
		}
		w.placeholder = false
	case "del", "moveFrom", "Fallback", "tcPrChange":
	default:
		return nil
	}
	if err := w.d.Skip(); err != nil {
		return errDamaged(err.Error())
	}
	return nil
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return errDamaged(fmt.Sprintf("document ends inside a table: %v", err))
	}
	return err
}
