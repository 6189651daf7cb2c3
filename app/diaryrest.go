package app

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/sleep"
)

// diaries are the diaries of participants as rest periods, each read once. The nil
// pointer is none: rest is as each measure says.
type diaries struct {
	lib Library
	mu  sync.Mutex
	of  map[string][]diary.Entry // by participant
}

func (d *diaries) entries(ctx context.Context, subject string) ([]diary.Entry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if list, read := d.of[subject]; read {
		return list, nil
	}
	list, err := d.lib.DiaryEntries(ctx, subject)
	if err != nil {
		return nil, err
	}
	d.of[subject] = list
	return list, nil
}

// id returns the id of what the diary says of rest.
func (d *diaries) id(ctx context.Context, subject string) (string, error) {
	if d == nil {
		return "", nil
	}
	list, err := d.entries(ctx, subject)
	if err != nil {
		return "", err
	}
	said := make([][5]string, len(list))
	for i, e := range list {
		said[i] = [5]string{string(e.Kind), e.From.String(), e.To.String(), e.Asleep.String(), e.Awake.String()}
	}
	text, err := json.Marshal(said)
	if err != nil {
		return "", fmt.Errorf("the diary of %s: %w", subject, err)
	}
	h := newHash()
	h.Write(append([]byte("rest of the diary\x00"), text...)) //nolint:errcheck,gosec // a hash takes everything
	return h.hex()[:32], nil
}

// rest returns the rest periods for a recording: nil for as each measure says, an empty
// list where the diary tells of none.
func (d *diaries) rest(ctx context.Context, subject string, start actigraphy.LocalTime) ([]sleep.Period, error) {
	if d == nil {
		return nil, nil
	}
	list, err := d.entries(ctx, subject)
	if err != nil {
		return nil, err
	}
	periods, err := sleep.DiaryPeriods(list, start)
	return append([]sleep.Period{}, periods...), err
}
