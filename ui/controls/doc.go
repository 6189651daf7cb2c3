// Package controls holds the window's own widgets. They are presentation only:
// values in, callbacks out; they know nothing of recordings or models.
package controls
