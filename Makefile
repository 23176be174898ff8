# The commands of this project. On a bare machine with Python 3.11 or newer: `make demo`.
#
# A stamp file in .venv stands for each set of packages, so nothing is done twice. The packages
# come from locks with hashes (requirements/*.txt); `make lock` renews those.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet --quiet
LOCKED := $(PIP) --require-hashes --no-deps --requirement
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet $(UPGRADE)

# The oldest Python that works, and the release of PyTorch that trains the model.
PYTHON_OK := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
TORCH := torch==2.13.0

.DEFAULT_GOAL := help
.PHONY: always help install demo test lint format bench train lock clean

help: ## list these commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -e 's/:.*## /\t/' | while IFS="$$(printf '\t')" \
		read -r name what; do printf '  make %-9s %s\n' "$$name" "$$what"; done

install: $(STAMP)-core ## make .venv with the command `quotidian` in it

demo: install ## read two weeks of invented news and open the reading room on them
	@$(BIN)/quotidian demo $(DEMO)

test: $(STAMP)-dev lint ## run every check: style, types, tests
	$(BIN)/mypy
	$(BIN)/python -m pytest $(PYTEST)

lint: $(STAMP)-dev ## check the style of the code
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(STAMP)-dev ## put the code into that style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(STAMP)-bench ## measure speed and memory beside spaCy's small pipeline (long)
	$(BIN)/python -m benchmarks $(BENCH)

train: $(STAMP)-train ## train and export the model (hours; QUOTIDIAN_DATA names the data)
	$(BIN)/python -m training $(TRAIN)

lock: $(STAMP)-dev ## renew requirements/*.txt; UPGRADE=--upgrade takes newer versions
	$(COMPILE) pyproject.toml requirements/core.in --output-file requirements/core.txt
	$(COMPILE) --constraint requirements/core.txt requirements/dev.in --output-file requirements/dev.txt
	$(COMPILE) --constraint requirements/core.txt requirements/bench.in --output-file requirements/bench.txt
	$(COMPILE) --constraint requirements/core.txt requirements/train.in --output-file requirements/train.txt \
		--excludes requirements/train-without.in

clean: ## remove .venv, caches and what was built
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what is installed -------------------------------------------------------------------

# A new environment where there is none, or where its Python is gone or the folder has moved.
$(STAMP)-python: always
	@here=$$(pwd -P); \
	if $(BIN)/python -c '$(PYTHON_OK)' 2>/dev/null && [ "$$(cat $@ 2>/dev/null || echo "$$here")" = "$$here" ]; then \
		test -e $@ || echo "$$here" > $@; \
	else \
		for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
			if "$$python" -c '$(PYTHON_OK)' >/dev/null 2>&1; then found=$$python; break; fi; \
		done; \
		if [ -z "$$found" ]; then \
			echo "No Python 3.11 or newer with venv was found: install one (on Debian and Ubuntu" \
				"with its package python3-venv), or name it: make install PYTHON=/path/to/python3" >&2; \
			exit 1; \
		fi; \
		echo "Making $(VENV) with $$("$$found" --version) ..."; \
		"$$found" -m venv --clear $(VENV) && echo "$$here" > $@; \
	fi

$(STAMP)-core: $(STAMP)-python requirements/core.txt pyproject.toml src/quotidian/_version.py
	@echo "Installing what quotidian needs into $(VENV) (about a minute the first time) ..."
	@$(LOCKED) requirements/core.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMP)-dev: $(STAMP)-core requirements/dev.txt
	@echo "Installing what the checks need ..."
	@$(LOCKED) requirements/dev.txt
	@touch $@

$(STAMP)-bench: $(STAMP)-core requirements/bench.txt
	@echo "Installing what the measurement compares with ..."
	@$(LOCKED) requirements/bench.txt
	@touch $@

$(STAMP)-train: $(STAMP)-core requirements/train.txt
	@echo "Installing what training needs ..."
	@$(PIP) $(TORCH)
	@$(LOCKED) requirements/train.txt
	@touch $@
