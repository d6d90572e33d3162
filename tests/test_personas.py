"""Personas: built whole or not at all, each field evidence or assumption, nothing that judges people."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import learnerfirst as lf
from learnerfirst.content import check, persona_fields, persona_templates
from learnerfirst.errors import ContentError, InvalidPersona
from learnerfirst.personas import Detail, Field, Level, Persona, free_id, persona_from, refusal_of

DEMOGRAPHIC = {
    *(
        "age_band",
        "department",
        "location",
        "role",
        "tenure",
        "language",
        "time_zone",
        "work_setting",
        "shift",
    ),
}
PSYCHOMETRIC = {
    *("goals", "motivations", "interests", "reasons", "preferred_method", "device", "time_available"),
    *("frustrations", "accessibility_needs"),
}


def test_every_field_of_a_persona_is_there_in_its_group() -> None:
    groups = {
        group: {field.id for field in persona_fields() if field.group == group}
        for group in ("demographic", "psychometric")
    }
    assert groups["demographic"] == DEMOGRAPHIC
    assert groups["psychometric"] >= PSYCHOMETRIC


def test_all_faults_come_at_once() -> None:
    mapping = {
        "id": "No Id",
        "name": "  ",
        "size": 0,
        "retired": "no",
        "colour": "red",
        "details": {
            "device": {"value": ["fax"], "tag": "evidence"},
            "shift": {"value": "nights", "tag": "guess"},
            "goals": {"value": "meet_targets", "shares": {"meet_targets": 1.2}},
            "age_band": {"value": True},
            "Lerntyp": {"value": "visuell"},
        },
    }
    with pytest.raises(InvalidPersona) as caught:
        persona_from(mapping, persona_fields(), "p.")
    where = [fault.where.removeprefix("p.") for fault in caught.value.faults]
    assert sorted(where) == [
        "colour",
        "details.Lerntyp",
        "details.age_band",
        "details.device",
        "details.device.source",
        "details.goals",
        "details.goals.shares.meet_targets",
        "details.shift.tag",
        "id",
        "name",
        "retired",
        "size",
    ]


@pytest.mark.parametrize(
    ("details", "where"),
    [
        ({"device": {"value": ["fax"]}}, "details.device"),
        ({"device": {"value": "tablet"}}, "details.device"),
        ({"shift": {"value": ["nights"]}}, "details.shift"),
        ({"age_band": {"value": 34}}, "details.age_band"),
        ({"goals": {"value": ["own goal"]}}, None),
        ({"department": {"value": "NA"}}, None),
        ({"free_name": {"value": 3}}, None),
        ({"age_band": {"value": "age_25_34"}}, None),
    ],
)
def test_values_fit_the_kind_and_levels_of_their_field(details: Mapping[str, Any], where: str | None) -> None:
    mapping = {"id": "a", "name": "A", "details": details}
    if where is None:
        assert persona_from(mapping, persona_fields()).as_dict()["details"]
        return
    with pytest.raises(InvalidPersona) as caught:
        persona_from(mapping, persona_fields())
    assert [fault.where for fault in caught.value.faults] == [where]


def test_what_has_no_source_is_an_assumption_and_the_other_way_round() -> None:
    with pytest.raises(InvalidPersona, match="no source is an assumption"):
        Persona("a", "A", {"shift": Detail("nights", "evidence")})
    with pytest.raises(InvalidPersona, match="has a source is evidence"):
        Persona("a", "A", {"shift": Detail("nights", "assumption", "survey")})


def test_the_evidence_score_counts_filled_fields_only() -> None:
    details = {
        "shift": Detail("nights", "evidence", "survey"),
        "device": Detail(()),
        "role": Detail("  ", "evidence", "data"),
        "goals": Detail(("x",)),
    }
    assert Persona("a", "A", details).evidence == (1, 2)
    assert Persona("a", "A").evidence == (0, 0)


def test_nothing_changes_a_persona_from_outside() -> None:
    details = {"shift": Detail("nights", shares={"nights": 1})}
    persona = Persona("a", "A", details)
    details["role"] = Detail("x")
    assert list(persona.details) == ["shift"]
    with pytest.raises(TypeError):
        persona.details["role"] = Detail("x")  # type: ignore[index]
    assert pickle.loads(pickle.dumps(persona)) == copy.deepcopy(persona) == persona
    assert len({persona, copy.copy(persona)}) == 1


def test_who_it_was_built_from_is_neither_shown_nor_given_on() -> None:
    persona = Persona("a", "A", members=frozenset({"learner-4711"}))
    assert "4711" not in repr(persona) + repr(persona.as_dict())
    assert persona_from(persona.as_dict()).members == frozenset()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *[
            (name, "learning_style")
            for name in ("learning_style", "Learning styles", "VARK", "Lernstil", "learnerType")
        ],
        *[(name, "pay") for name in ("Salary (gross)", "pay_grade", "annual bonus", "Gehalt 2025", "wage")],
        *[
            (name, "rating")
            for name in ("Performance rating", "last appraisal", "9-box", "Leistungsbeurteilung")
        ],
        *[
            (name, "health")
            for name in ("health", "Sick days 2025", "Disability", "Schwerbehinderung", "diagnosis")
        ],
        *[
            (name, "birth_date")
            for name in ("DOB", "birthDate", "Date of birth", "Geburtsdatum", "fecha de nacimiento")
        ],
        *[(name, "identity") for name in ("Name", "Last name", "E-Mail", "Vorname", "employee name")],
        *[
            (name, "pay")
            for name in (
                "Monatsgehalt (brutto)",
                "HR: Jahresgehalt",
                "Stundenlohn",
                "Entgeltgruppe",
                "Hourly rate",
            )
        ],
        *[
            (name, "rating")
            for name in ("Gesamtbewertung", "Zielerreichung", "Performance 2025", "Potential")
        ],
        *[(name, "health") for name in ("Fehltage", "Krankenstand", "Grad der Behinderung", "Allergien")],
        *[
            (name, "identity")
            for name in (
                *("Vor- und Nachname", "Name, Vorname", "Person: Name", "Name des Mitarbeiters", "Your name"),
                *(
                    "Manager name",
                    "Nom et prénom",
                    "Ihre E-Mail-Adresse",
                    "Telefonnummer",
                    "Privatanschrift",
                    "IBAN",
                ),
            )
        ],
        ("Geb.-Datum", "birth_date"),
    ],
)
def test_fields_that_judge_or_name_people_are_refused_with_a_way_out(name: str, kind: str) -> None:
    refusal = refusal_of(name)
    assert refusal is not None
    assert refusal.kind == kind


def test_learning_styles_are_refused_with_the_research() -> None:
    with pytest.raises(InvalidPersona, match=r"Pashler.*2008.*preferred_method"):
        Persona("a", "A", {"learning style": Detail("visual")})


@pytest.mark.parametrize(
    "name",
    [
        *(
            "age",
            "department",
            "payroll team",
            "health and safety course",
            "team name",
            "Occupational health & safety",
        ),
        *(
            "style of the house",
            "operating system",
            "paper",
            "display",
            "preferred_method",
            "accessibility_needs",
        ),
        *(
            "Belohnung",
            "Was lohnt sich?",
            "Gesundheit und Sicherheit",
            "Arbeit: Name des Standorts",
            "Department name",
            "How shall we reach you? [E-Mail]",
            "Bewertung der Schulung",
        ),
    ],
)
def test_fields_that_only_sound_like_it_are_taken(name: str) -> None:
    assert refusal_of(name) is None


def test_no_field_of_ours_is_refused() -> None:
    assert [field.id for field in persona_fields() if refusal_of(field.id) or refusal_of(field.name)] == []


def test_a_value_is_told_in_words() -> None:
    field = Field("time", "Time", "psychometric", "number", unit="min")
    several = Field("device", "Device", "psychometric", "several", (Level("tablet", "a tablet"),))
    assert field.text_of(2.5) == "2.5 min"
    assert several.text_of(("tablet", "slate")) == "a tablet, slate"


def test_an_id_made_from_a_name_is_free_and_valid() -> None:
    taken: list[str] = []
    for name in ("Mira", "Mira", "42", "陳", "_", "x" * 200, "x" * 200):
        taken.append(free_id(name, taken))
        Persona(taken[-1], "A")
    assert len(set(taken)) == len(taken)


# Templates


def test_there_are_templates_from_different_kinds_of_work() -> None:
    found = lf.persona_templates()
    assert len(found) >= 8
    assert len({persona.value("role") for persona in found}) == len(found)
    assert {persona.value("work_setting") for persona in found} >= {
        "vehicle",
        "care",
        "desk",
        "floor",
        "home",
        "mixed",
    }


@pytest.mark.parametrize("persona", lf.persona_templates(), ids=lambda persona: persona.id)
def test_a_template_is_full_and_claims_no_evidence(persona: Persona) -> None:
    evidence, filled = persona.evidence
    assert evidence == 0
    assert filled >= 17
    assert persona.size is None
    assert len(lf.persona_implications(persona).unsaid) == 0


OWN = """
"id": "night_baker"
"language": "en"
"title": "Baker at night"
"name": "Otto"
"details":
  "shift": "nights"
  "device": ["paper"]
