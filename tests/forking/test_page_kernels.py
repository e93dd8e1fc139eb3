"""A page's kernel runs its notebook, shows what a notebook would show, and answers its page."""

import json
import os
import signal
import socket
import subprocess
import threading

import psutil
import pytest

from viceversa import forking
from viceversa.forking import Nursery, line

pytestmark = pytest.mark.skipif(not forking.available(), reason="forked on Linux only")
PATIENCE = 30
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": "0"}


@pytest.fixture(scope="module")
def nursery():
    nursery = Nursery(["viceversa.forking.page:make"], environment={"JUPYTER_WIDGETS_ECHO": "0"})
    yield nursery
    nursery.close()


@pytest.fixture
def page(nursery: Nursery):
    opened: list[Page] = []

    def open_page(**options) -> "Page":
        opened.append(Page(nursery, **options))
        return opened[-1]

    yield open_page
    for one in opened:
        one.close()


class Page:
    """The server's end of the line, without a server."""

    def __init__(self, nursery: Nursery, **options):
        self.end, theirs = socket.socketpair()
        self.end.settimeout(PATIENCE)
        self.held = bytearray()
        self.come: list[tuple[bytes, bytes]] = []
        with theirs:
            self.process = nursery.fork(
                "viceversa.forking.page:run",
                ["page-0123456789abcdef"],
                env=options.pop("env", ENVIRONMENT),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                **options,
            )

    def run(self, *sources: str, may_fail: bool = False) -> list[dict]:
        """Run cells; returns what came back, until all have run or one has failed."""
        asked = json.dumps([(source, may_fail) for source in sources])
        self.end.sendall(line.frame(line.NOTEBOOK, asked.encode()))
        done = []
        while len(done) < len(sources) and not (done and done[-1]["failed"]):
            kind, whole = self.hear()
            assert kind == line.CELL
            done.append(json.loads(whole))
        return done

    def shows(self, source: str) -> list[dict]:
        return self.run(source)[0]["outputs"]

    def says(self, source: str) -> str:
        return "".join(one["text"] for one in self.shows(source)).strip()

    def ask(self, kind: str, content: dict, metadata: dict | None = None) -> None:
        header = {"msg_id": "asked", "msg_type": kind, "session": "test", "username": ""}
        message = {"channel": "shell", "header": header, "parent_header": {}, "content": content}
        whole = json.dumps({**message, "metadata": metadata or {}})
        self.end.sendall(line.frame(line.MESSAGE, whole.encode()))

    def hear(self) -> tuple[bytes, bytes]:
        while not self.come:
            more = self.end.recv(1 << 16)
            assert more, "the line was closed"
            self.held += more
            self.come.extend(line.frames(self.held))
        return self.come.pop(0)

    def close(self) -> int:
        self.end.close()
        return self.process.wait(PATIENCE)


def test_what_a_cell_prints_and_shows_comes_back_in_the_form_of_a_notebook(page):
    printed, shown, both = page().run(
        "import sys; print('said'); print('more'); print('wrong', file=sys.stderr)",
        "from IPython.display import HTML, display; display(HTML('<p>shown</p>')); 6 * 7",
        "%%html\n<b>magic</b>",
    )
    told = [(one["output_type"], one.get("name"), one.get("text")) for one in printed["outputs"]]
    assert told == [("stream", "stdout", "said\nmore\n"), ("stream", "stderr", "wrong\n")]
    display, result = shown["outputs"]
    assert display["output_type"] == "display_data"
    assert display["data"]["text/html"] == "<p>shown</p>"
    assert result["output_type"] == "execute_result"
    assert result["data"]["text/plain"] == "42"
    assert both["outputs"][0]["data"]["text/html"] == "<b>magic</b>\n"


def test_what_is_changed_or_cleared_while_a_cell_runs_is_shown_as_it_is_in_the_end(page):
    one = page()
    one.shows("from IPython.display import HTML, clear_output, display")
    changed = one.shows(
        "handle = display(HTML('old'), display_id=True); handle.update(HTML('new'))"
    )
    assert [output["data"]["text/html"] for output in changed] == ["new"]
    assert "transient" not in changed[0]
    assert one.says("print('gone'); clear_output(); print('stays')") == "stays"
    assert one.says("print('gone'); clear_output(wait=True); print('stays')") == "stays"


