"""Take the pictures in docs/screenshots from a demo scheme on this machine.

    make screenshots

Each is small enough for a README: at most 1280 pixels wide, in 128 colours, under 120 kB.
"""

import io
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from find_browser import find
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from viceversa.scheme import Scheme
from viceversa.store import links, open_store, people

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
WHO = "niamh.oconnell@example.org"
WIDE = {"width": 1100, "height": 760}
DESK = {"width": 1280, "height": 860}
PHONE = {"width": 375, "height": 760}
TRAINER = "beverley.osei@example.org"
# Who comes to the session, made up, and which answer each chooses; two give no name.
GUESTS = ("Ada", "", "Ben", "Cleo", "", "Dev", "Esme")
CHOSEN = (1, 1, 0, 2, 1, 3, 0)
READY = "html[data-ready=yes]"
MOST_BYTES = 120_000
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def viceversa(*words: str) -> list[str]:
    return [sys.executable, "-m", "viceversa", *words]


@contextmanager
def served_demo(folder: Path) -> Iterator[Callable[[str], str]]:
    """Make a demo scheme with one report, serve it, and give what makes a person's link."""
    subprocess.run(viceversa("demo", str(folder)), check=True, stdout=subprocess.DEVNULL)
    report = viceversa("report", "--scheme", str(folder), "--only", WHO, "--format", "html")
    subprocess.run(report, check=True, stdout=subprocess.DEVNULL)
    scheme, port = Scheme.open(folder), free_port()

    def link_of(email: str) -> str:
        store = open_store(scheme.store_url)
        person = people.by_email(store, email)
        assert person, f"{email} is not in the demo scheme"
        token = links.make(store, person.id, 1)
        store.close()
        return f"http://127.0.0.1:{port}/p/{token}"

    command = viceversa("serve", "--scheme", str(folder), "--port", str(port))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield link_of
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    for _ in range(PATIENCE * 10):
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit("The server did not answer.")


def visit(browser: Browser, link: str, size: dict[str, int]) -> Page:
    """Open the link and press its button."""
    page = browser.new_page(
        viewport=size,  # type: ignore[arg-type]
        base_url=link.split("/p/")[0],
        color_scheme="light",
        reduced_motion="reduce",
    )
    page.goto(link)
    page.get_by_role("button").last.click()
    page.wait_for_selector(READY, timeout=PATIENCE * 1000)
    return page


def take(page: Page, name: str, path: str, start: str = "") -> None:
    """Keep a picture of a page, of its top or from what `start` finds on downwards."""
    page.goto(f"/{path}")
    if not path.startswith("report/"):
        page.wait_for_selector(READY, timeout=PATIENCE * 1000)
    if start:
        page.locator(start).first.evaluate("element => element.scrollIntoView()")
    keep(page.screenshot(), FOLDER / f"{name}.png")


def take_session(browser: Browser, link: str) -> None:
    """Keep pictures of a live session: the trainer's page, and a guest's on a phone."""
    desk = visit(browser, link, DESK)
    desk.goto("/trainer/session")
    desk.get_by_role("button", name="Begin this session").nth(1).click()
    address = desk.locator("a[href*='/join/']").first.get_attribute("href") or ""
    guests = [join(browser, address, name) for name in GUESTS]
    desk.get_by_role("button", name="Start the clock").click()
    desk.get_by_role("button", name="On: ").click()
    desk.get_by_role("button", name="Open it").first.click()
    for number, guest in enumerate(guests):
        guest.get_by_role("radio").nth(CHOSEN[number]).check()
    desk.get_by_text(f"{len(guests)} of {len(guests)} answered").wait_for()
    desk.get_by_role("button", name="Show the result").first.click()
    desk.evaluate("window.scrollTo(0, 0)")
    keep(desk.screenshot(), FOLDER / "session.png")
    guests[0].get_by_text(f"of {len(guests)}").first.wait_for()
    keep(guests[0].screenshot(), FOLDER / "guest.png")


def join(browser: Browser, address: str, name: str) -> Page:
    """Come in by the link, as somebody with a phone."""
    page = browser.new_page(viewport=PHONE, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(address)
    page.get_by_role("textbox").last.fill(name)
    page.get_by_role("button").last.click()
    page.get_by_role("heading", level=1).wait_for()
    return page


def keep(picture: bytes, file: Path) -> None:
    """Write a picture with as many colours as stay under the limit."""
    shown = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (128, 64, 32, 16):
        small = io.BytesIO()
        shown.quantize(colours, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
        if len(small.getvalue()) < MOST_BYTES:
            break
    file.write_bytes(small.getvalue())
    print(f"{file.name}: {len(small.getvalue()) // 1000} kB")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp())
    try:
        with served_demo(folder / "demo") as link_of, sync_playwright() as playwright:
            link = link_of(WHO)
            options = ["--no-sandbox", "--disable-background-networking"]
            browser = playwright.chromium.launch(executable_path=find(), args=options)
            page = visit(browser, link, WIDE)
            take(page, "home", "")
            take(page, "mindset", "reflection/mindset", ".vv-field")
            take(page, "result", "reflection/mindset", ".vv-profile")
            take(page, "plan", "pair/plan", ".vv-widget")
            take(page, "report", "report/mine/personal.html")
            take(visit(browser, link, PHONE), "phone", "reflection/mindset", ".vv-field")
            take(page, "module", "awareness/role_reversal", ".vv-situation")
            take_session(browser, link_of(TRAINER))
            browser.close()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
