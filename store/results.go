package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"

	"circascope/inference"
	"circascope/models"
)

// HasResults reports which of the result ids are stored, with a score where that
// is wanted; the others are not in the map.
func (db *DB) HasResults(ctx context.Context, ids []string, scored bool) (map[string]bool, error) {
	has := make(map[string]bool)
	list, err := jsonList(ids)
	if err != nil {
		return nil, explain("look for results", err)
	}
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT id FROM results WHERE id IN (SELECT value FROM json_each(?)) AND (score IS NOT NULL OR NOT ?)`, list, scored)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return err
			}
			has[id] = true
		}
		return rows.Err()
	})
	return has, explain("look for results", err)
}

// SaveResult stores one result; the same id twice is no error and changes
// nothing, except that a result without a score gets one. Its recording must be in the library, and its id must be that of its
// provenance.
func (db *DB) SaveResult(ctx context.Context, r inference.Result) error {
	err := checkResult(r)
	if err == nil {
		err = db.write(ctx, func(ctx context.Context, tx *sql.Tx) error { return insertResult(ctx, tx, r) })
	}
	return explain(fmt.Sprintf("store the %s result of %s, week of %s", r.Model, r.Subject, r.WeekStart), err)
}

// checkResult keeps out what no engine should have made.
func checkResult(r inference.Result) error {
	if want := r.Provenance.ID(); r.ID != want {
		return fmt.Errorf("its id is %q, its provenance gives %s", r.ID, want)
	}
	if len(r.Vector) != models.Dim {
		return fmt.Errorf("its vector has %d values, expected %d", len(r.Vector), models.Dim)
	}
	for _, values := range [][]float32{r.Vector, r.Profile} {
		for i, v := range values {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return fmt.Errorf("value %d is %v, expected a finite number", i, v)
			}
		}
	}
	if s := r.Score; s != nil && (s.Name == "" || !(s.Value >= 0 && s.Value <= 1)) {
		return fmt.Errorf("its score %q is %v, expected a name and a probability", s.Name, s.Value)
	}
	return nil
}

func insertResult(ctx context.Context, tx *sql.Tx, r inference.Result) error {
	recording, err := resultRecording(ctx, tx, r)
	if err != nil {
		return err
	}
	vector, vectorCRC := packFloat32s(r.Vector)
	var profile []byte
	var profileCRC *int64
	if r.Profile != nil {
		b, crc := packFloat32s(r.Profile)
		wide := int64(crc)
		profile, profileCRC = b, &wide
	}
	var score *float32
	name := ""
	if r.Score != nil {
		score, name = &r.Score.Value, r.Score.Name
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO results (id, recording, recording_sha256, week_start, minutes, preparation, scaler_id, scaler_name,
			model, weights_sha256, weights_state, engine, engine_version, precision, device_kind, mask, filled,
			vector, vector_crc32, profile, profile_crc32, seconds, program_version, device_name, computed_at, score, score_name, clock)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET score = excluded.score, score_name = excluded.score_name
			WHERE score IS NULL AND excluded.score IS NOT NULL`,
		r.ID, recording, r.RecordingSHA, r.WeekStart, r.Minutes, r.Preparation, r.ScalerID, r.ScalerName,
		r.Model, r.WeightsSHA, r.WeightsState, r.Engine, r.EngineVersion, r.Precision, r.DeviceKind, r.Mask, r.Filled,
		vector, int64(vectorCRC), profile, profileCRC, r.Seconds, r.ProgramVersion, r.DeviceName, r.ComputedAt, score, name, r.Clock)
	return err
}

// resultRecording returns the key of the recording a result belongs to, which
// must come from the file that the result names.
func resultRecording(ctx context.Context, tx *sql.Tx, r inference.Result) (key int64, err error) {
	var sha string
	err = tx.QueryRowContext(ctx, `SELECT key, source_sha256 FROM recordings WHERE id = ?`, r.Recording).Scan(&key, &sha)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, &Error{Kind: ErrNotFound, Detail: "its recording " + r.Recording + " is not in the library", Advice: "import the recording first"}
	}
	if err == nil && sha != r.RecordingSHA {
		err = fmt.Errorf("it was made from a file with SHA-256 %s, the recording came from %s", r.RecordingSHA, sha)
	}
	return key, err
}

