package omwav

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/passes"
	"circascope/actigraphy/raw"
)

// Info describes the format.
func Info() format.Info {
	return format.Info{ID: "omwav", Name: "Axivity WAV (Open Movement)", Extensions: []string{".wav"}}
}

// Sniff takes sounds whose header names the axes of an accelerometer.
func Sniff(head []byte) bool {
	return len(head) >= 12 && bytes.HasPrefix(head, []byte("RIFF")) && string(head[8:12]) == "WAVE" &&
		bytes.Contains(head[:min(len(head), 4<<10)], []byte("Accel-X"))
}

// source is a WAV file.
type source struct {
	passes.Source
	head header
}

// Open reads the header.
func Open(_ context.Context, in *format.Input) (raw.Source, error) {
	if !Sniff(in.Head) {
		return nil, refused(in, "a WAV file whose channels are Accel-X, Y and Z", "something else")
	}
	h, err := parseHeader(in)
	if err != nil {
		return nil, err
	}
	if len(in.Head) < h.data+2*h.channels {
		return nil, refused(in, "samples", "none")
	}
	s := &source{Source: passes.Source{In: in}, head: h}
	s.Begin = func(take func(*raw.Block) bool) passes.Pass { return newPass(&s.head, take) }
	about, _ := url.ParseQuery(h.values["Metadata"])
	s.About = raw.Header{
		Subject: about.Get("_sc"), Site: strings.ToLower(about.Get("_p")),
		Device: strings.TrimSpace("Axivity " + h.values["Id"]), Start: actigraphy.Naive(h.start),
		Rate: float64(h.rate), Range: max(h.scale[0], h.scale[1], h.scale[2]),
		Notes: []string{
			"The file was made of a CWA file by Open Movement's program, which resampled it to an even rate.",
			"Axivity's clock runs without a zone: times are as the device was set.",
		},
	}
	return s, nil
}

// Read goes through a file until its end, or until nobody wants more.
func (p *pass) Read(content io.Reader) error {
	if _, err := io.CopyN(io.Discard, content, int64(p.h.data)); err != nil {
		return err
	}
	content = io.LimitReader(content, p.h.size)
	frame := 2 * p.h.channels
	buffer := make([]byte, frame*p.h.rate)
	for !p.stopped {
		n := 0
		var err error
		for n < len(buffer) && err == nil {
			var m int
			m, err = content.Read(buffer[n:])
			n += m
		}
		p.second(buffer[:n/frame*frame])
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Damage says what the pass left out.
func (p *pass) Damage() raw.Damage {
	d := raw.Damage{Missing: p.missing()}
	if whole := p.h.size / int64(2*p.h.channels); p.at < whole {
		d.Notes = append(d.Notes, fmt.Sprintf("The header announces %d samples, the file has %d: it was cut off.", whole, p.at))
	}
	return d
}
