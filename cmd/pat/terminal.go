package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"circascope/app"
)

// console is standard error: text, and on a terminal one line that is rewritten
// to tell how far the work has come.
type console struct {
	out      io.Writer
	terminal bool

	mu    sync.Mutex
	shown bool // the progress line is on the screen
}

func newConsole(out io.Writer) *console {
	file, ok := out.(*os.File)
	if !ok {
		return &console{out: out}
	}
	info, err := file.Stat()
	return &console{out: out, terminal: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

// Write writes text in place of the progress line.
func (c *console) Write(p []byte) (int, error) {
	c.clear()
	return c.out.Write(p)
}

func (c *console) clear() { c.status("") }

// progressWidth keeps the line from wrapping, since only one row is rewritten.
const progressWidth = 79

func (c *console) status(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.shown && line == "" {
		return
	}
	if runes := []rune(line); len(runes) > progressWidth {
		line = string(runes[:progressWidth-1]) + "…"
	}
	c.shown = line != ""
	fmt.Fprintf(c.out, "\r\x1b[K%s", line)
}

// progress returns a callback that keeps the progress line up to date, or
// nothing where there is no terminal.
func (c *console) progress() app.Progress {
	if !c.terminal {
		return nil
	}
	return func(done, total int64, what string) {
		switch what = printable(what); {
		case total == 0:
			c.status(what)
		case done == total:
			c.clear()
		default:
			c.status(fmt.Sprintf("%d %%  %s", 100*done/total, what))
		}
	}
}

// printable returns names and messages as one line that does nothing to a
// terminal: control characters, which file names may hold, are escaped.
func printable(s string) string {
	if strings.IndexFunc(s, unicode.IsControl) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unicode.IsControl(r) {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
