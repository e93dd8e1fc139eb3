"""A notebook as a page: Voila's handler with our addresses, access rule and limits."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, cast

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, authenticated
from voila.exporter import VoilaMarkdownRenderer
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from viceversa import access
from viceversa.server.doors import Framed
from viceversa.server.notebooks import Notebooks
from viceversa.server.open_pages import OpenPage, PageConnection
from viceversa.server.rendering import Late, Renderer, is_python

HEARTBEAT = "window.voila_heartbeat()"
# What the page's own script has to say; the rest of the words are in the page already.
CLIENT_WORDS = (
    "page-line-lost",
    "page-line-back",
    "page-asleep-text",
    "page-kernel-gone-text",
    "page-503-text",
    "page-signed-out-elsewhere-text",
    "page-403-text",
    "page-cell-failed",
    "page-sign-out-unsaved",
    "page-loaded",
)
PATIENCE = 6  # heartbeats of ten seconds each
HOMES = {"coordinator": "coordinator/home", "trainer": "trainer/home"}


class NotebookPage(Framed, TornadoVoilaHandler):
    """``/reflection/mindset`` shows notebooks/reflection/mindset.ipynb to who may see it."""

    @authenticated
    async def get(self, path: str = "") -> None:  # type: ignore[override]
        page = path.strip("/") or HOMES.get(self.current_user.role, "participant/home")
        if not access.may_open(self.current_user.role, page):
            raise HTTPError(403)
        if self.notebooks.find(page) is None:
            raise HTTPError(404)
        if len(self.kernel_manager.list_kernel_ids()) >= self.scheme.most_pages:
            raise HTTPError(503)
        described = self.frame(here=page)
        described["client_words"] = {key: described["words"][key] for key in CLIENT_WORDS}
        # Whoever leaves before the page is there leaves a kernel without a page: it is culled.
        with suppress(StreamClosedError):
            if not await self._write_from_fork(page, described):
                await self._write_from_ordinary(page, described)

    @property
    def notebooks(self) -> Notebooks:
        return cast("Notebooks", self.contents_manager)

    async def _write_from_fork(self, page: str, described: dict[str, Any]) -> bool:
        """Write the page with a forked kernel; False when there cannot be one."""
        notebook = self.notebooks.read(page)
        if self.kernels.nursery is None or not is_python(notebook):
            return False
        try:
            kernel = await self.kernels.open_page(self, f"{page}.ipynb")
        except OSError as error:
            self.log.warning("An ordinary kernel is started, as none could be forked: %s", error)
            return False
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-cache, no-store, must-revalidate")
        try:
            async for html in self._renderer().render(notebook, kernel, described, self.flush):
                self.write(html)
        except Late:
            self.log.error("A page gave up waiting for its kernel.")
            self.write(self._apology())
        return True

    def _renderer(self) -> Renderer:
        kept: Renderer | None = self.settings.get("renderer")
        if kept is None:
            kept = self.settings["renderer"] = Renderer(
                template_paths=self.template_paths,
                template_name=self.voila_configuration.template,
                config=self.traitlet_config,
                contents_manager=self.contents_manager,
                base_url=self.base_url,
            )
        return kept

    async def _write_from_ordinary(self, page: str, described: dict[str, Any]) -> None:
        """Write the page with a kernel as upstream starts it."""
        # Voila hands this to the template; the stock page config walks every extension folder.
        self.page_config_hook = lambda config, **_: config | {"page": described}
        silent = 0
        async for html in self.get_generator(path=f"{page}.ipynb"):
            # Upstream waits for ever when a kernel cannot start (voila/handler.py, put_html).
            silent = silent + 1 if HEARTBEAT in html else 0
            if silent >= PATIENCE:
                self.log.error("A page gave up waiting for its kernel.")
                self.write(self._apology())
                return
            if not silent:
                self.write(html)
                await self.flush()

    def _apology(self) -> str:
        words = self.frame()["words"]["page-cell-failed"]
        return f'<p class="vv-problem" role="alert">{words}</p></main></body></html>'


class KernelLine(VoilaKernelWebsocketHandler):
    """A browser's line to its kernel, of either sort; who may have it is checked upstream."""

    @property
    def kernel_websocket_connection_class(self) -> Any:  # type: ignore[override]
        kernel: Any = self.kernel_manager.get_kernel(self.kernel_id)
        if isinstance(kernel, OpenPage):
            return PageConnection
        return super().kernel_websocket_connection_class


class PlainHeadings(VoilaMarkdownRenderer):
    """Headings without upstream's link to themselves, which reads aloud as "paragraph sign"."""

    def heading(self, text: str, level: int, **_: Any) -> str:
        return f"<h{level}>{text}</h{level}>\n"
