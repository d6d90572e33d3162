"""One person with a phone, in a real browser, over plain http on an address that is not loopback."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.answering import answer_all, answer_card, begin, next_card, opened, send
from tests.serving.participants_site import Site, running_participants

pytestmark = pytest.mark.browser
SOON = 15_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("phones")) as running:
        yield running


@pytest.fixture
def phone(page_factory: Callable[..., Page]) -> Iterator[Page]:
    """A phone whose page must not fail in silence, and must ask no other host for anything."""
    page = page_factory(375, 740, reduced_motion="reduce")
    errors: list[str] = []
    hosts: set[str] = set()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.context.on("request", lambda request: hosts.add(re.sub(r":\d+/.*", "", request.url)))
    yield page
    assert errors == []
    assert {host for host in hosts if not host.startswith("file:")} <= {"http://phone.test"}


def stored(site: Site, code: str, activity: str = "learner_power") -> int:
    return site.workshops.count(code, activity)


def kept_drafts(page: Page) -> list[str]:
    """Names of drafts in the phone's storage; the mark that something was sent holds no answer and no key."""
    return page.evaluate("Object.keys(localStorage).filter((name) => !name.endsWith('.sent'))")


def wait_until_stored(page: Page, site: Site, code: str, count: int = 1) -> None:
    expect(page.locator(".lf-result")).to_be_visible(timeout=SOON)
    assert stored(site, code) == count


def test_from_the_code_to_the_own_result(site: Site, phone: Page, tmp_path: Path) -> None:
    code = site.workshop("Learning in Delft", wanted_by="2027-11")
    phone.goto(site.phone_url)
    phone.get_by_label("Code").fill(code.lower())
    phone.get_by_role("button", name="Join").click()
    expect(phone).to_have_url(f"{site.phone_url}/join/{code}")
    opened(phone)
    words = phone.locator(".lf-consent > p").first.inner_text()
    assert 20 < len(words.split()) <= 80
    begin(phone)
    expect(phone.get_by_text("Question 1 of 11")).to_be_visible()
    expect(phone.get_by_text("And by November 2027?")).to_have_count(0)
    answer_card(phone)
    expect(phone.get_by_role("group", name="And by November 2027?")).to_be_visible()
    assert phone.locator("[data-name$=-wanted] label").first.inner_text().startswith("Same as today")
    answer_all(phone)
    send(phone)
    wait_until_stored(phone, site, code)
    expect(phone.get_by_role("img", name=re.compile("Learner power"))).to_be_visible()
    assert kept_drafts(phone) == []
    with phone.expect_download() as got:
        phone.get_by_role("button", name="Download my result").click()
    kept = got.value
    assert kept.suggested_filename == "learner-power.html"
    kept.save_as(tmp_path / "result.html")
    phone.goto((tmp_path / "result.html").as_uri())
    expect(phone.get_by_role("heading", name=re.compile("Today:"))).to_be_visible()


def test_a_reload_in_the_middle_loses_nothing(site: Site, phone: Page) -> None:
    code = site.workshop()
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    for place in (0, 1, 2):
        answer_card(phone, today=place, wanted=1)
        next_card(phone)
    answer_card(phone, today=2, wanted=2)
    chosen = phone.locator("input:checked").evaluate_all("(all) => all.map((one) => one.id)")
    phone.reload()
    expect(phone.get_by_text("Question 4 of 11")).to_be_visible()
    assert phone.locator("input:checked").evaluate_all("(all) => all.map((one) => one.id)") == chosen
    answer_all(phone, today=3)
    send(phone)
    wait_until_stored(phone, site, code)


def test_the_order_of_options_is_one_persons_own_and_stays(
    site: Site, page_factory: Callable[..., Page]
) -> None:
    code = site.workshop()
    orders = set()
    for key in ("0000000000000000", "1000000000000000"):
        page = page_factory(375, 740, reduced_motion="reduce")
        page.goto(f"{site.phone_url}/nothing-here")
        draft = {"id": key, "answers": {}, "unsure": {}, "at": 0, "keep": True, "began": 1}
        page.evaluate(
            "([name, text]) => localStorage.setItem(name, text)",
            [f"learnerfirst.{code}.learner_power", json.dumps(draft)],
        )
        page.goto(f"{site.phone_url}/join/{code}")
        seen = []
        for _ in range(2):
            expect(page.locator("form.lf-card")).to_be_visible()
            seen.append(
                "".join(
                    page.locator("[data-name$=-today] input").evaluate_all(
                        "(all) => all.map((one) => one.value)"
                    )
                )
            )
            answer_card(page)
            next_card(page)
        assert seen[0] == seen[1]
        orders.add(seen[0])
    assert orders == {"ebfu", "ufbe"}


