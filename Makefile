# make graph   the environment, then the five pages of seeds/ as a knowledge graph in out/
# make test    the environment, then lint, types and the whole suite
# Needs Python 3.11, 3.12 or 3.13; PYTHON=/path/to/python3.12 chooses one. Everything else comes from requirements.lock.

VENV := .venv
READY := $(VENV)/.ready
BIN := $(VENV)/bin
SUITABLE := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	if command -v $$name >/dev/null 2>&1 && $$name -c '$(SUITABLE)' 2>/dev/null; then echo $$name; break; fi; done)

.DEFAULT_GOAL := help
.PHONY: help graph test lock clean

help:
	@sed -n '1,3s/^# //p' Makefile

graph: $(READY)
	@$(BIN)/kg build seeds --out out

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

# Writes requirements.lock anew from pyproject.toml, with the newest versions that fit.
lock: $(READY)
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-emit-find-links --extra dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: Python 3.11, 3.12 or 3.13 was not found; install one (Debian: apt-get \
	install python3 python3-venv) or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c '$(SUITABLE)' || { echo "make: $(PYTHON) is not Python 3.11, 3.12 or 3.13" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "make: $(PYTHON) cannot make an environment; \
	install its venv package (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@echo "Making the environment in $(VENV) (some minutes the first time)"
	@"$(PYTHON)" -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
