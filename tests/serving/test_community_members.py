"""Over HTTP: what members see of their community on their phones, its calendar, and their own."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from html import unescape
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar

from learnerfirst.communities import Experiment, Goal, Logistics
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from tests.payloads import PAYLOADS
from tests.serving.participants_site import Site, running_participants

TODAY = date.today()
FIRST = TODAY + timedelta(days=7)
HOW = Logistics(2, "week", FIRST, time(14), 45, 20, "Europe/Lisbon", "both", "Room 2, Delft", "Chat")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("members"), "--failures", "100000") as running:
        yield running


def community(site: Site, *people: dict[str, Any], **settings: Any) -> tuple[str, list[str]]:
    """The code of a workshop with the community "fixers", and the keys of those who introduced themselves."""
    code = site.workshops.create("Plant north", **settings).code
    shelf = CommunityShelf(site.workshops, code)
    shelf.begin("Fixers", "no fault comes a third time")
    asked = open_introductions(site.workshops, code, "fixers", "Fixers")
    keys = []
    for said in people:
        keys.append(secrets.token_hex(8).upper())
        site.workshops.submit(code, asked.id, keys[-1], said)
    return code, keys


def change(site: Site, code: str, **parts: Any) -> None:
    CommunityShelf(site.workshops, code).change("fixers", lambda plan: replace(plan, **parts))


def text_of(site: Site, code: str, more: str = "") -> str:
    reply = site.get(f"/join/{code}/community/fixers{more}")
    assert reply.status == 200
    return unescape(reply.text)


def meetings(text: str, until: int = 3) -> list[Any]:
    """Every event as another parser sees it."""
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(
        (TODAY.year, 1, 1), (TODAY.year + until, 1, 1)
    )
    return sorted(found, key=lambda event: str(event["DTSTART"].dt))


ANA = {
    "name": "Ana",
    "brings": "Twelve years at the press",
    "hopes": "Fewer night calls",
    "strengths": ["explains_well"],
    "weaknesses": ["speaks_late"],
    "preferences": ["small_groups"],
    "avoid": "Being filmed",
    "department": "Maintenance",
    "place": "Hall 3",
}


def test_members_see_who_is_in_it_in_their_own_words(site: Site) -> None:
    code, _keys = community(site, ANA, {"name": "Bo"})
    text = text_of(site, code)
    for said in ("Ana", "Bo", "Twelve years at the press", "Fewer night calls", "Being filmed"):
        assert said in text
    assert "Explaining things so that others can do them" in text
    assert "I prefer two or three people to the whole room" in text
    assert "Maintenance, Hall 3" in text
    assert "I speak late" not in text


def test_an_empty_community_says_what_is_to_come(site: Site) -> None:
    code, _keys = community(site)
    text = text_of(site, code)
    for said in (
        "No meeting is planned yet",
        "No goal is named yet",
        "Nothing is agreed yet",
        "Nobody yet. The group will choose.",
        "Nobody has introduced themself yet",
    ):
        assert said in text
    assert "meetings.ics" not in text
    assert site.get(f"/join/{code}/community/fixers/meetings.ics").status == 404


def test_purpose_goals_agreement_leader_and_meetings_stand_there(site: Site) -> None:
    code, _keys = community(site, ANA)
    ana = CommunityShelf(site.workshops, code).members("fixers")[0].id
    goal = Goal("Fewer faults", "Repeat faults a month", "3", FIRST + timedelta(days=100), ana)
    change(
        site, code, goals=(goal,), logistics=HOW, leader=ana, elected=True, agreement=("We help each other.",)
    )
    text = text_of(site, code)
    for said in (
        "no fault comes a third time",
        "Seen by: Repeat faults a month (3)",
        "Ana watches over it",
        "Ana leads, chosen by the group",
        "We help each other.",
        "14:00 to 14:45 by the clock of Lisbon",
        "In person and online: Room 2, Delft",
        "Between meetings: Chat",
        "Further meetings that are planned: 17.",
    ):
        assert said in text, said
    weekday = FIRST.strftime("%A")
    assert f"Every 2 weeks on {weekday}" in text


def test_a_meeting_that_was_moved_or_called_off_is_told_as_it_is_now(site: Site) -> None:
    code, _keys = community(site)
    change(site, code, logistics=HOW)
    place = CommunityMeetings(site.workshops, code)
    plan = CommunityShelf(site.workshops, code).known("fixers").plan
    place.plan_ahead(plan)
    first, second, *_ = place.of(plan)
    moved = FIRST + timedelta(days=1)
    place.change(plan, first.id, lambda one: replace(one, day=moved, planned=one.day))
    place.change(plan, second.id, lambda one: replace(one, state="cancelled"))
    text = text_of(site, code)
    days = re.findall(r"<li>(\w+, \d+ \w+ \d+)</li>", text)
    assert days[0].startswith(f"{moved.strftime('%A')}, {moved.day} ")
    assert len(days) == 3
    told = [event["DTSTART"].dt.date() for event in meetings(text_of(site, code, "/meetings.ics"))]
    assert told[0] == moved
    assert second.meeting.day not in told
    assert len(told) == 19


def test_no_note_of_a_meeting_stands_there(site: Site) -> None:
    code, _keys = community(site, ANA)
    change(site, code, logistics=HOW)
    place = CommunityMeetings(site.workshops, code)
    plan = CommunityShelf(site.workshops, code).known("fixers").plan
    place.plan_ahead(plan)
    ana = plan.members[0].id
    tried = (Experiment("Secret trial", ana, FIRST),)
    place.change(
        plan,
        "m1",
        lambda one: replace(
            one,
            topic="Secret topic",
            interrogation="Secret note",
            experiments=tried,
            decisions=("Secret decision",),
        ),
    )
    for text in (text_of(site, code), text_of(site, code, "/meetings.ics")):
        assert "Secret" not in text


def test_the_hour_stays_the_same_across_a_change_of_the_clocks(site: Site) -> None:
    code, _keys = community(site)
    change(site, code, logistics=replace(HOW, every=1, meetings=52))
    found = [event["DTSTART"].dt for event in meetings(text_of(site, code, "/meetings.ics"))]
    assert len(found) == 52
    assert {(one.hour, one.minute) for one in found} == {(14, 0)}
    assert len({one.utcoffset() for one in found}) == 2


def test_whoever_takes_their_introduction_back_is_gone_at_once(site: Site) -> None:
    code, (key, _bo) = community(site, ANA, {"name": "Bo"})
    ana = CommunityShelf(site.workshops, code).members("fixers")[0].id
    change(site, code, leader=ana, goals=(Goal("Fewer", owner=ana),))
    assert 'href="/mine"' in text_of(site, code)
    assert site.form("/mine", code=code, key=key, do="confirm").status == 200
    text = text_of(site, code)
    assert "Ana" not in text
    assert "Nobody yet" in text


def test_where_there_is_no_community_nothing_is_told(site: Site) -> None:
    code, _keys = community(site)
    assert site.get(f"/join/{code}/community/nobody").status == 404
    assert "There is no such community" in unescape(site.get(f"/join/{code}/community/nobody").text)
    assert site.get(f"/join/{code}/community/nobody/meetings.ics").status == 404
    assert site.get("/join/ZZZZZ/community/fixers").status == 404
    other = site.workshops.create("Another").code
    assert site.get(f"/join/{other}/community/fixers").status == 404


def test_the_page_needs_nothing_that_default_src_self_forbids(site: Site) -> None:
    code, _keys = community(site, ANA)
    change(site, code, logistics=HOW, agreement=("We help each other.",))
    reply = site.get(f"/join/{code}/community/fixers")
    policy = reply.headers["content-security-policy"]
    assert policy.split(";")[0].strip() == "default-src 'self'"
    assert "unsafe" not in policy
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|<script(?![^>]*\ssrc=)", reply.text)
    assert not re.findall(r'(?:src|href|action)="(?!/)[^"]*"', reply.text)


def test_a_rehearsal_is_marked_on_the_page_and_in_the_calendar(site: Site) -> None:
    code, _keys = community(site, kind="rehearsal")
    change(site, code, logistics=HOW)
    assert "<h1>Rehearsal: Fixers</h1>" in text_of(site, code)
    assert "SUMMARY:Rehearsal: Fixers" in text_of(site, code, "/meetings.ics")


def test_while_introductions_are_open_the_page_leads_to_them(site: Site) -> None:
    code, _keys = community(site)
    assert f'href="/join/{code}" rel="noreferrer">Introduce myself' in text_of(site, code)
    activity = site.workshops.get(code).newest("introduction", "fixers")
    assert activity is not None
    site.workshops.close_activity(code, activity.id)
    import time as clock

    for _ in range(100):
        if "Introduce myself" not in text_of(site, code):
            break
        clock.sleep(0.02)
    assert "Introduce myself" not in text_of(site, code)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_typed_is_text_there(site: Site, payload: str) -> None:
    said = {"name": payload[:90], "brings": payload, "hopes": payload, "avoid": payload}
    code, (key,) = community(site, said)
    change(
        site,
        code,
        name=payload[:100],
        purpose=payload,
        goals=(Goal(payload, payload, payload),),
        logistics=replace(HOW, place=payload, works=payload),
        agreement=(payload,),
    )
    raw = site.get(f"/join/{code}/community/fixers").text
    own = site.form("/mine", code=code, key=key, do="see").text
    for text in (raw, own):
        assert "<script>alert" not in text
        assert "<img" not in text
        assert not re.search(r"<[^>]+\son\w+=", text)


# -- one's own


def test_ones_own_view_says_what_is_up_and_leads_to_the_community(site: Site) -> None:
    code, (key,) = community(site, ANA)
    found = unescape(site.form("/mine", code=code, key=key, do="see").text)
    assert "This is what the people of this workshop see of you" in found
    assert "Twelve years at the press" in found
    assert f'href="/join/{code}/community/fixers"' in found
    assert 'value="calendar:' not in found
    kept = unescape(site.form("/mine", code=code, key=key, do="download").text)
    assert "/community/fixers" not in kept


def test_ones_own_calendar_has_the_meetings_and_what_one_said_one_would_try(site: Site) -> None:
    code, (key, other) = community(site, ANA, {"name": "Bo"})
    change(site, code, logistics=HOW)
    place = CommunityMeetings(site.workshops, code)
    plan = CommunityShelf(site.workshops, code).known("fixers").plan
    place.plan_ahead(plan)
    by_name = {one.name: one.id for one in plan.members}
    tried = (
        Experiment("Ask the night shift", by_name["Ana"], FIRST + timedelta(days=3)),
        Experiment("Draw the valve", by_name["Bo"], FIRST + timedelta(days=4)),
    )
    place.change(plan, "m1", lambda one: replace(one, experiments=tried))
    shown = unescape(site.form("/mine", code=code, key=key, do="see").text)
    action = re.search(r'value="(calendar:[\w-]+)">Meetings and what I will try', shown)
    assert action
    reply = site.form("/mine", code=code, key=key, do=action[1])
    assert 'filename="my-community.ics"' in reply.headers["content-disposition"]
    names = [str(event["SUMMARY"]) for event in meetings(reply.text)]
    assert names.count("Fixers") == 20
    assert "Ask the night shift" in names
    assert "Draw the valve" not in names
    theirs = site.form("/mine", code=code, key=other, do=action[1]).text
    assert "Draw the valve" in theirs
    assert "Ask the night shift" not in theirs
    for text in (reply.text, theirs, shown):
        assert by_name["Ana"] not in text
        assert by_name["Bo"] not in text
    assert key not in reply.text


def test_a_key_that_holds_no_introduction_opens_no_calendar(site: Site) -> None:
    code, _keys = community(site, ANA)
    change(site, code, logistics=HOW)
    stranger = secrets.token_hex(8).upper()
    assert site.form("/mine", code=code, key=stranger, do="calendar:introduction").status == 404
