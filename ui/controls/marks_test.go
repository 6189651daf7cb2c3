package controls

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

func TestMarks(t *testing.T) {
	const shift, control = fyne.KeyModifierShift, fyne.KeyModifierControl
	type click struct {
		row int
		mod fyne.KeyModifier
	}
	tests := []struct {
		name   string
		clicks []click
		want   []int
		lead   int
	}{
		{"one", []click{{3, 0}}, []int{3}, 3},
		{"another replaces it", []click{{3, 0}, {5, 0}}, []int{5}, 5},
		{"control adds", []click{{3, 0}, {5, control}}, []int{3, 5}, 5},
		{"control takes away", []click{{3, 0}, {5, control}, {3, control}}, []int{5}, 3},
		{"shift extends down", []click{{3, 0}, {6, shift}}, []int{3, 4, 5, 6}, 6},
		{"shift extends up", []click{{3, 0}, {1, shift}}, []int{1, 2, 3}, 1},
		{"shift again from the anchor", []click{{3, 0}, {6, shift}, {4, shift}}, []int{3, 4}, 4},
		{"shift with nothing before", []click{{4, shift}}, []int{4}, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := newMarks()
			for _, c := range tt.clicks {
				m.click(c.row, c.mod)
			}
			if got := m.list(); !slices.Equal(got, tt.want) || m.lead != tt.lead {
				t.Errorf("got %v with lead %d, want %v with lead %d", got, m.lead, tt.want, tt.lead)
			}
		})
	}
}

func TestMarksShrink(t *testing.T) {
	m := newMarks()
	m.set(4, []int{1, 4})
	m.shrink(3)
	if got := m.list(); !slices.Equal(got, []int{1}) || m.lead != -1 {
		t.Errorf("got %v with lead %d, want [1] with none", got, m.lead)
	}
}
