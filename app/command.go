package app

import (
	"context"
	"strings"
	"unicode"
)

type commandKey struct{}

// WithCommand returns a context whose exports name, in their side files, the line of pat
// that writes the same.
func WithCommand(ctx context.Context, line string) context.Context {
	return context.WithValue(ctx, commandKey{}, line)
}

// commandOf returns the line that WithCommand left, or nothing.
func commandOf(ctx context.Context) string {
	line, _ := ctx.Value(commandKey{}).(string)
	return line
}

// ShellWord returns a word as a POSIX shell reads it back: in quotes where it holds
// anything that could mean something to one.
func ShellWord(word string) string {
	if word != "" && !strings.ContainsFunc(word, special) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// special reports whether a shell may read more into a letter than itself.
func special(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_./,:=+@%", r)
}
