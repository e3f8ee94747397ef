//go:build !linux

package uitest

import "time"

func queued() time.Duration { return 0 }
