package safe_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2/test"

	"jinggao/app/ui/safe"
)

func TestRunCatches(t *testing.T) {
	if err := safe.Run("scan", func() {}); err != nil {
		t.Errorf("nothing happened, got %v", err)
	}
	err := safe.Run("scan", func() {
		var rows []int
		_ = rows[len(rows)]
	})
	var p *safe.PanicError
	if !errors.As(err, &p) || p.Work != "scan" || !strings.Contains(p.Kind, "out of range") || len(p.Stack) == 0 {
		t.Errorf("got %#v", err)
	}
}

func TestRunKeepsTextOutOfTheError(t *testing.T) {
	err := safe.Run("scan", func() { panic("张三的身份证号") })
	if err == nil || strings.Contains(err.Error(), "张三") {
		t.Errorf("error quotes what was thrown: %v", err)
	}
}

func TestGoReports(t *testing.T) {
	test.NewTempApp(t)
	got := make(chan error, 1)
	safe.Go("scan", func() { panic(1) }, func(err error) { got <- err })
	if err := <-got; err == nil {
		t.Error("no report")
	}
}

func TestProgressIsThinned(t *testing.T) {
	test.NewTempApp(t)
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var shown []int
		p := safe.NewProgress(func(v int) {
			mu.Lock()
			defer mu.Unlock()
			shown = append(shown, v)
		})
		for i := range 1000 { // a second of reports
			p.Report(i)
			time.Sleep(time.Millisecond)
		}
		p.Done()
		p.Report(5000)
		time.Sleep(time.Second)
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		if len(shown) < 5 || len(shown) > 12 {
			t.Errorf("%d showings of 1000 reports in a second: %v", len(shown), shown)
		}
		if shown[len(shown)-1] != 999 {
			t.Errorf("last showing is %d, want 999", shown[len(shown)-1])
		}
		for i := 1; i < len(shown); i++ {
			if shown[i] <= shown[i-1] {
				t.Errorf("out of order: %v", shown)
			}
		}
	})
}

func TestProgressMayReportWhileShowing(t *testing.T) {
	test.NewTempApp(t)
	var p *safe.Progress[int]
	n := 0
	p = safe.NewProgress(func(v int) {
		n++
		if v < 3 {
			p.Report(v + 1)
		}
	})
	p.Report(1)
	p.Done()
	if n == 0 {
		t.Error("nothing shown")
	}
}
