package cwa

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"

	"circascope/actigraphy/raw"
)

// hardware is the code of the AX6; all others are of an AX3.
const hardware = 0x64

// head is what the file says of the recording before the first sector.
type head struct {
	device   string
	subject  string
	site     string
	rateCode byte
}

// parseHead reads the header block. Its annotations are written by people and
// programs: what cannot be read of them is left out.
func parseHead(b []byte) head {
	le := binary.LittleEndian
	model := "AX3"
	if b[4] == hardware {
		model = "AX6"
	}
	id := uint32(le.Uint16(b[5:]))
	if upper := le.Uint16(b[11:]); upper != 0xffff {
		id |= uint32(upper) << 16
	}
	h := head{device: fmt.Sprintf("Axivity %s %d", model, id), rateCode: b[36]}
	values, _ := url.ParseQuery(strings.TrimLeft(annotation(b[64:512])+annotation(b[512:headerSize]), "&"))
	h.subject = strings.TrimSpace(values.Get("_sc"))
	h.site = strings.ToLower(strings.TrimSpace(values.Get("_p")))
	return h
}

// annotation cuts the filling off a block of text.
func annotation(b []byte) string {
	b, _, _ = bytes.Cut(b, []byte{0})
	b, _, _ = bytes.Cut(b, []byte{0xff})
	return strings.ToValidUTF8(string(bytes.TrimSpace(b)), "")
}

// describe puts together what the header and the first sector say.
func (h *head) describe(first *sector) raw.Header {
	out := raw.Header{
		Subject: h.subject, Device: h.device, Site: h.site, Rate: first.rate(), Range: rangeOf(first.rateCode),
		Notes: []string{
			"Axivity's clock runs without a zone: times are as the device was set.",
			"Temperature is the device's, by the maker's formula; light is in the device's own steps.",
		},
	}
	if first.old() {
		out.Range = 0
		out.Notes = append(out.Notes, "The file is of an early firmware: its sectors have no checksum and whole seconds only.")
	} else if configured := rateOf(h.rateCode); configured != out.Rate {
		out.Notes = append(out.Notes, fmt.Sprintf("The header says %g samples a second, the data %g: the data is believed.", configured, out.Rate))
	}
	if first.axes > 3 {
		out.Notes = append(out.Notes, "The gyroscope's values were not read.")
	}
	return out
}
