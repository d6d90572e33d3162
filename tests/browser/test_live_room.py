"""The live room in real browsers: who is in, the timer, guess, reveal beside the own result, late ones, undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.content import sample_answers, texts
from learnerfirst.workshops import Workshops
from tests.browser.answering import answer_all, begin, opened, send
from tests.browser.looking import faults
from tests.browser.test_projector import seen_well
from tests.running import Workbook

pytestmark = pytest.mark.browser
SOON = 15_000
PHONE = texts("live_room")["phone"]


@pytest.fixture
def phone(page_factory: Callable[..., Page]) -> Callable[[], Page]:
    """A further phone of the room."""
    return lambda: page_factory(375, 740, reduced_motion="reduce")


def answered(workshops: Workshops, code: str, people: int) -> None:
    for number, sheet in enumerate(sample_answers()[:people]):
        workshops.submit(code, "learner_power", f"an-invented-person-{number:04d}", sheet)


def room(workshops: Workshops, people: int) -> str:
    made = workshops.create("Learning in Delft")
    workshops.open_activity(made.code)
    answered(workshops, made.code, people)
    return made.code


def test_who_is_in_and_the_time_that_is_left_are_seen_by_everyone(
    workbook: Workbook, workshops: Workshops, phone: Callable[[], Page], page_factory: Callable[..., Page]
) -> None:
    code = room(workshops, 9)
    phones = [phone() for _ in range(3)]
    for one in phones:
        one.goto(f"{workbook.participant_url}/join/{code}")
        opened(one)
    projector = page_factory(1024, 620)
    projector.goto(workbook.page(f"/projector/{code}"))
    expect(projector.get_by_text("9 of 12 are in, 3 still answering")).to_be_visible(timeout=SOON)
    workshops.start_timer(code, "learner_power", 4)
    expect(projector.get_by_text("4 min left")).to_be_visible(timeout=SOON)
    for one in phones:
        expect(one.get_by_role("timer")).to_have_text("4 min left", timeout=SOON)
    late = phone()
    late.goto(f"{workbook.participant_url}/join/{code}")
    expect(late.get_by_role("timer")).to_have_text("4 min left", timeout=SOON)
    expect(projector.get_by_text("9 of 13 are in, 4 still answering")).to_be_visible(timeout=SOON)
    assert projector.evaluate("document.documentElement.scrollHeight") <= 620
    late.close()
    expect(projector.get_by_text("9 of 12 are in, 3 still answering")).to_be_visible(timeout=SOON)
    phones[0].reload()
    begin(phones[0])
    answer_all(phones[0])
    send(phones[0])
    expect(projector.get_by_text("10 of 12 are in, 2 still answering")).to_be_visible(timeout=SOON)
    assert faults(phones[1], "a timer on a phone", (320, 375)) == []


def test_two_taps_guess_the_room_and_the_reveal_comes_beside_the_own_result(
    workbook: Workbook, workshops: Workshops, phone: Callable[[], Page]
) -> None:
    code = room(workshops, 7)
    for number in range(5):
        workshops.guess(
            code, "learner_power", f"a-guess-of-its-own-{number:04d}", {"today": "b", "wanted": "b"}
        )
    one = phone()
    one.goto(f"{workbook.participant_url}/join/{code}")
    begin(one)
    answer_all(one)
    send(one)
    card = one.locator("#guess-room")
    expect(card).to_be_visible()
    assert faults(one, "guess, first tap", (320, 375)) == []
    card.get_by_role("button").first.click()
    expect(card.get_by_role("heading", name="And where will most of them want it to be?")).to_be_focused()
    assert faults(one, "guess, second tap", (320, 375)) == []
    card.get_by_role("button").nth(1).click()
    expect(card.get_by_text(PHONE["guess_sent"])).to_be_visible(timeout=SOON)
    kept = workshops.store.submissions(f"{code}/learner_power/guess")
    assert len(kept) == 6
    one.reload()
    expect(one.locator(".lf-result")).to_be_visible(timeout=SOON)
    expect(one.locator("#guess-room")).to_have_count(0)

    workshops.reveal(code, "learner_power")
    picture = one.get_by_role("region", name=PHONE["picture_label"])
    expect(picture.get_by_role("heading", name="What the room says")).to_be_visible(timeout=SOON)
    expect(picture.get_by_role("heading", name="Guess and answer")).to_be_visible()
    expect(one.get_by_role("link", name="Show the plan")).to_be_visible(timeout=SOON)
    expect(one.locator("#host").get_by_role("img").first).to_be_attached()
    assert faults(one, "the room's picture beside the own result", (320, 375)) == []

    workshops.hide(code, "learner_power")
    expect(picture).to_have_count(0, timeout=SOON)
    expect(one.locator("#host .lf-own")).to_be_visible()
    workshops.reveal(code, "learner_power")
    expect(picture).to_be_visible(timeout=SOON)


def test_who_was_in_the_middle_and_who_comes_late_get_their_own_result_beside_the_frozen_picture(
    workbook: Workbook, workshops: Workshops, phone: Callable[[], Page]
) -> None:
    code = room(workshops, 9)
    middle, late = phone(), phone()
    middle.goto(f"{workbook.participant_url}/join/{code}")
    begin(middle)
    shown = workshops.reveal(code, "learner_power")
    expect(middle.get_by_text(PHONE["late_note"])).to_be_visible(timeout=SOON)
    expect(middle.locator("#room-picture")).to_have_count(0)
    middle.reload()
    expect(middle.get_by_text("Question 1 of 11")).to_be_visible(timeout=SOON)

    late.goto(f"{workbook.participant_url}/join/{code}")
    expect(late.locator("#room-picture")).to_be_visible(timeout=SOON)
    assert faults(late, "late, the picture", (320, 375)) == []
    late.get_by_role("button", name=PHONE["late_button"]).click()
    expect(late.get_by_text(PHONE["late_consent"])).to_be_visible()
    expect(late.locator("#room-picture")).to_have_count(0, timeout=SOON)
    begin(late)
    for one in (middle, late):
        answer_all(one)
        send(one)
        expect(one.locator("#room-picture")).to_be_visible(timeout=SOON)
        expect(one.get_by_text(PHONE["late_shown"])).to_be_visible()
        expect(one.locator(".lf-key")).to_have_count(0)
        expect(one.locator("#guess-room")).to_have_count(0)
    assert faults(late, "late, both results", (320, 375)) == []
    with late.expect_download():
        late.get_by_role("link", name="Download my result").click()
    assert workshops.count(code, "learner_power") == 9
    again = workshops.release(code, "learner_power")
    assert again == shown


def test_a_facilitator_waits_reveals_and_hides(
    workbook: Workbook, workshops: Workshops, phone: Callable[[], Page], page_factory: Callable[..., Page]
) -> None:
    code = room(workshops, 9)
    one = phone()
    one.goto(f"{workbook.participant_url}/join/{code}")
    opened(one)
    desk, projector = page_factory(1280, 800), page_factory(1024, 620)
    projector.goto(workbook.page(f"/projector/{code}"))
    desk.goto(workbook.page(f"/page/02_learner_power?code={code}"))
    said = desk.get_by_role("heading", name="9 of 10 are in, 1 still answering")
    expect(said).to_be_visible(timeout=60_000)
    expect(desk.get_by_text("One is still answering. Wait, or reveal now")).to_be_visible()
    desk.get_by_label("Time for answering").select_option("5 minutes")
    desk.get_by_role("button", name="Start the timer").click()
    expect(one.get_by_role("timer")).to_have_text("5 min left", timeout=SOON)
    assert faults(desk, "answers, with a timer") == []
    left = desk.locator(".lf-minutes-left")
    assert left.evaluate("(line) => getComputedStyle(line).fontSize") == "20px"  # a line, not a headline
    desk.get_by_role("button", name="Reveal", exact=True).last.click()
    expect(projector.get_by_role("img", name="Learner power, today and wanted")).to_be_visible(timeout=SOON)
    desk.get_by_role("button", name="Hide the picture again").click()
    expect(projector.get_by_role("heading", name="Answers are closed")).to_be_visible(timeout=SOON)
    expect(desk.get_by_text("Hidden again, here, on the projector and on phones.")).to_be_visible()
    expect(desk.get_by_text("heading for")).to_have_count(0)
    assert faults(desk, "hidden again") == []
    desk.get_by_role("button", name="Show the picture again").click()
    expect(projector.get_by_role("img", name="Learner power, today and wanted")).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("guesses", [6, 12])
def test_the_projector_sets_the_guess_beside_the_answers_and_it_fits(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page], guesses: int
) -> None:
    code = room(workshops, 12)
    for number in range(guesses):
        workshops.guess(
            code, "learner_power", f"a-guess-of-its-own-{number:04d}", {"today": "e", "wanted": "e"}
        )
    workshops.reveal(code, "learner_power")
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{code}?view=guess"))
    said = "This room wants to move on; you thought it would want to stay."
    expect(page.get_by_role("heading", name=said)).to_be_visible(timeout=SOON)
    expect(page.get_by_role("img", name="Guess and answer")).to_have_count(1 if guesses >= 10 else 0)
    seen_well(page, "revealed", "guess")
