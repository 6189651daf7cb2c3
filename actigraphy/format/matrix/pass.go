package matrix

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"circascope/actigraphy/format/internal/timeline"
	"circascope/actigraphy/raw"
)

// Rates of a packet that can be one's: those that are configured are 12.5 to 100
// Hz, and times in whole seconds make short packets look slow or fast.
const (
	slowest = 6
	fastest = 220
)

// pass is one way through the packets of a file.
type pass struct {
	take    func(*packet, *raw.Block) bool // false ends the pass
	stopped bool
	scale   scale
	stated  int // packets that the header announces

	line  timeline.Line
	until int64     // when the packet before ended, s since 1970
	block raw.Block // reused
	now   packet

	found  int // packets that could be read
	broken int // that could not
}

func newPass(s *source, take func(*packet, *raw.Block) bool) *pass {
	return &pass{take: take, scale: s.scale, stated: s.stated}
}

// Read goes through a file until its end, or until nobody wants more.
func (p *pass) Read(content io.Reader) error {
	r := bufio.NewReaderSize(content, maxPacket)
	if _, err := r.Discard(remarksSize + headerSize); err != nil {
		return err
	}
	for !p.stopped {
		b, ok, err := p.next(r)
		if err != nil || len(b) == 0 {
			return err
		}
		n := len(b)
		if ok {
			p.found++
			p.packet(b)
		} else {
			p.broken++
			n = skip(b)
		}
		if _, err := r.Discard(n); err != nil {
			return err
		}
	}
	return nil
}

// next looks at the packet that follows, or, where none can be read, at as much
// as there is.
func (p *pass) next(r *bufio.Reader) (b []byte, ok bool, err error) {
	b, err = r.Peek(fieldsSize)
	if err == nil && string(b[:len(packetMark)]) == packetMark {
		p.now = parse(b)
		if n, fits := p.now.size(); fits {
			b, err = r.Peek(n)
			if err == nil && p.now.intact(b) {
				return b, true, nil
			}
		}
	}
	if err == nil || errors.Is(err, io.EOF) {
		b, err = r.Peek(maxPacket)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return b, false, err
}

// skip is how much lies before the next packet.
func skip(b []byte) int {
	if i := find(b); i > 0 {
		return i
	}
	if keep := len(packetMark) - 1; len(b) == maxPacket {
		return len(b) - keep // a mark may be half in what follows
	}
	return len(b)
}

// packet yields a packet as a block, or counts why not.
func (p *pass) packet(b []byte) {
	g := &p.now
	n := g.acceleration
	if n == 0 {
		return
	}
	rate := float64(n) / float64(g.end-g.begin)
	if !(rate >= slowest && rate <= fastest) {
		p.broken++
		return
	}
	begin := g.begin
	if off := begin - p.until; p.line.Begun() && (off == 1 || off == -1) && g.end > p.until {
		begin = p.until // whole seconds: the packets follow one another
		rate = float64(n) / float64(g.end-begin)
	}
	k := &p.block
	var ok bool
	if k.Start, k.Rate, ok = p.line.Place(time.Unix(begin, 0).UTC(), n, rate, begin == p.until); !ok {
		return
	}
	p.until = g.end
	k.X, k.Y, k.Z = sized(k.X, n), sized(k.Y, n), sized(k.Z, n)
	p.scale.decode(b, k.X, k.Y, k.Z)
	k.Temperature, k.HeartRate = g.temperature(b), g.heartRate(b)
	k.Light = math.NaN()
	p.stopped = !p.take(g, k)
}

// sized returns a slice of n values, with the memory of s where it suffices.
func sized(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	return s[:n]
}

// Damage says what the pass left out.
func (p *pass) Damage() raw.Damage {
	d := raw.Damage{Missing: p.line.Missing, Blocks: p.broken + p.line.Earlier}
	if p.broken > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("%d packets are damaged (checksum, or times that cannot be) and were left out: their time is missing.", p.broken))
	}
	if all := p.found + p.broken; p.stated != all {
		d.Notes = append(d.Notes, fmt.Sprintf("The header announces %d packets, the file has %d.", p.stated, all))
	}
	d.Notes = append(d.Notes, p.line.Notes()...)
	return d
}
