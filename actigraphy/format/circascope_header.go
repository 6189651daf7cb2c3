package format

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"circascope/actigraphy"
)

// The format of recordings that this program writes: lines of "# key: value", then
// a table of time, activity and channels. A change of their meaning raises the
// version.
const (
	headerMark     = "# "
	ownVersion     = "1"
	columnTime     = "time"
	columnActivity = "activity"

	keyVersion       = "circascope recording"
	keySubject       = "subject"
	keyDevice        = "device"
	keySite          = "site"
	keyQuantity      = "unit quantity"
	keyUnitDevice    = "unit device"
	keyAxis          = "unit axis"
	keyStart         = "start"
	keyZone          = "zone"
	keyClock         = "clock" // of a journey: from when, seconds east of UTC, name; one line each
	keyEpoch         = "epoch seconds"
	keyEpochs        = "epochs"
	keyChannel       = "channel"
	keySourceName    = "source name"
	keySourceFormat  = "source format"
	keySourceSHA256  = "source sha256"
	keySourceSubject = "source subject"
	keySourceOption  = "source option" // KEY=VALUE; one line each
	keyNote          = "note"          // one line each

	adviceExport = "export the recording again"
)

// ownHeader is the state of reading the header.
type ownHeader struct {
	r       *actigraphy.Recording
	epochs  int
	start   string // as it stands in the file
	zone    string
	clock   []actigraphy.ClockSetting
	origin  actigraphy.Source // what the recording was read from at first
	options []string
	seen    map[string]bool
}

func newOwnHeader() *ownHeader {
	return &ownHeader{r: new(actigraphy.Recording), seen: make(map[string]bool)}
}

// take takes one line of the header, without its mark.
func (h *ownHeader) take(l *lines, line []byte) error {
	key, text, ok := strings.Cut(toUTF8(line), ":")
	value, plain := unword(strings.TrimSpace(text))
	if !ok || !plain {
		return l.fault("a key, a colon and a value", quoted(line), adviceExport)
	}
	many := key == keyNote || key == keySourceOption || key == keyClock
	if h.seen[key] && !many {
		return l.fault("every key once", quoted([]byte(key))+" again", adviceExport)
	}
	h.seen[key] = true
	if field := h.field(key); field != nil {
		*field = value
		return nil
	}
	switch key {
	case keyVersion:
		if value != ownVersion {
			return l.fault("version "+ownVersion+" of the format", quoted([]byte(value)), "read it with a newer version of the program")
		}
	case keyEpoch:
		d, err := time.ParseDuration(value + "s")
		if err != nil || d <= 0 {
			return l.fault("seconds over 0", quoted([]byte(value)), adviceExport)
		}
		h.r.Epoch = d
	case keyEpochs:
		n, ok := integer([]byte(value))
		if !ok || n < 1 {
			return l.fault("a number of epochs", quoted([]byte(value)), adviceExport)
		}
		h.epochs = n
	case keyClock:
		var setting actigraphy.ClockSetting
		if setting.UnmarshalText([]byte(value)) != nil {
			return l.fault("a time, seconds east of UTC and a name", quoted([]byte(value)), adviceExport)
		}
		h.clock = append(h.clock, setting)
	case keySourceOption:
		h.options = append(h.options, value)
	case keyNote:
		h.r.Source.Notes = append(h.r.Source.Notes, value)
	default:
		return l.fault("a key of version "+ownVersion+" of the format", quoted([]byte(key)), adviceExport)
	}
	return nil
}

// field returns where the text of a key belongs, nil where it is no plain text.
func (h *ownHeader) field(key string) *string {
	switch key {
	case keySubject:
		return &h.r.Subject
	case keyDevice:
		return &h.r.Device
	case keySite:
		return &h.r.Site
	case keyQuantity:
		return &h.r.Unit.Quantity
	case keyUnitDevice:
		return &h.r.Unit.Device
	case keyAxis:
		return &h.r.Unit.Axis
	case keyStart:
		return &h.start
	case keyZone:
		return &h.zone
	case keyChannel:
		return &h.r.Source.Channel
	case keySourceName:
		return &h.origin.Name
	case keySourceFormat:
		return &h.origin.Format
	case keySourceSHA256:
		return &h.origin.SHA256
	case keySourceSubject:
		return &h.origin.Subject
	default:
		return nil
	}
}

// complete checks that nothing is missing, and says where the recording is from.
func (h *ownHeader) complete(l *lines) error {
	for _, key := range []string{keyVersion, keySubject, keyStart, keyEpoch, keyEpochs, keyChannel} {
		if !h.seen[key] {
			return l.fault(fmt.Sprintf("a header with %q", key), "none", adviceExport)
		}
	}
	var err error
	if h.r.Start, err = parseStart(h.start, h.zone, h.clock); err != nil {
		return l.fault("a start that its zone agrees with", err.Error(), adviceExport)
	}
	h.r.Source.Subject = h.r.Subject
	h.r.Source.Notes = append([]string{h.provenance()}, h.r.Source.Notes...)
	return nil
}

// provenance is the sentence of what the recording was read from at first.
func (h *ownHeader) provenance() string {
	o := h.origin
	text := fmt.Sprintf("Circascope exported the recording; it had read it from %q as %s (SHA-256 %s, participant %q, channel %q",
		o.Name, o.Format, o.SHA256, o.Subject, h.r.Source.Channel)
	for _, option := range h.options {
		text += ", " + option
	}
	return text + ")."
}

// word writes a text so that unword reads it again: as it is where it is plain,
// else in quotes with backslashes.
func word(s string) string {
	quoted := strconv.Quote(s)
	if quoted == `"`+s+`"` && s != "" && strings.TrimSpace(s) == s {
		return s
	}
	return quoted
}

// unword reads what word wrote. It reports false where a quote is not closed.
func unword(s string) (string, bool) {
	if !strings.HasPrefix(s, `"`) {
		return s, true
	}
	text, err := strconv.Unquote(s)
	return text, err == nil
}
