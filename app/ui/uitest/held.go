package uitest

import (
	"runtime"
	"time"
)

// Held tells how long f holds up the goroutine that calls it: the time that passes, less
// that in which its thread could have run and other programs had the processors. Limits
// held against it say something of the program however busy the machine is.
func Held(f func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	waited, began := queued(), time.Now()
	f()
	return time.Since(began) - (queued() - waited)
}

// Spent tells how much time of the processors the program takes while f waits for work
// behind the window; where the system does not tell, the time that passes.
func Spent(f func()) time.Duration {
	before := used()
	f()
	return used() - before
}
