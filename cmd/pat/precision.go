package main

import (
	"fmt"

	"github.com/spf13/pflag"

	"circascope/app"
)

// precisionFlag adds --precision. Whether the processor has bfloat16 the engine
// tells.
func precisionFlag(flags *pflag.FlagSet, to *string) {
	flags.StringVar(to, "precision", app.Float32, "float32, or bfloat16: "+app.Bfloat16Words)
}

func checkPrecision(precision string) error {
	if precision != app.Float32 && precision != app.Bfloat16 {
		return fmt.Errorf("--precision %s: want float32 or bfloat16", precision)
	}
	return nil
}
