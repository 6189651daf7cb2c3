# Circascope. `make run` brings everything and opens the window; `make test` brings everything and checks it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
export GPU

ENV := . scripts/env.sh;

.PHONY: help run test deps checks-deps build lint fmt bench bench-peers bench-measures bench-product performance-page fuzz mutants clean distclean

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make run        everything, then the window (without a display: the sample, drawn into demo-output/)
run: build
	@scripts/run.sh

## make test       everything, then every check: lint, vet, tests with -race, one run in a real window
test: checks-deps build
	@scripts/test.sh

## make build      bin/circascope (the window), bin/pat (the command line), bin/pat-h5 (the weights reader)
# pat-h5 reads files from strangers: pure Go, and nothing of TensorFlow in it.
build: deps
	@[ -e bin/circascope ] || echo "build: compiling; the first time takes some minutes" >&2
	@$(ENV) mkdir -p bin; go build -o bin/ . ./cmd/pat; CGO_ENABLED=0 go build -o bin/ ./cmd/pat-h5

## make deps       Debian packages, TensorFlow, SQLite and, where it's missing, Go; GPU=1: TensorFlow for NVIDIA GPUs
deps:
	@scripts/packages.sh
	@scripts/deps.sh

checks-deps:
	@scripts/packages.sh --checks
	@scripts/deps.sh --checks

## make lint       the linters and the format alone
lint: checks-deps
	@scripts/test.sh lint shell vet

## make fmt        formats the Go files
fmt: checks-deps
	@$(ENV) golangci-lint fmt

## make bench      the Go benchmarks
bench: build
	@$(ENV) go test -run='^$$' -bench=. -benchmem ./...

## make bench-peers    PAT in Keras, PyTorch, ONNX Runtime, OpenVINO and JAX beside ours, then bench-measures; ARGS=--quick to try (7 GB of Python outside)
bench-peers: build
	@scripts/peers/run.sh $(ARGS)
	@scripts/peers/measures.sh

## make bench-measures    the measures of pyActigraphy beside ours; ARGS="--on one --rounds 2" to try (1 GB of Python outside)
bench-measures: build
	@scripts/peers/measures.sh $(ARGS)

## make bench-product  linearity, memory, start, cancel of bin/pat; ARGS=--quick to try
bench-product: build
	@scripts/bench/run.sh $(ARGS)

## make performance-page  docs/performance.md and its charts from what the two measured
performance-page: deps
	@$(ENV) go run ./internal/perfdoc -peers docs/performance/peers.json -product docs/performance/product.json \
		-page docs/performance.md -images docs/images

## make fuzz       each fuzz test for 30 s; FUZZTIME=5m for longer
fuzz: deps
	@scripts/fuzz.sh

## make mutants    one fault at a time in the arithmetic of PAT: named tests must catch each; takes minutes
mutants: deps
	@$(ENV) go run ./internal/mutants $(MUTANT)

## make clean      removes what was built; make distclean: .deps/ as well
clean:
	@rm -rf bin demo-output

distclean: clean
	@rm -rf .deps
