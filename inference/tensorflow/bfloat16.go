package tensorflow

import (
	"fmt"
	"math"

	"golang.org/x/sys/cpu"
)

// The precisions that an engine computes in.
const (
	float32Precision  = "float32"
	bfloat16Precision = "bfloat16"
)

// bfloat16 returns the upper half of a finite float32, rounded to the nearest,
// ties to even.
func bfloat16(v float32) uint16 {
	bits := math.Float32bits(v)
	return uint16((bits + 0x7fff + bits>>16&1) >> 16)
}

// hasBfloat16 tells whether the processor multiplies bfloat16 itself. Without, it
// would be emulated, slower than float32.
func hasBfloat16() bool { return cpu.X86.HasAVX512BF16 || cpu.X86.HasAMXBF16 }

// Precisions returns those that this machine's processor computes in, the default
// first. It does not load TensorFlow.
func Precisions() []string {
	if hasBfloat16() {
		return []string{float32Precision, bfloat16Precision}
	}
	return []string{float32Precision}
}

// choosePrecision returns the precision for what was asked for; "" is float32.
func choosePrecision(asked, deviceKind string, cpuHas bool) (string, error) {
	switch asked {
	case "", float32Precision:
		return float32Precision, nil
	case bfloat16Precision:
		switch {
		case deviceKind != "CPU":
			return "", fmt.Errorf("precision bfloat16 is for the CPU, and the device is a %s: choose the CPU or float32", deviceKind)
		case !cpuHas:
			return "", fmt.Errorf("precision bfloat16 needs a processor with AVX512_BF16 or AMX_BF16 (flags avx512_bf16, amx_bf16 in /proc/cpuinfo), and this one has neither: choose float32")
		}
		return bfloat16Precision, nil
	}
	return "", fmt.Errorf("precision %q is unknown: want float32 or bfloat16", asked)
}
