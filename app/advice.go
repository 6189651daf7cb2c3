package app

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/models"
)

// Advice says which size suits this machine and the weeks of the library.
type Advice struct {
	Text       string        `json:"text"`
	Model      models.Size   `json:"model,omitempty"` // "" where nothing was measured
	Sizes      []SizeAdvice  `json:"sizes"`
	Unmeasured []models.Size `json:"never_run_here,omitempty"`
}

// SizeAdvice is what a size has left to do.
type SizeAdvice struct {
	Model   models.Size `json:"model"`
	Weeks   int         `json:"weeks_left"`            // without a result under the condition compared
	About   bool        `json:"weeks_left_estimated"`  // some recordings were never cut into weeks: counted by their length
	PerWeek *float64    `json:"seconds_per_week"`      // of all workers; absent where never run on this machine
	Seconds *float64    `json:"seconds_left_estimate"` // absent likewise
}

// advise reads what is measured and what is left, and says what follows.
func (wb *Workbench) advise(ctx context.Context, c *Comparison, of Comparable) error {
	lib, err := wb.Library()
	if err != nil {
		return err
	}
	infos, err := lib.Recordings(ctx)
	if err != nil {
		return err
	}
	left := weeksLeft(of, infos)
	known := wb.speeds()
	device := of.Sets[0].DeviceKind
	for _, size := range models.Sizes() {
		s := left[size]
		if speed, ok := known[speedKey{size, of.Precision, device}]; ok {
			perWeek := speed.PerWeek()
			seconds := perWeek * float64(s.Weeks)
			s.PerWeek, s.Seconds = &perWeek, &seconds
			for i := range c.Sizes {
				if c.Sizes[i].Model == size {
					c.Sizes[i].Speed = &speed
				}
			}
		}
		c.Advice.Sizes = append(c.Advice.Sizes, s)
	}
	c.Advice.say()
	return nil
}

// weeksLeft counts the weeks that a size has not embedded: those that another size
// has, and the length of the recordings that none has.
func weeksLeft(of Comparable, infos []actigraphy.Info) map[models.Size]SizeAdvice {
	all, seen := map[weekKey]bool{}, map[string]bool{}
	for _, s := range of.Sets {
		for _, r := range s.Results {
			all[keyOf(r)], seen[r.Recording] = true, true
		}
	}
	unseen := 0
	for _, info := range infos {
		if !seen[info.ID] {
			unseen += int(float64(info.Epochs) * info.Epoch.Minutes() / float64(of.Minutes))
		}
	}
	left := map[models.Size]SizeAdvice{}
	for _, size := range models.Sizes() {
		left[size] = SizeAdvice{Model: size, Weeks: len(all) + unseen, About: unseen > 0}
	}
	for _, s := range of.Sets {
		l := left[s.Model]
		l.Weeks -= len(s.Results)
		left[s.Model] = l
	}
	return left
}

// patience is how long a run may take to be recommended without a word about
// waiting.
const patience = time.Hour

// exampleWeeks is what the time is told for where nothing is left to do.
const exampleWeeks = 1000

// say writes the sentence. It is made of measured speeds only: a size that was
// never run on this machine is named, and nothing is said of its time.
func (a *Advice) say() {
	most := 0
	var measured []SizeAdvice // smallest first
	for _, s := range a.Sizes {
		most = max(most, s.Weeks)
		if s.PerWeek == nil {
			a.Unmeasured = append(a.Unmeasured, s.Model)
			continue
		}
		measured = append(measured, s)
	}
	if len(measured) == 0 {
		a.Text = "No size was timed on this machine yet, so no size is recommended."
		return
	}
	weeks := func(s SizeAdvice) int { return s.Weeks }
	lead := "Every week here has been embedded in each size. "
	if most == 0 {
		weeks = func(SizeAdvice) int { return exampleWeeks }
	} else {
		lead = ""
	}
	pick := suited(measured, weeks)
	a.Model = pick.Model
	a.Text = lead + a.recommend(pick, measured, weeks, most == 0) + a.silence()
}

