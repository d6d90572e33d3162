"""The step "Personalise" of the community page, driven by its real widgets on a real store."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from ipywidgets import HTML

from learnerfirst.content import texts
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.community.page import CommunityPage
from learnerfirst.pages.community.personalise.step import PersonaliseStep
from learnerfirst.pages.projector.community import communities
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_groups import CommunityGroups
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from tests.payloads import PAYLOADS

NAMES = ("Ana", "Bo", "Cy", "Dora", "Edo", "Fay", "Gil", "Hana", "Ivo", "Jun", "Kim", "Lea")
WEAK = texts("community_introduction")["weaknesses"]
Opened = Callable[..., CommunityPage]


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    made = Inbox(tmp_path / "inbox")
    made.uploads.mkdir(parents=True, exist_ok=True)
    return made


@pytest.fixture
def code(workshops: Workshops) -> str:
    return str(workshops.create("Plant north").code)


@pytest.fixture
def fixers(workshops: Workshops, code: str) -> str:
    return CommunityShelf(workshops, code).begin("Fixers").id


@pytest.fixture
def open_page(
    community_desk: Callable[..., CommunityPage], workshops: Workshops, code: str, fixers: str
) -> Opened:
    """Open the page as a new tab, or a second facilitator, would; at its step "personalise"."""
    return lambda: community_desk(workshops, code, fixers, "personalise")


@pytest.fixture
def introduce(workshops: Workshops, code: str, fixers: str) -> Callable[..., None]:
    def introduced(*names: str, **said: object) -> None:
        asked = workshops.get(code).newest("introduction", fixers)
        if asked is None:
            asked = open_introductions(workshops, code, fixers, "Fixers")
        for at, name in enumerate(names):
            given = {
                "name": name,
                "department": ("Line 4", "Tools", "Care")[at % 3],
                "place": "Leeds",
                **said,
            }
            workshops.submit(code, asked.id, key_of(name), given)

    return introduced


def key_of(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def step_of(page: CommunityPage) -> PersonaliseStep:
    step: PersonaliseStep = page.steps["personalise"]
    return step


def h1(page: CommunityPage) -> str:
    found = re.search("<h1>(.*?)</h1>", page.head.value)
    assert found
    return unescape(found[1])


def html_of(widget: Any) -> str:
    """All that a widget and those in it put into the page as markup, hidden or not."""
    own = widget.value if isinstance(widget, HTML) else ""
    return "\n".join([own, *(html_of(child) for child in getattr(widget, "children", ()))])


def go(page: CommunityPage, part: str) -> PersonaliseStep:
    step = step_of(page)
    if step.part != part:
        step.bar.there[part].click()
    return step


def upload(card: Any, inbox: Inbox, name: str, data: bytes) -> None:
    """Send a file as the field of a card does."""
    (inbox.uploads / name).write_bytes(data)
    card.upload.uploaded = {"name": f"uploads/{name}"}


def listed(count: int) -> bytes:
    rows = [f"Person {n},{('Sales', 'Care', 'IT')[n % 3]},Person {n % 7},{n}000" for n in range(count)]
    return "\n".join(["Employee,Department,Manager,Annual salary", *rows]).encode()


# -- advice


def test_without_introductions_each_part_says_what_to_ask(open_page) -> None:
    page = open_page()
    step = step_of(page)
    assert "Nobody has introduced themselves yet" in h1(page)
    assert "Ask for introductions" in step.advice.html.value
    go(page, "groups")
    assert "0 members so far" in step.groups.head.value
    assert step.groups.form.box.layout.display == "none"


def test_advice_comes_without_a_name(open_page, introduce) -> None:
    introduce("Ana", weaknesses=["talks_long"])
    introduce("Bo", "Cy", preferences=["think_first"])
    page = open_page()
    shown = step_of(page).advice.html.value
    assert "2 of 3 would like to think first" in shown
    assert shown.index("2 of 3") < shown.index("1 of 3")
    assert not [name for name in ("Ana", "Bo", "Cy") if re.search(rf"\b{name}\b", shown)]
    assert h1(page).endswith("things to do differently with this group")


# -- learning groups


def test_groups_are_proposed_kept_and_never_the_same_pairs_again(
    open_page, introduce, workshops, code, fixers
) -> None:
    introduce(*NAMES)
    page = open_page()
    card = go(page, "groups").groups
    card.form.size.value = 3
    card.form.form.click()
    assert h1(page) == "A proposal: 4 groups of 3"
    assert all(name in card.drawn.value for name in NAMES)
    assert "Dashed: groups drawn at random" in card.even.value
    assert "Place: the same for everybody." in card.form.unusable.value
    first = card.proposal
    card.others.click()
    assert card.proposal != first
    card.use.click()
    assert h1(page) == "4 groups of 3 since 22 November 2026"
    card.form.form.click()
    card.use.click()
    one, two = CommunityGroups(workshops, code).of(fixers)
    assert not two.again([one])
    assert "Earlier groups (1)" in card.now.value


def test_a_proposal_can_be_dropped_and_kept_groups_taken_back(open_page, introduce) -> None:
    introduce(*NAMES)
    page = open_page()
    card = go(page, "groups").groups
    card.form.form.click()
    card.drop.click()
    assert card.preview.layout.display == "none"
    card.form.form.click()
    card.use.click()
    card.back.click()
    assert card.asking.layout.display != "none"
    card.yes.click()
    assert "taken back" in page.notice.text
    assert card.kept.layout.display == "none"


def test_wishes_are_kept_and_gone_with_the_page(open_page, introduce, store) -> None:
    introduce(*NAMES)
    page = open_page()
    card = go(page, "groups").groups
    wishes = card.form.wishes
    ids = {name: key for key, name in wishes.names.items()}
    wishes.toggle.click()
    wishes.one.value, wishes.kind.value, wishes.other.value = ids["Ana"], "together", ids["Bo"]
    wishes.add.click()
    wishes.add.click()
    assert "there already" in page.notice.text
    wishes.kind.value, wishes.other.value = "apart", ids["Ana"]
    wishes.add.click()
    assert "two different people" in page.notice.text
    wishes.other.value = ids["Cy"]
    wishes.add.click()
    for _ in range(3):
        card.form.form.click()
        home = {one: at for at, group in enumerate(card.proposal.members) for one in group}
        assert home[ids["Ana"]] == home[ids["Bo"]] != home[ids["Cy"]]
    card.use.click()
    assert not step_of(open_page()).groups.form.wishes.wishes


def test_wishes_that_contradict_are_named_calmly(open_page, introduce) -> None:
    introduce(*NAMES)
    page = open_page()
    card = go(page, "groups").groups
    wishes = card.form.wishes
    ids = {name: key for key, name in wishes.names.items()}
    for kind in ("apart", "together"):
        wishes.one.value, wishes.kind.value, wishes.other.value = ids["Ana"], kind, ids["Bo"]
        wishes.add.click()
    card.form.form.click()
    assert "be kept" in card.clash.value
    assert "Ana" in card.clash.value
    assert page.notice.text == ""
    wishes.listed.children[0].children[1].click()
    card.form.form.click()
    assert card.clash.value == ""
    assert card.proposal is not None


def test_who_leaves_vanishes_and_who_joins_is_named(open_page, introduce, workshops, code, fixers) -> None:
    introduce(*NAMES)
    page = open_page()
    card = go(page, "groups").groups
    card.form.form.click()
    card.use.click()
    asked = workshops.get(code).newest("introduction", fixers)
    assert workshops.delete_mine(code, asked.id, key_of("Ana"))
    introduce("Mo")
    page.model.look()
    step_of(page).look()
    assert "Ana" not in card.now.value
    assert "Not in a group yet: Mo" in card.now.value
    assert h1(page).endswith("not in one yet: Mo")


def test_a_proposal_of_people_who_have_all_left_is_gone(
    open_page, introduce, workshops, code, fixers
) -> None:
    introduce(*NAMES)
    page = open_page()
    card = go(page, "groups").groups
    card.form.form.click()
    asked = workshops.get(code).newest("introduction", fixers)
    for name in NAMES:
        assert workshops.delete_mine(code, asked.id, key_of(name))
    page.model.look()
    step_of(page).look()
    assert card.proposal is None
    assert card.preview.layout.display == "none"
    assert "0 groups" not in h1(page)


def test_two_facilitators_who_keep_groups_see_both(open_page, introduce) -> None:
    introduce(*NAMES)
    mine, theirs = open_page(), open_page()
    for page in (mine, theirs):
        go(page, "groups").groups.form.form.click()
    step_of(theirs).groups.use.click()
    card = step_of(mine).groups
    card.use.click()
    assert "Nothing was overwritten" in mine.notice.text
    assert card.proposal is not None
    assert card.newest == step_of(theirs).groups.newest


def test_drawing_twice_sends_nothing_new(open_page, introduce) -> None:
    introduce(*NAMES)
    page = open_page()
    card = go(page, "groups").groups
    card.form.form.click()
    card.use.click()
    sent: list[object] = []
    for one in (card.now, card.head, card.drawn, card.form.even, page.head, step_of(page).advice.html):
        one.observe(sent.append, names="value")
    page.refresh()
    step_of(page).look()
    assert sent == []


@pytest.mark.parametrize(("people", "screens"), [(12, 1), (40, 1), (120, 3)])
def test_the_projector_shows_everybody(
    open_page, introduce, workshops, code, fixers, people, screens
) -> None:
    introduce(*(f"Person {at:03}" for at in range(people)))
    card = go(open_page(), "groups").groups
    card.form.size.value = 4
    card.form.form.click()
    card.use.click()
    ((_deck, _name, drawn),) = communities(workshops, code, "light")
    views = {name: html for name, html in drawn.items() if name[:6] == "groups"}
    assert next(iter(views)) == f"groups_{fixers}"
    assert len(views) == screens
    assert sum(html.count("<li>") for html in views.values()) == people


# -- from a list


def test_a_list_is_read_formed_saved_and_deleted(open_page, inbox) -> None:
    page = open_page()
    card = go(page, "list").list
    upload(card, inbox, "people.csv", listed(300))
    assert inbox.files() == ()
    assert "people.csv: 300 people, 3 columns." in card.said.value
    assert "never used here: Annual salary" in card.said.value
    assert (card.form.named.value, card.form.apart.value) == ("Employee", "Manager")
    card.form.size.value = "5"
    card.form.form.click()
    assert h1(page) == "60 groups of 5 of 300 people"
    data = re.search(r"base64,([^\"]+)", card.result.value)
    assert data
    assert len(b64decode(data[1]).decode("utf-8-sig").splitlines()) == 301
    assert "The first 40 of 300 people" in card.result.value
    card.drop.click()
    assert card.result.value == ""
    assert card.list is None


def test_a_size_that_is_none_keeps_what_was_typed(open_page, inbox) -> None:
    page = open_page()
    card = go(page, "list").list
    upload(card, inbox, "people.csv", listed(30))
    card.form.size.value = "many"
    card.form.form.click()
    assert "a whole number from 2" in page.notice.text
    assert card.form.size.value == "many"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("broken.xlsx", b"PK\x03\x04broken", "broken.xlsx"),
        ("few.csv", b"Name\nAna\n", "a list of 4 to 20,000 people"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "picture.csv"),
    ],
)
def test_a_bad_list_is_refused_in_words_and_deleted(open_page, inbox, name, data, said) -> None:
    page = open_page()
    card = go(page, "list").list
    upload(card, inbox, name, data)
    assert said in page.notice.text
    assert inbox.files() == ()
    assert card.list is None


# -- who can what


def test_needs_are_kept_and_roles_are_a_yardstick(open_page) -> None:
    page = open_page()
    card = go(page, "skills").skills
    card.find.click()
    assert "at least one skill" in page.notice.text
    card.library.value = "Listening and asking back"
    card.needs.field.value += "\nBrewing tea"
    assert step_of(open_page()).skills._read() == "Listening and asking back\nBrewing tea"
    card.find.click()
    assert "Nobody to hold them against yet" in card.result.value
    card.against.value = "roles"
    card.find.click()
    assert h1(page) == "In none of the roles: 1 of 2 skills"
    assert "Instructional writer" in card.result.value


def test_profiles_of_one_s_own_show_what_is_thin_and_every_smallest_team(open_page, inbox, store) -> None:
    page = open_page()
    card = go(page, "skills").skills
    table = b"id,name,key_skills,media_skills\nana,Ana,listening,Film\nbo,Bo,listening,\ncy,Cy,,Film; Sound\n"
    upload(card, inbox, "talents.csv", table)
    assert inbox.files() == ()
    assert "3 profiles were read" in card.held.value
    card.needs.field.value = "Listening and asking back\nFilm\nsound\nDrawing"
    card.find.click()
    assert h1(page) == "Missing: 1 of 4 skills; with one person alone: 1"
    shown = card.result.value
    assert "Ana, Bo" in shown
    assert "Without what is missing: the smallest team that has all of it: 2 people" in shown
    assert "Ana and Cy" in shown
    assert "Bo and Cy" in shown
    assert "2 choices are equally small" in shown
    card.drop.click()
    assert card.profiles == ()
    assert not step_of(open_page()).skills.profiles


def test_a_bad_file_of_profiles_is_refused_in_words(open_page, inbox) -> None:
    page = open_page()
    card = go(page, "skills").skills
    upload(card, inbox, "talents.csv", b"who\nAna\n")
    assert "cannot be used as talent profiles" in page.notice.text
    assert inbox.files() == ()


def test_no_text_becomes_markup(open_page, introduce, inbox, workshops, code) -> None:
    introduce(*(f"{payload[:80]}{at}" for at, payload in enumerate(PAYLOADS)), *NAMES)
    page = open_page()
    step = go(page, "groups")
    step.groups.form.form.click()
    step.groups.use.click()
    go(page, "list")
    rows = "\n".join(f'"{one.replace(chr(34), chr(39))} {at}",a' for at, one in enumerate(PAYLOADS * 2))
    upload(step.list, inbox, "p.csv", f"Name <b>,Site\n{rows}".encode())
    step.list.form.size.value = "2"
    step.list.form.form.click()
    go(page, "skills")
    step.skills.needs.field.value = "\n".join(PAYLOADS)
    step.skills.against.value = "roles"
    step.skills.find.click()
    ((_deck, _name, drawn),) = communities(workshops, code, "light")
    shown = html_of(page.box) + "".join(drawn.values())
    for payload in PAYLOADS:
        if "<" in payload:
            assert payload not in shown
