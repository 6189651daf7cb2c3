package importrules

// module is this module's path, and main's import path.
const module = "circascope"

// anything, in a row of the table, stands for every package but those of ui.
const anything = "*"

// The domain types, and the packages that compute and know no device, no screen
// and no database.
var (
	domain = []string{"actigraphy", "actigraphy/zone", "actigraphy/prepare", "actigraphy/wear", "actigraphy/diary", "actigraphy/rest", "actigraphy/people", "actigraphy/measured", "models", "inference"}
	pure   = append([]string{"actigraphy/format", "actigraphy/sheet", "actigraphy/diaryfile", "actigraphy/peoplefile", "actigraphy/metrics", "actigraphy/sleep", "actigraphy/protocol", "explore", "plots"}, domain...)
)

// table is the one of docs/architecture.md: what a package may import of this
// module. Sub-packages without a row of their own share their parent's, and may
// import one another. Change both tables together, with the reason.
var table = map[string][]string{
	"main":            {"app", "ui", "assets", "internal/wiring", "internal/locale"},
	"cmd/pat":         {anything},
	"cmd/pat-h5":      {"internal/arrays", "internal/hdf5"},
	"internal/wiring": {anything},

	"actigraphy":                  {},
	"actigraphy/raw":              {"actigraphy"},
	"actigraphy/format":           {"actigraphy", "actigraphy/internal/zipfile"},
	"actigraphy/format/agd":       {"actigraphy", "actigraphy/format"},
	"actigraphy/format/xpt":       {"actigraphy", "actigraphy/format", "actigraphy/sheet"},
	"actigraphy/format/xlsx":      {"actigraphy", "actigraphy/format", "actigraphy/sheet", "actigraphy/internal/zipfile"},
	"actigraphy/internal/undo":    {},
	"actigraphy/internal/zipfile": {},
	"actigraphy/zone":             {"actigraphy"},
	"actigraphy/prepare":          {"actigraphy"},
	"actigraphy/metrics":          {"actigraphy", "actigraphy/diary", "actigraphy/intensity", "actigraphy/sleep"},
	"actigraphy/intensity":        {"actigraphy"},
	"actigraphy/sleep":            {"actigraphy", "actigraphy/diary"},
	"actigraphy/wear":             {"actigraphy", "actigraphy/internal/undo"},
	"actigraphy/diary":            {"actigraphy"},
	"actigraphy/rest":             {"actigraphy/diary", "actigraphy/internal/undo"},
	"actigraphy/sheet":            {"actigraphy", "actigraphy/format", "actigraphy/internal/zipfile"},
	"actigraphy/diaryfile":        {"actigraphy", "actigraphy/diary", "actigraphy/format", "actigraphy/sheet"},
	"actigraphy/people":           {"actigraphy"},
	"actigraphy/measured":         {},
	"actigraphy/protocol":         {"actigraphy", "actigraphy/metrics", "actigraphy/wear"},
	"actigraphy/peoplefile":       {"actigraphy", "actigraphy/format", "actigraphy/people", "actigraphy/sheet"},

	"models":                   {"internal/arrays", "internal/wholefile", "internal/hdf5"}, // of hdf5 the signature alone: a child reads the files
	"inference":                {"models"},
	"inference/tensorflow":     {"inference", "models"},
	"explore":                  {},
	"store":                    domain,
	"plots":                    domain,
	"app":                      append([]string{"internal/wholefile"}, pure...),
	"ui":                       append([]string{"app", "plots", "assets", "actigraphy/format", "actigraphy/metrics", "actigraphy/sleep", "actigraphy/protocol"}, domain...),
	"assets":                   {},
	"internal/arrays":          {},
	"internal/hdf5":            {},
	"internal/latencyfile":     {"inference", "internal/wholefile"},
	"internal/locale":          {},
	"internal/reference":       {},                                                                                      // where tests find the reference data
	"internal/reference/pyact": {"actigraphy", "actigraphy/format", "actigraphy/format/agd", "actigraphy/format/rdata"}, // for tests
	"internal/importrules":     {},
	"internal/tablefile":       {"app"},
	"internal/wholefile":       {},
	"internal/mutants":         {}, // a developers' program
	"internal/measurebench":    {"actigraphy", "actigraphy/format", "actigraphy/metrics", "actigraphy/sleep", "internal/wiring"},
	"internal/perfdoc":         {"plots"}, // developers' program: figures to docs/performance.md
	"e2e":                      {},

	"actigraphy/format/accelerometer":      {"actigraphy", "actigraphy/format", "actigraphy/raw"},
	"actigraphy/format/gt3x":               {"actigraphy", "actigraphy/format", "actigraphy/raw", "actigraphy/internal/zipfile"},
	"actigraphy/format/rawcsv":             {"actigraphy", "actigraphy/format", "actigraphy/raw"},
	"actigraphy/format/cwa":                {"actigraphy", "actigraphy/format", "actigraphy/raw", "actigraphy/format/internal/passes"},
	"actigraphy/format/geneactiv":          {"actigraphy", "actigraphy/format", "actigraphy/raw", "actigraphy/format/internal/passes"},
	"actigraphy/format/matrix":             {"actigraphy", "actigraphy/format", "actigraphy/raw", "actigraphy/format/internal/passes"},
	"actigraphy/format/genea":              {"actigraphy", "actigraphy/format", "actigraphy/raw", "actigraphy/format/internal/passes"},
	"actigraphy/format/omwav":              {"actigraphy", "actigraphy/format", "actigraphy/raw", "actigraphy/format/internal/passes"},
	"actigraphy/format/internal/rawvalues": {"actigraphy", "actigraphy/format", "actigraphy/raw"}, // for tests
	"actigraphy/format/internal/passes":    {"actigraphy/format", "actigraphy/raw"},
	"actigraphy/format/parquet":            {"actigraphy", "actigraphy/format"},
	"actigraphy/format/rdata":              {"actigraphy", "actigraphy/format"},
}

