package review_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jinggao/app/ui/review"
	"jinggao/sanitize/document"
	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// desk is a case in memory.
type desk struct {
	clerk, second string
	stored        map[string]map[string]redact.Decision
	steps         []string
	fail          error
}

func newDesk() *desk {
	return &desk{clerk: "周敏", second: "沈立", stored: map[string]map[string]redact.Decision{}}
}

func (d *desk) Decisions(file string) map[string]redact.Decision { return d.stored[file] }

func (d *desk) People() (string, string) { return d.clerk, d.second }

func (d *desk) Apply(label string, changes []review.Change) error {
	if d.fail != nil {
		return d.fail
	}
	d.steps = append(d.steps, label)
	for _, c := range changes {
		if d.stored[c.File] == nil {
			d.stored[c.File] = map[string]redact.Decision{}
		}
		if c.Decision == nil {
			delete(d.stored[c.File], c.Fingerprint)
			continue
		}
		d.stored[c.File][c.Fingerprint] = *c.Decision
	}
	return nil
}

const body = "负责人张三，电话13800138000。\n系统口令为Abc@12345，机密★10年。\n另见张三。"

func find(rule string, l finding.Level, words, suggest, fp string, withdraw bool) finding.Finding {
	at := len([]rune(body[:strings.Index(body, words)]))
	return finding.Finding{
		Rule: rule, Name: rule, Level: l, Part: "body", Text: words, Normal: words, Suggest: suggest,
		Span: document.Span{Start: at, End: at + len([]rune(words))}, Fingerprint: fp, Withdraw: withdraw,
	}
}

func sample() []review.Doc {
	doc := &document.Document{
		Name: "方案.docx", Parts: []document.Part{
			{ID: "body", Label: "正文", Text: body},
			{ID: "note", Label: "批注", Text: "内部意见", Hidden: &document.Hiding{Rule: "N02"}},
		},
		Unchecked: []document.Unchecked{{Kind: "picture", Message: "图片 2 张未识别文字"}},
	}
	fs := []finding.Finding{
		find("I18", finding.S3, "张三", "张某", "name", false),
		find("I03", finding.S2, "13800138000", "138****8000", "phone", false),
		find("H01", finding.S1, "Abc@12345", "", "password", false),
		find("I19", finding.S4, "另见", "另见", "hint", false),
	}
	second := &document.Document{Name: "清单.txt", Parts: []document.Part{{ID: "body", Label: "正文", Text: body}}}
	return []review.Doc{
		{File: "a", Name: "方案.docx", Document: doc, Findings: fs},
		{File: "b", Name: "清单.txt", Document: second, Findings: []finding.Finding{
			find("A01", finding.S1, "机密★10年", "", "mark", true),
			find("I18", finding.S3, "张三", "张某", "name", false),
		}},
	}
}

func TestOrderAndCounts(t *testing.T) {
	p := review.New(newDesk())
	p.SetDocs(sample())
	var got []string
	for _, it := range p.Items(0) {
		got = append(got, review.Brief(&it))
	}
	want := "Abc@12345 13800138000 张三 图片 2 张未识别文字 另见"
	if strings.Join(got, " ") != want {
		t.Fatalf("order by risk: %v", got)
	}
	c := p.Counts(-1)
	if c.Total != 6 || c.Open != 6 || c.High != 3 || c.S1 != 2 || c.Hints != 1 || c.Unread != 1 {
		t.Fatalf("counts: %+v", c)
	}
}

func TestDecideMovesOnAndStoresAtOnce(t *testing.T) {
	d := newDesk()
	p := review.New(d)
	p.SetDocs(sample())
	p.SelectKey("a", "phone")
	said, err := p.Decide(review.Choice{Action: redact.ActionMask})
	if err != nil || said != "脱敏“13800138000”" {
		t.Fatal(said, err)
	}
	if got := d.stored["a"]["phone"]; got.Action != redact.ActionMask || got.By != "周敏" {
		t.Fatalf("stored %+v", got)
	}
	if p.Current().Key() != "name" {
		t.Fatalf("went to %s", p.Current().Key())
	}
}

