package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"circascope/store"
)

// weekBytes is a week of minutes as float64, activity alone.
const weekBytes = 10080 * 8

func benchmarkLibraries(b *testing.B, f func(*testing.B, store.Options)) {
	b.Run("plain", func(b *testing.B) { f(b, options()) })
	b.Run("encrypted", func(b *testing.B) { f(b, encrypted(b)) })
}

// BenchmarkImport stores weeks of activity, each a transaction on the disk.
func BenchmarkImport(b *testing.B) {
	benchmarkLibraries(b, func(b *testing.B, o store.Options) {
		db := newLibrary(b, o)
		imp, err := db.BeginImport(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		r := week("", 1)
		r.Channels = nil
		b.SetBytes(weekBytes)
		for i := 0; b.Loop(); i++ {
			r.Subject = fmt.Sprint(i)
			r.Source.Subject = r.Subject
			if _, err := db.AddRecording(b.Context(), imp, r); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "weeks/s")
	})
}

// BenchmarkRandomWeek reads one of a thousand weeks, any of them.
func BenchmarkRandomWeek(b *testing.B) {
	benchmarkLibraries(b, func(b *testing.B, o store.Options) {
		db := newLibrary(b, o)
		ids := make([]string, 1000)
		imp, err := db.BeginImport(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		for i := range ids {
			r := week(fmt.Sprint(i), i)
			r.Channels = nil
			ids[i] = r.ID()
			if _, err := db.AddRecording(b.Context(), imp, r); err != nil {
				b.Fatal(err)
			}
		}
		b.SetBytes(weekBytes)
		for b.Loop() {
			if _, err := db.Recording(b.Context(), ids[rand.IntN(len(ids))]); err != nil {
				b.Fatal(err)
			}
		}
	})
}
