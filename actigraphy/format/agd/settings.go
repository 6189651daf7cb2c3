package agd

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"circascope/actigraphy"
	"circascope/actigraphy/format"
)

// maxSettings bounds the rows of the table settings.
const maxSettings = 10_000

// settings are the device's and ActiLife's settings, by lower-case name.
type settings struct {
	values map[string]string
	notes  []string
}

func readSettings(ctx context.Context, db *sql.DB, in *format.Input) (_ *settings, err error) {
	rows, err := db.QueryContext(ctx, `SELECT settingName, settingValue FROM settings LIMIT ?`, maxSettings)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	s := &settings{values: make(map[string]string)}
	for rows.Next() {
		var name, value sql.NullString
		if err := rows.Scan(&name, &value); err != nil {
			return nil, err
		}
		s.values[strings.ToLower(name.String)] = strings.TrimSpace(value.String)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	s.note()
	return s, nil
}

// note keeps what a reader of the results should know. Names, birth dates and
// other particulars of the participant are not carried over.
func (s *settings) note() {
	if filter := s.values["filter"]; filter != "" && filter != "Normal" {
		s.notes = append(s.notes, fmt.Sprintf("Counts were made with ActiLife's filter %s; they differ from the normal one's.", filter))
	}
	if limb := s.values["limb"]; limb != "" {
		worn := strings.Join(strings.Fields(strings.Join([]string{limb, s.values["side"], s.values["dominance"]}, " ")), ", ")
		s.notes = append(s.notes, "Worn at: "+worn+", by the file's settings.")
	}
	if s.values["finished"] == "false" {
		s.notes = append(s.notes, "ActiLife marks the file as unfinished.")
	}
}

func (s *settings) subject(file string) string {
	if name := s.values["subjectname"]; name != "" {
		return name
	}
	s.notes = append(s.notes, "The file names no participant; its file name was taken.")
	return strings.TrimSuffix(strings.TrimSuffix(file, ".gz"), filepath.Ext(strings.TrimSuffix(file, ".gz")))
}

func (s *settings) device() string {
	return strings.Join(strings.Fields("ActiGraph "+s.values["devicename"]+" "+s.values["deviceserial"]), " ")
}

// epoch returns the epoch length of the settings, 0 where they have none.
func (s *settings) epoch(in *format.Input) (time.Duration, error) {
	text, ok := s.values["epochlength"]
	if !ok {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 86400 {
		return 0, &actigraphy.FileError{
			File: in.Path, Expected: "an epoch length of 1 to 86400 seconds in the settings", Found: strconv.Quote(text),
			Advice: "export the file again in ActiLife",
		}
	}
	return time.Duration(n) * time.Second, nil
}
