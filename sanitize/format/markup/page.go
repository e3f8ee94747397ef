package markup

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"jinggao/sanitize/document"
)

// Page is a file of tags taken apart.
type Page struct {
	Text     string          // what is seen, LF line ends; a table row is a line, its cells parted by tabs
	Cells    []document.Cell // of tables that hold no other table
	Hidden   []Hidden        // what is not seen, in the order of the file
	Pictures int             // pictures shown, not read
	Frames   int             // frames and objects that lie elsewhere
}

// Hidden is one text that a page does not show.
type Hidden struct{ Rule, Kind, Text string }

// ParsePage reads a web page as a browser would; no input is an error.
func ParsePage(s string) *Page {
	root, err := html.ParseWithOptions(strings.NewReader(s), html.ParseOptionEnableScripting(false))
	w := &walker{}
	w.declared(s)
	if err != nil { // nested beyond what a browser takes: all of it is text
		w.tokens(s)
	} else {
		w.sheets = readSheets(root)
		w.node(root, state{})
	}
	w.page.Text = strings.TrimRight(string(w.out), "\n\t ")
	n := len([]rune(w.page.Text))
	for i := range w.page.Cells {
		c := &w.page.Cells[i]
		c.Start, c.End = min(c.Start, n), min(c.End, n)
	}
	return &w.page
}

// state is what an element hands down to those inside it.
type state struct {
	hidden bool // not shown
	filled bool // stands on a colour of its own
	pre    bool // blanks count
	table  bool // inside a cell of a table that is read by cells
}

type walker struct {
	page   Page
	out    []rune
	tables int
	sheets *sheets
}

func (w *walker) hide(rule, kind, s string) {
	if s = strings.TrimSpace(s); s != "" {
		w.page.Hidden = append(w.page.Hidden, Hidden{rule, kind, s})
	}
}

func (w *walker) kids(n *html.Node, s state) {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		w.node(k, s)
	}
}

func (w *walker) node(n *html.Node, s state) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data, s)
	case html.CommentNode:
		w.comment(n.Data)
	case html.ElementNode:
		w.element(n, s)
	default:
		w.kids(n, s)
	}
}

func (w *walker) text(t string, s state) {
	if s.hidden {
		w.hide("N03", "网页隐藏内容", t)
		return
	}
	for _, r := range t {
		switch {
		case r == '\n' && s.pre:
			w.out = append(w.out, r)
		case strings.ContainsRune(" \n\t\r\f", r):
			if s.pre || !w.blank() {
				w.out = append(w.out, ' ')
			}
		case r >= ' ' && r != '\ufeff': // others are not shown
			w.out = append(w.out, r)
		}
	}
}

// blank tells whether a blank would follow another one, or begin a line or cell.
func (w *walker) blank() bool {
	k := len(w.out)
	return k == 0 || strings.ContainsRune(" \n\t", w.out[k-1])
}

// line ends the line in work, if there is one.
func (w *walker) line() {
	w.trim(0)
	if k := len(w.out); k > 0 && w.out[k-1] != '\n' && w.out[k-1] != '\t' {
		w.out = append(w.out, '\n')
	}
}

// trim takes blanks off the end, down to a length.
func (w *walker) trim(to int) {
	for len(w.out) > to && w.out[len(w.out)-1] == ' ' {
		w.out = w.out[:len(w.out)-1]
	}
}

// blocks begin and end a line.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Dl: true, atom.Dt: true, atom.Dd: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Title: true,
	atom.Blockquote: true, atom.Pre: true, atom.Textarea: true, atom.Option: true, atom.Section: true, atom.Article: true, atom.Header: true,
	atom.Footer: true, atom.Main: true, atom.Aside: true, atom.Nav: true, atom.Form: true, atom.Fieldset: true, atom.Legend: true,
	atom.Table: true, atom.Caption: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Figure: true, atom.Figcaption: true, atom.Address: true, atom.Details: true, atom.Summary: true,
}

func (w *walker) element(n *html.Node, s state) {
	w.attributes(n)
	s = w.look(n, s)
	switch n.DataAtom {
	case atom.Script:
		w.script(n)
		return
	case atom.Style:
		for _, c := range Comments(content(n)) {
			w.hide("N05", "网页样式注释", c)
		}
		return
	case atom.Template:
		s.hidden = true
	case atom.Img, atom.Image:
		if !s.hidden && !attached(n) {
			w.page.Pictures++
		}
	case atom.Iframe, atom.Frame, atom.Object, atom.Embed, atom.Applet, atom.Audio, atom.Video:
		w.page.Frames++
	case atom.Br:
		w.trim(0)
		if !s.hidden {
			w.out = append(w.out, '\n')
		}
		return
	case atom.Hr:
		w.line()
		return
	case atom.Input:
		w.input(n, s)
		return
	case atom.Pre, atom.Textarea:
		s.pre = true
	case atom.Table:
		if !s.table && !s.hidden && !holdsTable(n) {
			w.table(n, s)
			return
		}
	}
	if blocks[n.DataAtom] && !s.hidden {
		w.line()
		w.kids(n, s)
		w.line()
		return
	}
	w.kids(n, s)
}

