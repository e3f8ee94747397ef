package session_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinggao/app/casefile"
	"jinggao/app/ui/export"
	"jinggao/app/ui/review"
	"jinggao/app/ui/session"
	"jinggao/app/ui/task"
	"jinggao/app/ui/uitest"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf"
	"jinggao/sanitize/redact"
)

// scan is a PDF of one page of 200 × 100 points that is nothing but a picture.
func scan() []byte {
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.4\n")
	pixels := strings.Repeat("\x80", 50*25)
	for i, o := range []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
		"<</Length 27>>stream\nq 200 0 0 100 0 0 cm /I Do Q\nendstream",
		fmt.Sprintf("<</Type/XObject/Subtype/Image/Width 50/Height 25/ColorSpace/DeviceGray/BitsPerComponent 8/Length %d>>stream\n%s\nendstream", len(pixels), pixels),
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj%s endobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}

func zipped(t *testing.T, files map[string][]byte, order ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range order {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(files[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unzipped(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// What a person draws over a scan inside an archive, and marks in a text there, is
// treated in the copy, at every depth.
func TestBoxesAndMarksInsideAnArchive(t *testing.T) {
	engine, err := sanitize.New(sanitize.Options{InProcess: true, Dictionary: []byte("项目 100 n\n")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = engine.Close() })
	dir, loop := t.TempDir(), uitest.NewLoop()
	c, err := casefile.Create(filepath.Join(dir, "案卷"+casefile.Ext), casefile.Info{Title: "测试", Clerk: "周敏", Reviewer: "沈立"})
	if err != nil {
		t.Fatal(err)
	}
	tasks := task.New(loop.Post, func(task.Status) {})
	s, err := session.New(c, session.Config{Engine: engine, Rules: "1", Tasks: tasks, Post: loop.Post, Fail: func(what string, err error) { t.Error(what, err) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	settle := func() {
		loop.Until(func() bool { return !tasks.Busy() && !s.Checking() })
		loop.Drain()
	}
	inner := zipped(t, map[string][]byte{"说明.txt": []byte("代号青鸟，另有安排。"), "扫描.pdf": append(scan(), '\n')}, "说明.txt", "扫描.pdf")
	in := filepath.Join(dir, "材料.zip")
	if err := os.WriteFile(in, zipped(t, map[string][]byte{"盖章页.pdf": scan(), "里层.zip": inner}, "盖章页.pdf", "里层.zip"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.AddPaths([]string{in}, nil, nil)
	settle()
	rv := s.Review()
	at := func(member string) int {
		for d, doc := range rv.Docs() {
			if doc.Member == member {
				return d
			}
		}
		t.Fatalf("%s is not under review", member)
		return -1
	}
	boxes := map[string]document.Box{
		"盖章页.pdf":       {Page: 1, X0: 20, Y0: 60, X1: 80, Y1: 90},
		"里层.zip!扫描.pdf": {Page: 1, X0: 120, Y0: 10, X1: 180, Y1: 40},
	}
	for member, box := range boxes {
		var got *document.Picture
		s.DrawPage(&rv.Docs()[at(member)], document.Drawing{Page: 1, DPI: 72}, func(p *document.Picture, err error) {
			if got = p; err != nil {
				t.Fatal(member, err)
			}
		})
		loop.Until(func() bool { return got != nil })
		if _, err := rv.DrawBox(at(member), box); err != nil {
			t.Fatal(member, err)
		}
		loop.Drain()
		if n := len(rv.Boxes(at(member), 1)); n != 1 {
			t.Errorf("%s: %d boxes", member, n)
		}
	}
	text := at("里层.zip!说明.txt")
	if _, err := rv.Mark(text, rv.Docs()[text].Document.Parts[0].ID, document.Span{Start: 2, End: 4}); err != nil {
		t.Fatal(err)
	}
	for d := range rv.Docs() {
		for _, it := range rv.Items(d) {
			if it.Unchecked != nil && it.Decision == nil && rv.SelectKey(rv.Docs()[d].File, it.Key()) {
				if _, err := rv.Decide(review.Choice{Action: review.ActionLooked}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	loop.Drain()
	job, err := export.Prepare(s, export.Options{Folder: filepath.Join(dir, "导出"), Copies: true}, export.Facts{})
	if err != nil {
		t.Fatal(err)
	}
	res, err := job.Run(context.Background(), func(int, int, string) {})
	if err != nil || len(res.Made) != 1 {
		t.Fatalf("%+v %v", res, err)
	}
	data, err := os.ReadFile(filepath.Join(res.Dir, res.Made[0].Out))
	if err != nil {
		t.Fatal(err)
	}
	outer := unzipped(t, data)
	nested := unzipped(t, outer["里层.zip"])
	if got := string(nested["说明.txt"]); got != "代号"+redact.Fixed+"，另有安排。" {
		t.Errorf("marked by hand, and in the copy %q", got)
	}
	for member, box := range boxes {
		copied := outer[member]
		if copied == nil {
			copied = nested["扫描.pdf"]
		}
		p, err := pdf.Picture(t.Context(), document.Source{Name: "a.pdf", Data: copied}, 1, 72)
		if err != nil {
			t.Fatal(member, err)
		}
		for y := range p.H {
			for x := range p.W {
				px, py := float64(x)+0.5, float64(p.H-y)-0.5
				in := px > box.X0+1 && px < box.X1-1 && py > box.Y0+1 && py < box.Y1-1
				out := px < box.X0-1 || px > box.X1+1 || py < box.Y0-1 || py > box.Y1+1
				if v := p.Pix[4*(y*p.W+x)]; in && v != 0 || out && v < 0x70 {
					t.Fatalf("%s: at %v,%v the copy is %d", member, px, py, v)
				}
			}
		}
	}
}
