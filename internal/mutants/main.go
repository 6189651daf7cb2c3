// Mutants puts one fault at a time into the arithmetic of PAT and its loader, and
// wants named tests to fail over it. The product has no hooks for it: go test
// takes each mutated file from an overlay. It prints a Markdown table.
//
// Usage, from the repository's root: go run ./internal/mutants [WORD]
// With a word only the mutants whose fault or place has it are tried.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, strings.Join(os.Args[1:], " ")); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, word string) error {
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	chosen, err := choose(root, word)
	if err != nil {
		return err
	}
	if err := baseline(ctx, root, chosen); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch) //nolint:errcheck // a folder left in the temporary one
	fmt.Print("| fault | in | caught by | difference | tolerance |\n|---|---|---|---|---|\n")
	failed := 0
	for _, m := range chosen {
		v, err := m.try(ctx, root, scratch)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			fmt.Printf("| %s | %s | **NOT CAUGHT** | | |\n", m.fault, m.where)
			fmt.Fprintf(os.Stderr, "%s (%s): %v\n", m.fault, m.where, err)
			continue
		}
		fmt.Printf("| %s | %s | %s | %s |\n", m.fault, m.where, strings.Join(m.caughtBy, ", "), v)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d mutants were not caught as they should be", failed, len(chosen))
	}
	fmt.Fprintf(os.Stderr, "all %d mutants were caught\n", len(chosen))
	return nil
}

// choose returns the mutants with that word. All are tried on the source first,
// so that a change of the source that leaves one behind is seen at once.
func choose(root, word string) ([]mutant, error) {
	var chosen []mutant
	for _, m := range mutants() {
		if _, err := m.apply(root); err != nil {
			return nil, err
		}
		if strings.Contains(m.fault+" "+m.where, word) {
			chosen = append(chosen, m)
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("no mutant has %q in its fault or place", word)
	}
	return chosen, nil
}

// String gives the last two columns of the table.
func (v verdict) String() string {
	if v.difference == 0 {
		return "in words | "
	}
	return fmt.Sprintf("%.1e | %.0e", v.difference, v.tolerance)
}
