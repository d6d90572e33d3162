"""The step "health" of the community page, driven by its real widgets on a real store."""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from learnerfirst.communities import Activity, Experiment, Logistics, Meeting, Month
from learnerfirst.content import texts
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.community.health.step import HealthStep
from learnerfirst.pages.community.page import CommunityPage
from learnerfirst.pages.projector import Projector
from learnerfirst.serving.communities import FILES, Asked
from learnerfirst.store import Store
from learnerfirst.store.tables import KEPT
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from tests.gaps_shown import markup
from tests.payloads import PAYLOADS

CHATS = Path(__file__).parent.parent / "fixtures" / "chats"
WORDS = texts("community_look")
TODAY = date(2026, 11, 22)
FIRST = date(2026, 6, 2)
Open = Callable[..., CommunityPage]


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    made = Inbox(tmp_path / "inbox")
    made.uploads.mkdir(parents=True, exist_ok=True)
    return made


@pytest.fixture
def open_page(community_desk: Callable[..., CommunityPage], workshops: Workshops) -> Open:
    return lambda code, community_id: community_desk(workshops, code, community_id, "health")


@pytest.fixture
def code(workshops: Workshops) -> str:
    return workshops.create("Plant north").code


@pytest.fixture
def shelf(workshops: Workshops, code: str) -> CommunityShelf:
    made = CommunityShelf(workshops, code)
    made.begin("Fixers")
    return made


@pytest.fixture
def page(shelf: CommunityShelf, open_page: Open) -> CommunityPage:
    return open_page(shelf.code, "fixers")


@pytest.fixture
def sample(workshops: Workshops, open_page: Open) -> CommunityPage:
    return open_page(workshops.create_sample().code, "fault_finders")


def step(page: CommunityPage) -> HealthStep:
    found: HealthStep = page.steps["health"]
    return found


def said(page: CommunityPage) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup(step(page).box)))


def h1(page: CommunityPage) -> str:
    found = re.search("<h1>(.*?)</h1>", page.head.value)
    assert found
    return html.unescape(found[1])


def members(shelf: CommunityShelf, *names: str) -> list[str]:
    """Introduce these, and return their ids in this order."""
    asked = open_introductions(shelf.workshops, shelf.code, "fixers", "Fixers")
    for number, name in enumerate(names):
        shelf.workshops.submit(shelf.code, asked.id, f"{number + 1:032x}", {"name": name})
    shelf.workshops.close_activity(shelf.code, asked.id)
    ids = {one.name: one.id for one in shelf.members("fixers")}
    return [ids[name] for name in names]


def met(shelf: CommunityShelf, *meetings: Meeting) -> None:
    place = CommunityMeetings(shelf.workshops, shelf.code)
    plan = shelf.known("fixers").plan
    for one in meetings:
        place.add(plan, one)


def held(number: int, **more: object) -> Meeting:
    day = FIRST + timedelta(days=14 * number)
    return Meeting(day, "held", present=8, members=10, **more)  # type: ignore[arg-type]


def sent(inbox: Inbox, name: str, data: bytes | None = None) -> str:
    """A file as the browser's upload leaves it."""
    target = inbox.uploads / name
    if data is None:
        shutil.copy(CHATS / name, target)
    else:
        target.write_bytes(data)
    return f"uploads/{name}"


def everything(store: Store) -> str:
    with store.engine.connect() as connection:
        return json.dumps([[list(map(str, row)) for row in connection.execute(one.select())] for one in KEPT])


# -- is it alive?


def test_a_new_community_has_not_met_yet_and_says_how_each_measure_would_become_known(page):
    assert h1(page) == "Fixers: it has not met yet"
    told = said(page)
    for name in ("rhythm", "attendance", "contributed", "own", "tried"):
        assert WORDS["lacking"][name] in told
    assert " 0 %" not in told
    assert "None" not in told
    assert WORDS["risks"]["nothing"] in told
    assert WORDS["tried"]["lead"] not in told  # what is lacking says it once
    assert WORDS["taps"]["lead"] not in told
    assert "health.csv" in step(page).take.value
    assert "health_fixers" not in step(page).take.value


