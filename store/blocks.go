package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"circascope/actigraphy"
)

// activity is the channel name of the activity itself; a file may call one of
// its own channels anything else.
const activity = ""

// blockRow is one row of samples.
type blockRow struct {
	channel string
	span
	block
}

// encodeRecording cuts and packs all channels of a recording.
func encodeRecording(r *actigraphy.Recording) []blockRow {
	spans := days(r.Start, r.Epoch, len(r.Activity))
	rows := encodeChannel(nil, activity, r.Activity, spans)
	for _, name := range slices.Sorted(maps.Keys(r.Channels)) {
		rows = encodeChannel(rows, name, r.Channels[name], spans)
	}
	return rows
}

func encodeChannel(rows []blockRow, channel string, values []float64, spans []span) []blockRow {
	for _, s := range spans {
		rows = append(rows, blockRow{channel, s, encodeBlock(values[s.first : s.first+s.epochs])})
	}
	return rows
}

func insertBlocks(ctx context.Context, tx *sql.Tx, key int64, rows []blockRow) error {
	insert, err := tx.PrepareContext(ctx, `
		INSERT INTO samples (recording, channel, day, first, epochs, encoding, decimals, crc32, data)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, b := range rows {
		_, err := insert.ExecContext(ctx, key, b.channel, b.day, b.first, b.epochs, b.encoding, b.decimals, int64(b.crc), b.data)
		if err != nil {
			return err
		}
	}
	return nil
}

// readRecording reads one recording and checks that all of it is there.
func readRecording(ctx context.Context, tx *sql.Tx, id string) (*actigraphy.Recording, error) {
	key, info, err := scanInfo(tx.QueryRowContext(ctx, selectInfo+` WHERE r.id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &Error{Kind: ErrNotFound, Detail: "no recording has this id", Advice: "list the recordings"}
	}
	if err != nil {
		return nil, err
	}
	channels, err := readChannels(ctx, tx, key, info)
	if err != nil {
		return nil, err
	}
	r := &actigraphy.Recording{
		Subject: info.Subject, Device: info.Device, Site: info.Site, Start: info.Start, Epoch: info.Epoch,
		Activity: channels[activity], Unit: info.Unit, Source: info.Source,
	}
	delete(channels, activity)
	if len(channels) > 0 {
		r.Channels = channels
	}
	return r, nil
}

// readChannels returns the samples of every channel, the activity among them.
func readChannels(ctx context.Context, tx *sql.Tx, key int64, info actigraphy.Info) (map[string][]float64, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT channel, day, first, epochs, encoding, decimals, crc32, data
		FROM samples WHERE recording = ? ORDER BY channel, day`, key)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	channels := make(map[string][]float64, 1+len(info.Channels))
	for rows.Next() {
		var b blockRow
		if err := rows.Scan(&b.channel, &b.day, &b.first, &b.epochs, &b.encoding, &b.decimals, &b.crc, &b.data); err != nil {
			return nil, err
		}
		before := channels[b.channel]
		if b.first != len(before) {
			return nil, damagedDay(info, b, fmt.Errorf("it starts at epoch %d, the days before it end at %d", b.first, len(before)))
		}
		if channels[b.channel], err = decodeBlock(before, b.block, b.epochs); err != nil {
			return nil, damagedDay(info, b, err)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return channels, complete(channels, info)
}

// complete reports a channel that is missing or too short.
func complete(channels map[string][]float64, info actigraphy.Info) error {
	for _, name := range append([]string{activity}, info.Channels...) {
		if got := len(channels[name]); got != info.Epochs {
			return &Error{
				Kind: ErrDamaged, Advice: adviceDamaged,
				Detail: fmt.Sprintf("recording %s of %s: %s has %d epochs, expected %d", info.ID, info.Subject, describeChannel(name), got, info.Epochs),
			}
		}
	}
	if len(channels) != 1+len(info.Channels) {
		return &Error{
			Kind: ErrDamaged, Advice: adviceDamaged,
			Detail: fmt.Sprintf("recording %s of %s has channels that it does not list", info.ID, info.Subject),
		}
	}
	return nil
}

// damagedDay names the recording, the participant and the day of a bad block.
func damagedDay(info actigraphy.Info, b blockRow, err error) error {
	date := info.Start.Add(time.Duration(b.first) * info.Epoch).Date()
	return &Error{
		Kind: ErrDamaged, Advice: adviceDamaged, Err: err,
		Detail: fmt.Sprintf("recording %s of %s, %s, day %d (%s)", info.ID, info.Subject, describeChannel(b.channel), b.day+1, date),
	}
}

func describeChannel(name string) string {
	if name == activity {
		return "activity"
	}
	return "channel " + name
}
