#!/usr/bin/env bash
# Measures bin/pat itself: time and memory over numbers of weeks, start, cancel. For developers.
# Options go to measure.py (--quick).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

reference="${CIRCASCOPE_SHARED:-../shared}/reference/pat"
output="${PRODUCT_JSON:-docs/performance/product.json}"

[ -d "$reference/weights" ] || {
  echo "bench-product: no reference data in $reference: its weights and weeks are what is embedded." >&2
  echo "Name the folder that has reference/ in it in CIRCASCOPE_SHARED." >&2
  exit 1
}
[ -x bin/pat ] || { echo "bench-product: no bin/pat; run 'make build' first" >&2; exit 1; }
PYTHONDONTWRITEBYTECODE=1 python3 scripts/bench/measure.py --pat bin/pat --reference "$reference" --output "$output" "$@"
