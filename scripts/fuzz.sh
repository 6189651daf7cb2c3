#!/usr/bin/env bash
# Runs each fuzz test for a while. Usage: [FUZZTIME=30s] scripts/fuzz.sh [PACKAGE...]
# What it finds is kept in the package's testdata/fuzz; commit it, and `make test` tries it for ever after.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/env.sh
. scripts/env.sh

if [ $# = 0 ]; then set -- ./...; fi
failed=0
while read -r package folder; do
  while read -r _ name; do
    echo "== $package $name"
    go test -run='^$' -fuzz="^$name\$" -fuzztime="${FUZZTIME:-30s}" "$package" </dev/null || failed=1
  done < <(grep -hso '^func Fuzz[A-Za-z0-9_]*' "$folder"/*_test.go)
done < <(go list -f '{{.ImportPath}} {{.Dir}}' "$@")
exit $failed