func TestRulesOfDecision(t *testing.T) {
	for _, c := range []struct {
		name, file, key string
		choice          review.Choice
		want            error
		state           review.State
	}{
		{"mark is not masked", "b", "mark", review.Choice{Action: redact.ActionMask}, review.ErrMark, review.Open},
		{"mark is not ignored", "b", "mark", review.Choice{Action: redact.ActionIgnore, Reason: "误报·非敏感：x"}, review.ErrMark, review.Open},
		{"mark withdrawn", "b", "mark", review.Choice{Action: review.ActionWithdraw}, nil, review.Withdrawn},
		{"not a mark needs a reason", "b", "mark", review.Choice{Action: redact.ActionNotAMark, Second: "沈立"}, review.ErrReason, review.Open},
		{"not a mark by one", "b", "mark", review.Choice{Action: redact.ActionNotAMark, Reason: "商业合同"}, nil, review.Waiting},
		{"not a mark by two", "b", "mark", review.Choice{Action: redact.ActionNotAMark, Reason: "商业合同", Second: "沈立"}, nil, review.Cleared},
		{"not the same person", "b", "mark", review.Choice{Action: redact.ActionNotAMark, Reason: "商业合同", Second: "周敏"}, review.ErrSamePerson, review.Open},
		{"S1 by one waits", "a", "password", review.Choice{Action: redact.ActionMask}, nil, review.Waiting},
		{"S1 by two", "a", "password", review.Choice{Action: redact.ActionMask, Second: "沈立"}, nil, review.Treated},
		{"S1 not public", "a", "password", review.Choice{Action: redact.ActionIgnore, Reason: "已公开信息：官网", Second: "沈立"}, review.ErrS1Ignore, review.Open},
		{"S1 false alarm by two", "a", "password", review.Choice{Action: redact.ActionIgnore, Reason: "误报·非敏感：示例", Second: "沈立"}, nil, review.Ignored},
		{"S2 needs a note", "a", "phone", review.Choice{Action: redact.ActionIgnore, Reason: "已公开信息"}, review.ErrNote, review.Open},
		{"S2 needs a second", "a", "phone", review.Choice{Action: redact.ActionIgnore, Reason: "已公开信息：官网总机"}, nil, review.Waiting},
		{"S3 by one", "a", "name", review.Choice{Action: redact.ActionIgnore, Reason: "同名不同义"}, nil, review.Ignored},
		{"S3 kept for business needs a note", "a", "name", review.Choice{Action: redact.ActionIgnore, Reason: "业务必需保留"}, review.ErrNote, review.Open},
		{"invented reason", "a", "name", review.Choice{Action: redact.ActionIgnore, Reason: "懒得看"}, review.ErrReason, review.Open},
		{"replace", "a", "name", review.Choice{Action: redact.ActionReplace, Text: "某负责人"}, nil, review.Replaced},
		{"empty replacement", "a", "name", review.Choice{Action: redact.ActionReplace, Text: " "}, review.ErrEmptyText, review.Open},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk()
			p := review.New(d)
			p.Advance = false
			p.SetDocs(sample())
			if !p.SelectKey(c.file, c.key) {
				t.Fatal("no such item")
			}
			_, err := p.Decide(c.choice)
			if !errors.Is(err, c.want) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if got := p.Current().State(); got != c.state {
				t.Fatalf("state %v, want %v", got, c.state)
			}
			if c.want != nil && len(d.steps) > 0 {
				t.Fatal("a refused choice was stored")
			}
		})
	}
}

func TestNobodyDecidesWithoutAName(t *testing.T) {
	d := newDesk()
	d.clerk = ""
	p := review.New(d)
	p.SetDocs(sample())
	if _, err := p.Decide(review.Choice{Action: redact.ActionMask}); !errors.Is(err, review.ErrClerk) {
		t.Fatal(err)
	}
}

