# The menu. `make` alone shows it.
.DEFAULT_GOAL := help
.PHONY: help run test test-fast check fix bench drills docs pictures messages lock clean

# Bytecode makes each later start twice as fast; whoever forbids it elsewhere need not here.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
TRESEN := $(BIN)/tresen
STAMPS := .venv/stamps
CHECKED := tresen tests tools bench conftest.py
TEMPLATES := tresen/entrypoints tresen/adapters
JOBS ?= 2
SEED ?= 1

help: ## this menu
	@grep -hE '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | \
	  awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

# A stamp says that a lock is installed: a later start costs nothing. One environment for both
# locks; the test lock holds everything of the other.
$(STAMPS)/run: requirements.lock pyproject.toml .ci/environment
	@sh .ci/environment requirements.lock
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/test: requirements-test.lock pyproject.toml .ci/environment
	@sh .ci/environment requirements-test.lock
	@mkdir -p $(STAMPS) && touch $@ $(STAMPS)/run

run: $(STAMPS)/run ## open the shop (PORT, TRESEN_DATA, DATABASE_URL; Ctrl-C closes it)
	@exec $(TRESEN) run

test: check ## everything that guards the project; the last line is pytest's
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup --randomly-seed=$(SEED)

test-fast: $(STAMPS)/test ## the inner loop: quick lint, rules and units, under 90 seconds
	@$(BIN)/ruff format --check --quiet $(CHECKED)
	@$(BIN)/ruff check --quiet $(CHECKED)
	@$(BIN)/python -m pytest -n $(JOBS) -m "not slow and not drill and not browser and not concurrency and not real_data"

check: $(STAMPS)/test ## format, lint, templates, types, contracts, words, migrations
	@$(BIN)/ruff format --check --quiet $(CHECKED)
	@$(BIN)/ruff check --quiet $(CHECKED)
	@$(BIN)/djlint --check --lint $(TEMPLATES)
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo
	@$(TRESEN) messages --check
	@TRESEN_DATA=.cache/check $(TRESEN) manage makemigrations --check --dry-run

fix: $(STAMPS)/test ## let the tools mend what they can
	@$(BIN)/ruff check --fix $(CHECKED)
	@$(BIN)/ruff format $(CHECKED)
	@$(BIN)/djlint --reformat --quiet $(TEMPLATES)

bench: $(STAMPS)/test ## the load and limit benchmarks; figures go to bench/results
	@$(BIN)/python -m bench

drills: $(STAMPS)/test ## faults on purpose: killed servers, frozen servers, killed workers
	@$(BIN)/python -m pytest -n 0 -m "drill or (slow or concurrency) and not browser" tresen tests

docs: $(STAMPS)/test ## the drawing of the house: docs/reference/house.dot
	@mkdir -p docs/reference
	@$(BIN)/import-linter drawgraph tresen > docs/reference/house.dot

pictures: $(STAMPS)/test ## the README's pictures, taken from a running shop
	@$(BIN)/python -m tests.journeys.pictures

messages: $(STAMPS)/test ## merge and compile the translations, name the gaps
	@$(TRESEN) messages

lock: $(STAMPS)/test ## renew both lock files from pyproject.toml
	@UV_SYSTEM_CERTS=1 .tools/bin/uv pip compile pyproject.toml --extra build --universal \
	  --generate-hashes --no-emit-index-url --quiet --upgrade -o requirements.lock
	@UV_SYSTEM_CERTS=1 .tools/bin/uv pip compile pyproject.toml --extra build --extra test --universal \
	  --generate-hashes --no-emit-index-url --quiet --constraint requirements.lock -o requirements-test.lock

clean: ## remove environments and caches; the shop's data in var stays
	@rm -rf .venv .tools .cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache *.egg-info
	@find tresen tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
	@find tresen -name '*.mo' -delete
