package xlsx

import (
	"context"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// book holds a workbook while it is read, and afterwards for the rebuild.
type book struct {
	ctx      context.Context
	pkg      *ooxml.Package
	main     string
	root     *ooxml.Node
	seen     map[string]bool
	styles   *styles
	strings  []*ooxml.Node // x:si
	used     []bool        // shared strings that some cell uses
	date1904 bool

	sheets   []*sheet
	names    *ooxml.Text // names of the visible sheets
	texts    []*ooxml.Text
	hidden   *ooxml.Hidden
	removed  *ooxml.Counter
	extra    []document.Part
	pictures map[string]bool
	shown    int
	images   map[string]string // DISPIMG id → media part
	un       []document.Unchecked
}

func sortSlow(cs []*cell) { sort.SliceStable(cs, func(i, j int) bool { return before(cs[i], cs[j]) }) }

func load(ctx context.Context, src document.Source) (*book, error) {
	pkg, err := ooxml.Open(src.Data)
	if err != nil {
		return nil, err
	}
	main, family, err := pkg.Main()
	if err != nil {
		return nil, err
	}
	if family != "sheet" {
		return nil, ooxml.ErrKind(" Excel 工作簿")
	}
	b := &book{ctx: ctx, pkg: pkg, main: main, seen: map[string]bool{main: true}, hidden: ooxml.NewHidden(), removed: ooxml.NewCounter(), pictures: map[string]bool{}, images: map[string]string{}}
	if b.root, err = pkg.XML(main); err != nil {
		return nil, err
	}
	if b.root.Name != "x:workbook" || b.root.Kid("x:sheets") == nil {
		return nil, ooxml.ErrDamaged("no x:sheets")
	}
	b.date1904 = truth(b.root.Kid("x:workbookPr").Attr("date1904"))
	if err := b.readStyles(); err != nil {
		return nil, err
	}
	if err := b.readStrings(); err != nil {
		return nil, err
	}
	b.readCellImages()
	for _, n := range b.root.Kid("x:sheets").All("x:sheet") {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := b.readSheet(n); err != nil {
			return nil, err
		}
	}
	for _, s := range b.sheets {
		b.drawings(s)
	}
	if len(b.sheets) == 0 {
		return nil, ooxml.ErrDamaged("no sheet part")
	}
	if err := b.readRest(); err != nil {
		return nil, err
	}
	return b, nil
}

func (b *book) readStrings() error {
	rels := b.pkg.RelsOf(b.main, "sharedStrings")
	if len(rels) == 0 {
		return nil
	}
	n, err := b.pkg.XML(rels[0].Target)
	if err != nil {
		return err
	}
	b.seen[rels[0].Target] = true
	b.strings = kids(n, "x:si")
	b.used = make([]bool, len(b.strings))
	return nil
}

// readSheet reads one sheet and what hangs on it.
func (b *book) readSheet(n *ooxml.Node) error {
	rel, ok := b.pkg.RelByID(b.main, n.Attr("r:id"))
	if !ok || rel.External || !b.pkg.Has(rel.Target) {
		return nil
	}
	s := &sheet{name: n.Attr("name"), part: rel.Target, kind: rel.Type, node: n, hidden: n.Attr("state") == "hidden" || n.Attr("state") == "veryHidden"}
	if s.kind != "worksheet" && s.kind != "chartsheet" {
		s.hidden = true // macro and dialog sheets are no pages
	}
	data, err := b.pkg.Bytes(rel.Target)
	if err != nil {
		return err
	}
	b.seen[rel.Target] = true
	if err := parseSheet(data, s); err != nil {
		return err
	}
	b.sheets = append(b.sheets, s)
	for _, c := range s.cells {
		b.show(c)
	}
	b.sheetText(s)
	b.sheetRest(s)
	return nil
}

// show works out what a cell displays.
func (b *book) show(c *cell) {
	switch c.typ {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(c.value))
		if err != nil || i < 0 || i >= len(b.strings) {
			return
		}
		b.used[i] = true
		c.runs = b.runsOf(b.strings[i])
	case "inlineStr":
		if c.inline != nil {
			c.runs = b.runsOf(c.inline)
		}
	case "str":
		c.runs = []run{{text: ooxml.Txt(unescape(c.value))}}
	case "b":
		c.set(map[bool]string{true: "TRUE", false: "FALSE"}[truth(c.value)])
	case "e":
		c.set(c.value)
	case "d":
		c.set(strings.TrimSuffix(c.value, "T00:00:00"))
	default:
		if c.value != "" {
			c.set(display(c.value, b.styles.format(c.style), b.date1904))
		}
	}
}

