# The two commands of the README are `make plan` and `make test`; each makes .venv first, with locked versions.

EXAMPLE := examples/goteborg-ht2026
PLAN := plan/goteborg-ht2026

# The first interpreter that is new enough and can make a virtual environment; another: make setup PYTHON=/path/to/python
CANDIDATES := python3.11 python3.12 python3.13 python3.14 python3 python
CAN_SERVE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in $(CANDIDATES); do "$$p" -c '$(CAN_SERVE)' >/dev/null 2>&1 && echo "$$p" && break; done)

BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup plan tjanst test test-fast coverage mutants lint graph catalogue help example examples chain lock bench torture torture-tjanst last-tjanst

setup: $(READY)

# The project is built with the locked hatchling, not with whichever one is newest today.
$(READY): requirements-dev.lock pyproject.toml
	@test -x $(BIN)/python || test -n "$(PYTHON)" || { echo "Python 3.11 or later with its venv module is needed." >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

plan: $(READY)
	$(BIN)/terminsplan planera $(EXAMPLE)/csv -o $(PLAN) --tvinga
	@echo "The plan lies in $(PLAN): open $(PLAN)/rapport.html"

# The service in the browser, with the example planned and published; its data lie in plan/tjanst.
SERVICE := plan/tjanst
tjanst: $(READY)
	$(BIN)/python -m service exempel '{"data": "$(SERVICE)", "example": "$(notdir $(EXAMPLE))"}'
	$(BIN)/terminsplan tjanst --data $(SERVICE)

# Each worker begins with half of the tests, side by side, so that plans that are shared are made once; who is done takes over from the
# other. Bytecode is kept, since a hundred tests start programs, which compile the house anew else. MEASURED=--cov fails, too, where the
# fast tests among them run less of the code than the floor of pyproject.toml.
MEASURED :=
test: $(READY)
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 2 --dist worksteal $(MEASURED)

# What computes less than 0.1 seconds each and starts no other program: tests/conftest.py. Starting takes less without a plugin that only
# slow tests use.
test-fast: $(READY)
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 2 -m "not slow" -p no:schemathesis

# The same of the fast tests alone, with a table of what they leave out.
coverage: $(READY)
	$(BIN)/python -m pytest -n 2 -m "not slow" --cov --cov-report=term

# Faults planted one by one in rules, levels and the independent check: those that no test notices. All: hours.
MUTANTS :=
mutants: $(READY)
	$(BIN)/mutmut run $(if $(MUTANTS),'$(MUTANTS)')
	$(BIN)/mutmut results

# The picture in docs/architecture.md, from the code.
graph: $(READY)
	$(BIN)/python docs/import_graph.py

# What click says in Swedish, for the program to read.
catalogue: $(READY)
	$(BIN)/pybabel compile --domain click --directory terminsplan/locale --locale sv

# The tables of docs/handbok.md from the registries, and its last section as the program prints it.
help: $(READY)
	$(BIN)/python -m docs.fill_handbook

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy examples/*.py
	$(BIN)/mypy benchmarks
	$(BIN)/mypy --explicit-package-bases docs/*.py
	$(BIN)/mypy --explicit-package-bases --namespace-packages tests
	$(BIN)/lint-imports
	$(BIN)/deptry .

# The examples' files from their scripts; the same bytes as committed unless a script was changed.
example: $(READY)
	for script in examples/make_*.py; do $(BIN)/python $$script || exit 1; done

# Every example planned and checked, and what came out written into examples/README.md.
examples: $(READY)
	$(BIN)/python examples/plan_all.py

# What goes over from the autumn to goteborg-vt2027, from new plans of August, October and December.
CHAIN := plan/chain
chain: $(READY)
	rm -rf $(CHAIN)
	$(BIN)/terminsplan planera $(EXAMPLE)/csv -o $(CHAIN)/augusti
	$(BIN)/terminsplan omplanera $(EXAMPLE)/oktober --tidigare $(CHAIN)/augusti -o $(CHAIN)/oktober
	$(BIN)/terminsplan omplanera $(EXAMPLE)/december --tidigare $(CHAIN)/oktober -o $(CHAIN)/december
	$(BIN)/terminsplan nasta-termin $(CHAIN)/december -o $(CHAIN)/vt2027
	rm -f examples/goteborg-vt2027/fran-ht2026/*.csv
	cp $(CHAIN)/vt2027/*.csv examples/goteborg-vt2027/fran-ht2026/
	$(BIN)/python examples/make_goteborg_vt2027.py

# A table and a plot in benchmarks/results. Sizes: city, varied-city, region, varied-region, nation, given (terms of a city that others
# have made, in folders in TERMS) and itc (the ITC-2019 instances, in the folder ITC).
SIZES := city varied-city given region varied-region itc
SEEDS := 20

bench: $(READY)
	$(BIN)/python benchmarks/run.py --sizes $(SIZES) --seeds $(SEEDS) $(if $(ITC),--itc $(ITC)) $(if $(TERMS),--terms $(TERMS))

# Kills, interruptions, full disks, rivals and changed files; some minutes. A table in docs/torture.md.
torture: $(READY)
	$(BIN)/python -m tests.torture.run

# The service and its databases killed under load, disks full, clocks set; a quarter of an hour. A table in docs/torture-tjanst.md.
torture-tjanst: $(READY)
	$(BIN)/python -m tests.torture.service_run

# The loads of SERVICE.md on a service that plans a city meanwhile, on a machine that does nothing else. Prints a table for docs/service.md.
last-tjanst: $(READY)
	$(BIN)/python -m tests.torture.service_pressure

# One set of versions for every platform and every Python that pyproject.toml allows.
LOCK := $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --no-annotate --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock" pyproject.toml

lock: $(READY)
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
