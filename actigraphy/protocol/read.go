package protocol

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"circascope/actigraphy"
)

// maxSize bounds a protocol's file: those of people have a few kilobytes.
const maxSize = 1 << 20

// File is a protocol as it stands in a file.
type File struct {
	Protocol
	Text   []byte // the bytes of the file
	SHA256 string // of them, lower-case hex
}

// Words names the protocol with the beginning of its hash; "none" for no protocol.
func (f File) Words() string {
	if f.Name == "" {
		return "none"
	}
	return fmt.Sprintf("%s (%s)", f.Name, f.SHA256[:8])
}

// Parse reads a protocol. Whatever is not as it should be is an error that names the
// line, what was expected and what was found: all that is wrong, at once. name is
// the file's, for the errors.
func Parse(name string, text []byte) (File, error) {
	sum := sha256.Sum256(text)
	f := File{Text: text, SHA256: hex.EncodeToString(sum[:])}
	if len(text) > maxSize {
		return f, &actigraphy.FileError{File: name, Expected: "a study protocol of at most 1 MiB", Found: fmt.Sprintf("%d bytes", len(text))}
	}
	values := map[string]any{}
	if err := toml.Unmarshal(text, &values); err != nil {
		return f, syntaxError(name, err)
	}
	lines, err := linesOf(text)
	if err != nil {
		return f, syntaxError(name, err)
	}
	root := &section{document: &document{name: name, lines: lines}, values: values}
	f.Protocol = root.protocol()
	root.complain()
	return f, errors.Join(root.errs...)
}

func syntaxError(name string, err error) error {
	e := &actigraphy.FileError{File: name, Expected: "a study protocol in TOML", Found: err.Error()}
	var at *toml.DecodeError
	if errors.As(err, &at) {
		e.Line, _ = at.Position()
	}
	return e
}

// linesOf returns the line of every key, by its path.
func linesOf(text []byte) (map[string]int, error) {
	lines := map[string]int{}
	var p unstable.Parser
	p.Reset(text)
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		path := table
		if e.Kind == unstable.Table || e.Kind == unstable.ArrayTable {
			path = ""
		}
		for key := e.Key(); key.Next(); {
			node := key.Node()
			if path != "" {
				path += "\x00"
			}
			path += string(node.Data)
			if lines[path] == 0 {
				lines[path] = p.Shape(node.Raw).Start.Line
			}
		}
		if e.Kind == unstable.Table || e.Kind == unstable.ArrayTable {
			table = path
		}
	}
	return lines, p.Error()
}
