"""Choosing a leader in a real browser: somebody stands on a phone, twelve vote with codes, everybody sees the same count."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from learnerfirst.workshops.leader_vote import LeaderVotes
from tests.browser.community_page import A_KERNEL, ballots, codes_saved, phones, press
from tests.browser.looking import faults, shot, unseen_focus
from tests.running import Workbook

pytestmark = pytest.mark.browser

MEMBERS = (
    *("Ana Alves", "Bo Berg", "Cy Castro", "Dee Dahl", "Eli Engel", "Fay Falk"),
    *("Gil Grau", "Hana Ito", "Ivo Jung", "Jo Kern", "Kai Lund", "Lou Marsh"),
)
KEY = "text=/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/"


def community(workshops: Workshops) -> tuple[str, str]:
    """Twelve members who introduced themselves."""
    code = workshops.create("Plant north").code
    shelf = CommunityShelf(workshops, code)
    made = shelf.begin("Fixers", "Fewer repeat faults on line 4")
    asked = open_introductions(workshops, code, made.id, "Fixers")
    for name in MEMBERS:
        workshops.submit(code, asked.id, secrets.token_hex(16), {"name": name})
    workshops.close_activity(code, asked.id)
    return code, made.id


def stand(workshops: Workshops, code: str, name: str, would: str, would_not: str) -> None:
    asked = workshops.get(code).newest("candidacy")
    assert asked is not None
    sheet = {"name": name, "would": would, "would_not": would_not}
    workshops.submit(code, asked.id, secrets.token_hex(16), sheet)


def desk_at(workbook: Workbook, page_factory: Callable[..., Page], code: str) -> Page:
    desk = page_factory(1280, 860, reduced_motion="reduce", accept_downloads=True)
    desk.set_default_timeout(A_KERNEL)
    desk.goto(workbook.page(f"/page/06_community?code={code}"))
    desk.get_by_role("button", name="Leader", exact=True).click()
    return desk


def test_twelve_phones_choose_a_leader_and_everybody_follows_the_count(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page], tmp_path: Path
) -> None:
    code, community_id = community(workshops)
    base = workbook.participant_url
    desk = desk_at(workbook, page_factory, code)
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Nobody leads yet")
    found = faults(desk, "leader, nobody") + unseen_focus(desk, "leader, nobody", most=60)
    shot(desk, "1-nobody")

    press(desk, "Ask who would lead")
    desk.get_by_role("heading", name="Open now").wait_for()
    phone = page_factory(375, 740, reduced_motion="reduce")
    phone.goto(f"{base}/join/{code}")
    expect(phone.locator(".lf-consent")).to_contain_text("your name stays on its ballot")
    shot(phone, "2-stand-consent", (375,))
    press(phone, "I agree, start")
    phone.get_by_label("Your name, as the others know you").fill("Ana Alves")
    phone.get_by_label("What would you do as leader?").fill("Begin on time, and ask who has not spoken.")
    phone.get_by_label("What would you not do?").fill("Decide for you.")
    found += faults(phone, "standing", (320, 375))
    shot(phone, "2-stand", (375,))
    press(phone, "Send it, with my name")
    phone.get_by_text("It is up.").wait_for()
    long = (
        "Keep the rhythm, every second week at the same hour, and have somebody else lead the third meeting. "
        * 2
    )
    stand(workshops, code, "Bo Berg", long[:200], long[:200])
    stand(workshops, code, "Cy Castro", "Write down what we decide.", "")
    stand(workshops, code, "Dee Dahl", "", "")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("4 people would lead", timeout=A_KERNEL)
    found += faults(desk, "leader, standing")
    shot(desk, "3-standing")
    press(desk, "That is everybody")

    desk.get_by_label("How it is counted").select_option(label="Ranked choice: put names in order")
    expect(desk.get_by_text("one has more than half")).to_be_visible()
    shot(desk, "4-before-vote")
    press(desk, "Open the vote")
    desk.get_by_text("nobody can vote without one").wait_for()
    expect(desk.get_by_label("How many", exact=True)).to_have_value("12")
    press(desk, "Make codes")
    desk.get_by_text("12 codes are ready").wait_for()
    codes = codes_saved(desk, tmp_path)
    assert len(set(codes)) == 12
    with desk.expect_download() as saved:
        desk.get_by_role("link", name="Save cards to print").click()
    saved.value.save_as(tmp_path / "cards.html")
    found += faults(desk, "leader, codes")
    shot(desk, "5-codes")
    cards = page_factory(800, 1100)
    cards.goto((tmp_path / "cards.html").as_uri())
    expect(cards.locator(".qr svg")).to_have_count(12)
    shot(cards, "5-cards", (800,))

    # one real phone, by the link of its card
    voter = page_factory(375, 740, reduced_motion="reduce")
    voter.goto(f"{base}/join/{code}")
    shot(voter, "6-door", (375,))
    voter.goto(f"{base}/join/{code}#{codes[0]}")
    voter.reload()
    expect(voter.locator(".lf-consent")).to_contain_text("if all vote alike", ignore_case=True)
    expect(voter.locator(".lf-consent")).to_contain_text("exact sums")
    shot(voter, "6-consent", (375,))
    press(voter, "I agree, start")
    for name in ("Cy Castro", "Bo Berg"):
        voter.get_by_role("button", name=f"Put {name} in place").click()
    found += faults(voter, "ballot", (320, 375)) + unseen_focus(voter, "ballot")
    shot(voter, "6-ballot", (375,))
    press(voter, "Cast my vote")
    voter.get_by_text("Your vote is in.").first.wait_for()
    key = voter.locator(KEY).first.inner_text()
    expect(voter.get_by_text("Cy Castro")).to_have_count(0)
    found += faults(voter, "vote is in", (320, 375))
    shot(voter, "6-voted", (375,))
    # a code counts once
    second = page_factory(375, 740)
    second.goto(f"{base}/join/{code}#{codes[0]}")
    expect(second.get_by_role("alert")).to_contain_text("used already")

    projector = page_factory(1024, 768, reduced_motion="reduce")
    projector.goto(workbook.page(f"/projector/{code}"))
    expect(projector.get_by_role("heading", name="Who leads Fixers?")).to_be_visible()
    shot(projector, "7-projector-voting", (1024,))
    chosen = [["Ana Alves", "Cy Castro"]] * 4 + [["Bo Berg", "Ana Alves"]] * 3
    chosen += [["Cy Castro", "Ana Alves"], ["Bo Berg"], ["Dee Dahl", "Ana Alves"], ["Ana Alves"]]
    phones(workbook, code, 11, ballots(*chosen), tickets=codes[1:])
    expect(desk.get_by_role("heading", level=1)).to_have_text("12 of 12 have voted", timeout=A_KERNEL)
    expect(projector.locator(".count")).to_have_text("12", timeout=A_KERNEL)
    assert desk.get_by_text("Round 1").count() == 0
    shot(desk, "7-voting")

    press(desk, "Close and count")
    head = "Ana Alves is elected: 7 of 12 in the last round"
    votes = LeaderVotes(workshops, code)
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Ana Alves is elected")
    count = votes.shown(community_id)
    assert count is not None
    assert count.winner == "Ana Alves"
    assert [len(one.votes) for one in count.election.rounds] == [4, 3, 2]
    expect(desk.get_by_role("heading", level=1)).to_have_text(head)
    desk.locator("summary", has_text="The whole count").locator("visible=true").click()
    expect(desk.locator("tbody tr:visible")).to_have_count(9)
    found += faults(desk, "leader, count") + unseen_focus(desk, "leader, count", most=60)
    shot(desk, "8-count")
    expect(projector.get_by_role("heading", name=head)).to_be_visible(timeout=A_KERNEL)
    found += faults(projector, "count on the projector", (1280,))
    shot(projector, "8-projector-count", (1024, 1280))
    projector.goto(workbook.page(f"/projector/{code}?view=vote_{community_id}_2"))
    expect(projector.get_by_text("Up to round 3 of 3")).to_be_visible()
    shot(projector, "8-projector-count-2", (1024,))
    for name in (f"candidates_{community_id}", f"candidates_{community_id}_2"):
        projector.goto(workbook.page(f"/projector/{code}?view={name}"))
        shot(projector, f"8-projector-{name}", (1024,))

    for one in (voter, phone):
        expect(one.locator("#room-picture")).to_contain_text(head, timeout=A_KERNEL)
        found += faults(one, "count on a phone", (320, 375))
    shot(voter, "9-phone-count", (375,))
    shot(phone, "9-phone-count-not-voted", (375,))
    voter.reload()
    expect(voter.get_by_text("It is in the count").first).to_be_visible()
    shot(voter, "9-phone-count-again", (375,))

    other = page_factory(375, 740, reduced_motion="reduce")
    other.goto(f"{base}/mine")
    other.get_by_label("Code of the workshop").fill(code)
    other.get_by_label("Your key").fill(key)
    press(other, "See my answers")
    expect(other.get_by_role("heading", name="How the vote went")).to_be_visible()
    other.locator("summary").last.click()
    expect(other.get_by_text("1. Cy Castro, 2. Bo Berg")).to_be_visible()
    found += faults(other, "my vote", (320, 375))
    shot(other, "9-mine", (375,))
    press(other, "Delete them")
    press(other, "Yes, delete my answers")
    other.get_by_text("Your answers are deleted").wait_for()
    assert votes.shown(community_id) == count

    reply = workbook.get(f"/communities/{code}/{community_id}/count.csv")
    assert reply.status_code == 200
    assert "1,choices,Ana Alves,5,no" in reply.text
    press(desk, "Take over as leader")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ana Alves leads, and the group chose so")
    plan = CommunityShelf(workshops, code).known(community_id).plan
    assert (plan.elected, plan.member(plan.leader).name) == (True, "Ana Alves")  # type: ignore[union-attr]
    found += faults(desk, "leader, leads")
    shot(desk, "10-leads")
    log = workbook.log.read_text(errors="replace")
    assert not [one for one in codes if one in log]
    assert not found, "\n".join(found)


def test_a_tie_is_named_everywhere_and_voted_on_again(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page], tmp_path: Path
) -> None:
    code, community_id = community(workshops)
    desk = desk_at(workbook, page_factory, code)
    press(desk, "Ask who would lead")
    desk.get_by_role("heading", name="Open now").wait_for()
    for name in MEMBERS[:3]:
        stand(workshops, code, name, "Call the meeting.", "")
    press(desk, "That is everybody")
    press(desk, "Open the vote")
    press(desk, "Make codes")
    desk.get_by_text("12 codes are ready").wait_for()
    codes = codes_saved(desk, tmp_path)
    voter = page_factory(375, 740, reduced_motion="reduce")
    voter.goto(f"{workbook.participant_url}/join/{code}#{codes[11]}")
    press(voter, "I agree, start")
    voter.get_by_label(MEMBERS[1]).check(force=True)
    expect(voter.get_by_label("I could live with none of them")).to_be_visible()
    found = faults(voter, "approval ballot", (320, 375))
    shot(voter, "11-approval", (375,))
    chosen = [[MEMBERS[0]], [MEMBERS[1]], [MEMBERS[0], MEMBERS[1]], [MEMBERS[2]], [MEMBERS[0], MEMBERS[1]]]
    phones(workbook, code, 5, ballots(*chosen), tickets=codes[:5])
    expect(desk.get_by_role("heading", level=1)).to_have_text("5 of 12 have voted", timeout=A_KERNEL)
    press(desk, "Close and count")
    expect(desk.get_by_role("heading", level=1)).to_have_text(
        "Level: Ana Alves and Bo Berg. Nobody is elected yet"
    )
    found += faults(desk, "leader, level")
    shot(desk, "11-tie")
    phone = page_factory(375, 740, reduced_motion="reduce")
    phone.goto(f"{workbook.participant_url}/join/{code}")
    expect(phone.locator("#room-picture")).to_contain_text("Level: Ana Alves and Bo Berg")
    press(desk, "Vote again between them")
    desk.get_by_text("nobody can vote without one").wait_for()
    newest = LeaderVotes(workshops, code).newest(community_id)
    assert newest is not None
    ballot = LeaderVotes(workshops, code).ballot(newest)
    assert ballot is not None
    assert set(ballot.names.values()) == set(MEMBERS[:2])
    press(desk, "Close and count")
    expect(desk.get_by_text("decide by consent aloud")).to_be_visible()
    shot(desk, "12-few")
    desk.get_by_label("Leader", exact=True).select_option(label="Bo Berg")
    press(desk, "Keep")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Bo Berg leads, and the group chose so")
    shot(desk, "13-aloud")
    assert not found, "\n".join(found)
