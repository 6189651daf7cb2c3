package format_test

import (
	"bytes"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// rpxDay is a time whose day and month can be taken for each other.
var rpxDay = time.Date(2020, 3, 4, 23, 58, 0, 0, time.UTC)

// TestVendorFormats reads made files of the vendors' text formats: what decides
// them, what is kept beside the activity, and what the notes say.
func TestVendorFormats(t *testing.T) {
	gotTwice := func(v []float64) []float64 { return []float64{v[0], v[1]} }
	us, iso := rpxEnglish, rpxEnglish
	us.date, iso.date = "1/2/2006", "2006-01-02"
	french := makeRPX(rpxFrench, rpxDay, 6000)
	tests := []struct {
		name     string
		content  []byte
		format   string
		start    string
		epoch    time.Duration
		epochs   int
		channels string // sorted
		device   string
		unit     string
		note     string // a part of one
	}{
		{"english.csv", makeRPX(us, rpxDay, 6000), "rpx", "2020-03-04T23:58:00", 30 * time.Second, 6000, "interval status,light,marker,sleep/wake,wear", "Actiwatch Spectrum PRO P12345", "Actiwatch counts", "month, day, year: read otherwise the header's start and end, on line 9"},
		{"iso.csv", makeRPX(iso, rpxDay, 600), "rpx", "2020-03-04T23:58:00", 30 * time.Second, 600, "interval status,light,marker,sleep/wake,wear", "Actiwatch Spectrum PRO P12345", "Actiwatch counts", "(UTC) Somewhere"},
		{"bom.csv", append([]byte("\ufeff"), french...), "rpx", "2020-03-04T23:58:00", 30 * time.Second, 6000, "interval status,light,marker,sleep/wake,wear", "Actiwatch Spectrum PRO P12345", "Actiwatch counts", "day, month, year: read otherwise the header's"},
		{"utf16.csv", utf16Text(string(french)), "rpx", "2020-03-04T23:58:00", 30 * time.Second, 6000, "interval status,light,marker,sleep/wake,wear", "Actiwatch Spectrum PRO P12345", "Actiwatch counts", "without activity"},
		{"german.csv", makeRPX(rpxGerman, rpxDay, 6000), "rpx", "2020-03-04T23:58:00", 30 * time.Second, 6000, "interval status,light,marker,sleep/wake,wear", "Actiwatch Spectrum PRO P12345", "Actiwatch counts", "decimal commas"},
		{"dutch.csv", makeRPX(rpxDutch, rpxDay, 600), "rpx", "2020-03-04T23:58:00", 30 * time.Second, 600, "interval status,light,marker,sleep/wake,wear", "Actiwatch Spectrum PRO P12345", "Actiwatch counts", "0 excluded"},
		{"log.txt", makeATR(50), "atr", "2020-12-03T21:14:25", time.Minute, 52, "TAT,ZCM,light,marker,temperature", "Condor ActTrust2 77", "ActTrust counts, PIM", "stamped up to 31 s after"},
		{"log.txt.zip", zipped(t, []string{"log.txt", "__MACOSX/._log.txt"}, makeATR(50), []byte("\x00\x05\x16\x07")), "atr", "2020-12-03T21:14:25", time.Minute, 52, "TAT,ZCM,light,marker,temperature", "Condor ActTrust2 77", "ActTrust counts, PIM", "not read: PIMn, NEW"},
		{"tal.txt", makeTAL(50), "tal", "2020-03-05T23:58:00", time.Minute, 50, "light,marker,temperature", "Tempatilumi 4711", "Tempatilumi counts", "Mini-Mitter"},
		{"dqt.csv", makeDQT(50), "dqt", "2020-03-05T23:59:58Z", time.Second, 50, "light", "Daqtometer u1", "Daqtometer counts, X+Y", "GMT"},
		{"actical.csv", makeActical(50), "actical", "2021-05-13T23:59:00", 15 * time.Second, 50, "energy expenditure,intensity,marker,steps", "Actical B1", "Actical counts", ""},
		{"a.mtn", makeMTN(2000), "mtn", "2020-03-05T17:30:00", 5 * time.Second, 2000, "light", "MW8 0042", "MotionWatch counts, triaxial", "Triaxial-Counts"},
		{"b.mtn.gz", gzipped(t, makeMTN(300_000)), "mtn", "2020-03-05T17:30:00", 5 * time.Second, 300_000, "light", "MW8 0042", "MotionWatch counts, triaxial", "Triaxial-Counts"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := readOne(t, tt.name, string(tt.content), format.Options{})
			if r.Source.Format != tt.format || r.Start.String() != tt.start || r.Epoch != tt.epoch || len(r.Activity) != tt.epochs {
				t.Errorf("got %s from %v, %d of %v; want %s from %s, %d of %v", r.Source.Format, r.Start, len(r.Activity), r.Epoch, tt.format, tt.start, tt.epochs, tt.epoch)
			}
			if got := strings.Join(slices.Sorted(maps.Keys(r.Channels)), ","); got != tt.channels {
				t.Errorf("channels: got %s, want %s", got, tt.channels)
			}
			if r.Device != tt.device || r.Unit.String() != tt.unit {
				t.Errorf("got %s, %s; want %s, %s", r.Device, r.Unit, tt.device, tt.unit)
			}
			want := counts(50)
			if got := gotTwice(r.Activity); got[0] != float64(want[0]) || got[1] != float64(want[1]) {
				t.Errorf("first values: got %v, want %v", got, want[:2])
			}
			if !strings.Contains(strings.Join(r.Source.Notes, "\n"), tt.note) {
				t.Errorf("notes: got %q, want %q in them", r.Source.Notes, tt.note)
			}
		})
	}
}

