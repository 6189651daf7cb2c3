package ui

import (
	"context"
	"fmt"

	"circascope/models"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// askApprove asks for a weights file and shows what it is.
func (w *Window) askApprove() {
	w.askPath(pathQuestion{
		title: "Approve a weights file", text: "The .h5 file as its authors published it. Nothing is trusted yet: the next step shows what the file is.",
		yes: "Look at it", start: w.lastFolder(), endings: []string{".h5", ".hdf5"},
		then: func(path string) error {
			if !exists(path) {
				return fmt.Errorf("there is no file %s", path)
			}
			w.rememberFolder(path)
			w.checkWeights(path)
			return nil
		},
	})
}

// checkWeights reads a weights file in the background and shows what it is.
func (w *Window) checkWeights(path string) {
	background(w.tasks, func(ctx context.Context) (models.File, error) { return w.wb.CheckModel(ctx, path) },
		func(f models.File, err error) {
			if err != nil {
				w.fail("Reading the weights file", err)
				return
			}
			w.showWeights(f)
		})
}

// showWeights shows a weights file; a well-formed one can be approved.
func (w *Window) showWeights(f models.File) {
	facts := controls.NewFacts(
		controls.Fact{Name: "File", Value: f.Path},
		controls.Fact{Name: "Model", Value: modelName(f.Model)},
		controls.Fact{Name: "State", Value: string(f.State)},
		controls.Fact{Name: "SHA-256", Value: f.SHA256, Mono: true},
		controls.Fact{Name: "Size", Value: bytesOf(f.Bytes)},
		controls.Fact{Name: "Layout", Value: f.Layout},
		controls.Fact{Name: "Parameters", Value: thousands(f.Parameters)},
		controls.Fact{Name: "Of a head", Value: headParameters(f)},
		controls.Fact{Name: "Score", Value: f.Score},
		controls.Fact{Name: "Approved", Value: f.ApprovedAt},
	)
	column := look.Column(look.S, facts)
	if f.Warning != "" {
		column.Add(note(f.Warning))
	}
	if f.Error != "" {
		column.Add(note(f.Error))
	}
	options := controls.SheetOptions{Title: "Weights file", Width: 664}
	var sheet *controls.Sheet
	if f.State == models.New || f.State == models.Changed {
		column.Add(quiet("Compare the SHA-256 with the one its authors give. Approving trusts exactly this content."))
		options.Confirm = "Approve"
		options.OnYes = func() {
			sheet.Close()
			w.approve(f)
		}
	}
	sheet = controls.ShowSheet(w.win, column, options)
}

// approve trusts the file, provided that it is still the one that was shown.
func (w *Window) approve(f models.File) {
	background(w.tasks, func(ctx context.Context) (models.File, error) { return w.wb.ApproveModel(ctx, f.Path, f.SHA256) },
		func(_ models.File, err error) { w.fail("Approving the weights file", err) })
}

func modelName(s models.Size) string {
	if s == "" {
		return "not a PAT model"
	}
	return "PAT-" + string(s)
}

func headParameters(f models.File) string {
	if f.HeadParameters == 0 {
		return ""
	}
	return thousands(f.HeadParameters) + "; its score is a probability of its author's task, not a diagnosis"
}

// thousands writes a number with thin groups of three digits.
func thousands(n int) string {
	text := number(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + " " + text[i:]
	}
	return text
}
