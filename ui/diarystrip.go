package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"circascope/actigraphy/diary"
	"circascope/plots"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// diaryStrip is the part of the activity page that says what diaries tell of the
// person: a switch for their bars on the actogram, and what the bars mean.
type diaryStrip struct {
	w       *Window
	content fyne.CanvasObject
	on      *controls.Check
	legend  *fyne.Container
	loader  *loader
	entries []diary.Entry
	taken   int // how often entries were read
	redraw  func()
}

func newDiaryStrip(w *Window, redraw func()) *diaryStrip {
	s := &diaryStrip{w: w, legend: container.NewHBox(), loader: newLoader(w.tasks), redraw: redraw}
	s.on = controls.NewCheck("No diary tells of this person", func(on bool) {
		w.prefs.store.SetBool(prefDiary, on)
		redraw()
	})
	s.on.Checked = w.prefs.store.BoolWithFallback(prefDiary, true)
	s.on.Disable()
	head := container.NewBorder(nil, nil, look.NewText("Sleep diary", look.Strong), widget.NewButton("Diaries ...", w.showDiaries))
	s.content = look.AtLeast(wearPanelWidth, 0, look.InsetBy(0, look.M, look.Column(look.XS, head, s.on, s.legend, look.Gap(0, look.S))))
	return s
}

// load reads what is told of a person.
func (s *diaryStrip) load(subject string) {
	load(s.loader, func(ctx context.Context) ([]diary.Entry, error) { return s.w.wb.DiaryEntries(ctx, subject) },
		func(entries []diary.Entry, err error) {
			if err != nil {
				s.w.fail("Reading the diaries", err)
				return
			}
			s.take(entries)
		})
}

func (s *diaryStrip) take(entries []diary.Entry) {
	s.entries = entries
	s.taken++
	kinds := map[diary.Kind]int{}
	for _, e := range entries {
		kinds[e.Kind]++
	}
	s.legend.RemoveAll()
	words := "No diary tells of this person"
	if len(entries) == 0 {
		s.on.Disable()
	} else {
		s.on.Enable()
		words = dotted(countOf(kinds[diary.Night], "night"), countOf(kinds[diary.Nap], "nap"), countOf(kinds[diary.NotWorn], "time", "not worn"))
		for _, k := range []struct {
			kind    diary.Kind
			pattern int
			name    string
		}{{diary.Night, plots.DiaryNight, "in bed"}, {diary.Nap, plots.DiaryNap, "nap"}, {diary.NotWorn, plots.DiaryNotWorn, "not worn"}} {
			if kinds[k.kind] > 0 {
				s.legend.Add(swatch(controls.NewMaskSwatch(k.pattern), k.name))
			}
		}
		if words == "" {
			words = entriesWords(len(entries))
		}
	}
	s.on.SetText(words)
	s.legend.Refresh()
	s.redraw()
}

// countOf counts a noun, "" for none of it.
func countOf(n int, noun string, more ...string) string {
	if n == 0 {
		return ""
	}
	words := count(n, noun)
	for _, m := range more {
		words += " " + m
	}
	return words
}

// hasNights reports whether a diary tells of the person's nights.
func (s *diaryStrip) hasNights() bool {
	return slices.ContainsFunc(s.entries, func(e diary.Entry) bool { return e.Kind == diary.Night })
}

// shown returns what is drawn on the actogram.
func (s *diaryStrip) shown() []diary.Entry {
	if !s.on.Checked {
		return nil
	}
	return s.entries
}
