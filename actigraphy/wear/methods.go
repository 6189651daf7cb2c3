package wear

import "circascope/actigraphy"

// Methods returns the ways to find non-wear with their default parameters, the
// one to try first on counts at the front.
func Methods() []Method {
	return []Method{choiMethod(), troianoMethod(), zeroRunMethod(), temperatureMethod(), flagsMethod()}
}

// The parameters that several methods have.
func periodOf(minutes float64) Parameter {
	return Parameter{ID: "period", Name: "Shortest non-wear", Unit: "min", Default: minutes, Min: 1, Max: 7 * 24 * 60, Whole: true}
}

func spikeOf(minutes float64, name string) Parameter {
	return Parameter{ID: "spike", Name: name, Unit: "min", Default: minutes, Max: 60, Whole: true}
}

func choiMethod() Method {
	return Method{
		ID: Choi, Name: "Choi 2011",
		Rule: "At least period minutes of zero counts. A movement of at most spike minutes does not end them where window minutes of zeros lie on both sides. " +
			"Epochs shorter than a minute are summed to minutes from the first epoch on.",
		Reference:  "Choi L, Liu Z, Matthews CE, Buchowski MS (2011). Validation of accelerometer wear and nonwear time classification algorithm. Med Sci Sports Exerc 43:357-364. doi:10.1249/MSS.0b013e3181ed61a3",
		Parameters: []Parameter{periodOf(90), spikeOf(2, "Longest movement allowed"), {ID: "window", Name: "Zeros before and after it", Unit: "min", Default: 30, Min: 1, Max: 24 * 60, Whole: true}},
		detect: func(r *actigraphy.Recording, v Values) ([]Interval, error) {
			m, err := countsByMinute(r)
			if err != nil {
				return nil, err
			}
			return m.toEpochs(choi(m.counts, int(v["period"]), int(v["spike"]), int(v["window"]))), nil
		},
	}
}

func troianoMethod() Method {
	return Method{
		ID: Troiano, Name: "Troiano 2008",
		Rule: "At least period minutes of zero counts, in which at most spike minutes on end may have counts of up to stop. " +
			"Epochs shorter than a minute are summed to minutes from the first epoch on.",
		Reference: "Troiano RP, Berrigan D, Dodd KW, Masse LC, Tilert T, McDowell M (2008). Physical activity in the United States measured by accelerometer. Med Sci Sports Exerc 40:181-188. doi:10.1249/mss.0b013e31815a51b3",
		Parameters: []Parameter{
			periodOf(60), spikeOf(2, "Longest movement allowed"),
			{ID: "stop", Name: "Counts that end it at once, above", Unit: "a minute", Default: 100, Max: 1e6},
			{ID: "total", Name: "Count movement on end (0) or in the whole period (1)", Default: 0, Max: 1, Whole: true},
		},
		detect: func(r *actigraphy.Recording, v Values) ([]Interval, error) {
			m, err := countsByMinute(r)
			if err != nil {
				return nil, err
			}
			find := troiano
			if v["total"] == 1 {
				find = troianoInAll
			}
			return m.toEpochs(find(m.counts, int(v["period"]), int(v["spike"]), v["stop"])), nil
		},
	}
}

func zeroRunMethod() Method {
	return Method{
		ID: ZeroRun, Name: "Zero run",
		Rule:       "A run of epochs with activity under below that lasts at least period minutes. Works in epochs of any length; missing epochs count as zeros.",
		Reference:  "As pyActigraphy's create_inactivity_mask: Hammad G et al. (2021). pyActigraphy: open-source python package for actigraphy data visualization and analysis. PLoS Comput Biol 17:e1009514. doi:10.1371/journal.pcbi.1009514",
		Parameters: []Parameter{periodOf(120), {ID: "below", Name: "Activity counts as none below", Default: 1, Max: 1e6}},
		detect: func(r *actigraphy.Recording, v Values) ([]Interval, error) {
			return zeroRun(r, v["period"], v["below"]), nil
		},
	}
}

func temperatureMethod() Method {
	return Method{
		ID: Temperature, Name: "Temperature and stillness",
		Rule: "Not worn where the temperature is under threshold and nothing moves; under it and moving, worn while it warms up and not while it cools. Of at least period minutes. " +
			"After Zhou 2015, with zero activity in place of the SD of raw acceleration: an adaptation, not the published algorithm.",
		Reference: "Zhou SM, Hill RA, Morgan K, Stratton G, Gravenor MB, Bijlsma G, Brophy S (2015). Classification of accelerometer wear and non-wear events in seconds for monitoring free-living physical activity. BMJ Open 5:e007447. doi:10.1136/bmjopen-2014-007447",
		Parameters: []Parameter{
			{ID: "threshold", Name: "Worn at or above", Unit: "°C", Default: 26, Min: 0, Max: 45}, periodOf(15),
		},
		detect: func(r *actigraphy.Recording, v Values) ([]Interval, error) {
			return byTemperature(r, v["threshold"], v["period"])
		},
	}
}

func flagsMethod() Method {
	return Method{
		ID: Flags, Name: "The recording's own wear flags",
		Rule:      "Not worn where the recording's wear channel is 0: flags that came with the file, or non-wear computed from its raw acceleration. What it does not say counts as worn.",
		Reference: "The source of the recording; its notes name it. From raw acceleration: van Hees VT et al. (2011). Estimation of daily energy expenditure in pregnant and non-pregnant women using a wrist-worn tri-axial accelerometer. PLoS ONE 6:e22922. doi:10.1371/journal.pone.0022922",
		detect:    func(r *actigraphy.Recording, _ Values) ([]Interval, error) { return byFlags(r) },
	}
}
