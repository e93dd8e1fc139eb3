"""What can go wrong, said so that the person reading it knows what to do."""


class Trouble(Exception):
    """A fault that is told in plain sentences: what happened, where, what was kept, what to do.

    A command that raises one shows its text on stderr, without a traceback, and ends with 1.
    """
