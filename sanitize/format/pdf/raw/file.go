package raw

import (
	"bytes"
	"compress/zlib"
	"io"
)

// Entry is one object as it stands in the file.
type Entry struct {
	Number int
	Object Object
}

// File is every object found, in the order of the bytes. An object may be there
// several times: older revisions are kept.
type File struct {
	Entries []Entry
	Latest  map[int]Object // the last one of each number
	Full    bool           // no limit was met

	budget int // bytes that may still be inflated
}

// Limits on one file.
const (
	maxEntries  = 400_000
	maxInflated = 192 << 20 // all streams together
	maxStream   = 32 << 20  // one stream
)

// Parse collects the objects of a file.
func Parse(data []byte) *File {
	f := &File{Latest: map[int]Object{}, Full: true, budget: maxInflated}
	for pos := 0; pos < len(data); {
		i := bytes.Index(data[pos:], []byte("obj"))
		if i < 0 {
			break
		}
		at := pos + i
		number, ok := headBefore(data, at)
		if !ok {
			pos = at + 3
			continue
		}
		l := &lexer{b: data, pos: at + 3}
		o := l.object(0)
		next := l.pos
		if d, isDict := o.(Dict); isDict {
			if s, after := streamAfter(data, l, d); s != nil {
				o, next = s, after
			}
		}
		pos = max(next, at+3)
		if _, bad := o.(end); !bad && !f.add(number, o) {
			break
		}
	}
	f.trailers(data)
	f.unpack()
	return f
}

func (f *File) add(number int, o Object) bool {
	if len(f.Entries) >= maxEntries {
		f.Full = false
		return false
	}
	f.Entries = append(f.Entries, Entry{number, o})
	f.Latest[number] = o
	return true
}

// headBefore reads "12 0 " backwards from the keyword obj.
func headBefore(b []byte, at int) (int, bool) {
	if at+3 < len(b) && !isSpace(b[at+3]) && !isDelimiter(b[at+3]) && (b[at+3] < '0' || b[at+3] > '9') {
		return 0, false
	}
	i := at - 1
	number := func() (int, bool) {
		for i >= 0 && isSpace(b[i]) {
			i--
		}
		v, scale, n := 0, 1, 0
		for i >= 0 && b[i] >= '0' && b[i] <= '9' && n < 10 {
			v += int(b[i]-'0') * scale
			scale *= 10
			i--
			n++
		}
		return v, n > 0
	}
	if _, ok := number(); !ok {
		return 0, false
	}
	return number()
}

// streamAfter gives the stream that follows a dictionary, or nil.
func streamAfter(b []byte, l *lexer, d Dict) (*Stream, int) {
	l.space()
	if !bytes.HasPrefix(b[l.pos:], []byte("stream")) {
		return nil, 0
	}
	start := l.pos + 6
	if start < len(b) && b[start] == '\r' {
		start++
	}
	if start < len(b) && b[start] == '\n' {
		start++
	}
	if n, ok := d["Length"].(float64); ok && n >= 0 && start+int(n) <= len(b) {
		after := &lexer{b: b, pos: start + int(n)}
		after.space()
		if bytes.HasPrefix(b[after.pos:], []byte("endstream")) {
			return &Stream{d, b[start : start+int(n)]}, after.pos + 9
		}
	}
	stop := bytes.Index(b[min(start, len(b)):], []byte("endstream"))
	if stop < 0 {
		return &Stream{d, b[min(start, len(b)):]}, len(b)
	}
	return &Stream{d, b[start : start+stop]}, start + stop + 9
}

// trailers adds the trailer dictionaries, which carry no number.
func (f *File) trailers(data []byte) {
	for pos := 0; ; {
		i := bytes.Index(data[pos:], []byte("trailer"))
		if i < 0 {
			return
		}
		l := &lexer{b: data, pos: pos + i + 7}
		if d, ok := l.object(0).(Dict); ok {
			f.Entries = append(f.Entries, Entry{-1, d})
		}
		pos += i + 7
	}
}

// unpack adds the objects inside object streams.
func (f *File) unpack() {
	n := len(f.Entries)
	for i := 0; i < n; i++ {
		s, ok := f.Entries[i].Object.(*Stream)
		if !ok || s.Dict["Type"] != Name("ObjStm") {
			continue
		}
		body := f.Decode(s)
		first, _ := f.Resolve(s.Dict["First"]).(float64)
		count, _ := f.Resolve(s.Dict["N"]).(float64)
		head := &lexer{b: body}
		for k := 0; k < int(count) && k < maxEntries; k++ {
			num, ok1 := head.object(0).(float64)
			off, ok2 := head.object(0).(float64)
			at := int(first) + int(off)
			if !ok1 || !ok2 || at < 0 || at >= len(body) {
				break
			}
			o := (&lexer{b: body, pos: at}).object(0)
			if _, bad := o.(end); !bad && !f.add(int(num), o) {
				return
			}
		}
	}
}

// Resolve follows references.
func (f *File) Resolve(o Object) Object {
	for range 20 {
		r, ok := o.(Ref)
		if !ok {
			return o
		}
		o = f.Latest[int(r)]
	}
	return nil
}

// Dict gives the dictionary behind an object, that of a stream too.
func (f *File) Dict(o Object) Dict {
	switch v := f.Resolve(o).(type) {
	case Dict:
		return v
	case *Stream:
		return v.Dict
	}
	return nil
}

// Decode gives the data of a stream as far as Flate goes; data under another
// filter comes back as nil.
func (f *File) Decode(s *Stream) []byte {
	var filters []Name
	switch v := f.Resolve(s.Dict["Filter"]).(type) {
	case Name:
		filters = []Name{v}
	case Array:
		for _, o := range v {
			n, _ := f.Resolve(o).(Name)
			filters = append(filters, n)
		}
	}
	data := s.Data
	for _, name := range filters {
		switch name {
		case "FlateDecode", "Fl":
			data = f.inflate(data)
		case "ASCIIHexDecode", "AHx":
			h, _ := (&lexer{b: append([]byte("<"), data...)}).hex().(String)
			data = h
		default:
			return nil
		}
	}
	return f.unpredict(s, data)
}

func (f *File) inflate(data []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	limit := min(maxStream, f.budget)
	var out bytes.Buffer
	n, _ := io.Copy(&out, io.LimitReader(z, int64(limit))) // what came before damage counts
	f.budget -= int(n)
	if int(n) >= limit {
		f.Full = false
	}
	return out.Bytes()
}

// unpredict undoes PNG prediction, which cross-reference and object streams use.
func (f *File) unpredict(s *Stream, data []byte) []byte {
	p := f.Dict(s.Dict["DecodeParms"])
	if predictor, _ := f.Resolve(p["Predictor"]).(float64); predictor < 10 {
		return data
	}
	columns, _ := f.Resolve(p["Columns"]).(float64)
	width := int(columns)
	if width <= 0 {
		width = 1
	}
	if width > maxStream {
		return nil
	}
	out := make([]byte, 0, len(data))
	row := make([]byte, width)
	for len(data) > width {
		kind := data[0]
		line := append([]byte(nil), data[1:1+width]...)
		for i := range line {
			switch {
			case kind == 1 && i > 0:
				line[i] += line[i-1]
			case kind == 2:
				line[i] += row[i]
			}
		}
		out = append(out, line...)
		row = line
		data = data[1+width:]
	}
	return out
}
