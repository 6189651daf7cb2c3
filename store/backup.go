package store

import (
	"context"
	"fmt"
	"path/filepath"
)

// Backup writes a consistent copy of the library to a new file, encrypted with
// the same key where the library is; an existing file is ErrExists. The copy
// appears whole or not at all, and holds nothing that was deleted. Others may
// go on reading and writing meanwhile.
func (db *DB) Backup(ctx context.Context, path string) error {
	err := buildFile(path, func(temp string) error { return db.copyTo(ctx, temp) })
	return explain("back up the library to "+path, err)
}

// copyTo writes the library into an empty file. VACUUM INTO reads in one
// transaction, copies no free pages, and takes the key over.
func (db *DB) copyTo(ctx context.Context, temp string) error {
	db.gate.copies.RLock()
	defer db.gate.copies.RUnlock()
	source := pool(db.path, db.options.Key, toRead, 1)
	defer source.Close()
	if _, err := source.ExecContext(ctx, "VACUUM INTO ?", temp); err != nil {
		return err
	}
	if err := quickCheck(ctx, temp, db.options.Key); err != nil {
		return err
	}
	if db.options.Key != nil {
		return provedEncrypted(temp)
	}
	return nil
}

// quickCheck reads a finished copy back.
func quickCheck(ctx context.Context, path string, key []byte) error {
	copied := pool(path, key, toRead, 1)
	defer copied.Close()
	var verdict string
	if err := copied.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return &Error{Kind: ErrDamaged, Detail: "the copy reads back as: " + verdict, Advice: "check the library and the disk"}
	}
	return nil
}

// backupBefore copies the library beside itself before its schema changes.
func (db *DB) backupBefore(ctx context.Context, version int) (copied string, err error) {
	ext := filepath.Ext(db.path)
	stem := db.path[:len(db.path)-len(ext)]
	name := fmt.Sprintf("%s-schema%d-%s%s", stem, version, db.options.now().UTC().Format("20060102T150405Z"), ext)
	return name, db.Backup(ctx, name)
}
