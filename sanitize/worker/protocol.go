package worker

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"jinggao/sanitize/document"
	"jinggao/sanitize/format/archive"
)

// op names what a child is asked to do.
type op string

const (
	opRead    op = "read"    // Source → Document
	opRebuild op = "rebuild" // Source, Plan → Rebuilt
	opProve   op = "prove"   // Proof → problems
	opChanged op = "changed" // Source → problems of a copy of ours that was changed
	opMembers op = "members" // Source → archive.Contents
	opWarm    op = "warm"    // load what is slow
	opPicture op = "picture" // Source, Draw → Picture
	opTask    op = "task"    // Source → bytes, by a task that the program brings
)

// request goes to the child, followed by its blobs (file contents).
type request struct {
	Op    op                `json:"op"`
	Name  string            `json:"name"`
	Plan  document.Plan     `json:"plan,omitzero"`
	Proof *proofHead        `json:"proof,omitempty"`
	Task  string            `json:"task,omitempty"`
	Draw  *document.Drawing `json:"draw,omitempty"`
}

// response comes back, followed by its blobs.
type response struct {
	Document *document.Document `json:"document,omitempty"`
	Rebuilt  *document.Rebuilt  `json:"rebuilt,omitempty"`
	Contents *archive.Contents  `json:"contents,omitempty"`
	Picture  *document.Picture  `json:"picture,omitempty"`
	Problems []string           `json:"problems,omitempty"`
	Refused  *document.Refusal  `json:"refused,omitempty"`
	Step     *step              `json:"step,omitempty"` // this is no answer yet: so far has the job come
	Heap     uint64             `json:"heap,omitempty"` // bytes the child holds, for the parent to replace a swollen one
}

// step tells how many pages are done.
type step struct{ Done, Total int }

// maxFrame bounds what either side takes in at once.
const maxFrame = 1 << 30

var errFrame = errors.New("frame too large")

// writeFrame sends head as JSON and the blobs after it: number of blobs, then
// for the head and each blob its length (8 bytes, big endian) and its bytes.
func writeFrame(w io.Writer, head any, blobs ...[]byte) error {
	b, err := json.Marshal(head)
	if err != nil {
		return fmt.Errorf("encode frame: %w", err)
	}
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(blobs)))
	if _, err := w.Write(n[:]); err != nil {
		return fmt.Errorf("write frame: %w", err)
	}
	for _, part := range append([][]byte{b}, blobs...) {
		binary.BigEndian.PutUint64(n[:], uint64(len(part)))
		if _, err := w.Write(n[:]); err != nil {
			return fmt.Errorf("write frame: %w", err)
		}
		if _, err := w.Write(part); err != nil {
			return fmt.Errorf("write frame: %w", err)
		}
	}
	return nil
}

// readFrame is the other side of writeFrame. io.EOF means that the peer is gone.
func readFrame(r io.Reader, head any) ([][]byte, error) {
	var n [8]byte
	if _, err := io.ReadFull(r, n[:]); err != nil {
		return nil, err
	}
	count := binary.BigEndian.Uint64(n[:])
	if count > 1<<16 {
		return nil, errFrame
	}
	parts := make([][]byte, 0, count+1)
	for range count + 1 {
		if _, err := io.ReadFull(r, n[:]); err != nil {
			return nil, fmt.Errorf("read frame: %w", err)
		}
		size := binary.BigEndian.Uint64(n[:])
		if size > maxFrame {
			return nil, errFrame
		}
		var b bytes.Buffer // grows with what really comes, whatever the peer claims
		b.Grow(int(min(size, 1<<20)))
		if _, err := io.CopyN(&b, r, int64(size)); err != nil {
			return nil, fmt.Errorf("read frame: %w", err)
		}
		parts = append(parts, b.Bytes())
	}
	if err := json.Unmarshal(parts[0], head); err != nil {
		return nil, fmt.Errorf("decode frame: %w", err)
	}
	return parts[1:], nil
}

// Limits bound what one job may take.
type Limits struct {
	Read    time.Duration // for reading; 0: 45 s
	PerMB   time.Duration // more of it for each megabyte of the file; 0: 10 s
	Rebuild time.Duration // for rebuilding and proving; 0: 15 min
	Memory  uint64        // bytes a child may hold; 0: 1.5 GiB
}

func (l Limits) orDefault() Limits {
	if l.Read == 0 {
		l.Read = 45 * time.Second
	}
	if l.PerMB == 0 {
		l.PerMB = 10 * time.Second
	}
	if l.Rebuild == 0 {
		l.Rebuild = 15 * time.Minute
	}
	if l.Memory == 0 {
		l.Memory = 3 << 29
	}
	return l
}

// of gives the deadline of a job on a file of so many bytes.
func (l Limits) of(o op, size int) time.Duration {
	if o == opRead || o == opMembers || o == opTask || o == opPicture {
		return l.Read + time.Duration(size>>20)*l.PerMB
	}
	return l.Rebuild
}
