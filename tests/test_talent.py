"""Talent profiles: ten roles aligned with the library, own files taken in, staffing by hand, the smallest team exact with its ties."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learnerfirst as lf
from learnerfirst.content.competencies import competency_library
from learnerfirst.errors import ContentError, InvalidInput, LearnerFirstError
from learnerfirst.exchange.talent_files import talent_profiles_from
from learnerfirst.talent import TalentProfile, smallest_team, staff

OWN = """
"id": "talent_profiles"
"language": "en"
"profiles":
  - "id": "facilitator"
    "name": "Our facilitator"
    "key_skills":
      - "session_leading"
  - "id": "translator"
    "name": "Translator"
    "years": {"from": 1, "to": 3}
    "technical_skills":
      - "Translation memory"
"""


def test_eight_roles_of_the_source_and_two_of_ours_with_every_field_filled() -> None:
    profiles = lf.talent_profiles()
    assert len(profiles) == 10
    assert [one.id for one in profiles if one.ours] == ["facilitator", "community_manager"]
    for one in profiles:
        assert all(value for key, value in one.as_dict().items() if key != "ours"), one.id


def test_key_skills_are_competencies_and_roles_those_of_the_library() -> None:
    library = competency_library()
    for one in lf.talent_profiles():
        assert set(one.key_skills) <= set(library.competencies), one.id
        assert set(one.key_skills) & {need.id for need in library.roles[one.id].needs}
        assert library.roles[one.id].name == one.name


def test_a_file_in_ones_own_folder_stands_in_front_and_ours_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "talent_profiles.yaml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("LEARNERFIRST_CONTENT_DIR", str(tmp_path))
    profiles = {one.id: one for one in lf.talent_profiles()}
    assert len(profiles) == 11
    assert profiles["facilitator"].name == "Our facilitator"
    assert profiles["translator"].years == (1, 3)


def test_own_profiles_come_in_as_yaml_and_as_a_table() -> None:
    from_yaml = talent_profiles_from("ours.yaml", OWN.encode())
    assert [one.id for one in from_yaml] == ["facilitator", "translator"]
    table = "id;name;Years from;years_to;key_skills\nkim;Kim;2;4;curation; listening\n".replace(
        "curation; listening", '"curation; listening"'
    )
    (kim,) = talent_profiles_from("people.csv", table.encode())
    assert kim == TalentProfile("kim", "Kim", years=(2, 4), key_skills=("curation", "listening"))


def test_what_is_wrong_with_a_table_is_said_all_at_once() -> None:
    table = "id,name,years_from,years_to\nkim,Kim,5,2\nkim,,x,2\nK I M,Kim,,\n"
    with pytest.raises(InvalidInput) as refused:
        talent_profiles_from("people.csv", table.encode())
    assert [fault.where for fault in refused.value.faults] == [
        *("row 2, years_to", "row 3, name", "row 3, years_from", "row 3, id", "row 4, id"),
    ]
    with pytest.raises(InvalidInput, match="missing: name"):
        talent_profiles_from("people.csv", b"id,role\n1,2\n3,4\n")
    with pytest.raises(ContentError, match="each profile once"):
        talent_profiles_from("own.yaml", OWN.replace("translator", "facilitator").encode())
    with pytest.raises(LearnerFirstError, match="UTF-8"):
        talent_profiles_from("own.yaml", b"\xff\xfe\x00")


def test_staffing_by_hand_with_our_profiles() -> None:
    people = [
        one
        for one in lf.talent_profiles()
        if one.id in ("facilitator", "community_manager", "lms_administrator")
    ]
    found = staff(["listening", "Curation ", "platform_admin", "media_making", "listening"], people)
    assert found.covered == ("listening",)
    assert found.thin == ("Curation ", "platform_admin")
    assert found.missing == ("media_making",)
    assert found.who["Curation "] == ("Community manager",)


def test_words_of_technical_and_media_skills_count_too() -> None:
    assert staff(["filming", "learning platforms"], lf.talent_profiles()).missing == ()


def test_the_smallest_team_shows_its_ties() -> None:
    people = {"Ana": ["a", "b"], "Bo": ["b", "c"], "Cy": ["c", "a"], "Dee": ["d"]}
    found = smallest_team(["a", "b", "c", "z"], people)
    assert found.teams == (("Ana", "Bo"), ("Ana", "Cy"), ("Bo", "Cy"))
    assert (found.size, found.missing, found.more) == (2, ("z",), False)
    assert smallest_team(["z"], people).teams == ()
    assert smallest_team(["a"], {f"p{n}": ["a"] for n in range(30)}).more


def test_greedy_choice_is_not_the_smallest_team() -> None:
    """The textbook case: the one with most skills is in no smallest team."""
    people = {"Most": ["1", "2", "3", "4"], "Left": ["1", "3", "5"], "Right": ["2", "4", "6"]}
    assert smallest_team(list("123456"), people).teams == (("Left", "Right"),)


@settings(max_examples=30, deadline=None)
@given(skills=st.lists(st.sets(st.sampled_from("abcdef")), min_size=1, max_size=6))
def test_the_smallest_team_is_what_trying_all_teams_finds(skills: list[set[str]]) -> None:
    people = {f"p{n}": sorted(one) for n, one in enumerate(skills)}
    needs = {skill for one in skills for skill in one}
    found = smallest_team(list("abcdef"), people)
    assert set(found.missing) == set("abcdef") - needs
    for size in range(len(people) + 1):
        teams = [
            team
            for team in combinations(people, size)
            if needs <= {one for name in team for one in people[name]}
        ]
        if teams:
            assert (found.size, found.teams) == (size, tuple(teams) if size else ())
            return


def test_faults_are_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        staff(["", 3], {"Ana": "curation"})  # type: ignore[list-item]
    assert len(refused.value.faults) == 3
    twins = [TalentProfile("a", "Kim"), TalentProfile("b", "Kim")]
    with pytest.raises(InvalidInput, match="more than once"):
        staff(["a"], twins)
    with pytest.raises(InvalidInput, match="talent profiles"):
        staff(["a"], ["Kim"])  # type: ignore[list-item]
