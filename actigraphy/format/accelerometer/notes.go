package accelerometer

import (
	"fmt"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
	"circascope/actigraphy/raw"
	"circascope/actigraphy/raw/calibrate"
	"circascope/actigraphy/raw/counts"
	"circascope/actigraphy/raw/measure"
)

// notes say how the recording was computed and what was missing.
func notes(src raw.Source, s *measure.Series, a activity, opts format.Options) []string {
	h := src.Header()
	n := []string{
		algorithm(a, s, h),
		fmt.Sprintf("Epochs of %g s begin at whole multiples from midnight; one that the recording only begins or ends in is left out, and one that was measured for less than %.0f %% is missing.", s.Epoch.Seconds(), 100*measure.Complete),
	}
	if a.unit.Quantity == "counts" {
		n = append(n, axisNote(h))
	}
	n = append(n, calibration(s.Calibration))
	if s.Held > 0 {
		n = append(n, fmt.Sprintf("The device slept for %s; that time is missing, and the filter of the counts ran on through the held values. It can be taken as stillness instead, as the maker's software does, which is a choice when the file is read.", actigraphy.InWords(s.Held)))
	}
	if opts.SleepStill {
		n = append(n, "Time that the device slept counts as stillness, as its maker's software has it.")
	}
	return append(n, clipped(s.Clipped, src)...)
}

// algorithm names what the activity was computed by.
func algorithm(a activity, s *measure.Series, h raw.Header) string {
	switch a.unit.Quantity {
	case "counts":
		note := fmt.Sprintf("Activity is ActiGraph counts, %s, computed from raw acceleration at %.5g Hz by the published algorithm (Neishabouri et al. 2022, doi:10.1038/s41598-022-16003-x).", a.channel, h.Rate)
		if !counts.Defined(h.Rate) {
			note += fmt.Sprintf(" The algorithm is not defined for this rate: the signal was interpolated linearly to %.5g Hz.", s.CountsRate)
		}
		return note
	case "mg":
		return fmt.Sprintf("Activity is ENMO in mg, the mean of the vector's length above 1 g, computed from raw acceleration at %.5g Hz (van Hees et al. 2013, doi:10.1371/journal.pone.0061691).", h.Rate)
	default:
		return movementNote(s, h)
	}
}

func movementNote(s *measure.Series, h raw.Header) string {
	note := fmt.Sprintf("Activity is MIMS, the sum of three axes, computed from raw acceleration at %.5g Hz (John et al. 2019, doi:10.1123/jmpb.2018-0068). Not verified against the R package MIMSunit.", h.Rate)
	switch {
	case h.Range <= 0:
		note += " The file does not say how much the device measures: nothing that it cut off was restored."
	case s.Restored+s.CutOff > 0:
		note += fmt.Sprintf(" The device cut the signal off at %g g %d times; %d of these were restored.", h.Range, s.Restored+s.CutOff, s.Restored)
	}
	return note
}

func axisNote(h raw.Header) string {
	note := strings.ToUpper(actiGraph.words()[:1]) + actiGraph.words()[1:]
	if strings.Contains(h.Device, "ActiGraph") {
		return note + "."
	}
	return note + ", as ActiGraph numbers them; how this device's axes lie on the body is for you to know."
}

func calibration(c calibrate.Result) string {
	how := "ENMO and angle-z are of acceleration as the device gave it, not calibrated"
	switch {
	case c.Applied:
		note := fmt.Sprintf("ENMO and angle-z are calibrated to gravity (van Hees et al. 2014, doi:10.1152/japplphysiol.00421.2014) by %d still windows of ten seconds: their mean error was %.1f mg and is %.1f mg", c.Windows, 1000*c.Before, 1000*c.After)
		if c.Temperature {
			note += ", with the temperature taken into account"
		}
		return note + "."
	case c.Windows > 0:
		return fmt.Sprintf("%s: %s. The mean error of still windows is %.1f mg.", how, c.Refused, 1000*c.Before)
	default:
		return how + ": " + c.Refused + "."
	}
}

// clipped says what was missing or had to be changed.
func clipped(c raw.Clipped, src raw.Source) []string {
	var n []string
	if c.Gaps > 0 {
		n = append(n, fmt.Sprintf("%s without samples, together %s: that time is missing, and the filter of the counts begins anew behind it.", counted(c.Gaps, "gap"), actigraphy.InWords(c.Missing)))
	}
	if c.Overlap > 0 {
		n = append(n, fmt.Sprintf("Samples of %s were left out: their time had been recorded already.", actigraphy.InWords(c.Overlap)))
	}
	if c.Resampled > 0 {
		n = append(n, fmt.Sprintf("The samples of %s were interpolated linearly to the nominal rate: they had another one, or their time had moved against the count of samples.", counted(c.Resampled, "block")))
	}
	if d, ok := src.(raw.Damaged); ok {
		damage := d.Damage()
		if damage.Blocks > 0 && len(damage.Notes) == 0 {
			n = append(n, fmt.Sprintf("Damaged: %s of the file, left out.", counted(damage.Blocks, "piece")))
		}
		n = append(n, damage.Notes...)
	}
	return n
}

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
