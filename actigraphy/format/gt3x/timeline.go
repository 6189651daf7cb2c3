package gt3x

import "circascope/actigraphy/raw"

// timeline puts packets in order of time and fills idle sleep with the last
// values, as pygt3x does: from the second behind the last sample to the packet that
// ends the sleep. A sleep that no packet ends, but samples, is a gap. Samples that
// were taken in the time of a sleep stand in the place of the values held.
type timeline struct {
	out   *blocks
	scale scaling
	steps []int16 // samples of a second, three numbers each

	begun    bool // there was a sample
	next     int64
	last     [3]float64
	sleeping bool
	asleep   int64 // the first second of the sleep
	held     held  // a sleep that ended and is not handed on yet
	latest   int64 // second of the last packet

	late int // packets of a second that was there already
}

// held are seconds of a sleep, and the values that fill them.
type held struct {
	from, to int64
	values   [3]float64
}

// event takes the packets that begin and end idle sleep.
func (t *timeline) event(at int64, payload []byte) {
	if len(payload) != 1 || !t.begun {
		return
	}
	switch payload[0] {
	case 8:
		t.sleeping, t.asleep = true, max(t.next, t.held.to)
	case 9:
		t.wake(at)
	}
}

// wake sets the sleep's seconds aside until a later packet shows that none of them
// was measured.
func (t *timeline) wake(at int64) {
	if !t.sleeping {
		return
	}
	t.sleeping = false
	if at <= t.asleep {
		return
	}
	t.settle(t.asleep)
	t.held = held{t.asleep, at, t.last}
}

// settle hands on the seconds set aside that lie before a second.
func (t *timeline) settle(before int64) {
	to := min(before, t.held.to)
	if t.held.from >= to {
		return
	}
	t.out.hold(t.held.from, to, t.held.values)
	t.held.from, t.next = to, to
}

// samples takes a packet of samples: three numbers each in the order of axes.
func (t *timeline) samples(at int64, axes order) {
	t.sleeping = false
	if t.begun && at < t.next {
		t.late++
		return
	}
	t.settle(at)
	if t.held.from == at {
		t.held.from++
	}
	t.out.second(at, false, len(t.steps)/3, func(b *raw.Block) {
		b.X, b.Y, b.Z = t.scale.apply(t.steps, axes, b.X, b.Y, b.Z)
		n := len(b.X) - 1
		t.last = [3]float64{b.X[n], b.Y[n], b.Z[n]}
	})
	t.begun, t.next = true, at+1
}

// end closes the recording.
func (t *timeline) end() {
	t.wake(t.latest)
	t.settle(t.held.to)
	t.out.flush()
}
