package rtf

import (
	"strings"
	"unicode"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/fresh"
	"jinggao/sanitize/format/ole"
)

// state is what a group inherits and may change.
type state struct {
	dest     dest
	font     int
	uc       int // characters that follow a \u as its fallback
	hidden   bool
	deleted  bool
	colour   int
	ground   bool // stands on a ground of its own
	size     int
	inTable  bool
	look     fresh.Look
	line     fresh.Line // of the paragraph
	east     int        // size of signs of the East, if they have one of their own
	script   script     // what follows is said of such signs
	back     int        // number of the colour of the ground; of the paragraph's
	tab      fresh.Tab  // being read
	lead     int        // height of its lines, as a share if mult is set
	mult     bool
	buf      *strings.Builder // destination collected as a whole, nil for running text
	paraBack int
	fontWest int // number and one; 0 is not said
	fontEast int
	star     bool // \* was seen; the next word names a destination
	first    bool // nothing has been seen in this group
}

// dest says where text goes.
type dest uint8

const (
	destText dest = iota
	destSkip
	destHeader
	destFooter
	destNote
	destBox
	destComment
	destFonts
	destColours
	destInfo
	destInstr
	destPicture
	destObject
	destName  // bookmark and the like: collected, filed under kind
	destPages // page styles of a program, with their headers a second time
	destOther // unknown destination
)

// destinations by the word that opens them.
var destinations = map[string]dest{
	"fonttbl": destFonts, "colortbl": destColours, "stylesheet": destSkip, "listtable": destSkip, "listoverridetable": destSkip, "rsidtbl": destSkip,
	"themedata": destSkip, "colorschememapping": destSkip, "latentstyles": destSkip, "datastore": destSkip, "generator": destSkip, "pgptbl": destSkip,
	"xmlnstbl": destSkip, "mmathPr": destSkip, "listpicture": destSkip, "blipuid": destSkip, "wgrffmtfilter": destSkip, "fchars": destSkip, "lchars": destSkip,
	"pnseclvl": destSkip, "pn": destSkip, "ftnsep": destSkip, "ftnsepc": destSkip, "aftnsep": destSkip, "aftnsepc": destSkip,
	"header": destHeader, "headerl": destHeader, "headerr": destHeader, "headerf": destHeader, "footer": destFooter, "footerl": destFooter, "footerr": destFooter, "footerf": destFooter,
	"footnote": destNote, "shptxt": destBox, "annotation": destComment, "atnauthor": destComment, "atnid": destComment,
	"title": destInfo, "subject": destInfo, "author": destInfo, "manager": destInfo, "company": destInfo, "operator": destInfo, "category": destInfo, "keywords": destInfo,
	"comment": destInfo, "doccomm": destInfo, "hlinkbase": destInfo, "propname": destInfo, "staticval": destInfo, "linkval": destInfo,
	"pgdsctbl": destPages, "fldinst": destInstr, "datafield": destSkip, "pict": destPicture, "nonshppict": destSkip, "objdata": destObject, "objclass": destSkip, "objname": destName,
	"bkmkstart": destName, "bkmkend": destSkip, "revtbl": destName, "docvar": destName, "template": destName, "sn": destSkip, "sv": destName, "private": destOther,
	"atrfstart": destSkip, "atrfend": destSkip, "atnref": destSkip, "atndate": destSkip, "atntime": destSkip, "creatim": destSkip, "revtim": destSkip, "printim": destSkip, "buptim": destSkip,
	"ffname": destName, "ffdeftext": destName, "ffhelptext": destName, "ffstattext": destName, "ffl": destName,
}

var infoNames = map[string]string{
	"title": "标题", "subject": "主题", "author": "作者", "manager": "经理", "company": "单位", "operator": "最后保存者", "category": "类别",
	"keywords": "关键词", "comment": "备注", "doccomm": "备注", "hlinkbase": "超链接基础", "propname": "自定义属性", "staticval": "自定义属性", "linkval": "自定义属性",
}

// containers are destinations whose groups matter, not their own text.
var containers = map[string]bool{
	"info": true, "field": true, "fldrslt": true, "shp": true, "shpinst": true, "shprslt": true, "shppict": true, "object": true, "result": true, "sp": true, "do": true,
	"upr": true, "ud": true, "pntext": true, "listtext": true, "formfield": true, "userprops": true, "background": true, "ftncn": true,
}

