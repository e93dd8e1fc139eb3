"""What a page sends is checked here, kept, and acknowledged; nothing that arrives is believed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from viceversa.content.fields import Field, Refused
from viceversa.content.words import Words
from viceversa.content.worksheets import Worksheet
from viceversa.store import Store, answers, people
from viceversa.store.answers import Answer, Owner, Stale
from viceversa.store.database import NotSaved, StoreError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Desk:
    """One worksheet of one owner, with the person who writes at it."""

    store: Store
    worksheet: Worksheet
    owner: Owner
    writer: str
    words: Words
    after: Callable[[], None] = lambda: None

    def save(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Keep one answer and return the reply: saved, refused, stale or unsaved."""
        field = self.worksheet.fields.get(str(message.get("field")))
        try:
            return self._keep(field, message) if field else self._refuse("refused-unknown-field")
        except Refused as refused:
            return {"refused": {"why": refused.say(self.words)}}
        except Stale as stale:
            return {"stale": self._other(stale.current)}
        except NotSaved as trouble:
            # Its own text is for whoever looks after the server, and names a file there.
            log.error("%s", trouble)
            return {"unsaved": {"why": self.words[f"unsaved-{trouble.kind}"]}}
        except StoreError as trouble:
            return {"refused": {"why": str(trouble)}}

    def answers(self) -> dict[str, dict[str, Any]]:
        """Return the current answers as the sheet takes them; None was taken back."""
        given = answers.current(self.store, self.owner, self.worksheet.slug)
        return {key: shown(answer) for key, answer in given.items() if key in self.worksheet.fields}

    def _keep(self, field: Field, message: Mapping[str, Any]) -> dict[str, Any]:
        answer = answers.save(
            self.store,
            self.owner,
            self.worksheet.slug,
            field.key,
            field.check(message.get("value")),
            stamp=self.worksheet.stamp,
            seen_by=_audience(field, message.get("seen_by")),
            by=self.writer,
            base=_revision(message.get("base")),
        )
        self.after()
        kept = {"revision": answer.revision, "value": answer.value}
        return {"saved": {"at": answer.at.isoformat(), **kept}}

    def _refuse(self, key: str) -> dict[str, Any]:
        return {"refused": {"why": self.words[key]}}

    def _other(self, theirs: Answer | None) -> dict[str, Any]:
        if theirs is None:
            return {"theirs": None, "revision": 0, "at": "", "by": ""}
        return {
            "theirs": theirs.value,
            "revision": theirs.revision,
            "at": theirs.at.isoformat(),
            "by": self._name(theirs.by),
            "seen_by": theirs.seen_by,
        }

    def _name(self, writer: str | None) -> str:
        if writer == self.writer:
            return self.words["stale-by-me"]
        known = {person.id: person.name for person in people.everyone(self.store)}
        return known.get(writer or "", "")


def shown(answer: Answer) -> dict[str, Any]:
    """Return an answer as the sheet takes it."""
    return {
        "value": answer.value,
        "revision": answer.revision,
        "seen_by": answer.seen_by,
        "at": answer.at.isoformat(),
    }


def _audience(field: Field, wanted: Any) -> str:
    """Return who may see the answer: what the author set, or wider where the author allows it."""
    if wanted in (None, field.seen_by):
        return field.seen_by
    if wanted in field.may_share_with:
        return str(wanted)
    raise Refused("refused-audience")


def _revision(base: Any) -> int:
    if type(base) is not int or base < 0:
        raise Refused("refused-revision")
    return base
