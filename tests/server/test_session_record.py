"""Who may fetch a session's record, and in which shapes."""

import csv
import io

import pytest

from live_people import Guest, Trainer
from viceversa.reports import pdf
from viceversa.store import people

PAD = "note-to-myself"
SHAPES = ("html", "pdf", "csv")
needs_pango = pytest.mark.skipif(bool(pdf.what_is_missing()), reason="There is no Pango here.")


@pytest.fixture(scope="module")
def ended(running_site):
    """The address of the record of a session that is over."""
    trainer = Trainer(running_site)
    code = trainer.begin()
    Guest(running_site, code, "Ada Guest").hang_up()
    trainer.do("pad", text=PAD)
    trainer.do("end")
    trainer.hang_up()
    return f"/live/{trainer.seen['room']['id']}/record"


def test_who_led_a_session_gets_its_record_with_their_own_notes(site, ended):
    page = site.visitor("Beverley").get(f"{ended}.html")
    assert page.status_code == 200
    assert "Ada Guest" in page.text
    assert PAD in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_coordinator_gets_it_without_the_trainers_notes(site, ended):
    page = site.visitor("Imran").get(f"{ended}.html")
    assert "Ada Guest" in page.text
    assert PAD not in page.text


def test_the_table_is_downloaded_as_a_file_that_a_spreadsheet_opens(site, ended):
    answer = site.visitor("Beverley").get(f"{ended}.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="session-record.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Part", "Item", "Value", "Count"]
    assert PAD not in answer.text


@needs_pango
def test_the_pdf_is_made_when_it_is_asked_for(site, ended):
    answer = site.visitor("Beverley").get(f"{ended}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("shape", SHAPES)
def test_nobody_else_gets_any_of_it(site, ended, shape):
    people.add(site.store, "Other Trainer", f"{shape}@example.org", "trainer")
    mentor = next(one for one in people.everyone(site.store) if one.role == "mentor")
    for who in (mentor.name, "Other Trainer"):
        answer = site.visitor(who).get(f"{ended}.{shape}")
        assert answer.status_code == 404
        assert "Ada Guest" not in answer.text
        assert "There is no such record" in answer.text
    assert site.visitor().get(f"{ended}.{shape}").status_code == 401


def test_there_is_no_record_before_the_end(site):
    trainer = Trainer(site)
    trainer.begin()
    answer = trainer.visitor.get(f"/live/{trainer.seen['room']['id']}/record.html")
    trainer.do("end")
    assert answer.status_code == 409
    assert "has not ended" in answer.text


def test_a_session_that_was_deleted_has_no_record_any_more(site):
    trainer = Trainer(site)
    trainer.begin()
    room = trainer.seen["room"]["id"]
    trainer.do("end")
    trainer.do("forget", room=room)
    assert trainer.visitor.get(f"/live/{room}/record.html").status_code == 404


def test_where_the_running_order_is_gone_the_page_says_what_to_do(site):
    own = site.scheme.folder / "content" / "en" / "sessions"
    own.mkdir(parents=True, exist_ok=True)
    shipped = site.scheme.library().session("awareness-45")
    file = own / "our-own.yaml"
    file.write_text(OWN.format(title=shipped.title), "utf-8")
    trainer = Trainer(site)
    trainer.begin("our-own")
    trainer.do("end")
    file.unlink()
    answer = trainer.visitor.get(f"/live/{trainer.seen['room']['id']}/record.html")
    assert answer.status_code == 500
    assert "Put its file back" in answer.text


OWN = """
title: {title}
minutes: 1
about: A
before: B
after: C
steps:
  - {{key: one, title: One, minutes: 1, show: A, notes: B, when-late: C, when-the-line-fails: D}}
"""
