package tablefile

import (
	"archive/zip"
	"bytes"
	"errors"
	"path"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"jinggao/sanitize/document"
)

// tableExt are the extensions of files in an archive that may hold a table; the
// content decides in the end.
var tableExt = map[string]bool{
	".xlsx": true, ".xlsm": true, ".xltx": true, ".xls": true, ".et": true, ".ett": true, ".docx": true, ".docm": true,
	".doc": true, ".wps": true, ".csv": true, ".tsv": true, ".zip": true, ".eml": true, "": true,
}

func readMembers(name string, kind document.Kind, data []byte, depth int) []File {
	var out []File
	err := func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = errDamaged("archive reader panicked")
			}
		}()
		if kind == "eml" {
			out, err = readMail(name, data, depth)
		} else {
			out, err = readZip(name, data, depth)
		}
		return err
	}()
	if err != nil {
		return append(out, refused(name, kind, err)...)
	}
	if len(out) == 0 {
		return refused(name, kind, &document.Refusal{What: "其中没有文件", Do: "请检查是否选对了文件"})
	}
	return out
}

func readZip(name string, data []byte, depth int) ([]File, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errDamaged(err.Error())
	}
	if len(z.File) > maxMembers {
		return nil, &document.Refusal{What: "压缩包内文件过多，未读取", Do: "请先解压，再选择其中的表格文件"}
	}
	var out []File
	left := int64(maxInflated)
	for _, f := range z.File {
		n := memberName(f)
		if strings.HasSuffix(n, "/") || skipMember(n) {
			continue
		}
		full := name + "!" + n
		if !tableExt[strings.ToLower(path.Ext(n))] {
			out = append(out, File{Name: full, Other: true})
			continue
		}
		b, err := inflate(f, left)
		if err != nil {
			out = append(out, refused(full, "", err)...)
			continue
		}
		left -= int64(len(b))
		out = append(out, member(full, b, depth)...)
	}
	return out, nil
}

// skipMember leaves out what programs put into archives for themselves.
func skipMember(n string) bool {
	base := path.Base(n)
	return strings.HasPrefix(n, "__MACOSX/") || base == ".DS_Store" || base == "Thumbs.db" || strings.HasPrefix(base, "~$")
}

func member(full string, b []byte, depth int) []File {
	fs := readAt(full, b, depth+1)
	if path.Ext(full) == "" && len(fs) == 1 && fs[0].Refused != nil && fs[0].Kind != "encrypted" {
		return []File{{Name: full, Other: true}} // a file without extension that is no table
	}
	return fs
}

func readMail(name string, data []byte, depth int) ([]File, error) {
	env, err := enmime.ReadEnvelope(bytes.NewReader(data))
	if err != nil {
		return nil, &document.Refusal{What: "邮件文件无法读取", Why: "内容已损坏或不是邮件", Do: "请在邮箱中重新保存附件", Detail: err.Error()}
	}
	parts := append(append(append([]*enmime.Part{}, env.Attachments...), env.Inlines...), env.OtherParts...)
	if len(parts) > maxMembers {
		return nil, errors.New("too many attachments")
	}
	var out []File
	for _, p := range parts {
		n := strings.ReplaceAll(p.FileName, `\`, "/")
		if n = path.Base(n); n == "." || n == "/" {
			n = "附件"
		}
		full := name + "!" + n
		if !tableExt[strings.ToLower(path.Ext(n))] {
			out = append(out, File{Name: full, Other: true})
			continue
		}
		out = append(out, member(full, p.Content, depth)...)
	}
	if len(out) == 0 {
		return nil, &document.Refusal{What: "邮件没有附件", Why: "表格可能写在邮件正文里", Do: "请把正文中的表格复制后粘贴到项目表格"}
	}
	return out, nil
}
