#!/usr/bin/env bash
# Measures PAT in other programs beside Circascope's. For developers: nothing here is part of the product.
# Makes its own Python environments, outside of the repository, from pinned versions; a second run downloads
# nothing. Options go to measure.py (--quick, --sizes S,M, --rounds 9, --peers onnxruntime,openvino ...).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

reference="${CIRCASCOPE_SHARED:-../shared}/reference/pat"
environments="${XDG_CACHE_HOME:-$HOME/.cache}/circascope/peers"
output="${PEERS_JSON:-docs/performance/peers.json}"

[ -d "$reference/weights" ] || {
  echo "bench-peers: no reference data in $reference: the peers are checked against its embeddings." >&2
  echo "Name the folder that has reference/ in it in CIRCASCOPE_SHARED." >&2
  exit 1
}
[ -x bin/pat ] || { echo "bench-peers: no bin/pat; run 'make build' first" >&2; exit 1; }
command -v python3.11 >/dev/null || { echo "bench-peers: python3.11 is needed: TensorFlow 2.15, the last with Keras 2, has no wheels for newer ones" >&2; exit 1; }

# environment makes one Python environment, unless it's there with just these versions.
environment() {
  local folder="$environments/$1" lock="scripts/peers/requirements-$1.txt"
  if cmp -s "$lock" "$folder/installed.txt"; then return; fi
  echo "bench-peers: installing the peers of $lock into $folder (some minutes; 7 GB for both, for PyTorch's wheel brings CUDA)" >&2
  rm -rf "$folder"
  mkdir -p "$environments"
  python3.11 -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --only-binary=:all: -r "$lock"
  cp "$lock" "$folder/installed.txt"
}
environment main
environment keras2

# torch.compile keeps its programs from run to run.
export TORCHINDUCTOR_CACHE_DIR="$environments/inductor" PYTHONDONTWRITEBYTECODE=1
"$environments/main/bin/python" scripts/peers/measure.py --environments "$environments" --reference "$reference" \
  --pat bin/pat --output "$output" "$@"