func (c *cell) set(s string) {
	c.runs, c.number, c.shown = []run{{text: ooxml.Txt(s)}}, true, s
}

// runsOf copies the runs of a string item, so that each cell can be edited by
// itself. Phonetic text is filed as hidden.
func (b *book) runsOf(si *ooxml.Node) []run {
	var out []run
	for _, k := range si.Kids {
		switch k.Name {
		case "x:t":
			out = append(out, run{text: ooxml.Txt(unescape(k.Content()))})
		case "x:r":
			if t := k.Kid("x:t"); t != nil {
				out = append(out, run{props: k.Kid("x:rPr"), text: ooxml.Txt(unescape(t.Content()))})
			}
		case "x:rPh":
			if t := k.Content(); strings.TrimSpace(t) != "" {
				b.hidden.Once("N03", "拼音注音", document.RoleOther, t)
				b.removed.Add("拼音注音", 1)
			}
		}
	}
	return out
}

var escaped = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescape reads the _xHHHH_ that strings of sheets use for control characters.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		v, _ := strconv.ParseUint(m[2:6], 16, 32)
		if v == '\r' {
			return ""
		}
		return string(rune(v))
	})
}

// escapeCell writes text so that it reads back as itself.
func escapeCell(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string { return "_x005F" + m })
}

// sheetText lays the cells out as rows and sorts the hidden ones apart.
func (b *book) sheetText(s *sheet) {
	label := "工作表 " + s.name
	t := &ooxml.Text{ID: s.part, Label: label, Role: document.RoleBody}
	if s.hidden {
		t.Label += "（隐藏）"
		t.Hidden = &document.Hiding{Rule: "N03", Kind: "隐藏工作表"}
		b.removed.Add("隐藏工作表", 1)
	}
	s.text = t
	s.rowNodes = map[*ooxml.Node]int{}
	hidRow, hidCol := &strings.Builder{}, &strings.Builder{}
	row, col, start := -1, -1, 0
	endRow := func() {
		if row >= 0 {
			n := ooxml.El("row")
			s.rowNodes[n] = row
			t.Rows = append(t.Rows, ooxml.Line{Span: document.Span{Start: start, End: t.Len()}, Node: n})
			t.AddSep('\n')
		}
	}
	for _, c := range s.cells {
		b.formula(s, c)
		text := c.text()
		if strings.TrimSpace(text) == "" {
			continue
		}
		if !s.hidden {
			if b.sortOut(s, c, text, hidRow, hidCol) {
				continue
			}
		}
		if c.row != row {
			endRow()
			row, col, start = c.row, -1, t.Len()
		}
		gap := c.col - max(col, 0)
		if col < 0 {
			gap = c.col
		}
		if gap > 64 {
			gap = 1
		}
		for range gap {
			t.AddSep('\t')
		}
		col = c.col
		at := t.Len()
		for _, r := range c.runs {
			t.AddCell(r.text)
		}
		span := document.Span{Start: at, End: t.Len()}
		t.Cells = append(t.Cells, document.Cell{Span: span, Row: c.row, Col: c.col, Ref: ref(c.row, c.col)})
		t.Lines = append(t.Lines, ooxml.Line{Span: span, Node: c.runs[0].text}) // its first text stands for the cell
	}
	endRow()
	ooxml.LabelCells(t.Cells, t.String())
	if s.hidden {
		b.extra = append(b.extra, t.Part())
	} else if t.Len() > 0 {
		t.Marks = firstRows(t)
		b.texts = append(b.texts, t)
	}
	b.hiddenPart(s, "隐藏行", hidRow.String())
	b.hiddenPart(s, "隐藏列", hidCol.String())
}

