"""Sources that several texts share, and the numbers by which the texts name them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from viceversa.content.worksheets import Source

CITED = re.compile(r"\[(\d{1,2})\](?!\()")


def together(*lists: Iterable[Source]) -> tuple[Source, ...]:
    """Put lists of sources into one, each source once, with all that was taken from it."""
    merged: dict[str, Source] = {}
    for source in (source for sources in lists for source in sources):
        known = merged.get(source.title)
        both = "\n".join(dict.fromkeys(filter(None, (known and known.for_, source.for_)))) or None
        merged[source.title] = (known or source).model_copy(update={"for_": both})
    return tuple(merged.values())


def renumbered(data: Any, sources: Iterable[Source], among: Iterable[Source]) -> Any:
    """Give plain values whose texts name their `sources` by their places `among` all of them."""
    places = {source.title: place for place, source in enumerate(among, start=1)}
    numbers = {str(n): str(places[one.title]) for n, one in enumerate(sources, start=1)}
    return _renumbered(data, numbers)


def _renumbered(data: Any, numbers: Mapping[str, str]) -> Any:
    if isinstance(data, str):
        return CITED.sub(lambda found: f"[{numbers.get(found[1], found[1])}]", data)
    if isinstance(data, dict):
        return {key: _renumbered(value, numbers) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_renumbered(value, numbers) for value in data]
    return data
