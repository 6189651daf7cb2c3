package store

import (
	"context"
	"io/fs"
)

// Migrations are the embedded steps of the schema.
var Migrations fs.FS = embedded

// OpenSchema opens a library as a program with other migrations would.
func OpenSchema(ctx context.Context, path string, o Options, migrations fs.FS) (*DB, error) {
	steps, err := loadMigrations(migrations)
	if err != nil {
		return nil, err
	}
	return open(ctx, path, o, steps)
}
