// Package wiring puts the workbench together from its parts, once for the window
// and once for the command line: it is the one place that knows the store, the
// engine and every reader.
package wiring

import (
	"context"
	"fmt"
	"os/user"

	"circascope/actigraphy/format"
	"circascope/actigraphy/format/accelerometer"
	"circascope/actigraphy/format/agd"
	"circascope/actigraphy/format/cwa"
	"circascope/actigraphy/format/genea"
	"circascope/actigraphy/format/geneactiv"
	"circascope/actigraphy/format/gt3x"
	"circascope/actigraphy/format/matrix"
	"circascope/actigraphy/format/omwav"
	"circascope/actigraphy/format/parquet"
	"circascope/actigraphy/format/rawcsv"
	"circascope/actigraphy/format/rdata"
	"circascope/actigraphy/format/xlsx"
	"circascope/actigraphy/format/xpt"
	"circascope/actigraphy/prepare"
	"circascope/actigraphy/sheet"
	"circascope/app"
	"circascope/assets"
	"circascope/inference/tensorflow"
	"circascope/internal/latencyfile"
	"circascope/internal/tablefile"
	"circascope/models"
	"circascope/store"
)

// Options differ between the ways to start the workbench.
type Options struct {
	ModelsDir string // folder of the weights files; "" is ModelsDir()
}

// New returns a workbench with no library open.
func New(o Options) (*app.Workbench, error) {
	if o.ModelsDir == "" {
		o.ModelsDir = ModelsDir()
	}
	demo, err := models.ReadDemoSet(assets.Demo())
	if err != nil {
		return nil, err
	}
	catalogue, err := models.OpenCatalogue(o.ModelsDir, models.CatalogueOptions{Demo: demo})
	if err != nil {
		return nil, fmt.Errorf("opening the folder of weights files: %w", err)
	}
	return app.New(app.Config{
		OpenLibrary:   openLibrary,
		CreateLibrary: createLibrary,
		OpenEngine:    tensorflow.Open,
		Precisions:    tensorflow.Precisions(),
		Catalogue:     catalogue,
		Readers:       Readers(),
		Tables:        map[app.TableFormat]app.TableWriter{app.ParquetTable: tablefile.Parquet, app.XLSXTable: tablefile.XLSX},
		Sheets:        Sheets(),
		Sample: app.Sample{
			Activity: assets.SampleActivity,
			Wear:     assets.SampleWear,
			Scaler:   func() (prepare.Scaler, error) { return prepare.ReadScaler(assets.SampleScaler()) },
		},
		Latency:  latencyfile.File{Path: LatencyFile()},
		StateDir: StateDir(),
		Version:  Version(),
		Author:   author(),
	}), nil
}

// author returns the name of whoever runs the program, by the system's account.
func author() string {
	u, err := user.Current()
	switch {
	case err != nil:
		return ""
	case u.Name != "":
		return u.Name
	default:
		return u.Username
	}
}

// Readers lists every reader: those in packages of their own first, since the
// generic CSV comes last.
func Readers() []format.Reader {
	return append([]format.Reader{
		agd.Reader{},
		xlsx.Reader{},
		xpt.Reader{},
		rdata.Reader{},
		parquet.Reader{},
		accelerometer.New(gt3x.Info(), gt3x.Sniff, gt3x.Open),
		accelerometer.NewWith(rawcsv.Info(), rawcsv.Sniff, rawcsv.Open),
		accelerometer.New(cwa.Info(), cwa.Sniff, cwa.Open),
		accelerometer.New(geneactiv.Info(), geneactiv.Sniff, geneactiv.Open),
		accelerometer.New(matrix.Info(), matrix.Sniff, matrix.Open),
		accelerometer.New(genea.Info(), genea.Sniff, genea.Open),
		accelerometer.New(omwav.Info(), omwav.Sniff, omwav.Open),
	}, format.Readers()...)
}

// Sheets reads tables that stand beside recordings: CSV, ODS, XLSX and the tables of
// SAS transport files.
func Sheets() sheet.Reader {
	return sheet.Reader{Kinds: []sheet.Kind{{Sniff: xlsx.Sniff, Open: xlsx.Sheet}, {Sniff: xpt.Sniff, Open: xpt.Sheet}}}
}

func openLibrary(ctx context.Context, path string, readOnly bool) (app.Library, error) {
	db, err := store.Open(ctx, path, store.Options{ReadOnly: readOnly, ProgramVersion: Version()})
	if err != nil {
		return nil, err // not a nil *store.DB inside an interface
	}
	return db, nil
}

func createLibrary(ctx context.Context, path string) (app.Library, error) {
	db, err := store.Create(ctx, path, store.Options{ProgramVersion: Version()})
	if err != nil {
		return nil, err
	}
	return db, nil
}
