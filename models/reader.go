package models

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"circascope/internal/arrays"
)

// DefaultTimeout is how long the child process may take over a file.
const DefaultTimeout = 5 * time.Second

// maxAnswer bounds what the child may say: more than any weights file needs.
const maxAnswer = 80 << 20

// Reader reads HDF5 files in a child process, which is limited in memory and
// time, so that a damaged or hostile file can't hurt this one. The zero Reader
// is ready: it runs the pat-h5 that lies beside the running program.
type Reader struct {
	Program string        // path of pat-h5; "" is the one beside the running program
	Timeout time.Duration // by the wall clock; 0 is DefaultTimeout
}

// program returns the path of pat-h5.
func (r Reader) program() (string, error) {
	path := r.Program
	if path == "" {
		self, err := os.Executable()
		if err != nil {
			return "", fmt.Errorf("finding the weights reader pat-h5: %w", err)
		}
		if real, err := filepath.EvalSymlinks(self); err == nil {
			self = real
		}
		path = filepath.Join(filepath.Dir(self), "pat-h5")
	}
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("the weights reader pat-h5 is not at %s: build it with `make build` and keep it beside the program", path)
	}
	return path, nil
}

// read hands the content of an HDF5 file to the child and returns its datasets.
// A refusal is an error of type refusal; any other error is about this machine,
// not about the file.
func (r Reader) read(ctx context.Context, content []byte) (*arrays.File, error) {
	program, err := r.program()
	if err != nil {
		return nil, err
	}
	// The child gets a private copy: what is parsed is what was hashed, even if
	// the user's file changes meanwhile.
	dir, err := os.MkdirTemp("", "pat-h5-")
	if err != nil {
		return nil, fmt.Errorf("making a private copy of the weights: %w", err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a leftover temporary copy does no harm
	path := filepath.Join(dir, "weights.h5")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return nil, fmt.Errorf("making a private copy of the weights: %w", err)
	}
	answer, err := r.run(ctx, program, path, dir)
	if err != nil {
		return nil, err
	}
	f, err := arrays.Decode(answer)
	if err != nil {
		return nil, fmt.Errorf("the answer of %s can't be used: %w", program, err)
	}
	if sum := sha256.Sum256(content); f.SourceSHA256 != hex.EncodeToString(sum[:]) {
		return nil, errors.New("the private copy of the weights changed while it was read")
	}
	if f.Problem != "" {
		return nil, refusal(f.Problem)
	}
	return f, nil
}

// run runs the child and returns its standard output.
func (r Reader) run(ctx context.Context, program, path, dir string) ([]byte, error) {
	timeout := r.Timeout
	if timeout == 0 {
		timeout = DefaultTimeout
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	out := &capped{max: maxAnswer}
	complaint := &capped{max: 64 << 10}
	cmd := exec.CommandContext(limited, program, path)
	cmd.Dir, cmd.Env = dir, []string{"GOMAXPROCS=1", "GOTRACEBACK=none"}
	cmd.Stdout, cmd.Stderr = out, complaint
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, refusal(fmt.Sprintf("reading it took longer than %g s, where a good file takes well under a second: it is damaged or hostile, or this machine is very busy; try again", timeout.Seconds()))
	case out.over:
		return nil, refusal("it unpacks to more data than any weights have")
	case err == nil:
		return out.kept.Bytes(), nil
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return nil, fmt.Errorf("running %s: %w", program, err)
	}
	if exit.ExitCode() == 1 {
		return nil, fmt.Errorf("%s failed: %s", program, strings.TrimSpace(complaint.kept.String()))
	}
	if strings.Contains(complaint.kept.String(), "out of memory") {
		return nil, refusal("reading it takes more memory than any weights file needs: it is damaged or hostile")
	}
	return nil, refusal(fmt.Sprintf("the reader broke on it (%s): it is damaged or hostile", exit))
}

// capped keeps up to max bytes of what a child writes, and then refuses more. The
// buffer is not embedded: its ReadFrom would go round the limit.
type capped struct {
	kept bytes.Buffer
	max  int
	over bool
}

func (c *capped) Write(p []byte) (int, error) {
	if c.kept.Len()+len(p) > c.max {
		c.over = true
		return 0, errors.New("too much output")
	}
	return c.kept.Write(p)
}
