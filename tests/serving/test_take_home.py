"""What people take home: nothing before the reveal, afterwards picture, plan and calendar; owners only by choice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from learnerfirst.content import sample_answers
from tests.serving.participants_site import Site, running_participants

STEPS = [
    {
        "title": "Try <b>one</b> group; feed it, ask",
        "start": "2026-12-01",
        "end": "2027-02-23",
        "owner": "Ana Ruiz",
    },
    {
        "title": "Find champions",
        "start": "2027-03-01",
        "end": "2027-05-01",
        "detail": "Ask\nwho helps",
        "owner": "",
    },
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("home")) as running:
        yield running


def revealed(site: Site, people: int = 12, **settings: Any) -> str:
    code = site.workshop("Delft & Leiden", **settings)
    asked = {question.id for question in site.workshops.questionnaire(code, "learner_power").questions}
    for number, sheet in enumerate(sample_answers()[:people]):
        given = {name: value for name, value in sheet.items() if name in asked}
        site.workshops.submit(code, "learner_power", f"an-invented-person-{number:04d}", given)
    site.workshops.reveal(code, "learner_power")
    return code


def events(site: Site, code: str) -> list[Any]:
    reply = site.get(f"/join/{code}/plan.ics")
    assert reply.status == 200
    assert reply.headers["content-type"].startswith("text/calendar")
    assert f'filename="plan-{code}.ics"' in reply.headers["content-disposition"]
    return Calendar.from_ical(reply.text).walk("VEVENT")


def test_before_the_reveal_there_is_nothing_to_take_home(site: Site) -> None:
    code = site.workshop()
    assert site.get(f"/join/{code}/state").json["plan"] is None
    for path in ("plan", "plan.html", "plan.ics"):
        reply = site.get(f"/join/{code}/{path}")
        assert (reply.status, "Nothing to take home yet" in reply.text) == (404, True)
    assert site.get("/join/ZZZZZ/plan").status == 404


def test_after_the_reveal_phones_are_told_where_the_plan_is(site: Site) -> None:
    code = revealed(site)
    assert site.get(f"/join/{code}/state").json["plan"] == f"/join/{code}/plan"
    page = site.get(f"/join/{code}/plan").text
    assert "<h1>Delft &amp; Leiden</h1>" in page
    assert "heading for" in page
    assert "<svg" in page
    release = site.workshops.release(code, "learner_power")
    assert release is not None
    assert len(events(site, code)) == len(release.body["plan"]) == page.count("<li><p class")


def test_the_page_and_the_file_carry_the_saved_plan_escaped(site: Site) -> None:
    code = revealed(site)
    site.workshops.save_plan(code, STEPS, 0)
    for path in ("plan", "plan.html"):
        text = site.get(f"/join/{code}/{path}").text
        assert "Try &lt;b&gt;one&lt;/b&gt; group" in text
        assert "1 December 2026 – 23 February 2027" in text
    kept = site.get(f"/join/{code}/plan.html")
    assert "attachment" in kept.headers["content-disposition"]
    assert "src=" not in kept.text
    assert "<link" not in kept.text


def test_the_calendar_says_what_the_plan_says(site: Site) -> None:
    code = revealed(site)
    site.workshops.save_plan(code, STEPS, 0)
    first, second = events(site, code)
    assert str(first["summary"]) == STEPS[0]["title"]
    assert first.decoded("dtstart") == date(2026, 12, 1)
    assert first.decoded("dtend") == date(2027, 2, 23) + timedelta(days=1)
    assert str(second["description"]) == "Ask\nwho helps"
    assert first["transp"] == second["transp"] == "TRANSPARENT"


def test_a_newer_calendar_takes_the_place_of_the_older_one(site: Site) -> None:
    code = revealed(site)
    saved = site.workshops.save_plan(code, STEPS, 0)
    before = events(site, code)
    site.workshops.save_plan(code, [{**STEPS[0], "title": "Later"}, STEPS[1]], saved.version)
    after = events(site, code)
    assert [one["uid"] for one in before] == [one["uid"] for one in after]
    assert [int(one["sequence"]) for one in (before[0], after[0])] == [1, 2]


@pytest.mark.parametrize(("named", "times"), [(False, 0), (True, 1)])
def test_owners_are_named_only_where_they_chose_it(site: Site, named: bool, times: int) -> None:
    code = revealed(site)
    site.workshops.save_plan(code, STEPS, 0, name_owners=named)
    for path in ("plan", "plan.html", "plan.ics"):
        assert site.get(f"/join/{code}/{path}").text.count("Ana Ruiz") == times


def test_a_rehearsal_is_marked_on_every_piece(site: Site) -> None:
    code = revealed(site, kind="rehearsal")
    assert '<span class="tag guess">Rehearsal</span>' in site.get(f"/join/{code}/plan").text
    assert all(str(one["summary"]).startswith("Rehearsal: ") for one in events(site, code))


def test_a_small_room_takes_its_own_plan_home_and_no_picture(site: Site) -> None:
    code = revealed(site, people=3, room="talk")
    assert site.get(f"/join/{code}/plan.ics").status == 404
    site.workshops.save_plan(code, STEPS, 0)
    page = site.get(f"/join/{code}/plan").text
    assert "<svg" not in page
    assert "Find champions" in page
