// Package archive opens zip, 7z, rar, tar, tar.gz and gz files: their members
// are documents of their own, read through document.OpenMember (3 levels, size
// and count limits). Names without the UTF-8 mark are read as GBK. It refuses
// archives whose names differ only in case or leave the archive, and lists
// encrypted or damaged members as refused. Pack writes a new zip with neutral
// times and nothing beside the members.
package archive

import (
	"context"
	"errors"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jinggao/sanitize/document"
)

// Limits of one archive, checked before and while inflating.
const (
	maxMember = 256 << 20 // bytes of one member
	maxRatio  = 200       // inflated to packed, for members above ratioFrom
	ratioFrom = 8 << 20
)

// Member is one file of an archive.
type Member struct {
	Name    string            `json:"name"` // path inside the archive, with slashes
	Data    []byte            `json:"data,omitempty"`
	Refused *document.Refusal `json:"refused,omitempty"` // set where it could not be taken out
}

// Contents is an archive taken apart.
type Contents struct {
	Members []Member `json:"members"`
	Comment string   `json:"comment,omitempty"`
	Outside bool     `json:"outside,omitempty"` // bytes before the first record or after the last
}

// Open takes an archive of the given kind apart. Errors are *document.Refusal.
func Open(ctx context.Context, src document.Source, kind document.Kind) (*Contents, error) {
	var c *Contents
	var err error
	switch kind {
	case "zip":
		c, err = openZip(ctx, src.Data)
	case "7z":
		c, err = openSevenZip(ctx, src.Data)
	case "rar":
		c, err = openRar(ctx, src.Data)
	case "tar":
		c, err = openTar(ctx, src.Data)
	case "gz":
		c, err = openGzip(ctx, src)
	default:
		return nil, &document.Refusal{What: "不支持的压缩格式", Do: "请解压后分别检查"}
	}
	if err != nil {
		return nil, asRefusal(err)
	}
	if len(c.Members) == 0 {
		return nil, &document.Refusal{What: "压缩包内没有文件", Do: "请确认压缩包是否完整"}
	}
	return c, checkNames(c.Members)
}

// Read opens every member as a document of its own.
func Read(ctx context.Context, src document.Source, kind document.Kind) (*document.Document, error) {
	c, err := Open(ctx, src, kind)
	if err != nil {
		return nil, err
	}
	doc := &document.Document{Name: src.Name, Kind: kind}
	if c.Comment != "" {
		doc.Parts = append(doc.Parts, document.Part{
			ID: "comment", Label: "压缩包注释", Role: document.RoleProperty,
			Hidden: &document.Hiding{Rule: "N05", Kind: "压缩包注释"}, Text: c.Comment,
		})
	}
	if c.Outside {
		doc.Unchecked = append(doc.Unchecked, document.Unchecked{Kind: "object", Message: "压缩包首尾有多余数据，未检查（不会进入副本）"})
	}
	for _, m := range c.Members {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if m.Refused != nil {
			doc.Members = append(doc.Members, &document.Document{Name: m.Name, Kind: "unknown", Refused: m.Refused})
			continue
		}
		doc.Members = append(doc.Members, document.OpenMember(ctx, document.Source{Name: m.Name, Data: m.Data}))
	}
	return doc, nil
}

// decodeName reads a name as UTF-8 if it is, else as GBK, and makes its slashes forward.
func decodeName(raw string, utf bool) string {
	if !utf && !utf8.ValidString(raw) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(raw); err == nil {
			raw = s
		}
	}
	raw = strings.ToValidUTF8(raw, "�")
	return strings.TrimPrefix(strings.ReplaceAll(raw, `\`, "/"), "./")
}

// checkNames refuses names that would leave the archive or that programs read differently.
func checkNames(ms []Member) error {
	seen := map[string]bool{}
	for _, m := range ms {
		n := m.Name
		if n == "" || path.IsAbs(n) || strings.ContainsAny(n, ":\x00") || path.Clean(n) != n || n == ".." || strings.HasPrefix(n, "../") {
			return &document.Refusal{What: "压缩包内含不安全的文件名，未读取", Why: "路径越出压缩包，或含有非法字符", Do: "请解压后重新打包"}
		}
		key := strings.ToLower(n)
		if seen[key] {
			return &document.Refusal{What: "压缩包内有重名文件，未读取", Why: "不同软件会解出不同内容", Do: "请解压后重新打包"}
		}
		seen[key] = true
	}
	return nil
}

var errTooLarge = &document.Refusal{What: "压缩包成员过大，未读取", Why: "超过 256 MB", Do: "请解压后单独处理"}

var errRatio = &document.Refusal{What: "压缩比异常，未读取", Why: "可能是压缩炸弹", Do: "请核实来源"}

var errEncrypted = &document.Refusal{What: "压缩包成员已加密，无法读取", Do: "请取消密码后重新打包"}

// asRefusal keeps a refusal and cancellation, and says of all else that the archive is damaged.
func asRefusal(err error) error {
	var r *document.Refusal
	if errors.As(err, &r) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &document.Refusal{What: "压缩包无法读取", Why: "文件已损坏或不完整", Do: "请重新打包为 zip", Detail: err.Error()}
}
