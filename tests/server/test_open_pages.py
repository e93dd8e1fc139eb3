"""A page's kernel is fed and heard by the server alone, and only what is allowed passes."""

import inspect
import json
import os
import signal

import nbformat
import psutil
import pytest
import websocket
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

from site_under_test import Site, hear, say, states, wait_until
from viceversa.scheme import Scheme
from viceversa.server.open_pages import PageConnection, kind_of

GOOD = {"channel": "shell", "header": {"msg_type": "comm_msg"}, "content": {}}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "7",
        "{",
        "[" * 100_000,
        b"\x00\x00\x00\x01",
        json.dumps({}),
        json.dumps({**GOOD, "header": None}),
        json.dumps({**GOOD, "header": {"msg_type": ["comm_msg"]}}),
        json.dumps({**GOOD, "header": {"msg_type": "execute_request"}}),
        json.dumps({**GOOD, "header": {"msg_type": "shutdown_request"}}),
        json.dumps({**GOOD, "header": {"msg_type": "input_reply"}}),
        json.dumps({**GOOD, "channel": "control"}),
        json.dumps({**GOOD, "channel": "stdin"}),
        json.dumps({**GOOD, "content": []}),
    ],
)
def test_what_no_page_sends_does_not_reach_a_kernel(text):
    assert kind_of(text) is None


def test_what_a_page_sends_reaches_its_kernel():
    assert kind_of(json.dumps(GOOD)) == "comm_msg"


def test_upstream_still_checks_who_may_connect_before_it_asks_for_a_connection():
    source = inspect.getsource(KernelWebsocketHandler.pre_get)
    refused = source.index("raise web.HTTPError(403)")
    assert refused < source.index("self.kernel_websocket_connection_class(")
    for name in ("connect", "disconnect", "handle_incoming_message"):
        assert f"self.connection.{name}(" in inspect.getsource(KernelWebsocketHandler)
        assert callable(getattr(PageConnection, name))


@pytest.fixture
def written(demo: Scheme):
    """A scheme with notebooks of its own: `written(name, *sources)` adds one."""

    def write(name: str, *sources: str) -> Scheme:
        folder = demo.folder / "notebooks" / "reflection"
        folder.mkdir(parents=True, exist_ok=True)
        cells = [nbformat.v4.new_markdown_cell(f"# {name}")]
        cells += [nbformat.v4.new_code_cell(source) for source in sources]
        metadata = {"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}}
        nbformat.write(
            nbformat.v4.new_notebook(cells=cells, metadata=metadata), folder / f"{name}.ipynb"
        )
        return Scheme.open(demo.folder)

    return write


def test_pages_of_every_kind_of_end(written):
    """One server for all of these, as starting it takes longest."""
    written("fails", "print('before')", "1 / 0", "print('never')")
    written("dies", "print('before')", "import os; os.kill(os.getpid(), 9)", "print('never')")
    written("forgives", "print('before')")
    scheme = written("slow", "print('early')", "import time; time.sleep(0.5)", "print('late')")
    with Site(scheme) as site:
        visitor = site.visitor("Aisha")
        a_cell_that_fails_shows_as_such(visitor)
        a_kernel_that_dies_half_way_leaves_a_whole_page(visitor)
        a_page_comes_as_its_cells_are_done(visitor)
        a_notebook_that_has_changed_is_read_anew(written, visitor)
        a_kernel_that_dies_tells_its_page(site, visitor)
        a_dead_parent_is_replaced(site, visitor)


def a_cell_that_fails_shows_as_such(visitor):
    html = visitor.open("/reflection/fails").html
    assert "<pre>before\n</pre>" in html
    assert 'class="vv-problem" role="alert"' in html
    assert "never" not in html
    assert "ZeroDivisionError" not in html
    assert html.rstrip().endswith("</html>")


def a_kernel_that_dies_half_way_leaves_a_whole_page(visitor):
    html = visitor.open("/reflection/dies").html
    assert "<pre>before\n</pre>" in html
    assert 'class="vv-problem" role="alert"' in html
    assert html.rstrip().endswith("</html>")


def a_page_comes_as_its_cells_are_done(visitor):
    with visitor.stream("GET", "/reflection/slow") as answer:
        pieces = list(answer.iter_text())
    early = next(n for n, piece in enumerate(pieces) if "early" in piece)
    late = next(n for n, piece in enumerate(pieces) if "late" in piece)
    assert early < late


def a_notebook_that_has_changed_is_read_anew(written, visitor):
    assert "<pre>before\n</pre>" in visitor.open("/reflection/forgives").html
    written("forgives", "print('after')")
    assert "<pre>after\n</pre>" in visitor.open("/reflection/forgives").html


def a_kernel_that_dies_tells_its_page(site, visitor):
    page = visitor.open("/reflection/mindset")
    line = visitor.knock(page.kernel)
    assert states(line)
    site.kernel_process(page.kernel).kill()
    told = hear(line, lambda message: message["header"]["msg_type"] == "status")
    assert told["content"]["execution_state"] == "dead"
    with pytest.raises(websocket.WebSocketBadStatusException) as turned_away:
        visitor.knock(page.kernel)
    assert turned_away.value.status_code == 403


def a_dead_parent_is_replaced(site, visitor):
    page = visitor.open("/reflection/mindset")
    server = psutil.Process(site.process.pid)
    parent = next(one for one in server.children() if "viceversa.forking.parent" in one.cmdline())
    os.kill(parent.pid, signal.SIGKILL)
    assert states(visitor.knock(page.kernel)), "the kernels of the old one live on"
    assert states(visitor.knock(visitor.open("/reflection/mindset").kernel))


def test_a_line_says_nothing_of_a_message_it_leaves_out_and_stays_open(site: Site):
    page = site.visitor("Aisha").open("/reflection/mindset")
    line = page.visitor.knock(page.kernel)
    line.send("nonsense")
    line.send_binary(b"\x00" * 100)
    say(line, "shutdown_request", {"restart": False})
    assert states(line)


def test_when_the_server_is_killed_no_kernel_is_left(demo: Scheme):
    with Site(demo) as site:
        page = site.visitor("Aisha").open("/participant/home")
        kernel = site.kernel_process(page.kernel)
        site.stop(signal.SIGKILL)
        wait_until(lambda: not kernel.is_running(), "the kernel to end with its server")


def test_a_server_that_stops_ends_its_kernels_and_its_parent(demo: Scheme):
    with Site(demo) as site:
        site.visitor("Aisha").open("/participant/home")
        started = psutil.Process(site.process.pid).children(recursive=True)
        assert len(started) >= 2
        site.stop()
        _, alive = psutil.wait_procs(started, 20)
        assert not alive
