package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sbinet/npyio"

	"circascope/internal/reference"
)

// bin is the folder with the programs built for these tests.
var bin string

func TestMain(m *testing.M) {
	os.Exit(testMain(m))
}

func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "pat")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	bin = dir
	for program, cgo := range map[string]string{"pat": "1", "pat-h5": "0"} {
		build := exec.Command("go", "build", "-o", dir, "circascope/cmd/"+program)
		build.Env = append(os.Environ(), "CGO_ENABLED="+cgo)
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "building %s: %v\n%s", program, err, out)
			return 1
		}
	}
	return m.Run()
}

// outcome is what a run of pat gave.
type outcome struct {
	status      int
	out, errOut string
}

// desk is a home of its own for runs of pat.
type desk struct {
	t   *testing.T
	dir string
}

func newDesk(t *testing.T) desk { return desk{t, t.TempDir()} }

func (d desk) pat(args ...string) outcome {
	d.t.Helper()
	return d.start(args...).wait()
}

// running is a run of pat that has not ended.
type running struct {
	t           *testing.T
	cmd         *exec.Cmd
	out, errOut bytes.Buffer
}

func (d desk) start(args ...string) *running {
	d.t.Helper()
	r := &running{t: d.t, cmd: exec.CommandContext(d.t.Context(), filepath.Join(bin, "pat"), args...)}
	r.cmd.Dir = d.dir
	r.cmd.Env = append(os.Environ(), "HOME="+d.dir, "XDG_DATA_HOME="+filepath.Join(d.dir, "data"))
	r.cmd.Stdout, r.cmd.Stderr = &r.out, &r.errOut
	if err := r.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	return r
}

// wait returns what came of the run; status -1 is that of a killed one.
func (r *running) wait() outcome {
	r.t.Helper()
	err := r.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		r.t.Fatal(err)
	}
	return outcome{r.cmd.ProcessState.ExitCode(), r.out.String(), r.errOut.String()}
}

func (r *running) signal(s os.Signal) {
	r.t.Helper()
	if err := r.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		r.t.Fatal(err)
	}
}

// json runs pat with --json, wants the status, and reads the one document.
func (d desk) json(status int, v any, args ...string) {
	d.t.Helper()
	got := d.pat(append(args, "--json")...)
	if got.status != status {
		d.t.Fatalf("pat %s: got status %d, want %d; standard error:\n%s", strings.Join(args, " "), got.status, status, got.errOut)
	}
	dec := json.NewDecoder(strings.NewReader(got.out))
	if err := dec.Decode(v); err != nil {
		d.t.Fatalf("pat %s: standard output is no JSON document: %v\n%s", strings.Join(args, " "), err, got.out)
	}
	if dec.More() {
		d.t.Errorf("pat %s: more than one document on standard output", strings.Join(args, " "))
	}
}

func (d desk) write(name, content string) string {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		d.t.Fatal(err)
	}
	return path
}

func TestWrongUsageIsStatus2(t *testing.T) {
	d := newDesk(t)
	for _, args := range [][]string{
		{},
		{"nonsense"},
		{"run"},
		{"run", "--model", "XL", "--all"},
		{"run", "--model", "S"},
		{"run", "--model", "S", "--all", "--workers", "-1"},
		{"export", "compare", "--out", "x.png", "--dpi", "-1"},
		{"embed"},
		{"inspect"},
		{"demo"},
		{"bench"},
		{"export"},
		{"metrics"},
		{"inspect", "--nonsense"},
		{"zone"},
		{"zone", "nonsense"},
		{"zone", "set", "Europe/Oslo", "--study"},
		{"zone", "set", "Europe/Oslo", "--clock", "stopped", "--study"},
		{"zone", "set", "Europe/Oslo", "--clock", "kept"},
		{"zone", "set", "Europe/Oslo", "--clock", "kept", "--study", "--device", "x"},
		{"run", "--model", "S", "--all", "--clock", "noon"},
		{"export", "embeddings", "--out", "x.txt"},
	} {
		if got := d.pat(args...); got.status != 2 || !strings.HasPrefix(got.errOut, "pat: ") {
			t.Errorf("pat %q: got status %d and %q, want 2 and a message", args, got.status, got.errOut)
		}
	}
}

