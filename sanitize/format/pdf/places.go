package pdf

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/raw"
)

// place is a kind of hiding place outside the pages.
type place int

const (
	placeAnnotation place = iota
	placeField
	placeBookmark
	placeInfo
	placeMetadata
	placeAttachment
	placeLink
	placeScript
	placeReplacement
	placeLayer
	placeSignature
	placeOther
	places
)

var placeNames = [places]struct {
	id, label, removed string
	role               document.Role
	as                 document.Hiding
}{
	placeAnnotation:  {"annotations", "批注", "批注", document.RoleComment, document.Hiding{Rule: "N02", Kind: "批注"}},
	placeField:       {"fields", "表单域", "表单域", document.RoleField, document.Hiding{Rule: "N02", Kind: "表单域"}},
	placeBookmark:    {"bookmarks", "书签", "书签", document.RoleOther, document.Hiding{Rule: "N01", Kind: "书签"}},
	placeInfo:        {"info", "文档属性", "文档属性", document.RoleProperty, document.Hiding{Rule: "N01", Kind: "文档属性"}},
	placeMetadata:    {"xmp", "元数据 XMP", "元数据", document.RoleProperty, document.Hiding{Rule: "N01", Kind: "元数据"}},
	placeAttachment:  {"attachments", "附件名称", "附件", document.RoleObject, document.Hiding{Rule: "N05", Kind: "附件"}},
	placeLink:        {"links", "链接目标", "链接", document.RoleField, document.Hiding{Rule: "N05", Kind: "链接"}},
	placeScript:      {"scripts", "脚本", "脚本", document.RoleField, document.Hiding{Rule: "N05", Kind: "脚本"}},
	placeReplacement: {"replacements", "替换文字", "替换文字", document.RoleOther, document.Hiding{Rule: "N03", Kind: "替换文字（隐藏）"}},
	placeLayer:       {"layers", "图层名称", "图层", document.RoleOther, document.Hiding{Rule: "N01", Kind: "图层名称"}},
	placeSignature:   {"signatures", "数字签名", "数字签名", document.RoleProperty, document.Hiding{Rule: "N01", Kind: "数字签名"}},
	placeOther:       {"others", "其他对象", "其他对象", document.RoleOther, document.Hiding{Rule: "N01", Kind: "其他对象文字"}},
}

// surroundings is the text of a file outside its pages, each string once in its place.
type surroundings struct {
	lines [places][]string
	seen  [places]map[string]bool
	count [places]int // objects, for the list of what was removed
}

// maxLines bounds the strings of one place.
const maxLines = 100_000

func (s *surroundings) add(p place, texts ...string) {
	for _, t := range texts {
		t = strings.TrimSpace(t)
		if t == "" || len(s.lines[p]) >= maxLines {
			continue
		}
		if s.seen[p] == nil {
			s.seen[p] = map[string]bool{}
		}
		if !s.seen[p][t] {
			s.seen[p][t] = true
			s.lines[p] = append(s.lines[p], t)
		}
	}
}

// parts renders each place that holds text as one part.
func (s *surroundings) parts() []document.Part {
	var out []document.Part
	for p := range places {
		if len(s.lines[p]) == 0 {
			continue
		}
		n := placeNames[p]
		as := n.as
		out = append(out, document.Part{
			ID: "pdf/" + n.id, Label: n.label, Role: n.role, Hidden: &as,
			Text: strings.Join(s.lines[p], "\n"),
		})
	}
	return out
}

// dull are the keys whose strings say nothing about anybody: dates, identifiers, names of fonts and character sets.
var dull = map[raw.Name]bool{
	"ID": true, "CreationDate": true, "ModDate": true, "M": true, "Registry": true, "Ordering": true, "Lang": true,
	"FontFamily": true, "CharSet": true, "DA": true, "DS": true, "CheckSum": true, "Panose": true, "BaseFont": true,
	"O": true, "U": true, "OE": true, "UE": true, "Perms": true, "IDS": true, "Cert": true, "ByteRange": true,
	"Info": true, "OutputConditionIdentifier": true, "RegistryName": true, "Contents": true, "Lookup": true,
	"NM": true, "OutputCondition": true, "CSP": true,
}

// gather sorts the strings of every object into places. Strings that are objects of
// their own come last: most are named from a place and have been taken there.
func gather(f *raw.File) *surroundings {
	s := &surroundings{}
	info := map[int]bool{}
	for _, e := range f.Entries {
		if d := dictOf(e.Object); d != nil {
			if r, ok := d["Info"].(raw.Ref); ok {
				info[int(r)] = true
			}
		}
	}
	known := recognisers()
	var loose []raw.String
	for _, e := range f.Entries {
		w := walk{f: f, s: s, known: known, info: info[e.Number]}
		w.object(e.Object, "", 0)
		loose = append(loose, w.loose...)
	}
	for _, v := range loose {
		if t := strings.TrimSpace(v.Text()); v.Plain() && !s.has(t) {
			(&walk{f: f, s: s}).other(v)
		}
	}
	return s
}

