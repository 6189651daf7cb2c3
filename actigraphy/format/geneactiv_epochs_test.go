package format_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// geneActivEpochs makes a file of one-minute epochs.
func geneActivEpochs(zone string) string {
	var b strings.Builder
	b.WriteString("Device Type,GENEActiv\nDevice Model,1.1\nDevice Unique Serial Code,012967\n")
	for i := range 90 {
		switch i {
		case 30:
			b.WriteString("Time Zone," + zone + "\n")
		case 40:
			b.WriteString("Subject Code,P07\n")
		case 50:
			b.WriteString("Device Location Code,left wrist\n")
		default:
			b.WriteString("\n")
		}
	}
	start := time.Date(2012, 5, 23, 16, 47, 0, 0, time.UTC)
	for i := range 120 {
		at := strings.Replace(start.Add(time.Duration(i)*time.Minute).Format("2006-01-02 15:04:05.000"), ".", ":", 1)
		fmt.Fprintf(&b, "%s,0.01,-0.98,0.05,%d,0,25.%d,%d.25,0.001,0.002,0.003,20\r\n", at, i, i%10, 3*i)
	}
	return b.String()
}

func TestGENEActivEpochs(t *testing.T) {
	tests := []struct{ zone, start string }{
		{"GMT +01:00", "2012-05-23T16:47:00+01:00"},
		{"GMT -05:30", "2012-05-23T16:47:00-05:30"},
		{"somewhere", "2012-05-23T16:47:00"},
	}
	for _, tt := range tests {
		path := filepath.Join(t.TempDir(), "epochs.csv")
		if err := os.WriteFile(path, []byte(geneActivEpochs(tt.zone)), 0o600); err != nil {
			t.Fatal(err)
		}
		r := read(t, path, format.Options{})[0]
		if r.Source.Format != "geneactiv-epochs" || r.Start.String() != tt.start || r.Epoch != time.Minute || len(r.Activity) != 120 {
			t.Errorf("got %s, %v, %v, %d epochs, want %s", r.Source.Format, r.Start, r.Epoch, len(r.Activity), tt.start)
		}
		if r.Subject != "P07" || r.Device != "GENEActiv 012967" || r.Site != "wrist" || r.Unit.String() != "GENEActiv SVM" || r.Unit.KnownToPAT() {
			t.Errorf("got %q, %q, %q, %q", r.Subject, r.Device, r.Site, r.Unit)
		}
		for i, v := range r.Activity {
			light, temperature := r.Channels[actigraphy.ChannelLight][i], r.Channels[actigraphy.ChannelTemperature][i]
			if v != float64(3*i)+0.25 || light != float64(i) || math.Abs(temperature-25-float64(i%10)/10) > 1e-12 {
				t.Fatalf("epoch %d: got %v, light %v, temperature %v", i, v, light, temperature)
			}
		}
	}
}

// TestSVMColumn takes a column of that name for activity.
func TestSVMColumn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "svm.csv")
	content := "time,SVMg,lux\n2020-01-01 00:00:00,1.5,3\n2020-01-01 00:01:00,2.5,4\n2020-01-01 00:02:00,0,4\n"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := read(t, path, format.Options{})[0]; r.Unit.Quantity != "SVM" || r.Activity[1] != 2.5 {
		t.Errorf("got %v of %v", r.Activity, r.Unit)
	}
}

func FuzzGENEActivEpochs(f *testing.F) {
	f.Add([]byte(geneActivEpochs("GMT +01:00")))
	fuzzReader(f, format.GENEActivEpochs{}, format.Options{})
}
