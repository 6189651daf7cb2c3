package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func TestBothPalettesNameTheSameColors(t *testing.T) {
	for name := range light {
		if _, ok := dark[name]; !ok {
			t.Errorf("%s has a light colour and no dark one", name)
		}
	}
	if len(light) != len(dark) {
		t.Errorf("%d light colours and %d dark ones", len(light), len(dark))
	}
}

// contrast is that of WCAG 2: (L1 + 0.05) / (L2 + 0.05) of relative luminances.
func contrast(t *testing.T, p palette, text, ground fyne.ThemeColorName) float64 {
	t.Helper()
	a, b := luminance(p[text]), luminance(p[ground])
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

func TestTextIsReadable(t *testing.T) {
	pairs := []struct{ text, ground fyne.ThemeColorName }{
		{theme.ColorNameForeground, theme.ColorNameBackground},
		{theme.ColorNameForeground, ColorChosen},
		{theme.ColorNameForeground, ColorMarked},
		{ColorMuted, theme.ColorNameBackground},
		{ColorMuted, ColorChrome},
		{ColorMuted, ColorCard},
		{ColorMuted, theme.ColorNameOverlayBackground},
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
		{theme.ColorNamePrimary, ColorMarked},
		{ColorDemoText, ColorDemo},
		{theme.ColorNameError, theme.ColorNameBackground},
		{theme.ColorNameWarning, theme.ColorNameBackground},
		{theme.ColorNameSuccess, theme.ColorNameBackground},
	}
	for mode, p := range map[Mode]palette{Light: light, Dark: dark} {
		for _, pair := range pairs {
			if got := contrast(t, p, pair.text, pair.ground); got < 4.5 {
				t.Errorf("%s: %s on %s has contrast %.2f, want at least 4.5 (WCAG AA)", mode, pair.text, pair.ground, got)
			}
		}
	}
}

func TestEllipsis(t *testing.T) {
	test.NewTempApp(t)
	style := fyne.TextStyle{}
	full := "a rather long name"
	width := fyne.MeasureText(full, bodySize, style).Width
	if got := Ellipsis(full, width, bodySize, style); got != full {
		t.Errorf("with room enough it is %q, want it whole", got)
	}
	got := Ellipsis(full, width/2, bodySize, style)
	if fyne.MeasureText(got, bodySize, style).Width > width/2 || len(got) < 6 {
		t.Errorf("in half the room it is %q, want as much as fits", got)
	}
	if got := Ellipsis(full, 0, bodySize, style); got != "" {
		t.Errorf("without room it is %q, want nothing", got)
	}
}

func TestModeChoosesThePalette(t *testing.T) {
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		if got := (Theme{Light}).Color(theme.ColorNameBackground, variant); got != light[theme.ColorNameBackground] {
			t.Errorf("the light mode gives %v on a desktop of variant %d", got, variant)
		}
		if got := (Theme{Dark}).Color(theme.ColorNameBackground, variant); got != dark[theme.ColorNameBackground] {
			t.Errorf("the dark mode gives %v on a desktop of variant %d", got, variant)
		}
	}
}
