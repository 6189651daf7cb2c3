//go:build e2e

package e2e

import (
	"image"
	"image/color"
	"path/filepath"
	"time"
)

// patience is how long anything may take before it counts as broken.
const patience = 60 * time.Second

// until waits for something, while the program runs.
func (d *desk) until(what string, ok func() bool) {
	d.Helper()
	d.wait(what, func() (bool, error) {
		if d.program.ended() {
			d.Fatalf("the program ended by itself (%v) before %s:\n%s", d.program.cmd.ProcessState, what, d.program.said())
		}
		return ok(), nil
	})
}

// wait polls; the last error tells why it never came.
func (d *desk) wait(what string, ok func() (bool, error)) {
	d.Helper()
	var last error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		done, err := ok()
		if done {
			return
		}
		last = err
	}
	d.Fatalf("waited %v, but not so: %s (%v)", patience, what, last)
}

// look takes a picture of the screen.
func (d *desk) look() *image.RGBA {
	d.Helper()
	picture, err := d.screen.shot()
	if err != nil {
		d.Fatal(err)
	}
	return picture
}

func (d *desk) edge(p *image.RGBA) color.RGBA { return p.RGBAAt(2, d.screen.size.Y/2) }

// dialog waits until a dialog is open. It darkens the page.
func (d *desk) dialog(what string) {
	d.Helper()
	d.until(what, func() bool { return d.edge(d.look()) != d.bright })
}

// answer waits until another dialog is in the place of a form: one that differs from
// it in more than this share of the screen, 0 to 1.
func (d *desk) answer(what string, form *image.RGBA, differs float64) {
	d.Helper()
	d.until(what, func() bool {
		now := d.look()
		return d.edge(now) != d.bright && share(form, now) > differs
	})
}

// noDialog waits until none is open.
func (d *desk) noDialog() {
	d.Helper()
	d.until("no dialog is open", func() bool { return d.edge(d.look()) == d.bright })
}

// still waits until the picture stays as it is; a text cursor may blink.
func (d *desk) still() *image.RGBA {
	d.Helper()
	last := d.look()
	d.until("the picture stands still", func() bool {
		time.Sleep(150 * time.Millisecond)
		now := d.look()
		moved := share(last, now)
		last = now
		return moved < 0.0005
	})
	return last
}

// holds waits until a library is as it should be.
func (d *desk) holds(library, what string, ok func([]recording) bool) []recording {
	d.Helper()
	var all []recording
	d.wait(filepath.Base(library)+" holds "+what, func() (bool, error) {
		var err error
		all, err = d.home.list(library)
		return err == nil && ok(all), err
	})
	return all
}
