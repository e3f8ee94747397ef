package ole

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/ooxml"
)

// Rest is what a compound file holds besides the streams of its format.
type Rest struct {
	Parts     []document.Part
	Members   []*document.Document // embedded documents that were opened on their own
	Unchecked []document.Unchecked
	Removed   []document.Removal
}

var markName = regexp.MustCompile(`(?i)密级|保密|涉密|定密|classif|seclevel|security|sensitiv|secrecy|confiden`)

// Read gathers properties, macros, embedded objects and the readable stretches of
// unknown streams. own names the top streams that the format's reader has read.
func (f *File) Read(ctx context.Context, own ...string) Rest {
	var r Rest
	r.properties(f.Properties())
	r.macros(f)
	r.objects(ctx, f)
	r.unknown(f, own)
	return r
}

func (r *Rest) remove(kind string, n int) {
	if n > 0 {
		r.Removed = append(r.Removed, document.Removal{Kind: kind, Count: n})
	}
}

func (r *Rest) properties(ps []Property) {
	hid := &document.Hiding{Rule: "N01", Kind: "文档属性"}
	var lines, custom []string
	for _, p := range ps {
		switch {
		case p.Time && !p.Custom:
			r.Removed = appendOnce(r.Removed, document.Removal{Kind: "时间记录", Count: 1})
			continue
		case !p.Custom && (p.Name == "模板" && strings.HasPrefix(p.Value, "Normal") || p.Name == "程序" && !strings.ContainsAny(p.Value, "_{")):
			continue
		case markName.MatchString(p.Name):
			r.Parts = append(r.Parts, document.Part{ID: fmt.Sprintf("property/mark/%d", len(r.Parts)+1), Label: "文档属性 密级", Role: document.RoleProperty, Hidden: hid, Text: p.Value})
		}
		if p.Custom {
			p.Value = ooxml.Unbase64(p.Value)
			custom = append(custom, p.String())
		} else {
			lines = append(lines, p.String())
		}
	}
	if len(lines) > 0 {
		r.Parts = append(r.Parts, document.Part{ID: "property/core", Label: "文档属性", Role: document.RoleProperty, Hidden: hid, Text: strings.Join(lines, "\n")})
	}
	if len(custom) > 0 {
		r.Parts = append(r.Parts, document.Part{ID: "property/custom", Label: "自定义属性", Role: document.RoleProperty, Hidden: hid, Text: strings.Join(custom, "\n")})
	}
	r.remove("文档属性", len(lines))
	r.remove("自定义属性", len(custom))
}

func appendOnce(rs []document.Removal, x document.Removal) []document.Removal {
	if slices.Contains(rs, x) {
		return rs
	}
	return append(rs, x)
}

// macroStorages are where programs keep their projects.
var macroStorages = []string{"Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"}

func (r *Rest) macros(f *File) {
	for _, s := range macroStorages {
		if f.Under(s) {
			r.Parts = append(r.Parts, document.Part{ID: "macros", Label: "宏", Role: document.RoleObject, Hidden: &document.Hiding{Rule: "N05", Kind: "宏"}, Text: "VBA 工程"})
			r.Unchecked = append(r.Unchecked, document.Unchecked{Kind: "object", Message: "含宏代码，宏内容未检查"})
			r.remove("宏", 1)
			return
		}
	}
}

// inMacros tells streams of a macro project.
func inMacros(s *Stream) bool {
	for _, m := range macroStorages {
		if slices.ContainsFunc(s.Path, func(p string) bool { return strings.EqualFold(p, m) }) {
			return true
		}
	}
	return false
}

// objects opens what is embedded. Each storage below ObjectPool (Word) or at the
// top under the name MBD… (Excel) is an object.
func (r *Rest) objects(ctx context.Context, f *File) {
	var order []string
	groups := map[string][]*Stream{}
	for i := range f.Streams {
		s := &f.Streams[i]
		key := objectKey(s)
		if key == "" {
			continue
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], s)
	}
	unread := 0
	for n, key := range order {
		text, member := openObject(ctx, groups[key], n+1)
		if member != nil {
			r.Members = append(r.Members, member)
		}
		if member == nil || member.Refused != nil {
			unread++
		}
		if text == "" {
			text = "嵌入对象"
		}
		r.Parts = append(r.Parts, document.Part{
			ID: fmt.Sprintf("object/%d", n+1), Label: fmt.Sprintf("嵌入对象 %d", n+1), Role: document.RoleObject,
			Hidden: &document.Hiding{Rule: "N05", Kind: "嵌入对象"}, Text: text,
		})
	}
	if unread > 0 {
		r.Unchecked = append(r.Unchecked, document.Unchecked{Kind: "object", Message: fmt.Sprintf("嵌入对象 %d 个未能完整识别", unread)})
	}
	r.remove("嵌入对象（未带入副本）", len(order))
}