// resultFilter returns the conditions of a query on results r and recordings c.
func resultFilter(q inference.Query) (where string, args []any) {
	where = "TRUE"
	for _, c := range []struct{ column, value string }{
		{"c.id", q.Recording}, {"r.model", string(q.Model)}, {"r.scaler_id", q.ScalerID}, {"r.weights_sha256", q.WeightsSHA},
	} {
		if c.value != "" {
			where += " AND " + c.column + " = ?"
			args = append(args, c.value)
		}
	}
	return where, args
}

// Results returns the results that match, by subject and week start, without
// attention profiles unless asked for. Those made under another mask than their
// recording has now are of other data and left out; they come back with the mask.
func (db *DB) Results(ctx context.Context, q inference.Query) (results []inference.Result, err error) {
	where, args := resultFilter(q)
	profile := "NULL"
	if q.Profiles {
		profile = "r.profile"
	}
	err = db.read(ctx, func(ctx context.Context, tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `
			SELECT r.id, c.id, r.recording_sha256, p.label, r.week_start, r.minutes, r.preparation, r.scaler_id, r.scaler_name,
				r.model, r.weights_sha256, r.weights_state, r.engine, r.engine_version, r.precision, r.device_kind, r.mask, r.filled,
				r.vector, r.vector_crc32, `+profile+`, coalesce(r.profile_crc32, 0),
				r.seconds, r.program_version, r.device_name, r.computed_at, r.score, r.score_name, r.clock
			FROM results r JOIN recordings c ON c.key = r.recording JOIN participants p ON p.key = c.participant
			WHERE r.mask = c.mask AND `+where+` ORDER BY p.label, r.week_start, r.key`, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			r, err := scanResult(rows)
			if err != nil {
				return err
			}
			results = append(results, r)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, explain("read the results", err)
	}
	return results, nil
}

func scanResult(row scanner) (r inference.Result, err error) {
	var vector, profile []byte
	var vectorCRC, profileCRC uint32
	var score *float32
	var scoreName string
	err = row.Scan(&r.ID, &r.Recording, &r.RecordingSHA, &r.Subject, &r.WeekStart, &r.Minutes, &r.Preparation, &r.ScalerID, &r.ScalerName,
		&r.Model, &r.WeightsSHA, &r.WeightsState, &r.Engine, &r.EngineVersion, &r.Precision, &r.DeviceKind, &r.Mask, &r.Filled,
		&vector, &vectorCRC, &profile, &profileCRC,
		&r.Seconds, &r.ProgramVersion, &r.DeviceName, &r.ComputedAt, &score, &scoreName, &r.Clock)
	if err != nil {
		return r, err
	}
	if score != nil {
		r.Score = &inference.Score{Name: scoreName, Value: *score}
	}
	if r.Vector, err = unpackFloat32s(vector, vectorCRC); err != nil {
		return r, damagedResult(r, "vector", err)
	}
	if profile != nil {
		if r.Profile, err = unpackFloat32s(profile, profileCRC); err != nil {
			return r, damagedResult(r, "attention profile", err)
		}
	}
	return r, nil
}

func damagedResult(r inference.Result, what string, err error) error {
	return &Error{
		Kind: ErrDamaged, Err: err, Advice: "delete this result and compute it again, or put back a backup",
		Detail: fmt.Sprintf("%s of the %s result %s of %s, week of %s", what, r.Model, r.ID, r.Subject, r.WeekStart),
	}
}

// DeleteResults deletes the results that match and returns how many.
func (db *DB) DeleteResults(ctx context.Context, q inference.Query) (removed int, err error) {
	where, args := resultFilter(q)
	err = db.erase(ctx, func(ctx context.Context, tx *sql.Tx) error {
		removed, err = affected(ctx, tx, `
			DELETE FROM results WHERE key IN (
				SELECT r.key FROM results r JOIN recordings c ON c.key = r.recording WHERE `+where+`)`, args...)
		return err
	})
	return removed, explain("delete results", err)
}
