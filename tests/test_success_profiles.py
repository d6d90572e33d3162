"""Success profiles: what is refused, what ratings settle, what sheets ask, what answers say, how versions follow."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnerfirst.content import questionnaire_from, texts
from learnerfirst.errors import InvalidInput
from learnerfirst.exchange.competencies import alike
from learnerfirst.success_profiles import (
    Competency,
    Criterion,
    NominationRule,
    Nominee,
    Proposal,
    Rating,
    Scale,
    SuccessProfile,
    as_dict,
    difference,
    feedback,
    levels_from,
    make_id,
    merged,
    near_duplicates,
    new_proposals,
    next_version,
    nominate,
    profile_from,
    profile_of,
    proposals_from,
    proposals_of,
    proposed_changes,
    rated,
    rating_sheet,
    ratings_from,
    relevance_from,
    relevance_of_levels,
    relevance_sheet,
    self_assessment_sheet,
    settle,
    spread,
)

DAY = date(2026, 11, 22)
WORDS = texts("success_profiles")
SIX = tuple(f"What one sees at {level}." for level in range(6))


def competency(key: str, required: float = 3, importance: float = 4, **more: Any) -> Competency:
    return Competency(key, key.capitalize(), required=required, importance=importance, **more)


def profile(*keys: str, **more: Any) -> SuccessProfile:
    named = {"built_by": ("high_performers", "manager"), "built_on": DAY, **more}
    return SuccessProfile("Advisor", tuple(competency(key) for key in keys), **named)


# --- what a profile is ---


def test_every_fault_of_a_profile_is_told_at_once() -> None:
    broken = (
        Competency("Bad Id", " ", required=6, importance=0.5, levels=("one",)),
        competency("a", goal="x" * 301),
        competency("a"),
    )
    with pytest.raises(InvalidInput) as caught:
        SuccessProfile(" ", broken, Scale(0, 5), 0, ("hr",), "today", None)  # type: ignore[arg-type]
    where = [fault.where for fault in caught.value.faults]
    assert where == [
        *("role", "version", "built_on", "source", "built_by"),
        *("competencies[0].id", "competencies[0].name", "competencies[0].levels"),
        *("competencies[0].required", "competencies[0].importance"),
        *("competencies[1].goal", "competencies[2].id"),
    ]
    assert "12 faults" in str(caught.value)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 5.0001, -0.1, True, "3", None, 10**400])
def test_a_required_level_is_a_number_on_the_scale(number: object) -> None:
    with pytest.raises(InvalidInput, match=r"competencies\[0\].required"):
        SuccessProfile("Advisor", (Competency("a", "A", required=number, importance=3),))  # type: ignore[arg-type]


@pytest.mark.parametrize(("low", "high"), [(0, 5), (1, 5), (0, 7), (0, 10), (0, 1)])
def test_own_scales_are_allowed(low: int, high: int) -> None:
    made = SuccessProfile("Advisor", (competency("a", required=high),), Scale(low, high))
    assert made.scale.points[0] == low
    assert made.scale.points[-1] == high


@pytest.mark.parametrize(
    "scale", [Scale(5, 0), Scale(0, 11), Scale(-1, 4), Scale(0.5, 5), Scale(0, 5, ("a",))]
)
def test_a_scale_that_is_none_is_refused(scale: Scale) -> None:
    with pytest.raises(InvalidInput, match="scale"):
        SuccessProfile("Advisor", (competency("a", required=1),), scale)


def test_without_high_performers_a_profile_is_a_draft() -> None:
    assert not profile("a").draft
    for built_by in ((), ("manager",), ("library",), ("import", "manager")):
        assert profile("a", built_by=built_by).draft


@pytest.mark.parametrize(
    ("built", "due"),
    [
        (date(2026, 5, 22), date(2026, 11, 22)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
    ],
)
def test_a_profile_is_due_after_six_months_and_not_a_day_before(built: date, due: date) -> None:
    made = profile("a", built_on=built)
    assert made.due_on == due
    assert made.due(due)
    assert not made.due(due - timedelta(days=1))
    assert not profile("a", built_on=None).due(due)


def test_more_than_25_competencies_are_too_many_for_one_sitting() -> None:
    assert not profile(*(f"c{at}" for at in range(25))).too_many
    assert profile(*(f"c{at}" for at in range(26))).too_many


texts_of = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(
    st.lists(
        st.tuples(
            texts_of.filter(str.strip), texts_of, st.floats(0, 5), st.floats(1, 5), texts_of, st.booleans()
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(1, 99),
    st.one_of(st.none(), st.dates()),
)
def test_a_profile_comes_back_from_json_as_it_was(
    rows: list[tuple[str, str, float, float, str, bool]], version: int, day: date | None
) -> None:
    made: list[Competency] = []
    for name, text, required, importance, goal, levels in rows:
        key = make_id(name, {one.id for one in made})
        made.append(
            Competency(key, name, text, SIX if levels else (), required, importance, goal, text, len(made))
        )
    whole = SuccessProfile("Advisor", tuple(made), Scale(), version, ("manager",), day, "Ours")
    assert profile_from(json.loads(json.dumps(as_dict(whole)))) == whole


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(
                    ["role", "competencies", "scale", "id", "name", "levels", "low", "high", "required", "x"]
                ),
                inner,
                max_size=6,
            ),
        ),
    )
)
def test_values_that_are_no_profile_are_refused_by_our_own_error(values: object) -> None:
    with contextlib.suppress(InvalidInput):
        assert isinstance(profile_from(values), SuccessProfile)


@given(st.lists(st.text(max_size=40), max_size=20))
def test_ids_made_of_names_are_valid_and_each_of_its_own(names: list[str]) -> None:
    used: set[str] = set()
    for name in names:
        key = make_id(name, used)
        assert key not in used
        used.add(key)
    if used:
        SuccessProfile("Advisor", tuple(competency(key) for key in used))


def test_a_profile_moves_onto_another_scale_in_proportion() -> None:
    made = SuccessProfile("Advisor", (competency("a", required=7), competency("b", required=0)), Scale(0, 7))
    moved = made.rescaled(Scale(1, 5))
    assert [one.required for one in moved.competencies] == [5, 1]


def test_goals_are_carried_and_unknown_ones_refused() -> None:
    made = profile("a", "b").with_goals({"a": "Fewer complaints"})
    assert made.by_id["a"].goal == "Fewer complaints"
    later = next_version(made, built_on=DAY, changed=[competency("a", required=5)])
    assert later.by_id["a"].goal == "Fewer complaints"
    with pytest.raises(InvalidInput, match="one of: a, b"):
        made.with_goals({"c": "x"})


# --- building ---


def test_medians_spread_and_agreement_by_hand() -> None:
    # 2, 4, 5: variance 7/3, chance (25 - 1) / 12 = 2, so r_wg = 1 - 7/6 < 0 = 0
    found = spread([2, 4, 5], 1, 5)
    assert (found.median, found.low, found.high, found.agreement, found.r_wg) == (4, 2, 5, "split", None)
    assert spread([2, 4, 4, 5], 1, 5).median == 4
    assert spread([3], 1, 5).agreement is None
    assert spread([], 1, 5).n == 0


def test_agreement_is_a_number_from_ten_people_on() -> None:
    # nine 4 and one 5: variance 0.1, chance 2, r_wg 0.95
    ten = spread([4] * 9 + [5], 1, 5)
    assert ten.r_wg == pytest.approx(0.95)
    assert ten.agreement == "close"
    assert spread([4] * 8 + [5], 1, 5).r_wg is None


def test_ratings_settle_into_medians_unless_the_room_says_otherwise() -> None:
    proposals = new_proposals(["Listens", "Sells", "Types"])
    sheets = [
        {"listens": Rating(5, 3), "sells": Rating(3, 2), "types": Rating(needed=False)},
        {"listens": Rating(4, 4), "sells": Rating(4, 3), "types": Rating(needed=False)},
        {"listens": Rating(4, 5), "sells": Rating(None, 3), "types": Rating(2, 1)},
    ]
    found = rated(proposals, sheets)
    assert [(one.importance.median, one.required.median) for one in found] == [(4, 4), (3.5, 3), (2, 1)]
    assert found[2].talk
    assert (found[2].not_needed, found[2].asked) == (2, 3)
    made = settle(
        "Advisor",
        found,
        built_by=("high_performers",),
        built_on=DAY,
        said={"sells": Rating(required=2), "types": Rating(needed=False)},
    )
    assert made.frame() == [
        {"role": "Advisor", "competency": "listens", "required": 4, "importance": 4},
        {"role": "Advisor", "competency": "sells", "required": 2, "importance": 3.5},
    ]


def test_what_nobody_rated_is_not_settled_silently() -> None:
    found = rated(new_proposals(["Listens", "Sells"]), [{"listens": Rating(5, 3)}])
    with pytest.raises(InvalidInput, match="sells: found no importance"):
        settle("Advisor", found, built_by=("manager",), built_on=DAY)


def test_ratings_outside_the_scale_are_refused_all_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        rated(new_proposals(["Listens"]), [{"listens": Rating(6, 3)}, {"listens": Rating(1, 9)}])
    assert [fault.where for fault in caught.value.faults] == [
        "sheets[0].listens.importance",
        "sheets[1].listens.required",
    ]


def test_near_duplicates_are_only_suggested_and_merged_on_word() -> None:
    proposals = new_proposals(["Listening actively", "Active listening", "Keeps records"])
    pairs = near_duplicates(proposals, alike)
    assert [(pair.one, pair.other) for pair in pairs] == [("listening_actively", "active_listening")]
    assert len(proposals) == 3
    into = {"active_listening": "listening_actively"}
    kept = merged(proposals, into)
    assert [one.id for one in kept] == ["listening_actively", "keeps_records"]
    assert kept[0].labels == ("Active listening",)
    sheets = [
        {"listening_actively": Rating(5, 3), "active_listening": Rating(3, 4)},
        {"active_listening": Rating(2, 2)},
    ]
    found = rated(kept, sheets, into=into)[0]
    assert found.importance.n == 2  # who rated both counts once
    assert found.importance.median == 3  # the middle of 4 and 2


@pytest.mark.parametrize("into", [{"a": "x"}, {"x": "a"}, {"a": "b", "b": "c"}, {"a": "a"}])
def test_a_merge_that_goes_nowhere_is_refused(into: Mapping[str, str]) -> None:
    with pytest.raises(InvalidInput):
        merged(new_proposals(["A", "B", "C"]), into)


def test_a_profile_straight_from_proposals_asks_for_numbers_that_nobody_said() -> None:
    with pytest.raises(InvalidInput, match="let job holders rate it"):
        profile_of("Advisor", [Proposal("a", "A", required=3)])


# --- versions and feedback ---


def test_feedback_leads_to_proposals_and_only_accepted_ones_change_the_profile() -> None:
    made = profile("stock", "till", "fax")
    sheets = [
        {"fax": "no_longer", "till": "not_my_job"},
        {"fax": "no_longer"},
        {"fax": "matters", "stock": "matters"},
    ]
    heard = feedback(made, sheets, missing=[["Video calls"], [" video  CALLS", "Stock"], []])
    changes = proposed_changes(made, heard)
    assert [(one.kind, one.id, one.said, one.asked) for one in changes] == [
        ("drop", "fax", 2, 3),
        ("add", "video_calls", 2, 3),
    ]
    later = next_version(made, built_on=DAY, without=["fax"], added=[competency("video_calls")])
    assert (made.version, later.version, later.ids) == (1, 2, ("stock", "till", "video_calls"))
    found = difference(made, later)
    assert (found.added, found.dropped, found.reset, found.reworded) == (("video_calls",), ("fax",), (), ())


def test_a_missing_competency_never_takes_an_id_that_is_there() -> None:
    made = profile("stock")
    heard = feedback(made, [{}], missing=[["Stock"]])
    assert heard.missing[0][0].id == "stock_2"


def test_feedback_in_other_words_or_on_other_competencies_is_refused() -> None:
    with pytest.raises(InvalidInput, match="one of: matters"):
        feedback(profile("a"), [{"a": "meh"}])
    with pytest.raises(InvalidInput, match="one of: a"):
        feedback(profile("a"), [{"b": "matters"}])
    with pytest.raises(InvalidInput, match="next version"):
        next_version(profile("a"), built_on=DAY, without=["b"])
    with pytest.raises(InvalidInput, match="each competency once"):
        next_version(profile("a"), built_on=DAY, added=[competency("a")])


def test_what_is_not_part_of_the_job_in_self_assessments_is_feedback_too() -> None:
    made = profile("a", "b")
    found = levels_from({"level_a": "not_my_job", "level_b": "2"}, made)
    assert relevance_of_levels(found) == {"a": "not_my_job"}
    assert feedback(made, [relevance_of_levels(found)]).heard[0].not_mine == 1


# --- whom to ask ---


def test_nomination_takes_job_holders_who_meet_what_is_needed() -> None:
    rule = NominationRule(
        2, 3, 1, (Criterion("results", "r", "w"), Criterion("asked", "a", "w", needed=False))
    )
    people = [
        Nominee("Ann", frozenset({"results"}), "North"),
        Nominee("Bo", frozenset({"asked"}), "South"),
        Nominee("Cy", frozenset({"results", "asked"}), "North"),
        Nominee("Di", frozenset({"results"}), manager=True),
    ]
    found = nominate(people, rule)
    assert [one.name for one in found.asked] == ["Cy", "Ann"]
    assert [(one.name, lacks) for one, lacks in found.lacking] == [("Bo", ("results",))]
    assert (found.enough, found.managers_short, found.one_place) == (True, 0, True)
    alone = nominate(people[3:], rule)
    assert (alone.enough, alone.short, alone.one_place) == (False, 2, False)


# --- sheets ---


def big_profile(count: int, scale: Scale | None = None) -> SuccessProfile:
    made = tuple(
        Competency(f"c{at}", f"Competency {at} {{x}}", "Text", (), 1, 3, "", f"Group {at % 5}", at)
        for at in range(count)
    )
    return SuccessProfile("Advisor {y}", made, scale or Scale(), built_on=DAY)


@pytest.mark.parametrize("scale", [Scale(), Scale(0, 7), Scale(1, 4), Scale(0, 1), Scale(0, 10)])
def test_sheets_of_sixty_competencies_are_valid_questionnaires(scale: Scale) -> None:
    made = big_profile(60, scale)
    sheets = {
        "self": self_assessment_sheet(made, WORDS),
        "rating": rating_sheet(made.role, proposals_of(made), WORDS, scale),
        "relevance": relevance_sheet(made, WORDS),
    }
    found = {name: questionnaire_from(body, name) for name, body in sheets.items()}
    assert [len(quiz.questions) for quiz in found.values()] == [60, 132, 63]
    for quiz in found.values():
        quiz.for_front_end()  # nothing that somebody typed reads as a placeholder
        assert quiz.extras["consent"]
        assert {question.section for question in quiz.questions} == {one.id for one in quiz.sections}
        on_screen = Counter(question.section for question in quiz.questions)
        assert max(count for key, count in on_screen.items() if key.startswith("group")) <= 8
    first = found["self"].questions[0]
    assert first.option_ids == (*(str(point) for point in scale.points), "not_assessed", "not_my_job")
    assert len({option.text for option in first.options}) == len(first.options)


def test_levels_are_asked_as_behaviours_and_sections_follow_groups() -> None:
    made = SuccessProfile(
        "Advisor",
        (
            competency("a", levels=SIX, group="Talking"),
            competency("b", group="Doing"),
            competency("c", group="Talking"),
        ),
    )
    quiz = questionnaire_from(self_assessment_sheet(made, WORDS), "self")
    assert [option.text for option in quiz.questions[0].options[:6]] == list(SIX)
    assert [section.title for section in quiz.sections] == ["Talking", "Doing"]
    assert [question.section for question in quiz.questions] == ["group_1", "group_2", "group_1"]


def test_a_long_group_is_split_into_screens_of_like_length() -> None:
    made = profile(*(f"c{at}" for at in range(13)))
    quiz = questionnaire_from(self_assessment_sheet(made, WORDS), "self")
    assert [section.title for section in quiz.sections] == [
        f"What the job needs, {part} of 3" for part in (1, 2, 3)
    ]
    assert list(Counter(question.section for question in quiz.questions).values()) == [4, 4, 5]


def test_the_consent_of_a_self_assessment_names_the_threshold_and_what_it_is_apart_from() -> None:
    consent = str(self_assessment_sheet(profile("a"), WORDS, threshold=7)["consent"])
    assert "7 people" in consent
    assert "pay" in consent
    assert len(consent.split()) <= 80


def test_too_many_questions_for_a_sheet_are_refused_in_words() -> None:
    made = big_profile(100)
    with pytest.raises(InvalidInput, match="ask about fewer"):
        rating_sheet(made.role, proposals_of(made), WORDS)


# --- answers ---


def test_blank_is_not_assessed_and_never_zero() -> None:
    made = profile("a", "b", "c", "d")
    quiz = questionnaire_from(self_assessment_sheet(made, WORDS), "self")
    answers = quiz.validate({"level_a": "0", "level_b": "not_assessed", "level_c": "not_my_job"})
    found = levels_from(answers, made)
    assert dict(found.levels) == {"a": 0.0, "b": None, "c": None, "d": None}
    assert dict(found.assessed) == {"a": 0.0}
    assert found.not_my_job == ("c",)
    assert [(row["competency"], row["level"]) for row in found.rows("p1", "Advisor")] == [
        ("a", 0.0),
        ("b", None),
        ("d", None),
    ]


def test_answers_to_an_older_version_are_read_by_a_newer_one() -> None:
    newer = next_version(profile("a", "b"), built_on=DAY, without=["a"], added=[competency("c")])
    assert dict(levels_from({"level_a": "5", "level_b": "2"}, newer).levels) == {"b": 2.0, "c": None}


def test_a_level_beyond_the_scale_is_not_taken() -> None:
    assert levels_from({"level_a": "9"}, profile("a")).levels["a"] is None


def test_a_rating_sheet_comes_back_as_ratings_and_proposals() -> None:
    quiz = questionnaire_from(rating_sheet("Advisor", proposals_of(profile("a", "b")), WORDS), "rating")
    rating = {"imp_a": "5", "req_a": "3", "imp_b": "4", "req_b": "not_needed"}
    own = {
        "new_1_name": "Stays calm ",
        "new_1_good": "Nobody shouts.",
        "new_1_imp": "4",
        "new_1_req": "2",
    }
    first = quiz.validate({**rating, **own})
    second = quiz.validate({"req_a": "4", "new_2_name": "stays CALM", "new_3_name": "A"})
    assert ratings_from(first, ["a", "b"]) == {"a": Rating(5, 3), "b": Rating(needed=False)}
    assert ratings_from(second, ["a", "b"]) == {"a": Rating(None, 4)}
    proposals, ratings = proposals_from([first, second], taken=["a", "b"])
    assert [(one.id, one.name, one.description) for one in proposals] == [
        ("a_2", "A", ""),
        ("stays_calm", "Stays calm", "Nobody shouts."),
    ]
    assert ratings == ({"stays_calm": Rating(4, 2)}, {})


@given(st.permutations(range(4)))
def test_the_order_in_which_people_sent_shows_nowhere(order: list[int]) -> None:
    sheets = [{"new_1_name": name, "new_1_good": f"Text {name}"} for name in ("b", "A", "a", "C")]
    straight, _ = proposals_from(sheets)
    mixed, _ = proposals_from([sheets[at] for at in order])
    assert mixed == straight


def test_a_relevance_sheet_comes_back_as_words() -> None:
    made = profile("a", "b")
    quiz = questionnaire_from(relevance_sheet(made, WORDS), "relevance")
    answers = quiz.validate({"rel_a": "no_longer", "missing_1": " Video calls ", "missing_2": "  "})
    assert relevance_from(answers, made) == ({"a": "no_longer"}, ("Video calls",))
