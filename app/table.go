package app

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"circascope/actigraphy"
	"circascope/actigraphy/people"
	"circascope/inference"
	"circascope/models"
)

// Table is what is exported and copied to the clipboard: text cells, full
// precision, ISO times.
type Table struct {
	Name   string // base name for a file, for example "participants"
	Header []string
	Rows   [][]string

	types []ColumnType // of the columns; those beyond are texts
}

// WriteCSV writes the table as UTF-8 by RFC 4180, with CRLF line ends.
func (t Table) WriteCSV(w io.Writer) error {
	return SourceOf(t, Sources{}).write(context.Background(), w, beginCSV)
}

// TSV returns the table as tab-separated lines, which spreadsheets take from the
// clipboard. Tabs and line ends within cells become spaces.
func (t Table) TSV() string {
	clean := strings.NewReplacer("\t", " ", "\r", " ", "\n", " ")
	var b strings.Builder
	for _, row := range append([][]string{t.Header}, t.Rows...) {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(clean.Replace(cell))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// ParticipantsTable lists recordings, one a row, and behind the program's columns what
// tables tell of the participants.
func ParticipantsTable(rows []Row) Table {
	t := Table{Name: "participants", Header: []string{
		"subject", "recording", "device", "site", "unit", "start", "epoch_seconds", "epochs",
		"missing_epochs", "days_complete", "sum", "zeros", "channels", "embedded_with", "demo_weights",
		"source_name", "source_format", "source_sha256", "source_channel", "reader_options", "reader_notes",
		"worn_minutes", "valid_days", "valid_day_hours", "mask",
	}}
	t.as(Real, "epoch_seconds", "sum", "valid_day_hours")
	t.as(Integer, "epochs", "missing_epochs", "days_complete", "zeros", "worn_minutes", "valid_days")
	t.as(Truth, "demo_weights")
	if len(rows) > 0 {
		t.tell(rows[0].Values)
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, slices.Concat([]string{
			r.Subject, r.ID, r.Device, r.Site, r.Unit.String(), r.Start.String(), number(r.Epoch.Seconds()),
			strconv.Itoa(r.Epochs), strconv.Itoa(r.Missing), strconv.Itoa(r.Days), number(r.Sum), strconv.Itoa(r.Zeros),
			strings.Join(r.Channels, " | "), joinSizes(r.Embedded), strconv.FormatBool(r.Demo),
			r.Source.Name, r.Source.Format, r.Source.SHA256, r.Source.Channel, joinOptions(r.Source), strings.Join(r.Source.Notes, " | "),
		}, wearCells(r), texts(r.Values)))
	}
	return t
}

// texts are the values of a participant, empty where a table does not tell.
func texts(values []people.Value) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = v.Text
	}
	return list
}

// wearCells are the columns of wear, empty where no mask is on: nobody judged it.
func wearCells(r Row) []string {
	w := r.Wear()
	if w.Mask == "" {
		return []string{"", "", "", ""}
	}
	return []string{strconv.Itoa(w.Minutes()), strconv.Itoa(w.Valid(r.ValidDay)), number(r.ValidDay.Hours), w.Mask}
}

// EmbeddingsTable lists results, one a row: the provenance, then the 96 numbers
// as e0 to e95, and behind them what tables tell of the participants, by label. Times of computing are left out, so that the same inputs give the
// same bytes.
func EmbeddingsTable(sets []EmbeddingSet, of map[string][]people.Value) Table {
	t := Table{Name: "embeddings", Header: []string{
		"subject", "recording", "recording_sha256", "week_start", "minutes", "filled_share",
		"model", "weights_sha256", "weights_state", "scaler", "scaler_id", "preparation", "clock",
		"engine", "engine_version", "precision", "device_kind", "mask", "program_version", "result_id",
		"score_name", "score",
	}}
	for i := range models.Dim {
		t.Header = append(t.Header, "e"+strconv.Itoa(i))
	}
	t.as(Integer, "minutes")
	t.as(Real, append([]string{"filled_share", "score"}, t.Header[len(t.Header)-models.Dim:]...)...)
	for _, values := range of {
		t.tell(values) // everybody's have the same names
		break
	}
	for _, set := range sets {
		for _, r := range set.Results {
			row := append(embeddingRow(r), texts(of[r.Subject])...)
			t.Rows = append(t.Rows, append(row, make([]string, len(t.Header)-len(row))...)) // nobody's values are empty
		}
	}
	return t
}

func embeddingRow(r inference.Result) []string {
	row := []string{
		r.Subject, r.Recording, r.RecordingSHA, r.WeekStart, strconv.Itoa(r.Minutes), number(r.Filled),
		"PAT-" + string(r.Model), r.WeightsSHA, string(r.WeightsState), r.ScalerName, r.ScalerID, r.Preparation, r.Clock,
		r.Engine, r.EngineVersion, r.Precision, r.DeviceKind, r.Mask, r.ProgramVersion, r.ID,
	}
	if r.Score != nil {
		row = append(row, r.Score.Name, float32Text(r.Score.Value))
	} else {
		row = append(row, "", "")
	}
	for _, v := range r.Vector {
		row = append(row, float32Text(v))
	}
	return row
}

// float32Text writes the shortest decimal that reads back as v.
func float32Text(v float32) string { return strconv.FormatFloat(float64(v), 'g', -1, 32) }

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func joinSizes(sizes []models.Size) string {
	names := make([]string, len(sizes))
	for i, s := range sizes {
		names[i] = "PAT-" + string(s)
	}
	return strings.Join(names, " ")
}

func joinOptions(s actigraphy.Source) string {
	var list []string
	for _, k := range sortedKeys(s.Options) {
		list = append(list, k+"="+s.Options[k])
	}
	return strings.Join(list, " | ")
}
