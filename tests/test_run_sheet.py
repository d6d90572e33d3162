"""The minutes of a workshop: the clock rolls, and what is cut short or prolonged moves everything after it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from learnerfirst.content import check, run_sheets
from learnerfirst.content.run_sheets import read_run_sheets
from learnerfirst.errors import ContentError
from learnerfirst.run_sheet import Block, RunSheet, go_on, more_time, now_in, slots_of, started

SHEET = RunSheet("s", "S", (Block("a", "A", 5), Block("b", "B", 10), Block("c", "C", 15)))
TWO = datetime(2026, 11, 22, 14, 0)


def at(minutes: float) -> datetime:
    return TWO + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minute", "index", "left"),
    [
        (-1, None, 0),
        (0, 0, 300),
        (4.99, 0, 1),
        (5, 1, 600),
        (14, 1, 60),
        (15, 2, 900),
        (29, 2, 60),
        (30, None, 0),
    ],
)
def test_blocks_follow_each_other_by_themselves(minute: float, index: int | None, left: int) -> None:
    here = now_in(SHEET, started(SHEET, TWO), at(minute))
    assert (here.index, here.left, here.over) == (index, left, minute >= 30)


def test_going_on_early_moves_everything_after_it() -> None:
    run = go_on(SHEET, started(SHEET, TWO), at(3))
    here = now_in(SHEET, run, at(3))
    assert (here.index, here.left, here.late) == (1, 600, -2)
    assert [slot.start for slot in slots_of(SHEET, run)] == [at(3), at(13)]


def test_more_time_moves_everything_after_it() -> None:
    run = more_time(SHEET, started(SHEET, TWO), at(6), 2)
    here = now_in(SHEET, run, at(6))
    assert (here.index, here.left, here.late) == (1, 660, 2)
    assert here.ends == at(32)
    assert now_in(SHEET, more_time(SHEET, run, at(7), 2), at(7)).late == 4


def test_extra_minutes_of_a_block_that_is_over_count_no_more() -> None:
    run = go_on(SHEET, more_time(SHEET, started(SHEET, TWO), at(1), 10), at(5))
    assert now_in(SHEET, run, at(5)).late == 0


def test_before_the_start_going_on_begins_the_first_block() -> None:
    run = go_on(SHEET, started(SHEET, at(10)), TWO)
    assert (now_in(SHEET, run, TWO).index, now_in(SHEET, run, TWO).late) == (0, -10)


def test_in_the_last_block_and_after_the_end_going_on_changes_nothing() -> None:
    run = started(SHEET, TWO)
    assert go_on(SHEET, run, at(20)) == run
    assert go_on(SHEET, run, at(40)) == run
    assert more_time(SHEET, run, at(40), 5) == run


def test_ours_are_45_and_90_minutes_with_something_to_say_and_prompts_for_disagreement() -> None:
    short, long = run_sheets()
    assert (short.minutes, long.minutes) == (45, 90)
    for sheet in (short, long):
        assert all(block.do and block.say for block in sheet.blocks)
        (talk,) = [block for block in sheet.blocks if block.room]
        assert len(talk.prompts) >= 5
        assert talk.minutes == max(block.minutes for block in sheet.blocks)


YAML = """"id": "run_sheets"
"language": "en"
"sheets":
  - "id": "mine"
    "name": "Mine"
    "minutes": {minutes}
    "blocks":
      - {{"id": "a", "title": "A", "minutes": 5, "do": ["Begin"]}}
      - {{"id": "{second}", "title": "B", "minutes": 10, "do": ["End"]}}
"""


@pytest.mark.parametrize(
    ("minutes", "second", "told"),
    [(20, "b", "15, the sum of its blocks"), (15, "a", "each block once"), ('"15"', "b", "whole number")],
)
def test_a_sheet_that_does_not_add_up_is_refused_with_its_place(
    tmp_path: Path, minutes: object, second: str, told: str
) -> None:
    file = tmp_path / "run_sheets.yaml"
    file.write_text(YAML.format(minutes=minutes, second=second))
    with pytest.raises(ContentError, match=told):
        read_run_sheets(file)
    assert not check(tmp_path).ok


def test_a_sheet_of_one_s_own_stands_in_front_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "run_sheets.yaml").write_text(YAML.format(minutes=15, second="b"))
    assert check(tmp_path).ok
    monkeypatch.setenv("LEARNERFIRST_CONTENT_DIR", str(tmp_path))
    assert [sheet.name for sheet in run_sheets()] == ["Mine"]