def test_without_a_line_answers_wait_on_the_phone_and_go_out_when_it_is_back(site: Site, phone: Page) -> None:
    code = site.workshop()
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    answer_all(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone.get_by_role("heading", name="Waiting for the connection")).to_be_visible(timeout=SOON)
    assert stored(site, code) == 0
    assert len(kept_drafts(phone)) == 1
    phone.context.set_offline(False)
    wait_until_stored(phone, site, code)
    assert kept_drafts(phone) == []


def test_a_reload_while_the_line_is_down_still_sends_the_same_answers_once(site: Site, phone: Page) -> None:
    code = site.workshop()
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    answer_all(phone)
    lost = f"**/join/{code}/answers"

    def arrives_but_nobody_hears(route: Route) -> None:
        route.fetch(url=route.request.url.replace("phone.test", "127.0.0.1"))
        route.abort()

    phone.route(lost, arrives_but_nobody_hears)
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone.get_by_role("heading", name="Waiting for the connection")).to_be_visible(timeout=SOON)
    assert stored(site, code) == 1
    phone.unroute(lost)
    phone.reload()
    wait_until_stored(phone, site, code, count=1)


def test_a_server_that_goes_down_and_comes_back_gets_the_answers(tmp_path: Path, phone: Page) -> None:
    with running_participants(tmp_path) as site:
        code = site.workshop()
        phone.goto(f"{site.phone_url}/join/{code}")
        begin(phone)
        answer_all(phone)
        site.process.kill()
        site.process.wait()
        phone.get_by_role("button", name="Send my answers").click()
        expect(phone.get_by_role("heading", name="Waiting for the connection")).to_be_visible(timeout=SOON)
        site.start()
        wait_until_stored(phone, site, code)


def test_a_store_that_cannot_save_is_said_and_answers_are_kept(site: Site, phone: Page) -> None:
    code = site.workshop()
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    answer_all(phone)
    phone.route(f"**/join/{code}/answers", lambda route: route.fulfill(status=503, body='{"error": "full"}'))
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone.get_by_text("could not be saved just now")).to_be_visible(timeout=5_000)
    assert len(kept_drafts(phone)) == 1
    phone.unroute(f"**/join/{code}/answers")
    phone.get_by_role("button", name="Try now").click()
    wait_until_stored(phone, site, code)


def test_a_second_tab_shares_the_sheet_and_sends_nothing_twice(site: Site, phone: Page) -> None:
    code = site.workshop()
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    answer_card(phone)
    next_card(phone)
    other = phone.context.new_page()
    other.goto(f"{site.phone_url}/join/{code}")
    expect(other.get_by_text("Question 2 of 11")).to_be_visible()
    phone.bring_to_front()
    answer_all(phone)
    send(phone)
    wait_until_stored(phone, site, code)
    expect(other.locator(".lf-result")).to_be_visible(timeout=SOON)
    assert stored(site, code) == 1


def test_pressing_send_twice_stores_once(site: Site, phone: Page) -> None:
    code = site.workshop()
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    answer_all(phone)
    phone.get_by_role("button", name="Send my answers").dblclick()
    wait_until_stored(phone, site, code)


def test_the_result_survives_a_reload_and_is_cleared_for_the_next_person(site: Site, phone: Page) -> None:
    code = site.workshop()
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    answer_all(phone)
    send(phone)
    key = phone.locator(".lf-code").inner_text()
    phone.reload()
    expect(phone.locator(".lf-code")).to_have_text(key, timeout=SOON)
    phone.get_by_role("button", name="Clear this phone").click()
    expect(phone.get_by_role("heading", name="Answers were already sent from this phone")).to_be_visible()
    assert key.replace("-", "") not in phone.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    phone.get_by_role("button", name="Someone else answers now").click()
    begin(phone)
    answer_all(phone, today=0)
    send(phone)
    assert phone.locator(".lf-code").inner_text() != key
    assert stored(site, code) == 2