// look works out what the style sheets and the element's own attributes do to its text.
func (w *walker) look(n *html.Node, s state) state {
	own, white := "", false
	for _, a := range n.Attr {
		switch a.Key {
		case "style":
			own = a.Val
		case "bgcolor", "background":
			s.filled = true
		case "hidden":
			s.hidden = true
		case "color":
			white = n.DataAtom == atom.Font && whiteText.MatchString(strings.ToLower(a.Val))
		}
	}
	p := w.sheets.style(n, own)
	s.filled = s.filled || p.filled()
	s.hidden = s.hidden || p.unseen() || (white || p.white()) && !s.filled
	return s
}

func (w *walker) input(n *html.Node, s state) {
	typ, value := "", ""
	for _, a := range n.Attr {
		switch a.Key {
		case "type":
			typ = strings.ToLower(a.Val)
		case "value":
			value = a.Val
		}
	}
	switch typ {
	case "hidden", "password":
		w.hide("N03", "网页隐藏内容", value)
	case "checkbox", "radio", "image", "file":
	default:
		w.text(value, s)
	}
}

// attached tells pictures that the mail itself carries.
func attached(n *html.Node) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "src" && strings.HasPrefix(a.Val, "cid:") })
}

// holdsTable tells tables that are there for the layout of others.
func holdsTable(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Table {
			return true
		}
	}
	return false
}

// table reads a table row by row, with merged cells in the place where they begin.
func (w *walker) table(n *html.Node, s state) {
	w.line()
	no, row := w.tables, 0
	w.tables++
	down := map[int]int{} // column → rows that a merged cell still covers
	var walk func(*html.Node, state)
	walk = func(n *html.Node, s state) {
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			switch {
			case k.Type != html.ElementNode:
				w.node(k, s)
			case k.DataAtom == atom.Tr:
				w.attributes(k)
				w.row(k, w.look(k, s), no, row, down)
				row++
			case slices.Contains([]atom.Atom{atom.Tbody, atom.Thead, atom.Tfoot}, k.DataAtom):
				w.attributes(k)
				walk(k, w.look(k, s))
			default:
				w.node(k, s)
			}
		}
	}
	walk(n, s)
	w.line()
}

func (w *walker) row(tr *html.Node, s state, table, row int, down map[int]int) {
	col, first := 0, true
	for k := tr.FirstChild; k != nil; k = k.NextSibling {
		if k.DataAtom != atom.Td && k.DataAtom != atom.Th {
			w.node(k, s)
			continue
		}
		for down[col] > 0 {
			down[col]--
			col++
		}
		w.attributes(k)
		in := w.look(k, s)
		in.table = true
		if !first {
			w.out = append(w.out, '\t')
		}
		first = false
		start := len(w.out)
		w.kids(k, in)
		for len(w.out) > start && (w.out[len(w.out)-1] == ' ' || w.out[len(w.out)-1] == '\n') {
			w.out = w.out[:len(w.out)-1]
		}
		w.page.Cells = append(w.page.Cells, document.Cell{Span: document.Span{Start: start, End: len(w.out)}, Table: table, Row: row, Col: col})
		wide, high := span(k, "colspan"), span(k, "rowspan")
		for i := range wide {
			if high > 1 {
				down[col+i] = high - 1
			}
		}
		col += wide
	}
	for c, n := range down {
		if c >= col && n > 0 {
			down[c]--
		}
	}
	w.out = append(w.out, '\n')
}

// span is a colspan or rowspan, within reason.
func span(n *html.Node, name string) int {
	for _, a := range n.Attr {
		if a.Key == name {
			v := 0
			for _, r := range a.Val {
				if r < '0' || r > '9' || v > 100 {
					break
				}
				v = v*10 + int(r-'0')
			}
			return max(1, min(v, 100))
		}
	}
	return 1
}

// tokens reads what could not be put into a tree: every text in its order.
func (w *walker) tokens(s string) {
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			w.text(html.UnescapeString(string(z.Text())), state{})
		case html.CommentToken:
			w.comment(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			w.attributes(&html.Node{Type: html.ElementNode, DataAtom: t.DataAtom, Attr: t.Attr})
			if blocks[t.DataAtom] || t.DataAtom == atom.Br {
				w.line()
			}
		}
	}
}
