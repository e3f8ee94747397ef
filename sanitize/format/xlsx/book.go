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

// document assembles what has been read.
func (b *book) document(name string) *document.Document {
	d := &document.Document{Name: name, Kind: Kind, Pictures: b.shown, Unchecked: b.un}
	for _, t := range b.texts {
		d.Parts = append(d.Parts, t.Part())
	}
	d.Parts = append(d.Parts, b.extra...)
	return d
}
