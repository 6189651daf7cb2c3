package format_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/internal/formattest"
	"circascope/internal/reference"
)

// trimmed cuts what was not recorded at both ends off, as pyActigraphy does by
// default.
func trimmed(r *actigraphy.Recording) *actigraphy.Recording {
	from, to := 0, len(r.Activity)
	for from < to && math.IsNaN(r.Activity[from]) {
		from++
	}
	for to > from && math.IsNaN(r.Activity[to-1]) {
		to--
	}
	cut := *r
	cut.Start, cut.Activity = r.Start.Add(time.Duration(from)*r.Epoch), r.Activity[from:to]
	return &cut
}

// TestReferenceVendors holds files against values that were made in another way
// than the reader's: without the missing ends, or of rows put on round seconds.
func TestReferenceVendors(t *testing.T) {
	tests := []struct {
		values  string
		channel string
		start   string // where pandas put the rows of 08:47:54 to 08:47:50
	}{
		{"pyactigraphy_test_sample_csv_rpx_fr", "", ""},
		{"pyactigraphy_test_sample_rpx_fr", "", ""},
		{"pyactigraphy_test_sample_rpx_ger_no_light", "", ""},
		{"pyactigraphy_LightLogR_205_actlumus_PIM_10s", "PIM", "2023-08-28T08:47:54"},
		{"pyactigraphy_LightLogR_205_actlumus_ZCM_10s", "ZCM", "2023-08-28T08:47:54"},
	}
	for _, tt := range tests {
		want, path := formattest.Load(t, reference.Dir(t), tt.values)
		if tt.start != "" {
			want.Recording.Start = tt.start
		}
		for _, r := range read(t, path, format.Options{Channel: tt.channel}) {
			met, of := formattest.Compare(t, want, trimmed(r))
			t.Logf("%s: %d values met of %d known", tt.values, met, of)
		}
	}
}

// TestReferenceLight compares the light beside the activity: the sum of its
// logarithms, as pyActigraphy takes them.
func TestReferenceLight(t *testing.T) {
	tests := []struct{ values, theirs, ours string }{
		{"pyactigraphy_test_sample_rpx_eng_UKdates", "White Light", "light"},
		{"pyactigraphy_test_sample_rpx_fr", "Lumière blanche", "light"},
		{"pyactigraphy_test_sample_mtn", "whitelight", "light"},
		{"pyactigraphy_test_sample_tal", "whitelight", "light"},
		{"pyactigraphy_test_sample_dqt", "whitelight", "light"},
		{"pyactigraphy_test_sample_atr_PIM", "LIGHT", "light"},
		{"pyactigraphy_test_sample_atr_PIM", "AMB LIGHT", "ambient light"},
		{"pyactigraphy_test_sample_atr_PIM", "RED LIGHT", "red light"},
		{"pyactigraphy_test_sample_atr_PIM", "GREEN LIGHT", "green light"},
		{"pyactigraphy_test_sample_atr_PIM", "BLUE LIGHT", "blue light"},
		{"pyactigraphy_test_sample_atr_PIM", "IR LIGHT", "infrared light"},
	}
	for _, tt := range tests {
		root := reference.Dir(t)
		_, path := formattest.Load(t, root, tt.values)
		var known struct {
			Light map[string]struct{ Sum float64 } `json:"light_log10p1"`
		}
		readJSON(t, filepath.Join(root, "actigraphy", "values", tt.values+".json"), &known)
		r := read(t, path, format.Options{})[0]
		sum := 0.0
		for _, v := range r.Channels[tt.ours] {
			if !math.IsNaN(v) {
				sum += math.Log10(v + 1)
			}
		}
		if want := known.Light[tt.theirs].Sum; math.Abs(sum-want) > 1e-6*want || want == 0 {
			t.Errorf("%s, %s: got a sum of %v, want %v", tt.values, tt.theirs, sum, want)
		}
	}
}

// TestReferenceSleepWake compares the sleep/wake column with what stands in the
// files, by its runs.
func TestReferenceSleepWake(t *testing.T) {
	root := reference.Dir(t)
	var gold map[string]struct {
		File   string
		Device struct {
			Runs [][2]any `json:"rle"`
		} `json:"device_sleep_wake"`
	}
	readJSON(t, filepath.Join(root, "actigraphy", "values", "gold_actiware_sleepwake.json"), &gold)
	compared := 0
	for _, g := range gold {
		if len(g.Device.Runs) == 0 {
			continue
		}
		compared++
		r := read(t, filepath.Join(root, "actigraphy", g.File), format.Options{})[0]
		got, i := r.Channels["sleep/wake"], 0
		for _, run := range g.Device.Runs {
			n, _ := run[1].(float64)
			for range int(n) {
				if i < len(got) && scoreText(got[i]) != run[0] {
					t.Fatalf("%s: epoch %d: got %s, want %v", g.File, i+1, scoreText(got[i]), run[0])
				}
				i++
			}
		}
		if i != len(got) {
			t.Errorf("%s: got %d epochs, want %d", g.File, len(got), i)
		}
	}
	if compared < 3 {
		t.Errorf("compared %d files, want 3", compared)
	}
}

func scoreText(v float64) string {
	if math.IsNaN(v) {
		return "N"
	}
	return fmt.Sprint(v)
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}
