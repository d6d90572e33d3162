"""A community in which one member did everything that a member can do, for tests of what is left of them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from learnerfirst.communities import Experiment, Goal, Logistics, Meeting, Seeding
from learnerfirst.communities.changes import over
from learnerfirst.content import texts
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.community import DESK
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.page import STEPS, CommunityPage
from learnerfirst.pages.desk import Desk
from learnerfirst.store import Store
from learnerfirst.workshops import Activity, Workshops
from learnerfirst.workshops.community_agreement import CommunityAgreement
from learnerfirst.workshops.community_forming import Wanted, form_round
from learnerfirst.workshops.community_groups import CommunityGroups
from learnerfirst.workshops.community_icebreakers import CommunityIcebreakers
from learnerfirst.workshops.community_meetings import CommunityMeetings, KeptMeeting
from learnerfirst.workshops.community_pulses import CommunityPulses
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.community_skills import CommunitySkills
from learnerfirst.workshops.introductions import PURPOSE, open_introductions
from learnerfirst.workshops.leader_candidates import CANDIDACY, open_candidacy
from learnerfirst.workshops.leader_choice import VOTE, choose_leader
from learnerfirst.workshops.leader_vote import LeaderVotes

TODAY = date(2026, 11, 30)
OTHERS = ("Bo", "Cy", "Dee", "Eli", "Fay")
ONE = "Quillfeather"
"""The name of the one member; what they typed into other fields begins alike, so that one search finds all of it."""
TYPED = {
    "name": ONE,
    "brings": "quill-brings twelve years at the press",
    "hopes": "quill-hopes for fewer night calls",
    "avoid": "quill-avoids being filmed",
    "department": "quill-department",
    "place": "quill-place",
    "strengths": ["explains_well"],
    "weaknesses": ["speaks_late"],
    "preferences": ["small_groups"],
    "zone": "europe_london",
}
SENTENCES = ("We help each other.", "Everybody gets a turn.")


class Life:
    """The community "Fixers" of six members; ``keys`` are the one member's, by what they were sent for."""

    def __init__(self, store: Store, today: date = TODAY) -> None:
        self.workshops = Workshops(store, today=lambda: today)
        self.code = self.workshops.create("Plant north").code
        self.shelf = CommunityShelf(self.workshops, self.code)
        self.id = self.shelf.begin("Fixers", "Fewer repeat faults").id
        self.votes = LeaderVotes(self.workshops, self.code)
        self.pulses = CommunityPulses(self.workshops, self.code)
        self.agreement = CommunityAgreement(self.workshops, self.code, self.id)
        self.place = CommunityMeetings(self.workshops, self.code)
        self.keys: dict[str, str] = {}

    @property
    def plan(self) -> Any:
        return self.shelf.known(self.id).plan

    @property
    def meetings(self) -> tuple[KeptMeeting, ...]:
        return self.place.of(self.plan)

    @property
    def me(self) -> str:
        """The told id of the one member."""
        return next(one.id for one in self.plan.members if one.name == ONE)

    def send(self, asked: Activity, what: str, mine: Any, *others: Any) -> None:
        """What the one member sends, and the others; then the round is over."""
        self.put(asked, what, mine, *others)
        self.workshops.close_activity(self.code, asked.id)

    def put(self, asked: Activity, what: str, mine: Any, *others: Any) -> None:
        self.keys[what] = secrets.token_hex(16)
        self.workshops.submit(self.code, asked.id, self.keys[what], mine)
        for one in others:
            self.workshops.submit(self.code, asked.id, secrets.token_hex(16), one)

    # -- what members do

    def introduce(self) -> None:
        asked = open_introductions(self.workshops, self.code, self.id, "Fixers")
        self.send(asked, PURPOSE, TYPED, *({"name": name} for name in OTHERS))

    def stand(self, *names: str) -> None:
        """Let people stand; the one member among them if they are named."""
        asked = open_candidacy(self.workshops, self.code, self.id, "Fixers")
        for name in names:
            self.put(asked, CANDIDACY if name == ONE else f"{CANDIDACY} {name}", candidacy(name))
        self.workshops.close_activity(self.code, asked.id)

    def vote(self, mine: Sequence[str], *others: Sequence[str], close: bool = True) -> Activity:
        vote = self.votes.open(self.id, "Fixers")
        ballot = self.votes.ballot(vote)
        assert ballot is not None
        ids = {name: one for one, name in ballot.names.items()}
        sheets = [{"approval": [ids[name] for name in names]} for names in (mine, *others)]
        (self.send if close else self.put)(vote, VOTE, *sheets)
        return vote

    def agree(self, people: int = 6, *, close: bool = True) -> Activity:
        asked = self.agreement.open("Fixers", SENTENCES)
        mine = {"s1": "fine", "s2": "change", "words": "quill-words on turns"}
        (self.send if close else self.put)(asked, "agreement", mine, *[{"s1": "fine"}] * (people - 1))
        return asked

    def meet(self, days_ago: int, **parts: Any) -> KeptMeeting:
        day = self.workshops.today() - timedelta(days=days_ago)
        made = self.place.add(self.plan, Meeting(day, members=6))
        held = self.place.change(self.plan, made.id, lambda one: over(one, 6, 6))
        return self.place.change(self.plan, held.id, lambda one: replace(one, **parts)) if parts else held

    def tap(self, one: KeptMeeting, mine: str = "yes", people: int = 6, *, close: bool = True) -> Activity:
        asked = self.pulses.open(self.plan, one)
        sheets = [{"challenged": mine, "safe": mine}, *[{"challenged": "yes", "safe": "no"}] * (people - 1)]
        (self.send if close else self.put)(asked, f"taps {one.id}", *sheets)
        return asked

    # -- all of it

    def everything(self, *standing: str) -> None:
        """Every step of the page, with the one member in every place where a member can be."""
        self.introduce()
        self.plan_with_them()
        if standing:
            self.stand(*standing)
            vote = self.vote(standing[:1], *[standing[:1]] * 3, *[standing[-1:]] * 2)
            self.votes.count(vote.id)
            choose_leader(self.shelf, self.id, "", self.me, VOTE, vote.id)
        else:
            choose_leader(self.shelf, self.id, "", self.me, "aloud")
        self.agree()
        self.agreement.adopt((), SENTENCES)
        self.form()
        tried = (Experiment("Ask first", self.me, TODAY),)
        for number in (3, 2, 1):
            self.tap(self.meet(7 * number, topic="Pumps", interrogation="Why twice?", experiments=tried))
        self.pulses.show(self.plan, self.meetings)

    def plan_with_them(self) -> None:
        me = self.me
        bo, cy = (one.id for one in self.plan.members if one.name in ("Bo", "Cy"))
        first = self.workshops.today() + timedelta(days=7)
        how = Logistics(1, "month", first, time(14), 45, 12, "Europe/London", "online", "The call", "Chat")
        self.shelf.change(
            self.id,
            lambda plan: replace(
                plan,
                goals=(Goal("Fewer faults", "a month", "3", first + timedelta(days=90), me),),
                logistics=how,
                mediator=me,
                seeding=Seeding("blended", "facilitated", (me, bo)),
            ),
        )
        self.shelf.set_manager(self.id, me, bo)
        self.shelf.set_manager(self.id, cy, me)
        CommunitySkills(self.workshops, self.code).save_needs(self.id, "", "Listening")
        icebreakers = CommunityIcebreakers(self.workshops, self.code, self.id)
        self.shelf.change_note("icebreakers", self.id, lambda _: {"drawn": icebreakers.all[0].id})

    def form(self) -> None:
        groups = CommunityGroups(self.workshops, self.code)
        for seed in (1, 2):
            before = groups.of(self.id)
            wanted = Wanted(3, ("department", "place", "strengths"), seed=seed)
            groups.keep(self.id, form_round(self.plan, before, wanted, TODAY), before)


def candidacy(name: str) -> dict[str, str]:
    """What somebody writes who stands."""
    typed = "quill-" if name == ONE else f"{name} "
    return {"name": name, "would": f"{typed}would ask", "would_not": f"{typed}would not decide alone"}


@contextmanager
def open_page(life: Life, folder: Path) -> Iterator[CommunityPage]:
    """The facilitator's page on it."""
    store = life.workshops.store
    model = CommunityModel(
        life.workshops,
        Desk(store, "community"),
        Desk(store, DESK),
        Addresses("http://10.0.0.7:8867"),
        Inbox(folder),
    )
    words = {step: texts(f"community_{step}") for step in STEPS}
    page = CommunityPage(model, texts("community_page"), words, texts("start"))
    page.start(life.code, life.id)
    try:
        yield page
    finally:
        page.close()


def at_every_step(page: CommunityPage, told: Callable[[Any], str]) -> dict[str, str]:
    """What the page says at each step, by ``told(box)``."""
    found = {}
    for step in STEPS:
        page.there[step].click()
        page.model.look()
        page.look_at(step)
        page.refresh()
        found[step] = told(page.box)
    return found