func objectKey(s *Stream) string {
	if inMacros(s) || len(s.Path) == 0 {
		return ""
	}
	if strings.EqualFold(s.Path[0], "ObjectPool") && len(s.Path) > 1 {
		return s.Path[0] + "/" + s.Path[1]
	}
	if strings.HasPrefix(s.Path[0], "MBD") || strings.HasPrefix(s.Path[0], "LNK") {
		return s.Path[0]
	}
	return ""
}

// openObject looks for a whole file inside an object: a package, or the file behind an OLE 1 header.
func openObject(ctx context.Context, streams []*Stream, n int) (string, *document.Document) {
	var texts []string
	for _, s := range streams {
		switch {
		case strings.EqualFold(s.Name, "Package"):
			return "嵌入文件", document.OpenMember(ctx, document.Source{Name: fmt.Sprintf("嵌入对象 %d", n), Data: s.Data})
		case s.Name == "\x01Ole10Native":
			name, data := native(s.Data)
			if len(data) > 0 {
				if name == "" {
					name = fmt.Sprintf("嵌入对象 %d", n)
				}
				return "嵌入文件 " + name, document.OpenMember(ctx, document.Source{Name: name, Data: data})
			}
		}
	}
	for _, s := range streams {
		if s.Name == "\x03ObjInfo" || s.Name == "\x01Ole" || strings.HasPrefix(s.Name, "\x05") {
			continue
		}
		texts = append(texts, readable(s.Data)...)
	}
	return strings.Join(texts, "\n"), nil
}

// native takes an OLE 1 package apart: size, flags, label, path, command, data.
func native(b []byte) (name string, data []byte) {
	at := 6
	str := func() string {
		end := at
		for end < len(b) && b[end] != 0 {
			end++
		}
		if end >= len(b) {
			at = len(b)
			return ""
		}
		s := DecodePage(b[at:end], 0)
		at = end + 1
		return s
	}
	name = str()
	str()
	at += 8
	str()
	n := int(u32(b, at))
	if n <= 0 || at+4+n > len(b) {
		return name, nil
	}
	return name, b[at+4 : at+4+n]
}

// unknown reads streams that nobody has claimed as raw text.
func (r *Rest) unknown(f *File, own []string) {
	var texts []string
	n := 0
	for i := range f.Streams {
		s := &f.Streams[i]
		if objectKey(s) != "" || inMacros(s) || strings.HasPrefix(s.Name, "\x05") && len(s.Path) == 0 ||
			s.Name == "\x01CompObj" || s.Name == "\x01Ole" || slices.ContainsFunc(own, func(o string) bool { return strings.EqualFold(o, s.Name) }) && len(s.Path) == 0 {
			continue
		}
		if t := readable(s.Data); len(t) > 0 {
			n++
			texts = append(texts, t...)
		}
	}
	if len(texts) > 0 {
		r.Parts = append(r.Parts, document.Part{ID: "streams", Label: "其他数据流", Role: document.RoleOther, Hidden: &document.Hiding{Rule: "N05", Kind: "其他数据流"}, Text: strings.Join(texts, "\n")})
		r.remove("其他数据流", n)
	}
}

// readable gives the stretches of bytes that are text: Chinese of two characters
// and more among them, or letters and digits in a row.
func readable(b []byte) []string {
	var out []string
	for _, s := range ooxml.Strings(b) {
		if telling(s) {
			out = append(out, s)
		}
	}
	return out
}

// Readable gives the stretches of unknown bytes that look like text.
func Readable(b []byte) []string { return readable(b) }

var words = regexp.MustCompile(`[0-9A-Za-z@._:/\\-]{8,}|[A-Za-z]{6,}`)

// packageName are names and addresses that any package holds; to look for them in a
// copy would find the copy's own.
var packageName = regexp.MustCompile(`\[Content_Types\]|_rels/|^(docProps|word|xl|ppt|theme|drs|META-INF)/|\.xml(\.rels)?(PK)?$|schemas\.(openxmlformats|microsoft)\.|urn:(schemas|oasis)|<\?xml|^(Normal|Default Paragraph Font|Table Normal)$`)

func telling(s string) bool {
	if packageName.MatchString(s) {
		return false
	}
	han := 0
	for _, r := range s {
		if r >= 0x4E00 && r <= 0x9FFF {
			han++
		}
	}
	return han >= 2 || words.MatchString(s)
}
