package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// mount puts a small file system of its own into a folder of the desk.
func (d desk) mount(name, size string) string {
	d.t.Helper()
	dir := filepath.Join(d.dir, name)
	if err := os.Mkdir(dir, 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		d.t.Skipf("a small tmpfs can't be mounted here (it takes root): %v", err)
	}
	d.t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			d.t.Error(err)
		}
	})
	return dir
}

// fill takes all the room that is left.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 1<<10))
	}
}

func TestFullDisk(t *testing.T) {
	d := newDesk(t)
	disk := d.mount("disk", "6m")
	files := d.people("files", 120, 8*1440)
	var first, more []imported
	d.json(0, &first, "import", "--db", "disk/study.circascope", "files/000.awd", "files/001.awd")
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 3<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	got := d.pat("import", "--db", "disk/study.circascope", files)
	refused(t, got, "disk full")
	before := d.rows("participants", "disk/study.circascope", "subject")
	if len(before) <= len(first) || strings.Count(got.out, "\nimported ") != len(before)-len(first) {
		t.Errorf("%d recordings are there, the report said:\n%s", len(before), got.out)
	}

	fill(t, filepath.Join(disk, "rest"))
	refused(t, d.pat("run", "--db", "disk/study.circascope", "--model", "S", "--all", "--demo"), "disk full")
	for _, args := range [][]string{
		{"export", "participants", "--db", "disk/study.circascope", "--out", "disk/p.csv"},
		{"export", "actogram", "person 000", "--db", "disk/study.circascope", "--out", "disk/a.png"},
	} {
		refused(t, d.pat(args...), "the disk is full")
	}
	d.ownWeights("own.h5")
	d.write("weeks.npy", npyFile("<f4", "(8, 10080)", make([]float32, 8*10080)))
	refused(t, d.pat("embed", "--weights", "own.h5", "--input", "weeks.npy", "--output", "disk/e.npy"), "the disk is full")
	refused(t, d.pat("--models-dir", "disk/models", "models", "approve", "own.h5"), "the disk is full")
	noStrays(t, disk, "ballast", "rest", "study.circascope", "models")
	within(t, d.rows("participants", "disk/study.circascope", "subject"), before)

	for _, path := range []string{ballast, filepath.Join(disk, "rest")} {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	d.json(0, &more, "import", "--db", "disk/study.circascope", "files/000.awd", "files/119.awd")
	if more[0].Status != "duplicate" || more[1].Status != "imported" {
		t.Errorf("with room again: got %+v", more)
	}
}

// noStrays wants nothing in a folder but files of these names, and those that a
// library keeps beside it.
func noStrays(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		known := false
		for _, name := range names {
			known = known || e.Name() == name || name == "study.circascope" && strings.HasPrefix(e.Name(), name+"-")
		}
		if !known {
			t.Errorf("%s was left", e.Name())
		}
	}
}

func TestReadOnlyFolders(t *testing.T) {
	d := newDesk(t)
	disk := d.mount("disk", "8m")
	d.write("good.awd", awd("good", 8*1440))
	d.ownWeights("own.h5")
	d.write("weeks.npy", npyFile("<f4", "(1, 10080)", make([]float32, 10080)))
	for _, args := range [][]string{
		{"import", "--db", "disk/study.circascope", "good.awd"},
		{"--models-dir", "disk/models", "models", "approve", "own.h5"},
	} {
		if got := d.pat(args...); got.status != 0 {
			t.Fatal(got.errOut)
		}
	}
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"list", "--db", "disk/study.circascope"},
		{"export", "participants", "--db", "disk/study.circascope", "--out", "p.csv"},
		{"--models-dir", "disk/models", "models", "list"},
	} {
		if got := d.pat(args...); got.status != 0 {
			t.Errorf("reading, %v: got %+v", args, got)
		}
	}
	for _, args := range [][]string{
		{"import", "--db", "disk/study.circascope", "good.awd"},
		{"import", "--db", "disk/new.circascope", "good.awd"},
		{"run", "--db", "disk/study.circascope", "--model", "S", "--all", "--demo"},
		{"export", "participants", "--db", "disk/study.circascope", "--out", "disk/p.csv"},
		{"embed", "--weights", "own.h5", "--input", "weeks.npy", "--output", "disk/e.npy"},
		{"--models-dir", "disk/models", "models", "approve", "own.h5"},
		{"demo", "--out", "disk/demo"},
	} {
		t.Run(fmt.Sprint(args), func(t *testing.T) {
			refused(t, d.pat(args...), "cannot be written to")
		})
	}
}

// TestVeryLongLine: a file with a line of two gigabytes is refused with the memory of
// one line.
func TestVeryLongLine(t *testing.T) {
	d := newDesk(t)
	d.write("short.awd", awd("short", whole))
	const minutes = 30 * 1440 // more than a reader looks at to tell the format
	long := d.write("long.awd", awd("long", minutes))
	if err := os.Truncate(long, 2<<30); err != nil {
		t.Skipf("no sparse files here: %v", err)
	}
	_, usual := d.inspected("short.awd")
	got, memory := d.inspected("long.awd")
	t.Logf("peak memory %d MB, %d MB with a short file", memory>>10, usual>>10)
	if got.status != 1 || !strings.Contains(got.out, fmt.Sprintf("line %d", minutes+8)) || !strings.Contains(got.out, "a line of at most 1 MiB") {
		t.Errorf("got %+v", got)
	}
	if memory > usual+32<<10 {
		t.Errorf("peak memory: got %d kB, want about the %d kB of a short file", memory, usual)
	}
}

// inspected returns what inspecting a file gave, and its peak memory in kB.
func (d desk) inspected(file string) (got outcome, kB int64) {
	d.t.Helper()
	r := d.start("inspect", file)
	got = r.wait()
	usage, ok := r.cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		d.t.Fatal("the system does not tell the memory of a process")
	}
	return got, usage.Maxrss
}
