package ui

import (
	"slices"
	"strings"
	"testing"

	"circascope/models"
)

// explaining is the page with the first week of the first participant explained.
func explaining(t *testing.T, size models.Size) (*fixture, *explain) {
	t.Helper()
	f := withEmbeddings(t, size)
	f.goTo(explainPlace)
	f.settle()
	p := f.pages[explainPlace].(*explain)
	if p.explanation == nil {
		t.Fatalf("nothing was explained; the page says %q", textOf(f.body))
	}
	return f, p
}

func TestExplainShowsTheLayerAndHeadChosen(t *testing.T) {
	f, p := explaining(t, models.Medium)
	wants := func(words ...string) {
		t.Helper()
		text := textOf(f.body)
		for _, want := range words {
			if !strings.Contains(text, want) {
				t.Errorf("the page does not show %q: %q", want, text)
			}
		}
	}
	wants("PAT-M", "attention of layer 2 of 2, mean over heads", "demo weights", "Attention is not causation", "Measure by occlusion (about ")
	p.layer.SetSelectedIndex(0)
	p.head.SetSelectedIndex(5)
	wants("attention of layer 1 of 2, head 5")
	if a := p.explanation.Attention; a.Layer != 1 || a.Head != 5 {
		t.Errorf("got layer %d, head %d; want 1 and 5", a.Layer, a.Head)
	}
	p.method.Set(byRollout)
	p.method.OnChange(byRollout)
	wants("attention rolled out through 2 layers")
	if p.layer.Visible() || p.head.Visible() {
		t.Error("rollout goes through all layers and heads, and there is a choice of them")
	}
}

func TestExplainFollowsTheParticipant(t *testing.T) {
	f, p := explaining(t, models.Small)
	before := p.explanation.Result.Subject
	p.step(1)
	f.settle()
	if p.explanation == nil || p.explanation.Result.Subject == before || p.explanation.Result.Recording != f.study.chosen {
		t.Errorf("after a step the page explains the same participant")
	}
}

func TestExplainSaysWhatIsMissing(t *testing.T) {
	f, p := explaining(t, models.Small)
	p.size.Set("PAT-L")
	p.size.OnChange("PAT-L")
	f.settle()
	if text := textOf(f.body); !strings.Contains(text, "PAT-L was not run on") || p.exports() != nil {
		t.Errorf("without an embedding the page says %q and exports %d items", text, len(p.exports()))
	}
	p.size.Set("PAT-S")
	p.size.OnChange("PAT-S")
	f.settle()
	if p.explanation == nil {
		t.Error("back at the size that was run, nothing is explained")
	}
}

func TestOcclusionIsMeasuredOnThePage(t *testing.T) {
	f, p := explaining(t, models.Small)
	p.view.Set(occlusionView)
	p.view.OnChange(occlusionView)
	if text := textOf(f.body); !strings.Contains(text, "Not measured yet") {
		t.Errorf("before a measurement the page says %q", text)
	}
	before := len(p.exports())
	p.panel.button.OnTapped()
	f.settle()
	text := textOf(f.body)
	if !strings.Contains(text, "rank correlation of attention and occlusion over 168 hours") || !strings.Contains(text, "Measure again (took ") {
		t.Errorf("after a measurement the page says %q", text)
	}
	items := p.exports()
	if len(items) != before+2 || !strings.HasPrefix(items[0].name, "Occlusion") {
		t.Errorf("got %d exports, the first %q; want two more and the occlusion first", len(items), items[0].name)
	}
	for _, item := range items {
		var err error
		if item.chart != nil {
			_, _, err = item.chart(t.Context())
		} else {
			_, _, err = item.table(t.Context())
		}
		if err != nil {
			t.Errorf("%s: %v", item.name, err)
		}
	}
}

func TestOcclusionIsCancelledOnThePage(t *testing.T) {
	f, p := explaining(t, models.Small)
	back := f.inline.back
	f.inline.back = func(do func()) {
		do()
		if p.panel.stop != nil {
			p.panel.stop()
		}
	}
	p.panel.button.OnTapped()
	f.inline.back = back
	f.settle()
	if _, there := p.panel.of(p.explanation.Result); there || p.panel.content.Objects[0] != p.panel.button || f.dialogText() != "" {
		t.Errorf("a cancelled measurement is kept, or leaves no button, or says %q", f.dialogText())
	}
}

func TestExplainCopiesAsCommand(t *testing.T) {
	f, p := explaining(t, models.Small)
	p.head.SetSelectedIndex(2)
	form := newExportForm(f.Window, p.exports())
	form.item.SetSelectedIndex(slices.IndexFunc(form.items, func(i exportItem) bool { return i.chart != nil && strings.Contains(i.name, "map") }))
	command := form.command()
	for _, want := range []string{"pat explain --recording " + f.study.chosen, "--model S", `--week `, "--layer 1 --head 2 --demo", "--db ", "--format png", "--out " + quoted(f.exportFolder())} {
		if !strings.Contains(command, want) {
			t.Errorf("the command %q lacks %q", command, want)
		}
	}
}