// parser walks the tokens and sorts the text.
type parser struct {
	lex    lexer
	st     state
	stack  []state
	page   int // code page of the file
	fonts  map[int]int
	curFnt int
	white  map[int]bool
	rgb    [3]int
	nRGB   int
	auto   bool
	skip   int // fallback characters still to be dropped
	bytes  []byte
	surr   uint16

	colours   []fresh.Colour
	fontNames map[int]string // as a copy calls them, by number
	fontBytes []byte         // of the name being read
	usualFont int            // number and one
	grid      int
	field     *fresh.Field // being read; the result of the next field is one
	fieldAt   int          // depth of its result

	body, head, foot, notes, boxes *flow
	filed                          []filed
	words                          []string // of the open destination
	pictures                       int
	pic                            *picture   // being read
	sheet                          fresh.Page // of sections that do not say otherwise
	sect                           fresh.Page // of the section at hand
	objectHex                      []string
	tokens                         int
	pageTexts                      []string // of page styles
}

// filed is a hidden text with its kind.
type filed struct{ rule, kind, text string }

func parse(b []byte) (*parser, error) {
	p := &parser{lex: lexer{b: b}, page: 1252, fonts: map[int]int{}, fontNames: map[int]string{}, white: map[int]bool{}, body: &flow{}, head: &flow{}, foot: &flow{}, notes: &flow{}, boxes: &flow{}}
	for _, f := range []*flow{p.body, p.head, p.foot, p.notes, p.boxes} {
		f.colour = p.colourNo
	}
	p.st = state{uc: 1, colour: 0, size: 24}
	for {
		t := p.lex.next()
		if p.tokens++; p.tokens > maxTokens {
			return nil, ole.ErrTooLarge()
		}
		switch t.kind {
		case tokEnd:
			p.flush()
			if len(p.stack) > 0 {
				return nil, ole.ErrDamaged("groups are not closed")
			}
			return p, nil
		case tokOpen:
			p.flush()
			if len(p.stack) >= maxDepth {
				return nil, ole.ErrTooLarge()
			}
			p.stack = append(p.stack, p.st)
			p.st.star, p.st.first = false, true
		case tokClose:
			p.flush()
			if len(p.stack) == 0 {
				return nil, ole.ErrDamaged("group closed too often")
			}
			p.close()
			if len(p.stack) == 0 {
				p.skip = 0
				return p, nil // what follows the document is not part of it
			}
		case tokBytes:
			p.text(t)
		case tokWord:
			p.control(t)
		}
	}
}

// close ends a group and files what it has collected.
func (p *parser) close() {
	old := p.st
	if p.pic != nil && len(p.stack) == p.pic.depth {
		p.endPicture()
	}
	if p.fieldAt > 0 && len(p.stack) == p.fieldAt {
		p.fieldDone()
	}
	p.st = p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	p.skip = 0
	if old.buf == nil || old.buf == p.st.buf {
		return
	}
	word := p.words[len(p.words)-1]
	p.words = p.words[:len(p.words)-1]
	p.file(old.dest, word, strings.TrimSpace(old.buf.String()))
}

func (p *parser) file(d dest, word, text string) {
	if text == "" {
		return
	}
	add := func(rule, kind, text string) { p.filed = append(p.filed, filed{rule, kind, text}) }
	switch d {
	case destComment:
		add("N02", "批注", text)
	case destInfo:
		add("N01", "文档属性", infoNames[word]+"："+text)
	case destInstr:
		p.body.s.fields = append(p.body.s.fields, text)
		if p.field = nil; p.fieldAt == 0 {
			if m := worked.FindStringSubmatch(text); m != nil {
				p.field = &fresh.Field{Total: len(m[1]) > len("PAGE")}
			}
		}
	case destObject:
		p.objectHex = append(p.objectHex, text)
	case destName:
		p.fileName(word, text, add)
	case destPages:
		p.pageTexts = append(p.pageTexts, text)
	case destOther:
		for _, t := range ole.Readable([]byte(text)) {
			add("N03", "其他隐藏内容", t)
		}
	}
}

