package main

// scoring is where the tests of sleep are.
const scoring = "actigraphy/sleep"

// inSleep returns faults in the scoring of epochs.
func inSleep() []mutant {
	const (
		otherStates = `want states`
		second      = "TestSecondImplementation"
		lags        = "TestColeKripkeLags"
	)
	const detection = "TestNightsThatDetectionCannotTell"
	return []mutant{
		{
			fault: "a night next to a gap has a known end", where: "sleep", file: scoring + "/detected.go", says: `got known`, caughtBy: []string{detection},
			old: `case s.States[beyond] == Unknown:`, new: `case s.States[beyond] == Asleep:`,
		},
		{
			fault: "Crespo is sure where all is zero", where: "sleep", file: scoring + "/crespo.go", says: `got known`, caughtBy: []string{detection},
			old: `< share*float64(to-from)`, new: `< 0*share*float64(to-from)`,
		},
		{
			fault: "Cole-Kripke one minute off", where: "sleep", file: scoring + "/colekripke.go", says: otherStates, caughtBy: []string{lags, second},
			old: `const coleKripkeBefore = 4`, new: `const coleKripkeBefore = 3`,
		},
		{
			fault: "lags in the other direction", where: "sleep", file: scoring + "/kernel.go", says: otherStates, caughtBy: []string{lags, "TestScrippsLags", second},
			old: `sum += k.weights[j] * v`, new: `sum += k.weights[len(k.weights)-1-j] * v`,
		},
		{
			fault: "D of 1 is sleep", where: "sleep", file: scoring + "/kernel.go", says: otherStates, caughtBy: []string{"TestColeKripkeThresholdIsWake"},
			old: `return v < threshold })`, new: `return v <= threshold })`,
		},
		{
			fault: "Oakley's threshold is wake", where: "sleep", file: scoring + "/oakley.go", says: otherStates, caughtBy: []string{"TestOakleyThresholdIsSleep"},
			old: `return v <= threshold })`, new: `return v < threshold })`,
		},
		{
			fault: "counts not capped at 300", where: "sleep", file: scoring + "/colekripke.go", says: otherStates, caughtBy: []string{"TestColeKripkeCap", "TestSadehCap", second},
			old: `if v > highest {`, new: `if v > 1e9*highest {`,
		},
		{
			fault: "NAT without 50", where: "sleep", file: scoring + "/sadeh.go", says: otherStates, caughtBy: []string{"TestSadehCountsFiftyNotHundred", second},
			old: `v == 50 && !rule.strict`, new: `v == 50 && rule.strict`,
		},
		{
			fault: "NAT with 100", where: "sleep", file: scoring + "/sadeh.go", says: otherStates, caughtBy: []string{"TestSadehCountsFiftyNotHundred", second},
			old: `if v < 100 &&`, new: `if v <= 100 &&`,
		},
		{
			fault: "Sadeh's deviation of a population", where: "sleep", file: scoring + "/sadeh.go", says: otherStates, caughtBy: []string{second},
			old: `float64(len(x)-1)`, new: `float64(len(x))`,
		},
		{
			fault: "what lies beyond a recording is no activity", where: "sleep", file: scoring + "/kernel.go", says: otherStates, caughtBy: []string{"TestScrippsLags", second},
			old: `if beyond == nothing {`, new: `if beyond == edge(99) {`,
		},
		{
			fault: "Webster's wake longer than its bound", where: "sleep", file: scoring + "/webster.go", says: otherStates, caughtBy: []string{"TestWebster"},
			old: `if before >= in(r.wake) {`, new: `if before > in(r.wake) {`,
		},
		{
			fault: "Webster's sleep shorter than its bound", where: "sleep", file: scoring + "/webster.go", says: otherStates, caughtBy: []string{"TestWebster"},
			old: `if run.length() <= in(r.sleep) &&`, new: `if run.length() < in(r.sleep) &&`,
		},
		{
			fault: "Roenneberg's mean four epochs late", where: "sleep", file: scoring + "/roenneberg.go", says: `epochs differ`, caughtBy: []string{"TestRoennebergSecond"},
			old: `before, after := size/2, (size-1)/2`, new: `before, after := size/2-4, (size-1)/2+4`,
		},
		{
			fault: "Crespo's zeros one fewer", where: "sleep", file: scoring + "/crespo.go", says: `epochs differ`, caughtBy: []string{"TestCrespoSecond"},
			old: `{true, c.active + 1}`, new: `{true, c.active}`,
		},
		{
			fault: "9 minutes of wake end a period", where: "sleep", file: scoring + "/tudorlocke.go", says: `got .*, want`, caughtBy: []string{"TestTudorLockeBounds"},
			old: `run.length() >= t.WakeMinutes`, new: `run.length() >= t.WakeMinutes-1`,
		},
		{
			fault: "regularity with unknown epochs", where: "sleep", file: scoring + "/regularity.go", says: `paper: got`, caughtBy: []string{"TestRegularityDropsMissing"},
			old: `if a == Unknown || b == Unknown {`, new: `if a == Unknown && b == Unknown {`,
		},
		{
			fault: "latency from bed, not from lights off", where: "sleep", file: scoring + "/summarise.go", says: `SOL: got`, caughtBy: []string{"TestNightByHand"},
			old: `if n.LightsOff.IsZero() {`, new: `if n.LightsOff.IsZero() || true {`,
		},
	}
}
