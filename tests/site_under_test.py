"""A real server in a process of its own, and people who visit it over HTTP and websockets."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import websocket

from viceversa.scheme import Scheme
from viceversa.store import Store, links, open_store, people

PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def viceversa(folder: Path, *words: str) -> str:
    """Run a command as a coordinator does, standing in the scheme folder."""
    command = [sys.executable, "-m", "viceversa", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass
class Site:
    """A scheme and its server; `log` is everything the server wrote."""

    scheme: Scheme
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    visitors: list["Visitor"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store: Store = open_store(self.scheme.store_url)

    def __enter__(self) -> "Site":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.send_visitors_home()
        self.stop()
        self.store.close()

    def send_visitors_home(self) -> None:
        while self.visitors:
            self.visitors.pop().leave()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_file(self) -> Path:
        return self.scheme.folder / f"server-{self.port}.log"

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8", "replace")

    def start(self, *options: str) -> "Site":
        command = [sys.executable, "-m", "viceversa", "serve", "--scheme", str(self.scheme.folder)]
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port), *options],
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )
        try:
            wait_until(self.answers, "the server to answer")
        except AssertionError as late:
            self.stop(signal.SIGKILL)
            raise AssertionError(f"{late}; it said: {self.log}") from None
        return self

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/healthz", timeout=5).is_success
        except httpx.TransportError:
            return False

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)

    def restart(self) -> "Site":
        self.stop()
        return self.start()

    def kernels(self) -> int:
        return httpx.get(f"{self.address}/healthz").json()["kernels"]

    def kernel_process(self, kernel: str) -> psutil.Process:
        """The process of a kernel: the one that is named after it, or has its socket files."""
        assert self.process
        named = f"page-{kernel}"[:15]
        for process in psutil.Process(self.process.pid).children(recursive=True):
            with suppress(psutil.Error):  # some are on their way out already
                if process.name() == named:
                    return process
                lines = process.net_connections(kind="unix")
                if any(f"kernel-{kernel}-ipc" in str(line.laddr) for line in lines):
                    return process
        raise LookupError(f"no process is kernel {kernel}")

    def person(self, name: str) -> people.Person:
        return next(one for one in people.everyone(self.store) if one.name.startswith(name))

    def link(self, name: str, days: float = 1) -> str:
        return f"{self.address}/p/{links.make(self.store, self.person(name).id, days)}"

    def visitor(self, name: str | None = None) -> "Visitor":
        visitor = Visitor(self)
        self.visitors.append(visitor)
        if name:
            visitor.sign_in(self.link(name))
        return visitor


class Visitor(httpx.Client):
    """Somebody with a browser of their own, without the browser."""

    def __init__(self, site: Site):
        super().__init__(base_url=site.address, timeout=PATIENCE)
        self.site = site
        self.lines: list[websocket.WebSocket] = []

    def leave(self) -> None:
        for line in self.lines:
            line.close()
        self.close()

    def send_form(self, path: str, **fields: str) -> httpx.Response:
        self.get("/healthz") if "_xsrf" in self.cookies else self.get("/nowhere")
        return self.post(path, data={"_xsrf": self.cookies["_xsrf"], **fields})

    def sign_in(self, link: str) -> httpx.Response:
        answer = self.send_form(link)
        assert answer.status_code == 302, answer.text
        return answer

    def open(self, path: str) -> "OpenPage":
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return OpenPage(self, answer.text)

    def knock(self, kernel: str) -> websocket.WebSocket:
        """Open a kernel's websocket; raises WebSocketBadStatusException when turned away."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        address = f"ws://127.0.0.1:{self.site.port}/api/kernels/{kernel}/channels?session_id=test"
        line = websocket.create_connection(
            address, cookie=cookies, origin=self.site.address, timeout=PATIENCE
        )
        self.lines.append(line)
        return line


@dataclass
class OpenPage:
    """A page as it was streamed, with its kernel."""

    visitor: Visitor
    html: str

    @property
    def kernel(self) -> str:
        found = re.search(r'"kernel": "([\w-]+)"', self.html)
        assert found, self.html
        return found[1]


def say(line: websocket.WebSocket, kind: str, content: dict, metadata: dict | None = None) -> str:
    """Send a message to a kernel and return its id."""
    header = {
        "msg_id": os.urandom(8).hex(),
        "msg_type": kind,
        "session": "test",
        "username": "",
        "version": "5.3",
        "date": "2026-01-01T00:00:00Z",
    }
    message = {
        "channel": "shell",
        "header": header,
        "parent_header": {},
        "metadata": metadata or {},
        "content": content,
        "buffers": [],
    }
    line.send(json.dumps(message))
    return header["msg_id"]


def hear(line: websocket.WebSocket, wanted) -> dict:
    """Return the first message that `wanted` accepts."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        message = json.loads(line.recv())
        if wanted(message):
            return message
    raise AssertionError("the kernel did not answer in time")


def states(line: websocket.WebSocket) -> dict[str, dict]:
    """Ask for every widget's state, as a page does."""
    opened = {"comm_id": "control", "target_name": "jupyter.widget.control", "data": {}}
    say(line, "comm_open", opened, {"version": "1.0.0"})
    say(line, "comm_msg", {"comm_id": "control", "data": {"method": "request_states"}})
    told = hear(line, lambda m: m["content"].get("data", {}).get("method") == "update_states")
    return told["content"]["data"]["states"]


def wait_until(true, what: str, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)
