"""A notebook opened in JupyterLab is a preview: a fictional pair, and nothing is kept."""

from viceversa import workbook
from viceversa.store import people


def test_a_preview_outside_a_scheme_says_whom_to_ask_in_general(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = workbook.preview().words
    assert not any("{contact}" in words[key] or "{scheme}" in words[key] for key in words)


def test_a_plan_whose_partner_has_left_says_so_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book = workbook.preview()
    assert book.pair
    assert "You and Alex Preview" in str(book.choose_pair())
    people.forget(book.store, book.pair.mentee, also_pair_words=False)
    assert "Your partner has left" in str(book.choose_pair())
    assert book.partners_words("offer").said_html.count("Your partner has left") == 1


def test_somebody_without_a_partner_is_told_once_at_length(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book = workbook.preview()
    lonely = people.add(book.store, "Robin Preview", "robin@example.org", "mentor")
    alone = workbook.Book(book.store, book.library, lonely)
    at_length = "Your coordinator puts the pairs together"
    assert at_length in str(alone.choose_pair())
    assert at_length not in str(alone.worksheet("aims"))
    assert str(alone.calendar()) == ""
