package review_test

import (
	"errors"
	"strings"
	"testing"

	"jinggao/app/ui/review"
	"jinggao/sanitize/document"
	"jinggao/sanitize/redact"
)

const (
	firstSum  = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	secondSum = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"
)

func pages(sum string) []review.Doc {
	doc := &document.Document{
		Name: "扫描.pdf", Kind: "pdf", Parts: []document.Part{{ID: "page/1"}, {ID: "page/2"}},
		Unchecked: []document.Unchecked{{Kind: "page", Message: "第2页为图像，未识别文字", Blocking: true}},
	}
	return []review.Doc{{File: "p", Name: "扫描.pdf", Document: doc, SHA256: sum, Apart: true}, sample()[0]}
}

func TestBoxesAreDrawnShownAndTakenAway(t *testing.T) {
	d := newDesk()
	p := review.New(d)
	p.SetDocs(pages(firstSum))
	if it := p.Item(0); it.Page() != 2 {
		t.Errorf("the unread page is page %d", it.Page())
	}
	if _, err := p.DrawBox(0, document.Box{Page: 2, X0: 100, Y0: 100, X1: 101, Y1: 300}); !errors.Is(err, review.ErrSmallBox) {
		t.Errorf("a sliver: %v", err)
	}
	if _, err := p.DrawBox(1, document.Box{Page: 1, X1: 100, Y1: 100}); !errors.Is(err, review.ErrNoPages) {
		t.Errorf("a box on a docx: %v", err)
	}
	said, err := p.DrawBox(0, document.Box{Page: 2, X0: 200, Y0: 100, X1: 100, Y1: 300})
	if err != nil || said == "" {
		t.Fatal(said, err)
	}
	boxes := p.Boxes(0, 2)
	if len(boxes) != 1 || boxes[0].Box.X0 != 100 || len(p.Boxes(0, 1)) != 0 {
		t.Fatalf("%+v", boxes)
	}
	it := p.Current()
	if it.Key() != boxes[0].Key || it.State() != review.Treated || it.Page() != 2 || it.Decision.By != "周敏" || it.Decision.At.IsZero() {
		t.Errorf("%+v", it)
	}
	if _, err := p.Decide(review.Choice{Action: redact.ActionMask}); !errors.Is(err, review.ErrBox) {
		t.Errorf("a box was decided about: %v", err)
	}
	if got := redact.Boxes([]redact.Decision{d.stored["p"][boxes[0].Key]}, firstSum); len(got) != 1 {
		t.Errorf("what is stored is no box: %+v", d.stored)
	}
	p.SetDocs(pages(secondSum))
	if len(p.Boxes(0, 2)) != 0 || !p.Stale(0) {
		t.Error("a box moved on to a changed file")
	}
	p.SetDocs(pages(firstSum))
	if _, err := p.RemoveBox(0, boxes[0].Key); err != nil || len(p.Boxes(0, 2)) != 0 || len(p.Items(0)) != 1 {
		t.Error("the box is still there", err)
	}
}

func TestBoxesNeedAClerk(t *testing.T) {
	d := newDesk()
	d.clerk = ""
	p := review.New(d)
	p.SetDocs(pages(firstSum))
	if _, err := p.DrawBox(0, document.Box{Page: 1, X1: 100, Y1: 100}); !errors.Is(err, review.ErrClerk) {
		t.Errorf("got %v", err)
	}
}

func TestBoxesOnMembersOfAnArchive(t *testing.T) {
	member := func(name, sum string) review.Doc {
		d := pages(sum)[0]
		d.File, d.Name, d.Member = "z!"+name, "材料.zip!"+name, name
		return d
	}
	zip := review.Doc{File: "z", Name: "材料.zip", Document: &document.Document{Name: "材料.zip", Kind: "zip"}, SHA256: "00", Apart: true, Inside: []string{firstSum, secondSum}}
	d := newDesk()
	p := review.New(d)
	p.SetDocs([]review.Doc{zip, member("甲.pdf", firstSum), member("乙.pdf", secondSum)})
	if _, err := p.DrawBox(2, document.Box{Page: 1, X1: 90, Y1: 90}); err != nil {
		t.Fatal(err)
	}
	// The session keeps the decisions of all members under the archive.
	d.stored["z"], d.stored["z!甲.pdf"] = d.stored["z!乙.pdf"], d.stored["z!乙.pdf"]
	p.Reload()
	if len(p.Boxes(2, 1)) != 1 || len(p.Boxes(1, 1)) != 0 || len(p.Items(1)) != 1 || p.Stale(0) || p.Stale(1) {
		t.Errorf("the box is not where it was drawn: %+v %+v", p.Items(0), p.Items(1))
	}
	zip.Inside = []string{firstSum} // 乙.pdf has changed
	p.SetDocs([]review.Doc{zip, member("甲.pdf", firstSum), member("乙.pdf", strings.Repeat("0", 64))})
	if len(p.Boxes(2, 1)) != 0 || !p.Stale(0) || len(p.Items(0)) != 1 {
		t.Error("a box on a member that has changed is not told of")
	}
	embedded := member("丙.docx!丁.pdf", firstSum)
	embedded.Apart = false
	if embedded.HasPages() {
		t.Error("what is in no copy has pages to draw on")
	}
}
