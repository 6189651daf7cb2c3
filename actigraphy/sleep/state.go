package sleep

import (
	"time"

	"circascope/actigraphy"
)

// State is what an epoch was scored as.
type State uint8

// The states of an epoch.
const (
	Unknown State = iota // not scored: not recorded, masked, or too little around it
	Wake
	Asleep
	Rest // in a period of rest; whether asleep is not said
)

// Scoring is what an algorithm made of a recording. State i covers
// [Start+i*Epoch, Start+(i+1)*Epoch).
type Scoring struct {
	Start     actigraphy.LocalTime
	Epoch     time.Duration
	States    []State
	Unsure    []bool // states that hang on too little around them; nil: none does
	Algorithm Algorithm
	Settings  []Setting // every parameter with its value, in the order of Algorithm.Parameters
}

// Count returns the number of epochs in a state.
func (s Scoring) Count(state State) int { return count(s.States, state) }

// At returns the time at which epoch i begins.
func (s Scoring) At(i int) actigraphy.LocalTime { return s.Start.Add(time.Duration(i) * s.Epoch) }

func count(states []State, state State) int {
	n := 0
	for _, s := range states {
		if s == state {
			n++
		}
	}
	return n
}

// span is a run of epochs [from, to).
type span struct{ from, to int }

func (s span) length() int { return s.to - s.from }

// runs returns the longest runs of one state, in order.
func runs(states []State, state State) []span {
	var found []span
	for i := 0; i < len(states); i++ {
		if states[i] != state {
			continue
		}
		from := i
		for i < len(states) && states[i] == state {
			i++
		}
		found = append(found, span{from, i})
	}
	return found
}

// fill sets a run of states.
func fill(states []State, s span, state State) {
	for i := s.from; i < s.to; i++ {
		states[i] = state
	}
}
