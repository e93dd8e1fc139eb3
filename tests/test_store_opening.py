"""A store on disk: made, migrated, refused, locked, full, and used by many at once."""

import sqlite3
import stat
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from viceversa.store import NotSaved, StoreError, answers, open_store, people, reports
from viceversa.store.answers import Owner
from viceversa.store.database import read_revision
from viceversa.store.tables import REVISION, REVISIONS, metadata
from viceversa.store.upgrade import MIGRATIONS, upgrade_tables


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "viceversa.db"


@pytest.fixture
def opened(file):
    store = open_store(file)
    yield store
    store.close()


def make_older(file: Path, revision: str = "0001") -> None:
    """A store as an older version left it: made by that version's migrations, with words in it."""
    made = open_store(file)
    with made.writing() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
        upgrade_tables(connection, revision)
    ana = people.add(made, "Ana", "ana@example.org", "mentor")
    save(made, ana, "kept words")
    made.close()


def save(store, person, value, field="why", base=0):
    return answers.save(
        store,
        Owner("person", person.id),
        "mindset",
        field,
        value,
        stamp="1-a",
        seen_by="only-me",
        by=person.id,
        base=base,
    )


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def run(code: str, *args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(code), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_the_revisions_are_those_of_the_migrations():
    script = ScriptDirectory(str(MIGRATIONS))
    newest_first = [one.revision for one in script.walk_revisions()]
    assert tuple(reversed(newest_first)) == REVISIONS
    assert script.get_heads() == [REVISION]


def test_the_migrations_make_the_tables_that_the_store_uses(opened):
    with opened.writing() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
        upgrade_tables(connection, REVISION)
        difference = compare_metadata(MigrationContext.configure(connection), metadata)
        checks = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name IN ('answers', 'pairs')"
        ).all()
        metadata.drop_all(connection)
        metadata.create_all(connection)
        same = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name IN ('answers', 'pairs')"
        ).all()
    assert difference == []
    # compare_metadata does not look at checks and counters; how many there are says enough.
    for word in ("CHECK", "AUTOINCREMENT", "UNIQUE", "REFERENCES"):
        assert str(checks).count(word) == str(same).count(word)


def test_a_new_store_is_for_its_owner_alone(file, opened):
    assert read_revision(opened) == REVISION
    assert mode(file) == 0o600
    assert mode(file.parent) == 0o700
    people.add(opened, "Ana", "ana@example.org", "mentor")
    for beside in file.parent.glob("*.db-*"):
        assert mode(beside) == 0o600


def test_a_store_left_open_to_others_is_closed_to_them(file):
    open_store(file).close()
    file.chmod(0o644)
    open_store(file).close()
    assert mode(file) == 0o600


def test_sqlite_is_set_up_to_keep_what_it_said_it_kept(opened):
    with opened.reading() as connection:

        def pragma(name):
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        found = {
            name: pragma(name)
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "busy_timeout": 5000,
    }


def test_what_was_saved_is_there_when_the_store_is_opened_again(file, opened):
    ana = people.add(opened, "Ana", "ana@example.org", "mentor")
    saved = save(opened, ana, "words")
    again = open_store(f"sqlite:///{file}")
    assert answers.current(again, Owner("person", ana.id), "mindset") == {"why": saved}
    again.close()


def test_an_older_store_is_migrated_after_a_backup(file):
    make_older(file)
    store = open_store(file)
    ana = people.by_email(store, "ana@example.org")
    assert ana is not None
    assert answers.current(store, Owner("person", ana.id), "mindset")["why"].value == "kept words"
    reports.record(store, ana.id, edition="shared", format="html", fingerprint="f", file="x")
    store.close()
    (backup,) = (file.parent / "backups").iterdir()
    assert backup.name.startswith(f"viceversa-before-{REVISION}-")
    assert (mode(backup), mode(backup.parent)) == (0o600, 0o700)
    with closing(sqlite3.connect(backup)) as old:
        assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert "kept words" in str(old.execute("SELECT value FROM answers").fetchall())


