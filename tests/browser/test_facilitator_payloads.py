"""Fifty script payloads in every free text and every address parameter of the facilitator's pages, the projector,
the hand-out and what phones take home: none runs, and none becomes markup. All payloads of a field come in few visits."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.communities import Logistics
from learnerfirst.content import personas_content, sample_answers, texts
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.campaign.messages import cards_page
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.projector import Projector
from learnerfirst.personas import Detail, Field, Persona, Quote
from learnerfirst.store import Store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.community_skills import CommunitySkills
from learnerfirst.workshops.coverage_results import CoverageResults
from learnerfirst.workshops.introductions import open_introductions
from learnerfirst.workshops.persona_shelf import PersonaShelf
from learnerfirst.workshops.quote_log import LoggedQuote, QuoteLog
from learnerfirst.workshops.tool_list import ToolList
from tests import checkout
from tests.calendars import Days
from tests.hostile_community import ALL, hostile_community
from tests.payloads import PAYLOADS
from tests.running import Workbook

pytestmark = pytest.mark.browser

A_KERNEL = 60_000
CHUNKS = [" ".join(PAYLOADS[start : start + 5])[:200] for start in range(0, 50, 5)]
PAGES = [path.stem for path in checkout.files("notebooks") if path.stem[0].isdigit()]
READ = ("code", "part", "name", "community")
OTHERS = ("step", "theme", "template", "next", "voila-theme", "x")
MADE_BY_A_PAYLOAD = (
    "script:not([src]):not([type$=json]), iframe, object, embed, base, marquee, math, video, audio, template, animate, "
    + "[onerror], [onload], [onfocus], [ontoggle], [onbegin], [onstart], [onmouseover], "
    + ", ".join(f"[{name}^='javascript:']" for name in ("href", "src", "action"))
)
VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) => {
  if (event.blockedURI === "inline" && event.violatedDirective.startsWith("script-src")) window.pwned(event.violatedDirective);
});"""


@pytest.fixture
def page(page_factory: Callable[..., Page]) -> Iterator[Page]:
    """A page in which a payload that runs, or that only the content security policy stops, leaves a trace."""
    opened_page = page_factory(reduced_motion="reduce")
    opened_page.set_default_timeout(A_KERNEL)
    ran: list[str] = []
    opened_page.expose_function("pwned", lambda what="": ran.append(f"{opened_page.url}: {what}"))
    opened_page.add_init_script(VIOLATIONS)
    opened_page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    yield opened_page
    opened_page.evaluate("1")
    assert ran == []


def nothing_made(page: Page) -> None:
    """No payload became an element or an attribute."""
    assert (
        page.locator(MADE_BY_A_PAYLOAD).evaluate_all("(found) => found.map((e) => e.outerHTML.slice(0, 200))")
        == []
    )


def go(page: Page, workbook: Workbook, path: str) -> None:
    page.goto(workbook.page(path))
    page.get_by_role("heading", level=1).first.wait_for()
    nothing_made(page)


@pytest.mark.parametrize("name", PAGES)
def test_in_every_parameter_of_a_page(workbook: Workbook, page: Page, name: str) -> None:
    for start in range(0, 50, 17):
        told = "".join(PAYLOADS[start : start + 17])
        go(
            page,
            workbook,
            f"/page/{name}?{urlencode([(key, told) for key in READ] + [(key, told[:40]) for key in OTHERS])}",
        )


def test_in_parameters_and_paths_without_a_kernel(
    workbook: Workbook, workshops: Workshops, page: Page
) -> None:
    code = workshops.create("Plain").code
    workshops.open_activity(code)
    CommunityShelf(workshops, code).begin("Fixers")
    for number, payload in enumerate(PAYLOADS):
        safe = quote(payload, safe="")
        paths = [
            f"/projector/{code}?theme={safe}&view={safe}&x={safe}",
            f"/projector/{safe}",
            f"/{safe}?{safe}={safe}",
            f"/handout/{safe}",
        ]
        if number % 5 == 0:
            paths += [f"/communities/{code}/{safe}/plan.html", f"/communities/{safe}/fixers/{safe}?x={safe}"]
            paths += [f"/communities/{code}/fixers/plan.html?name={safe}"]
        for path in paths:
            page.goto(workbook.page(path))
            nothing_made(page)


