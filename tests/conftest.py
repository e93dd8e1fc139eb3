"""What many tests start from."""

from collections.abc import Iterator

import pytest

from viceversa.store import Store, memory_store


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    empty = memory_store()
    yield empty
    empty.close()
