"""Why a value was not taken."""

from viceversa.content.words import Words, shipped_words


class Refused(ValueError):  # noqa: N818
    """A value that does not fit its field: a key of the words, and what fills its placeholders.

    `say(words)` makes the sentence for the person; `str()` gives it in English.
    """

    def __init__(self, key: str, **values: object):
        super().__init__(key)
        self.key = key
        self.values = values

    def say(self, words: Words) -> str:
        """Say what is accepted, in the words of the scheme."""
        return words.say(self.key, **{name: _said(v, words) for name, v in self.values.items()})

    def __str__(self) -> str:
        return self.say(shipped_words())


def _said(value: object, words: Words) -> object:
    if isinstance(value, Refused):
        return value.say(words)
    return f"{value:,}" if isinstance(value, int) else value
