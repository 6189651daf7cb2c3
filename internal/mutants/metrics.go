package main

// Tests of measures are in these folders.
const (
	measuresPkg  = "actigraphy/metrics"
	intensityPkg = "actigraphy/intensity"
)

// inMeasures returns faults in the measures.
func inMeasures() []mutant {
	const (
		got    = `got .*want`
		second = "TestSecondImplementation"
	)
	in := func(fault, file, before, after string, tests ...string) mutant {
		return mutant{fault: fault, where: "metrics", file: measuresPkg + "/" + file, old: before, new: after, caughtBy: tests, says: got}
	}
	level := func(fault, file, before, after string, tests ...string) mutant {
		return mutant{fault: fault, where: "intensity", file: intensityPkg + "/" + file, old: before, new: after, caughtBy: tests, says: `got|want`}
	}
	return []mutant{
		// IS and IV.
		in("bins from the first sample, not at clock hours", "bins.go", `	first := finer.first / per`, `	finer.first -= finer.first % per`+"\n"+`	first := finer.first / per`, second),
		in("IS with the variance of n−1", "variance.go", `return float64(all.n) * between /`, `return float64(all.n-1) * between /`, second, "TestStabilityByHand"),
		in("IV with the variance of n−1", "variance.go", `(all.squares / float64(all.n)), nil`, `(all.squares / float64(all.n-1)), nil`, second, "TestStabilityByHand"),
		in("pyActigraphy's variance with n", "variance.go", `s.squares / float64(s.n-1)`, `s.squares / float64(s.n)`, "TestGoldenExample01"),
		in("IV of every second neighbour", "bins.go", `		d := b.values[i] - b.values[i-1]`, `		d := b.values[i] - b.values[max(i-2, 0)]`, second, "TestStabilityByHand"),
		in("IV over the bins, not over the pairs", "variance.go", `return differences / float64(pairs) / (all`, `return differences / float64(pairs+1) / (all`, second, "TestStabilityByHand"),
		in("a bin with a missing epoch is a bin", "bins.go", `			total += v // NaN stays NaN`, `			if v == v { total += v }`, second),
		in("ISm without the width of an hour", "widths.go", `45, 48, 60}`, `45, 48}`, second),
		// L5, M10 and RA.
		in("L5 with an epoch too many", "window.go", `	n := int(length / r.Epoch)`, `	n := int(length/r.Epoch) + 1`, second),
		in("the last of equal windows", "window.go", `sign*(s-sums[at]) > 0`, `sign*(s-sums[at]) >= 0`, "TestOnsetAmongEqualWindows"),
		in("the later of two middle windows", "tie.go", `(e.count-1)/2`, `e.count/2`, "TestOnsetAmongEqualWindows"),
		in("the last of equally long runs of windows", "tie.go", `run > found.count`, `run >= found.count`, "TestOnsetAmongEqualWindows"),
		in("runs of equal windows end at midnight", "tie.go", `run < len(sums) && is(i+run)`, `i+run < len(sums) && is(i+run)`, "TestOnsetAmongEqualWindows"),
		in("the average day does not go round midnight", "profile.go", `running.add(profile[i%len(profile)])`, `running.add(profile[min(i, len(profile)-1)])`, second),
		in("RA over M10 alone", "extremes.go", `return (m10 - l5) / (m10 + l5), err`, `return (m10 - l5) / m10, err`, second),
		// Cosinor.
		in("standard errors with n−2", "cosinor.go", `f.residual / float64(f.n-3)`, `f.residual / float64(f.n-2)`, "TestCosinorErrorsOfWholeDays"),
		in("the peak half a period off", "cosinor.go", `turnOf(math.Atan2(f.c, f.b)))`, `turnOf(math.Atan2(-f.c, -f.b)))`, "TestCosinorOfACosine"),
		in("p with a degree of freedom too many", "harmonics.go", `	rest := float64(f.n-1) - terms`, `	rest := float64(f.n) - terms`, "TestCosinorProbability"),
		// Periodograms.
		in("Q without the counts of the phases", "regularity.go", `between += totals[i] * totals[i] / n`, `between += totals[i] * totals[i] / counts[0]`, "TestSecondPeriodogram"),
		in("the longest period is not tried", "regularity.go", `for p := from; p <= to; p++`, `for p := from; p < to; p++`, "TestSecondPeriodogram"),
		in("chi-square with P degrees of freedom", "chisquare.go", `K: float64(bins - 1)`, `K: float64(bins)`, "TestChiSquareLevel"),
		in("p of one period, not of all tried", "chisquare.go", `float64(p.tried) * math.Log1p`, `math.Log1p`, "TestChiSquareLevel"),
		in("Lomb-Scargle without τ", "lombscargle.go", `math.Atan2(s.s2, s.c2) / 2`, `0 * math.Atan2(s.s2, s.c2)`, "TestLombScargleByDefinition", "TestLombScargleAsSciPy"),
		in("Press's normalisation", "lombscargle.go", `return power / l.squares`, `return power / l.squares * (l.n - 1) / 2`, "TestLombScargleByDefinition"),
		in("Lomb-Scargle's mask at the frequency, not twice it", "lombscargle.go", `ofThere[2*k]`, `ofThere[k]`, "TestLombScargleByDefinition"),
		in("false alarm of one frequency", "lombscargle.go", `return one*math.Exp(-tau) - math.Expm1(-tau)`, `return one + 0*tau`, "TestLombScargleAsSciPy"),
		// Transitions, autocorrelation, DFA.
		in("autocorrelation one epoch off", "regularity.go", `int(lag/x.r.Epoch))`, `int(lag/x.r.Epoch)-1)`, "TestAutocorrelation"),
		in("the threshold is activity", "levels.go", `case v > l.threshold:`, `case v >= l.threshold:`, "TestThresholdIsRest"),
		in("a pair with a missing epoch counts", "transitions.go", `if states[i-1] == from && !math.IsNaN(states[i]) {`, `if states[i-1] == from {`, "TestTransitionsByHand"),
		in("runs beside a missing epoch count", "bouts.go", `			begun = false`, `			from, begun = i, true`, "TestTransitionsBesideAGap"),
		in("DFA's windows overlap", "fluctuation.go", `from+n <= len(profile); from += n`, `from+n <= len(profile); from += (n + 1) / 2`, "TestFluctuationByDefinition"),
		// Amounts and levels.
		in("a day of less than the hours asked for counts", "totals.go", `d == Paper && float64(in.recorded) <`, `d == Paper && float64(in.recorded) < 0*`, "TestShortDaysDoNotCount"),
		level("Troiano's moderate from 2021", "cutpoints.go", `100, 2020, 5999)`, `100, 2021, 5999)`, "TestCutPoints"),
		level("a cut-point is below its level", "thresholds.go", `case activity >= t.Moderate:`, `case activity > t.Moderate:`, "TestCutPoints"),
		level("Evenson's 15 s as if they were minutes", "thresholds.go", `share := epoch.Minutes()`, `share := max(1, epoch.Minutes())`, "TestCutPoints"),
		level("hip cut-points on a wrist", "thresholds.go", `r.Site != "" &&`, `r.Site == "-" &&`, "TestCutPointsThatDoNotFit"),
		level("bouts of nine minutes", "bouts.go", `end-i >= length {`, `end-i >= length-1 {`, "TestBouts"),
		level("a third minute below in a bout", "bouts.go", `below++; below > tolerance`, `below++; below > tolerance+1`, "TestBouts"),
		level("a bout over a missing minute", "bouts.go", `		case minutes[i] == Missing:`, `		case minutes[i] == Level(99):`, "TestBouts"),
		in("a bout in the day in which it ends", "intensity.go", `totals[graded.dayOf(b.From)]`, `totals[graded.dayOf(b.To)]`, "TestBoutOverMidnight"),
		in("time below the valid hours counts", "intensity.go", `have < g.valid {`, `have < 0*g.valid {`, "TestMinutesOfLevelsByHand"),
	}
}
