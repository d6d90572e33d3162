# The workbook's commands. `make serve` and `make test` need nothing but Python (3.11 or newer) and make.
# PYTHON=/path/to/python chooses the interpreter; ARGS="..." is passed on to what runs.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-run
TEST := $(VENV)/.installed-test
PIP := $(BIN)/python -m pip --disable-pip-version-check
EDITABLE := $(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
COMPILE := $(BIN)/uv pip compile --quiet pyproject.toml --group build --generate-hashes --universal --python-version 3.11 --no-header
OLDEST := .venv-oldest

.PHONY: help serve test lint format bench soak oldest lock shots clean

help:  ## show this list
	@awk -F ':.*##' '/^[a-z]+:.*##/ {printf "make %-8s %s\n", $$1, $$2}' Makefile

serve: $(RUN)  ## start the workbook (ARGS="--host 0.0.0.0" opens the participants' pages to the room)
	@$(BIN)/learnerfirst serve $(ARGS)

test: $(TEST)  ## run every test (finds a browser, or installs one)
	@browser=$$($(BIN)/python tests/browser/find_browser.py --install) || exit 1; \
	echo "Browser: $$browser"; \
	LEARNERFIRST_TEST_BROWSER="$$browser" $(BIN)/python -m pytest --no-skips $(ARGS)

lint: $(TEST)  ## ruff, mypy --strict, codespell
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/codespell

format: $(TEST)  ## rewrite the code in the one layout
	@$(BIN)/ruff format .

bench: $(TEST)  ## what a visit costs, 300 people in 10 s, gaps on data frames, learning groups (ARGS="--only groups")
	@browser=$$($(BIN)/python tests/browser/find_browser.py --install) || exit 1; \
	LEARNERFIRST_TEST_BROWSER="$$browser" $(BIN)/python -m tests.benchmarks $(ARGS)

soak: $(TEST)  ## the tests that wait in real time (about 15 minutes)
	@browser=$$($(BIN)/python tests/browser/find_browser.py --install) || exit 1; \
	LEARNERFIRST_TEST_BROWSER="$$browser" $(BIN)/python -m pytest -m soak $(ARGS)

oldest: $(TEST)  ## the tests without a browser, on the oldest dependencies that pyproject.toml allows
	@$(BIN)/uv venv --quiet --clear --seed --python $(BIN)/python $(OLDEST)
	@$(BIN)/uv pip install --quiet --python $(OLDEST)/bin/python --resolution lowest-direct --group build -e ".[test]"
	@$(OLDEST)/bin/python -m pytest -m "not browser and not soak" $(ARGS)

lock: $(TEST)  ## write both lock files anew (ARGS="--upgrade" takes the newest versions)
	@$(COMPILE) $(ARGS) -o requirements.lock
	@$(COMPILE) $(ARGS) --extra test --group dev -c requirements.lock -o requirements-test.lock

shots: $(TEST)  ## take the README's pictures from the running pages
	@browser=$$($(BIN)/python tests/browser/find_browser.py --install) || exit 1; \
	LEARNERFIRST_TEST_BROWSER="$$browser" $(BIN)/python docs/screenshots.py $(ARGS)

clean:  ## remove what was installed and built, nothing of yours
	@rm -rf $(VENV) $(OLDEST) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis test-artifacts

# The virtual environment. Each reason why it cannot be made has a sentence of its own.
$(BIN)/python:
	@found=; old=; \
	for candidate in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$candidate; break; fi; \
	  version=$$("$$candidate" -c 'import platform; print(platform.python_version())' 2>/dev/null) && old="$$old $$candidate is $$version."; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "The workbook needs Python 3.11 or newer; none was found.$$old" >&2; \
	  echo "Install one, or say where it is: make $(or $(MAKECMDGOALS),serve) PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$found cannot make virtual environments: a part of it is packed apart on Debian and Ubuntu." >&2; \
	  echo "As root: apt-get install python3-venv   Then run this again." >&2; exit 1; \
	fi; \
	echo "Making $(VENV) with $$found ..."; \
	"$$found" -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the workbook (the first time takes some minutes) ..."
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(EDITABLE)
	@touch $@

$(TEST): requirements-test.lock $(RUN)
	@echo "Installing what the tests need ..."
	@$(PIP) install --quiet --require-hashes -r requirements-test.lock
	@touch $@