def test_in_the_address_of_the_login(workbook: Workbook, page: Page) -> None:
    for payload in PAYLOADS:
        safe = quote(payload, safe="")
        page.goto(f"{workbook.facilitator_url}/login?next={safe}&x={safe}")
        expect(page.get_by_label("Token")).to_be_visible()
        nothing_made(page)
    page.get_by_label("Token").fill("".join(PAYLOADS))
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_be_visible()
    nothing_made(page)


def revealed(workshops: Workshops) -> str:
    """A workshop in which everything that anybody can type is a payload."""
    topics = [{"name": text[:80]} for text in CHUNKS[3:6]]
    code = workshops.create(CHUNKS[0], referent=CHUNKS[1][:100], topics=topics).code
    activity = workshops.open_activity(code)
    for number, sheet in enumerate(sample_answers()):
        asked = {question.id for question in workshops.questionnaire(code, activity.id).questions}
        given = {name: value for name, value in sheet.items() if name in asked}
        workshops.submit(code, activity.id, f"an-invented-person-{number:04d}", given)
    workshops.reveal(code, activity.id)
    steps = [
        {
            "title": text,
            "owner": text,
            "detail": text,
            "basis": text,
            "source": text,
            "start": "2026-12-01",
            "end": "2027-02-01",
        }
        for text in CHUNKS
    ]
    workshops.save_plan(code, steps, name_owners=True)
    return code


def test_in_titles_topics_and_plans_on_every_view(
    workbook: Workbook, workshops: Workshops, page: Page
) -> None:
    for text in CHUNKS:
        workshops.create(text)
    code = revealed(workshops)
    go(page, workbook, "/page/00_start")
    expect(page.get_by_text(CHUNKS[-1], exact=False).first).to_be_attached()
    go(page, workbook, f"/page/02_learner_power?code={code}")
    for step in ("Set up", "Invite", "Answers", "Reveal", "Plan"):
        page.get_by_role("button", name=step, exact=True).first.click()
        nothing_made(page)
    page.get_by_role("button", name="Save the plan").wait_for()
    for path in (f"/projector/{code}", f"/projector/{code}?theme=dark", f"/handout/{code}"):
        go(page, workbook, path)
    for path in (f"/join/{code}", f"/join/{code}/plan"):
        page.goto(workbook.participant_url + path)
        nothing_made(page)
    with page.expect_download() as kept:
        page.locator("a[href$='plan.html']").click()
    page.goto(kept.value.path().as_uri())
    nothing_made(page)


def test_typed_into_every_field(workbook: Workbook, workshops: Workshops, page: Page) -> None:
    go(page, workbook, "/page/02_learner_power")
    if not page.get_by_role("button", name="Create the workshop").is_visible():
        page.get_by_role("button", name="Set up", exact=True).click()
    for number, label in enumerate(("Name of the workshop", "Topic 1", "Topic 2", "Topic 3")):
        field = page.get_by_label(label, exact=True)
        for payload in PAYLOADS:
            field.fill(payload)
        field.fill(CHUNKS[number])
    page.get_by_label("Name of the workshop").fill("".join(PAYLOADS))
    page.get_by_role("button", name="Create the workshop").click()
    page.get_by_role("alert").filter(has_text="pwned").wait_for()  # too long: refused, with what was typed
    nothing_made(page)
    page.get_by_label("Name of the workshop").fill(CHUNKS[2])
    page.get_by_role("button", name="Create the workshop").click()
    page.get_by_role("img", name="QR code").wait_for()
    page.get_by_role("button", name="Plan", exact=True).first.click()
    page.get_by_role("button", name="Add a step").click()
    for label in ("From", "Until", "Step 1", "Owner"):
        field = page.get_by_label(label, exact=True).first
        for payload in PAYLOADS:
            field.fill(payload)
        field.press("Tab")
    page.get_by_role("button", name="Save the plan").click()
    page.get_by_role("alert").filter(
        has_text="is not a date"
    ).wait_for()  # no days: refused, with what was typed
    nothing_made(page)