"""


def test_templates_of_ones_own_stand_beside_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "night_baker.yaml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("LEARNERFIRST_CONTENT_DIR", str(tmp_path))
    titles = [template.title for template in persona_templates()]
    assert "Baker at night" in titles
    assert "Sales on the road" in titles
    assert check(tmp_path).ok, check(tmp_path)


def test_faults_in_a_template_of_ones_own_are_named_with_file_key_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "personas").mkdir()
    bad = (
        OWN.replace('"nights"', '"midnight"').replace('["paper"]', '["paper", "fax"]')
        + '  "VARK": "visual"\n'
    )
    (tmp_path / "personas" / "night_baker.yaml").write_text(bad, encoding="utf-8")
    monkeypatch.setenv("LEARNERFIRST_CONTENT_DIR", str(tmp_path))
    found = str(check(tmp_path))
    for said in ("details.VARK (line 9)", "Pashler", "details.shift (line 7)", "details.device (line 8)"):
        assert said in found
    fixed = bad.replace('  "VARK": "visual"\n', "")
    (tmp_path / "personas" / "night_baker.yaml").write_text(fixed, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        persona_templates()
    assert [fault.where for fault in caught.value.faults] == [
        "night_baker.yaml: details.shift (line 7)",
        "night_baker.yaml: details.device (line 8)",
    ]
