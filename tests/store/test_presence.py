"""Counts of phones on both databases: one row a process, overwritten, taken back, gone with the workshop."""

from __future__ import annotations

from learnerfirst.store import Store


def test_each_process_overwrites_its_own_counts_and_no_other(store: Store) -> None:
    store.tell_presence("BCDFG", "one", {"phones": 1})
    store.tell_presence("BCDFG", "two", {"phones": 2})
    store.tell_presence("BCDFG", "one", {"phones": 5})
    store.tell_presence("ZZZZZ", "one", {"phones": 9})
    assert store.presence("BCDFG") == [{"phones": 5}, {"phones": 2}]


def test_a_process_that_ends_takes_back_all_that_it_wrote(store: Store) -> None:
    for scope in ("BCDFG", "ZZZZZ"):
        store.tell_presence(scope, "one", {"phones": 1})
        store.tell_presence(scope, "two", {"phones": 2})
    store.forget_presence("one")
    assert [store.presence(scope) for scope in ("BCDFG", "ZZZZZ")] == [[{"phones": 2}]] * 2


def test_counts_go_with_their_workshop(store: Store) -> None:
    store.save_document("workshop", "BCDFG", {"code": "BCDFG"}, 0)
    store.tell_presence("BCDFG", "one", {"phones": 1})
    store.tell_presence("BCDFH", "one", {"phones": 1})
    store.delete_workshop("BCDFG")
    assert store.presence("BCDFG") == []
    assert store.presence("BCDFH") == [{"phones": 1}]
