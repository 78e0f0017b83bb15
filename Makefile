# Everything runs from .venv, which the first target sets up: Python 3.11+ and make are all it takes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := $(VENV)/.demo-ready

.PHONY: help demo run test lint format bench bench-peers gateway soak mutate clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; say which with PYTHON=…") if sys.version_info < (3, 11) else 0'
	@$(PYTHON) -m venv $(VENV)

$(DEMO): pyproject.toml | $(VENV)/bin/python
	@echo "setting up $(VENV) (a minute, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fast]'
	@touch $@

$(READY): pyproject.toml | $(VENV)/bin/python
	@echo "setting up $(VENV) with the developers' tools (a few minutes, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,fast,postgres,train,wechaty]'
	@touch $@ $(DEMO)

demo: $(DEMO) ## the bot with a seeded neighbourhood, at http://127.0.0.1:8311/
	@$(BIN)/shaozi demo

run: $(DEMO) ## the bot as config.yaml says
	@$(BIN)/shaozi run

test: $(READY) ## all tests, with branch coverage
	@$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term

gateway: $(READY) ## a make-believe WeChat to try at home: Wechaty's gateway with a mock behind it
	@cd "$$($(BIN)/python -m tests.gateway.world)" && node gateway.mjs

soak: $(READY) ## what takes an hour or more: a thousand kills (KILLS=50 for fewer), a gateway away for long, random walks
	@KILLS=$(or $(KILLS),1000) $(BIN)/python -m pytest -m soak

mutate: $(READY) ## falsify the code in many places and count what the tests notice (hours; SAMPLE=60 for so many of each folder, SEED=n for others)
	@$(BIN)/python -m tests.mutate "$(SAMPLE)" "$(SEED)"

lint: $(READY) ## ruff, mypy strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY) ## put the code into the house's form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

bench: $(READY) ## measure, and write docs/benchmarks.md
	@$(BIN)/python -m tests.bench

bench-peers: $(READY) ## measure beside python-telegram-bot, aiogram and NoneBot2 (a place of their own, gone afterwards)
	@$(BIN)/python -m tests.bench.against_peers

clean: ## remove what was built
	@rm -rf $(VENV) *.egg-info .mypy_cache .ruff_cache .pytest_cache .coverage
