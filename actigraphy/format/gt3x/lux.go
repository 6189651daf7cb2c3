package gt3x

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strings"
)

// luxSeries is lux.bin: one reading a second beside activity.bin. Readings under 20
// are darkness, the others are scaled for the colour of the device's case.
type luxSeries struct {
	r               *bufio.Reader // nil where there is no lux.bin, or behind its end
	close           func()
	factor, highest float64
}

const darkness = 20

// luxScale returns the factor and the largest light, in lux, by the serial number:
// ActiSleep+ and GT3X+.
func luxScale(serial string) (factor, highest float64) {
	if strings.HasPrefix(serial, "MRA") {
		return 3.25, 6000
	}
	return 1.25, 2500
}

func openLux(a *archive, serial string) (*luxSeries, error) {
	l := &luxSeries{close: func() {}}
	if !a.has(luxMember) {
		return l, nil
	}
	r, err := a.open(a.members[luxMember])
	if err != nil {
		return nil, err
	}
	l.r, l.close = bufio.NewReader(r), func() { _ = r.Close() }
	l.factor, l.highest = luxScale(serial)
	return l, nil
}

// mean returns the mean of the next seconds, NaN where none has a reading.
func (l *luxSeries) mean(seconds int) (float64, error) {
	sum, n := 0.0, 0
	for i := 0; i < seconds && l.r != nil; i++ {
		var b [2]byte
		switch _, err := io.ReadFull(l.r, b[:]); {
		case errors.Is(err, io.EOF):
			l.r = nil
			continue
		case err != nil:
			return 0, err
		}
		if v := l.lux(binary.LittleEndian.Uint16(b[:])); !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	if n == 0 {
		return math.NaN(), nil
	}
	return sum / float64(n), nil
}

func (l *luxSeries) lux(reading uint16) float64 {
	switch {
	case reading == noLight:
		return math.NaN()
	case reading < darkness:
		return 0
	default:
		return min(float64(reading)*l.factor, l.highest)
	}
}
