package rtf

import (
	"slices"

	"jinggao/sanitize/format/fresh"
)

// symbols are control words that stand for a character.
var symbols = map[string]string{
	"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"~": "\u00a0", "_": "-", "emspace": " ", "enspace": " ", "qmspace": " ", "{": "{", "}": "}", "\\": "\\",
}

func (p *parser) control(t token) {
	first := p.st.first
	if p.skip > 0 && (t.word == "'" || symbols[t.word] != "") {
		p.skip--
		return
	}
	if t.word == "u" && t.has {
		p.unicode(t.param)
		return
	}
	p.flush()
	p.st.first = false
	if t.word == "upr" { // the same text twice: the first has no Unicode
		p.skipGroup()
		return
	}
	if t.word == "*" {
		p.st.star, p.st.first = true, true
		return
	}
	if first && p.destination(t) {
		return
	}
	if s, ok := symbols[t.word]; ok {
		p.put(s)
		return
	}
	if p.st.dest == destPicture {
		p.pictureWord(t)
		return
	}
	if !p.setting(t) && !p.looks(t) {
		p.layout(t)
	}
}

// skipGroup steps over the group that follows.
func (p *parser) skipGroup() {
	depth := 0
	for {
		switch p.lex.next().kind {
		case tokOpen:
			depth++
		case tokClose:
			if depth--; depth <= 0 {
				return
			}
		case tokEnd:
			return
		}
		if depth == 0 {
			return
		}
	}
}

// destination opens what a group is for; true if the word was that.
func (p *parser) destination(t token) bool {
	star := p.st.star
	p.st.star = false
	if p.st.dest == destSkip || p.st.dest == destFonts || p.st.dest == destPicture || p.st.dest == destObject || p.st.dest == destPages {
		if star && p.st.dest == destFonts { // what follows is no more the name
			p.nameFont()
			p.st.dest = destSkip
		}
		return star // all that is in there stays unread
	}
	if containers[t.word] {
		if t.word == "fldrslt" {
			p.fieldResult()
		}
		return false
	}
	if d, ok := destinations[t.word]; ok {
		p.open(d, t.word)
		return true
	}
	if star {
		p.open(destOther, t.word)
		return true
	}
	return false
}

// setting takes words that change the state of the group; false for others.
func (p *parser) setting(t token) bool {
	on := !t.has || t.param != 0
	st := &p.st
	switch t.word {
	case "ansicpg":
		if t.param > 0 {
			p.page = t.param
		}
	case "f":
		st.font = t.param
		p.curFnt = t.param
		st.useFont(t.param)
	case "deff":
		st.font = t.param
		st.fontWest, p.usualFont = t.param+1, t.param+1
	case "fcharset":
		if pg, ok := pages[t.param]; ok && st.dest == destFonts {
			p.fonts[p.curFnt] = pg
		}
	case "uc":
		st.uc = max(0, t.param)
	case "v", "webhidden":
		st.hidden = on
	case "deleted":
		st.deleted = on
	case "cf":
		st.colour = t.param
	case "highlight", "cb", "chcbpat", "cbpat":
		st.ground = t.param != 0
		groundWords[t.word](p, t)
	case "fs":
		st.size = t.param
		st.look.Size, st.east = t.param, 0
	case "plain":
		st.hidden, st.deleted, st.colour, st.size, st.ground = false, false, 0, 24, false
		st.look, st.east, st.script, st.back = fresh.Look{}, 0, scriptPlain, 0
		st.fontWest, st.fontEast = p.usualFont, 0
	case "pard":
		st.inTable, st.ground = false, false
		st.line, st.lead, st.mult, st.paraBack, st.tab = fresh.Line{}, 0, false, 0, fresh.Tab{}
	case "intbl":
		st.inTable = on
	default:
		return p.colour(t)
	}
	return true
}

// colour takes the parts of a colour in the table of colours.
func (p *parser) colour(t token) bool {
	i := slices.Index([]string{"red", "green", "blue"}, t.word)
	if i < 0 {
		return false
	}
	p.rgb[i], p.auto = t.param, true
	return true
}

// layout takes words that part text.
func (p *parser) layout(t token) {
	if !p.running() || p.st.buf != nil {
		if p.st.buf != nil && (t.word == "par" || t.word == "line") {
			p.st.buf.WriteByte(' ')
		}
		return
	}
	f := p.flow()
	f.look, f.para = p.lookOf(""), p.para()
	switch t.word {
	case "par", "sect", "page", "column", "line", "softline":
		f.line(p.why() != "", p.st.inTable)
		f.page = f.page || t.word == "page"
		if t.word == "sect" && f == p.body {
			f.form.Sections = append(f.form.Sections, fresh.Section{At: len(f.s.text), Page: p.sect})
		}
	case "tab":
		f.put("\t", p.why(), p.st.inTable)
	case "cell":
		f.cell()
	case "nestcell", "nestrow":
		f.put(" ", "", true)
	case "row":
		f.row()
	case "trowd":
		f.newTableRow()
		f.defs, f.def, f.row0, f.side = nil, cellDef{}, tableDef{}, nil
	default:
		if !f.border(t, p.colourNo) {
			f.define(t)
		}
	}
}
