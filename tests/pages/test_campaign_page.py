"""The campaign page, driven by its real widgets on a real store."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from learnerfirst.content import sample_answers, texts
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.campaign.messages import code_cards, code_list, messages, protection
from learnerfirst.pages.campaign.model import CampaignModel
from learnerfirst.pages.campaign.page import CampaignPage
from learnerfirst.pages.desk import Desk
from learnerfirst.store import Store
from learnerfirst.workshops import Workshops
from tests.calendars import Days

CODE = "quiz/how-we-learn"


@pytest.fixture
def days() -> Days:
    return Days("2026-11-22")


@pytest.fixture
def workshops(store: Store, days: Days) -> Workshops:
    return Workshops(store, today=days)


@pytest.fixture
def page(store: Store, workshops: Workshops) -> Iterator[CampaignPage]:
    words = texts("campaign_page")
    model = CampaignModel(workshops, Desk(store, "campaign"), words, Addresses("http://10.0.0.7:8867"))
    built = CampaignPage(model, words, texts("learner_power"), texts("charts"), texts("start"))
    built.start()
    yield built
    built.close()


def fill(page: CampaignPage, **more: Any) -> None:
    step = page.steps["setup"]
    values = {"title": "How <b>we learn", "name": "how-we-learn", "invited": "40", **more}
    for name, value in values.items():
        getattr(step, name).value = value
    step.groupings[0][0].value = "Where do you work?"
    step.groupings[0][1].value = "Pier <i>, 24\nOffice; 16"
    step.make.click()


def answer(workshops: Workshops, people: int, start: int = 0) -> None:
    asked = {one.id for one in workshops.questionnaire(CODE, "learner_power").questions}
    for number in range(start, start + people):
        sheet = sample_answers()[number % len(sample_answers())]
        given = {name: value for name, value in sheet.items() if name in asked}
        group = "g1" if number % 2 else "g2"
        workshops.submit(
            CODE, "learner_power", f"an-invented-person-{number:04d}", {**given, "group_1": group}
        )


def markup(page: CampaignPage, step: str) -> str:
    found: list[str] = []

    def walk(widget: Any) -> None:
        found.append(str(getattr(widget, "value", "")))
        for child in getattr(widget, "children", ()):
            walk(child)

    walk(page.steps[step].box)
    return "\n".join(found)


def test_what_is_missing_is_said_in_sentences_and_nothing_is_made(
    page: CampaignPage, workshops: Workshops
) -> None:
    step = page.steps["setup"]
    step.opens.value, step.invited.value = "soon", "many"
    step.groupings[0][1].value = "Pier"
    step.make.click()
    for said in (
        "Give the campaign a name",
        "a name for the link",
        "soon",
        "many",
        "does not end in a headcount",
    ):
        assert said in page.notice.text
    assert workshops.campaigns() == []


def test_a_campaign_is_made_and_its_texts_are_ready_to_send(page: CampaignPage, workshops: Workshops) -> None:
    fill(page)
    assert page.model.step == "invite", page.notice.text
    made = workshops.get(CODE)
    assert (made.opens, made.expires, made.erase) == ("2026-11-23", "2026-12-06", "2027-06-04")
    said = markup(page, "invite")
    assert "http://10.0.0.7:8867/quiz/how-we-learn" in said
    assert [box.children[1].description for box in page.steps["invite"].messages.children] == [
        "Invitation, sent on 23 November 2026",
        "Reminder, sent on 28 November 2026",
        "Last reminder, sent on 4 December 2026",
    ]
    assert "Everything" not in page.notice.text
    for heading in ("What is stored", "What is not stored", "How long", "Rights"):
        assert heading in said
    assert "4 June 2027" in said
    assert "How <b>we" not in page.head.value + page.steps["invite"].protection.value


def test_texts_have_no_place_left_open(page: CampaignPage, workshops: Workshops) -> None:
    for access in ("open", "codes"):
        name = f"by-{access}"
        workshops.create_campaign(name, "A name", opens="2026-11-23", closes="2026-12-06", access=access)
        workshop, campaign = workshops.quiz(name), workshops.campaign(f"quiz/{name}")
        words = texts("campaign_page")
        told = messages(workshop, campaign, "http://x/quiz/y", words["messages"])
        everything = " ".join([one.subject + one.body for one in told])
        everything += protection(workshop, campaign, "http://x/quiz/y", words["protection"])
        assert not re.search(r"[{}]", everything)
        assert ("one-time code" in told[0].body) == (access == "codes")


def test_codes_are_listed_once_as_csv_and_as_cards(page: CampaignPage, workshops: Workshops) -> None:
    fill(page, access="codes")
    page.steps["invite"].number.value = "7"
    page.steps["invite"].make.click()
    codes = page.model.codes
    assert len(codes) == len(set(codes)) == 7
    rows = list(csv.reader(io.StringIO(code_list(page.model.link, codes))))
    assert rows[0] == ["code", "link"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert rows[1][1] == f"{page.model.link}#{codes[0]}"
    cards = code_cards(page.model.workshop, page.model.link, codes, texts("campaign_page")["invite"])
    assert all(f"{code[:5]}-{code[5:]}" in cards for code in codes)
    assert "<b>we" not in cards
    page.model.open(CODE)
    assert page.model.codes == ()
    assert "7 codes are not used yet" in markup(page, "invite")
    page.steps["invite"].number.value = "many"
    page.steps["invite"].make.click()
    assert "“many” is not a number" in page.notice.text


def test_a_wording_is_corrected_on_the_page(page: CampaignPage, workshops: Workshops, days: Days) -> None:
    fill(page)
    days.go("2026-11-23")
    answer(workshops, 6)
    step = page.steps["invite"]
    step.text.value = "A better <b>stem"
    step.correct.click()
    assert "reason" in page.notice.text
    step.reason.value = "a typing error"
    step.correct.click()
    assert "A better &lt;b&gt;stem" in step.listed.value
    assert workshops.questionnaire(CODE, "learner_power").questions[0].stem == "A better <b>stem"


def test_results_come_after_the_last_day_with_groups_and_shares(
    page: CampaignPage, workshops: Workshops, days: Days
) -> None:
    fill(page)
    days.go("2026-11-24")
    answer(workshops, 23)
    page.there["results"].click()
    assert "About 20 answers so far" in markup(page, "results")
    assert page.steps["results"].show.layout.display == "none"
    days.go("2026-12-07")
    page.model.look()
    page.there["setup"].click()
    page.there["results"].click()
    assert "of 40 people asked (58 %)" in markup(page, "results")
    page.steps["results"].show.click()
    assert "Where it stands" in markup(page, "results"), page.notice.text
    page.steps["results"].show_groups.click()
    said = markup(page, "results")
    assert "11 of 24" in said, page.notice.text
    assert "Pier &lt;i&gt;" in said
    assert "margin" not in said
    assert page.steps["results"].show_groups.layout.display == "none"


def test_what_was_heard_goes_under_the_link_and_off_again(
    page: CampaignPage, workshops: Workshops, days: Days
) -> None:
    fill(page)
    days.go("2026-11-24")
    answer(workshops, 8)
    step = page.steps["heard"]
    page.there["heard"].click()
    step.heard.value = "Time is short.\n\nLeaders help."
    step.save.click()
    assert step.publish.layout.display == "none"
    days.go("2026-12-07")
    workshops.show_all(CODE)
    page.there["results"].click()
    page.there["heard"].click()
    step.rows[0][0].value, step.rows[0][1].value = "An hour a week", "Mira"
    step.publish.click()
    told = workshops.heard(CODE)
    assert told is not None
    assert told.body == {
        "heard": ["Time is short.", "Leaders help."],
        "next": [{"what": "An hour a week", "who": "Mira", "by": ""}],
        "shown": True,
    }
    step.save.click()
    assert workshops.heard(CODE).body["shown"] is False  # type: ignore[union-attr]


def test_a_new_tab_comes_back_to_where_it_was(page: CampaignPage, store: Store, workshops: Workshops) -> None:
    fill(page)
    page.there["results"].click()
    words = texts("campaign_page")
    again = CampaignModel(workshops, Desk(store, "campaign"), words, Addresses("http://10.0.0.7:8867"))
    again.start()
    assert (again.workshop.code, again.step) == (CODE, "results")
