package store_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"circascope/actigraphy"
	"circascope/store"
)

func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "study")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	db, err := store.Create(ctx, filepath.Join(dir, "study.circa"), store.Options{ProgramVersion: "1.0.0"})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()

	recording := &actigraphy.Recording{
		Subject: "P01", Start: actigraphy.Undated(time.Saturday, 0), Epoch: time.Hour, Activity: make([]float64, 48),
		Unit: actigraphy.Unit{Quantity: "counts", Device: "ActiGraph"}, Source: actigraphy.Source{Name: "p01.csv", Subject: "P01"},
	}
	imp, err := db.BeginImport(ctx)
	if err != nil {
		log.Fatal(err)
	}
	for range 2 {
		added, err := db.AddRecording(ctx, imp, recording)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("added:", added)
	}
	infos, err := db.Recordings(ctx)
	if err != nil {
		log.Fatal(err)
	}
	for _, i := range infos {
		fmt.Println(i.Subject, i.Start, i.Epochs, "epochs,", i.Days, "whole days of", i.Unit)
	}
	// Output:
	// added: true
	// added: false
	// P01 Sat 00:00:00 48 epochs, 2 whole days of ActiGraph counts
}
