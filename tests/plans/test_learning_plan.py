"""One person's plan: worked by hand, and what holds for every plan whatever is handed in."""

from __future__ import annotations

import math
import random
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learnerfirst as lf
from learnerfirst.content import sample_profiles, sample_resources, sample_self_assessments
from learnerfirst.errors import InvalidInput
from learnerfirst.personas import Detail, Persona
from learnerfirst.plans import LearningPlan
from learnerfirst.success_profiles import Levels, levels_from

Rows = list[dict[str, Any]]


def profile_rows(**needs: tuple[float, float]) -> Rows:
    return [
        {"role": "Coach", "competency": key, "required": required, "importance": importance}
        for key, (required, importance) in needs.items()
    ]


def resource(
    name: str,
    competency: str | None,
    low: float | None,
    high: float | None,
    minutes: float | None = 10,
    **more: Any,
) -> dict[str, Any]:
    row = {
        "resource": name,
        "competency": competency,
        "from_level": low,
        "to_level": high,
        "minutes": minutes,
    }
    return row | more


def persona(**details: Any) -> Persona:
    return Persona("mira", "Mira", {key: Detail(value) for key, value in details.items()})


def titles(plan: LearningPlan) -> list[str]:
    return [step.title for step in plan]


ASKING = profile_rows(asking=(4, 5))


# By hand


def test_gaps_come_by_gap_times_importance_then_importance_then_id() -> None:
    profile = profile_rows(a=(3, 2), b=(4, 3), c=(3, 5), d=(2, 2), e=(5, 1), f=(2, 6))
    levels = {"a": 0, "b": 2, "c": 2, "d": 2, "e": 0, "f": 1}
    shelf = [resource(key.upper(), key, 0, 5) for key in levels]
    # 3x2=6, 2x3=6, 1x5=5, no gap, 5x1=5, 1x6=6: f, b, a (6, by importance), then c, e (5)
    assert titles(lf.learning_plan(levels, profile, shelf)) == ["F", "B", "A", "C", "E"]


def test_the_way_that_takes_least_time_is_chosen_and_the_others_are_alternatives() -> None:
    shelf = [
        resource("Course", "asking", 0, 4, 300),
        resource("Video", "asking", 0, 2, 10),
        resource("Practice", "asking", 2, 4, 40),
        resource("Long practice", "asking", 2, 4, 90),
    ]
    plan = lf.learning_plan({"asking": 1}, ASKING, shelf)
    assert titles(plan) == ["Video", "Practice"]
    assert [other.title for other in plan[0].alternatives] == ["Course"]
    assert [other.title for other in plan[1].alternatives] == ["Long practice", "Course"]
    assert (plan.minutes, plan.unserved) == (50, ())


def test_one_long_step_is_chosen_where_it_takes_less_than_several_short_ones() -> None:
    shelf = [
        resource("All", "asking", 0, 4, 45),
        resource("First", "asking", 0, 2, 25),
        resource("Second", "asking", 2, 4, 25),
    ]
    assert titles(lf.learning_plan({"asking": 0}, ASKING, shelf)) == ["All"]


def test_what_ends_at_ones_level_or_begins_above_it_is_left_alone() -> None:
    shelf = [
        resource("Done with", "asking", 0, 2),
        resource("Too high", "asking", 3, 4),
        resource("Fits", "asking", 2, 3),
    ]
    plan = lf.learning_plan({"asking": 2}, ASKING, shelf)
    assert titles(plan) == ["Fits", "Too high"]  # after "Fits" it is no longer too high
    assert titles(lf.learning_plan({"asking": 2}, ASKING, shelf[:2])) == [
        "Practise with somebody who looks on: asking"
    ]


def test_open_levels_begin_anywhere_and_lead_to_the_top() -> None:
    plan = lf.learning_plan({"asking": 1}, ASKING, [resource("Guide", "asking", None, None)])
    assert [(step.from_level, step.to_level) for step in plan] == [(1, 4)]


