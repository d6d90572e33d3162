"""Over HTTP: assess oneself, see one's own result, come back, look towards another role, help others, take it all back."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from learnerfirst.plans import Resource, Span
from learnerfirst.serving.paper import takes_paper
from learnerfirst.serving.rehearsal import rehearse
from learnerfirst.success_profiles import Competency, SuccessProfile
from learnerfirst.workshops.resource_shelf import ResourceShelf
from learnerfirst.workshops.self_assessments import Assessment, SelfAssessments
from learnerfirst.workshops.workshop_file import WorkshopFile
from tests.payloads import PAYLOADS
from tests.self_profiles import answers, key, launched, profile, published
from tests.serving.participants_site import Reply, Site, running_participants

KEY, OTHER = "7K2M9QXD0011ABCD", "8K2M9QXD0011ABCD"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("self"), "--failures", "100000") as running:
        yield running


def base(code: str, one: Assessment) -> str:
    return f"/join/{code}{one.address}"


def send(site: Site, code: str, one: Assessment, said: object, secret: str = KEY) -> Reply:
    body = {"activity": one.activity.id, "id": secret, "answers": said}
    return site.post(f"{base(code, one)}/answers", body)


def mine(site: Site, code: str, do: str, secret: str = KEY, **more: str) -> Reply:
    return site.form("/mine", code=code, key=secret, do=do, **more)


def offering(site: Site, code: str) -> str:
    return SelfAssessments(site.workshops, code).open_offers().id


def offer(site: Site, code: str, activity: str, entry: object, secret: str = OTHER) -> Reply:
    return site.post(
        f"/join/{code}/at/{activity}/answers", {"activity": activity, "id": secret, "answers": entry}
    )


def until(holds: Callable[[], bool]) -> None:
    """The process remembers a round for a tenth of a second."""
    for _ in range(200):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def test_the_sheet_promises_what_was_fixed_and_puts_levels_into_words(site: Site) -> None:
    code, one = launched(site.workshops, profile(60))
    state = site.get(f"{base(code, one)}/state").json
    assert (state["state"], state["activity"], state["changes"]) == ("open", one.activity.id, True)
    sheet = site.get(state["sheet"]).json
    asked = [question for question in sheet["sheet"]["questions"] if question["id"].startswith("level_")]
    assert len(asked) == 60
    for question in asked:
        ids = [option["id"] for option in question["options"]]
        assert ids == [*map(str, range(6)), "not_assessed", "not_my_job"]
        assert all(len(option["text"]) > 8 for option in question["options"])
    consent = " ".join([sheet["consent"]["text"], *sheet["consent"]["more"]])
    assert "from 5 people on" in consent
    assert "not even your manager" in consent
    assert "no picture of a group is made of them" in consent
    assert not any(question.get("required") for question in sheet["sheet"]["questions"])


def test_after_a_workshop_came_out_of_its_file_own_answers_are_calmly_not_found(
    site: Site, tmp_path: Path
) -> None:
    code, one = launched(site.workshops, profile(6))
    assert send(site, code, one, answers(6)).status == 200
    assert mine(site, code, "see").status == 200
    WorkshopFile(site.workshops, code).write(tmp_path / "one")
    site.workshops.delete(code)
    site.workshops.store.import_workshop(tmp_path / "one")
    for do in ("see", "export", "download", "change", "delete", "confirm", "calendar"):
        reply = mine(site, code, do)
        assert "No answers are stored under this code and key" in reply.text, do
        assert reply.status < 500
    assert send(site, code, one, answers(6, 4)).status == 200, "the link still lasts"
    assert mine(site, code, "see").status == 200


def test_the_own_result_is_there_at_once_and_again_with_the_key(site: Site) -> None:
    code, one = launched(site.workshops, profile(6))
    shelf = ResourceShelf(site.workshops.store, code)
    shelf.add(
        [
            Resource("Listening guide", (Span("c4", 0, 3),), "job aid", ("phone",), 10),
            Resource("Long course", (Span("c4", 0, 3),), "course", ("computer",), 300),
        ]
    )
    said = {**answers(6), "level_c0": "5", "level_c1": "not_my_job", "level_c2": "not_assessed"}
    said |= {"plan_hours": "h2", "plan_device": ["own_phone"], "plan_stretch": "stretch_15"}
    told = send(site, code, one, said).json
    assert told["saved"] is True
    page = html.unescape(told["html"])
    assert "1 strength, 3 gaps. Begin with: Talking with customers 4" in page
    assert "Listening guide" in page
    assert "It needs a computer" in page
    assert "Not part of your job: Talking with customers 1" in page
    assert "Not assessed: Talking with customers 2" in page
    assert "keeps within the 2 hours" in page
    assert page.count("<svg") == 1
    assert '<th scope="row">Talking with customers 5</th>' in page
    assert " style=" not in page
    assert "<script" not in page
    again = site.post(f"{base(code, one)}/own", {"activity": one.activity.id, "id": KEY}).json["html"]
    assert again == told["html"]
    assert "Talking with customers 4" in mine(site, code, "see").text
    kept = mine(site, code, "download")
    assert "attachment" in kept.headers["content-disposition"]
    assert "Listening guide" in kept.text
    assert "/join/" not in kept.text
    exported = json.loads(mine(site, code, "export").text)
    assert exported["stored"][one.activity.id]["answers"] == said


def test_save_and_come_back_changes_what_was_sent_until_the_close(site: Site) -> None:
    code, one = launched(site.workshops, profile(6))
    first = send(site, code, one, {"level_c0": "1"}).json["html"]
    assert "1 gap." in first
    sheet = mine(site, code, f"change:{one.activity.id}").text
    settings = json.loads(html.unescape(re.search(r'data-settings="([^"]*)"', sheet)[1]))  # type: ignore[index]
    assert settings["resume"] == {"id": KEY, "activity": one.activity.id, "answers": {"level_c0": "1"}}
    assert send(site, code, one, {"level_c0": "4", "level_c1": "4"}).json["saved"] is True
    assert site.workshops.count(code, one.activity.id) == 1
    assert "2 strengths, and no gap" in html.unescape(mine(site, code, "see").text)
    SelfAssessments(site.workshops, code).close(one.activity.id)
    assert send(site, code, one, {"level_c0": "0"}).status == 410
    until(lambda: "change:" not in mine(site, code, "see").text)
    assert "2 strengths" in mine(site, code, "see").text
    assert mine(site, code, "confirm").status == 200
    assert mine(site, code, "see").status == 404


def test_the_plan_goes_into_the_calendar_and_towards_another_role(site: Site) -> None:
    code, one = launched(site.workshops, profile(6))
    other = profile(8, role="Team leader")
    role = published(site.workshops, code, other)
    ResourceShelf(site.workshops.store, code).add([Resource("Guide", (Span("c4", 0, 3),), "job aid", (), 10)])
    send(site, code, one, answers(6))
    seen = html.unescape(mine(site, code, "see").text)
    assert "Team leader: " in seen
    aim = f"{code}/{role}"
    assert f'<option value="{aim}">Team leader</option>' in seen
    calendar = mine(site, code, f"calendar:{one.activity.id}")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Guide" in calendar.text
    assert KEY not in calendar.text
    field = {f"aim-{one.activity.id}": aim}
    towards = html.unescape(mine(site, code, f"towards:{one.activity.id}", **field).text)
    assert "Your plan towards Team leader" in towards
    assert "Talking with customers 7" in towards
    assert f'<option value="{aim}" selected>' in towards
    assert "Team leader" in mine(site, code, f"calendar:{one.activity.id}", **field).text
    odd = mine(site, code, f"towards:{one.activity.id}", **{f"aim-{one.activity.id}": "NOPE/<script>"})
    assert odd.status == 200
    assert "Your plan towards" not in odd.text
    assert mine(site, code, "calendar:nothing").status == 404
    assert site.workshops.mine(code, one.activity.id, KEY) == answers(6)


def test_helping_others_is_a_page_of_its_own_and_is_taken_back(site: Site) -> None:
    code, one = launched(site.workshops, profile(14))
    send(site, code, one, answers(14))
    assert site.get(f"/join/{code}/helpers").status == 404
    assert "I’d help others" not in mine(site, code, "see").text
    activity = offering(site, code)
    assert f'href="/join/{code}/at/{activity}"' in mine(site, code, "see").text
    refused = offer(site, code, activity, {"name": "Kim", "contact": "desk 4"}, KEY)
    assert refused.status == 422
    entry = {"name": "Kim", "contact": "desk 4", "help_1": ["c4"], "help_2": ["c13"]}
    assert "see of you" in offer(site, code, activity, entry).json["html"]
    listed = html.unescape(site.get(f"/join/{code}/helpers").text)
    assert listed.count("<b>Kim</b>") == 2
    assert "<h2>Talking with customers 13</h2>" in listed
    assert "Ask Kim to show you: Talking with customers 4" in html.unescape(mine(site, code, "see").text)
    until(lambda: "Kim" in mine(site, code, "see", OTHER).text)
    assert "Talking with customers 1:" not in mine(site, code, "see", OTHER).text
    SelfAssessments(site.workshops, code).close_offers()
    assert "Kim" not in site.get(f"/join/{code}/helpers").text
    assert "Kim" not in mine(site, code, "see").text
    assert mine(site, code, "confirm", OTHER).status == 200
    assert site.workshops.named(code, "expertise_offer") == []
    assert site.workshops.mine(code, one.activity.id, KEY) == answers(14)


def test_an_entry_outlives_a_longer_list_and_stands_once(site: Site) -> None:
    code, _one = launched(site.workshops, profile(3))
    first = offering(site, code)
    offer(site, code, first, {"name": "Kim", "contact": "desk 4", "help_1": ["c1"]})
    published(site.workshops, code, profile(4, role="Team leader"))
    second = offering(site, code)
    assert second != first
    assert html.unescape(site.get(f"/join/{code}/helpers").text).count("<b>Kim</b>") == 1
    until(lambda: second in mine(site, code, "export", OTHER).text)
    assert mine(site, code, "see", OTHER).text.count("see of you") == 1
    assert list(json.loads(mine(site, code, "export", OTHER).text)["stored"]) == [second]


def test_whatever_a_profile_or_an_entry_holds_stays_text(site: Site) -> None:
    for number, payload in enumerate(PAYLOADS[::5]):
        text = payload[:80]
        one = Competency(
            "c0",
            text,
            payload,
            required=3,
            importance=4,
            group=text,
            levels=tuple(f"{at} {text}" for at in range(6)),
        )
        made = SuccessProfile(text, (one,))
        code, asked = launched(site.workshops, made, title=text)
        published(site.workshops, code, SuccessProfile(f"{text} 2", (one,)))
        shelf = ResourceShelf(site.workshops.store, code)
        shelf.add([Resource(text, (Span("c0", 0, 3),), text, (text,), 10, link='https://x.example/">')])
        activity = offering(site, code)
        offer(site, code, activity, {"name": text, "contact": text, "help_1": ["c0"]}, key(number))
        told = send(site, code, asked, {"level_c0": "1"}).json["html"]
        pages = [told, mine(site, code, "see").text, site.get(f"/join/{code}/helpers").text]
        pages.append(mine(site, code, "download").text)
        for page in pages:
            assert "<script>pwned" not in page
            assert not re.search(r"<(img|svg|body|iframe|details|input|a)[^>]*\son\w+=", page), payload
            assert "javascript:pwned" not in re.sub(r">[^<]*<", "><", page)


def test_without_a_phone_a_laptop_goes_round_and_paper_is_refused(site: Site) -> None:
    code, one = launched(site.workshops, profile(3))
    page = site.get(f"{base(code, one)}?here=laptop")
    assert page.status == 200
    assert json.loads(html.unescape(re.search(r'data-settings="([^"]*)"', page.text)[1]))["shared"]  # type: ignore[index]
    body = {"activity": one.activity.id, "id": KEY, "answers": {"level_c0": "1"}, "source": "laptop"}
    assert site.post(f"{base(code, one)}/answers", body).json["saved"] is True
    assert takes_paper(one.activity) is False
    _, here = launched(site.workshops, profile(3), now=True)
    assert takes_paper(here.activity) is False


def test_a_store_that_cannot_save_says_so_and_nothing_is_lost(site: Site) -> None:
    import sqlite3
    from contextlib import closing

    code, one = launched(site.workshops, profile(3))
    with closing(sqlite3.connect(site.folder / "answers.db", timeout=10, isolation_level=None)) as store:
        store.execute(
            "CREATE TRIGGER full BEFORE INSERT ON submissions BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
        refused = send(site, code, one, {"level_c0": "1"})
        store.execute("DROP TRIGGER full")
    assert refused.status == 503
    assert send(site, code, one, {"level_c0": "1"}).json["saved"] is True


def test_five_hundred_people_and_sixty_competencies(site: Site) -> None:
    code, one = launched(site.workshops, profile(60), now=True)
    began = time.perf_counter()
    done = rehearse(site.url, code, 500, within=5.0, answers=lambda _sheet, chance: five_hundred(chance))
    assert not done.errors, done.errors[:3]
    assert site.workshops.count(code, one.activity.id) == 500
    assert time.perf_counter() - began < 60


def five_hundred(chance: object) -> dict[str, object]:
    pick = chance.choice  # type: ignore[attr-defined]
    levels = ("0", "1", "2", "3", "4", "5", "not_assessed", "not_my_job")
    return {f"level_c{number}": pick(levels) for number in range(60)}


def test_a_link_to_what_is_no_assessment_is_no_page(site: Site) -> None:
    code, _one = launched(site.workshops, profile(3))
    for path in ("self_x", "../mine", "%00"):
        assert site.get(f"/join/{code}/at/{quote(path, safe='%.')}").status == 404
