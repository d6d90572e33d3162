"""Take the README's pictures from the running workbook: ``make shots``.

Everything that is seen is real: the server, the pages, the sample organisation.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from learnerfirst.store import open_store  # noqa: E402
from learnerfirst.workshops import Workshops  # noqa: E402
from learnerfirst.workshops.profile_shelf import ProfileShelf  # noqa: E402
from learnerfirst.workshops.resource_shelf import ResourceShelf  # noqa: E402
from learnerfirst.workshops.self_assessments import SelfAssessments  # noqa: E402
from tests.browser import find_browser  # noqa: E402
from tests.browser.answering import answer_all, answer_card, begin, next_card, send  # noqa: E402
from tests.browser.conftest import FLAGS  # noqa: E402
from tests.browser.looking import SETTLED  # noqa: E402
from tests.running import Workbook, running_workbook  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
SHOWN_ADDRESS = "http://workshop.example"
COMMUNITY = "fault_finders"
SAME_ORDER = "crypto.getRandomValues = (bytes) => bytes.fill(2);"  # half of the people see options reversed: not this one


def take(page: Page, name: str) -> None:
    """One picture of what the window shows."""
    page.evaluate(SETTLED)
    page.evaluate("() => { document.activeElement && document.activeElement.blur(); window.scrollTo(0, 0); }")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(name, "taken")


def window(browser: Browser, width: int, height: int, scale: float = 1) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=scale, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def start_reveal_and_plan(page: Page, workbook: Workbook) -> str:
    """The map, then the sample organisation's result and plan; returns the sample's code."""
    page.goto(workbook.page("/page/00_start"))
    press(page, "Open the sample organisation")
    page.get_by_role("link", name="Go to its result").wait_for()
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    take(page, "start")
    press(page, "Open the sample organisation")
    page.get_by_role("link", name="Go to its result").click()
    page.get_by_role("heading", name="Talk about this first").wait_for()
    take(page, "reveal")
    code = re.search(r"code=([A-Z]+)", page.url)
    assert code is not None
    page.get_by_role("button", name="Plan", exact=True).click()
    page.get_by_role("button", name="Save the plan").wait_for()
    take(page, "plan")
    return code[1]


def personas_and_coverage(page: Page, workbook: Workbook, sample: str) -> None:
    """The sample organisation's personas, and whom of its learners they forget."""
    page.goto(workbook.page(f"/page/01_personas?code={sample}"))
    page.get_by_role("button", name=re.compile("^Edit ")).first.wait_for()
    take(page, "personas")
    press(page, "Survey")
    press(page, "Take the 200 invented learners")
    press(page, "Go on to coverage")
    press(page, "Look at coverage")
    page.get_by_role("button", name="Draft the missing one", exact=True).wait_for()
    take(page, "coverage")


def profile_and_gaps(page: Page, workbook: Workbook, sample: str) -> None:
    """What good looks like in one of the sample's roles, and what its people would develop first."""
    page.goto(workbook.page(f"/page/03_success_profile?code={sample}"))
    page.get_by_role("heading", name=re.compile("^What good looks like")).first.wait_for()
    take(page, "success-profile")
    page.goto(workbook.page(f"/page/05_gaps_and_plans?code={sample}"))
    page.locator(".lf-chart svg:visible").first.wait_for()
    page.set_viewport_size({"width": 1280, "height": 1060})
    take(page, "gaps")
    page.set_viewport_size({"width": 1280, "height": 860})


