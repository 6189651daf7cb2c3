package format_test

import (
	"context"
	"fmt"
	"log"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

func ExampleReadInput() {
	text := "Zeit;Aktivität;Lux\n31.12.2019 23:59;12,5;3\n01.01.2020 00:00;8;0\n"
	in, err := format.NewInput("P07.csv", []byte(text))
	if err != nil {
		log.Fatal(err)
	}
	err = format.ReadInput(context.Background(), format.Readers(), in, format.Options{}, nil, func(r *actigraphy.Recording) error {
		fmt.Println(r.Subject, r.Start, r.Epoch, r.Activity, r.Channels)
		for _, note := range r.Source.Notes {
			fmt.Println("-", note)
		}
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// P07 2019-12-31T23:59:00 1m0s [12.5 8] map[light:[3 0]]
	// - Activity is column 2, "Aktivität"; times are column 1; columns are separated by ";".
	// - Numbers have decimal commas.
	// - Activity is taken from "Aktivität", the only column of numbers that it can be.
	// - Dates are in the order day, month, year: line 2 cannot be read otherwise.
	// - The participant's name is taken from the file's name.
}

// A date that can be read two ways is refused, with both readings.
func ExampleReadInput_refused() {
	text := "time,activity\n03/04/2020 00:00,1\n03/04/2020 00:01,2\n"
	in, err := format.NewInput("P07.csv", []byte(text))
	if err != nil {
		log.Fatal(err)
	}
	err = format.ReadInput(context.Background(), format.Readers(), in, format.Options{}, nil, func(*actigraphy.Recording) error { return nil })
	fmt.Println(err)
	// Output:
	// P07.csv, line 2: expected dates that can be read one way only, found a date that can be 2020-04-03 (day, month, year) or 2020-03-04 (month, day, year); choose the date order: dmy or mdy
}
