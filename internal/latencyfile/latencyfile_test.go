package latencyfile_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/inference/latency"
	"circascope/internal/latencyfile"
	"circascope/models"
)

var small = latency.Key{Model: models.Small, Precision: "float32", DeviceKind: "CPU", DeviceName: "a processor"}

// childEnv makes the test program count into the file it names, and end.
const childEnv = "LATENCYFILE_TEST_PATH"

const children, each = 4, 400

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		if err := count(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// count is what a process does: it counts, and saves now and then.
func count(path string) error {
	m := latency.NewMonitor(latencyfile.File{Path: path}, time.Now, nil)
	for i := range each {
		m.Observe(small, time.Duration(i+1)*time.Millisecond)
		if i%20 == 0 {
			m.Fail(small)
			if err := m.Save(); err != nil {
				return err
			}
		}
	}
	return m.Save()
}

func TestProcessesLoseNothingOfEachOther(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "latency.json")
	var running []*exec.Cmd
	for range children {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), childEnv+"="+path)
		c.Stderr = os.Stderr
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, c)
	}
	for _, c := range running {
		if err := c.Wait(); err != nil {
			t.Error(err)
		}
	}
	log, err := latencyfile.File{Path: path}.Read()
	if err != nil {
		t.Fatal(err)
	}
	s := log.Stats(small)
	if want := int64(children * each); s.Count != want || s.Errors != want/20 {
		t.Errorf("counted %d and %d errors, want %d and %d", s.Count, s.Errors, want, want/20)
	}
	if want := 0.2005; s.Mean != want {
		t.Errorf("mean %g s, want %g", s.Mean, want)
	}
	if len(s.Recent.Seconds) != latency.RecentCount || s.Recent.Attempts != latency.RecentCount {
		t.Errorf("the last ones are %d of %d, want %d", len(s.Recent.Seconds), s.Recent.Attempts, latency.RecentCount)
	}
}

func TestWhatIsKeptIsReadBackTheSame(t *testing.T) {
	f := latencyfile.File{Path: filepath.Join(t.TempDir(), "latency.json")}
	m := latency.NewMonitor(f, time.Now, nil)
	gpu := latency.Key{Model: models.Large, Precision: "bfloat16", DeviceKind: "GPU", DeviceName: "Ø 1"}
	for i := range 1000 {
		m.Observe(small, time.Duration(i*i)*time.Microsecond)
		if i%30 == 0 {
			m.Fail(gpu)
		}
	}
	if err := errors.Join(m.SetMeanAbove(1234567*time.Microsecond), m.Save()); err != nil {
		t.Fatal(err)
	}
	again := latency.NewMonitor(f, time.Now, nil)
	if got, want := written(t, again), written(t, m); got != want {
		t.Errorf("after a restart\n%s\nwant\n%s", got, want)
	}
	if got, want := again.MeanAbove(), 1234567*time.Microsecond; got != want {
		t.Errorf("the limit is %v, want %v", got, want)
	}
	if !again.Since().Equal(m.Since()) || again.Since().IsZero() {
		t.Errorf("since %v, want %v", again.Since(), m.Since())
	}
	again.Observe(gpu, time.Second)
	if err := again.Save(); err != nil {
		t.Fatal(err)
	}
	m.Reload()
	if got := m.Stats(gpu).Count; got != 1 {
		t.Errorf("the other process's embedding is not seen: %d", got)
	}
}

func written(t *testing.T, m *latency.Monitor) string {
	t.Helper()
	text, err := json.Marshal(m.All())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestDamagedFilesAreToldAndSetAside(t *testing.T) {
	const record = `"model":"S","precision":"float32","device":"CPU","device_name":"","total_ns":1,"last":"2026-01-01T00:00:00Z"`
	one := func(rest string) string { return `{"version":1,"records":[{` + record + "," + rest + `}]}` }
	for _, tc := range []struct{ name, content string }{
		{"empty", ""},
		{"no JSON", "\x00\x00\x00"},
		{"cut off", one(`"count":1,"times_us":[[5,1]],"last_attempts_us":[5]`)[:80]},
		{"null", "null"},
		{"no version", `{"records":[]}`},
		{"counts that do not add up", one(`"count":3,"times_us":[[5,1]]`)},
		{"a negative count", one(`"count":-1,"times_us":[[5,-1]]`)},
		{"times out of order", one(`"count":2,"times_us":[[5,1],[4,1]]`)},
		{"a time beyond all", one(`"count":1,"times_us":[[9000000000000,1]]`)},
		{"more errors lately than in all", one(`"count":0,"errors":1,"last_attempts_us":[-1,-1]`)},
		{"an attempt of less than nothing", one(`"count":0,"errors":1,"last_attempts_us":[-2]`)},
		{"a count that overflows", one(`"count":2,"times_us":[[5,9223372036854775807],[6,9223372036854775807]]`)},
		{"an unknown model", `{"version":1,"records":[{"model":"XL"}]}`},
		{"a key twice", `{"version":1,"records":[{` + record + `},{` + record + `}]}`},
	} {
		f := latencyfile.File{Path: filepath.Join(t.TempDir(), "latency.json")}
		if err := os.WriteFile(f.Path, []byte(tc.content), 0o600); err != nil {
			t.Fatal(err)
		}
		m := latency.NewMonitor(f, time.Now, nil)
		m.Observe(small, time.Millisecond)
		if err := m.Save(); err != nil {
			t.Errorf("%s: saving gave %v", tc.name, err)
		}
		var damaged *latency.DamagedError
		if !errors.As(m.Problem(), &damaged) {
			t.Errorf("%s: the problem is %v, want that it is damaged", tc.name, m.Problem())
			continue
		}
		if content, err := os.ReadFile(damaged.Aside); err != nil || string(content) != tc.content {
			t.Errorf("%s: set aside %q, %v", tc.name, content, err)
		}
		if log, err := f.Read(); err != nil || log.Stats(small).Count != 1 {
			t.Errorf("%s: the new record counts %d, %v", tc.name, log.Stats(small).Count, err)
		}
	}
}

func TestReadingSetsAsideToo(t *testing.T) {
	f := latencyfile.File{Path: filepath.Join(t.TempDir(), "latency.json")}
	if err := os.WriteFile(f.Path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	m := latency.NewMonitor(f, time.Now, nil)
	if got := m.All(); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	if err := m.Problem(); err == nil || !strings.Contains(err.Error(), f.Path+".damaged-") {
		t.Errorf("the problem is %v", err)
	}
}

func TestANewerFileIsLeftAlone(t *testing.T) {
	f := latencyfile.File{Path: filepath.Join(t.TempDir(), "latency.json")}
	const content = `{"version":2,"records":"in another way"}`
	if err := os.WriteFile(f.Path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	m := latency.NewMonitor(f, time.Now, nil)
	m.Observe(small, time.Millisecond)
	if err := m.Save(); !errors.As(err, new(*latency.NewerError)) {
		t.Errorf("saving gave %v", err)
	}
	if got := m.Stats(small).Count; got != 1 {
		t.Errorf("counted %d, want 1", got)
	}
	if got, err := os.ReadFile(f.Path); err != nil || string(got) != content {
		t.Errorf("the file became %s, %v", got, err)
	}
}
