package tensorflow

import (
	"encoding/hex"
	"testing"
)

// The bytes are what TensorFlow's own ConfigProto serialises to.
func TestConfig(t *testing.T) {
	for _, tc := range []struct {
		name string
		gpu  bool
		want string
	}{
		{"CPU: intra_op 1, inter_op -1, device_count {GPU: 0}", false, "1001" + "28ffffffffffffffffff01" + "0a070a03475055" + "1000"},
		{"GPU: intra_op 1, inter_op -1, gpu_options {allow_growth}", true, "1001" + "28ffffffffffffffffff01" + "32022001"},
	} {
		if got := hex.EncodeToString(config(tc.gpu)); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
	}
}
