package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/mattn/go-sqlite3"
)

const (
	keySize = 32 // bytes of a raw key
	readers = 8  // connections in the reader pool
)

// access is what a connection is for.
type access int

const (
	toWrite access = iota // the one writer
	toRead                // the pool
	toProbe               // looks at a file that may be anything, changing nothing
	toBuild               // makes a new library's file
)

// dsn returns the data source name of a connection to path. Every setting
// stands in it (or in the connector's hook), because a pragma sent once to a
// pool reaches one connection only.
func dsn(path string, key []byte, a access) string {
	q := []string{"_foreign_keys=1", "_synchronous=FULL", "_busy_timeout=5000"}
	switch a {
	case toWrite:
		q = append(q, "mode=rw", "_txlock=immediate", "_journal_mode=WAL", "_secure_delete=on")
	case toRead:
		q = append(q, "mode=ro", "_txlock=deferred")
	case toProbe:
		q = append(q, "mode=rw", "_txlock=deferred")
	case toBuild: // in WAL mode from the start: a library killed while it changes over would need a writer to be read
		q = append(q, "mode=rw", "_txlock=immediate", "_journal_mode=WAL", "_secure_delete=on")
	}
	if key != nil {
		// SQLCipher 4's page format, with the key as it is: no derivation.
		q = append(q, "cipher=sqlcipher", "legacy=4", "key=x%27"+hex.EncodeToString(key)+"%27")
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + strings.Join(q, "&")
}

// connector opens connections for a database/sql pool; it needs no driver
// registered under a global name.
type connector struct{ dsn string }

var sqliteDriver = &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
	// Temporary tables would be plain text on disk. A library may come from a
	// stranger: its schema must not call functions with side effects.
	_, err := c.Exec("PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON", nil)
	return err
}}

func (c connector) Connect(context.Context) (driver.Conn, error) { return sqliteDriver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return sqliteDriver }

// pool returns at most n connections of one kind; none is opened before it is
// needed, and those opened stay.
func pool(path string, key []byte, a access, n int) *sql.DB {
	db := sql.OpenDB(connector{dsn(path, key, a)})
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db
}
