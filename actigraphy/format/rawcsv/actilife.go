package rawcsv

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"circascope/actigraphy/format"
)

// actiLife is what the header lines of ActiLife's raw CSV say.
type actiLife struct {
	model, serial, limb string
	order               format.DateOrder
	rate                float64
	start               string // date and time of day
	startLine           int
}

var (
	modelAndRate = regexp.MustCompile(`(?i)created by actigraph\s+(.*?)\s+ActiLife`)
	dateFormat   = regexp.MustCompile(`date format (\S+)`)
	rateHz       = regexp.MustCompile(`at (\d+) Hz`)
	limbWord     = regexp.MustCompile(`Limb: (\w+)`)
)

// isActiLife sees the first line of ActiLife's CSV files.
func isActiLife(line []byte) bool {
	line = bytes.ToLower(line)
	return bytes.Contains(line, []byte("file created by actigraph")) && bytes.Contains(line, []byte("-----"))
}

// readActiLife reads the lines up to the second line of dashes. An epoch length
// over 0 is that of a file of epochs.
func readActiLife(in *format.Input, text *format.Text, first []byte) (*actiLife, error) {
	const most = 20
	a := &actiLife{model: group(modelAndRate, first), limb: group(limbWord, first), order: format.LayoutOrder(group(dateFormat, first))}
	a.rate, _ = strconv.ParseFloat(group(rateHz, first), 64)
	var date, clock string
	raw := false
	for {
		line, err := text.Next()
		if errors.Is(err, io.EOF) || text.Line() > most {
			return nil, errOther
		}
		if err != nil {
			return nil, errOther
		}
		s := strings.TrimRight(strings.Trim(string(line), "\" \t"), ",;\" \t")
		key := func(name string) (string, bool) {
			value, ok := strings.CutPrefix(s, name)
			return strings.TrimLeft(value, ": \t"), ok
		}
		if v, ok := key("Serial Number"); ok {
			a.serial = v
		} else if v, ok := key("Start Time"); ok {
			clock = v
		} else if v, ok := key("Start Date"); ok {
			date, a.startLine = v, text.Line()
		} else if v, ok := key("Epoch Period (hh:mm:ss)"); ok {
			raw = v == "00:00:00"
		} else if strings.HasPrefix(s, "----------") {
			break
		}
	}
	if !raw {
		return nil, errOther
	}
	a.start = date + " " + clock
	return a, nil
}

func group(re *regexp.Regexp, text []byte) string {
	if m := re.FindSubmatch(text); m != nil {
		return string(m[1])
	}
	return ""
}

func (a *actiLife) device() string {
	return strings.Join(strings.Fields("ActiGraph "+a.model+" "+a.serial), " ")
}
