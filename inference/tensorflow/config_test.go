package tensorflow

import (
	"encoding/hex"
	"testing"
)

// The fields are what TensorFlow's own ConfigProto serialises to.
func TestConfig(t *testing.T) {
	const (
		intraOp1    = "1001"
		interOpNone = "28ffffffffffffffffff01" // -1
		noGPU       = "0a070a034750551000"
		noOptimiser = "52121a0b18ffffffffffffffffff015203980101" // opt_level L0, disable_meta_optimizer
		pool        = "62100802120c636972636173636f70652032"     // num_threads 2, global_name "circascope 2"
		growth      = "32022001"
	)
	for _, tc := range []struct {
		name string
		got  []byte
		want string
	}{
		{"on the CPU", config(false), intraOp1 + interOpNone + noGPU + noOptimiser},
		{"on the GPU", config(true), intraOp1 + interOpNone + growth},
		{"on the CPU with two threads", poolConfig(2), intraOp1 + pool + noGPU + noOptimiser},
	} {
		if got := hex.EncodeToString(tc.got); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
	}
}
