package inference

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"strconv"

	"circascope/models"
)

// Span is a stretch of a recording, in minutes from its first: From to before To.
type Span struct{ From, To int }

// Hours divides a recording into hours from its first minute. The last is shorter
// where the minutes are no multiple of 60.
func Hours(minutes int) []Span {
	const hour = 60
	var out []Span
	for from := 0; from < minutes; from += hour {
		out = append(out, Span{from, min(from+hour, minutes)})
	}
	return out
}

// Shift is how far an embedding moves when a stretch of its recording is masked.
type Shift struct {
	Span
	Cosine    float64 // 1 minus the cosine of the angle between the embeddings, 0 to 2
	Euclidean float64 // the length of their difference
}

// Occlude masks one hour of a recording after the other and measures how far the
// embedding moves (occlusion: Zeiler and Fergus 2014, arXiv 1311.2901). A masked
// minute is 0, which after standardising is the mean of its column, so that the
// mask is an unremarkable hour and not an hour of rest. The recording is embedded
// as it is and then once an hour, as one stream. progress, which may be nil, hears
// of every embedding. It returns the unmasked embedding too.
func Occlude(ctx context.Context, e Engine, w Week, progress func(done, total int)) ([]Shift, Embedding, error) {
	spans := Hours(len(w.Values))
	var whole Embedding
	shifts := make([]Shift, 0, len(spans))
	err := e.Embed(ctx, masked(w, spans), func(emb Embedding) error {
		if whole.Vector == nil {
			whole = emb
		} else {
			s, err := shift(spans[len(shifts)], whole, emb)
			if err != nil {
				return err
			}
			shifts = append(shifts, s)
		}
		if progress != nil {
			progress(len(shifts)+1, len(spans)+1)
		}
		return nil
	})
	if err == nil && len(shifts) != len(spans) {
		err = fmt.Errorf("%d hours gave %d embeddings", len(spans), len(shifts))
	}
	if err != nil {
		return nil, Embedding{}, fmt.Errorf("measuring by occlusion: %w", err)
	}
	whole.Key = w.Key
	return shifts, whole, nil
}

// masked yields the recording, then a copy with each span set to 0.
func masked(w Week, spans []Span) iter.Seq2[Week, error] {
	return func(yield func(Week, error) bool) {
		if !yield(w, nil) {
			return
		}
		for i, s := range spans {
			values := append([]float32(nil), w.Values...)
			clear(values[s.From:s.To])
			if !yield(Week{Key: w.Key + " without hour " + strconv.Itoa(i+1), Values: values}, nil) {
				return
			}
		}
	}
}

// shift measures how far an embedding moved that was made without a span.
func shift(of Span, whole, without Embedding) (Shift, error) {
	s := Shift{Span: of}
	var err error
	if s.Cosine, s.Euclidean, err = moved(whole.Vector, without.Vector); err != nil {
		return s, fmt.Errorf("minutes %d to %d masked: %w", of.From, of.To, err)
	}
	return s, nil
}

// moved returns the cosine distance and the Euclidean distance of two embeddings.
func moved(from, to []float32) (cosine, euclidean float64, err error) {
	if len(from) != models.Dim || len(to) != models.Dim {
		return 0, 0, fmt.Errorf("embeddings of %d and %d features, want %d", len(from), len(to), models.Dim)
	}
	a, b := norm(from), norm(to)
	if a == 0 || b == 0 {
		return 0, 0, errors.New("an embedding of zeros has no direction to compare")
	}
	// Half the squared distance of the directions is 1 minus the cosine, without
	// the loss of digits where that is near 0.
	for i := range from {
		x, y := float64(from[i]), float64(to[i])
		cosine += (x/a - y/b) * (x/a - y/b) / 2
		euclidean += (x - y) * (x - y)
	}
	return cosine, math.Sqrt(euclidean), nil
}

func norm(v []float32) float64 {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum)
}
