package grid

import (
	"fmt"
	"time"

	"circascope/actigraphy"
)

// regularShare is the share of steps that must be one epoch long, unless every
// step is a multiple of the shortest.
const regularShare = 0.9

// logShare is that share in a device's own log, where two steps are of another
// length around every row that is stamped within its epoch.
const logShare = 0.5

// findEpoch takes the step that occurs most often.
func findEpoch(rows Rows) (time.Duration, error) {
	steps := make(map[int64]int)
	positive, shortest := 0, int64(0)
	for i := 1; i < len(rows.Times); i++ {
		step := rows.Times[i] - rows.Times[i-1]
		if step <= 0 {
			continue
		}
		positive++
		if shortest == 0 || step < shortest {
			shortest = step
		}
		if len(steps) < 1000 || steps[step] > 0 {
			steps[step]++
		}
	}
	if positive == 0 {
		return 0, &Error{
			Expected: "at least two rows of different times", Found: fmt.Sprintf("%d rows of one time", len(rows.Times)),
			Advice: "name the epoch length",
		}
	}
	epoch, count := commonest(steps)
	share := regularShare
	if rows.Log {
		share = logShare
	}
	if float64(count) >= share*float64(positive) || epoch == shortest && allMultiples(steps, epoch) {
		return time.Duration(epoch), nil
	}
	return 0, irregular(rows, epoch, count, positive)
}

func commonest(steps map[int64]int) (step int64, count int) {
	for s, n := range steps {
		if n > count || n == count && s < step {
			step, count = s, n
		}
	}
	return step, count
}

func allMultiples(steps map[int64]int, epoch int64) bool {
	for s := range steps {
		if s%epoch != 0 {
			return false
		}
	}
	return true
}

// irregular names the first row that goes back, else the first that follows the
// one before it by another step.
func irregular(rows Rows, epoch int64, count, of int) error {
	for i := 1; i < len(rows.Times); i++ {
		if rows.Times[i] < rows.Times[i-1] {
			return goesBack(rows, i, i-1)
		}
	}
	for i := 1; i < len(rows.Times); i++ {
		if step := rows.Times[i] - rows.Times[i-1]; step > 0 && step != epoch {
			return &Error{
				Row:      i,
				Expected: fmt.Sprintf("epochs of one length (%v occurs most often, %d times of %d)", actigraphy.InWords(time.Duration(epoch)), count, of),
				Found:    fmt.Sprintf("%v after the row before", actigraphy.InWords(time.Duration(step))),
				Advice:   "export the recording with a fixed epoch length",
			}
		}
	}
	return nil
}
