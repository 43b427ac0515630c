# `make demo` and `make test` do everything on a fresh Debian 12 or 13; the rest is for people who work on OnRecord.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: demo test build install-build install-test format tidy soak clean help

help:
	@printf '%s\n' 'make demo   install what is missing, build, read the samples, show what was said, and serve it (SERVE=0: not)' \
	  'make test   install what is missing, build and run every test (STAGES="unit docs": these alone)' \
	  'make build  the program at build/release/onrecord' \
	  'make soak   the long forms: fuzzing, kill loops, thread sanitizer, large benchmarks' \
	  'make format | tidy   clang-format in place | clang-tidy'

install-build:
	@scripts/install build

install-test:
	@scripts/install build test

build: install-build
	@mkdir -p build
	@cmake --preset release > build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
	@cmake --build --preset release

demo: build
	@SERVE='$(SERVE)' scripts/demo

test: install-test
	@tests/run $(STAGES)

soak: install-test
	@tests/soak

format:
	@git ls-files '*.h' '*.cpp' | xargs -d '\n' clang-format-19 -i

tidy:
	@tests/check_tidy

clean:
	rm -rf build
