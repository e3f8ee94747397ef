//go:build !linux

package uitest

import "time"

func queued() time.Duration { return 0 }

func used() time.Duration { return time.Duration(time.Now().UnixNano()) }