// The columns beside the activity keep what they say.
func TestRPXChannels(t *testing.T) {
	for _, w := range []rpxWords{rpxEnglish, rpxFrench, rpxGerman} {
		r := readOne(t, "x.csv", string(makeRPX(w, rpxDay, 6000)), format.Options{})
		wear, light, status := r.Channels[actigraphy.ChannelWear], r.Channels[actigraphy.ChannelLight], r.Channels["interval status"]
		if wear[0] != 0 || wear[1] != 1 || light[101] != 101.01 || status[0] != 1 {
			t.Errorf("%s: got wear %v, light %v, status %v", w.program, wear[:2], light[101], status[0])
		}
		if n := len(light); !math.IsNaN(light[n-1]) || !math.IsNaN(r.Activity[n-2]) || r.Missing() != 2 {
			t.Errorf("%s: got %v and %v at the end, %d missing", w.program, light[n-1], r.Activity[n-2], r.Missing())
		}
	}
}

// Light in German exports has exponents, with a decimal comma inside quotes.
func TestRPXExponents(t *testing.T) {
	made := string(makeRPX(rpxGerman, rpxDay, 6000))
	made = strings.Replace(made, `"101,01"`, `"2,35E+02"`, 1)
	r := readOne(t, "x.csv", made, format.Options{})
	if got := r.Channels[actigraphy.ChannelLight][101]; got != 235 {
		t.Errorf("got %v lux, want 235", got)
	}
}

func TestATRChannels(t *testing.T) {
	want := counts(10)
	for channel, divisor := range map[string]int{"PIM": 1, "TAT": 2, "zcm": 3} {
		r := readOne(t, "x.txt", string(makeATR(10)), format.Options{Channel: channel})
		if got := r.Activity[1]; got != float64(want[1]/divisor) {
			t.Errorf("%s: got %v, want %v", channel, got, want[1]/divisor)
		}
		if r.Channels[actigraphy.ChannelMarker][2] != 1 || r.Channels[actigraphy.ChannelTemperature][0] != -2.5 {
			t.Errorf("%s: got marker %v, temperature %v", channel, r.Channels["marker"][:3], r.Channels["temperature"][0])
		}
		if r.Source.Channel != strings.ToUpper(channel) || r.Missing() != 2 {
			t.Errorf("got channel %q, %d missing", r.Source.Channel, r.Missing())
		}
	}
	if r := readOne(t, "x.txt", string(makeATR(10)), format.Options{Channel: "PIMn"}); r.Unit.Quantity != "counts per second" {
		t.Errorf("got %v, want counts per second", r.Unit)
	}
}

