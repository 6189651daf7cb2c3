package app

import "circascope/models"

// Published is one task of the paper's results: the area under the ROC curve on
// the test set.
type Published struct {
	Task   string                  `json:"task"`
	People int                     `json:"n"`
	AUC    map[models.Size]AUCPair `json:"auc"`
}

// AUCPair is an AUC averaged over the sizes of the training set, and at the full
// one.
type AUCPair struct {
	Mean float64 `json:"mean"`
	Full float64 `json:"full"`
}

// PublishedSource is where the results of PublishedAUC stand, PublishedLimits what
// they are not.
const (
	PublishedSource = "Ruan et al. 2024, arXiv 2411.15240: AUC on the test set, mean over training set sizes / full training set."
	PublishedLimits = "Fine-tuned models that started from the 21k weights, on NHANES 2013-14. The 29k weights that the authors offer now were not evaluated there, and embeddings without fine-tuning were not what was scored."
)

// PublishedAUC returns the published results of PAT on its authors' tasks.
func PublishedAUC() []Published {
	row := func(task string, n int, s, m, l AUCPair) Published {
		return Published{task, n, map[models.Size]AUCPair{models.Small: s, models.Medium: m, models.Large: l}}
	}
	return []Published{
		row("benzodiazepine use", 5769, AUCPair{.701, .703}, AUCPair{.744, .745}, AUCPair{.767, .771}),
		row("SSRI use", 5769, AUCPair{.641, .679}, AUCPair{.690, .710}, AUCPair{.700, .721}),
		row("sleep disorder", 3429, AUCPair{.587, .612}, AUCPair{.641, .652}, AUCPair{.632, .638}),
		row("sleep abnormality", 3429, AUCPair{.555, .568}, AUCPair{.641, .666}, AUCPair{.665, .686}),
		row("depression", 2800, AUCPair{.560, .574}, AUCPair{.559, .589}, AUCPair{.589, .620}),
	}
}

// bestPublished returns in how many of the published tasks a size has the highest
// AUC at the full training set, and of how many.
func bestPublished(size models.Size) (best, of int) {
	list := PublishedAUC()
	for _, task := range list {
		top := true
		for _, other := range task.AUC {
			top = top && other.Full <= task.AUC[size].Full
		}
		if top {
			best++
		}
	}
	return best, len(list)
}
