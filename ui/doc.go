// Package ui is the window: pages, dialogs and how they hang together. It shows
// what package app holds and calls its use cases in the background; it computes
// nothing of its own.
package ui
