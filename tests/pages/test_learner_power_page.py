"""The facilitator's page from set-up to plan, driven by its real widgets on a real store."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from learnerfirst.content import texts
from learnerfirst.errors import StoreUnavailable
from learnerfirst.pages.learner_power.page import LearnerPowerPage
from learnerfirst.workshops import Workshops

WORDS = texts("learner_power")
CHARTS = texts("charts")


def visible(widget: Any) -> bool:
    return widget.layout.display != "none"


def set_up(page: LearnerPowerPage, title: str = "Delft", **chosen: Any) -> str:
    create = page.steps["create"]
    create.title.value = title
    for name, value in chosen.items():
        getattr(create, name).value = value
    create.make.click()
    assert page.notice.text == ""
    return str(page.model.workshop.code)


def revealed(page: LearnerPowerPage, answer: Callable[..., None], people: int = 7, **chosen: Any) -> str:
    code = set_up(page, **chosen)
    answer(code, people)
    page.model.refresh()
    page.there["answers"].click()
    page.steps["answers"].reveal.click()
    return code


def test_without_a_workshop_there_is_only_the_first_step(page: LearnerPowerPage) -> None:
    assert page.model.step == "create"
    assert [name for name, button in page.there.items() if button.disabled] == [
        "invite",
        "answers",
        "reveal",
        "plan",
    ]
    assert visible(page.steps["create"].none)
    assert not visible(page.steps["create"].which)


def test_a_workshop_without_a_name_is_not_made_and_it_is_said(
    page: LearnerPowerPage, workshops: Workshops
) -> None:
    page.steps["create"].make.click()
    assert WORDS["create"]["blocked_title"] in page.notice.text
    assert workshops.all() == []


def test_everything_that_blocks_is_said_at_once_and_what_was_typed_stays(page: LearnerPowerPage) -> None:
    create = page.steps["create"]
    create.month.value, create.year.value = 11, 2026
    for name, _required, _tracked in create.topic_rows[:2]:
        name.value = "Safety"
    create.make.click()
    for reason in ("blocked_title", "blocked_past", "blocked_topics"):
        assert WORDS["create"][reason] in page.notice.text
    assert create.topic_rows[0][0].value == "Safety"


def test_what_was_chosen_is_what_the_workshop_is(page: LearnerPowerPage, workshops: Workshops) -> None:
    create = page.steps["create"]
    name, required, tracked = create.topic_rows[0]
    name.value, required.value, tracked.value = "Fire safety", True, True
    code = set_up(
        page,
        referent="organisation",
        month=6,
        year=2028,
        form="long",
        room="talk",
        stands="larger",
        kind=True,
    )
    made = workshops.get(code)
    assert (made.referent, made.wanted_by, made.form, made.room) == (
        "organisation",
        "2028-06",
        "long",
        "talk",
    )
    assert (made.stands_for, made.kind) == ("larger", "rehearsal")
    assert [(topic.name, topic.compulsory, topic.tracked) for topic in made.topics] == [
        ("Fire safety", True, True)
    ]
    assert [(one.form, one.state) for one in made.activities] == [("long", "open")]


def test_a_further_topic_and_the_facts_of_one_show_once_the_topic_before_has_a_name(
    page: LearnerPowerPage,
) -> None:
    create = page.steps["create"]

    def seen() -> list[tuple[bool, bool]]:
        return [
            (visible(box), visible(row[1]))
            for row, box in zip(create.topic_rows, create.topic_boxes, strict=True)
        ]

    assert seen() == [(True, False), (False, False), (False, False)]
    create.topic_rows[0][0].value = "Fire safety"
    assert seen() == [(True, True), (True, False), (False, False)]
    create.topic_rows[1][0].value = "Products"
    create.topic_rows[0][0].value = " "
    assert seen() == [(True, False), (True, True), (True, False)]


def test_the_invitation_shows_code_address_and_a_qr_code(page: LearnerPowerPage) -> None:
    code = set_up(page)
    assert page.model.step == "invite"
    card = page.steps["invite"].card.value
    assert f">{code}</p>" in card
    assert f"10.0.0.7:8867/join/{code}" in card
    assert 'role="img"' in card
    assert f'href="../projector/{code}"' in card
    assert WORDS["invite"]["loopback"] not in card


def test_an_answer_is_counted_at_the_next_look(page: LearnerPowerPage, answer: Callable[..., None]) -> None:
    code = set_up(page)
    page.there["answers"].click()
    answer(code, 1)
    asyncio.run(page.look())
    assert WORDS["answers"]["heading_one"] in page.steps["answers"].live.value
    assert "4 more to go" in page.steps["answers"].state.value
    assert page.steps["answers"].reveal.disabled


def test_looking_again_sends_nothing_when_nothing_changed(
    page: LearnerPowerPage, answer: Callable[..., None]
) -> None:
    code = set_up(page)
    answer(code, 3)
    asyncio.run(page.look())
    changes: list[Any] = []
    page.model.observe(changes.append)
    asyncio.run(page.look())
    assert changes == []


@pytest.mark.parametrize(("people", "can"), [(4, False), (5, True)])
def test_it_can_be_revealed_from_five_answers_on(
    page: LearnerPowerPage, answer: Callable[..., None], people: int, can: bool
) -> None:
    code = set_up(page)
    answer(code, people)
    page.model.refresh()
    assert page.steps["answers"].reveal.disabled is not can


def test_before_the_reveal_nothing_of_the_result_is_in_any_widget(
    page: LearnerPowerPage, answer: Callable[..., None]
) -> None:
    code = set_up(page)
    answer(code, 12)
    page.model.refresh()
    page.there["reveal"].click()
    assert page.steps["reveal"].body.value == ""
    assert WORDS["reveal"]["not_yet"] in page.steps["reveal"].head.value
    assert page.model.rows == ()


def test_the_reveal_shows_the_finding_first_and_the_talk_before_the_pictures(
    page: LearnerPowerPage, answer: Callable[..., None]
) -> None:
    revealed(page, answer)
    assert page.model.step == "reveal"
    assert "Blended today, heading for Facilitated" in page.steps["reveal"].head.value
    body = page.steps["reveal"].body.value
    assert body.index(WORDS["reveal"]["talk"]) < body.index(WORDS["reveal"]["where"])
    assert body.count("<svg") == 4  # continuum and dimensions, each for page and phone
    assert body.count("<table") == 2


def test_a_room_of_seven_is_told_in_words(page: LearnerPowerPage, answer: Callable[..., None]) -> None:
    revealed(page, answer, 7)
    body = page.steps["reveal"].body.value
    table = re.sub("<.*?>", " ", body[body.rindex("<table") : body.rindex("</table>")])
    pictures = " ".join(re.findall('<desc id="dimensions-.*?</desc>', body))
    assert "Blended" in table
    assert "Blended" in pictures
    assert not re.search("[0-9]", unescape(table + re.sub("<.*?>", "", pictures)))


def test_what_was_revealed_stays_whatever_comes_later(
    page: LearnerPowerPage, answer: Callable[..., None], workshops: Workshops
) -> None:
    code = revealed(page, answer)
    before = page.steps["reveal"].body.value
    activity = workshops.get(code).activities[0]
    workshops.delete_mine(code, activity.id, "an-invented-person-0000")
    asyncio.run(page.look())
    assert page.steps["reveal"].body.value == before


def test_a_pulse_names_no_stage(page: LearnerPowerPage, answer: Callable[..., None]) -> None:
    revealed(page, answer, 12, form="pulse")
    shown = page.steps["reveal"].head.value
    assert not any(
        CHARTS[stage] in shown for stage in ("embedded", "blended", "facilitated", "unfacilitated")
    )
    assert WORDS["reveal"]["pulse_note"] in page.steps["reveal"].body.value


@pytest.mark.parametrize("room", ["talk", "carry"])
def test_a_small_room_is_told_why_nothing_is_shown_and_what_helps(
    page: LearnerPowerPage, answer: Callable[..., None], room: str
) -> None:
    revealed(page, answer, 3, room=room)
    hidden = texts("privacy")[room]
    assert hidden["why"] in page.steps["reveal"].body.value
    assert hidden["what_helps"] in page.steps["reveal"].body.value


@pytest.mark.parametrize("kind", ["sample", "rehearsal"])
def test_every_step_of_what_is_not_real_is_marked(
    open_page: Callable[..., LearnerPowerPage], workshops: Workshops, kind: str
) -> None:
    made = workshops.create("Trying out", kind=kind)
    workshops.open_activity(made.code)
    page = open_page(made.code)
    for step in ("invite", "answers", "reveal", "plan"):
        page.there[step].click()
        assert WORDS["common"][kind] in page.mark.value


def test_close_and_open_again(page: LearnerPowerPage, workshops: Workshops) -> None:
    code = set_up(page)
    answers = page.steps["answers"]
    answers.close.click()
    assert workshops.get(code).activities[0].state == "closed"
    assert (visible(answers.close), visible(answers.reopen)) == (False, True)
    answers.reopen.click()
    assert [one.state for one in workshops.get(code).activities] == ["open"]


def test_asking_again_is_confirmed_and_deletes_this_quiz_alone(
    page: LearnerPowerPage, answer: Callable[..., None], workshops: Workshops
) -> None:
    code = set_up(page)
    other = workshops.open_activity(code, "learner_power", "quick")  # the same one, open already
    answer(code, 6)
    page.model.refresh()
    page.model.add_step()
    page.model.edit("0", "title", "Name a pilot")
    page.model.save_plan()
    answers = page.steps["answers"]
    answers.reset.click()
    assert "6" in answers.question.value
    assert visible(answers.confirm)
    answers.no.click()
    assert (page.model.count, visible(answers.confirm)) == (6, False)
    answers.reset.click()
    answers.yes.click()
    assert page.model.count == 0
    assert page.model.activity.id != other.id
    assert workshops.plan(code) is not None


def test_the_plan_comes_from_the_release_and_is_saved_with_owners(
    page: LearnerPowerPage, answer: Callable[..., None], workshops: Workshops
) -> None:
    code = revealed(page, answer)
    page.steps["reveal"].to_plan.click()
    plan = page.steps["plan"]
    first = next(iter(plan.rows.values()))
    first.fields["owner"].value = "Ana"
    assert WORDS["plan"]["unsaved"] in plan.state.value
    plan.save.click()
    assert WORDS["plan"]["all_saved"] in plan.state.value
    saved = workshops.plan(code)
    assert saved is not None
    assert saved.body["steps"][0]["owner"] == "Ana"
    assert "key" not in saved.body["steps"][0]


def test_steps_can_be_added_and_taken_out(page: LearnerPowerPage) -> None:
    set_up(page)
    plan = page.steps["plan"]
    plan.add.click()
    plan.add.click()
    keys = list(plan.rows)
    plan.rows[keys[1]].fields["title"].value = "Ask again in May"
    plan.rows[keys[0]].remove.click()
    assert list(plan.rows) == [keys[1]]
    assert plan.rows[keys[1]].fields["title"].description == WORDS["plan"]["step"].format(number=1)
    assert plan.rows[keys[1]].fields["title"].value == "Ask again in May"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("start", "soon", "blocked_date"),
        ("end", "2020-01-01", "blocked_order"),
        ("title", "  ", "blocked_title"),
    ],
)
def test_a_plan_that_does_not_hold_is_not_saved_and_every_reason_is_said(
    page: LearnerPowerPage, workshops: Workshops, field: str, value: str, reason: str
) -> None:
    code = set_up(page)
    plan = page.steps["plan"]
    plan.add.click()
    (row,) = plan.rows.values()
    row.fields["title"].value = "Name a pilot"
    row.fields[field].value = value
    plan.save.click()
    assert WORDS["plan"][reason].split("{")[0] in page.notice.text
    assert workshops.plan(code) is None
    assert row.fields[field].value == value


def test_a_stale_plan_overwrites_nothing_and_shows_both(
    open_page: Callable[..., LearnerPowerPage], workshops: Workshops
) -> None:
    here = open_page()
    code = set_up(here)
    there = open_page(code)
    for page, owner in ((there, "Jo"), (here, "Ana")):
        page.model.add_step()
        page.model.edit("0", "title", "Name a pilot")
        page.model.edit("0", "owner", owner)
        page.steps["plan"].save.click()
    both = here.steps["plan"].both.value
    assert visible(here.steps["plan"].stale)
    assert "Jo" in both
    assert "Ana" in both
    saved = workshops.plan(code)
    assert saved is not None
    assert saved.body["steps"][0]["owner"] == "Jo"
    here.steps["plan"].keep.click()
    saved = workshops.plan(code)
    assert saved is not None
    assert (saved.version, saved.body["steps"][0]["owner"]) == (2, "Ana")
    assert not visible(here.steps["plan"].stale)


def test_theirs_can_be_taken(open_page: Callable[..., LearnerPowerPage]) -> None:
    here = open_page()
    there = open_page(set_up(here))
    for page, owner in ((there, "Jo"), (here, "Ana")):
        page.model.add_step()
        page.model.edit("0", "title", "Name a pilot")
        page.model.edit("0", "owner", owner)
        page.steps["plan"].save.click()
    here.steps["plan"].take.click()
    assert [row["owner"] for row in here.model.rows] == ["Jo"]
    assert not here.model.plan_dirty


def test_a_reload_or_a_new_server_comes_back_to_where_it_was(
    open_page: Callable[..., LearnerPowerPage],
) -> None:
    page = open_page()
    code = set_up(page)
    page.there["answers"].click()
    page.close()
    again = open_page()
    assert (again.model.workshop.code, again.model.step) == (code, "answers")


def test_another_workshop_can_be_opened_each_at_its_own_step(
    open_page: Callable[..., LearnerPowerPage],
) -> None:
    page = open_page()
    first = set_up(page, "First")
    page.there["answers"].click()
    page.there["create"].click()
    second = set_up(page, "Second")
    page.there["create"].click()
    create = page.steps["create"]
    assert {code for _, code in create.which.options} == {first, second}
    create.which.value = first
    create.open.click()
    assert page.model.workshop.title == "First"


def test_an_address_with_an_unknown_code_shows_the_set_up(open_page: Callable[..., LearnerPowerPage]) -> None:
    page = open_page("QQQQQ")
    assert (page.model.workshop, page.model.step) == (None, "create")


def test_what_was_done_in_another_tab_is_seen_here(
    open_page: Callable[..., LearnerPowerPage], answer: Callable[..., None]
) -> None:
    here = open_page()
    code = set_up(here)
    there = open_page(code)
    answer(code, 6)
    there.model.refresh()
    there.steps["answers"].reveal.click()
    asyncio.run(here.look())
    assert here.model.release is not None


def test_a_store_that_cannot_be_read_is_said_and_recovered_from(
    page: LearnerPowerPage, answer: Callable[..., None], workshops: Workshops, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = set_up(page)
    answer(code, 2)
    page.model.refresh()

    def unreachable(*_: object) -> None:
        raise StoreUnavailable("The store did not answer in time.")

    with monkeypatch.context() as patched:
        patched.setattr(workshops, "get", unreachable)
        asyncio.run(page.look())
        assert WORDS["common"]["unreachable"] in page.notice.text
        assert "2 answers are in" in page.steps["answers"].live.value
    asyncio.run(page.look())
    assert WORDS["common"]["reachable"] in page.notice.text


def test_a_failing_save_is_seen_and_keeps_what_was_typed(
    page: LearnerPowerPage, workshops: Workshops, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(page)
    plan = page.steps["plan"]
    plan.add.click()
    (row,) = plan.rows.values()
    row.fields["title"].value = "Name a pilot"

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(workshops, "save_plan", full)
    plan.save.click()
    assert WORDS["common"]["unexpected"] in page.notice.text
    assert row.fields["title"].value == "Name a pilot"
    assert page.model.plan_dirty


def test_nothing_typed_becomes_markup(page: LearnerPowerPage, answer: Callable[..., None]) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    page.steps["create"].topic_rows[0][0].value = evil
    revealed(page, answer, 7, title=evil)
    page.model.edit(page.model.rows[0]["key"], "owner", evil)
    drawn: list[str] = []

    def collect(widget: Any) -> None:
        drawn.append(widget.value if type(widget).__name__ == "HTML" else "")
        for child in getattr(widget, "children", ()):
            collect(child)

    collect(page.box)
    assert "&lt;script&gt;" in "".join(drawn)
    assert "<script" not in "".join(drawn)
    assert "<img" not in "".join(drawn)


def test_drawing_twice_changes_nothing(page: LearnerPowerPage, answer: Callable[..., None]) -> None:
    revealed(page, answer)
    before = (page.steps["reveal"].body.value, page.steps["plan"].list.children)
    page.refresh()
    assert (page.steps["reveal"].body.value, page.steps["plan"].list.children) == before


def test_a_closed_page_lets_go_of_its_widgets(open_page: Callable[..., LearnerPowerPage]) -> None:
    page = open_page()
    set_up(page)
    page.close()
    assert page.box.comm is None
    page.model.count = 5  # nobody listens any more
    assert "5 answers" not in page.steps["answers"].live.value


def test_a_new_round_keeps_what_the_last_one_showed(
    page: LearnerPowerPage, answer: Callable[..., None], workshops: Workshops
) -> None:
    code = revealed(page, answer)
    shown = page.steps["reveal"].body.value
    page.there["answers"].click()
    answers = page.steps["answers"]
    assert visible(answers.round)
    answers.again.click()
    assert [(one.form, one.state) for one in workshops.get(code).activities] == [
        ("quick", "revealed"),
        ("pulse", "open"),
    ]
    assert (page.model.step, page.model.count) == ("invite", 0)
    page.there["reveal"].click()
    assert page.steps["reveal"].body.value == shown
    assert WORDS["reveal"]["round_before"] in page.steps["reveal"].head.value
    assert not visible(answers.round)


def test_an_open_room_sees_the_marks_that_were_placed_and_no_others(
    page: LearnerPowerPage, answer: Callable[..., None], workshops: Workshops
) -> None:
    code = set_up(page, room="open")
    answer(code, 3)
    activity = workshops.get(code).activities[0]
    for number in range(2):
        workshops.set_mark(code, activity.id, f"an-invented-person-{number:04d}", True)
    page.model.refresh()
    page.steps["answers"].reveal.click()
    assert "2 marks, placed openly" in page.steps["reveal"].head.value
    body = page.steps["reveal"].body.value
    assert ">Mark 2</th>" in body
    assert ">Mark 3</th>" not in body


def test_owners_are_named_to_everybody_only_once_they_agreed(
    page: LearnerPowerPage, workshops: Workshops, answer: Callable[..., None]
) -> None:
    code = revealed(page, answer, 12)
    page.there["plan"].click()
    plan = page.steps["plan"]
    assert not visible(plan.named)
    next(iter(plan.rows.values())).fields["owner"].value = "Ana"
    assert visible(plan.named)
    plan.save.click()
    saved = workshops.plan(code)
    assert saved is not None
    assert saved.body["name_owners"] is False
    plan.named.value = True
    plan.save.click()
    again = workshops.plan(code)
    assert again is not None
    assert again.body["name_owners"] is True
    assert f"handout/{code}" in plan.home.value


def test_the_invitation_says_what_to_do_without_a_phone(page: LearnerPowerPage) -> None:
    code = set_up(page)
    said = page.steps["invite"].others.value
    assert "Somebody without a phone?" in said
    assert f"../paper/{code}" in said


def test_a_workshop_that_began_with_personas_can_ask_the_quiz(
    page: LearnerPowerPage, workshops: Workshops
) -> None:
    code = workshops.create("Began with personas").code
    page.model.open(code)
    answers = page.steps["answers"]
    assert page.model.step == "answers"
    assert answers.asked.layout.display == "none"
    assert "Not asked in this workshop yet" in answers.round_head.value
    assert (answers.form.value, answers.again.description) == ("quick", "Ask the quiz")
    answers.again.click()
    assert page.model.step == "invite"
    assert [one.form for one in workshops.get(code).activities] == ["quick"]
    assert answers.asked.layout.display is None
