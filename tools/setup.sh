#!/bin/sh
# Makes .venv and installs Vice Versa into it, with the versions that were tested.
# "setup.sh test" adds what the tests need.
set -eu

fail() { printf '%s\n' "$*" >&2; exit 1; }

python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null 2>&1 &&
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || fail "Vice Versa needs Python 3.11 or newer, and none was found. Install it (Debian: apt-get install python3 python3-venv; macOS: brew install python) and try again."

if [ ! -x .venv/bin/pip ]; then
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
      apt-get update -qq && apt-get install -y -qq python3-venv
    else
      fail "This Python cannot make virtual environments. Install them (Debian: apt-get install python3-venv) and try again."
    fi
  fi
  printf 'Making .venv\n'
  "$python" -m venv .venv
fi

extras=${1:+"[$1]"}
printf 'Installing Vice Versa%s (a minute or two the first time)\n' "${1:+ and what the tests need}"
.venv/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".$extras"
touch .venv/ready
