"""From persona to training: what follows and why, blueprint, tools, order, habit, evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import learnerfirst as lf
from learnerfirst.content import check, persona_fields, personas_content
from learnerfirst.errors import ContentError, IncompleteAnswers, InvalidAnswers, InvalidInput
from learnerfirst.personas import (
    ASPECTS,
    Detail,
    Guide,
    Persona,
    Quote,
    Rule,
    Rules,
    Tool,
    blueprint_from,
    detour,
    draft_blueprint,
    habit_of,
    implications_of,
    needs_of,
    next_step,
    quotes_from,
    still_to_ask,
    told_by,
    tool_fits,
    tool_from,
    tool_named,
    with_quote,
    without_quote,
)
from learnerfirst.personas.order import STEPS

CONTENT = personas_content()
TEMPLATES = {persona.id: persona for persona in lf.persona_templates()}


def saying(**values: str | tuple[str, ...]) -> Persona:
    return Persona("p", "P", {field: Detail(value) for field, value in values.items()})


# What follows


def test_the_persona_on_the_road_gets_short_units_on_the_phone_for_her_targets_with_sports() -> None:
    found = lf.persona_implications(TEMPLATES["field_sales"])
    said = {item.aspect: " ".join(each.text for each in found.of(item.aspect)) for item in found}
    assert "Short units" in said["delivery"]
    assert "phone" in said["device"]
    assert "five minutes" in said["unit"]
    assert "meet the targets" in said["reason"]
    assert "sports" in said["theme"]
    assert set(said) == set(ASPECTS)


@pytest.mark.parametrize("persona", TEMPLATES.values(), ids=list(TEMPLATES))
def test_each_implication_names_a_filled_field_a_reason_and_whether_it_is_known(persona: Persona) -> None:
    for item in lf.persona_implications(persona):
        value = persona.value(item.field)
        assert value is not None
        assert set(item.values) <= set(value if isinstance(value, tuple) else (str(value),))
        assert item.because
        assert "{" not in item.text + item.because
        assert item.tag == persona.details[item.field].tag


def test_every_level_that_a_design_depends_on_has_a_rule() -> None:
    for name in (
        "preferred_method",
        "device",
        "accessibility_needs",
        "time_at_a_stretch",
        "time_available",
        "shift",
        "frustrations",
        "reasons",
    ):
        (field,) = [field for field in persona_fields() if field.id == name]
        for level in field.level_ids:
            value = (level,) if field.kind == "several" else level
            assert len(lf.persona_implications(saying(**{name: value}))) > 0, (name, level)


def test_no_rule_rests_on_a_field_that_does_not_exist() -> None:
    known = {field.id for field in persona_fields()}
    assert {rule.field for rule in CONTENT.rules.rules} <= known


def test_conflicts_are_shown_with_both_sides_and_what_to_do() -> None:
    (conflict,) = lf.persona_implications(
        saying(preferred_method=("audio",), accessibility_needs=("no_sound",))
    ).conflicts
    assert (conflict.about, conflict.first.rule, conflict.second.rule) == ("sound", "audio", "silent")
    assert "ask whom each is true for" in conflict.text


def test_everything_that_can_conflict_is_explained() -> None:
    rules = CONTENT.rules
    ruled_out = {about for rule in rules.rules for about in rule.rules_out}
    assert ruled_out <= set(rules.tensions)
    assert ruled_out <= {about for rule in rules.rules for about in rule.makes}


def test_what_nothing_is_known_about_says_which_fields_would_tell() -> None:
    found = lf.persona_implications(saying(shift="nights"))
    assert set(found.unsaid) == set(ASPECTS) - {"timing", "channel"}
    assert "device" in found.unsaid["device"]


def test_own_words_in_an_open_field_count_where_a_rule_takes_anything() -> None:
    found = lf.persona_implications(saying(interests=("chess", "sports")))
    assert [item.text for item in found] == [
        "Examples, comparisons and pictures from the world of chess and sports"
    ]


def test_braces_that_people_type_stay_as_they_are() -> None:
    rule = Rule("r", "theme", "role", "Cases: {value}", "{value}")
    (item,) = implications_of(saying(role="{value} {0}"), Rules((rule,)), ())
    assert item.text == "Cases: {value} {0}"


OWN_RULES = """
"id": "implications"
"language": "en"
"rules":
  - "id": "shop_floor_radio"
    "aspect": "channel"
    "field": "radio"
    "says": "Tell of it on the radio"
    "because": "they have one"
  - "id": "video"
    "aspect": "delivery"
    "field": "preferred_method"
    "any": ["video"]
    "says": "Our own films"
    "because": "they would choose {value}"
