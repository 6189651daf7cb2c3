package format_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// maxFuzzed bounds the inputs, so that a fuzzer's time goes into their shape.
const maxFuzzed = 1 << 20

// fuzzReader checks one reader alone on any bytes: it never panics, what it emits
// is fit to be stored, what it refuses is a *FileError, and a second reading
// gives the same.
func fuzzReader(f *testing.F, reader format.Reader, opts format.Options, patterns ...string) {
	seedFromReference(f, patterns...)
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > maxFuzzed {
			t.Skip()
		}
		first, second := readingOf(t, reader, opts, content), readingOf(t, reader, opts, content)
		if len(first) != len(second) {
			t.Fatalf("got %d recordings, then %d", len(first), len(second))
		}
		for i := range first {
			if first[i] != second[i] {
				t.Errorf("got %s, then %s", first[i], second[i])
			}
		}
	})
}

// readingOf returns the ids of the recordings.
func readingOf(t *testing.T, reader format.Reader, opts format.Options, content []byte) (ids []string) {
	in, err := format.NewInput("fuzzed", content)
	if err != nil {
		return nil
	}
	err = reader.Read(context.Background(), in, opts, func(r *actigraphy.Recording) error {
		if err := r.Validate(); err != nil {
			t.Errorf("an unfit recording: %v", err)
		}
		if r.Start.IsZero() || r.Source.Channel == "" || r.Source.Subject == "" {
			t.Errorf("got start %v, source %+v", r.Start, r.Source)
		}
		ids = append(ids, r.ID())
		return nil
	})
	var file *actigraphy.FileError
	if err != nil && !errors.As(err, &file) {
		t.Errorf("got %T %v, want a *FileError", err, err)
	}
	return ids
}

// seedFromReference adds the beginnings of the reference files where they are.
func seedFromReference(f *testing.F, patterns ...string) {
	shared := os.Getenv("CIRCASCOPE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	for _, p := range patterns {
		paths, err := filepath.Glob(filepath.Join(shared, "reference", "actigraphy", p))
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(content[:min(len(content), 20_000)])
		}
	}
}

func FuzzAWD(f *testing.F) {
	f.Add(makeAWD(20))
	fuzzReader(f, format.AWD{}, format.Options{}, "files/*/*.AWD")
}

func FuzzActiGraphCSV(f *testing.F) {
	f.Add(makeActiGraph(20))
	fuzzReader(f, format.ActiGraphCSV{}, format.Options{}, "files/GGIR*/ActiGraph*.csv", "files/arctools/TAS*.csv")
}

func FuzzCSV(f *testing.F) {
	f.Add(makeCSV(20))
	f.Add([]byte("Zeit;Aktivit\xe4t\n31.12.2019 23:59;1,5\n01.01.2020 00:00;2\n"))
	f.Add([]byte("id,time,counts,lux\nA,1583280000,1,2\nA,1583280060,2,3\nB,1583280000,1,1\n"))
	f.Add([]byte("Start;2020-01-01 12:00:00\nEpoch;30\nActivity\n5\n6\n7\n"))
	f.Add([]byte("a,b,activity\n6/27/2012,\"11:59 PM\",3\n6/28/2012,12:00 AM,4\n"))
	f.Add([]byte("t,activity\n2003-10-26 02:00,1\n2003-10-26 02:30,2\n2003-10-26 02:00,3\n2003-10-26 02:30,4\n2003-10-26 03:00,5\n"))
	fuzzReader(f, format.CSV{}, format.Options{}, "files/depresjon*/*.csv", "files/actigraph.sleepr/*.csv", "files/pyActigraphy/*.csv", "files/*/*.txt")
}

func FuzzUKBiobank(f *testing.F) {
	f.Add(makeUKBiobank(20))
	f.Add([]byte(oldSeries))
	f.Add([]byte(`{"file-name":"a.cwa","file-size":1,"file-deviceID":2}`))
	fuzzReader(f, format.UKBiobank{}, format.Options{}, "files/biobank*/*.csv", "files/pyActigraphy/sample-summary*.json")
}

func FuzzMESA(f *testing.F) {
	f.Add([]byte(makeMESA(20)))
	fuzzReader(f, format.MESA{}, format.Options{}, "files/pyActigraphy/*mesa*.csv")
}

