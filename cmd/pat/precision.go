package main

import (
	"fmt"

	"github.com/spf13/pflag"
)

// precisionFlag adds --precision. Whether the processor has bfloat16 the engine
// tells.
func precisionFlag(flags *pflag.FlagSet, to *string) {
	flags.StringVar(to, "precision", "float32", "float32, or bfloat16: faster, and features move by up to 0.007 (S), 0.01 (M), 0.02 (L)")
}

func checkPrecision(precision string) error {
	if precision != "float32" && precision != "bfloat16" {
		return fmt.Errorf("--precision %s: want float32 or bfloat16", precision)
	}
	return nil
}
