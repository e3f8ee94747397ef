package submission

import (
	"fmt"
	"time"
)

// Countdown says how long is left to apply and to send the table, by the calendar
// of Beijing: 网上申报截止 2026-06-15 24:00，还有 3 天；统计表反馈截止 2026-06-16，还有 4 天.
func (c *Campaign) Countdown(now time.Time) string {
	return countdown("网上申报", c.Deadline, " 24:00", now) + "；" + countdown("统计表反馈", c.Return, "", now)
}

func countdown(what, day, hour string, now time.Time) string {
	switch n := daysTo(day, now); {
	case n < 0:
		return what + "已于 " + day + " 截止"
	case n == 0:
		return what + "今日" + hour + "截止"
	default:
		return fmt.Sprintf("%s截止 %s%s，还有 %d 天", what, day, hour, n)
	}
}

// daysTo counts whole days from now to a day, by the calendar of Beijing.
func daysTo(day string, now time.Time) int {
	end, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0 // validated on load
	}
	now = now.In(beijing())
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	return int(end.Sub(today).Hours() / 24)
}

// Day writes an ISO date the way letters do: 2026 年 6 月 16 日. Anything else stays.
func Day(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return fmt.Sprintf("%d 年 %d 月 %d 日", t.Year(), t.Month(), t.Day())
}
