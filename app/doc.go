// Package app is the workbench without a screen: its state, its use cases and its
// jobs. Methods block and take a context; they report through callbacks. It knows
// neither the window toolkit nor SQL nor TensorFlow: main and cmd/pat hand those in.
package app
