package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"circascope/app"
	"circascope/models"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// overview says which size suits, how far the sizes agree, and how fast they are.
func (p *compare) overview() fyne.CanvasObject {
	column := look.Column(look.S,
		controls.NewCard(p.adviceBox()), controls.NewCard(p.agreement()), controls.NewCard(p.speedTable()))
	if len(p.result.Notes) > 0 {
		column.Add(quiet(joined(p.result.Notes)))
	}
	return container.NewVScroll(column)
}

func (p *compare) adviceBox() fyne.CanvasObject {
	words := p.result.Advice.Text
	if len(p.result.Advice.Unmeasured) > 0 {
		words += " Measure now times each size for a few seconds."
	}
	text := widget.NewLabel(words)
	text.Wrapping = fyne.TextWrapWord
	text.Selectable = true
	copyCommand := widget.NewButton("Copy as command", func() { p.w.copy(p.command()) })
	if p.of != nil { // pat chooses the condition by itself
		copyCommand.Disable()
	}
	actions := look.Row(look.S, copyCommand, widget.NewButton("Measure now", p.measure))
	head := container.NewBorder(nil, nil, nil, actions, look.NewText("Which size?", look.Subheading))
	return look.Column(0, head, look.InsetBy(-4, -6, text))
}

// command returns the line of pat that writes this comparison.
func (p *compare) command() string {
	words := []string{"pat", "compare", "--scaler", p.result.ScalerID}
	if p.result.Demo() {
		words = append(words, "--demo")
	}
	if lib, err := p.w.wb.Library(); err == nil {
		words = append(words, "--db", quoted(lib.Path()))
	}
	return strings.Join(append(words, "--color", quoted(p.maps.column()), "--out", "comparison"), " ")
}

// agreement is the matrix of pairs with what each number means.
func (p *compare) agreement() fyne.CanvasObject {
	a := p.result.Agreed
	head := look.NewText("How far the sizes agree", look.Subheading)
	if len(a.Pairs) == 0 {
		return look.Column(look.XS, head, quiet("Only one size was run on these recordings. Run another to see how far they agree."))
	}
	var rows [][]string
	for _, pair := range a.Pairs {
		row := []string{pair.Name(), pair.CKA.Decimals(), "-", "-", pair.Plain.Decimals(), "-", pair.Overlap.Percent(), pair.Distances.Decimals(), pair.Disparity.Decimals()}
		if pair.Null != nil {
			row[2] = fmt.Sprintf("%.3f (95 %%: %.3f)", pair.Null.Mean, pair.Null.P95)
			row[3] = fmt.Sprintf("%.3f", pair.Null.P)
			row[5] = fmt.Sprintf("%.3f", pair.PlainNull.Mean)
		}
		rows = append(rows, row)
	}
	column := look.Column(look.S, head,
		figuresTable([]string{"", "CKA", "shuffled", "p", "plain CKA", "shuffled", "neighbours", "distances", "shape"}, rows))
	if reasons := a.Reasons(); len(reasons) > 0 {
		column.Add(quiet(joined(reasons)))
	}
	column.Add(p.terms(a))
	return column
}

// terms explains the numbers in two columns.
func (p *compare) terms(a app.Agreed) fyne.CanvasObject {
	grid := look.Grid(2)
	for _, t := range a.Terms() {
		text := widget.NewRichText(
			&widget.TextSegment{Text: t.Name + "  ", Style: widget.RichTextStyle{Inline: true, SizeName: theme.SizeNameCaptionText, TextStyle: fyne.TextStyle{Bold: true}}},
			&widget.TextSegment{Text: t.Meaning, Style: widget.RichTextStyle{Inline: true, SizeName: theme.SizeNameCaptionText, ColorName: look.ColorMuted}},
		)
		text.Wrapping = fyne.TextWrapWord
		grid.Add(look.InsetBy(-8, -6, text))
	}
	if a.Among < p.result.Weeks {
		grid.Add(quiet(fmt.Sprintf("Neighbours and distances: among %s of people drawn at random.", count(a.Among, "week"))))
	}
	return grid
}

// published is the paper's results, which are not of this library.
func published() fyne.CanvasObject {
	var rows [][]string
	for _, task := range app.PublishedAUC() {
		row := []string{sentence(task.Task), number(task.People)}
		for _, size := range models.Sizes() {
			row = append(row, fmt.Sprintf("%.3f / %.3f", task.AUC[size].Mean, task.AUC[size].Full))
		}
		rows = append(rows, row)
	}
	card := look.Column(look.S,
		look.NewText("Published results, not of this library", look.Subheading),
		figuresTable([]string{"Task", "people", "PAT-S", "PAT-M", "PAT-L"}, rows),
		quiet(app.PublishedSource+" "+app.PublishedLimits))
	return container.NewVScroll(look.Column(0, controls.NewCard(card)))
}
