package format

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"

	"github.com/richardlehane/mscfb"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/archive"
	"jinggao/sanitize/format/text"
)

// Kinds that are told apart, beside those that readers give back.
const (
	kindEmpty     document.Kind = "empty"
	kindEncrypted document.Kind = "encrypted" // Office file behind a password or rights management
	kindWorks     document.Kind = "works"
	kindOLE       document.Kind = "ole"
	kindXLSB      document.Kind = "xlsb"
	kindUnknown   document.Kind = "unknown"
)

// magics are kinds known by their first bytes.
var magics = []struct {
	head string
	kind document.Kind
}{
	{"{\\rtf", "rtf"},
	{"\x89PNG\r\n\x1a\n", "png"},
	{"\xff\xd8\xff", "jpeg"},
	{"GIF87a", "gif"},
	{"GIF89a", "gif"},
	{"II*\x00", "tiff"},
	{"MM\x00*", "tiff"},
	{"7z\xbc\xaf\x27\x1c", "7z"},
	{"Rar!\x1a\x07", "rar"},
	{"\x1f\x8b", "gz"},
	{"MZ", "exe"},
	{"\x7fELF", "exe"},
	{"SQLite format 3\x00", "sqlite"},
}

// Sniff tells the kind of a file by its content; the extension only decides among
// kinds of plain text.
func Sniff(src document.Source) document.Kind {
	b := src.Data
	switch {
	case len(b) == 0:
		return kindEmpty
	case bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return sniffOLE(b)
	case bytes.HasPrefix(b, []byte("RIFF")) && len(b) > 12 && string(b[8:12]) == "WEBP":
		return "webp"
	case bytes.HasPrefix(b, []byte("BM")) && len(b) > 26 && b[6]|b[7]|b[8]|b[9] == 0:
		return "bmp"
	case archive.IsTar(b):
		return "tar"
	}
	for _, m := range magics {
		if bytes.HasPrefix(b, []byte(m.head)) {
			return m.kind
		}
	}
	if isZip(b) {
		return sniffZip(b)
	}
	if bytes.Contains(b[:min(len(b), 1024)], []byte("%PDF-")) {
		return "pdf"
	}
	if k := mailKind(src); k != "" {
		return k
	}
	if _, err := text.Decode(b); err != nil {
		return kindUnknown
	}
	return sniffText(src)
}

// isZip also knows a zip behind other data, by the record at its end.
func isZip(b []byte) bool {
	return bytes.HasPrefix(b, []byte("PK\x03\x04")) || bytes.HasPrefix(b, []byte("PK\x05\x06")) ||
		bytes.Contains(b[max(0, len(b)-66000):], []byte("PK\x05\x06"))
}

// zipTypes are words of [Content_Types].xml and what they mean.
var zipTypes = []struct {
	word string
	kind document.Kind
}{
	{"wordprocessingml.document.main", "docx"},
	{"wordprocessingml.template.main", "docx"},
	{"ms-word.document.macroenabled.main", "docx"},
	{"ms-word.template.macroenabledtemplate.main", "docx"},
	{"ms-excel.sheet.binary", kindXLSB},
	{"spreadsheetml.sheet.main", "xlsx"},
	{"spreadsheetml.template.main", "xlsx"},
	{"ms-excel.sheet.macroenabled.main", "xlsx"},
	{"ms-excel.template.macroenabled.main", "xlsx"},
	{"presentationml.presentation.main", "pptx"},
	{"presentationml.slideshow.main", "pptx"},
	{"presentationml.template.main", "pptx"},
	{"ms-powerpoint.presentation.macroenabled.main", "pptx"},
	{"ms-powerpoint.slideshow.macroenabled.main", "pptx"},
}