def heard(store: Store) -> str:
    """A campaign that is over, in which everything that anybody can type is a payload."""
    days = Days((date.today() - timedelta(days=9)).isoformat())
    campaigns = Workshops(store, today=days)
    groups = [(CHUNKS[number][:60], 40) for number in (2, 3)]
    code = campaigns.create_campaign(
        "script-alert",
        CHUNKS[0][:100],
        opens=days().isoformat(),
        closes=(days() + timedelta(days=7)).isoformat(),
        contact=CHUNKS[1][:80],
        invited=80,
        groupings=[{"question": CHUNKS[4][:120], "groups": groups}],
    ).code
    asked = {question.id for question in campaigns.questionnaire(code, "learner_power").questions}
    for number, sheet in enumerate(sample_answers()):
        given = {name: value for name, value in sheet.items() if name in asked}
        campaigns.submit(
            code,
            "learner_power",
            f"an-invented-person-{number:04d}",
            {**given, "group_1": f"g{number % 2 + 1}"},
        )
    days.go(date.today().isoformat())
    campaigns.show_all(code)
    step = {"what": CHUNKS[6], "who": CHUNKS[7][:60], "by": CHUNKS[8][:60]}
    campaigns.save_heard(code, CHUNKS[:5], [step], shown=True)
    return code


def test_in_everything_that_a_campaign_says(workbook: Workbook, workshops: Workshops, page: Page) -> None:
    code = heard(workshops.store)
    go(page, workbook, f"/page/02_learner_power_by_link?name={code.removeprefix('quiz/')}")
    for step in ("Set up", "Invite", "Results", "What we heard"):
        page.get_by_role("button", name=step, exact=True).first.click()
        nothing_made(page)
    page.get_by_role("link", name="Look at the page").wait_for()
    page.goto(f"{workbook.participant_url}/{code}")
    page.get_by_role("heading", name="What we heard, what happens now").wait_for()
    expect(page.locator("main")).to_contain_text("pwned")
    nothing_made(page)


def test_typed_into_every_field_of_a_campaign_and_of_a_sheet(
    workbook: Workbook, workshops: Workshops, page: Page
) -> None:
    Desk(workshops.store, "campaign").forget()  # the page comes back to the campaign that was open last
    go(page, workbook, "/page/02_learner_power_by_link")
    page.get_by_role("button", name="Make the campaign").wait_for()
    fields = page.locator("input[type=text]:visible, textarea:visible")
    assert fields.count() >= 13
    for number in range(fields.count()):
        fields.nth(number).fill("".join(PAYLOADS))
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Make the campaign").click()
    page.get_by_role("alert").filter(has_text="pwned").wait_for()  # refused, with what was typed
    nothing_made(page)

    code = workshops.create("Plain").code
    workshops.open_activity(code)
    page.goto(workbook.page(f"/paper/{code}"))
    for payload in PAYLOADS[::7]:
        page.locator("#paper input").first.focus()
        page.keyboard.insert_text(payload)
        page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    nothing_made(page)


def people(workshops: Workshops) -> str:
    """A workshop whose personas, quotes, tools and blueprints are payloads in everything that anybody can type."""
    code = workshops.create(CHUNKS[0]).code
    shelf = PersonaShelf(workshops.store, code)
    details = {
        "role": Detail(CHUNKS[1]),
        "goals": Detail(tuple(CHUNKS[2:5]), "evidence", "quote", CHUNKS[5]),
        "device": Detail(("no_screen",)),
        "a <b>field</b> of one's own": Detail(CHUNKS[6]),
    }
    kept = [
        shelf.add(Persona("x", text[:80], details, summary=CHUNKS[7], size=40)) for text in PAYLOADS[::10]
    ]
    shelf.save(replace(kept[0].persona, summary=CHUNKS[8]), 1)
    shelf.retire(kept[1].id)
    QuoteLog(shelf).add(LoggedQuote(kept[0].id, Quote("goals", CHUNKS[9])))
    tools = ToolList(shelf, personas_content().requirements)
    for text in PAYLOADS[:18]:
        tools.add(text[:120])
    step = {"phase": "before", "on": "2027-01-11", "title": CHUNKS[3], "because": CHUNKS[4]}
    body = {"persona": kept[0].id, "start": "2027-01-11", "business_goal": CHUNKS[1], "pathway": [step]}
    shelf.save_note("blueprint", body, 0, kept[0].id)
    return code


