"""The finding in one sentence, from every kind of release."""

from __future__ import annotations

from typing import Any

import pytest

from learnerfirst.content import texts
from learnerfirst.pages.learner_power.words import finding, state_of
from learnerfirst.workshops import Activity, Workshop

FINDING, CHARTS = texts("learner_power")["finding"], texts("charts")


def at(stage: str, *between: str) -> dict[str, Any]:
    return {"stage": stage, "between": list(between) or None}


@pytest.mark.parametrize(
    ("today", "wanted", "sentence"),
    [
        (at("blended"), at("facilitated"), "Blended today, heading for Facilitated"),
        (at("facilitated"), at("blended"), "Facilitated today, heading for Blended"),
        (at("blended"), at("blended"), "Blended today, and there to stay"),
        (at("embedded"), None, "Embedded today"),
        (
            at("blended", "blended", "facilitated"),
            at("facilitated"),
            "Between Blended and Facilitated today, heading for Facilitated",
        ),
        (
            at("blended"),
            at("facilitated", "blended", "facilitated"),
            "Blended today, heading for between Blended and Facilitated",
        ),
    ],
)
def test_the_headline_is_the_finding(today: Any, wanted: Any, sentence: str) -> None:
    assert finding({"today": today, "wanted": wanted}, FINDING, CHARTS) == sentence


def row(
    name: str, today: float | None, agreement: str = "close", hidden: str | None = None
) -> dict[str, Any]:
    return {"name": name, "today": today, "agreement": agreement, "hidden": hidden}


def test_a_pulse_names_a_dimension_and_never_a_stage() -> None:
    spread = {"today": None, "dimensions": [row("Trust", 2.0), row("Time at work", 1.0)]}
    assert finding(spread, FINDING, CHARTS) == "Least today: time at work"
    split = {"today": None, "dimensions": [row("Time at work", 1.0), row("Trust", 2.0, "split")]}
    assert finding(split, FINDING, CHARTS) == "The room is split on trust"
    assert not any(
        CHARTS[stage] in finding(split, FINDING, CHARTS) for stage in ("embedded", "blended", "facilitated")
    )


def test_a_pulse_does_not_name_what_is_hidden() -> None:
    release = {"today": None, "dimensions": [row("Trust", None, "split", "Too few."), row("Time", 1.0)]}
    assert finding(release, FINDING, CHARTS) == "Least today: time"


def test_what_is_hidden_is_not_told() -> None:
    release = {"hidden": {"why": "Fewer than five."}, "today": at("blended"), "wanted": None}
    assert finding(release, FINDING, CHARTS) == FINDING["hidden"]


def workshop_with(*states: str) -> Workshop:
    asked = tuple(Activity(f"a{number}", "learner_power", None, state) for number, state in enumerate(states))
    return Workshop("KTRM", "Test", activities=asked)


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ((), "new"),
        (("open",), "open"),
        (("revealed", "open"), "open"),
        (("closed",), "closed"),
        (("closed", "revealed"), "revealed"),
    ],
)
def test_the_state_of_a_workshop_is_that_of_its_liveliest_activity(
    states: tuple[str, ...], state: str
) -> None:
    assert state_of(workshop_with(*states)) == state
