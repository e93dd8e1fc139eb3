"""A pair's meetings as a calendar file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from viceversa.content.fields import Date
from viceversa.content.words import Words

DEFAULT_START = time(10, 0)
DEFAULT_MINUTES = 45


def calendar(meetings: Iterable[Mapping[str, str]], *, title: str, pair: str) -> bytes:
    """Return an iCalendar file (RFC 5545) with one event for each meeting that has a date.

    Times are local to whoever opens the file ("floating"). The events keep their identity when
    the file is made again, so that a calendar updates them. Themes and notes stay out of it:
    other people may be able to read one's calendar.
    """
    made = Calendar()
    made.add("prodid", "-//Vice Versa//meeting plan//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for number, meeting in enumerate(meetings, start=1):
        if meeting.get("date"):
            made.add_component(_event(meeting, f"{title} ({number})", f"{pair}-{number}@viceversa"))
    return made.to_ical()


def next_meeting(
    meetings: Iterable[Mapping[str, str]], today: date | None = None
) -> Mapping[str, str] | None:
    """Return the earliest meeting that is not over yet, or None."""
    first = (today or date.today()).isoformat()
    coming = [meeting for meeting in meetings if meeting.get("date", "") >= first]
    return min(coming, key=lambda meeting: (meeting["date"], meeting.get("time", "")), default=None)


def _event(meeting: Mapping[str, str], title: str, identity: str) -> Event:
    day = date.fromisoformat(meeting["date"])
    start = time.fromisoformat(meeting["time"]) if meeting.get("time") else DEFAULT_START
    begins = datetime.combine(day, start)
    event = Event()
    event.add("uid", identity)
    event.add("dtstamp", datetime.now(UTC))
    event.add("summary", title)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=minutes(meeting)))
    return event


def minutes(meeting: Mapping[str, str]) -> int:
    """Return how long a meeting takes, from an answer such as `30-minutes`."""
    digits = "".join(filter(str.isdigit, meeting.get("length", "")))
    return int(digits) if digits else DEFAULT_MINUTES


def day_in_words(day: str, words: Words) -> str:
    """Return a date such as 2026-03-04 as it is said: 4 March 2026."""
    return Date(key="day", ask="day").read(day, words)
