"""One-time codes lie in the store like answers with nothing in them, on both databases."""

from __future__ import annotations

from sqlalchemy import select

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
