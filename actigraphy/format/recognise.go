package format

import (
	"bytes"

	"circascope/actigraphy"
)

// kind is something that a file can be seen to be.
type kind struct {
	found  string // "a PNG picture"
	advice string
	reader string // the id of a reader that is handed over by the program and takes it
	match  func(head []byte) bool
}

// recognise returns what the file is seen to be where no text reader must look
// at it: a file of another program, or of a device that is not read yet. It
// returns nil for a text that may be a recording.
func recognise(in *Input) *kind {
	for i := range kinds {
		if kinds[i].match(in.Head) {
			return &kinds[i]
		}
	}
	return nil
}

func (k *kind) refusal(in *Input) error {
	return &actigraphy.FileError{
		File: in.Path, Expected: "an activity recording", Found: k.found, Advice: k.advice, Err: actigraphy.ErrFormat,
	}
}

// without is a file whose reader is handed over by the program, for readers that
// were put together without it.
func without(name, reader string, match func([]byte) bool) kind {
	return kind{found: name, advice: "this program was built without its reader; write the data as CSV", reader: reader, match: match}
}

// The order matters: signatures of single bytes come after longer ones.
var kinds = []kind{
	{found: "an SQLite database", advice: "ActiGraph .agd files are SQLite; this program was built without their reader", reader: "agd", match: magic("SQLite format 3\x00")},
	{found: "an HDF5 file, as model weights and results of other programs are kept in", advice: "add weights on the models page; import the recording itself, not what was computed of it", match: magic("\x89HDF\r\n\x1a\n")},

	without("an ActiGraph GT3X file", "gt3x", zipWith("log.bin", "activity.bin", "gt3xplus.ico")),
	{found: "an archive of Apple Health", advice: "import the export.xml in it", reader: "apple-health", match: isAppleArchive},
	without("a spreadsheet (XLSX)", "xlsx", zipWith("xl/", "[Content_Types].xml")),
	{found: "an OpenDocument spreadsheet", advice: "save a recording as CSV (UTF-8); import a sleep diary as a diary", match: zipWith("opendocument")},
	{found: "a ZIP archive of other than one text", advice: "unpack it and import what is inside", match: magic("PK\x03\x04")},
	without("an Axivity CWA file", "cwa", magic("MD\xfc\x03")),
	without("a GENEActiv file", "geneactiv", magic("Device Identity")),
	without("a GENEA file", "genea", magic("GENEA/")),
	without("an Axivity WAV file", "omwav", all(magic("RIFF"), contains("WAVE", "Accel-X"))),
	without("a Parmay Matrix file", "matrix", magicAt(512, "MDTC")),
	without("a SAS transport file (XPT)", "xpt", magic("HEADER RECORD*******LIBRARY HEADER", "HEADER RECORD*******LIBV8")),
	without("an R data file", "rdata", magic("RDX2\n", "RDX3\n", "RDA2\n", "RDA3\n", "X\n\x00\x00\x00\x02", "X\n\x00\x00\x00\x03")),
	without("a compressed file (bzip2 or xz, as R data files are)", "rdata", magic("BZh", "\xfd7zXZ\x00")),
	without("a Parquet file", "parquet", magic("PAR1")),
	without("a MotionWatch MTN file", "mtn", isMotionFile),
	{found: "a summary of biobankAccelerometerAnalysis", advice: "import its time series", reader: "uk-biobank", match: isSummary},
	{found: "what one of this program's exports was made of", advice: "import the exported recording", reader: "circascope", match: isSideFile},
	{found: "Depresjon's table of participants (scores.csv), not a recording", advice: "import the files condition_1.csv to control_32.csv", match: firstLines(1, "number,days,gender,age,afftype")},
	{found: "a table of Fitbit day totals, which has no epochs", advice: "export minutes: Fitabase's minuteStepsNarrow, or the JSON files of Fitbit's archive", match: fitbitDays},
	{found: "a Fitabase table of sleep, which holds no activity", advice: "import the minutes of steps or calories", match: fitabaseSleep},
	{found: "a Philips Health Band table of sleep and wake, which holds no activity", advice: "import the DataList of the same recording", match: healthBandSleep},
	{found: "an Apple Health export", advice: "export a CSV with one column of times and one of steps or activity", reader: "apple-health", match: isAppleHealth},
	{found: "Fitbit sleep logs, which hold no activity", advice: "import the files of steps, calories or heart rate", match: isFitbitSleep},
	{found: "a Fitbit export", advice: "export activity as CSV", reader: "fitbit", match: isFitbit},

	{found: "a PNG picture", advice: "choose the recording's own file", match: magic("\x89PNG\r\n\x1a\n")},
	{found: "a JPEG picture", advice: "choose the recording's own file", match: magic("\xff\xd8\xff")},
	{found: "a GIF picture", advice: "choose the recording's own file", match: magic("GIF87a", "GIF89a")},
	{found: "a TIFF picture", advice: "choose the recording's own file", match: magic("II*\x00", "MM\x00*")},
	{found: "a sound (WAV) whose header names no accelerometer", advice: "choose the recording's own file", match: magic("RIFF")},
	{found: "a PDF document", advice: "export the data, not the report", match: magic("%PDF-")},
	{found: "an Office document of the old kind (.xls, .doc)", advice: "open it in Excel or LibreOffice and save the table as XLSX or as CSV (UTF-8)", match: magic("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")},
	{found: "a compressed file (zstd or 7z)", advice: "unpack it, or write the data as CSV", match: magic("\x28\xb5\x2f\xfd", "7z\xbc\xaf\x27\x1c")},
	{found: "a program", advice: "choose the recording's own file", match: magic("\x7fELF", "MZ\x90")},
	{found: "binary data", advice: "choose the recording's own file", match: func(head []byte) bool { return bytes.IndexByte(head, 0) >= 0 }},
	{found: "a text with line ends of old Macintoshes", advice: "save it with line ends of Windows or Linux", match: func(head []byte) bool {
		return bytes.IndexByte(head, '\n') < 0 && bytes.Count(head, []byte("\r")) > 1
	}},
	{found: "an HTML page", advice: "the download may have failed; fetch the file itself", match: opens("<!doctype html", "<html")},
	{found: "an XML file", advice: "export it as CSV", match: opens("<?xml", "<")},
	{found: "a JSON file", advice: "export it as CSV", match: opens("{", "[{", "[\n")},
}

