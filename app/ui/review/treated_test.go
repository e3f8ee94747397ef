package review_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/app/ui/review"
	"jinggao/sanitize"
	"jinggao/sanitize/document"
	"jinggao/sanitize/redact"
)

// carried carries out what the desk of sample() has decided, in the order of the text.
func carried(p *review.Presenter) *sanitize.Preview {
	doc := p.Docs()[0].Document
	out := &sanitize.Preview{Tried: true}
	for _, it := range p.Items(0) { // by level: the password comes last in the text
		if it.Unchecked == nil && it.Decision != nil && it.Decision.Action != redact.ActionIgnore {
			out.Plan.Edits = append(out.Plan.Edits, document.Edit{Part: it.Finding.Part, Span: it.Finding.Span, Text: it.Decision.Text})
		}
	}
	out.Text = redact.Apply(doc, out.Plan)
	return out
}

func TestTheCleanTextStandsBesideTheOriginal(t *testing.T) {
	p := review.New(newDesk())
	p.Advance = false
	p.SetDocs(sample())
	p.SelectKey("a", "phone")
	if _, err := p.Decide(review.Choice{Action: redact.ActionMask}); err != nil {
		t.Fatal(err)
	}
	doc := p.Docs()[0].Document
	shown := review.Flatten(doc)
	c := review.Treat(doc, shown, carried(p), p.Items(0))
	want := "▎正文\n负责人张三，电话138****8000。\n系统口令为Abc@12345，机密★10年。\n另见张三。\n\n▎批注\n" + review.Gone
	if got := string(c.Text); got != want {
		t.Fatalf("got  %q\nwant %q", got, want)
	}
	marks := map[string]string{}
	for _, m := range c.Marks {
		marks[m.Key] = string(c.Text[m.Start:m.End]) + " " + m.State.String()
	}
	for key, want := range map[string]string{"phone": "138****8000 已脱敏", "name": "张三 待处理", "password": "Abc@12345 待处理", "hint": "另见 提示"} {
		if marks[key] != want {
			t.Errorf("%s: %q, want %q", key, marks[key], want)
		}
	}
	for _, words := range []string{"电话", "系统", "。\n另见", "批注"} {
		from, to := strings.Index(string(shown.Text), words), strings.Index(string(c.Text), words)
		at, in := len([]rune(string(shown.Text)[:from])), len([]rune(string(c.Text)[:to]))
		if c.There(at) != in || c.Back(in) != at {
			t.Errorf("%s at %d is shown at %d, want %d; back at %d", words, at, c.There(at), in, c.Back(in))
		}
	}
	if at := c.There(len(shown.Text) - 1); string(c.Text[at:]) != review.Gone {
		t.Errorf("what is hidden is shown at %q", string(c.Text[at:]))
	}
}

func TestEverythingThatChangesIsMarked(t *testing.T) {
	d := &document.Document{Parts: []document.Part{{ID: "body", Label: "正文", Text: "甲乙丙丁戊"}, {ID: "more", Label: "页脚", Text: "己"}}}
	plan := document.Plan{Edits: []document.Edit{{Part: "body", Span: document.Span{Start: 1, End: 3}}, {Part: "more", Span: document.Span{End: 1}}}}
	c := review.Treat(d, review.Flatten(d), &sanitize.Preview{Text: redact.Apply(d, plan), Plan: plan}, nil)
	if got := string(c.Text); got != "▎正文\n甲丁戊\n\n▎页脚\n" || len(c.Marks) != 2 {
		t.Fatalf("%q %+v", got, c.Marks)
	}
	if m := c.Marks[0]; m.Len() != 0 || m.State != review.Treated || string(c.Text[m.Start:m.Start+1]) != "丁" {
		t.Errorf("a deletion is marked as %+v", m)
	}
	if c := review.Treat(d, review.Flatten(d), &sanitize.Preview{Withheld: &document.Refusal{}}, nil); len(c.Text) != 0 || c.There(3) < 0 || c.Back(0) < 0 {
		t.Error("a file of which there is no copy has a text")
	}
}

// Whatever is replaced, places map into the other text, never backwards.
func TestPlacesMapThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &document.Document{}
		plan := document.Plan{}
		for i, s := range rapid.SliceOfN(rapid.StringMatching(`[a张\n]{0,14}`), 1, 4).Draw(t, "texts") {
			part := document.Part{ID: string(rune('a' + i)), Label: "正文", Text: s}
			if rapid.IntRange(0, 3).Draw(t, "hidden") == 0 {
				part.Hidden = &document.Hiding{Rule: "N02", Kind: "批注"}
			}
			d.Parts = append(d.Parts, part)
			n := len([]rune(s))
			for at := 0; part.Hidden == nil && at < n; {
				e := document.Edit{Part: part.ID, Span: document.Span{Start: rapid.IntRange(at, n-1).Draw(t, "start")}}
				e.End = rapid.IntRange(e.Start+1, n).Draw(t, "end")
				e.Text = rapid.StringMatching(`[＊某]{0,3}`).Draw(t, "text")
				plan.Edits = append(plan.Edits, e)
				at = e.End
			}
		}
		shown := review.Flatten(d)
		c := review.Treat(d, shown, &sanitize.Preview{Text: redact.Apply(d, plan), Plan: plan}, nil)
		for _, way := range []struct {
			from, to []rune
			f        func(int) int
		}{{shown.Text, c.Text, c.There}, {c.Text, shown.Text, c.Back}} {
			last := 0
			for at := range way.from {
				to := way.f(at)
				if to < last || to > len(way.to) {
					t.Fatalf("%d is at %d after %d of %d", at, to, last, len(way.to))
				}
				last = to
			}
		}
	})
}
