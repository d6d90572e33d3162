"""One-time codes lie in the store like answers with nothing in them, on both databases."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from learnerfirst.errors import SpentCode
from learnerfirst.store import Store
from learnerfirst.store.tables import SUBMISSIONS
from learnerfirst.store.tickets import add_many

SCOPE = "quiz/tea/tickets"


def test_codes_are_kept_as_hashes_in_no_order_of_theirs_and_once(store: Store) -> None:
    codes = [f"CODE{number:06d}" for number in range(300)]
    assert add_many(store.engine, SCOPE, codes) == 300
    assert add_many(store.engine, SCOPE, codes[:5]) == 0
    with store.engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(select(SUBMISSIONS))]
    assert len(rows) == store.count(SCOPE) == 300
    assert not any(code in str(rows) for code in codes)
    assert {row[2] for row in rows} == {"{}"}


def test_a_code_is_spent_once(store: Store) -> None:
    add_many(store.engine, SCOPE, ["CODE000001", "CODE000002"])
    assert [store.delete_submission(SCOPE, "CODE000001") for _ in range(2)] == [True, False]
    assert store.submission(SCOPE, "CODE000001") is None
    assert store.submission(SCOPE, "CODE000002") == {}


def test_codes_go_with_their_quiz(store: Store) -> None:
    store.save_document("quiz", "quiz/tea", {"title": "Tea"}, 0)
    add_many(store.engine, SCOPE, ["CODE000001"])
    store.delete_workshop("quiz/tea")
    assert store.count(SCOPE) == 0


def test_an_answer_and_its_code_go_together_or_not_at_all(store: Store) -> None:
    add_many(store.engine, SCOPE, ["CODE000001"])
    with pytest.raises(SpentCode):
        store.submit("quiz/tea/vote", "phone-1", {}, spends=(SCOPE, "CODE000009"))
    with pytest.raises(SpentCode):
        store.put_named("quiz/tea", "candidacy", "phone-1", {"name": "Ana"}, spends=(SCOPE, "CODE000009"))
    assert store.count("quiz/tea/vote") == store.count_named("quiz/tea", "candidacy") == 0
    assert store.submit("quiz/tea/vote", "phone-1", {}, spends=(SCOPE, "CODE000001")) is True
    assert store.count(SCOPE) == 0
    assert store.submit("quiz/tea/vote", "phone-1", {}, spends=(SCOPE, "CODE000001")) is False  # a retry


def test_of_many_with_one_code_at_one_moment_never_more_than_one_is_stored(store: Store) -> None:
    """Not for a moment, either: whoever counts right then would count it."""
    many, seen, refused = 6, [], []
    add_many(store.engine, SCOPE, ["CODE000001"])
    start, over = threading.Barrier(many + 1), threading.Event()

    def send(number: int) -> None:
        start.wait()
        try:
            store.submit("quiz/tea/vote", f"phone-{number}", {"answers": {}}, spends=(SCOPE, "CODE000001"))
        except SpentCode:
            refused.append(number)

    def watch() -> None:
        start.wait()
        while not over.is_set():
            seen.append((store.count("quiz/tea/vote"), store.count(SCOPE)))

    watcher = threading.Thread(target=watch)
    senders = [threading.Thread(target=send, args=(number,)) for number in range(many)]
    for thread in (watcher, *senders):
        thread.start()
    for thread in senders:
        thread.join()
    over.set()
    watcher.join()
    assert len(refused) == many - 1
    assert (store.count("quiz/tea/vote"), store.count(SCOPE)) == (1, 0)
    assert max(stored for stored, _left in seen) <= 1