// sortOut files a cell that is not to be seen; true if it is none of the visible text.
func (b *book) sortOut(s *sheet, c *cell, text string, hidRow, hidCol *strings.Builder) bool {
	r, k := s.hiddenAt(c)
	switch {
	case r:
		hidRow.WriteString(ref(c.row, c.col) + "：" + text + "\n")
	case k:
		hidCol.WriteString(ref(c.row, c.col) + "：" + text + "\n")
	default:
		why := b.styles.invisible(c.style)
		if why == "" || s.inTable(c) {
			return false
		}
		b.hidden.Add("N03", why, document.RoleBody, s.name+" "+ref(c.row, c.col)+"："+text, nil)
		b.removed.Add(why, 1)
	}
	s.invis[c] = true
	return true
}

// inTable tells cells on which a table style or a conditional format may put a colour.
func (s *sheet) inTable(c *cell) bool {
	for _, n := range s.root.All("x:conditionalFormatting") {
		for _, f := range strings.Fields(n.Attr("sqref")) {
			if a, ok := parseArea(f); ok && a.holds(c.row, c.col) && n.Find("x:cfRule").Attr("dxfId") != "" {
				return true
			}
		}
	}
	for _, a := range s.tables() {
		if a.holds(c.row, c.col) {
			return true
		}
	}
	return false
}

func (s *sheet) tables() []area {
	var out []area
	if n := s.root.Kid("tables"); n != nil {
		for _, k := range n.Kids {
			if a, ok := parseArea(k.Attr("ref")); ok {
				out = append(out, a)
			}
		}
	}
	return out
}

func (b *book) hiddenPart(s *sheet, kind, text string) {
	if text == "" {
		return
	}
	b.removed.Add(kind, 1)
	b.extra = append(b.extra, document.Part{
		ID: s.part + "#" + kind, Label: "工作表 " + s.name + " " + kind, Role: document.RoleBody,
		Hidden: &document.Hiding{Rule: "N03", Kind: kind}, Text: text,
	})
}

// firstRows marks the first rows, where a classification would stand.
func firstRows(t *ooxml.Text) []document.Span {
	var out []document.Span
	for _, c := range t.Cells {
		if c.Row > 2 || len(out) >= 12 {
			break
		}
		out = append(out, c.Span)
	}
	return out
}

var (
	external = regexp.MustCompile(`\[[0-9]+\]|\[[^\]]+\.xl|'[^']*\[[^\]]*\][^']*'!`)
	dispimg  = regexp.MustCompile(`(?i)DISPIMG\(\s*"([^"]+)"`)
	literal  = regexp.MustCompile(`"[^"]*"`)
)

// formula files what a formula says besides its value. A value taken from
// another book goes with the link.
func (b *book) formula(s *sheet, c *cell) {
	f := c.formula
	if f == "" {
		return
	}
	b.removed.Add("公式", 1)
	if m := dispimg.FindStringSubmatch(f); m != nil {
		c.runs = nil
		c.image = m[1]
		if !usualImageID.MatchString(m[1]) {
			b.hidden.Once("N05", "单元格图片", document.RoleField, m[1])
		}
		return
	}
	if external.MatchString(f) {
		text := f
		if v := c.text(); strings.TrimSpace(v) != "" {
			text += " = " + v
		}
		b.hidden.Add("N05", "外部链接公式", document.RoleField, s.name+" "+ref(c.row, c.col)+"："+text, nil)
		c.runs = nil
		return
	}
	for _, l := range literal.FindAllString(f, -1) {
		if l = strings.Trim(l, `"`); len([]rune(l)) > 3 && !ooxml.SafeFormat(l) && !strings.Contains(c.text(), l) {
			b.hidden.Once("N03", "公式", document.RoleField, f)
			break
		}
	}
	if c.value == "" && len(c.runs) == 0 {
		if v, ok := s.sum(f); ok {
			c.typ, c.value = "", v
			c.set(display(v, b.styles.format(c.style), b.date1904))
		}
	}
}

