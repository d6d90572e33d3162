"""The step "plan" of the community page, driven by its real widgets on a real store."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from ipywidgets import HTML, Button, Text, Textarea, Widget

from learnerfirst.communities import Goal, Logistics, Seeding
from learnerfirst.content import sample_answers, texts
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.community.page import CommunityPage
from learnerfirst.pages.community.plan.step import PlanStep
from learnerfirst.pages.projector import Projector
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from tests.payloads import PAYLOADS

WORDS = texts("community_plan")
TODAY = date(2026, 11, 22)
Open = Callable[[], CommunityPage]


@pytest.fixture
def code(workshops: Workshops) -> str:
    return workshops.create("Plant north").code


@pytest.fixture
def shelf(workshops: Workshops, code: str) -> CommunityShelf:
    made = CommunityShelf(workshops, code)
    made.begin("Fixers")
    return made


@pytest.fixture
def opened(community_desk: Callable[..., CommunityPage], workshops: Workshops, code: str) -> Open:
    return lambda: community_desk(workshops, code, "fixers", "plan")


@pytest.fixture
def page(shelf: CommunityShelf, opened: Open) -> CommunityPage:
    return opened()


def step_of(page: CommunityPage) -> PlanStep:
    step: PlanStep = page.steps["plan"]
    return step


def h1(page: CommunityPage) -> str:
    found = re.search("<h1>(.*?)</h1>", page.head.value)
    assert found
    return found[1]


def introduce(workshops: Workshops, code: str, *names: str, zone: str = "") -> list[str]:
    """People introduce themselves; the ids of the members, by name."""
    asked = workshops.get(code).newest("introduction", "fixers")
    if asked is None or asked.state != "open":
        asked = open_introductions(workshops, code, "fixers", "Fixers")
    for name in names:
        said = {"name": name, **({"zone": zone} if zone else {})}
        workshops.submit(code, asked.id, secrets.token_hex(16), said)
    return [one.id for one in CommunityShelf(workshops, code).members("fixers")]


def markup(widget: Widget) -> str:
    if isinstance(widget, HTML):
        return str(widget.value)
    return "".join(markup(child) for child in getattr(widget, "children", ()))


def seen(widget: Widget) -> bool:
    return bool(widget.layout.display != "none")


def rhythm(step: PlanStep, **values: Any) -> None:
    for name, value in values.items():
        getattr(step.when, name).value = value
    step.when.save.click()


# -- purpose


def test_a_purpose_is_kept_when_its_field_is_left(page, shelf):
    step = step_of(page)
    assert "The purpose is missing." in step.missing.plan.value
    step.purpose.field.value = "no fault comes a third time"
    assert shelf.known("fixers").plan.purpose == "no fault comes a third time"
    assert "The purpose is missing." not in step.missing.plan.value
    step.name.field.value = "Fixers of line 4"
    assert "Fixers of line 4" in page.head.value


def test_a_community_keeps_its_name_when_none_is_typed(page, shelf):
    step_of(page).name.field.value = "  "
    assert "1 to 120 characters" in page.notice.text
    assert shelf.known("fixers").plan.name == "Fixers"


def test_two_who_write_a_purpose_see_both_and_choose(page, opened, shelf):
    other = opened()
    step_of(page).purpose.field.value = "mine"
    step_of(other).purpose.field.value = "theirs"
    step = step_of(other).purpose
    assert seen(step.choice)
    assert "mine" in step.said.value
    step.mine.click()
    assert shelf.known("fixers").plan.purpose == "theirs"


# -- goals


def test_a_goal_says_at_a_glance_what_it_still_needs(page, workshops, code):
    introduce(workshops, code, "Ana", "Bo")
    page.model.look()
    goals = step_of(page).goals
    goals.text.value = "Fewer faults"
    goals.save.click()
    assert [word in goals.list.value for word in ("by what, how much?", "by when?", "who?")] == [True] * 3
    goals.which.value = page.model.plan.goals[0]
    assert goals.text.value == "Fewer faults"
    goals.measure.value, goals.target.value, goals.due.value = "Repeat faults a month", "3", "2027-03-01"
    goals.owner.value = page.model.plan.members[0].id
    goals.save.click()
    assert "lf-guess" not in goals.list.value
    assert "Ana watches over it" in goals.list.value
    assert "by 1 March 2027" in goals.list.value
    assert goals.text.value == ""
    assert page.model.plan.goals[0].owner == page.model.plan.members[0].id


@pytest.mark.parametrize("typed", ["soon", "2027-02-30", "1.3.2027", "9999-12-31", "99999999999999-01-01"])
def test_a_day_that_is_none_is_refused_and_stays_to_be_mended(page, typed):
    goals = step_of(page).goals
    goals.text.value, goals.due.value = "Fewer faults", typed
    goals.save.click()
    assert "By when (year-month-day)" in page.notice.text
    assert "such as 2026-11-22" in page.notice.text
    assert (goals.text.value, goals.due.value) == ("Fewer faults", typed)
    assert page.model.plan.goals == ()


def test_a_goal_before_the_community_began_is_refused_in_the_words_of_the_form(page):
    goals = step_of(page).goals
    goals.text.value, goals.due.value = "Fewer faults", "2025-01-01"
    goals.save.click()
    assert "By when (year-month-day)" in page.notice.text
    assert "plan.goals" not in page.notice.text


def test_a_goal_without_words_is_not_added(page):
    step_of(page).goals.save.click()
    assert WORDS["goals"]["needed"] in page.notice.text


def test_a_goal_is_removed_after_asking(page, shelf):
    shelf.save_part("fixers", "goals", (), (Goal("Fewer"), Goal("Faster")))
    page.model.look()
    goals = step_of(page).goals
    goals.which.value = Goal("Fewer")
    goals.remove.click()
    assert "Remove “Fewer”?" in goals.sure.value
    goals.no.click()
    assert len(page.model.plan.goals) == 2
    goals.remove.click()
    goals.yes.click()
    assert page.model.plan.goals == (Goal("Faster"),)
    assert goals.which.value == ""


def test_what_is_typed_stays_while_others_change_goals_and_comes_back_with_its_goal(page, shelf):
    shelf.save_part("fixers", "goals", (), (Goal("Fewer"),))
    page.model.look()
    goals = step_of(page).goals
    goals.text.value = "Half a new goal"
    shelf.save_part("fixers", "goals", (Goal("Fewer"),), (Goal("Fewer"), Goal("Theirs")))
    page.model.look()
    step_of(page).look()
    assert goals.text.value == "Half a new goal"
    goals.which.value = Goal("Fewer")
    assert goals.text.value == "Fewer"
    goals.which.value = ""
    assert goals.text.value == "Half a new goal"


def test_a_goal_that_two_change_shows_both_versions_and_loses_none(page, opened, shelf):
    shelf.save_part("fixers", "goals", (), (Goal("Fewer"), Goal("Faster")))
    other = opened()
    page.model.look()
    mine, theirs = step_of(page).goals, step_of(other).goals
    for form, target in ((theirs, "five"), (mine, "three")):
        form.which.value = Goal("Fewer")
        form.target.value = target
    theirs.save.click()
    page.model.look()
    assert mine.target.value == "three"
    mine.save.click()
    assert mine.either.asked
    assert "five" in mine.either.said.value
    assert "three" in mine.either.said.value
    assert page.model.shelf.known("fixers").plan.goals[0].target == "five"
    mine.either.mine.click()
    assert [one.target for one in page.model.plan.goals] == ["three", ""]
    assert not mine.either.asked


def test_theirs_can_be_taken_instead(page, shelf):
    shelf.save_part("fixers", "goals", (), (Goal("Fewer"),))
    page.model.look()
    goals = step_of(page).goals
    goals.which.value = Goal("Fewer")
    goals.target.value = "three"
    shelf.save_part("fixers", "goals", (Goal("Fewer"),), (Goal("Fewer", target="five"),))
    goals.save.click()
    goals.either.theirs.click()
    assert goals.target.value == "five"
    assert page.model.plan.goals == (Goal("Fewer", target="five"),)


def test_keeping_mine_where_somebody_removed_the_goal_leaves_its_neighbour_alone(page, shelf):
    shelf.save_part("fixers", "goals", (), (Goal("Fewer"), Goal("Faster")))
    page.model.look()
    goals = step_of(page).goals
    goals.which.value = Goal("Fewer")
    goals.target.value = "three"
    shelf.save_part("fixers", "goals", (Goal("Fewer"), Goal("Faster")), (Goal("Faster"),))
    page.model.look()
    goals.save.click()
    assert WORDS["gone_now"] in goals.either.said.value
    goals.either.mine.click()
    assert page.model.plan.goals == (Goal("Faster"), Goal("Fewer", target="three"))


def test_a_yes_removes_only_the_goal_that_was_asked_about(page, shelf):
    shelf.save_part("fixers", "goals", (), (Goal("Fewer"), Goal("Faster")))
    page.model.look()
    goals = step_of(page).goals
    goals.which.value = Goal("Fewer")
    goals.remove.click()
    shelf.save_part("fixers", "goals", (Goal("Fewer"), Goal("Faster")), (Goal("Faster"),))
    goals.yes.click()
    assert page.model.plan.goals == (Goal("Faster"),)
    shelf.save_part("fixers", "goals", (Goal("Faster"),), (Goal("Fewer"), Goal("Faster")))
    page.model.look()
    goals.which.value = Goal("Fewer")
    goals.remove.click()
    shelf.save_part("fixers", "goals", (Goal("Fewer"), Goal("Faster")), (Goal("Faster"),))
    page.model.look()
    assert goals.asking.layout.display == "none"
    assert goals.which.value == ""


def test_a_goal_that_was_removed_while_it_was_changed_can_be_added_again(page, shelf):
    shelf.save_part("fixers", "goals", (), (Goal("Fewer"),))
    page.model.look()
    goals = step_of(page).goals
    goals.which.value = Goal("Fewer")
    goals.target.value = "three"
    shelf.save_part("fixers", "goals", (Goal("Fewer"),), ())
    goals.save.click()
    assert WORDS["gone_now"] in goals.either.said.value
    goals.either.mine.click()
    assert page.model.plan.goals == (Goal("Fewer", target="three"),)


# -- when


def test_meetings_are_put_into_the_calendar_once_the_rhythm_is_complete(page):
    step = step_of(page)
    assert "the first day, the time of day, the time zone" in step.when.ahead.said.value
    assert not seen(step.when.ahead.button)
    rhythm(step, first="2026-12-08", starts="14", minutes="45", meetings="6", zone="Europe/London")
    assert page.model.plan.logistics == Logistics(
        1, "month", date(2026, 12, 8), time(14), 45, 6, "Europe/London"
    )
    assert "Every month on the second Tuesday, 14:00 to 14:45" in step.when.said.value
    assert page.model.meetings == ()
    step.when.ahead.button.click()
    assert "6 meetings are in the calendar." in page.notice.text
    assert len(page.model.meetings) == 6
    assert not seen(step.when.ahead.button)
    assert "the next one is on Tuesday, 8 December 2026" in step.when.ahead.said.value


def test_a_later_change_of_the_rhythm_says_what_came_what_went_and_what_stays(page):
    step = step_of(page)
    rhythm(step, first="2026-12-08", starts="14:00", meetings="4", zone="UTC")
    step.when.ahead.button.click()
    second = page.model.meetings[1]
    page.model.meeting_shelf.change(page.model.plan, second.id, lambda one: replace(one, topic="The press"))
    page.model.look()
    rhythm(step, every=(2, "week"))
    assert "3 new, 2 planned before, taken out, 1 off the rhythm stay" in page.notice.text
    assert len(page.model.meetings) == 5
    assert step.when.fields.typed == ()


def test_a_rhythm_that_somebody_else_changed_offers_to_bring_the_calendar_up_to_date(page, shelf):
    step = step_of(page)
    rhythm(step, first="2026-12-08", starts="14:00", meetings="4", zone="UTC")
    step.when.ahead.button.click()
    how = page.model.plan.logistics
    shelf.save_part("fixers", "logistics", how, replace(how, meetings=6))
    page.model.look()
    assert step.when.meetings.value == "6"
    assert "differ: 2 new" in step.when.ahead.said.value
    assert step.when.ahead.button.description == WORDS["when"]["again"]
    step.when.ahead.button.click()
    assert len(page.model.meetings) == 6


@pytest.mark.parametrize(
    ("field", "typed", "label"),
    [
        ("first", "tomorrow", "First meeting"),
        ("starts", "25:00", "From (hour:minutes)"),
        ("starts", "two", "From (hour:minutes)"),
        ("minutes", "5", "For how many minutes"),
        ("meetings", "many", "How many meetings"),
        ("first", "2020-01-01", "the first day"),
    ],
)
def test_what_does_not_fit_is_named_by_its_field_and_stays(page, field, typed, label):
    step = step_of(page)
    rhythm(step, **{field: typed})
    assert label in page.notice.text
    assert "plan.logistics" not in page.notice.text
    assert getattr(step.when, field).value == typed
    assert page.model.plan.logistics == Logistics()


def test_a_time_zone_that_is_not_listed_can_be_named_and_must_exist(page):
    step = step_of(page)
    assert not seen(step.when.zone_name)
    step.when.zone.value = "other"
    assert seen(step.when.zone_name)
    rhythm(step, zone_name="America/Nowhere")
    assert "such as Europe/Lisbon" in page.notice.text
    rhythm(step, zone_name="America/Punta_Arenas")
    assert page.model.plan.logistics.zone == "America/Punta_Arenas"
    page.model.look()
    assert step.when.zone_name.value == "America/Punta_Arenas"


def test_members_elsewhere_see_their_own_hour(page, workshops, code):
    introduce(workshops, code, "Kei", zone="asia_tokyo")
    step = step_of(page)
    rhythm(step, first="2026-12-08", starts="17:00", zone="Europe/London")
    assert "02:00 the next day in Tokyo, Seoul" in step.when.said.value


def test_two_who_change_different_details_both_keep_theirs(page, opened):
    other = opened()
    rhythm(step_of(other), minutes="90")
    rhythm(step_of(page), meetings="8")
    assert (page.model.plan.logistics.minutes, page.model.plan.logistics.meetings) == (90, 8)


def test_two_who_change_the_same_detail_see_both_and_choose(page, opened):
    other = opened()
    rhythm(step_of(other), minutes="90")
    step = step_of(page)
    rhythm(step, minutes="30")
    assert step.when.either.asked
    assert "the minutes: 90" in step.when.either.said.value
    assert "the minutes: 30" in step.when.either.said.value
    step.when.either.theirs.click()
    assert step.when.minutes.value == "90"
    rhythm(step_of(other), minutes="45")
    rhythm(step, minutes="30")
    step.when.either.mine.click()
    assert page.model.plan.logistics.minutes == 30


def test_what_is_not_saved_yet_says_so_and_outlives_a_look(page):
    step = step_of(page)
    step.when.minutes.value = "90"
    assert WORDS["when"]["unsaved"] in step.when.unsaved.value
    page.model.look()
    step.look()
    assert step.when.minutes.value == "90"
    step.when.save.click()
    assert step.when.unsaved.value == ""


# -- where and how


def test_where_and_how_are_kept_at_once(page):
    step = step_of(page)
    step.how.where.value = "both"
    step.how.texts_of["place"].field.value = "Room 2"
    step.how.texts_of["between"].field.value = "Chat"
    step.how.cycle.click()
    step.how.decides.value = "consent"
    how = page.model.plan.logistics
    assert (how.where, how.place, how.between, how.decides) == ("both", "Room 2", "Chat", "consent")
    assert how.works.startswith("Take it apart: ")
    assert how.works.count("\n") == 2
    assert not seen(step.how.cycle)
    assert "serious objection" in step.how.way.value


def test_a_choice_that_somebody_made_a_moment_before_stays_and_is_said(page, shelf):
    how = page.model.plan.logistics
    shelf.save_part("fixers", "logistics", how, replace(how, where="online"))
    step = step_of(page)
    step.how.where.value = "in_person"
    assert "Somebody else has just chosen “Online”" in page.notice.text
    assert step.how.where.value == "online"
    step.how.where.value = "in_person"
    assert page.model.plan.logistics.where == "in_person"


# -- the start


def test_without_a_result_people_place_themselves(page):
    step = step_of(page)
    assert f"02_learner_power?code={page.model.workshop.code}" in step.start.found.value
    assert not seen(step.start.take)
    step.start.save.click()
    assert WORDS["start"]["needed"] in page.notice.text
    step.start.today.value, step.start.wanted.value = "blended", "facilitated"
    step.start.save.click()
    assert page.model.plan.seeding == Seeding("blended", "facilitated")


def test_a_result_that_was_shown_in_the_room_is_taken_over(page, workshops, code):
    activity = workshops.open_activity(code)
    for number, sheet in enumerate(sample_answers()[:12]):
        workshops.submit(code, activity.id, f"an-invented-person-{number:04d}", sheet)
    workshops.reveal(code, activity.id)
    step = step_of(page)
    page.model.look()
    step.look()
    assert "Shown in the room:" in step.start.found.value
    step.start.take.click()
    seeding = page.model.plan.seeding
    assert seeding is not None
    assert (step.start.today.value, step.start.wanted.value) == (seeding.today, seeding.wanted)
    assert not seen(step.start.take)


def test_champions_are_members_by_id_and_go_with_their_introduction(page, workshops, code, shelf):
    ana, bo = introduce(workshops, code, "Ana", "Bo")
    page.model.look()
    step = step_of(page)
    step.start.today.value = step.start.wanted.value = "facilitated"
    step.start.champions.value = (ana, bo)
    step.start.save.click()
    assert page.model.plan.seeding == Seeding("facilitated", "facilitated", (ana, bo))
    workshops.strike_out(code, "introduction:fixers", bo)
    page.model.look()
    assert step.start.champions.value == (ana,)
    assert step.start.fields.typed == ()


def test_a_choice_of_champions_outlives_somebody_elses_introduction(page, workshops, code):
    (ana,) = introduce(workshops, code, "Ana")
    page.model.look()
    step = step_of(page)
    step.start.champions.value = (ana,)
    introduce(workshops, code, "Bo")
    page.model.look()
    assert step.start.champions.value == (ana,)


# -- contests, what is missing, what may go wrong


def test_what_sets_people_against_each_other_shows_as_a_risk(page):
    step = step_of(page)
    step.contests.ticks["points"].value = True
    assert page.model.plan.contests == ("points",)
    assert "Points, a leaderboard or prizes are planned." in step.missing.risks.value
    step.contests.ticks["points"].value = False
    assert page.model.plan.contests == ()


def test_what_is_missing_leads_to_where_it_is_mended(page):
    step = step_of(page)
    assert h1(page) == "12 things are still missing in this plan"
    for card in ("purpose", "goals", "when", "how", "start"):
        assert f'href="#community-{card}"' in step.missing.plan.value
        assert f'id="community-{card}"' in markup(step.box)
    assert "There is no working agreement." in step.missing.people.value
    step.missing.go["leader"].click()
    assert page.model.step == "leader"


def test_nothing_is_missing_once_everything_is_there(page, workshops, code, shelf):
    ids = introduce(workshops, code, "Ana", "Bo", "Cy")
    shelf.change("fixers", lambda plan: replace(plan, leader=ids[0], agreement=("We help each other.",)))
    step = step_of(page)
    page.model.look()
    step.purpose.field.value = "no fault comes a third time"
    goals = step.goals
    goals.text.value, goals.measure.value, goals.target.value = "Fewer faults", "a month", "3"
    goals.due.value, goals.owner.value = "2027-05-11", ids[1]
    goals.save.click()
    rhythm(step, first="2026-12-08", starts="14:00", zone="Europe/London")
    step.how.where.value = "in_person"
    for name, text in (("place", "Room 2"), ("between", "Chat"), ("works", "The cycle")):
        step.how.texts_of[name].field.value = text
    step.how.decides.value = "consent"
    step.start.today.value = step.start.wanted.value = "blended"
    step.start.save.click()
    assert h1(page) == "Nothing is missing: Fixers can start"
    assert WORDS["missing"]["none_heading"] in step.missing.head.value
    assert not seen(step.missing.go["people"])


def test_another_community_is_not_mixed_with_this_one(page, shelf):
    step = step_of(page)
    step.when.minutes.value, step.goals.text.value = "90", "Half a goal"
    other = shelf.begin("Readers", "to read")
    page.model.look()
    page.model.choose(other.id)
    assert (step.when.minutes.value, step.goals.text.value) == ("60", "")
    assert step.purpose.field.value == "to read"
    page.model.choose("fixers")
    assert (step.when.minutes.value, step.goals.text.value) == ("90", "Half a goal")


def test_a_redraw_sends_nothing(page):
    step = step_of(page)
    rhythm(step, first="2026-12-08", starts="14:00", zone="UTC")
    sent: list[Any] = []

    def watch(widget: Widget) -> None:
        widget.observe(lambda change: sent.append((type(widget).__name__, change.name)))
        for child in getattr(widget, "children", ()):
            watch(child)

    watch(step.box)
    step.refresh()
    step.look()
    assert sent == []


def test_what_can_be_handed_on_stands_there_when_there_is_something_in_it(page, code):
    step = step_of(page)
    assert f"/join/{code}/community/fixers" in step.links.value
    assert "meetings.ics" not in step.links.value
    rhythm(step, first="2026-12-08", starts="14:00", zone="UTC")
    assert f"../communities/{code}/fixers/meetings.ics" in step.links.value
    assert "<svg" in step.year.value
    assert "8 Dec 2026" in step.year.value


# -- what people typed


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_typed_is_never_markup(page, workshops, code, shelf, payload):
    introduce(workshops, code, payload[:90])
    member = shelf.members("fixers")[0].id
    how = Logistics(1, "week", date(2026, 12, 8), time(14), zone="UTC", where="both", place=payload)
    goal = Goal(payload, payload, payload, date(2027, 1, 5), member)
    shelf.change(
        "fixers",
        lambda plan: replace(
            plan, name=payload[:90], purpose=payload, goals=(goal,), logistics=how, leader=member
        ),
    )
    page.model.look()
    step = step_of(page)
    step.goals.which.value = goal
    step.goals.remove.click()
    drawn = Projector(workshops, Addresses("http://10.0.0.7"))
    views = [drawn.view(code, "dark", name).html for name in drawn.view(code).views if "fixers" in name]
    assert len(views) >= 2
    for text in (markup(step.box), page.head.value, *views):
        assert payload not in text or "<" not in payload
        assert "<script" not in text
        assert "<img" not in text.replace("<image", "")


def test_every_button_and_field_has_a_name(page):
    def named(widget: Widget) -> Iterator[Widget]:
        if isinstance(widget, Button | Text | Textarea):
            yield widget
        for child in getattr(widget, "children", ()):
            yield from named(child)

    assert all(one.description for one in named(step_of(page).box))


# -- the projector


def test_the_projector_shows_the_plan_and_six_people_at_a_time(page, workshops, code, shelf):
    introduce(workshops, code, *(f"Person {letter}" for letter in "ABCDEFGH"))
    drawn = Projector(workshops, Addresses("http://10.0.0.7"))
    views = drawn.view(code).views
    assert [one for one in views if one.startswith(("plan_", "people_"))] == [
        "plan_fixers",
        "people_fixers_1",
        "people_fixers_2",
    ]
    first = drawn.view(code, "light", "people_fixers_1").html
    assert first.count("<article>") == 6
    assert "The first meeting has no day yet." in drawn.view(code, "light", "plan_fixers").html


def test_what_to_avoid_stays_off_the_wall(page, workshops, code):
    asked = open_introductions(workshops, code, "fixers", "Fixers")
    said = {"name": "Ana", "brings": "a question", "avoid": "loud rooms", "weaknesses": ["speaks_late"]}
    workshops.submit(code, asked.id, secrets.token_hex(16), said)
    html = Projector(workshops, Addresses("http://10.0.0.7")).view(code, "light", "people_fixers_1").html
    assert "a question" in html
    assert "loud rooms" not in html
    assert "speak late" not in html
