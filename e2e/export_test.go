//go:build e2e

package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// sources is what the side file of an export says that it was made of.
type sources struct {
	What    string
	Demo    bool `json:"demo_weights"`
	Details struct {
		Recordings []struct{ ID, Subject string }
		Groups     []struct {
			Model   string
			Results []string `json:"result_ids"`
		}
	}
}

// export writes what the page shows to a file: the dialog is opened, prepared by
// these keys, and given the path.
func (d *desk) export(path string, keys ...string) {
	d.Helper()
	d.press("ctrl+e")
	d.dialog("the export dialog is open")
	if len(keys) > 0 {
		d.press(keys...)
	}
	d.press("ctrl+a")
	d.write(path)
	form := d.step("export-" + strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	d.press("Return")
	d.wait("the file and its provenance are written", func() (bool, error) {
		_, err := os.Stat(path + ".provenance.json")
		return err == nil, err
	})
	d.answer("the window names the files", form, 0.25) // more than the preview, which may come late
	d.press("Escape")
	d.noDialog()
}

// provenance reads the side file, which must belong to the file as it is.
func (d *desk) provenance(path string) sources {
	d.Helper()
	var side struct {
		File, SHA256 string
		Sources      sources
	}
	if err := json.Unmarshal(d.read(path+".provenance.json"), &side); err != nil {
		d.Fatalf("%s.provenance.json: %v", path, err)
	}
	if side.File != filepath.Base(path) {
		d.Errorf("the provenance is of %q, want %q", side.File, filepath.Base(path))
	}
	sum := sha256.Sum256(d.read(path))
	if got := hex.EncodeToString(sum[:]); side.SHA256 != got {
		d.Errorf("%s has SHA-256 %s, its provenance says %s", path, got, side.SHA256)
	}
	return side.Sources
}

// checkChart checks that a PNG can be decoded, says its resolution and is not
// blank.
func (d *desk) checkChart(path string, dpi int) {
	d.Helper()
	content := d.read(path)
	picture, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		d.Fatalf("%s: %v", path, err)
	}
	seen := map[[3]uint32]bool{}
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			r, g, b, _ := picture.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
		}
	}
	if len(seen) < 50 {
		d.Errorf("%s has %d colours, want a chart", path, len(seen))
	}
	if got := resolution(content); got != dpi {
		d.Errorf("%s says %d dpi, want %d", path, got, dpi)
	}
}

// resolution reads the dots per inch of a PNG from its pHYs chunk (PNG
// specification, 11.3.4.3); 0 where it says none in metres.
func resolution(content []byte) int {
	for rest := content[8:]; len(rest) >= 12; {
		length := int(binary.BigEndian.Uint32(rest))
		if string(rest[4:8]) == "pHYs" && rest[16] == 1 {
			return int(math.Round(float64(binary.BigEndian.Uint32(rest[8:])) * 0.0254))
		}
		rest = rest[12+length:]
	}
	return 0
}

// checkEmbeddings checks that a CSV has a row of 96 numbers for each recording,
// made with demo weights, and that not all rows are the same.
func (d *desk) checkEmbeddings(path string, all []recording) {
	d.Helper()
	rows, err := csv.NewReader(bytes.NewReader(d.read(path))).ReadAll()
	if err != nil {
		d.Fatalf("%s: %v", path, err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	different := map[string]bool{}
	for _, row := range rows[1:] {
		vector := row[column["e0"] : column["e95"]+1]
		different[strings.Join(vector, " ")] = true
		for _, number := range vector {
			if v, err := strconv.ParseFloat(number, 32); err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
				d.Errorf("%s has %q in the row of %s, want a number", path, number, row[column["subject"]])
			}
		}
		if got := row[column["weights_state"]]; got != "demo" || len(vector) != 96 {
			d.Errorf("%s has %d numbers made with %q weights, want 96 with demo", path, len(vector), got)
		}
		if !slices.ContainsFunc(all, func(r recording) bool { return r.ID == row[column["recording"]] }) {
			d.Errorf("%s has a row of %s, which the library does not", path, row[column["recording"]])
		}
	}
	if len(different) != len(all) {
		d.Errorf("%s has %d different rows, want one for each of %d recordings", path, len(different), len(all))
	}
}

func (d *desk) read(path string) []byte {
	d.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		d.Fatal(err)
	}
	return content
}
