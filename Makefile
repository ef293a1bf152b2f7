# Everything a person does here is one of these words. `make` alone lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup dev demo test check bench sweeps mutants fuzz chaos release wheelhouse latest lock clean

help:            ## list what can be made
	@sed -n 's/^\([a-z]*\):[^#]*##/\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: $(VENV)/.setup          ## build .venv with scr-intake in it
dev: $(VENV)/.dev              ## the same, with what the tests need

demo: setup      ## see the whole job on a made-up board, in a minute
	@$(BIN)/scr-intake demo

test: dev        ## run the tests
	$(BIN)/pytest -n 2

check: dev       ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: dev       ## measure judging against the least it could take; some minutes
	@$(BIN)/python -m bench.judging
	@$(BIN)/python -m bench.register
	@$(BIN)/python -m bench.growth

sweeps: dev      ## every combination of which the tests try a sample; some minutes
	@$(BIN)/python -m tests.campaigns.sweeps

MUTANTS ?= 100
mutants: dev     ## change the code in MUTANTS places, one at a time, and see whether a test notices; an hour
	@$(BIN)/python -m tests.campaigns.mutants --mutants $(MUTANTS) $(if $(SEED),--seed $(SEED))

SECONDS ?= 600
fuzz: dev        ## mutate documents and mails and have them read, for SECONDS
	@$(BIN)/python -m tests.campaigns.fuzz --seconds $(SECONDS)

KILLS ?= 1000
FILES ?= 60000
MESSAGES ?= 20000
chaos: dev       ## kill rounds and break disks, for SECONDS; kill backups and restores KILLS times; change every column; poison every queue; then FILES files and MESSAGES mails at once
	@$(BIN)/python -m tests.campaigns.chaos --seconds $(SECONDS)
	@$(BIN)/python -m tests.campaigns.restored --kills $(KILLS) --servers
	@$(BIN)/python -m tests.campaigns.tampered
	@$(BIN)/python -m tests.campaigns.poison
	@$(BIN)/python -m tests.campaigns.weather
	@$(BIN)/python -m tests.campaigns.flood --files $(FILES)
	@$(BIN)/python -m tests.campaigns.backlog --messages $(MESSAGES)

release: dev     ## build the wheel and try it in a new venv, on each Python that is here
	@./tools/check-release

wheelhouse: dev  ## one file in build/ from which it is installed without a network
	@$(BIN)/python tools/wheelhouse build

# Not from the lock: what a library's next version would break is known before the lock is refreshed.
latest:          ## the newest dependencies, in a venv of their own, and the quick part of the tests
	@rm -rf build/latest && $(PYTHON) -m venv build/latest
	@build/latest/bin/pip install --quiet --disable-pip-version-check --upgrade -e ".[dev,ocr,sig,m365]"
	@build/latest/bin/pip list --format=freeze --disable-pip-version-check --exclude-editable
	@build/latest/bin/pytest -q -n auto -p no:cacheprovider tests/config tests/intake tests/handlers/values tests/handlers/readers

lock:            ## refresh the hash-locked requirements from pyproject.toml
	./tools/lock

clean:           ## remove what was built
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache

# Debian splits ensurepip off: where the venv comes without pip, the machine's own pip fills it.
PIP = $(if $(wildcard $(BIN)/pip),$(BIN)/python -m pip,$(PYTHON) -m pip --python $(BIN)/python)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV) 2>/dev/null || $(PYTHON) -m venv --clear --without-pip $(VENV)

$(VENV)/.setup: pyproject.toml requirements.txt | $(BIN)/python
	@echo "Building $(VENV) ..."
	@$(PIP) install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(PIP) install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.setup requirements-dev.txt
	@$(PIP) install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
