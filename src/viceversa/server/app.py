"""The server: Voila, standalone, with our identity, handlers and template.

Everything that is overridden upstream is overridden here and in kernels.py, identity.py and
pages.py. Written against voila 0.5.13; tests/server/test_doors.py tries every closed hole.
"""

from __future__ import annotations

import atexit
import logging
import os
import re
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from tornado.ioloop import IOLoop
from tornado.log import access_log
from tornado.web import RequestHandler
from traitlets import Any as AnyTrait
from traitlets import Callable as CallableTrait
from traitlets.config import Config
from voila.app import Voila
from voila.paths import collect_template_paths

from viceversa import forking
from viceversa.errors import Trouble
from viceversa.scheme import Scheme
from viceversa.server import doors, frame, live, record, upstream
from viceversa.server.identity import OwnersOnly, PersonalLinks
from viceversa.server.kernels import OwnedKernels
from viceversa.server.notebooks import Notebooks
from viceversa.server.pages import KernelLine, NotebookPage, PlainHeadings
from viceversa.server.widget_parts import WidgetParts
from viceversa.store import Store

KERNEL = r"(?P<kernel_id>[\w-]+)"
# Styles may stand in a page, so that notebooks people write themselves look right; scripts may
# not. blob: is how a widget's own module is loaded.
MOST_FILES = 65_536
LARGEST_BODY = 1024 * 1024  # bytes; forms are all that is sent, and Tornado would take 100 MB
POLL = 1.0  # seconds between looks at whether an ordinary kernel still runs
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Server(Voila):
    """One process that serves one scheme."""

    scheme: Scheme = AnyTrait()  # type: ignore[assignment]
    store: Store = AnyTrait()  # type: ignore[assignment]
    when_ready: Callable[[], None] = CallableTrait(default_value=lambda: None)  # type: ignore[assignment]
    nursery: forking.Nursery | None = AnyTrait()  # type: ignore[assignment]

    def setup_template_dirs(self) -> None:
        """Use our own template, wherever the package lies; nothing is installed for Jupyter."""
        stock = collect_template_paths(["voila", "nbconvert"], "base", prune=True)
        self.template_paths = [str(frame.TEMPLATE), *stock]
        self.static_paths = []

    def init_settings(self) -> Any:
        """Add what our handlers need, and put our notebooks where Voila looks for them."""
        settings: Any = super().init_settings()
        self.contents_manager = Notebooks(
            parent=self, folders=[str(folder) for folder in self.scheme.notebooks()]
        )
        cast("PersonalLinks", self.identity_provider).store = self.store
        cast("OwnedKernels", self.kernel_manager).nursery = self.nursery
        return settings | {
            "contents_manager": self.contents_manager,
            "scheme": self.scheme,
            "store": self.store,
            "headers": HEADERS,
            "live": live.Desk(self.scheme, self.store),
            "log_function": log_without_addresses,
            "default_handler_class": doors.NotFound,
            "compress_response": True,
            "websocket_compression_options": {},
            "xsrf_cookie_kwargs": {
                "samesite": "Lax",
                "path": self.base_url,
                "secure": bool(self.identity_provider.secure_cookie),
            },
        }

    def init_handlers(self) -> Any:
        """Name every address there is; none of upstream's other handlers is reachable."""
        page = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        addresses = [
            (r"api/kernels/" + KERNEL + "/channels", KernelLine),
            (r"close/" + KERNEL, doors.ClosePage),
            (r"p/([\w-]+)", doors.PersonalLink),
            (r"sign-out", doors.SignOut),
            (r"my-data/delete", doors.DeleteMyData),
            (r"report/(\w+)/(personal|shared)\.(html|pdf)", doors.Report),
            (r"healthz", doors.Health),
            (r"static/[0-9a-f]+/widgets\.(js|css)", WidgetParts),
            *live.ADDRESSES,
            *record.ADDRESSES,
            (r"static/[0-9a-f]+/(.*)", doors.Static, {"path": str(frame.TEMPLATE / "static")}),
            (r"()", NotebookPage, page),
            (r"([a-z0-9_]+/[a-z0-9_]+)/?", NotebookPage, page),
        ]
        return [(self.base_url + address[0], *address[1:]) for address in addresses]

    def listen(self) -> None:
        """Listen, then say so as soon as the loop runs."""
        keep_links_out_of_logs(self.log)
        IOLoop.current().add_callback(self.app.settings["live"].hub.start)
        IOLoop.current().add_callback(self.when_ready)
        self.app.listen = partial(self.app.listen, max_body_size=LARGEST_BODY)
        super().listen()


