package rtf

import (
	"slices"

	"jinggao/sanitize/format/fresh"
)

// cellDef is a cell as the head of a row describes it.
type cellDef struct {
	left, right int
	down        fresh.Down
	gone        bool // merged with the one before
	upright     string
	ground      int            // number of a colour
	edges       *[4]fresh.Edge // top, left, bottom, right
}

// tableDef is a row as its head describes it.
type tableDef struct {
	high, pad int
	left      int
	head      bool
	align     string
}

const usualPad = 108 // at the left and right of the text of a cell, in twips

// sides are the words for the sides of a cell.
var sides = map[string]int{"clbrdrt": 0, "clbrdrl": 1, "clbrdrb": 2, "clbrdrr": 3}

// brushes are the words for kinds of lines.
var brushes = map[string]string{
	"brdrs": "single", "brdrth": "thick", "brdrdb": "double", "brdrdot": "dotted", "brdrdash": "dashed", "brdrdashsm": "dashed", "brdrdashd": "dashed", "brdrdashdd": "dotted",
	"brdrhair": "single", "brdrtriple": "triple", "brdrwavy": "single", "brdrtnthsg": "double", "brdrthtnsg": "double", "brdrnone": "", "brdrnil": "",
}

// cellGround tells whether the cell at hand has a ground that is no white.
func (f *flow) cellGround() bool {
	col := 0
	if f.open {
		col = f.col
	}
	if col >= len(f.defs) {
		return false
	}
	c := f.colour(f.defs[col].ground)
	return c != 0 && !c.Pale()
}

// border takes words of the lines around a cell; false for others.
func (f *flow) border(t token, colour func(int) fresh.Colour) bool {
	if k, ok := sides[t.word]; ok {
		if f.def.edges == nil {
			f.def.edges = &[4]fresh.Edge{}
		}
		f.side = &f.def.edges[k]
		return true
	}
	kind, ok := brushes[t.word]
	switch {
	case f.side == nil:
		return false
	case ok:
		if f.side.Kind = kind; f.side.Size == 0 {
			f.side.Size = 4
		}
	case t.word == "brdrw":
		f.side.Size = max(2, t.param*2/5) // eighths of a point for twips
	case t.word == "brdrcf":
		f.side.Colour = colour(t.param)
	default:
		return false
	}
	return true
}

// define takes words of the head of a row.
func (f *flow) define(t token) {
	switch t.word {
	case "trleft":
		if len(f.defs) == 0 {
			f.def.left, f.row0.left = t.param, t.param
		}
	case "trrh":
		f.row0.high = max(t.param, -t.param)
	case "trgaph", "trpaddl", "clpadt": // the last is that of the left, whatever its name
		f.row0.pad = max(f.row0.pad, t.param)
	case "trhdr":
		f.row0.head = true
	case "trqc":
		f.row0.align = "center"
	case "trqr":
		f.row0.align = "right"
	case "clvertalc":
		f.def.upright = "center"
	case "clvertalb":
		f.def.upright = "bottom"
	case "clcbpat":
		f.def.ground = t.param
	case "clmrg":
		f.def.gone = true
	case "clvmgf":
		f.def.down = fresh.Begins
	case "clvmrg":
		f.def.down = fresh.GoesOn
	case "cellx":
		f.def.right = t.param
		f.defs = append(f.defs, f.def)
		f.def, f.side = cellDef{left: t.param}, nil
	}
}

// cellForms gives the cells of the row that has ended their places.
func (f *flow) cellForms(colour func(int) fresh.Colour) {
	if len(f.defs) > 0 {
		if f.form.Tables == nil {
			f.form.Tables = map[int]fresh.TableForm{}
		}
		if _, known := f.form.Tables[f.table]; !known {
			pad := f.row0.pad
			if pad <= 0 {
				pad = usualPad
			}
			f.form.Tables[f.table] = fresh.TableForm{Align: f.row0.align, Indent: f.row0.left + pad, Pad: pad}
		}
	}
	edged := slices.ContainsFunc(f.defs, func(d cellDef) bool { return d.edges != nil })
	for len(f.form.Cells) < f.rowCells {
		f.form.Cells = append(f.form.Cells, fresh.CellForm{})
	}
	for i := range f.s.cells[f.rowCells:] {
		c := fresh.CellForm{}
		if i < len(f.defs) {
			d := f.defs[i]
			c = fresh.CellForm{Left: d.left, Right: d.right, High: f.row0.high, Head: f.row0.head, Down: d.down, Upright: d.upright, Ground: colour(d.ground), Edges: d.edges, Gone: d.gone && i > 0 && f.s.cells[f.rowCells+i].Len() == 0}
			if edged && c.Edges == nil {
				c.Edges = &[4]fresh.Edge{}
			}
			if c.Gone {
				for k := len(f.form.Cells) - 1; k >= f.rowCells; k-- {
					if !f.form.Cells[k].Gone {
						if f.form.Cells[k].Right = d.right; edged {
							own := *f.form.Cells[k].Edges
							own[3] = c.Edges[3]
							f.form.Cells[k].Edges = &own
						}
						break
					}
				}
			}
		}
		f.form.Cells = append(f.form.Cells, c)
	}
}
