// Package store keeps a study in one SQLite file, the library: recordings in
// day blobs, participants, imports, scalers, results with their provenance, and
// settings. docs/store.md describes the file and gives the reasons.
//
// A library that nobody has open is one file. While it is open for writing,
// SQLite keeps NAME-wal and NAME-shm beside it, and NAME.lock says who has it.
// Nothing else in the process may open the library file itself, not even to
// read a byte: closing that second handle would drop SQLite's own file locks.
// Backup is the way to a copy.
package store
