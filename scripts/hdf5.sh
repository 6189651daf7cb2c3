#!/usr/bin/env bash
# For those who change the HDF5 reader; needs Python 3.11 or newer and a package index. In an environment of its own:
#   scripts/hdf5.sh corpus                       makes the files of the tests anew
#   scripts/hdf5.sh mutants [OPTION...] FILE...  mutates files and compares bin/pat-h5 with h5py; --help for the options
#   scripts/hdf5.sh pipeline [OPTION...] FILE... the same for weights files, through models.Load
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

environment="${XDG_CACHE_HOME:-$HOME/.cache}/circascope/h5py"
if ! cmp -s scripts/hdf5/requirements.txt "$environment/requirements.txt"; then
  python3 -m venv --clear "$environment"
  "$environment/bin/pip" install --quiet --only-binary=:all: --requirement scripts/hdf5/requirements.txt
  cp scripts/hdf5/requirements.txt "$environment/"
fi

what="${1:?corpus, mutants or pipeline}"
shift
case "$what" in
corpus)
  for folder in internal/hdf5/testdata/corpus models/testdata/hostile; do
    mkdir -p "$folder"
    rm -f "$folder"/*
  done
  "$environment/bin/python" scripts/hdf5/corpus.py internal/hdf5/testdata/corpus
  "$environment/bin/python" scripts/hdf5/hostile.py models/testdata/hostile
  ;;
mutants)
  CGO_ENABLED=0 go build -o bin/ ./cmd/pat-h5
  exec "$environment/bin/python" scripts/hdf5/mutants.py "$@"
  ;;
pipeline)
  # shellcheck source=scripts/env.sh
  . scripts/env.sh
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  "$environment/bin/python" scripts/hdf5/pipeline.py "$folder" "$@"
  CIRCASCOPE_MUTANTS="$folder" go test -count=1 -v -timeout=2h -run=TestMutants ./models
  ;;
*)
  echo "scripts/hdf5.sh: $what is neither corpus, mutants nor pipeline" >&2
  exit 2
  ;;
esac
