# shellcheck shell=bash
# The build environment, to be sourced:  . scripts/env.sh
# Make, the linter, the tests and .ci/run all use this one file, so a build by hand is the same build.

_root="$(cd "$(dirname "${BASH_SOURCE[0]:-$0}")/.." && pwd)"
_deps="$_root/.deps"

export PATH="$_deps/linter/bin:$_deps/go/bin:$PATH"
# Go as it is installed: it must not fetch another one by itself.
export GOTOOLCHAIN=local

# Headers and libraries are named in the compiler's own variables and not in CGO_CFLAGS: Go keeps the
# text of CGO_CFLAGS in its cache keys, so a folder name there would compile Fyne again for every clone.
export CPATH="$_deps/tensorflow/include:$_deps/sqlite/include${CPATH:+:$CPATH}"
export LIBRARY_PATH="$_deps/tensorflow/lib:$_deps/sqlite/lib${LIBRARY_PATH:+:$LIBRARY_PATH}"

# TensorFlow's Go binding forgets -ltensorflow_framework. --as-needed keeps it, and 800 MB behind it, out
# of every program that doesn't use TensorFlow.
_as_needed=-Wl,--as-needed
[ "$(uname -s)" != Darwin ] || _as_needed=-Wl,-dead_strip_dylibs
export CGO_ENABLED=1
export CGO_LDFLAGS="-O2 -g $_as_needed -ltensorflow_framework -lm -lpthread -ldl"
# SQLite is linked statically and Go doesn't look into it: with its key here, another SQLite is linked anew.
_sqlite="$(cat "$_deps/sqlite/.key" 2>/dev/null || true)"
export CGO_CFLAGS="-O2 -g -DCIRCASCOPE_SQLITE=$_sqlite"

# The run path makes programs find TensorFlow from any folder without environment variables.
export GOFLAGS="-tags=libsqlite3 -ldflags=-extldflags=-Wl,-rpath,$_deps/tensorflow/lib"
# Go stamps the commit into programs; it can't where git refuses a clone that belongs to someone else.
git -C "$_root" rev-parse --git-dir >/dev/null 2>&1 || GOFLAGS="$GOFLAGS -buildvcs=false"
unset _root _deps _as_needed _sqlite
