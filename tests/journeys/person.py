"""Somebody with a browser: opens pages, uses the keyboard alone, and looks at what is there."""

import re
import signal
from typing import Any

import psutil
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from site_under_test import Site, wait_until
from viceversa.server.identity import COOKIE
from viceversa.store import answers, people, sessions
from viceversa.store.answers import Owner

READY = "html[data-ready=yes]"
MANY_TABS = 400
ORDER = """() => ({
  wide: document.documentElement.scrollWidth,
  lang: document.documentElement.lang,
  mains: document.querySelectorAll("main").length,
  headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((heading) => heading.checkVisibility())
    .map((heading) => Number(heading.tagName[1])),
})"""


class Person:
    """One person's browser; nothing it asks for may come from another host."""

    def __init__(self, browser: Browser, site: Site, name: str, address: str = "", **settings: Any):
        """`address` is where this person finds the site, if not at its own address."""
        self.site, self.name = site, name
        self.address = address or site.address
        self.context = browser.new_context(accept_downloads=True, **settings)
        self.asked_elsewhere: list[str] = []
        self.faults: list[str] = []
        self.page: Page = self.new_tab()

    def new_tab(self) -> Page:
        page = self.context.new_page()
        page.on("request", self._note)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note_complaint)
        return page

    def _note(self, request: Any) -> None:
        own = (self.address, f"blob:{self.address}", "data:")
        if not request.url.startswith(own):
            self.asked_elsewhere.append(request.url)

    def _note_complaint(self, message: Any) -> None:
        """A refusal of the content security policy or a fault of ours; broken lines are none."""
        of_the_line = ("Failed to load resource", "WebSocket connection to")
        if message.type == "error" and not message.text.startswith(of_the_line):
            self.faults.append(message.text)

    @property
    def id(self) -> str:
        return self.site.person(self.name).id

    @property
    def pair(self) -> str:
        """The id of this person's first pair."""
        return people.pairs_of(self.site.store, self.id)[0].id

    def leave(self) -> None:
        self.context.close()
        assert self.asked_elsewhere == []
        assert self.faults == []

    def come_in(self) -> None:
        """Open the personal link and press its button, by keyboard."""
        self.page.goto(self.site.link(self.name))
        self.tab_to(self.page.get_by_role("button", name="Open my workbook"))
        self.page.keyboard.press("Enter")
        self.wait_until_ready()

    def sign_in(self) -> "Person":
        """Be signed in already, as somebody is who came in by their link before."""
        token = sessions.start(self.site.store, self.id, days=1)
        self.context.add_cookies([{"name": COOKIE, "value": token, "url": self.address}])
        return self

    def open(self, path: str, tab: Page | None = None) -> Page:
        """Open a page in this person's tab, or in another one, and wait until it can be used."""
        tab = tab or self.page
        tab.goto(f"{self.address}/{path}")
        self.wait_until_ready(tab)
        return tab

    def wait_until_ready(self, tab: Page | None = None) -> None:
        (tab or self.page).wait_for_selector(READY, timeout=60_000)

    def sees_status(self, *said: str, tab: Page | None = None) -> None:
        """The line that says whether everything is saved comes to say this."""
        status = (tab or self.page).locator(".vv-status:visible [role=status]").first
        expect(status).to_contain_text(re.compile("|".join(said)), timeout=30_000)

    def sees_notice(self, said: str | None, tab: Page | None = None) -> None:
        """The notice over the page comes to say this, or goes away (None)."""
        notice = (tab or self.page).locator("#vv-notice")
        if said is None:
            expect(notice).to_be_hidden(timeout=45_000)
        else:
            expect(notice).to_contain_text(said, timeout=45_000)

    def tab_to(self, target: Locator) -> None:
        """Press Tab until the target has the focus; give up when it cannot be reached."""
        for _ in range(MANY_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached with the Tab key")

    def pick(self, sheet: str, field: str, place: int) -> None:
        """Choose one of several radio buttons: Tab into the group, then arrow keys."""
        inputs = self.page.locator(f'input[name="vv-{sheet}-{field}-pick"]')
        self.tab_to(inputs.first)
        self.page.keyboard.press("Space")
        for _ in range(place):
            self.page.keyboard.press("ArrowRight")
        expect(inputs.nth(place)).to_be_checked()

    def box(self, sheet: str, field: str, tab: Page | None = None) -> Locator:
        return (tab or self.page).locator(f"#vv-{sheet}-{field}-input")

    def write(self, sheet: str, field: str, text: str) -> None:
        self.tab_to(self.box(sheet, field))
        self.page.keyboard.type(text)

    def kept(self, sheet: str, owner: Owner | None = None) -> dict[str, Any]:
        """What the store holds now of a worksheet."""
        given = answers.current(self.site.store, owner or Owner("person", self.id), sheet)
        return {key: answer.value for key, answer in given.items() if answer.value is not None}

    def wait_until_kept(self, sheet: str, owner: Owner | None = None, **expected: Any) -> None:
        wanted = {key.replace("_", "-"): value for key, value in expected.items()}
        wait_until(
            lambda: {**self.kept(sheet, owner), **wanted} == self.kept(sheet, owner),
            f"{wanted} to be kept of {sheet}",
        )

    def page_told(self) -> dict[str, Any]:
        """What the server told the page of itself: its kernel, among others."""
        return self.page.evaluate("JSON.parse(document.getElementById('vv-page').textContent)")

    def kernel_process(self) -> psutil.Process:
        return self.site.kernel_process(self.page_told()["kernel"])

    def kill_kernel(self) -> None:
        """End the kernel of the page that is open, as a machine short of memory would."""
        self.kernel_process().send_signal(signal.SIGKILL)

    def put_kernel_to_rest(self) -> None:
        """End the kernel of the page as the server does when it has rested too long."""
        told, before = self.page_told(), self.site.kernels()
        address = f"{self.address}/close/{told['kernel']}"
        assert self.context.request.post(address, form={"_xsrf": told["xsrf"]}).ok
        wait_until(lambda: self.site.kernels() < before, "the kernel to end")

    def see_no_barriers(self) -> None:
        """Axe finds nothing, light and dark; nothing is wider than a small phone; all in order."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": 320, "height": 800})
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            found = Axe().run(self.page).response["violations"]
            barriers = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
            assert barriers == [], f"{self.page.url}, {scheme}: {barriers}"
        page = self.page.evaluate(ORDER)
        assert page["wide"] <= 320, f"{self.page.url} is {page['wide']} pixels wide"
        assert page["lang"].startswith("en"), page
        assert (page["mains"], page["headings"][:1]) == (1, [1]), page
        assert page["headings"].count(1) == 1, page
        steps = zip(page["headings"], page["headings"][1:], strict=False)
        assert all(after - before <= 1 for before, after in steps), page
        self.page.emulate_media(color_scheme="light")
        if size:
            self.page.set_viewport_size(size)
