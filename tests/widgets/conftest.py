"""A small page that shows a widget and plays its kernel, so that each turn can be decided."""

from pathlib import Path

import pytest
from desk import ADDRESS, Desk
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
HOST = (Path(__file__).parent / "host.html").read_text("utf-8")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        path = CHROMIUM if CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser):
    """A desk whose clock stands still, and whose page may ask no other host for anything."""
    context = chromium.new_context(base_url=ADDRESS, accept_downloads=True)
    asked: list[str] = []
    context.route("**/*", lambda route: (asked.append(route.request.url), route.abort()))
    context.route(ADDRESS, lambda route: route.fulfill(body=HOST, content_type="text/html"))
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.clock.install()
    yield Desk(page)
    context.close()
    assert asked == []
    assert faults == []