// has tells whether a text is in some place already.
func (s *surroundings) has(text string) bool {
	return slices.ContainsFunc(s.seen[:], func(m map[string]bool) bool { return m[text] })
}

func dictOf(o raw.Object) raw.Dict {
	switch v := o.(type) {
	case raw.Dict:
		return v
	case *raw.Stream:
		return v.Dict
	}
	return nil
}

type walk struct {
	f     *raw.File
	s     *surroundings
	known []recogniser
	info  bool
	loose []raw.String // of no dictionary
}

const maxWalk = 40

func (w *walk) object(o raw.Object, key raw.Name, depth int) {
	if depth > maxWalk {
		return
	}
	switch v := o.(type) {
	case raw.String:
		switch {
		case key == "":
			w.loose = append(w.loose, v)
		case !dull[key]:
			w.other(v)
		}
	case raw.Array:
		if len(v) == 4 && v[0] == raw.Name("Indexed") {
			return // a palette; its string is colours
		}
		for _, x := range v {
			w.object(x, key, depth+1)
		}
	case *raw.Stream:
		w.stream(v)
		w.dict(v.Dict, depth)
	case raw.Dict:
		w.dict(v, depth)
	}
}

// other takes a string of no known place if it is worth reading.
func (w *walk) other(v raw.String) {
	if t := v.Text(); wordy(t) && !numbered.MatchString(t) {
		w.s.add(placeOther, t)
	}
}

// numbered are the names that producers give to the elements of the structure tree.
var numbered = regexp.MustCompile(`^(node|G|M|StructTreeRoot|p|P)\d+$`)

// wordy tells whether a string can say anything: two letters, Chinese characters or digits, and no junk.
func wordy(t string) bool {
	letters := 0
	for _, r := range t {
		switch {
		case r == '\uFFFD' || unicode.Is(unicode.Co, r):
			return false
		case unicode.Is(unicode.Han, r):
			letters += 2
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			letters++
		}
	}
	return letters >= 2
}

func (w *walk) stream(v *raw.Stream) {
	if v.Dict["Type"] == raw.Name("Metadata") || v.Dict["Subtype"] == raw.Name("XML") {
		w.s.count[placeMetadata]++
		w.s.add(placeMetadata, xmlText(w.f.Decode(v))...)
	}
}

// dict takes the strings that belong to the place of the dictionary, and walks on.
func (w *walk) dict(d raw.Dict, depth int) {
	p, keys := w.placeOf(d)
	taken := map[raw.Name]bool{}
	if keys != nil {
		w.s.count[p]++
		for _, k := range keys {
			taken[k] = true
			for _, t := range w.strings(d[k], 0) {
				if p != placeReplacement || wordy(t) {
					w.s.add(p, t)
				}
			}
		}
	}
	keys = keys[:0:0]
	for k := range d {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] }) // the same text at every reading
	for _, k := range keys {
		switch {
		case taken[k] || k == "Parent":
		case k == "Names":
			w.names(d[k], depth+1)
		case k == "XFA":
			w.xfa(d[k])
		default:
			w.object(d[k], k, depth+1)
		}
	}
}

// xfa takes the texts of a form in XML, which is one stream or a row of named ones. Of
// a form of this kind the pages may hold nothing but a request for another program.
func (w *walk) xfa(o raw.Object) {
	parts, ok := w.f.Resolve(o).(raw.Array)
	if !ok {
		parts = raw.Array{o}
	}
	for _, x := range parts {
		if s, ok := w.f.Resolve(x).(*raw.Stream); ok {
			w.s.count[placeField]++
			w.s.add(placeField, xmlText(w.f.Decode(s))...)
		}
	}
}

// names walks the pairs of a name tree: a name belongs to the place of what it names.
func (w *walk) names(o raw.Object, depth int) {
	pairs, ok := o.(raw.Array)
	if !ok {
		w.object(o, "Names", depth)
		return
	}
	for i, x := range pairs {
		name, ok := x.(raw.String)
		if !ok || i+1 >= len(pairs) {
			w.object(x, "Names", depth)
			continue
		}
		if p, keys := w.placeOf(w.f.Dict(pairs[i+1])); keys != nil && (p == placeAttachment || p == placeScript) {
			w.s.add(p, name.Text())
			continue
		}
		w.other(name)
	}
}

var annotationTypes = map[raw.Name]bool{
	"Text": true, "FreeText": true, "Line": true, "Square": true, "Circle": true, "Polygon": true, "PolyLine": true,
	"Highlight": true, "Underline": true, "Squiggly": true, "StrikeOut": true, "Stamp": true, "Caret": true, "Ink": true,
	"Popup": true, "FileAttachment": true, "Sound": true, "Movie": true, "Screen": true, "Watermark": true, "Redact": true,
	"RichMedia": true, "3D": true, "Projection": true,
}

