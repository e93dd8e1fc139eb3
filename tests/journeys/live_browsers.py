"""A trainer at the desk and guests with phones, each in a browser of their own."""

import re
from typing import Any

from person import Person
from playwright.sync_api import Locator, Page, expect

READY = "html[data-ready=yes]"
PATIENCE = 20_000


class Desk:
    """A trainer's console in a browser."""

    def __init__(self, person: Person):
        self.person, self.page = person, person.page

    def open(self) -> "Desk":
        self.person.open("trainer/session")
        return self

    def begin(self, title: str) -> str:
        """Begin a session with this running order and return its code."""
        self.page.get_by_role("button", name=f"Begin this session: {title}").click()
        return self.code()

    def code(self) -> str:
        shown = self.page.locator(".vv-joining > .vv-code")
        expect(shown).to_have_text(re.compile(r"^\w{6}$"), timeout=PATIENCE)
        return shown.inner_text()

    @property
    def title(self) -> Locator:
        return self.page.locator(".vv-where h2")

    def step(self) -> str:
        return self.title.inner_text()

    def start_the_clock(self) -> None:
        start = self.page.get_by_role("button", name="Start the clock")
        start.click()
        expect(start).to_have_count(0, timeout=PATIENCE)

    def go_on(self) -> str:
        """Press the button that leads on, and return the title of the step it led to."""
        before = self.step()
        self.page.locator(".vv-moves .vv-button-main").press("Enter")
        expect(self.title).not_to_have_text(before, timeout=PATIENCE)
        return self.step()

    def task(self, title: str) -> Locator:
        return self.page.get_by_role("region", name=title, exact=True)

    def press(self, title: str, button: str) -> None:
        self.task(title).get_by_role("button", name=button).click()

    def sees(self, title: str, *said: str) -> None:
        for text in said:
            expect(self.task(title)).to_contain_text(text, timeout=PATIENCE, use_inner_text=True)

    def end(self) -> None:
        self.page.get_by_role("button", name="End the session").click()
        self.page.get_by_role("button", name="End it").click()
        expect(self.page.get_by_role("heading", name="The session is over")).to_be_visible()


class Guest:
    """Somebody who follows a session in a browser."""

    def __init__(self, person: Person, code: str, name: str):
        self.person, self.page = person, person.page
        self.page.goto(f"{person.address}/join/{code}")
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_role("button", name="Join").click()
        self.page.wait_for_selector(READY, timeout=PATIENCE)

    def is_at(self, title: str, timeout: float = PATIENCE) -> None:
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(title, timeout=timeout)

    def activity(self, title: str) -> Locator:
        return self.page.get_by_role("region", name=title, exact=True)

    def sees(self, title: str, *said: str) -> None:
        for text in said:
            expect(self.activity(title)).to_contain_text(
                text, timeout=PATIENCE, use_inner_text=True
            )

    def choose(self, title: str, answer: str) -> None:
        """Choose an answer with the keyboard, and wait until it is saved."""
        radio = self.activity(title).get_by_role("radio", name=answer, exact=True)
        radio.focus()
        self.page.keyboard.press("Space")
        self.is_saved(title)

    def write(self, title: str, text: str, label: str = "") -> Locator:
        place = self.activity(title)
        box = place.get_by_label(label) if label else place.get_by_role("textbox").first
        box.focus()
        self.page.keyboard.type(text)
        return box

    def is_saved(self, title: str) -> None:
        expect(self.activity(title).get_by_role("status").first).to_contain_text(
            "Saved", timeout=PATIENCE
        )

    def told(self) -> dict[str, Any]:
        """What the page shows of the session, to be compared with what others see."""
        return self.page.evaluate(TOLD)

    def reload(self) -> None:
        self.page.reload()
        self.page.wait_for_selector(READY, timeout=PATIENCE)


# What is the same for all: the step, its text, what is open, and results.
TOLD = """() => ({
  title: document.getElementById("vv-title").innerText,
  number: document.getElementById("vv-number").innerText,
  text: document.getElementById("vv-text").innerText,
  activities: [...document.querySelectorAll("#vv-activities > *")].map((one) => one.id),
  results: [...document.querySelectorAll(".vv-outcome:not([hidden]), .vv-revealed:not([hidden])")]
    .map((one) => one.innerText),
})"""


def open_tab(person: Person, path: str) -> Page:
    return person.open(path, person.new_tab())
