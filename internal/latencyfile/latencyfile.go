// Package latencyfile keeps the record of latencies in a file of the user's, which
// the window and every command share.
package latencyfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"circascope/inference/latency"
	"circascope/internal/wholefile"
)

// File is a latency.Keeper in the file of that path. Beside it lies PATH.lock.
type File struct{ Path string }

// Read returns what the file holds: nothing where there is none. A damaged file
// is set aside and told of by a *latency.DamagedError.
func (f File) Read() (latency.Log, error) {
	log, err := f.read()
	if errors.As(err, new(*damage)) {
		return f.Update(func(*latency.Log) {}) // sets it aside, if it still is damaged
	}
	return log, err
}

// Update changes the file while no other process does. A damaged file is set
// aside and told of by a *latency.DamagedError; a new one begins. One that a newer
// version of the program wrote is left alone.
func (f File) Update(change func(*latency.Log)) (latency.Log, error) {
	var log latency.Log
	var aside error
	err := wholefile.Locked(f.Path+".lock", func() error {
		var err error
		log, err = f.read()
		var damaged *damage
		if errors.As(err, &damaged) {
			aside, err = f.setAside(damaged.err)
		}
		if err != nil {
			return err
		}
		change(&log)
		text, err := json.Marshal(log)
		if err != nil {
			return err
		}
		return wholefile.Write(f.Path, append(text, '\n'))
	})
	if err != nil {
		return latency.Log{}, errors.Join(aside, fmt.Errorf("keeping the record of latencies in %s: %w", f.Path, err))
	}
	return log, aside
}

// damage is what is wrong with the content of the file.
type damage struct{ err error }

func (d *damage) Error() string { return d.err.Error() }

func (f File) read() (latency.Log, error) {
	var log latency.Log
	text, err := os.ReadFile(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return log, nil
	}
	if err != nil {
		return log, fmt.Errorf("reading the record of latencies: %w", err)
	}
	err = json.Unmarshal(text, &log)
	if errors.As(err, new(*latency.NewerError)) {
		return log, fmt.Errorf("%s: %w; latencies are counted while the program runs, and not kept", f.Path, err)
	}
	if err != nil {
		return latency.Log{}, &damage{err}
	}
	return log, nil
}

// setAside renames the damaged file and returns what to tell of it.
func (f File) setAside(why error) (told, err error) {
	aside := f.Path + ".damaged-" + time.Now().UTC().Format("20060102T150405.000000000")
	if err := os.Rename(f.Path, aside); err != nil {
		return nil, fmt.Errorf("setting the damaged file aside: %w", err)
	}
	return &latency.DamagedError{Path: f.Path, Aside: aside, Err: why}, nil
}
