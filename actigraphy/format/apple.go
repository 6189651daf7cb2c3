package format

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format/internal/xmlscan"
)

// AppleHealth reads the export of Apple's Health app, export.xml by itself or in
// the archive export.zip. It takes one quantity, steps unless another is named,
// and gives a recording for each source that counted it: a phone, a watch and an
// app count the same steps, so they are never added up.
//
// Records last from a second to minutes. Each is spread over the minutes that it
// overlaps, in proportion to the time in each. The export has no record where
// nothing was counted: such minutes are missing, since a phone that lies on a
// table looks the same, unless "zero between records" is chosen.
type AppleHealth struct{}

// appleQuantities are the quantities that add up over time, by Apple's identifiers.
var appleQuantities = []struct{ identifier, channel string }{
	{"HKQuantityTypeIdentifierStepCount", actigraphy.ChannelSteps},
	{"HKQuantityTypeIdentifierActiveEnergyBurned", "active energy"},
	{"HKQuantityTypeIdentifierBasalEnergyBurned", "basal energy"},
	{"HKQuantityTypeIdentifierDistanceWalkingRunning", "distance walking and running"},
	{"HKQuantityTypeIdentifierDistanceCycling", "distance cycling"},
	{"HKQuantityTypeIdentifierFlightsClimbed", "flights climbed"},
	{"HKQuantityTypeIdentifierPushCount", "wheelchair pushes"},
	{"HKQuantityTypeIdentifierAppleExerciseTime", "exercise time"},
	{"HKQuantityTypeIdentifierAppleStandTime", "stand time"},
}

// zeroBetween behind a channel asks for zeros where there is no record.
const zeroBetween = ", zero between records"

// Format describes the format.
func (AppleHealth) Format() Info {
	return Info{ID: "apple-health", Name: "Apple Health export", Extensions: []string{".xml", ".zip"}}
}

// Sniff looks for the root element HealthData, or the archive's folder.
func (AppleHealth) Sniff(head []byte) bool { return isAppleHealth(head) || isAppleArchive(head) }

func isAppleHealth(head []byte) bool {
	return contains("<HealthData")(head) || contains("<!DOCTYPE HealthData")(head)
}

var isAppleArchive = zipWith("apple_health_export/")

// Read reads the recordings of the file, one a source.
func (AppleHealth) Read(ctx context.Context, in *Input, opts Options, emit func(*actigraphy.Recording) error) error {
	choice, err := chooseApple(in, opts.Channel)
	if err != nil {
		return err
	}
	content, err := appleContent(ctx, in)
	if err != nil {
		return err
	}
	a := &apple{in: in, scan: xmlscan.New(content), choice: choice, sources: make(map[string]*appleSource), others: make(map[string]int)}
	if err := a.read(); err != nil {
		return a.fault(err)
	}
	recordings, err := a.recordings()
	if err != nil {
		return err
	}
	for _, r := range recordings {
		if err := emit(r); err != nil {
			return err
		}
	}
	return nil
}

// appleChoice is what is taken of an export.
type appleChoice struct {
	identifier string
	channel    string // the quantity
	zeros      bool
	source     string // "" takes all
}

// chooseApple reads the name of a channel, as in "steps", "steps (iPhone)" and
// "active energy, zero between records (Apple Watch)".
func chooseApple(in *Input, channel string) (appleChoice, error) {
	if channel == "" {
		channel = actigraphy.ChannelSteps
	}
	var names []string
	for _, q := range appleQuantities {
		names = append(names, q.channel)
		rest, ok := strings.CutPrefix(channel, q.channel)
		if !ok {
			continue
		}
		c := appleChoice{identifier: q.identifier, channel: q.channel}
		rest, c.zeros = strings.CutPrefix(rest, zeroBetween)
		source, ok1 := strings.CutPrefix(rest, " (")
		source, ok2 := strings.CutSuffix(source, ")")
		if c.source = source; rest == "" || ok1 && ok2 {
			return c, nil
		}
	}
	return appleChoice{}, &actigraphy.FileError{
		File: in.Path, Expected: "a channel of " + strings.Join(names, ", "), Found: fmt.Sprintf("%q", channel),
		Advice: fmt.Sprintf("name one of these, with %q behind it for zeros in minutes without a record, and a source in brackets for one of several", zeroBetween),
	}
}