def own_plan(page: Page, workbook: Workbook, sample: str) -> None:
    """One person's strengths, gaps and plan, against a profile of the sample."""
    with open_store(workbook.store_url) as store:
        workshops = Workshops(store)
        code = workshops.create("Service desk").code
        shelf = ProfileShelf(store, code)
        kept = shelf.add(ProfileShelf(store, sample).all()[-1].profile)
        asked = SelfAssessments(workshops, code).launch(shelf.publish(kept.role_id, kept.version))
        ResourceShelf(store, code).add(ResourceShelf(store, sample).get().resources)
        level = {one.id: at % 5 for at, one in enumerate(kept.profile.competencies)}
    page.goto(f"{workbook.participant_url}/join/{code}{asked.address}")
    page.get_by_role("button", name="I agree, start").click()
    page.get_by_role("button", name="First question").click()
    while page.get_by_role("button", name="Send my answers").count() == 0:
        for name, found in level.items():
            place = page.locator(f'input[type=radio][name*="level_{name}"][value="{found}"]:visible')
            if place.count():
                place.check(force=True)
        part = page.locator("fieldset:visible").first.inner_text()
        page.locator("form.lf-card button[type=submit]").click()
        page.wait_for_function(
            "before => (document.querySelector('fieldset')?.innerText ?? '') !== before", arg=part
        )
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", name="Your plan").wait_for()
    take(page, "own-gaps")
    page.get_by_role("heading", name="Your plan").evaluate("one => one.scrollIntoView()")
    page.screenshot(path=PICTURES / "own-plan.png")
    print("own-plan taken")


def community(page: Page, projector: Page, phone: Page, workbook: Workbook, sample: str) -> None:
    """A community of the sample: whether it is alive, its vote on the projector, its people on a phone."""
    page.goto(workbook.page(f"/page/06_community?code={sample}&community={COMMUNITY}"))
    page.get_by_role("button", name="Meetings", exact=True).wait_for()
    page.get_by_role("heading", name="This month").wait_for()
    take(page, "community")
    projector.goto(workbook.page(f"/projector/{sample}?view=vote_{COMMUNITY}"))
    projector.locator("svg").first.wait_for()
    take(projector, "vote")
    phone.goto(f"{workbook.participant_url}/join/{sample}/community/{COMMUNITY}")
    phone.get_by_role("heading", level=1).wait_for()
    take(phone, "members")


def invite(page: Page, workbook: Workbook) -> None:
    """A workshop of its own."""
    with open_store(workbook.store_url) as store:
        workshops = Workshops(store)
        code = workshops.create("Learning at the pier", referent="organisation").code
        workshops.open_activity(code)
    page.goto(workbook.page(f"/page/02_learner_power?code={code}"))
    page.get_by_role("img", name=re.compile("QR code")).wait_for()
    take(page, "invite")


def phone(page: Page, workbook: Workbook) -> None:
    """A question with both of its parts, and one person's result."""
    with open_store(workbook.store_url) as store:
        workshops = Workshops(store)
        code = workshops.create("Learning at the pier", referent="organisation").code
        workshops.open_activity(code)
    page.add_init_script(SAME_ORDER)
    page.goto(f"{workbook.participant_url}/join/{code}")
    begin(page)
    answer_card(page, today=1)
    next_card(page)
    page.locator("form.lf-card input[type=radio]").nth(2).check()
    take(page, "phone-question")
    answer_all(page, today=1, wanted=2)
    send(page)
    take(page, "phone-result")


def main() -> int:
    """Take them all; they replace those of before."""
    PICTURES.mkdir(exist_ok=True)
    path = find_browser.find()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_workbook(Path(folder), arguments=["--public-url", SHOWN_ADDRESS]) as workbook,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        desk = window(browser, 1280, 860)
        sample = start_reveal_and_plan(desk, workbook)
        personas_and_coverage(desk, workbook, sample)
        profile_and_gaps(desk, workbook, sample)
        own_plan(window(browser, 375, 740, scale=1.5), workbook, sample)
        invite(desk, workbook)
        projector = window(browser, 1280, 720)
        projector.goto(workbook.page(f"/projector/{sample}"))
        projector.get_by_role("heading").first.wait_for()
        take(projector, "projector")
        community(desk, projector, window(browser, 375, 740, scale=1.5), workbook, sample)
        phone(window(browser, 375, 740, scale=1.5), workbook)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
