// Package look is how the window looks: its theme, colours, spacing, type scale
// and icons. It knows nothing of what the window shows.
package look
