package tablefile

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"jinggao/sanitize/document"
)

// Read reads every table of a file. name is the base name; its extension is only
// believed where the content does not say what it is. An archive or e-mail gives
// one File per member, anything else exactly one. What cannot be read has Refused
// set; there is no other error.
func Read(name string, data []byte) []File { return readAt(name, data, 0) }

func readAt(name string, data []byte, depth int) []File {
	kind := sniff(name, data)
	switch {
	case len(data) > MaxFile:
		return refused(name, kind, errTooLarge())
	case len(data) == 0:
		return refused(name, kind, &document.Refusal{What: "文件是空的", Why: "大小为 0 字节，可能没有传完整", Do: "请向对方重新索取"})
	case kind == "zip" || kind == "eml":
		if depth >= maxNesting {
			return refused(name, kind, &document.Refusal{What: "压缩包嵌套过深，未读取", Do: "请先解压再导入"})
		}
		return readMembers(name, kind, data, depth)
	}
	f := File{Name: name, Kind: kind}
	grids, err := guard(func() ([]Grid, error) { return readGrids(kind, data) })
	if err != nil {
		return refused(name, kind, err)
	}
	for i := range grids {
		grids[i].File = name
		grids[i].trim()
	}
	f.Grids = grids
	return []File{f}
}

func readGrids(kind document.Kind, data []byte) ([]Grid, error) {
	switch kind {
	case "xlsx":
		return readXLSX(data)
	case "docx":
		return readDOCX(data)
	case "csv":
		return readCSV(data)
	case "xls":
		return readXLS(data)
	case "doc":
		return readDOC(data)
	case "html":
		return readHTML(data)
	case "xml":
		return readXMLSheet(data)
	}
	return nil, unsupported(kind)
}

// guard turns a panic of a parser into a refusal.
func guard(f func() ([]Grid, error)) (g []Grid, err error) {
	defer func() {
		if p := recover(); p != nil {
			g, err = nil, errDamaged(fmt.Sprintf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	return f()
}

func refused(name string, kind document.Kind, err error) []File {
	var r *document.Refusal
	if !errors.As(err, &r) {
		r = errDamaged(err.Error())
	}
	return []File{{Name: name, Kind: kind, Refused: r}}
}

func unsupported(kind document.Kind) *document.Refusal {
	r := &document.Refusal{What: "不是可以导入的表格文件", Why: "支持 .xlsx .xls .et .docx .doc .wps .csv，以及含有这些文件的 .zip 和 .eml", Do: "请另存为 .xlsx 后再导入"}
	switch kind {
	case "encrypted":
		return &document.Refusal{What: "文件已加密，无法读取", Why: "打开时需要密码", Do: "请用 WPS 或 Office 打开，取消密码后另存，再导入"}
	case "ole":
		r.Why = "旧格式的其他文件，或有密码保护"
	case "pdf":
		r.What, r.Do = "PDF 不能作为表格导入", "请向对方索取 .xlsx 或 .docx 表格；PDF 可作为附件材料加入"
	case "rar", "7z":
		r.What, r.Do = "该压缩格式不能直接导入", "请先解压，再选择其中的表格文件"
	case "xml":
		r.What, r.Why, r.Do = "XML 表格不能直接导入", "内容是 XML 表格", "请用 WPS 或 Office 打开，另存为 .xlsx 后再导入"
	}
	return r
}

// sniff says what a file is by its content, and by its name only among the formats
// that have no mark of their own.
func sniff(name string, data []byte) document.Kind {
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(filepath.ToSlash(name)), "."))
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return sniffZip(data)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return sniffOLE(data)
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return "pdf"
	case bytes.HasPrefix(data, []byte("Rar!\x1a\x07")):
		return "rar"
	case bytes.HasPrefix(data, []byte("7z\xBC\xAF\x27\x1C")):
		return "7z"
	case ext == "eml", looksLikeMail(data):
		return "eml"
	}
	head := strings.ToLower(string(bytes.TrimLeft(data[:min(len(data), 1024)], "\xEF\xBB\xBF \t\r\n")))
	switch {
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"), strings.HasPrefix(head, "<table"):
		return "html"
	case strings.HasPrefix(head, "<?xml"):
		if strings.Contains(head, "<html") {
			return "html"
		}
		return "xml"
	case looksLikeText(data):
		return "csv"
	}
	return "binary"
}

func looksLikeMail(data []byte) bool {
	head := data[:min(len(data), 4096)]
	line, _, _ := bytes.Cut(head, []byte("\n"))
	name, _, ok := bytes.Cut(line, []byte(":"))
	if !ok {
		return false
	}
	switch strings.ToLower(string(name)) {
	case "received", "return-path", "from", "to", "subject", "date", "mime-version", "message-id", "delivered-to", "x-qq-mid":
		lower := bytes.ToLower(head)
		return bytes.Contains(lower, []byte("\nmime-version:")) || bytes.Contains(lower, []byte("\ncontent-type:")) || bytes.HasPrefix(lower, []byte("mime-version:"))
	}
	return false
}

// looksLikeText refuses data that no text encoding of ours would hold: NUL bytes
// outside UTF-16, or many control characters.
func looksLikeText(data []byte) bool {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return true
	}
	head := data[:min(len(data), 8192)]
	bad := 0
	for _, b := range head {
		switch {
		case b == 0:
			return false
		case b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f':
			bad++
		}
	}
	return bad*100 <= len(head) || utf8.Valid(head)
}
