"""Options that several commands share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from viceversa.scheme import NoScheme, Scheme, find, no_scheme

scheme_option = click.option(
    "--scheme",
    "scheme_folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The scheme folder; else the one you stand in.",
)


def with_scheme(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option `--scheme FOLDER`, and the opened scheme as `scheme`.

    Without the option it is the scheme folder one stands in, or is somewhere inside.
    """

    @scheme_option
    @wraps(command)
    def run(*args: Any, scheme_folder: Path | None, **options: Any) -> Any:
        return command(*args, scheme=open_scheme(scheme_folder), **options)

    return run


def open_scheme(folder: Path | None) -> Scheme:
    """Open the scheme folder that was named, else the one that one stands in.

    Raises `NoScheme`, which says how to make one.
    """
    found = folder or find()
    if found is None:
        raise NoScheme(no_scheme(Path.cwd()))
    return Scheme.open(found)
