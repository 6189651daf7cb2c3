package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// importer brings files into the library, as many at a time as there are cores.
// Every file is kept with what became of it, so that an import that is cut off
// goes on where it stopped when it is begun again.
type importer struct {
	lib     Library
	id      int64
	opts    format.Options
	options string // opts as JSON
	readers []format.Reader
	files   []importedFile // in the order in which they were found
	columns *mappings      // of generic CSVs, as remembered
	now     time.Time      // when the import began

	large    sync.Mutex // held by the one large file that is read: tables of millions of rows are kept whole in memory
	mu       sync.Mutex
	done     int
	progress Progress
}

// importedFile is what became of one file.
type importedFile struct {
	path     string
	outcomes []actigraphy.Outcome
	came     []arrival // what the library had not
	goesWith string    // the file whose recordings take up this one; "" where it is no companion
}

func (wb *Workbench) importAll(ctx context.Context, lib Library, paths []string, opts format.Options, progress Progress) (ImportReport, error) {
	files, missing := findFiles(paths)
	files = slices.DeleteFunc(files, func(file string) bool { return isPartOf(lib.Path(), file) })
	known, err := knownFiles(ctx, lib)
	if err != nil {
		return ImportReport{}, err
	}
	options, err := json.Marshal(opts)
	if err != nil {
		return ImportReport{}, fmt.Errorf("options of the import: %w", err)
	}
	columns, err := loadMappings(ctx, lib)
	if err != nil {
		return ImportReport{}, err
	}
	id, err := lib.BeginImport(ctx)
	if err != nil {
		return ImportReport{}, err
	}
	in := &importer{
		lib: lib, id: id, opts: opts, options: string(options), readers: wb.cfg.Readers,
		files: make([]importedFile, len(files)), columns: columns, now: wb.cfg.Now(), progress: progress,
	}
	err = in.all(ctx, files)
	if err == nil {
		var late []actigraphy.Outcome
		late, err = in.lateCompanions(ctx)
		missing = append(missing, late...)
	}
	// What came in stays with its report, also after a cancel.
	keep := lib.FinishImport(context.WithoutCancel(ctx), id, missing)
	report := ImportReport{Import: id, Outcomes: missing}
	for _, f := range in.files {
		report.Outcomes = append(report.Outcomes, f.outcomes...)
		report.Notes = append(report.Notes, known.copies(f.came)...)
	}
	if len(report.Outcomes) == 0 {
		report.Import = 0 // the library forgot it
	}
	return report, errors.Join(err, keep)
}

// all goes through the files. Its error is one of the library or of ctx.
func (in *importer) all(ctx context.Context, paths []string) error {
	group, together := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	in.report("")
	for i, path := range paths {
		if together.Err() != nil {
			break
		}
		group.Go(func() error {
			if err := in.file(together, path, &in.files[i]); err != nil {
				return err
			}
			in.mu.Lock()
			in.done++
			in.mu.Unlock()
			in.report(filepath.Base(path))
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// report tells how many files are through, and what is worked on.
func (in *importer) report(what string) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.progress(int64(in.done), int64(len(in.files)), what)
}

// file brings one file in and keeps what became of it. Its error is one of the
// library or of ctx.
func (in *importer) file(ctx context.Context, path string, out *importedFile) error {
	out.path = path
	f := &fileImport{importer: in, path: path, out: out, kept: actigraphy.ImportedFile{Name: filepath.Base(path), Options: in.options}}
	err := f.read(ctx)
	switch {
	case f.failed != nil:
		return f.failed
	case errors.Is(err, format.ErrCompanion): // another file's recordings take it up, and say so
		out.goesWith = companionOf(err)
		return nil
	case ctx.Err() != nil:
		f.kept.SHA256 = "" // it is not whole
	case err != nil:
		out.outcomes = append(out.outcomes, actigraphy.Outcome{
			Path: path, Status: actigraphy.Refused, Error: err.Error(), DateOrderOpen: errors.Is(err, actigraphy.ErrDateOrder),
		})
		f.kept.SHA256 = "" // it is read again the next time
	}
	if f.kept.Outcomes = out.outcomes; len(out.outcomes) == 0 {
		return ctx.Err()
	}
	// What is stored is also told, after a cancel too.
	return errors.Join(in.lib.KeepFile(context.WithoutCancel(ctx), in.id, f.kept), ctx.Err())
}

// fileImport is the import of one file.
type fileImport struct {
	*importer
	path   string
	kept   actigraphy.ImportedFile
	out    *importedFile
	failed error // of the library: it ends the whole import
	shown  int64 // percent, at last
}

// read brings in the recordings of the file, unless all of them are in the library:
// then it takes down that they are.
func (f *fileImport) read(ctx context.Context) (err error) {
	input, err := format.Open(f.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, input.Close()) }()
	if input.Size >= largeFile {
		f.large.Lock()
		defer f.large.Unlock()
		defer debug.FreeOSMemory()
		if err := ctx.Err(); err != nil { // cancelled while it waited
			return err
		}
	}
	reader, err := format.Detect(f.readers, input)
	if err != nil {
		return err // before its hash, which takes long where the file is huge
	}
	generic := isGeneric(reader)
	opts, remembered := f.opts, f.columns.forFile(input, reader, f.opts)
	if remembered != nil {
		opts.CSV = &remembered.Mapping
		text, err := json.Marshal(opts)
		if err != nil {
			return fmt.Errorf("options of the import: %w", err)
		}
		f.kept.Options = string(text)
	}
	if err := input.Hash(ctx); err != nil {
		return err
	}
	f.kept.SHA256 = input.SHA256
	held, err := f.lib.HeldFile(ctx, f.kept)
	if err != nil {
		f.failed = err
		return err
	}
	for _, o := range held {
		o.Path = f.path
		f.out.outcomes = append(f.out.outcomes, o)
	}
	if held == nil {
		err = format.ReadInput(ctx, f.readers, input, opts, f.percent, func(r *actigraphy.Recording) error {
			if remembered != nil {
				remembered.note(r)
			}
			warnOfFuture(r, f.now)
			f.failed = f.recording(ctx, r)
			return f.failed
		})
	}
	if err == nil && generic && f.opts.CSV != nil {
		f.failed = f.columns.keep(ctx, f.lib, input, *f.opts.CSV)
		return f.failed
	}
	return err
}

// largeFile is the size from which the progress within a file is shown, and from
// which files are read one at a time, bytes.
const largeFile = 32 << 20

// percent reports how far the reading of a large file has come.
func (f *fileImport) percent(done, total int64) {
	const steps = 100
	if total < largeFile || done*steps/total == f.shown {
		return
	}
	f.shown = done * steps / total
	f.report(fmt.Sprintf("%s (%d %%)", f.kept.Name, f.shown))
}

func (f *fileImport) recording(ctx context.Context, r *actigraphy.Recording) error {
	added, err := f.lib.AddRecording(ctx, f.id, r)
	if err != nil {
		return err
	}
	f.out.take(f.path, r, added)
	return nil
}

// take takes down a recording of the file at path.
func (f *importedFile) take(path string, r *actigraphy.Recording, added bool) {
	status := actigraphy.Duplicate
	if added {
		status = actigraphy.Imported
		f.came = append(f.came, arrival{knownFile{r.Source.Name, r.Subject}, path, r.Source.SHA256})
	}
	f.outcomes = append(f.outcomes, actigraphy.Outcome{
		Path: path, Status: status, Recording: r.ID(), Subject: r.Subject, Warnings: r.Source.Notes,
	})
}