def test_what_is_required_comes_before_unless_one_is_past_it() -> None:
    shelf = [
        resource("Basics", "asking", 0, 2, 10),
        resource("Rules", None, None, None, 5),
        resource("Practice", "asking", 1, 4, 30, requires="Rules; Basics"),
    ]
    plan = lf.learning_plan({"asking": 1}, ASKING, shelf)
    assert titles(plan) == ["Rules", "Basics", "Practice"]
    assert [step.before for step in plan] == ["Practice", "Practice", ""]
    assert "Practice comes after" in plan[0].reason
    assert titles(lf.learning_plan({"asking": 2}, ASKING, shelf)) == ["Rules", "Practice"]


@pytest.mark.parametrize(
    "shelf",
    [
        [resource("A", "asking", 0, 4, requires="B"), resource("B", "asking", 0, 4, requires="A")],
        [resource("A", "asking", 0, 4, requires="A")],
        [resource("A", "asking", 0, 4, requires="Gone")],
    ],
)
def test_what_requires_the_impossible_is_left_out_and_said_so(shelf: Rows) -> None:
    plan = lf.learning_plan({"asking": 0}, ASKING, shelf)
    assert titles(plan) == []
    assert "A" in {left.resource for left in plan.left_out}
    assert [gap.competency for gap in plan.unserved] == ["asking"]


def test_a_resource_for_two_gaps_is_taken_once() -> None:
    profile = profile_rows(asking=(3, 5), silence=(3, 4))
    shelf = [
        resource("Both", "asking", 0, 3, 60),
        resource("Both", "silence", 0, 3, 60),
        resource("One", "silence", 0, 3, 20),
    ]
    plan = lf.learning_plan({"asking": 1, "silence": 1}, profile, shelf)
    assert titles(plan) == ["Both"]


def test_hours_are_kept_and_what_has_no_room_is_named() -> None:
    profile = profile_rows(asking=(4, 5), silence=(3, 4))
    shelf = [
        resource("Video", "asking", 0, 2, 10),
        resource("Practice", "asking", 2, 4, 60),
        resource("Film", "silence", 0, 3, 20),
    ]
    plan = lf.learning_plan({"asking": 1, "silence": 1}, profile, shelf, hours=0.5)
    assert (titles(plan), plan.minutes) == (["Video", "Film"], 30)
    assert [(step.title, step.notes) for step in plan.later] == [
        ("Practice", ("No room within the 0.5 hours.",))
    ]
    assert titles(lf.learning_plan({"asking": 1}, profile, shelf, hours=0)) == []


def test_a_colleague_who_agreed_comes_first_and_nobody_is_told_to_ask_themself() -> None:
    peers = pd.DataFrame(
        {"competency": "asking", "rank": [2, 1], "person_id": ["kim", "lea"], "level": 5.0, "role": "Coach"}
    )
    mine = pd.DataFrame({"person_id": ["lea"], "role": "Coach", "competency": "asking", "level": [2]})
    plan = lf.learning_plan({"asking": 2}, ASKING, [resource("Guide", "asking", 0, 4)], peers)
    assert [(step.option, step.peer) for step in plan] == [("peer", "lea"), ("resource", "")]
    assert [other.title for other in plan[0].alternatives] == ["Ask kim to show you: asking"]
    plan = lf.learning_plan(mine, ASKING, [resource("Guide", "asking", 0, 4)], peers)
    assert plan[0].peer == "kim"


def test_the_directorys_entries_are_peers_too() -> None:
    entry = {"name": "Ada", "contact": "desk 4", "competencies": ["asking", "silence"]}
    plan = lf.learning_plan({"asking": 2}, ASKING, [], [entry])
    assert [(step.peer, step.contact, step.minutes) for step in plan] == [("Ada", "desk 4", 30)]