def test_in_everything_that_personas_say(workbook: Workbook, workshops: Workshops, page: Page) -> None:
    code = people(workshops)
    go(page, workbook, f"/page/01_personas?code={code}")
    page.get_by_role("button", name="Add a persona").wait_for()
    nothing_made(page)
    page.locator(".lf-cards button").first.click()
    page.get_by_role("button", name="Back to all cards").wait_for()
    page.get_by_role("button", name="Edit: Goals at work").click()
    page.get_by_role("button", name="Save Goals at work").wait_for()
    nothing_made(page)
    for step in ("Design", "Tool first?", "Start"):
        page.get_by_role("button", name=step, exact=True).first.click()
        page.get_by_role("button", name=step, exact=True).first.wait_for(state="hidden")
        nothing_made(page)
    shelf = PersonaShelf(workshops.store, code)
    for path in (
        f"/personas/{code}",
        *(f"/projector/{code}?view=persona_{one.id}" for one in shelf.all()[:2]),
    ):
        go(page, workbook, path)
    go(page, workbook, f"/projector/{code}?view=personas_1")
    with page.expect_download() as saving:
        page.evaluate(f"location.href = '/personas/{code}/all.html'")
    page.goto(saving.value.path().as_uri())
    nothing_made(page)


def learners(workshops: Workshops) -> str:
    """A survey whose name, fields and answers are payloads, judged by personas named so, with groups found in it."""
    code = workshops.create(CHUNKS[0]).code
    fields = [Field(f"own_{at}", CHUNKS[at], "psychometric", "category") for at in range(4)]
    rows = [
        {one.id: PAYLOADS[4 * at + (number % 2 if number % 20 else 2)] for at, one in enumerate(fields)}
        for number in range(120)
    ]
    source = workshops.import_learners(code, rows, fields, CHUNKS[5])
    details = {one.id: Detail(rows[1][one.id]) for one in fields}
    kept = PersonaShelf(workshops.store, code).add(Persona("x", PAYLOADS[7][:80], details))
    results = CoverageResults(workshops, code)
    results.cover([source.id], [kept.persona])
    results.discover([source.id])
    return code


def test_in_everything_that_a_learner_survey_holds(
    workbook: Workbook, workshops: Workshops, page: Page
) -> None:
    code = learners(workshops)
    go(page, workbook, f"/page/01_personas?code={code}")
    for step, shown in (
        ("Survey", "120 learners have answered"),
        ("Coverage", "One persona covers"),
        ("Discover", "groups in the answers"),
    ):
        page.get_by_role("button", name=step, exact=True).click()
        page.get_by_role("heading", level=1).filter(has_text=shown).wait_for()
        nothing_made(page)
    page.get_by_role("button", name="Draft personas from the chosen groups").click()
    page.get_by_role("button", name="Add a persona").wait_for()
    nothing_made(page)
    for view in ("coverage", "left_out"):
        go(page, workbook, f"/projector/{code}?view={view}")


def test_typed_into_every_field_of_the_personas_page(
    workbook: Workbook, workshops: Workshops, page: Page
) -> None:
    code = workshops.create("Plain").code
    go(page, workbook, f"/page/01_personas?code={code}")
    page.get_by_role("button", name="Take this template").wait_for()
    told = "".join(PAYLOADS)
    for field in page.locator("input[type=text]:visible, textarea:visible").all():
        field.fill(told)
    page.get_by_role("button", name="Write it down").first.click()
    page.get_by_role("alert").filter(has_text="pwned").wait_for()  # too long: refused, with what was typed
    nothing_made(page)
    page.get_by_label("An invented name").fill(PAYLOADS[0])
    page.get_by_role("button", name="Begin with this name").click()
    page.get_by_role("button", name="Edit: Role").click()
    page.get_by_role("button", name="Save Role").wait_for()
    for field in page.locator("input[type=text]:visible, textarea:visible").all():
        field.fill(told[:290])
    page.get_by_role("button", name="Save Role").click()
    page.get_by_text("Role is saved").wait_for()
    nothing_made(page)
    page.get_by_role("button", name="Add this field").click()
    page.get_by_role("button", name="Design", exact=True).click()
    page.get_by_role("button", name="Save the blueprint").wait_for()
    for field in page.locator("input[type=text]:visible, textarea:visible").all():
        field.fill(told[:290])
    page.get_by_role("button", name="Save the blueprint").click()
    page.get_by_role("alert").filter(has_text="pwned").first.wait_for()  # no day: refused
    nothing_made(page)


