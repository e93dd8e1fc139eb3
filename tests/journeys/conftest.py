"""A scheme as a coordinator would set it up, and people with browsers."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from line import Line
from person import Person
from playwright.sync_api import Browser

from site_under_test import Site, viceversa
from viceversa.scheme import Scheme

# VICEVERSA_KERNELS=ordinary plays every journey on the other kind of kernel.
KERNELS = os.environ.get("VICEVERSA_KERNELS", "forked")
PEOPLE = """\
\ufeffName;E-mail; ROLE ;Partner
Mina Dhillon;mina@example.org;Mentor;
Gwyn Parry;gwyn@example.org;mentee;mina@example.org
Oscar Bell;oscar@example.org;mentor;

Tess Coordinator;tess@example.org;Coordinator;
"""


@pytest.fixture(scope="module")
def running_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A new scheme's server; its kernels are forked, or of the kind that a test asks for."""
    kernels = {"VICEVERSA_KERNELS": getattr(request, "param", KERNELS)}
    folder = tmp_path_factory.mktemp("journey") / "scheme"
    viceversa(folder.parent, "new", str(folder), "--name", "Both Ways")
    (folder / "people.csv").write_text(PEOPLE, "utf-8")
    assert "4 new" in viceversa(folder, "people", "import", "people.csv")
    with Site(Scheme.open(folder), environment=kernels) as running:
        yield running


@pytest.fixture(scope="session")
def demo_site(demo_made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo scheme with its 24 people, for modules whose `running_site` it is to be."""
    folder = shutil.copytree(demo_made_once, tmp_path_factory.mktemp("demo-site") / "demo")
    with Site(Scheme.open(folder), environment={"VICEVERSA_KERNELS": KERNELS}) as running:
        yield running


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    """A line to the site, for somebody to arrive by: `arrive("Mina", address=line.address)`."""
    line = Line(site.port)
    yield line
    line.close()


@pytest.fixture
def arrive(chromium: Browser, site: Site) -> Iterator[Callable[..., Person]]:
    """Bring somebody with a browser of their own: `arrive("Mina")`."""
    here: list[Person] = []

    def arrive(name: str, **settings) -> Person:
        here.append(Person(chromium, site, name, **settings))
        return here[-1]

    yield arrive
    for person in here:
        person.leave()
