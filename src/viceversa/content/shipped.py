"""Where the content and the notebooks that come with Vice Versa are."""

from pathlib import Path

from viceversa.errors import Missing

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Give the folder `content` or `notebooks` that comes with Vice Versa.

    In an installed package it lies inside the package, in a checkout at the top.
    """
    for place in (_PACKAGE / "shipped" / name, _PACKAGE.parent.parent / name):
        if place.is_dir():
            return place
    raise Missing(
        f"The folder “{name}” that comes with Vice Versa is not there. "
        "The installation is not whole: install viceversa again."
    )