def test_the_key_shows_and_deletes_the_answers_and_is_in_no_address(site: Site, phone: Page) -> None:
    code = site.workshop()
    addresses: list[str] = []
    phone.on("request", lambda request: addresses.append(request.url))
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    answer_all(phone)
    send(phone)
    key = phone.locator(".lf-code").inner_text()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", key)
    phone.goto(f"{site.phone_url}/mine")
    phone.get_by_label("Code of the workshop").fill(code)
    phone.get_by_label("Your key").fill(key.lower())
    phone.get_by_role("button", name="See my answers").click()
    expect(phone.get_by_role("heading", name="Your answers", exact=True)).to_be_visible()
    with phone.expect_download() as got:
        phone.get_by_role("button", name="Export them").click()
    assert json.loads(Path(got.value.path()).read_text())["stored"]["learner_power"]["answers"]
    phone.get_by_role("button", name="Delete them").click()
    phone.get_by_role("button", name="Yes, delete my answers").click()
    expect(phone.get_by_role("heading", name="Your answers are deleted")).to_be_visible()
    assert stored(site, code) == 0
    assert not [url for url in addresses if key in url or key.replace("-", "") in url]


def test_a_waiting_phone_shows_the_questions_when_they_open_and_says_when_they_close(
    site: Site, phone: Page
) -> None:
    code = site.workshops.create("Later").code
    phone.goto(f"{site.phone_url}/join/{code}")
    expect(phone.get_by_role("heading", name="You are in")).to_be_visible()
    site.workshops.open_activity(code)
    opened(phone)
    late = phone.context.new_page()
    late.goto(f"{site.phone_url}/join/{code}")
    opened(late)
    begin(late)
    answer_all(late)
    site.workshops.close_activity(code, "learner_power")
    late.get_by_role("button", name="Send my answers").click()
    expect(late.get_by_text("closed before your answers arrived")).to_be_visible(timeout=SOON)
    assert len(kept_drafts(late)) == 1
    site.workshops.open_activity(code)
    late.get_by_role("button", name="Try now").click()
    wait_until_stored(late, site, code)


def test_a_phone_in_the_waiting_room_says_when_the_line_is_gone(site: Site, phone: Page) -> None:
    code = site.workshops.create("Later").code
    phone.goto(f"{site.phone_url}/join/{code}")
    expect(phone.get_by_role("heading", name="You are in")).to_be_visible()
    phone.context.set_offline(True)
    expect(phone.get_by_text("This page tries again by itself")).to_be_visible(timeout=SOON)
    phone.context.set_offline(False)
    expect(phone.get_by_text("This page tries again by itself")).to_be_hidden(timeout=SOON)


def test_a_next_round_is_offered_and_never_takes_a_sheet_away(site: Site, phone: Page) -> None:
    code = site.workshop()
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    answer_all(phone)
    send(phone)
    site.workshops.close_activity(code, "learner_power")
    site.workshops.open_activity(code, "all_kinds")
    expect(phone.get_by_text("There is something new to answer")).to_be_visible(timeout=SOON)
    expect(phone.locator(".lf-result")).to_be_visible()
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("button", name="I agree, start")).to_be_visible()


def test_after_the_close_the_own_result_stays_in_sight(site: Site, phone: Page) -> None:
    code = site.workshop()
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    answer_all(phone)
    send(phone)
    site.workshops.close_activity(code, "learner_power")
    phone.reload()
    expect(phone.get_by_role("heading", name=re.compile("Today:"))).to_be_visible(timeout=SOON)
    expect(phone.get_by_role("button", name="Download my result")).to_be_visible()


def test_a_mark_can_be_shown_and_taken_back_in_an_open_room(site: Site, phone: Page) -> None:
    code = site.workshop(room="open")
    phone.goto(f"{site.phone_url}/join/{code}")
    expect(phone.get_by_text("Your group is small. It chose to be open")).to_be_visible()
    begin(phone)
    answer_all(phone)
    send(phone)
    phone.get_by_role("button", name="Show my mark").click()
    expect(phone.get_by_text("Your mark will be shown.")).to_be_visible()
    phone.get_by_role("button", name="Take my mark back").click()
    expect(phone.get_by_text("Your mark is not shown.")).to_be_visible()


