"""The self-assessment page, driven by its real widgets on a real store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ipywidgets import HTML

from learnerfirst.content import texts
from learnerfirst.errors import NotAllowed, StoreUnavailable
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.self_assessment.model import SelfAssessmentModel
from learnerfirst.pages.self_assessment.page import SelfAssessmentPage
from learnerfirst.store import Store
from learnerfirst.success_profiles import SuccessProfile
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.profile_shelf import ProfileShelf
from learnerfirst.workshops.self_assessments import SelfAssessments
from tests.payloads import PAYLOADS
from tests.self_profiles import answers, key, profile, published

Opened = Callable[..., SelfAssessmentPage]


@pytest.fixture
def open_page(store: Store, workshops: Workshops) -> Iterator[Opened]:
    """Open the page as a new tab, or a second facilitator, would."""
    pages: list[SelfAssessmentPage] = []

    def opened(code: str | None = None) -> SelfAssessmentPage:
        model = SelfAssessmentModel(
            workshops, Desk(store, "self_assessment"), Addresses("http://10.0.0.7:8867")
        )
        page = SelfAssessmentPage(model, texts("self_assessment_page"), texts("start"))
        page.start(code)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()


@pytest.fixture
def code(workshops: Workshops) -> str:
    made = workshops.create("Service desk").code
    published(workshops, made, profile(8))
    return made


def said(widget: Any) -> str:
    """All that is on the screen now."""
    if getattr(widget.layout, "display", None) == "none":
        return ""
    own = widget.value if isinstance(widget, HTML) else str(getattr(widget, "description", ""))
    return own + "".join(said(child) for child in getattr(widget, "children", ()))


def test_without_a_workshop_one_is_opened_or_begun(open_page: Opened, code: str) -> None:
    page = open_page()
    assert "Where does everyone stand?" in page.head.value
    assert page.which.existing.which.value == code
    page.which.make.click()
    assert "the people you invite read it first" in page.notice.text
    page.which.title.value = "Where the service teams stand"
    page.which.make.click()
    assert page.model.workshop.title == "Where the service teams stand"
    assert "Service agent, version 1, 8 competencies (from workshop" in str(page.steps["ask"].which.options)
    page.which.other.click()
    assert page.model.workshop is None


def test_without_a_published_profile_nothing_can_be_opened(open_page: Opened, workshops: Workshops) -> None:
    made = workshops.create("Nothing yet").code
    ProfileShelf(workshops.store, made).add(profile(3))
    page = open_page(made)
    assert "No success profile is published yet" in said(page.box)
    assert f"03_success_profile?code={made}" in said(page.box)
    assert "Open it" not in said(page.steps["ask"].form)


def test_consent_and_threshold_stand_there_before_the_launch_word_for_word(
    open_page: Opened, code: str, workshops: Workshops
) -> None:
    page = open_page(code)
    before = said(page.box)
    assert "Groups from 5 people on; nobody sees one person." in before
    page.steps["ask"].launch.click()
    one = SelfAssessments(workshops, code).all()[0]
    quiz = workshops.questionnaire(code, one.activity.id)
    for line in (quiz.extras["consent"], *quiz.extras["consent_more"]):
        assert line in before.replace("&#x27;", "'")
    assert one.threshold == 5
    for line in texts("self_assessment_page")["ask"]["never"]:
        assert line in before


def test_launch_invite_count_close_and_open_again(open_page: Opened, code: str, workshops: Workshops) -> None:
    page = open_page(code)
    assert "Nobody has been asked yet" in page.head.value
    page.steps["ask"].launch.click()
    one = SelfAssessments(workshops, code).all()[0]
    shown = said(page.box)
    assert f"10.0.0.7:8867/join/{code}/at/{one.activity.id}" in shown
    assert f"/join/{code}/at/{one.activity.id}?here=laptop" in shown
    assert "<svg" in shown
    for number in range(3):
        workshops.submit(code, one.activity.id, key(number), answers(8))
    page.model.look()
    assert "3 people know where they stand as Service agent" in page.head.value
    drawn, box = page.steps["ask"].cards[one.activity.id]
    box.children[1].click()
    assert "It is closed" in page.notice.text
    assert "fewer than 5" in said(page.box)
    assert SelfAssessments(workshops, code).all()[0].activity.state == "closed"
    page.steps["ask"].launch.click()
    assert SelfAssessments(workshops, code).all()[0].activity.state == "open"
    assert len(SelfAssessments(workshops, code).all()) == 1
    assert drawn is not None


def test_by_code_only_one_thing_is_asked_at_a_time(
    open_page: Opened, code: str, workshops: Workshops
) -> None:
    workshops.open_activity(code)
    page = open_page(code)
    page.steps["ask"].way.value = "now"
    page.steps["ask"].launch.click()
    assert "close it first" in page.notice.text
    page.steps["ask"].way.value = ""
    page.steps["ask"].launch.click()
    assert workshops.get(code).current.purpose == "learner_power"


def test_a_new_version_of_the_profile_is_a_new_self_assessment_and_the_old_one_stays(
    code: str, workshops: Workshops
) -> None:
    from datetime import date

    shelf, place = ProfileShelf(workshops.store, code), SelfAssessments(workshops, code)
    (kept,) = shelf.all()
    first = place.launch(kept)
    later = shelf.next_version(kept.role_id, kept.version, built_on=date(2026, 11, 22), without=["c0"])
    second = place.launch(shelf.publish(kept.role_id, later.version))
    assert first.activity.id != second.activity.id
    assert [len(one.profile.competencies) for one in place.all()] == [8, 7]
    assert place.get(first.activity.id).profile == first.profile
    with pytest.raises(NotAllowed):
        place.launch(shelf.add(profile(2, role="Draft")))


def test_a_role_of_another_workshop_can_be_asked_and_does_not_meet_ones_own(
    code: str, workshops: Workshops
) -> None:
    other = workshops.create("Elsewhere").code
    published(workshops, other, profile(3))
    place = SelfAssessments(workshops, code)
    made = [place.launch(one) for one in place.choices()]
    assert [len(one.profile.competencies) for one in made] == [8, 3]
    assert len({one.activity.id for one in made}) == 2
    sample = workshops.create_sample().code
    assert all(one.code != sample for one in place.choices())
    assert all(one.code == sample for one in SelfAssessments(workshops, sample).choices())


def test_the_directory_goes_on_and_off_and_shows_who_helps(
    open_page: Opened, code: str, workshops: Workshops
) -> None:
    page = open_page(code)
    page.model.go("helpers")
    assert "switched off" in page.head.value
    step = page.steps["helpers"]
    step.on.click()
    assert "Nobody offers help yet" in page.head.value
    assert f"/join/{code}/helpers" in said(page.box)
    offers = SelfAssessments(workshops, code).offers
    assert offers is not None
    workshops.submit(code, offers.id, key(9), {"name": "Kim", "contact": "desk 4", "help_1": ["c1", "c2"]})
    page.model.look()
    assert "1 person offers help, in 2 of 8 competencies" in page.head.value
    assert "Talking with customers 1, Talking with customers 2" in said(page.box)
    step.off.click()
    assert "Kim" not in said(page.box)
    assert "Entries so far: 1" in said(page.box)
    assert SelfAssessments(workshops, code).directory() == ()
    step.on.click()
    assert "Kim" in said(page.box)


def test_other_roles_are_compared_without_anybodys_levels(
    open_page: Opened, code: str, workshops: Workshops
) -> None:
    page = open_page(code)
    page.model.go("roles")
    assert "at least two success profiles" in said(page.box)
    published(workshops, code, profile(4, role="Team leader"))
    page.model.look()
    assert "2 roles to measure oneself by" in page.head.value
    assert "Near to Service agent" in said(page.box)
    assert "100 %" in said(page.box)


def test_a_reload_a_second_tab_and_a_deleted_workshop(
    open_page: Opened, code: str, workshops: Workshops
) -> None:
    first = open_page(code)
    first.model.go("helpers")
    assert open_page().model.step == "helpers"
    second = open_page(code)
    second.model.go("ask")
    second.steps["ask"].launch.click()
    first.model.look()
    assert len(first.model.launched) == 1
    workshops.delete(code)
    asyncio.run(first._look())
    assert first.model.workshop is None
    assert "There is no workshop" in first.notice.text
    assert open_page().model.workshop is None


def test_a_store_that_cannot_be_read_or_written_is_said_once_and_nothing_goes(
    open_page: Opened, code: str, workshops: Workshops, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(code)

    def broken(*_args: object, **_named: object) -> None:
        raise StoreUnavailable("The store does not answer.")

    with monkeypatch.context() as patch:
        patch.setattr(workshops, "get", broken)
        asyncio.run(page._look())
        assert "can't be read" in page.notice.text or "can&#x27;t be read" in page.notice.text
        page.steps["ask"].launch.click()
        assert "does not answer" in page.notice.text
    asyncio.run(page._look())
    assert "can be read again" in page.notice.text
    assert page.model.workshop.code == code


def test_whatever_is_typed_stays_text(open_page: Opened, workshops: Workshops) -> None:
    for number, payload in enumerate(PAYLOADS[::7]):
        text = payload[:60]
        made = workshops.create(text or "x").code
        one = profile(3, role=text, name=text)
        published(workshops, made, one)
        published(workshops, made, SuccessProfile(f"{text} 2", one.competencies))
        page = open_page(made)
        page.steps["ask"].launch.click()
        page.model.open_offers()
        offers = SelfAssessments(workshops, made).offers
        assert offers is not None
        workshops.submit(made, offers.id, key(number), {"name": text, "contact": text, "help_1": ["c0"]})
        for step in ("ask", "helpers", "roles"):
            page.model.look()
            page.model.go(step)
            drawn = said_as_markup(page.box)
            assert "<script>pwned" not in drawn
            assert "<img src=x" not in drawn
            assert "<svg onload" not in drawn


def said_as_markup(widget: Any) -> str:
    own = widget.value if isinstance(widget, HTML) else ""
    return str(own) + "".join(said_as_markup(child) for child in getattr(widget, "children", ()))


def test_the_sample_opens_with_sixty_self_assessments(open_page: Opened, workshops: Workshops) -> None:
    page = open_page(workshops.create_sample().code)
    assert "60 people know where they stand" in page.head.value
    assert "Sample" in page.mark.value
    page.model.go("helpers")
    assert "2 people offer help" in page.head.value
