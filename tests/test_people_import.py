"""Taking the people of a file into a scheme: all of them or none."""

import pytest
from click.testing import CliRunner

from viceversa.cli import main
from viceversa.intake import bring_in
from viceversa.people import Faults, read
from viceversa.scheme import Scheme
from viceversa.store import links, open_store, people, sessions

HEAD = "name,email,role,partner\n"
FOUR = (
    HEAD + "Ana,ana@x.org,mentor,\n"
    "Ben,ben@x.org,mentee,ana@x.org\n"
    "Cat,cat@x.org,mentee,ana@x.org\n"
    "Tess,tess@x.org,trainer,\n"
)


def take(store, text: str):
    return bring_in(store, read(text.encode()))


def faults(store, text: str) -> list[str]:
    with pytest.raises(Faults) as raised:
        take(store, text)
    return [str(fault) for fault in raised.value.faults]


def couples(store) -> set[tuple[str, str]]:
    name = {person.id: person.name for person in people.everyone(store)}
    return {(name[pair.mentor], name[pair.mentee]) for pair in people.all_pairs(store)}


def test_people_and_their_pairs_are_taken_in(store):
    assert str(take(store, FOUR)) == (
        "4 people read: 4 new, 0 changed, 0 as before; 2 pairs, 2 new."
    )
    assert [person.name for person in people.everyone(store)] == ["Ana", "Ben", "Cat", "Tess"]
    assert couples(store) == {("Ana", "Ben"), ("Ana", "Cat")}


def test_the_same_file_again_changes_nothing_and_says_so(store):
    take(store, FOUR)
    before = people.everyone(store), people.all_pairs(store)
    assert str(take(store, FOUR)) == (
        "4 people read: 0 new, 0 changed, 4 as before; 2 pairs, 0 new."
    )
    assert (people.everyone(store), people.all_pairs(store)) == before


def test_a_changed_row_updates_the_person_with_that_email(store):
    take(store, FOUR)
    ana = people.by_email(store, "ana@x.org")
    intake = take(store, "name,email,role,grade\nAna Ek,ANA@x.org,mentor,B2\n")
    assert (intake.new, intake.changed, intake.same) == (0, 1, 0)
    changed = people.by_email(store, "ana@x.org")
    assert ana is not None
    assert changed is not None
    assert (changed.id, changed.name, changed.grade) == (ana.id, "Ana Ek", "B2")


def test_a_column_that_is_not_in_the_file_leaves_what_is_known(store):
    take(store, "name,email,role,grade,department\nAna,a@x.org,mentor,B2,Ops\n")
    take(store, "name,email,role,grade\nAna,a@x.org,mentor,\n")
    person = people.by_email(store, "a@x.org")
    assert person is not None
    assert (person.grade, person.department) == ("", "Ops")


def test_people_who_are_not_in_the_file_are_kept_and_named(store):
    take(store, FOUR)
    intake = take(store, HEAD + "Dan,dan@x.org,mentor,\n")
    assert [person.name for person in intake.kept] == ["Ana", "Ben", "Cat", "Tess"]
    assert len(people.everyone(store)) == 5
    assert len(people.all_pairs(store)) == 2


def test_a_partner_may_be_in_the_scheme_already(store):
    take(store, FOUR)
    take(store, HEAD + "Eve,eve@x.org,mentee,ana@x.org\n")
    assert ("Ana", "Eve") in couples(store)


def test_a_mentor_may_name_several_mentees(store):
    text = "Ana,a@x.org,mentor,b@x.org; c@x.org\nBen,b@x.org,mentee,\nCat,c@x.org,mentee,a@x.org\n"
    intake = take(store, HEAD + text)
    assert (intake.pairs, couples(store)) == (2, {("Ana", "Ben"), ("Ana", "Cat")})


