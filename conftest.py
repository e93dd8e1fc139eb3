"""What holds for tests and notebooks alike."""

import os
import tempfile

import pytest

HISTORY = pytest.StashKey[tempfile.TemporaryDirectory]()


def pytest_configure(config: pytest.Config) -> None:
    """Give kernels a folder to keep their history in that goes when the tests end."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="viceversa-tests-")
        config.stash[HISTORY] = folder
        os.environ["IPYTHONDIR"] = folder.name


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(HISTORY, None):
        folder.cleanup()
