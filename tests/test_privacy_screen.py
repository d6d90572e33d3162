"""What could anyone work out from this screen: every line follows from what was shown, and from how often."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from learnerfirst.content import sample_answers, texts
from learnerfirst.privacy import what_is_known
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops

WORDS = texts("audit")


def ids(body: dict[str, Any], ledger: list[dict[str, Any]] | None = None) -> list[str]:
    return [line.id for line in what_is_known(body, ledger or [{"what": "whole"}], WORDS)]


def said(body: dict[str, Any], ledger: list[dict[str, Any]] | None = None) -> str:
    return " ".join(line.words for line in what_is_known(body, ledger or [{"what": "whole"}], WORDS))


@pytest.mark.parametrize(
    ("n", "words"), [(9, "by thirds or halves"), (10, "to 0.25, positions to 0.1"), (19, "0.25"), (20, "to 0.1, positions to 0.05")]
)  # fmt: skip
def test_it_says_how_exactly_a_room_of_this_size_is_told(n: int, words: str) -> None:
    assert words in said({"n": n})


@pytest.mark.parametrize(
    ("n", "words"), [(30, "at least three possibilities"), (31, "rounded places of many")]
)
def test_it_promises_three_possibilities_only_where_all_sets_were_listed(n: int, words: str) -> None:
    assert words in said({"n": n})


def test_it_says_how_often_the_picture_was_shown() -> None:
    assert WORDS["once"] in said({"n": 12})
    assert WORDS["renewed"].format(times=2) in said({"n": 12}, [{"what": "whole"}, {"what": "whole"}])


@pytest.mark.parametrize(("what", "words"), [("whole", "no_groups"), ("table", "groups")])
def test_it_says_whether_groups_were_shown(what: str, words: str) -> None:
    assert WORDS[words] in said({"n": 12}, [{"what": "whole"}, {"what": what}])


def test_what_is_kept_back_is_named_with_its_reason() -> None:
    body = {
        "n": 12,
        "dimensions": [{"name": "Time", "hidden": "Fewer than five."}, {"name": "Trust", "hidden": None}],
    }
    assert "Time: not shown. Fewer than five." in said(body)
    assert "Trust" not in said(body)


def test_every_other_remark_of_the_release_is_passed_on_and_guesses_are_said_to_be_apart() -> None:
    audit = [{"id": "rounded", "words": "Numbers are rounded."}, {"id": "sources", "words": "Most by phone."}]
    assert said({"n": 12, "audit": audit}).endswith(f"Most by phone. {WORDS['left']}")
    assert "Numbers are rounded." not in said({"n": 12, "audit": audit})
    assert WORDS["guess"] in said({"n": 12, "guess": {"n": 7}})
    assert WORDS["guess"] not in said({"n": 12, "guess": None})


def test_a_hidden_picture_tells_nothing_and_marks_are_their_owners_choice() -> None:
    assert ids({"n": None}) == ["nothing"]
    assert ids({"n": None, "marks": [{"today": 1.0}]}) == ["marks"]


def test_every_line_of_a_real_release_is_filled_in(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/store.db", migrate=True) as store:
        workshops = Workshops(store)
        made = workshops.create("Audited")
        activity = workshops.open_activity(made.code)
        for number, sheet in enumerate(sample_answers()[:12]):
            workshops.submit(made.code, activity.id, f"an-invented-person-{number:04d}", sheet)
        body = dict(workshops.reveal(made.code, activity.id).body)
        lines = what_is_known(body, store.ledger(f"{made.code}/{activity.id}"), WORDS)
    assert [line.id for line in lines] == [
        "count", "exact", "own", "moments", "groups", "straight_lining", "fast", "left",
    ]  # fmt: skip
    assert not any("{" in line.words for line in lines)
