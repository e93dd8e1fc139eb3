"""What we lean on inside Voila and Jupyter Server is still where it was."""

import inspect
from importlib.metadata import version
from typing import ClassVar

import jinja2
import voila.app
import voila.handler
import voila.notebook_renderer
from jupyter_server.base.websocket import WebSocketMixin
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from voila.exporter import VoilaExporter

from viceversa.server import app, frame, upstream


def test_voila_is_of_the_release_that_this_was_written_against():
    assert version("voila").startswith("0.5."), "read server/ again before leaning on another one"


def test_the_names_that_are_replaced_are_looked_up_for_each_page():
    assert "VoilaExporter(" in inspect.getsource(voila.notebook_renderer.NotebookRenderer)
    assert "get_page_config(" in inspect.getsource(voila.handler.VoilaHandler)
    upstream.replace()
    assert voila.notebook_renderer.VoilaExporter is upstream.Exporter
    assert voila.handler.get_page_config() == {}


def test_a_template_is_compiled_for_the_first_visit_only(monkeypatch):
    compiled = []
    compile_ = jinja2.Environment.compile
    monkeypatch.setattr(
        jinja2.Environment,
        "compile",
        lambda self, source, name=None, *rest, **more: (
            compiled.append(name),
            compile_(self, source, name, *rest, **more),
        )[1],
    )

    def visit() -> list[str]:
        compiled.clear()
        exporter = upstream.Exporter(template_paths=[str(frame.TEMPLATE)], template_name="x")
        exporter.environment.get_template("index.html.j2")
        exporter.environment.get_template("frame.html.j2")
        return list(compiled)

    visit()
    assert visit() == []


def test_the_exporter_is_still_voilas_with_nothing_but_compiled_templates_added():
    assert issubclass(upstream.Exporter, VoilaExporter)
    assert "_create_environment" in dir(VoilaExporter)


def test_event_schemas_are_registered_once():
    assert upstream.OneKernel().event_logger is upstream.OneKernel().event_logger


def test_upstream_still_builds_its_parts_where_we_change_them():
    for name in ("setup_template_dirs", "init_settings", "init_handlers", "listen"):
        assert callable(getattr(voila.app.Voila, name))
    for name in ("remove_kernel", "cull_kernel_if_idle", "shutdown_kernel", "start_kernel"):
        assert callable(getattr(AsyncMappingKernelManager, name))


def test_upstream_still_waits_for_ever_where_a_kernel_cannot_start():
    """When this fails, `NotebookPage._stream` can stop counting heartbeats."""
    source = inspect.getsource(voila.handler.VoilaHandler.get_generator)
    assert "asyncio.ensure_future(put_html())" in source
    assert "voila_heartbeat()" in source


def test_a_line_that_answers_its_pings_is_never_taken_for_a_dead_one():
    """Both are in milliseconds; a limit no longer than the interval closed every line in turn."""

    class Line(WebSocketMixin):
        settings: ClassVar[dict] = {}

    line = Line()
    assert line.ping_timeout >= 2 * line.ping_interval > 0


def test_our_settings_leave_those_pings_as_they_are():
    assert "ws_ping" not in inspect.getsource(app)


def test_a_notebooks_words_become_html_once_and_pictures_in_a_cell_each_time(monkeypatch):
    made = []
    monkeypatch.setattr(upstream, "_words", {})
    monkeypatch.setattr(
        VoilaExporter,
        "markdown2html",
        lambda self, context, source: (made.append(source), f"<p>{source}</p>")[1],
    )
    exporter = upstream.Exporter(template_paths=[str(frame.TEMPLATE)], template_name="x")
    plain, with_picture = {"cell": {}}, {"cell": {"attachments": {"a.png": {}}}}
    for _ in range(2):
        assert exporter.markdown2html(plain, "words") == "<p>words</p>"
        assert exporter.markdown2html(with_picture, "picture") == "<p>picture</p>"
    assert made == ["words", "picture", "picture"]
