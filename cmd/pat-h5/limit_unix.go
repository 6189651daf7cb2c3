//go:build unix

package main

import (
	"fmt"
	"os"
	"syscall"
)

const (
	memoryLimit  = 512 << 20 // bytes above what the Go runtime has reserved at the start
	secondsLimit = 5         // of processor time
)

// limit sets the limits this process lives under: address space, processor time,
// and no file may be written.
func limit() error {
	limits := []struct {
		resource int
		value    uint64
	}{
		{syscall.RLIMIT_AS, reserved() + memoryLimit},
		{syscall.RLIMIT_CPU, secondsLimit},
		{syscall.RLIMIT_FSIZE, 0},
	}
	for _, l := range limits {
		var now syscall.Rlimit
		if err := syscall.Getrlimit(l.resource, &now); err != nil {
			return err
		}
		value := min(l.value, now.Max)
		if err := syscall.Setrlimit(l.resource, &syscall.Rlimit{Cur: value, Max: value}); err != nil {
			return err
		}
	}
	return nil
}

// reserved returns the address space the process has already, which the Go
// runtime reserves without using it. Where the system does not tell, it is
// taken for 1 GiB.
func reserved() uint64 {
	var pages uint64
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 1 << 30
	}
	if _, err := fmt.Sscan(string(b), &pages); err != nil {
		return 1 << 30
	}
	return pages * uint64(os.Getpagesize())
}
