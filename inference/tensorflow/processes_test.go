package tensorflow

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"circascope/inference"
	"circascope/models"
)

// embedTo names the file that a child process writes its embeddings to.
const embedTo = "CIRCASCOPE_TEST_EMBED_TO"

// TestEmbedForAnotherProcess is the child of the tests below: it embeds a day and
// a week with every size and writes the embeddings.
func TestEmbedForAnotherProcess(t *testing.T) {
	path := os.Getenv(embedTo)
	if path == "" {
		t.Skip("it works for TestSameBitsInANewProcess and TestInstructionSets alone")
	}
	var b bytes.Buffer
	for _, values := range embedFew(t) {
		if err := binary.Write(&b, binary.LittleEndian, values); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// embedFew embeds a day and a week with every size and returns the embeddings by
// size, one after the other.
func embedFew(t *testing.T) [][]float32 {
	t.Helper()
	weights := loadWeights(t, models.Sizes()...)
	var out [][]float32
	for _, size := range models.Sizes() {
		e := openGraph(t, weights[size], "folded", inference.Options{Workers: 1})
		weeks := []inference.Week{{Key: "day", Values: load(t, "inputs/day1").row(0)}, {Key: "week", Values: load(t, "inputs/weeks8").row(0)}}
		out = append(out, vectors(collect(t, e, weeks)))
	}
	return out
}

// child runs embedFew in a new process with these variables set.
func child(t *testing.T, env ...string) [][]float32 {
	t.Helper()
	path := filepath.Join(t.TempDir(), "embeddings")
	cmd := exec.Command(os.Args[0], "-test.run=^TestEmbedForAnotherProcess$")
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "ONEDNN_") && !strings.HasPrefix(v, "TF_ENABLE_ONEDNN") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, append(env, embedTo+"="+path)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	values := make([]float32, len(content)/4)
	if err := binary.Read(bytes.NewReader(content), binary.LittleEndian, values); err != nil {
		t.Fatal(err)
	}
	n := len(values) / len(models.Sizes())
	out := make([][]float32, len(models.Sizes()))
	for i := range out {
		out[i] = values[i*n : (i+1)*n]
	}
	return out
}

func TestSameBitsInANewProcess(t *testing.T) {
	here := embedFew(t)
	for i, got := range child(t) {
		atMost(t, "PAT-"+string(models.Sizes()[i])+" in a new process", furthest(got, here[i]), 0)
	}
}

// TestInstructionSets runs the model with the instructions of older processors,
// and without oneDNN. Another processor rounds otherwise: how far apart the
// embeddings are is what a fingerprint has to tolerate.
func TestInstructionSets(t *testing.T) {
	seen := newDifferences(t)
	here := embedFew(t)
	for _, c := range []struct{ name, env string }{
		{"oneDNN with AVX2", "ONEDNN_MAX_CPU_ISA=AVX2"},
		{"oneDNN with SSE4.1", "ONEDNN_MAX_CPU_ISA=SSE41"},
		{"without oneDNN's graph operations", "TF_ENABLE_ONEDNN_OPTS=0"},
	} {
		for i, got := range child(t, c.env) {
			seen.within(t, "PAT-"+string(models.Sizes()[i]), c.name, got, here[i], embeddingTolerance)
		}
	}
}
