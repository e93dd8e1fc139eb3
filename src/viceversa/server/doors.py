"""The pages that need no kernel: the personal link, signing out, deleting, one's own report."""

from __future__ import annotations

import json
from typing import Any, cast

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from sqlalchemy import text
from tornado.web import HTTPError, StaticFileHandler, authenticated

from viceversa import access
from viceversa.server import frame
from viceversa.server.identity import PersonalLinks
from viceversa.server.kernels import OwnedKernels
from viceversa.store import links, people, reports, sessions
from viceversa.store.links import LinkFault
from viceversa.store.people import Person

PLAIN_REASONS = {401, 403, 404, 503}


class Framed(JupyterHandler):
    """A handler whose pages stand in our frame."""

    @property
    def links(self) -> PersonalLinks:
        return cast("PersonalLinks", self.identity_provider)

    @property
    def kernels(self) -> OwnedKernels:
        return cast("OwnedKernels", self.kernel_manager)

    @property
    def scheme(self) -> Any:
        return self.settings["scheme"]

    @property
    def store(self) -> Any:
        return self.settings["store"]

    def person(self) -> Person | None:
        """Return who is signed in, read afresh from the store."""
        return people.get(self.store, self.current_user.username) if self.current_user else None

    def frame(self, here: str = "") -> dict[str, Any]:
        """Return what the frame template needs for this visitor."""
        person = self.person() if getattr(self, "_jupyter_current_user", None) else None
        described = frame.describe(
            self.scheme, self.store, person, base_url=self.base_url, here=here
        )
        return described | {"xsrf": self.xsrf_token.decode()}

    def show(self, template: str, status: int = 200, **values: Any) -> None:
        """Answer with one of our own pages."""
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        filled = self.settings["voila_jinja2_env"].get_template(template)
        self.finish(filled.render(page=self.frame(), **values))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log a fault without the request: upstream writes the address, which may be a link."""
        if not isinstance(value, HTTPError):
            self.log.error("%s failed.", type(self).__name__, exc_info=(typ, value, tb))

    def get_login_url(self) -> str:
        """There is no password to ask for: say how to get in instead of redirecting."""
        raise HTTPError(401)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say in plain words what happened, what was kept and what to do."""
        status = status_code if status_code in PLAIN_REASONS else 500
        if status == 503:
            self.set_header("Retry-After", "5")
        about = "page-not-signed-in" if status == 401 else f"page-{status}"
        self.show("message.html.j2", status_code, about=about, again=status == 503)


class PersonalLink(Framed):
    """``/p/<token>``: a button signs in, because mail programmes open links by themselves."""

    @allow_unauthenticated
    def get(self, token: str) -> None:
        def offer(person_id: str) -> None:
            name = people.get(self.store, person_id).name
            self.show("sign_in.html.j2", token=token, name=name)

        self._person_for(token, offer)

    @allow_unauthenticated
    def post(self, token: str) -> None:
        def enter(person_id: str) -> None:
            days = self.scheme.session_days
            session = sessions.start(self.store, person_id, days)
            self.links.sign_in(self, session, days)
            self.redirect(self.base_url)

        self._person_for(token, enter, used=True)

    def _person_for(self, token: str, then: Any, *, used: bool = False) -> None:
        try:
            person_id = links.read(self.store, token, used=used)
        except LinkFault as fault:
            self.show("message.html.j2", 404, about=f"page-link-{fault.reason}")
        else:
            then(person_id)


class SignOut(Framed):
    """Ends the session and the kernels that it started."""

    @authenticated
    async def post(self) -> None:
        person_id = self.current_user.username
        self.links.sign_out(self)
        await self.kernels.end_all_of(person_id)
        self.current_user = self._jupyter_current_user = None
        self.show("message.html.j2", about="page-signed-out")


class DeleteMyData(Framed):
    """Says what goes and what stays, asks once more, and then does it."""

    @authenticated
    def get(self) -> None:
        self.show("delete.html.j2")

    @authenticated
    async def post(self) -> None:
        typed = self.get_body_argument("typed", "").strip()
        if typed != self.frame()["words"]["delete-word"]:
            self.show("delete.html.j2", 400, mistyped=True)
            return
        person_id = self.current_user.username
        await self.kernels.end_all_of(person_id)
        also = self.get_body_argument("also", "") == "yes"
        for file in people.forget(self.store, person_id, also_pair_words=also):
            (self.scheme.data / file).unlink(missing_ok=True)
        self.links.sign_out(self)
        self.current_user = self._jupyter_current_user = None
        self.show("message.html.j2", about="delete-done")


class Report(Framed):
    """One's own personal report; the coordinator gets the shared edition of anybody's."""

    @authenticated
    def get(self, owner: str, edition: str, kind: str) -> None:
        owner = self.current_user.username if owner == "mine" else owner
        if not access.may_read_report(
            self.current_user.username, self.current_user.role, owner, edition
        ):
            raise HTTPError(403)
        made = reports.newest(self.store, owner, edition, kind)
        file = made and self.scheme.data / made.file
        if not file or not file.is_file():
            raise HTTPError(404)
        self.set_header(
            "Content-Type", {"html": "text/html; charset=utf-8"}.get(kind, "application/pdf")
        )
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Disposition", f'inline; filename="report.{kind}"')
        self.finish(file.read_bytes())


class ClosePage(Framed):
    """The page says goodbye: its kernel gets a moment to save what is under way, then ends."""

    @authenticated
    def post(self, kernel_id: str) -> None:
        if not self.kernels.belongs_to(kernel_id, self.current_user.username):
            raise HTTPError(403)
        self.kernels.end_soon(kernel_id)
        self.set_status(204)


class Health(JupyterHandler):
    """For whoever watches the server, or waits for it: the store answers, so many kernels."""

    @allow_unauthenticated
    def get(self) -> None:
        with self.settings["store"].reading() as connection:
            connection.execute(text("SELECT 1"))
        self.set_header("Content-Type", "application/json")
        kernels = len(self.kernel_manager.list_kernel_ids())
        room = kernels < self.settings["scheme"].most_pages
        self.finish(json.dumps({"ok": True, "kernels": kernels, "room": room}))


class Static(StaticFileHandler):
    """Our own styles and scripts; their address changes when they do, so they may be kept."""

    def set_extra_headers(self, path: str) -> None:
        for name, value in self.settings["headers"].items():
            self.set_header(name, value)

    def get_cache_time(self, path: str, modified: Any, mime_type: str) -> int:
        return 365 * 24 * 3600


class NotFound(Framed):
    """Whatever is nowhere."""

    @allow_unauthenticated
    def get(self) -> None:
        raise HTTPError(404)

    head = post = put = patch = delete = options = get
