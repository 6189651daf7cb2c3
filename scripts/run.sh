#!/usr/bin/env bash
# Opens the window. Without a display it does the main job without one, so that `make run` always shows something.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ -n "${DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
  exec bin/circascope "$@"
fi
echo "There is no display (DISPLAY is not set), so instead of a window: the sample people's week, embedded and drawn, into demo-output/" >&2
exec bin/pat demo --out demo-output
