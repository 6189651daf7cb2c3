//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"strings"
)

// writeAWD writes an Actiwatch file of eight days from a Monday's midnight on, in
// epochs of a minute: active from seven to eleven, as people are.
func (d *desk) writeAWD(path, name string) {
	d.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\r\n05-Jan-2015\r\n00:00\r\n 4 \r\n30\r\nV000001\r\nM\r\n", name)
	for minute := range 8 * 24 * 60 {
		counts := 0
		if hour := minute / 60 % 24; hour >= 7 && hour < 23 {
			counts = minute * 37 % 400
		}
		fmt.Fprintf(&b, "%d\r\n", counts)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		d.Fatal(err)
	}
}
