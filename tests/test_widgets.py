import base64
import logging
import re

import pytest

import viceversa_widgets
from viceversa_widgets import Chart, Choices, Download, Progress, Scale, Sheet, ShortText, bundle
from viceversa_widgets.words import live_words, shipped_words

FIELD = {"key": "words", "kind": "long-text", "ask": "What happened?", "seen-by": "only-me"}
OTHER = {"key": "day", "kind": "date", "ask": "When?", "seen-by": "my-pair"}
SECTIONS = [{"title": "", "text_html": "", "fields": [FIELD, OTHER]}]
SAVE = {"id": "a1", "field": "words", "value": "Mine", "seen_by": "only-me", "base": 0}


class Line:
    """The browser's end of a widget: says things to it and collects what it answers."""

    def __init__(self, widget, monkeypatch):
        self.widget = widget
        self.heard = []
        monkeypatch.setattr(
            widget, "send", lambda content, buffers=None: self.heard.append(content)
        )

    def say(self, content):
        self.widget._handle_custom_msg(content, [])
        return self.heard[-1] if self.heard else None


@pytest.fixture
def sheet():
    return Sheet(name="mindset", sections=SECTIONS)


@pytest.fixture
def line(sheet, monkeypatch):
    return Line(sheet, monkeypatch)


def test_a_bundle_is_one_module_with_one_default_export():
    text = bundle.esm(*bundle.SHEET)
    assert text.count("export default") == 1
    assert "import {" not in text
    assert "export function" not in text


def test_no_two_parts_of_a_bundle_share_a_name():
    found = r"^(?:export )?(?:const|let|class|function) (\w+)"
    names = re.findall(found, _sources(), re.MULTILINE)
    assert len(names) > 30
    assert len(names) == len(set(names))


def test_no_text_in_a_module_spans_lines():
    assert all(line.count("`") % 2 == 0 for line in _sources().splitlines())


def test_every_word_that_a_control_asks_for_is_there():
    asked = set(re.findall(r"""\bsay\("([\w-]+)\"""", _sources()))
    asked |= set(re.findall(r"""text\("([\w-]+)\"""", _sources()))
    assert asked
    assert asked <= set(live_words())


def test_every_word_is_asked_for_somewhere():
    families = ("scale-", "seen-by-", "how-long-ago-", "row-", "item-")
    asked = set(re.findall(r"""["']([a-z][\w-]+)["']""", _sources() + _python_sources()))
    asked |= set(re.findall(r"""^\s*"?([a-z][\w-]+)"?: \(\) =>""", _sources(), re.MULTILINE))
    words = {word for word in shipped_words() if not word.startswith(families)}
    assert words - asked == set()


def test_no_style_reaches_beyond_our_own_elements():
    text = bundle.css("progress", "chart", "download", *bundle.SHEET, *bundle.CONSOLE)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    for selectors in re.findall(r"([^{}]+)\{", text):
        if not selectors.strip().startswith("@"):
            for selector in re.split(r",(?![^(]*\))", selectors):
                assert ".vv" in selector, selector


def test_a_sheet_stays_light():
    assert len(bundle.esm(*bundle.SHEET)) + len(bundle.css(*bundle.SHEET)) < 50_000


def test_every_kind_has_a_control_of_its_own():
    for kind in bundle.KINDS:
        folder = bundle.HERE / kind
        assert (folder / "widget.js").exists()
        name = kind.title().replace("_", "")
        assert getattr(viceversa_widgets, name).__module__ == f"viceversa_widgets.{kind}.widget"


def test_a_save_is_answered_with_its_own_id(sheet, line):
    sheet.on_save(lambda save: {"saved": {"at": "14:02", "revision": 1}})
    expected = {"id": "a1", "field": "words", "at": "14:02", "revision": 1}
    assert line.say({"save": SAVE}) == {"saved": expected}


def test_keep_means_the_same_as_save(sheet, line):
    assert "saved" in line.say({"keep": SAVE})


