package wear_test

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/agd"
	"circascope/actigraphy/wear"
	"circascope/internal/reference"
)

// read returns the recordings of a file of the reference.
func read(t *testing.T, o format.Options, path ...string) []*actigraphy.Recording {
	t.Helper()
	var list []*actigraphy.Recording
	readers := append([]format.Reader{agd.Reader{}}, format.Readers()...)
	file := filepath.Join(append([]string{reference.Dir(t), "actigraphy"}, path...)...)
	err := format.Read(context.Background(), readers, file, o, nil, func(r *actigraphy.Recording) error { list = append(list, r); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestPeriodsOfActiLife compares every period of the two tables of ActiLife's
// verdicts, exactly: on the file's own epochs of 10 s, which ActiLife summed to
// minutes.
func TestPeriodsOfActiLife(t *testing.T) {
	r := read(t, format.Options{Channel: actigraphy.ChannelAxis1}, "files", "actigraph.sleepr", "GT3XPlus-RawData-Day01.agd")[0]
	if r.Epoch != 10*time.Second {
		t.Fatalf("got epochs of %v, want 10 s: the test is of summing too", r.Epoch)
	}
	for _, name := range []string{wear.Choi, wear.Troiano} {
		method, err := wear.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range actiLifePeriods(t, name) {
			t.Run(c.name, func(t *testing.T) {
				got, err := method.Detect(r, c.values)
				if err != nil {
					t.Fatal(err)
				}
				var words []string
				for _, i := range got {
					from, to := r.Start.Add(time.Duration(i.From)*r.Epoch), r.Start.Add(time.Duration(i.To)*r.Epoch)
					words = append(words, from.Clock().Format(time.DateTime)+" to "+to.Clock().Format(time.DateTime))
				}
				if g, w := strings.Join(words, "\n"), strings.Join(c.periods, "\n"); g != w {
					t.Errorf("got\n%s\nwant\n%s", g, w)
				}
				t.Logf("%s: %d periods without wear, all equal", c.name, len(got))
			})
		}
	}
}

type periods struct {
	name    string
	values  wear.Values
	periods []string // without wear, in order
}

func actiLifePeriods(t *testing.T, method string) []periods {
	t.Helper()
	file := map[string]string{wear.Choi: "Choi", wear.Troiano: "Troiano"}[method]
	f, err := os.Open(filepath.Join(reference.Dir(t), "actigraphy", "files", "actigraph.sleepr", "GT3XPlus-RawData-Day01-"+file+"-periods.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var list []periods
	for _, row := range rows[1:] {
		cell := func(name string) string {
			if i, ok := column[name]; ok {
				return row[i]
			}
			return ""
		}
		number := func(name string) float64 {
			v, err := strconv.ParseFloat(cell(name), 64)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		name := cell("nonwear_algorithm") + " " + cell("endat_nnz_seq")
		if n := len(list); n == 0 || list[n-1].name != name {
			values := wear.Values{"period": number("min_period_len"), "spike": number("spike_tolerance")}
			if method == wear.Choi {
				values["window"] = number("min_window_len")
			} else {
				values["stop"], values["total"] = number("spike_stoplevel"), 1
				if cell("endat_nnz_seq") == "TRUE" {
					values["total"] = 0
				}
			}
			list = append(list, periods{name: name, values: values})
		}
		if cell("wear") == "FALSE" {
			from, to := strings.NewReplacer("T", " ", "Z", ""), cell("period_end")
			p := &list[len(list)-1]
			p.periods = append(p.periods, from.Replace(cell("period_start"))+" to "+from.Replace(to))
		}
	}
	return list
}

// masks is what the reference says of pyActigraphy's masks.
type masks struct {
	Metrics struct {
		TwoHours struct {
			Value struct {
				Masked int `json:"masked_epochs"`
				Series series
			} `json:"value"`
		} `json:"mask_120min"`
	} `json:"metrics"`
}

type series struct {
	N      int    `json:"n"`
	SHA256 string `json:"sha256"`
}

// sum returns the SHA-256 of a mask written as pyActigraphy's values have it.
func sum(n int, list []wear.Interval) string {
	text := []byte(strings.Repeat("1", n))
	for _, i := range list {
		for k := i.From; k < i.To; k++ {
			text[k] = '0'
		}
	}
	h := sha256.Sum256(text)
	return hex.EncodeToString(h[:])
}

// TestZeroRunIsPyActigraphys compares the mask of runs of two hours epoch by
// epoch, by its hash, on every recording whose values and reader are at hand.
func TestZeroRunIsPyActigraphys(t *testing.T) {
	method, err := wear.Find(wear.ZeroRun)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ values, file, channel string }{
		{values: "example_01_AWD", file: "pyActigraphy/example_01.AWD"},
		{values: "example_01_mask_AWD", file: "pyActigraphy/example_01_mask.AWD"},
		{values: "example_03_AWD", file: "pyActigraphy/example_03.AWD"},
		{values: "test_sample_AWD", file: "pyActigraphy/test_sample.AWD"},
		{values: "test_sample_aw4_AWD", file: "pyActigraphy/test_sample_aw4.AWD"},
		{values: "test_sample_awi_AWD", file: "pyActigraphy/test_sample_awi.AWD"},
		{values: "test_sample_awl_AWD", file: "pyActigraphy/test_sample_awl.AWD"},
		{values: "test_sample_aws_AWD", file: "pyActigraphy/test_sample_aws.AWD"},
		{values: "GGIRread_Actiwatch_AWD", file: "GGIRread/Actiwatch.AWD"},
		{values: "sleepr_GT3XPlus_agd", file: "actigraph.sleepr/GT3XPlus-RawData-Day01.agd", channel: actigraphy.ChannelVM},
	} {
		t.Run(c.values, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(reference.Dir(t), "actigraphy", "values", "pyactigraphy_"+c.values+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want masks
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			r := read(t, format.Options{Channel: c.channel}, "files", c.file)[0]
			got, err := method.Detect(r, wear.Values{"period": 120})
			if err != nil {
				t.Fatal(err)
			}
			w := want.Metrics.TwoHours.Value
			if g := sum(len(r.Activity), got); len(r.Activity) != w.Series.N || g != w.Series.SHA256 {
				n := 0
				for _, i := range got {
					n += i.Len()
				}
				t.Errorf("masked %d of %d epochs, want %d of %d", n, len(r.Activity), w.Masked, w.Series.N)
			}
		})
	}
}

// TestMaskLogIsPyActigraphys places the mask file beside example_01.AWD.
func TestMaskLogIsPyActigraphys(t *testing.T) {
	dir := filepath.Join(reference.Dir(t), "actigraphy")
	text, err := os.ReadFile(filepath.Join(dir, "values", "pyactigraphy_example_01_AWD_masklog.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Log struct{ Value series } `json:"mask_from_log_only"`
		All struct{ Value series } `json:"mask_120_plus_log"`
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	r := read(t, format.Options{}, "files", "pyActigraphy", "example_01.AWD")[0]
	masks, err := os.ReadFile(filepath.Join(dir, "files", "pyActigraphy", "example_masklog.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := readMask(t, string(masks))
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := wear.Place(rows, r, "example_masklog.csv")
	if err != nil {
		t.Fatal(err)
	}
	if got := sum(len(r.Activity), drawn); got != want.Log.Value.SHA256 {
		t.Errorf("the file's masks: got %v, of another hash than pyActigraphy's", drawn)
	}
	method, err := wear.Find(wear.ZeroRun)
	if err != nil {
		t.Fatal(err)
	}
	found, err := method.Detect(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	both := wear.Combine([]wear.Layer{
		{Revision: wear.Revision{On: true, Intervals: drawn}},
		{Revision: wear.Revision{On: true, Intervals: found}},
	}, wear.ValidDay{})
	if got := sum(len(r.Activity), both.NotWorn); got != want.All.Value.SHA256 {
		t.Errorf("with runs of zeros: got %v, of another hash than pyActigraphy's", both.NotWorn)
	}
}

// TestFlagsOfNHANES prints how far the algorithms agree, minute by minute, with
// the flags beside 47 people's weeks of NHANES 2003-2006 (go test -v). The flags
// were made by another algorithm, so the limits are those of a gross fault.
func TestFlagsOfNHANES(t *testing.T) {
	people := read(t, format.Options{}, "nhanes47", "act.csv")
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "method\tagree\tsensitivity\tspecificity\tkappa\tequal people")
	for _, c := range []struct {
		method string
		values wear.Values
		least  float64
	}{
		{wear.Choi, nil, 0.97},
		{wear.Choi, wear.Values{"period": 60}, 0.9},
		{wear.Troiano, nil, 0.9},
		{wear.Troiano, wear.Values{"period": 90}, 0.97},
		{wear.ZeroRun, wear.Values{"period": 90}, 0.9},
		{wear.Flags, nil, 1},
	} {
		method, err := wear.Find(c.method)
		if err != nil {
			t.Fatal(err)
		}
		var a agreement
		for _, r := range people {
			found, err := method.Detect(r, c.values)
			if err != nil {
				t.Fatal(err)
			}
			a.add(r, found)
		}
		fmt.Fprintf(w, "%s %v\t%.2f %%\t%.2f %%\t%.2f %%\t%.4f\t%d of %d\n", method.Name, c.values,
			100*a.share(), 100*a.both/(a.both+a.missed), 100*a.neither/(a.neither+a.extra), a.kappa(), a.equal, len(people))
		if a.share() < c.least {
			t.Errorf("%s %v: got agreement of %.4f, want at least %v", method.Name, c.values, a.share(), c.least)
		}
	}
	w.Flush()
	t.Log("minutes without wear, against the flags of the file:\n" + table.String())
}

// agreement counts minutes: without wear by both, by one, by neither.
type agreement struct {
	both, missed, extra, neither float64
	equal                        int // people without a minute that differs
}

func (a *agreement) add(r *actigraphy.Recording, found []wear.Interval) {
	off := make([]bool, len(r.Activity))
	for _, i := range found {
		for k := i.From; k < i.To; k++ {
			off[k] = true
		}
	}
	before := a.missed + a.extra
	for k, flag := range r.Channels[actigraphy.ChannelWear] {
		switch {
		case math.IsNaN(flag):
		case flag == 0 && off[k]:
			a.both++
		case flag == 0:
			a.missed++
		case off[k]:
			a.extra++
		default:
			a.neither++
		}
	}
	if a.missed+a.extra == before {
		a.equal++
	}
}

func (a agreement) n() float64     { return a.both + a.missed + a.extra + a.neither }
func (a agreement) share() float64 { return (a.both + a.neither) / a.n() }

// kappa is Cohen's.
func (a agreement) kappa() float64 {
	n := a.n()
	chance := ((a.both+a.missed)*(a.both+a.extra) + (a.neither+a.extra)*(a.neither+a.missed)) / (n * n)
	return (a.share() - chance) / (1 - chance)
}
