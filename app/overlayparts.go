package app

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
	"circascope/actigraphy/metrics"
	"circascope/actigraphy/sleep"
	"circascope/plots"
)

// score scores the recording with the chosen algorithm, or the usual one.
// The protocol's scores with its parameters, as the measures do.
func (l *layer) score() (sleep.Scoring, error) {
	s, of := l.choice.Scoring, l.study.Scorer()
	if s.ID == "" && of.ID != "" {
		s = of
	}
	if s.ID == "" {
		s = usualScorer
	}
	if m, scores := l.study.scoring(); scores && l.study.ByProtocol() && s == of {
		l.out.measures = append(l.out.measures, m)
		return m.Scoring(metrics.Input{Recording: l.worn})
	}
	a, err := s.algorithm()
	if err != nil {
		return sleep.Scoring{}, err
	}
	return a.Score(l.worn, nil)
}

// stateLooks are how the states of epochs are drawn.
var stateLooks = []struct {
	state   sleep.State
	name    string
	pattern int
}{
	{sleep.Asleep, "Asleep", plots.ScoredAsleep},
	{sleep.Wake, "Awake", plots.ScoredAwake},
	{sleep.Rest, "At rest", plots.RestPeriod},
	{sleep.Unknown, "Not scored", plots.NotScored},
}

func (l *layer) scoring() error {
	s, err := l.score()
	if err != nil {
		return err
	}
	l.paintScoring(s)
	return nil
}

// paintScoring draws the states of a scoring.
func (l *layer) paintScoring(s sleep.Scoring) {
	lead := l.r.Start.Sub(s.Start)
	for i, look := range stateLooks {
		name := look.name
		if i == 0 {
			name += fmt.Sprintf(" by %s (%s)", s.Algorithm.Name, s.Algorithm.Definition)
		}
		paint, found := l.cells.Paint(name, look.pattern, len(l.out.counted.Values), func(epoch int) bool {
			at := int((lead + time.Duration(epoch)*l.r.Epoch) / s.Epoch)
			if at >= len(s.States) {
				return look.state == sleep.Unknown
			}
			return s.States[at] == look.state
		})
		if found {
			l.out.Scored = append(l.out.Scored, paint)
		}
	}
	l.out.details["scoring"] = map[string]any{
		"algorithm": s.Algorithm.ID, "definition": s.Algorithm.Definition, "settings": s.Settings, "reference": s.Algorithm.Reference,
	}
}

func (l *layer) periods() ([]sleep.Period, error) {
	switch l.choice.Rest {
	case RestDiary:
		if len(l.told.Diary) == 0 {
			return nil, errors.New("no diary tells of this person; import one, or choose another source")
		}
		return sleep.DiaryPeriods(l.told.Diary, l.r.Start)
	case RestManual:
		if l.told.Manual == nil {
			return nil, errors.New("nobody changed the rest periods of this recording by hand; change them, or choose another source")
		}
		return l.told.Manual, nil
	case l.study.RestFrom():
		if m, sums := l.study.Find("", "TST"); sums && l.study.ByProtocol() { // with its parameters
			found, err := m.Nights(metrics.Input{Recording: l.worn})
			l.out.measures = append(l.out.measures, m)
			return periodsOf(found), err
		}
	}
	if l.choice.Rest == RestTudorLocke {
		s, err := l.score()
		if err != nil {
			return nil, err
		}
		found, err := sleep.DefaultTudorLocke().Periods(s, sleep.ActivityOf(l.worn, s))
		return sleep.MainAndNaps(found, sleep.JoinedGap, sleep.ShortestNight), err
	}
	a, known := sleep.Find(metrics.Paper, string(l.choice.Rest))
	if !known {
		return nil, fmt.Errorf("there is no source of rest periods %q", l.choice.Rest)
	}
	s, err := a.Score(l.worn, nil)
	if err != nil {
		return nil, err
	}
	return sleep.MainAndNaps(sleep.DetectedPeriods(s, 0), sleep.JoinedGap, sleep.ShortestNight), nil
}

// rest draws the rest periods, nights and naps alike; a read-out says from when to
// when, and by whom.
func (l *layer) rest() error {
	periods, err := l.periods()
	if err != nil {
		return err
	}
	if len(periods) == 0 {
		return fmt.Errorf("there is none: %s", l.choice.Rest.Words())
	}
	if !l.paintRest(periods, l.choice.Rest.Words()) {
		return fmt.Errorf("the %s tells of no rest within this recording", l.choice.Rest.Words())
	}
	l.out.details["rest"] = map[string]any{"source": l.choice.Rest, "stated": periods[0].Stated(), "periods": len(periods)}
	return nil
}

