"""Fifty script payloads in every free text and every address parameter of the participant pages run nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.workshops.community_agreement import CommunityAgreement
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from learnerfirst.workshops.leader_candidates import open_candidacy
from learnerfirst.workshops.leader_vote import LeaderVotes
from tests.asked import assessment, ballot, entry
from tests.browser.answering import begin, opened, send
from tests.payloads import PAYLOADS
from tests.serving.participants_site import Site, running_participants

pytestmark = pytest.mark.browser
ALL = " ".join(PAYLOADS)
STOPPED = "Content Security Policy"
"""What the console says of a script or a style that only the policy stopped: it became markup all the same."""


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
    opened_page.on("console", lambda said: ran.append(said.text) if STOPPED in said.text else None)
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


def community(site: Site) -> tuple[str, str]:
    """The codes of a workshop and of a community in it."""
    code = site.workshops.create("Plant north").code
    return code, CommunityShelf(site.workshops, code).begin(ALL[:120], ALL[:1990]).id


def until_phones_ask(site: Site, page: Page, code: str, activity: str) -> None:
    """Wait until the participant pages ask this: they look into the store once a second."""
    while page.request.get(f"{site.url}/join/{code}/state").json().get("activity") != activity:
        pass


def typed_into_a_sheet(page: Page, url: str) -> None:
    """Every field of a sheet under a name, or of one without; sent, shown, and opened again to be changed."""
    page.goto(url)
    start = page.locator(".lf-consent button, .lf-stage .lf-actions button, form.lf-card").first
    start.wait_for()
    if page.locator(".lf-consent button").count():
        page.locator(".lf-consent button").first.click()
    if not page.locator("form.lf-card").count():
        page.locator(".lf-stage .lf-actions button").last.click()
    expect(page.locator("form.lf-card")).to_be_visible()
    fields = page.locator("form.lf-card").locator("input[type=text], textarea")
    assert fields.count() >= 1
    for number in range(fields.count()):
        most = int(fields.nth(number).get_attribute("maxlength") or 60)
        start_at = 3 * number
        fields.nth(number).fill(" ".join((*PAYLOADS[start_at:], *PAYLOADS))[:most])
    for box in page.locator("form.lf-card fieldset").all():
        box.locator("input").first.check()
    page.locator("form.lf-card button[type=submit]").click()
    page.locator(".lf-result").wait_for()
    expect(page.locator(".lf-own")).to_contain_text("pwned")
    page.get_by_role("button", name="Change my answers").click()
    expect(page.locator("form.lf-card")).to_be_visible()
    expect(page.locator("form.lf-card").locator("input[type=text], textarea").first).to_have_value(
        re.compile("pwned")
    )


def test_in_the_sheets_of_a_community_and_on_its_page(site: Site, page: Page) -> None:
    code, made = community(site)
    workshops, url = site.workshops, f"{site.phone_url}/join/{code}"
    agreement = CommunityAgreement(workshops, code, made)
    rounds = (
        lambda: open_introductions(workshops, code, made, ALL[:100]),
        lambda: open_candidacy(workshops, code, made, ALL[:100]),
        lambda: agreement.open(ALL[:100], [payload[:240] for payload in PAYLOADS[:12]]),
    )
    for opening in rounds:
        asked = opening()
        until_phones_ask(site, page, code, asked.id)
        typed_into_a_sheet(page, url)
        assert workshops.count(code, asked.id) == 1
        workshops.close_activity(code, asked.id)
    votes = LeaderVotes(workshops, code)
    ballot = votes.open(made, ALL[:100])
    until_phones_ask(site, page, code, ballot.id)
    page.goto(url)
    begin(page)
    expect(page.locator("form.lf-card")).to_contain_text(PAYLOADS[0][:20])
    workshops.close_activity(code, ballot.id)
    CommunityShelf(workshops, code).save_part(made, "agreement", (), PAYLOADS[-40:])
    page.goto(f"{url}/community/{made}")
    expect(page.locator("article.card")).to_have_count(1)
    expect(page.locator("main")).to_contain_text(PAYLOADS[-1].strip())


def test_in_the_address_of_a_communitys_page(site: Site, page: Page) -> None:
    code, made = community(site)
    for payload in PAYLOADS[::3]:
        safe = quote(payload, safe="")
        for path in (f"/join/{code}/community/{safe}", f"/join/{safe}/community/{made}?x={safe}"):
            page.goto(site.phone_url + path)
            expect(page.locator("h1")).to_be_visible()
