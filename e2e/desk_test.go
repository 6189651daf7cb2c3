//go:build e2e

package e2e

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// desk is a screen with a user and a program.
type desk struct {
	*testing.T
	screen  *screen
	home    home
	program *program
	begun   time.Time
	shots   string // folder for screenshots
	steps   int
	bright  color.RGBA // of the window's left edge while no dialog darkens it
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	needScreen(t)
	if err := build(); err != nil {
		t.Fatal(err)
	}
	s, err := openScreen()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.conn.Close)
	d := &desk{T: t, screen: s, home: home{t.TempDir()}, begun: time.Now(), shots: os.Getenv("CIRCASCOPE_E2E_SHOTS")}
	if d.shots == "" {
		d.shots = t.TempDir()
	}
	return d
}

func needScreen(t *testing.T) {
	t.Helper()
	if os.Getenv("DISPLAY") == "" {
		t.Skip("DISPLAY is not set: run it on a screen of its own, with scripts/test.sh window")
	}
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("xdotool, which presses the keys, is not installed: make test brings it")
	}
}

// start starts the program and waits for its window and for the first picture in
// it.
func (d *desk) start() {
	d.Helper()
	begun := time.Now()
	var err error
	if d.program, err = d.home.start(); err != nil {
		d.Fatal(err)
	}
	p := d.program
	d.Cleanup(func() {
		if d.Failed() && !p.ended() {
			d.explain()
		}
		p.kill()
	})
	d.until("the window is there", func() bool { _, _, found := d.screen.window(); return found })
	opened := time.Since(begun)
	d.until("the window shows something", func() bool { return colours(d.look()) > 20 })
	d.Logf("the window came %d ms after the start, its first picture after %d ms", opened.Milliseconds(), time.Since(begun).Milliseconds())
	d.bright = d.edge(d.look())
}

// quit ends the program from the keyboard.
func (d *desk) quit() {
	d.Helper()
	d.press("ctrl+q")
	p := d.program
	d.wait("the program ends", func() (bool, error) { return p.ended(), nil })
	if status := p.cmd.ProcessState.ExitCode(); status != 0 {
		d.Fatalf("the program ended with status %d, want 0:\n%s", status, p.said())
	}
}

// step names what was done, and keeps and returns a picture of how it looks once
// the window stands still.
func (d *desk) step(name string) *image.RGBA {
	d.Helper()
	picture := d.still()
	d.keep(name, picture)
	return picture
}

func (d *desk) keep(name string, picture *image.RGBA) {
	d.Helper()
	d.steps++
	path := d.save(fmt.Sprintf("%02d-%s", d.steps, name), picture)
	d.Logf("%5.1f s %s: %s", time.Since(d.begun).Seconds(), name, path)
}

// save writes a picture and returns its path.
func (d *desk) save(name string, picture *image.RGBA) string {
	path := filepath.Join(d.shots, d.Name()+"-"+name+".png")
	f, err := os.Create(path)
	if err != nil {
		return err.Error()
	}
	defer f.Close() //nolint:errcheck // only for people to look at
	if err := png.Encode(f, picture); err != nil {
		return err.Error()
	}
	return path
}

// explain keeps what shows why a test failed, where it outlives the test.
func (d *desk) explain() {
	if os.Getenv("CIRCASCOPE_E2E_SHOTS") == "" {
		if dir, err := os.MkdirTemp("", "circascope-e2e-"); err == nil {
			d.shots = dir
		}
	}
	if picture, err := d.screen.shot(); err == nil {
		d.Logf("how it looked: %s", d.save("failed", picture))
	}
	d.Logf("what the program said:\n%s", d.program.said())
}
