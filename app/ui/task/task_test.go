package task_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"jinggao/app/ui/task"
)

// loop stands for the UI goroutine.
type loop struct{ calls chan func() }

func (l *loop) post(f func()) { l.calls <- f }

func (l *loop) until(stop func() bool) {
	for !stop() {
		(<-l.calls)()
	}
}

func TestQueueRunsInOrderAndShowsLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &loop{calls: make(chan func(), 100)}
		var shown []task.Status
		m := task.New(l.post, func(s task.Status) { shown = append(shown, s) })
		var order []string
		work := func(name string, d time.Duration) {
			m.Start(name, func(_ context.Context, r task.Report) error {
				for i := range 50 {
					time.Sleep(d / 50)
					r(i, 50, "")
				}
				return nil
			}, func(err error) {
				if err != nil {
					t.Error(err)
				}
				order = append(order, name)
			})
		}
		work("短", 100*time.Millisecond)
		work("长", time.Second)
		l.until(func() bool { return len(order) == 2 && !m.Busy() })
		if order[0] != "短" || order[1] != "长" {
			t.Fatal(order)
		}
		active := 0
		for _, s := range shown {
			if s.Active && s.Name == "短" {
				t.Error("short work was shown")
			}
			if s.Active {
				active++
			}
		}
		if active < 2 || active > 12 {
			t.Errorf("%d reports in a second", active)
		}
	})
}

func TestCancelStopsAndDropsTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &loop{calls: make(chan func(), 100)}
		m := task.New(l.post, func(task.Status) {})
		var errs []error
		wait := func(ctx context.Context, _ task.Report) error { <-ctx.Done(); return ctx.Err() }
		m.Start("一", wait, func(err error) { errs = append(errs, err) })
		m.Start("二", wait, func(err error) { errs = append(errs, err) })
		m.Cancel()
		l.until(func() bool { return !m.Busy() })
		if len(errs) != 2 || !errors.Is(errs[0], context.Canceled) || !errors.Is(errs[1], context.Canceled) {
			t.Fatal(errs)
		}
	})
}

func TestPanicIsAnErrorWithoutItsText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &loop{calls: make(chan func(), 100)}
		m := task.New(l.post, func(task.Status) {})
		var got error
		m.Start("读", func(context.Context, task.Report) error { panic("文档内容") }, func(err error) { got = err })
		l.until(func() bool { return !m.Busy() })
		if got == nil || got.Error() != "读: broke off (string)" {
			t.Fatal(got)
		}
	})
}
