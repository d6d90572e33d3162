"""Documents and ledger: a stale save is refused and shown, history is kept, nothing is overwritten."""

from __future__ import annotations

import pytest

from learnerfirst.errors import StaleDocument, StoreUnavailable
from learnerfirst.store import Document, Store


def test_a_document_comes_back_as_saved_and_counts_its_versions(store: Store) -> None:
    assert store.document("plan", "BCDFG") is None
    first = store.save_document("plan", "BCDFG", {"steps": ["é", 1, None]}, 0)
    assert first == Document("plan", "BCDFG", 1, {"steps": ["é", 1, None]})
    assert store.save_document("plan", "BCDFG", {"steps": []}, 1).version == 2
    assert store.document("plan", "BCDFG") == Document("plan", "BCDFG", 2, {"steps": []})


@pytest.mark.parametrize("expected", [0, 2, 7])
def test_a_stale_save_is_refused_and_shows_what_is_there(store: Store, expected: int) -> None:
    store.save_document("plan", "BCDFG", {"mine": 1}, 0)
    with pytest.raises(StaleDocument, match="at version 1") as refused:
        store.save_document("plan", "BCDFG", {"theirs": 1}, expected)
    assert refused.value.current == Document("plan", "BCDFG", 1, {"mine": 1})
    assert store.document("plan", "BCDFG").body == {"mine": 1}
    assert len(store.history("plan", "BCDFG")) == 1


def test_saving_a_document_that_was_deleted_is_refused(store: Store) -> None:
    store.save_document("plan", "BCDFG", {}, 0)
    assert store.delete_document("plan", "BCDFG") is True
    with pytest.raises(StaleDocument, match="is gone"):
        store.save_document("plan", "BCDFG", {}, 1)


def test_history_keeps_every_version_in_order_and_goes_with_the_document(store: Store) -> None:
    for version in range(3):
        store.save_document("plan", "BCDFG", {"version": version + 1}, version)
    assert [document.body["version"] for document in store.history("plan", "BCDFG")] == [1, 2, 3]
    store.delete_document("plan", "BCDFG")
    assert store.history("plan", "BCDFG") == []


def test_documents_of_a_kind_come_by_key_and_leave_other_kinds_out(store: Store) -> None:
    for key in ("b", "a"):
        store.save_document("plan", key, {}, 0)
    store.save_document("release", "c", {}, 0)
    assert [document.key for document in store.documents("plan")] == ["a", "b"]


def test_the_ledger_keeps_its_order_and_refuses_a_number_that_is_taken(store: Store) -> None:
    store.append_ledger("BCDFG/quiz", {"what": "whole"}, 0)
    store.append_ledger("BCDFG/quiz", {"what": "split"}, 1)
    with pytest.raises(StaleDocument):
        store.append_ledger("BCDFG/quiz", {"what": "other"}, 1)
    assert [entry["what"] for entry in store.ledger("BCDFG/quiz")] == ["whole", "split"]
    store.delete_ledger("BCDFG/quiz")
    assert store.ledger("BCDFG/quiz") == []


def test_a_body_that_is_not_json_is_refused_before_anything_is_written(store: Store) -> None:
    with pytest.raises(ValueError):
        store.save_document("plan", "BCDFG", {"number": float("nan")}, 0)
    assert store.document("plan", "BCDFG") is None


def test_a_change_is_made_to_the_newest_version_and_left_out_where_nothing_changes(store: Store) -> None:
    assert store.change_document("plan", "BCDFG", lambda body: None) is None
    first = store.change_document("plan", "BCDFG", lambda body: {"n": 1} if body is None else body)
    assert first == Document("plan", "BCDFG", 1, {"n": 1})
    assert store.change_document("plan", "BCDFG", lambda body: dict(body or {})) == first
    assert store.change_document("plan", "BCDFG", lambda body: None) == first
    assert store.change_document("plan", "BCDFG", lambda body: {"n": body["n"] + 1}).version == 2


def test_a_change_that_somebody_was_faster_than_is_made_again_and_loses_nothing(store: Store) -> None:
    asked: list[object] = []

    def add(body):
        asked.append(body)
        if len(asked) == 1:
            store.save_document("plan", "BCDFG", {"theirs": 1}, 0)
        return {**(body or {}), "mine": 1}

    assert store.change_document("plan", "BCDFG", add).body == {"theirs": 1, "mine": 1}
    assert asked == [None, {"theirs": 1}]


def test_a_change_that_never_comes_first_is_said(store: Store) -> None:
    numbers = iter(range(1000))

    def overtaken(body):
        store.change_document("plan", "BCDFG", lambda _body: {"n": next(numbers)})
        return {"mine": 1}

    with pytest.raises(StoreUnavailable, match="many at once"):
        store.change_document("plan", "BCDFG", overtaken)


def test_documents_are_found_by_the_beginning_of_their_key_as_it_is_written(store: Store) -> None:
    for key in ("KTRM/a/m1", "KTRM/a/m2", "KTRM/ab/m1", "ktrm/a/m1", "KTR%/a/m1", "KTR_/a/m1", "ÄB/a"):
        store.save_document("meeting", key, {"key": key}, 0)
    store.save_document("other", "KTRM/a/m1", {}, 0)
    for prefix, found in (
        ("KTRM/a/", ["KTRM/a/m1", "KTRM/a/m2"]),
        ("KTR%/", ["KTR%/a/m1"]),
        ("KTR_/", ["KTR_/a/m1"]),
        ("ÄB/", ["ÄB/a"]),
        ("none", []),
    ):
        assert [one.key for one in store.documents("meeting", prefix)] == found
    assert len(store.documents("meeting")) == 7
