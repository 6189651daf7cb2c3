package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"github.com/mattn/go-sqlite3"
)

// minSQLite is the first release without the WAL-reset bug, which could
// corrupt a library (3.7.0 to 3.51.2, https://sqlite.org/wal.html).
const minSQLite = 3_051_003

// SQLite describes the library that is linked into this program.
type SQLite struct {
	Version string // "3.53.4"
	Cipher  string // name and version of the encrypting build; "" where it can't encrypt
}

// BuildInfo returns which SQLite is linked, and an ErrBuild where it is too old
// to be trusted with data.
func BuildInfo() (SQLite, error) {
	version, number, _ := sqlite3.Version()
	return SQLite{Version: version, Cipher: cipherVersion()}, checkVersion(version, number)
}

func checkVersion(version string, number int) error {
	if number >= minSQLite {
		return nil
	}
	return &Error{
		Kind:   ErrBuild,
		Detail: fmt.Sprintf("it is SQLite %s, and 3.51.3 is the first that can't corrupt a library in WAL mode", version),
		Advice: "build the program again with the SQLite that its set-up brings",
	}
}

// cipherVersion asks the linked SQLite to prove that it can encrypt: a stock
// build ignores a key in silence and would write plain text.
var cipherVersion = sync.OnceValue(func() string {
	db := sql.OpenDB(connector{dsn: "file::memory:"})
	defer db.Close()
	var v string
	if db.QueryRowContext(context.Background(), "SELECT sqlite3mc_version()").Scan(&v) != nil {
		return ""
	}
	return v
})

// checkBuild refuses what the linked SQLite can't do safely.
func checkBuild(key []byte) error {
	info, err := BuildInfo()
	if err != nil || key == nil {
		return err
	}
	if len(key) != keySize {
		return &Error{Kind: ErrKey, Detail: fmt.Sprintf("a key has %d bytes, this one %d", keySize, len(key))}
	}
	if info.Cipher == "" {
		return &Error{
			Kind: ErrBuild, Detail: "this program was built without encryption and would write plain text",
			Advice: "build it with the SQLite that its set-up brings",
		}
	}
	return nil
}
