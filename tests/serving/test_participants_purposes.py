"""Over HTTP: whatever a workshop asks, its own words, doors for codes, a key to change with, entries beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from learnerfirst.serving.rehearsal import rehearse
from tests.asked import assessment, ballot, entry, pulse
from tests.payloads import PAYLOADS
from tests.serving.participants_site import XSRF, Site, running_participants

KEY = "7K2M9QXD0011ABCD"
OTHER = "8K2M9QXD0011ABCD"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("purposes"), "--failures", "100000") as running:
        yield running


def asking(site: Site, body: dict, purpose: str, **how: object) -> tuple[str, str]:
    code = site.workshops.create("Service desk").code
    name = site.workshops.put_questionnaire(code, body["id"], body)
    return code, site.workshops.open_activity(code, name, purpose=purpose, **how).id


def send(site: Site, path: str, activity: str, answers: object, key: str = KEY, cookie: str = ""):
    headers = {"Cookie": f"{XSRF['Cookie']}; {cookie}"} if cookie else None
    return site.post(f"/join/{path}/answers", {"activity": activity, "id": key, "answers": answers}, headers)


def settings_in(text: str) -> dict:
    from html import unescape

    found = re.search(r'data-settings="([^"]*)"', text)
    assert found
    return json.loads(unescape(found[1]))


def test_a_stored_questionnaire_is_asked_with_the_words_of_its_purpose(site: Site) -> None:
    code, activity = asking(site, assessment(), "self_assessment")
    state = site.get(f"/join/{code}/state").json
    assert (state["activity"], state["changes"], state["mark"], state["door"]) == (
        activity,
        True,
        False,
        False,
    )
    sheet = site.get(state["sheet"]).json
    assert sheet["sheet"]["layout"] == "sections"
    assert len(sheet["sheet"]["questions"]) == 60
    assert "nothing to do with your review" in sheet["consent"]["text"]
    assert not re.search(r"\{\w+\}", sheet["consent"]["text"])
    assert "come back on any device" in sheet["texts"]["key_hint"]
    assert sheet["changes"] is True


def test_two_taps_have_no_screen_of_consent(site: Site) -> None:
    code, _activity = asking(site, pulse(), "meeting_pulse")
    sheet = site.get(site.get(f"/join/{code}/state").json["sheet"]).json
    assert sheet["consent"]["skip"] is True
    assert "no fewer than five" in sheet["consent"]["text"]
    assert site.get(f"/join/{code}/state").json["changes"] is False


def test_join_shows_whichever_is_open(site: Site) -> None:
    code, first = asking(site, ballot(), "vote")
    assert send(site, code, first, {"leader": ["p1"]}).json["saved"] is True
    site.workshops.close_activity(code, first)
    site.workshops.open_activity(code)
    until(lambda: site.get(f"/join/{code}/state").json["activity"] == "learner_power")
    assert send(site, code, first, {"leader": ["p1"]}, key=OTHER).status == 410


def until(holds) -> None:
    """The process remembers a round for a tenth of a second."""
    import time

    for _ in range(100):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def test_every_purpose_shows_what_was_sent_and_each_in_its_own_words(site: Site) -> None:
    said = {
        "vote": ("What happens with it", {"leader": ["p2", "p0"]}, ballot(), "1. Cleo, 2. Ana"),
        "self_assessment": ("What you sent", {"c0": "3"}, assessment(2), "Alone"),
        "meeting_pulse": ("that was all", {"tap0": 2}, pulse(), "2"),
        "introduction": ("see of you", {"name": "Ana"}, entry(), "Ana"),
        "profile_rating": ("What you sent", {"leader": ["p1"]}, ballot(), "1. Ben"),
    }
    for purpose, (words, answers, body, told) in said.items():
        code, activity = asking(site, body, purpose)
        html = send(site, code, activity, answers).json["html"]
        assert words in html, purpose
        assert (told in html) == (purpose != "vote"), purpose  # a ballot is seen with its key alone
        assert site.post(f"/join/{code}/own", {"activity": activity, "id": KEY}).json["html"] == html
        found = site.form("/mine", code=code, key=KEY, do="see").text
        assert told in found, purpose
        exported = json.loads(site.form("/mine", code=code, key=KEY, do="export").text)
        assert exported["stored"][activity]["answers"] == answers
        assert "text/html" in site.form("/mine", code=code, key=KEY, do="download").headers["content-type"]
        site.form("/mine", code=code, key=KEY, do="confirm")
        assert site.workshops.mine(code, activity, KEY) is None
        assert site.form("/mine", code=code, key=KEY, do="see").status == 404


def test_the_learner_survey_thanks_and_counts_in_steps_of_five(site: Site) -> None:
    code, activity = asking(site, {**ballot(), "id": "learner_survey"}, "learner_survey")
    first = send(site, code, activity, {"leader": ["p1"]}).json["html"]
    assert "among the first" in first
    for number in range(7):
        html = send(site, code, activity, {"leader": ["p1"]}, key=f"{number}K2M9QXD0011ABCE").json["html"]
    assert "5 people or more" in html
    assert "erased on" in html


def test_a_key_brings_the_answers_back_to_be_changed_and_stands_in_no_address(site: Site) -> None:
    code, activity = asking(site, assessment(4), "self_assessment")
    send(site, code, activity, {"c0": "1"})
    assert 'value="change:' in site.form("/mine", code=code, key=KEY, do="see").text
    page = site.form("/mine", code=code, key=KEY, do=f"change:{activity}")
    settings = settings_in(page.text)
    assert settings["resume"] == {"id": KEY, "activity": activity, "answers": {"c0": "1"}}
    assert settings["base"] == f"/join/{code}"
    assert send(site, code, activity, {"c0": "4", "c2": "not_assessed"}).status == 200
    assert site.workshops.mine(code, activity, KEY) == {"c0": "4", "c2": "not_assessed"}
    site.workshops.close_activity(code, activity)
    until(lambda: "change:" not in site.form("/mine", code=code, key=KEY, do="see").text)
    assert site.form("/mine", code=code, key=KEY, do=f"change:{activity}").status == 409
    assert send(site, code, activity, {"c0": "5"}).status == 410
    assert site.form("/mine", code=code, key=OTHER, do=f"change:{activity}").status == 404


def test_a_vote_can_be_seen_and_not_changed(site: Site) -> None:
    code, activity = asking(site, ballot(), "vote")
    send(site, code, activity, {"leader": ["p1"]})
    assert "change:" not in site.form("/mine", code=code, key=KEY, do="see").text
    assert site.form("/mine", code=code, key=KEY, do=f"change:{activity}").status == 409
    assert send(site, code, activity, {"leader": ["p2"]}).status == 409
    assert site.workshops.mine(code, activity, KEY) == {"leader": ["p1"]}


# ---- doors


def test_without_a_code_there_is_a_door_and_nothing_is_taken(site: Site) -> None:
    code, activity = asking(site, ballot(), "vote", access="codes")
    (ticket,) = site.workshops.make_codes(code, 1, activity)
    door = site.get(f"/join/{code}")
    assert (door.status, f'action="/join/{code}/code"' in door.text) == (200, True)
    assert "Go to the ballot" in door.text
    assert site.get(f"/join/{code}/state").json["door"] is True
    assert send(site, code, activity, {"leader": ["p1"]}).status == 423
    assert site.form(f"/join/{code}/code", ticket="BCDFGHJKLM").status == 404
    let_in = site.form(f"/join/{code}/code", ticket=ticket)
    assert (let_in.status, let_in.headers["location"]) == (303, f"/join/{code}")
    (cookie,) = re.findall(rf"lf_people_ticket_{activity}={ticket}", let_in.headers["set-cookie"])
    assert all(
        word in let_in.headers["set-cookie"] for word in ("HttpOnly", "SameSite=Strict", f"/join/{code}")
    )
    known = {"Cookie": f"{XSRF['Cookie']}; {cookie}"}
    assert site.get(f"/join/{code}/state", known).json["door"] is False
    sent = send(site, code, activity, {"leader": ["p1"]}, cookie=cookie)
    assert (sent.status, site.workshops.codes_left(code, activity)) == (200, 0)
    spent = re.search(rf"lf_people_ticket_{activity}=sent", sent.headers["set-cookie"])
    assert spent
    assert send(site, code, activity, {"leader": ["p1"]}, key=OTHER, cookie=cookie).status == 423
    assert site.get(f"/join/{code}/state", {"Cookie": spent[0]}).json["door"] is False


def test_a_room_without_codes_has_no_door(site: Site) -> None:
    code = site.workshop()
    assert site.form(f"/join/{code}/code", ticket="BCDFGHJKLM").status == 404


def test_twelve_simulated_phones_vote_once_each_with_their_codes(site: Site) -> None:
    code, activity = asking(site, ballot(), "vote", access="codes")
    codes = site.workshops.make_codes(code, 12, activity)
    met = rehearse(site.url, code, 12, within=0.5, tickets=codes)
    assert (met.errors, met.stored) == ((), 12)
    orders = [answers["leader"] for answers in site.workshops.private_answers(code, activity).values()]
    assert len(orders) == 12
    assert len({len(order) for order in orders}) > 1
    assert rehearse(site.url, code, 1, within=0, seed=9, tickets=codes[:1]).stored == 0


# ---- beside what is open


def test_an_entry_beside_the_quiz_is_kept_apart_from_it(site: Site) -> None:
    code = site.workshop("Community")
    name = site.workshops.put_questionnaire(code, "offer", entry("offer"))
    offer = site.workshops.open_activity(code, name, purpose="expertise_offer", aside=True).id
    path = f"{code}/at/{offer}"
    assert site.get(f"/join/{path}").status == 200
    state = site.get(f"/join/{path}/state").json
    assert (state["state"], state["activity"]) == ("open", offer)
    assert state["sheet"].startswith(f"/join/{path}/")
    assert "under your name" in site.get(state["sheet"]).json["consent"]["text"]
    assert site.get(f"/join/{code}/state").json["activity"] == "learner_power"
    sent = send(site, path, offer, {"name": "Ana", "offer": "Ask me about welding."})
    assert sent.status == 200
    assert site.workshops.named(code, "expertise_offer") == [
        {"name": "Ana", "offer": "Ask me about welding."}
    ]
    assert site.workshops.store.submissions(f"{code}/{offer}") == []
    assert f'value="change:{offer}"' in site.form("/mine", code=code, key=KEY, do="see").text
    settings = settings_in(site.form("/mine", code=code, key=KEY, do=f"change:{offer}").text)
    assert settings["base"] == f"/join/{path}"
    lower = site.get(f"/join/{code.lower()}/at/{offer}")
    assert (lower.status, lower.headers["location"]) == (303, f"/join/{path}")
    site.workshops.close_activity(code, offer)
    until(lambda: site.get(f"/join/{path}").status == 410)
    assert send(site, path, offer, {"name": "Ben"}, key=OTHER).status == 410
    site.form("/mine", code=code, key=KEY, do="confirm")
    assert site.workshops.named(code, "expertise_offer") == []


@pytest.mark.parametrize("beside", ["nothing", "learner_power", "..", "%00", "a" * 200])
def test_what_is_not_there_beside_a_workshop_is_not_found(site: Site, beside: str) -> None:
    code = site.workshop()
    assert site.get(f"/join/{code}/at/{beside}").status == 404
    assert site.get(f"/join/{code}/at/{beside}/state").status == 404


def test_the_same_key_opens_no_answers_and_an_entry(site: Site) -> None:
    code, activity = asking(site, assessment(2), "self_assessment")
    send(site, code, activity, {"c0": "1"})
    name = site.workshops.put_questionnaire(code, "offer", entry())
    offer = site.workshops.open_activity(code, name, purpose="expertise_offer", aside=True).id
    assert send(site, f"{code}/at/{offer}", offer, {"name": "Ana"}).status == 422
    assert site.workshops.named(code, "expertise_offer") == []


# ---- what people and facilitators typed


def doing_something(page: str) -> list[str]:
    """Elements and attributes that could run a payload."""
    found: list[str] = []

    class Looking(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            named = dict(attrs)
            if tag in ("img", "iframe", "object", "embed", "base") or (
                tag == "script" and "src" not in named
            ):
                found.append(tag)
            found.extend(
                f"{tag} {name}"
                for name, value in attrs
                if name.startswith("on") or "javascript:" in str(value)[:12]
            )

    Looking().feed(page)
    return found


def test_payloads_in_stored_questionnaires_and_in_names_are_text_everywhere(site: Site) -> None:
    for start in range(0, 50, 10):
        five = PAYLOADS[start : start + 10]
        body = ballot(tuple(five))
        body["title"] = body["questions"][0]["stem"] = five[0]
        code, activity = asking(site, body, "vote")
        sent = send(site, code, activity, {"leader": [f"p{number}" for number in range(10)]}).json["html"]
        pages = [sent, site.get(f"/join/{code}").text]
        name = site.workshops.put_questionnaire(code, "offer", entry("offer"))
        offer = site.workshops.open_activity(code, name, purpose="expertise_offer", aside=True).id
        for number, payload in enumerate(five):
            key = f"{number}K2M9QXD0011ABCF"
            answers = {"name": payload[:200], "offer": payload}
            pages.append(send(site, f"{code}/at/{offer}", offer, answers, key=key).json["html"])
            pages.append(site.form("/mine", code=code, key=key, do="see").text)
            pages.append(site.form("/mine", code=code, key=key, do=f"change:{offer}").text)
            pages.append(site.form("/mine", code=code, key=key, do="download").text)
        for page in pages:
            assert doing_something(page) == []
