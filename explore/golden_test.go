package explore_test

import (
	"archive/zip"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/sbinet/npyio"

	"circascope/explore"
	"circascope/internal/reference"
)

// The expected numbers of this file are from NumPy 1.23.5 and SciPy 1.11.4 in
// float64 on the same reference embeddings, by other routes than this package's:
//
//	PCA:          U, s, Vt = numpy.linalg.svd(X - X.mean(0)); scores (X-mean) @ Vt[:k].T
//	              with each row of Vt turned so that its largest loading is
//	              positive; explained s²/Σs²
//	neighbours:   numpy.argsort(scipy.spatial.distance.cdist(X, X), kind="stable")
//	alignment:    scipy.spatial.procrustes, its second matrix times the target's
//	              norm plus the target's mean
//	distances:    scipy.stats.spearmanr(pdist(X), pdist(Y))

// embeddings returns the eight reference embeddings of a model size.
func embeddings(t *testing.T, size string) [][]float32 {
	t.Helper()
	f, err := os.Open(filepath.Join(reference.Dir(t), "pat", "ref", "emb_"+size+".npy"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var flat []float32
	if err := npyio.Read(f, &flat); err != nil {
		t.Fatal(err)
	}
	return split(flat, 96)
}

// probe returns one of the 200-row tables of the probe file.
func probe(t *testing.T, name string, width int) [][]float32 {
	t.Helper()
	z, err := zip.OpenReader(filepath.Join(reference.Dir(t), "pat", "ref", "probe200.npz"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open(name + ".npy")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var flat []float32
	if err := npyio.Read(f, &flat); err != nil {
		t.Fatal(err)
	}
	return split(flat, width)
}

func split(flat []float32, width int) [][]float32 {
	var rows [][]float32
	for ; len(flat) >= width; flat = flat[width:] {
		rows = append(rows, flat[:width])
	}
	return rows
}

func near(got, want []float64, tolerance float64) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= tolerance) {
			return false
		}
	}
	return true
}

func TestPCAGolden(t *testing.T) {
	for _, test := range []struct {
		name        string
		rows        [][]float32
		explained   []float64
		first, last []float64 // scores
	}{
		{
			"S, 8 people", embeddings(t, "S"),
			[]float64{0.5280858197246456, 0.22634721444069633, 0.08814026994420858},
			[]float64{1.3724578628729602, -0.1597465475382362, -0.19697818136327927},
			[]float64{-0.743108105607721, 0.655038464959514, 0.43024943860979786},
		},
		{
			"M, 8 people", embeddings(t, "M"),
			[]float64{0.5412364816404945, 0.14863504275562414, 0.1213517306660983},
			[]float64{-2.4663382568346246, 0.625321178783498, 0.7331394751393705},
			[]float64{1.0025378316499813, -0.5835296071696547, 0.4864295328531694},
		},
		{
			"S, 200 people", probe(t, "PAT-S_random_emb", 96),
			[]float64{0.6337924234437611, 0.06289349968347248, 0.044149208667875924},
			[]float64{0.6619592042514258, 0.7537240339748562, 1.4333592435289677},
			[]float64{1.9192061518046246, 0.5845732067534165, -0.19611048847733556},
		},
	} {
		got, err := explore.PCA(test.rows, 3)
		if err != nil {
			t.Fatal(err)
		}
		last := got.Scores[len(got.Scores)-1]
		if !near(got.Explained, test.explained, 1e-12) || !near(got.Scores[0], test.first, 1e-10) || !near(last, test.last, 1e-10) {
			t.Errorf("%s: got explained %v, scores %v ... %v; want %v, %v ... %v",
				test.name, got.Explained, got.Scores[0], last, test.explained, test.first, test.last)
		}
	}
}

func TestNeighboursGolden(t *testing.T) {
	s := embeddings(t, "S")
	for distance, want := range map[explore.Distance][][]int{
		explore.Euclidean: {{5, 4, 7}, {0, 7, 5}, {7, 6, 4}, {5, 4, 0}, {0, 5, 7}, {0, 4, 3}, {2, 7, 4}, {0, 2, 4}},
		explore.Cosine:    {{5, 4, 7}, {0, 5, 7}, {7, 6, 4}, {5, 4, 0}, {0, 5, 7}, {0, 4, 3}, {2, 7, 4}, {0, 2, 4}},
	} {
		got, err := explore.Neighbours(s, 3, distance)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, %v; want %v", distance, got, err, want)
		}
	}
}

func TestAgreementGolden(t *testing.T) {
	s, m := embeddings(t, "S"), embeddings(t, "M")
	all, hourly := probe(t, "PAT-S_random_emb", 96), probe(t, "baseline_hourly_profile_emb", 24)
	for _, test := range []struct {
		name string
		a, b [][]float32
		k    int
		want float64
	}{
		{"S and M", s, m, 1, 0.25},
		{"S and M", s, m, 3, 2.0 / 3},
		{"S and M", s, m, 5, 0.825},
		{"S and hourly profiles, 200 people", all, hourly, 10, 0.168},
	} {
		if got, err := explore.NeighbourOverlap(test.a, test.b, test.k); err != nil || math.Abs(got-test.want) > 1e-12 {
			t.Errorf("overlap of %s, %d neighbours: got %v, %v; want %v", test.name, test.k, got, err, test.want)
		}
	}
	for _, test := range []struct {
		name string
		a, b [][]float32
		want float64
	}{
		{"S and M", s, m, 0.7810618500273673},
		{"S and hourly profiles", all, hourly, 0.34248578463686163},
	} {
		if got, err := explore.DistanceCorrelation(test.a, test.b); err != nil || math.Abs(got-test.want) > 1e-12 {
			t.Errorf("distances of %s: got %v, %v; want %v", test.name, got, err, test.want)
		}
	}
}

func TestProcrustesGolden(t *testing.T) {
	a, err := explore.PCA(embeddings(t, "S"), 2)
	if err != nil {
		t.Fatal(err)
	}
	b, err := explore.PCA(embeddings(t, "M"), 2)
	if err != nil {
		t.Fatal(err)
	}
	got, err := explore.Procrustes(a.Scores, b.Scores)
	if err != nil {
		t.Fatal(err)
	}
	first, last := []float64{2.2423341244396653, -0.31399958412409096}, []float64{-1.0222132092606564, -0.14371926421910122}
	if !near(got.Points[0], first, 1e-10) || !near(got.Points[7], last, 1e-10) {
		t.Errorf("got points %v ... %v, want %v ... %v", got.Points[0], got.Points[7], first, last)
	}
	if want := 0.214627774440976; math.Abs(got.Disparity-want) > 1e-12 {
		t.Errorf("got disparity %v, want %v", got.Disparity, want)
	}
	// numpy.linalg.norm of the difference of procrustes' two matrices, times √8.
	residuals := []float64{
		0.3243932239363891, 0.6025067084869863, 0.3731729574371286, 0.4580926834976275,
		0.13302245011018773, 0.3663146651983597, 0.8070085514403813, 0.3106858975124297,
	}
	if !near(got.Residuals, residuals, 1e-10) {
		t.Errorf("got residuals %v, want %v", got.Residuals, residuals)
	}
}