def test_a_mentee_may_name_two_mentors_in_so_many_words(store):
    text = "Ana,a@x.org,mentor,\nDan,d@x.org,mentor,\nBen,b@x.org,mentee,a@x.org|d@x.org\n"
    assert take(store, HEAD + text).new_pairs == 2


def test_with_any_fault_nothing_is_imported(store):
    text = FOUR + "Eve,,mentee,\nFay,fay@x.org,mentee,gone@x.org\n"
    assert faults(store, text) == [
        "Row 6: the email is missing.",
        "Row 7: the partner gone@x.org is neither in the file nor in the scheme.",
    ]
    assert people.everyone(store) == []


def test_an_import_that_breaks_off_leaves_nothing_behind(store, monkeypatch):
    monkeypatch.setattr(people, "join", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take(store, FOUR)
    assert people.everyone(store) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "Ana,a@x.org,mentor,a@x.org\n",
            "Row 2: a@x.org is named as their own partner.",
        ),
        (
            "Ana,a@x.org,mentor,\nDan,d@x.org,mentor,a@x.org\n",
            "Row 3: the partner a@x.org is a mentor. A mentor needs a mentee.",
        ),
        (
            "Tess,t@x.org,trainer,\nBen,b@x.org,mentee,t@x.org\n",
            "Row 3: the partner t@x.org is a trainer. A mentee needs a mentor.",
        ),
        (
            "Ben,b@x.org,mentee,\nTess,t@x.org,trainer,b@x.org\n",
            "Row 3: a trainer has no partner. Leave the cell empty.",
        ),
        (
            "Ana,a@x.org,mentor,b@x.org\nBen,b@x.org,mentee,\nCat,c@x.org,mentee,a@x.org\n",
            "Row 4: a@x.org is named as partner, but row 2 names b@x.org for them. "
            "Make the two rows agree, with a semicolon between several partners.",
        ),
        (
            "Ana,a@x.org,mentor,b@x.org\nDan,d@x.org,mentor,b@x.org\nBen,b@x.org,mentee,\n",
            "Row 4: rows 2 and 3 both name this mentee. Name the mentor here.",
        ),
    ],
)
def test_partners_that_cannot_be_are_told(store, rows, expected):
    assert faults(store, HEAD + rows) == [expected]
    assert people.everyone(store) == []


def test_a_mentee_with_another_mentor_already_is_told_how_to_end_that_pair(store):
    take(store, FOUR)
    assert faults(store, HEAD + "Ben,ben@x.org,mentee,d@x.org\nDan,d@x.org,mentor,\n") == [
        "Row 2: ben@x.org is already in a pair with ana@x.org. "
        "To end that pair first: viceversa people part ana@x.org ben@x.org"
    ]


def test_a_role_does_not_change_inside_a_pair(store):
    take(store, FOUR)
    (fault,) = faults(store, HEAD + "Ben,ben@x.org,mentor,\n")
    assert fault.startswith("Row 2: ben@x.org is in a pair as mentee, so cannot become a mentor.")


def test_a_mentee_whose_mentor_has_left_can_be_paired_anew(store):
    take(store, FOUR)
    ana = people.by_email(store, "ana@x.org")
    assert ana is not None
    people.forget(store, ana.id, also_pair_words=False)
    intake = take(store, HEAD + "Ben,ben@x.org,mentee,d@x.org\nDan,d@x.org,mentor,\n")
    assert intake.new_pairs == 1


def came_by_themselves(store, email: str, role: str = "mentor") -> tuple[str, str]:
    """Somebody kept their reflections under this address; their link, and their session."""
    person = people.add(store, "Nobody Knows", email, role)
    return links.make(store, person.id, 3, by_guest=True), sessions.start(store, person.id, 3)


def lets_in(store, link: str, session: str) -> bool:
    try:
        links.read(store, link)
    except links.LinkFault:
        return sessions.read(store, session) is not None
    return True


