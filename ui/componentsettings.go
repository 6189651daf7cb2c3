package ui

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"circascope/app"
	"circascope/ui/controls"
	"circascope/ui/look"
)

// componentSettings are the choices of the components of average days.
type componentSettings struct {
	content fyne.CanvasObject
	days    *controls.Select
	scale   *controls.Select
	count   *controls.Select
	least   *controls.Select
}

// Choices of the settings.
const (
	plainScale = "as recorded"
	logScale   = "ln(1 + x)"
	usualLeast = "the usual"
	shareWords = " % of variance"
)

func newComponentSettings(store fyne.Preferences, changed func()) *componentSettings {
	pick := func(pref string, options ...string) *controls.Select {
		s := controls.NewSelect(options, nil)
		s.Selected = known(store.String(pref), options)
		s.OnChanged = func(c string) { store.SetString(pref, c); changed() }
		return s
	}
	days := make([]string, len(app.DayKinds()))
	for i, k := range app.DayKinds() {
		days[i] = string(k)
	}
	s := &componentSettings{
		days:  pick(prefComponentDays, days...),
		scale: pick(prefComponentScale, plainScale, logScale),
		count: pick(prefComponentCount, "90"+shareWords, "80"+shareWords, "95"+shareWords, "2", "3", "4", "5", "6"),
		least: pick(prefComponentLeast, usualLeast, "1", "2", "3", "4", "5", "6"),
	}
	line := func(name string, input fyne.CanvasObject) fyne.CanvasObject {
		return container.NewBorder(nil, nil, look.AtLeast(104, 0, container.NewVBox(look.InsetBy(7, 0, look.NewText(name, look.Muted)))), nil, input)
	}
	s.content = look.Column(look.XS, line("Days", s.days), line("Activity", s.scale), line("Components", s.count), line("Days a bin", s.least))
	return s
}

// profile says how average days are made.
func (s *componentSettings) profile() app.ProfileOptions {
	return app.ProfileOptions{Days: app.DayKind(s.days.Selected), Log: s.scale.Selected == logScale}
}

// options say which components are found.
func (s *componentSettings) options() (o app.ComponentOptions) {
	if percent, share := strings.CutSuffix(s.count.Selected, shareWords); share {
		n, _ := strconv.Atoi(percent)
		o.Share = float64(n) / 100
	} else {
		o.Components, _ = strconv.Atoi(s.count.Selected)
	}
	o.MinDays, _ = strconv.Atoi(s.least.Selected) // 0 for the usual
	return o
}

// flags are the arguments of pat for the same.
func (s *componentSettings) flags() []string {
	o, flags := s.options(), []string{"--days", s.days.Selected}
	if s.profile().Log {
		flags = append(flags, "--log")
	}
	if o.Components > 0 {
		flags = append(flags, "--components", strconv.Itoa(o.Components))
	} else {
		flags = append(flags, "--share", fmt.Sprint(o.Share))
	}
	if o.MinDays > 0 {
		flags = append(flags, "--min-days", strconv.Itoa(o.MinDays))
	}
	return flags
}
