package importrules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// graph is who imports whom, by import path, tests aside.
type graph map[string][]string

// load asks the go command for every package of the module in root and all that
// they depend on.
func load(root string) (graph, error) {
	if err := touch(root); err != nil {
		return nil, err
	}
	var stdout, stderr bytes.Buffer
	list := exec.Command("go", "list", "-e", "-deps", "-json=ImportPath,Imports", "./...")
	list.Dir, list.Stdout, list.Stderr = root, &stdout, &stderr
	if err := list.Run(); err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, stderr.String())
	}
	g := graph{}
	for packages := json.NewDecoder(&stdout); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := packages.Decode(&p); errors.Is(err, io.EOF) {
			return g, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		g[p.ImportPath] = p.Imports
	}
}

// touch looks at every Go file of the module. The go command remembers what a
// test looked at: without this it would repeat yesterday's result for a package
// that has changed since.
func touch(root string) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), ".") {
			return filepath.SkipDir
		}
		if filepath.Ext(path) == ".go" || entry.IsDir() {
			_, err = os.Stat(path)
		}
		return err
	})
}

// ours returns the module's own packages, in order.
func (g graph) ours() []string {
	var names []string
	for name := range g {
		if isOurs(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// way returns the shortest chain of imports from a package to one that is
// wanted, both included, or nil. Only packages that may be passed are.
func (g graph) way(from string, wanted, passable func(string) bool) []string {
	came := map[string]string{from: ""}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for _, next := range g[at] {
			if _, seen := came[next]; seen {
				continue
			}
			came[next] = at
			if wanted(next) {
				var chain []string
				for ; next != ""; next = came[next] {
					chain = append(chain, next)
				}
				slices.Reverse(chain)
				return chain
			}
			if passable(next) {
				queue = append(queue, next)
			}
		}
	}
	return nil
}

func isOurs(name string) bool { return within(name, module) }

// within says whether a package is the named one or lies below it.
func within(name, parent string) bool {
	return name == parent || strings.HasPrefix(name, parent+"/")
}

// withinAny says whether a package is one of the named ones or lies below one.
func withinAny(name string, parents []string) bool {
	return slices.ContainsFunc(parents, func(parent string) bool { return within(name, parent) })
}