@pytest.mark.parametrize("role", ["coordinator", "trainer", "mentor"])
def test_whoever_took_an_address_in_a_live_session_gets_nothing_that_a_file_gives_it(store, role):
    taken = came_by_themselves(store, "cho@x.org")
    intake = take(store, HEAD + f"Cho,cho@x.org,{role},\n")
    assert not lets_in(store, *taken)
    assert [person.email for person in intake.signed_out] == ["cho@x.org"]


def test_whoever_took_an_address_is_out_also_where_a_file_names_it_only_as_a_partner(store):
    taken = came_by_themselves(store, "cho@x.org")
    take(store, HEAD + "Ben,ben@x.org,mentee,cho@x.org\n")
    assert not lets_in(store, *taken)


def test_whoever_gets_another_role_needs_a_new_link(store):
    take(store, FOUR)
    tess = people.by_email(store, "tess@x.org")
    assert tess is not None
    had = links.make(store, tess.id, 3), sessions.start(store, tess.id, 3)
    assert take(store, FOUR.replace("Tess", "Tess Ek")).signed_out == ()
    assert lets_in(store, *had)
    take(store, HEAD + "Tess,tess@x.org,coordinator,\n")
    assert not lets_in(store, *had)


@pytest.fixture
def scheme(tmp_path):
    (tmp_path / "scheme.yaml").write_text("name: Trial\nlanguages: [en, cy]\n")
    return Scheme.open(tmp_path)


def run(scheme, *args):
    return CliRunner().invoke(main, [*map(str, args), "--scheme", str(scheme.folder)])


def test_the_command_imports_a_file_and_tells_what_it_did(scheme):
    file = scheme.folder / "people.csv"
    file.write_bytes("Name;E-mail;Role;Shoe size\nÁna;ana@x.org;mentor;38\n".encode("cp1252"))
    done = run(scheme, "people", "import", file)
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "1 person read: 1 new, 0 changed, 0 as before; 0 pairs, 0 new.",
        "Columns that were not used: Shoe size.",
        "The file was read as Windows-1252. Check that names with accents are right.",
    ]
    store = open_store(scheme.store_url)
    assert [person.name for person in people.everyone(store)] == ["Ána"]
    store.close()
    file.write_text("name,email,role\nBen,ben@x.org,mentee\n")
    done = run(scheme, "people", "import", file)
    assert "Not in the file, and kept as they are: Ána." in done.output


def test_the_command_says_who_needs_a_new_link(scheme):
    store = open_store(scheme.store_url)
    came_by_themselves(store, "ana@x.org")
    store.close()
    file = scheme.folder / "people.csv"
    file.write_text("name,email,role\nAna,ana@x.org,coordinator\n")
    done = run(scheme, "people", "import", file)
    assert "Links ended, so send new ones (viceversa links): ana@x.org." in done.output


def test_the_command_lists_every_fault_and_ends_with_1(scheme):
    file = scheme.folder / "people.csv"
    file.write_text("name,email,role\n,ana@x.org,boss\n")
    done = run(scheme, "people", "import", file)
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "Row 2: the name is missing.",
        "Row 2: there is no role “boss”. Write one of: mentor, mentee, trainer, coordinator.",
        "2 faults. Nothing was imported.",
    ]


def test_the_command_ends_a_pair(scheme):
    file = scheme.folder / "people.csv"
    file.write_text(FOUR)
    run(scheme, "people", "import", file)
    done = run(scheme, "people", "part", "ben@x.org", "ANA@x.org")
    assert done.output == "Ben and Ana are no longer in a pair. Their sheets are kept.\n"
    again = run(scheme, "people", "part", "ben@x.org", "ana@x.org")
    assert (again.exit_code, "are not in a pair" in again.stderr) == (1, True)
    unknown = run(scheme, "people", "part", "ben@x.org", "who@x.org")
    assert (unknown.exit_code, "Nobody here has the email who@x.org" in unknown.stderr) == (1, True)