def test_an_unanswered_question_is_named_and_focused_and_may_be_left_open(site: Site, phone: Page) -> None:
    code = site.workshop()
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    stem = phone.locator("legend").first.inner_text().split("\n")[-1]
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_role("alert").filter(has_text=stem)).to_be_visible()
    expect(phone.locator("[data-name$=-today] input").first).to_be_focused()
    phone.locator("[data-name$=-today] input").first.check()
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_text("Question 2 of 11")).to_be_visible()
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_role("alert").filter(has_text="has no answer yet")).to_be_visible()
    phone.get_by_role("checkbox", name="I can't say").check()
    answer_all(phone)
    expect(phone.get_by_role("heading", name="One question is left open")).to_be_visible()
    phone.get_by_role("button", name="Answer what is open").click()
    expect(phone.get_by_text("Question 1 of 11")).to_be_visible()
    answer_card(phone)
    phone.get_by_role("button", name="To the overview").click()
    expect(phone.get_by_role("heading", name="Ready to send")).to_be_visible()


def test_every_kind_of_question_works_and_a_required_one_stops(site: Site, phone: Page) -> None:
    code = site.workshop(questionnaire="all_kinds")
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    step = phone.get_by_role("button", name="Next")
    step.click()
    step.click()
    expect(phone.get_by_role("alert").filter(has_text="Which one?")).to_be_visible()
    phone.get_by_label("The first").check()
    step.click()
    phone.get_by_label("Ex", exact=True).check()
    phone.get_by_label("Zed").check()
    step.click()
    phone.get_by_label("Pick a place").select_option("South")
    step.click()
    phone.get_by_label("In a few words?").fill("<b>bold</b> & brief")
    expect(phone.get_by_text("41 characters left")).to_be_visible()
    step.click()
    phone.get_by_label("In many words?").fill("One\ntwo")
    step.click()
    phone.locator("[data-name=lf-level-today]").get_by_label("2").check()
    phone.locator("[data-name=lf-level-wanted]").get_by_label("Same as today").check()
    step.click()
    phone.get_by_label("How many hours?").fill("99")
    step.click()
    expect(phone.get_by_role("alert").filter(has_text="from 0 to 40")).to_be_visible()
    phone.get_by_label("How many hours?").fill("7.5")
    step.click()
    send(phone)
    key = phone.locator(".lf-code").inner_text().replace("-", "")
    assert site.workshops.mine(code, "all_kinds", key) == {
        "one": "a", "many": ["x", "z"], "pick": "s", "line": "<b>bold</b> & brief", "story": "One\ntwo",
        "level": {"today": 2, "wanted": 2}, "hours": 7.5,
    }  # fmt: skip
    expect(phone.get_by_text("<b>bold</b> & brief")).to_be_visible()


def test_with_the_keyboard_alone(site: Site, phone: Page) -> None:
    code = site.workshop(form="pulse")

    def tab_to(name: str) -> None:
        for _ in range(40):
            phone.keyboard.press("Tab")
            if phone.evaluate("(document.activeElement.innerText || '').trim()") == name:
                return
        raise AssertionError(f"{name} is not reached")

    phone.goto(f"{site.phone_url}/join/{code}")
    opened(phone)
    tab_to("I agree, start")
    phone.keyboard.press("Enter")
    tab_to("First question")
    phone.keyboard.press("Enter")
    for number in range(5):
        expect(phone.get_by_text(f"Question {number + 1} of 5")).to_be_visible()
        phone.keyboard.press("Tab")
        phone.keyboard.press("Space")
        for _ in range(number):
            phone.keyboard.press("ArrowDown")
        expect(phone.locator("[data-name$=-wanted]")).to_be_visible()
        phone.keyboard.press("Tab")  # I can't say
        phone.keyboard.press("Tab")
        phone.keyboard.press("Space")
        expect(phone.locator("[data-name$=-wanted] input:checked")).to_have_count(1)
        phone.keyboard.press("Enter")
    tab_to("Send my answers")
    phone.keyboard.press("Enter")
    wait_until_stored(phone, site, code)


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_sideways_scrolling_at_any_width(
    site: Site, page_factory: Callable[..., Page], width: int
) -> None:
    code = site.workshop("A title that is long enough to need a second line on a small phone", room="open")
    page = page_factory(width, 640, reduced_motion="reduce")

    def fits(where: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where

    for path in ("/", "/mine", "/?code=QQQQ", "/join/QQQQ"):
        page.goto(site.phone_url + path)
        fits(path)
    page.goto(f"{site.phone_url}/join/{code}")
    opened(page)
    fits("consent")
    begin(page)
    answer_card(page)
    fits("card")
    answer_all(page)
    fits("review")
    send(page)
    for summary in page.locator("summary").all():
        summary.click()
    fits("result")
    page.get_by_role("button", name="See, export or delete").click()
    expect(page.get_by_role("button", name="Delete them")).to_be_visible()
    fits("found")


def test_names_in_the_accessibility_tree_are_those_of_the_questions(site: Site, phone: Page) -> None:
    code = site.workshop()
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    stem = phone.locator("legend").first.inner_text().split("\n")[-1]
    group = phone.get_by_role("group", name=re.compile(re.escape(stem)))
    expect(group.get_by_role("radio")).to_have_count(4)
    expect(phone.get_by_role("progressbar", name=re.compile("Question 1 of 11"))).to_be_visible()
    expect(phone.get_by_role("checkbox", name="I can't say")).to_be_visible()


def test_an_error_in_a_script_is_shown(site: Site, page_factory: Callable[..., Page]) -> None:
    code = site.workshop()
    broken = page_factory(375, 740)
    broken.route(
        "**/static/questionnaire-*.js",
        lambda route: route.fulfill(content_type="text/javascript", body="throw new Error('torn')"),
    )
    broken.goto(f"{site.phone_url}/join/{code}")
    expect(broken.get_by_role("alert").filter(has_text="torn")).to_be_visible(timeout=5_000)
    missing = page_factory(375, 740)
    missing.route("**/static/participant-*.js", lambda route: route.abort())
    missing.goto(f"{site.phone_url}/join/{code}")
    expect(missing.get_by_role("button", name="Reload")).to_be_visible(timeout=5_000)


def test_a_phone_that_keeps_nothing_still_sends(site: Site, page_factory: Callable[..., Page]) -> None:
    code = site.workshop()
    page = page_factory(375, 740, reduced_motion="reduce")
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new Error('blocked'); } });"
    )
    page.goto(f"{site.phone_url}/join/{code}")
    begin(page)
    expect(page.get_by_text("This browser keeps nothing")).to_be_visible()
    answer_all(page)
    send(page)
    wait_until_stored(page, site, code)


