package sanitize_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/format/pdf/pdftest"
	"jinggao/sanitize/redact"
)

// readUp gives the text of all parts but the name.
func readUp(p *sanitize.Preview) string {
	var b strings.Builder
	for _, part := range p.Text.Document.Parts {
		if part.ID != sanitize.NamePart {
			b.WriteString(part.Text)
		}
	}
	return b.String()
}

func TestPreviewIsWhatTheCopySays(t *testing.T) {
	e, dir, ctx := engine(t, sanitize.Options{InProcess: true}), t.TempDir(), context.Background()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"金乌计划", "内部清样", "银蟾口令", "合并内部清样后的词", "说明", "，", "\n", "甲厂"}), 1, 14).Draw(rt, "words")
		n++
		in := put(t, dir, fmt.Sprintf("%d.txt", n), []byte(strings.Join(words, "")))
		rs, err := e.Scan(ctx, in)
		if err != nil {
			rt.Fatal(err)
		}
		job := sanitize.Job{Path: in, Dir: filepath.Join(dir, "out"), AllowS1: true}
		for _, f := range rs[0].Findings {
			d := redact.Decision{Fingerprint: f.Fingerprint, By: "甲", Confirmed: "乙", Reason: "误报"}
			d.Action = rapid.SampledFrom([]redact.Action{redact.ActionMask, redact.ActionDelete, redact.ActionReplace, redact.ActionIgnore}).Draw(rt, "action")
			if d.Action == redact.ActionReplace {
				d.Text = "某物"
			}
			job.Decisions = append(job.Decisions, d)
		}
		drafts := 0
		p, err := e.Preview(ctx, rs[0].Document, rs[0].Findings, job, func(d *sanitize.Preview) {
			if drafts++; d.Tried || d.Text == nil {
				rt.Error("a draft says that it was tried, or nothing")
			}
		})
		if err != nil || !p.Tried || drafts != 1 {
			rt.Fatal(p, drafts, err)
		}
		c, err := e.Clean(ctx, job, nil)
		if err != nil {
			rt.Skip("no copy: ", err)
		}
		got, err := os.ReadFile(c.Out)
		if err != nil || string(got) != readUp(p) {
			rt.Errorf("shown beforehand %q\nin the copy      %q %v", readUp(p), got, err)
		}
	})
}

func TestPreviewLeavesOpenWhatIsOpen(t *testing.T) {
	e, dir, ctx := engine(t, sanitize.Options{InProcess: true}), t.TempDir(), context.Background()
	in := put(t, dir, "a.txt", []byte("金乌计划在前，内部清样在后，银蟾口令居中。"))
	rs, err := e.Scan(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	fp := map[string]string{}
	for _, f := range rs[0].Findings {
		fp[f.Text] = f.Fingerprint
	}
	for _, c := range []struct {
		name      string
		decisions []redact.Decision
		want      string
	}{
		{"nothing decided", nil, "金乌计划在前，内部清样在后，银蟾口令居中。"},
		{"one decided", []redact.Decision{{Fingerprint: fp["内部清样"], Action: redact.ActionMask}}, "金乌计划在前，＊＊＊在后，银蟾口令居中。"},
		{"not confirmed yet", []redact.Decision{{Fingerprint: fp["银蟾口令"], Action: redact.ActionDelete, By: "甲"}}, "金乌计划在前，内部清样在后，居中。"},
		{"ignored by one", []redact.Decision{{Fingerprint: fp["金乌计划"], Action: redact.ActionIgnore, By: "甲", Reason: "已公开"}}, "金乌计划在前，内部清样在后，银蟾口令居中。"},
		{"ignored by two", []redact.Decision{{Fingerprint: fp["金乌计划"], Action: redact.ActionIgnore, By: "甲", Confirmed: "乙", Reason: "已公开"}}, "金乌计划在前，内部清样在后，银蟾口令居中。"},
		{"of another program", []redact.Decision{{Fingerprint: fp["金乌计划"], Action: "looked"}}, "金乌计划在前，内部清样在后，银蟾口令居中。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := e.Preview(ctx, rs[0].Document, rs[0].Findings, sanitize.Job{Decisions: c.decisions}, nil)
			if err != nil || readUp(p) != c.want {
				t.Errorf("got %q, want %q (%v)", readUp(p), c.want, err)
			}
		})
	}
}

