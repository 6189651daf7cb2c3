package wiring_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/internal/reference"
	"circascope/internal/wiring"
)

// TestRawFiles takes raw files of other devices than ActiGraph's all the way to
// recordings, and wants what is damaged in them said.
func TestRawFiles(t *testing.T) {
	tests := []struct {
		file, reader, start string
		epochs              int // of five seconds
		notes               string
	}{
		{"GGIRread/ax3_testfile.cwa", "cwa", "2019-02-26T10:55:10", 34, ""},
		{"GGIRread/ax3_testfile_corrupt_blocks_0_13_14_142_143_144.cwa", "cwa", "2019-02-26T10:55:10", 33, "6 sectors of 512 bytes are damaged"},
		{"GGIRread/ax6_testfile.cwa", "cwa", "2019-12-23T21:04:10", 22, "The gyroscope's values were not read."},
		{"GGIRread/GENEActiv_testfile.bin", "geneactiv", "2013-05-30T10:12:55+01:00", 11, "The last page is cut off after 231 of 300 samples."},
		{"GENEAread/TESTfile.bin", "geneactiv", "2012-05-23T16:47:50+01:00", 62, "GMT +01:00"},
		{"GGIRread/mtx_100Hz_acc_HR_temp.BIN", "matrix", "2025-01-24T21:44:15Z", 78, "times are in UTC"},
		{"GGIRread/genea_testfile.bin", "genea", "2010-03-30T12:08:40", 106, "as the device was set"},
		{"GGIRread/ax3test.wav", "omwav", "2018-03-18T17:24:50", 64, "it was cut off"},
		{"GGIRread/mtx_corrupted.bin", "matrix", "2025-01-24T21:45:15Z", 66, "1 packets are damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			path := filepath.Join(reference.Dir(t), "actigraphy", "files", tt.file)
			var got []*actigraphy.Recording
			err := format.Read(context.Background(), wiring.Readers(), path, format.Options{Epoch: 5 * time.Second}, nil,
				func(r *actigraphy.Recording) error {
					got = append(got, r)
					return nil
				})
			if err != nil || len(got) != 1 {
				t.Fatalf("%d recordings, %v", len(got), err)
			}
			r := got[0]
			if r.Source.Format != tt.reader || r.Start.String() != tt.start || len(r.Activity) != tt.epochs {
				t.Errorf("got %s, %s, %d epochs; want %s, %s, %d", r.Source.Format, r.Start, len(r.Activity), tt.reader, tt.start, tt.epochs)
			}
			if notes := strings.Join(r.Source.Notes, "\n"); !strings.Contains(notes, tt.notes) {
				t.Errorf("notes lack %q:\n%s", tt.notes, notes)
			}
			t.Logf("%s", strings.Join(r.Source.Notes, "\n"))
		})
	}
}

// TestRefusedFile wants a sentence for a file of another program's results.
func TestRefusedFile(t *testing.T) {
	path := filepath.Join(reference.Dir(t), "actigraphy", "files", "scikit-digital-health", "test_activity_index.h5")
	err := format.Read(context.Background(), wiring.Readers(), path, format.Options{}, nil, func(*actigraphy.Recording) error { return nil })
	if want := "import the recording itself, not what was computed of it"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}