def test_where_nothing_leads_on_the_triage_says_what_to_do_else_it_is_named() -> None:
    assert [step.option for step in lf.learning_plan({"asking": 3}, ASKING, [])] == ["job_aid"]
    assert [step.option for step in lf.learning_plan({"asking": 2}, ASKING, [])] == ["coaching"]
    plan = lf.learning_plan({"asking": 0}, ASKING, [])
    assert (titles(plan), [(gap.competency, gap.gap) for gap in plan.unserved]) == ([], [("asking", 4)])


def test_what_is_not_assessed_is_no_gap_and_what_is_reached_is_a_strength() -> None:
    profile = profile_rows(a=(3, 5), b=(3, 5), c=(3, 5), d=(3, 5))
    shelf = [resource(key, key, 0, 5) for key in "abcd"]
    plan = lf.learning_plan({"a": None, "b": float("nan"), "c": 3}, profile, shelf)
    assert (titles(plan), plan.strengths, plan.not_assessed) == ([], ("c",), ("a", "b", "d"))
    plan = lf.learning_plan(Levels({"a": None, "b": 1.0}, ("a",)), profile, shelf)
    assert (titles(plan), plan.not_my_job, plan.not_assessed) == (["b"], ("a",), ("c", "d"))


# The persona


def test_what_needs_another_device_is_out_and_named() -> None:
    shelf = [
        resource("Course", "asking", 0, 4, 5, device="computer"),
        resource("Clip", "asking", 0, 4, 50, device="tablet;phone"),
    ]
    plan = lf.learning_plan({"asking": 1}, ASKING, shelf, persona=persona(device=("own_phone",)))
    assert titles(plan) == ["Clip"]
    assert [(left.resource, left.reason) for left in plan.left_out] == [("Course", "It needs a computer.")]
    assert titles(lf.learning_plan({"asking": 1}, ASKING, shelf)) == ["Course"]


def test_paper_and_being_there_reach_people_without_a_screen() -> None:
    shelf = [
        resource("Sheet", "asking", 0, 2, device="paper"),
        resource("Round", "asking", 2, 4, device="in_person"),
    ]
    plan = lf.learning_plan({"asking": 1}, ASKING, shelf, persona=persona(device=("no_screen",)))
    assert titles(plan) == ["Sheet", "Round"]


def test_what_fits_the_time_at_a_stretch_is_preferred_and_what_does_not_is_cut_in_pieces() -> None:
    shelf = [
        resource("Long", "asking", 0, 4, 40),
        resource("A", "asking", 0, 2, 25),
        resource("B", "asking", 2, 4, 30),
    ]
    short = persona(time_at_a_stretch="stretch_30")
    assert titles(lf.learning_plan({"asking": 1}, ASKING, shelf)) == ["Long"]
    assert titles(lf.learning_plan({"asking": 1}, ASKING, shelf, persona=short)) == [
        "A",
        "B",
    ]  # 55 < 40 x 1.5
    alone = lf.learning_plan({"asking": 1}, ASKING, shelf[:1], persona=short)
    assert any("2 pieces" in note for note in alone[0].notes)


def test_their_language_is_preferred_and_required_where_they_need_it() -> None:
    shelf = [
        resource("En", "asking", 0, 4, 10, language="en-GB"),
        resource("Pt", "asking", 0, 4, 25, language="Portuguese"),
    ]
    portuguese = persona(language="Portuguese")
    assert titles(lf.learning_plan({"asking": 1}, ASKING, shelf, persona=portuguese)) == ["Pt"]
    assert lf.learning_plan({"asking": 1}, ASKING, shelf[:1], persona=portuguese)[0].notes == (
        "It is in English.",
    )
    strict = persona(language="Portuguese", accessibility_needs=("translation",))
    assert titles(lf.learning_plan({"asking": 1}, ASKING, shelf[:1], persona=strict)) == []


