package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"circascope/actigraphy"
)

// AddRecording stores r whole under an open import. It returns false where a
// recording with this id is there already, whatever its participant is called.
func (db *DB) AddRecording(ctx context.Context, imp int64, r *actigraphy.Recording) (added bool, err error) {
	doing := fmt.Sprintf("store the recording of %s from %s", r.Subject, r.Source.Name)
	row, err := newRecordingRow(r)
	if err != nil {
		return false, explain(doing, err)
	}
	blocks := encodeRecording(r) // before the transaction: others may write meanwhile
	err = db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var key int64
		key, added, err = db.insertRecording(ctx, tx, imp, row)
		if err != nil || !added {
			return err
		}
		return insertBlocks(ctx, tx, key, blocks)
	})
	return added && err == nil, explain(doing, err)
}

// recordingRow is a recording as the table has it.
type recordingRow struct {
	actigraphy.Info
	start, zone string
	channels    string
	options     string
	notes       string
}

func newRecordingRow(r *actigraphy.Recording) (row recordingRow, err error) {
	if err = r.Validate(); err != nil {
		return row, err
	}
	row.Info = actigraphy.Describe(r)
	if row.start, row.zone, err = encodeStart(r.Start, r.End()); err != nil {
		return row, err
	}
	if row.channels, err = jsonList(row.Channels); err != nil {
		return row, err
	}
	if row.notes, err = jsonList(row.Source.Notes); err != nil {
		return row, err
	}
	row.options = "{}"
	if len(row.Source.Options) > 0 {
		b, err := json.Marshal(row.Source.Options)
		if err != nil {
			return row, err
		}
		row.options = string(b)
	}
	return row, nil
}

func (db *DB) insertRecording(ctx context.Context, tx *sql.Tx, imp int64, row recordingRow) (key int64, added bool, err error) {
	if err := mustBeOpen(ctx, tx, imp); err != nil {
		return 0, false, err
	}
	var there bool
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM recordings WHERE id = ?)`, row.ID).Scan(&there)
	if err != nil || there {
		return 0, false, err
	}
	participant, err := db.participantKey(ctx, tx, row.Subject)
	if err != nil {
		return 0, false, err
	}
	result, err := tx.ExecContext(ctx, `
		INSERT INTO recordings (id, participant, import, device, site, start, zone, epoch_ns, epochs, missing, days_complete,
			sum, zeros, unit_quantity, unit_device, unit_axis, channels,
			source_name, source_format, source_subject, source_sha256, source_channel, source_options, source_notes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		row.ID, participant, imp, row.Device, row.Site, row.start, row.zone, int64(row.Epoch), row.Epochs, row.Missing, row.Days,
		row.Sum, row.Zeros, row.Unit.Quantity, row.Unit.Device, row.Unit.Axis, row.channels,
		row.Source.Name, row.Source.Format, row.Source.Subject, row.Source.SHA256, row.Source.Channel, row.options, row.notes)
	if err != nil {
		return 0, false, err
	}
	key, err = result.LastInsertId()
	return key, err == nil, err
}

const selectInfo = `
	SELECT r.key, r.id, r.import, p.label, r.device, r.site, r.start, r.zone, r.epoch_ns, r.epochs, r.missing, r.days_complete,
		r.sum, r.zeros, r.unit_quantity, r.unit_device, r.unit_axis, r.channels,
		r.source_name, r.source_format, r.source_subject, r.source_sha256, r.source_channel, r.source_options, r.source_notes, r.mask, r.worn_days
	FROM recordings r JOIN participants p ON p.key = r.participant`

// Recordings lists what the library holds, by subject and start.
func (db *DB) Recordings(ctx context.Context) (infos []actigraphy.Info, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, selectInfo+` ORDER BY p.label, r.start, r.key`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			_, info, err := scanInfo(rows)
			if err != nil {
				return err
			}
			infos = append(infos, info)
		}
		return rows.Err()
	})
	return infos, explain("list the recordings", err)
}

// scanner is a row: *sql.Row or *sql.Rows.
type scanner interface{ Scan(...any) error }

func scanInfo(row scanner) (key int64, i actigraphy.Info, err error) {
	var start, zone string
	var epoch int64
	var channels, options, notes, worn []byte
	err = row.Scan(&key, &i.ID, &i.Import, &i.Subject, &i.Device, &i.Site, &start, &zone, &epoch, &i.Epochs, &i.Missing, &i.Days,
		&i.Sum, &i.Zeros, &i.Unit.Quantity, &i.Unit.Device, &i.Unit.Axis, &channels,
		&i.Source.Name, &i.Source.Format, &i.Source.Subject, &i.Source.SHA256, &i.Source.Channel, &options, &notes, &i.Mask, &worn)
	if err != nil {
		return 0, i, err
	}
	i.Epoch = time.Duration(epoch)
	if i.Start, err = decodeStart(start, zone); err != nil {
		return 0, i, fmt.Errorf("recording %s: %w", i.ID, err)
	}
	if i.Channels, err = parseList(channels); err != nil {
		return 0, i, fmt.Errorf("recording %s: its channels: %w", i.ID, err)
	}
	if i.Source.Notes, err = parseList(notes); err != nil {
		return 0, i, fmt.Errorf("recording %s: its notes: %w", i.ID, err)
	}
	if err = json.Unmarshal(options, &i.Source.Options); err != nil {
		return 0, i, fmt.Errorf("recording %s: its reader options: %w", i.ID, err)
	}
	if worn != nil {
		if err = json.Unmarshal(worn, &i.WornDays); err != nil {
			return 0, i, fmt.Errorf("recording %s: its worn days: %w", i.ID, err)
		}
	}
	if len(i.Source.Options) == 0 {
		i.Source.Options = nil
	}
	return key, i, nil
}

// Recording returns one recording with its samples.
func (db *DB) Recording(ctx context.Context, id string) (r *actigraphy.Recording, err error) {
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		r, err = readRecording(ctx, tx, id)
		return err
	})
	return r, explain("read recording "+id, err)
}
