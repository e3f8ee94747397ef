package review

import (
	"errors"
	"fmt"
	"strings"

	"jinggao/sanitize/finding"
	"jinggao/sanitize/redact"
)

// Errors that a decision can meet. Their texts are for people.
var (
	ErrNothing     = errors.New("没有选中命中")
	ErrMark        = errors.New("该处为密级标志类命中，文件须整件移出；确属误认的，由经办、复核两人认定非密级标志")
	ErrNotMark     = errors.New("该处不是密级标志类命中，请选择脱敏、替换或忽略")
	ErrReason      = errors.New("请填写理由")
	ErrNote        = errors.New("该级别或该理由须填写备注")
	ErrClerk       = errors.New("请先在设置中填写经办姓名")
	ErrSecond      = errors.New("请填写复核人姓名")
	ErrSamePerson  = errors.New("复核人与经办不能是同一人")
	ErrS1Ignore    = errors.New("阻断级命中不能直接忽略；属于误报的，选择“误报·非敏感”并由复核人确认")
	ErrEmptyText   = errors.New("请填写替换文字，删除请选择脱敏")
	ErrNoSelection = errors.New("请先在原文中选择文字")
	ErrNoDecision  = errors.New("该处尚未作出决定")
	ErrUnread      = errors.New("该处为未检项，查看原件后按 1 标为已人工查看")
)

// Choice is what a person wants done about the current finding.
type Choice struct {
	Action redact.Action
	Text   string // own words for replace
	Reason string // for ignore and not-a-mark
	Second string // the 复核人 who confirms; "" leaves it 待复核 where one is needed
}

// MaskAction is the action behind 脱敏 for a finding: what its rule suggests.
func MaskAction(f *finding.Finding) redact.Action {
	if f.Suggest == "" {
		return redact.ActionDelete
	}
	return redact.ActionMask
}

// Check says whether the choice may be made about the item; nil if it may.
func (p *Presenter) Check(it *Item, c Choice) error {
	if it == nil {
		return ErrNothing
	}
	clerk, _ := p.desk.People()
	if clerk == "" {
		return ErrClerk
	}
	if it.Unchecked != nil {
		if c.Action != ActionLooked {
			return ErrUnread
		}
		return nil
	}
	f := &it.Finding
	if redact.IsBox(f.Fingerprint) {
		return ErrBox
	}
	if c.Second != "" && c.Second == clerk {
		return ErrSamePerson
	}
	if f.Withdraw && c.Action != redact.ActionNotAMark && c.Action != ActionWithdraw {
		return ErrMark
	}
	if !f.Withdraw && (c.Action == redact.ActionNotAMark || c.Action == ActionWithdraw) {
		return ErrNotMark
	}
	return checkWords(f, c)
}

func checkWords(f *finding.Finding, c Choice) error {
	switch c.Action {
	case redact.ActionReplace:
		if strings.TrimSpace(c.Text) == "" {
			return ErrEmptyText
		}
	case redact.ActionNotAMark:
		if strings.TrimSpace(c.Reason) == "" {
			return ErrReason
		}
	case redact.ActionIgnore:
		return checkIgnore(f, c.Reason)
	}
	return nil
}

func checkIgnore(f *finding.Finding, reason string) error {
	word, note, _ := strings.Cut(reason, "：")
	if word == "" {
		return ErrReason
	}
	for _, r := range Reasons() {
		if r.Word != word {
			continue
		}
		if f.Level == finding.S1 && r != Reasons()[0] {
			return ErrS1Ignore
		}
		if NeedsNote(f.Level, r) && strings.TrimSpace(note) == "" {
			return ErrNote
		}
		return nil
	}
	return ErrReason
}

// Decide stores the choice for the current item and moves on; said is the line
// for the status bar.
func (p *Presenter) Decide(c Choice) (said string, err error) {
	it := p.Current()
	if err := p.Check(it, c); err != nil {
		return "", err
	}
	said = verb(c) + "“" + Brief(it) + "”"
	if err := p.store(label(it, c, 1), []int{p.cur}, c); err != nil {
		return "", err
	}
	if p.Advance {
		p.NextOpen(true)
	}
	return said, nil
}

// DecideAll stores the choice for several items as one step.
func (p *Presenter) DecideAll(items []int, c Choice) (said string, err error) {
	if len(items) == 0 {
		return "", ErrNothing
	}
	for _, i := range items {
		if err := p.Check(&p.items[i], c); err != nil {
			return "", err
		}
	}
	said = fmt.Sprintf("%s“%s”等 %d 处", verb(c), Brief(&p.items[items[0]]), len(items))
	if err := p.store(label(&p.items[items[0]], c, len(items)), items, c); err != nil {
		return "", err
	}
	if p.Advance {
		p.NextOpen(true)
	}
	return said, nil
}

// label names a step in the history; it quotes nothing of the document.
func label(it *Item, c Choice, n int) string {
	if it.Unchecked != nil {
		return fmt.Sprintf("%s %d 项", verb(c), n)
	}
	return fmt.Sprintf("%s %s %d 处", verb(c), it.Finding.Name, n)
}

