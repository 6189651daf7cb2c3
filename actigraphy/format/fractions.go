package format

import (
	"bytes"
	"fmt"

	"circascope/actigraphy"
)

// fractions collects how the activity values use their decimal mark. Values
// such as 60, 264 and 1.102 may be thousands written with a point.
type fractions struct {
	whole  bool // values without a mark
	proven bool // a fraction of another length than three, or of a number below 1
	three  int  // line of the first fraction of three digits
}

func (f *fractions) see(value []byte, mark byte, line int) {
	i := bytes.IndexByte(value, mark)
	switch {
	case i < 0:
		f.whole = f.whole || !bytes.Equal(value, []byte("0"))
	case len(value)-i-1 != 3 || i > 3 || value[0] == '0':
		f.proven = true
	case f.three == 0:
		f.three = line
	}
}

// thousands refuses values that may be thousands. In a table separated by commas
// a point is a decimal point.
func (t *table) thousands() error {
	f := t.fractions
	if f.three == 0 || f.proven || !f.whole || t.mark == '.' && t.sep == ',' || t.opts.CSV != nil && t.opts.CSV.Decimal != "" {
		return nil
	}
	return &actigraphy.FileError{
		File: t.in.Path, Line: f.three, Expected: "numbers that can be read one way only",
		Found:  fmt.Sprintf("a %q that may part thousands or decimals", t.mark),
		Advice: "export the numbers without thousands separators, or name the decimal mark",
	}
}
