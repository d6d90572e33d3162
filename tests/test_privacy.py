"""What may be shown of what people answered: thresholds, words, frozen releases, and attempts to get around them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnerfirst import content
from learnerfirst.errors import NotAllowed
from learnerfirst.privacy import (
    Asked,
    changed_since,
    count_word,
    distribution,
    percent,
    release,
    room_of,
    told_mean,
    told_position,
)
from learnerfirst.privacy.small_rooms import KINDS, alarm_of, all_facts, tell

START = date(2026, 11, 22)
SMALL = range(5, 10)


@pytest.fixture(scope="module")
def power():
    return content.learner_power_content()


@pytest.fixture(scope="module")
def texts():
    return content.texts("privacy")


def sheet(power, places, wanted=None):
    """One person's answers in the quick form: the same list of places (0-3), used in turn."""
    quiz = power.questionnaire.in_form("quick")
    answers = {}
    for number, question in enumerate(quiz.questions):
        answers[question.id] = {"today": question.option_ids[places[number % len(places)]]}
        if wanted is not None:
            answers[question.id]["wanted"] = question.option_ids[wanted[number % len(wanted)]]
    return answers


def asked(power, people, **more):
    answers = {f"person {name}": each for name, each in people.items()}
    members = {name: json.dumps(each, sort_keys=True) for name, each in answers.items()}
    room = room_of(answers.values(), power, gives_stage=more.pop("gives_stage", True))
    return Asked("BCDFG/quiz", members, START, whole=room, **more)


def group(power, n, places=(1, 2, 0, 3, 1)):
    return {
        number: sheet(power, [places[(number + k) % len(places)] for k in range(5)], [2, 3])
        for number in range(n)
    }


def show(power, texts, people, ledger=(), **more):
    return release(asked(power, people, **more), ledger, texts, salt="salt")


# -- how exact a number may be


@pytest.mark.parametrize("n", SMALL)
def test_every_word_for_a_count_covers_three_possible_counts_or_more(n: int) -> None:
    covered = defaultdict(set)
    for count in range(n + 1):
        covered[count_word(count, n)].add(count)
    assert all(len(counts) >= 3 for counts in covered.values())
    assert len(covered) == (3 if n >= 8 else 2)


def test_words_for_counts_stand_where_the_rules_put_them() -> None:
    assert [count_word(count, 5) for count in (2, 3)] == ["fewer_than_half", "half_or_more"]
    assert [count_word(count, 8) for count in (2, 3, 5, 6)] == ["few", "about_half", "about_half", "most"]
    for count, n in ((2, 4), (3, 10), (6, 5), (-1, 5)):
        with pytest.raises(ValueError):
            count_word(count, n)


