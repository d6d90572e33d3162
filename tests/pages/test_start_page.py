"""The map: what exists is a link, what does not is said to be coming; workshops can be reopened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from learnerfirst.content import texts
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.start import PAGES, StartModel, StartPage, rooms_bar
from learnerfirst.personas import Persona
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.persona_shelf import PersonaShelf

WORDS = texts("start")
ROOMS = [
    "Personas",
    "Learner power",
    "Success profile",
    "Self-assessment",
    "Gaps and plans",
    "Community",
    "People first",
    "Report",
]


@pytest.fixture
def start(workshops: Workshops) -> Iterator[StartPage]:
    page = StartPage(StartModel(workshops), WORDS, Addresses("http://10.0.0.7:8867"))
    page.start()
    yield page
    page.close()


def test_the_map_goes_in_learner_first_order(start: StartPage) -> None:
    assert re.findall(r"<h3>(.*?)</h3>", start.map.value) == ROOMS


def test_only_what_exists_is_a_link(start: StartPage) -> None:
    assert re.findall(r'href="(.*?)"', start.map.value) == list(PAGES.values())
    assert start.map.value.count(f">{WORDS['coming']}</p>") == len(ROOMS) - len(PAGES)


def test_the_bar_shows_where_we_are_and_links_only_what_exists() -> None:
    bar = rooms_bar(WORDS, "learner_power")
    assert '<li aria-current="page">Learner power</li>' in bar
    assert re.findall(r'href="(.*?)"', bar) == [
        "00_start",
        "00_before_the_workshop",
        *(page for room, page in PAGES.items() if room != "learner_power"),
    ]
    assert '<li aria-current="page">Before</li>' in rooms_bar(WORDS, "before")


def test_without_a_workshop_it_says_what_to_do(start: StartPage) -> None:
    assert WORDS["workshops_none"] in start.workshops.value
    assert WORDS["done_none"] in start.map.value


def test_the_sample_is_one_click_away_and_made_once(start: StartPage, workshops: Workshops) -> None:
    start.button.click()
    start.button.click()
    (sample,) = workshops.all()
    assert sample.kind == "sample"
    assert f"02_learner_power?code={sample.code}" in start.opened.value
    assert WORDS["workshop_kind_sample"] in start.workshops.value
    assert WORDS["done_none"] in start.map.value  # a sample is nobody's work


def test_workshops_are_listed_to_be_reopened_and_counted(
    start: StartPage, workshops: Workshops, answer: Callable[..., None]
) -> None:
    made = workshops.create("Delft <script>alert(1)</script>")
    activity = workshops.open_activity(made.code)
    answer(made.code, 6)
    workshops.reveal(made.code, activity.id)
    start.start()
    assert f'href="02_learner_power?code={made.code}"' in start.workshops.value
    assert "<script" not in start.workshops.value
    assert WORDS["state_revealed"] in start.workshops.value
    assert WORDS["done_workshops"].format(count=1, revealed=1) in start.map.value


def test_a_workshop_that_begins_with_personas_opens_there_and_says_how_many(
    start: StartPage, workshops: Workshops
) -> None:
    made = workshops.create("Only personas so far")
    shelf = PersonaShelf(workshops.store, made.code)
    shelf.add(Persona("mira", "Mira"))
    shelf.retire(shelf.add(Persona("tom", "Tom")).id)
    start.start()
    assert f'href="01_personas?code={made.code}"' in start.workshops.value
    assert WORDS["state_persona"] in start.workshops.value
    assert WORDS["done_persona"] in start.map.value


def test_what_comes_before_the_workshop_is_one_click_away(start: StartPage) -> None:
    links = re.findall(r'href="(.*?)"', start.before.value)
    assert links == ["00_before_the_workshop", "02_learner_power_by_link"]