func verb(c Choice) string {
	switch c.Action {
	case redact.ActionReplace:
		return "替换"
	case redact.ActionIgnore:
		return "忽略"
	case redact.ActionNotAMark:
		return "认定非密级标志"
	case ActionWithdraw:
		return "整件移出"
	case ActionLooked:
		return "已人工查看"
	}
	return "脱敏"
}

func (p *Presenter) store(label string, items []int, c Choice) error {
	clerk, _ := p.desk.People()
	changes := make([]Change, 0, len(items))
	for _, i := range items {
		it := &p.items[i]
		d := &redact.Decision{
			Fingerprint: it.Key(), Action: c.Action, Reason: c.Reason,
			By: clerk, Confirmed: c.Second, At: p.now(),
		}
		switch c.Action {
		case redact.ActionReplace:
			d.Text = c.Text
		case redact.ActionMask:
			d.Action, d.Text = MaskAction(&it.Finding), it.Finding.Suggest
		}
		changes = append(changes, Change{File: p.docs[it.Doc].File, Fingerprint: it.Key(), Decision: d})
	}
	if err := p.desk.Apply(label, changes); err != nil {
		return err
	}
	for k, i := range items {
		p.spread(i, changes[k].Decision)
	}
	return nil
}

// spread shows the decision on every item of the file with the same key: a
// fingerprint that stands twice is decided once.
func (p *Presenter) spread(i int, d *redact.Decision) {
	doc, key := p.items[i].Doc, p.items[i].Key()
	for _, k := range p.byDoc[doc] {
		if p.items[k].Key() == key {
			p.items[k].Decision = d
		}
	}
}

// Restore takes the decision about the current item back.
func (p *Presenter) Restore() (said string, err error) {
	it := p.Current()
	if it == nil {
		return "", ErrNothing
	}
	if it.Decision == nil {
		return "", ErrNoDecision
	}
	if redact.IsBox(it.Key()) {
		return p.RemoveBox(it.Doc, it.Key())
	}
	said = "恢复为待处理“" + Brief(it) + "”"
	manual := isManual(it.Key())
	if err := p.desk.Apply("恢复为待处理 1 处", []Change{{File: p.docs[it.Doc].File, Fingerprint: it.Key()}}); err != nil {
		return "", err
	}
	p.spread(p.cur, nil)
	if manual {
		p.Reload()
	}
	return said, nil
}

// Waiting lists the items of one document, or of all with doc < 0, that wait for
// the 复核人.
func (p *Presenter) Waiting(doc int) []int {
	var out []int
	for i := range p.items {
		if (doc < 0 || p.items[i].Doc == doc) && p.items[i].State() == Waiting {
			out = append(out, i)
		}
	}
	return out
}

// Confirm lets the second person confirm decisions as they stand.
func (p *Presenter) Confirm(items []int, second string) (said string, err error) {
	second = strings.TrimSpace(second)
	if second == "" {
		return "", ErrSecond
	}
	if len(items) == 0 {
		return "", ErrNothing
	}
	changes := make([]Change, 0, len(items))
	for _, i := range items {
		it := &p.items[i]
		if it.Decision == nil {
			return "", ErrNoDecision
		}
		if it.Decision.By == second {
			return "", ErrSamePerson
		}
		d := *it.Decision
		d.Confirmed = second
		changes = append(changes, Change{File: p.docs[it.Doc].File, Fingerprint: it.Key(), Decision: &d})
	}
	said = fmt.Sprintf("复核人确认 %d 处", len(items))
	if err := p.desk.Apply(said, changes); err != nil {
		return "", err
	}
	for k, i := range items {
		p.spread(i, changes[k].Decision)
	}
	return said, nil
}

// AcceptOpen stores the rule's suggestion for every open finding of the document,
// or of all with doc < 0, that a single person may decide; it returns how many
// were stored and how many are left.
func (p *Presenter) AcceptOpen(doc int) (done, left int, err error) {
	var items []int
	for i := range p.items {
		it := &p.items[i]
		if (doc >= 0 && it.Doc != doc) || it.State() != Open {
			continue
		}
		if it.Unchecked != nil || it.Finding.Level == finding.S1 {
			left++
			continue
		}
		items = append(items, i)
	}
	if len(items) == 0 {
		return 0, left, nil
	}
	label := fmt.Sprintf("其余 %d 处按建议脱敏", len(items))
	return len(items), left, p.store(label, items, Choice{Action: redact.ActionMask})
}

// Objections are the errors that only say what a person has to do first; any other
// error means that something went wrong.
func Objections() []error {
	return []error{
		ErrNothing, ErrMark, ErrNotMark, ErrReason, ErrNote, ErrClerk, ErrSecond, ErrSamePerson,
		ErrS1Ignore, ErrEmptyText, ErrNoSelection, ErrNoDecision, ErrUnread,
		ErrNoPages, ErrSmallBox, ErrBox,
	}
}