def test_a_callback_gets_the_save_and_nothing_else(sheet, line):
    taken = []
    sheet.on_save(lambda save: taken.append(save) or {"saved": {"at": "", "revision": 1}})
    line.say({"save": SAVE | {"extra": "no"}})
    assert taken == [SAVE]


def test_what_was_saved_is_shown_when_the_sheet_is_drawn_again(sheet, line):
    sheet.on_save(lambda save: {"saved": {"at": "14:02", "revision": 7, "value": "Mine, tidied"}})
    reply = line.say({"save": SAVE})
    assert "value" not in reply["saved"]
    kept = {"value": "Mine, tidied", "revision": 7, "seen_by": "only-me", "at": "14:02"}
    assert sheet.answers["words"] == kept


def test_a_save_sent_twice_is_done_once(sheet, line):
    done = []
    sheet.on_save(lambda save: done.append(1) or {"saved": {"at": "14:02", "revision": 1}})
    first = line.say({"save": SAVE})
    second = line.say({"save": SAVE})
    assert first == second
    assert done == [1]


def test_a_save_that_could_not_be_kept_is_tried_again(sheet, line):
    replies = [{"unsaved": {"why": "The disk is full."}}, {"saved": {"at": "", "revision": 1}}]
    sheet.on_save(lambda save: replies.pop(0))
    assert "unsaved" in line.say({"save": SAVE})
    assert "saved" in line.say({"save": SAVE})


def test_a_stale_save_passes_on_both_texts(sheet, line):
    told = {"theirs": "Yours", "revision": 3, "at": "14:01", "by": "Sam"}
    sheet.on_save(lambda save: {"stale": told})
    assert line.say({"save": SAVE}) == {"stale": told | {"id": "a1", "field": "words"}}
    assert "words" not in sheet.answers


@pytest.mark.parametrize(
    "content",
    [
        None,
        "save",
        7,
        [],
        {},
        {"save": None},
        {"save": []},
        {"save": {"id": 1, "field": "words"}},
        {"save": {"id": "x" * 500, "field": "words"}},
        {"refresh": "yes"},
        {"make": True},
    ],
)
def test_a_message_nobody_can_answer_is_passed_over(line, content):
    assert line.say(content) is None


@pytest.mark.parametrize(
    "fault",
    [
        {"base": -1},
        {"base": True},
        {"base": "0"},
        {"base": None},
        {"seen_by": None},
        {"seen_by": ["my-pair"]},
    ],
)
def test_a_malformed_save_is_refused_in_words(sheet, line, fault):
    sheet.on_save(lambda save: pytest.fail("It must not be asked to save this."))
    reply = line.say({"save": SAVE | fault})
    assert reply == {"refused": {"id": "a1", "field": "words", "why": sheet.words["malformed"]}}


def test_a_save_without_a_value_is_refused(line):
    assert "refused" in line.say({"save": {k: v for k, v in SAVE.items() if k != "value"}})


def test_an_error_while_saving_is_said_and_nobodys_words_are_logged(sheet, line, caplog):
    def fail(save):
        raise RuntimeError(f"cannot store {save['value']}")

    sheet.on_save(fail)
    with caplog.at_level(logging.DEBUG):
        reply = line.say({"save": SAVE})
    assert reply["unsaved"]["why"] == sheet.words["not-saved-fault"]
    assert "RuntimeError" in caplog.text
    assert "Mine" not in caplog.text


@pytest.mark.parametrize(
    "reply", [None, {}, {"saved": {}}, {"saved": {"revision": "1"}}, {"done": {"revision": 1}}]
)
def test_a_reply_that_says_nothing_never_counts_as_saved(sheet, line, reply):
    sheet.on_save(lambda save: reply)
    assert "unsaved" in line.say({"save": SAVE})


def test_a_browser_cannot_set_a_trait(sheet):
    sheet.set_state({"answers": {"words": {"value": "forged"}}, "preview": True})
    assert sheet.answers == {}
    assert sheet.preview is False