// A log without its header, or without the participant's name, goes by the name
// of the file.
func TestATRWithoutHeader(t *testing.T) {
	_, rows, _ := strings.Cut(string(makeATR(2000)), atrHeader)
	named := strings.Replace(string(makeATR(2000)), "SUBJECT_NAME : made up", "SUBJECT_NAME : ", 1)
	for _, content := range []string{rows, named} {
		if r := readOne(t, "p7.txt", content, format.Options{}); r.Subject != "p7" || len(r.Activity) != 2002 {
			t.Errorf("got %q with %d epochs, want p7 with 2002", r.Subject, len(r.Activity))
		}
	}
}

// Dates that can be read both ways are refused with both readings, until the
// order is named.
func TestVendorDateOrder(t *testing.T) {
	short := makeRPX(rpxFrench, time.Date(2020, 3, 4, 10, 0, 0, 0, time.UTC), 60)
	_, err := readBytes("x.csv", short, format.Options{})
	if !errors.Is(err, actigraphy.ErrDateOrder) || !strings.Contains(err.Error(), "2020-03-04 (day, month, year) or 2020-04-03 (month, day, year)") {
		t.Errorf("got %v, want ErrDateOrder with both readings", err)
	}
	for order, want := range map[format.DateOrder]string{format.DayMonthYear: "2020-03-04T10:00:00", format.MonthDayYear: "2020-04-03T10:00:00"} {
		r := readOne(t, "x.csv", string(short), format.Options{DateOrder: order})
		if r.Start.String() != want || r.Source.Options["date-order"] != string(order) {
			t.Errorf("%s: got %v with %v, want %s", order, r.Start, r.Source.Options, want)
		}
	}
	// A week decides itself, and the choice that it contradicts is refused.
	week := makeRPX(rpxFrench, rpxDay, 7*2880)
	if _, err := readBytes("x.csv", week, format.Options{DateOrder: format.MonthDayYear}); err == nil {
		t.Error("a contradicted order was taken")
	}
}

// One damaged letter in the title leaves an Actical file what it is.
func TestADamagedTitle(t *testing.T) {
	for name, content := range map[string][]byte{
		"a letter":      bytes.Replace(makeActical(50), []byte("Actical"), []byte("Acticam"), 1),
		"a whole title": bytes.Replace(makeActical(50), []byte("Actical List Export File"), []byte("x"), 1),
	} {
		out, err := readBytes("p.csv", content, format.Options{})
		if err != nil || out[0].Source.Format != "actical" || out[0].Source.Channel != "activity" || !noted(out[0], "WARNING: The first line") {
			t.Errorf("%s: got %+v, %v; want an Actical recording with a warning", name, out, err)
		}
	}
}

