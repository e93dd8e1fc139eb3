"""Measures Vice Versa against its peers in one run: `python -m benchmarks`, or `make bench`."""
