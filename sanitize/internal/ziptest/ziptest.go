// Package ziptest packs and unpacks small zip archives, as office files are, for the
// tests of what reads, rebuilds and proves them.
package ziptest

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Member is a file of an archive.
type Member struct{ Name, Data string }

// Pack writes members in their order as any program would.
func Pack(t testing.TB, members ...Member) []byte {
	t.Helper()
	return PackAs(t, func(_ int, h *zip.FileHeader) { h.Method = zip.Deflate }, members...)
}

// PackMap writes members in the order of their names.
func PackMap(t testing.TB, members map[string]string) []byte {
	t.Helper()
	var list []Member
	for _, n := range slices.Sorted(maps.Keys(members)) {
		list = append(list, Member{n, members[n]})
	}
	return Pack(t, list...)
}

// AsCopy makes the head of a member what clean copies have: a fixed time and no more.
func AsCopy(_ int, h *zip.FileHeader) {
	h.Method, h.CreatorVersion, h.ModifiedDate = zip.Deflate, 3<<8, 1<<5|1 //nolint:staticcheck // the field meant to replace it adds an extra field to the member
}

// PackAs is Pack with the head of the nth member as told.
func PackAs(t testing.TB, head func(n int, h *zip.FileHeader), members ...Member) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, m := range members {
		h := &zip.FileHeader{Name: m.Name}
		head(i, h)
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, m.Data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Unpack gives the members of an archive in their order.
func Unpack(t testing.TB, data []byte) []Member {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out []Member
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, Member{f.Name, string(b)})
	}
	return out
}

// Inside joins the names and contents of all members, for searching.
func Inside(t testing.TB, data []byte) string {
	t.Helper()
	var b strings.Builder
	for _, m := range Unpack(t, data) {
		b.WriteString(m.Name + "\n" + m.Data + "\n")
	}
	return b.String()
}
