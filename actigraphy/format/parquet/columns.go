package parquet

import (
	"math"
	"strconv"
	"time"

	pq "github.com/parquet-go/parquet-go"
	thrift "github.com/parquet-go/parquet-go/format"

	"circascope/actigraphy/format"
)

// column is a flat column and how its values are written.
type column struct {
	name    string
	index   int // among the leaves
	instant bool
	write   func(dst []byte, v pq.Value) []byte
}

// flat returns the columns at the top that hold one value a row, and the names of
// those that are left out.
func flat(f *pq.File) (columns []column, left []string) {
	for _, c := range f.Root().Columns() {
		if c.Leaf() && !c.Repeated() {
			if write, instant := writer(c.Type()); write != nil {
				columns = append(columns, column{name: c.Name(), index: c.Index(), instant: instant, write: write})
				continue
			}
		}
		left = append(left, strconv.Quote(c.Name()))
	}
	return columns, left
}

// writer returns how values of a type are written, nil for a type that is not
// read, and whether they are instants.
func writer(t pq.Type) (write func([]byte, pq.Value) []byte, instant bool) {
	if l := t.LogicalType(); l != nil {
		switch kind := l.Value.(type) {
		case *thrift.TimestampType:
			return timestamp(kind.Unit.Value.Duration(), kind.IsAdjustedToUTC), kind.IsAdjustedToUTC
		case *thrift.TimeType:
			return timeOfDay(kind.Unit.Value.Duration()), false
		case *thrift.DateType:
			return date, false
		case *thrift.DecimalType:
			if t.Kind() != pq.Int32 && t.Kind() != pq.Int64 {
				return nil, false
			}
			return decimal(kind.Scale), false
		case *thrift.IntType:
			if !kind.IsSigned {
				return unsigned, false
			}
		}
	}
	return physical(t.Kind())
}

// physical returns how values are written whose kind alone is known.
func physical(k pq.Kind) (write func([]byte, pq.Value) []byte, instant bool) {
	switch k {
	case pq.Boolean:
		return boolean, false
	case pq.Int32, pq.Int64:
		return integer, false
	case pq.Int96:
		return impala, false
	case pq.Float, pq.Double:
		return float, false
	case pq.ByteArray:
		return text, false
	default:
		return nil, false
	}
}

// whole is the value of either integer kind.
func whole(v pq.Value) int64 {
	if v.Kind() == pq.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

func integer(dst []byte, v pq.Value) []byte { return strconv.AppendInt(dst, whole(v), 10) }

func unsigned(dst []byte, v pq.Value) []byte {
	if v.Kind() == pq.Int32 {
		return strconv.AppendUint(dst, uint64(v.Uint32()), 10)
	}
	return strconv.AppendUint(dst, v.Uint64(), 10)
}

func boolean(dst []byte, v pq.Value) []byte {
	if v.Boolean() {
		return append(dst, '1')
	}
	return append(dst, '0')
}

// float writes the shortest text that reads back the same; nothing for NaN.
func float(dst []byte, v pq.Value) []byte {
	var n float64
	bits := 64
	if v.Kind() == pq.Float {
		bits, n = 32, float64(v.Float())
	} else {
		n = v.Double()
	}
	switch {
	case math.IsNaN(n):
		return dst
	case n == math.Trunc(n) && math.Abs(n) < 1<<53:
		return strconv.AppendInt(dst, int64(n), 10)
	default:
		return strconv.AppendFloat(dst, n, 'g', -1, bits)
	}
}

func text(dst []byte, v pq.Value) []byte { return format.AppendText(dst, string(v.ByteArray())) }

func date(dst []byte, v pq.Value) []byte {
	return time.Unix(whole(v)*86400, 0).UTC().AppendFormat(dst, time.DateOnly)
}

func decimal(scale int32) func([]byte, pq.Value) []byte {
	return func(dst []byte, v pq.Value) []byte {
		dst = strconv.AppendInt(dst, whole(v), 10)
		return strconv.AppendInt(append(dst, 'e'), -int64(scale), 10)
	}
}

// timestamp writes instants with the offset of UTC, and local times without one.
func timestamp(unit time.Duration, instant bool) func([]byte, pq.Value) []byte {
	perSecond := int64(time.Second / unit)
	return func(dst []byte, v pq.Value) []byte {
		n := whole(v)
		seconds, rest := n/perSecond, n%perSecond
		dst = time.Unix(seconds, rest*int64(unit)).UTC().AppendFormat(dst, time.RFC3339Nano)
		if !instant {
			dst = dst[:len(dst)-1] // the Z
		}
		return dst
	}
}

func timeOfDay(unit time.Duration) func([]byte, pq.Value) []byte {
	return func(dst []byte, v pq.Value) []byte {
		return time.Unix(0, whole(v)*int64(unit)).UTC().AppendFormat(dst, "15:04:05.999999999")
	}
}

// impala writes the times of Impala and old Spark, INT96: nanoseconds of the day
// and a Julian day. The format does not say whether they are UTC, so they are
// written as local times.
func impala(dst []byte, v pq.Value) []byte {
	const julian1970 = 2440588
	n := v.Int96()
	ns := int64(uint64(n[1])<<32 | uint64(n[0]))
	at := time.Unix((int64(n[2])-julian1970)*86400, ns).UTC()
	return at.AppendFormat(dst, "2006-01-02T15:04:05.999999999")
}
