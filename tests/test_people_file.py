"""Reading a list of people as spreadsheets really write it."""

import pytest

from viceversa.people import Faults, is_email, read

PLAIN = "name,email,role\nAna Ek,ana@example.org,mentor\nBen Åse,ben@example.org,mentee\n"


def told(data: bytes | str, languages=("en",)) -> list[str]:
    """Every fault of a file, as it is told."""
    data = data.encode() if isinstance(data, str) else data
    try:
        return [str(fault) for fault in sorted(read(data, languages).faults)]
    except Faults as faults:
        return [str(fault) for fault in faults.faults]


def people(data: bytes | str):
    data = data.encode() if isinstance(data, str) else data
    file = read(data)
    assert file.faults == []
    return [(row.name, row.email, row.role) for row in file.rows]


EXPECTED = [("Ana Ek", "ana@example.org", "mentor"), ("Ben Åse", "ben@example.org", "mentee")]


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_usual_way_to_save_a_csv_file_is_read(encoding, charset, delimiter, line_end):
    text = PLAIN.replace(",", delimiter).replace("\n", line_end)
    file = read(text.encode(encoding))
    assert [(row.name, row.email, row.role) for row in file.rows] == EXPECTED
    assert file.charset == charset
    assert file.faults == []


def test_a_line_that_names_the_delimiter_is_not_a_row():
    file = read(b"sep=;\r\nname;email;role\r\nA;bad;mentor\r\n")
    assert [str(fault) for fault in file.faults] == ["Row 2: “bad” is not an email address."]


def test_headings_may_have_spaces_capitals_and_other_names():
    text = "\u00a0 FULL  Name ,E-Mail Address, Role ,Line Manager's name,Dept.,Partner’s e-mail\n"
    file = read((text + "Ana,ana@x.org,mentor,Cy,Ops,\n").encode())
    assert file.rows[0].details == {"department": "Ops"}
    assert file.ignored == ["Line Manager's name"]
    assert (file.rows[0].name, file.rows[0].partners) == ("Ana", ())


def test_cells_are_cleaned_of_what_copying_leaves():
    text = (
        "name,email,role\n\u00a0Ana \u00a0 Ek\u200b,\tANA@Example.ORG\u00a0,  MENTOR \n"
        '"Ben\r\nÅse",ben@example.org,Mentee\n'
    )
    assert people(text) == EXPECTED


def test_letters_made_of_two_signs_become_one():
    assert people("name,email,role\nBen A\u030ase,b@x.org,mentor\n")[0][0] == "Ben Åse"


def test_blank_rows_and_trailing_delimiters_are_passed_over():
    text = "\n;;;;\nname;email;role;;\n;;;;\nAna;a@x.org;mentor;;\n \n;;\nBen;bad;mentee;;;;;\n"
    file = read(text.encode())
    assert [(row.number, row.name) for row in file.rows] == [(5, "Ana"), (8, "Ben")]
    assert [str(fault) for fault in file.faults] == ["Row 8: “bad” is not an email address."]


def test_a_row_has_the_number_that_the_spreadsheet_shows():
    text = 'name,email,role\n"Ana\n\n\nEk",a@x.org,mentor\nBen,bad,mentee\n'
    assert told(text) == ["Row 3: “bad” is not an email address."]


def test_quotation_marks_commas_and_semicolons_in_a_text_stay():
    text = 'name;email;role;department\n"Ek; ""Ana""";a@x.org;mentor;"Ops, North"\n'
    row = read(text.encode()).rows[0]
    assert (row.name, row.details["department"]) == ('Ek; "Ana"', "Ops, North")


def test_quoted_headings_are_read_with_any_delimiter():
    assert people('"name";"email";"role"\n"Ana";"a@x.org";"mentor"\n')[0][0] == "Ana"


def test_several_partners_may_be_named():
    text = "name,email,role,partner\nAna,a@x.org,mentor,B@x.org; c@x.org|d@x.org;\n"
    assert read(text.encode()).rows[0].partners == ("b@x.org", "c@x.org", "d@x.org")


@pytest.mark.parametrize(
    ("written", "offered", "read_as"),
    [
        ("", ("en", "cy"), "en"),
        ("CY", ("en", "cy"), "cy"),
        ("Welsh", ("en", "cy"), "cy"),
        ("Cymraeg", ("en", "cy"), "cy"),
        ("en-GB", ("en",), "en"),
        ("English", ("en-GB",), "en-GB"),
        ("cy", ("cy-GB", "en"), "cy-GB"),
    ],
)
def test_a_language_may_be_written_as_code_or_name(written, offered, read_as):
    text = f"name,email,role,language\nAna,a@x.org,mentor,{written}\n"
    file = read(text.encode(), offered)
    assert file.rows[0].details["language"] == read_as
    assert file.faults == []


