"""The personas page in a real browser: from a template to an edited card, two facilitators at once, files, print, reload."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from learnerfirst.content import persona_templates
from learnerfirst.exchange.persona_files import personas_from
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.persona_shelf import PersonaShelf
from tests.browser.looking import faults, unseen_focus
from tests.running import Workbook

pytestmark = pytest.mark.browser

A_KERNEL = 60_000
GRACE = persona_templates()[0]


@pytest.fixture
def desk_factory(page_factory: Callable[..., Page]) -> Callable[[], Page]:
    def opened() -> Page:
        page = page_factory(1280, 860, reduced_motion="reduce", accept_downloads=True)
        page.set_default_timeout(A_KERNEL)
        return page

    return opened


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


def ready(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.wait_for()


def with_cards(workshops: Workshops, title: str, number: int = 3) -> str:
    code = workshops.create(title).code
    PersonaShelf(workshops.store, code).add_all(one.persona for one in persona_templates()[:number])
    return code


def test_from_a_template_to_a_design_for_everybody(
    workbook: Workbook, workshops: Workshops, desk_factory: Callable[[], Page]
) -> None:
    desk = desk_factory()
    desk.goto(workbook.page("/page/00_start"))
    desk.get_by_role("link", name="Open Personas").click()
    ready(desk, "Start the workshop")
    found = faults(desk, "personas, no workshop") + unseen_focus(desk, "personas, no workshop")
    desk.get_by_label("What is it about?").fill("Training for the service teams")
    press(desk, "Start the workshop")
    ready(desk, "Take this template")
    desk.get_by_label("Tool, LMS or course").locator("visible=true").fill("the new LMS")
    press(desk, "Write it down")
    expect(desk.get_by_role("alert").filter(has_text="comes last, not first")).to_be_visible()
    found += faults(desk, "personas, tool before persona") + unseen_focus(desk, "personas, start", most=60)
    press(desk, "Begin with a persona")
    ready(desk, f"Edit {GRACE.persona.name}")
    expect(desk.get_by_role("heading", level=1)).to_have_text("One persona, and all of it is assumed so far")
    desk.locator("summary:visible").filter(has_text="more facts").first.click()
    desk.locator("summary:visible").filter(has_text="for the design").first.click()
    desk.locator("summary:visible").filter(has_text="five interviews").first.click()
    found += faults(desk, "personas, cards") + unseen_focus(desk, "personas, cards", most=60)
    press(desk, f"Edit {GRACE.persona.name}")
    press(desk, "Edit: Devices")
    desk.get_by_label("their own phone").check()
    desk.get_by_label("How do you know?").select_option(label="Evidence")
    found += faults(desk, "personas, a field") + unseen_focus(desk, "personas, a field", most=80)
    desk.get_by_label("Note: the quote, or where it comes from").fill("Seen at the counter")
    press(desk, "Save Devices")
    desk.get_by_text("Devices is saved").wait_for()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("evidence for 1 of")
    press(desk, "Design")
    ready(desk, "Save the blueprint")
    expect(desk.get_by_text("the new LMS").locator("visible=true").first).to_be_visible()
    press(desk, "Look into the new LMS")
    ready(desk, "Close")
    found += faults(desk, "personas, design") + unseen_focus(desk, "personas, design", most=90)
    press(desk, "Tool first?")
    desk.get_by_role("heading", name="Think of your last five trainings").wait_for()
    for number, field in enumerate(desk.locator(".lf-habit select").all()):
        field.select_option(index=number + 1)
    desk.locator("svg.picture:visible").first.wait_for()
    found += faults(desk, "personas, habit") + unseen_focus(desk, "personas, habit")
    desk.reload()
    desk.locator("svg.picture:visible").first.wait_for()
    assert not found, "\n".join(found)


def test_two_facilitators_lose_nothing(
    workbook: Workbook, workshops: Workshops, desk_factory: Callable[[], Page]
) -> None:
    code = with_cards(workshops, "Two at once", 1)
    first, second = desk_factory(), desk_factory()
    for desk in (first, second):
        desk.goto(workbook.page(f"/page/01_personas?code={code}"))
        press(desk, f"Edit {GRACE.persona.name}")
        press(desk, "Edit: Role")
        ready(desk, "Save Role")
    first.get_by_label("Role", exact=True).fill("Head of accounts")
    press(first, "Save Role")
    first.get_by_text("Role is saved").wait_for()
    second.get_by_label("Role", exact=True).fill("Payroll clerk")
    press(second, "Save Role")
    expect(second.get_by_role("alert").filter(has_text="Nothing was overwritten")).to_be_visible()
    both = second.locator("table:visible").first
    expect(both).to_contain_text("Head of accounts")
    expect(both).to_contain_text("Payroll clerk")
    found = faults(second, "personas, two versions") + unseen_focus(second, "personas, two versions", most=80)
    press(second, "Save this choice")
    ready(second, "Bring back version 2")
    expect(second.locator(".lf-persona-head:visible").first).to_contain_text("Payroll clerk")
    (kept,) = PersonaShelf(workshops.store, code).all()
    said = [one.persona.value("role") for one in PersonaShelf(workshops.store, code).history(kept.id)]
    assert said[1:] == ["Head of accounts", "Payroll clerk"]
    press(second, "Bring back version 2")
    expect(second.locator(".lf-persona-head:visible").first).to_contain_text("Head of accounts")
    assert not found, "\n".join(found)


def test_cards_are_saved_printed_and_come_back(
    workbook: Workbook, workshops: Workshops, desk_factory: Callable[[], Page]
) -> None:
    code = with_cards(workshops, "To take along")
    desk = desk_factory()
    desk.goto(workbook.page(f"/page/01_personas?code={code}"))
    ready(desk, "Add a persona")
    saved = {}
    for words, kind in (
        ("JSON", "json"),
        ("table (CSV)", "csv"),
        ("Word document", "docx"),
        ("web page", "html"),
    ):
        with desk.expect_download() as saving:
            desk.get_by_role("link", name=f"Save all as {words}").click()
        saved[kind] = Path(saving.value.path()).read_bytes()
        assert saving.value.suggested_filename == f"personas-{code}.{kind}"
    expected = [one.persona for one in PersonaShelf(workshops.store, code).all()]
    assert list(personas_from("x.json", saved["json"])) == expected
    assert len(json.loads(saved["json"])["personas"]) == 3
    assert saved["docx"][:2] == b"PK"
    press(desk, f"Edit {GRACE.persona.name}")
    with desk.expect_download() as saving:
        desk.get_by_role("link", name=f"{GRACE.persona.name} as PNG").click()
    assert Path(saving.value.path()).read_bytes()[:4] == b"\x89PNG"
    press(desk, "Start")
    with desk.expect_file_chooser() as choosing:
        desk.get_by_role("button", name="Choose a file").click()
    choosing.value.set_files(
        {"name": "personas.json", "mimeType": "application/json", "buffer": saved["json"]}
    )
    desk.get_by_text("personas.json: 3 personas").wait_for()
    press(desk, "Take these over")
    desk.get_by_text("are on the table now").wait_for()
    assert len(PersonaShelf(workshops.store, code).all()) == 6


def test_the_print_view_is_a_card_a_sheet_and_for_everybody(
    workbook: Workbook, workshops: Workshops, desk_factory: Callable[[], Page]
) -> None:
    code = with_cards(workshops, "To print")
    desk = desk_factory()
    desk.goto(workbook.page(f"/personas/{code}"))
    desk.get_by_role("button", name="Print or save as PDF").wait_for()
    found = faults(desk, "personas, print view") + unseen_focus(desk, "personas, print view")
    for view in ("personas_1", "persona_grace"):
        for theme in ("light", "dark"):
            desk.goto(workbook.page(f"/projector/{code}?view={view}&theme={theme}"))
            desk.get_by_role("heading").first.wait_for()
            found += faults(desk, f"projector, {view}, {theme}")
    desk.goto(workbook.page(f"/personas/{code}"))
    desk.emulate_media(media="print")
    sheets = PdfReader(io.BytesIO(desk.pdf(prefer_css_page_size=True, print_background=True))).pages
    assert len(sheets) == 3
    names = [one.persona.name for one in PersonaShelf(workshops.store, code).all()]
    assert [name for name, sheet in zip(names, sheets, strict=True) if name in sheet.extract_text()] == names
    assert not found, "\n".join(found)


def test_files_and_pictures_are_behind_the_token(workbook: Workbook, workshops: Workshops) -> None:
    code = with_cards(workshops, "Behind the token", 1)
    for path in ("", "/all.json", "/all.docx", "/grace.svg"):
        assert workbook.anonymous(f"/personas/{code}{path}").status_code in (302, 403)
    assert workbook.get(f"/personas/{code}/nobody.svg").status_code == 404
    assert workbook.get(f"/personas/{workshops.create('Empty').code}").status_code == 404
    assert workbook.get("/personas/QQQQQ/all.csv").status_code == 404
