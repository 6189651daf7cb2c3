package plots_test

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"math"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"circascope/plots"
)

var encoders = map[string]func(io.Writer, plots.Chart, plots.Style) error{
	"PNG": plots.PNG, "SVG": plots.SVG, "PDF": plots.PDF,
}

func encoded(t testing.TB, format string, c plots.Chart, s plots.Style) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encoders[format](&b, c, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSameInputsSameBytes(t *testing.T) {
	style := plots.PaperColumn()
	style.DPI = 48
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for format := range encoders {
		for _, c := range charts(t) {
			runtime.GOMAXPROCS(1)
			want := encoded(t, format, c.chart, style)
			runtime.GOMAXPROCS(7)
			if got := encoded(t, format, c.chart, style); !bytes.Equal(got, want) {
				t.Errorf("%s of %s with 7 threads: other bytes than with one", format, c.name)
			}
		}
	}
}

func TestConcurrentDrawing(t *testing.T) {
	c := charts(t)[2]
	style := goldenStyle()
	want := encoded(t, "PNG", c.chart, style)
	results := make(chan []byte)
	for range 4 {
		go func() {
			var b bytes.Buffer
			_ = plots.PNG(&b, c.chart, style)
			results <- b.Bytes()
		}()
	}
	for range 4 {
		if got := <-results; !bytes.Equal(got, want) {
			t.Error("drawn beside others, the chart has other bytes")
		}
	}
}

func TestNoTimeStamps(t *testing.T) {
	style := goldenStyle()
	for format := range encoders {
		got := encoded(t, format, charts(t)[0].chart, style)
		for _, word := range []string{"CreationDate", "ModDate", "tIME", "xmp"} {
			if bytes.Contains(got, []byte(word)) {
				t.Errorf("%s holds %s", format, word)
			}
		}
	}
}

func TestPNGResolution(t *testing.T) {
	for _, dpi := range []int{72, 96, 300, 600} {
		style := plots.PaperColumn()
		style.DPI = dpi
		got := encoded(t, "PNG", plots.Latency{Seconds: []float64{1}}, style)
		i := bytes.Index(got, []byte("pHYs"))
		if i < 0 {
			t.Fatal("no pHYs chunk")
		}
		perMetre := binary.BigEndian.Uint32(got[i+4:])
		if want := uint32(math.Round(float64(dpi) / 0.0254)); perMetre != want {
			t.Errorf("%d dpi: got %d pixels a metre, want %d", dpi, perMetre, want)
		}
		img, err := png.Decode(bytes.NewReader(got)) // checks the chunks' checksums
		if err != nil {
			t.Fatal(err)
		}
		if want := int(math.Round(85 / 25.4 * float64(dpi))); img.Bounds().Dx() != want {
			t.Errorf("%d dpi: got %d pixels across, want %d", dpi, img.Bounds().Dx(), want)
		}
	}
}

func TestFilesSayWhatTheyAre(t *testing.T) {
	c := plots.Latency{Labels: plots.Labels{Heading: "Zoë", Caption: "weights 0123", Demo: true}, Seconds: []float64{1, 2}}
	if got := encoded(t, "PNG", c, goldenStyle()); !bytes.Contains(got, []byte("Title\x00\x00\x00\x00\x00Zoë")) ||
		!bytes.Contains(got, []byte("weights 0123; "+plots.DemoNotice)) {
		t.Error("the PNG does not hold its title and provenance")
	}
	if got := string(encoded(t, "SVG", c, goldenStyle())); !strings.Contains(got, "<title>Zoë</title>") ||
		!strings.Contains(got, "<desc>weights 0123; "+plots.DemoNotice+"</desc>") {
		t.Error("the SVG does not hold its title and provenance")
	}
	if got := encoded(t, "PDF", c, goldenStyle()); !bytes.Contains(got, []byte("/Title <FEFF005A006F00EB>")) {
		t.Error("the PDF does not hold its title")
	}
}

// TestDemoNotice: a chart made with the demo weights says so where a reader sees
// it, in every format.
func TestDemoNotice(t *testing.T) {
	without := map[string]bool{"actogram": true, "actogram-double": true, "profile": true, "profile-cohort": true}
	for _, c := range paperCharts(t, actogram(t, gapped(t))) {
		without[c.name] = true
	}
	for _, c := range charts(t) {
		svg := string(encoded(t, "SVG", c.chart, goldenStyle()))
		visible := regexp.MustCompile(`<text[^>]*>`+plots.DemoNotice).FindString(svg) != ""
		if visible == without[c.name] {
			t.Errorf("%s: demo notice visible: %t, want %t", c.name, visible, !without[c.name])
		}
	}
}

func TestSVGImages(t *testing.T) {
	svg := encoded(t, "SVG", charts(t)[0].chart, goldenStyle())
	wellFormed(t, svg)
	for _, want := range []string{`preserveAspectRatio="none"`, "data:image/png;base64,"} {
		if !bytes.Contains(svg, []byte(want)) {
			t.Errorf("the heatmap lacks %s", want)
		}
	}
	if bytes.Contains(svg, []byte("image/jpg")) {
		t.Error("a PNG is labelled as JPEG")
	}
}

func wellFormed(t testing.TB, document []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(document))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("the SVG is not well formed: %v", err)
		}
	}
}

