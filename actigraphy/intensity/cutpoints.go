// Package intensity tells sedentary, light, moderate and vigorous activity apart by
// published cut-points, each for a device, a site of the body, an age and a length
// of epoch. It is pure.
package intensity

import (
	"fmt"
	"math"
	"slices"
	"time"

	"circascope/actigraphy"
)

// CutPoints is one published set of cut-points.
type CutPoints struct {
	ID        string        // with author, year, ages and site: "troiano2008-adult-hip"
	People    string        // ages and device, in words
	Site      string        // "hip" or "wrist"
	Unit      Unit          // of the activity that it is for
	Epoch     time.Duration // that it was made for
	Reference string        // authors, year and DOI

	light, moderate, vigorous float64 // least of each: counts a minute, or mg; NaN: not told apart from what is below
	ofAge                     bool    // moderate and vigorous follow from the age
}

// Unit is what a set of cut-points is in.
type Unit int

// The units of cut-points.
const (
	Axis1           Unit = iota // ActiGraph counts a minute of the vertical axis
	VectorMagnitude             // ActiGraph counts a minute of all axes
	ENMO                        // mg, the mean of an epoch
)

// String returns the unit in words.
func (u Unit) String() string {
	return [...]string{"ActiGraph counts, axis 1", "ActiGraph counts, vector magnitude", "ENMO in mg"}[u]
}

// fits reports whether activity is in the unit.
func (u Unit) fits(of actigraphy.Unit) bool {
	counts := of.Quantity == "counts" && of.Device == "ActiGraph"
	switch u {
	case Axis1:
		return counts && (of.Axis == actigraphy.ChannelAxis1 || of.Axis == "")
	case VectorMagnitude:
		return counts && of.Axis == actigraphy.ChannelVM
	}
	return of.Quantity == "mg" && (of.Axis == actigraphy.ChannelENMO || of.Axis == "")
}

// Of whom the cut-points are.
const (
	adults   = "adults"
	children = "children of 7 to 11 years"
)

// Where the cut-points are from.
const (
	freedson1998 = "Freedson et al. 1998, doi:10.1097/00005768-199805000-00021"
	troiano2008  = "Troiano et al. 2008, doi:10.1249/mss.0b013e31815a51b3"
	matthews2008 = "; sedentary: Matthews et al. 2008, doi:10.1093/aje/kwm390"
	sasaki2011   = "Sasaki et al. 2011, doi:10.1016/j.jsams.2011.04.003"
	evenson2008  = "Evenson et al. 2008, doi:10.1080/02640410802334196"
	puyau2002    = "Puyau et al. 2002, doi:10.1038/oby.2002.24"
	freedson2005 = "Freedson et al. 2005, doi:10.1249/01.mss.0000185658.28284.ba"
	mattocks2007 = "Mattocks et al. 2007, doi:10.1080/17477160701408809"
	hildebrand   = "Hildebrand et al. 2014, doi:10.1249/MSS.0000000000000289; sedentary: Hildebrand et al. 2017, doi:10.1111/sms.12795"
)

// none is the cut-point that a paper does not have.
var none = math.NaN()

// table has every set, the default first.
var table = []CutPoints{
	counted("troiano2008-adult-hip", "adults, ActiGraph", Axis1, time.Minute, troiano2008+matthews2008, 100, 2020, 5999),
	counted("freedson1998-adult-hip", "adults, ActiGraph", Axis1, time.Minute, freedson1998+matthews2008, 100, 1952, 5725),
	counted("sasaki2011-adult-hip-vm", "adults, ActiGraph", VectorMagnitude, time.Minute, sasaki2011, none, 2690, 6167),
	counted("evenson2008-child-hip", "children of 5 to 8 years, ActiGraph", Axis1, 15*time.Second, evenson2008, 101, 2296, 4012),
	counted("puyau2002-child-hip", "children of 6 to 16 years, ActiGraph", Axis1, time.Minute, puyau2002, 800, 3200, 8200),
	counted("mattocks2007-child-hip", "children of 12 years, ActiGraph", Axis1, time.Minute, mattocks2007, none, 3581, 6130),
	{
		ID: "freedson2005-child-hip", People: "children of 6 to 18 years, ActiGraph", Site: "hip", Unit: Axis1, Epoch: time.Minute,
		Reference: freedson2005, light: none, ofAge: true,
	},
	raw("hildebrand-adult-wrist-actigraph", adults, "wrist", 44.8, 100.6, 428.8),
	raw("hildebrand-adult-wrist-geneactiv", adults, "wrist", 45.8, 93.2, 418.3),
	raw("hildebrand-adult-hip-actigraph", adults, "hip", 47.4, 69.1, 258.7),
	raw("hildebrand-adult-hip-geneactiv", adults, "hip", 46.9, 68.7, 266.8),
	raw("hildebrand-child-wrist-actigraph", children, "wrist", 35.6, 201.4, 707.0),
	raw("hildebrand-child-wrist-geneactiv", children, "wrist", 56.3, 191.6, 695.8),
	raw("hildebrand-child-hip-actigraph", children, "hip", 63.3, 142.6, 464.6),
	raw("hildebrand-child-hip-geneactiv", children, "hip", 64.1, 152.8, 514.3),
}

func counted(id, who string, u Unit, epoch time.Duration, reference string, light, moderate, vigorous float64) CutPoints {
	return CutPoints{ID: id, People: who, Site: "hip", Unit: u, Epoch: epoch, Reference: reference, light: light, moderate: moderate, vigorous: vigorous}
}

func raw(id, who, site string, light, moderate, vigorous float64) CutPoints {
	return CutPoints{ID: id, People: who, Site: site, Unit: ENMO, Epoch: time.Second, Reference: hildebrand, light: light, moderate: moderate, vigorous: vigorous}
}

// All returns every set of cut-points, the default first.
func All() []CutPoints { return slices.Clone(table) }

// String says what a set is in and for: "ENMO in mg from 44.8, 100.6 and 428.8 on,
// adults, wrist, epochs of 1s".
func (c CutPoints) String() string {
	from := "by age"
	switch {
	case !c.ofAge && math.IsNaN(c.light):
		from = fmt.Sprintf("from %v and %v on", c.moderate, c.vigorous)
	case !c.ofAge:
		from = fmt.Sprintf("from %v, %v and %v on", c.light, c.moderate, c.vigorous)
	}
	per := ""
	if c.Unit != ENMO {
		per = " a minute"
	}
	return fmt.Sprintf("%v%s %s, %s, %s, epochs of %v", c.Unit, per, from, c.People, c.Site, actigraphy.InWords(c.Epoch))
}