STEPS = ("Start", "Plan", "People", "Leader", "Personalise", "Meetings", "Health")
PARTS = {
    "People": ("Break the ice", "Agree", "Who is here"),
    "Personalise": ("Learning groups", "Groups from a list", "Who can what", "What suits us"),
}
PRESSED = (
    texts("community_start")["begin"],
    texts("community_plan")["goals"]["add"],
    texts("community_plan")["goals"]["save"],
    texts("community_meetings")["decisions"]["add"],
    texts("community_meetings")["experiments"]["add"],
    texts("community_personalise")["skills"]["look"],
)
SILENT = {"Break the ice", "Groups from a list", "Who can what", "What suits us", "Health"}
"""Parts that show nothing that somebody typed until something is asked of them."""
FIELDS = "input[type=text]:visible:enabled, textarea:visible:enabled"
DRAW = """async ([address, views]) => {
  for (const view of views) {
    const told = await (await fetch(`${address}?view=${view}`)).json();
    document.getElementById("view").innerHTML = told.html;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  }
}"""


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


def gone_to(page: Page, step: str) -> None:
    """Go to a step or a part of one; its name in the bar comes after everything that it shows."""
    here = page.locator(".lf-here", has_text=re.compile(f"^{step}$")).locator("visible=true")
    if not here.count():
        press(page, step)
        here.wait_for()
    nothing_made(page)


def everywhere(page: Page) -> Iterator[str]:
    """Every part of every step of the community page, one after the other."""
    for step in STEPS:
        gone_to(page, step)
        yield step
        for part in PARTS.get(step, ()):
            gone_to(page, part)
            yield part


def test_in_everything_that_a_community_says(workbook: Workbook, workshops: Workshops, page: Page) -> None:
    code, made = hostile_community(workshops)
    go(page, workbook, f"/page/06_community?code={code}&community={made}")
    told = {place: page.locator(".lf-step:visible").first.inner_text() for place in everywhere(page)}
    assert {place for place, text in told.items() if "pwned" not in text} <= SILENT
    gone_to(page, "Personalise")
    gone_to(page, "Who can what")
    press(page, texts("community_personalise")["skills"]["look"])
    page.locator("table", has_text="pwned").locator("visible=true").first.wait_for()
    nothing_made(page)
    words = texts("community_leader")["codes"]
    link = f"{workbook.participant_url}/join/{code}"
    page.set_content(cards_page(ALL, link, ["BCDFGHJKLM"], words, words["card_foot"], scan=True))
    expect(page.locator("body")).to_contain_text("pwned")
    nothing_made(page)
    for file in ("plan", "minutes", "lessons"):
        page.goto(workbook.page(f"/communities/{code}/{made}/{file}.html"))
        expect(page.locator("body")).to_contain_text("pwned")
        nothing_made(page)
    page.goto(f"{workbook.participant_url}/join/{code}/community/{made}")
    expect(page.locator("main")).to_contain_text(PAYLOADS[-1].strip())
    nothing_made(page)


def test_in_every_view_that_the_projector_has_of_a_community(
    workbook: Workbook, workshops: Workshops, page: Page
) -> None:
    code, made = hostile_community(workshops)
    go(page, workbook, f"/projector/{code}?view=plan_{made}")
    views = Projector(workshops, Addresses("http://10.0.0.7:8867")).view(code).views
    names = ("plan", "people", "agreement", "candidates", "vote", "groups", "meeting")
    mine = [view for view in views if view.startswith(tuple(f"{name}_{made}" for name in names))]
    assert len(mine) >= 12
    for view in mine:
        page.evaluate(DRAW, [f"/projector/{code}/state", [view]])
        nothing_made(page)