var usualImageID = regexp.MustCompile(`^ID_[0-9A-F]{32}$`)

var simpleSum = regexp.MustCompile(`^(SUM|AVERAGE|MAX|MIN|COUNT)\((\$?[A-Z]{1,3}\$?[0-9]{1,7}:\$?[A-Z]{1,3}\$?[0-9]{1,7})\)$`)

// sum works out the plain totals that some writers leave to the reading program.
func (s *sheet) sum(f string) (string, bool) {
	m := simpleSum.FindStringSubmatch(f)
	if m == nil {
		return "", false
	}
	a, ok := parseArea(m[2])
	if !ok {
		return "", false
	}
	n, total, lo, hi := 0, 0.0, 0.0, 0.0
	for _, c := range s.cells {
		if !a.holds(c.row, c.col) || c.typ != "" && c.typ != "n" || c.value == "" {
			continue
		}
		v, err := strconv.ParseFloat(c.value, 64)
		if err != nil {
			continue
		}
		if n == 0 || v < lo {
			lo = v
		}
		if n == 0 || v > hi {
			hi = v
		}
		n++
		total += v
	}
	v := map[string]float64{"SUM": total, "MAX": hi, "MIN": lo, "COUNT": float64(n)}[m[1]]
	if m[1] == "AVERAGE" {
		if n == 0 {
			return "", false
		}
		v = total / float64(n)
	}
	return strconv.FormatFloat(v, 'g', 15, 64), true
}

// document assembles what has been read.
func (b *book) document(name string) *document.Document {
	d := &document.Document{Name: name, Kind: Kind, Pictures: b.shown, Unchecked: b.un}
	for _, t := range b.texts {
		d.Parts = append(d.Parts, t.Part())
	}
	d.Parts = append(d.Parts, b.extra...)
	return d
}

// apply carries out a plan on the cells, names, headers and shapes.
func (b *book) apply(plan document.Plan) error {
	edits := ooxml.ByPart(plan)
	for _, t := range b.texts {
		es := edits[t.ID]
		delete(edits, t.ID)
		if len(es) == 0 {
			continue
		}
		gone, err := t.Apply(es)
		if err != nil {
			return err
		}
		for _, s := range b.sheets {
			if s.text != t {
				continue
			}
			for _, n := range gone.Rows {
				s.gone[s.rowNodes[n]] = true
			}
			s.empty(gone.Lines)
		}
		for _, n := range gone.Lines {
			if strings.HasPrefix(n.Name, "a:") || n.Name == "c:v" {
				n.Walk(func(k *ooxml.Node) bool {
					if k.Name == "" {
						k.Text = ""
					}
					return true
				})
			}
		}
	}
	for _, p := range b.extra {
		delete(edits, p.ID)
	}
	if len(edits) > 0 {
		return ooxml.ErrRebuild("edit of an unknown part")
	}
	return nil
}

// empty takes the text out of the cells that the given nodes stand for.
func (s *sheet) empty(nodes []*ooxml.Node) {
	if len(nodes) == 0 {
		return
	}
	gone := map[*ooxml.Node]bool{}
	for _, n := range nodes {
		gone[n] = true
	}
	for _, c := range s.cells {
		if len(c.runs) > 0 && gone[c.runs[0].text] {
			for _, r := range c.runs {
				r.text.Text = ""
			}
		}
	}
}