func magic(signatures ...string) func([]byte) bool {
	return func(head []byte) bool {
		for _, s := range signatures {
			if bytes.HasPrefix(head, []byte(s)) {
				return true
			}
		}
		return false
	}
}

// all wants every one of several matches.
func all(matches ...func([]byte) bool) func([]byte) bool {
	return func(head []byte) bool {
		for _, m := range matches {
			if !m(head) {
				return false
			}
		}
		return true
	}
}

func magicAt(offset int, signature string) func([]byte) bool {
	return func(head []byte) bool {
		return len(head) > offset && bytes.HasPrefix(head[offset:], []byte(signature))
	}
}

// zipWith looks for the name of a member near the beginning of a ZIP archive.
func zipWith(names ...string) func([]byte) bool {
	return func(head []byte) bool {
		if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
			return false
		}
		for _, n := range names {
			if bytes.Contains(head, []byte(n)) {
				return true
			}
		}
		return false
	}
}

// firstLines looks for a text in the first lines.
func firstLines(n int, text string) func([]byte) bool {
	return func(head []byte) bool {
		for range n {
			line, rest, _ := bytes.Cut(head, []byte("\n"))
			if bytes.Contains(line, []byte(text)) {
				return true
			}
			head = rest
		}
		return false
	}
}

// contains looks for all texts in the first 4 KiB.
func contains(texts ...string) func([]byte) bool {
	return func(head []byte) bool {
		head = head[:min(len(head), 4<<10)]
		for _, t := range texts {
			if !bytes.Contains(head, []byte(t)) {
				return false
			}
		}
		return true
	}
}

// opens looks at the first bytes after white space, in lower case.
func opens(texts ...string) func([]byte) bool {
	return func(head []byte) bool {
		head = bytes.TrimPrefix(head, byteOrderMark)
		start := bytes.ToLower(bytes.TrimLeft(head[:min(len(head), 512)], " \t\r\n"))
		for _, t := range texts {
			if bytes.HasPrefix(start, []byte(t)) {
				return true
			}
		}
		return false
	}
}
