// Package locale names a language that the window's toolkit knows where the
// environment names none: "C.UTF-8", common in containers and over SSH, makes it
// log errors at every start. Importing it is enough. Go initialises packages in
// the order of their import paths where they don't depend on each other, so this
// one is ahead of the toolkit, which reads the environment when it is initialised.
package locale

import (
	"os"
	"strings"
)

var _ = settle(os.Getenv, os.Setenv)

// settle sets the language of messages to C, which the toolkit takes for English,
// and leaves the encoding of characters as it is.
func settle(get func(string) string, set func(name, value string) error) error {
	name, value := messages(get)
	if !strings.HasPrefix(value, "C.") {
		return nil
	}
	if name == "LC_ALL" {
		// It goes before all others.
		if err := set("LC_CTYPE", value); err != nil {
			return err
		}
		if err := set("LC_ALL", ""); err != nil {
			return err
		}
	}
	return set("LC_MESSAGES", "C")
}

// messages returns the variable that decides the language of messages, by the
// order of POSIX (XBD, 8.2).
func messages(get func(string) string) (name, value string) {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := get(name); value != "" {
			return name, value
		}
	}
	return "", ""
}
