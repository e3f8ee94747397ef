package rulebook

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jinggao/sanitize/detect"
	"jinggao/sanitize/document"
	"jinggao/sanitize/rule"
)

// Limits of a rule pack.
const (
	maxPack      = 16 << 20 // packed
	maxPackFiles = 64
	maxPackText  = 4 << 20 // one file unpacked
)

// Pack is a rule pack: rules that update or extend the built-in ones.
type Pack struct {
	Name   string     `json:"name"`   // of the file it came from
	SHA256 string     `json:"sha256"` // of that file, as it was shown and confirmed
	At     time.Time  `json:"at,omitzero"`
	By     string     `json:"by"`
	Files  []PackFile `json:"files"`
}

// PackFile is one TOML file of a pack.
type PackFile struct {
	Name string `json:"name"`
	Data []byte `json:"data"`
}

func (p *Pack) contents() map[string][]byte {
	out := make(map[string][]byte, len(p.Files))
	for _, f := range p.Files {
		out[f.Name] = f.Data
	}
	return out
}

// Checked is a pack that was read and proved, before a person takes it over.
type Checked struct {
	Pack       *Pack
	Version    string // as the pack names it, may be ""
	Rules      []*rule.Rule
	New        []string // ids that the rules before do not have
	Texts      int      // example sentences that were run
	Adjustment rule.Adjustment
}

// ReadPack reads a pack (a .toml or a .zip of them), checks its rules and runs their
// example sentences. Anything wrong is listed with file and line, and then nothing is
// to be taken over. The error is a *document.Refusal for a file that cannot be read,
// or the context's.
func ReadPack(ctx context.Context, name string) (*Checked, []rule.Problem, error) {
	st, err := os.Stat(name)
	if err != nil || st.IsDir() {
		return nil, nil, &document.Refusal{What: "规则包无法读取", Do: "请重新选择文件"}
	}
	if st.Size() > maxPack {
		return nil, nil, &document.Refusal{What: "规则包过大，未读取", Why: "上限为 16 MB", Do: "请核对文件"}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, &document.Refusal{What: "规则包无法读取", Why: "文件被占用或没有权限", Do: "请检查后重试", Detail: err.Error()}
	}
	sum := sha256.Sum256(data)
	p := &Pack{Name: filepath.Base(name), SHA256: hex.EncodeToString(sum[:])}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		p.Files, err = unzip(data)
		if err != nil {
			return nil, nil, err
		}
	} else {
		p.Files = []PackFile{{p.Name, data}}
	}
	return check(ctx, p)
}

func check(ctx context.Context, p *Pack) (*Checked, []rule.Problem, error) {
	builtin, err := rule.Builtin()
	if err != nil {
		return nil, nil, fmt.Errorf("load built-in rules: %w", err)
	}
	set, problems := builtin.AddPack(p.Name, p.contents())
	if len(problems) > 0 {
		return nil, problems, nil
	}
	out := &Checked{Pack: p, Adjustment: set.Adjustments[len(set.Adjustments)-1]}
	own := builtin.Bare()
	for _, f := range sorted(p.Files) {
		own.AddFile(f.Name, f.Data)
	}
	out.Rules, out.Version = own.Rules, own.Version
	for _, r := range own.Rules {
		if builtin.Rule(r.ID) == nil {
			out.New = append(out.New, r.ID)
		}
		if r.Structure != "reader" && (len(r.Yes) == 0 || len(r.No) == 0) {
			problems = append(problems, rule.Problem{File: own.Origin(r.ID), Message: "规则 " + r.ID + " 没有应命中（yes）或不应命中（no）的例句"})
		}
	}
	var texts []rule.Text
	for _, f := range sorted(p.Files) {
		texts = append(texts, rule.Texts(f.Name, f.Data)...)
	}
	out.Texts = len(texts)
	failed, err := detect.Prove(ctx, set, own, texts)
	if err != nil {
		return nil, nil, fmt.Errorf("run the texts of the pack: %w", err)
	}
	problems = append(problems, failed...)
	if len(problems) > 0 {
		return nil, problems, nil
	}
	return out, nil, nil
}

func sorted(fs []PackFile) []PackFile {
	out := slices.Clone(fs)
	slices.SortFunc(out, func(a, b PackFile) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// unzip takes the TOML files out of a pack.
func unzip(data []byte) (out []PackFile, err error) {
	damaged := func(detail error) error {
		return &document.Refusal{What: "规则包已损坏，未采用", Why: "压缩文件不完整", Do: "请重新获取规则包", Detail: fmt.Sprint(detail)}
	}
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, damaged(errors.New("parser broke off"))
		}
	}()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged(err)
	}
	seen := map[string]bool{}
	for _, f := range z.File {
		base := path.Base(strings.ReplaceAll(f.Name, "\\", "/"))
		if f.FileInfo().IsDir() || !strings.EqualFold(path.Ext(base), ".toml") {
			continue
		}
		if seen[base] {
			return nil, &document.Refusal{What: "规则包未采用", Why: "其中有两个同名文件 " + base, Do: "请核对规则包"}
		}
		seen[base] = true
		if len(out) == maxPackFiles {
			return nil, &document.Refusal{What: "规则包未采用", Why: fmt.Sprintf("其中的规则文件超过 %d 个", maxPackFiles), Do: "请核对规则包"}
		}
		text, err := member(f)
		if err != nil {
			return nil, damaged(err)
		}
		if len(text) > maxPackText {
			return nil, &document.Refusal{What: "规则包未采用", Why: base + " 超过 4 MB", Do: "请核对规则包"}
		}
		out = append(out, PackFile{base, text})
	}
	if len(out) == 0 {
		return nil, &document.Refusal{What: "规则包中没有规则文件", Why: "压缩文件里没有 .toml 文件", Do: "请核对规则包"}
	}
	return out, nil
}

func member(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open member: %w", err)
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, maxPackText+1))
	if err != nil {
		return nil, fmt.Errorf("read member: %w", err)
	}
	return text, nil
}

// TakePack puts a checked pack in force; the one before is kept.
func (b *Book) TakePack(c *Checked, by string) {
	p := *c.Pack
	p.By, p.At = by, time.Now().Round(time.Second)
	b.Former, b.Pack = b.Pack, &p
}

// SwapPack goes back to the pack before (or to none), and keeps the present one.
func (b *Book) SwapPack() { b.Pack, b.Former = b.Former, b.Pack }
