package wiring

import (
	"os"
	"path/filepath"
	"runtime"
)

// LibraryExtension is how the file names of libraries end.
const LibraryExtension = ".circascope"

// DataDir is the user's folder for the program's data: XDG_DATA_HOME/circascope,
// by default ~/.local/share/circascope; on macOS ~/Library/Application Support.
func DataDir() string {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "circascope")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return filepath.Join(os.TempDir(), "circascope")
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support", "circascope")
	}
	return filepath.Join(home, ".local", "share", "circascope")
}

// ModelsDir is where weights files are kept and dropped.
func ModelsDir() string { return filepath.Join(DataDir(), "models") }

// StateDir is where the list of recent libraries is kept.
func StateDir() string { return DataDir() }

// LatencyFile is where the record of latencies is kept.
func LatencyFile() string { return filepath.Join(DataDir(), "latency.json") }

// DefaultLibrary is the library used where none is named.
func DefaultLibrary() string {
	return filepath.Join(DataDir(), "libraries", "default"+LibraryExtension)
}

// SampleLibrary is where the sample library is made.
func SampleLibrary() string {
	return filepath.Join(DataDir(), "libraries", "sample"+LibraryExtension)
}