def test_the_sample_is_alive_and_says_what_to_do_this_month(sample):
    assert h1(sample) == "Fault finders: it is alive, and 2 things need a look"
    told = said(sample)
    for words in (
        "Things to try whose day has passed without word: 1.",
        "In one of the last three meetings one voice took more than half of the turns.",
        "Begin with a round in which each speaks once",
        "It met on 92 % of the planned days.",
        "Members started 57 % of what was started lately: half or more, so it has critical mass.",
        "Unfacilitated",
        "R. Millington",
        "Count alarms and faults at line C for two weeks",
        "Amina Diallo, by",
        "day has passed, no word yet",
        "Members who wrote in the three months before: 9.",
        "Growing.",
    ):
        assert words in told
    assert "the same as a table" in told.lower()
    assert not step(sample).lacking.value


def test_what_was_tried_stands_with_owner_and_day_what_waits_for_word_first(page, shelf):
    ana, bo = members(shelf, "Ana", "Bo")
    tries = (
        Experiment("Ask first", ana, TODAY + timedelta(days=3)),
        Experiment("Write it down", bo, TODAY - timedelta(days=1)),
        Experiment("Count stops", ana, TODAY, "done", "Half were ours."),
        Experiment("No day, nobody"),
        Experiment("Buy a sensor", bo, TODAY, "dropped"),
    )
    met(shelf, held(0, experiments=tries))
    page.model.look()
    told = re.sub(r"\s+", " ", said(page))
    places = [told.index(each.text) for each in (tries[1], tries[0], tries[3])]
    assert places == sorted(places)
    assert "Bo, by 21 November 2026" in told
    assert "nobody named, no day yet" in told
    assert "Half were ours." in told
    assert "What was learned is not noted." in told
    shelf.workshops.strike_out(shelf.code, "introduction:fixers", bo)
    page.model.look()
    assert "Bo, by" not in said(page)


def test_nine_months_without_critical_mass_are_the_headline(page, shelf):
    shelf.change("fixers", lambda plan: replace(plan, founded=date(2026, 1, 20)))
    met(shelf, *(held(number, contributed=6, started="facilitator") for number in range(6)))
    page.model.look()
    assert h1(page) == "Fixers: after 10 months it still lives on those who run it"
    assert "Members started 0 % of what was started lately." in said(page)
    assert "For 10 months members have not started half of it" in said(page)


def test_a_last_meeting_long_ago_is_the_headline_with_what_to_do(page, shelf):
    rhythm = Logistics(2, "week", FIRST)
    shelf.change("fixers", lambda plan: replace(plan, founded=FIRST, logistics=rhythm))
    met(shelf, *(held(number, experiments=(Experiment("x", state="done"),)) for number in range(10)))
    page.model.look()
    assert h1(page) == "Fixers: it has met too rarely lately"
    assert "The last meeting is more than two rhythms ago." in said(page)


@pytest.mark.parametrize("few", [1, 4])
def test_one_to_four_who_took_part_cannot_be_told_from_nobody_having_counted(
    open_page, workshops, shelf, few
):
    def shown() -> tuple[str, bytes | str | None]:
        asked = Asked(workshops, workshops.get(shelf.code), shelf.known("fixers").plan, 1)
        return said(open_page(shelf.code, "fixers")), FILES["health.csv"][1](asked)

    met(shelf, *(held(number) for number in range(3)))
    before = shown()
    place = CommunityMeetings(workshops, shelf.code)
    plan = shelf.known("fixers").plan
    for one in place.of(plan):
        place.change(plan, one.id, lambda meeting: replace(meeting, contributed=few))
    assert shown() == before


