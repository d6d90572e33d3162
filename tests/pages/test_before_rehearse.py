"""Rehearse: one button fills a workshop over the real participant pages; clearing leaves nothing, and nothing real goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from learnerfirst.content import texts
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.before.page import BeforeModel, BeforePage
from learnerfirst.pages.before.rehearse import RehearseModel, RehearsePart
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.serving.rehearsal import rehearse, rehearse_async
from learnerfirst.store import Store, open_store
from learnerfirst.workshops import Workshops
from tests.serving.participants_site import Site, running_participants

WORDS = texts("before")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("rehearsed")) as running:
        yield running


@pytest.fixture
def opened(site: Site) -> Iterator[Callable[..., BeforePage]]:
    pages: list[BeforePage] = []

    def open_page(url: str = site.url) -> BeforePage:
        notice = Notice()
        guarded = guard(notice, WORDS)
        model = RehearseModel(site.workshops, WORDS["rehearse"], url, rehearse_async, pace=0.01)
        part = RehearsePart(model, WORDS["rehearse"], Addresses("http://10.0.0.7:8867"), guarded, notice)
        frame = BeforeModel(Desk(site.workshops.store, "before"))
        page = BeforePage(frame, {"rehearse": part}, WORDS, texts("start"), notice, guarded)
        page.start()
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()


def rehearsed(page: BeforePage, people: int = 12) -> RehearsePart:
    """Press the button and wait until everybody has answered."""
    part = page.parts["rehearse"]
    assert isinstance(part, RehearsePart)

    async def press() -> None:
        part.people.value = people
        part.start.click()
        assert part.start.disabled
        assert part.task is not None
        await part.task

    asyncio.run(press())
    return part


def everything(store: Store) -> str:
    """All rows of all tables, as text."""
    names = inspect(store.engine).get_table_names()
    with store.engine.connect() as connection:
        return "\n".join(
            str(row) for name in names for row in connection.execute(text(f'SELECT * FROM "{name}"'))
        )


@pytest.mark.parametrize("people", [12, 30])
def test_one_button_fills_a_rehearsal_and_another_reveals_it(
    opened: Callable[..., BeforePage], site: Site, people: int
) -> None:
    part = rehearsed(opened(), people)
    workshop = site.workshops.get(part.model.code)
    assert workshop.kind == "rehearsal"
    assert site.workshops.count(workshop.code, "learner_power") == people
    assert WORDS["rehearse"]["done_heading"].format(people=people) in part.live.value
    assert not part.start.disabled
    part.reveal.click()
    release = site.workshops.release(workshop.code, "learner_power")
    assert release is not None
    assert release.body["n"] == people
    assert release.body["guess"]
    assert WORDS["rehearse"]["go_result"] in part.links.value


def test_progress_is_told_person_by_person(opened: Callable[..., BeforePage]) -> None:
    page = opened()
    part = page.parts["rehearse"]
    seen: list[int] = []
    part.model.observe(lambda change: seen.append(change.new), names="answered")
    rehearsed(page)
    assert seen == list(range(1, 13))


def test_clearing_leaves_no_trace_of_rehearsals_and_everything_of_the_rest(
    opened: Callable[..., BeforePage], site: Site
) -> None:
    real = site.workshop("A real one")
    assert rehearse(site.url, real, 6, within=0.1).stored == 6
    desk = Desk(site.workshops.store, "learner_power")
    part = rehearsed(opened())
    code = part.model.code
    part.reveal.click()
    site.workshops.save_plan(code, [{"title": "Try it", "start": "2027-01-01", "end": "2027-01-02"}])
    desk.leave_at(real, "reveal")
    desk.leave_at(code, "plan")
    Desk(site.workshops.store, "community_open").leave_at(code, "people_who_mend_pumps")
    assert code in everything(site.workshops.store)

    part.clear.click()
    assert code in everything(site.workshops.store)  # it asks first
    part.yes.click()
    assert code not in everything(site.workshops.store)
    assert "people_who_mend_pumps" not in everything(site.workshops.store)
    assert site.workshops.count(real, "learner_power") == 6
    assert desk.step(real) == "reveal"
    assert part.clear.disabled
    assert WORDS["rehearse"]["cleared"] in part.notice.text


def test_nothing_is_deleted_when_one_keeps_it(opened: Callable[..., BeforePage], site: Site) -> None:
    part = rehearsed(opened())
    part.clear.click()
    part.no.click()
    assert site.workshops.count(part.model.code, "learner_power") == 12
    assert not part.clear.disabled


def test_simulated_people_stay_out_of_real_workshops(site: Site) -> None:
    real = site.workshop("No place for them")
    met = rehearse(site.url, real, 3, within=0.1, kind="rehearsal")
    assert met.stored == 0
    assert "simulated people stay out" in met.errors[0]
    assert site.workshops.count(real, "learner_power") == 0


def test_without_participant_pages_it_says_how_to_start_them(opened: Callable[..., BeforePage]) -> None:
    page = opened(url="")
    part = page.parts["rehearse"]
    assert isinstance(part, RehearsePart)
    part.start.click()
    assert WORDS["rehearse"]["no_address"] in page.notice.text
    assert not part.model.code


def test_a_server_that_is_gone_is_said_with_its_reason(opened: Callable[..., BeforePage]) -> None:
    part = rehearsed(opened(url="http://127.0.0.1:9"))
    assert part.model.answered == 0
    assert "lf-warn" in part.live.value


def test_every_view_and_export_of_a_rehearsal_carries_its_mark(site: Site, tmp_path: Path) -> None:
    mark = texts("participant")["page"]["kind_rehearsal"]
    code = site.workshop("Marked", kind="rehearsal")
    met = rehearse(site.url, code, 5, within=0.1)
    assert mark in site.get(f"/join/{code}").text
    assert site.get(f"/join/{code}/state").json["kind"] == "rehearsal"
    own = site.post(f"/join/{code}/own", {"activity": "learner_power", "id": met.ids[0]})
    assert mark in own.json["html"]
    for action in ("see", "download"):
        assert mark in site.form("/mine", code=code, key=met.ids[0], do=action).text, action
    assert site.form("/mine", code=code, key=met.ids[0], do="export").json["kind"] == "rehearsal"
    assert site.workshops.reveal(code, "learner_power").body["kind"] == "rehearsal"
    for path, said in (("plan", mark), ("plan.html", mark), ("plan.ics", f"SUMMARY:{mark}: ")):
        assert said in site.get(f"/join/{code}/{path}").text, path
    file = tmp_path / "rehearsal.json"
    site.workshops.store.export_workshop(code, file, leave_out=())
    with open_store(f"sqlite:///{tmp_path / 'other.db'}", migrate=True) as other:
        other.import_workshop(file)
        assert Workshops(other).get(code).kind == "rehearsal"


def test_real_results_carry_no_mark(site: Site) -> None:
    code = site.workshop("Real")
    met = rehearse(site.url, code, 1, within=0.1)
    assert (
        texts("participant")["page"]["kind_rehearsal"]
        not in site.form("/mine", code=code, key=met.ids[0], do="download").text
    )
