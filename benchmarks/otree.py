"""oTree as a peer: in an environment of its own, one process, SQLite."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

from tornado.httpclient import AsyncHTTPClient

from benchmarks.servers import Server, plain_environment

PAGE = Path(__file__).parent / "otree_page"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "viceversa-bench"
INSTALLING = 300
FIELD = 'name="scale_12"'


def install() -> Path:
    """Return the folder with oTree's programs, installed the first time; raises RuntimeError."""
    place = CACHE / "otree"
    if not (place / "bin" / "otree").exists():
        commands = (
            [sys.executable, "-m", "venv", "--clear", str(place)],
            [str(place / "bin" / "python"), "-m", "pip", "install", "-q", "otree"],
        )
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALLING)
            if done.returncode:
                raise RuntimeError(f"oTree could not be installed: {done.stderr[-300:]}")
    return place / "bin"


@contextmanager
def serving():
    """Serve the page from a temporary folder."""
    programs = install()
    with TemporaryDirectory(prefix="viceversa-bench-") as place:
        folder = Path(place) / "project"
        shutil.copytree(PAGE, folder, ignore=shutil.ignore_patterns("__pycache__"))
        for empty in ("_static", "_templates/global"):
            (folder / empty).mkdir(parents=True)
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        environment = plain_environment(OTREE_PRODUCTION="1", PATH=path)
        command = [str(programs / "otree"), "prodserver1of2", "127.0.0.1:{port}"]
        with Server(command, folder, asked=VERSION, environment=environment) as server:
            yield server


VERSION = "/api/otree_version"


def version(server: Server) -> str:
    with urlopen(server.address + VERSION, timeout=30) as answer:
        return json.load(answer)["version"]


def seconds_for(server: Server, people: int) -> float:
    """Let so many people join a new session at once; return seconds until the last has the page."""
    asked = {"session_config_name": "mindset", "num_participants": people}
    address = f"{server.address}/api/sessions"
    headers = {"Content-Type": "application/json"}
    with urlopen(Request(address, json.dumps(asked).encode(), headers), timeout=120) as answer:
        code = json.load(answer)["code"]
    with urlopen(f"{address}/{code}", timeout=120) as answer:
        codes = [one["code"] for one in json.load(answer)["participants"]]
    return asyncio.run(_join(server.address, codes))


async def _join(address: str, codes: list[str]) -> float:
    AsyncHTTPClient.configure(None, max_clients=len(codes) + 10)
    client = AsyncHTTPClient()
    began = time.monotonic()
    places = (f"{address}/InitializeParticipant/{code}" for code in codes)
    pages = await asyncio.gather(*(client.fetch(one, request_timeout=300) for one in places))
    seconds = time.monotonic() - began
    if not all(FIELD in page.body.decode() for page in pages):
        raise RuntimeError("oTree did not show its page to everybody.")
    return seconds
