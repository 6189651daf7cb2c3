package format_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// An archive of one text is that text, under its own name; everything else in an
// archive is refused with a sentence.
func TestArchives(t *testing.T) {
	text := makeCSV(3000)
	packed := zipped(t, []string{"folder/", "folder/p1.csv", "__MACOSX/folder/._p1.csv", ".DS_Store"}, nil, text, []byte("x"), []byte("y"))
	if r := readOne(t, "p1.csv.zip", string(packed), format.Options{}); r.Subject != "p1" || len(r.Activity) != 3000 {
		t.Errorf("got %s with %d epochs, want p1 with 3000", r.Subject, len(r.Activity))
	}
	if r := readOne(t, "p1.zip", string(zipped(t, []string{"a.csv"}, utf16Text(string(text)))), format.Options{}); len(r.Activity) != 3000 {
		t.Errorf("UTF-16 in an archive: got %d epochs, want 3000", len(r.Activity))
	}
	damaged := bytes.Clone(packed)
	damaged[len(damaged)/2] ^= 0xff
	tests := []struct {
		name    string
		content []byte
		want    string
	}{
		{"two.zip", zipped(t, []string{"a.csv", "b.csv"}, text, text), "a ZIP archive of other than one text"},
		{"none.zip", zipped(t, []string{"folder/"}, nil), "a ZIP archive of other than one text"},
		{"nested.zip", zipped(t, []string{"a.zip"}, packed), "a ZIP archive of other than one text"},
		{"picture.zip", zipped(t, []string{"a.png"}, []byte("\x89PNG\r\n\x1a\n\x00\x00")), "a ZIP archive of other than one text"},
		{"empty.zip", zipped(t, []string{"a.csv"}, nil), "the file is empty"},
		{"damaged.zip", damaged, ""},
		{"cut.zip", packed[:len(packed)-30], "a ZIP archive of other than one text"},
	}
	for _, tt := range tests {
		_, err := readBytes(tt.name, tt.content, format.Options{})
		var file *actigraphy.FileError
		if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) || file.Advice == "" {
			t.Errorf("%s: got %v, want %q and advice", tt.name, err, tt.want)
		}
	}
}

// A check sum that does not fit is found behind the last byte, before any
// recording is handed out.
func TestArchiveCheckSum(t *testing.T) {
	packed := zipped(t, []string{"a.awd"}, makeAWD(3000))
	i := bytes.LastIndex(packed, []byte("PK\x01\x02")) + 16 // the check sum in the directory
	packed[i] ^= 1
	out, err := readBytes("a.zip", packed, format.Options{})
	if err == nil || !strings.Contains(err.Error(), "another check sum") || len(out) > 0 {
		t.Errorf("got %d recordings, %v; want an error on the check sum", len(out), err)
	}
}

// A text in UTF-16 that ends with half a character is named, not called binary.
func TestUTF16CutOff(t *testing.T) {
	for name, content := range map[string][]byte{
		"short": utf16Text("time,activity\n2020-01-01 00:00,1\n"), "long": utf16Text(string(makeCSV(3000))), "no mark": utf16Text(string(makeCSV(3000)))[2:],
	} {
		_, err := format.NewInput("x.csv", content[:len(content)-1])
		if err == nil || !strings.Contains(err.Error(), "UTF-16 with an odd number of bytes") {
			t.Errorf("%s: got %v, want what it is", name, err)
		}
	}
}

// UTF-16 is read in either byte order, with and without a mark.
func TestUTF16(t *testing.T) {
	little := utf16Text(string(makeCSV(3000)))
	big := bytes.Clone(little)
	for i := 0; i+1 < len(big); i += 2 {
		big[i], big[i+1] = big[i+1], big[i]
	}
	for name, content := range map[string][]byte{"little": little, "big": big, "little, no mark": little[2:], "big, no mark": big[2:]} {
		if r := readOne(t, "x.csv", string(content), format.Options{}); len(r.Activity) != 3000 {
			t.Errorf("%s: got %d epochs, want 3000", name, len(r.Activity))
		}
	}
}