// facts are what a dictionary is recognised by.
type facts struct {
	d                     raw.Dict
	subtype, action, kind raw.Name
	info                  bool // the trailer calls it Info
}

func (f facts) has(keys ...raw.Name) bool {
	for _, k := range keys {
		if f.d[k] != nil {
			return true
		}
	}
	return false
}

func (f facts) isInfo() bool {
	if f.info && f.kind == "" && f.has("Producer", "Creator", "Author", "Title", "Subject", "Keywords", "CreationDate") {
		return true
	}
	return f.kind == "" && f.subtype == "" && f.has("Producer") && f.has("CreationDate", "Creator", "Author", "ModDate")
}

func (f facts) isRemote() bool {
	return f.action == "Launch" || f.action == "GoToR" || f.action == "SubmitForm" || f.action == "ImportData" || f.action == "GoToE"
}

// recogniser says by what a place is known and which keys hold its text.
type recogniser struct {
	place place
	is    func(facts) bool
	keys  []raw.Name
}

// recognisers are asked in this order.
func recognisers() []recogniser {
	return []recogniser{
		{placeField, func(f facts) bool {
			return f.subtype == "Widget" || f.d["FT"] != nil || f.has("T") && f.has("Kids", "V", "DV")
		}, []raw.Name{"T", "TU", "TM", "V", "DV", "RV", "Opt", "CA", "RC", "AC", "Contents"}},
		{placeSignature, func(f facts) bool { return f.kind == "Sig" || f.kind == "DocTimeStamp" }, []raw.Name{"Name", "Reason", "Location", "ContactInfo"}},
		{placeAnnotation, func(f facts) bool { return annotationTypes[f.subtype] && (f.has("Rect") || f.kind == "Annot") }, []raw.Name{"Contents", "T", "Subj", "RC", "OverlayText"}},
		{placeAnnotation, func(f facts) bool { return f.subtype == "Link" && f.has("Rect") }, []raw.Name{"Contents", "T"}},
		{placeLink, func(f facts) bool { return f.action == "URI" }, []raw.Name{"URI"}},
		{placeScript, func(f facts) bool { return f.action == "JavaScript" || f.has("JS") }, []raw.Name{"JS"}},
		{placeLink, facts.isRemote, []raw.Name{"F", "UF", "Win", "D"}},
		{placeAttachment, func(f facts) bool { return f.kind == "Filespec" || f.kind == "F" || f.has("EF") }, []raw.Name{"F", "UF", "DOS", "Mac", "Unix", "Desc"}},
		{placeLayer, func(f facts) bool { return f.kind == "OCG" || f.kind == "OCMD" }, []raw.Name{"Name"}},
		{placeBookmark, func(f facts) bool { return f.has("Title") && f.has("Parent", "Dest", "A", "Next", "Prev") }, []raw.Name{"Title"}},
		{placeReplacement, func(f facts) bool { return f.has("Alt", "ActualText", "E") }, []raw.Name{"Alt", "ActualText", "E", "T"}},
	}
}

// placeOf recognises what a dictionary is, and says which of its keys hold its text.
func (w *walk) placeOf(d raw.Dict) (place, []raw.Name) {
	f := facts{d: d, info: w.info}
	f.subtype, _ = d["Subtype"].(raw.Name)
	f.action, _ = d["S"].(raw.Name)
	f.kind, _ = d["Type"].(raw.Name)
	if f.isInfo() {
		return placeInfo, allKeys(d)
	}
	for _, r := range w.known {
		if r.is(f) {
			return r.place, r.keys
		}
	}
	return 0, nil
}

func allKeys(d raw.Dict) []raw.Name {
	keys := []raw.Name{"Title", "Author", "Subject", "Keywords", "Creator", "Producer", "Company", "Manager"}
	known := map[raw.Name]bool{"CreationDate": true, "ModDate": true, "Trapped": true}
	for _, k := range keys {
		known[k] = true
	}
	var more []string
	for k := range d {
		if !known[k] {
			more = append(more, string(k))
		}
	}
	sortStrings(more)
	for _, k := range more {
		keys = append(keys, raw.Name(k))
	}
	return keys
}

// strings gives the texts of a value: strings, arrays of them, and script or rich text in a stream.
func (w *walk) strings(o raw.Object, depth int) []string {
	if depth > 6 {
		return nil
	}
	switch v := w.f.Resolve(o).(type) {
	case raw.String:
		return []string{v.Text()}
	case raw.Name: // some producers escape twice
		return []string{raw.String(raw.Unescape(string(v))).Text()}
	case raw.Array:
		var out []string
		for _, x := range v {
			out = append(out, w.strings(x, depth+1)...)
		}
		return out
	case raw.Dict:
		var out []string
		for _, k := range []raw.Name{"F", "UF", "P"} {
			out = append(out, w.strings(v[k], depth+1)...)
		}
		return out
	case *raw.Stream:
		return []string{raw.String(w.f.Decode(v)).Text()}
	}
	return nil
}
