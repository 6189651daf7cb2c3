package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/rest"
)

// RestState is a state that the rest periods of a recording had after a person changed
// them, in the epochs of the recording in its zone.
type RestState struct {
	rest.Revision               // with Periods as they were then; of a Removed one those that no longer count
	Source        RestSource    // what they were made from
	Changes       []rest.Change // since the state before; for the first, since what the source gave
}

// RestStates lists every state of the rest periods of a recording, in the order they
// were made, those that were taken off too.
func (wb *Workbench) RestStates(ctx context.Context, recording string) ([]RestState, error) {
	lib, err := wb.Library()
	if err != nil {
		return nil, err
	}
	layers, err := lib.RestHistory(ctx, recording)
	if err != nil || len(layers) == 0 {
		return nil, err
	}
	p, err := placedIn(ctx, lib, recording, asNamed)
	if err != nil {
		return nil, err
	}
	states := make([]RestState, len(layers))
	for i, l := range layers {
		states[i] = RestState{Revision: l.Revision, Source: RestSource(l.Source)}
		states[i].Periods = p.periodsOf(l.Periods)
		before := p.periodsOf(l.Original)
		if l.Act == rest.Edited {
			before = states[i-1].Periods
		}
		if l.Act != rest.Removed {
			states[i].Changes = rest.Changes(before, states[i].Periods)
		}
	}
	return states, nil
}

// RestoreRest makes rest periods what they were in an earlier state, as one more edit:
// no state is lost by it.
func (wb *Workbench) RestoreRest(ctx context.Context, now Rest, s RestState, by By) error {
	if strings.TrimSpace(by.Reason) == "" {
		by.Reason = "as they were at " + s.At
	}
	return wb.ChangeRest(ctx, now, s.Periods, by)
}

// RestWords says what happened to a rest period of a recording, as a sentence without
// its end: "Night of Mon 3 Mar: up 07:05, was 06:50".
func RestWords(r actigraphy.Info, c rest.Change) string {
	switch {
	case c.Added():
		return fmt.Sprintf("Added a %s, %s", c.After.Kind, restSpan(r, c.After))
	case c.Removed():
		return fmt.Sprintf("Took the %s away, %s", c.Before.Kind, restSpan(r, c.Before))
	}
	var parts []string
	if c.Before.Kind != c.After.Kind {
		parts = append(parts, fmt.Sprintf("is a %s now", c.After.Kind))
	}
	for _, e := range []struct {
		word string
		edge rest.Edge
	}{{"to bed", rest.Begin}, {"up", rest.End}} {
		if was, is := c.Before.At(e.edge), c.After.At(e.edge); was != is {
			parts = append(parts, fmt.Sprintf("%s %s, was %s", e.word, restClock(r, is), restClock(r, was)))
		}
	}
	if c.Before.LightsOff != c.After.LightsOff && len(parts) == 0 {
		parts = append(parts, "lights off at another time")
	}
	return fmt.Sprintf("%s of %s: %s", kindTitle(c.Before.Kind), restDay(r, c.Before.From), strings.Join(parts, "; "))
}

func kindTitle(k diary.Kind) string {
	if k == diary.Nap {
		return "Nap"
	}
	return "Night"
}

// restSpan writes a period: "Mon 3 Mar 23:15 to 07:05".
func restSpan(r actigraphy.Info, p rest.Period) string {
	return restDay(r, p.From) + " " + restClock(r, p.From) + " to " + restClock(r, p.To)
}

func restAt(r actigraphy.Info, epoch int) time.Time {
	return r.Start.Add(time.Duration(epoch) * r.Epoch).Clock()
}

func restClock(r actigraphy.Info, epoch int) string {
	layout := "15:04"
	if r.Epoch%time.Minute != 0 {
		layout = "15:04:05"
	}
	return restAt(r, epoch).Format(layout)
}

func restDay(r actigraphy.Info, epoch int) string {
	if !r.Start.HasDate() {
		return restAt(r, epoch).Format("Mon")
	}
	return restAt(r, epoch).Format("Mon 2 Jan")
}