// paintRest draws periods, and reports whether one is within the recording.
func (l *layer) paintRest(periods []sleep.Period, source string) bool {
	epochs := func(t actigraphy.LocalTime) int {
		return int(math.Round(float64(t.Sub(l.r.Start)) / float64(l.r.Epoch)))
	}
	resting := make([]bool, len(l.cells))
	var notes []plots.CellNote
	for _, p := range periods {
		from, to := max(0, epochs(p.From)), min(len(l.cells), epochs(p.To))
		for i := from; i < to; i++ {
			resting[i] = true
		}
		if from < to {
			notes = append(notes, plots.CellNote{From: l.cells[from], To: l.cells[to-1] + 1, Words: periodWords(p)})
		}
	}
	paint, found := l.cells.Paint("Rest period ("+source+")", plots.RestPeriod, len(l.out.counted.Values), func(epoch int) bool { return resting[epoch] })
	if found {
		paint.Notes = notes
		l.out.Rest, l.out.Periods = []plots.MaskPaint{paint}, periods
	}
	return found
}

func periodWords(p sleep.Period) string {
	kind := "night"
	if p.Kind == diary.Nap {
		kind = "nap"
	}
	words := fmt.Sprintf("%s, %s to %s, by %s", kind, timeOfDay(p.From), timeOfDay(p.To), p.By)
	if why := cmp.Or(p.NoBegin, p.NoEnd, p.Doubt); why != "" {
		words += "; not valid: " + why
	}
	return words
}

func timeOfDay(t actigraphy.LocalTime) string { return t.Clock().Format("15:04") }

// values computes measures by their ids, as the study has them.
func (l *layer) values(ids ...string) (map[string]metrics.Value, error) {
	if l.reason != "" {
		return nil, errors.New(l.reason)
	}
	var list []metrics.Metric
	for _, id := range ids {
		m, known := l.study.Find("", id)
		if !known {
			return nil, fmt.Errorf("there is no measure %s in the definition %s", id, l.study.Definition())
		}
		list = append(list, m)
	}
	byID := map[string]metrics.Value{}
	for _, v := range metrics.ComputeAll(metrics.Input{Recording: l.worn}, list) {
		if v.Reason != "" {
			return nil, fmt.Errorf("there is no %s: %s", v.Name, v.Reason)
		}
		byID[v.ID] = v
	}
	l.out.measures = append(l.out.measures, list...)
	return byID, nil
}

func (l *layer) windows() error {
	v, err := l.values("L5", "L5_onset", "M10", "M10_onset")
	if err != nil {
		return err
	}
	for _, w := range []struct {
		id    string
		hours float64
	}{{"L5", 5}, {"M10", 10}} {
		words := fmt.Sprintf("%s (%s): %s", w.id, v[w.id].Definition, v[w.id].Name)
		if note := v[w.id+"_onset"].Note; note != "" {
			words += "; " + note
		}
		l.out.Windows = append(l.out.Windows, plots.DayWindow{
			Name: w.id, Words: words, From: v[w.id+"_onset"].Value, Hours: w.hours,
		})
		l.out.details[w.id] = map[string]any{"definition": v[w.id].Definition, "parameters": parameters(v[w.id].Metric), "onset_h": v[w.id+"_onset"].Value, "mean": v[w.id].Value}
	}
	return nil
}

// fitPoints is how many points of a day a fitted curve is drawn with.
const fitPoints = 288

func (l *layer) cosinor() error {
	v, err := l.values("cosinor_mesor", "cosinor_amplitude", "cosinor_acrophase", "cosinor_R2")
	if err != nil {
		return err
	}
	clock, err := phaseClock(l.r, v["cosinor_acrophase"])
	if err != nil {
		return err
	}
	of := v["cosinor_mesor"]
	period := hoursOf(of, "period")
	if period != 24 {
		return fmt.Errorf("a cosinor of %v h does not lie on the average day", period)
	}
	mesor, amplitude, r2 := of.Value, v["cosinor_amplitude"].Value, v["cosinor_R2"].Value
	peak := clock(v["cosinor_acrophase"].Value, period)
	scale := 1.0 // epochs to cells of the actogram, which are sums of theirs
	if l.r.Unit.Adds() {
		scale = max(1, l.out.counted.CellMinutes()/l.r.Epoch.Minutes())
	}
	fit := plots.DayFit{Name: fmt.Sprintf("Cosinor (%s): peak %s, R² %.2f", of.Definition, plots.TimeOfDay(peak), r2)}
	for i := range fitPoints {
		hour := (float64(i) + 0.5) * 24 / fitPoints
		fit.Values = append(fit.Values, scale*(mesor+amplitude*math.Cos(2*math.Pi*(hour-peak)/period)))
	}
	l.out.Fit = fit
	l.out.details["cosinor"] = map[string]any{"definition": of.Definition, "parameters": parameters(of.Metric), "mesor": mesor, "amplitude": amplitude, "acrophase_h": peak, "r2": r2}
	return nil
}