def test_a_backup_can_be_opened_as_a_store(file, tmp_path):
    make_older(file)
    open_store(file).close()
    (backup,) = (file.parent / "backups").iterdir()
    restored = open_store(backup.rename(tmp_path / "restored.db"))
    assert [person.name for person in people.everyone(restored)] == ["Ana"]
    restored.close()


def test_without_a_backup_nothing_is_migrated(file):
    make_older(file)
    (file.parent / "backups").write_text("a file, not a folder")
    with pytest.raises(StoreError, match=r"cannot be copied .* Nothing was changed"):
        open_store(file)
    with closing(sqlite3.connect(file)) as old:
        assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]


def test_a_failed_migration_leaves_the_store_as_it_was(file):
    make_older(file)
    with closing(sqlite3.connect(file)) as old:
        # The second migration will find its table already there.
        old.execute("CREATE TABLE reports (id INTEGER)")
        old.commit()
    with pytest.raises(StoreError, match="already exists"):
        open_store(file)
    with closing(sqlite3.connect(file)) as old:
        assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]


def test_a_newer_store_is_refused_and_left_alone(file):
    open_store(file).close()
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '0009'")
        newer.execute("UPDATE about SET value = '7.1.0' WHERE key = 'written-by'")
        newer.commit()
    before = file.read_bytes()
    with pytest.raises(StoreError) as fault:
        open_store(file)
    assert str(fault.value) == (
        "This store was written by a newer Vice Versa (7.1.0). "
        "Nothing was changed. Install 7.1.0 or newer."
    )
    assert file.read_bytes() == before
    assert not (file.parent / "backups").exists()


def test_a_newer_store_of_an_unnamed_version_is_refused_too(file):
    open_store(file).close()
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '0009'")
        newer.execute("DROP TABLE about")
        newer.commit()
    with pytest.raises(StoreError, match=r"newer Vice Versa \(revision 0009\)"):
        open_store(file)


def test_somebody_elses_database_is_left_alone(file):
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.commit()
    with pytest.raises(StoreError, match="not a Vice Versa store"):
        open_store(file)
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


def test_a_file_that_is_no_database_is_left_alone(file):
    file.parent.mkdir()
    file.write_text("Dear diary, " * 200)
    with pytest.raises(StoreError, match="not a store"):
        open_store(file)
    assert file.read_text().startswith("Dear diary")


def test_a_folder_in_the_place_of_the_store_is_told(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path)


def test_a_place_where_no_folder_can_be_made_is_told(tmp_path):
    (tmp_path / "data").write_text("a file, not a folder")
    with pytest.raises(StoreError, match="cannot be made or opened"):
        open_store(tmp_path / "data" / "viceversa.db")


@pytest.mark.parametrize("address", ["sqlite+nothing://x", "postgresql://host:port/x", "://"])
def test_an_address_that_is_none_is_told(address):
    with pytest.raises(StoreError, match="not one that a database understands"):
        open_store(address)


def test_a_database_driver_that_is_missing_is_named():
    with pytest.raises(StoreError, match="package pymssql, which is not installed"):
        open_store("mssql+pymssql://host/x")


def test_a_locked_store_says_so_and_takes_the_next_save(file, opened):
    ana = people.add(opened, "Ana", "ana@example.org", "mentor")
    hurried = open_store(file, busy_seconds=0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSaved, match=r"Nothing was saved: the store .* is locked"):
            save(hurried, ana, "words")
        other.execute("ROLLBACK")
    assert save(hurried, ana, "words").revision == 1
    hurried.close()


def test_a_locked_store_can_still_be_read(file, opened):
    people.add(opened, "Ana", "ana@example.org", "mentor")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(people.everyone(opened)) == 1
        other.execute("ROLLBACK")


def test_a_full_disk_says_so_and_loses_nothing(opened):
    ana = people.add(opened, "Ana", "ana@example.org", "mentor")
    kept = save(opened, ana, "words")
    limit(opened, pages=1)
    with pytest.raises(NotSaved, match=r"the disk that holds the store .* is full"):
        save(opened, ana, "a longer text " * 5000, base=1)
    assert answers.history(opened, kept.owner, "mindset", "why") == [kept]
    limit(opened, pages=1_000_000)
    assert save(opened, ana, "a longer text " * 5000, base=1).revision == 2


