package shell_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"jinggao/app/submission"
	"jinggao/app/ui/page"
	"jinggao/app/ui/rows"
	"jinggao/app/ui/uitest"
)

// TestFiveThousandRowsStaySmooth measures on a table of 5,000 rows how long acts hold the
// window up before it can paint. The limits leave room for a busy machine.
func TestFiveThousandRowsStaySmooth(t *testing.T) {
	b := newBench(t)
	b.openCase()
	words := []string{"流域", "港口", "激光", "量子", "低空", "海洋", "电网", "医疗", "遥感", "芯片", "材料", "隧道", "桥梁", "疫苗", "储能", "雷达", "算力", "语音", "视觉"}
	var list []submission.Row
	for i := range 4999 {
		r := submission.NewRow()
		w := func(k int) string { return words[i/k%len(words)] }
		r.Applicant, r.Title = fmt.Sprintf("%s%s研究院", w(7), w(3)), w(1)+w(19)+w(361)+"系统"+fmt.Sprint(i%53)
		r.Category, r.Time, r.Contact, r.Phone = b.w.Session().Campaign().CategoryNames()[i%3], "2026-04-12", "陆念一", "021-55500010"
		list = append(list, r)
	}
	if err := b.w.Session().InsertRows("新增", 1, list); err != nil {
		t.Fatal(err)
	}
	b.settle()
	b.w.Goto(page.Rows)
	b.settle()
	tab := b.w.Rows().Table()
	took := func(what string, limit time.Duration, f func()) {
		acted := uitest.Held(f)
		t.Logf("%-16s %7.1f ms", what, float64(acted.Microseconds())/1000)
		if acted > limit {
			t.Errorf("%s took %v, limit %v", what, acted, limit)
		}
	}
	press := func(n fyne.KeyName) { b.focused().TypedKey(&fyne.KeyEvent{Name: n}) }
	tab.MoveTo(2500, 2)
	took("arrow", 100*time.Millisecond, func() { press(fyne.KeyDown) })
	took("page down", 100*time.Millisecond, func() { press(fyne.KeyPageDown) })
	took("key that edits", 200*time.Millisecond, func() { press(fyne.KeyF2) })
	took("edit stored", time.Second, func() { b.focused().TypedRune('新'); press(fyne.KeyReturn) })
	if d := uitest.Spent(b.settle); d > 10*time.Second {
		t.Errorf("checked again by %v of the processors", d)
	} else {
		t.Logf("%-16s %7.1f ms of the processors", "checked again", float64(d.Microseconds())/1000)
	}
	took("sort", 3*time.Second, func() { tab.OnHead(string(submission.ColApplicant)) })
	took("undo the sort", 3*time.Second, b.w.Undo)
	b.settle()
	took("find bar", 400*time.Millisecond, func() { b.w.Keys().Run("rows.find") })
	took("find", 400*time.Millisecond, func() { b.focused().TypedRune('海') })
	took("filter", 400*time.Millisecond, func() { b.w.Rows().SetFilter(rows.Filter{Text: "海洋"}) })
	if n := len(tab.Rows()); n == 0 || n > 2500 {
		t.Errorf("%d rows shown", n)
	}
}
