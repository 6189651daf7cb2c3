package models_test

import (
	"context"
	"errors"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"circascope/models"
)

var approvedAt = time.Date(2026, 11, 24, 9, 30, 0, 0, time.FixedZone("", 3600))

// catalogue returns an empty catalogue with a fixed clock.
func catalogue(t testing.TB, dir string, demo *models.DemoSet) *models.Catalogue {
	t.Helper()
	c, err := models.OpenCatalogue(dir, models.CatalogueOptions{Reader: reader(t), Demo: demo, Now: func() time.Time { return approvedAt }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// approve approves a file as a user does who saw it.
func approve(t testing.TB, c *models.Catalogue, path string) models.File {
	t.Helper()
	f, err := c.Approve(context.Background(), path, sha(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func list(t testing.TB, c *models.Catalogue) []models.File {
	t.Helper()
	files, err := c.List(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func states(files []models.File) string {
	var words []string
	for _, f := range files {
		words = append(words, string(f.Model)+" "+string(f.State))
	}
	return strings.Join(words, ", ")
}

func TestFromDroppedToApproved(t *testing.T) {
	dir := t.TempDir()
	c := catalogue(t, dir, nil)
	if got, want := states(list(t, c)), "S missing, M missing, L missing"; got != want {
		t.Errorf("empty: %s, want %s", got, want)
	}
	dropped := filepath.Join(dir, "any name.h5")
	copyFile(t, pat(t, "weights/PAT-S_weights.h5"), dropped)
	copyFile(t, pat(t, "bad/nan_inside.h5"), filepath.Join(dir, "nan.h5"))
	write(t, filepath.Join(dir, "notes.txt"), []byte("hello"))
	files := list(t, c)
	if got, want := states(files), "S missing, M missing, L missing, S new, S refused"; got != want {
		t.Fatalf("dropped: %s, want %s", got, want)
	}
	var state *models.StateError
	if w, _, err := c.Load(context.Background(), models.Small, false); w != nil || !errors.As(err, &state) || state.State != models.Missing || !strings.Contains(err.Error(), dir) {
		t.Errorf("a new file was loaded, or nothing said where to put one: %v", err)
	}

	f, err := c.Approve(context.Background(), files[3].Path, files[3].SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if f.State != models.Approved || f.ApprovedAt != "2026-11-24T08:30:00Z" || f.Parameters != 274720 || f.Path != dropped {
		t.Errorf("got %+v", f)
	}
	// Another process sees the same.
	c = catalogue(t, dir, nil)
	if got, want := states(list(t, c)), "S approved, M missing, L missing, S refused"; got != want {
		t.Errorf("approved: %s, want %s", got, want)
	}
	w, f, err := c.Load(context.Background(), models.Small, false)
	if err != nil {
		t.Fatal(err)
	}
	if digest(w) != digestS || w.State != models.Approved || w.SHA256 != sha(t, dropped) || f.State != models.Approved {
		t.Errorf("loaded %s in state %s, %+v", digest(w), w.State, f)
	}
}

func TestApprovalIsOfTheContentThatWasShown(t *testing.T) {
	dir := t.TempDir()
	c := catalogue(t, dir, nil)
	path := filepath.Join(dir, "weights.h5")
	copyFile(t, pat(t, "weights/PAT-S_weights.h5"), path)
	shown := sha(t, path)
	copyFile(t, pat(t, "weights/PAT-M_weights.h5"), path)
	for _, sum := range []string{shown, "", "abc"} {
		if _, err := c.Approve(context.Background(), path, sum); err == nil || !strings.Contains(err.Error(), sha(t, path)) {
			t.Errorf("SHA-256 %q: got %v, want a refusal that names what the file has", sum, err)
		}
	}
	if _, err := c.Approve(context.Background(), pat(t, "bad/nan_inside.h5"), sha(t, pat(t, "bad/nan_inside.h5"))); err == nil {
		t.Error("a refused file was approved")
	}
	if got, want := states(list(t, c)[:3]), "S missing, M missing, L missing"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAChangedFileStopsEverything(t *testing.T) {
	dir := t.TempDir()
	c := catalogue(t, dir, nil)
	path := filepath.Join(t.TempDir(), "PAT-S.h5")
	copyFile(t, pat(t, "weights/PAT-S_weights.h5"), path)
	before := approve(t, c, path).SHA256
	// Another file that is fine by itself.
	copyFile(t, pat(t, "variants/PAT-S_gzip_chunked.h5"), path)
	after := sha(t, path)

	w, _, err := c.Load(context.Background(), models.Small, false)
	var state *models.StateError
	if w != nil || !errors.As(err, &state) || state.State != models.Changed || !strings.Contains(err.Error(), before) || !strings.Contains(err.Error(), after) {
		t.Errorf("got %v, want it stopped with both hashes", err)
	}
	f, err := c.Inspect(context.Background(), path)
	if err != nil || f.State != models.Changed || f.SHA256 != after || !strings.Contains(f.Error, before) {
		t.Errorf("Inspect says %+v, %v", f, err)
	}
	if f, err = c.Recheck(models.Small); err != nil || f.State != models.Changed || f.SHA256 != after {
		t.Errorf("Recheck says %+v, %v", f, err)
	}
	if got, want := states(list(t, c)), "S changed, M missing, L missing"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// Both ways out: the old content back, or approval of the new.
	copyFile(t, pat(t, "weights/PAT-S_weights.h5"), path)
	if _, _, err := c.Load(context.Background(), models.Small, false); err != nil {
		t.Errorf("the approved content is back: %v", err)
	}
	copyFile(t, pat(t, "variants/PAT-S_gzip_chunked.h5"), path)
	if f := approve(t, c, path); f.SHA256 != after {
		t.Errorf("approved %s, want %s", f.SHA256, after)
	}
	if _, f, err := c.Load(context.Background(), models.Small, false); err != nil || f.SHA256 != after {
		t.Errorf("the new content was approved: %+v, %v", f, err)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "approved", "*.weights"))
	if err != nil || len(kept) != 1 {
		t.Errorf("kept copies %v, %v; want the one in use", kept, err)
	}
}

func TestTheKeptCopyIsVerifiedAtEveryLoad(t *testing.T) {
	dir := t.TempDir()
	c := catalogue(t, dir, nil)
	path := filepath.Join(t.TempDir(), "PAT-S.h5")
	copyFile(t, pat(t, "weights/PAT-S_weights.h5"), path)
	approve(t, c, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	w, f, err := c.Load(context.Background(), models.Small, false)
	if err != nil || digest(w) != digestS || !strings.Contains(f.Warning, "original is gone") {
		t.Errorf("without the original: %+v, %v", f, err)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "approved", "*.weights"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept copies %v, %v", kept, err)
	}
	content, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	was := sha(t, kept[0])
	content[len(content)/2] ^= 1
	write(t, kept[0], content)
	if w, _, err := c.Load(context.Background(), models.Small, false); w != nil || err == nil || !strings.Contains(err.Error(), was) || !strings.Contains(err.Error(), sha(t, kept[0])) {
		t.Errorf("got %v, want it stopped with both hashes", err)
	}
	if err := os.Remove(kept[0]); err != nil {
		t.Fatal(err)
	}
	if w, _, err := c.Load(context.Background(), models.Small, false); w != nil || err == nil || !strings.Contains(err.Error(), "gone") {
		t.Errorf("got %v, want it to say that the copy is gone", err)
	}
}

func TestReplaceAndRemove(t *testing.T) {
	c := catalogue(t, t.TempDir(), nil)
	small, medium := pat(t, "weights/PAT-S_weights.h5"), pat(t, "weights/PAT-M_weights.h5")
	approve(t, c, small)
	if _, err := c.Replace(context.Background(), models.Small, medium, sha(t, medium)); err == nil || !strings.Contains(err.Error(), "holds PAT-M, not PAT-S") {
		t.Errorf("PAT-S was replaced by PAT-M: %v", err)
	}
	other := pat(t, "weights/PAT-S_finetuned_weights.h5")
	if f, err := c.Replace(context.Background(), models.Small, other, sha(t, other)); err != nil || f.HeadParameters != 12545 {
		t.Errorf("got %+v, %v", f, err)
	}
	for range 2 { // removing what is not there is no fault
		if err := c.Remove(models.Small); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := states(list(t, c)), "S missing, M missing, L missing"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, err := os.Stat(other); err != nil {
		t.Error("the user's own file was touched")
	}
	if err := c.Remove("XL"); err == nil {
		t.Error("an unknown size was removed")
	}
}

func TestADamagedRecordIsSaid(t *testing.T) {
	dir := t.TempDir()
	c := catalogue(t, dir, nil)
	path := pat(t, "weights/PAT-S_weights.h5")
	approve(t, c, path)
	write(t, filepath.Join(dir, "approved", "PAT-S.json"), []byte("{"))
	if _, err := c.List(context.Background()); err == nil || !strings.Contains(err.Error(), "PAT-S.json is damaged") {
		t.Errorf("got %v", err)
	}
	approve(t, c, path)
	if _, _, err := c.Load(context.Background(), models.Small, false); err != nil {
		t.Errorf("a new approval mends it: %v", err)
	}
	write(t, filepath.Join(dir, "approved", "PAT-S.json"), []byte("{"))
	if err := c.Remove(models.Small); err != nil {
		t.Errorf("removing it: %v", err)
	}
	if got, want := states(list(t, c)), "S missing, M missing, L missing"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// demoSet makes demo weights of a reference file.
func demoSet(t testing.TB) *models.DemoSet {
	t.Helper()
	content, err := os.ReadFile(pat(t, "variants/PAT-S_noattrs.h5"))
	if err != nil {
		t.Fatal(err)
	}
	return &models.DemoSet{
		Files: fstest.MapFS{"PAT-S_demo.h5": {Data: content}},
		Names: map[models.Size]models.DemoFile{models.Small: {Name: "PAT-S_demo.h5", SHA256: sha(t, pat(t, "variants/PAT-S_noattrs.h5"))}},
	}
}

func TestDemoWeightsNeverStandIn(t *testing.T) {
	demo := demoSet(t)
	c := catalogue(t, t.TempDir(), demo)
	if got, want := states(list(t, c)), "S missing, M missing, L missing, S demo"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if w, _, err := c.Load(context.Background(), models.Small, false); w != nil || err == nil {
		t.Errorf("demo weights stood in for approved ones: %v", err)
	}
	w, f, err := c.Load(context.Background(), models.Small, true)
	if err != nil || w.State != models.Demo || f.State != models.Demo || f.Warning == "" {
		t.Fatalf("asked for demo weights: %+v, %v", f, err)
	}
	if w, _, err := c.Load(context.Background(), models.Large, true); w != nil || err == nil || !strings.Contains(err.Error(), "ships no demo weights") {
		t.Errorf("there are none of that size: %v", err)
	}
	approve(t, c, pat(t, "weights/PAT-S_weights.h5"))
	if w, _, err := c.Load(context.Background(), models.Small, true); err != nil || w.State != models.Demo {
		t.Errorf("approved weights stood in for demo ones: %v", err)
	}
	if w, _, err := c.Load(context.Background(), models.Small, false); err != nil || w.State != models.Approved {
		t.Errorf("approved weights: %v", err)
	}

	path := pat(t, "variants/PAT-S_noattrs.h5")
	if f, err := c.Inspect(context.Background(), path); err != nil || f.State != models.Demo {
		t.Errorf("a copy of the demo weights is %+v, %v", f, err)
	}
	if _, err := c.Approve(context.Background(), path, sha(t, path)); err == nil || !strings.Contains(err.Error(), "demo weights") {
		t.Errorf("demo weights were approved: %v", err)
	}
	demo.Files.(fstest.MapFS)["PAT-S_demo.h5"].Data[9999] ^= 1
	if w, _, err := c.Load(context.Background(), models.Small, true); w != nil || err == nil || !strings.Contains(err.Error(), "not those this program was built for") {
		t.Errorf("changed demo weights: %v", err)
	}
}

// TestTwoProcessesAtOnce approves two files in turns from many catalogues while
// others load: every load gives whole weights of one of the two.
func TestTwoProcessesAtOnce(t *testing.T) {
	dir := t.TempDir()
	files := []string{pat(t, "weights/PAT-S_weights.h5"), pat(t, "variants/PAT-S_gzip_chunked.h5")}
	sums := []string{sha(t, files[0]), sha(t, files[1])}
	approve(t, catalogue(t, dir, nil), files[0])
	var wg sync.WaitGroup
	for i := range 4 {
		c := catalogue(t, dir, nil)
		wg.Go(func() {
			for range 5 {
				if _, err := c.Approve(context.Background(), files[i%2], sums[i%2]); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 20 {
				w, f, err := c.Load(context.Background(), models.Small, false)
				if err != nil {
					t.Error(err)
				} else if digest(w) != digestS || !slices.Contains(sums, w.SHA256) || w.SHA256 != f.SHA256 {
					t.Errorf("loaded %s of %s", digest(w), w.SHA256)
				}
			}
		})
	}
	wg.Wait()
	left, err := filepath.Glob(filepath.Join(dir, "approved", "PAT*"))
	if err != nil || len(left) != 2 {
		t.Errorf("left over: %v, %v; want one record and one copy", left, err)
	}
}

func TestAReadOnlyFolderIsSaid(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("nothing is read-only for root")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	path := pat(t, "weights/PAT-S_weights.h5")
	if _, err := catalogue(t, dir, nil).Approve(context.Background(), path, sha(t, path)); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("got %v, want it to name the folder", err)
	}
}

func TestTheHeadIsKept(t *testing.T) {
	path := pat(t, "weights/PAT-S_finetuned_full.h5")
	c := catalogue(t, t.TempDir(), nil)
	if f := approve(t, c, path); f.Score != "PAT-S_finetuned_full" || f.HeadParameters != 12545 {
		t.Errorf("approved: %+v", f)
	}
	read, _ := load(t, path)
	kept, f, err := c.Load(context.Background(), models.Small, false)
	if err != nil {
		t.Fatal(err)
	}
	if kept.Head == nil || !reflect.DeepEqual(kept.Head, read.Head) || digest(kept) != digest(read) || f.Score != kept.Head.Score {
		t.Errorf("the kept head is not the one that was read: %+v", f)
	}
	kept.Head.OutputKernel[5] = float32(math.NaN())
	if err := kept.Check(); err == nil || !strings.Contains(err.Error(), "output/output/kernel of PAT-S holds 1 NaN") {
		t.Errorf("a NaN in the head: got %v", err)
	}
}

// TestApprovedContentNeedsNoReader names an approved file, under another name:
// its kept copy is used.
func TestApprovedContentNeedsNoReader(t *testing.T) {
	dir := t.TempDir()
	approve(t, catalogue(t, dir, nil), pat(t, "weights/PAT-S_weights.h5"))
	c, err := models.OpenCatalogue(dir, models.CatalogueOptions{Reader: models.Reader{Program: "/nowhere/pat-h5"}})
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "renamed.h5")
	copyFile(t, pat(t, "weights/PAT-S_weights.h5"), other)
	w, f, err := c.LoadFile(context.Background(), other)
	if err != nil || w.State != models.Approved || f.State != models.Approved || f.Path != other {
		t.Fatalf("got %+v, %v", f, err)
	}
	if want, _ := load(t, other); digest(w) != digest(want) {
		t.Error("the kept values are other ones")
	}
	write(t, other, []byte("something else"))
	if _, _, err := c.LoadFile(context.Background(), other); err == nil {
		t.Error("another content was taken for the approved one")
	}
}

// TestTheReaderIsNotLinkedToTensorFlow keeps the child small: it starts in a
// millisecond because nothing but Go is in it.
func TestTheReaderIsNotLinkedToTensorFlow(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "circascope/cmd/pat-h5").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, dep := range strings.Fields(string(out)) {
		if strings.Contains(dep, "tensorflow") || dep == "runtime/cgo" && os.Getenv("CGO_ENABLED") == "0" {
			t.Errorf("pat-h5 depends on %s", dep)
		}
	}
}

func TestLinkOutOfTheFolderIsRefused(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	copyFile(t, pat(t, "weights/PAT-S_weights.h5"), filepath.Join(elsewhere, "own.h5"))
	copyFile(t, pat(t, "weights/PAT-S_weights.h5"), filepath.Join(dir, "inside.h5"))
	for name, target := range map[string]string{"a-out.h5": filepath.Join(elsewhere, "own.h5"), "b-in.h5": "inside.h5", "c-chain.h5": "a-out.h5"} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	c := catalogue(t, dir, nil)
	got := make(map[string]models.State)
	for _, f := range list(t, c) {
		got[filepath.Base(f.Path)] = f.State
		if f.State == models.Refused && !strings.Contains(f.Error, "leads out of this folder") {
			t.Errorf("%s is refused with %q", f.Path, f.Error)
		}
	}
	delete(got, ".") // the sizes without a file
	want := map[string]models.State{"a-out.h5": models.Refused, "b-in.h5": models.New, "c-chain.h5": models.Refused, "inside.h5": models.New}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	// Named directly, a link is what the user asked for.
	if f, err := c.Inspect(context.Background(), filepath.Join(dir, "a-out.h5")); err != nil || f.State != models.New {
		t.Errorf("named directly it is %+v, %v", f, err)
	}
}
