"""Making a store's tables, and bringing those of an older version up to date."""

import os
import sqlite3
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, delete, insert, inspect, select, text
from sqlalchemy.exc import DatabaseError

from viceversa.store.database import Store, StoreError, read_revision
from viceversa.store.tables import REVISION, REVISIONS, about, metadata, now

MIGRATIONS = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 861_101  # any number, as long as every process takes the same


def bring_up_to_date(store: Store) -> None:
    """Make the tables of a new store, or migrate an older one after a backup beside it.

    Of several processes that open the store at once, one does it and the others wait. Raises
    `StoreError` when a newer version wrote the store, or when the database is not a store.
    """
    _refuse_newer(store, read_revision(store))
    _use_write_ahead_log(store)
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ADVISORY_LOCK})
        revision = _revision(connection)
        _refuse_newer(store, revision)
        if revision is None:
            _make_tables(store, connection)
        elif revision != REVISION:
            _back_up(store, revision)
            upgrade_tables(connection, REVISION)
        connection.execute(delete(about).where(about.c.key == "written-by"))
        connection.execute(insert(about).values(key="written-by", value=version("viceversa")))


def upgrade_tables(connection: Connection, revision: str) -> None:
    """Run the migrations up to `revision`, inside the connection's own transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # A "%" in a path would be read as the start of a placeholder.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _refuse_newer(store: Store, revision: str | None) -> None:
    if revision is None or revision in REVISIONS:
        return
    writer = _written_by(store)
    raise StoreError(
        f"This store was written by a newer Vice Versa ({writer or f'revision {revision}'}). "
        f"Nothing was changed. Install {writer or 'that version'} or newer."
    )


def _written_by(store: Store) -> str | None:
    try:
        with store.engine.connect() as connection:
            return connection.scalar(select(about.c.value).where(about.c.key == "written-by"))
    except DatabaseError:
        return None


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(text("SELECT version_num FROM alembic_version"))


def _use_write_ahead_log(store: Store) -> None:
    if store.file is None:
        return
    # Outside a transaction, where SQLite allows the change; the file remembers it.
    with closing(store.engine.raw_connection()) as connection:
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError as fault:
            # Another process is switching it at this moment: writing() waits for it.
            if getattr(fault, "sqlite_errorname", "") not in ("SQLITE_BUSY", "SQLITE_LOCKED"):
                raise StoreError(f"The store {store.file} cannot be opened: {fault}.") from fault
        except sqlite3.DatabaseError as fault:
            raise StoreError(f"The file {store.file} is not a store. Nothing was changed.") from (
                fault
            )


def _make_tables(store: Store, connection: Connection) -> None:
    if inspect(connection).get_table_names():
        raise StoreError(
            f"The database {store.file or store.engine.url.database} holds tables, but is not a "
            "Vice Versa store. Nothing was changed. Name another file or database for the store."
        )
    metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:r)"), {"r": REVISION})


def _back_up(store: Store, revision: str) -> None:
    """Copy an SQLite store as it is now; on a database server, backups are its keeper's."""
    if store.file is None:
        return
    folder = store.file.parent / "backups"
    moment = now().strftime("%Y%m%dT%H%M%S%fZ")
    copy = folder / f"{store.file.stem}-before-{REVISION}-{moment}.db"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(store.file)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
    except (OSError, sqlite3.Error) as fault:
        with suppress(OSError):
            copy.unlink()
        raise StoreError(
            f"This store was written by an older Vice Versa (revision {revision}), and cannot be "
            f"copied to {folder} before it is brought up to date: {fault}. Nothing was changed."
        ) from fault
