# Everything from a fresh clone with Python 3.11 or newer and make; `make` says what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
OUT ?= out
KLUE ?= ../shared/klue
ARTICLES ?= data/articles

LOCK := pip compile --quiet --universal --generate-hashes --upgrade --no-header --no-annotate --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help graph test mutants bench ontology lock docs pictures model arguments kills fuzz licences sbom fresh wheel clean

help: ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

$(READY): requirements.lock pyproject.toml hatch_build.py viz/serve/vendor.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@test -f viz/serve/static/vendor/yasqe.min.js || echo "npm's registry gave no answer: kg serve will have its plain editor"
	@touch $@

graph: $(READY) ## build the knowledge graph of ARTICLES (data/articles) into OUT (out)
	$(BIN)/kg build $(ARTICLES) --out $(OUT)

test: $(READY) ## run the tests
	$(BIN)/python -m pytest

mutants: $(READY) ## break dates, minting, decisions and the loader in small ways; say which breaks no test notices
	$(BIN)/python tests/mutants.py

bench: $(READY) ## time the stages of a build beside Kiwi alone; CORPUS=file.jsonl for texts of your own
	$(BIN)/python -m kg.bench $(CORPUS)

$(VENV)/train: $(READY) requirements-train.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-train.lock
	@touch $@

model: $(VENV)/train ## train data/models/press_ner again from KLUE (a folder) and PRESS (JSON Lines); takes half an hour
	$(BIN)/python -m kg.train --klue $(KLUE) $(if $(PRESS),--press $(PRESS)) --cache build/model

arguments: $(VENV)/train ## train data/models/arguments again from tests/gold/releases and the texts in CORPORA (JSON Lines)
	$(BIN)/python -m kg.train.arguments $(foreach file,$(CORPORA),--corpus $(file))

ontology: $(READY) ## write the JSON-LD context and the derived shapes again from ontology/press.ttl
	$(BIN)/python -m kg.knowledge.derived

docs: $(READY) ## write docs/commands.md and the answers in README.md again
	$(BIN)/python -m docs.make_commands
	$(BIN)/python -m docs.readme

pictures: graph ## take the pictures in docs/ again, with Chromium
	$(BIN)/python -m docs.make_pictures $(OUT)

lock: $(READY) ## write the locks again from pyproject.toml
	$(BIN)/python -m uv $(LOCK) --extra formats --extra serve --extra stats --extra dev --output-file requirements.lock pyproject.toml
	$(BIN)/python -m uv $(LOCK) --extra train --constraint requirements.lock --output-file requirements-train.lock pyproject.toml

kills: $(READY) ## kill KILLS (1000) builds at random moments and see that every folder is whole
	$(BIN)/python -m tests.reliability.kills --kills $(or $(KILLS),1000)

fuzz: $(READY) ## read FUZZ (2000) generated texts and more
	KG_FUZZ=$(or $(FUZZ),2000) $(BIN)/python -m pytest tests/test_fuzz.py

licences: $(READY) ## list what comes along with its licences, held against what is allowed
	$(BIN)/python -m tests.reliability.supply

sbom: $(READY) ## write dist/sbom.json, a bill of materials (CycloneDX) of the environment
	mkdir -p dist
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-format JSON --output-file dist/sbom.json $(BIN)/python

fresh: ## try the checkout on a stock Debian (SUITE=bookworm, ROOM=/tmp/fresh); CHECK='bash .ci/run' tries the tests too; needs debootstrap
	bash tests/fresh.sh $(or $(SUITE),bookworm) $(or $(ROOM),/tmp/fresh) $(if $(CHECK),'$(CHECK)')

wheel: $(READY) ## build dist/*.whl; the same source gives the same bytes
	$(BIN)/python -m hatchling build -t wheel -d dist
	sha256sum dist/*.whl

clean: ## remove what make made
	rm -rf $(VENV) $(OUT) build dist viz/serve/static/vendor
