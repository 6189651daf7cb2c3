package format

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"circascope/actigraphy"
)

// WriteRecording writes a recording as a text of "# key: value" lines and a table
// of one row an epoch: its time, activity and channels by name. Numbers have full
// precision, what was not recorded is empty. Circascope reads it again. The same
// recording gives the same bytes.
func WriteRecording(w io.Writer, r *actigraphy.Recording) error {
	if err := r.Validate(); err != nil {
		return err
	}
	if r.Start.IsZero() {
		return errors.New("the recording has no start")
	}
	b := bufio.NewWriterSize(w, 256<<10)
	writeOwnHeader(b, r)
	if err := writeOwnTable(b, r); err != nil {
		return err
	}
	return b.Flush()
}

const ownLineEnd = "\r\n"

func writeOwnHeader(b *bufio.Writer, r *actigraphy.Recording) {
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(b, "%s%s: %s%s", headerMark, key, word(value), ownLineEnd)
		}
	}
	line(keyVersion, ownVersion)
	line(keySubject, r.Subject)
	line(keyDevice, r.Device)
	line(keySite, r.Site)
	line(keyQuantity, r.Unit.Quantity)
	line(keyUnitDevice, r.Unit.Device)
	line(keyAxis, r.Unit.Axis)
	line(keyStart, startText(r.Start))
	zone, clock := zoneText(r)
	line(keyZone, zone)
	for _, setting := range clock {
		line(keyClock, setting.String())
	}
	line(keyEpoch, strconv.FormatFloat(r.Epoch.Seconds(), 'f', -1, 64))
	line(keyEpochs, strconv.Itoa(len(r.Activity)))
	line(keyChannel, cmp.Or(r.Source.Channel, columnActivity))
	line(keySourceName, r.Source.Name)
	line(keySourceFormat, r.Source.Format)
	line(keySourceSHA256, r.Source.SHA256)
	line(keySourceSubject, r.Source.Subject)
	for _, k := range slices.Sorted(maps.Keys(r.Source.Options)) {
		line(keySourceOption, k+"="+r.Source.Options[k])
	}
	for _, note := range r.Source.Notes {
		line(keyNote, note)
	}
}

func writeOwnTable(b *bufio.Writer, r *actigraphy.Recording) error {
	names := slices.Sorted(maps.Keys(r.Channels))
	columns := [][]float64{r.Activity}
	row := []byte(columnTime + "," + columnActivity)
	for _, name := range names {
		row = append(row, ","+csvCell(word(name))...)
		columns = append(columns, r.Channels[name])
	}
	if _, err := b.Write(append(row, ownLineEnd...)); err != nil {
		return err
	}
	for i := range r.Activity {
		row = append(row[:0], r.Start.Add(time.Duration(i)*r.Epoch).String()...)
		for k, column := range columns {
			row = append(row, ',')
			switch v := column[i]; {
			case math.IsInf(v, 0):
				return fmt.Errorf("epoch %d of channel %s is infinite, which a table cannot hold", i+1, names[k-1])
			case !math.IsNaN(v):
				row = strconv.AppendFloat(row, v, 'g', -1, 64)
			}
		}
		if _, err := b.Write(append(row, ownLineEnd...)); err != nil {
			return err
		}
	}
	return nil
}

// csvCell puts a cell in quotes where RFC 4180 asks for them.
func csvCell(s string) string {
	if !strings.ContainsAny(s, `",`) {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
