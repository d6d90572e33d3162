"""Two taps: three meetings together, five people for sure, words under ten, once and never again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from learnerfirst.communities import Pulse, pulse_sheet, pulse_table, release_pulse, windows
from learnerfirst.communities.pulse import field_of, parts_of, people_at_least, read_pulse
from learnerfirst.content import community_method, questionnaire_from, texts
from learnerfirst.errors import NotAllowed
from learnerfirst.privacy import Published

TEXTS = texts("privacy")
Answers = Mapping[str, Mapping[str, str]]


def meeting(n: int, challenged: int, safe: int) -> Answers:
    """One meeting of ``n`` answers, so many of them yes."""
    return {
        f"p{k}": {"challenged": "yes" if k < challenged else "no", "safe": "yes" if k < safe else "no"}
        for k in range(n)
    }


def shown(*answers: Answers) -> tuple[Published, Pulse]:
    return release_pulse("pulse", answers, [], TEXTS, start=date(2026, 12, 1), salt="salt")


def test_windows_never_overlap() -> None:
    assert windows(list(range(8))) == ((0, 1, 2), (3, 4, 5))
    assert windows([1, 2]) == ()


def test_the_sheet_is_a_questionnaire_of_two_questions() -> None:
    quiz = questionnaire_from(pulse_sheet(community_method()), "pulse")
    assert [question.id for question in quiz.questions] == ["challenged", "safe"]


@pytest.mark.parametrize("sizes", [(4, 4, 4), (0, 0, 0), (4, 3, 1)])
def test_fewer_than_five_people_for_sure_are_never_shown(sizes: tuple[int, ...]) -> None:
    with pytest.raises(NotAllowed):
        shown(*(meeting(n, n, n) for n in sizes))


def test_one_tap_of_two_counts_for_nobody() -> None:
    half = {"p9": {"challenged": "yes"}}
    assert len(pulse_table([meeting(4, 1, 1), half, {}]).people) == 4
    with pytest.raises(NotAllowed):
        shown({**meeting(4, 4, 4), **half}, {}, {})


def test_one_meeting_or_two_are_not_shown() -> None:
    with pytest.raises(NotAllowed):
        shown(meeting(20, 10, 10))


def test_what_was_shown_is_not_shown_again() -> None:
    answers = [meeting(8, 8, 8)] * 3
    published, _ = shown(*answers)
    assert published.entry is not None
    with pytest.raises(NotAllowed):
        release_pulse("pulse", answers, [published.entry], TEXTS, start=date(2026, 12, 1), salt="salt")


def test_five_to_nine_people_are_told_in_words_though_answers_are_many() -> None:
    published, pulse = shown(meeting(6, 6, 0), meeting(6, 5, 1), meeting(6, 6, 0))
    assert (pulse.words["challenged"], pulse.words["safe"]) == ("most or all", "few or none")
    assert pulse.field == "pushed"
    assert pulse.spans == {"challenged": (0.6667, 1.0), "safe": (0.0, 0.3333)}
    assert "%" not in str(published.body)


def test_nearby_counts_of_a_small_group_look_the_same() -> None:
    said = {
        str(shown(meeting(6, a, 0), meeting(6, 6, 0), meeting(6, 6, 0))[0].body["cells"]) for a in (4, 5, 6)
    }
    assert len(said) == 1


@pytest.mark.parametrize("sizes", [(5, 0, 0), (5, 1, 1), (9, 2, 2), (1, 20, 3)])
def test_three_meetings_that_are_nearly_one_are_not_shown(sizes: tuple[int, ...]) -> None:
    with pytest.raises(NotAllowed, match="one meeting"):
        shown(*(meeting(n, n, n) for n in sizes))


def test_few_taps_of_five_people_are_told_in_halves() -> None:
    _, pulse = shown(meeting(5, 5, 1), meeting(3, 2, 1), meeting(2, 0, 0))
    assert pulse.answers == 10
    assert (pulse.words["challenged"], pulse.words["safe"]) == ("half or more", "fewer than half")
    assert pulse.spans == {"challenged": (0.5, 1.0), "safe": (0.0, 0.5)}
    assert pulse.field == "pushed"


@pytest.mark.parametrize("people", [5, 10])
@pytest.mark.parametrize("n", range(10, 60))
def test_whoever_tapped_three_times_cannot_work_out_the_others_from_either_end(n: int, people: int) -> None:
    parts = parts_of(n, people)
    assert [count for low, high in parts for count in range(low, high + 1)] == list(range(n + 1))
    for low, high in parts:
        for own in range(4):
            others = range(max(0, low - own), min(high - own, n - 3) + 1)
            assert len(others) != 1 or others[0] not in (0, n - 3)


def test_ten_people_and_more_are_told_in_rounded_shares() -> None:
    published, pulse = shown(meeting(12, 2, 11), meeting(12, 1, 12), meeting(12, 2, 11))
    assert "%" in pulse.words["safe"]
    assert pulse.field == "comfortable"
    assert read_pulse(published.body) == pulse


def test_the_number_of_people_is_the_surest_one() -> None:
    assert people_at_least([meeting(4, 0, 0), meeting(7, 0, 0), {}]) == 7
    assert people_at_least([]) == 0


def test_between_two_fields_none_is_named() -> None:
    assert field_of({"challenged": (1 / 3, 2 / 3), "safe": (0.6, 1.0)}) == ""
    assert field_of({"safe": (0.6, 1.0)}) == ""
    assert field_of({"challenged": (0.0, 0.5), "safe": (0.0, 0.4)}) == "asleep"
