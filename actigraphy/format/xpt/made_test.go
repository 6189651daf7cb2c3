package xpt_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
)

// variable is a column of a made file: numbers, or text where width is not 8.
type variable struct {
	name  string
	text  bool
	width int
}

func numbers(names ...string) (vs []variable) {
	for _, n := range names {
		vs = append(vs, variable{name: n, width: 8})
	}
	return vs
}

// makeXPT writes a transport file of version 5 or 8. Values are float64, string or
// nil, a missing number.
func makeXPT(version int, name string, vs []variable, rows [][]any) []byte {
	var b bytes.Buffer
	kinds := map[int][]string{5: {"LIBRARY ", "MEMBER  ", "DSCRPTR ", "NAMESTR ", "OBS     "}, 8: {"LIBV8   ", "MEMBV8  ", "DSCPTV8 ", "NAMSTV8 ", "OBSV8   "}}[version]
	header := func(kind, numbers string) {
		fmt.Fprintf(&b, "%-80s", "HEADER RECORD*******"+kind+"HEADER RECORD!!!!!!!"+numbers)
	}
	header(kinds[0], strings.Repeat("0", 30))
	fmt.Fprintf(&b, "%-80s%-80s", "SAS     A LIBRARY OF 9.4 FOR A TEST", "01JAN20:00:00:00")
	header(kinds[1], "000000000000000001600000000140")
	header(kinds[2], strings.Repeat("0", 30))
	fmt.Fprintf(&b, "%-80s%-80s", fmt.Sprintf("SAS     %-8sSASDATA 9.4     Linux", name), "01JAN20:00:00:00")
	header(kinds[3], fmt.Sprintf("000000%04d00000000000000000000", len(vs)))
	offset := 0
	for i, v := range vs {
		d := make([]byte, 140)
		binary.BigEndian.PutUint16(d[0:], 1)
		if v.text {
			binary.BigEndian.PutUint16(d[0:], 2)
		}
		binary.BigEndian.PutUint16(d[4:], uint16(v.width))
		binary.BigEndian.PutUint16(d[6:], uint16(i+1))
		copy(d[8:], fmt.Sprintf("%-8s%-40s", v.name, ""))
		binary.BigEndian.PutUint32(d[84:], uint32(offset))
		offset += v.width
		b.Write(d)
	}
	pad(&b)
	count := strings.Repeat("0", 30)
	if version == 8 {
		header("LABELV8 ", "1")
		fmt.Fprintf(&b, "%-80s", "a label")
		count = fmt.Sprintf("%015d", len(rows))
	}
	header(kinds[4], count)
	for _, row := range rows {
		for i, v := range row {
			b.Write(field(v, vs[i].width))
		}
	}
	pad(&b)
	return b.Bytes()
}

func pad(b *bytes.Buffer) {
	if n := b.Len() % 80; n > 0 {
		b.WriteString(strings.Repeat(" ", 80-n))
	}
}

func field(v any, width int) []byte {
	switch v := v.(type) {
	case string:
		return fmt.Appendf(nil, "%-*s", width, v)
	case nil:
		return append([]byte{'.'}, make([]byte, width-1)...)
	default:
		return ibm(v.(float64))[:width]
	}
}

// ibm writes the hexadecimal floating point of TS-140, by its definition: the
// sign, the exponent of 16 plus 64, and a fraction below 1 of 56 bits.
func ibm(v float64) []byte {
	b := make([]byte, 8)
	if v == 0 {
		return b
	}
	sign := uint64(0)
	if v < 0 {
		sign, v = 1, -v
	}
	e := 0
	for v >= 1 {
		v, e = v/16, e+1
	}
	for v < 1.0/16 {
		v, e = v*16, e-1
	}
	binary.BigEndian.PutUint64(b, sign<<63|uint64(e+64)<<56|uint64(math.Ldexp(v, 56)))
	return b
}

// rawColumns are those of PAXRAW_D.
var rawColumns = numbers("SEQN", "PAXSTAT", "PAXCAL", "PAXDAY", "PAXN", "PAXHOUR", "PAXMINUT", "PAXINTEN", "PAXSTEP")

// rawRows are a participant's minutes from a minute of the week on.
func rawRows(id float64, from, minutes int) (rows [][]any) {
	for i := range minutes {
		at := (from + i) % (7 * 1440)
		rows = append(rows, []any{
			id, 1.0, 1.0, float64(at/1440 + 1), float64(i + 1), float64(at % 1440 / 60), float64(at % 60), float64(i * i % 700), float64(i % 3),
		})
	}
	return rows
}

// minuteColumns are some of PAXMIN_H's; its codes are text.
var minuteColumns = []variable{
	{"SEQN", false, 8},
	{"PAXDAYM", true, 1},
	{"PAXDAYWM", true, 1},
	{"PAXSSNMP", false, 8},
	{"PAXTSM", false, 8},
	{"PAXMTSM", false, 8},
	{"PAXLXMM", false, 8},
	{"PAXPREDM", true, 1},
	{"PAXQFM", false, 8},
}

// minuteRows are a participant's minutes from a minute of a weekday on.
func minuteRows(id float64, weekday, from, minutes int) (rows [][]any) {
	for i := range minutes {
		day := (from + i) / 1440
		rows = append(rows, []any{
			id, fmt.Sprint(day + 1), fmt.Sprint((weekday+day)%7 + 1), float64(i * 4800), 60.0,
			float64(i%97) + 0.25, float64(i % 11), fmt.Sprint(i%4 + 1), 0.0,
		})
	}
	return rows
}