def test_a_language_that_the_scheme_does_not_offer_is_a_fault():
    text = "name,email,role,language\nAna,a@x.org,mentor,Klingon\n"
    assert "“Klingon” is not one of this scheme's (en, cy)" in told(text, ("en", "cy"))[0]


def test_every_fault_is_told_with_its_row():
    text = (
        "name,email,role,partner\n"
        ",a@x.org,mentor,\n"
        "Ben,,mentee,\n"
        "Cat,cat@,mentee,\n"
        "Dan,d@x.org,boss,\n"
        "Eve,e@x.org,,\n"
        "Fay,A@X.org,mentee,\n"
        "Gus,g@x.org,mentee,Sam Hill\n"
        "Hal,h@x.org,mentee,x@y\n"
        "Ida,i@x.org,mentee,,Ops\n"
        "J\ufffdn,j@x.org,mentee,\n"
    )
    assert told(text) == [
        "Row 2: the name is missing.",
        "Row 3: the email is missing.",
        "Row 4: “cat@” is not an email address.",
        "Row 5: there is no role “boss”. Write one of: mentor, mentee, trainer, coordinator.",
        "Row 6: the role is missing. Write one of: mentor, mentee, trainer, coordinator.",
        "Row 7: a@x.org is in row 2 already.",
        "Row 8: the partner “Sam Hill” is not an email address. Write the partner's email.",
        "Row 9: the partner “x@y” is not an email address.",
        "Row 10: it has more cells than there are headings (4). Is there a comma or semicolon "
        "in a text? Then put that text in quotation marks.",
        "Row 11: the name “J\ufffdn” has letters that were lost. Write it again, and save "
        "the file as “CSV UTF-8”.",
    ]


def test_every_missing_column_is_named_with_those_there_are():
    assert told("first name,mail\nAna,a@x.org\n") == [
        "There is no column “name”. The first row that is not blank has: “first name”, “mail”.",
        "There is no column “role”. The first row that is not blank has: “first name”, “mail”.",
    ]


def test_two_headings_for_one_thing_are_a_fault():
    (fault,) = told("name,email,role,E-mail\nAna,a@x.org,mentor,b@x.org\n")
    assert fault == "Row 1: the headings “email” and “E-mail” both mean email. Keep one of them."


def test_headings_alone_are_a_fault():
    assert told("name,email,role\n\n") == ["The file holds headings, but nobody below them."]


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b" , ,\n", b"\xff\xfe", b"sep=;\n"]
)
def test_an_empty_file_is_told(data):
    assert told(data) == ["The file is empty."]


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(50), b"\xd0\xcf\x11\xe0\xa1\xb1" * 9])
def test_a_workbook_given_by_mistake_is_told_how_to_save_it(data):
    (fault,) = told(data)
    assert "workbook" in fault
    assert "save it as “CSV UTF-8”" in fault


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(400),
        b"\xff\xfen\x00a",
        b"\xef\xbb\xbfname\xff",
        b"\x00" * 500,
    ],
)
def test_a_file_that_is_no_text_is_told(data):
    (fault,) = told(data)
    assert "not text, so not a CSV file" in fault


@pytest.mark.parametrize("cell", ['"Ben', 'Ben,"b"x'])
def test_a_quotation_mark_out_of_place_swallows_nobody(cell):
    text = f"name,email,role\nAna,a@x.org,mentor\n{cell},b@x.org,mentee\nCat,c@x.org,mentee\n"
    (fault,) = told(text)
    assert fault.startswith("Row 3: a quotation mark is out of place")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Faults, match=r"nobody\.csv cannot be read: No such file"):
        read(tmp_path / "nobody.csv")
    with pytest.raises(Faults, match="cannot be read: Is a directory"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ana@example.org", True),
        ("a.b+c@mail.example.co.uk", True),
        ("ána@exämple.org", True),
        ("ana@example", False),
        ("ana@@example.org", False),
        ("ana@example..org", False),
        ("ana@example.org.", False),
        ("@example.org", False),
        ("ana example@x.org", False),
        ("Ana <ana@example.org>", False),
        ("ana@example.org;ben@example.org", False),
        ("a" * 250 + "@example.org", False),
    ],
)
def test_what_is_an_email_address(text, expected):
    assert is_email(text) is expected
