"""The step "people" of the community page, driven by its real widgets on a real store."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from ipywidgets import HTML

from learnerfirst.content import texts
from learnerfirst.content.communities import community_method
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.community.page import CommunityPage
from learnerfirst.pages.projector import Projector
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from tests.payloads import PAYLOADS

WORDS = texts("community_people")
KIND = "introduction:fixers"
PHONES = Addresses("http://10.0.0.7:8867")
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
    """Open the step as a new tab, or a second facilitator, would."""
    return lambda: community_desk(workshops, code, "fixers", "people")


@pytest.fixture
def page(shelf: CommunityShelf, opened: Open) -> CommunityPage:
    assert shelf
    return opened()


def said(widget: Any) -> str:
    """All that is on the screen now."""
    if getattr(widget.layout, "display", None) == "none":
        return ""
    own = widget.value if isinstance(widget, HTML) else str(getattr(widget, "description", ""))
    return own + " ".join(said(child) for child in getattr(widget, "children", ()))


def h1(page: CommunityPage) -> str:
    found = re.search("<h1>(.*?)</h1>", page.head.value)
    assert found
    return found[1]


def part(page: CommunityPage, name: str) -> Any:
    """Go to a part, and return it."""
    step = page.steps["people"]
    if step.part != name:
        step.bar.there[name].click()
    return step.parts[name]


def look(page: CommunityPage) -> None:
    """One look into the store, as the page takes it every few seconds."""
    page.model.look()
    page.look_at("people")


def enter(shelf: CommunityShelf, *bodies: Mapping[str, object]) -> list[str]:
    """These people introduce themselves; their keys."""
    keys = [secrets.token_hex(16) for _ in bodies]
    for key, body in zip(keys, bodies, strict=True):
        shelf.workshops.put_named(shelf.code, KIND, key, body)
    return keys


def names(page: CommunityPage) -> list[str]:
    """Who is on the wall now."""
    return re.findall("<h3>(.*?)</h3>", part(page, "wall").cards.value)


# -- who is here


def test_an_empty_wall_says_what_to_do(page: CommunityPage) -> None:
    assert h1(page) == "Nobody has introduced themself yet"
    shown = said(page.box)
    assert "Invite people above" in shown
    assert "Take it down" not in shown


def test_opened_it_shows_the_way_in_for_phones_and_for_who_has_none(
    page: CommunityPage, shelf: CommunityShelf
) -> None:
    wall = part(page, "wall")
    wall.round.open.click()
    shown = said(wall.box)
    assert f"10.0.0.7:8867/join/{shelf.code}" in shown
    assert f"/join/{shelf.code}?here=laptop" in shown
    assert "<svg" in shown
    current = shelf.workshops.get(shelf.code).current
    assert current is not None
    assert (current.purpose, current.about) == ("introduction", "fixers")
    shelf.workshops.submit(shelf.code, current.id, secrets.token_hex(16), {"name": "Ana"})
    look(page)
    assert "1 person is in" in said(wall.box)
    assert names(page) == ["Ana"]
    assert h1(page) == "1 member so far"
    wall.round.close.click()
    assert "It is closed" in said(wall.box)


def test_a_card_says_what_was_entered_and_nothing_else(page: CommunityPage, shelf: CommunityShelf) -> None:
    body = {
        "name": "Ana",
        "brings": "Patience",
        "hopes": "Quiet nights",
        "strengths": ["listens"],
        "weaknesses": ["talks_long"],
        "preferences": ["think_first"],
        "avoid": "Being called on",
        "department": "Quality",
        "place": "Plant north",
        "zone": "asia_kolkata",
    }
    enter(shelf, body, {"name": "Bo"})
    look(page)
    _none, ana, bo = part(page, "wall").cards.value.split('<li class="lf-card lf-member">')
    for words in ("Patience", "Quiet nights", "Being called on", "Quality · Plant north · Delhi time"):
        assert words in ana
    assert "Listening until somebody has finished" in ana
    assert "I would like to think before I speak" in ana
    folded = re.search("<details>.*</details>", ana)
    assert folded
    assert "I talk for long once I begin" in folded[0]
    assert "Only the name, and that is fine." in bo
    assert "Brings" not in bo


def test_the_headline_says_what_they_are_most_often_asked_for(
    page: CommunityPage, shelf: CommunityShelf
) -> None:
    enter(
        shelf,
        {"name": "Ana", "strengths": ["listens"]},
        {"name": "Bo", "strengths": ["listens", "calms"]},
    )
    look(page)
    assert h1(page) == "2 members; most often asked for: listening until somebody has finished"
    assert "Listening until somebody has finished (2)." in said(page.box)
    assert "Staying calm when it gets loud (" not in said(page.box)


def test_sixty_members_are_turned_in_pages_of_like_length_and_the_page_stays_where_it_is(
    page: CommunityPage, shelf: CommunityShelf
) -> None:
    enter(shelf, *({"name": f"Member {number:02d}"} for number in range(60)))
    look(page)
    wall = part(page, "wall")
    assert (len(names(page)), wall.earlier.disabled, wall.later.disabled) == (15, True, False)
    for _ in range(3):
        wall.later.click()
    look(page)
    assert names(page)[-1] == "Member 59"
    assert "46 to 60 of 60, by name" in said(wall.pages)
    assert wall.later.disabled
    wall.earlier.click()
    assert names(page)[0] == "Member 30"


def test_a_member_who_left_is_gone_at_once_and_the_last_page_with_them(
    page: CommunityPage, shelf: CommunityShelf
) -> None:
    keys = enter(shelf, *({"name": f"Member {number:02d}"} for number in range(16)))
    look(page)
    part(page, "wall").later.click()
    assert names(page)[-1] == "Member 15"
    shelf.workshops.take_back(shelf.code, KIND, keys[15])
    look(page)
    assert len(names(page)) == 15
    assert "Member 15" not in said(page.box)
    assert "of 15" not in said(page.box)
    assert all("Member 15" not in str(one) for one in part(page, "wall").removal.which.field.options)


def test_taking_an_entry_down_asks_first_and_then_it_is_gone(
    page: CommunityPage, shelf: CommunityShelf
) -> None:
    enter(shelf, {"name": "Ana"}, {"name": "Mickey Mouse", "brings": "Nothing useful"})
    look(page)
    removal = part(page, "wall").removal
    removal.which.value = next(one.id for one in shelf.members("fixers") if one.name != "Ana")
    removal.ask.click()
    assert "Nothing useful" in said(removal.confirm)
    assert len(shelf.members("fixers")) == 2
    removal.no.click()
    assert "Nothing useful" not in said(removal.box)
    removal.ask.click()
    removal.yes.click()
    assert [one.name for one in shelf.members("fixers")] == ["Ana"]
    assert names(page) == ["Ana"]
    assert "The entry of Mickey Mouse is gone." in page.notice.text


def test_the_question_is_over_when_the_entry_was_taken_back_meanwhile(
    page: CommunityPage, shelf: CommunityShelf
) -> None:
    (held,) = enter(shelf, {"name": "Ana"})
    look(page)
    removal = part(page, "wall").removal
    removal.ask.click()
    shelf.workshops.take_back(shelf.code, KIND, held)
    removal.yes.click()
    assert "taken back in the meantime" in page.notice.text
    assert names(page) == []


@pytest.mark.parametrize("hostile", PAYLOADS[:12])
def test_whatever_people_type_is_text_on_every_part(
    page: CommunityPage, shelf: CommunityShelf, hostile: str
) -> None:
    enter(shelf, {"name": hostile, "brings": hostile, "avoid": hostile, "place": hostile})
    look(page)
    wall = part(page, "wall")
    wall.removal.ask.click()
    agreement = part(page, "agreement")
    agreement.text.field.value = hostile.replace("\n", " ")[:200] or "x"
    agreement.round.open.click()
    found = said(wall.box) + said(page.box)
    for marker in ("<script", "<img", "<iframe", "onerror=", "<b>"):
        if marker in hostile:
            assert hostile not in found


# -- break the ice


def test_an_icebreaker_fits_the_members_is_drawn_done_and_does_not_come_back(
    page: CommunityPage, shelf: CommunityShelf
) -> None:
    enter(shelf, *({"name": f"Member {number:02d}"} for number in range(8)))
    look(page)
    assert "Five minutes" in WORDS["finding"]["icebreaker_none"]
    ice = part(page, "icebreaker")
    assert h1(page) == "Five minutes that make the next hour easier"
    assert ice.form.size.value == "8"
    assert "We did it" not in said(ice.box)
    ice.draw.click()
    first = ice.icebreaker
    assert h1(page) == f"The icebreaker: {first.name.replace(chr(39), '&#x27;')}"
    assert "<ol>" in ice.card.value
    ice.did.click()
    assert "You did this one." in ice.card.value
    assert "Noted" in page.notice.text
    assert shelf.note("icebreakers", "fixers")["used"] == [first.id]
    ice.another.click()
    assert ice.icebreaker.id != first.id
    assert shelf.note("icebreakers", "fixers")["used"] == [first.id]


def test_another_one_is_never_the_one_just_passed(page: CommunityPage) -> None:
    ice = part(page, "icebreaker")
    ice.form.size.value = "8"
    ice.draw.click()
    seen = [ice.icebreaker.id]
    for _ in range(8):
        ice.another.click()
        seen.append(ice.icebreaker.id)
    assert len(set(seen)) == 9


def test_where_nothing_fits_it_says_what_could_be_given_up(page: CommunityPage) -> None:
    ice = part(page, "icebreaker")
    ice.form.size.value = "400"
    ice.draw.click()
    assert "if you gave up the number of people (two groups?)." in said(ice.box)
    assert "We did it" not in said(ice.box)
    ice.form.size.value = "9"
    ice.draw.click()
    assert "We did it" in said(ice.box)


@pytest.mark.parametrize("typed", ["", "many", "1", "1001", "-3", "7.5", "9" * 5000])
def test_a_number_of_people_that_is_none_is_named_and_stays(page: CommunityPage, typed: str) -> None:
    ice = part(page, "icebreaker")
    ice.form.size.value = typed
    ice.draw.click()
    assert "a whole number from 2 to 1000" in page.notice.text
    look(page)
    assert ice.form.size.value == typed


def test_what_nobody_should_have_to_do_is_heeded(page: CommunityPage) -> None:
    ice = part(page, "icebreaker")
    ice.form.size.value = "8"
    for need in ("speak", "see", "share_personal"):
        ice.form.avoid[need].value = True
    for _ in range(6):
        ice.draw.click()
        assert not {"speak", "see", "share_personal"} & set(ice.icebreaker.needs)
        ice.did.click()


def test_the_other_facilitator_sees_what_was_drawn(page: CommunityPage, opened: Open) -> None:
    ice = part(page, "icebreaker")
    ice.form.size.value = "8"
    ice.draw.click()
    other = part(opened(), "icebreaker")
    assert other.icebreaker == ice.icebreaker
    assert ice.icebreaker.steps[0].split("'")[0] in other.card.value


# -- agree


def agree(page: CommunityPage) -> Any:
    return part(page, "agreement")


def answer(shelf: CommunityShelf, *sheets: Mapping[str, object]) -> None:
    asked = shelf.workshops.get(shelf.code).newest("agreement", "fixers")
    assert asked is not None
    for sheet in sheets:
        shelf.workshops.submit(shelf.code, asked.id, secrets.token_hex(16), sheet)


def test_from_proposal_to_adoption(page: CommunityPage, shelf: CommunityShelf) -> None:
    enter(shelf, *({"name": f"Member {number}"} for number in range(4)))
    look(page)
    one = agree(page)
    assert h1(page) == "What should we be able to rely on?"
    assert one.text.field.value.splitlines() == list(community_method().agreement)
    one.text.field.value = "We help each other.\nEverybody gets a turn."
    one.round.open.click()
    assert h1(page) == "The working agreement is on the phones"
    assert "Everybody gets a turn.</li>" in said(one.box)
    assert "One sentence a line" not in said(one.box)
    answer(shelf, {"s1": "fine", "s2": "change", "words": "By a <clock>"}, {"s1": "fine", "s2": "fine"})
    look(page)
    assert "2 of 4 have answered" in said(one.box)
    assert "clock" not in said(one.box)
    one.round.close.click()
    assert h1(page) == "1 of 2 would change nothing; one sentence to talk about"
    assert "1 of 2 would change it" in said(one.box)
    assert "By a &lt;clock&gt;" in said(one.box)
    assert one.adopt.description == "Adopt it"
    one.text.field.value = "We help each other.\nEverybody gets a turn, by a clock."
    assert one.adopt.description == "We talked it through: adopt it"
    assert "Changed since it was asked" in said(one.box)
    one.adopt.click()
    assert shelf.known("fixers").plan.agreement == (
        "We help each other.",
        "Everybody gets a turn, by a clock.",
    )
    assert "talked through aloud; members then: 4" in said(one.box)
    assert h1(page) == "The working agreement holds: 2 sentences"


def test_adopted_as_asked_it_says_by_how_many(page: CommunityPage, shelf: CommunityShelf) -> None:
    one = agree(page)
    one.round.open.click()
    answer(shelf, *({f"s{at}": "fine" for at in range(1, 8)} for _ in range(3)))
    one.round.close.click()
    assert h1(page) == "All 3 who answered can live with the agreement"
    one.adopt.click()
    assert h1(page) == "The working agreement holds: 7 sentences"
    assert "3 of 3 who answered would change nothing; members then: 0." in said(one.box)
    assert "Adopt it" not in said(one.box)


def test_one_answer_alone_is_not_shown(page: CommunityPage, shelf: CommunityShelf) -> None:
    one = agree(page)
    one.round.open.click()
    answer(shelf, {"s1": "change", "words": "Only I think so"})
    one.round.close.click()
    assert "Too few answered" in said(one.box)
    assert "Only I think so" not in said(one.box)


def test_a_room_without_phones_adopts_after_talking(page: CommunityPage, shelf: CommunityShelf) -> None:
    one = agree(page)
    one.adopt.click()
    assert shelf.known("fixers").plan.agreement == community_method().agreement
    assert "talked through aloud" in said(one.box)


def test_what_is_typed_survives_looks_and_comes_back_in_a_new_tab(page: CommunityPage, opened: Open) -> None:
    one = agree(page)
    one.text.field.value = "Half a sentence"
    look(page)
    assert one.text.field.value == "Half a sentence"
    assert agree(opened()).text.field.value == "Half a sentence"


def test_two_who_change_the_sentences_see_both_and_choose(page: CommunityPage, opened: Open) -> None:
    one, other = agree(page), agree(opened())
    other.text.field.value = "Theirs."
    one.text.field.value = "Mine."
    assert "Theirs." in said(one.box)
    assert one.text.field.value == "Mine."
    one.text.mine.click()
    look(page)
    assert one.text.field.value == "Mine."
    assert one.draft == "Mine."


def test_sentences_that_do_not_fit_are_named_and_nothing_is_asked(
    page: CommunityPage, shelf: CommunityShelf
) -> None:
    one = agree(page)
    one.text.field.value = "\n".join(f"Sentence {number}." for number in range(13))
    one.round.open.click()
    assert "1 to 12, one sentence a line" in page.notice.text
    assert shelf.workshops.get(shelf.code).current is None
    one.adopt.click()
    assert shelf.known("fixers").plan.agreement == ()


def test_while_something_else_is_on_the_phones_it_says_so(page: CommunityPage, shelf: CommunityShelf) -> None:
    open_introductions(shelf.workshops, shelf.code, "fixers", "Fixers")
    look(page)
    one = agree(page)
    assert one.round.open.disabled
    assert "Introductions is open on the phones now" in said(one.box)


def test_another_community_has_its_own_people_and_sentences(
    page: CommunityPage, shelf: CommunityShelf
) -> None:
    enter(shelf, {"name": "Ana"})
    shelf.begin("Makers")
    look(page)
    one = agree(page)
    one.text.field.value = "Of the fixers."
    page.model.choose("makers")
    assert one.text.field.value.splitlines() == list(community_method().agreement)
    assert names(page) == []
    page.model.choose("fixers")
    assert names(page) == ["Ana"]
    assert agree(page).text.field.value == "Of the fixers."


def test_drawing_again_sends_nothing(page: CommunityPage, shelf: CommunityShelf) -> None:
    enter(shelf, {"name": "Ana", "strengths": ["listens"]})
    look(page)
    for name in ("wall", "icebreaker", "agreement"):
        part(page, name)
        look(page)
        sent: list[str] = []
        _watch(page.box, sent)
        look(page)
        page.refresh()
        assert sent == [], name


def _watch(widget: Any, sent: list[str]) -> None:
    kept = [
        name for name in ("value", "description", "disabled", "options", "children") if widget.has_trait(name)
    ]
    widget.observe(lambda change: sent.append(f"{type(widget).__name__}.{change.name}"), names=kept)
    for child in getattr(widget, "children", ()):
        _watch(child, sent)


# -- the projector


def test_the_projector_shows_the_agreement_and_the_icebreaker(
    page: CommunityPage, shelf: CommunityShelf
) -> None:
    projector = Projector(shelf.workshops, PHONES)
    assert "agreement_fixers" not in projector.view(shelf.code).views
    ice = part(page, "icebreaker")
    ice.form.size.value = "8"
    ice.draw.click()
    drawn = projector.view(shelf.code, wanted="icebreaker_fixers")
    assert drawn.name == "icebreaker_fixers"
    assert drawn.html.count("<li>") == len(ice.icebreaker.steps)
    one = agree(page)
    one.text.field.value = "We <help>."
    one.round.open.click()
    asked = projector.view(shelf.code, wanted="agreement_fixers").html
    assert "We &lt;help&gt;." in asked
    assert "a proposal" in asked
    one.round.close.click()
    one.text.field.value = "\n".join(f"{number:02d} {'long words ' * 20}".strip() for number in range(12))
    one.adopt.click()
    views = projector.view(shelf.code, wanted="agreement_fixers_2")
    assert views.name == "agreement_fixers_2"
    assert "a proposal" not in views.html
    whole = "".join(
        projector.view(shelf.code, wanted=name).html for name in views.views if name.startswith("agreement_")
    )
    assert [f'value="{number}"' in whole for number in range(1, 13)] == [True] * 12


def test_who_reports_to_whom_is_said_once_and_shown_by_name(
    page: CommunityPage, shelf: CommunityShelf, workshops: Workshops, code: str
) -> None:
    managers = page.steps["people"].parts["wall"].managers
    assert managers.box.layout.display == "none"
    asked = open_introductions(workshops, code, "fixers", "Fixers")
    for name in ("Ana <b>", "Bo"):
        workshops.submit(code, asked.id, secrets.token_hex(16), {"name": name})
    page._go("people")
    ids = {one.name: one.id for one in shelf.members("fixers")}
    managers.member.value = ids["Bo"]
    assert managers.manager.values == ("", ids["Ana <b>"])
    managers.manager.value = ids["Ana <b>"]
    managers.save.click()
    assert "Bo reports to Ana &lt;b&gt;" in managers.said.value
    assert {one.name: one.manager for one in shelf.members("fixers")} == {"Ana <b>": "", "Bo": ids["Ana <b>"]}
    managers.member.value = ids["Ana <b>"]
    managers.manager.value = ids["Bo"]
    managers.save.click()
    assert "own manager" in page.notice.text
