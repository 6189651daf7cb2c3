package locale

import (
	"maps"
	"testing"
)

func TestSettle(t *testing.T) {
	tests := []struct {
		name      string
		env, want map[string]string
	}{
		{"nothing set", map[string]string{}, map[string]string{}},
		{"a language", map[string]string{"LANG": "de_DE.UTF-8"}, map[string]string{"LANG": "de_DE.UTF-8"}},
		{"C", map[string]string{"LANG": "C"}, map[string]string{"LANG": "C"}},
		{"C.UTF-8", map[string]string{"LANG": "C.UTF-8"}, map[string]string{"LANG": "C.UTF-8", "LC_MESSAGES": "C"}},
		{
			"C.UTF-8 for all",
			map[string]string{"LC_ALL": "C.UTF-8", "LANG": "fr_FR.UTF-8"},
			map[string]string{"LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LC_MESSAGES": "C", "LANG": "fr_FR.UTF-8"},
		},
		{
			"a language of messages goes before LANG",
			map[string]string{"LC_MESSAGES": "fr_FR", "LANG": "C.UTF-8"},
			map[string]string{"LC_MESSAGES": "fr_FR", "LANG": "C.UTF-8"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := maps.Clone(tt.env)
			err := settle(func(name string) string { return got[name] }, func(name, value string) error { got[name] = value; return nil })
			if err != nil || !maps.Equal(got, tt.want) {
				t.Errorf("got %v, %v; want %v", got, err, tt.want)
			}
		})
	}
}