def test_what_they_would_choose_is_preferred_and_access_is_asked_for() -> None:
    shelf = [
        resource("Text", "asking", 0, 4, 20, kind="article"),
        resource("Clip", "asking", 0, 4, 25, kind="Video"),
        resource("Talk", "asking", 0, 4, 5, kind="podcast"),
    ]
    likes = persona(preferred_method=("video",), accessibility_needs=("no_sound",))
    plan = lf.learning_plan({"asking": 1}, ASKING, shelf, persona=likes)  # 25 x 0.7 < 20; the podcast is out
    assert titles(plan) == ["Clip"]
    assert plan[0].notes == (
        "What you would choose: video.",
        "Ask before you start: It has to work without sound.",
    )
    shelf[1]["access"] = "no_sound"
    assert lf.learning_plan({"asking": 1}, ASKING, shelf, persona=likes)[0].notes == (
        "What you would choose: video.",
    )


# Dates


def test_dates_follow_the_pace_of_the_persona() -> None:
    shelf = [resource("A", "asking", 0, 2, 45), resource("B", "asking", 2, 4, 45)]
    slow = lf.learning_plan({"asking": 1}, ASKING, shelf, persona=persona(time_available="time_1_2h"))
    dated = slow.dated(date(2026, 12, 1))  # 90 minutes a month: half a month each, 15.2 days
    assert [(step.start, step.end) for step in dated] == [
        (date(2026, 12, 1), date(2026, 12, 16)),
        (date(2026, 12, 16), date(2026, 12, 31)),
    ]
    assert [step["title"] for step in dated.calendar_steps()] == ["A", "B"]
    assert slow.calendar_steps() == []
    for pace in (0, -1, math.inf):
        with pytest.raises(InvalidInput, match="minutes_a_month"):
            slow.dated(date(2026, 12, 1), pace)


# What comes in


