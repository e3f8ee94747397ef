package scan

// reach is how far, in runes, a label announces what stands behind it.
const reach = 24

// announcement is what the words around a value say of it.
type announcement struct {
	field  Field
	direct bool // nothing but signs between the label and the value
	label  Label
	head   string // wording of the head, where it is one
	t      []rune
}

// words is the label as it stands.
func (a announcement) words() string {
	if a.head != "" {
		return a.head
	}
	if a.label.End == 0 {
		return ""
	}
	return "“" + string(a.t[a.label.Start:a.label.End]) + "”"
}

// says names the label or head for the reasons.
func (a announcement) says() string {
	if a.head != "" {
		return a.head
	}
	return "标签" + a.words()
}

// is tells whether the announcement is of one of the fields.
func (a announcement) is(fs ...Field) bool {
	for _, f := range fs {
		if a.field == f {
			return true
		}
	}
	return false
}

// announces tells what the text says of a value at [start,end): the head of its
// table column, the label before it, or the label in brackets behind it.
func (s *scanner) announces(start, end int) announcement {
	if c := s.cell(start); c != nil && c.Field != FieldNone && (c.End >= end || s.at(c.End) == '\n') {
		a := announcement{field: c.Field, direct: true, head: c.says}
		if inner, ok := s.before(start, c.Start); ok && inner.direct {
			return inner
		}
		return a
	}
	floor := 0
	if c := s.cell(start); c != nil {
		floor = c.Start
	}
	a, ok := s.before(start, floor)
	if ok && a.direct {
		return a
	}
	if b, found := s.behind(end); found {
		return b
	}
	return a
}

// before is the nearest label in front of start, not beyond floor.
func (s *scanner) before(start, floor int) (announcement, bool) {
	for k := len(s.labels) - 1; k >= 0; k-- {
		l := s.labels[k]
		if l.End > start {
			continue
		}
		if l.Start < floor || start-l.End > reach {
			break
		}
		open, broken := s.gap(l.End, start)
		if broken {
			break
		}
		a := announcement{field: l.Field, direct: open, label: l, t: s.t}
		if l.Field == FieldBank || l.Field == FieldTitle || l.Field == FieldUnit {
			continue
		}
		return a, true
	}
	return announcement{}, false
}

// linking runes may stand between a label and its value.
func linking(r rune) bool {
	switch r {
	case ' ', ':', '=', '\'', '"', '“', '”', '是', '为', '号', '码', '(', ')', '[', ']', '【', '】', '+', '-', '>', '、', '/', '一', '系', '\t', '#', '.', '​', '*':
		return true
	}
	return false
}

// gap looks at the runes between a label and a value: open when only signs stand
// there (remarks in brackets aside), broken when a sentence or paragraph ends in between.
func (s *scanner) gap(from, to int) (open, broken bool) {
	open = true
	depth, lines := 0, 0
	for _, r := range s.t[min(from, to):to] {
		switch r {
		case '。', ';', '!', '?':
			return false, true
		case '\n':
			if lines++; lines > 1 || !open {
				return false, true
			}
		case '(', '[', '<':
			depth++
		case ')', ']', '>':
			depth--
		default:
			open = open && (depth > 0 || linking(r))
		}
	}
	return open, false
}

// behind is a label in brackets or after a blank just behind end: 13812345678（手机）.
func (s *scanner) behind(end int) (announcement, bool) {
	i := end
	for i < end+2 && s.at(i) != 0 && containsRune("( [", s.at(i)) {
		i++
	}
	if i == end {
		return announcement{}, false
	}
	for k := i; k < i+3 && s.at(k) != '\n' && s.at(k) != ')'; k++ {
		l, ok := s.x.label(s.t, k)
		if !ok {
			continue
		}
		if next := s.at(l.End); s.t[end] == ' ' && (next == ':' || alnum(next)) {
			break // that label announces what comes next
		}
		return announcement{field: l.Field, direct: true, label: l, t: s.t}, true
	}
	return announcement{}, false
}

// sentence gives the bounds of the sentence around a span: full stops, semicolons
// and line ends part sentences; at most 120 runes either way.
func (s *scanner) sentence(start, end int) (int, int) {
	a, b := start, end
	for a > 0 && start-a < 120 && !stop(s.t[a-1]) {
		a--
	}
	for b < len(s.t) && b-end < 120 && !stop(s.t[b]) {
		b++
	}
	return a, b
}

func stop(r rune) bool { return r == '。' || r == '\n' || r == ';' || r == '!' || r == '?' }

// around is the text of the sentence within n runes of a span.
func (s *scanner) around(start, end, n int) string {
	a, b := s.sentence(start, end)
	return string(s.t[max(a, start-n):min(b, end+n)])
}

// prev is the rune before i, 0 at the start; next likewise.
func (s *scanner) prev(i int) rune {
	if i <= 0 {
		return 0
	}
	return s.t[i-1]
}

func (s *scanner) at(i int) rune {
	if i < 0 || i >= len(s.t) {
		return 0
	}
	return s.t[i]
}

// follows tells whether the text at i begins with w.
func (s *scanner) follows(i int, w string) bool {
	for _, r := range w {
		if i >= len(s.t) || s.t[i] != r {
			return false
		}
		i++
	}
	return true
}
