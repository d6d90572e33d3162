"""Real pages on a real store, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from learnerfirst.content import sample_answers, texts
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.community import DESK
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.page import STEPS, CommunityPage
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.learner_power.model import LearnerPowerModel
from learnerfirst.pages.learner_power.page import LearnerPowerPage
from learnerfirst.store import Store, open_store
from learnerfirst.workshops import Workshops

TODAY = date(2026, 11, 22)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def workshops(store: Store) -> Workshops:
    return Workshops(store, today=lambda: TODAY)


@pytest.fixture
def open_page(store: Store, workshops: Workshops) -> Iterator[Callable[..., LearnerPowerPage]]:
    """Open the learner-power page as a new tab, or a new server, would; all are closed after the test."""
    pages: list[LearnerPowerPage] = []

    def opened(code: str | None = None) -> LearnerPowerPage:
        words = texts("learner_power")
        model = LearnerPowerModel(workshops, Desk(store, "learner_power"), words, TODAY)
        page = LearnerPowerPage(
            model, words, texts("charts"), texts("start"), Addresses("http://10.0.0.7:8867")
        )
        page.start(code)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()


@pytest.fixture
def community_desk(store: Store, tmp_path: Path) -> Iterator[Callable[..., CommunityPage]]:
    """Open a community at a step, as a new tab, or a second facilitator, would; all are closed after the test."""
    pages: list[CommunityPage] = []
    inbox = Inbox(tmp_path / "inbox")
    inbox.uploads.mkdir(parents=True, exist_ok=True)
    words = {step: texts(f"community_{step}") for step in STEPS}

    def opened(workshops: Workshops, code: str, community_id: str, step: str) -> CommunityPage:
        desks = Desk(store, "community"), Desk(store, DESK)
        model = CommunityModel(workshops, *desks, Addresses("http://10.0.0.7:8867"), inbox)
        page = CommunityPage(model, texts("community_page"), words, texts("start"))
        page.start(code, community_id)
        page.there[step].click()
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()


@pytest.fixture
def page(open_page: Callable[..., LearnerPowerPage]) -> LearnerPowerPage:
    return open_page()


@pytest.fixture
def answer(workshops: Workshops) -> Callable[..., None]:
    """Let this many invented people answer what is open in a workshop."""

    def answered(code: str, people: int, start: int = 0) -> None:
        activity = workshops.get(code).activities[-1]
        asked = {question.id for question in workshops.questionnaire(code, activity.id).questions}
        for number, sheet in enumerate(sample_answers()[start : start + people], start=start):
            given = {name: value for name, value in sheet.items() if name in asked}
            workshops.submit(code, activity.id, f"an-invented-person-{number:04d}", given)

    return answered
