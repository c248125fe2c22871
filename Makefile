# make run: install and start the bot (the playground, without a token).
# make test: install with the test tools and pass the suite.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TORCH := $(shell sed -n 's/^torch==\([0-9.]*\).*/\1/p' constraints.txt)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run test simulate-daily lint format screenshots clean

help: ## list what make can do
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

run: $(VENV)/installed ## start the bot on Telegram, or on the local playground when there is no BOT_TOKEN
	@exec $(BIN)/poetry-bot run --or-playground

test: $(VENV)/installed-dev ## pass the whole test suite
	@$(BIN)/python -m pytest

simulate-daily: $(VENV)/installed-dev ## rehearse the daily poem: 10,000 subscribers on SQLite, 100,000 on PostgreSQL
	@$(BIN)/python -m bot.simulation --database sqlite --subscribers 10000
	@$(BIN)/python -m bot.simulation --database postgresql --subscribers 100000

lint: $(VENV)/installed-dev ## check formatting, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/installed-dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: $(VENV)/installed-dev ## make the README's pictures of the chat page, with a Chromium
	@$(BIN)/python -m tests.browser.screenshots

clean: ## remove the virtual environment
	rm -rf $(VENV)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# On Linux a build of torch for the CPU alone is a tenth of the size: the local
# build tag is tried first, then PyTorch's own index, then whatever pip finds.
$(VENV)/torch: constraints.txt | $(VENV)/bin/python
	@if [ "$$(uname -s)" = Linux ]; then \
	  $(PIP) "torch==$(TORCH)+cpu" 2>/dev/null \
	  || $(PIP) "torch==$(TORCH)+cpu" --extra-index-url https://download.pytorch.org/whl/cpu 2>/dev/null \
	  || $(PIP) "torch==$(TORCH)"; \
	else $(PIP) "torch==$(TORCH)"; fi
	@touch $@

$(VENV)/installed: pyproject.toml constraints.txt $(VENV)/torch
	$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt $(VENV)/torch
	$(PIP) --editable ".[dev]"
	@touch $@ $(VENV)/installed
