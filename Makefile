# Everything from a fresh clone with Python 3.11 or newer and make; `make` says what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
OUT ?= out
KLUE ?= ../shared/klue
ARTICLES ?= data/articles

# The tests' packages have a lock of their own, so that who only builds graphs does without them; before `make lock` one lock has all.
DEV_LOCK := $(wildcard requirements-dev.lock)
DOCS_LOCK := $(wildcard requirements-docs.lock)
DEV := $(VENV)/dev

LOCK := pip compile --quiet --universal --generate-hashes --upgrade --no-header --no-annotate --python-version 3.11

MAIN := --extra build --extra serve
TESTED := --extra pdf --extra stats --extra parquet --extra dev

# Bytecode is kept, whatever the shell says: without it every kg compiles a thousand modules again, for a second.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help graph pdf test mutants bench ontology lock docs pictures model arguments employers kills fuzz guided characters audit hostile crowd newcomer licences sbom fresh site release pythons wheel clean

help: ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

$(READY): requirements.lock pyproject.toml hatch_build.py slim.py viz/serve/vendor.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python slim.py $(VENV)
	@test -f viz/serve/static/vendor/yasqe.min.js || echo "npm's registry gave no answer: kg serve will have its plain editor"
	@touch $@

$(DEV): $(READY) $(DEV_LOCK)
	$(if $(DEV_LOCK),$(BIN)/python -m pip install --quiet --require-hashes --requirement $(DEV_LOCK))
	@touch $@

$(VENV)/docs: $(DEV) $(DOCS_LOCK)
	$(BIN)/python -m pip install --quiet $(if $(DOCS_LOCK),--require-hashes --requirement $(DOCS_LOCK),'.[docs]')
	@touch $@

graph: $(READY) ## build the knowledge graph of ARTICLES (data/articles) into OUT (out)
	$(BIN)/kg build $(ARTICLES) --out $(OUT)
	@echo "kg is $(BIN)/kg: try $(BIN)/kg serve $(OUT), or open $(OUT)/graph.html / kg는 $(BIN)/kg에 있습니다: $(BIN)/kg serve $(OUT)"

# Tests that hold something to a time (marked clock) run with nothing beside them, all others beside each other,
# in the order that tests/conftest.py gives; one more than there are cores, for who asks a server or a browser waits much of the time.
WORKERS := $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

test: $(VENV)/docs ## run the tests, or those of TESTS (files) alone
ifdef TESTS
	$(BIN)/python -m pytest $(TESTS)
else
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder -m "not clock"
	$(BIN)/python -m pytest -m clock tests/serve/test_limits.py tests/serve/test_safety.py
endif

mutants: $(DEV) ## break dates, minting, decisions and the loader in small ways; say which breaks no test notices
	$(BIN)/python tests/mutants.py

bench: $(DEV) ## time the stages of a build beside Kiwi alone; CORPUS=file.jsonl for texts of your own, PAGE=docs/benchmarks.md for the whole table
	$(BIN)/python -m kg.bench $(CORPUS) $(if $(PAGE),--page $(PAGE))

$(VENV)/pdf: $(READY) requirements-pdf.lock
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes --requirement requirements-pdf.lock
	@touch $@

pdf: $(VENV)/pdf ## read PDF too, which takes 25 MB more

$(VENV)/train: $(READY) requirements-train.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-train.lock
	@touch $@

model: $(VENV)/train ## train data/models/press_ner again from KLUE (a folder), PRESS (JSON Lines) and the annotated texts in CORPORA
	$(BIN)/python -m kg.train --klue $(KLUE) $(if $(PRESS),--press $(PRESS)) $(foreach file,$(CORPORA),--corpus $(file)) --cache build/model

arguments: $(VENV)/train ## train data/models/arguments again from tests/gold/releases and the texts in CORPORA (JSON Lines)
	$(BIN)/python -m kg.train.arguments $(foreach file,$(CORPORA),--corpus $(file))

employers: $(VENV)/train ## train data/models/employers again from tests/gold and the texts in CORPORA; NAMES is a model of names that has not learned from them
	$(BIN)/python -m kg.train.employers $(foreach file,$(CORPORA),--corpus $(file)) $(if $(NAMES),--names $(NAMES))

ontology: $(DEV) ## write the JSON-LD context and the derived shapes again from ontology/press.ttl
	$(BIN)/python -m kg.knowledge.derived

docs: $(DEV) ## write docs/commands.md and the answers in README.md again
	$(BIN)/python -m docs.make_commands
	$(BIN)/python -m docs.readme

site: $(VENV)/docs ## build the documents as pages, into build/site; nothing is fetched
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