// sniffZip tells documents in zip form by their parts.
func sniffZip(b []byte) document.Kind {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if z == nil || (err != nil && len(z.File) == 0) {
		return sniffBrokenZip(b)
	}
	names := map[string]*zip.File{}
	for _, f := range z.File {
		names[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	if f := names["mimetype"]; f != nil {
		if k := odfKind(head(f, 256)); k != "" {
			return k
		}
	}
	if names["ofd.xml"] != nil {
		return "ofd"
	}
	if f := names["[content_types].xml"]; f != nil {
		types := strings.ToLower(head(f, 1<<20))
		for _, t := range zipTypes {
			if strings.Contains(types, t.word) {
				return t.kind
			}
		}
	}
	for name, kind := range map[string]document.Kind{"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "xl/workbook.bin": kindXLSB, "ppt/presentation.xml": "pptx"} {
		if names[name] != nil {
			return kind
		}
	}
	return "zip"
}

// sniffBrokenZip guesses what a cut-off zip was, for the refusal to say the right thing.
func sniffBrokenZip(b []byte) document.Kind {
	for name, kind := range map[string]document.Kind{"word/": "docx", "xl/": "xlsx", "ppt/": "pptx", "OFD.xml": "ofd"} {
		if bytes.Contains(b, []byte(name)) {
			return kind
		}
	}
	return "zip"
}

func odfKind(mime string) document.Kind {
	for word, kind := range map[string]document.Kind{"opendocument.text": "odt", "opendocument.spreadsheet": "ods", "opendocument.presentation": "odp"} {
		if strings.Contains(mime, word) {
			return kind
		}
	}
	return ""
}

// head reads the beginning of a zip member; what cannot be read is empty.
func head(f *zip.File, n int64) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	b, _ := io.ReadAll(io.LimitReader(r, n)) // a damaged member is judged by what could be read
	_ = r.Close()
	return string(b)
}

// sniffOLE looks at the names of the streams in the root storage.
func sniffOLE(b []byte) (kind document.Kind) {
	defer func() {
		if recover() != nil {
			kind = kindOLE
		}
	}()
	doc, err := mscfb.New(bytes.NewReader(b))
	if err != nil {
		return kindOLE
	}
	kind = kindOLE
	for _, f := range doc.File {
		if len(f.Path) > 0 {
			continue
		}
		switch f.Name {
		case "EncryptedPackage", "EncryptionInfo", "\tDRMContent", "DRMContent", "\x06DataSpaces", "DataSpaces": // with or without their mark
			return kindEncrypted
		case "WordDocument":
			kind = "doc"
		case "Workbook", "Book":
			kind = "xls"
		case "PowerPoint Document":
			kind = "ppt"
		case "MatOST", "MM":
			kind = kindWorks
		case "CONTENTS":
			if kind == kindOLE {
				kind = kindWorks
			}
		}
	}
	return kind
}

var headerLine = regexp.MustCompile(`^\s*[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]`)

// mailKind tells mails and web archives: the extension, and a header line at the start.
func mailKind(src document.Source) document.Kind {
	if !headerLine.Match(bytes.TrimPrefix(src.Data[:min(len(src.Data), 512)], []byte("\xef\xbb\xbf"))) {
		return ""
	}
	switch text.Extension(src.Name, "") {
	case ".eml":
		return "eml"
	case ".mht", ".mhtml":
		return "mht"
	}
	return ""
}

// sniffText tells kinds of plain text by extension and, without one, by how it begins.
func sniffText(src document.Source) document.Kind {
	switch ext := text.Extension(src.Name, ""); ext {
	case ".csv", ".tsv":
		return "csv"
	case ".md", ".json", ".xml", ".txt":
		return document.Kind(ext[1:])
	case ".html", ".htm", ".xhtml":
		return "html"
	}
	start := strings.ToLower(string(bytes.TrimLeft(src.Data[:min(len(src.Data), 512)], "\xef\xbb\xbf \t\r\n")))
	switch {
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"):
		return "html"
	case strings.HasPrefix(start, "<?xml"):
		return "xml"
	}
	return "txt"
}
