package format_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// The files of these tests are made here: the activity of nobody, in the layout
// of each format.

// counts returns n made-up counts.
func counts(n int) []int {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]int, n)
	for i := range out {
		if r.IntN(3) > 0 {
			out[i] = r.IntN(2000)
		}
	}
	return out
}

func makeAWD(epochs int) []byte {
	var b bytes.Buffer
	b.WriteString("made up\r\n05-Mar-2020\r\n13:58\r\n 4 \r\n40\r\nL0001\r\nX\r\n")
	for i, v := range counts(epochs) {
		fmt.Fprintf(&b, "%d , %d,50", v, i%7)
		if i == 2 {
			b.WriteString(" M")
		}
		b.WriteString("\r\n")
	}
	return b.Bytes()
}

func makeCSV(rows int) []byte {
	var b bytes.Buffer
	b.WriteString("timestamp,date,activity\n")
	at := time.Date(2020, 3, 5, 12, 0, 0, 0, time.UTC)
	for i, v := range counts(rows) {
		t := at.Add(time.Duration(i) * time.Minute)
		fmt.Fprintf(&b, "%s,%s,%d\n", t.Format(time.DateTime), t.Format(time.DateOnly), v)
	}
	return b.Bytes()
}

const actigraphHeader = `------------ Data File Created By ActiGraph GT3X+ ActiLife v6.13.3 Firmware v1.7.1 date format M/d/yyyy Filter Normal -----------
Serial Number: MADE000UP
Start Time 10:00:00
Start Date 7/13/2018
Epoch Period (hh:mm:ss) 00:01:00
Download Time 00:32:29
Download Date 8/1/2018
Current Memory Address: 0
Current Battery Voltage: 4.04     Mode = 12
--------------------------------------------------
`

func makeActiGraph(rows int) []byte {
	var b bytes.Buffer
	b.WriteString(actigraphHeader)
	for _, v := range counts(rows) {
		fmt.Fprintf(&b, "%d,%d,%d\n", v, v/2, v/3)
	}
	return b.Bytes()
}

// wideHeader is the header line of an NHANES table.
func wideHeader() string {
	names := []string{"ID", "Date"}
	for i := range 1440 {
		names = append(names, fmt.Sprintf("MIN%d", i+1))
	}
	return strings.Join(names, ",") + "\n"
}

// wideRow is a row of it; every minute holds value.
func wideRow(id, day, value string) string {
	return id + "," + day + strings.Repeat(","+value, 1440) + "\n"
}

func makeWide(people int) []byte {
	var b bytes.Buffer
	b.WriteString(wideHeader())
	for p := range people {
		values := counts(1440 * 7)
		for d := range 7 {
			fmt.Fprintf(&b, "%d,%s", 21005+p, time.Weekday((p + d) % 7).String()[:3])
			for _, v := range values[d*1440 : (d+1)*1440] {
				fmt.Fprintf(&b, ",%d", v)
			}
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}

// readBytes reads a file that is in memory.
func readBytes(name string, content []byte, opts format.Options) ([]*actigraphy.Recording, error) {
	in, err := format.NewInput(name, content)
	if err != nil {
		return nil, err
	}
	var out []*actigraphy.Recording
	err = format.ReadInput(context.Background(), format.Readers(), in, opts, nil, func(r *actigraphy.Recording) error {
		out = append(out, r)
		return nil
	})
	return out, err
}

func readOne(t testing.TB, name, content string, opts format.Options) *actigraphy.Recording {
	t.Helper()
	out, err := readBytes(name, []byte(content), opts)
	if err != nil {
		t.Fatal(err)
	}
	if len(out) != 1 {
		t.Fatalf("got %d recordings, want 1", len(out))
	}
	return out[0]
}

// BenchmarkRead gives the rate of each reader; Open and the hash are part of it.
func BenchmarkRead(b *testing.B) {
	files := []struct {
		name    string
		content func() []byte
	}{
		{"nhanes.csv", func() []byte { return makeWide(100) }},
		{"recording.awd", func() []byte { return makeAWD(500_000) }},
		{"actigraph.csv", func() []byte { return makeActiGraph(500_000) }},
		{"generic.csv", func() []byte { return makeCSV(300_000) }},
		{"export.xml", func() []byte { return makeApple(40_000) }},
		{"steps.json", func() []byte { return makeFitbit(150_000) }},
		{"made-timeSeries.csv", func() []byte { return makeUKBiobank(200_000) }},
		{"rpx.csv", func() []byte { return makeRPX(rpxEnglish, rpxDay, 100_000) }},
		{"atr.txt", func() []byte { return makeATR(150_000) }},
		{"tal.txt", func() []byte { return makeTAL(200_000) }},
		{"dqt.csv", func() []byte { return makeDQT(300_000) }},
		{"actical.csv", func() []byte { return makeActical(200_000) }},
		{"motion.mtn", func() []byte { return makeMTN(1_000_000) }},
		{"packed.zip", func() []byte { return zipped(b, []string{"a.csv"}, makeCSV(300_000)) }},
		{"utf16.csv", func() []byte { return utf16Text(string(makeCSV(300_000))) }},
	}
	for _, f := range files {
		b.Run(f.name, func(b *testing.B) {
			content := f.content()
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := readBytes(f.name, content, format.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