func FuzzFitbitJSON(f *testing.F) {
	f.Add([]byte(fitbitSteps))
	f.Add([]byte(fitbitHeart))
	f.Add([]byte(`[{"dateTime":"06\/24\/95 10:00:00","value":1e2,"x":[{"a":null}]},{"dateTime":"06/24/95 10:01:00","value":"1"}]`))
	fuzzReader(f, format.FitbitJSON{}, format.Options{}, "files/GGIRread/*.json")
}

func FuzzAppleHealth(f *testing.F) {
	f.Add([]byte(appleExport))
	f.Add(appleArchive(f, "apple_health_export/export.xml", appleExport))
	fuzzReader(f, format.AppleHealth{}, format.Options{}, "files/hkimport/*.xml")
}

func FuzzFitabase(f *testing.F) {
	f.Add([]byte(fitabaseNarrow))
	f.Add([]byte(fitabaseWide()))
	fuzzReader(f, format.Fitabase{}, format.Options{})
}

func FuzzGGIR(f *testing.F) {
	f.Add([]byte(ggirPart2))
	f.Add([]byte(ggirPart5))
	fuzzReader(f, format.GGIR{}, format.Options{})
}

func FuzzLightLogR(f *testing.F) {
	f.Add([]byte(lightLogR))
	fuzzReader(f, format.LightLogR{}, format.Options{})
}

func FuzzHealthBand(f *testing.F) {
	f.Add([]byte(healthBand))
	fuzzReader(f, format.HealthBand{}, format.Options{})
}

func FuzzNHANES(f *testing.F) {
	f.Add([]byte(wideHeader() + wideRow("1", "Sat", "5") + wideRow("1", "Sun", "")))
	f.Add([]byte(wideHeader() + wideRow("1", "2020-01-01", "5.5") + wideRow("1", "2020-01-03", "6")))
	fuzzReader(f, format.NHANES{}, format.Options{})
}

func FuzzRPX(f *testing.F) {
	for _, w := range []rpxWords{rpxEnglish, rpxFrench, rpxGerman, rpxDutch} {
		f.Add(makeRPX(w, rpxDay, 20))
	}
	fuzzReader(f, format.RPX{}, format.Options{}, "files/pyActigraphy/*rpx*.csv", "files/GGIR*/Actiwatch.csv")
}

func FuzzATR(f *testing.F) {
	f.Add(makeATR(20))
	fuzzReader(f, format.ATR{}, format.Options{}, "files/pyActigraphy/*atr*.txt")
}

func FuzzTAL(f *testing.F) {
	f.Add(makeTAL(20))
	fuzzReader(f, format.TAL{}, format.Options{}, "files/pyActigraphy/*tal*.txt")
}

func FuzzDQT(f *testing.F) {
	f.Add(makeDQT(20))
	fuzzReader(f, format.DQT{}, format.Options{}, "files/pyActigraphy/*dqt*.csv")
}

func FuzzActical(f *testing.F) {
	f.Add(makeActical(20))
	fuzzReader(f, format.Actical{}, format.Options{}, "files/GGIRread/Actical.csv")
}

func FuzzMTN(f *testing.F) {
	f.Add(makeMTN(20))
	fuzzReader(f, format.MTN{}, format.Options{}, "files/pyActigraphy/*.mtn")
}

// FuzzPacked looks for archives and encodings that break the input itself.
func FuzzPacked(f *testing.F) {
	f.Add(zipped(f, []string{"a.csv"}, makeCSV(50)))
	f.Add(zipped(f, []string{"a.csv", "b.csv"}, makeCSV(5), makeCSV(5)))
	f.Add(gzipped(f, makeCSV(50)))
	f.Add(utf16Text(string(makeCSV(50))))
	fuzzReader(f, format.CSV{}, format.Options{})
}

// FuzzDetect looks for bytes that make the choice of a reader panic.
func FuzzDetect(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add(utf16Text("time,activity"))
	seedFromReference(f, "files/*/*")
	f.Fuzz(func(t *testing.T, content []byte) {
		in, err := format.NewInput("fuzzed", content[:min(len(content), maxFuzzed)])
		if err != nil {
			return
		}
		if _, err := format.Detect(format.Readers(), in); err != nil && !errors.Is(err, actigraphy.ErrFormat) {
			t.Errorf("got %v, want ErrFormat", err)
		}
	})
}
