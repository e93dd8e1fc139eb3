"""The forking parent, a kernel or the server is killed at any moment: no saved answer is lost."""

import random
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest
import websocket

from site_under_test import OpenPage, Site, hear, say, states, wait_until
from viceversa import forking
from viceversa.scheme import Scheme
from viceversa.store import answers
from viceversa.store.answers import Owner

pytestmark = pytest.mark.skipif(not forking.available(), reason="forked on Linux only")

PAGE, SHEET, FIELD = "/reflection/mindset", "mindset", "does-this-fit"
WRITERS = ("Aisha", "Graham", "Robert")
ROUNDS = 2
LONGEST = 0.7  # seconds of writing before the kill; a save takes a hundredth of that
SILENCE = 10  # seconds after which a writer opens the page anew
SEED = random.SystemRandom().randrange(1_000_000)  # printed: put it here to play a failure again
BROKEN = (OSError, httpx.TransportError, websocket.WebSocketException, LookupError)


class Writer:
    """Somebody who writes 1, 2, 3… as fast as it is saved; `saved` is what they were told is."""

    def __init__(self, site: Site, name: str):
        self.site, self.id = site, site.person(name).id
        self.visitor = site.visitor(name)
        self.written = self.saved = 0
        self.line: websocket.WebSocket | None = None

    def write_until(self, over: threading.Event) -> None:
        while not over.is_set():
            try:
                self.save()
            except BROKEN:
                self.line = None
                time.sleep(0.05)  # the server is asked no faster than a browser would ask

    def save(self) -> None:
        if self.line is None:
            self.line = self.open()
        self.written += 1
        told = self.tell(f"{self.written}")
        assert "refused" not in told, told
        if "saved" not in told:  # what was on its way when the line broke came in between
            raise LookupError(told)
        self.saved, self.base = self.written, told["saved"]["revision"]

    def open(self) -> websocket.WebSocket:
        answer = self.visitor.get(PAGE)
        if answer.status_code != 200 or '"kernel": "' not in answer.text:
            raise LookupError("the page could not be had")
        line = self.visitor.knock(OpenPage(self.visitor, answer.text).kernel)
        line.settimeout(SILENCE)
        known = states(line).items()
        self.sheet, sheet = next(
            ((key, one["state"]) for key, one in known if one["state"].get("name") == SHEET),
            (None, {}),
        )
        self.base = (sheet["answers"].get(FIELD) or {}).get("revision", 0)
        return line

    def tell(self, text: str) -> dict:
        save = {"id": text, "field": FIELD, "value": text, "seen_by": "only-me", "base": self.base}
        content = {"method": "custom", "content": {"save": save}}
        assert self.line
        say(self.line, "comm_msg", {"comm_id": self.sheet, "data": content})
        return hear(self.line, lambda message: reply_to(text, message))["content"]["data"][
            "content"
        ]

    def kept(self) -> int:
        """The newest of what they wrote that is in the store."""
        owner = Owner("person", self.id)
        found = [one.value for one in answers.history(self.site.store, owner, SHEET, FIELD)]
        return max((int(one) for one in found if str(one).isdigit()), default=0)

    def current(self) -> str:
        return answers.current(self.site.store, Owner("person", self.id), SHEET)[FIELD].value


def reply_to(text: str, message: dict) -> bool:
    """Whether this is the answer to a save; raises when it says that the kernel has ended."""
    if message["content"].get("execution_state") == "dead":
        raise LookupError("the kernel has ended")
    data = message["content"].get("data")
    told = data.get("content") if isinstance(data, dict) else None
    return isinstance(told, dict) and any(
        isinstance(one, dict) and one.get("id") == text for one in told.values()
    )


@pytest.fixture
def place() -> Iterator[Path]:
    """Where the server puts its sockets and temporary files, and nobody else does."""
    with tempfile.TemporaryDirectory(prefix="vv-") as place:  # a short name, as of a socket
        yield Path(place)


@pytest.fixture
def site(demo: Scheme, place: Path) -> Iterator[Site]:
    own = {"TMPDIR": str(place), "JUPYTER_RUNTIME_DIR": str(place), "VICEVERSA_KERNELS": "forked"}
    with Site(demo, environment=own) as site:
        yield site


def ours(site: Site) -> list[psutil.Process]:
    """Every process that works on this scheme, whoever its parent is by now."""
    folder, found = str(site.scheme.folder), []
    for process in psutil.process_iter():
        try:
            told = process.environ().get("VICEVERSA_SCHEME"), *process.cmdline()
        except psutil.Error:
            continue
        if folder in told and process.status() != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def parent(site: Site) -> psutil.Process:
    assert site.process
    started = psutil.Process(site.process.pid).children()
    return next(one for one in started if "viceversa.forking.parent" in one.cmdline())


def kernel(site: Site) -> psutil.Process:
    kernels = [one for one in ours(site) if one.name().startswith("page-")]
    return random.Random(SEED).choice(kernels)


def kill_the_parent(site: Site) -> None:
    parent(site).kill()


def kill_a_kernel(site: Site) -> None:
    kernel(site).kill()


def kill_the_server(site: Site) -> None:
    site.stop(signal.SIGKILL)
    site.start()


@pytest.mark.parametrize("kill", [kill_the_parent, kill_a_kernel, kill_the_server])
def test_a_kill_at_any_moment_loses_no_saved_answer_and_leaves_nothing_behind(site, place, kill):
    print(f"The seed is {SEED}.")
    chance, over = random.Random(SEED), threading.Event()
    writers = [Writer(site, name) for name in WRITERS]
    with ThreadPoolExecutor(len(writers)) as threads:
        writing = [threads.submit(writer.write_until, over) for writer in writers]
        try:
            for _ in range(ROUNDS):
                all_save(writers)
                time.sleep(chance.uniform(0, LONGEST))
                kill(site)
                all_save(writers)
                newcomer = Writer(site, "Zainab")
                newcomer.written = newcomer.kept()
                newcomer.save()
        finally:
            over.set()
        for one in writing:
            one.result()
    for writer in writers:
        # Newer is what arrived just before a line broke, and could not be acknowledged.
        assert writer.kept() >= writer.saved
        assert int(writer.current()) >= writer.saved
    assert len(ours(site)) > 2, "else nothing would be found below either"
    site.send_visitors_home()
    site.stop()
    wait_until(lambda: not ours(site), "every process to end with the server", 20)
    assert [str(one) for one in place.rglob("*") if not one.is_dir()] == []
    # A killed server cannot take away its own folder, which is Voila's and empty.
    folders = [one.name for one in place.iterdir() if one.name != "ipython"]
    assert len(folders) <= (ROUNDS if kill is kill_the_server else 0), folders


def all_save(writers: list[Writer]) -> None:
    before = [writer.saved for writer in writers]
    wait_until(
        lambda: all(w.saved > b for w, b in zip(writers, before, strict=True)),
        "everybody's next answer to be saved",
    )
