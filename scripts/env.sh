# shellcheck shell=bash
# The build environment, to be sourced:  . scripts/env.sh
# Make, the linter, the tests and .ci/run all use this one file, so a build by hand is the same build.

_root="$(cd "$(dirname "${BASH_SOURCE[0]:-$0}")/.." && pwd)"
_tensorflow="$_root/.deps/tensorflow"
_sqlite="$_root/.deps/sqlite"

export PATH="$_root/.deps/bin:$_root/.deps/go/bin:$PATH"

# Headers and libraries are named in the compiler's own variables and not in CGO_CFLAGS: Go keeps the
# text of CGO_CFLAGS in its cache keys, so a folder name there would compile Fyne again for every clone.
export CPATH="$_tensorflow/include:$_sqlite/include${CPATH:+:$CPATH}"
export LIBRARY_PATH="$_tensorflow/lib:$_sqlite/lib${LIBRARY_PATH:+:$LIBRARY_PATH}"

# TensorFlow's Go binding forgets -ltensorflow_framework. --as-needed keeps it, and 800 MB behind it, out
# of every program that doesn't use TensorFlow.
export CGO_ENABLED=1
export CGO_CFLAGS="-O2 -g"
if [ "$(uname -s)" = Darwin ]; then
  export CGO_LDFLAGS="-O2 -g -Wl,-dead_strip_dylibs -ltensorflow_framework -lm"
  _rpath="-Wl,-rpath,$_tensorflow/lib"
else
  export CGO_LDFLAGS="-O2 -g -Wl,--as-needed -ltensorflow_framework -lm -lpthread -ldl"
  _rpath="-Wl,-rpath,$_tensorflow/lib"
fi

# The run path makes programs find TensorFlow from any folder without environment variables.
export GOFLAGS="-tags=libsqlite3 -ldflags=-extldflags=$_rpath"
unset _root _tensorflow _sqlite _rpath
