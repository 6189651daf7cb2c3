#!/usr/bin/env bash
# Installs the Debian or Ubuntu packages that are missing, and nothing else on the system.
# Usage: scripts/packages.sh [--checks]    (--checks: also what only the tests need)
set -euo pipefail

build=(
  gcc libc6-dev binutils pkg-config git unzip ca-certificates # C parts, downloads
  libgl1-mesa-dev libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev # the window
)
checks=(
  xvfb xauth xdotool imagemagick # a window without a screen
  libgl1-mesa-dri                # and without a graphics card
  shellcheck
)

stop() {
  printf 'packages: %s\n' "$@" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# With `sudo make` everything built here would belong to root, and the next plain `make` would fail.
if [ "$(id -u)" = 0 ] && [ -n "${SUDO_UID:-}" ] && [ "$(stat -c %u . 2>/dev/null)" = "$SUDO_UID" ] && [ "$SUDO_UID" != 0 ]; then
  stop "run make without sudo: it asks for sudo itself, for apt alone."
fi

if [ "$(uname -s)" = Darwin ]; then
  xcode-select -p >/dev/null 2>&1 || stop "the C compiler is missing: run 'xcode-select --install', then make again."
  exit 0
fi

wanted=("${build[@]}")
if [ "${1:-}" = --checks ]; then wanted+=("${checks[@]}"); fi
# Any Python with pip will do.
python3 -m pip --version >/dev/null 2>&1 || wanted+=(python3 python3-pip)

if ! command -v apt-get >/dev/null; then
  echo "packages: this is not Debian or Ubuntu, so these must be there under your system's names: ${wanted[*]}" >&2
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

[ "$(id -u)" = 0 ] || command -v sudo >/dev/null || stop "these packages are missing and there is no sudo here. Ask an administrator for:" \
  "  apt-get install --no-install-recommends ${missing[*]}"

echo "packages: installing ${missing[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >>"$log" 2>&1; }
# The first command finishes an installation that was cut off.
if ! { as_root dpkg --configure -a >>"$log" 2>&1 && apt update && apt install -y --no-install-recommends "${missing[@]}"; }; then
  tail -n 20 "$log" >&2
  stop "apt-get failed; its last lines stand above. Put that right and run make again."
fi
