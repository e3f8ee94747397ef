package worker

import (
	"os"
	"os/exec"

	"golang.org/x/sys/unix"
)

// addressSpace is what a child may map: Go and the PDF sandbox reserve far more than they use.
const addressSpace = 8 << 30

// limitSelf lowers the child's own limits; a limit that is already lower stays.
func limitSelf(memory uint64) {
	if !raceDetector { // the child's own watch remains
		lower(unix.RLIMIT_AS, addressSpace)
		lower(unix.RLIMIT_DATA, 2*memory)
	}
	lower(unix.RLIMIT_CORE, 0)
	lower(unix.RLIMIT_FSIZE, 256<<20) // only the compile cache of the PDF reader is written
}

func lower(what int, to uint64) {
	var l unix.Rlimit
	if unix.Getrlimit(what, &l) != nil {
		return
	}
	l.Cur = min(l.Cur, to)
	l.Max = min(l.Max, to)
	_ = unix.Setrlimit(what, &l) // the parent's deadline and the child's own watch remain
}

// prepare makes the child a group of its own, out of reach of Ctrl-C; it leaves when its input is closed.
func prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &unix.SysProcAttr{Setpgid: true, Pdeathsig: 0}
}

func confine(*os.Process, uint64) (func(), error) { return func() {}, nil }
