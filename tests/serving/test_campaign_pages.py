"""What the link of a campaign shows on each of its days, over real HTTP."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from learnerfirst.content import sample_answers
from tests.serving.participants_site import XSRF, Reply, Site, running_participants

TODAY = date.today()


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("campaigns")) as running:
        yield running


def campaign(site: Site, name: str, opens: int = -3, closes: int = 10, **more: Any) -> str:
    """A campaign whose days lie around today; made as if on its first day."""
    groups = {"question": "Where do you work?", "groups": [("Pier <b>", 40), ("Office", 25)]}
    now = site.workshops.today
    site.workshops.today = lambda: TODAY + timedelta(days=min(opens, 0))
    try:
        made = site.workshops.create_campaign(
            name,
            f"Campaign {name}",
            **{"opens": day(opens), "closes": day(closes), "groupings": [groups], **more},
        )
    finally:
        site.workshops.today = now
    return made.code


def key() -> str:
    return "".join(secrets.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(16))


def send(site: Site, name: str, number: int = 0, cookie: str = "", mine: str = "") -> Reply:
    asked = {one.id for one in site.workshops.questionnaire(f"quiz/{name}", "learner_power").questions}
    answers = {name: value for name, value in sample_answers()[number].items() if name in asked}
    body = {"activity": "learner_power", "id": mine or key(), "answers": {**answers, "group_1": "g1"}}
    headers = {"Cookie": f"{XSRF['Cookie']}; {cookie}"} if cookie else {}
    return site.post(f"/quiz/{name}/answers", body, headers)


def ticket_of(reply: Reply) -> str:
    return next(part.split(";")[0] for part in reply.headers["set-cookie"].split(", ") if "ticket" in part)


def test_before_the_first_day_the_link_says_when_it_opens_and_takes_nothing(site: Site) -> None:
    campaign(site, "early", opens=2, closes=9)
    page = site.get("/quiz/early")
    assert page.status == 200
    assert "Opens on" in page.text
    assert "<script" not in page.text
    assert site.get("/quiz/early/state").json["state"] == "ahead"
    assert send(site, "early").status == 410


def test_while_it_runs_it_asks_the_groups_last_and_says_when_answers_are_erased(site: Site) -> None:
    code = campaign(site, "running", erase=day(40))
    assert site.get("/quiz/running").status == 200
    sheet = site.get(site.get("/quiz/running/state").json["sheet"]).json
    last = sheet["sheet"]["questions"][-1]
    assert [option["text"] for option in last["options"]] == ["Pier <b>", "Office", "I'd rather not say"]
    assert not last["required"]
    gone = TODAY + timedelta(days=40)
    assert f"Everything is erased on {gone.day} " in sheet["consent"]["text"]
    saved = send(site, "running")
    assert saved.status == 200
    assert "group_1" not in saved.json["html"]
    assert site.workshops.count(code, "learner_power") == 1


def test_two_campaigns_each_ask_their_own_groups(site: Site) -> None:
    campaign(site, "first")
    campaign(site, "second", groupings=[{"question": "Since when?", "groups": [("Long", 9), ("Short", 9)]}])
    asked = {
        name: site.get(site.get(f"/quiz/{name}/state").json["sheet"]).json["sheet"]["questions"][-1]["stem"]
        for name in ("first", "second")
    }
    assert asked == {"first": "Where do you work?", "second": "Since when?"}


def test_a_code_opens_the_door_once(site: Site) -> None:
    code = campaign(site, "by-code", access="codes")
    (ticket,) = site.workshops.make_codes(code, 1)
    door = site.get("/quiz/by-code")
    assert (door.status, "One-time code" in door.text) == (200, True)
    assert site.form("/quiz/by-code/code", ticket="BBBBB-BBBBB").status == 404
    assert send(site, "by-code").status == 423
    opened = site.form("/quiz/by-code/code", ticket=f"{ticket[:5]}-{ticket[5:]}".lower())
    cookie = ticket_of(opened)
    assert (opened.status, opened.headers["location"]) == (303, "/quiz/by-code")
    assert "HttpOnly" in opened.headers["set-cookie"]
    assert "questionnaire" in site.get("/quiz/by-code", {"Cookie": cookie}).text
    mine = key()
    saved = send(site, "by-code", cookie=cookie, mine=mine)
    assert saved.status == 200
    assert ticket_of(saved) == "lf_people_ticket=sent"
    assert send(site, "by-code", cookie=cookie, mine=mine).status == 200, "a retry of the same phone"
    assert send(site, "by-code", 1, cookie=cookie).status == 423
    assert "One-time code" in site.get("/quiz/by-code", {"Cookie": cookie}).text
    assert "One-time code" in site.get("/quiz/by-code?again", {"Cookie": "lf_people_ticket=sent"}).text
    assert site.workshops.count(code, "learner_power") == 1


def test_after_the_last_day_the_link_waits_for_what_was_heard_and_then_shows_it(site: Site) -> None:
    code = campaign(site, "over", opens=-20, closes=-2, erase=day(30), invited=9)
    site.workshops.today, now = lambda: TODAY - timedelta(days=5), site.workshops.today
    try:
        for number, answers in enumerate(sample_answers()[:6]):
            asked = {one.id for one in site.workshops.questionnaire(code, "learner_power").questions}
            sheet = {name: value for name, value in answers.items() if name in asked}
            site.workshops.submit(code, "learner_power", f"an-invented-person-{number}", sheet)
        first = site.workshops.questionnaire(code, "learner_power").questions[0]
        site.workshops.correct_wording(code, first.id, first.stem, "Corrected <i>stem", "a typing error")
    finally:
        site.workshops.today = now
    page = site.get("/quiz/over")
    assert (page.status, "will stand here" in page.text) == (410, True)
    site.workshops.show_all(code)
    step = {"what": "An hour <b>a week", "who": "Mira", "by": "March"}
    site.workshops.save_heard(code, ["Time is <script>short."], [step], shown=False)
    assert site.get("/quiz/over").status == 410
    site.workshops.save_heard(code, ["Time is <script>short."], [step], shown=True, expected_version=1)
    page = site.get("/quiz/over")
    assert page.status == 200
    for said in (
        "What we heard",
        "Time is &lt;script&gt;short.",
        "An hour &lt;b&gt;a week",
        "Mira · March",
        "6 people of 9 answered (67 %)",
        "Corrected &lt;i&gt;stem",
    ):
        assert said in page.text, said
    assert "<svg" in page.text
    assert "style=" not in page.text


def test_the_process_closes_and_erases_when_it_starts(site: Site) -> None:
    code = campaign(site, "long-ago", opens=-40, closes=-20, erase=day(-1))
    site.workshops.today, now = lambda: TODAY - timedelta(days=25), site.workshops.today
    try:
        assert site.workshops.submit(
            code, "learner_power", "an-invented-person", json.loads('{"trust_1": {"today": "e"}}')
        )
    finally:
        site.workshops.today = now
    assert site.workshops.count(code, "learner_power") == 1
    site.stop()
    site.start()
    assert site.workshops.count(code, "learner_power") == 0
    assert site.workshops.get(code).activities[0].state == "closed"
    assert "were deleted on" in site.get("/quiz/long-ago").text
