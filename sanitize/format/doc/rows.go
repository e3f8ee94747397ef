package doc

import (
	"jinggao/sanitize/format/fresh"
)

// Properties (sprm) of table rows.
const (
	sprmRowHigh      = 0x9407
	sprmRowHead      = 0x3404
	sprmRowAlign90   = 0x5400
	sprmRowAlign     = 0x548A
	sprmRowGap       = 0x9602
	sprmEdges80      = 0xD605
	sprmEdges        = 0xD613
	sprmCellShade2   = 0xD616
	sprmCellShade3   = 0xD60C
	sprmCellEdge80   = 0xD620
	sprmCellEdge     = 0xD62F
	sprmCellUpright  = 0xD62C
	sprmCellMerge    = 0xD62B
	sprmPadding      = 0xD634
	sprmEdgeColourT  = 0xD61A // then left, bottom, right
	sprmEdgeColourR  = 0xD61D
	maxCells         = 64
	cellDescription  = 20
	shadesInProperty = 22
)

// side is a line at a side of a cell; one that is not said is that of the table.
type side struct {
	fresh.Edge
	said bool
}

// cellProps are what a row says of one of its cells.
type cellProps struct {
	sides   [4]side // top, left, bottom, right
	ground  fresh.Colour
	down    fresh.Down
	gone    bool // part of the cell before
	upright string
}

// rowProps are what a row says of itself.
type rowProps struct {
	edges  []int // positions of the borders of the cells
	cells  []cellProps
	common [6]fresh.Edge // top, left, bottom, right, between rows, between columns
	align  string
	high   int
	gap    int
	head   bool
}

var uprights = [...]string{"", "center", "bottom"}

// add adds one property to a row.
func (r *rowProps) add(sprm int, arg []byte) {
	switch sprm {
	case sprmTableDef:
		r.define(arg[2:])
	case sprmRowHigh:
		r.high = max(i16(arg, 0), -i16(arg, 0))
	case sprmRowHead:
		r.head = arg[0] != 0
	case sprmRowGap:
		r.gap = i16(arg, 0)
	case sprmRowAlign90, sprmRowAlign:
		r.align = map[int]string{1: "center", 2: "right"}[u16(arg, 0)]
	case sprmPadding:
		if len(arg) >= 7 && arg[3]&2 != 0 && arg[4] == 3 { // at the left, in twips
			r.gap = u16(arg, 5)
		}
	case sprmCellUpright, sprmCellMerge:
		r.cell(sprm, arg[1:])
	default:
		r.paint(sprm, arg)
	}
}

// paint adds a property of the lines and grounds of cells.
func (r *rowProps) paint(sprm int, arg []byte) {
	switch sprm {
	case sprmEdges80, sprmEdges:
		r.frame(sprm == sprmEdges80, arg[1:])
	case sprmCellEdge80, sprmCellEdge:
		r.edge(sprm == sprmCellEdge80, arg[1:])
	case sprmCellShade8:
		for i := 0; i < len(r.cells) && 2*i+3 <= len(arg); i++ {
			r.cells[i].ground = shade80(u16(arg, 1+2*i))
		}
	case sprmCellShade, sprmCellShade2, sprmCellShade3:
		r.shade(map[int]int{sprmCellShade2: shadesInProperty, sprmCellShade3: 2 * shadesInProperty}[sprm], arg[1:])
	case sprmEdgeColourT, sprmEdgeColourT + 1, sprmEdgeColourT + 2, sprmEdgeColourR:
		for i := 0; i < len(r.cells) && 4*i+5 <= len(arg); i++ {
			if c := colourOf(arg[1+4*i:]); c != 0 {
				r.cells[i].sides[sprm-sprmEdgeColourT].Colour = c
			}
		}
	}
}

// define reads the positions and descriptions of the cells.
func (r *rowProps) define(def []byte) {
	_, r.edges = tableDef(def)
	r.cells = nil
	if len(r.edges) == 0 || len(r.edges) > maxCells {
		return
	}
	n := len(r.edges) - 1
	r.cells = make([]cellProps, n)
	for i := range n {
		at := 1 + 2*(n+1) + cellDescription*i
		if at+cellDescription > len(def) {
			break
		}
		flags := u16(def, at)
		c := &r.cells[i]
		c.gone = flags&2 != 0
		c.down = map[int]fresh.Down{1: fresh.GoesOn, 3: fresh.Begins}[flags>>5&3]
		if v := flags >> 7 & 3; v < len(uprights) {
			c.upright = uprights[v]
		}
		for k := range c.sides {
			c.sides[k].Edge, c.sides[k].said = edge80(def[at+4+4*k:])
		}
	}
}

// frame reads the lines of the table as a whole.
func (r *rowProps) frame(old bool, b []byte) {
	for i := range r.common {
		if old && 4*i+4 <= len(b) {
			r.common[i], _ = edge80(b[4*i:])
		} else if !old && 8*i+8 <= len(b) {
			r.common[i], _ = edge8(b[8*i:])
		}
	}
}

// edge reads the lines at some sides of some cells.
func (r *rowProps) edge(old bool, b []byte) {
	if len(b) < 3 {
		return
	}
	e := side{}
	if old {
		e.Edge, e.said = edge80(b[3:])
	} else {
		e.Edge, e.said = edge8(b[3:])
	}
	for i := int(b[0]); i < min(int(b[1]), len(r.cells)); i++ {
		for k := range 4 {
			if b[2]>>k&1 != 0 {
				r.cells[i].sides[k] = e
			}
		}
	}
}

func (r *rowProps) shade(from int, b []byte) {
	for i := 0; from+i < len(r.cells) && 10*i+10 <= len(b); i++ {
		r.cells[from+i].ground = shade10(b[10*i:])
	}
}

// cell reads where texts stand in some cells, or how one is merged.
func (r *rowProps) cell(sprm int, b []byte) {
	switch {
	case sprm == sprmCellMerge && len(b) >= 2 && int(b[0]) < len(r.cells):
		r.cells[b[0]].down = map[byte]fresh.Down{1: fresh.GoesOn, 3: fresh.Begins}[b[1]]
	case sprm == sprmCellUpright && len(b) >= 3:
		for i := int(b[0]); i < min(int(b[1]), len(r.cells)); i++ {
			if int(b[2]) < len(uprights) {
				r.cells[i].upright = uprights[b[2]]
			}
		}
	}
}

// form gives a cell of a row that is the first or last of its table or not.
func (r *rowProps) form(i int, first, last bool) fresh.CellForm {
	c := &r.cells[i]
	out := fresh.CellForm{
		Left: r.edges[i], Right: r.edges[i+1], High: r.high, Head: r.head, Down: c.down, Gone: c.gone && i > 0, Ground: c.ground, Upright: c.upright,
		Edges: &[4]fresh.Edge{},
	}
	const between, across = 4, 5
	usual := [4]fresh.Edge{r.common[between], r.common[across], r.common[between], r.common[across]}
	if first {
		usual[0] = r.common[0]
	}
	if last {
		usual[2] = r.common[2]
	}
	if i == 0 {
		usual[1] = r.common[1]
	}
	if i == len(r.cells)-1 {
		usual[3] = r.common[3]
	}
	for k := range usual {
		if out.Edges[k] = usual[k]; c.sides[k].said {
			out.Edges[k] = c.sides[k].Edge
		}
	}
	return out
}
