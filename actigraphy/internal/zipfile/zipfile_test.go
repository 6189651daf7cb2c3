package zipfile_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"testing"

	"circascope/actigraphy/internal/zipfile"
)

func archiveOf(t *testing.T, members int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range members {
		w, err := z.Create(fmt.Sprintf("%d.txt", i))
		if err == nil {
			_, err = w.Write([]byte("content"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOpen(t *testing.T) {
	tests := []struct {
		members, limit int
		want           error
	}{
		{1, 1, nil},
		{1000, 1000, nil},
		{1001, 1000, zipfile.ErrMembers},
		{70_000, 1000, zipfile.ErrMembers},
	}
	for _, tt := range tests {
		content := archiveOf(t, tt.members)
		z, err := zipfile.Open(bytes.NewReader(content), int64(len(content)), tt.limit)
		if !errors.Is(err, tt.want) || err == nil != (z != nil) {
			t.Errorf("%d members: got %v, want %v", tt.members, err, tt.want)
		}
		if z == nil {
			continue
		}
		r, err := z.File[tt.members-1].Open()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); string(got) != "content" || err != nil {
			t.Errorf("got %q and %v", got, err)
		}
	}
}

// TestLyingCount makes an archive that declares one member and lists a million.
func TestLyingCount(t *testing.T) {
	const members = 1_000_000
	one := archiveOf(t, 1)
	end := bytes.LastIndex(one, []byte("PK\x05\x06"))
	list := bytes.LastIndex(one, []byte("PK\x01\x02"))
	content := append([]byte{}, one[:list]...)
	content = append(content, bytes.Repeat(one[list:end], members)...)
	content = append(content, one[end:]...)
	binary.LittleEndian.PutUint32(content[len(content)-10:], uint32((end-list)*members)) //nolint:gosec // of the test's own sizes
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := zipfile.Open(bytes.NewReader(content), int64(len(content)), 1000)
	runtime.ReadMemStats(&after)
	if !errors.Is(err, zipfile.ErrMembers) {
		t.Errorf("got %v, want %v", err, zipfile.ErrMembers)
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > 32<<20 {
		t.Errorf("got %d bytes allocated, want at most 32 MiB", got)
	}
}