def test_the_first_cell_that_fails_is_the_last(page):
    one, other = page().run("1", "1 / 0", "print('never')")
    assert not one["failed"]
    assert other["failed"]
    assert other["outputs"][0]["ename"] == "ZeroDivisionError"


@pytest.mark.parametrize("wrong", ["x = = 2", "'unclosed", "%nothing", "raise SystemExit", "1/0"])
def test_every_way_to_fail_shows_as_an_error_and_the_kernel_lives_on(page, wrong):
    one = page()
    done = one.run(wrong)[0]
    assert done["failed"]
    assert "error" in [output["output_type"] for output in done["outputs"]]
    assert one.says("print('alive')") == "alive"


def test_a_cell_that_says_so_may_fail(page):
    done = page().run("1 / 0", "print('after')", may_fail=True)
    assert [one["failed"] for one in done] == [False, False]
    assert done[1]["outputs"][0]["text"] == "after\n"


def test_a_cell_may_await_and_start_tasks(page):
    one = page()
    assert one.says("import asyncio; await asyncio.sleep(0); print('waited')") == "waited"
    one.shows("task = asyncio.create_task(asyncio.sleep(0, 'done'))")
    assert one.says("print(await task)") == "done"


def test_nobody_can_be_asked_by_input(page):
    assert page().run("input('?')")[0]["outputs"][-1]["ename"] == "EOFError"


def test_a_widget_tells_its_state_and_hears_its_page(page):
    one = page()
    view = one.shows("import ipywidgets; slider = ipywidgets.IntSlider(3); slider")[0]["data"]
    model = view["application/vnd.jupyter.widget-view+json"]["model_id"]
    one.ask(
        "comm_open", {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}}, VERSION
    )
    one.ask("comm_msg", {"comm_id": "c", "data": {"method": "request_states"}})
    kind, whole = one.hear()
    told = json.loads(whole)
    assert (kind, told["channel"], told["header"]["msg_type"]) == (line.TEXT, "iopub", "comm_msg")
    assert told["parent_header"]["msg_id"] == "asked"
    assert told["content"]["data"]["states"][model]["state"]["value"] == 3

    one.ask("comm_msg", {"comm_id": model, "data": {"method": "update", "state": {"value": 7}}})
    assert one.says("print(slider.value)") == "7"


VERSION = {"version": "1.0.0"}


def test_what_changes_in_a_thread_reaches_the_page(page):
    one = page()
    one.shows("import ipywidgets, threading; slider = ipywidgets.IntSlider(3)")
    # Started by the page's message, and so after the notebook has run.
    one.shows("other = ipywidgets.Text(); go = lambda *_: threading.Thread("
              "target=lambda: setattr(slider, 'value', 9)).start(); other.on_msg(go)")  # fmt: skip
    model = json.loads(json.dumps(one.says("print(other.model_id)")))
    one.ask("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": {}}})
    assert json.loads(one.hear()[1])["content"]["data"]["state"] == {"value": 9}


def test_buffers_are_told_in_jupyters_binary_form(page):
    one = page()
    one.shows("import comm")
    one.shows("sent = comm.create_comm(target_name='t', comm_id='b')")
    one.shows("def later(*_): sent.send({'part': 1}, buffers=[b'abc', memoryview(b'defg')])")
    one.shows("import ipywidgets; other = ipywidgets.Text(); other.on_msg(later)")
    model = one.says("print(other.model_id)")
    one.ask("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": {}}})
    kind, whole = one.hear()
    assert kind == line.BINARY
    parts, *places = (int.from_bytes(whole[n : n + 4], "big") for n in range(0, 16, 4))
    assert parts == 3
    assert json.loads(whole[places[0] : places[1]])["content"]["data"] == {"part": 1}
    assert (whole[places[1] : places[2]], whole[places[2] :]) == (b"abc", b"defg")


