#!/usr/bin/env bash
# Every check, one after the other. All of them run even when one fails; the last lines say which did.
# Usage: scripts/test.sh [CHECK...]    (default: all of lint, shell, licences, vet, unit, window)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/env.sh
. scripts/env.sh

# Fyne warns about a locale that names no language.
case "${LANG:-C}" in C | C.* | POSIX) export LANG=en_GB.UTF-8 ;; esac

# The linter checks the format too (gofumpt).
check_lint() { golangci-lint run ./...; }
check_shell() {
  if command -v shellcheck >/dev/null; then
    shellcheck scripts/*.sh scripts/*/*.sh .ci/run
  else
    echo "no shellcheck here: the scripts are not checked"
  fi
}
# Every Go module in the programs is named in THIRD_PARTY.md.
check_licences() {
  local module status=0
  while read -r module; do
    grep -qF "\`${module%/v3.3/glfw}\`" THIRD_PARTY.md || {
      echo "THIRD_PARTY.md doesn't name $module"
      status=1
    }
  done < <(go version -m bin/* | awk '$1 == "dep" { print $2 }' | sort -u)
  return $status
}
check_vet() { go vet -tags=libsqlite3,e2e ./...; }
# Unit tests, goldens, the fuzz tests' corpora, the headless views, the import rules.
# Their heaps are small: collecting less often saves some 6 % of the time. The longest begin first, so that none
# of them is left for the end, when the other cores have nothing to do.
check_unit() { GOGC=400 go test -race -vet=off -timeout=30m ./ui ./plots ./app ./cmd/pat ./inference/tensorflow ./...; }
# One run in a real window, on a screen of its own.
check_window() {
  if [ ! -d e2e ]; then return 0; fi
  if ! command -v xvfb-run >/dev/null; then
    echo "no xvfb-run here (it's Linux only): the run in a real window is left out"
    return 0
  fi
  xvfb-run --auto-servernum --server-args='-screen 0 1280x800x24 -noreset' \
    go test -tags=libsqlite3,e2e -count=1 -timeout=15m ./e2e/...
}

if [ $# = 0 ]; then set -- lint shell licences vet unit window; fi
failed=()
for check in "$@"; do
  start=$SECONDS
  echo "== $check"
  "check_$check" || failed+=("$check")
  echo "== $check: $((SECONDS - start)) s"
done

if [ ${#failed[@]} -gt 0 ]; then
  echo "FAILED: ${failed[*]}. One alone: scripts/test.sh ${failed[0]}" >&2
  exit 1
fi
echo "All checks passed: $*."
