"""What must hold between the parts of a module, a scenario and a running order.

As in `rules`, plain values are looked at, and what has the wrong shape is passed over.
"""

from collections.abc import Iterator
from typing import Any

from viceversa.content.citing import CITED
from viceversa.content.rules import Broken, Path, as_dict, as_list, fields_of, parts_of, twice

OWN_KEYS = ("scenario", "reflection", "commitment")


def broken_in_module(data: Any) -> list[Broken]:
    """Find every rule that a module's plain values break."""
    return _all(data, _checks, _cited)


def broken_in_scenario(data: Any) -> list[Broken]:
    """Find every rule that a scenario's plain values break."""
    return _all(data, _choices, _cited)


def broken_in_session(data: Any) -> list[Broken]:
    """Find every rule that a running order's plain values break."""
    return _all(data, _steps, _minutes, _reflections, _cited)


def exercises(data: Any) -> list[Broken]:
    """Find what is wrong in the exercises of a worksheet."""
    return _all(data, _exercises)


def _all(data: Any, *rules: Any) -> list[Broken]:
    return [fault for rule in rules for fault in rule(data)] if isinstance(data, dict) else []


def _checks(data: dict[str, Any]) -> Iterator[Broken]:
    questions = parts_of(("check",), data.get("check"))
    yield from twice("check question", questions)
    for path, question in questions:
        if question.get("key") in OWN_KEYS:
            wrong = f"A module has something else with the key “{question['key']}”."
            yield Broken((*path, "key"), wrong, "Give the question another key.")
        yield from _options(path, question)


def _exercises(data: dict[str, Any]) -> Iterator[Broken]:
    for path, field in fields_of(data):
        if field.get("kind") == "check":
            yield from _options(path, field)
        if field.get("kind") == "scenario":
            yield from twice("choice", parts_of((*path, "choices"), field.get("choices")))


def _options(path: Path, question: dict[str, Any]) -> Iterator[Broken]:
    options = parts_of((*path, "options"), question.get("options"))
    yield from twice("option", options)
    if options and not any(option.get("right") is True for _, option in options):
        wrong = "None of these answers is marked as the better one."
        yield Broken((*path, "options"), wrong, "Write “right: true” beside at least one.")


def _choices(data: dict[str, Any]) -> Iterator[Broken]:
    yield from twice("choice", parts_of(("choices",), data.get("choices")))


def _steps(data: dict[str, Any]) -> Iterator[Broken]:
    steps = parts_of(("steps",), data.get("steps"))
    yield from twice("step", steps)
    activities = [
        one
        for path, step in steps
        for one in parts_of((*path, "activities"), step.get("activities"))
    ]
    yield from twice("activity", activities)
    for path, activity in activities:
        yield from twice("option", parts_of((*path, "options"), activity.get("options")))


def _minutes(data: dict[str, Any]) -> Iterator[Broken]:
    """The steps take as long as the whole, and an activity no longer than its step."""
    steps = parts_of(("steps",), data.get("steps"))
    total = sum(_number(step.get("minutes")) for _, step in steps)
    if steps and type(data.get("minutes")) is int and total != data["minutes"]:
        wrong = f"The steps add up to {total} minutes, not {data['minutes']}."
        yield Broken(("minutes",), wrong, f"Write “minutes: {total}”, or change the steps.")
    for path, step in steps:
        for at, activity in parts_of((*path, "activities"), step.get("activities")):
            if _number(activity.get("minutes")) > _number(step.get("minutes")):
                wrong = "This takes longer than the step that it stands in."
                yield Broken((*at, "minutes"), wrong, "Shorten it, or give the step more time.")


def _reflections(data: dict[str, Any]) -> Iterator[Broken]:
    for path, step in parts_of(("steps",), data.get("steps")):
        for at, activity in parts_of((*path, "activities"), step.get("activities")):
            if activity.get("kind") != "reflection":
                continue
            if ("worksheet" in activity) == ("module" in activity):
                wrong = "A reflection is on a worksheet or on a module's prompt."
                yield Broken(at, wrong, "Write either “worksheet: …” or “module: …”.")
            if "worksheet" in activity and not activity.get("fields"):
                wrong = "It is not said which questions of the worksheet to ask."
                yield Broken(at, wrong, "Write “fields: [first-key, second-key]”.")


def _cited(data: dict[str, Any]) -> Iterator[Broken]:
    """Every [number] names a source, and every source is named somewhere."""
    sources = as_list(data.get("sources"))
    yield from twice("source", parts_of(("sources",), sources), by="title")
    named = {}
    for path, text in _texts({k: v for k, v in data.items() if k != "sources"}, ()):
        for number in map(int, CITED.findall(text)):
            named.setdefault(number, path)
    for number, path in named.items():
        if not 1 <= number <= len(sources):
            wrong = f"There is no source [{number}]."
            yield Broken(path, wrong, f"There are {len(sources)}: add it, or mend the number.")
    for number in range(1, len(sources) + 1):
        if number not in named:
            wrong = f"Nothing in the text refers to this source as [{number}]."
            yield Broken(
                ("sources", number - 1), wrong, f"Write [{number}] after what comes from it."
            )


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    for key, value in as_dict(data).items():
        yield from _texts(value, (*path, key))
    for number, value in enumerate(as_list(data)):
        yield from _texts(value, (*path, number))


def _number(value: Any) -> int:
    return value if type(value) is int else 0