// suited returns the largest size that is done within the patience, else the
// smallest.
func suited(measured []SizeAdvice, weeks func(SizeAdvice) int) SizeAdvice {
	pick := measured[0]
	for _, s := range measured {
		if *s.PerWeek*float64(weeks(s)) <= patience.Seconds() {
			pick = s
		}
	}
	return pick
}

// recommend tells the times, slowest size first, and what follows.
func (a *Advice) recommend(pick SizeAdvice, measured []SizeAdvice, weeks func(SizeAdvice) int, example bool) string {
	lead, each := leftWords(measured)
	if example {
		lead, each = thousands(exampleWeeks)+" more weeks take", false
	}
	var times, slower []string
	for _, s := range slices.Backward(measured) {
		times = append(times, s.told(weeks(s), each))
		if sizeOrder(s.Model) > sizeOrder(pick.Model) {
			slower = append(slower, "PAT-"+string(s.Model))
		}
	}
	text := fmt.Sprintf("On this machine %s: %s. ", lead, strings.Join(times, ", "))
	switch best, of := bestPublished(pick.Model); {
	case len(slower) > 0:
		return text + fmt.Sprintf("Use %s if you can wait, PAT-%s otherwise.", strings.Join(slower, " or "), pick.Model)
	case best > of/2:
		return text + fmt.Sprintf("Use PAT-%s: it costs little here, and did best in %d of %d published tasks.", pick.Model, best, of)
	default:
		return text + fmt.Sprintf("Use PAT-%s, the largest size that was timed here.", pick.Model)
	}
}

// told writes the time of a size for a number of weeks, and the number where asked.
func (s SizeAdvice) told(weeks int, number bool) string {
	if weeks == 0 {
		return fmt.Sprintf("PAT-%s has done all", s.Model)
	}
	text := fmt.Sprintf("PAT-%s about %s", s.Model, roughly(*s.PerWeek*float64(weeks)))
	if number {
		text += " for " + countedThousands(weeks, "week")
	}
	return text
}

// leftWords says what is left to do, and whether it differs from size to size.
func leftWords(sizes []SizeAdvice) (lead string, differs bool) {
	most, about := 0, ""
	for _, s := range sizes {
		if s.Weeks > 0 && most > 0 && s.Weeks != most {
			differs = true
		}
		if most = max(most, s.Weeks); s.About {
			about = "about "
		}
	}
	if differs || most == 0 {
		return "the weeks without a result take", differs
	}
	return about + countedThousands(most, "week") + " without a result take", false
}

// silence names the sizes of which nothing can be said.
func (a *Advice) silence() string {
	if len(a.Unmeasured) == 0 {
		return ""
	}
	names := make([]string, len(a.Unmeasured))
	for i, s := range a.Unmeasured {
		names[i] = "PAT-" + string(s)
	}
	verb := "was"
	if len(names) > 1 {
		verb = "were"
	}
	return fmt.Sprintf(" %s %s never timed on this machine.", strings.Join(names, " and "), verb)
}

// roughly writes a time for planning: two digits that count.
func roughly(seconds float64) string {
	minutes := seconds / 60
	switch {
	case seconds < 1:
		return "a second"
	case seconds < 90:
		return fmt.Sprintf("%.0f s", seconds)
	case minutes < 90:
		return fmt.Sprintf("%.0f min", minutes)
	case minutes < 48*60:
		rounded := int(math.Round(minutes/10) * 10)
		return strings.TrimSuffix(fmt.Sprintf("%d h %d min", rounded/60, rounded%60), " 0 min")
	default:
		return fmt.Sprintf("%.0f days", minutes/60/24)
	}
}

func countedThousands(n int, noun string) string {
	return strings.Replace(counted(n, noun), fmt.Sprint(n), thousands(n), 1)
}

// thousands writes a number with commas.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
