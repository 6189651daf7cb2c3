package sleep

import (
	"errors"
	"math"
)

// Chronotype is what the timing of sleep on workdays and days off tells. Times are
// in hours since midnight, lengths in hours. Nights of Friday's and Saturday's
// evenings count as days off.
//
// Roenneberg T, Wirz-Justice A, Merrow M (2003), doi:10.1177/0748730402239679;
// Wittmann M, Dinich J, Merrow M, Roenneberg T (2006), doi:10.1080/07420520500545979.
type Chronotype struct {
	MSW, MSF            float64 // mean midsleep before workdays and days off
	SocialJetLag        float64 // MSF − MSW; negative where sleep is later on workdays
	MSFsc               float64 // MSF corrected for sleep made up on days off
	SleepWork, SleepOff float64 // mean length of sleep, from onset to the last sleep
	WorkNights, OffDays int
}

// ChronotypeOf returns the chronotype of a person's nights. Naps and nights that are
// not valid are left out. It is an error if there is no night before a workday, or
// none before a day off.
//
// MSFsc is MSF less half of what sleep on days off exceeds the week's mean by, the
// week being 5 workdays and 2 days off; without an excess it is MSF.
func ChronotypeOf(nights []Night) (Chronotype, error) {
	main := withKind(nights, false)
	work := func(n Night) bool { return !n.Weekend() }
	midsleep := NightMeasure{Value: func(n Night) float64 { return n.Midsleep }}
	length := NightMeasure{Value: func(n Night) float64 {
		if n.Onset.IsZero() {
			return math.NaN()
		}
		return n.Offset.Sub(n.Onset).Hours()
	}}
	msw, msf := meanOver(main, midsleep, work), meanOver(main, midsleep, Night.Weekend)
	if msw.N == 0 || msf.N == 0 {
		return Chronotype{}, errors.New("it takes a valid night before a workday and one before a day off")
	}
	c := Chronotype{
		MSW: msw.Mean, MSF: msf.Mean, SocialJetLag: msf.Mean - msw.Mean,
		SleepWork: meanOver(main, length, work).Mean, SleepOff: meanOver(main, length, Night.Weekend).Mean,
		WorkNights: msw.N, OffDays: msf.N,
	}
	week := (5*c.SleepWork + 2*c.SleepOff) / 7
	c.MSFsc = c.MSF - max(0, c.SleepOff-week)/2
	return c, nil
}
