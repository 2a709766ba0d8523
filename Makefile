# Everything one can do with Kanryu from a fresh checkout. Python 3.11+ is all it needs; the rest comes into .venv/.
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ $$n -gt 6 ] && echo 6 || echo $$n)
PYTEST := $(PY) -m pytest -n $(WORKERS) --create-db
KANRYU_TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres
KANRYU_TEST_REDIS_URL ?= redis://127.0.0.1:6379/9

# A stamp carries the fingerprint of what it stands for, so that a second start has nothing to do.
PRINT = $(shell cat $(1) | cksum | cut -d' ' -f1)
RUN_READY := $(VENV)/.run-$(call PRINT,requirements/run.txt)
CHECK_READY := $(VENV)/.check-$(call PRINT,requirements/run.txt requirements/check.txt)

.DEFAULT_GOAL := help
.PHONY: help run test check lint test-covered floor test-postgres prod-smoke fmt words lock clean

help: ## Show what there is to do
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_READY) ## Start Kanryu on this machine: web server, sweeps, a sample company
	@$(PY) manage.py run --port $(PORT)

test: $(CHECK_READY) ## Run the tests on the embedded defaults (SQLite, no broker)
	@$(PYTEST) $(ARGS)

# In CI `make test` has just run on SQLite with its coverage kept: TESTED=1 reads that instead of running it again.
check: lint $(if $(TESTED),floor,test-covered) test-postgres prod-smoke ## Everything that must hold before a commit

lint: $(CHECK_READY) ## Format, lint, contracts, types, migrations
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	git ls-files -co --exclude-standard 'templates/*.html' | xargs $(VENV)/bin/djade --check --target-version 5.2
	$(VENV)/bin/djlint --quiet --lint templates
	$(VENV)/bin/lint-imports
	$(PY) -m mypy
	$(PY) manage.py makemigrations --check --dry-run

test-covered: $(CHECK_READY) ## The tests on SQLite, with the coverage floor
	$(PYTEST) --cov --cov-report=term:skip-covered $(ARGS)

floor: ## Whether the last covered run reached the floor
	$(PY) -m coverage report --skip-covered

test-postgres: $(CHECK_READY) ## The tests again on PostgreSQL with Redis (no browser journeys)
	DATABASE_URL=$(KANRYU_TEST_DATABASE_URL) REDIS_URL=$(KANRYU_TEST_REDIS_URL) $(PYTEST) -m "not browser and not production" $(ARGS)

prod-smoke: $(CHECK_READY) ## The commands of docker-compose.yml on this machine, and a whole turn over HTTP
	KANRYU_TEST_DATABASE_URL=$(KANRYU_TEST_DATABASE_URL) $(PY) -m pytest -m production -p no:randomly tests/production

fmt: $(CHECK_READY) ## Put code and templates in form
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	git ls-files -co --exclude-standard 'templates/*.html' | xargs $(VENV)/bin/djade --target-version 5.2

words: $(CHECK_READY) ## Collect the words to translate into recruiting/locale
	$(PY) manage.py collect_words

lock: $(CHECK_READY) ## Write exact versions and hashes from the ranges in pyproject.toml
	@$(PY) -m pip install --quiet --disable-pip-version-check uv
	$(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml -o requirements/run.txt
	$(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--group check --constraint requirements/run.txt pyproject.toml -o requirements/check.txt

clean: ## Remove the environment; data in var/ stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# --- What the targets stand on ---------------------------------------------------------------------------------------

$(PY):
	@found=""; for python in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "Kanryu needs Python 3.11 or newer, and none was found on this machine." >&2; exit 1; fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$found has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; fi; \
	echo "Making $(VENV) with $$("$$found" --version)."; "$$found" -m venv $(VENV)

$(RUN_READY): | $(PY)
	@echo "Installing what Kanryu runs on."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@rm -f $(VENV)/.run-*; touch $@

$(CHECK_READY): | $(PY)
	@echo "Installing what Kanryu runs on and is checked with."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/check.txt
	@rm -f $(VENV)/.check-*; touch $@
