"""A store: how it is opened, read and written, and what is said when that fails."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    QueuePool,
    StaticPool,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, ProgrammingError

from viceversa.errors import Trouble
from viceversa.store.tables import REVISION, metadata

BUSY_SECONDS = 5.0
WRITES = "viceversa_writes"


class StoreError(Trouble):
    """The store could not be opened or read, or holds no such person, pair or owner."""


class NotSaved(StoreError):  # noqa: N818
    """Nothing of this save was written; what was saved before is as it was.

    `kind` is "busy", "full" or "other", for who has to say it in words of their own.
    """

    kind = "other"


class Store:
    """One store, by its SQLAlchemy engine; the functions beside this module take it first."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._joined = threading.local()

    @property
    def file(self) -> Path | None:
        """The file of an SQLite store; None for one in memory or on a database server."""
        url = self.engine.url
        in_file = _is_sqlite(url) and url.database not in (None, "", ":memory:")
        return Path(str(url.database)) if in_file else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the store; raises `StoreError` when it cannot be read."""
        if (joined := self._open_connection()) is not None:
            yield joined
            return
        try:
            with self.engine.connect() as connection:
                yield connection
        except DatabaseError as fault:
            _raise_own(fault)
            raise StoreError(f"The store cannot be read: {_reason(fault, self)}") from fault

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One change, kept as a whole or not at all; raises `NotSaved` when it cannot be kept.

        A change begun inside another one, in the same thread, is part of that one.
        """
        if (joined := self._open_connection()) is not None:
            yield joined
            return
        try:
            with self.engine.connect() as connection:
                connection.execution_options(**{WRITES: True})
                with connection.begin(), self._as_open_connection(connection):
                    yield connection
        except DatabaseError as fault:
            _raise_own(fault)
            trouble = NotSaved(f"Nothing was saved: {_reason(fault, self)}")
            trouble.kind = KINDS.get(_code(fault), "other")
            raise trouble from fault

    def close(self) -> None:
        """Lets go of the store's connections; it opens them again when it is used again."""
        self.engine.dispose()

    def _open_connection(self) -> Connection | None:
        return getattr(self._joined, "connection", None)

    @contextmanager
    def _as_open_connection(self, connection: Connection) -> Iterator[None]:
        self._joined.connection = connection
        try:
            yield
        finally:
            self._joined.connection = None


def open_store(url: str | Path, *, busy_seconds: float = BUSY_SECONDS) -> Store:
    """Open the store at a file or a database URL; made when missing, migrated when older.

    `busy_seconds` is how long a save waits for another one to end. Before a migration the file
    is copied into `backups/` beside it. Raises `StoreError` for a store that a newer version
    wrote, for a file that is no store, and where the store cannot be reached.
    """
    address = _address(url)
    if _is_sqlite(address):
        if address.database in (None, "", ":memory:"):
            return memory_store()
        _prepare_file(Path(str(address.database)))
    rehearsed = _rehearsed.pop(address, None) if busy_seconds == BUSY_SECONDS else None
    store = Store(rehearsed or _engine(address, busy_seconds))
    try:
        if read_revision(store) != REVISION:
            # Alembic is imported only where it is needed: every kernel opens the store.
            from viceversa.store import upgrade

            upgrade.bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    return store


def memory_store() -> Store:
    """A new, empty store in memory: for previews and tests, gone when it is let go."""
    engine = create_engine(
        "sqlite://",
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )
    _speak_sqlite(engine)
    metadata.create_all(engine)
    return Store(engine)


class Rehearsal(Store):
    """An empty store in memory that leaves what it has learnt for opening the one at `url`.

    For a process that others are forked from. Which tables there are, and how each statement is
    written for the database, a fork then knows already; `open_store` uses it once. Nothing of the
    store itself is touched here, and nothing stays open when this one is closed. Only for SQLite.
    """

    def __init__(self, url: str | Path) -> None:
        self._address = _address(url)
        super().__init__(_engine(self._address, BUSY_SECONDS))
        event.listen(self.engine, "do_connect", _connect_in_memory)
        metadata.create_all(self.engine)
        read_revision(self)

    def close(self) -> None:
        super().close()
        event.remove(self.engine, "do_connect", _connect_in_memory)
        _rehearsed[self._address] = self.engine


_rehearsed: dict[URL, Engine] = {}


def _connect_in_memory(*_: Any) -> Any:
    return sqlite3.connect("file:rehearsal?mode=memory&cache=shared", uri=True)