def test_typed_into_every_field_of_the_community_page(
    workbook: Workbook, workshops: Workshops, page: Page
) -> None:
    code = workshops.create("Plain").code
    shelf = CommunityShelf(workshops, code)
    made = shelf.begin("Fixers").id
    asked = open_introductions(workshops, code, made, "Fixers")
    for name in ("Ana", "Bo", "Cy"):
        workshops.submit(code, asked.id, f"a-key-of-one-{name:_>8}", {"name": name})
    workshops.close_activity(code, asked.id)
    first = date.today() + timedelta(days=7)
    shelf.change(made, lambda plan: replace(plan, logistics=Logistics(first=first)))
    place = CommunityMeetings(workshops, code)
    place.plan_ahead(shelf.known(made).plan)
    go(page, workbook, f"/page/06_community?code={code}&community={made}")
    typed = 0
    for part in everywhere(page):
        if part == "Start":
            press(page, texts("community_start")["another"])
            page.get_by_role("button", name=texts("community_start")["begin"], exact=True).wait_for()
        fields = page.locator(".lf-step:visible").first.locator(FIELDS)
        for number in range(fields.count()):
            fields.nth(number).fill(ALL if part == "Start" else CHUNKS[number % 10])
            typed += 1
        page.keyboard.press("Tab")
        for button in PRESSED:
            found = page.get_by_role("button", name=button, exact=True).locator("visible=true")
            if found.count() and found.first.is_enabled():
                found.first.click()
    assert typed >= 20
    plan = shelf.known(made).plan
    noted = [one.meeting for one in place.of(plan)]
    assert "pwned" in plan.purpose
    assert any("pwned" in one.interrogation for one in noted)
    assert any("pwned" in str(one.decisions) for one in noted)
    for _ in everywhere(page):  # once more, with all of it kept
        pass


def test_in_files_that_come_into_the_community_page(
    workbook: Workbook, workshops: Workshops, page: Page
) -> None:
    """In names of files and columns, in cells that are read, in those that are refused, and in what is made of them."""
    code = workshops.create("Plain").code
    shelf = CommunityShelf(workshops, code)
    made = shelf.begin("Fixers").id
    CommunitySkills(workshops, code).save_needs(made, "", "\n".join(PAYLOADS))
    go(page, workbook, f"/page/06_community?code={code}&community={made}")
    gone_to(page, "Personalise")
    gone_to(page, "Groups from a list")
    rows = [[payload, PAYLOADS[number % 3], CHUNKS[number % 4]] for number, payload in enumerate(PAYLOADS)]
    give(page, table(["Employee", "Department", PAYLOADS[6]], *rows))
    press(page, texts("community_personalise")["list"]["form"])
    page.get_by_role("heading", level=1).filter(has_text="of 50 people").wait_for()
    nothing_made(page)
    gone_to(page, "Who can what")
    give(
        page,
        table(
            ["id", "name", "technical_skills"], *([f"p{n}", text, text] for n, text in enumerate(PAYLOADS))
        ),
    )
    page.get_by_role("button", name=texts("community_personalise")["skills"]["file_drop"]).wait_for()
    nothing_made(page)
    press(page, texts("community_personalise")["skills"]["look"])
    page.locator("table", has_text="pwned").locator("visible=true").first.wait_for()
    nothing_made(page)
    for refused in (table(["id", "nobody", *PAYLOADS[:9]], *rows), table(["id", "name"], *rows)):
        give(page, refused)
        page.get_by_role("alert").filter(has_text="pwned").locator("visible=true").wait_for()
        nothing_made(page)
    gone_to(page, "Health")
    said = [[payload, "2026-10-01 09:00", CHUNKS[number % 9]] for number, payload in enumerate(PAYLOADS)]
    give(page, table(["Username", "Date", "Type"], *said))
    who = page.get_by_label("Who runs the community?", exact=False)
    expect(who.locator("option")).to_have_count(len({text.strip() for text in PAYLOADS}))
    nothing_made(page)
    give(page, table([*PAYLOADS[:12]], *rows))
    page.get_by_role("alert").filter(has_text="pwned").locator("visible=true").wait_for()
    nothing_made(page)


def table(*rows: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def give(page: Page, data: bytes) -> None:
    """A file whose name is a payload, too, for the field that is shown."""
    name = "<img src=x onerror=pwned()> pwned.csv"
    field = page.locator(".lf-step:visible").locator("input[type=file]").locator("visible=true").first
    field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
