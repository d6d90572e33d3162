"""Survey, coverage and discovery on the personas page, driven by their real widgets on a real store."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from learnerfirst.content import texts
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.personas.coverage_words import headline, share_words
from learnerfirst.pages.personas.material import material
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.page import STEPS, PersonasPage
from learnerfirst.pages.work import Work
from learnerfirst.privacy.company import NOBODY
from learnerfirst.store import Store
from learnerfirst.workshops import Workshops
from tests.calendars import Days
from tests.payloads import PAYLOADS
from tests.test_coverage_results import ASKED, FIELDS, town

WORDS = texts("personas_coverage")


@pytest.fixture
def workshops(store: Store) -> Workshops:
    return Workshops(store, today=Days("2026-11-22"))


@pytest.fixture
def page(store: Store, workshops: Workshops) -> Iterator[PersonasPage]:
    built = opened(store, workshops)
    yield built
    built.close()


def opened(store: Store, workshops: Workshops, code: str | None = None) -> PersonasPage:
    model = PersonasModel(workshops, Desk(store, "personas"), Addresses("http://10.0.0.7:8867"), material())
    words = {step: texts(f"personas_{step}") for step in STEPS}
    built = PersonasPage(model, texts("personas_page"), words, texts("start"))
    built.start(code)
    return built


def markup(widget: Any) -> str:
    if widget.layout.display == "none":
        return ""
    own = f"{getattr(widget, 'description', '')}\n{getattr(widget, 'value', '')}"
    return "\n".join([own, *(markup(child) for child in getattr(widget, "children", ()))])


def begin(page: PersonasPage, *, rehearsal: bool = True) -> None:
    page.model.create("Whom we train", rehearsal=rehearsal)
    page.there["survey"].click()


def low(page: PersonasPage) -> int:
    """At least so many percent are covered, as the page tells it."""
    return int(page.steps["coverage"].body["covered"]["low"])


def imported(page: PersonasPage, rows: Any, fields: Any = ASKED, name: str = "hr.csv") -> str:
    activity = page.model.workshops.import_learners(page.model.workshop.code, rows, fields, name)
    page.there["survey"].click()
    return str(activity.id)


# -- the survey


def test_the_sample_leads_to_the_forgotten_group_its_draft_and_more_than_nine_in_ten(page):
    begin(page)
    page.steps["survey"].sample.click()
    assert "200 learners have answered" in page.head.value
    page.steps["survey"].onward.click()
    coverage = page.steps["coverage"]
    coverage.go.click()
    assert low(page) < 85
    assert "cover about" in page.head.value
    assert "nights" in coverage.left.value
    assert "Portuguese" in coverage.left.value
    coverage.draft.click()
    assert low(page) >= 90
    made = page.model.shelf.get(coverage.drafted).persona
    assert made.value("shift") == "nights"
    assert made.evidence[0] == made.evidence[1] > 10
    assert "every field evidence" in page.notice.text


def test_invented_learners_never_come_into_a_real_workshop(page):
    begin(page, rehearsal=False)
    assert page.steps["survey"].samples.layout.display == "none"


def test_the_survey_is_asked_live_with_the_way_in_and_the_count_and_then_closed(page, workshops):
    begin(page)
    survey, code = page.steps["survey"], page.model.workshop.code
    survey.live.open.click()
    assert "The survey is open" in survey.live.card.value
    assert f"10.0.0.7:8867/join/{code}" in survey.live.card.value
    assert "<svg" in survey.live.card.value
    activity = workshops.get(code).current
    workshops.submit(code, activity.id, "an-invented-person-0001", {"work_setting": "desk"})
    survey.look()
    assert "1 person has answered" in survey.live.card.value
    assert "9 more until coverage" in survey.live.card.value
    page.there["coverage"].click()
    assert page.steps["coverage"].go.disabled
    assert "still takes answers" in markup(page.steps["coverage"].box)
    page.there["survey"].click()
    survey.live.close.click()
    assert workshops.get(code).activity(activity.id).state == "closed"
    assert "asked live, closed" in markup(survey.list.box)


def test_two_surveys_can_be_looked_at_together_or_apart(page):
    begin(page)
    imported(page, town(40, 30, 0), name="first.csv")
    second = imported(page, town(0, 20, 30, seed=8), name="second.csv")
    page.there["discover"].click()
    sources = page.steps["discover"].sources
    assert sources.people == 120
    sources.which.value = (second,)
    assert sources.chosen == (second,)
    sources.look()
    assert sources.chosen == (second,)


def test_deleting_a_survey_asks_first_and_takes_its_pictures_along(page):
    begin(page)
    page.steps["survey"].sample.click()
    page.there["coverage"].click()
    page.steps["coverage"].go.click()
    page.there["survey"].click()
    (row,) = page.steps["survey"].list.rows.values()
    row.ask.click()
    assert row.confirm.layout.display is None
    row.keep.click()
    assert page.steps["survey"].known
    row.ask.click()
    row.sure.click()
    assert page.steps["survey"].known == ()
    page.there["coverage"].click()
    assert page.steps["coverage"].body is None


# -- coverage


def test_a_reload_comes_back_to_the_picture_that_was_shown(page, store, workshops):
    begin(page)
    page.steps["survey"].sample.click()
    page.there["coverage"].click()
    page.steps["coverage"].go.click()
    again = opened(store, workshops)
    assert again.model.step == "coverage"
    assert again.steps["coverage"].picture.value == page.steps["coverage"].picture.value
    assert again.head.value == page.head.value
    again.close()


def test_a_persona_that_changed_since_makes_the_picture_say_so(page):
    begin(page)
    page.steps["survey"].sample.click()
    page.there["coverage"].click()
    page.steps["coverage"].go.click()
    assert page.steps["coverage"].stale.value == ""
    page.model.shelf.retire(page.model.active[0].id)
    page.there["cards"].click()
    page.there["coverage"].click()
    assert "changed since this picture" in page.steps["coverage"].stale.value


def test_coverage_without_a_persona_sends_to_the_personas(page):
    begin(page)
    imported(page, town(20, 0, 0))
    page.there["coverage"].click()
    coverage = page.steps["coverage"]
    assert coverage.go.disabled
    assert "no persona yet" in coverage.stale.value
    coverage.to_cards.click()
    assert page.model.step == "cards"


def test_the_picture_has_a_table_behind_it_and_says_on_how_many_fields_people_were_known(page):
    begin(page)
    page.steps["survey"].sample.click()
    page.there["coverage"].click()
    page.steps["coverage"].go.click()
    shown = page.steps["coverage"].picture.value
    assert shown.count("<svg") == 2
    assert "<table" in shown
    assert "fields that a persona fills" in shown
    assert "How this is measured" in page.steps["coverage"].rest.value


@pytest.mark.parametrize(
    ("low_share", "high", "said"),
    [
        (96, 100, "nearly all"),
        (90, 94, "nine in ten learners or more"),
        (86, 91, "nearly nine in ten"),
        (78, 82, "about four in five"),
        (0, 4, "hardly any"),
    ],
)
def test_shares_are_said_as_people_say_them_and_never_more_than_is_told(low_share, high, said):
    assert share_words({"low": low_share, "high": high}, WORDS).startswith(said)


def test_the_headline_counts_personas_in_words():
    body = {"judged": [{}, {}, {}], "covered": {"low": 78, "high": 82}}
    assert headline(body, WORDS) == "Three personas cover about four in five learners"


# -- discovery


def test_groups_become_personas_of_which_the_chosen_ones_are_taken_over(page):
    begin(page)
    imported(page, town())
    page.there["discover"].click()
    discover = page.steps["discover"]
    discover.go.click()
    assert "Three groups in the answers of 200 learners" in page.head.value
    assert "explained best by 3" in discover.curve.value
    assert len(discover.views) == 3
    list(discover.views.values())[2].take.value = False
    discover.take.click()
    assert page.model.step == "cards"
    assert len(page.model.active) == 2
    assert all(one.persona.evidence[0] == one.persona.evidence[1] for one in page.model.active)


def test_discovered_personas_cover_more_than_nine_in_ten(page):
    begin(page)
    imported(page, town())
    page.there["discover"].click()
    page.steps["discover"].go.click()
    page.steps["discover"].take.click()
    page.there["coverage"].click()
    page.steps["coverage"].go.click()
    assert low(page) >= 90


def test_under_a_hundred_learners_the_page_refuses_to_look_for_groups_and_says_why(page):
    begin(page)
    imported(page, town(40, 40, 19))
    page.there["discover"].click()
    discover = page.steps["discover"]
    assert discover.go.disabled
    assert "as likely chance as fact" in discover.few.value
    assert "1 more" in discover.few.value


def test_taking_no_group_is_said(page):
    begin(page)
    imported(page, town())
    page.there["discover"].click()
    discover = page.steps["discover"]
    discover.go.click()
    for view in discover.views.values():
        view.take.value = False
    discover.take.click()
    assert "Choose at least one group" in page.notice.text


# -- what people typed, and long work


def test_what_an_uploaded_file_holds_is_shown_as_text(page):
    begin(page)
    payload = PAYLOADS[0]
    rows = town()
    for number, row in enumerate(rows):
        row["department"] = payload if number < 90 else "north"
    imported(page, rows, [*ASKED, FIELDS["department"]], name=payload)
    page.there["discover"].click()
    page.steps["discover"].go.click()
    page.steps["discover"].take.click()
    page.there["coverage"].click()
    page.steps["coverage"].go.click()
    page.there["survey"].click()
    shown = "\n".join(markup(page.steps[name].box) for name in ("survey", "coverage", "discover"))
    html = "\n".join(
        place.value
        for place in (
            page.steps["coverage"].picture,
            page.steps["coverage"].left,
            page.steps["coverage"].rest,
            page.steps["discover"].curve,
            *(view.picture for view in page.steps["discover"].views.values()),
            *(row.said for row in page.steps["survey"].list.rows.values()),
        )
    )
    assert payload in shown
    assert payload not in html


def test_long_work_runs_beside_the_page_and_says_what_it_does():
    drawn: list[bool] = []

    async def wait() -> tuple[str, list[str]]:
        work = Work(lambda call: call, lambda: drawn.append(work.busy))
        got: list[str] = []
        work.run("Comparing <200>", lambda: "found", got.append)
        said = work.box.value
        work.run("twice", lambda: "twice", got.append)
        assert work.task is not None
        await work.task
        return said, got

    said, got = asyncio.run(wait())
    assert 'role="status"' in said
    assert "Comparing &lt;200&gt;" in said
    assert got == ["found"]
    assert drawn == [True, False]


def test_what_goes_wrong_in_long_work_reaches_the_guard():
    seen: list[str] = []

    def guarded(call: Any) -> Any:
        def inner() -> None:
            try:
                call()
            except ValueError as error:
                seen.append(str(error))

        return inner

    def fails() -> None:
        raise ValueError("no store")

    async def wait() -> None:
        work = Work(guarded, lambda: None)
        work.run("…", fails, lambda _found: None)
        assert work.task is not None
        await work.task
        assert not work.busy

    asyncio.run(wait())
    assert seen == ["no store"]


def test_when_everybody_left_out_is_hidden_no_draft_is_offered(page):
    begin(page)
    imported(page, town(60, 60, 0))
    page.there["discover"].click()
    page.steps["discover"].go.click()
    page.steps["discover"].take.click()
    page.there["coverage"].click()
    coverage = page.steps["coverage"]
    coverage.go.click()
    hidden = next(one for one in coverage.body["groups"] if one["id"] == NOBODY)["hidden"]
    assert (coverage.draft.layout.display == "none") == bool(hidden)