func TestFailedStoreShowsNothing(t *testing.T) {
	d := newDesk()
	p := review.New(d)
	p.SetDocs(sample())
	p.SelectKey("a", "name")
	d.fail = errors.New("disk full")
	if _, err := p.Decide(review.Choice{Action: redact.ActionMask}); !errors.Is(err, d.fail) {
		t.Fatal(err)
	}
	if p.Current().Key() != "name" || p.Current().State() != review.Open {
		t.Fatal("shown as decided though it is not stored")
	}
}

func TestUnreadPlaceIsTickedOff(t *testing.T) {
	d := newDesk()
	p := review.New(d)
	p.Advance = false
	p.SetDocs(sample())
	key := review.UncheckedKey(document.Unchecked{Kind: "picture", Message: "图片 2 张未识别文字"})
	p.SelectKey("a", key)
	if _, err := p.Decide(review.Choice{Action: redact.ActionMask}); !errors.Is(err, review.ErrUnread) {
		t.Fatal(err)
	}
	if _, err := p.Decide(review.Choice{Action: review.ActionLooked}); err != nil {
		t.Fatal(err)
	}
	if p.Counts(0).Unread != 0 {
		t.Fatal("still open")
	}
	if _, err := p.Restore(); err != nil || p.Counts(0).Unread != 1 {
		t.Fatal("not restored", err)
	}
}

func TestSecondPersonConfirms(t *testing.T) {
	d := newDesk()
	p := review.New(d)
	p.SetDocs(sample())
	p.SelectKey("a", "password")
	if _, err := p.Decide(review.Choice{Action: redact.ActionMask}); err != nil {
		t.Fatal(err)
	}
	w := p.Waiting(-1)
	if len(w) != 1 {
		t.Fatalf("waiting %v", w)
	}
	if _, err := p.Confirm(w, "周敏"); !errors.Is(err, review.ErrSamePerson) {
		t.Fatal(err)
	}
	if _, err := p.Confirm(w, "沈立"); err != nil {
		t.Fatal(err)
	}
	if d.stored["a"]["password"].Confirmed != "沈立" || len(p.Waiting(-1)) != 0 {
		t.Fatal("not confirmed")
	}
}

func TestSameWordAcrossFiles(t *testing.T) {
	p := review.New(newDesk())
	p.SetDocs(sample())
	p.SelectKey("b", "name")
	occ := p.SameWord()
	if len(occ) != 2 || occ[0].Doc != "清单.txt" || !strings.HasSuffix(occ[0].Before, "负责人") {
		t.Fatalf("%+v", occ)
	}
	if _, err := p.DecideAll([]int{occ[0].Item, occ[1].Item}, review.Choice{Action: redact.ActionMask}); err != nil {
		t.Fatal(err)
	}
	if c := p.Counts(-1); c.Settled != 2 {
		t.Fatalf("%+v", c)
	}
}

func TestAcceptOpenLeavesWhatNeedsTwo(t *testing.T) {
	p := review.New(newDesk())
	p.SetDocs(sample())
	done, left, err := p.AcceptOpen(-1)
	if err != nil || done != 3 || left != 3 {
		t.Fatal(done, left, err)
	}
}

func TestWithdrawnUntilCleared(t *testing.T) {
	p := review.New(newDesk())
	p.SetDocs(sample())
	if p.Withdrawn(0) || !p.Withdrawn(1) {
		t.Fatal("wrong file withdrawn")
	}
	p.SelectKey("b", "mark")
	if _, err := p.Decide(review.Choice{Action: redact.ActionNotAMark, Reason: "合同用语"}); err != nil {
		t.Fatal(err)
	}
	if !p.Withdrawn(1) {
		t.Fatal("one person alone cleared a mark")
	}
	if _, err := p.Confirm(p.Waiting(1), "沈立"); err != nil || p.Withdrawn(1) {
		t.Fatal("not cleared", err)
	}
}