@pytest.mark.parametrize("kind", ["pandas", "polars", "lazy", "pyarrow", "duckdb"])
def test_any_frame_gives_the_same_plan(kind: str) -> None:
    profile = sample_profiles()[0]
    mine = [row for row in sample_self_assessments() if row["role"] == profile.role][: len(profile.ids)]
    expected = lf.learning_plan(mine, profile, sample_resources())

    def framed(rows: Any) -> Any:
        made = pl.DataFrame(rows, infer_schema_length=None)
        table = made.to_arrow()
        if kind == "duckdb":
            connection = duckdb.connect()
            connection.register("given", table)
            return connection.sql("SELECT * FROM given")
        return {"pandas": made.to_pandas(), "polars": made, "lazy": made.lazy(), "pyarrow": table}[kind]

    assert lf.learning_plan(framed(mine), framed(profile.frame()), framed(sample_resources())).rows() != []
    found = lf.learning_plan(framed(mine), profile, framed(sample_resources()))
    assert found == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (({"asking": "high"}, ASKING, []), "a finite number"),
        (({"asking": True}, ASKING, []), "a finite number"),
        (({"asking": math.inf}, ASKING, []), "a finite number"),
        (({"asking": 1}, [{"role": "Coach"}], []), "missing: competency, required, importance"),
        (({"asking": 1}, [*ASKING, *ASKING], []), "each once"),
        (({"asking": 1}, [*ASKING, {**ASKING[0], "role": "Other"}], []), "one role"),
        (({"asking": 1}, ASKING, [{"resource": "A"}]), "missing: competency, from_level, to_level"),
        (({"asking": 1}, ASKING, [resource("", "asking", 0, 1)]), "a name"),
        (({"asking": 1}, ASKING, [resource("A", "asking", 3, 1)]), "a level above from_level"),
        (({"asking": 1}, ASKING, [resource("A", "asking", 0, 1, -5)]), "0 to 100,000"),
        (({"asking": 1}, ASKING, 7), "a data frame"),
        (({"asking": 1}, ASKING, [], [{"who": "Kim"}]), "name, contact and competencies"),
        (({"asking": 1}, ASKING, [], None, -1), "hours, 0 or more"),
        (({"asking": 1}, ASKING, [], None, float("nan")), "hours, 0 or more"),
        (({"asking": 1}, ASKING, [], None, None, "Mira"), "a Persona"),
        (
            ([{"person_id": key, "competency": "asking", "level": 1} for key in "ab"], ASKING, []),
            "the rows of one person",
        ),
        (([{"competency": "asking", "level": level} for level in (1, 2)], ASKING, []), "each once"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        lf.learning_plan(*arguments)


def test_missing_values_and_lists_of_any_engine_are_understood() -> None:
    shelf = pd.DataFrame(
        [resource("A", "asking", 0, 4, device=np.array(["computer", "phone"]), requires=pd.NA)]
    )
    mine = pd.DataFrame({"competency": ["asking", "silence"], "level": pd.array([1, None], dtype="Int64")})
    profile = pd.DataFrame(profile_rows(asking=(4, 5), silence=(3, 4)))
    plan = lf.learning_plan(mine, profile, shelf, pd.DataFrame())
    assert (titles(plan), plan[0].devices, plan.not_assessed) == (["A"], ("computer", "phone"), ("silence",))
    assert titles(lf.learning_plan(mine, profile, shelf.to_dict("records"))) == ["A"]


def test_a_role_among_several_is_chosen_by_the_persons_rows() -> None:
    both = [*ASKING, {**ASKING[0], "role": "Lead", "required": 5}]
    mine = [{"role": "Lead", "competency": "asking", "level": 4}]
    plan = lf.learning_plan(mine, both, [resource("Top", "asking", 4, 5)])
    assert (plan.role, titles(plan)) == ("Lead", ["Top"])


# What holds for every plan

LEVEL = st.one_of(st.none(), st.integers(0, 5), st.floats(0, 5, allow_nan=False))
KEYS = "abcd"
NAMES = [f"r{number}" for number in range(8)]


@st.composite
def catalogues(draw: st.DrawFn) -> Rows:
    rows = []
    for _ in range(draw(st.integers(0, 14))):
        low = draw(st.one_of(st.none(), st.integers(0, 4)))
        high = draw(st.one_of(st.none(), st.integers(1 + (low or 0), 6)))
        rows.append(
            resource(
                draw(st.sampled_from(NAMES)),
                draw(st.sampled_from([*KEYS, None])),
                low,
                high,
                draw(st.one_of(st.none(), st.integers(0, 200))),
                requires=";".join(draw(st.lists(st.sampled_from([*NAMES, "gone"]), max_size=2))),
                device=draw(st.sampled_from(["", "phone", "computer", "paper;computer"])),
                language=draw(st.sampled_from(["", "English", "pt"])),
                kind=draw(st.sampled_from(["", "video", "job aid", "coaching", "own kind"])),
            )
        )
    return rows


@st.composite
def situations(draw: st.DrawFn) -> dict[str, Any]:
    needs = {key: (draw(st.integers(0, 5)), draw(st.integers(1, 5))) for key in KEYS}
    who = persona(
        device=tuple(draw(st.sets(st.sampled_from(["own_phone", "laptop"]), min_size=1))),
        language=draw(st.sampled_from(["English", "Portuguese"])),
        time_at_a_stretch=draw(st.sampled_from(["stretch_5", "stretch_60"])),
    )
    return {
        "levels": {key: draw(LEVEL) for key in KEYS},
        "profile": profile_rows(**needs),
        "resources": draw(catalogues()),
        "peers": [
            {"name": name, "competencies": draw(st.lists(st.sampled_from(KEYS), min_size=1))}
            for name in ("Kim", "Lea")
        ][: draw(st.integers(0, 2))],
        "hours": draw(st.one_of(st.none(), st.floats(0, 12, allow_nan=False))),
        "persona": draw(st.sampled_from([None, who])),
    }


@settings(max_examples=150, deadline=None)
@given(situations(), st.randoms(use_true_random=False))
def test_every_plan_keeps_its_promises(found: dict[str, Any], chance: random.Random) -> None:
    plan = lf.learning_plan(**found)
    levels, needs = found["levels"], {row["competency"]: row for row in found["profile"]}
    assert found["hours"] is None or plan.minutes <= found["hours"] * 60 + 1e-6
    for step in (*plan, *plan.later):
        assert step.reason
        assert levels[step.competency] is not None
        assert levels[step.competency] < needs[step.competency]["required"]
    led = [step for step in plan if step.resource and not step.before]
    for step in led:
        assert step.to_level > levels[step.competency]
        rows = [row for row in found["resources"] if row["resource"] == step.resource]
        assert any((row["from_level"] or 0) <= step.from_level + 1e-9 for row in rows)
    names = [
        (step.resource, step.language, step.kind, step.minutes, step.devices)
        for step in plan
        if step.resource
    ]
    assert len(found["resources"]) < 1 or len(plan.steps) <= len(found["resources"]) + 2 * len(KEYS)
    for at, step in enumerate(plan):
        _assert_before(at, step, plan, found["resources"], levels)
    assert all(names.count(name) == 1 for name in names) or _variants(found["resources"])
    known = {*plan.strengths, *plan.not_assessed}
    assert known == {
        key for key in KEYS if levels[key] is None or levels[key] >= needs[key]["required"] - 1e-9
    }
    shuffled = {**found, "levels": dict(chance.sample(list(levels.items()), len(levels)))}
    for key in ("profile", "resources", "peers"):
        shuffled[key] = chance.sample(found[key], len(found[key]))
    assert lf.learning_plan(**shuffled) == plan


def _variants(rows: Rows) -> bool:
    """Whether resources differ only in what they require: then equal steps may stand in a plan."""
    told = {(row["resource"], row["language"], row["kind"], row["minutes"], row["device"]) for row in rows}
    whole = {
        (*(row[key] for key in ("resource", "language", "kind", "minutes", "device")), row["requires"])
        for row in rows
    }
    return len(whole) > len(told)


def _assert_before(
    at: int, step: Any, plan: LearningPlan, rows: Rows, levels: dict[str, float | None]
) -> None:
    """What a step's resource requires came before it, or the person is past it by then."""
    variants = [row for row in rows if row["resource"] == step.resource]
    if not variants:
        return
    earlier = {each.resource for each in plan.steps[:at]}
    stood = dict(levels)
    for each in plan.steps[:at]:
        for row in rows:
            if (
                row["resource"] == each.resource
                and row["competency"]
                and stood[row["competency"]] is not None
            ):
                top = row["to_level"] if row["to_level"] is not None else math.inf
                stood[row["competency"]] = max(stood[row["competency"]] or 0, top)

    def done(name: str) -> bool:
        spans = [row for row in rows if row["resource"] == name]
        past = any(
            row["competency"]
            and stood[row["competency"]] is not None
            and (stood[row["competency"]] or 0)
            >= (math.inf if row["to_level"] is None else row["to_level"]) - 1e-9
            for row in spans
        )
        return name in earlier or past

    assert any(all(done(name) for name in row["requires"].split(";") if name) for row in variants), (
        step.title,
        [row["requires"] for row in variants],
    )


def test_a_real_self_assessment_sheet_leads_to_a_plan() -> None:
    profile = sample_profiles()[0]
    answers = {f"level_{key}": "1" for key in profile.ids} | {"level_safe_work": "not_assessed"}
    plan = lf.learning_plan(levels_from(answers, profile), profile, sample_resources(), hours=10)
    assert plan[0].title == "Setting up step by step"
    assert plan.not_assessed == ("safe_work",)
    assert [gap.competency for gap in plan.unserved] == ["new_steel"]
