package app

import (
	"context"
	"fmt"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/metrics"
	"circascope/plots"
)

// Drawing is a chart with the numbers that it shows, and what both were made of.
type Drawing struct {
	Chart   plots.Chart
	Data    Table
	Sources Sources
}

// sitter is a recording as a drawing shows it: in its zone, and missing where it was
// not worn or a day is not valid.
type sitter struct {
	study Study
	info  actigraphy.Info // its mask is the one that was applied
	r     *actigraphy.Recording
}

func (wb *Workbench) sit(ctx context.Context, id string) (sitter, error) {
	lib, err := wb.Library()
	if err != nil {
		return sitter{}, err
	}
	infos, err := chosen(ctx, lib, Only(id))
	if err != nil {
		return sitter{}, err
	}
	if len(infos) != 1 {
		return sitter{}, fmt.Errorf("participant %s has %d recordings; name one by its id", id, len(infos))
	}
	r, mask, err := worn(ctx, lib, infos[0].ID)
	if err != nil {
		return sitter{}, fmt.Errorf("reading the recording of %s: %w", infos[0].Subject, err)
	}
	infos[0].Mask = mask
	study, err := wb.Study(ctx)
	return sitter{study, infos[0], r}, err
}

// labels are the heading and what stands below the chart: how it was made, then of
// what.
func (s sitter) labels(what string, how ...string) plots.Labels {
	zone := ""
	if place, known := s.r.Start.Zone(); known {
		zone = place.String()
	}
	of := fmt.Sprintf("%s, %s, SHA-256 %s", s.info.Unit, s.info.Source.Name, shortHash(s.info.Source.SHA256))
	return plots.Labels{
		Heading: s.info.Subject + ", " + what,
		Caption: joined(append(how, maskWords(s.info.Mask), zone, of)...),
	}
}

func maskWords(mask string) string {
	if mask == "" {
		return "no mask"
	}
	return "mask " + shortHash(mask)
}

// joined lists what there is.
func joined(parts ...string) string {
	var list []string
	for _, p := range parts {
		if p != "" {
			list = append(list, p)
		}
	}
	return strings.Join(list, "; ")
}

// sources are those of a drawing of measures.
func (s sitter) sources(what string, details map[string]any, measures ...metrics.Metric) Sources {
	details["recordings"] = []actigraphy.Info{s.info}
	return Sources{What: what, Details: details}.Of(s.study, measures)
}

// counts is an error where measures of the recording have no value under the study's
// protocol, whatever its activity says.
func (s sitter) counts() error {
	if reason := s.study.wanted().tooFew(s.info); reason != "" {
		return fmt.Errorf("no measures of %s: %s", s.info.Subject, reason)
	}
	return nil
}

// methodWords names a definition with its parameters and its reference.
func methodWords(m metrics.Metric) string {
	words := fmt.Sprintf("definition %s", m.Definition)
	if p := parameters(m); p != "" {
		words += ", " + strings.ReplaceAll(p, " | ", ", ")
	}
	return words + ", " + m.Reference
}
