# Circascope: `make run` opens the window, `make test` proves it. `make help` tells the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
ENV := . scripts/env.sh;

.PHONY: help build
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make build   bin/circascope (the window), bin/pat (the command line), bin/pat-h5 (the weights reader)
build:
	@$(ENV) mkdir -p bin; go build -o bin/circascope .
	@$(ENV) go build -o bin/pat ./cmd/pat
	@$(ENV) CGO_ENABLED=0 GOFLAGS= go build -o bin/pat-h5 ./cmd/pat-h5
