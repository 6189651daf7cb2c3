package ui

import (
	"context"
	"fmt"
	"time"

	"circascope/app"
)

// cohortDelay is how long a participant is looked at before the others are measured.
const cohortDelay = 300 * time.Millisecond

// placeSoon sets the measures beside those of the others, unless the participant is
// only passed by. Two sets side by side leave no room for it.
func (p *measuresPage) placeSoon() {
	if p.places != nil || len(p.definitions()) == 2 {
		p.explain()
		return
	}
	p.state.idle("")
	key := p.key
	p.w.tasks.later(cohortDelay, func() {
		p.w.tasks.back(func() {
			switch {
			case p.key != key || p.places != nil || len(p.definitions()) == 2:
			case p.w.at != measuresPlace:
				p.w.stale[measuresPlace] = true // when the page comes up again
			default:
				p.placeUnlessMany()
			}
		})
	})
}

// placeUnlessMany leaves it to a click where the others are so many that it takes
// minutes.
func (p *measuresPage) placeUnlessMany() {
	row, _ := p.w.study.row(p.w.study.chosen)
	peers := app.Peers(p.w.study.rows, row.Info)
	if c := p.cohorts[p.definitions()[0]]; c != nil {
		peers = c.unknown(peers)
	}
	if len(peers) > p.unasked {
		p.state.stopped(fmt.Sprintf("%s of the same unit and epoch have not been measured yet.", count(len(peers), "recording")), "Compare with them")
		return
	}
	p.placeAmongOthers()
}

// placeAmongOthers measures the others as far as they are not known, and then finds
// where each measure lies among theirs.
func (p *measuresPage) placeAmongOthers() {
	row, ok := p.w.study.row(p.w.study.chosen)
	d := p.definitions()[0]
	own, measured := p.own[d]
	if !ok || !measured {
		p.refresh()
		return
	}
	if p.cohorts[d] == nil {
		p.cohorts[d] = newCohort(p.w.study.how.Metrics(d))
	}
	c := p.cohorts[d]
	peers := app.Peers(p.w.study.rows, row.Info)
	p.peers = len(peers)
	unknown := c.unknown(peers)
	if len(unknown) > 0 {
		p.state.busy(fmt.Sprintf("Measuring %s to compare with", count(len(unknown), "other recording")), 0)
	}
	done := c.rowsOf(peers)
	load(p.others, func(ctx context.Context) (map[string]app.Place, error) {
		err := c.measuring(ctx, p.w.wb, unknown, func(n int, values map[string][]float64) {
			for _, v := range values {
				done = append(done, v)
			}
			p.w.tasks.back(func() { p.measured(ctx, c, n, len(unknown), values) })
		})
		if err != nil {
			return nil, err
		}
		return places(own.Values, done), nil
	}, func(found map[string]app.Place, err error) {
		if err != nil {
			p.state.stopped(errorAfter("The others could not be measured", err), "Try again")
			return
		}
		p.places = found
		p.explain()
		p.arrange()
	})
}

// measured takes a batch of the others; one that was cancelled is still worth
// keeping.
func (p *measuresPage) measured(ctx context.Context, c *cohort, done, total int, values map[string][]float64) {
	for key, v := range values {
		c.known[key] = v
	}
	if ctx.Err() == nil && total > 0 {
		p.state.busy(fmt.Sprintf("Measuring the others to compare with: %d of %d", done, total), float64(done)/float64(total))
	}
}

func (p *measuresPage) cancelOthers() {
	p.others.drop()
	p.loader.drop()
	p.state.stopped("Stopped. Values are shown without how they lie among the others.", "Compare with the others")
}

// explain says what the marks mean.
func (p *measuresPage) explain() {
	if len(p.definitions()) == 2 {
		p.state.idle(fmt.Sprintf("Difference: %s less %s; * where it is more than rounding. To see the other recordings again, choose beside: nothing.", p.definitions()[1], p.definitions()[0]))
		return
	}
	if p.peers == 0 {
		p.state.idle("No other recording has this unit and length of epoch: there is nobody to compare with.")
		return
	}
	p.state.idle(fmt.Sprintf("Others: %s of this unit and epoch. Line: all of them; box: the middle half, with the median; bar: this one.", count(p.peers, "recording")))
}