"""


def test_rules_of_ones_own_are_added_to_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "implications.yaml").write_text(OWN_RULES, encoding="utf-8")
    monkeypatch.setenv("LEARNERFIRST_CONTENT_DIR", str(tmp_path))
    found = lf.persona_implications(saying(radio="on", preferred_method=("video",), device=("paper",)))
    assert {item.rule for item in found} == {"shop_floor_radio", "video", "paper"}
    assert "Our own films" in {item.text for item in found}
    assert check(tmp_path).ok, check(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"field": "radio"', '"field": "learning style"', "Pashler"),
        ('"any": ["video"]', '"any": ["vidio"]', "one of: short_units"),
        ('"aspect": "channel"', '"aspect": "colour"', "one of: delivery"),
        ('"id": "video"', '"id": "shop_floor_radio"', "each rule once"),
        ('"because": "they have one"', '"because": "x"\n    "needs": ["wings"]', "one of: phone"),
    ],
)
def test_a_bad_rule_of_ones_own_is_refused_by_name(
    old: str, new: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "implications.yaml").write_text(OWN_RULES.replace(old, new), encoding="utf-8")
    monkeypatch.setenv("LEARNERFIRST_CONTENT_DIR", str(tmp_path))
    assert not check(tmp_path).ok
    with pytest.raises(ContentError, match=said):
        lf.persona_implications(saying(radio="on"))


# Tools


def test_tools_say_whom_they_leave_out_and_why() -> None:
    tom = replace(TEMPLATES["plant_operator"], size=40)
    jana = replace(TEMPLATES["team_lead"], size=9)
    pairs = [(persona, lf.persona_implications(persona)) for persona in (tom, jana)]
    fits = tool_fits(CONTENT.tools, pairs)
    course = next(fit for fit in fits if fit.tool.id == "course_platform")
    assert [row.name for row in course.left_out] == ["Tom"]
    assert course.people_left_out == 40
    assert {"no_login", "no_desk"} <= {need.requirement for need in course.left_out[0].missing}
    assert all(need.because and need.field for row in course.rows for need in row.missing)
    assert [len(fit.left_out) for fit in fits] == sorted(len(fit.left_out) for fit in fits)
    assert fits[0].left_out == ()


@pytest.mark.parametrize(
    ("meets", "left_out"), [("phone", False), ("computer", False), ("no_screen", False), ("captions", True)]
)
def test_who_has_two_devices_is_reached_on_either_and_by_what_needs_none(meets: str, left_out: bool) -> None:
    both = saying(device=("laptop", "work_phone"))
    (fit,) = tool_fits([Tool("t", "T", frozenset({meets}))], [(both, lf.persona_implications(both))])
    assert bool(fit.left_out) is left_out


def test_no_template_is_out_of_reach_of_every_kind_of_tool() -> None:
    pairs = [(persona, lf.persona_implications(persona)) for persona in TEMPLATES.values()]
    reached = {row.persona for fit in tool_fits(CONTENT.tools, pairs) for row in fit.rows if not row.left_out}
    assert reached == set(TEMPLATES)


def test_what_nobody_looked_into_leaves_nobody_out_yet() -> None:
    tom = TEMPLATES["plant_operator"]
    follows = lf.persona_implications(tom)
    musts = frozenset(need.requirement for need in needs_of(follows) if need.must)
    (unknown,) = tool_fits([Tool("t", "T", unclear=musts)], [(tom, follows)])
    (perfect,) = tool_fits([Tool("t", "T", meets=musts)], [(tom, follows)])
    assert (unknown.left_out, len(unknown.rows[0].unclear)) == ((), len(musts))
    assert (perfect.left_out, perfect.rows[0].unclear) == ((), ())


def test_a_requirement_is_asked_once_and_a_must_beats_a_wish() -> None:
    needs = needs_of(lf.persona_implications(TEMPLATES["service_technician"]))
    assert len({need.requirement for need in needs}) == len(needs)
    assert [need.must for need in needs] == sorted((need.must for need in needs), reverse=True)


def test_a_tool_comes_back_from_what_was_kept_of_it() -> None:
    for tool in CONTENT.tools:
        assert tool_from(tool.as_dict(), CONTENT.requirements) == tool
    with pytest.raises(InvalidInput) as caught:
        tool_from({"id": "", "name": 3, "meets": ["wings"]}, CONTENT.requirements)
    assert [fault.where for fault in caught.value.faults] == ["id", "name", "meets"]


# Blueprint


def test_a_blueprint_is_dated_before_during_and_after_and_each_part_has_its_reason() -> None:
    persona = TEMPLATES["plant_operator"]
    start = date(2026, 12, 31)
    drafted = draft_blueprint(
        persona,
        lf.persona_implications(persona),
        CONTENT.blueprint,
        start,
        "Half the scrap",
        "Sets the gap alone",
    )
    assert [step.on for step in drafted.pathway] == sorted(step.on for step in drafted.pathway)
    assert {step.phase for step in drafted.pathway} == {"before", "during", "after"}
    assert all((step.on < start) == (step.phase == "before") for step in drafted.pathway)
    assert all(step.because for step in drafted.pathway)
    assert all(line.because for line in (*drafted.structure, *drafted.content))
    assert list(drafted.blockers()) == []
    assert drafted.structure[0].text == "Units of 15 minutes, at most 3 in a month"
    assert any("colleague shows" in step.title for step in drafted.pathway)
    assert blueprint_from(drafted.as_dict()) == drafted


@pytest.mark.parametrize("persona", TEMPLATES.values(), ids=list(TEMPLATES))
def test_every_template_leads_to_a_whole_blueprint(persona: Persona) -> None:
    drafted = draft_blueprint(
        persona, lf.persona_implications(persona), CONTENT.blueprint, date(2027, 1, 11), "a", "b"
    )
    assert list(drafted.blockers()) == []
    places = {step.place for step in CONTENT.blueprint.steps}
    assert len(places) - 1 <= len(drafted.pathway) <= len(places)


def test_an_empty_blueprint_says_what_is_missing_in_the_learner_first_order() -> None:
    nobody = Persona("p", "P")
    drafted = draft_blueprint(nobody, lf.persona_implications(nobody), CONTENT.blueprint, date(2027, 1, 11))
    assert [sentence.split()[0] for sentence in drafted.blockers()] == [
        "Write",
        "Write",
        "The",
        "Nothing",
        "Nothing",
    ]


def test_a_blueprint_that_cannot_be_used_names_all_faults() -> None:
    with pytest.raises(InvalidInput) as caught:
        blueprint_from(
            {
                "persona": 3,
                "start": "soon",
                "pathway": [{"phase": "x", "on": "2026-13-01"}, 4],
                "content": "x",
                "requirements": [{"must": 1}],
            }
        )
    assert len(caught.value.faults) == 7
    with pytest.raises(InvalidInput, match="1900"):
        draft_blueprint(
            Persona("p", "P"), lf.persona_implications(Persona("p", "P")), CONTENT.blueprint, date.max
        )


# The order and its guard


def test_the_order_goes_from_learners_to_content() -> None:
    assert tuple(step.id for step in CONTENT.order.steps) == STEPS
    done: set[str] = set()
    while (step := next_step(done, CONTENT.order)) is not None:
        done.add(step.id)
    assert done == set(STEPS)


@pytest.mark.parametrize(
    "text",
    [
        "We need a new LMS",
        "roll out moodle by May",
        "Webinars? No: a webinar!",
        "Make an app.",
        "(e-learning)",
    ],
)
def test_a_tool_before_a_persona_is_a_detour_with_the_step_that_comes_first(text: str) -> None:
    found = detour(text, set(), CONTENT.order)
    assert found is not None
    assert found.tool in text
    assert found.tool in found.why
    assert found.first.id == "learners"
    assert found.first.name in found.instead
    after_learners = detour(text, {"learners"}, CONTENT.order)
    assert after_learners is not None
    assert after_learners.first.id == "personas"


@pytest.mark.parametrize(
    "text",
    [
        "Fewer complaints by May",
        "The sales team knows the new range",
        "Apply it at work",
        "",
        "Happier customers",
    ],
)
def test_a_goal_is_no_detour(text: str) -> None:
    assert tool_named(text, CONTENT.order) == ""
    assert detour(text, set(), CONTENT.order) is None


def test_a_tool_after_a_persona_is_no_detour() -> None:
    assert detour("We need a new LMS", {"learners", "personas"}, CONTENT.order) is None


# Tool-first or learner-first


def counts(good: int) -> dict[str, int]:
    """Six facts with ``good`` of five trainings learner-first on each."""
    return {fact.id: good if fact.towards == "learner" else 5 - good for fact in CONTENT.facts}


@pytest.mark.parametrize(
    ("good", "place"),
    [
        (0, "tool_first"),
        (1, "tool_first"),
        (2, "more_tool"),
        (3, "between"),
        (4, "more_learner"),
        (5, "learner_first"),
    ],
)
def test_the_habit_goes_from_tool_to_learner(good: int, place: str) -> None:
    habit = habit_of(counts(good), CONTENT.facts)
    assert (habit.position, habit.low, habit.high, habit.place) == (good / 5, good / 5, good / 5, place)
    assert len(habit.reasons) == 6
    assert all(reason.text for reason in habit.reasons)
    assert CONTENT.places[place]


def test_a_habit_needs_four_facts_and_counts_up_to_five() -> None:
    ids = [fact.id for fact in CONTENT.facts]
    assert habit_of(dict.fromkeys(ids[:4], 2), CONTENT.facts).reasons
    with pytest.raises(IncompleteAnswers) as caught:
        habit_of(dict.fromkeys(ids[:3], 2), CONTENT.facts)
    assert caught.value.missing == tuple(ids[3:])
    with pytest.raises(InvalidAnswers) as wrong:
        habit_of({ids[0]: 6, ids[1]: -1, "other": 1, ids[2]: True}, CONTENT.facts)
    assert len(wrong.value.faults) == 4


# Evidence


def test_the_guide_asks_about_every_field_that_a_design_rests_on() -> None:
    asked = {field for ask in CONTENT.guide.questions for field in ask.fields}
    assert asked <= {field.id for field in persona_fields()}
    assert asked >= {
        "goals",
        "motivations",
        "interests",
        "reasons",
        "preferred_method",
        "device",
        "time_available",
        "frustrations",
        "accessibility_needs",
    }


def test_quotes_collect_as_evidence_and_go_again() -> None:
    start = saying(device=("laptop",))
    first, second = Quote("device", "only my phone", 1), Quote("device", "the terminal\nby the door", 4)
    one = with_quote(start, first, ("own_phone",))
    two = with_quote(one, second, ("own_phone", "shared_terminal"))
    assert two.evidence == (1, 1)
    assert two.details["device"].note == "“only my phone” (learner 1)\n“the terminal by the door” (learner 4)"
    assert with_quote(two, second).details["device"].note == two.details["device"].note
    assert without_quote(two, first).evidence == (1, 1)
    none = without_quote(without_quote(two, first), second)
    assert none.evidence == (0, 1)
    assert none.details["device"].note == ""
    assert start.evidence == (0, 1)


def test_a_quote_beside_a_survey_leaves_its_source_unless_it_says_otherwise() -> None:
    surveyed = Persona("p", "P", {"shift": Detail("nights", "evidence", "survey", shares={"nights": 0.8})})
    kept = with_quote(surveyed, Quote("shift", "always nights")).details["shift"]
    assert (kept.source, dict(kept.shares)) == ("survey", {"nights": 0.8})
    changed = with_quote(surveyed, Quote("shift", "no, by day"), "office_hours").details["shift"]
    assert (changed.source, dict(changed.shares)) == ("interview", {})
    again = without_quote(
        with_quote(surveyed, Quote("shift", "always nights")), Quote("shift", "always nights")
    )
    assert again == surveyed


def test_a_quote_needs_words_a_number_and_a_value_to_stand_for() -> None:
    with pytest.raises(InvalidInput) as caught:
        with_quote(saying(), Quote("device", " ", 0, "rumour"))
    assert len(caught.value.faults) == 4
    with pytest.raises(InvalidInput) as listed:
        quotes_from([{"field": "", "words": "x"}, 3, {"field": "a", "words": "b", "learner": "Ann"}])
    assert [fault.where.partition(":")[0] for fault in listed.value.faults] == [
        "quote 1",
        "quote 2",
        "quote 2",
        "quote 3",
    ]


def test_a_log_of_quotes_comes_back_and_is_counted_by_learner() -> None:
    log = (Quote("device", "a", 1), Quote("device", "b", 1), Quote("device", "c", 3, "quote"))
    assert quotes_from([quote.as_dict() for quote in log]) == log
    assert told_by(log, "device") == 2


def test_the_guide_goes_on_with_what_is_still_assumed() -> None:
    guide: Guide = CONTENT.guide
    assert still_to_ask(Persona("p", "P"), guide) == guide.questions
    known = {field: Detail("x", "evidence", "survey") for ask in guide.questions for field in ask.fields}
    assert still_to_ask(Persona("p", "P", known), guide) == ()