def test_there_is_no_need_of_what_plain_http_lacks(site: Site, phone: Page) -> None:
    code = site.workshop(form="pulse")
    phone.goto(f"{site.phone_url}/join/{code}")
    assert phone.evaluate("[isSecureContext, 'randomUUID' in crypto, 'serviceWorker' in navigator]") == [
        False,
        False,
        False,
    ]
    begin(phone)
    answer_all(phone)
    send(phone)
    wait_until_stored(phone, site, code)


def test_deleted_answers_are_gone_from_the_phone_too_and_it_can_be_used_again(
    site: Site, phone: Page
) -> None:
    code = site.workshop(form="pulse")
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    answer_all(phone)
    send(phone)
    key = phone.locator(".lf-code").inner_text().replace("-", "")
    site.workshops.delete_mine(code, "learner_power", key)
    phone.reload()
    expect(phone.get_by_role("heading", name="These answers are no longer here")).to_be_visible()
    assert key not in phone.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    phone.get_by_role("button", name="Someone else answers now").click()
    begin(phone)


def test_a_workshop_that_is_deleted_while_people_wait_says_so(site: Site, phone: Page) -> None:
    code = site.workshops.create("Soon gone").code
    phone.goto(f"{site.phone_url}/join/{code}")
    expect(phone.get_by_role("heading", name="You are in")).to_be_visible()
    site.workshops.delete(code)
    expect(phone.get_by_role("heading", name="We don't know this code")).to_be_visible(timeout=SOON)


def test_a_browser_without_cookies_is_told(site: Site, phone: Page) -> None:
    code = site.workshop(form="pulse")
    phone.goto(f"{site.phone_url}/join/{code}")
    begin(phone)
    answer_all(phone)
    phone.route(f"**/join/{code}/answers", lambda route: route.fulfill(status=403, body="{}"))
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone.get_by_text("refuses the one small cookie")).to_be_visible()
    assert len(kept_drafts(phone)) == 1


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_two_minutes_without_a_line_with_the_waits_of_real_life(tmp_path: Path, phone: Page) -> None:
    real = ("--first-wait", "1", "--longest-wait", "20", "--patience", "10", "--poll-wait", "2.5")
    with running_participants(tmp_path, *real) as site:
        code = site.workshop()
        phone.goto(f"{site.phone_url}/join/{code}")
        begin(phone)
        answer_all(phone)
        phone.context.set_offline(True)
        phone.get_by_role("button", name="Send my answers").click()
        phone.wait_for_timeout(120_000)
        phone.context.set_offline(False)
        expect(phone.locator(".lf-result")).to_be_visible(timeout=30_000)
        assert stored(site, code) == 1
