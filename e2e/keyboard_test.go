//go:build e2e

package e2e

import (
	"image"
	"os/exec"
	"strconv"
)

// press presses keys one after the other, each by its name: "ctrl+f", "Return".
func (d *desk) press(keys ...string) {
	d.Helper()
	d.own()
	d.xdotool(append([]string{"key", "--delay", "30"}, keys...)...)
}

// write types text.
func (d *desk) write(text string) {
	d.Helper()
	d.own()
	d.xdotool("type", "--delay", "5", text)
}

// click presses the mouse at a point of the screen.
func (d *desk) click(at image.Point) {
	d.Helper()
	d.xdotool("mousemove", strconv.Itoa(at.X), strconv.Itoa(at.Y), "click", "1")
}

// own makes sure that keys go to the program and to nobody else.
func (d *desk) own() {
	d.Helper()
	w, _, found := d.screen.window()
	if !found {
		d.Fatal("the window is gone")
	}
	if err := d.screen.focus(w); err != nil {
		d.Fatalf("giving the window the keyboard: %v", err)
	}
}

func (d *desk) xdotool(args ...string) {
	d.Helper()
	if out, err := exec.Command("xdotool", args...).CombinedOutput(); err != nil {
		d.Fatalf("xdotool %v: %v\n%s", args, err, out)
	}
}
