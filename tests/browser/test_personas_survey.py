"""Three surveys of different origin, each walked to personas that cover more than nine in ten, in a real browser."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.content import persona_fields
from learnerfirst.content.learner_samples import sample_learners, sample_personas
from learnerfirst.serving.rehearsal import answers_for, rehearse
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.coverage_results import CoverageResults
from learnerfirst.workshops.persona_shelf import PersonaShelf
from tests.browser.looking import SMALLEST, faults, shot, unseen_focus
from tests.running import Workbook
from tests.surveys import GOOGLE
from tests.test_coverage_results import KINDS, learner

pytestmark = pytest.mark.browser

A_KERNEL = 60_000
A_PICTURE = 60_000
PEOPLE = 110


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def headline(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=A_PICTURE)


def opened(workbook: Workbook, page: Page, code: str) -> None:
    page.goto(workbook.page(f"/page/01_personas?code={code}"))
    page.get_by_role("button", name="Survey", exact=True).wait_for(timeout=A_KERNEL)
    press(page, "Survey")


def covered(page: Page) -> None:
    """The page's own headline says that nine in ten or more are covered."""
    headline(page, re.compile("cover (nearly all learners|nine in ten learners or more)"))


def by_kind(sheet: Mapping[str, Any], chance: random.Random) -> dict[str, object]:
    """One of three kinds of people, who says of the other fields what comes to mind."""
    kind = chance.choice(list(KINDS))
    asked = {question["id"]: question for question in sheet["questions"]}
    own = {name: value for name, value in learner(kind, chance).items() if name in asked}
    said = {**answers_for(sheet, chance), **own}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