def test_how_many_wrote_in_a_forum_is_told_from_five_people_on(open_page, workshops, shelf):
    members(shelf, *"ABCDEFGH")
    told = {}
    for people in (1, 4, 5):
        months = (Month("2026-11", 6, 4, 9),)
        shelf.save_activity("fixers", Activity(date(2026, 11, 1), date(2026, 11, 20), months, people))
        page = open_page(shelf.code, "fixers")
        drawn = Projector(workshops, Addresses("http://x")).view(shelf.code, "light", "health_fixers").html
        told[people] = (said(page), drawn, h1(page))
    assert told[1] == told[4]
    assert "Members who wrote" not in told[4][0]
    assert "Members who wrote in the three months before: 5." in told[5][0]


def test_drawing_again_sends_nothing(sample):
    sent_ = []
    for one in (step(sample).month, step(sample).year, step(sample).taps, step(sample).own):
        one.observe(sent_.append, names="value")
    sample.model.look()
    sample.refresh()
    step(sample).look()
    assert sent_ == []


@pytest.mark.parametrize("payload", PAYLOADS[:12])
def test_what_people_typed_is_text(open_page, workshops, shelf, payload):
    (ana,) = members(shelf, payload[:60])
    met(shelf, held(0, topic=payload, experiments=(Experiment(payload, ana, TODAY, learned=payload),)))
    page = open_page(shelf.code, "fixers")
    drawn = Projector(workshops, Addresses("http://x"))
    shown = [markup(step(page).box)]
    shown += [drawn.view(shelf.code, "light", name).html for name in ("health_fixers", "year_fixers")]
    for one in shown:
        assert payload not in one or not payload.startswith("<")


# -- a forum or chat


@pytest.mark.parametrize(
    ("file", "fay", "kinds"),
    [("slack_like.csv", "U07fay", {}), ("teams_like.csv", "Fay Moon", {}), ("forum_like.csv", "fay@example.org", {"Shout": "started"})],
)  # fmt: skip
def test_an_export_is_counted_and_its_keys_and_words_are_forgotten(
    page, store, inbox, shelf, file, fay, kinds
):
    form = step(page).form
    form.read(sent(inbox, file))
    assert not (inbox.uploads / file).exists()
    assert "Recognised" in form.said.value
    listed = [label for label, _ in form.running.options]
    assert listed == sorted(listed, key=str.casefold)
    assert fay in listed
    assert list(form.meanings) == list(kinds)
    form.running.value = (fay,)
    for word, meaning in kinds.items():
        form.meanings[word].value = meaning
    page.model.look()
    assert form.running.value == (fay,)
    form.count.click()
    found = shelf.activity("fixers")
    assert found is not None
    assert found.months == (Month("2026-09", 2, 1, 1), Month("2026-10", 1, 1, 1))
    assert form.table is None
    assert form.running.options == ()
    assert not form.keys
    assert not form.marked
    everywhere = (
        everything(store)
        + markup(page.box)
        + "".join(path.read_text() for path in inbox.folder.rglob("*") if path.is_file())
    )
    for word in (fay, "U07ana", "Ana Diallo", "ana@example.org", "drifts", "two stops"):
        assert word not in everywhere
    assert "Counted: 2 months, up to 2 October 2026" in page.notice.text


