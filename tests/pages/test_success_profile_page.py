"""The success-profile page, driven by its real widgets on a real store."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from learnerfirst.content import texts
from learnerfirst.errors import StoreUnavailable
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.success_profile.page import STEPS, SuccessProfilePage
from learnerfirst.store import Store
from learnerfirst.success_profiles import Competency, Proposal, SuccessProfile
from learnerfirst.success_profiles.building import Building, Decision
from learnerfirst.workshops import Workshops
from tests.calendars import Days
from tests.payloads import PAYLOADS

ONET = (
    "O*NET-SOC Code\tTitle\tElement ID\tElement Name\tScale ID\tScale Name\tData Value\tN\tStandard Error\t"
    "Lower CI Bound\tUpper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source\n"
    "41-0000.01\tShop Assistants\t2.A.1.a\tSpeaking\tIM\tImportance\t4.12\t8\t0\t4\t4\tN\tn/a\t08/2026\tAnalyst\n"
    "41-0000.01\tShop Assistants\t2.A.1.a\tSpeaking\tLV\tLevel\t3.88\t8\t0\t4\t4\tN\tN\t08/2026\tAnalyst\n"
    "41-0000.02\tShop Managers\t2.A.1.a\tSpeaking\tIM\tImportance\t3.00\t8\t0\t4\t4\tN\tn/a\t08/2026\tAnalyst\n"
    "41-0000.02\tShop Managers\t2.A.1.a\tSpeaking\tLV\tLevel\t5.00\t8\t0\t4\t4\tN\tN\t08/2026\tAnalyst\n"
)
Opened = Callable[..., SuccessProfilePage]


@pytest.fixture
def days() -> Days:
    return Days("2026-11-22")


@pytest.fixture
def workshops(store: Store, days: Days) -> Workshops:
    return Workshops(store, today=days)


@pytest.fixture
def open_page(store: Store, workshops: Workshops, tmp_path: Path) -> Iterator[Opened]:
    """Open the page as a new tab, or a second facilitator, would."""
    pages: list[SuccessProfilePage] = []

    def opened(code: str | None = None, role: str | None = None) -> SuccessProfilePage:
        model = SuccessProfileModel(
            workshops,
            Desk(store, "success_profile"),
            Desk(store, "success_profile_role"),
            Addresses("http://10.0.0.7:8867"),
            Inbox(tmp_path / "inbox"),
        )
        words = {step: texts(f"success_profile_{step}") for step in STEPS}
        built = SuccessProfilePage(model, texts("success_profile_page"), words, texts("start"))
        built.start(code, role)
        pages.append(built)
        return built

    yield opened
    for page in pages:
        page.close()


@pytest.fixture
def page(open_page: Opened) -> SuccessProfilePage:
    return open_page()


def seen(widget: Any) -> str:
    """All markup and words that the page shows now."""
    if widget.layout.display == "none":
        return ""
    own = f"{getattr(widget, 'description', '')}\n{getattr(widget, 'value', '')}"
    return "\n".join([own, *(seen(child) for child in getattr(widget, "children", ()))])


def begun(page: SuccessProfilePage, names: tuple[str, ...] = ("Listens", "Sells"), high: int = 5) -> str:
    """A workshop with a role that is being built; its code."""
    if page.model.workshop is None:
        page.model.create("Our shops")
    page.model.begin(Building("Clerk", high_performers=high, managers=1).with_names(names))
    return str(page.model.workshop.code)


def answer(page: SuccessProfilePage, sheets: list[dict[str, str]]) -> None:
    """These people answer what is open."""
    workshop = page.model.workshops.get(page.model.workshop.code)
    for number, sheet in enumerate(sheets):
        page.model.workshops.submit(
            workshop.code, workshop.current.id, f"an-invented-person-{number:04d}", sheet
        )


def rate(page: SuccessProfilePage, sheets: list[dict[str, str]]) -> None:
    page.there["ask"].click()
    page.steps["ask"].rate.click()
    answer(page, sheets)
    page.steps["ask"].rated.click()


CAMPS = [
    {"imp_listens": "5", "req_listens": "3", "imp_sells": "1", "req_sells": "2"},
    {"imp_listens": "5", "req_listens": "3", "imp_sells": "5", "req_sells": "2"},
    {"imp_listens": "5", "req_listens": "4", "imp_sells": "1", "req_sells": "2"},
    {"imp_listens": "4", "req_listens": "3", "imp_sells": "5", "req_sells": "2"},
]


# -- role and room


def test_without_a_role_only_the_first_step_is_open(page):
    assert "What does good look like" in page.head.value
    page.model.create("Our shops")
    assert "Which job shall it be?" in page.head.value
    assert [page.there[name].disabled for name in STEPS] == [False, True, True, True, True]


def test_a_role_begins_from_the_library_and_the_rule_says_who_should_be_in_the_room(page):
    page.model.create("Our shops")
    role = page.steps["role"]
    role.library.value = "customer_service_advisor"
    assert "competencies" in role.preview.value
    role.begin.click()
    assert page.model.building.role == "Customer service advisor"
    assert "who does this job well" in page.head.value
    role.room.high.value = 3
    assert "1 too few high performers, so this stays a draft" in page.head.value
    role.room.high.value = 4
    assert "4 high performers are here" in page.head.value
    assert "No manager is here" in role.room.said.value
    role.goal.value = "Customers come back"
    assert page.model.place.get(page.model.role_id).goal == "Customers come back"


def test_several_roles_stand_side_by_side_and_the_one_that_was_chosen_stays_open(page):
    begun(page)
    page.model.begin(Building("Buyer").with_names(["Haggles"]))
    page.model.begin(Building("Driver").with_names(["Drives"]))
    role = page.steps["role"]
    assert (page.model.role_id, role.which.value) == ("driver", "driver")
    assert "Driver" in page.head.value
    role.which.value = "clerk"
    assert page.model.role == "Clerk"
    assert "2 competencies on the list" in role.about.value


def test_a_role_needs_a_name(page):
    page.model.create("Our shops")
    page.steps["role"].begin.click()
    assert "Give the role a name" in page.notice.text


def test_an_onet_table_offers_its_occupations_with_credit_and_one_becomes_the_list(page):
    page.model.create("Our shops")
    uploads = page.model.inbox.uploads
    uploads.mkdir(parents=True)
    (uploads / "Skills.txt").write_text(ONET, "utf-8")
    file = page.steps["role"].file
    file.upload.uploaded = {"name": "uploads/Skills.txt"}
    assert [words for words, _ in file.which.options] == ["Shop Assistants", "Shop Managers"]
    assert "O*NET" in file.said.value
    file.which.value = 1
    assert "level 5" in file.said.value
    file.take.click()
    building = page.model.building
    assert (building.role, building.origin, building.scale.high) == ("Shop Managers", "import", 7)
    assert building.proposals[0].required == 5.0
    assert "Credit: " in page.steps["role"].about.value
    assert not list(uploads.iterdir())


def test_a_file_that_is_none_is_told_and_the_page_goes_on(page):
    page.model.create("Our shops")
    page.model.inbox.folder.mkdir(parents=True)
    (page.model.inbox.folder / "broken.json").write_text('{"CFDocument": 7', "utf-8")
    file = page.steps["role"].file
    file.look()
    file.take_waiting.click()
    assert "broken.json cannot be imported" in page.notice.text
    assert file.choice.layout.display == "none"


def test_only_the_most_important_are_taken_where_a_file_has_more_than_a_sitting_holds(page):
    page.model.create("Our shops")
    rows = "".join(f"Skill {at},{1 + at % 5},3\n" for at in range(40))
    page.model.inbox.folder.mkdir(parents=True)
    (page.model.inbox.folder / "many.csv").write_text(f"competency,importance,required\n{rows}", "utf-8")
    file = page.steps["role"].file
    file.read("many.csv")
    assert [size for _, size in file.most.options] == [200, 25, 15]
    file.take.click()
    assert len(page.model.building.proposals) == 25
    assert min(one.importance for one in page.model.building.proposals) == 2.0


# -- two rounds


def test_what_the_room_proposes_is_shown_from_two_people_on_and_goes_onto_the_list(page):
    begun(page)
    page.there["ask"].click()
    ask = page.steps["ask"]
    ask.propose.click()
    answer(page, [{"new_1_name": "Stays calm"}])
    ask.look()
    assert "Stays calm" not in seen(page.box)
    assert "1 of 6 have answered" in seen(page.box)
    answer(page, [{"new_1_name": "Stays calm"}, {"new_1_name": "stays CALM"}, {"new_1_name": "listens"}])
    ask.look()
    assert "Stays calm" in ask.propose_card.value
    assert "2 proposals so far" in page.head.value
    ask.collect.click()
    assert [one.name for one in page.model.building.listed] == ["Listens", "Sells", "Stays calm"]
    assert "3 competencies to rate" in page.head.value


def test_one_person_alone_is_never_shown(page):
    begun(page)
    page.there["ask"].click()
    page.steps["ask"].propose.click()
    answer(page, [{"new_1_name": "Only I say this"}])
    page.steps["ask"].collect.click()
    assert "Only I say this" not in seen(page.box)
    rate(page, CAMPS[:1])
    assert page.steps["agree"].ratings[0].asked == 0
    assert "Fewer than two have rated" in page.steps["agree"].top.value


def test_twins_are_merged_on_the_facilitators_word_only_and_parted_again(page):
    begun(page, ("Active listening", "Listening actively", "Sells"))
    page.there["ask"].click()
    form = page.steps["ask"].list
    assert len(page.model.building.listed) == 3
    form.twins.first.click()
    assert [one.name for one in page.model.building.listed] == ["Active listening", "Sells"]
    form.twins.split.click()
    assert len(page.model.building.listed) == 3
    form.twins.two.click()
    assert form.twins.ask.layout.display == "none"
    assert len(page.model.building.listed) == 3


def test_the_list_takes_additions_and_leaves_out_what_is_not_this_job(page):
    begun(page)
    page.there["ask"].click()
    form = page.steps["ask"].list
    form.own.value = "Keeps promises"
    form.add.click()
    form.own.value = "keeps  promises"
    form.add.click()
    assert "stands on the list already" in page.notice.text
    form.which.value = "sells"
    form.leave.click()
    assert [one.id for one in page.model.building.listed] == ["listens", "keeps_promises"]
    assert "Left out: Sells" in form.shown_list.value
    form.leave.click()
    assert len(page.model.building.listed) == 3


def test_more_than_twenty_five_in_one_sitting_is_warned_of(page):
    begun(page, tuple(f"Skill number {at}" for at in range(26)))
    page.there["ask"].click()
    assert "people tick without reading" in page.steps["ask"].rate_card.value


# -- agreeing


def test_the_room_sees_medians_and_where_it_is_apart_settles_with_a_reason_and_makes_the_profile(page):
    begun(page)
    rate(page, CAMPS)
    agree = page.steps["agree"]
    assert "The room agrees on 1 of 2; talk about “Sells”" in page.head.value
    assert "two camps" in agree.talk.value
    assert "r_wg" not in agree.talk.value
    form = agree.form
    assert form.which.value == "sells"
    form.importance.value = 2.0
    form.save.click()
    assert "Write down why" in page.notice.text
    assert page.model.building.decision("sells") == Decision()
    form.reason.value, form.goal.value = "It decides next year", "More sold"
    form.save.click()
    assert "nothing is left to talk about" in page.head.value
    agree.make.click()
    profile = page.model.kept.profile
    assert [(one.id, one.importance, one.required, one.goal) for one in profile.competencies] == [
        ("listens", 5.0, 3.0, ""),
        ("sells", 2.0, 2.0, "More sold"),
    ]
    assert (profile.draft, profile.built_by) == (False, ("high_performers", "manager"))


def test_a_room_that_talked_and_lets_the_middle_stand_has_settled_it(page):
    begun(page)
    rate(page, CAMPS)
    form = page.steps["agree"].form
    assert form.which.value == "sells"
    form.save.click()
    assert "nothing is left to talk about" in page.head.value
    said, rated = page.model.building.decision("sells"), {one.proposal.id: one for one in form.ratings}
    assert (said.importance, said.required) == (
        rated["sells"].importance.median,
        rated["sells"].required.median,
    )


def test_the_agreement_index_is_a_number_from_ten_people_on(page):
    begun(page)
    rate(page, [{"imp_listens": "4", "req_listens": "3", "imp_sells": "4", "req_sells": "3"}] * 10)
    assert "r_wg 1.00" in page.steps["agree"].list.value


def test_without_enough_high_performers_the_profile_is_stamped_a_draft(page):
    begun(page, high=3)
    rate(page, CAMPS)
    page.steps["agree"].make.click()
    assert page.model.kept.profile.draft
    assert "Draft, not built by job holders" in page.steps["profile"].top.value
    assert "still a draft" in page.head.value


def test_what_nobody_rated_and_nobody_settled_is_named_and_makes_no_profile(page):
    begun(page)
    page.there["agree"].click()
    page.steps["agree"].make.click()
    assert "Listens, Sells" in page.notice.text
    assert page.model.kept is None
    form = page.steps["agree"].form
    form.importance.value, form.required.value = 3.0, 2.0
    form.save.click()
    form.leave.value = True
    form.save.click()
    page.steps["agree"].make.click()
    assert page.model.kept.profile.ids == ("listens",)


def test_two_facilitators_who_settle_the_same_see_both_and_nothing_is_overwritten(page, open_page):
    code = begun(page)
    rate(page, CAMPS)
    other = open_page(code, "clerk")
    other.there["agree"].click()
    mine, theirs = page.steps["agree"].form, other.steps["agree"].form
    mine.reason.value = "Mine"
    theirs.reason.value = "Theirs"
    theirs.save.click()
    mine.save.click()
    assert "Somebody settled this one in the meantime" in mine.both.value
    assert "Theirs" in mine.both.value
    assert "Mine" in mine.both.value
    assert page.model.place.get("clerk").decision("sells").reason == "Theirs"
    mine.keep_mine.click()
    assert page.model.place.get("clerk").decision("sells").reason == "Mine"


def test_two_who_settle_different_ones_keep_both(page, open_page):
    code = begun(page)
    rate(page, CAMPS)
    other = open_page(code, "clerk")
    other.there["agree"].click()
    other.steps["agree"].form.which.value = "listens"
    other.steps["agree"].form.goal.value = "Theirs"
    other.steps["agree"].form.save.click()
    page.steps["agree"].form.goal.value = "Mine"
    page.steps["agree"].form.save.click()
    goals = {one.id: one.goal for one in page.model.place.get("clerk").proposals}
    assert goals == {"listens": "Theirs", "sells": "Mine"}


def test_what_is_being_typed_survives_what_others_do_and_looks_into_the_store(page, open_page):
    code = begun(page)
    rate(page, CAMPS)
    other = open_page(code, "clerk")
    other.there["agree"].click()
    mine = page.steps["agree"].form
    mine.which.value = "listens"
    mine.reason.value = "half a sen"
    other.steps["agree"].form.reason.value = "Settled elsewhere"
    other.steps["agree"].form.save.click()
    page.model.look()
    page.steps["agree"].look()
    assert (mine.which.value, mine.reason.value) == ("listens", "half a sen")
    assert "nothing is left to talk about" in page.head.value


# -- the sheet, and the job afterwards


def made(page: SuccessProfilePage) -> SuccessProfile:
    begun(page)
    rate(page, CAMPS)
    page.steps["agree"].make.click()
    page.steps["profile"].publish.click()
    return page.model.place.shelf.published("clerk")


def test_a_published_profile_links_its_files_and_can_be_assessed_against(page):
    assert made(page).version == 1
    profile = page.steps["profile"]
    assert "stays as it is" in profile.top.value
    assert profile.publish.layout.display == "none"
    for kind in ("xlsx", "csv", "case.json", "moodle.csv", "yaml", "json"):
        assert f"/clerk.{kind}" in profile.files.value


def test_publishing_what_somebody_changed_meanwhile_shows_both_and_publishes_nothing(page):
    begun(page)
    rate(page, CAMPS)
    page.steps["agree"].make.click()
    kept, shelf = page.model.kept, page.model.place.shelf
    shelf.save("clerk", replace(kept.profile, competencies=kept.profile.competencies[:1]), kept.version)
    page.steps["profile"].publish.click()
    assert "Somebody saved another version" in page.steps["profile"].both.value
    assert "No longer in it: Sells" in page.steps["profile"].both.value
    assert shelf.published("clerk") is None


def test_after_six_months_the_profile_is_due(page, days):
    made(page)
    days.go("2027-05-22")
    page.there["role"].click()
    page.there["profile"].click()
    assert "more than six months old" in page.head.value
    assert "Since 22 May 2027" in page.steps["profile"].top.value


def test_the_job_answers_beside_the_workshop_and_proposes_the_next_version(page):
    made(page)
    page.there["job"].click()
    job = page.steps["job"]
    job.open.click()
    assert "/at/job_clerk_v1" in job.top.value
    assert page.model.workshops.get(page.model.workshop.code).current.purpose == "profile_rating"
    says = {"rel_listens": "matters", "rel_sells": "no_longer", "missing_1": "Video calls"}
    for number in range(3):
        page.model.workshops.submit(
            page.model.workshop.code, job.now.activity.id, f"somebody-in-the-job-{number:04d}", says
        )
        job.look()
        assert ("What the job says" in job.said.value) == (number > 0)
    assert "The job would leave out 1 and misses 1" in page.head.value
    job.next.click()
    assert [one.name for one in page.model.building.listed] == ["Listens", "Video calls"]
    rate(page, [{"imp_listens": "5", "req_listens": "3", "imp_video_calls": "4", "req_video_calls": "2"}] * 4)
    page.steps["agree"].make.click()
    assert "Version 1 is the one that people assess themselves against" in page.steps["profile"].top.value
    page.steps["profile"].publish.click()
    assert [one.version for one in page.model.place.shelf.versions("clerk")] == [1, 2]
    assert "New: Video calls" in page.steps["profile"].older.value
    assert "No longer in it: Sells" in page.steps["profile"].older.value


# -- what must hold on every page


def test_a_second_tab_comes_back_to_role_and_step(page, open_page):
    made(page)
    again = open_page()
    assert (again.model.role_id, again.model.step) == ("clerk", "profile")


@pytest.mark.parametrize("payload", PAYLOADS[::7])
def test_nothing_that_was_typed_runs(page, payload):
    page.model.create(payload or "x")
    one = Proposal("a", payload, payload, (payload,) * 6, goal=payload[:300], group=payload)
    page.model.begin(Building(payload, payload, (one,), source=payload, high_performers=5))
    role = page.model.role_id
    rate(page, [{"imp_a": "1", "req_a": "0"}, {"imp_a": "5", "req_a": "5"}])
    form = page.steps["agree"].form
    form.reason.value = payload
    form.save.click()
    page.steps["agree"].make.click()
    page.steps["profile"].publish.click()
    page.there["job"].click()
    assert page.model.place.shelf.published(role) is not None
    for name in STEPS:
        page.there[name].click()
        shown = "\n".join(markup(page.box))
        for piece in ("<script", "<img", "<svg o", "<iframe", "<a href=javascript", "onload=pwned()>"):
            if piece in payload:
                assert payload not in shown


def markup(widget: Any) -> list[str]:
    """What is drawn as markup; text fields are not."""
    own = [widget.value] if type(widget).__name__ == "HTML" else []
    return own + [part for child in getattr(widget, "children", ()) for part in markup(child)]


def test_a_save_that_fails_is_told_and_keeps_what_was_typed(page, monkeypatch):
    begun(page)
    rate(page, CAMPS)
    form = page.steps["agree"].form

    def refuse(*_: Any, **__: Any) -> None:
        raise StoreUnavailable("The disk is full.")

    monkeypatch.setattr(type(page.model.workshops.store), "change_document", refuse)
    form.reason.value = "Not lost"
    form.save.click()
    assert "The disk is full." in page.notice.text
    assert form.reason.value == "Not lost"


def test_sixty_competencies_and_five_hundred_people_work(page, workshops):
    names = tuple(f"Competency number {at:02d} of many" for at in range(60))
    code = begun(page, names)
    page.there["ask"].click()
    page.steps["ask"].rate.click()
    activity = workshops.get(code).current
    asked = [one.id for one in workshops.questionnaire(code, activity.id).questions]
    assert len(asked) == 120
    workshops.store.submit_many(
        f"{code}/{activity.id}",
        [
            {"answers": {name: str(1 + (person + at) % 5) for at, name in enumerate(asked)}}
            for person in range(500)
        ],
    )
    page.steps["ask"].look()
    assert "500 of 500 have answered" in seen(page.box)
    start = time.process_time()
    page.steps["ask"].rated.click()
    page.steps["agree"].make.click()
    took = time.process_time() - start
    assert len(page.model.kept.profile.competencies) == 60
    assert "60 competencies" in page.head.value
    assert took < 20


def test_a_profile_that_came_with_its_workshop_can_be_looked_at_and_asked_about(page, workshops):
    code = workshops.create("Elsewhere").code
    page.model.open(code)
    stock = Competency(
        "stock", "Knows the stock", levels=("a", "b", "c", "d", "e", "f"), required=3.5, importance=4
    )
    kept = page.model.place.shelf.add(SuccessProfile("Clerk", (stock,), built_on=date(2026, 11, 1)))
    page.model.place.shelf.publish(kept.role_id, kept.version)
    page.model.look()
    page.model.choose(kept.role_id)
    page.model.go("profile")
    assert "needed here" in page.steps["profile"].sheet.value
    assert page.there["agree"].disabled
    page.there["job"].click()
    page.steps["job"].next.click()
    assert page.model.building.after == 1
