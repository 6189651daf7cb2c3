package plots_test

import (
	"bytes"
	"fmt"
	"time"

	"circascope/actigraphy"
	"circascope/plots"
)

func ExampleEncode() {
	r := &actigraphy.Recording{
		Subject: "A1", Epoch: time.Minute, Unit: actigraphy.Unit{Quantity: "counts"},
		Start:    actigraphy.Undated(time.Saturday, 0),
		Activity: make([]float64, 2*24*60),
	}
	actogram, err := plots.NewActogram(r)
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer
	if err := plots.Encode(&file, "a1.svg", actogram, plots.PaperColumn()); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(actogram.Title(), actogram.Activity.Labels, file.Len() > 0)
	// Output: A1 [Sat Sun] true
}
