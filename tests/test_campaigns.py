"""Campaigns: they open and close by themselves, each code counts once, and answers are gone on the day that was told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from learnerfirst.errors import InvalidInput, NotAllowed, NotOpen, SpentCode, UnknownCode
from learnerfirst.store import Store, open_store
from learnerfirst.store.tables import SUBMISSIONS
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.campaign_values import counted_down, reminders
from tests.calendars import Days

SITES = {"question": "Where do you work?", "groups": [("Pier", 40), ("Office", 25), ("Ships", 12)]}
DATES = {"opens": "2026-11-30", "closes": "2026-12-13", "erase": "2027-03-01"}
PLACES = "ebfu"


@pytest.fixture
def days() -> Days:
    return Days("2026-11-22")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def workshops(store: Store, days: Days) -> Workshops:
    return Workshops(store, today=days)


def made(workshops: Workshops, **more: Any) -> str:
    settings: dict[str, Any] = {**DATES, "groupings": [SITES], **more}
    return workshops.create_campaign("how-we-learn", "How we learn", **settings).code


def sheet_of(workshops: Workshops, code: str, place: int, group: str | None = None) -> dict[str, object]:
    """Answers of somebody who stands at one place and wants to be one further."""
    asked = workshops.questionnaire(code, "learner_power").questions
    letters = {"today": PLACES[place], "wanted": PLACES[min(3, place + 1)]}
    found: dict[str, object] = {one.id: dict(letters) for one in asked if one.perspectives}
    return {**found, "group_1": group} if group else found


def answer(workshops: Workshops, code: str, people: int, start: int = 0, group: str = "g1") -> None:
    for number in range(start, start + people):
        sheet = sheet_of(workshops, code, number % 3, group)
        assert workshops.submit(code, "learner_power", f"an-invented-person-{number:06d}", sheet)


# -- the calendar


def test_it_opens_and_closes_by_itself(workshops: Workshops, days: Days) -> None:
    code = made(workshops)
    states = {}
    for day in ("2026-11-29", "2026-11-30", "2026-12-13", "2026-12-14", "2027-02-28", "2027-03-01"):
        days.go(day)
        try:
            workshops.submit(code, "learner_power", f"somebody-on-{day}", sheet_of(workshops, code, 1))
        except NotOpen:
            states[day] = workshops.state(code), "refused"
        else:
            states[day] = workshops.state(code), "taken"
    assert states == {
        "2026-11-29": ("ahead", "refused"),
        "2026-11-30": ("open", "taken"),
        "2026-12-13": ("open", "taken"),
        "2026-12-14": ("over", "refused"),
        "2027-02-28": ("over", "refused"),
        "2027-03-01": ("erased", "refused"),
    }


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"closes": "2026-11-29"}, "closes"),
        ({"opens": "2026-10-01", "closes": "2026-10-14"}, "closes"),
        ({"erase": "2026-12-13"}, "erase"),
        ({"opens": "soon"}, "opens"),
        ({"access": "everybody"}, "access"),
        ({"groupings": [SITES] * 4}, "grouping questions"),
        ({"groupings": [{"question": "Who?", "groups": [("A", 4), ("B", 40)]}]}, "A"),
        ({"groupings": [{"question": "Who?", "groups": [("A", 9), ("a", 9)]}]}, "a name twice"),
        ({"groupings": [{"question": "Who?", "groups": [("A", 9)]}]}, "groups"),
        ({"groupings": [{"question": "Who?", "groups": [("A", "many"), ("B", 9)]}]}, "groups"),
        ({"form": "pulse"}, "form"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_made(
    workshops: Workshops, wrong: dict[str, Any], named: str
) -> None:
    with pytest.raises(InvalidInput, match=named):
        made(workshops, **wrong)
    with pytest.raises(UnknownCode):
        workshops.quiz("how-we-learn")


def test_a_name_is_taken_once(workshops: Workshops) -> None:
    made(workshops)
    with pytest.raises(NotAllowed, match="choose another name"):
        made(workshops)


def test_reminders_lie_inside_the_campaign_whatever_its_length() -> None:
    for length in range(1, 60):
        first = date(2026, 11, 30)
        last = first + timedelta(days=length - 1)
        found = reminders(first, last)
        assert len(found) == (0 if length < 3 else 1 if length < 7 else 2)
        assert list(found) == sorted(set(found))
        assert all(first < day < last or length == 3 for day in found), (length, found)


def test_a_running_count_goes_in_steps_of_five(workshops: Workshops, days: Days) -> None:
    code = made(workshops)
    days.go("2026-12-01")
    answer(workshops, code, 7)
    assert workshops.so_far(code) == 5
    days.go("2026-12-14")
    assert workshops.so_far(code) == 7
    assert [counted_down(count) for count in (0, 4, 5, 9, 10)] == [0, 0, 5, 5, 10]


# -- one-time codes


def test_each_code_counts_once_and_the_same_phone_may_send_again(workshops: Workshops, days: Days) -> None:
    code = made(workshops, access="codes")
    first, second = workshops.make_codes(code, 2)
    days.go("2026-12-01")
    sheet = sheet_of(workshops, code, 1)
    with pytest.raises(SpentCode):
        workshops.submit(code, "learner_power", "phone-without-a-code", sheet)
    typed = f" {first[:5].lower()}-{first[5:]} "
    assert workshops.submit(code, "learner_power", "phone-of-the-first", sheet, ticket=typed)
    assert not workshops.submit(code, "learner_power", "phone-of-the-first", sheet, ticket=first)
    with pytest.raises(SpentCode):
        workshops.submit(code, "learner_power", "phone-of-another-one", sheet, ticket=first)
    assert (workshops.codes_left(code), workshops.count(code, "learner_power")) == (1, 1)
    assert workshops.code_holds(code, second)
    assert not workshops.code_holds(code, first)


def test_two_with_one_code_at_one_moment_leave_one_answer(workshops: Workshops, days: Days) -> None:
    code = made(workshops, access="codes")
    (ticket,) = workshops.make_codes(code, 1)
    days.go("2026-12-01")
    sheet = sheet_of(workshops, code, 1)

    class Slow(Workshops):
        """Between the look at the code and its spending, somebody else spends it."""

        def code_holds(self, code: str, ticket: str) -> bool:
            found = super().code_holds(code, ticket)
            workshops.submit(code, "learner_power", "the-one-who-is-first", sheet, ticket=ticket)
            return found

    with pytest.raises(SpentCode):
        Slow(workshops.store, today=days).submit(
            code, "learner_power", "the-one-who-is-late", sheet, ticket=ticket
        )
    assert workshops.count(code, "learner_power") == 1


def test_no_table_tells_which_answer_came_with_which_code(
    workshops: Workshops, store: Store, days: Days
) -> None:
    code = made(workshops, access="codes")
    tickets = workshops.make_codes(code, 6)
    days.go("2026-12-01")
    for number, ticket in enumerate(tickets[:4]):
        workshops.submit(
            code, "learner_power", f"a-phone-with-code-{number}", sheet_of(workshops, code, 1), ticket=ticket
        )
    with store.engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(select(SUBMISSIONS))]
    assert len([row for row in rows if row[0].endswith("/tickets")]) == 2
    assert not any(ticket in str(row) for row in rows for ticket in tickets)
    assert all(row[2] == "{}" for row in rows if row[0].endswith("/tickets"))


def test_an_open_link_makes_no_codes(workshops: Workshops) -> None:
    code = made(workshops)
    with pytest.raises(NotAllowed, match="open link"):
        workshops.make_codes(code, 5)


# -- wording


def test_a_wording_is_locked_by_the_first_answer_and_corrected_in_sight(
    workshops: Workshops, days: Days
) -> None:
    code = made(workshops)
    asked = workshops.questionnaire(code, "learner_power").questions[0]
    workshops.correct_wording(code, asked.id, asked.stem, "A stem before anybody answered")
    assert workshops.corrections(code) == ()
    days.go("2026-12-01")
    answer(workshops, code, 7)
    with pytest.raises(InvalidInput, match="reason"):
        workshops.correct_wording(code, asked.id, "A stem before anybody answered", "Another one")
    with pytest.raises(InvalidInput, match="as it is asked now"):
        workshops.correct_wording(code, asked.id, asked.stem, "Another one", "a typing error")
    option = asked.options[1].text
    workshops.correct_wording(code, asked.id, option, "An option, corrected", "a typing error")
    now = workshops.questionnaire(code, "learner_power").questions[0]
    assert (now.stem, now.options[1].text) == ("A stem before anybody answered", "An option, corrected")
    (told,) = workshops.corrections(code)
    assert (told.day, told.before, told.after, told.answers) == (
        "2026-12-01",
        option,
        "An option, corrected",
        5,
    )
    assert [version.version for version in workshops.store.history("wording", code)] == [1, 2, 3]


def test_a_changed_file_does_not_reach_a_campaign_that_was_made(store: Store, days: Days) -> None:
    from dataclasses import replace

    from learnerfirst.content import load_questionnaire

    code = made(Workshops(store, today=days))
    loaded = load_questionnaire("learner_power")
    first, *rest = loaded.questions
    edited = replace(loaded, questions=(replace(first, stem="Edited in the file"), *rest))
    later = Workshops(store, lambda name: edited, today=days)
    assert later.questionnaire(code, "learner_power").questions[0].stem == first.stem


# -- retention


def test_answers_are_gone_on_the_day_that_was_told(workshops: Workshops, store: Store, days: Days) -> None:
    code = made(workshops, access="codes")
    tickets = workshops.make_codes(code, 9)
    days.go("2026-12-01")
    for number, ticket in enumerate(tickets[:6]):
        sheet = sheet_of(workshops, code, number % 3, "g1")
        workshops.submit(code, "learner_power", f"somebody-with-a-code-{number}", sheet, ticket=ticket)
    days.go("2026-12-20")
    shown = workshops.show_all(code)
    days.go("2027-02-28")
    assert workshops.tend() == ()
    assert workshops.count(code, "learner_power") == 6
    days.go("2027-03-01")
    assert workshops.tend() == (code,)
    assert workshops.tend() == ()
    with store.engine.connect() as connection:
        assert connection.execute(select(SUBMISSIONS)).all() == []
    assert store.ledger(f"{code}/learner_power") == []
    assert workshops.release(code, "learner_power").body == shown.body  # type: ignore[union-attr]
    with pytest.raises(NotOpen):
        workshops.submit(
            code, "learner_power", "somebody-who-is-late", sheet_of(workshops, code, 1), ticket=tickets[7]
        )


def test_a_workshop_too_loses_its_answers_after_its_last_day(workshops: Workshops, days: Days) -> None:
    code = workshops.create("A workshop").code
    activity = workshops.open_activity(code)
    last = date.fromisoformat(workshops.get(code).expires)
    sheet = sheet_of(workshops, made(workshops, groupings=[]), 1)
    workshops.submit(code, activity.id, "somebody-in-a-room", sheet)
    days.day = last
    workshops.tend()
    assert workshops.count(code, activity.id) == 1
    days.day = last + timedelta(days=1)
    assert code in workshops.tend()
    assert workshops.count(code, activity.id) == 0
    assert workshops.activity(code, activity.id).state == "closed"


def test_answers_are_never_kept_longer_than_people_were_told(workshops: Workshops, days: Days) -> None:
    from dataclasses import replace

    code = made(workshops)
    assert workshops.save(replace(workshops.get(code), erase="2027-04-01")).erase == "2027-04-01"
    days.go("2026-12-01")
    answer(workshops, code, 1)
    with pytest.raises(NotAllowed, match="2027-04-01"):
        workshops.save(replace(workshops.get(code), erase="2027-05-01"))
    assert workshops.save(replace(workshops.get(code), erase="2027-02-01")).erase == "2027-02-01"


# -- results


def test_results_come_after_the_close_or_in_steps_of_five(workshops: Workshops, days: Days) -> None:
    code = made(workshops)
    days.go("2026-12-01")
    answer(workshops, code, 12)
    with pytest.raises(NotAllowed, match="after its last day"):
        workshops.show_all(code)
    stepping = workshops.create_campaign("in-steps", "In steps", **DATES, steps=True, groupings=[SITES]).code
    answer(workshops, stepping, 4)
    with pytest.raises(NotAllowed, match="Fewer than five"):
        workshops.show_all(stepping)
    answer(workshops, stepping, 8, start=4)
    assert workshops.show_all(stepping).version == 1
    answer(workshops, stepping, 4, start=12)
    with pytest.raises(NotAllowed, match="Too few have changed"):
        workshops.show_all(stepping)
    answer(workshops, stepping, 1, start=16)
    assert workshops.show_all(stepping).body["n"] == 17
    answer(workshops, stepping, 2, start=17)
    days.go("2026-12-14")
    assert workshops.show_all(stepping).body["n"] == 17
    assert workshops.activity(stepping, "learner_power").state == "revealed"


def test_under_five_nothing_is_shown_and_five_suffice(workshops: Workshops, days: Days) -> None:
    code = made(workshops)
    days.go("2026-12-01")
    answer(workshops, code, 4)
    days.go("2026-12-14")
    with pytest.raises(NotAllowed, match="Fewer than five"):
        workshops.show_all(code)


def test_a_result_has_no_margin_of_error(workshops: Workshops, days: Days) -> None:
    code = made(workshops, invited=40)
    days.go("2026-12-01")
    answer(workshops, code, 12)
    days.go("2026-12-14")
    body = workshops.show_all(code).body
    assert body["today"]["interval"] is None
    assert body["stands_for"] == "itself"


def test_what_was_heard_is_shown_after_the_results_only(workshops: Workshops, days: Days) -> None:
    code = made(workshops)
    days.go("2026-12-01")
    answer(workshops, code, 12)
    step = {"what": "An hour a week", "who": "Mira", "by": "March"}
    saved = workshops.save_heard(code, ["Time is short.", " "], [step], shown=False)
    assert saved.body["heard"] == ["Time is short."]
    for day in ("2026-12-01", "2026-12-14"):
        days.go(day)
        with pytest.raises(NotAllowed, match="results"):
            workshops.save_heard(code, ["Time is short."], [step], shown=True, expected_version=1)
    workshops.show_all(code)
    workshops.save_heard(code, ["Time is short."], [step], shown=True, expected_version=1)
    assert workshops.heard(code).body["shown"]  # type: ignore[union-attr]


@pytest.mark.parametrize("steps", [False, True])
def test_two_weeks_in_fast_motion(workshops: Workshops, store: Store, days: Days, steps: bool) -> None:
    """2,000 people over fourteen days: reminders on their days, the close, all, groups, what was heard, retention."""
    chance = random.Random(7)
    people = 2000 if not steps else 200
    groups = [("Pier", 1200), ("Office", 900), ("Ships", 12)]
    years = [("Under a year", 600), ("One to five", 1000), ("Longer", 1000)]
    code = made(
        workshops,
        steps=steps,
        invited=people + 400,
        groupings=[
            {"question": "Where do you work?", "groups": groups},
            {"question": "Since when?", "groups": years},
        ],
    )
    first, last = (date.fromisoformat(DATES[name]) for name in ("opens", "closes"))
    due = reminders(first, last)
    reminded, seen, arrived = [], [], 0
    sheets = [sheet_of(workshops, code, place) for place in range(3)]
    while days.day <= last:
        if days.day in due:
            reminded.append(days.day)
        for _ in range(people // 14 if workshops.state(code) == "open" else 0):
            group = {
                "group_1": chance.choices(["g1", "g2", "g3", "not_said"], [58, 38, 0.4, 3])[0],
                "group_2": chance.choices(["g1", "g2", "g3", "not_said"], [20, 40, 35, 5])[0],
            }
            sheet = {**sheets[chance.choice((0, 1, 1, 2))], **group}
            assert workshops.submit(code, "learner_power", f"an-invented-person-{arrived:06d}", sheet)
            arrived += 1
        if steps and workshops.state(code) == "open":
            seen.append(workshops.show_all(code).body["n"])
        workshops.tend()
        days.day += timedelta(days=1)
    assert tuple(reminded) == due
    assert seen == sorted(set(seen))
    assert workshops.state(code) == "over"
    everybody = workshops.show_all(code).body
    assert everybody["n"] == arrived
    told = workshops.show_groups(code)
    assert told.body == workshops.show_groups(code).body, "groups are shown once"
    for row in told.body["groups"]:
        assert (row["n"] is None) == (row["hidden"] is not None)
        assert row["n"] is None or (row["n"] >= 5 and row["rate"] == round(100 * row["n"] / row["headcount"]))
    ships = next(row for row in told.body["groups"] if row["name"] == "Ships")
    sent = sum(body["answers"].get("group_1") == "g3" for body in store.submissions(f"{code}/learner_power"))
    assert sent >= 5 or ships["n"] is None
    assert any(row["n"] for row in told.body["groups"])
    workshops.save_heard(code, ["Time is short."], [], shown=True)
    days.go(DATES["erase"])
    assert workshops.tend() == (code,)
    assert store.count(f"{code}/learner_power") == 0
    assert workshops.show_all(code).body == everybody
    assert workshops.show_groups(code).body == told.body
