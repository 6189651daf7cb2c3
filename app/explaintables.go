package app

import (
	"fmt"
	"strconv"
	"time"

	"gonum.org/v1/gonum/stat"

	"circascope/inference"
)

// ProfileTable lists the tokens of an explanation, one a row: when it begins, its
// activity, the attention it receives, and that in every layer over all heads.
func (e Explanation) ProfileTable() (Table, Sources) {
	t := Table{Name: "attention-profile", Header: []string{"token", "first_minute", "start", "minutes", "mean_activity", "received", "over_even"}}
	for layer := range e.Attention.Profiles {
		t.Header = append(t.Header, fmt.Sprintf("layer_%d_mean_heads", layer+1))
	}
	t.as(Integer, "token", "first_minute", "minutes")
	t.as(Real, "mean_activity", "received", "over_even", "layer_*")
	n := len(e.Profile)
	patch := e.Result.Minutes / n
	for k, v := range e.Profile {
		row := []string{
			strconv.Itoa(k + 1), strconv.Itoa(k * patch), e.at(k * patch), strconv.Itoa(patch),
			e.meanActivity(k*patch, (k+1)*patch), single(v), single(v * float32(n)),
		}
		for _, profile := range e.Attention.Profiles {
			row = append(row, single(profile[k]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, e.Sources("attention profile")
}

// AverageDayTable lists the minutes of the average day from the first minute on:
// activity and profile, both averaged over the whole days. It has no rows where
// there is no whole day.
func (e Explanation) AverageDayTable() (Table, Sources) {
	t := Table{Name: "attention-average-day", Header: []string{"minute", "clock", "mean_activity", "received", "over_even"}}
	t.as(Integer, "minute")
	t.as(Real, "mean_activity", "received", "over_even")
	attention := inference.Daily(e.Profile, len(e.Week.Values))
	days := len(e.Week.Values) / (24 * 60)
	for m, v := range attention {
		sum := 0.0
		for d := range days {
			sum += e.Week.Values[d*len(attention)+m]
		}
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(m), e.Week.Start.Add(time.Duration(m) * time.Minute).Clock().Format("15:04"),
			number(sum / float64(days)), number(v), number(v * float64(len(e.Profile))),
		})
	}
	return t, e.Sources("attention on the average day")
}

// MapTable writes the map out whole: a query a row, a key a column.
func (e Explanation) MapTable() (Table, Sources) {
	n := e.Attention.Tokens
	t := Table{Name: "attention-map", Header: make([]string, 0, n+1), Rows: make([][]string, n)}
	t.Header = append(t.Header, "query")
	for k := range n {
		t.Header = append(t.Header, "key_"+strconv.Itoa(k+1))
	}
	t.as(Integer, "query")
	t.as(Real, "key_*")
	for q := range t.Rows {
		row := make([]string, 0, n+1)
		row = append(row, strconv.Itoa(q+1))
		for _, v := range e.Attention.Map[q*n : (q+1)*n] {
			row = append(row, single(v))
		}
		t.Rows[q] = row
	}
	return t, e.Sources("attention map")
}

// OcclusionTable lists the hours of an occlusion, one a row, with the attention
// each receives.
func OcclusionTable(o Occlusion, e Explanation) (Table, Sources, error) {
	agreement, err := Agree(e, o)
	if err != nil {
		return Table{}, Sources{}, err
	}
	t := Table{Name: "occlusion", Header: []string{"hour", "first_minute", "start", "minutes", "mean_activity", "cosine_distance", "euclidean_distance", "attention_share"}}
	t.as(Integer, "hour", "first_minute", "minutes")
	t.as(Real, "mean_activity", "cosine_distance", "euclidean_distance", "attention_share")
	shares := inference.Hourly(e.Profile, e.Result.Minutes)
	for i, h := range o.Hours {
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(i + 1), strconv.Itoa(h.From), o.at(h.From), strconv.Itoa(h.To - h.From),
			o.meanActivity(h.From, h.To), number(h.Cosine), number(h.Euclidean), number(shares[i]),
		})
	}
	src := e.Sources("occlusion")
	src.Details["occlusion"], src.Details["agreement"] = o.provenance(), agreement
	return t, src, nil
}

// at is the time of a minute of the week.
func (s stretch) at(minute int) string {
	return s.Week.Start.Add(time.Duration(minute) * time.Minute).String()
}

// meanActivity is that of some minutes of the week, which holds no gaps.
func (s stretch) meanActivity(from, to int) string {
	return number(stat.Mean(s.Week.Values[from:to], nil))
}

func single(v float32) string { return strconv.FormatFloat(float64(v), 'g', -1, 32) }