def test_the_sample_shows_whom_its_four_personas_forget(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = workshops.create("Fernhill rehearses", kind="rehearsal").code
    page = page_factory()
    opened(workbook, page, code)
    wrong: list[str] = []
    wrong += faults(page, "survey, none yet")
    shot(page, "survey-0-none")
    press(page, "Take the 200 invented learners")
    headline(page, "200 learners have answered")
    wrong += faults(page, "survey, taken")
    shot(page, "survey-1-taken")
    press(page, "Go on to coverage")
    press(page, "Look at coverage")
    headline(page, re.compile("Four personas cover about (three in four|four in five) learners"))
    left = page.locator(".lf-left-out")
    expect(left).to_contain_text("fit no persona")
    expect(left).to_contain_text("nights")
    wrong += faults(page, "coverage, four personas")
    wrong += unseen_focus(page, "coverage, four personas")
    shot(page, "survey-2-coverage")
    press(page, "Draft the missing one")
    covered(page)
    expect(page.get_by_text("every field evidence from the survey")).to_be_visible()
    wrong += faults(page, "coverage, five personas")
    shot(page, "survey-3-drafted")
    page.get_by_role("button", name=re.compile("Open the card of Nights")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("Nights"))
    assert wrong == []


OWN_SEVERAL, OWN_ONE = "A field of our own: several answers", "A field of our own: one answer"
COLUMNS = {
    "Wie lange sind Sie schon bei uns?": OWN_ONE,
    "Was möchten Sie bei der Arbeit erreichen? (Mehrfachauswahl)": OWN_SEVERAL,
    "Wie würden Sie gern lernen? (Mehrfachauswahl)": OWN_SEVERAL,
    "Was hat Sie bisher am Lernen gehindert? (Mehrfachauswahl)": OWN_SEVERAL,
}
THINGS = {
    "Frühdienst": "changing shifts",
    "Gemeinschaftsrechner": "a shared terminal",
    "Arbeitsplatzrechner": "a desk computer",
    "unter 1 Stunde": "under an hour",
}


def test_a_file_from_google_forms_leads_to_personas_that_cover_it(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = workshops.create("A file from elsewhere").code
    page = page_factory()
    opened(workbook, page, code)
    page.locator("input[type=file]").first.set_input_files(GOOGLE)
    page.get_by_role("heading", name="Which column is what?").wait_for(timeout=A_PICTURE)
    for column, use in COLUMNS.items():
        page.get_by_label(column, exact=True).select_option(label=use)
    for apart in page.get_by_label(re.compile("are set apart by")).all():
        apart.select_option(label="commas")
    press(page, "Go on to the words")
    for word, answer in THINGS.items():
        page.get_by_label(re.compile(f"^“{word}”")).select_option(label=answer)
    press(page, "Check the rows")
    page.get_by_role("button", name=re.compile("^Import .*134 people")).click(timeout=A_PICTURE)
    headline(page, "134 learners have answered")
    wrong = faults(page, "survey, a file brought in")
    shot(page, "survey-8-file")
    press(page, "Discover")
    press(page, "Look for groups")
    headline(page, re.compile("groups in the answers of 134 learners"))
    expect(page.locator(".lf-group").first).to_contain_text(re.compile("[äöü]"))
    shot(page, "survey-9-file-groups")
    press(page, "Draft personas from the chosen groups")
    expect(page.get_by_text("every field evidence from the survey").first).to_be_visible()
    press(page, "Coverage")
    press(page, "Look at coverage")
    covered(page)
    wrong += faults(page, "coverage of a file")
    shot(page, "survey-10-file-covered")
    assert wrong == []


def test_the_projector_shows_coverage_large_in_both_themes(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = workshops.create("Coverage for the room", kind="rehearsal").code
    source = workshops.import_learners(code, sample_learners(), persona_fields(), "sample")
    shelf = PersonaShelf(workshops.store, code)
    made = shelf.add_all(sample_personas())
    CoverageResults(workshops, code).cover([source.id], [each.persona for each in made])
    page = page_factory(1024, 620)
    wrong: list[str] = []
    for theme in ("light", "dark"):
        for view, words in (("coverage", "Four personas cover"), ("left_out", "fit no persona")):
            page.goto(workbook.page(f"/projector/{code}?view={view}&theme={theme}"))
            headline(page, words)
            small = page.evaluate(SMALLEST)
            assert small >= 24, f"{view} in {theme}: {small} px"
            assert page.evaluate("document.documentElement.scrollHeight") <= 620
            wrong += faults(page, f"projector, {view}, {theme}", (1280,))
            if folder := os.environ.get("LEARNERFIRST_SHOTS"):
                page.screenshot(path=Path(folder) / f"projector-{view}-{theme}.png")
    assert wrong == []


def test_a_survey_on_phones_leads_to_personas_that_cover_it(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = workshops.create("Asked on phones").code
    page = page_factory()
    opened(workbook, page, code)
    press(page, "Open the survey")
    expect(page.locator(".lf-code")).to_have_text(code)
    wrong = faults(page, "survey, open")
    shot(page, "survey-4-open")
    with ThreadPoolExecutor(1) as pool:
        crowd = pool.submit(
            rehearse, workbook.participant_url, code, PEOPLE, within=3.0, seed=5, answers=by_kind
        ).result()
    assert (crowd.stored, crowd.errors) == (PEOPLE, ())
    expect(page.locator(".lf-counted")).to_contain_text(f"{PEOPLE} people have answered", timeout=A_PICTURE)
    shot(page, "survey-5-answered")
    press(page, "Close the survey")
    expect(page.get_by_text("asked live, closed")).to_be_visible()
    press(page, "Discover")
    press(page, "Look for groups")
    headline(page, re.compile(f"groups in the answers of {PEOPLE} learners"))
    wrong += faults(page, "discover, found")
    wrong += unseen_focus(page, "discover, found")
    shot(page, "survey-6-groups")
    press(page, "Draft personas from the chosen groups")
    expect(page.get_by_text("every field evidence from the survey").first).to_be_visible()
    press(page, "Coverage")
    press(page, "Look at coverage")
    covered(page)
    shot(page, "survey-7-covered")
    assert wrong == []
