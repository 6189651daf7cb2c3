package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// difference is how a test of values says that it failed.
var difference = regexp.MustCompile(`differs by (\S+), at most (\S+) may be`)

// outcome is what became of the tests that a run asked for.
type outcome struct {
	actions map[string]string // "pass", "fail" or "skip" by test
	output  map[string]string // what a test printed, its subtests included
	build   string            // what the compiler said, where it failed
}

// event is a line of go test -json.
type event struct{ Action, Test, Output string }

// test runs tests of a package with go test, with an overlay if it isn't empty.
func test(ctx context.Context, root, pkg, overlay string, tests []string) (outcome, error) {
	args := []string{"test", "-json", "-count=1", "-vet=off", "-run", pattern(tests)}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	cmd := exec.CommandContext(ctx, "go", append(args, "./"+pkg)...)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || ctx.Err() != nil) {
		return outcome{}, fmt.Errorf("go test: %w", err)
	}
	o := outcome{actions: make(map[string]string), output: make(map[string]string)}
	for line := range bytes.Lines(stdout) {
		var e event
		if err := json.Unmarshal(line, &e); err != nil {
			return outcome{}, fmt.Errorf("go test -json printed %q: %w\n%s", line, err, stderr.String())
		}
		o.add(e)
	}
	return o, nil
}

func (o *outcome) add(e event) {
	switch e.Action {
	case "pass", "fail", "skip":
		o.actions[e.Test] = e.Action
	case "build-output":
		o.build += e.Output
	case "output":
		for name := e.Test; name != ""; name = parent(name) {
			o.output[name] += e.Output
		}
	}
}

// parent returns the name of the test that a subtest belongs to, or "".
func parent(name string) string {
	i := strings.LastIndex(name, "/")
	if i < 0 {
		return ""
	}
	return name[:i]
}

// pattern returns the argument of -run that selects these tests and no others.
func pattern(tests []string) string {
	patterns := make([]string, len(tests))
	for i, name := range tests {
		parts := strings.Split(name, "/")
		for j, p := range parts {
			parts[j] = "^" + regexp.QuoteMeta(p) + "$"
		}
		patterns[i] = strings.Join(parts, "/")
	}
	return strings.Join(patterns, "|")
}

// baseline runs every test that some mutant names on the source as it is: all
// must pass, and none be skipped.
func baseline(ctx context.Context, root string, mutants []mutant) error {
	tests := make(map[string][]string)
	for _, m := range mutants {
		for _, name := range m.caughtBy {
			if !slices.Contains(tests[m.pkg()], name) {
				tests[m.pkg()] = append(tests[m.pkg()], name)
			}
		}
	}
	for pkg, names := range tests {
		o, err := test(ctx, root, pkg, "", names)
		if err != nil {
			return err
		}
		for _, name := range names {
			if o.actions[name] != "pass" {
				return fmt.Errorf("%s of %s must pass on the source as it is, but the outcome is %q:\n%s%s", name, pkg, o.actions[name], o.build, o.output[name])
			}
		}
	}
	return nil
}

// verdict is a mutant's fate.
type verdict struct {
	difference, tolerance float64 // of the failure furthest above its tolerance; 0 where it is no matter of numbers
}

// try runs a mutant. It is an error when one of its tests doesn't fail, or
// fails otherwise than it should.
func (m mutant) try(ctx context.Context, root, scratch string) (verdict, error) {
	overlay, err := m.overlay(root, scratch)
	if err != nil {
		return verdict{}, err
	}
	o, err := test(ctx, root, m.pkg(), overlay, m.caughtBy)
	if err != nil {
		return verdict{}, err
	}
	if o.build != "" {
		return verdict{}, fmt.Errorf("the mutant does not compile:\n%s", o.build)
	}
	var v verdict
	for _, name := range m.caughtBy {
		if o.actions[name] != "fail" {
			return v, fmt.Errorf("not caught: the outcome of %s is %q\n%s", name, o.actions[name], o.output[name])
		}
		if err := v.read(m, name, o.output[name]); err != nil {
			return v, err
		}
	}
	return v, nil
}

// read looks for the reason of a failure in what the test printed.
func (v *verdict) read(m mutant, name, output string) error {
	if m.says != "" {
		if !regexp.MustCompile(m.says).MatchString(output) {
			return fmt.Errorf("%s fails, but doesn't say %q:\n%s", name, m.says, output)
		}
		return nil
	}
	found := difference.FindAllStringSubmatch(output, -1)
	if found == nil {
		return fmt.Errorf("%s fails, but not over a difference:\n%s", name, output)
	}
	for _, f := range found {
		d, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			return err
		}
		tolerance, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			return err
		}
		if !(d*v.tolerance <= v.difference*tolerance) || v.difference == 0 {
			v.difference, v.tolerance = d, tolerance
		}
	}
	return nil
}

// overlay writes the mutated file and the JSON that go test -overlay takes.
func (m mutant) overlay(root, scratch string) (string, error) {
	content, err := m.apply(root)
	if err != nil {
		return "", err
	}
	mutated, list := filepath.Join(scratch, "mutated.go"), filepath.Join(scratch, "overlay.json")
	if err := os.WriteFile(mutated, []byte(content), 0o600); err != nil {
		return "", err
	}
	replace := map[string]map[string]string{"Replace": {filepath.Join(root, filepath.FromSlash(m.file)): mutated}}
	encoded, err := json.Marshal(replace)
	if err != nil {
		return "", err
	}
	return list, os.WriteFile(list, encoded, 0o600)
}
