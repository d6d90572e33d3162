"""Content about communities: ours is whole, a user's own stands in front, every fault of a file is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from learnerfirst.content import check, community_method, data_folder, icebreakers
from learnerfirst.content.communities import read_icebreakers, read_method
from learnerfirst.errors import ContentError

OURS = (data_folder() / "communities.yaml").read_text(encoding="utf-8")
BREAKERS = (data_folder() / "icebreakers.yaml").read_text(encoding="utf-8")


def test_a_folder_of_ones_own_stands_in_front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "communities.yaml").write_text(OURS.replace("Take it apart", "Doubt it"), encoding="utf-8")
    (tmp_path / "icebreakers.yaml").write_text(BREAKERS.replace("One word", "A word"), encoding="utf-8")
    monkeypatch.setenv("LEARNERFIRST_CONTENT_DIR", str(tmp_path))
    assert check(tmp_path).ok
    assert community_method().phases[0].name == "Doubt it"
    assert icebreakers()[0].name == "A word"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"share": 40', '"share": 41'),
        ('"id": "no_purpose"', '"id": "no_aim"'),
        ('["think_first", "speaks_late"]', '["think_first", "speaks_never"]'),
        ("{n} of {size} prefer short and often.", "{n} of {everybody} prefer short and often."),
        ("“{name}” has no date.", "“{goal}” has no date."),
        ('"long_ago":', '"long_gone":'),
        ('"kind": "strength", "text": "Explaining', '"kind": "gift", "text": "Explaining'),
        ('"still_talking"', '"talking"'),
    ],
)
def test_a_fault_is_found_by_loading_and_by_the_check(tmp_path: Path, before: str, after: str) -> None:
    assert before in OURS
    file = tmp_path / "communities.yaml"
    file.write_text(OURS.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ContentError):
        read_method(file)
    assert not check(tmp_path).ok


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"low": 3, "high": 30', '"low": 31, "high": 30'),
        ('"id": "one_word"', '"id": "weather"'),
        ('"energy": "calm"', '"energy": "wild"'),
        ('"where": ["in_person", "online"]', '"where": []'),
        ('"needs": ["speak", "hear"]', '"needs": ["sing"]'),
    ],
)
def test_a_faulty_icebreaker_is_found_too(tmp_path: Path, before: str, after: str) -> None:
    assert before in BREAKERS
    file = tmp_path / "icebreakers.yaml"
    file.write_text(BREAKERS.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ContentError):
        read_icebreakers(file)
    assert not check(tmp_path).ok


def test_nothing_sets_people_against_each_other_or_sorts_them_by_style() -> None:
    assert not re.search(r"learning style|visual learner|winner|high score", OURS + BREAKERS, re.I)
