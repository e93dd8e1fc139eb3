"""The words of the interface, by key."""

from collections.abc import Iterator, Mapping
from functools import cache

from viceversa.content.files import read_yaml
from viceversa.content.names import nearest
from viceversa.content.shipped import shipped
from viceversa.content.text import PLACEHOLDER, fill
from viceversa.errors import Missing


class Words(Mapping[str, str]):
    """What the interface says, by key: `words["saved"]`, `words.say("saved-at", time="14:02")`."""

    def __init__(self, words: Mapping[str, str], language: str = "en"):
        self._words = dict(words)
        self.language = language

    def __getitem__(self, key: str) -> str:
        try:
            return self._words[key]
        except KeyError:
            near = nearest(key, self._words)
            meant = f" Did you mean “{near}”?" if near else ""
            raise Missing(
                f"There is no word “{key}”.{meant} "
                f"To add it, write a line “{key}: …” in a file in content/{self.language}/words/."
            ) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def say(self, key: str, **values: object) -> str:
        """Give the words of a key with its `{placeholders}` filled in."""
        return fill(self[key], values)


def placeholders(text: str) -> set[str]:
    """Name the `{placeholders}` in a text."""
    return set(PLACEHOLDER.findall(text))


@cache
def shipped_words() -> Words:
    """Give the English words that come with Vice Versa, for where no scheme is at hand."""
    words: dict[str, str] = {}
    for file in sorted((shipped("content") / "en" / "words").glob("*.yaml")):
        words.update(read_yaml(file) or {})
    return Words(words)
