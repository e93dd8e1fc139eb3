"""Who a visitor is, and which kernel they may reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jupyter_server.auth import Authorizer, IdentityProvider, User
from tornado.web import RequestHandler
from traitlets import Any as AnyTrait

from viceversa.store import Store, people, sessions
from viceversa.store.people import Person

COOKIE = "viceversa"


@dataclass
class Visitor(User):
    """A signed-in person; ``username`` is their opaque id."""

    role: str = ""


def visitor(person: Person) -> Visitor:
    """Return the Jupyter user that stands for a person."""
    return Visitor(username=person.id, name=person.name, display_name=person.name, role=person.role)


class PersonalLinks(IdentityProvider):
    """People sign in with their personal link; the cookie holds an opaque session token."""

    store: Store = AnyTrait()  # type: ignore[assignment]

    @property
    def auth_enabled(self) -> bool:  # type: ignore[override]
        """Always: Voila sets an empty token, which upstream reads as 'everybody may'."""
        return True

    @property
    def login_available(self) -> bool:  # type: ignore[override]
        """No password page: the way in is the personal link."""
        return False

    @property
    def logout_available(self) -> bool:  # type: ignore[override]
        """Signing out has a page of our own."""
        return False

    def get_user(self, handler: RequestHandler) -> Visitor | None:  # type: ignore[override]
        """Return who the session cookie belongs to, or None."""
        token = handler.get_cookie(COOKIE)
        person_id = sessions.read(self.store, token) if token else None
        return visitor(people.get(self.store, person_id)) if person_id else None

    def sign_in(self, handler: RequestHandler, token: str, days: int) -> None:
        """Set the session cookie: not readable by scripts, not sent along from other sites."""
        handler.set_cookie(
            COOKIE,
            token,
            path=self.parent.base_url,  # type: ignore[union-attr]
            httponly=True,
            samesite="Lax",
            secure=self.is_secure(handler),
            expires_days=days,
        )

    def is_secure(self, handler: RequestHandler) -> bool:
        """Whether a cookie is for https alone: as we were told, else as the visitor came."""
        told = self.secure_cookie
        return handler.request.protocol == "https" if told is None else bool(told)

    def sign_out(self, handler: RequestHandler) -> None:
        """End the session in the store, then drop the cookie."""
        token = handler.get_cookie(COOKIE)
        if token:
            sessions.end(self.store, token)
        handler.clear_cookie(COOKIE, path=self.parent.base_url)  # type: ignore[union-attr]


class OwnersOnly(Authorizer):
    """A kernel answers to the person whose page started it, and to nobody else."""

    def is_authorized(  # type: ignore[override]
        self, handler: Any, user: User, action: str, resource: str
    ) -> bool:
        """Allow only what names a kernel, and only to its owner."""
        kernel_id = handler.path_kwargs.get("kernel_id") or next(iter(handler.path_args), "")
        if isinstance(kernel_id, bytes):
            kernel_id = kernel_id.decode()
        return handler.kernel_manager.belongs_to(kernel_id, user.username)
