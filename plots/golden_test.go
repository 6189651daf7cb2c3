package plots_test

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"circascope/plots"
)

var update = flag.Bool("update", false, "write the golden images anew: look at them before committing")

// goldenStyle is small enough to keep a dozen images in the repository.
func goldenStyle() plots.Style {
	s := plots.PaperPage()
	s.DPI = 80
	return s
}

func TestGolden(t *testing.T) {
	for _, c := range charts(t) {
		t.Run(c.name, func(t *testing.T) {
			var got bytes.Buffer
			if err := plots.PNG(&got, c.chart, goldenStyle()); err != nil {
				t.Fatal(err)
			}
			compareGolden(t, c.name, got.Bytes())
		})
		t.Run(c.name+"-dark", func(t *testing.T) {
			var got bytes.Buffer
			if err := png.Encode(&got, plots.Image(c.chart, 480, 300, 1, true)); err != nil {
				t.Fatal(err)
			}
			compareGolden(t, c.name+"-dark", got.Bytes())
		})
	}
}

func compareGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".png")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run go test ./plots -run TestGolden -update and look at the image", err)
	}
	a, b := decode(t, got), decode(t, want)
	if a.Bounds() != b.Bounds() {
		t.Fatalf("got %v pixels, want %v", a.Bounds().Size(), b.Bounds().Size())
	}
	if worst := largestDifference(a, b); worst > tolerance() {
		saved := filepath.Join(os.TempDir(), "plots-"+name+".png")
		_ = os.WriteFile(saved, got, 0o644)
		t.Errorf("the image differs from %s by up to %d of 255 in a channel; the new one is %s", path, worst, saved)
	}
}

// tolerance is 0 where the golden images were made; elsewhere a compiler may
// fuse a multiplication and an addition and round an edge's grey differently.
func tolerance() int {
	if runtime.GOARCH == "amd64" {
		return 0
	}
	return 8
}

func decode(t *testing.T, b []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func largestDifference(a, b image.Image) int {
	worst := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			ar, ag, ab, _ := a.At(x, y).RGBA()
			br, bg, bb, _ := b.At(x, y).RGBA()
			for _, d := range []int{int(ar) - int(br), int(ag) - int(bg), int(ab) - int(bb)} {
				worst = max(worst, max(d, -d)>>8)
			}
		}
	}
	return worst
}
