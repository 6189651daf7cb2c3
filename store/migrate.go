package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"time"
)

// applicationID marks the file as a library of this program, for us and for
// file(1): "Circ" in ASCII, in the header's application_id.
const applicationID = 0x43697263

//go:embed migrations/*.sql
var embedded embed.FS

// migration is one step of the schema; its number is its place in the list.
type migration struct{ name, sql string }

// loadMigrations reads the steps in the order of their names, 0001 first.
func loadMigrations(fsys fs.FS) ([]migration, error) {
	names, err := fs.Glob(fsys, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	steps := make([]migration, len(names))
	for i, name := range names {
		if want := fmt.Sprintf("migrations/%04d_", i+1); len(name) < len(want) || name[:len(want)] != want {
			return nil, fmt.Errorf("migration %s stands where %s... belongs", name, want)
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		steps[i] = migration{name, string(text)}
	}
	return steps, nil
}

// migrate brings the schema from a version to the last step, each step in a
// transaction of its own: cut off between two, the file is a whole library of
// the version in between.
func migrate(ctx context.Context, w *sql.DB, from int, steps []migration, now time.Time, program string) error {
	for i := from; i < len(steps); i++ {
		if err := applyStep(ctx, w, i+1, steps[i], now, program); err != nil {
			return fmt.Errorf("%s: %w", steps[i].name, err)
		}
	}
	return nil
}

func applyStep(ctx context.Context, w *sql.DB, version int, step migration, now time.Time, program string) error {
	return inTx(ctx, w, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, step.sql); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO migrations (version, applied_at, program_version) VALUES (?, ?, ?)`,
			version, stamp(now), program)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version=%d; PRAGMA application_id=%d", version, applicationID))
		return err
	})
}

// stamp writes a time as every column of the library has it: RFC 3339, UTC.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