func TestANameThatIsNoCommandIsNamed(t *testing.T) {
	d := newDesk(t)
	for _, args := range [][]string{{"export", "nihgts", "P1", "--db", "s.circascope", "--out", "x.png"}, {"wear", "nihgts", "--all"}, {"nihgts"}} {
		if got := d.pat(args...); got.status != 2 || !strings.Contains(got.errOut, `there is no command "nihgts"`) {
			t.Errorf("pat %q: got status %d and %q, want 2 and the name", args, got.status, got.errOut)
		}
	}
}

func TestInspectTellsWhatIsInAFile(t *testing.T) {
	d := newDesk(t)
	good := d.write("a.awd", "anna\n05-Jan-2015\n12:30\n 4 \n30\nV1\nM\n"+strings.Repeat("7\n0\n", 30))
	bad := d.write("b.awd", "\x89PNG\r\n\x1a\n")
	var list []struct {
		Path, Format, Subject, Start, Unit, Error string
		EpochSeconds                              float64 `json:"epoch_seconds"`
		Epochs, Zeros, Missing                    int
		Sum                                       float64
		First                                     []*float64
		Warnings                                  []string
	}
	d.json(1, &list, "inspect", good, bad)
	if len(list) != 2 {
		t.Fatalf("got %d objects, want 2", len(list))
	}
	r := list[0]
	if r.Format != "awd" || r.Subject != "anna" || r.Start != "2015-01-05T12:30:00" || r.EpochSeconds != 60 ||
		r.Epochs != 60 || r.Zeros != 30 || r.Sum != 210 || len(r.First) != 20 || *r.First[0] != 7 || r.Error != "" {
		t.Errorf("got %+v", r)
	}
	if list[1].Error == "" || !strings.Contains(list[1].Error, "b.awd") {
		t.Errorf("the picture: got %+v, want an error that names the file", list[1])
	}
}

func TestImportListAndSecondImport(t *testing.T) {
	d := newDesk(t)
	path := d.write("a.awd", "anna\n05-Jan-2015\n00:00\n 4 \n30\nV1\nM\n"+strings.Repeat("7\n", 1440))
	var outcomes []struct{ Path, Status, Recording, Error string }
	d.json(0, &outcomes, "import", "--db", "study.circascope", path)
	if len(outcomes) != 1 || outcomes[0].Status != "imported" || outcomes[0].Recording == "" {
		t.Fatalf("got %+v, want one imported", outcomes)
	}
	d.json(0, &outcomes, "import", "--db", "study.circascope", path)
	if outcomes[0].Status != "duplicate" {
		t.Errorf("the second import: got %+v, want a duplicate", outcomes)
	}
	var list []struct{ ID, Subject string }
	d.json(0, &list, "list", "--db", "study.circascope")
	if len(list) != 1 || list[0].Subject != "anna" || list[0].ID != outcomes[0].Recording {
		t.Errorf("got %+v, want anna alone", list)
	}
	if got := d.pat("list", "--db", "none.circascope"); got.status != 1 || !strings.Contains(got.errOut, "none.circascope") {
		t.Errorf("a library that is not there: got %+v", got)
	}
}

func TestRunWithoutApprovedWeightsNamesBothWays(t *testing.T) {
	d := newDesk(t)
	path := d.write("a.awd", "anna\n05-Jan-2015\n00:00\n 4 \n30\nV1\nM\n"+strings.Repeat("7\n3\n", 5040))
	if got := d.pat("import", "--db", "s.circascope", path); got.status != 0 {
		t.Fatal(got.errOut)
	}
	got := d.pat("run", "--db", "s.circascope", "--model", "S", "--all")
	if got.status != 1 || !strings.Contains(got.errOut, "approve") || !strings.Contains(got.errOut, "--demo") {
		t.Errorf("got %+v, want status 1 and both ways named", got)
	}
}

