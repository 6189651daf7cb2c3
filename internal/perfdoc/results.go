package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// schema is the version of the scripts' JSON that this program reads.
const schema = 1

// measurements are all figures there are; a part that was not read is nil.
type measurements struct {
	peers   *peerResults
	product *productResults
}

// taken says when, on what and with what figures were taken.
type taken struct {
	Schema     int     `json:"schema"`
	Started    string  `json:"started"`
	Machine    machine `json:"machine"`
	Note       string  `json:"note"`
	Circascope string  `json:"circascope"`
	Seconds    float64 `json:"seconds"`
}

type machine struct {
	CPU      string   `json:"cpu"`
	Features []string `json:"features"`
	Cores    int      `json:"cores"`
	MemoryGB float64  `json:"memory_gb"`
	Cache    string   `json:"cache"`
	System   string   `json:"system"`
	Load     float64  `json:"load_before"`
}

// peerResults is what scripts/peers/measure.py writes.
type peerResults struct {
	taken
	Plan struct {
		Rounds int     `json:"rounds"`
		Turn   float64 `json:"turn_seconds"`
	} `json:"plan"`
	Sizes   map[string]peersOfSize `json:"sizes"`
	Refused []struct {
		Size   string `json:"size"`
		Peer   string `json:"peer"`
		Reason string `json:"reason"`
	} `json:"refused"`
}

// peersOfSize holds one size's rounds; the i-th of each are of the same round.
type peersOfSize struct {
	Circascope map[string]ours `json:"circascope"` // by precision
	Peers      []peer          `json:"peers"`
}

// figures are what one program reached.
type figures struct {
	Rounds       []float64 `json:"rounds"`        // weeks a second, many at once
	SingleRounds []float64 `json:"single_rounds"` // seconds of a week alone, median of a round
	PeakMB       float64   `json:"peak_mb"`       // of all its processes together
}

// ours are Circascope's figures in one precision.
type ours struct {
	figures
	Workers int `json:"workers"`
}

// peer is another program at its best setting.
type peer struct {
	figures
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Precision  string            `json:"precision"`
	Versions   map[string]string `json:"versions"`
	Error      float64           `json:"error"` // largest difference from the reference
	Settings   []setting         `json:"settings"`
	Best       setting           `json:"best"`
	SingleBest setting           `json:"single_best"`
}

// setting is one way to run a peer.
type setting struct {
	Variant   string  `json:"variant"`
	Processes int     `json:"processes"`
	Threads   int     `json:"threads"`
	Batch     int     `json:"batch"`
	Rate      float64 `json:"rate"` // weeks a second in the sweep
}

func (s setting) String() string {
	text := fmt.Sprintf("%d × %d, batch %d", s.Processes, s.Threads, s.Batch)
	if s.Variant != "published graph" {
		text += "; " + s.Variant
	}
	return text
}

// productResults is what scripts/bench/measure.py writes.
type productResults struct {
	taken
	Linearity []struct {
		Weeks   int       `json:"weeks"`
		Seconds []float64 `json:"seconds"` // the embedding alone
		Wall    []float64 `json:"wall"`    // from the program's start to its end
		PeakMB  float64   `json:"peak_mb"`
	} `json:"linearity"`
	Memory map[string][]struct {
		Weeks  int     `json:"weeks"`
		PeakMB float64 `json:"peak_mb"`
	} `json:"memory"`
	First   map[string]starts    `json:"first"`
	Cancel  map[string][]float64 `json:"cancel"`
	Service map[string]service   `json:"service"`
}

// starts are seconds from a program's start to its end: with one week embedded,
// and with the weights file only checked; with nothing kept and again.
type starts struct {
	FirstEver  []float64 `json:"first_ever"`
	Again      []float64 `json:"again"`
	CheckFirst []float64 `json:"check_first"`
	CheckAgain []float64 `json:"check_again"`
}

// service is what a service built on the engine would quote.
type service struct {
	Single struct {
		Median float64 `json:"median"`
		P95    float64 `json:"p95"`
		P99    float64 `json:"p99"`
	} `json:"single"`
	WeeksPerMinute float64 `json:"weeks_per_minute"`
	PeakMB         float64 `json:"peak_mb"`
}

func (p *peerResults) version() int    { return p.Schema }
func (p *productResults) version() int { return p.Schema }

// check reports rounds that can't be compared.
func (p *peerResults) check() error {
	if len(p.Sizes) == 0 {
		return fmt.Errorf("no size was measured")
	}
	for size, s := range p.Sizes {
		own, ok := s.Circascope["float32"]
		if !ok {
			return fmt.Errorf("PAT-%s: no figures of Circascope in float32", size)
		}
		for _, o := range s.Peers {
			if n, m := len(o.Rounds), len(o.SingleRounds); n == 0 || n != len(own.Rounds) || m != len(own.SingleRounds) {
				return fmt.Errorf("PAT-%s, %s: %d and %d rounds beside Circascope's %d and %d; measure again",
					size, o.Name, n, m, len(own.Rounds), len(own.SingleRounds))
			}
		}
	}
	return nil
}

func (p *productResults) check() error {
	for _, size := range sizes {
		if len(p.Memory[size]) == 0 || len(p.First[size].Again) == 0 || len(p.Cancel[size]) == 0 || p.Service[size].WeeksPerMinute == 0 {
			return fmt.Errorf("no full set of figures for PAT-%s; measure again", size)
		}
	}
	if len(p.Linearity) == 0 {
		return fmt.Errorf("no figures over numbers of weeks; measure again")
	}
	return nil
}

// read fills results from a file.
func read(path string, into interface {
	version() int
	check() error
},
) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if v := into.version(); v != schema {
		return fmt.Errorf("%s: schema %d, want %d: measure again with the scripts beside this program", path, v, schema)
	}
	if err := into.check(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// sizes are those of PAT, in the order of the tables.
var sizes = []string{"S", "M", "L"}
