//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// home is a user who has never started the program.
type home struct{ dir string }

func (h home) data() string    { return filepath.Join(h.dir, "data", "circascope") }
func (h home) sample() string  { return filepath.Join(h.data(), "libraries", "sample.circascope") }
func (h home) library() string { return filepath.Join(h.data(), "libraries", "default.circascope") }

// environ is the environment of that user's programs.
func (h home) environ() []string {
	own := []string{"HOME=", "XDG_", "LANG=", "LANGUAGE=", "LC_", "FYNE_", "WAYLAND_DISPLAY=", "DBUS_"}
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		return slices.ContainsFunc(own, func(prefix string) bool { return strings.HasPrefix(v, prefix) })
	})
	if os.Getenv("XAUTHORITY") == "" { // lies in the home folder otherwise
		env = append(env, "XAUTHORITY="+filepath.Join(os.Getenv("HOME"), ".Xauthority"))
	}
	return append(env, "HOME="+h.dir, "XDG_DATA_HOME="+filepath.Join(h.dir, "data"), "XDG_CONFIG_HOME="+filepath.Join(h.dir, "config"),
		"LANG=en_GB.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1")
}

// program is the window's program while it runs.
type program struct {
	cmd  *exec.Cmd
	log  string // file of what it said
	done chan struct{}
}

func (h home) start() (*program, error) {
	said, err := os.OpenFile(filepath.Join(h.dir, "circascope.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	defer said.Close() //nolint:errcheck // the program has it
	p := &program{cmd: exec.Command(filepath.Join(built, "circascope")), log: said.Name(), done: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = h.dir, h.environ(), said, said
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting circascope: %w", err)
	}
	go func() {
		defer close(p.done)
		_ = p.cmd.Wait() // the exit status stands in cmd.ProcessState
	}()
	return p, nil
}

func (p *program) ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// kill ends the program if it still runs.
func (p *program) kill() {
	if !p.ended() {
		_ = p.cmd.Process.Kill()
		<-p.done
	}
}

// said returns the end of what the program wrote to its terminal.
func (p *program) said() string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-4000):])
}

// recording is what 'pat list' tells of a recording.
type recording struct {
	ID, Subject, Device, Source string
	Embedded                    []string
	Demo                        bool `json:"demo_weights"`
	Days                        int  `json:"days_complete"`
}

// list asks pat what a library holds; that works while the window has it open.
func (h home) list(library string) ([]recording, error) {
	cmd := exec.Command(filepath.Join(built, "pat"), "list", "--json", "--db", library)
	cmd.Env = h.environ()
	var problem strings.Builder
	cmd.Stderr = &problem
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("pat list: %w: %s", err, strings.TrimSpace(problem.String()))
	}
	var all []recording
	if err := json.Unmarshal(out, &all); err != nil {
		return nil, fmt.Errorf("pat list: %w in %q", err, out)
	}
	return all, nil
}

// embedded counts the recordings with demo results of exactly the model S.
func embedded(all []recording) int {
	n := 0
	for _, r := range all {
		if r.Demo && slices.Equal(r.Embedded, []string{"S"}) {
			n++
		}
	}
	return n
}
