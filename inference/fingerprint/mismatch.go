package fingerprint

import (
	"fmt"
	"strings"

	"circascope/models"
)

// MismatchError says that weights answer otherwise than their fingerprint. Nothing
// may be embedded with them until that is resolved.
type MismatchError struct {
	Model      models.Size
	Input      string  // the fixed input
	What       string  // "feature 7" or "the score"
	Was, Now   float32 // its value
	Difference float64
	Tolerance  float64
	Changes    []string // what changed since the fingerprint was taken, sentence parts; none: a fault
	Hint       string   // how to accept the answer
}

// Error names the difference, what can be its cause, and what to do.
func (e *MismatchError) Error() string {
	text := fmt.Sprintf("PAT-%s gives another answer than when its fingerprint was taken: %s of %s is %v and was %v (%.2g apart, at most %.2g may be)",
		e.Model, e.What, e.Input, e.Now, e.Was, e.Difference, e.Tolerance)
	if len(e.Changes) == 0 {
		return text + "; engine, version, device and program are the same as then, so the device or the memory is at fault, or a bit of the weights in memory flipped: " +
			"start the program again; if it stays, test the memory and the device; nothing is embedded with these weights until they answer as before or are approved again"
	}
	return text + "; what changed since: " + strings.Join(e.Changes, "; ") +
		"; nothing is embedded with these weights until that is undone or, if you trust the new answer, accepted (" + e.Hint + ")"
}

// Explained reports whether something changed that may be the cause.
func (e *MismatchError) Explained() bool { return len(e.Changes) > 0 }

// changes says what differs between two origins, each a sentence part.
func changes(then, now Origin) []string {
	var list []string
	if then.EngineVersion != now.EngineVersion {
		name := engineName(now.Engine)
		list = append(list, fmt.Sprintf("%s %s gave it, this is %s", name, then.EngineVersion, now.EngineVersion))
	}
	if then.DeviceName != now.DeviceName {
		list = append(list, fmt.Sprintf("it was computed on %s, this is %s", then.DeviceName, now.DeviceName))
	}
	if then.Program != now.Program {
		list = append(list, fmt.Sprintf("version %s of this program took it, this is %s", then.Program, now.Program))
	}
	return list
}

func engineName(engine string) string {
	if engine == "tensorflow" {
		return "TensorFlow"
	}
	return engine
}