// String is the channel's name without a source.
func (c appleChoice) String() string {
	if c.zeros {
		return c.channel + zeroBetween
	}
	return c.channel
}

// apple is the state of reading an export.
type apple struct {
	in      *Input
	scan    *xmlscan.Scanner
	choice  appleChoice
	sources map[string]*appleSource // by the name as it stands in the file
	others  map[string]int          // records of other quantities that could be taken
	records int
	root    bool // the root element has begun
}

// read reads the whole file.
func (a *apple) read() error {
	for {
		tag, err := a.scan.Next()
		switch {
		case errors.Is(err, io.EOF) && a.root && a.scan.Depth == 0:
			return nil
		case err != nil:
			return xmlscan.UnexpectedEnd(err)
		case !a.root:
			if string(tag.Name) != "HealthData" {
				return wrong("the element HealthData", quoted(tag.Name))
			}
			a.root = true
		case tag.Closing || string(tag.Name) != "Record" || !a.ofRoot(tag):
		default:
			if err := a.record(tag.Attributes); err != nil {
				return err
			}
		}
	}
}

// ofRoot reports whether an element stands right in the root: the records inside a
// Correlation stand there once more.
func (a *apple) ofRoot(tag xmlscan.Tag) bool {
	if tag.Empty {
		return a.scan.Depth == 1
	}
	return a.scan.Depth == 2
}

// fault gives an error of the scanner the name of the file and the place.
func (a *apple) fault(err error) error {
	var e *xmlscan.Error
	switch {
	case errors.As(err, &e):
		return &actigraphy.FileError{
			File: a.in.Path, Offset: a.scan.Offset, Expected: e.Expected, Found: e.Found, Advice: "the file may be damaged; export it again",
		}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &actigraphy.FileError{
			File: a.in.Path, Offset: a.scan.Offset, Expected: "the end of the element HealthData", Found: "the end of the file",
			Advice: "the file may be cut off; export or copy it again",
		}
	default:
		return a.in.readError(err)
	}
}

// recordings gives a recording for each source, and each stretch of one.
func (a *apple) recordings() ([]*actigraphy.Recording, error) {
	if len(a.sources) == 0 {
		return nil, a.nothing()
	}
	names := slices.SortedFunc(maps.Keys(a.sources), func(x, y string) int {
		return cmp.Or(cmp.Compare(len(a.sources[y].records), len(a.sources[x].records)), cmp.Compare(x, y))
	})
	var out []*actigraphy.Recording
	for _, name := range names {
		recordings, err := a.sources[name].recordings(a, len(names))
		if err != nil {
			return nil, err
		}
		out = append(out, recordings...)
	}
	if len(out) == 0 {
		return nil, a.in.fault("records of "+a.choice.channel+" that are all longer than an hour: totals, not epochs", "choose another quantity")
	}
	return out, nil
}

// nothing is the error of an export without the quantity, or without the source.
func (a *apple) nothing() error {
	expected := "records of " + a.choice.channel
	if a.choice.source != "" {
		expected += " from " + a.choice.source
	}
	var has []string
	for _, q := range appleQuantities {
		if n := a.others[q.identifier]; n > 0 {
			has = append(has, fmt.Sprintf("%s (%d)", q.channel, n))
		}
	}
	found := "none, nor of another quantity that adds up"
	if len(has) > 0 {
		found = strings.Join(has, ", ")
	}
	return &actigraphy.FileError{File: a.in.Path, Expected: expected, Found: found, Advice: "choose a channel that the file has"}
}

// wrong is an error at the tag last read.
func wrong(expected, found string) error { return &xmlscan.Error{Expected: expected, Found: found} }

// plainText returns the text of an attribute.
func plainText(b []byte) string { return html.UnescapeString(toUTF8(b)) }
