package sleep_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"

	"circascope/actigraphy"
	"circascope/actigraphy/sleep"
	"circascope/internal/reference/pyact"
)

// TestDisagreements prints, for real recordings, how much sleep the definitions of an
// algorithm score, and on what share of the epochs that both score they agree with
// the first one: the table of docs/scoring.md. It fails where a definition agrees
// with none of another's, which no two of them do.
func TestDisagreements(t *testing.T) {
	dir := files(t)
	recordings := []*actigraphy.Recording{
		pyact.ReadFile(t, filepath.Join(dir, "pyActigraphy", "example_01.AWD"), ""),
		pyact.ReadFile(t, filepath.Join(dir, "actigraph.sleepr", "GT3XPlus-RawData-Day01.agd"), actigraphy.ChannelAxis1),
		pyact.ReadFile(t, filepath.Join(dir, "arctools", "TAS1D47140221_2018-11-30_60sec.csv"), actigraphy.ChannelAxis1),
		pyact.ReadFile(t, filepath.Join(dir, "pyActigraphy", "test_sample_rpx_eng.csv"), ""),
	}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 1, ' ', 0)
	fmt.Fprintln(w, "| algorithm\t| set\t| example_01\t| GT3XPlus Day01\t| TAS1D47140221\t| rpx_eng\t|")
	first := map[string]string{}
	for _, a := range sleep.All() {
		fmt.Fprintf(w, "| %s\t| %s", a.ID, a.Definition)
		for i, r := range recordings {
			s, err := a.Score(r, nil)
			if err != nil {
				fmt.Fprint(w, "\t| –")
				continue
			}
			got, key := states(s.States), fmt.Sprint(a.ID, i, s.Epoch)
			resting := s.Count(sleep.Asleep) + s.Count(sleep.Rest)
			days := float64(len(s.States)) * s.Epoch.Hours() / 24
			fmt.Fprintf(w, "\t| %.2f h", float64(resting)*s.Epoch.Hours()/days)
			if first[key] == "" {
				first[key] = got
				continue
			}
			agree := agreement(got, first[key])
			if agree == 0 {
				t.Errorf("%s %s agrees nowhere with another definition", a.ID, a.Definition)
			}
			fmt.Fprintf(w, ", %.1f%%", 100*agree)
		}
		fmt.Fprintln(w, "\t|")
	}
	w.Flush()
	t.Log("hours of sleep or rest a day, agreement with the first set of the same epochs:\n" + table.String())
}

func agreement(a, b string) float64 {
	same, both := 0, 0
	for i := range min(len(a), len(b)) {
		if a[i] != '?' && b[i] != '?' {
			both++
			if a[i] == b[i] {
				same++
			}
		}
	}
	return float64(same) / float64(both)
}

// TestNightsFromDiaryAlgorithmAndDetection prints the nights of a recording by where
// their rest periods come from, and wants every night scored and within the
// recording.
func TestNightsFromDiaryAlgorithmAndDetection(t *testing.T) {
	dir := filepath.Join(files(t), "pyActigraphy")
	r := pyact.ReadFile(t, filepath.Join(dir, "example_01.AWD"), "")
	s := mustScore(t, r, sleep.Vendor, "oakley", nil)
	sadeh := mustScore(t, r, sleep.Vendor, "sadeh", nil)
	written, err := sleep.DiaryPeriods(readDiary(t, filepath.Join(dir, "example_01_sleepdiary.ods")), r.Start)
	if err != nil {
		t.Fatal(err)
	}
	byAlgorithm, err := sleep.DefaultTudorLocke().Periods(sadeh, r.Activity)
	if err != nil {
		t.Fatal(err)
	}
	crespo := sleep.DetectedPeriods(mustScore(t, r, sleep.Paper, "crespo", nil), 0)
	roenneberg := sleep.DetectedPeriods(mustScore(t, r, sleep.Paper, "roenneberg", nil), 0)
	for _, c := range []struct {
		name    string
		periods []sleep.Period
	}{
		{"diary", written},
		{"tudor-locke on sadeh (vendor)", mains(byAlgorithm)},
		{"crespo (paper)", mains(crespo)},
		{"roenneberg (paper)", mains(roenneberg)},
	} {
		nights, err := sleep.Summarise(r, s, c.periods, sleep.DefaultRules())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range sleep.MeansOf(nights) {
			if m.Measure.ID == "TIB" || m.Measure.ID == "TST" || m.Measure.ID == "SE" || m.Measure.ID == "midsleep" {
				t.Logf("%-30s %-9s %.2f ± %.2f (n = %d)", c.name, m.Measure.ID, m.All.Mean, m.All.SD, m.All.N)
				if m.All.N < 5 {
					t.Errorf("%s: %s of %d nights", c.name, m.Measure.ID, m.All.N)
				}
			}
		}
	}
}

// mains are the nights, without naps.
func mains(periods []sleep.Period) []sleep.Period {
	var kept []sleep.Period
	for _, p := range sleep.MainAndNaps(periods, 60*60*1e9, 2*60*60*1e9) {
		if p.Kind == "night" {
			kept = append(kept, p)
		}
	}
	return kept
}
