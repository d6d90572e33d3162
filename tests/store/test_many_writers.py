"""Nothing acknowledged is lost, nothing is doubled: many processes, killed processes, double sending."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from learnerfirst.store import Store, open_store
from tests.serving.servers import eventually
from tests.store.writers import ACTIVITY, migrate, start, write


def numbers(told: list[Any], word: str) -> list[int]:
    return [number for said, number in told if said == word]


def wait_for_commits(store: Store) -> None:
    """PostgreSQL goes on with what a killed writer had asked for; while its processes live, rows still come."""
    if store.engine.dialect.name != "postgresql":
        return
    store.engine.dispose()  # our own idle connections would count
    others = text(
        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    )
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        eventually(lambda: connection.scalar(others) == 0, within=30)


def test_sixteen_processes_write_at_once_and_every_answer_is_there_once(url: str) -> None:
    with open_store(url, migrate=True) as store:
        writers = start(*[(write, url, 1000 * number, 25) for number in range(16)])
        for writer in writers:
            writer.go()
        saved = sorted(number for writer in writers for number in numbers(writer.told(), "saved"))
        stored = sorted(body["answers"]["number"] for body in store.submissions(ACTIVITY))
        assert [writer.process.exitcode for writer in writers] == [0] * 16
        assert len(saved) == 16 * 25
        assert stored == saved


def test_forty_kills_during_writes_lose_nothing_that_was_acknowledged(url: str) -> None:
    acknowledged: set[int] = set()
    with open_store(url, migrate=True) as store:
        for batch in range(10):
            writers = start(*[(write, url, 100_000 * (4 * batch + number), 99_000) for number in range(4)])
            for writer in writers:
                writer.go()
            for writer in writers:
                first = [writer.pipe.recv() for _ in range(3)]  # it is in the middle of writing now
                writer.process.kill()
                acknowledged |= set(numbers([*first, *writer.told()], "saved"))
            assert [writer.process.exitcode for writer in writers] == [-9] * 4
        wait_for_commits(store)
        stored = [body["answers"]["number"] for body in store.submissions(ACTIVITY)]
        assert len(acknowledged) >= 40 * 3
        assert acknowledged <= set(stored)
        assert len(stored) == len(set(stored))
    with open_store(url) as again:
        assert again.count(ACTIVITY) == len(stored)


def test_forty_double_submissions_of_one_id_are_stored_once(url: str) -> None:
    with open_store(url, migrate=True) as store:
        writers = start(*[(write, url, 7, 1) for _ in range(40)])
        for writer in writers:
            writer.go()
        told = [each for writer in writers for each in writer.told()]
        assert len(told) == 40
        assert len(numbers(told, "saved")) == 1
        assert store.count(ACTIVITY) == 1


def test_four_processes_that_migrate_at_once_all_find_a_whole_store(url: str) -> None:
    writers = start(*[(migrate, url, f"process-{number}") for number in range(4)])
    for writer in writers:
        writer.go()
    assert [writer.told() for writer in writers] == [[True]] * 4
    with open_store(url) as store:
        assert store.count("BCDFG/quiz") == 4