func TestDemoDoesTheMainJob(t *testing.T) {
	d := newDesk(t)
	var files []string
	d.json(0, &files, "demo", "--out", "out")
	var charts int
	for _, f := range files {
		info, err := os.Stat(filepath.Join(d.dir, f))
		if err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", f, err)
		}
		if ext := filepath.Ext(f); ext == ".png" || ext == ".svg" {
			charts++
		}
	}
	if charts < 6 || !slices.Contains(files, "out/embeddings.csv") || !slices.Contains(files, "out/participants.csv") {
		t.Errorf("got %v, want at least three charts in two formats and the two tables", files)
	}
	svg, err := os.ReadFile(filepath.Join(d.dir, "out", "embeddings-PAT-S.svg"))
	if err != nil || !bytes.Contains(svg, []byte("demo weights")) {
		t.Errorf("the chart does not say demo weights (%v)", err)
	}
	d.sameAgain(files)
	var health struct {
		Status       string
		ModelLoaded  bool `json:"model_loaded"`
		Working      bool `json:"inference_working"`
		FeatureCount int  `json:"feature_count"`
	}
	d.json(0, &health, "health", "--demo")
	if health.Status != "healthy" || !health.ModelLoaded || !health.Working || health.FeatureCount != 96 {
		t.Errorf("got %+v", health)
	}
}

// sameAgain runs the demo a second time: charts and tables are the same bytes.
func (d desk) sameAgain(files []string) {
	d.t.Helper()
	before := map[string][]byte{}
	for _, f := range files {
		if ext := filepath.Ext(f); ext == ".png" || ext == ".svg" || ext == ".csv" {
			before[f] = readFile(d.t, filepath.Join(d.dir, f))
		}
	}
	var again []string
	d.json(0, &again, "demo", "--out", "out")
	for f, want := range before {
		if got := readFile(d.t, filepath.Join(d.dir, f)); !bytes.Equal(got, want) {
			d.t.Errorf("%s differs after a second run", f)
		}
	}
}

func TestHealthWithoutWeightsIsUnhealthy(t *testing.T) {
	var health struct{ Status, Error, Timestamp string }
	newDesk(t).json(1, &health, "health")
	if health.Status != "unhealthy" || health.Error == "" || health.Timestamp == "" {
		t.Errorf("got %+v, want unhealthy with error and timestamp", health)
	}
}

func TestEmbedMeetsKeras(t *testing.T) {
	pat := filepath.Join(reference.Dir(t), "pat")
	d := newDesk(t)
	for _, size := range []string{"S", "M", "L"} {
		var report struct {
			Model      string
			N          int
			TensorFlow string
		}
		d.json(0, &report, "embed", "--weights", filepath.Join(pat, "weights", "PAT-"+size+"_weights.h5"),
			"--input", filepath.Join(pat, "inputs", "weeks8.npy"), "--output", "e.npy", "--profile", "p.npy")
		if report.Model != size || report.N != 8 || report.TensorFlow == "" {
			t.Errorf("PAT-%s: got %+v", size, report)
		}
		got, want := npy(t, filepath.Join(d.dir, "e.npy")), npy(t, filepath.Join(pat, "ref", "emb_"+size+".npy"))
		if len(got) != len(want) {
			t.Fatalf("PAT-%s: got %d numbers, want %d", size, len(got), len(want))
		}
		worst := 0.0
		for i := range got {
			worst = max(worst, math.Abs(float64(got[i])-float64(want[i])))
		}
		if !(worst <= 5e-5) {
			t.Errorf("PAT-%s: the embeddings differ by %.2g from Keras's, want at most 5e-5", size, worst)
		}
	}
}

func TestEmbedRefusesBadWeights(t *testing.T) {
	pat := filepath.Join(reference.Dir(t), "pat")
	d := newDesk(t)
	got := d.pat("embed", "--weights", filepath.Join(pat, "bad", "nan_inside.h5"),
		"--input", filepath.Join(pat, "inputs", "weeks8.npy"), "--output", "e.npy")
	if got.status != 1 || !strings.Contains(got.errOut, "NaN") {
		t.Errorf("got %+v, want status 1 and a sentence that names NaN", got)
	}
	if _, err := os.Stat(filepath.Join(d.dir, "e.npy")); err == nil {
		t.Error("an output was written")
	}
}

func npy(t *testing.T, path string) []float32 {
	t.Helper()
	var values []float32
	if err := npyio.Read(bytes.NewReader(readFile(t, path)), &values); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return values
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// read returns the content of a file in the desk's folder, "" where there is none.
func (d desk) read(name string) string {
	d.t.Helper()
	content, err := os.ReadFile(filepath.Join(d.dir, name))
	if err != nil {
		d.t.Errorf("reading what was written: %v", err)
	}
	return string(content)
}
