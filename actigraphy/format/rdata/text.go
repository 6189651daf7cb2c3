package rdata

import (
	"io"
	"math"
	"strconv"
	"time"

	"circascope/actigraphy/format"
)

// rowsAtOnce is how many rows of a data frame are written before they are read.
const rowsAtOnce = 64

// open writes a data frame as CSV.
func (f *frame) open() (format.Rows, error) {
	row, names := 0, false
	return func(dst []byte) ([]byte, error) {
		if !names {
			names = true
			for i, n := range f.names {
				dst = format.AppendText(comma(dst, i), n)
			}
			return append(dst, '\n'), nil
		}
		if row == f.rows {
			return dst, io.EOF
		}
		for end := min(row+rowsAtOnce, f.rows); row < end; row++ {
			for i, c := range f.columns {
				dst = c.append(comma(dst, i), row)
			}
			dst = append(dst, '\n')
		}
		return dst, nil
	}, nil
}

func comma(dst []byte, column int) []byte {
	if column > 0 {
		return append(dst, ',')
	}
	return dst
}

// readable reports whether a column has one value a row.
func (v *value) readable(rows int) bool {
	return v.kind != other && v.kind != list && v.size == rows
}

// append writes element i, nothing where it is missing.
func (v *value) append(dst []byte, i int) []byte {
	switch {
	case v.kind == texts:
		return format.AppendText(dst, v.texts[i])
	case v.kind == ints && v.ints[i] == naInt:
		return dst
	case v.levels != nil && v.kind == ints:
		if n := int(v.ints[i]); n >= 1 && n <= len(v.levels) {
			return format.AppendText(dst, v.levels[n-1])
		}
		return dst
	case v.kind == ints:
		return v.number(dst, float64(v.ints[i]))
	case v.is("integer64"):
		n := int64(math.Float64bits(v.reals[i]))
		if n == math.MinInt64 {
			return dst
		}
		return strconv.AppendInt(dst, n, 10)
	default:
		return v.number(dst, v.reals[i])
	}
}

// number writes a number, or the date or time that it stands for.
func (v *value) number(dst []byte, n float64) []byte {
	const latest = 1 << 33 // seconds since 1970: the year 2242
	switch {
	case math.IsNaN(n):
		return dst
	case v.is("POSIXct") && math.Abs(n) < latest:
		whole := math.Floor(n)
		// Times of R are float64 seconds: below a microsecond there is only rounding.
		at := time.Unix(int64(whole), int64((n-whole)*1e6+0.5)*1000).UTC()
		return at.AppendFormat(dst, time.RFC3339Nano)
	case v.is("Date") && math.Abs(n) < latest/86400:
		return time.Unix(int64(n)*86400, 0).UTC().AppendFormat(dst, time.DateOnly)
	case n == math.Trunc(n) && math.Abs(n) < 1<<53:
		return strconv.AppendInt(dst, int64(n), 10)
	default:
		return strconv.AppendFloat(dst, n, 'g', -1, 64)
	}
}
