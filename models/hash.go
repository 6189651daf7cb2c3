package models

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// hashed is the SHA-256 of a file, lower-case hex, and its length.
type hashed struct {
	sha256 string
	bytes  int64
	err    error
}

// hashFile digests a regular file of bounded size without holding it in memory.
func hashFile(path string) hashed {
	f, _, err := openFile(path)
	if err != nil {
		return hashed{err: err}
	}
	defer f.Close() //nolint:errcheck // it was only read
	h := sha256.New()
	n, err := io.CopyBuffer(h, io.LimitReader(f, maxBytes), make([]byte, 256<<10))
	return hashed{hex.EncodeToString(h.Sum(nil)), n, err}
}

func hash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
