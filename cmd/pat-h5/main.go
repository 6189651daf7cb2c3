// Command pat-h5 reads one HDF5 file and writes its numeric datasets to standard
// output in the plain format of package arrays. It is not for people: the
// programs of this workbench run it as a child, because a damaged or hostile HDF5
// file can hang or crash any reader. It limits its own memory and processor time
// before it looks at the file, and it judges nothing: whether the datasets are
// weights is for the parent to say.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"

	"circascope/internal/arrays"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pat-h5 FILE.h5 >ARRAYS")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(path string) error {
	if err := limit(); err != nil {
		return fmt.Errorf("limiting the reader's memory and time: %w", err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	f := &arrays.File{SourceSHA256: hex.EncodeToString(sum[:]), SourceBytes: int64(len(content))}
	b, err := answer(f, fill(f, content))
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(b)
	return err
}

// answer encodes what was read, or the reason why nothing was.
func answer(f *arrays.File, problem error) ([]byte, error) {
	if problem == nil {
		var b []byte
		if b, problem = arrays.Encode(f); problem == nil {
			return b, nil
		}
	}
	f.Problem, f.Labels, f.Arrays = problem.Error(), nil, nil
	return arrays.Encode(f)
}
