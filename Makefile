# Two commands: "make run" shows the workbook with fictional people, "make test" checks everything.
# Both install what they need into .venv the first time, and skip what is done.

PORT ?= 8866
BIN = .venv/bin

.PHONY: run test check screenshots bench clean

# A report that could not be made is told of, and is no reason to serve nothing.
run: .venv/ready
	@$(BIN)/viceversa demo var/demo | head -n 1
	@$(BIN)/viceversa report --scheme var/demo || echo "The workbook opens all the same."
	@$(BIN)/viceversa serve --scheme var/demo --port $(PORT)

# make test ARGS="-k links" runs some of the tests.
test: .venv/tests-ready
	@$(BIN)/python -m pytest tests notebooks --nbval-lax -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

# What takes seconds: style, types and faults in the content.
check: .venv/tests-ready
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/pyright && $(BIN)/viceversa check

screenshots: .venv/tests-ready
	@$(BIN)/python tools/screenshots.py

# About fifteen minutes on two cores; make bench ARGS="--quick" only shows that it runs.
bench: .venv/tests-ready
	@$(BIN)/python -m benchmarks $(ARGS)

clean:
	rm -rf .venv var

.venv/ready: pyproject.toml constraints.txt tools/setup.sh
	@sh tools/setup.sh

.venv/tests-ready: pyproject.toml constraints.txt tools/setup.sh tools/find_browser.py
	@sh tools/setup.sh test
	@$(BIN)/python tools/find_browser.py
	@touch $@
