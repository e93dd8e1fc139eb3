"""What many tests start from."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from site_under_test import Site
from viceversa.demo import make_demo
from viceversa.scheme import Scheme
from viceversa.store import Store, memory_store

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    empty = memory_store()
    yield empty
    empty.close()


@pytest.fixture(scope="session")
def demo_made_once(tmp_path_factory) -> Path:
    """The demo scheme, to be copied and never changed."""
    return make_demo(tmp_path_factory.mktemp("schemes") / "demo").folder


@pytest.fixture
def demo(demo_made_once: Path, tmp_path: Path) -> Scheme:
    """A demo scheme of one's own."""
    return Scheme.open(shutil.copytree(demo_made_once, tmp_path / "demo"))


@pytest.fixture(scope="module")
def running_site(request, demo_made_once: Path, tmp_path_factory) -> Iterator[Site]:
    """The demo scheme, served; a module may say with what, as `SERVED_WITH`."""
    folder = shutil.copytree(demo_made_once, tmp_path_factory.mktemp("site") / "demo")
    # The password is something that no kernel may ever see.
    served_with = getattr(request.module, "SERVED_WITH", {"DATABASE_PASSWORD": "do-not-tell"})
    with Site(Scheme.open(folder), environment=served_with) as running:
        yield running


@pytest.fixture
def site(running_site: Site) -> Iterator[Site]:
    """A server with the demo scheme, shared by the tests of a module."""
    yield running_site
    running_site.send_visitors_home()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own; it asks no other host for anything."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()
