"""What is tried for a gap before anybody builds a course."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learnerfirst as lf
from learnerfirst.content import plan_rules, sample_profiles, sample_resources
from learnerfirst.content.learning_plan import read_plan_rules
from learnerfirst.errors import ContentError, InvalidInput
from learnerfirst.personas import Detail, Persona
from learnerfirst.plans import OPTIONS, Triage

PROFILE = [{"role": "Coach", "competency": "asking", "required": 4, "importance": 5}]
KIM = {"name": "Kim", "competencies": ["asking"]}


def shelf(kind: str, low: float, high: float, **more: Any) -> list[dict[str, Any]]:
    row = {
        "resource": "It",
        "competency": "asking",
        "from_level": low,
        "to_level": high,
        "kind": kind,
        "minutes": 9,
    }
    return [row | more]


def triage(
    level: float, resources: Any = (), peers: Any = None, importance: float = 5, **more: Any
) -> Triage:
    profile = [{**PROFILE[0], "importance": importance}]
    found: tuple[Triage, ...] = lf.curriculum_triage(
        profile, list(resources), peers, {"asking": level}, **more
    )
    return found[0]


@pytest.mark.parametrize(
    ("found", "first"),
    [
        (triage(1, shelf("course", 0, 4), [KIM]), "peer"),
        (triage(1, shelf("checklist", 0, 4)), "job_aid"),
        (triage(3, shelf("course", 0, 4)), "job_aid"),
        (triage(2.9, shelf("course", 0, 4)), "coaching"),
        (triage(1, shelf("mentoring", 0, 4)), "coaching"),
        (triage(1.9, shelf("course", 0, 4)), "resource"),
        (triage(1.9, shelf("course", 0, 3)), "resource"),
        (triage(1.9, shelf("course", 2, 4)), "build"),
        (triage(1.9), "build"),
        (triage(0.5), "build"),
    ],
)
def test_the_first_answer_that_fits(found: Triage, first: str) -> None:
    assert found.first.id == first
    assert tuple(option.id for option in found.options) == OPTIONS


def test_each_answer_says_why_or_why_not() -> None:
    peer, aid, coaching, resource, build = triage(1, shelf("course", 0, 3)).options
    assert (peer.fits, peer.reason) == (False, "Nobody who is strong in it has agreed to be asked yet.")
    assert (aid.fits, coaching.fits) == (False, False)
    assert (resource.reason, resource.names) == ("It: from 1 to 3, not all the way to 4.", ("It",))
    assert (build.fits, build.reason) == (False, "Not before this was tried: a resource that is there.")


def test_building_waits_where_it_matters_less() -> None:
    assert "it matters (5 of 5)" in triage(0).first.reason
    assert "it can wait" in triage(0, importance=3).first.reason


def test_a_resource_on_a_device_that_they_lack_is_none() -> None:
    walker = Persona("mira", "Mira", {"device": Detail(("own_phone",))})
    found = triage(1, shelf("course", 0, 4, device="computer"), persona=walker)
    assert found.first.id == "build"
    assert triage(1, shelf("course", 0, 4, device="phone"), persona=walker).first.id == "resource"


def test_the_sample_organisation() -> None:
    operator = sample_profiles()[0]
    medians = {"new_steel": 1, "machine_setup": 2, "safe_work": 4, "shift_handover": 2.5}
    found = lf.curriculum_triage(operator, sample_resources(), levels=medians)
    assert [(one.competency, one.first.id) for one in found] == [
        ("machine_setup", "job_aid"),
        ("new_steel", "build"),
        ("shift_handover", "job_aid"),
    ]


def test_without_levels_every_competency_is_looked_at_from_the_bottom() -> None:
    found = lf.curriculum_triage(sample_profiles()[0], sample_resources())
    assert {one.competency for one in found} == set(sample_profiles()[0].ids)
    assert all(one.level is None for one in found)


@settings(max_examples=80, deadline=None)
@given(
    st.floats(0, 5, allow_nan=False),
    st.sampled_from(["course", "checklist", "coaching", "", "own"]),
    st.integers(0, 3),
    st.integers(1, 3),
    st.integers(0, 5),
)
def test_building_a_course_is_never_first_where_anything_else_fits(
    level: float, kind: str, low: int, width: int, peers: int
) -> None:
    listed = [{"name": f"P{at}", "competencies": "asking"} for at in range(peers)]
    for one in lf.curriculum_triage(PROFILE, shelf(kind, low, low + width), listed, {"asking": level}):
        others = [option for option in one.options if option.fits and option.id != "build"]
        assert one.options[-1].fits == (not others)
        assert all(option.reason for option in one.options)
        assert (one.first.id == "build") == (not others)
        assert [row["first"] for row in one.rows()].count(True) == 1


def test_own_rules_stand_in_front_and_faults_are_named(tmp_path: Path) -> None:
    ours = Path(__file__).parents[2] / "data" / "learning_plan.yaml"
    text = ours.read_text(encoding="utf-8")
    assert read_plan_rules(ours).triage == plan_rules().triage
    file = tmp_path / "learning_plan.yaml"
    file.write_text(
        text.replace('"otherwise": "The basics', '"otherwise": "{wrong} basics')
        .replace('"option": "peer"', '"option": "friend"')
        .replace('- "option": "coaching"', '- "option": "resource"')
        .replace('"unknown": 30', '"unknown": 0'),
        encoding="utf-8",
    )
    with pytest.raises(ContentError) as error:
        read_plan_rules(file)
    said = str(error.value)
    for part in ("only these in braces", "one of: peer", "a number above 0", "each once, in this order"):
        assert part in said


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(InvalidInput, match="missing"):
        lf.curriculum_triage([{"role": "Coach"}], [])
    with pytest.raises(InvalidInput, match="a Persona"):
        lf.curriculum_triage(PROFILE, [], persona=7)
