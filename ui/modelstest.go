package ui

import (
	"context"
	"fmt"

	"circascope/app"
	"circascope/models"
	"circascope/ui/controls"
)

// testModel runs the health check on the first model that may be used.
func (p *modelsPage) testModel() {
	p.w.ask(question{
		title: "Test a model", yes: "Test",
		text: "Loads the smallest model that may be used, embeds fixed inputs and compares the answers with the fingerprint kept for these weights. Where no size has approved weights, the demo weights are tested in the sample library; the result says which.",
		then: func() {
			p.runHealth("Testing a model", func(ctx context.Context) (app.HealthOptions, error) {
				files, err := p.w.wb.Models(ctx)
				return app.HealthOptions{Sizes: models.Sizes(), AllowDemo: p.w.demoByDefault(files)}, err
			})
		},
	})
}

// testSize checks the approved weights of one size.
func (p *modelsPage) testSize(size models.Size) {
	p.runHealth("Testing "+modelName(size), func(context.Context) (app.HealthOptions, error) {
		return app.HealthOptions{Sizes: []models.Size{size}}, nil
	})
}

func (p *modelsPage) runHealth(what string, options func(context.Context) (app.HealthOptions, error)) {
	background(p.w.tasks, func(ctx context.Context) (app.Health, error) {
		o, err := options(ctx)
		if err != nil {
			return app.Health{}, err
		}
		return p.w.wb.Health(ctx, o), nil
	}, func(h app.Health, err error) {
		if err != nil {
			p.w.fail(what, err)
			return
		}
		p.showHealth(h)
	})
}

// showHealth shows how a check went. Another answer that a change may explain can
// be accepted there.
func (p *modelsPage) showHealth(h app.Health) {
	facts := []controls.Fact{
		{Name: "Status", Value: h.Status},
		{Name: "Model", Value: sizeName(h.Model)},
		{Name: "Weights", Value: string(h.State)},
		{Name: "Features", Value: number(h.Features)},
		{Name: "Fingerprint", Value: h.Fingerprint},
		{Name: "Device", Value: h.DeviceName},
		{Name: "What is wrong", Value: h.Error},
	}
	if h.Check != nil {
		facts = append(facts, controls.Fact{Name: "Comparison", Value: checkText(*h.Check)})
	}
	options := controls.SheetOptions{Title: "Test of the model", Width: 560}
	var sheet *controls.Sheet
	if h.Explained {
		options.Confirm = "Accept ..."
		options.OnYes = func() {
			sheet.Close()
			p.askAccept(h)
		}
	}
	sheet = controls.ShowSheet(p.w.win, controls.NewFacts(facts...), options)
}

func (p *modelsPage) askAccept(h app.Health) {
	p.w.ask(question{
		title: "Accept the answers of " + modelName(h.Model), yes: "Accept", danger: true,
		text: "The answers of now become the fingerprint of these weights, and what they replace is noted. Do this only after a change that you made and trust, for example of TensorFlow's version: results made before and after it may differ by as much.",
		then: func() {
			p.runHealth("Accepting the answers of "+modelName(h.Model), func(context.Context) (app.HealthOptions, error) {
				return app.HealthOptions{Sizes: []models.Size{h.Model}, AllowDemo: h.State == models.Demo, Accept: true}, nil
			})
		},
	})
}

// askRemove asks before the approval of a size is forgotten.
func (p *modelsPage) askRemove(f models.File) {
	p.w.ask(question{
		title: "Remove the approval of " + modelName(f.Model), yes: "Remove", danger: true,
		text: fmt.Sprintf("The copy kept of %s and its fingerprints are deleted, and nothing is embedded with PAT-%s until a file is approved again. The file itself, and the results made with it, stay.", shortPath(f.Path), f.Model),
		then: func() {
			background(p.w.tasks, func(ctx context.Context) (models.File, error) { return p.w.wb.RemoveModel(ctx, f.Model) },
				func(_ models.File, err error) { p.w.fail("Removing the approval of "+modelName(f.Model), err) })
		},
	})
}

// checkText says in a line how a comparison with a fingerprint went.
func checkText(c models.Check) string {
	result := "same bits"
	switch {
	case c.Problem != "":
		result = "failed"
	case c.TakenAt == c.CheckedAt:
		return fmt.Sprintf("taken %s (%s), %s on the %s", moment(c.TakenAt), c.TakenFor, c.Precision, c.DeviceKind)
	case c.Difference > 0:
		result = fmt.Sprintf("at most %.1g apart, %.1g may be", c.Difference, c.Tolerance)
	}
	return fmt.Sprintf("%s, checked %s, %s on the %s", result, moment(c.CheckedAt), c.Precision, c.DeviceKind)
}

// sizeName writes a model's name, and nothing for none.
func sizeName(s models.Size) string {
	if s == "" {
		return ""
	}
	return "PAT-" + string(s)
}