// TestVendorBadInput lists damage, and where it is said to be.
func TestVendorBadInput(t *testing.T) {
	rpx, atr, tal := makeRPX(rpxEnglish, rpxDay, 6000), makeATR(50), makeTAL(50)
	dqt, actical, mtn := makeDQT(50), makeActical(50), makeMTN(50)
	above, _, _ := bytes.Cut(rpx, []byte("\"1\",\"03/04/2020\",\"11:58:00 PM\",\"1\""))
	first := bytes.Count(above, []byte("\n")) + 1
	top, _, _ := bytes.Cut(rpx, []byte("\"-------------------- Epochs"))
	inData, _, _ := bytes.Cut(mtn, []byte("</data>"))
	tests := []struct {
		name    string
		content []byte
		opts    format.Options
		line    int
		want    string
	}{
		{"cut.csv", rpx[:len(rpx)-20], format.Options{}, first + 5999, "quotes that are closed"},
		{"top.csv", top, format.Options{}, 22, "rows of epochs below a line of names"},
		{"count.csv", replaceLine(rpx, first+9, `"10","03/05/2020","12:02:30 AM","0","-5","0","9.09","1","ACTIVE",`), format.Options{}, first + 9, "a number of at least 0 in column 5 (activity)"},
		{"marks.csv", replaceLine(rpx, first+9, `"10","03/05/2020","12:02:30 AM","0","5","0","9,09","1","ACTIVE",`), format.Options{}, first + 9, "column 7 (light)"},
		{"width.csv", replaceLine(rpx, first+9, `"10","03/05/2020","12:02:30 AM","0","5"`), format.Options{}, first + 9, "9 columns, as their names say, found 5"},
		{"date.csv", replaceLine(rpx, first+9, `"10","03/45/2020","12:02:30 AM","0","5","0","9.09","1","ACTIVE",`), format.Options{}, first + 9, "a date"},
		{"hole.csv", replaceLine(rpx, first+9, ""), format.Options{}, first + 10, "no empty line between epochs"},
		{"epoch.csv", bytes.Replace(rpx, []byte(`"Epoch Length:","30"`), []byte(`"Epoch Length:","15"`), 1), format.Options{}, 14, "the epoch of the rows, 30 s"},
		{"channel.csv", rpx, format.Options{Channel: "PIM"}, 0, `the channel "activity"`},

		{"channel.txt", atr, format.Options{Channel: "axis 1"}, 0, "found PIM, TAT, ZCM, PIMn"},
		{"none.txt", []byte(atrHeader + "DATE/TIME;MS;LIGHT\r\n03/12/2020 21:14:25;0;5\r\n"), format.Options{}, 0, "a column of activity, found none"},
		{"cut.txt", atr[:len(atr)-9], format.Options{}, 60, "10 columns"},
		{"rows.txt", []byte(atrHeader + atrNames), format.Options{}, 9, "rows of epochs"},
		{"millis.txt", bytes.Replace(atr, []byte("21:16:56;0;"), []byte("21:16:56;1000;"), 1), format.Options{}, 12, "milliseconds from 0 to 999"},

		{"clock.txt", bytes.Replace(tal, []byte("2020/3/6; 00:00:00"), []byte("2020/3/6; 24:00:00"), 1), format.Options{}, 10, "a time of day"},
		{"twice.csv", bytes.Replace(dqt, []byte(",Light"), []byte(","+dqtActivity), 1), format.Options{}, 5, "two named"},
		{"activity.csv", bytes.Replace(dqt, []byte(dqtActivity), []byte("Noise"), 1), format.Options{}, 0, "a column of activity, found none"},
		{"elapsed.csv", bytes.Replace(actical, []byte("\n9,1,150,"), []byte("\n9,1,950,"), 1), format.Options{}, 18, "by the seconds elapsed"},
		{"names.csv", bytes.Replace(actical, []byte(",Counts,"), []byte(",Things,"), 1), format.Options{}, 9, "columns of date, time and activity counts"},

		{"cut.mtn", mtn[:len(mtn)-15], format.Options{}, 27, "the end of a tag"},
		{"data.mtn", inData, format.Options{}, 15, "the end of the data"},
		{"two.mtn", slices.Concat(mtn, mtn), format.Options{}, strings.Count(string(mtn), "\n") + 1, "the end of the file behind </motionfile>"},
		{"packed.mtn", bytes.Replace(mtn, []byte(`encoding="text"`), []byte(`encoding="base64"`), 1), format.Options{}, 14, `data with encoding="text"`},
		{"start.mtn", bytes.Replace(mtn, []byte("2020-03-05"), []byte("05/03/2020"), 1), format.Options{}, 13, "a property =StartTime"},
		{"motion.mtn", bytes.Replace(mtn, []byte("<name>motion"), []byte("<name>sound"), 1), format.Options{}, 0, "no channel named motion"},
		{"offset.mtn", bytes.Replace(mtn, []byte("<offset>0"), []byte("<offset>7"), 1), format.Options{}, 14, "an offset of 0"},
		{"comma.mtn", bytes.Replace(mtn, []byte(",\n"), []byte("<\n"), 1), format.Options{}, 14, "</data> behind the values"},
		{"channel.mtn", bytes.Replace(mtn, []byte("</channel>"), []byte("</chbnnel>"), 1), format.Options{}, 20, "</channel> of the channel on line 14"},
		{"value.mtn", bytes.Replace(mtn, []byte(`text">`), []byte(`text">-1,`), 1), format.Options{}, 14, "a number of at least 0 in the channel motion"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readBytes(tt.name, tt.content, tt.opts)
			var file *actigraphy.FileError
			if !errors.As(err, &file) || !strings.Contains(err.Error(), tt.want) || file.Line != tt.line || file.Advice == "" {
				t.Errorf("got %v, want %q on line %d, and advice", err, tt.want, tt.line)
			}
			t.Log(err)
		})
	}
}