func TestPreviewShowsWhatOnlyTheTrialFinds(t *testing.T) {
	e, dir, ctx := engine(t, sanitize.Options{InProcess: true}), t.TempDir(), context.Background()
	in := put(t, dir, "a.txt", []byte("前合并内部清样后的词后"))
	rs, err := e.Scan(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	job := sanitize.Job{Decisions: []redact.Decision{{Fingerprint: rs[0].Findings[0].Fingerprint, Action: redact.ActionDelete}}}
	draft := ""
	p, err := e.Preview(ctx, rs[0].Document, rs[0].Findings, job, func(d *sanitize.Preview) { draft = readUp(d) })
	if err != nil || draft != "前合并后的词后" || strings.Contains(readUp(p), "合并后的词") {
		t.Errorf("draft %q, then %q %v", draft, readUp(p), err)
	}
	at := p.Text.Forward(rs[0].Findings[0].Part, rs[0].Findings[0].Span)
	if got := string([]rune(readUp(p))[at.Start:at.End]); got != redact.Fixed {
		t.Errorf("in its place %q", got)
	}
}

func TestPreviewOfAMarkedFile(t *testing.T) {
	e, dir, ctx := engine(t, sanitize.Options{InProcess: true}), t.TempDir(), context.Background()
	rs, err := e.Scan(ctx, put(t, dir, "a.txt", []byte("玄圭标志，金乌计划")))
	if err != nil {
		t.Fatal(err)
	}
	p, err := e.Preview(ctx, rs[0].Document, rs[0].Findings, sanitize.Job{}, nil)
	if err != nil || p.Withheld == nil || p.Text != nil {
		t.Errorf("%+v %v", p, err)
	}
	if rs, err = e.Scan(ctx, put(t, dir, "b.txt", []byte("金乌计划"))); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(ctx)
	stop()
	if p, err := e.Preview(ctx, rs[0].Document, rs[0].Findings, sanitize.Job{}, nil); err == nil {
		t.Errorf("cancelled, and yet %+v", p)
	}
}

// onePage is a PDF of one page of 200 × 100 points with a black square on it.
func onePage() []byte {
	return pdftest.File("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<<>>>>", pdftest.Stream("10 10 20 20 re f"))
}

func TestPagesInsideArchivesAreDrawn(t *testing.T) {
	e, dir, ctx := engine(t, sanitize.Options{Workers: 1}), t.TempDir(), context.Background()
	inner := zipOf(t, "夹/乙.pdf", string(onePage()))
	in := put(t, dir, "材料.zip", zipOf(t, "甲.pdf", string(onePage()), "里层.zip", string(inner), "丙.txt", "丙"))
	plan := document.Plan{Boxes: []document.Box{{Page: 1, X0: 100, Y0: 50, X1: 150, Y1: 90}}}
	for _, member := range []string{"甲.pdf", "里层.zip!夹/乙.pdf"} {
		p, err := e.Draw(ctx, in, member, document.Drawing{Page: 1, DPI: 72, Clean: true, Plan: plan})
		if err != nil {
			t.Fatal(member, err)
		}
		dark := func(x, y int) bool { return p.Pix[4*(y*p.W+x)] < 0x80 }
		if p.Pages != 1 || p.W != 200 || !dark(20, 80) || !dark(120, 30) || dark(60, 60) {
			t.Errorf("%s: %d×%d, the square %v, the box %v, paper %v", member, p.W, p.H, dark(20, 80), dark(120, 30), dark(60, 60))
		}
	}
	for _, member := range []string{"丁.pdf", "里层.zip!甲.pdf", "丙.txt", "丙.txt!甲.pdf"} {
		if _, err := e.Draw(ctx, in, member, document.Drawing{Page: 1, DPI: 72}); document.AsRefusal(err).What == "" || err == nil {
			t.Errorf("%s: %v", member, err)
		}
	}
}
