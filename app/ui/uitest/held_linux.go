package uitest

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// queued is how long this thread has waited for a processor since it began; 0 where the
// system does not tell.
func queued() time.Duration {
	b, err := os.ReadFile("/proc/thread-self/schedstat")
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b)) // time run, time waited, turns
	if len(f) < 2 {
		return 0
	}
	n, err := strconv.ParseInt(f[1], 10, 64)
	if err != nil {
		return 0
	}
	return time.Duration(n)
}

// used is how much time of the processors this program has taken since it began.
func used() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return time.Duration(time.Now().UnixNano())
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
