# `make shell` sets everything up and opens the emulator; `make test` sets everything up and
# passes the tests.

JOBS ?= $(shell nproc)
# Imports that Package.swift does not allow are errors.
CHECKED = --explicit-target-dependency-import-check error
APPLIANCE ?=
# What `make bench` measures: groups, or --small; all by default.
BENCH ?=

# What `make test` runs: the tests of each room, then those that interrupt every session.
ROOMS = $(notdir $(wildcard Tests/*Tests))
PARTS = $(ROOMS) InterruptionTests

.PHONY: shell build test parts $(PARTS) check lint format sanitize bench fuzz clean
.NOTPARALLEL:

shell: build
	@SWIFT_BACKTRACE=interactive=no .build/release/esash shell $(if $(APPLIANCE),--appliance $(APPLIANCE))

build:
	@scripts/setup
	swift build -c release --static-swift-stdlib --product esash -j $(JOBS)

test: check
	@$(MAKE) parts

# Apart from each other: none is to starve another's clocks.
TEST = swift test --skip-build

parts: $(PARTS)

$(filter-out ConformanceTests,$(ROOMS)):
	$(TEST) --filter '^$@\.'

ConformanceTests:
	$(TEST) --filter '^$@\.' --skip InterruptionTests

InterruptionTests:
	$(TEST) --filter '^ConformanceTests\.$@'

# What must hold before the tests run: style, the wall between the rooms, every session in
# Transcripts/.
check: lint
	@scripts/setup
	@scripts/setup-tests
	swift build $(CHECKED) --build-tests -j $(JOBS)
	.build/debug/esash replay --allow-sh --jobs $(JOBS) Transcripts

# What is formatted: the sources of all three packages.
SWIFT_FILES = Package.swift Sources Tests \
  $(foreach package,Benchmarks Fuzz,$(package)/Package.swift $(package)/Sources)

lint:
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)

format:
	swift format --in-place --parallel --recursive $(SWIFT_FILES)

# Both sanitizers, each with a build of its own: see docs/sanitizers.md.
sanitize:
	@scripts/setup
	@scripts/setup-tests
	JOBS=$(JOBS) scripts/sanitize address
	JOBS=$(JOBS) scripts/sanitize thread

# OpenSSH's server is a peer that is measured beside ours.
bench: build
	@scripts/setup-tests openssh-server
	cd Benchmarks && swift run -c release -j $(JOBS) benchmarks $(BENCH)

# Each target of Fuzz/ for a short while; see docs/fuzzing.md.
FUZZ_SECONDS ?= 20
fuzz:
	@scripts/setup
	for target in Fuzz/Corpus/*/; do scripts/fuzz $$(basename $$target) $(FUZZ_SECONDS) || exit 1; done

clean:
	swift package clean
