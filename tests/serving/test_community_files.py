"""A community's files for the facilitator: meetings for any calendar, the plan on one sheet, goals as a table."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import recurring_ical_events
from icalendar import Calendar

from learnerfirst.communities import CommunityPlan, Goal, Logistics, Meeting, Member, Seeding
from learnerfirst.pages.community.plan.files import AGREED, DATES, GOALS, goals_csv, named_in, plan_html
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from learnerfirst.workshops.leader_candidates import open_candidacy
from tests.community_life import Life
from tests.payloads import PAYLOADS
from tests.running import Workbook, running_workbook

TODAY = date(2026, 11, 30)
HOW = Logistics(
    1, "month", date(2026, 12, 8), time(14), 45, 12, "Europe/London", "online", "The call", "Chat"
)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    with running_workbook(tmp_path_factory.mktemp("files")) as running:
        yield running


@pytest.fixture
def shelf(workbook: Workbook) -> Iterator[CommunityShelf]:
    with open_store(workbook.store_url) as store:
        workshops = Workshops(store)
        made = CommunityShelf(workshops, workshops.create("Plant north").code)
        made.begin("Fixers", "no fault comes a third time")
        yield made


def test_the_files_lie_behind_the_token_and_are_there_when_there_is_something_in_them(
    workbook: Workbook, shelf: CommunityShelf
) -> None:
    base = f"/communities/{shelf.code}/fixers"
    assert workbook.get(f"{base}/plan.html").status_code == 200
    for name in ("meetings.ics", "plan.csv", "members/ana.ics", "else.txt"):
        assert workbook.get(f"{base}/{name}").status_code == 404
    assert workbook.anonymous(f"{base}/plan.html").status_code in (302, 403)
    assert workbook.get(f"/communities/{shelf.code}/nobody/plan.html").status_code == 404


def test_another_parser_reads_the_meetings_from_the_route_across_a_change_of_the_clocks(
    workbook: Workbook, shelf: CommunityShelf
) -> None:
    first = date.today() + timedelta(days=7)
    shelf.change("fixers", lambda plan: replace(plan, logistics=replace(HOW, first=first)))
    reply = workbook.get(f"/communities/{shelf.code}/fixers/meetings.ics")
    assert reply.headers["content-type"].startswith("text/calendar")
    assert reply.headers["content-disposition"].startswith("attachment")
    span = recurring_ical_events.of(Calendar.from_ical(reply.text)).between(
        (first.year, 1, 1), (first.year + 3, 1, 1)
    )
    starts = [event["DTSTART"].dt for event in span]
    assert len(starts) == 12
    assert {one.hour for one in starts} == {14}
    assert len({one.utcoffset() for one in starts}) == 2
    assert {one.weekday() for one in starts} == {first.weekday()}


def test_a_file_of_a_rehearsal_says_so_in_its_name(workbook: Workbook) -> None:
    with open_store(workbook.store_url) as store:
        for kind in ("real", "rehearsal", "sample"):
            workshops = Workshops(store)
            code = workshops.create("Plant south", kind=kind).code
            CommunityShelf(workshops, code).begin("Fixers")
            reply = workbook.get(f"/communities/{code}/fixers/health.csv")
            mark = "" if kind == "real" else f"{kind}-"
            assert reply.headers["content-disposition"] == f'attachment; filename="{mark}fixers-health.csv"'


def test_a_newer_file_takes_the_place_of_an_older_one_whatever_changed(
    workbook: Workbook, shelf: CommunityShelf
) -> None:
    shelf.change("fixers", lambda plan: replace(plan, logistics=HOW))
    place = CommunityMeetings(shelf.workshops, shelf.code)

    def sequence() -> int:
        text = workbook.get(f"/communities/{shelf.code}/fixers/meetings.ics").text
        return max(int(event["SEQUENCE"]) for event in Calendar.from_ical(text).walk("VEVENT"))

    seen = [sequence()]
    place.plan_ahead(shelf.known("fixers").plan)
    seen.append(sequence())
    plan = shelf.change("fixers", lambda plan: replace(plan, logistics=replace(HOW, meetings=3))).plan
    place.plan_ahead(plan)
    seen.append(sequence())
    assert seen == sorted(set(seen))


def test_the_printed_plan_names_members_as_they_introduced_themselves_and_nobody_who_left(
    workbook: Workbook, shelf: CommunityShelf
) -> None:
    asked = open_introductions(shelf.workshops, shelf.code, "fixers", "Fixers")
    keys = {name: secrets.token_hex(16) for name in ("Ana of hall 3", "Bo")}
    for name, key in keys.items():
        shelf.workshops.submit(shelf.code, asked.id, key, {"name": name, "avoid": "loud rooms"})
    ana = next(one.id for one in shelf.members("fixers") if one.name.startswith("Ana"))
    goal = Goal("Fewer faults", "a month", "3", date.today() + timedelta(days=90), ana)
    shelf.change("fixers", lambda plan: replace(plan, goals=(goal,), leader=ana, elected=True))
    reply = workbook.get(f"/communities/{shelf.code}/fixers/plan.html")
    assert reply.headers["content-disposition"].startswith("inline")
    for said in (
        "no fault comes a third time",
        "Fewer faults",
        "Ana of hall 3 leads, chosen by the group",
        "Bo",
    ):
        assert said in reply.text
    assert "loud rooms" not in reply.text
    table = list(
        csv.reader(
            io.StringIO(workbook.get(f"/communities/{shelf.code}/fixers/plan.csv").text.lstrip("\ufeff"))
        )
    )
    assert table[1][:2] == ["Fewer faults", "a month"]
    assert table[1][4] == "Ana of hall 3"
    shelf.workshops.take_back(shelf.code, "introduction:fixers", keys["Ana of hall 3"])
    after = workbook.get(f"/communities/{shelf.code}/fixers/plan.html").text
    assert "Ana" not in after
    assert "Nobody yet." in after


def full() -> CommunityPlan:
    """More of everything than one sheet holds."""
    long = "A sentence that goes on and on so that it has to be cut somewhere between two of its words. " * 4
    people = tuple(Member(f"m{n}", f"Somebody with a long name {n}") for n in range(60))
    goals = tuple(Goal(f"{n} {long}", long, long, date(2027, 5, 1), "m1") for n in range(12))
    return CommunityPlan(
        "fixers",
        f"Fixers {long}"[:120],
        long,
        goals,
        replace(HOW, meetings=40, place=long, between=long, works=long * 3, decides="consent"),
        "m1",
        "m2",
        members=people,
        seeding=Seeding("blended", "facilitated", tuple(f"m{n}" for n in range(30))),
        agreement=tuple(f"{n} {long}" for n in range(12)),
        founded=TODAY,
    )


def test_what_finds_no_room_on_the_sheet_is_counted() -> None:
    text = plan_html(full(), [], "Plant north", "Rehearsal", TODAY)
    assert text.count("<tr>") == GOALS + 1
    for said in (
        f"no room here: {12 - GOALS}",
        f"and {60 - named_in([one.name for one in full().members])} more",
        f"of the agreement: {12 - AGREED}",
        f"and {40 - DATES} more",
        "Rehearsal",
    ):
        assert said in text


def test_the_sheet_needs_nothing_else() -> None:
    text = plan_html(full(), [Meeting(date(2026, 12, 8))], "Plant north", "", TODAY)
    for asked in ("src=", "href=", "url(", "@import", "<script", "http:", "https:"):
        assert asked not in text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_was_typed_is_text_on_the_sheet_and_no_formula_in_the_table(payload: str) -> None:
    plan = replace(
        full(), name=payload[:100], purpose=payload, goals=(Goal(payload, payload),), agreement=(payload,)
    )
    text = plan_html(plan, [], payload, payload, TODAY)
    assert "<script" not in text
    assert "<img" not in text
    made = goals_csv(plan)
    assert made is not None
    cell = next(csv.reader(io.StringIO(made.decode("utf-8-sig").split("\r\n", 1)[1])))[0]
    assert not cell.startswith(("=", "+", "-", "@"))


FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=2", " =3", "＝1+1", "=HYPERLINK(A1;B1)")
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def test_no_cell_of_any_file_of_a_community_is_a_formula(workbook: Workbook) -> None:
    """Names of members and candidates, departments, goals: whatever people type comes out as text."""
    with open_store(workbook.store_url) as store:
        life = Life(store, date.today())
        asked = open_introductions(life.workshops, life.code, life.id, "=Fixers")
        people = [{"name": one, "department": one, "place": one} for one in FORMULAS]
        life.send(asked, "introduction", *people)
        standing = open_candidacy(life.workshops, life.code, life.id, "=Fixers")
        life.send(standing, "candidacy", *({"name": one} for one in FORMULAS))
        names = [one.name for one in life.votes.standing(life.id)]
        vote = life.vote(names[:2], *[names[1:3]] * 5)
        life.votes.count(vote.id)
        goals = tuple(Goal(one, one, one, None, life.plan.members[0].id) for one in FORMULAS)
        life.shelf.change(life.id, lambda plan: replace(plan, goals=goals))
        life.form()
        life.meet(7)
        for name in ("plan", "groups", "count", "health"):
            reply = workbook.get(f"/communities/{life.code}/{life.id}/{name}.csv")
            assert reply.status_code == 200, name
            rows = list(csv.reader(io.StringIO(reply.text.lstrip("\ufeff"), newline="")))
            assert len(rows) > 4
            assert not [cell for row in rows for cell in row if cell.strip().startswith(SIGNS)], name
            if name != "health":
                assert any(cell.strip() == "'=1+1" for row in rows for cell in row), name
