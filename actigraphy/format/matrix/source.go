package matrix

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/passes"
	"circascope/actigraphy/raw"
)

// Info describes the format.
func Info() format.Info {
	return format.Info{ID: "matrix", Name: "Parmay Matrix BIN", Extensions: []string{".bin"}}
}

// Sniff takes files that have the Matrix's header behind the remarks.
func Sniff(head []byte) bool {
	return len(head) >= remarksSize+headerSize && bytes.HasPrefix(head[remarksSize:], []byte(fileMark))
}

// source is a Matrix file. What is damaged is known once it was gone through.
type source struct {
	passes.Source
	scale  scale
	stated int // packets that the header announces
}

// Open reads the header and the file up to a packet that is long enough to tell
// the rate.
func Open(ctx context.Context, in *format.Input) (raw.Source, error) {
	if !Sniff(in.Head) {
		return nil, refused(in, "the mark MDTC behind 512 bytes of remarks", "none")
	}
	b := in.Head[remarksSize+len(fileMark):]
	reach := int(binary.LittleEndian.Uint16(b[4:]))
	if reach == 0 || reach > 1000 {
		return nil, refused(in, "a range of acceleration in g", "none that a device has")
	}
	s := &source{Source: passes.Source{In: in}, scale: scaleOf(reach), stated: int(binary.LittleEndian.Uint32(b))}
	s.Begin = func(take func(*raw.Block) bool) passes.Pass {
		return newPass(s, func(_ *packet, b *raw.Block) bool { return take(b) })
	}
	s.About = raw.Header{
		Device: "Parmay Matrix", Range: float64(reach),
		Notes: []string{"The file counts seconds since 1970: its times are in UTC until a zone is named."},
	}
	if remarks := remarksOf(in.Head); remarks != "" {
		s.About.Notes = append(s.About.Notes, "Remarks in the file: "+remarks)
	}
	if err := s.Run(ctx, newPass(s, s.begin)); err != nil {
		return nil, err
	}
	if s.About.Start.IsZero() {
		return nil, refused(in, "packets with acceleration", "none that can be read")
	}
	return s, nil
}

func refused(in *format.Input, expected, found string) error {
	return &actigraphy.FileError{
		File: in.Path, Expected: expected, Found: found, Advice: "copy the file from the device again", Err: actigraphy.ErrFormat,
	}
}

func remarksOf(head []byte) string {
	text, _, _ := bytes.Cut(head[:remarksSize], []byte{0})
	return strings.TrimSpace(strings.ToValidUTF8(string(text), ""))
}

// telling is how long a packet must be to tell the rate: its times are whole
// seconds.
const telling = 10

// begin takes from the first packets what the header does not say.
func (s *source) begin(p *packet, b *raw.Block) bool {
	h := &s.About
	h.Rate = nominal(b.Rate)
	if h.Start.IsZero() {
		h.Start = actigraphy.Zoned(b.Start)
		if p.gyroscope > 0 {
			h.Notes = append(h.Notes, "The gyroscope's values were not read.")
		}
		if p.temperatures > 0 {
			h.Notes = append(h.Notes, "Temperature is that of the body's surface.")
		}
	}
	return float64(len(b.X)) < telling*b.Rate
}

// nominal is the configured rate next to one that was measured.
func nominal(measured float64) float64 {
	best := 0.
	for _, r := range []float64{12.5, 25, 50, 100} {
		if abs(r-measured) < abs(best-measured) {
			best = r
		}
	}
	return best
}

func abs(v float64) float64 { return max(v, -v) }
