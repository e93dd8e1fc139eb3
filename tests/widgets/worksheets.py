"""Fields of every kind, as the content hands them to a sheet."""

from typing import Any

from viceversa_widgets import Sheet

LEFT = "I share it early"
RIGHT = "I share it when it is sound"
OPTIONS = [{"key": "a", "words": "Apples"}, {"key": "b", "words": "Pears"}]
MINE = {"seen-by": "only-me"}

SCALE = {"key": "plan", "kind": "scale", "ask": "A plan is half ready.", **MINE}
SCALE |= {"left": LEFT, "right": RIGHT}
HOW_LONG_AGO = {"key": "risk", "kind": "how-long-ago", "ask": "When was your last risk?", **MINE}
CHOICE = {"key": "meet", "kind": "choice", "ask": "How do we meet?", "options": OPTIONS, **MINE}
CHOICES = {"key": "topics", "kind": "choices", "ask": "What about?", "options": OPTIONS, **MINE}
CHOICES |= {"at-most": 2}
SHORT = {"key": "line", "kind": "short-text", "ask": "In one line?", "at-most": 20, **MINE}
WORDS = {"key": "words", "kind": "long-text", "ask": "What happened?", "at-most": 5000, **MINE}
WORDS |= {"help": "A few lines.", "may-share-with": ["my-pair"]}
LIST = {"key": "offers", "kind": "list", "ask": "What can you offer?", "at-most": 3, **MINE}
DATE = {"key": "day", "kind": "date", "ask": "When do we look back?", **MINE}
ROWS = {"key": "meetings", "kind": "rows", "ask": "When do we meet?", "at-most": 3, **MINE}
ROWS |= {
    "columns": [
        {"key": "theme", "ask": "Theme", "kind": "short-text"},
        {"key": "date", "ask": "Date", "kind": "date"},
        {"key": "time", "ask": "Start", "kind": "time"},
        {"key": "length", "ask": "How long", "kind": "choice", "options": OPTIONS},
        {"key": "notes", "ask": "Notes", "kind": "long-text"},
    ]
}
CHECK = {"key": "agenda", "kind": "check", "ask": "Who sets the agenda?", **MINE}
CHECK |= {
    "options": [
        {"key": "mentor", "words": "The mentor", "right": True, "feedback": "It is their hour."},
        {"key": "mentee", "words": "The mentee", "feedback": "That is the usual way round."},
    ]
}
COURSES = {"heard": "Ada says so", "rushed": "Ada waits", "cold": "Ada goes"}
SCENARIO = {"key": "scenario", "kind": "scenario", "ask": "What might Ada do?", **MINE}
SCENARIO |= {
    "situation-html": "<p>Keith starts to give advice.</p>",
    "choices": [
        {
            "key": key,
            "words": words,
            "then": f"{words}, and it is quiet.",
            "mentor": f"Ada feels {key}.",
            "mentee": f"Keith feels {key}.",
        }
        for key, words in {
            "heard": "Ada says so",
            "rushed": "Ada waits",
            "cold": "Ada goes",
        }.items()
    ],
    "debrief-html": {"both": "<p>Both.</p>", "mentor": "<p>Ada.</p>", "mentee": "<p>Keith.</p>"},
}
COMMITMENT = {"key": "commitment", "kind": "commitment", "ask": "What will you do?", **MINE}
COMMITMENT |= {"at-most": 500, "examples": ["Send the themes on Monday."]}
EVERY_KIND = [SCALE, HOW_LONG_AGO, CHOICE, CHOICES, SHORT, WORDS, LIST, DATE, ROWS]
EVERY_KIND += [CHECK, SCENARIO, COMMITMENT]


def sheet(*fields: dict[str, Any], **traits: Any) -> Sheet:
    """Give a sheet of one section with these fields."""
    text = "<p>Take your time.</p>"
    sections = [{"title": "About you", "text_html": text, "fields": list(fields)}]
    return Sheet(**{"drafts": "me", "sections": sections, **traits})


def kept(value: Any, revision: int = 1, seen_by: str = "only-me") -> dict[str, Any]:
    """Give an answer as the kernel holds it."""
    return {"value": value, "revision": revision, "seen_by": seen_by, "at": "13:00"}
