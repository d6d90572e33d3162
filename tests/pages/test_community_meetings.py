"""The step "meetings" of the community page, driven by its real widgets on a real store: one meeting after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from learnerfirst.communities import Experiment, Logistics, Meeting
from learnerfirst.communities.changes import over, with_decision, with_experiment
from learnerfirst.content import texts
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.community.meetings.form import MeetingForm
from learnerfirst.pages.community.meetings.step import MeetingsStep
from learnerfirst.pages.community.page import CommunityPage
from learnerfirst.pages.projector import Projector
from learnerfirst.serving.communities import FILES, Asked
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings, KeptMeeting
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from learnerfirst.workshops.run_clock import RunClock
from tests.gaps_shown import markup
from tests.payloads import PAYLOADS

WORDS = texts("community_meetings")
FIRST = date(2026, 12, 8)
HOW = Logistics(1, "month", FIRST, time(14), 60, 4, "Europe/Lisbon", decides="consent")
NAMES = ("Ana", "Bo", "Cy", "Di", "Edda", "Fola")
Open = Callable[[], CommunityPage]


@pytest.fixture
def code(workshops: Workshops) -> str:
    """A workshop with one community of six that has set its rhythm."""
    made = workshops.create("Plant north").code
    shelf = CommunityShelf(workshops, made)
    begun = shelf.begin("Fixers")
    asked = open_introductions(workshops, made, begun.id, "Fixers")
    for number, name in enumerate(NAMES):
        workshops.submit(made, asked.id, f"a-member-with-a-key-{number:04d}", {"name": name})
    workshops.close_activity(made, asked.id)
    shelf.change(begun.id, lambda plan: replace(plan, logistics=HOW))
    return made


@pytest.fixture
def open_page(community_desk: Callable[..., CommunityPage], workshops: Workshops, code: str) -> Open:
    return lambda: community_desk(workshops, code, "fixers", "meetings")


@pytest.fixture
def page(open_page: Open, workshops: Workshops, code: str) -> CommunityPage:
    """The page with the four meetings of the plan."""
    CommunityMeetings(workshops, code).plan_ahead(CommunityShelf(workshops, code).known("fixers").plan)
    return open_page()


def step_of(page: CommunityPage) -> MeetingsStep:
    found = page.steps["meetings"]
    assert isinstance(found, MeetingsStep)
    return found


def form_of(page: CommunityPage) -> MeetingForm:
    found = step_of(page).form
    assert found is not None
    return found


def kept_of(page: CommunityPage) -> tuple[KeptMeeting, ...]:
    found: tuple[KeptMeeting, ...] = page.model.meeting_shelf.of(page.model.plan)
    return found


def h1(page: CommunityPage) -> str:
    found = re.search("<h1>(.*?)</h1>", page.head.value)
    assert found
    return found[1]


def hold(page: CommunityPage, present: int = 6) -> MeetingForm:
    form = form_of(page)
    form.present.present.value = present
    form.present.over.click()
    return form


def try_out(page: CommunityPage, text: str, who: int = 0) -> None:
    form = form_of(page).experiments
    form.text.value = text
    form.owner.value = page.model.plan.members[who].id
    form.add.click()


def press_day(page: CommunityPage, place: int) -> MeetingForm:
    step_of(page).list.days[place].click()
    return form_of(page)


def tap(page: CommunityPage, workshops: Workshops, code: str, taps: str) -> None:
    """Asked, tapped on so many phones, closed. "b" both, "c" challenged alone, "n" neither."""
    card = form_of(page).taps.round
    card.open.click()
    assert card.activity is not None
    for number, letter in enumerate(taps):
        sent = {"challenged": "yes" if letter in "bc" else "no", "safe": "yes" if letter == "b" else "no"}
        workshops.submit(code, card.activity.id, f"{card.activity.id}-phone-{number:06d}", sent)
    page.model.look()
    step_of(page).look()
    card.close.click()


# -- the list


def test_without_meetings_the_days_of_the_plan_are_taken_over_with_one_press(open_page: Open) -> None:
    page = open_page()
    step = step_of(page)
    assert h1(page) == WORDS["finding"]["none"]
    assert step.form is None
    assert "lf-primary" in step.list.ahead._dom_classes
    step.list.ahead.click()
    assert h1(page) == "Next meeting: Tuesday, 8 December 2026"
    assert [one.description for one in step.list.days][:2] == ["8 Dec · planned", "12 Jan · planned"]
    assert step.list.ahead.layout.display == "none"
    assert form_of(page).opened.meeting.day == FIRST


def test_a_meeting_outside_the_rhythm_says_who_called_for_it_and_opens(page: CommunityPage) -> None:
    listed = step_of(page).list
    listed.add.click()
    listed.day.value, listed.topic.value = "soon", "A fault today"
    buttons = {one.description: one for one in listed.form.children[-1].children}
    buttons[WORDS["list"]["add_do"]].click()
    assert "is no day" in page.notice.text
    assert listed.topic.value == "A fault today"
    listed.day.value = "2026-12-08"
    buttons[WORDS["list"]["add_do"]].click()
    assert "There is a meeting on" in page.notice.text
    listed.day.value = "2026-12-01"
    buttons[WORDS["list"]["add_do"]].click()
    made = form_of(page).opened.meeting
    assert (made.day, made.started, made.topic) == (date(2026, 12, 1), "member", "A fault today")
    assert "a member called for it" in form_of(page).day.head.value


def test_a_meeting_is_moved_called_off_and_brought_back_with_all_that_stands_in_it(
    page: CommunityPage,
) -> None:
    form = form_of(page)
    form.day.topic.field.value = "Why twice?"
    form.day.move.click()
    assert form.day.day.value == "2026-12-08"
    form.day.day.value = "2026-12-10"
    buttons = {one.description: one for one in form.day.form.children[-1].children}
    buttons[WORDS["day"]["move_do"]].click()
    assert kept_of(page)[0].meeting.planned == FIRST
    assert "moved from 8 December 2026" in form.day.head.value
    form.day.off.click()
    assert form.run.layout.display == "none"
    assert "10 Dec · called off" in [one.description for one in step_of(page).list.days]
    form.day.back.click()
    assert form.run.layout.display != "none"
    assert kept_of(page)[0].meeting.topic == "Why twice?"


def test_many_meetings_are_shown_around_the_open_one_and_all_can_be_chosen(
    page: CommunityPage, workshops: Workshops
) -> None:
    model = page.model
    model.shelf.change("fixers", lambda plan: replace(plan, logistics=replace(HOW, unit="week", meetings=40)))
    model.meeting_shelf.plan_ahead(model.shelf.known("fixers").plan)
    model.look()
    listed = step_of(page).list
    assert len([one for one in listed.days if one.layout.display != "none"]) == 14
    assert listed.all.field.layout.display != "none"
    last = model.meetings[-1].id
    listed.all.value = last
    assert step_of(page).meeting_id == last
    assert listed.shown_ids[-1] == last


# -- the hour


def test_notes_are_saved_when_they_are_left_and_both_stay_where_two_changed_the_same(
    page: CommunityPage,
) -> None:
    form = form_of(page)
    note = form.phases["interrogation"].note
    note.field.value = "Mine"
    assert kept_of(page)[0].meeting.interrogation == "Mine"
    page.model.meeting_shelf.save_part(page.model.plan, form.opened.id, "interrogation", "Mine", "Theirs")
    note.field.value = "Mine, longer"
    assert "Theirs" in note.said.value
    assert kept_of(page)[0].meeting.interrogation == "Theirs"
    page.model.look()
    assert note.field.value == "Mine, longer"
    note.mine.click()
    assert kept_of(page)[0].meeting.interrogation == "Mine, longer"


def test_what_another_facilitator_writes_appears_and_what_is_typed_here_stays(page: CommunityPage) -> None:
    form = form_of(page)
    form.decisions.text.value = "half a sen"
    form.experiments.text.value = "half an exp"
    form.experiments.due.value = "2026-12-20"
    page.model.meeting_shelf.change(page.model.plan, form.opened.id, lambda one: with_decision(one, "Theirs"))
    page.model.look()
    assert "Theirs" in form.decisions.head.value
    assert (form.decisions.text.value, form.experiments.text.value) == ("half a sen", "half an exp")
    assert form.experiments.due.value == "2026-12-20"
    press_day(page, 1)
    press_day(page, 0)
    assert form_of(page).decisions.text.value == "half a sen"


def test_decisions_and_experiments_are_added_and_taken_out(page: CommunityPage) -> None:
    form = form_of(page)
    form.decisions.add.click()
    assert WORDS["decisions"]["blank"] in page.notice.text
    form.decisions.text.value = "The checklist is tried"
    form.decisions.add.click()
    assert "You decide by consent" in form.decisions.head.value
    assert form.experiments.due.value == "2027-01-11"
    try_out(page, "Ask the late shift", 1)
    meeting = kept_of(page)[0].meeting
    assert meeting.decisions == ("The checklist is tried",)
    assert meeting.experiments == (
        Experiment("Ask the late shift", page.model.plan.members[1].id, date(2027, 1, 11)),
    )
    assert "Bo · 11 January 2027" in form.experiments.head.value
    form.decisions.remove.click()
    form.experiments.remove.click()
    assert kept_of(page)[0].meeting == Meeting(FIRST, members=6)


def test_a_day_that_is_none_is_refused_and_nothing_typed_is_lost(page: CommunityPage) -> None:
    form = form_of(page).experiments
    form.text.value, form.due.value = "Ask", "tomorrow"
    form.add.click()
    assert "is no day" in page.notice.text
    assert (form.text.value, form.due.value) == ("Ask", "tomorrow")
    form.due.value = ""
    form.add.click()
    assert kept_of(page)[0].meeting.experiments == (Experiment("Ask"),)


def test_a_phase_names_its_minutes_and_starts_the_projectors_timer(page: CommunityPage, code: str) -> None:
    phase = form_of(page).phases["interrogation"]
    assert "Take it apart · 24 minutes" in phase.head.value
    phase.timer.click()
    timer = RunClock(page.model.workshops.store).timer(code)
    assert timer is not None
    assert timer.label == "Take it apart"


def test_the_next_meeting_opens_with_what_was_tried_and_saves_it_into_the_earlier_one(
    page: CommunityPage,
) -> None:
    assert WORDS["opening"]["first"] in markup(form_of(page).box)
    try_out(page, "Ask the late shift")
    try_out(page, "Draw it", 1)
    hold(page)
    form = press_day(page, 1)
    assert "2 things wait for word." in form.opening.head.value
    form.opening.done.click()
    assert WORDS["opening"]["no_learned"] in page.notice.text
    form.opening.learned.value = "They knew"
    form.opening.done.click()
    assert form.opening.learned.value == ""
    form.opening.learned.value = "Nobody had time"
    form.opening.dropped.click()
    tried = kept_of(page)[0].meeting.experiments
    assert [(one.state, one.learned) for one in tried] == [
        ("done", "They knew"),
        ("dropped", "Nobody had time"),
    ]
    assert WORDS["opening"]["all_told"].replace("'", "&#x27;") in form.opening.head.value
    assert kept_of(page)[1].meeting.experiments == ()


def test_older_experiments_without_word_wait_folded_below(page: CommunityPage) -> None:
    try_out(page, "Ask the late shift")
    hold(page)
    press_day(page, 1)
    hold(page)
    form = press_day(page, 2)
    assert "Still open from before (1)" in form.opening.head.value
    assert "Ask the late shift" in form.opening.head.value


def test_what_another_facilitator_noted_on_an_experiment_is_shown_and_not_overwritten(
    page: CommunityPage,
) -> None:
    try_out(page, "Ask the late shift")
    first = hold(page).opened.id
    form = press_day(page, 1)
    shelf, plan = page.model.meeting_shelf, page.model.plan

    def theirs(one: Meeting) -> Meeting:
        return replace(one, experiments=(replace(one.experiments[0], state="done", learned="They knew"),))

    form.opening.learned.value = "Mine"
    shelf.change(plan, first, theirs)
    form.opening.dropped.click()
    assert "They knew" in page.notice.text
    assert shelf.get(plan, first).meeting.experiments[0].learned == "They knew"
    assert form.opening.learned.value == "Mine"


def test_the_end_asks_for_numbers_and_says_what_is_still_open(page: CommunityPage) -> None:
    form = form_of(page)
    form.present.over.click()
    assert WORDS["present"]["missing"] in page.notice.text
    form.present.present.value, form.present.said.value = 4, 5
    form.present.over.click()
    assert "a number from 0 to 4" in page.notice.text
    form.present.said.value = 3
    form.present.over.click()
    meeting = kept_of(page)[0].meeting
    assert (meeting.state, meeting.present, meeting.members, meeting.contributed) == ("held", 4, 6, 3)
    assert "4 of 6 members were here, 3 said something." in form.present.after.value
    assert "a note on “Use it”" in form.present.after.value
    assert WORDS["present"]["lacking"]["none_named"] in form.present.after.value
    assert step_of(page).meeting_id == form.opened.id  # it stays open for the two taps
    form.present.undo.click()
    assert kept_of(page)[0].meeting.state == "planned"


def test_turns_are_counted_in_the_page_alone_and_kept_sorted_without_a_letter(
    page: CommunityPage, open_page: Open
) -> None:
    turns = form_of(page).turns
    turns.start.click()
    for place, times in ((0, 1), (2, 7), (1, 3)):
        for _ in range(times):
            turns.voices[place].click()
    assert "Turns so far: 11, by 3 voices." in turns.head.value
    assert kept_of(page)[0].meeting.turns == ()
    turns.voices[0].click()
    turns.undo.click()
    turns.keep.click()
    assert kept_of(page)[0].meeting.turns == (7, 3, 1)
    assert not turns.taps
    assert "Voice" not in turns.picture.value
    other = form_of(open_page()).turns
    assert not other.counting
    assert "<svg" in other.picture.value


# -- two taps


def test_the_taps_wait_until_the_meeting_is_over(page: CommunityPage) -> None:
    card = form_of(page).taps.round
    assert card.open.layout.display == "none"
    assert WORDS["taps"]["not_over"] in card.html.value
    hold(page)
    assert card.open.layout.display != "none"


def test_after_the_third_meeting_the_picture_is_shown_once_and_stays(
    page: CommunityPage, workshops: Workshops, code: str
) -> None:
    for place in (0, 1, 2):
        press_day(page, place)
        hold(page)
        tap(page, workshops, code, "bbbbbc")
        if place < 2:
            assert form_of(page).taps.show.layout.display == "none"
            assert "<svg" not in form_of(page).taps.head.value
    taps = form_of(page).taps
    assert taps.show.layout.display != "none"
    taps.show.click()
    assert "<svg" in taps.head.value
    assert "Growing." in taps.head.value
    assert taps.show.layout.display == "none"
    assert WORDS["taps"]["in_picture"] in taps.round.html.value
    assert taps.round.open.layout.display == "none"
    first = press_day(page, 0).taps
    assert "<svg" in first.head.value


def test_too_few_taps_say_why_nothing_is_shown(page: CommunityPage, workshops: Workshops, code: str) -> None:
    for place in (0, 1, 2):
        press_day(page, place)
        hold(page, 4)
        tap(page, workshops, code, "bbcc")
    head = form_of(page).taps.head.value
    assert "not shown. It is not sure that five people tapped" in head
    assert form_of(page).taps.show.layout.display == "none"
    assert "<svg" not in head


def test_no_page_tells_how_anybody_tapped_after_one_meeting(
    page: CommunityPage, workshops: Workshops, code: str
) -> None:
    """All that is shown after six tapped one way is what is shown after six tapped another way."""
    seen = set()
    for place, taps in ((0, "bbbbbb"), (1, "nnnnnn")):
        press_day(page, place)
        form = hold(page)
        tap(page, workshops, code, taps)
        shown = markup(form.taps.round.box)
        seen.add(re.sub(r"\d+ \w+ 202\d", "", shown))
    assert len(seen) == 1


# -- lessons


@pytest.fixture
def menders(workshops: Workshops, code: str) -> str:
    """Another community of the workshop, with one closed cycle."""
    plan = CommunityShelf(workshops, code).begin("Menders").plan
    tried = Experiment("Ask first", "", None, "done", "They knew")
    CommunityMeetings(workshops, code).add(
        plan,
        Meeting(
            date(2026, 11, 3),
            "held",
            interrogation="Why does it come back?",
            application="At the start",
            reflection="Half as many",
            experiments=(tried,),
        ),
    )
    return plan.id


def test_a_closed_cycle_leaves_a_lesson_without_names(page: CommunityPage) -> None:
    form = form_of(page)
    assert form.lesson.box.layout.display == "none"
    for phase, text in (("interrogation", "Why?"), ("application", "There"), ("reflection", "Half as many")):
        form.phases[phase].note.field.value = text
    try_out(page, "Ask the late shift")
    hold(page)
    opening = press_day(page, 1).opening
    opening.learned.value = "They knew"
    opening.done.click()
    form = press_day(page, 0)
    assert form.lesson.box.layout.display != "none"
    assert "Ask the late shift (tried): They knew" in form.lesson.html.value
    assert "Ana" not in form.lesson.html.value
    assert WORDS["present"]["closed"] in form.present.after.value


def test_a_lesson_of_another_community_becomes_a_question_of_the_next_meeting(
    page: CommunityPage, menders: str
) -> None:
    step = step_of(page)
    step.look()
    assert menders == "menders"
    assert step.others.box.layout.display != "none"
    assert step.others.take.description == "Take it up on 8 December 2026"
    step.others.take.click()
    meeting = kept_of(page)[0].meeting
    assert meeting.topic == "Does it hold for us: Why does it come back?"
    assert meeting.interrogation.startswith("From Menders, 3 November 2026: Why does it come back?")
    assert "Ask first (tried): They knew" in meeting.interrogation
    step.others.take.click()
    assert kept_of(page)[0].meeting == meeting


# -- what goes out


def test_the_notes_to_print_hold_every_meeting_held_the_newest_first_and_owners_as_they_stand(
    page: CommunityPage, workshops: Workshops, code: str
) -> None:
    asked = Asked(workshops, workshops.get(code), page.model.plan, 1)
    assert FILES["minutes.html"][1](asked) is None
    assert FILES["lessons.html"][1](asked) is None
    try_out(page, "Ask the late shift")
    hold(page)
    press_day(page, 1)
    hold(page)
    printed = str(FILES["minutes.html"][1](asked))
    assert printed.index("12 January 2027") < printed.index("8 December 2026")
    assert "Ana" in printed
    assert workshops.take_back(code, "introduction:fixers", "a-member-with-a-key-0000")
    left = Asked(workshops, workshops.get(code), CommunityShelf(workshops, code).known("fixers").plan, 1)
    assert "Ana" not in str(FILES["minutes.html"][1](left))
    page.model.look()
    assert "Ana" not in markup(press_day(page, 0).box)


def test_the_projector_follows_the_meeting_at_hand(
    page: CommunityPage, workshops: Workshops, code: str
) -> None:
    def views() -> dict[str, str]:
        drawn = Projector(workshops, Addresses("http://x"))
        return {
            name: drawn.view(code, "light", name).html
            for name in drawn.view(code).views
            if name.startswith("meeting_")
        }

    assert list(views()) == [
        "meeting_fixers",
        "meeting_fixers_interrogation",
        "meeting_fixers_application",
        "meeting_fixers_reflection",
    ]
    assert WORDS["projector"]["nothing"] in views()["meeting_fixers"]
    try_out(page, "Ask the late shift")
    hold(page)
    assert "Ana: Ask the late shift" in views()["meeting_fixers"]
    assert "Use it · 21 minutes" in views()["meeting_fixers_application"]


@pytest.mark.parametrize("payload", PAYLOADS[::10])
def test_whatever_is_typed_into_a_meeting_is_shown_as_text(
    page: CommunityPage, workshops: Workshops, code: str, payload: str
) -> None:
    one = kept_of(page)[0].id
    page.model.meeting_shelf.change(
        page.model.plan,
        one,
        lambda meeting: over(
            with_experiment(
                with_decision(
                    replace(
                        meeting, topic=payload, interrogation=payload, application=payload, reflection=payload
                    ),
                    payload,
                ),
                Experiment(payload, "", None, "done", payload),
            ),
            3,
            6,
        ),
    )
    page.model.look()
    asked = Asked(workshops, workshops.get(code), page.model.plan, 1)
    step = step_of(page)
    told = [only_html(step.box), str(FILES["minutes.html"][1](asked)), str(FILES["lessons.html"][1](asked))]
    told.append(only_html(press_day(page, 1).box))
    told += [Projector(workshops, Addresses("http://x")).view(code, "light", "meeting_fixers").html]
    assert not [one for one in told if payload in one]


def only_html(widget: object) -> str:
    own = str(getattr(widget, "value", "")) if type(widget).__name__ == "HTML" else ""
    return own + "".join(only_html(child) for child in getattr(widget, "children", ()))


def test_drawing_again_sends_nothing(page: CommunityPage) -> None:
    try_out(page, "Ask the late shift")
    hold(page)
    step = step_of(page)
    sent: list[object] = []

    def watch(widget: object) -> None:
        widget.observe(lambda change: sent.append(change))  # type: ignore[attr-defined]
        widget.layout.observe(lambda change: sent.append(change))  # type: ignore[attr-defined]
        for child in getattr(widget, "children", ()):
            watch(child)

    watch(step.box)
    page.model.look()
    step.look()
    step.refresh()
    assert sent == []
