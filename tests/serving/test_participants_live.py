"""The live room over real HTTP: phones are counted, told the time that is left, and shown the released picture."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from learnerfirst.content import sample_answers, texts
from learnerfirst.pages.learner_power.words import finding
from learnerfirst.workshops import Here, Presence
from tests.serving.participants_site import Site, running_participants
from tests.serving.servers import eventually


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("live"), "--here-age", "4") as running:
        yield running


def say(site: Site, code: str, phone: int, doing: str) -> None:
    assert site.get(f"/join/{code}/state?here={phone:016x}&doing={doing}").status == 200


def test_phones_that_ask_are_counted_until_they_fall_silent(site: Site) -> None:
    code = site.workshop()
    presence = Presence(site.workshops.store)
    for phone in range(3):
        say(site, code, phone, "answering")
    say(site, code, 3, "sent")
    eventually(lambda: presence.here(code) == Here(4, 3), within=20)
    say(site, code, 0, "left")
    eventually(lambda: presence.here(code) == Here(), within=20)


@pytest.mark.parametrize(
    "said",
    ["here=<script>&doing=answering", "here=0000000000000001&doing=dancing", "here=%FF&doing=sent", "doing=sent"],
)  # fmt: skip
def test_what_is_no_name_of_a_phone_is_not_counted_and_harms_nothing(site: Site, said: str) -> None:
    code = site.workshop()
    assert site.get(f"/join/{code}/state?{said}").status in (200, 400)
    say(site, code, 9, "answering")
    eventually(lambda: Presence(site.workshops.store).here(code) == Here(1, 1), within=20)


def test_what_is_left_of_the_timer_is_told_with_the_state(site: Site) -> None:
    code = site.workshop()
    assert site.get(f"/join/{code}/state").json["left"] is None
    site.workshops.start_timer(code, "learner_power", 4)
    left = eventually(lambda: site.get(f"/join/{code}/state").json["left"], within=20)
    assert 200 < left <= 240
    sheet = site.get(f"/join/{code}/state").json["sheet"]
    site.workshops.stop_timer(code, "learner_power")
    eventually(lambda: site.get(f"/join/{code}/state").json["left"] is None, within=20)
    assert site.get(f"/join/{code}/state").json["sheet"] == sheet


# ---- the picture after the reveal


def key(number: int) -> str:
    return f"{number:016d}"


def answered(site: Site, people: int = 6, **chosen: object) -> str:
    code = site.workshop("Learning <b>here</b>", **chosen)
    for number, sheet in enumerate(sample_answers()[:people]):
        body = {"activity": "learner_power", "id": key(number), "answers": sheet, "seconds": 300}
        assert site.post(f"/join/{code}/answers", body).status == 200
    return code


def state(site: Site, code: str, wanted: str) -> dict[str, Any]:
    return eventually(
        lambda: (now := site.get(f"/join/{code}/state").json)["state"] == wanted and now, within=20
    )


def test_phones_get_the_picture_that_was_released_and_lose_it_while_it_is_hidden(site: Site) -> None:
    code = answered(site)
    assert site.get(f"/join/{code}/picture").status == 404
    shown = site.workshops.reveal(code, "learner_power").body
    assert state(site, code, "revealed")["picture"] == "1"
    assert site.get(f"/join/{code}").status == 200
    html = site.get(f"/join/{code}/picture").json["html"]
    assert finding(shown, texts("learner_power")["finding"], texts("charts")) in unescape(html)
    assert unescape(html).count(shown["talking_points"][0]["words"]) == 1
    assert "style=" not in html
    assert "<script" not in html
    site.workshops.hide(code, "learner_power")
    assert state(site, code, "closed")["picture"] is None
    assert site.get(f"/join/{code}/picture").status == 404
    site.workshops.reveal(code, "learner_power")
    state(site, code, "revealed")
    assert site.get(f"/join/{code}/picture").json["html"] == html


def test_who_comes_late_gets_their_own_result_and_nothing_of_it_is_stored(site: Site) -> None:
    code = answered(site)
    late = {"activity": "learner_power", "id": key(99), "answers": sample_answers()[9], "seconds": 300}
    assert site.post(f"/join/{code}/late", late).status == 410
    site.workshops.reveal(code, "learner_power")
    before = state(site, code, "revealed")
    picture = site.get(f"/join/{code}/picture").text
    assert site.post(f"/join/{code}/answers", late).status == 410
    reply = site.post(f"/join/{code}/late", late)
    assert (reply.status, reply.json["saved"]) == (200, False)
    assert "Today:" in reply.json["html"]
    assert reply.json["document"].startswith("<!doctype html>")
    assert site.workshops.count(code, "learner_power") == 6
    assert site.workshops.mine(code, "learner_power", key(99)) is None
    assert site.get(f"/join/{code}/picture").text == picture
    sheet = site.get(before["sheet"]).json
    assert sheet["consent"]["room"] == texts("live_room")["phone"]["late_consent"]
    assert sheet["guess"] == []


@pytest.mark.parametrize(
    "answers", [{"no_such_question": {"today": "e"}}, {"trust_1": {"today": "zzz"}}, "text", None]
)
def test_late_answers_are_checked_like_all_others(site: Site, answers: object) -> None:
    code = answered(site)
    site.workshops.reveal(code, "learner_power")
    body = {"activity": "learner_power", "answers": answers}
    assert site.post(f"/join/{code}/late", body).status == 422


# ---- guess the room


def test_a_guess_is_asked_with_the_questions_and_kept_apart_from_the_answers(site: Site) -> None:
    code = answered(site, 2)
    today, wanted = site.get(site.get(f"/join/{code}/state").json["sheet"]).json["guess"]
    assert len(today["options"]) == len(wanted["options"]) == 4
    body = {
        "activity": "learner_power", "id": key(7), "guess": {"today": "e", "wanted": today["options"][3]["id"]},
    }  # fmt: skip
    assert [site.post(f"/join/{code}/guess", body).status for _ in range(2)] == [200, 200]
    assert site.workshops.store.submissions(f"{code}/learner_power/guess") == [
        {"guess": {"today": "e", "wanted": "u"}}
    ]
    assert site.workshops.mine(code, "learner_power", key(7)) is None
    assert "guess" not in site.workshops.my_data(code, "learner_power", key(0))


@pytest.mark.parametrize(
    ("guess", "status"),
    [({"today": "e"}, 422), ("e", 422), (None, 422), ({"today": "<script>", "wanted": "e"}, 422),
     ({"today": "e", "wanted": "e", "more": "x" * 500}, 422)],
)  # fmt: skip
def test_what_is_no_guess_is_refused_and_not_kept(site: Site, guess: object, status: int) -> None:
    code = answered(site, 0)
    body = {"activity": "learner_power", "id": key(7), "guess": guess}
    assert site.post(f"/join/{code}/guess", body).status == status
    assert site.workshops.store.submissions(f"{code}/learner_power/guess") == []


def test_the_picture_sets_the_guess_beside_the_answers(site: Site) -> None:
    code = answered(site, 8)
    for number in range(6):
        body = {"activity": "learner_power", "id": key(100 + number), "guess": {"today": "b", "wanted": "b"}}
        assert site.post(f"/join/{code}/guess", body).status == 200
    site.workshops.reveal(code, "learner_power")
    state(site, code, "revealed")
    html = unescape(site.get(f"/join/{code}/picture").json["html"])
    assert "you thought it would want to stay" in html
    assert "6 people guessed." in html
    assert site.post(f"/join/{code}/guess", {**body, "id": key(200)}).status == 410
