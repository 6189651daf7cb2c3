package main_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// kills is how often a test kills a program, unless CIRCASCOPE_SOAK says more.
func kills(t *testing.T, usual int) int {
	n, err := strconv.Atoi(os.Getenv("CIRCASCOPE_SOAK"))
	if err != nil {
		return usual
	}
	t.Logf("%d kills", n)
	return n
}

// people writes recordings into a folder and returns it.
func (d desk) people(folder string, n, minutes int) string {
	d.t.Helper()
	if err := os.MkdirAll(filepath.Join(d.dir, folder), 0o755); err != nil {
		d.t.Fatal(err)
	}
	for i := range n {
		d.write(fmt.Sprintf("%s/%03d.awd", folder, i), awd(fmt.Sprintf("person %03d", i), minutes))
	}
	return folder
}

// rows exports a table and returns its lines by their first n cells; nil where the
// library has nothing to export.
func (d desk) rows(table, db string, key ...string) map[string]string {
	d.t.Helper()
	if got := d.pat("export", table, "--db", db, "--out", "rows.csv"); got.status != 0 {
		if strings.Contains(got.errOut, "holds no embeddings") {
			return nil
		}
		d.t.Fatalf("%s can't be exported after it was cut off: %s", db, got.errOut)
	}
	records, err := csv.NewReader(strings.NewReader(string(readFile(d.t, filepath.Join(d.dir, "rows.csv"))))).ReadAll()
	if err != nil {
		d.t.Fatal(err)
	}
	rows := map[string]string{}
	for _, r := range records[1:] {
		id := ""
		for _, k := range key {
			id += r[slices.Index(records[0], k)] + " "
		}
		rows[id] = strings.Join(r, ",")
	}
	return rows
}

// within wants rows that are all those of an undisturbed run, if not as many.
func within(t *testing.T, got, want map[string]string) {
	t.Helper()
	for id, row := range got {
		if row != want[id] {
			t.Errorf("%s: got %.200s, want %.200s", id, row, want[id])
		}
	}
}

// end lets a run go on for a random part of a time and ends it with a signal.
func (r *running) end(s os.Signal, within time.Duration) outcome {
	r.t.Helper()
	time.Sleep(time.Duration(rand.Int64N(int64(within))))
	r.signal(s)
	return r.wait()
}

// TestImportCutOff kills and interrupts imports at any point: what is there is
// whole, and the next import brings the rest.
func TestImportCutOff(t *testing.T) {
	d := newDesk(t)
	const people = 60
	files := d.people("files", people, 7*1440)
	started := time.Now()
	if got := d.pat("import", "--db", "undisturbed.circascope", files); got.status != 0 {
		t.Fatal(got.errOut)
	}
	takes := time.Since(started)
	want := d.rows("participants", "undisturbed.circascope", "subject")
	for i := range kills(t, 3) {
		for _, s := range []os.Signal{os.Kill, os.Interrupt} {
			db := fmt.Sprintf("%d-%v.circascope", i, s)
			d.importCutOff(db, files, s, takes, want)
		}
	}
}

func (d desk) importCutOff(db, files string, s os.Signal, takes time.Duration, want map[string]string) {
	t := d.t
	t.Helper()
	got := d.start("import", "--db", db, "--json", files).end(s, takes)
	if s == os.Interrupt {
		d.wantInterrupted(got, db)
	}
	held := map[string]string{}
	if _, err := os.Stat(filepath.Join(d.dir, db)); err == nil { // killed before it was made
		held = d.rows("participants", db, "subject")
		within(t, held, want)
	}
	t.Logf("%v: status %d, %d of %d recordings were whole", s, got.status, len(held), len(want))
	var outcomes []imported
	d.json(0, &outcomes, "import", "--db", db, files)
	fresh := 0
	for _, o := range outcomes {
		if o.Status == "imported" {
			fresh++
		}
	}
	if fresh+len(held) != len(want) {
		t.Errorf("the second import brought %d recordings, want the %d that were missing", fresh, len(want)-len(held))
	}
	if after := d.rows("participants", db, "subject"); len(after) != len(want) {
		t.Errorf("got %d recordings at the end, want %d", len(after), len(want))
	} else {
		within(t, after, want)
	}
}

// wantInterrupted wants what Ctrl-C gives: status 1, a sentence, and a report of
// just what the library holds; or a run that was done before.
func (d desk) wantInterrupted(got outcome, db string) {
	t := d.t
	t.Helper()
	if got.status == 0 {
		return
	}
	if got.status == -1 && got.errOut == "" { // the signal came before the program could ask for it
		return
	}
	if got.status != 1 || !strings.Contains(got.errOut, "cancelled; what was whole by then is kept") {
		t.Errorf("interrupted: got status %d and %q", got.status, got.errOut)
	}
	if strings.TrimSpace(got.out) == "" {
		return // it had not begun
	}
	var outcomes []imported
	if err := json.Unmarshal([]byte(got.out), &outcomes); err != nil {
		t.Errorf("interrupted: standard output is no JSON document: %v", err)
	}
	if held := d.rows("participants", db, "subject"); len(held) != len(outcomes) {
		t.Errorf("interrupted: %d outcomes were reported and %d recordings are there", len(outcomes), len(held))
	}
}

