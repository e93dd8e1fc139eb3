"""A small page that shows a widget and plays its kernel, so that each turn can be decided."""

from pathlib import Path

import pytest
from desk import ADDRESS, Desk
from playwright.sync_api import Browser
from worksheets import SHORT, WORDS, sheet

HOST = (Path(__file__).parent / "host.html").read_text("utf-8")


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


@pytest.fixture
def desk(browser_page: Desk) -> Desk:
    """A desk with a long text and a short one."""
    return browser_page.show(sheet(WORDS, SHORT))