@given(st.integers(10, 500), st.data())
def test_a_percentage_is_rounded_and_never_says_nobody_or_everybody(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    value, bound = percent(count, n)
    step = 10 if n < 20 else 5
    assert value % step == 0
    assert step <= value <= 100 - step
    exact = Fraction(100 * count, n)
    if bound == "about":
        assert abs(exact - value) <= Fraction(step, 2)
    else:
        assert (
            exact <= value + Fraction(step, 2) if bound == "at_most" else exact >= value - Fraction(step, 2)
        )


@given(st.integers(5, 60), st.floats(0, 3))
def test_a_position_is_told_within_half_a_step(n: int, value: float) -> None:
    told = told_position(value, n)
    end = told_position(0, n)
    assert (n * end, told_position(3, n)) == (pytest.approx(n * end), pytest.approx(3 - end))
    assert n * (end + (0.125 if n < 10 else 0.05 if n < 20 else 0.025)) > 3, (
        "beside who answered 3 all is open"
    )
    if end < told < 3 - end:
        assert abs(told - value) <= (0.125 if n < 10 else 0.05) + 1e-6
    if n < 10:
        assert told * 4 == int(told * 4)


@pytest.mark.parametrize("n", SMALL)
@pytest.mark.parametrize("items", [1, 2])
def test_a_dimension_of_a_small_room_is_told_so_that_three_sums_are_possible(n: int, items: int) -> None:
    covered = defaultdict(set)
    for total in range(3 * n * items + 1):
        covered[told_mean(total / (n * items), n)].add(total)
    assert all(len(sums) >= 3 for sums in covered.values())


@pytest.mark.parametrize("n", [*SMALL, 10, 13, 20])
@pytest.mark.parametrize("kind", KINDS)
def test_all_that_is_told_of_a_dimension_leaves_enough_open_for_outsiders_and_insiders(
    n: int, kind: str
) -> None:
    possible = defaultdict(set)
    for answers in combinations_with_replacement(range(4), n):
        possible[tell(n, all_facts(answers, kind), kind)].add(answers)
    for facts, sets in possible.items():
        assert len(sets) >= 3, facts
        if n < 10:
            assert len({sum(answers) for answers in sets}) >= 3, facts
        for own in range(4):
            beside = {answers for answers in sets if own in answers}
            assert not beside or len(beside) >= 3, (facts, own)


@pytest.mark.parametrize("n", [*SMALL, 12, 30])
def test_rooms_still_tell_agreement_and_alarms_where_they_may(n: int) -> None:
    told = [tell(n, all_facts(each, "gate"), "gate") for each in combinations_with_replacement(range(4), n)]
    assert sum(facts.agreement is not None for facts in told) > len(told) / 5
    assert sum(facts.alarm is not None for facts in told) > len(told) / 5


@pytest.mark.parametrize("n", SMALL)
def test_an_alarm_and_its_silence_each_cover_three_counts(n: int) -> None:
    loud = [low for low in range(n + 1) if alarm_of(low, n)]
    assert len(loud) >= 3
    assert n + 1 - len(loud) >= 3
    assert min(loud) * 3 >= n


@given(st.lists(st.integers(0, 12), min_size=2, max_size=6))
def test_a_distribution_has_only_bins_of_five_and_loses_nobody(counts: list[int]) -> None:
    bins = distribution(counts)
    if bins is None:
        return
    assert sum(counts) >= 10
    assert all(people >= 5 for _first, _last, people in bins)
    assert sum(people for *_places, people in bins) == sum(counts)
    assert [place for first, last, _n in bins for place in range(first, last + 1)] == list(range(len(counts)))


# -- the whole room


@pytest.mark.parametrize("n", [1, 4])
def test_fewer_than_five_are_never_shown_and_the_refusal_says_what_helps(power, texts, n: int) -> None:
    with pytest.raises(NotAllowed, match=r"Fewer than five complete answers.*five or more"):
        show(power, texts, group(power, n))


def test_incomplete_answers_do_not_count_towards_the_five(power, texts) -> None:
    people = group(power, 4) | {"half": {"trust_1": {"today": "e"}}}
    with pytest.raises(NotAllowed, match="Fewer than five complete answers"):
        show(power, texts, people)


@pytest.mark.parametrize("n", SMALL)
def test_a_small_room_shows_no_number_that_is_finer_than_the_rules(power, texts, n: int) -> None:
    body = show(power, texts, group(power, n)).body
    for name in ("today", "wanted"):
        for key in ("score", "low", "high"):
            assert (body[name][key] * 4) % 1 == 0
        assert body[name]["dimensions"] == {}
    for row in body["dimensions"]:
        assert row["r_wg"] is None
        assert row["low"] is None
        assert row["high"] is None
        assert row["today"] in (None, 0.5, 0.75, 1.5, 2.25, 2.5)
        assert row["wanted"] in (None, 0.5, 1.5, 2.5)
    assert body["n"] == n
    for line in body["audit"]:
        assert not any(character.isdigit() for character in line["words"].replace("90 seconds", ""))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_follows_in_a_small_room_depends_on_what_is_told_alone(
    power, texts, data: st.DataObject
) -> None:
    """Two rooms that are told the same facts get the same plan, talking points and readiness: nothing else leaks."""
    n = data.draw(st.integers(5, 9))
    places = st.lists(st.integers(0, 3), min_size=11, max_size=11)
    first = {number: sheet(power, data.draw(places), data.draw(places)) for number in range(n)}
    question = data.draw(st.sampled_from(power.questionnaire.in_form("quick").questions)).id
    second = {
        **first,
        0: {**first[0], question: {**first[0][question], "today": data.draw(st.sampled_from("ebfu"))}},
    }
    one, two = (show(power, texts, room).body for room in (first, second))
    facts = ("today", "wanted", "dimensions", "gate_alarms", "audit")
    if all(one[name] == two[name] for name in facts):
        assert one == two


def test_a_dimension_that_fewer_than_five_answered_is_hidden_with_a_reason(power, texts) -> None:
    people = group(power, 6)
    for number in range(2):
        del people[number]["places_1"]
    row = {row["id"]: row for row in show(power, texts, people).body["dimensions"]}["places"]
    assert row["today"] is None
    assert row["agreement"] is None
    assert "Fewer than five" in row["hidden"]


def test_what_is_wanted_is_hidden_until_five_said_so(power, texts) -> None:
    people = group(power, 9)
    for number in range(5):
        people[number] = {key: {"today": both["today"]} for key, both in people[number].items()}
    body = show(power, texts, people).body
    assert body["wanted"] is None
    assert body["plan"] == []
    assert "Fewer than five" in body["wanted_hidden"]["why"]
    assert [row["wanted"] for row in body["dimensions"]] == [None] * 9


def test_from_ten_people_on_numbers_are_rounded_and_agreement_is_a_number(power, texts) -> None:
    body = show(power, texts, group(power, 12)).body
    assert body["n_words"] == "12 people"
    assert body["today"]["score"] == round(body["today"]["score"], 1)
    assert any(row["r_wg"] is not None for row in body["dimensions"])
    assert all((row["today"] * 4) % 1 == 0 for row in body["dimensions"])
    assert all("%" in (row["low"] or "%") for row in body["dimensions"])


def test_no_release_names_a_person_an_answer_or_a_count_per_option(power, texts) -> None:
    for n in (5, 9, 12, 30):
        body = json.dumps(show(power, texts, group(power, n)).body)
        assert not re.search(r"person \d", body)
        assert not re.search(r"\b[a-z]+_[12]\b", body)  # ids of questions
        assert "share_low" not in body


def test_the_pulse_shows_dimensions_and_never_a_stage(power, texts) -> None:
    pulse = [question.id for question in power.questionnaire.in_form("pulse").questions]
    people = {
        name: {key: both for key, both in each.items() if key in pulse}
        for name, each in group(power, 6).items()
    }
    body = show(power, texts, people, gives_stage=False).body
    assert body["today"] is None
    assert 1 <= len(body["dimensions"]) <= 5
    assert all(row["today"] in (None, 0.5, 0.75, 1.5, 2.25, 2.5) for row in body["dimensions"])


# -- between two releases


def test_a_renewal_needs_five_changes_however_they_come_about(power, texts) -> None:
    before = group(power, 9)
    entry = show(power, texts, before).entry
    joined = {**before, "x": sheet(power, [3])}
    left = {name: each for name, each in before.items() if name != 0}
    corrected = {**before, 0: sheet(power, [0])}
    three_ways = {**left, **{name: sheet(power, [3]) for name in ("x", "y")}, 1: sheet(power, [0])}
    for people, changed in ((before, 0), (joined, 1), (left, 1), (corrected, 1), (three_ways, 4)):
        assert changed_since(entry, asked(power, people).members) == changed
        with pytest.raises(NotAllowed, match="five or more people"):
            show(power, texts, people, [entry])
    enough = {**three_ways, 2: sheet(power, [0])}
    assert show(power, texts, enough, [entry]).body["n"] == 10


def test_every_earlier_release_is_compared_not_only_the_last(power, texts) -> None:
    first = group(power, 9)
    second = first | {f"new {number}": sheet(power, [3]) for number in range(5)}
    entries = [show(power, texts, first).entry]
    entries.append(show(power, texts, second, entries).entry)
    with pytest.raises(NotAllowed):
        show(power, texts, first, entries)


def test_the_ledger_names_nobody_and_two_entries_cannot_be_joined(power, texts) -> None:
    request = asked(power, group(power, 6))
    one, two = (release(request, [], texts, salt=salt).entry for salt in ("one", "two"))
    assert set(one["members"]).isdisjoint(two["members"])
    assert not any(name in json.dumps(one) for name in request.members)


# -- rooms of fewer than five


@pytest.mark.parametrize("room", ["talk", "carry"])
def test_talk_and_carry_show_nothing_however_many_come(power, texts, room: str) -> None:
    for n in (2, 12):
        published = show(power, texts, group(power, n), room=room)
        assert set(published.body) == {"hidden"}
        assert published.body["hidden"]["why"]
        assert published.body["hidden"]["what_helps"]
        assert published.entry is None


MARK = {"today": 1.25, "wanted": 2.0}


def test_an_open_room_shows_the_marks_that_were_placed_and_no_mean(power, texts) -> None:
    body = show(power, texts, group(power, 3), room="open", marks=(MARK,), unmarked=2).body
    assert body["marks"] == [MARK]
    assert set(body) == {"hidden", "marks"}


def test_an_open_room_without_marks_says_so(power, texts) -> None:
    assert (
        "Nobody has placed a mark"
        in show(power, texts, group(power, 3), room="open", unmarked=3).body["hidden"]["why"]
    )


@pytest.mark.parametrize("unmarked", [1, 4])
def test_marks_and_a_mean_never_stand_together_when_few_are_unmarked(power, texts, unmarked: int) -> None:
    """Else the mean less the marks would be the answer of the one who placed none."""
    marks = (MARK,) * (9 - unmarked)
    body = show(power, texts, group(power, 9), room="open", marks=marks, unmarked=unmarked).body
    assert "today" not in body


@pytest.mark.parametrize("unmarked", [0, 5])
def test_marks_and_a_mean_stand_together_when_nobody_or_five_are_unmarked(
    power, texts, unmarked: int
) -> None:
    body = show(
        power, texts, group(power, 9), room="open", marks=(MARK,) * (9 - unmarked), unmarked=unmarked
    ).body
    assert body["today"]["stage"]
    assert len(body["marks"]) == 9 - unmarked


def test_marks_are_shown_once(power, texts) -> None:
    entry = show(power, texts, group(power, 3), room="open", marks=(MARK,), unmarked=2).entry
    with pytest.raises(NotAllowed, match="marks are shown once"):
        show(power, texts, group(power, 8), [entry], room="open", marks=(MARK,) * 8)
