"""What can go wrong, said so that the person reading it knows what to do."""


class Trouble(Exception):  # noqa: N818
    """A fault that is told in plain sentences: what happened, where, what was kept, what to do.

    A command that raises one shows its text on stderr, without a traceback, and ends with 1.
    """


class Missing(Trouble, KeyError):  # noqa: N818
    """Something was asked for by name that is not there; the sentence names what is."""

    def __str__(self) -> str:
        # KeyError would show the sentence in quotation marks.
        return str(self.args[0]) if self.args else ""
