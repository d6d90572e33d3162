"""Two facilitators press and type whatever there is, members come and go: nothing goes wrong, and every look still succeeds."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from ipywidgets import Button, Checkbox, Dropdown, SelectMultiple, Text, Textarea, Widget

from learnerfirst.communities import Experiment, Goal, Logistics
from learnerfirst.communities.changes import over
from learnerfirst.pages.community.page import STEPS, CommunityPage
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions

ACTS = 120
TYPED = ("", "x", "2026-12-24", "9999-12-31", "12", "14:30", "🎉 مرحبا", "a\nb", "<b>", "9" * 30, "x" * 3000)
HOW = Logistics(1, "week", date(2026, 11, 1), time(14), 60, 8, "Europe/Lisbon", "both", decides="consent")


@pytest.fixture
def code(workshops: Workshops) -> str:
    """A community of nine with goals, some meetings held and some to come."""
    made = workshops.create("Plant north").code
    shelf = CommunityShelf(workshops, made)
    shelf.begin("Fixers")
    asked = open_introductions(workshops, made, "fixers", "Fixers")
    for number in range(9):
        workshops.submit(
            made, asked.id, f"a-member-with-a-key-{number:04d}", {"name": f"Member {number % 7}"}
        )
    workshops.close_activity(made, asked.id)
    shelf.change("fixers", lambda plan: replace(plan, founded=HOW.first))
    plan = shelf.known("fixers").plan
    goals = tuple(Goal(f"Goal {n}", owner=plan.members[n].id) for n in range(3))
    plan = shelf.change("fixers", lambda plan: replace(plan, goals=goals, logistics=HOW)).plan
    meetings = CommunityMeetings(workshops, made)
    meetings.plan_ahead(plan)
    tried = tuple(Experiment("Ask first", one.id) for one in plan.members[:2])
    for one in meetings.of(plan)[:3]:
        meetings.change(plan, one.id, lambda kept: replace(over(kept, 5, 9), experiments=tried))
    return made


def at_hand(widget: Widget) -> Iterator[Any]:
    """Every field and button that can be seen."""
    if widget.layout.display == "none":
        return
    if isinstance(widget, Button | Text | Textarea | Checkbox | Dropdown | SelectMultiple):
        yield widget
    for child in getattr(widget, "children", ()):
        yield from at_hand(child)


def use(widget: Any, chance: random.Random) -> None:
    if isinstance(widget, Button):
        if not widget.disabled:
            widget.click()
    elif isinstance(widget, Text | Textarea):
        widget.value = chance.choice(TYPED)
    elif isinstance(widget, Checkbox):
        widget.value = not widget.value
    elif widget.options:
        place = chance.randrange(len(widget.options))
        widget.index = place if isinstance(widget, Dropdown) else (place,)


def answer(workshops: Workshops, code: str, chance: random.Random) -> None:
    """Somebody answers what is asked by the workshop's code, where something is."""
    asked = workshops.get(code).current
    if asked is None or asked.state != "open" or asked.access != "open":
        return
    sheet: dict[str, Any] = {}
    for one in workshops.questionnaire(code, asked.id).questions:
        if one.kind in ("single", "dropdown"):
            sheet[one.id] = chance.choice(one.options).id
        elif one.kind == "several":
            sheet[one.id] = [chance.choice(one.options).id]
        elif one.required:
            sheet[one.id] = f"Somebody {chance.randrange(5)}"
    workshops.submit(code, asked.id, secrets.token_hex(16), sheet)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_two_press_and_type_nothing_goes_wrong(
    community_desk: Callable[..., CommunityPage],
    workshops: Workshops,
    code: str,
    seed: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.ERROR, logger="learnerfirst.pages")
    chance, shelf = random.Random(seed), CommunityShelf(workshops, code)
    pages = [community_desk(workshops, code, "fixers", "plan") for _ in range(2)]
    for _ in range(ACTS):
        page = chance.choice(pages)
        if chance.random() < 0.15:
            page.there[chance.choice(list(STEPS))].click()
        if seen := list(at_hand(page.steps[page.current].box)):
            use(chance.choice(seen), chance)
        if chance.random() < 0.1:
            answer(workshops, code, chance)
        if chance.random() < 0.02 and (members := shelf.members("fixers")):
            workshops.strike_out(code, "introduction:fixers", chance.choice(members).id)
        if chance.random() < 0.25:
            for one in pages:
                asyncio.run(one._look())
                assert one.model.reachable, one.notice.text
        assert caplog.text == ""
    assert {one.id for one in shelf.all()} >= {"fixers"}
