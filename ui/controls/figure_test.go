package controls

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestFigureAsksOncePerSizeAndShowsWhatComes(t *testing.T) {
	test.NewTempApp(t)
	f := NewFigure()
	var asked []FigureSize
	f.OnDraw = func(s FigureSize) { asked = append(asked, s) }
	w := test.NewTempWindow(t, f)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(300, 200))
	f.generate(300, 200)
	f.generate(300, 200)
	if len(asked) != 1 || asked[0].Width != 300 || asked[0].Height != 200 || asked[0].Scale != 1 {
		t.Fatalf("got %+v, want one question for 300 by 200", asked)
	}
	picture := image.NewRGBA(image.Rect(0, 0, 300, 200))
	f.ShowPicture(picture)
	if got := f.generate(300, 200); got != picture {
		t.Error("the picture that came is not shown")
	}
	f.generate(600, 400)
	if len(asked) != 2 || asked[1].Scale != 2 {
		t.Errorf("got %+v, want a second question at twice the scale", asked)
	}
	f.Renew()
	if got := f.generate(600, 400); got == picture || len(asked) != 3 {
		t.Errorf("after Renew: %d questions, want a third and no old picture", len(asked))
	}
}
