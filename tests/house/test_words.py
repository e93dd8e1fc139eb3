"""Every word that the code asks for is there, and every word that is there is asked for."""

import ast
import re
from functools import cache

from checkout import ROOT, under
from ruamel.yaml import YAML

KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# A key that stands alone where words are looked up, in Python, Jinja or JavaScript.
ASKED = re.compile(
    rf"""(?<!`)(?:[Ww]ords\[|\bsay\(|\bsentence\(|\bsection\(|none=)\s*["']({KEY})["']"""
)
# Keys that the code puts together, with the place where it does.
PUT_TOGETHER = (
    r"scale-[1-7]",  # widgets/scale
    r"how-long-ago-(this-(week|month|quarter|year)|longer|cannot-recall)",  # content/fields.py
    r"seen-by-(only-me|my-pair|trainer|coordinator|group)",  # widgets/parts.js, home.py
    r"row-meetings",  # widgets/parts.js: what one row of a field is called
    r"month-([1-9]|1[012])",  # content/fields.py
    r"page-(401|403|404|500|503|not-signed-in|signed-out)-(title|text)",  # server/doors.py
    r"page-link-(unknown|expired|revoked)-(title|text)",  # server/doors.py
    r"page-role-(mentor|mentee|trainer|coordinator)",  # reports/telling.py, fragments/scheme
    r"profile-(facet|overall)-(low|both|high|none)",  # pictures.py
    r"profile-partner-(low|both|high|none)",  # pictures.py
    r"profile-reliability-(assumed|measured)",  # fragments/profile
    r"timeline-group-(this-(week|month|quarter|year)|longer|cannot-recall|unanswered)",
    r"timeline-column-(this-(week|month|quarter|year)|longer|cannot-recall)",  # pictures.py
    r"home-next-(trainer|coordinator)",  # home.py
    r"export-column-(worksheet|question|answer|who|when|by)",  # home.py
    r"coordinator-column-(name|role|partner|link|progress|report)",  # fragments/scheme
    r"delete-goes-(answers|reports|links|person)",  # server/template/delete
    r"delete-stays-(pair|mark|guest|downloaded|backups)",  # server/template/delete
    r"delete-done-(title|text)",  # server/doors.py
    r"unsaved-(busy|full|other)",  # saving.py
    r"live-(left|removed)-(title|text)",  # server/live.py
    r"report-edition-(personal|shared|shared-empty)",  # reports/report.py
    r"report-(experiment|meeting|questions)-(heading|none)",  # reports/report.py
    r"record-(not-ended|gone|no-order|no-pdf)-(title|text)",  # server/record.py
    # console/task.js, paper/template/trainer and tallies
    r"activity-(poll|word-cloud|questions|check|scenario|story|reflection|breakouts|commitment)",
    r"paper-sheet-(trainer|handout|slips|cards|after)",  # paper/session.py
    r"paper-print-(sheet|copies|when)(-(handout|slips|cards|after))?",  # paper/template/trainer
    r"paper-card-(mentor|mentee|observer)",  # paper/template/parts
    r"live-role-(mentor|mentee|observer)",  # console/task.js, static/activities.js
    r"live-card-(mentor|mentee|observer)",  # console/task.js
    r"live-task-(open|closed)(-shown)?",  # console/task.js
    r"live-question-(to-)?(waiting|shown|answered|hidden)",  # widgets/questions
    r"live-record-(html|pdf|csv)",  # console/lobby.js
    r"live-made-up-question-(waiting|shown|answered)",  # console.py
    r"report-who-sees-(personal|take-back|machine)",  # reports/report.py
)


@cache
def words() -> dict[str, str]:
    """Each shipped word, and the file it stands in."""
    return {
        str(key): file.name
        for file in under("content/en/words", ".yaml")
        for key in YAML(typ="safe").load(file)
    }


def sources() -> list[str]:
    found = [*under("src", ".py", ".j2", ".js"), *under("widgets", ".py", ".js")]
    return [file.read_text("utf-8") for file in found]


def written_out() -> set[str]:
    """Every string in the code that could be a key."""
    found = set()
    for file in [*under("src", ".py"), *under("widgets", ".py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    for file in [*under("src", ".j2", ".js"), *under("widgets", ".js")]:
        text = file.read_text("utf-8")
        found |= set(re.findall(rf"""["'`]({KEY})["'`]""", text))
        # A key of a plain JavaScript object needs no quotation marks.
        found |= set(re.findall(rf"^\s*({KEY}):", text, re.MULTILINE))
    return found


def is_asked_for(key: str, known: set[str]) -> bool:
    if key in known or any(re.fullmatch(pattern, key) for pattern in PUT_TOGETHER):
        return True
    # A report says a thing in other words in its shared edition: reports/telling.py.
    told = key.removesuffix("-shared")
    return key.startswith("report-") and told != key and is_asked_for(told, known)


def test_every_word_that_is_asked_for_is_there():
    asked = {key for text in sources() for key in ASKED.findall(text)}
    assert len(asked) > 100
    assert asked - set(words()) == set()


def test_every_word_that_is_there_is_asked_for():
    known = written_out()
    unused = {key: file for key, file in words().items() if not is_asked_for(key, known)}
    assert unused == {}, "take these out, or use them"


def test_every_pattern_of_keys_is_still_needed():
    assert [one for one in PUT_TOGETHER if not any(re.fullmatch(one, key) for key in words())] == []


def test_no_key_stands_in_two_files():
    seen = [str(key) for file in under("content/en/words", ".yaml") for key in YAML().load(file)]
    assert len(seen) == len(set(seen))
    assert (ROOT / "content/en/words/pages.yaml").is_file()