// TestPDFStructure: every object stands where the cross-reference table says.
func TestPDFStructure(t *testing.T) {
	pdf := encoded(t, "PDF", charts(t)[0].chart, goldenStyle())
	found := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(pdf)
	if found == nil {
		t.Fatal("no end of file")
	}
	start, _ := strconv.Atoi(string(found[1]))
	if !bytes.HasPrefix(pdf[start:], []byte("xref\n0 ")) {
		t.Fatal("startxref does not point at the table")
	}
	for i, row := range regexp.MustCompile(`(?m)^(\d{10}) 00000 n $`).FindAllSubmatch(pdf[start:], -1) {
		offset, _ := strconv.Atoi(string(row[1]))
		if want := strconv.Itoa(i+1) + " 0 obj\n"; !bytes.HasPrefix(pdf[offset:], []byte(want)) {
			t.Errorf("object %d is not at byte %d", i+1, offset)
		}
	}
}

func TestStyleErrors(t *testing.T) {
	good := plots.PaperColumn()
	for name, change := range map[string]func(*plots.Style){
		"font size":  func(s *plots.Style) { s.FontPt = 0 },
		"width":      func(s *plots.Style) { s.WidthMM = math.NaN() },
		"height":     func(s *plots.Style) { s.HeightMM = -1 },
		"resolution": func(s *plots.Style) { s.DPI = 0 },
		"million":    func(s *plots.Style) { s.WidthMM, s.HeightMM, s.DPI = 2000, 2000, 2400 },
	} {
		s := good
		change(&s)
		for format, encode := range encoders {
			if err := encode(io.Discard, plots.Latency{}, s); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s with a wrong %s: got error %v", format, name, err)
			}
		}
	}
}

func TestEncode(t *testing.T) {
	for name, want := range map[string]string{"a.png": "\x89PNG", "b.SVG": "<?xml", "c.d.pdf": "%PDF-1.4"} {
		var b bytes.Buffer
		if err := plots.Encode(&b, name, plots.Latency{}, goldenStyle()); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(b.String(), want) {
			t.Errorf("%s begins with %q, want %q", name, b.String()[:8], want)
		}
	}
	if err := plots.Encode(io.Discard, "a.gif", plots.Latency{}, goldenStyle()); err == nil || !strings.Contains(err.Error(), "a.gif") {
		t.Errorf("got error %v, want one that names the file", err)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteErrors(t *testing.T) {
	for format, encode := range encoders {
		if err := encode(failingWriter{}, plots.Latency{}, goldenStyle()); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: got error %v, want the writer's", format, err)
		}
	}
}

func TestPresets(t *testing.T) {
	for _, p := range plots.Presets() {
		got, err := plots.PresetByID(p.ID)
		if err != nil || got != p.Style {
			t.Errorf("preset %s: got %v, %v", p.ID, got, err)
		}
		_ = encoded(t, "SVG", plots.Latency{Seconds: []float64{1, 2, 3}}, p.Style)
	}
	if _, err := plots.PresetByID("poster"); err == nil {
		t.Error("got no error for an unknown preset")
	}
}

// TestLatencyCounts: times with counts draw what as many single times draw.
func TestLatencyCounts(t *testing.T) {
	var single []float64
	values, counts := []float64{0.004, 0.002, 0.003, 0.5, 0.001}, []int64{30, 50, 7, 1, 0}
	for i, v := range values {
		for range counts[i] {
			single = append(single, v)
		}
	}
	got := encoded(t, "SVG", plots.Latency{Seconds: values, Counts: counts}, goldenStyle())
	want := encoded(t, "SVG", plots.Latency{Seconds: single}, goldenStyle())
	if !bytes.Equal(got, want) {
		t.Error("the chart of times with counts differs from that of single times")
	}
}

// TestLatencyNumbers: the legend gives the nearest ranks of the times 1 to 100 ms, and says so where a stall is not drawn.
func TestLatencyNumbers(t *testing.T) {
	var seconds []float64
	for i := range 100 {
		seconds = append(seconds, float64(i+1)/1000)
	}
	svg := string(encoded(t, "SVG", plots.Latency{Seconds: seconds}, goldenStyle()))
	for _, want := range []string{"p50 50.0 ms", "p95 95.0 ms", "p99 99.0 ms", "100 runs, mean 50.5 ms, longest 100 ms<"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the legend lacks %q", want)
		}
	}
	for range 150 {
		seconds = append(seconds, 0.05)
	}
	svg = string(encoded(t, "SVG", plots.Latency{Seconds: append(seconds, 2)}, goldenStyle()))
	if want := "251 runs, mean 58.0 ms, longest 2,000 ms (1 beyond the axis)"; !strings.Contains(svg, want) {
		t.Errorf("the legend lacks %q", want)
	}
}
