package metrics

// pageCohort describes what is computed of a cohort and is no value of a recording, so
// that the registry has no measure of it.
const pageCohort = `
## of a cohort

### functional principal components of the average day

In which ways the average days of a cohort differ, and how much of each way a recording has: later or earlier,
more or less active, one peak or two. It is no measure of a recording: the mean, the components and every score
change with each recording that is added or left out, so that nothing is stored and scores of two cohorts can't
be compared. ` + "`pat export components`" + ` and ` + "`pat export component-scores`" + `, in the window Components on the page Cohort.

- **Average day** of a recording: over its days, the mean of each bin's mean, by the wall clock. With
  ` + "`--log`" + ` each minute x is ln(1+x) first. What was not worn and days that are not valid are missing.
- **Smooth day**: least squares on the 2·H+1 functions 1, √2·cos(2πhs), √2·sin(2πhs), with s the share of
  the day at the middle of a bin and h = 1 to H. On this orthonormal basis the components of the curves are
  those of the coefficients.
- **Components**: eigenfunctions φ of the covariance of the smooth days (divisor n−1), each with a mean square
  of 1 over the day and its greatest absolute value positive; λ the eigenvalues, falling; the share of the
  variance that component k explains is λk/Σλ. Score of recording i: the mean over the day of
  (smooth day i − mean day)·φk, in the unit of the activity, with mean 0 and variance λk. Mean day and
  scores times components make the smooth days again. The smoothing itself leaves out a share of the variance
  between average days; charts and side files say how much it keeps.
- **Parameters**: bin = 10 min; H (harmonics) = 4; days = all, weekdays (Monday to Friday) or weekends; log =
  no; components, or as many as explain share = 0.9; min-days = 3 (1 of weekends).
- **Left out**, by name and with the reason: recordings with fewer valid days than the study's protocol
  wants; with a bin of the day in which fewer than min-days days have a value, which nothing fills in; of
  another unit or length of epoch than most have; without a time of day.
- Days are aligned by the clock: the time of day is part of what differs, and components of shifted days would
  depend on the scoring of sleep.
- [Ramsay and Silverman 2005](https://doi.org/10.1007/b98888); of actigraphy [Wang et al. 2011](https://doi.org/10.1186/1740-3391-9-11), nine Fourier functions;
  [Xu et al. 2019](https://doi.org/10.1007/s12561-019-09237-3).
`