def test_rows_that_do_not_fit_are_left_out_and_listed(page, inbox, shelf):
    form = step(page).form
    form.read(sent(inbox, "forum_like.csv"))
    form.count.click()
    found = shelf.activity("fixers")
    assert found is not None
    assert sum(one.started for one in found.months) == 2
    assert "Rows left out: 2" in form.left_out.value
    (listed,) = inbox.lists.iterdir()
    assert listed.name in form.left_out.value
    rows = list(csv.reader(listed.read_text("utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == ["5", "7"]
    assert "example.org" not in listed.read_text()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.csv", b"", "empty.csv"),
        ("colours.csv", b"colour,size\nred,3\n", "a column with"),
        ("notes.pdf", b"%PDF-1.7 not a table \x00\x01", "notes.pdf"),
    ],
)
def test_a_file_that_is_none_says_why_and_is_deleted(page, inbox, name, data, words):
    form = step(page).form
    form.upload.uploaded = {"name": sent(inbox, name, data)}
    assert words in html.unescape(page.notice.text)
    assert "lf-bad" in page.notice.text
    assert form.table is None
    assert not list(inbox.uploads.iterdir())


def test_a_file_in_which_nothing_counts_stays_to_be_looked_at(page, inbox, shelf):
    form = step(page).form
    form.read(sent(inbox, "odd.csv", b"user,date,kind\na,2026-10-30,smiled\n"))
    form.count.click()
    assert "every row has a fault" in html.unescape(page.notice.text)
    assert form.table is not None
    assert shelf.activity("fixers") is None
    form.meanings["smiled"].value = "answered"
    form.count.click()
    assert shelf.activity("fixers") is not None


def test_an_older_export_replaces_nothing_and_counts_can_be_deleted(page, inbox, shelf):
    kept = Activity(date(2026, 5, 1), date(2026, 11, 20), (Month("2026-11", 6, 4, 9),), 6)
    shelf.save_activity("fixers", kept)
    page.model.look()
    form, counts = step(page).form, step(page).kept
    form.read(sent(inbox, "slack_like.csv"))
    form.count.click()
    assert "reaches only up to 2 October 2026" in page.notice.text
    assert shelf.activity("fixers") == kept
    counts.remove.click()
    assert "This deletes what was counted" in markup(counts.box)
    counts.keep.click()
    assert shelf.activity("fixers") == kept
    counts.remove.click()
    counts.sure.click()
    assert shelf.activity("fixers") is None
    assert "Delete the counts" not in markup(step(page).box)


def test_leaving_a_file_or_its_community_forgets_it(page, inbox, shelf):
    shelf.begin("Others")
    form = step(page).form
    form.read(sent(inbox, "teams_like.csv"))
    form.drop.click()
    assert form.table is None
    form.read(sent(inbox, "teams_like.csv"))
    page.model.choose("others")
    page.model.go("health")
    assert form.table is None
    assert "Ana Diallo" not in markup(page.box)
    assert h1(page) == "Others: it has not met yet"


def test_who_runs_it_stays_marked_while_others_are_looked_for(page, inbox, shelf):
    rows = "".join(f"person {number:04d},2026-11-0{1 + number % 9},started\n" for number in range(450))
    form = step(page).form
    form.read(sent(inbox, "many.csv", f"user,date,kind\n{rows}".encode()))
    assert len(form.running.options) == 200
    form.running.value = ("person 0003",)
    form.find.value = "0444"
    assert [key for _, key in form.running.options] == ["person 0444"]
    form.running.value = ("person 0444",)
    form.find.value = ""
    assert form.marked == {"person 0003", "person 0444"}
    assert "Of 450 the first 200 are listed" in form.listed.value
    form.count.click()
    found = shelf.activity("fixers")
    assert found is not None
    assert found.months == (Month("2026-11", 450, 448, 0),)


# -- taken along


def test_the_file_and_the_views_hold_no_name(sample, workshops):
    model = sample.model
    asked = Asked(workshops, model.workshop, model.plan, model.kept.version)
    kind, make = FILES["health.csv"]
    data = make(asked)
    assert isinstance(data, bytes)
    assert kind.startswith("text/csv")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert rows[0] == list(WORDS["file"]["head"])
    told = {row[0]: row[1] for row in rows}
    assert told["stage of life (suggested)"] == "Active"
    assert told["tried at work, past its day"] == "1"
    assert told["Started by members"] == "57 %"
    assert told["started in 2026-11"] == "11"
    drawn = Projector(workshops, Addresses("http://x"))
    shown = [data.decode()]
    for name in ("health_fault_finders", "stage_fault_finders", "year_fault_finders"):
        view = drawn.view(model.workshop.code, "dark", name)
        assert view.name == name
        shown.append(view.html)
    for member in model.plan.members:
        assert all(member.name not in one for one in shown)
