"""Fifty script payloads in every free text and every address parameter of the participant pages run nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.asked import assessment, ballot, entry
from tests.browser.answering import begin, opened, send
from tests.payloads import PAYLOADS
from tests.serving.participants_site import Site, running_participants

pytestmark = pytest.mark.browser
ALL = " ".join(PAYLOADS)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("payloads"), "--failures", "100000") as running:
        yield running


@pytest.fixture
def page(page_factory: Callable[..., Page]) -> Iterator[Page]:
    """A page in which a payload that runs leaves a trace."""
    opened_page = page_factory(375, 740, reduced_motion="reduce")
    ran: list[str] = []
    opened_page.expose_function("pwned", lambda: ran.append(opened_page.url))
    opened_page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    yield opened_page
    opened_page.evaluate("1")
    assert ran == []


def test_in_the_title_and_in_whom_the_questions_are_about(site: Site, page: Page) -> None:
    for start in range(0, 50, 5):
        title = " ".join(PAYLOADS[start : start + 5])[:200]
        code = site.workshop(title, form="pulse", referent=PAYLOADS[start][:100])
        page.goto(f"{site.phone_url}/join/{code}")
        opened(page)
        expect(page.locator("h1")).to_have_text(title)
        begin(page)
        expect(page.locator("legend").first).to_contain_text(PAYLOADS[start].split()[0])


def test_in_long_and_short_texts_while_typing_and_in_the_result(site: Site, page: Page) -> None:
    code = site.workshop(questionnaire="all_kinds")
    page.goto(f"{site.phone_url}/join/{code}")
    begin(page)
    step = page.get_by_role("button", name="Next")
    page.get_by_label("The first").check()
    step.click()
    step.click()
    page.get_by_label("Pick a place").select_option("South")
    step.click()
    field = page.get_by_label("In a few words?")
    for payload in PAYLOADS:
        field.fill(payload)
    step.click()
    page.get_by_label("In many words?").fill(ALL)
    step.click()
    page.locator("[data-name=lf-level-today]").get_by_label("2").check()
    page.locator("[data-name=lf-level-wanted]").get_by_label("Same as today").check()
    step.click()
    page.get_by_label("How many hours?").fill("1")
    step.click()
    expect(page.locator(".lf-list")).to_contain_text(PAYLOADS[-1])
    send(page)
    expect(page.locator(".lf-own")).to_contain_text(PAYLOADS[0])
    page.get_by_role("button", name="See, export").click()
    expect(page.locator(".lf-own")).to_contain_text(PAYLOADS[0])


def test_in_every_result_that_the_server_makes(site: Site, page: Page, tmp_path: Path) -> None:
    code = site.workshop(questionnaire="all_kinds")
    pieces, files = [], []
    for number, payload in enumerate(PAYLOADS):
        key = f"{number:016d}"
        body = {"activity": "all_kinds", "id": key, "answers": {"line": payload, "story": payload}}
        pieces.append(site.post(f"/join/{code}/answers", body).json["html"])
        files.append(site.form("/mine", code=code, key=key, do="download").text)
    page.goto(site.phone_url)
    page.evaluate("(html) => { document.querySelector('main').innerHTML = html; }", "".join(pieces))
    expect(page.locator("main")).to_contain_text(PAYLOADS[-1])
    (tmp_path / "all.html").write_text("".join(files), "utf-8")
    page.goto((tmp_path / "all.html").as_uri())
    expect(page.locator("body")).to_contain_text(PAYLOADS[0])


def test_in_every_parameter_of_an_address(site: Site, page: Page) -> None:
    for number, payload in enumerate(PAYLOADS):
        safe = quote(payload, safe="")
        paths = [f"/?code={safe}", f"/join/{safe}?code={safe}"]
        if number % 5 == 0:
            paths += [f"/quiz/{safe}?key={safe}", f"/mine?code={safe}&do={safe}", f"/{safe}"]
        for path in paths:
            page.goto(site.phone_url + path)
            assert page.locator("form").count() == 1


def test_in_the_form_for_ones_own_answers(site: Site, page: Page) -> None:
    for payload in PAYLOADS[::5]:
        page.goto(f"{site.phone_url}/mine")
        page.get_by_label("Code of the workshop").fill(payload)
        page.get_by_label("Your key").fill(payload[:40])
        page.get_by_role("button", name="See my answers").click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_label("Code of the workshop")).to_have_value(payload)


def test_in_everything_that_a_stored_questionnaire_says(site: Site, page: Page) -> None:
    body = assessment(6)
    body["sections"][0] |= {"title": PAYLOADS[0], "intro": ALL[:900]}
    for number, question in enumerate(body["questions"]):
        question["stem"], question["help"] = PAYLOADS[number], PAYLOADS[number + 6]
        for place, option in enumerate(question["options"]):
            option["text"], option["short"] = PAYLOADS[number * 7 + place], PAYLOADS[-1 - place]
    order = {**ballot(tuple(PAYLOADS[:40]))["questions"][0], "section": "s0", "stem": PAYLOADS[49]}
    body["questions"].append(order)
    code = site.workshops.create(PAYLOADS[0]).code
    name = site.workshops.put_questionnaire(code, "levels", body)
    site.workshops.open_activity(code, name, purpose="self_assessment")
    page.goto(f"{site.phone_url}/join/{code}")
    begin(page)
    for question in range(6):
        page.locator("fieldset").nth(question).locator("input").nth(question).check()
    for _ in range(40):
        page.locator(".lf-rank-add").first.click()
    page.locator("form.lf-card button[type=submit]").click()
    expect(page.locator(".lf-list")).to_contain_text(PAYLOADS[39])
    send(page)
    expect(page.locator(".lf-own")).to_contain_text(PAYLOADS[39])
    page.get_by_role("button", name="Change my answers").click()
    expect(page.locator(".lf-ranked-name")).to_have_count(40)


def test_in_what_people_say_under_their_name(site: Site, page: Page) -> None:
    code = site.workshops.create("Community").code
    name = site.workshops.put_questionnaire(code, "entry", entry("offer"))
    activity = site.workshops.open_activity(code, name, purpose="introduction").id
    page.goto(f"{site.phone_url}/join/{code}")
    page.locator(".lf-consent button").first.click()
    page.get_by_label("Your name").fill(ALL[:200])
    page.get_by_label("What you offer").fill(ALL)
    page.locator("form.lf-card button[type=submit]").click()
    expect(page.locator(".lf-own")).to_contain_text(PAYLOADS[0])
    page.get_by_role("button", name="Change my answers").click()
    expect(page.get_by_label("Your name")).to_have_value(ALL[:200].replace("\n", " "))
    assert site.workshops.count(code, activity) == 1
