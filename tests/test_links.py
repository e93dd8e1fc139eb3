"""Making personal links for many people, and the file for the mail merge."""

import csv
import stat
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from viceversa import invitations, spreadsheets
from viceversa.cli import main
from viceversa.errors import Trouble
from viceversa.scheme import Scheme
from viceversa.store import links, open_store, people, sessions


@pytest.fixture
def scheme(tmp_path):
    (tmp_path / "scheme.yaml").write_text("name: Trial\nlink-days: 10\n")
    return Scheme.open(tmp_path)


@pytest.fixture
def opened(scheme):
    store = open_store(scheme.store_url)
    people.add(store, "Ana", "ana@x.org", "mentor")
    people.add(store, "=Ben()", "ben@x.org", "mentee")
    yield store
    store.close()


def run(scheme, *args):
    command = ["links", *map(str, args), "--scheme", str(scheme.folder)]
    return CliRunner().invoke(main, command)


def rows(file):
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def token(row) -> str:
    return row["link"].rsplit("/", 1)[1]


def test_everybody_gets_a_link_that_lets_them_in(scheme, opened):
    done = run(scheme, "--address", "https://mentoring.example.org/kit/")
    assert done.exit_code == 0
    file = scheme.data / "links.csv"
    assert done.output.startswith(f"2 links in {file}, which only you may read.\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    until = (datetime.now(UTC) + timedelta(days=10)).date().isoformat()
    for row in rows(file):
        person = people.by_email(opened, row["email"])
        assert person is not None
        assert row["link"].startswith("https://mentoring.example.org/kit/p/")
        assert links.read(opened, token(row)) == person.id
        assert (row["role"], row["valid until"]) == (person.role, until)


def test_no_cell_of_the_file_is_a_formula(scheme, opened):
    run(scheme)
    names = [row["name"] for row in rows(scheme.data / "links.csv")]
    assert names == ["'=Ben()", "Ana"]


def test_no_link_is_in_the_store_or_on_the_screen(scheme, opened):
    done = run(scheme)
    opened.close()
    stored = b"".join(path.read_bytes() for path in scheme.data.glob("viceversa.db*"))
    for row in rows(scheme.data / "links.csv"):
        assert token(row).encode() not in stored
        assert token(row) not in done.output


def test_only_people_without_a_working_link_get_one(scheme, opened):
    run(scheme)
    again = run(scheme)
    assert again.output == "Everybody has a working link. To make new ones all the same: --all\n"
    people.add(opened, "Cat", "cat@x.org", "mentee")
    run(scheme)
    assert [row["name"] for row in rows(scheme.data / "links.csv")] == ["Cat"]


def test_whoever_came_in_by_themselves_is_not_invited_yet_and_their_own_link_ends(scheme, opened):
    run(scheme)
    nell = people.add(opened, "Nell", "nell@x.org", "mentor")
    own = links.make(opened, nell.id, 3, by_guest=True)
    session = sessions.start(opened, nell.id, 3)
    done = run(scheme)
    assert "1 older link ended" in done.output
    assert [row["name"] for row in rows(scheme.data / "links.csv")] == ["Nell"]
    with pytest.raises(links.LinkFault):
        links.read(opened, own)
    assert sessions.read(opened, session) is None
    assert "Everybody has a working link" in run(scheme).output


def test_a_new_link_signs_its_person_out_wherever_the_older_one_was_used(scheme, opened):
    ana = people.by_email(opened, "ana@x.org")
    assert ana is not None
    session = sessions.start(opened, ana.id, 3)
    run(scheme, "--for", "ana@x.org")
    assert sessions.read(opened, session) is None


def test_an_older_file_is_moved_aside_because_its_links_may_not_be_sent_yet(scheme, opened):
    run(scheme)
    people.add(opened, "Cat", "cat@x.org", "mentee")
    done = run(scheme)
    (aside,) = scheme.data.glob("links-before-*.csv")
    assert f"The file that was there is now {aside}." in done.output
    assert [links.read(opened, token(row)) for row in rows(aside)]


def test_remaking_all_links_ends_the_older_ones_and_says_so(scheme, opened):
    run(scheme, "--out", scheme.folder / "first.csv")
    done = run(scheme, "--all")
    assert "2 older links ended: use the new ones.\n" in done.output
    with pytest.raises(links.LinkFault) as fault:
        links.read(opened, token(rows(scheme.folder / "first.csv")[0]))
    assert fault.value.reason == "revoked"


def test_a_link_can_be_made_for_some(scheme, opened):
    run(scheme)
    done = run(scheme, "--for", "ANA@x.org", "--days", 3, "--out", scheme.folder / "a.csv")
    assert "1 link in" in done.output
    assert [row["name"] for row in rows(scheme.folder / "a.csv")] == ["Ana"]
    run(scheme, "--role", "mentee", "--all", "--out", scheme.folder / "b.csv")
    assert [row["email"] for row in rows(scheme.folder / "b.csv")] == ["ben@x.org"]


def test_an_email_that_nobody_has_stops_it_all(scheme, opened):
    done = run(scheme, "--for", "ana@x.org", "--for", "who@x.org", "--for", "else@x.org")
    assert done.exit_code == 1
    assert "Nobody here has the email who@x.org, else@x.org." in done.stderr
    assert links.people_with_one(opened) == set()


def test_links_are_revoked_and_people_signed_out(scheme, opened):
    run(scheme)
    ana = people.by_email(opened, "ana@x.org")
    assert ana is not None
    session = sessions.start(opened, ana.id, 3)
    done = run(scheme, "--revoke", "--for", "ana@x.org")
    assert done.output == "1 link ended, 1 person signed out.\n"
    assert sessions.read(opened, session) is None
    assert ana.id not in links.people_with_one(opened)
    assert len(links.people_with_one(opened)) == 1


def test_nobody_revokes_everything_by_mistake(scheme, opened):
    run(scheme)
    done = run(scheme, "--revoke")
    assert (done.exit_code, "Say whose links to end" in done.stderr) == (1, True)
    assert len(links.people_with_one(opened)) == 2


def test_a_scheme_without_people_is_told_to_import_some(scheme):
    done = run(scheme)
    assert done.exit_code == 1
    assert "nobody in this scheme yet. Import people first" in done.stderr


def test_a_file_that_cannot_be_written_leaves_the_older_links_working(scheme, opened):
    run(scheme)
    older = [token(row) for row in rows(scheme.data / "links.csv")]
    done = run(scheme, "--all", "--out", scheme.folder / "missing" / "links.csv")
    assert (done.exit_code, "cannot be written: No such file" in done.stderr) == (1, True)
    assert all(links.read(opened, one) for one in older)


def test_links_that_were_not_kept_are_in_no_file(scheme, opened, monkeypatch):
    file = scheme.data / "links.csv"
    file.write_text("an older file")
    monkeypatch.setattr(spreadsheets, "write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        invitations.invite(opened, people.everyone(opened), 3, "https://x.org", file)
    assert [path.name for path in scheme.data.glob("*.csv")] == ["links.csv"]
    assert file.read_text() == "an older file"
    assert links.people_with_one(opened) == set()


@pytest.mark.parametrize(
    "address",
    ["", "x.org", "ftp://x.org", "https://", "https://x.org:port", "https://a b.org", "https:/x",
     "https://x.org/?a=b", "https://x.org/#a", "https://me:secret@x.org"],
)  # fmt: skip
def test_an_address_that_nobody_can_open_is_refused(address):
    with pytest.raises(Trouble, match="is not an address people can open"):
        invitations.check_address(address)


def test_a_line_that_others_may_read_is_pointed_out(scheme, opened):
    assert "use https" in run(scheme, "--address", "http://mentoring.example.org").output
    assert "use https" not in run(scheme, "--all").output


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("plain", "plain"),
        ("a=b", "a=b"),
        (7, "7"),
    ],
)
def test_what_a_spreadsheet_would_run_is_defused(cell, written):
    assert spreadsheets.defuse(cell) == written