func TestNavigation(t *testing.T) {
	p := review.New(newDesk())
	p.SetDocs(sample())
	if p.Current().Key() != "password" {
		t.Fatal("does not start at the first open item")
	}
	if p.Step(-1) {
		t.Fatal("went above the first")
	}
	for range 3 {
		if !p.Step(1) {
			t.Fatal("stopped early")
		}
	}
	if !p.Step(1) || p.Current().Key() != "mark" {
		t.Fatal("hints are folded: next is the other file")
	}
	if !p.NextDoc(-1) || p.CurrentDoc() != 0 {
		t.Fatal("did not go back")
	}
	p.End(true)
	if !p.NextOpen(true) || p.Current().Key() != "password" {
		t.Fatal("did not go round the end")
	}
}

func TestFilter(t *testing.T) {
	p := review.New(newDesk())
	p.SetDocs(sample())
	p.SetFilter(review.Filter{Text: "i03"})
	rows := p.Rows()
	if len(rows) != 2 || rows[1].Text != "13800138000" {
		t.Fatalf("%+v", rows)
	}
	p.SetFilter(review.Filter{Show: review.ShowUnread})
	if rows = p.Rows(); len(rows) != 2 {
		t.Fatalf("%+v", rows)
	}
}

func TestFlatMapsThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringMatching(`[a张\n　]{0,12}`), 1, 5).Draw(t, "texts")
		d := &document.Document{}
		for i, s := range texts {
			d.Parts = append(d.Parts, document.Part{ID: string(rune('a' + i)), Label: "正文", Text: s})
		}
		f := review.Flatten(d)
		for _, p := range d.Parts {
			r := []rune(p.Text)
			if len(r) == 0 {
				continue
			}
			a := rapid.IntRange(0, len(r)-1).Draw(t, "a")
			b := rapid.IntRange(a+1, len(r)).Draw(t, "b")
			s, ok := f.Span(p.ID, document.Span{Start: a, End: b})
			if !ok || string(f.Text[s.Start:s.End]) != string(r[a:b]) {
				t.Fatalf("part %s %d-%d: %v", p.ID, a, b, ok)
			}
			id, back, ok := f.Part(s)
			if !ok || id != p.ID || back.Start != a || back.End != b {
				t.Fatalf("back: %s %+v %v", id, back, ok)
			}
		}
	})
}

func TestMarkByHand(t *testing.T) {
	d := newDesk()
	p := review.New(d)
	p.SetDocs(sample())
	for _, s := range []document.Span{{Start: 3, End: 3}, {Start: -1, End: 2}, {Start: 0, End: 999}, {Start: 10, End: 30}} {
		if _, err := p.Mark(0, "body", s); !errors.Is(err, review.ErrNoSelection) {
			t.Fatalf("%+v: %v", s, err)
		}
	}
	at := len([]rune(body[:strings.Index(body, "系统")]))
	if _, err := p.Mark(0, "body", document.Span{Start: at, End: at + 2}); err != nil {
		t.Fatal(err)
	}
	it := p.Current()
	if it.Finding.Text != "系统" || it.State() != review.Treated || it.Finding.Level != finding.S2 {
		t.Fatalf("%+v", it)
	}
	again := review.New(d)
	again.SetDocs(sample())
	if !again.SelectKey("a", it.Key()) {
		t.Fatal("not there after opening again")
	}
	if _, err := again.Restore(); err != nil || again.SelectKey("a", it.Key()) {
		t.Fatal("mark not taken away", err)
	}
}

func TestHistoryQuotesNothing(t *testing.T) {
	d := newDesk()
	p := review.New(d)
	p.SetDocs(sample())
	p.SelectKey("a", "phone")
	if _, err := p.Decide(review.Choice{Action: redact.ActionMask}); err != nil {
		t.Fatal(err)
	}
	p.SelectKey("a", "phone")
	if _, err := p.Restore(); err != nil {
		t.Fatal(err)
	}
	for _, s := range d.steps {
		if strings.Contains(s, "138") {
			t.Fatal("label quotes the document: " + s)
		}
	}
}
