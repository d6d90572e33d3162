"""The live room over real HTTP: phones are counted, told the time that is left, and shown the released picture."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from learnerfirst.workshops import Here, Presence
from tests.serving.participants_site import Site, running_participants
from tests.serving.servers import eventually


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("live"), "--here-age", "1.5") as running:
        yield running


def say(site: Site, code: str, phone: int, doing: str) -> None:
    assert site.get(f"/join/{code}/state?here={phone:016x}&doing={doing}").status == 200


def test_phones_that_ask_are_counted_until_they_fall_silent(site: Site) -> None:
    code = site.workshop()
    presence = Presence(site.workshops.store)
    for phone in range(3):
        say(site, code, phone, "answering")
    say(site, code, 3, "sent")
    eventually(lambda: presence.here(code) == Here(4, 3), within=5)
    say(site, code, 0, "left")
    eventually(lambda: presence.here(code) == Here(), within=8)


@pytest.mark.parametrize(
    "said",
    ["here=<script>&doing=answering", "here=0000000000000001&doing=dancing", "here=%FF&doing=sent", "doing=sent"],
)  # fmt: skip
def test_what_is_no_name_of_a_phone_is_not_counted_and_harms_nothing(site: Site, said: str) -> None:
    code = site.workshop()
    assert site.get(f"/join/{code}/state?{said}").status in (200, 400)
    say(site, code, 9, "answering")
    eventually(lambda: Presence(site.workshops.store).here(code) == Here(1, 1), within=5)


def test_what_is_left_of_the_timer_is_told_with_the_state(site: Site) -> None:
    code = site.workshop()
    assert site.get(f"/join/{code}/state").json["left"] is None
    site.workshops.start_timer(code, "learner_power", 4)
    left = eventually(lambda: site.get(f"/join/{code}/state").json["left"], within=5)
    assert 200 < left <= 240
    sheet = site.get(f"/join/{code}/state").json["sheet"]
    site.workshops.stop_timer(code, "learner_power")
    eventually(lambda: site.get(f"/join/{code}/state").json["left"] is None, within=5)
    assert site.get(f"/join/{code}/state").json["sheet"] == sheet