// Families of packages that parts of the program must not depend on, however
// indirectly.
var (
	sql        = []string{"database/sql", "github.com/mattn/go-sqlite3"}
	tensorflow = []string{"github.com/galeone"}
	fyne       = []string{"fyne.io"}
)

// blindness says what a package must never see, on transitive dependencies.
var blindness = []struct {
	who   string
	never []string
}{
	{"ui", sql},
	{"ui", tensorflow},
	{"app", sql},
	{"app", tensorflow},
	{"app", fyne},
	{"plots", fyne},
	{"store", tensorflow},
	{"store", fyne},
	{"cmd/pat", fyne},
	{"cmd/pat-h5", sql},
	{"cmd/pat-h5", tensorflow},
	{"cmd/pat-h5", fyne},
}

// exclusive says who alone may import a package, tests aside.
var exclusive = []struct {
	what string
	who  string // nobody if empty
	why  string
}{
	{"fyne.io/fyne/v2/app", "main", "main alone starts Fyne"},
	{module + "/store", "internal/wiring", "the parts are wired in one place"},
	{module + "/inference/tensorflow", "internal/wiring", "the parts are wired in one place"},
	{module + "/internal/reference", "", "reference data is for tests"},
}

// The numerical packages do no input or output: neither they, nor what they
// import of this module, may import these or what is below them. (What gonum
// does inside is not ours to say.)
var (
	numerical   = []string{"actigraphy/raw", "actigraphy/prepare", "actigraphy/metrics", "actigraphy/wear", "explore"}
	inputOutput = []string{"os", "net", "io/ioutil", "syscall", "database/sql", "log"}
)

// meaningless are package names that say nothing about what is inside.
var meaningless = []string{"util", "utils", "common", "helper", "helpers", "misc", "shared", "base"}
