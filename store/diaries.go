package store

import (
	"context"
	"database/sql"
	"fmt"

	"circascope/actigraphy"
	"circascope/actigraphy/diary"
)

// AddDiary keeps a diary. It returns false where one of the same content is there
// already.
func (db *DB) AddDiary(ctx context.Context, f diary.File, entries []diary.Entry) (added bool, err error) {
	err = db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var there bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM diaries WHERE sha256 = ?)`, f.SHA256).Scan(&there)
		if err != nil || there {
			return err
		}
		added = true
		return db.insertDiary(ctx, tx, f, entries)
	})
	return added && err == nil, explain("keep the diary "+f.Name, err)
}

func (db *DB) insertDiary(ctx context.Context, tx *sql.Tx, f diary.File, entries []diary.Entry) error {
	notes, err := jsonList(f.Notes)
	if err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO diaries (name, sha256, imported_at, program_version, notes) VALUES (?, ?, ?, ?, ?)`,
		f.Name, f.SHA256, stamp(db.options.now()), db.options.ProgramVersion, notes)
	if err != nil {
		return err
	}
	key, err := result.LastInsertId()
	if err != nil {
		return err
	}
	for i, e := range entries {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO diary_entries (diary, position, subject, kind, start, stop, asleep, awake, note, line)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			key, i, e.Subject, e.Kind, e.From.String(), e.To.String(), e.Asleep.String(), e.Awake.String(), e.Note, e.Line)
		if err != nil {
			return fmt.Errorf("entry on line %d: %w", e.Line, err)
		}
	}
	return nil
}

// Diaries lists the diaries, oldest first.
func (db *DB) Diaries(ctx context.Context) (files []diary.File, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT d.key, d.name, d.sha256, d.imported_at, d.notes, count(e.position), count(DISTINCT e.subject)
			FROM diaries d LEFT JOIN diary_entries e ON e.diary = d.key
			GROUP BY d.key ORDER BY d.key`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var f diary.File
			var notes []byte
			if err := rows.Scan(&f.ID, &f.Name, &f.SHA256, &f.ImportedAt, &notes, &f.Entries, &f.People); err != nil {
				return err
			}
			if f.Notes, err = parseList(notes); err != nil {
				return err
			}
			files = append(files, f)
		}
		return rows.Err()
	})
	return files, explain("list the diaries", err)
}

// subjectsOf are the names under which a participant may stand in a diary.
const subjectsOf = `
	SELECT label FROM participants WHERE label = ?1
	UNION SELECT r.source_subject FROM recordings r JOIN participants p ON p.key = r.participant WHERE p.label = ?1`

// subjectsOfOthers are the names of the other participants: several have the same name
// in their files where the visits of a person are kept apart.
const subjectsOfOthers = `
	SELECT label FROM participants WHERE label <> ?1
	UNION SELECT r.source_subject FROM recordings r JOIN participants p ON p.key = r.participant WHERE p.label <> ?1`

// DiaryEntries returns the entries of one participant, or all for "", by
// participant and start. Subject is the participant's name where there is one, else
// the diary's.
func (db *DB) DiaryEntries(ctx context.Context, subject string) (entries []diary.Entry, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		query, args := `SELECT subject, kind, start, stop, asleep, awake, note, line FROM diary_entries`, []any{}
		if subject != "" {
			query, args = query+` WHERE subject IN (`+subjectsOf+`)`, []any{subject}
		}
		rows, err := tx.QueryContext(ctx, query+` ORDER BY diary, position`, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			e, err := scanEntry(rows)
			if err != nil {
				return err
			}
			if subject != "" {
				e.Subject = subject
			}
			entries = append(entries, e)
		}
		return rows.Err()
	})
	diary.Sort(entries)
	return entries, explain("read the diaries", err)
}

func scanEntry(row scanner) (e diary.Entry, err error) {
	var times [4]string
	if err := row.Scan(&e.Subject, &e.Kind, &times[0], &times[1], &times[2], &times[3], &e.Note, &e.Line); err != nil {
		return e, err
	}
	for i, to := range []*actigraphy.LocalTime{&e.From, &e.To, &e.Asleep, &e.Awake} {
		if *to, err = actigraphy.ParseLocalTime(times[i]); err != nil {
			return e, err
		}
	}
	return e, nil
}

// DeleteDiary deletes a diary with its entries.
func (db *DB) DeleteDiary(ctx context.Context, id int64) error {
	err := db.erase(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n, err := affected(ctx, tx, `DELETE FROM diaries WHERE key = ?`, id)
		if err == nil && n == 0 {
			return &Error{Kind: ErrNotFound, Detail: fmt.Sprintf("there is no diary %d", id), Advice: "list the diaries"}
		}
		return err
	})
	return explain("delete a diary", err)
}

// renameInDiaries renames a participant in the diaries, where the name is not one of
// a file of recordings: that one finds the entries whatever the participant is called.
func renameInDiaries(ctx context.Context, tx *sql.Tx, from, to string) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE diary_entries SET subject = ?1 WHERE subject = ?2
			AND NOT EXISTS (SELECT 1 FROM recordings WHERE source_subject = ?2 COLLATE NOCASE)`, to, from)
	return err
}

// forgetDiariesOf deletes what diaries tell of a participant, and the diaries that
// have no entries left. It comes before the recordings go.
func forgetDiariesOf(ctx context.Context, tx *sql.Tx, label string) error {
	_, err := tx.ExecContext(ctx, `
		DELETE FROM diary_entries WHERE subject IN (`+subjectsOf+`) AND subject NOT IN (`+subjectsOfOthers+`)`, label)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM diaries WHERE NOT EXISTS (SELECT 1 FROM diary_entries WHERE diary = diaries.key)`)
	return err
}
