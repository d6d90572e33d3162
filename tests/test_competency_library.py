"""The library of competencies: what ships is whole, own files stand in front, mistakes are named with their place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import learnerfirst as lf
from learnerfirst.content import check, data_folder, questionnaire_from, texts
from learnerfirst.content.competencies import competency_library, load_success_profile, nomination_rule
from learnerfirst.errors import ContentError, InvalidInput
from learnerfirst.success_profiles import Nominee, as_dict, nominate, self_assessment_sheet

LEARNING = {
    *("instructional_writer", "learning_experience_designer", "instructional_media_specialist"),
    *("lms_administrator", "learning_project_manager", "subject_matter_expert", "learning_strategist"),
    *("instructional_designer", "facilitator", "community_manager"),
}
BUSINESS = {"customer_service_advisor", "team_lead", "field_sales"}
OWN = """
id: "own"
language: "en"
title: "Ours"
competencies:
  - {id: "listening", name: "Listening our way", levels: ["a", "b", "c", "d", "e", "f"]}
  - {id: "singing", name: "Singing"}
roles:
  - id: "team_lead"
    name: "Choir lead"
    competencies:
      - {id: "singing", required: 3, importance: 5, goal: "Full house"}
      - {id: "listening", required: 4, importance: 4}
      - {id: "clear_writing", required: 1, importance: 2}
"""


def own_folder(tmp_path: Path, text: str = OWN) -> Path:
    (tmp_path / "competencies").mkdir()
    (tmp_path / "competencies" / "own.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_library_has_the_roles_of_learning_and_three_of_business() -> None:
    library = competency_library()
    assert set(library.roles) == LEARNING | BUSINESS
    assert {key for key, role in library.roles.items() if role.ours} == {"facilitator", "community_manager"}


def test_every_competency_has_six_levels_in_words_of_a_readable_length_and_is_needed_somewhere() -> None:
    library = competency_library()
    needed = {one.id for role in library.roles.values() for one in role.needs}
    assert set(library.competencies) == needed
    for one in library.competencies.values():
        assert len(one.levels) == 6, one.id
        assert len(set(one.levels)) == 6, one.id
        assert max(len(level) for level in one.levels) <= 110, one.id
        assert one.description, one.id
        assert one.group, one.id


@pytest.mark.parametrize("name", sorted(LEARNING | BUSINESS))
def test_each_role_makes_a_draft_profile_and_a_sheet(name: str) -> None:
    profile = lf.load_success_profile(name)
    assert profile.draft
    assert not profile.too_many
    assert 6 <= len(profile.competencies) <= 12
    assert profile.source
    sheet = questionnaire_from(self_assessment_sheet(profile, texts("success_profiles")), name)
    assert len(sheet.questions) == len(profile.competencies)


def test_roles_share_competencies_so_that_a_near_role_can_be_found() -> None:
    library = competency_library()
    for role in library.roles.values():
        mine = {one.id for one in role.needs}
        others = [other for other in library.roles.values() if other.id != role.id]
        assert max(len(mine & {one.id for one in other.needs}) for other in others) >= 2, role.id


def test_own_files_stand_in_front_by_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNERFIRST_CONTENT_DIR", str(own_folder(tmp_path)))
    profile = load_success_profile("team_lead")
    assert profile.role == "Choir lead"
    assert [one.name for one in profile.competencies] == ["Singing", "Listening our way", "Writing clearly"]
    assert profile.competencies[0].goal == "Full house"
    assert load_success_profile("facilitator").by_id["listening"].name == "Listening our way"
    assert check(tmp_path).ok, str(check(tmp_path))


def test_a_file_of_ones_own_is_a_profile_by_its_path(tmp_path: Path) -> None:
    file = own_folder(tmp_path) / "competencies" / "own.yaml"
    assert load_success_profile(file).role == "Choir lead"
    assert load_success_profile(str(file), role="team_lead").ids == ("singing", "listening", "clear_writing")
    with pytest.raises(ContentError, match="there are: team_lead"):
        load_success_profile(file, role="baker")
    with pytest.raises(ContentError, match="say which with role"):
        load_success_profile(data_folder() / "competencies" / "business.yaml")


def test_a_saved_profile_is_read_from_json(tmp_path: Path) -> None:
    profile = load_success_profile("team_lead")
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(as_dict(profile)), encoding="utf-8")
    assert load_success_profile(file) == profile
    file.write_text('{"role": 3}', encoding="utf-8")
    with pytest.raises(InvalidInput, match="competencies"):
        load_success_profile(file)
    for text in ("{", "[" * 100_000):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ContentError, match=r"profile\.json"):
            load_success_profile(file)
    with pytest.raises(ContentError):
        load_success_profile(tmp_path / "gone.json")


def test_an_unknown_role_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ContentError, match="customer_service_advisor"):
        load_success_profile("astronaut")


def test_every_mistake_in_a_file_is_named_with_its_line(tmp_path: Path) -> None:
    text = OWN.replace('id: "singing", required: 3', 'id: "dancing", required: 9').replace(
        ', levels: ["a", "b"', ', levels: ["a"'
    )
    report = check(own_folder(tmp_path, text))
    assert sorted(str(fault) for fault in report.faults) == [
        "competencies/own.yaml: competencies[0].levels (line 6): found 5; 6 levels, one a level of the scale, or none",
        "competencies/own.yaml: roles[0].competencies[0].id (line 12): found 'dancing'; the id of a competency in this file or in the library",
        "competencies/own.yaml: roles[0].competencies[0].required (line 12): found 9; a number from 0 to 5",
    ]


def test_a_file_with_its_own_scale_is_read_on_it(tmp_path: Path) -> None:
    text = OWN.replace(
        'title: "Ours"', 'title: "Ours"\nscale: {low: 1, high: 3, names: ["low", "mid", "high"]}'
    )
    text = text.replace('["a", "b", "c", "d", "e", "f"]', '["a", "b", "c"]').replace(
        "required: 4", "required: 2"
    )
    file = own_folder(tmp_path, text) / "competencies" / "own.yaml"
    profile = load_success_profile(file)
    assert (profile.scale.low, profile.scale.high, profile.scale.names) == (1, 3, ("low", "mid", "high"))
    assert profile.by_id["listening"].levels == ("a", "b", "c")
    assert profile.by_id["clear_writing"].levels == ()  # six levels of another scale say nothing on this one


def test_a_translation_stands_beside_the_file_that_it_translates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own_folder(tmp_path)
    german = OWN.replace("Listening our way", "Zuhören").replace("Choir lead", "Chorleitung")
    german = german.replace('language: "en"', 'language: "de"')
    (folder / "competencies" / "own.de.yaml").write_text(german, encoding="utf-8")
    monkeypatch.setenv("LEARNERFIRST_CONTENT_DIR", str(folder))
    assert load_success_profile("team_lead", language="de").role == "Chorleitung"
    assert load_success_profile("team_lead").role == "Choir lead"
    assert check(folder).ok, str(check(folder))
    changed = german.replace("importance: 5", "importance: 1")
    (folder / "competencies" / "own.de.yaml").write_text(changed, encoding="utf-8")
    assert "importance" in str(check(folder).faults[0])


def test_the_shipped_rule_asks_for_four_to_six_and_a_manager() -> None:
    rule = nomination_rule()
    yes = frozenset(rule.needed)
    people = [Nominee(f"P{at}", yes, f"Site {at % 2}") for at in range(4)]
    found = nominate([*people, Nominee("Boss", manager=True)], rule)
    assert (found.enough, found.managers_short, found.one_place) == (True, 0, False)
    assert "pay" not in " ".join(one.text for one in rule.criteria).split()