// TestRunCutOff does the same for a run of PAT.
func TestRunCutOff(t *testing.T) {
	d := newDesk(t)
	const people = 30
	files := d.people("files", people, 8*1440)
	if got := d.pat("import", "--db", "undisturbed.circascope", files); got.status != 0 {
		t.Fatal(got.errOut)
	}
	empty := readFile(t, filepath.Join(d.dir, "undisturbed.circascope"))
	run := func(db string) []string {
		return []string{"run", "--db", db, "--model", "S", "--all", "--demo"}
	}
	var whole struct{ Seconds float64 }
	d.json(0, &whole, run("undisturbed.circascope")...)
	takes := time.Duration(whole.Seconds * float64(time.Second))
	want := d.rows("embeddings", "undisturbed.circascope", "result_id")
	for i := range kills(t, 1) {
		for _, s := range []os.Signal{os.Kill, os.Interrupt} {
			db := fmt.Sprintf("%d-%v.circascope", i, s)
			d.write(db, string(empty))
			r := d.start(run(db)...)
			if !r.stored(db, 180<<10) { // the scaler alone has 160 kB
				t.Fatalf("the run ended before it was killed: %+v", r.wait())
			}
			got := r.end(s, takes/4)
			if s == os.Interrupt && got.status != 0 && (got.status != 1 || !strings.Contains(got.errOut, "cancelled")) {
				t.Errorf("interrupted: got %+v", got)
			}
			held := d.rows("embeddings", db, "result_id")
			within(t, held, want)
			t.Logf("%v: status %d, %d of %d results were whole", s, got.status, len(held), len(want))
			var report struct{ Done, Skipped, Failed int }
			d.json(0, &report, run(db)...)
			if report.Skipped != len(held) || report.Done+report.Skipped != len(want) {
				t.Errorf("the second run: got %+v, want %d skipped and the rest of %d done", report, len(held), len(want))
			}
			if after := d.rows("embeddings", db, "result_id"); len(after) != len(want) {
				t.Errorf("got %d results at the end, want %d", len(after), len(want))
			} else {
				within(t, after, want)
			}
		}
	}
}

// held stops an import after its first recordings.
func (d desk) held(db, files string) *running {
	d.t.Helper()
	r := d.start("import", "--db", db, "--json", files)
	if !r.stored(db, 100<<10) {
		r.signal(os.Kill)
		d.t.Fatalf("the import stored nothing: %+v", r.wait())
	}
	r.signal(syscall.SIGSTOP)
	return r
}

// stored waits until so many bytes are in a library's journal.
func (r *running) stored(db string, bytes int64) bool {
	for range 20_000 {
		if info, err := os.Stat(filepath.Join(r.cmd.Dir, db) + "-wal"); err == nil && info.Size() > bytes {
			return true
		}
		time.Sleep(time.Millisecond)
	}
	return false
}

func TestTwoImportsAtOnce(t *testing.T) {
	d := newDesk(t)
	first := d.held("study.circascope", d.people("first", 80, 7*1440))
	d.write("late.awd", awd("late", whole))
	got := d.pat("import", "--db", "study.circascope", "late.awd")
	refused(t, got, fmt.Sprintf("by process %d", first.cmd.Process.Pid))
	if reading := d.pat("list", "--db", "study.circascope"); reading.status != 0 {
		t.Errorf("reading meanwhile: got %+v", reading)
	}
	first.signal(syscall.SIGCONT)
	if got := first.wait(); got.status != 0 {
		t.Errorf("the first import: got %+v", got)
	}
	if got := d.pat("import", "--db", "study.circascope", "late.awd"); got.status != 0 {
		t.Errorf("after the first import: got %+v", got)
	}
	if rows := d.rows("participants", "study.circascope", "subject"); len(rows) != 81 {
		t.Errorf("got %d participants, want 81", len(rows))
	}
}

func TestFilesThatVanishOrGrow(t *testing.T) {
	d := newDesk(t)
	r := d.held("study.circascope", d.people("files", 80, 7*1440))
	if err := os.Remove(filepath.Join(d.dir, "files", "078.awd")); err != nil {
		t.Fatal(err)
	}
	growing := filepath.Join(d.dir, "files", "079.awd")
	d.write("files/079.awd", awd("grown", 400*1440)) // long enough to be read for a while
	stop, stopped := make(chan struct{}), make(chan error)
	go func() { stopped <- appendLines(growing, stop) }()
	r.signal(syscall.SIGCONT)
	got := r.wait()
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	var outcomes []imported
	if err := json.Unmarshal([]byte(got.out), &outcomes); err != nil || got.status != 1 {
		t.Fatalf("got status %d, %v", got.status, err)
	}
	for _, want := range []struct{ path, said string }{
		{"files/078.awd", "there is no such file"},
		{"files/079.awd", "the file changed while it was read"},
	} {
		i := slices.IndexFunc(outcomes, func(o imported) bool { return o.Path == want.path })
		if i < 0 || outcomes[i].Status != "refused" || !strings.Contains(outcomes[i].Error, want.said) {
			t.Errorf("%s: got %+v, want it refused: %s", want.path, outcomes[i], want.said)
			continue
		}
		plain(t, outcomes[i].Error)
	}
	if rows := d.rows("participants", "study.circascope", "subject"); len(rows) != 78 {
		t.Errorf("got %d participants, want the other 78", len(rows))
	}
}

// appendLines lets a file grow until it is told to stop.
func appendLines(path string, stop <-chan struct{}) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	for {
		select {
		case <-stop:
			return nil
		default:
			if _, err := f.WriteString("7\r\n"); err != nil {
				return err
			}
			time.Sleep(200 * time.Microsecond)
		}
	}
}
