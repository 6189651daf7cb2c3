#!/usr/bin/env bash
# Times the measures of pyActigraphy beside Circascope's. For developers: nothing here is part of the product.
# Makes its own Python environment, outside of the repository, from pinned versions. Options go to measures.py.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=scripts/env.sh
. scripts/env.sh

reference="${CIRCASCOPE_SHARED:-../shared}/reference/actigraphy"
environment="${XDG_CACHE_HOME:-$HOME/.cache}/circascope/peers/pyactigraphy"
lock=scripts/peers/requirements-pyactigraphy.txt

[ -d "$reference/files" ] || {
  echo "bench-measures: no recordings in $reference; name the folder that has reference/ in it in CIRCASCOPE_SHARED" >&2
  exit 1
}
if ! cmp -s "$lock" "$environment/installed.txt"; then
  command -v python3.11 >/dev/null || { echo "bench-measures: python3.11 is needed: the NumPy that pyActigraphy 1.2.2 works with has no wheels for newer ones" >&2; exit 1; }
  echo "bench-measures: installing $lock into $environment (a minute or two)" >&2
  rm -rf "$environment"
  python3.11 -m venv "$environment"
  pip=("$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps)
  # pyActigraphy and one that it needs have no wheels; they are built with what the first line brings.
  "${pip[@]}" --only-binary=:all: setuptools==80.9.0 wheel==0.45.1
  "${pip[@]}" --no-build-isolation -r "$lock"
  cp "$lock" "$environment/installed.txt"
fi
bench="$(mktemp -d)"
trap 'rm -rf "$bench"' EXIT
go build -o "$bench/measurebench" ./internal/measurebench
PYTHONDONTWRITEBYTECODE=1 "$environment/bin/python" scripts/peers/measures.py --python "$environment/bin/python" \
  --bench "$bench/measurebench" --reference "$reference" --output "${MEASURES_JSON:-docs/performance/measures.json}" "$@"