release: $(VENV)/docs ## build wheel and source distribution, install each where nothing else of this checkout is, and run kg from both
	rm -rf dist && $(BIN)/python -m hatchling build -t sdist -t wheel -d dist
	$(BIN)/python -m pytest $(addprefix tests/test_,wheel.py supply.py readme.py blocks.py site.py site_korean.py newcomer.py)
	for made in dist/*.whl dist/*.tar.gz; do bash tests/installed.sh $(PYTHON) "$$made" build/release-$${made##*.} || exit 1; done
	cmp build/release-whl/out/graph.nq build/release-gz/out/graph.nq
	sha256sum dist/*

pythons: $(DEV) ## solve the lock for every Python that is supported, install it on each of PYTHONS (3.11 3.12 3.13, or paths) and run kg there
	for version in 3.11 3.12 3.13; do $(BIN)/python -m uv pip compile --quiet --no-header --python-version $$version $(MAIN) $(TESTED) \
	  --constraint requirements.lock pyproject.toml --output-file /dev/null && echo "Python $$version: solved" || exit 1; done
	bash tests/pythons.sh $(BIN)/uv $(or $(PYTHONS),3.11 3.12 3.13)

pictures: $(DEV) graph ## take the pictures in docs/ again, with Chromium
	$(BIN)/python -m docs.make_pictures $(OUT)

lock: $(DEV) ## write the locks again from pyproject.toml
	$(BIN)/python -m uv $(LOCK) $(MAIN) $(TESTED) --output-file requirements-dev.lock pyproject.toml
	$(BIN)/python -m uv $(LOCK) $(MAIN) --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml
	$(BIN)/python -m uv $(LOCK) --extra train --constraint requirements-dev.lock --output-file requirements-train.lock pyproject.toml
	$(BIN)/python -m uv $(LOCK) $(MAIN) $(TESTED) --extra fuzz --constraint requirements-dev.lock --output-file requirements-fuzz.lock pyproject.toml
	$(BIN)/python -m uv $(LOCK) --extra pdf --constraint requirements-dev.lock --output-file requirements-pdf.lock pyproject.toml
	$(BIN)/python -m uv $(LOCK) $(MAIN) --extra docs --constraint requirements-dev.lock --output-file requirements-docs.lock pyproject.toml

kills: $(DEV) ## kill KILLS (1000) builds at random moments and see that every folder is whole
	$(BIN)/python -m tests.reliability.kills --kills $(or $(KILLS),1000)

fuzz: $(DEV) ## read FUZZ (2000) generated texts and more
	KG_FUZZ=$(or $(FUZZ),2000) $(BIN)/python -m pytest tests/test_fuzz.py

$(VENV)/fuzz: $(DEV) requirements-fuzz.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-fuzz.lock
	@touch $@

guided: $(VENV)/fuzz ## try TARGETS (all readers and stages) for SECONDS (600) of the processor each, led by coverage (atheris)
	$(BIN)/python -m tests.reliability.guided $(TARGETS) --seconds $(or $(SECONDS),600)

characters: $(DEV) ## read CHARACTERS (10000000) of generated Korean
	$(BIN)/python -m tests.reliability.characters --characters $(or $(CHARACTERS),10000000)

audit: $(DEV) ## hold the locked versions against known faults; asks SERVICE (pypi, or osv), and fails where it does not answer
	$(BIN)/uvx --quiet pip-audit --strict --disable-pip --require-hashes --vulnerability-service $(or $(SERVICE),pypi) --requirement requirements.lock

hostile: $(DEV) ## read FILES (500) files that were damaged on purpose
	$(BIN)/python -m tests.reliability.hostile --files $(or $(FILES),500)

crowd: $(DEV) graph ## let CLIENTS (200) ask a served folder for SECONDS (60) without pause
	$(BIN)/python -m tests.reliability.crowd $(OUT) --clients $(or $(CLIENTS),200) --seconds $(or $(SECONDS),60)

licences: $(DEV) ## list what comes along with its licences, held against what is allowed
	$(BIN)/python -m tests.reliability.supply

sbom: $(DEV) ## write dist/sbom.json, a bill of materials (CycloneDX) of what is installed by default
	$(BIN)/python -m tests.reliability.bill dist/sbom.json

newcomer: ## follow the pages from a clone to a relation of one's own, step by step, and time it; ENVIRONMENT=.venv spares the installation
	$(PYTHON) -m tests.newcomer $(if $(ENVIRONMENT),--environment $(ENVIRONMENT))

fresh: ## try the checkout on a stock Debian (SUITE=bookworm, ROOM=/tmp/fresh); CHECK='bash .ci/run' tries the tests too; needs debootstrap
	bash tests/fresh.sh $(or $(SUITE),bookworm) $(or $(ROOM),/tmp/fresh) $(if $(CHECK),'$(CHECK)')

wheel: $(DEV) ## build dist/*.whl; the same source gives the same bytes
	$(BIN)/python -m hatchling build -t wheel -d dist
	sha256sum dist/*.whl

clean: ## remove what make made
	rm -rf $(VENV) $(OUT) build dist viz/serve/static/vendor
