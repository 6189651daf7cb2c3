package agd_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/format/agd"
)

func TestRead(t *testing.T) {
	r := read(t, makeAGD(t), format.Options{})
	if r.Subject != "made up" || r.Device != "ActiGraph GT3XPlus MADE0UP" || r.Site != "hip" {
		t.Errorf("got %q, %q, %q", r.Subject, r.Device, r.Site)
	}
	if r.Start.String() != "2020-03-05T12:00:00" || r.Epoch != 10*time.Second || len(r.Activity) != 100 {
		t.Errorf("got %v, %v, %d epochs", r.Start, r.Epoch, len(r.Activity))
	}
	if r.Activity[7] != 7 || r.Unit.String() != "ActiGraph counts, axis 1" || r.Channels[actigraphy.ChannelLight][0] != 10 {
		t.Errorf("got %v of %v", r.Activity[7], r.Unit)
	}
	vm := read(t, makeAGD(t), format.Options{Channel: "VM"})
	if vm.Activity[7] != 21 || vm.Source.Channel != "vector magnitude" || vm.Channels["axis 1"][7] != 7 {
		t.Errorf("vector magnitude: got %v of %q", vm.Activity[7], vm.Source.Channel)
	}
	if vm.ID() == r.ID() {
		t.Error("two channels have one id")
	}
}

// A file's neighbours and the file itself stay as they were.
func TestNothingIsWritten(t *testing.T) {
	path := makeAGD(t)
	before := contentOf(t, path)
	read(t, path, format.Options{})
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || !bytes.Equal(before, contentOf(t, path)) {
		t.Errorf("reading left %d files, or changed the file", len(entries))
	}
}

func TestGap(t *testing.T) {
	r := read(t, makeAGD(t, "DELETE FROM data WHERE axis1 BETWEEN 10 AND 12"), format.Options{})
	if len(r.Activity) != 100 || r.Missing() != 3 {
		t.Errorf("got %d epochs and %d missing, want 100 and 3", len(r.Activity), r.Missing())
	}
}

func TestGzippedAndStrangePaths(t *testing.T) {
	content := contentOf(t, makeAGD(t))
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"a.agd.gz": z.Bytes(), "50% ?mode=rw&x#ä.agd": content} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if r := read(t, path, format.Options{}); len(r.Activity) != 100 {
			t.Errorf("%s: got %d epochs, want 100", name, len(r.Activity))
		}
	}
}

func TestBadFiles(t *testing.T) {
	whole := contentOf(t, makeAGD(t))
	tests := []struct {
		name    string
		content []byte
		opts    format.Options
		want    string
	}{
		{"cut off", whole[:len(whole)/2], format.Options{}, "damaged or cut off"},
		{"header alone", whole[:100], format.Options{}, "damaged or cut off"},
		{"other tables", contentOf(t, makeAGD(t, "DROP TABLE settings")), format.Options{}, "without the tables settings and data"},
		{"a view for data", contentOf(t, makeAGD(t, "DROP TABLE data", "CREATE VIEW data AS SELECT 1 AS dataTimestamp, 1 AS axis1")), format.Options{}, "without the tables settings and data"},
		{"other columns", contentOf(t, makeAGD(t, "ALTER TABLE data RENAME COLUMN dataTimestamp TO t")), format.Options{}, "the columns dataTimestamp and axis1"},
		{"no rows", contentOf(t, makeAGD(t, "DELETE FROM data")), format.Options{}, "rows of data"},
		{"negative count", contentOf(t, makeAGD(t, "UPDATE data SET axis1 = -1 WHERE axis1 = 5")), format.Options{}, "(row 6 of table data)"},
		{"infinite count", contentOf(t, makeAGD(t, "UPDATE data SET axis1 = 9e999 WHERE axis1 = 5")), format.Options{}, "(row 6 of table data)"},
		{"a word for a count", contentOf(t, makeAGD(t, "UPDATE data SET axis1 = 'x' WHERE axis1 = 5")), format.Options{}, "(row 6 of table data)"},
		{"time of the year 1", contentOf(t, makeAGD(t, "UPDATE data SET dataTimestamp = 5 WHERE axis1 = 5")), format.Options{}, "a time in .NET ticks"},
		{"unsorted", contentOf(t, makeAGD(t, "UPDATE data SET dataTimestamp = dataTimestamp - 300000000 WHERE axis1 = 5")), format.Options{}, "times that increase"},
		{"epoch length", contentOf(t, makeAGD(t, "UPDATE settings SET settingValue = 'ten' WHERE settingName = 'epochlength'")), format.Options{}, "an epoch length of 1 to 86400 seconds"},
		{"shorter epoch", contentOf(t, makeAGD(t, "UPDATE settings SET settingValue = '1' WHERE settingName = 'epochlength'")), format.Options{}, "a row every 1 s"},
		{"no such channel", whole, format.Options{Channel: "PIM"}, `no channel "PIM" among axis 1, axis 2, axis 3`},
		{"steps as activity", whole, format.Options{Channel: "steps"}, `no channel "steps"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := format.NewInput("made.agd", tt.content)
			if err != nil {
				t.Fatal(err)
			}
			err = format.ReadInput(context.Background(), []format.Reader{agd.Reader{}}, in, tt.opts, nil, func(*actigraphy.Recording) error {
				t.Error("a recording was emitted")
				return nil
			})
			var file *actigraphy.FileError
			if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want a *FileError with %q", err, tt.want)
			}
			t.Log(err)
		})
	}
}

func TestCancelled(t *testing.T) {
	in, err := format.NewInput("made.agd", contentOf(t, makeAGD(t)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err = agd.Reader{}.Read(ctx, in, format.Options{}, func(*actigraphy.Recording) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

// FuzzRead checks that damaged databases are refused and never crash the driver.
func FuzzRead(f *testing.F) {
	f.Add(contentOf(f, makeAGD(f)))
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 1<<20 {
			t.Skip()
		}
		in, err := format.NewInput("fuzzed", content)
		if err != nil {
			return
		}
		err = agd.Reader{}.Read(context.Background(), in, format.Options{}, func(r *actigraphy.Recording) error {
			if err := r.Validate(); err != nil {
				t.Errorf("an unfit recording: %v", err)
			}
			return nil
		})
		var file *actigraphy.FileError
		if err != nil && !errors.As(err, &file) {
			t.Errorf("got %T %v, want a *FileError", err, err)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	path := makeAGD(b, `WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i+1 FROM n WHERE i < 200000)
		INSERT INTO data SELECT 637190064000000000 + i*100000000, i, 2*i, 2*i, i%3, 10 FROM n`)
	b.SetBytes(int64(len(contentOf(b, path))))
	b.ReportAllocs()
	for b.Loop() {
		read(b, path, format.Options{})
	}
}
