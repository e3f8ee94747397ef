package document

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync/atomic"
)

// Limits of what is opened inside one file, so that no archive can grow without end.
const (
	MaxDepth    = 3         // archive in archive in archive
	MaxInflated = 512 << 20 // bytes of all members of one file together
	MaxMembers  = 2000      // members of all levels together
)

// Opener reads a document found inside another one; it decides the kind by content.
type Opener func(ctx context.Context, src Source) (*Document, error)

type nestKey struct{}

// nest is the state of one outermost file while its members are opened.
type nest struct {
	open  Opener
	depth int
	spent *budget
}

type budget struct{ bytes, members atomic.Int64 }

// WithOpener gives readers below ctx the means to open members (OpenMember)
// without knowing the other formats. A budget already running is kept.
func WithOpener(ctx context.Context, open Opener) context.Context {
	if _, ok := ctx.Value(nestKey{}).(nest); ok {
		return ctx
	}
	return context.WithValue(ctx, nestKey{}, nest{open: open, spent: &budget{}})
}

// OpenMember reads a document found inside another one (archive member, embedded
// object, attachment). It never fails: what cannot be read comes back as a
// document with Refused set. src.Name is the member's own name.
func OpenMember(ctx context.Context, src Source) *Document {
	n, ok := ctx.Value(nestKey{}).(nest)
	refuse := func(r *Refusal) *Document { return &Document{Name: src.Name, Kind: "unknown", Refused: r} }
	if !ok {
		return refuse(&Refusal{What: "内嵌文件未读取", Do: "请将其单独取出后检查"})
	}
	if n.depth >= MaxDepth {
		return refuse(&Refusal{What: "内嵌层数超过 3 层，未读取", Do: "请解压后分别检查"})
	}
	if r := Spend(ctx, int64(len(src.Data)), 1); r != nil {
		return refuse(r)
	}
	n.depth++
	doc, err := n.open(context.WithValue(ctx, nestKey{}, n), src)
	if err != nil {
		return refuse(AsRefusal(err))
	}
	doc.Name = src.Name
	sum := sha256.Sum256(src.Data)
	doc.SHA256 = hex.EncodeToString(sum[:])
	return doc
}

// Spend books inflated bytes and members against the limits of the outermost
// file; it returns a refusal once they are exceeded. Without WithOpener nothing is counted.
func Spend(ctx context.Context, bytes, members int64) *Refusal {
	n, ok := ctx.Value(nestKey{}).(nest)
	if !ok {
		return nil
	}
	if n.spent.bytes.Add(bytes) > MaxInflated {
		return &Refusal{What: "解开后的内容超过上限，未读取", Why: "文件过大，或压缩比异常", Do: "请解压后分别检查"}
	}
	if n.spent.members.Add(members) > MaxMembers {
		return &Refusal{What: "内含文件数超过上限，未读取", Do: "请解压后分批检查"}
	}
	return nil
}
