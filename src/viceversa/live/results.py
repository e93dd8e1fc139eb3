"""What a group answered, within the limits that keep it without names."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from viceversa.content.fields import Option
from viceversa.store.room_answers import Kept

COUNTS_FROM = 5
TEXTS_FROM = 8


@dataclass(frozen=True)
class Limits:
    """From how many answers on something is shown; never fewer than is promised to a guest."""

    counts: int = COUNTS_FROM
    texts: int = TEXTS_FROM

    @classmethod
    def at_least(cls, people: int) -> "Limits":
        """Limits for a scheme that wants at least so many people in any group."""
        return cls(max(COUNTS_FROM, people), max(TEXTS_FROM, people))


def given(answers: Iterable[Kept]) -> list[Kept]:
    """Those answers that hold something."""
    return [kept for kept in answers if kept.value not in (None, "", [])]


def counts(answers: Iterable[Kept], options: Sequence[Option], limits: Limits) -> dict[str, Any]:
    """How many chose each option; held back while there are too few answers."""
    chosen = Counter(kept.value for kept in given(answers))
    answered = chosen.total()
    if answered < limits.counts:
        return {"kind": "held-back", "answered": answered, "needed": limits.counts}
    each = [{"key": one.key, "words": one.words, "n": chosen[one.key]} for one in options]
    return {"kind": "counts", "answered": answered, "counts": each}


def texts(
    answers: Iterable[Kept], limits: Limits, released: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What was written, each text once with how many wrote it; for the trainer.

    Below the limit only what its writers let show at once. `released` holds the items that the
    trainer has let the group see.
    """
    every = given(answers)
    seen = [kept for kept in every if kept.early or len(every) >= limits.texts]
    if not seen and every:
        return {"kind": "held-back", "answered": len(every), "needed": limits.texts}
    let = set((released or {}).get("items", ()))
    shown = [
        {"item": item, "text": text, "n": n, "released": item in let}
        for item, (text, n) in _counted(seen).items()
    ]
    needed = {} if len(every) >= limits.texts else {"needed": limits.texts}
    return {"kind": "texts", "answered": len(every), "texts": shown, **needed}


def for_the_group(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result as the group may see it: of texts, only those that the trainer has released."""
    if result["kind"] != "texts":
        return dict(result)
    let = [{"text": one["text"], "n": one["n"]} for one in result["texts"] if one["released"]]
    return {**result, "texts": let}


def item_of(text: str) -> str:
    """What a text is released by: a changed text is another one, and waits again."""
    return hashlib.sha256(_same(text).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _counted(answers: Iterable[Kept]) -> dict[str, tuple[str, int]]:
    """Each text by its item, the most frequent first; equal ones in the order of their letters."""
    found: dict[str, list[str]] = {}
    for kept in answers:
        mine = kept.value if isinstance(kept.value, list) else [kept.value]
        # Somebody who writes the same word twice has still said it once.
        for item, text in {item_of(str(one)): str(one) for one in mine}.items():
            found.setdefault(item, []).append(text)
    sorted_ones = sorted(found.items(), key=lambda one: (-len(one[1]), _same(min(one[1]))))
    return {item: (min(written), len(written)) for item, written in sorted_ones}


def _same(text: str) -> str:
    return " ".join(text.casefold().split())
