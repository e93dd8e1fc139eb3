# Two commands: "make run" shows the workbook with fictional people, "make test" checks everything.
# Both install what they need into .venv the first time, and skip what is done.

PORT ?= 8866
BIN = .venv/bin

.PHONY: run test bench check clean

run: .venv/ready
	@$(BIN)/viceversa demo var/demo
	@$(BIN)/viceversa report --scheme var/demo
	@$(BIN)/viceversa serve --scheme var/demo --port $(PORT)

test: .venv/tests-ready
	@$(BIN)/python -m pytest tests notebooks --nbval-lax -n 2 --dist loadgroup $(ARGS)

check: .venv/tests-ready
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/pyright

clean:
	rm -rf .venv var

.venv/ready: pyproject.toml constraints.txt tools/setup.sh
	@sh tools/setup.sh

.venv/tests-ready: .venv/ready tools/find_browser.py
	@sh tools/setup.sh test
	@$(BIN)/python tools/find_browser.py
	@touch $@