class WithoutLinks(logging.Filter):
    """Upstream logs an address here and there; a personal link must not end up in a log."""

    LINK = re.compile(r"/p/[\w-]+")

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.LINK.sub("/p/…", record.getMessage()), None
        return True


def keep_links_out_of_logs(*loggers: Any) -> None:
    """Let every log handler of this process, upstream's too, leave out personal links."""
    logging.basicConfig()
    for logger in (logging.getLogger(), *loggers):
        for handler in logger.handlers:
            handler.addFilter(WithoutLinks())


def log_without_addresses(handler: RequestHandler) -> None:
    """Log what kind of page was asked for, never the address: it may hold a personal link."""
    level = logging.WARNING if handler.get_status() >= 500 else logging.DEBUG
    access_log.log(
        level,
        "%d %s %s %.0f ms",
        handler.get_status(),
        handler.request.method,
        type(handler).__name__,
        1000 * handler.request.request_time(),
    )


def configuration(
    scheme: Scheme, *, host: str, port: int, base_url: str, https: bool, debug: bool
) -> Config:
    """Return the settings that make Voila ours."""
    return Config(
        Voila=Config(
            ip=host,
            port=port,
            port_retries=0,
            base_url=base_url,
            open_browser=False,
            config_file_paths=[],
            root_dir=str(scheme.notebooks()[-1]),
            identity_provider_class=PersonalLinks,
            authorizer_class=OwnersOnly,
            log_level=logging.DEBUG if debug else logging.WARNING,
        ),
        VoilaConfiguration=Config(
            allow_template_override="NO",
            allow_theme_override="NO",
            file_allowlist=[],
            template="viceversa",
            multi_kernel_manager_class=OwnedKernels,
            show_tracebacks=debug,
        ),
        PersonalLinks=Config(secure_cookie=https or None),
        OwnedKernels=Config(
            scheme_folder=str(scheme.folder),
            cull_idle_timeout=scheme.rest_minutes * 60,
            cull_interval=30,
            cull_connected=True,
            show_kernel_output=debug,
        ),
        # A restarted kernel would be empty while its page looks alive: let it be gone instead;
        # the page then asks for a new one and puts everything back.
        KernelRestarter=Config(restart_limit=0, time_to_dead=POLL),
        # What people write goes from the server to their kernel over a private socket file.
        KernelManager=Config(transport="tcp" if sys.platform == "win32" else "ipc"),
        ZMQChannelsWebsocketConnection=Config(limit_rate=False),
        VoilaExporter=Config(markdown_renderer_class=PlainHeadings),
    )


def serve(
    scheme: Scheme,
    store: Store,
    *,
    host: str = "127.0.0.1",
    port: int = 8866,
    base_url: str = "/",
    https: bool = False,
    debug: bool = False,
    when_ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve a scheme until it is stopped; raises Trouble when the port is taken."""
    refuse_taken_port(host, port)
    open_many_files()
    nursery = nursery_for(scheme)
    upstream.replace()
    config = configuration(
        scheme, host=host, port=port, base_url=base_url, https=https, debug=debug
    )
    server = Server(
        config=config, scheme=scheme, store=store, nursery=nursery, when_ready=when_ready
    )
    server.initialize(argv=[])
    server.start()


def open_many_files() -> None:
    """Lift the limit on open files as far as we may: each page takes some twenty.

    Many systems begin with 1,024, at which libzmq ends the whole process; Voila, unlike
    jupyter_server, leaves it at that.
    """
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
        if soft != resource.RLIM_INFINITY and soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def nursery_for(scheme: Scheme) -> forking.Nursery | None:
    """Return what forks the kernels of pages; None where that cannot be, or shall not.

    VICEVERSA_KERNELS=ordinary says not to.
    """
    wanted = os.environ.get("VICEVERSA_KERNELS", "forked")
    if wanted == "ordinary" or not forking.available():
        logging.getLogger("viceversa").info("Kernels are ordinary processes.")
        return None
    # What a page sends is not sent back to it: ipywidgets reads that when it is imported.
    environment = {"VICEVERSA_SCHEME": str(scheme.folder), "JUPYTER_WIDGETS_ECHO": "0"}
    nursery = forking.Nursery(["viceversa.warm:up"], environment=environment)
    nursery.start()
    atexit.register(nursery.close)
    return nursery


def refuse_taken_port(host: str, port: int) -> None:
    """Raise Trouble if something listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Trouble(
                f"Port {port} on {host} cannot be used ({error.strerror}). Most often another "
                f"server is running there. Stop it, or choose another: --port {port + 1} "
                f"(with make: make run PORT={port + 1})."
            ) from error