@pytest.mark.parametrize("asked", ["execute_request", "shutdown_request", "nothing"])
def test_a_kernel_answers_nothing_but_what_a_page_may_ask(page, asked, tmp_path):
    one = page()
    one.ask(asked, {"code": f"open({str(tmp_path / 'opened')!r}, 'w')", "silent": False})
    one.ask("comm_info_request", {})
    assert json.loads(one.hear()[1])["header"]["msg_type"] == "comm_info_reply"
    assert not (tmp_path / "opened").exists()


def test_a_message_that_makes_no_sense_does_no_harm(page):
    one = page()
    for content in ({}, {"comm_id": 7}, {"comm_id": "none", "data": None}):
        one.ask("comm_msg", content)
        one.ask("comm_open", content)
    one.ask("comm_info_request", {})
    while json.loads(one.hear()[1])["header"]["msg_type"] != "comm_info_reply":
        pass
    assert one.says("print('alive')") == "alive"


def test_two_pages_share_nothing_but_what_was_imported(page):
    first, second = page(), page(env={**ENVIRONMENT, "MINE": "second"})
    draw = "import random, uuid; print(random.random(), uuid.uuid4(), os.urandom(8).hex())"
    one, other = (two.says(f"import os; {draw}").split() for two in (first, second))
    assert not set(one) & set(other)
    first.shows("import json; json.MINE = kept = 1")
    asked = (
        "import json, os; print(hasattr(json, 'MINE'), 'kept' in globals(), os.environ.get('MINE'))"
    )
    assert second.says(asked) == "False False second"
    sessions = {two.says("print(get_ipython().kernel.session.session)") for two in (first, second)}
    assert len(sessions) == 2


def test_a_page_has_no_zmq_socket_and_the_parent_nothing_open(page, nursery):
    one = page()
    assert one.says("import zmq, threading; print(zmq.Context._instance)") == "None"
    told = one.says("print(sorted(thread.name for thread in threading.enumerate()))")
    assert told == "['MainThread', 'lifeline']"
    parent = psutil.Process(nursery.parent)
    assert parent.num_threads() == 1
    assert parent.open_files() == []


def test_a_page_is_known_by_its_name_on_the_machine(page):
    one = page()
    one.shows("1")
    assert psutil.Process(one.process.pid).name().startswith("page-0123456789")


def test_a_kernel_whose_line_is_closed_does_what_it_was_asked_and_ends(page, tmp_path):
    one = page()
    file = str(tmp_path / "kept")
    one.shows(f"import atexit; atexit.register(lambda: open({file!r}, 'w').close())")
    assert one.close() == 0
    assert (tmp_path / "kept").exists()


def test_a_kernel_that_is_killed_closes_its_line(page):
    one = page()
    one.shows("1")
    psutil.Process(one.process.pid).send_signal(signal.SIGKILL)
    assert one.end.recv(1) == b""
    assert one.close() == -signal.SIGKILL


def test_frames_are_whole_however_they_are_cut():
    whole = (
        line.frame(line.TEXT, b"one") + line.frame(line.CELL) + line.frame(line.TEXT, b"t", b"wo")
    )
    held, come = bytearray(), []
    for byte in whole:
        held.append(byte)
        come.extend(line.frames(held))
    assert come == [(line.TEXT, b"one"), (line.CELL, b""), (line.TEXT, b"two")]
    assert not held


def test_threads_that_speak_at_once_do_not_break_each_others_frames():
    ours, theirs = socket.socketpair()
    to = line.Line(theirs)
    threads = [
        threading.Thread(target=to.send, args=(line.TEXT, bytes([n]) * 50_000)) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    held, come = bytearray(), []
    while len(come) < len(threads):
        held += ours.recv(1 << 16)
        come.extend(line.frames(held))
    assert {len(set(whole)) for _, whole in come} == {1}
    assert {len(whole) for _, whole in come} == {50_000}
    for end in (ours, theirs):
        end.close()
    for thread in threads:
        thread.join()
