# `make demo` prints cards for the sample shops, `make test` checks everything. Both need Python 3.11 or newer, pip and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
OUT := out

# Tests start many processes, and each would compile all of notegen anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test bench clean

demo: $(VENV)/.installed
	@$(BIN)/python samples/demo.py $(OUT)

test: $(VENV)/.installed-for-tests
	$(BIN)/python -m pytest -n auto --dist worksteal

bench: $(VENV)/.installed-for-tests
	$(BIN)/python -m pip install -q -e '.[bench]'
	$(BIN)/python benchmarks/cards.py
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/paths.py --templates 1000
	-npm install --no-save --silent --prefix $(VENV) write-good
	$(BIN)/python benchmarks/lint.py

# Debian's Python comes without ensurepip unless python3-venv is there; virtualenv brings its own pip.
$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); \
	  $(PYTHON) -m pip install -q --user --break-system-packages virtualenv && $(PYTHON) -m virtualenv -q $(VENV); }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "installing notegen and what it needs into $(VENV) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-for-tests: pyproject.toml | $(BIN)/python
	@echo "installing notegen and its test tools into $(VENV) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-compile -e '.[test]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) $(OUT) build dist
