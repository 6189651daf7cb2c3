package xlsx

import (
	"github.com/xuri/excelize/v2"
	"github.com/xuri/nfp"
)

// shownDate is what cells show that hold a date or a time, behind markDates.
const shownDate = "date or time"

// markDates gives every style that shows a date or a time one number format, which
// shows that word. Cells are only asked whether they hold a date, and the library
// takes ten times as long to compose one as to read a cell.
func markDates(book *excelize.File) {
	_, _ = book.GetStyle(0) // reads the styles; damaged ones are as good as none
	styles := book.Styles
	if styles == nil || styles.CellXfs == nil {
		return
	}
	if styles.NumFmts == nil {
		styles.NumFmts = newLike(styles.NumFmts)
	}
	formats := styles.NumFmts
	dates, mark := make(map[int]bool), 1<<16
	for _, f := range formats.NumFmt {
		code := f.FormatCode16
		if code == "" {
			code = f.FormatCode
		}
		dates[f.NumFmtID], mark = isDateFormat(code), max(mark, f.NumFmtID+1)
	}
	for _, xf := range styles.CellXfs.Xf {
		if id := xf.NumFmtID; id != nil {
			if date, own := dates[*id]; date || !own && isBuiltInDate(*id) {
				*id = mark
			}
		}
	}
	shown := newLike(append(formats.NumFmt, nil)[0])
	shown.NumFmtID, shown.FormatCode = mark, `"`+shownDate+`"`
	formats.NumFmt = append(formats.NumFmt, shown)
}

// newLike returns another value of a type that the library has no name for.
func newLike[T any](*T) *T { return new(T) }

// isBuiltInDate knows the formats of dates and times that a workbook need not
// define, and those of East Asian Excel (ECMA-376, part 1, 18.8.30).
func isBuiltInDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// isDateFormat reports whether a number format has a part of a date, of a time or
// of a length of time.
func isDateFormat(code string) bool {
	parser := nfp.NumberFormatParser()
	for _, section := range parser.Parse(code) {
		for _, part := range section.Items {
			if part.TType == nfp.TokenTypeDateTimes || part.TType == nfp.TokenTypeElapsedDateTimes {
				return true
			}
		}
	}
	return false
}
