//go:build unix

package pdfium

import "golang.org/x/sys/unix"

func reserve(size uint64) ([]byte, error) {
	return unix.Mmap(-1, 0, int(size), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
}

func commit([]byte, uint64) error { return nil } // pages come when they are touched

func release(b []byte) { _ = unix.Munmap(b) }