def test_without_a_callback_answers_stay_in_the_sheet(sheet, line):
    assert "saved" in line.say({"save": SAVE})
    assert sheet.answers["words"]["value"] == "Mine"
    assert "refused" in line.say({"save": SAVE | {"id": "a2", "field": "unknown"}})


def test_a_refresh_brings_the_newest_answers(sheet, line):
    newest = {"words": {"value": "Theirs", "revision": 2, "seen_by": "my-pair", "at": "14:05"}}
    sheet.on_refresh(lambda: newest)
    line.say({"refresh": True})
    assert sheet.answers == newest


def test_a_refresh_that_fails_changes_nothing(sheet, line):
    sheet.answers = {"words": {"value": "Mine", "revision": 1, "seen_by": "only-me"}}
    sheet.on_refresh(lambda: 1 / 0)
    line.say({"refresh": True})
    assert sheet.answers["words"]["value"] == "Mine"


def test_progress_follows_what_is_saved(sheet, line):
    progress = Progress().follow(sheet)
    assert (progress.answered, progress.of) == (0, 2)
    line.say({"save": SAVE})
    assert progress.answered == 1
    line.say({"save": SAVE | {"id": "a2", "value": None, "base": 1}})
    assert progress.answered == 0


def test_a_control_on_its_own_takes_plain_values(monkeypatch):
    scale = Scale("A plan is half ready.", left="I share it", right="I wait", value=3)
    assert scale.value == 3
    line = Line(scale, monkeypatch)
    line.say({"save": {**SAVE, "field": "answer", "value": "it-depends", "base": 1}})
    assert scale.value == "it-depends"
    assert ShortText("Which one?").value is None


def test_a_control_on_its_own_describes_itself_as_a_worksheet_would():
    choices = Choices("Which?", options={"a": "Apples", "b": "Pears"}, at_most=1)
    look = choices.fields["answer"]
    assert look["options"] == [{"key": "a", "words": "Apples"}, {"key": "b", "words": "Pears"}]
    assert look["at-most"] == 1


def test_two_controls_never_share_what_is_kept_on_a_device():
    assert ShortText("One?").drafts != ShortText("Two?").drafts


def test_a_chart_can_be_changed_while_it_is_shown():
    chart = Chart(svg="<svg></svg>", said_html="<p>Flat</p>", title="Trend")
    chart.svg = "<svg><path/></svg>"
    assert chart.get_state()["svg"] == "<svg><path/></svg>"


@pytest.fixture
def download():
    return Download(label="Get my report")


def test_a_download_hands_over_the_file_that_was_made(download, monkeypatch):
    download.on_make(lambda: ("report.html", "text/html", b"<p>Hello</p>"))
    reply = Line(download, monkeypatch).say({"make": True})
    data = base64.b64encode(b"<p>Hello</p>").decode()
    assert reply == {"file": {"name": "report.html", "mime": "text/html", "base64": data}}


def test_a_download_says_why_there_is_no_file(download, monkeypatch):
    download.on_make(lambda: {"failed": "There are no meetings with a date yet."})
    reply = Line(download, monkeypatch).say({"make": True})
    assert reply == {"failed": "There are no meetings with a date yet."}


def test_a_download_that_breaks_says_so_plainly(download, monkeypatch):
    download.on_make(lambda: 1 / 0)
    reply = Line(download, monkeypatch).say({"make": True})
    assert reply == {"failed": download.words["download-failed"]}


@pytest.mark.parametrize("content", [None, "make", {"make": 1}, {"save": SAVE}, []])
def test_a_download_makes_nothing_unasked(download, monkeypatch, content):
    download.on_make(lambda: pytest.fail("Nobody asked for a file."))
    assert Line(download, monkeypatch).say(content) is None


def _sources() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(bundle.HERE.rglob("*.js")))


def _python_sources() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(bundle.HERE.rglob("*.py")))
