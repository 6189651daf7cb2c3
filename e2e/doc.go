// Package e2e drives the program from outside, as a person does: a real window on
// a real X screen, keys and clicks by xdotool, and a look at the files and at the
// library that come of it.
//
// Its tests have the build tag e2e. They send keys to whatever window has the
// keyboard, so they want a screen of their own:
//
//	scripts/test.sh window
//
// CIRCASCOPE_E2E_SHOTS names a folder that keeps a screenshot of every step.
package e2e
