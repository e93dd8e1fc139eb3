"""What a visit weighs in a real browser: requests and bytes over the wire, websocket included."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any
from zlib import Z_SYNC_FLUSH, compressobj

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks import servers
from benchmarks.figures import Figure
from benchmarks.plan import Plan
from benchmarks.schemes import filled
from benchmarks.visits import PAGE

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    # Nothing but this machine can be reached, whoever is asked for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 60_000
SHOWN = "input[type=radio]"
QUIET = 1500  # milliseconds without traffic: then the page is all there


@dataclass
class Weight:
    """What went over the wire: requests of any kind, and bytes of bodies, headers and frames."""

    requests: int = 0
    bytes: float = 0.0
    frames: float = 0.0
    cached: set[str] = field(default_factory=set)
    packers: dict[str, Any] = field(default_factory=dict)

    def listen(self, page: Page) -> None:
        """Count what the browser's own tools say of this page."""
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.on("Network.requestWillBeSent", self._asked)
        tools.on("Network.requestServedFromCache", self._from_cache)
        tools.on("Network.responseReceived", self._answered)
        tools.on("Network.loadingFinished", self._finished)
        tools.on("Network.webSocketCreated", lambda _: self._count())
        tools.on("Network.webSocketHandshakeResponseReceived", self._agreed)
        tools.on("Network.webSocketFrameReceived", lambda told: self._frame(told, "in"))
        tools.on("Network.webSocketFrameSent", lambda told: self._frame(told, "out"))

    def _count(self) -> None:
        self.requests += 1

    def _asked(self, told: dict[str, Any]) -> None:
        if told["request"]["url"].startswith("http"):
            self.requests += 1

    def _from_cache(self, told: dict[str, Any]) -> None:
        self._drop(told["requestId"])

    def _answered(self, told: dict[str, Any]) -> None:
        response = told["response"]
        if response.get("fromDiskCache") and response["url"].startswith("http"):
            self._drop(told["requestId"])

    def _drop(self, request: str) -> None:
        if request not in self.cached:
            self.cached.add(request)
            self.requests -= 1

    def _finished(self, told: dict[str, Any]) -> None:
        if told["requestId"] not in self.cached:
            self.bytes += told["encodedDataLength"]

    def _agreed(self, told: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in told["response"]["headers"].items()}
        if "permessage-deflate" in headers.get("sec-websocket-extensions", ""):
            for way in ("in", "out"):
                self.packers[told["requestId"] + way] = compressobj(wbits=-15)

    def _frame(self, told: dict[str, Any], way: str) -> None:
        """Count a frame as it goes over the wire; the browser tells of it unpacked (RFC 7692)."""
        data, text = told["response"]["payloadData"], told["response"]["opcode"] == 1
        frame = data.encode() if text else base64.b64decode(data)
        self.frames += len(frame)
        if packer := self.packers.get(told["requestId"] + way):
            # Each ends with four bytes that are always the same, and are left out.
            frame = (packer.compress(frame) + packer.flush(Z_SYNC_FLUSH))[:-4]
        self.bytes += len(frame)


def measure(plan: Plan) -> Iterator[Figure]:
    """Weigh a first and a second visit on ours and on stock Voila."""
    with _browser() as browser:
        with filled(2) as scheme, servers.ours(scheme.folder) as server:
            name, _, value = scheme.cookies()[0].partition("=")
            cookie = {"name": name, "value": value, "url": server.address}
            own = _visit_twice(browser.new_context(), server.address + PAGE, [cookie])
        with (
            TemporaryDirectory(prefix="viceversa-bench-") as place,
            servers.stock(Path(place)) as server,
        ):
            peer = _visit_twice(browser.new_context(), server.address, [])
    yield from _compare("first visit", own[0], peer[0], must=(60, 1.8), aim=(12, 0.4))
    yield from _compare("second visit", own[1], peer[1], must=(None, 0.06), aim=(None, None))
    for which_one, ours, stock in zip(("first", "second"), own, peer, strict=True):
        what = f"{which_one} visit, websocket frames before they are compressed"
        yield Figure("weight", what, "MB", ours.frames / 1e6, stock.frames / 1e6, "stock")


def _compare(
    what: str,
    ours: Weight,
    stock: Weight,
    must: tuple[float | None, float | None],
    aim: tuple[float | None, float | None],
) -> Iterator[Figure]:
    requests = (float(ours.requests), float(stock.requests))
    sizes = (ours.bytes / 1e6, stock.bytes / 1e6)
    for unit, (own, peer), least, most in zip(
        ("requests", "MB"), (requests, sizes), must, aim, strict=True
    ):
        yield Figure("weight", what, unit, own, peer, "stock", must=least, aim=most)


@contextmanager
def _browser() -> Iterator[Browser]:
    path = next((found for name in NAMES if (found := which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


def _visit_twice(context: BrowserContext, address: str, cookies: list[Any]) -> list[Weight]:
    """Visit with an empty cache, leave, and visit again in the same browser."""
    context.add_cookies(cookies)
    weights = [_visit(context, address) for _ in range(2)]
    context.close()
    return weights


def _visit(context: BrowserContext, address: str) -> Weight:
    page, weight = context.new_page(), Weight()
    weight.listen(page)
    page.goto(address, timeout=PATIENCE)
    page.locator(SHOWN).first.wait_for(timeout=PATIENCE)
    _settle(page, weight)
    page.close()
    return weight


def _settle(page: Page, weight: Weight) -> None:
    """Wait until nothing more comes."""
    for _ in range(20):
        before = weight.bytes, weight.requests
        page.wait_for_timeout(QUIET)
        if before == (weight.bytes, weight.requests):
            return