// fileName files a destination that names something.
func (p *parser) fileName(word, text string, add func(rule, kind, text string)) {
	switch word {
	case "bkmkstart":
		add("N01", "书签", text)
	case "revtbl":
		for n := range strings.SplitSeq(text, ";") {
			if n = strings.TrimSpace(n); n != "" && n != "Unknown" {
				add("N02", "修订作者", n)
			}
		}
	case "docvar":
		add("N01", "文档变量", text)
	case "sv":
		if strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0 || strings.ContainsAny(text, "@") || strings.Contains(text, "://") {
			add("N03", "图形名称与替代文字", text)
		}
	case "template":
		add("N01", "文档设置", text)
	default:
		add("N03", "表单域", text)
	}
}

// open switches the group to a destination.
func (p *parser) open(d dest, word string) {
	if d == destPicture {
		p.beginPicture()
	}
	p.st.dest = d
	switch d {
	case destHeader, destFooter, destNote, destBox:
		p.st.buf, p.st.hidden, p.st.deleted, p.st.inTable = nil, false, false, false
		p.flow().newline()
	case destText, destSkip, destFonts, destColours, destPicture:
	default:
		p.st.buf = &strings.Builder{}
		p.words = append(p.words, word)
	}
	if d == destPicture {
		p.pictures++
	}
	if d == destSkip {
		p.st.buf = nil
	}
}

func (p *parser) flow() *flow {
	switch p.st.dest {
	case destHeader:
		return p.head
	case destFooter:
		return p.foot
	case destNote:
		return p.notes
	case destBox:
		return p.boxes
	}
	return p.body
}

// running tells whether text of this group is shown.
func (p *parser) running() bool {
	switch p.st.dest {
	case destText, destHeader, destFooter, destNote, destBox:
		return true
	}
	return false
}

func (p *parser) text(t token) {
	p.st.first = false
	b := t.bytes
	for p.skip > 0 && len(b) > 0 {
		b = b[1:]
		p.skip--
	}
	if p.st.dest == destFonts || p.st.dest == destColours {
		p.tables(b)
		return
	}
	if p.st.dest == destPicture {
		p.pictureHex(b)
		return
	}
	p.bytes = append(p.bytes, b...)
}

// flush decodes the bytes that have come together.
func (p *parser) flush() {
	if len(p.bytes) == 0 {
		return
	}
	page, ok := p.fonts[p.st.font]
	if !ok || page == 1252 && p.page != 1252 {
		page = p.page
	}
	s := decode(p.bytes, page)
	p.bytes = p.bytes[:0]
	p.put(s)
}

func (p *parser) put(s string) {
	switch {
	case p.st.buf != nil && p.st.dest != destSkip:
		p.st.buf.WriteString(s)
	case p.running():
		f := p.flow()
		f.look, f.para = p.lookOf(s), p.para()
		f.put(s, p.why(), p.st.inTable)
	}
}

// why says what hides the text of the group; "" if nothing.
func (p *parser) why() string {
	switch {
	case p.st.deleted:
		return "修订删除"
	case p.st.hidden:
		return "隐藏文字"
	case p.white[p.st.colour] && !p.st.ground && (!p.st.inTable || !p.flow().cellGround()):
		return "白色文字"
	case p.st.size > 0 && p.st.size <= 4:
		return "极小字"
	}
	return ""
}

// tables reads the bytes of the font and colour tables: a colour ends at each semicolon.
func (p *parser) tables(b []byte) {
	if p.st.dest != destColours {
		for _, c := range b {
			if c == ';' {
				p.nameFont()
			} else if len(p.fontBytes) < 128 {
				p.fontBytes = append(p.fontBytes, c)
			}
		}
		return
	}
	for _, c := range b {
		if c != ';' {
			continue
		}
		p.white[p.nRGB] = p.rgb[0] >= 0xF0 && p.rgb[1] >= 0xF0 && p.rgb[2] >= 0xF0 && p.auto
		p.nRGB++
		colour := fresh.Colour(0)
		if p.auto {
			colour = fresh.RGB(byte(p.rgb[0]), byte(p.rgb[1]), byte(p.rgb[2]))
		}
		p.colours = append(p.colours, colour)
		p.rgb, p.auto = [3]int{}, false
	}
}

// part turns a flow into a part; nil if it has no text.
func (f *flow) part(id, label string, role document.Role) *document.Part {
	f.end()
	text := string(f.s.text)
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return &document.Part{ID: id, Label: label, Role: role, Text: text, Cells: f.s.cells}
}