def limit(store, pages: int) -> None:
    """Let the store grow to so many pages; SQLite takes what is there already as the least."""
    with closing(store.engine.raw_connection()) as connection:
        connection.cursor().execute(f"PRAGMA max_page_count = {pages}")


def test_what_was_forgotten_is_not_left_in_any_file(file, opened):
    ana = people.add(opened, "Ana", "ana@example.org", "mentor")
    save(opened, ana, "an unmistakable sentence")
    save(opened, ana, None, base=1)
    assert b"unmistakable" in b"".join(path.read_bytes() for path in file.parent.iterdir())
    people.forget(opened, ana.id, also_pair_words=True)
    assert b"unmistakable" not in b"".join(path.read_bytes() for path in file.parent.iterdir())


def test_processes_that_open_an_older_store_at_once_migrate_it_once(file):
    make_older(file)
    code = "import sys; from viceversa.store import open_store; open_store(sys.argv[1]).close()"
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: run(code, file), range(4)))
    assert [one.stderr for one in done] == [""] * 4
    assert len(list((file.parent / "backups").iterdir())) == 1


def test_processes_that_make_a_store_at_once_make_one(file):
    code = """
        import sys
        from viceversa.store import open_store, people
        store = open_store(sys.argv[1])
        people.add(store, sys.argv[2], sys.argv[2] + "@example.org", "mentor")
        store.close()
    """
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda n: run(code, file, f"p{n}"), range(4)))
    assert [one.stderr for one in done] == [""] * 4
    store = open_store(file)
    assert len(people.everyone(store)) == 4
    store.close()


def test_processes_that_save_at_once_lose_nothing_and_none_is_stale(file, opened):
    everybody = [people.add(opened, f"Person {n}", f"p{n}@example.org", "mentor") for n in range(4)]
    code = """
        import sys
        from viceversa.store import answers, open_store
        store = open_store(sys.argv[1], busy_seconds=30)
        owner = answers.Owner("person", sys.argv[2])
        for n in range(40):
            answers.save(store, owner, "w", f"field-{n % 4}", f"text {n}", stamp="1-a",
                         seen_by="only-me", by=sys.argv[2], base=n // 4)
        store.close()
    """
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda person: run(code, file, person.id), everybody))
    assert [one.stderr for one in done] == [""] * 4
    for person in everybody:
        owner = Owner("person", person.id)
        for n in range(4):
            told = answers.history(opened, owner, "w", f"field-{n}")
            assert [a.value for a in told] == [f"text {i}" for i in range(n, 40, 4)]
            assert not any(a.aside for a in told)


def test_of_processes_that_save_one_answer_at_once_one_wins_and_all_texts_stay(file, opened):
    ana = people.add(opened, "Ana", "ana@example.org", "mentor")
    code = """
        import sys
        from viceversa.store import answers, open_store
        store = open_store(sys.argv[1], busy_seconds=30)
        try:
            answers.save(store, answers.Owner("person", sys.argv[2]), "w", "why", sys.argv[3],
                         stamp="1-a", seen_by="only-me", by=sys.argv[2], base=0)
        except answers.Stale:
            print("stale")
        store.close()
    """
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda n: run(code, file, ana.id, f"text {n}"), range(4)))
    assert sorted(one.stdout for one in done) == ["", "stale\n", "stale\n", "stale\n"]
    told = answers.history(opened, Owner("person", ana.id), "w", "why")
    assert sorted(a.value for a in told) == [f"text {n}" for n in range(4)]
    assert [a.aside for a in told] == [False, True, True, True]


def test_opening_a_store_imports_no_migration_tool(file, opened):
    code = """
        import sys
        from viceversa.store import open_store
        open_store(sys.argv[1]).close()
        print("alembic" in sys.modules)
    """
    assert run(code, file).stdout == "False\n"
