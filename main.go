// Circascope is a desktop workbench for wrist actigraphy: recordings of any device
// in one library, embedded by the Pretrained Actigraphy Transformer on this
// machine.
//
//	circascope [LIBRARY]
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"circascope/assets"
	_ "circascope/internal/locale" // first, or the toolkit logs about C.UTF-8
	"circascope/internal/wiring"
	"circascope/ui"
)

// appID names the program's preferences; FyneApp.toml has the same.
const appID = "org.circascope.workbench"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run opens the window and returns the exit status.
func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("circascope", flag.ContinueOnError)
	flags.SetOutput(errs)
	flags.Usage = func() {
		fmt.Fprintln(errs, "usage: circascope [-version] [LIBRARY]\n\nOpens the window, with the library in the file LIBRARY or the one opened last.\nThe same without a screen: pat --help")
	}
	version := flags.Bool("version", false, "print the version and exit")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if *version {
		fmt.Fprintln(out, "circascope", wiring.Version())
		return 0
	}
	if flags.NArg() > 1 {
		flags.Usage()
		return 2
	}
	if problem := noDisplay(); problem != "" {
		fmt.Fprintln(errs, "circascope:", problem)
		return 1
	}
	if err := show(flags.Arg(0)); err != nil {
		fmt.Fprintln(errs, "circascope:", err)
		return 1
	}
	return 0
}

// noDisplay says why no window can be opened, before the window system panics.
func noDisplay() string {
	if runtime.GOOS != "linux" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" {
		return ""
	}
	return "there is no display (DISPLAY is not set): start it in a desktop session, or use pat, which needs none"
}

func show(library string) error {
	wb, err := wiring.New(wiring.Options{})
	if err != nil {
		return err
	}
	if library != "" {
		if library, err = filepath.Abs(library); err != nil {
			return fmt.Errorf("finding the library: %w", err)
		}
	}
	window := ui.New(fyneapp.NewWithID(appID), wb, ui.Options{
		Library: library, DefaultLibrary: wiring.DefaultLibrary(), SampleLibrary: wiring.SampleLibrary(),
		Extension: wiring.LibraryExtension, Icon: fyne.NewStaticResource("icon.png", assets.Icon),
	})
	window.ShowAndRun()
	return wb.Close()
}
