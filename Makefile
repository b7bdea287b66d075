# Each target makes its own environment first: Python 3.11 or newer with venv is all a machine needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: run test check bench clean

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

run: $(STAMP)  ## set up if needed, open the app
	@$(BIN)/companion

# Half of the time of a screen's test is waiting for the screen: two workers a processor are done sooner than one.
test: $(STAMP)  ## set up if needed, run every test
	$(BIN)/python -m pytest -q -n $$(( 2 * $$($(BIN)/python -c 'import os; print(os.cpu_count() or 1)') )) --dist worksteal

check: $(STAMP)  ## style, types, import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(STAMP)  ## the figures that are promised, side by side with what they are measured against
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) dist build