def read_revision(store: Store) -> str | None:
    """The revision of the store's tables; None when it has not been made yet."""
    try:
        with store.engine.connect() as connection:
            return connection.scalar(text("SELECT version_num FROM alembic_version"))
    except DatabaseError as fault:
        if _is_missing_table(fault):
            return None
        raise StoreError(f"The store cannot be opened: {_reason(fault, store)}") from fault


def _address(url: str | Path) -> URL:
    if isinstance(url, Path) or "://" not in url:
        return URL.create("sqlite", database=str(url))
    try:
        address = make_url(url)
        address.get_dialect().import_dbapi()
    except ImportError as fault:
        raise StoreError(
            f"The store's address needs the Python package {fault.name}, which is not installed "
            "here. Install it, or write a file's path as the address."
        ) from fault
    except (ArgumentError, ValueError) as fault:
        raise StoreError(
            "The store's address is not one that a database understands. "
            "Write a file's path, or an address such as postgresql+psycopg://host/name."
        ) from fault
    return address


def _is_sqlite(address: URL) -> bool:
    return address.get_backend_name() == "sqlite"


def _engine(address: URL, busy_seconds: float) -> Engine:
    # hide_parameters: an answer must not reach a log by way of a database error.
    if not _is_sqlite(address):
        return create_engine(address, hide_parameters=True, pool_pre_ping=True)
    engine = create_engine(
        address,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=10,
        connect_args={"timeout": busy_seconds},
    )
    _speak_sqlite(engine)
    return engine


def _speak_sqlite(engine: Engine) -> None:
    """Take over BEGIN from the driver, as the SQLAlchemy documentation for SQLite advises."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        # NORMAL could lose the last commits in a power cut, after the page has said "Saved".
        connection.execute("PRAGMA synchronous = FULL")
        # What is deleted is overwritten, so that a forgotten answer is not left in the file.
        connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A write takes its lock at the start: a read turned into a write could fail at once
        # with "database is locked", however long it was ready to wait.
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_file(file: Path) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        if file.stat().st_mode & 0o077 and not file.is_dir():
            with suppress(PermissionError):
                file.chmod(0o600)
    except OSError as fault:
        raise StoreError(
            f"The store {file} cannot be made or opened: {fault.strerror}. "
            "Check that its folder is there and that you may write in it."
        ) from fault


def _raise_own(fault: DatabaseError) -> None:
    """Faults in a statement, not of the disk or the lock, are ours to mend: let them through."""
    if isinstance(fault, IntegrityError | DataError | ProgrammingError):
        raise fault


def _error_name(fault: DatabaseError) -> str:
    return getattr(fault.orig, "sqlite_errorname", "")


def _is_missing_table(fault: DatabaseError) -> bool:
    return isinstance(fault, ProgrammingError) or _error_name(fault) == "SQLITE_ERROR"


REASONS = {
    "SQLITE_BUSY": "the store {file} is locked by something else. Try again in a moment.",
    "SQLITE_LOCKED": "the store {file} is locked by something else. Try again in a moment.",
    "SQLITE_FULL": "the disk that holds the store {file} is full. "
    "What was saved before is safe. Make room on the disk, then try again.",
    "SQLITE_READONLY": "the store {file} may only be read. "
    "Check who owns it and its folder, then try again.",
    "SQLITE_CANTOPEN": "the store {file} cannot be opened. "
    "Check that it is a file, that its folder is there, and that you may write in both.",
    "SQLITE_NOTADB": "the file {file} is not a store. It was left as it is.",
    "SQLITE_CORRUPT": "the store {file} is damaged. It was left as it is; "
    "bring back the newest copy you have of it.",
    "SQLITE_IOERR": "the disk that holds the store {file} does not answer as it should. "
    "Check the disk, then try again.",
}


KINDS = {"SQLITE_BUSY": "busy", "SQLITE_LOCKED": "busy", "SQLITE_FULL": "full"}


def _code(fault: DatabaseError) -> str:
    """The primary result code, as in https://www.sqlite.org/rescode.html: SQLITE_IOERR_WRITE is
    SQLITE_IOERR.
    """
    return "_".join(_error_name(fault).split("_")[:2])


def _reason(fault: DatabaseError, store: Store) -> str:
    name = _code(fault)
    if name in REASONS:
        return REASONS[name].format(file=store.file or "in memory")
    said = (str(fault.orig).strip().splitlines() or ["no reason given"])[0]
    return f"the database said: {said}"
