#!/bin/sh
# Makes .venv and installs Vice Versa into it, with the versions that were tested.
# "setup.sh test" adds what the tests need.
set -eu

fail() { printf '%s\n' "$*" >&2; exit 1; }

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

find_python() {
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "$new_enough" 2>/dev/null; then
      printf '%s' "$candidate"
      return
    fi
  done
  fail "Vice Versa needs Python 3.11 or newer, and none was found. Install it (Debian: apt-get install python3 python3-venv; macOS: brew install python) and try again."
}

# Debian's Python cannot make virtual environments until python3-venv is there.
have_venv() {
  "$1" -c 'import ensurepip, venv' 2>/dev/null && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 ||
    fail "This Python cannot make virtual environments. Install them (Debian: apt-get install python3-venv) and try again."
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
}

# A .venv whose Python has gone, or is too old, is made anew.
if ! .venv/bin/python -c "$new_enough" 2>/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  python=$(find_python)
  have_venv "$python"
  printf 'Making .venv\n'
  "$python" -m venv --clear .venv
fi

extras=${1:+"[$1]"}
printf 'Installing Vice Versa%s (a few minutes the first time)\n' "${1:+ and what the tests need}"
# Twice quiet: warnings are for whoever looks after pip; errors are still told.
.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check \
  --constraint constraints.txt --editable ".$extras" ||
  fail "Something could not be installed; pip says above what. Often the network is the reason. What was done so far is kept: run the same command again."
touch .venv/ready
