"""Two taps after a meeting: shown for three meetings together, once; nobody's tap and no single meeting in it."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from learnerfirst.communities import CommunityPlan, Meeting
from learnerfirst.communities.changes import brought_back, over
from learnerfirst.communities.pulse import pulse_table, release_pulse
from learnerfirst.content import texts
from learnerfirst.errors import NotAllowed, NotOpen
from learnerfirst.store import Store, open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings, KeptMeeting
from learnerfirst.workshops.community_pulses import CommunityPulses, pulse_scopes
from learnerfirst.workshops.community_shelf import CommunityShelf


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@dataclass
class Community:
    """A community whose meetings are held on the fourths of months."""

    workshops: Workshops
    code: str
    plan: CommunityPlan

    @property
    def pulses(self) -> CommunityPulses:
        return CommunityPulses(self.workshops, self.code)

    @property
    def shelf(self) -> CommunityMeetings:
        return CommunityMeetings(self.workshops, self.code)

    @property
    def meetings(self) -> tuple[KeptMeeting, ...]:
        return self.shelf.of(self.plan)

    def held(self, month: int) -> KeptMeeting:
        made = self.shelf.add(self.plan, Meeting(date(2027, month, 4), members=9))
        return self.shelf.change(self.plan, made.id, lambda one: over(one, 6, 9))

    def tap(self, one: KeptMeeting, taps: str, *, close: bool = True) -> str:
        """Letters, one a person: "b" both, "c" challenged alone, "s" safe alone, "n" neither."""
        asked = self.pulses.open(self.plan, one)
        for number, letter in enumerate(taps):
            sent = {
                "challenged": "yes" if letter in "bc" else "no",
                "safe": "yes" if letter in "bs" else "no",
            }
            self.workshops.submit(self.code, asked.id, f"{asked.id}-person-{number:05d}", sent)
        if close:
            self.workshops.close_activity(self.code, asked.id)
        return asked.id

    def states(self) -> list[str]:
        return [one.state for one in self.pulses.windows(self.plan, self.meetings)]


@pytest.fixture
def fixers(store: Store) -> Community:
    workshops = Workshops(store, today=lambda: date(2026, 11, 30))
    code = workshops.create("Plant north").code
    return Community(workshops, code, CommunityShelf(workshops, code).begin("Fixers").plan)


def three(fixers: Community, *taps: str) -> list[KeptMeeting]:
    held = [fixers.held(month) for month in range(1, len(taps) + 1)]
    for one, sent in zip(held, taps, strict=True):
        fixers.tap(one, sent)
    return held


def test_taps_come_after_a_meeting_that_is_over(fixers: Community) -> None:
    planned = fixers.shelf.add(fixers.plan, Meeting(date(2027, 1, 4), members=6))
    with pytest.raises(NotAllowed, match="say first that it is over"):
        fixers.pulses.open(fixers.plan, planned)
    one = fixers.held(2)
    asked = fixers.pulses.open(fixers.plan, one)
    assert (asked.purpose, asked.about) == ("meeting_pulse", f"fixers:{one.id}")
    assert fixers.pulses.open(fixers.plan, one).id == asked.id


def test_three_meetings_make_a_window_and_only_those_that_are_held_and_closed(fixers: Community) -> None:
    first, _second = three(fixers, "bbbbb", "ccccc")
    last = fixers.held(3)
    activity = fixers.tap(last, "sssss", close=False)
    assert (fixers.states(), fixers.pulses.collected(fixers.plan, fixers.meetings)) == ([], 2)
    fixers.workshops.close_activity(fixers.code, activity)
    assert (fixers.states(), fixers.pulses.collected(fixers.plan, fixers.meetings)) == (["ready"], 0)
    fixers.shelf.change(fixers.plan, first.id, brought_back)
    assert (fixers.states(), fixers.pulses.collected(fixers.plan, fixers.meetings)) == ([], 2)


@pytest.mark.parametrize(
    ("taps", "state"),
    [
        (("bbbb", "bbbb", "bbbb"), "few"),
        (("", "", ""), "few"),
        (("bbbbb", "bbbb", ""), "one_meeting"),
        (("bbbbb", "bbbb", "b"), "ready"),
        (("bbbbb", "", "bbbbb"), "ready"),
    ],
)
def test_a_window_that_may_not_be_shown_says_why(
    fixers: Community, taps: tuple[str, ...], state: str
) -> None:
    three(fixers, *taps)
    assert fixers.states() == [state]
    if state != "ready":
        with pytest.raises(NotAllowed, match="No three meetings"):
            fixers.pulses.show(fixers.plan, fixers.meetings)


def test_a_room_that_chose_to_be_small_shows_no_taps(fixers: Community) -> None:
    code = fixers.workshops.create("Small", room="talk").code
    small = Community(fixers.workshops, code, CommunityShelf(fixers.workshops, code).begin("Fixers").plan)
    three(small, "bbbbb", "bbbbb", "bbbbb")
    assert small.states() == ["small_room"]


def test_what_was_shown_stays_whatever_is_deleted_or_comes_later(fixers: Community) -> None:
    held = three(fixers, "bbbbb", "bbbbs", "bbbsn")
    before = fixers.pulses.show(fixers.plan, fixers.meetings)
    assert (before.state, before.meetings) == ("shown", tuple(one.id for one in held))
    assert before.pulse.words == {"challenged": "most or all", "safe": "most or all"}
    with pytest.raises(NotAllowed, match="No three meetings"):
        fixers.pulses.show(fixers.plan, fixers.meetings)
    asked = fixers.pulses.activity("fixers", held[0].id)
    assert asked is not None
    for number in range(5):
        assert fixers.workshops.delete_mine(fixers.code, asked.id, f"{asked.id}-person-{number:05d}")
    assert fixers.pulses.windows(fixers.plan, fixers.meetings) == (before,)
    with pytest.raises(NotAllowed, match="takes no more"):
        fixers.pulses.open(fixers.plan, held[0])
    with pytest.raises(NotOpen):
        fixers.workshops.submit(
            fixers.code, asked.id, "somebody-comes-late", {"challenged": "no", "safe": "no"}
        )
    fixers.shelf.change(fixers.plan, held[1].id, brought_back)
    assert fixers.pulses.windows(fixers.plan, fixers.meetings) == (before,)


def test_no_meeting_is_ever_in_two_windows_so_no_two_can_be_subtracted(fixers: Community) -> None:
    held = three(fixers, "bbbbb", "bbbbb", "bbbbb")
    fixers.pulses.show(fixers.plan, fixers.meetings)
    fixers.shelf.change(fixers.plan, held[0].id, brought_back)
    for month in (4, 5, 6):
        fixers.tap(fixers.held(month), "nnnnn")
    fixers.shelf.change(fixers.plan, held[0].id, lambda one: over(one, 6, 9))
    assert fixers.states() == ["shown", "ready"]
    fixers.pulses.show(fixers.plan, fixers.meetings)
    told = [one for each in fixers.pulses.windows(fixers.plan, fixers.meetings) for one in each.meetings]
    assert len(told) == len(set(told)) == 6


def test_two_who_show_it_at_once_show_one_picture(fixers: Community, store: Store) -> None:
    three(fixers, "bbbbb", "bbbbb", "bbbbb")
    other = Workshops(store, today=lambda: date(2026, 11, 30))
    mine, theirs = fixers.pulses, CommunityPulses(other, fixers.code)
    begun = []

    class Slow(CommunityPulses):
        """Looks, and is overtaken before it shows."""

        def _answers(self, community_id: str, meeting_id: str) -> dict[str, dict[str, object]]:
            found = super()._answers(community_id, meeting_id)
            if len(begun) < 6:
                begun.append(meeting_id)
                if len(begun) == 6:
                    theirs.show(fixers.plan, fixers.meetings)
            return found

    shown = Slow(fixers.workshops, fixers.code).show(fixers.plan, fixers.meetings)
    assert mine.windows(fixers.plan, fixers.meetings) == (shown,)
    assert len(store.ledger(f"{fixers.code}/pulse:fixers")) == 1


def test_the_frozen_picture_holds_no_pseudonym_and_no_count_of_a_meeting(
    fixers: Community, store: Store
) -> None:
    three(fixers, "bbbbbb", "ccccc", "nnnnnnn")
    fixers.pulses.show(fixers.plan, fixers.meetings)
    document = next(one for one in store.documents("release") if "pulse:" in one.key)
    told = json.dumps(document.body)
    names = [
        name
        for one in fixers.workshops.get(fixers.code).activities
        for name in fixers.workshops.private_answers(fixers.code, one.id)
    ]
    assert len(names) == 18
    assert not [
        name
        for name in names
        if name in told or name in json.dumps(store.ledger(f"{fixers.code}/pulse:fixers"))
    ]
    assert [cell["n"] for cell in document.body["cells"]] == [18]


def test_with_the_community_goes_what_was_shown_of_it_and_with_the_answers_the_ledger(
    fixers: Community, store: Store
) -> None:
    three(fixers, "bbbbb", "bbbbb", "bbbbb")
    fixers.pulses.show(fixers.plan, fixers.meetings)
    scope = f"{fixers.code}/pulse:fixers"
    assert pulse_scopes(store, fixers.code) == {scope}
    later = Workshops(store, today=lambda: date(2028, 1, 1))
    assert later.tend() == (fixers.code,)
    assert store.ledger(scope) == []
    assert fixers.states() == ["shown"]
    CommunityShelf(fixers.workshops, fixers.code).delete("fixers")
    assert pulse_scopes(store, fixers.code) == set()
    assert [one for one in store.documents("release") if one.key.startswith(fixers.code)] == []


FIVE = range(5)


def published_by_counts(sizes: tuple[int, int, int]) -> dict[tuple[int, int, int], str]:
    """What is told of "challenged" for every number of yes after each meeting: which people said it, no release sees."""
    told = {}
    for counts in itertools.product(*(range(size + 1) for size in sizes)):
        answers = [
            {
                f"p{person}": {"challenged": "yes" if person < yes else "no", "safe": "no"}
                for person in range(size)
            }
            for yes, size in zip(counts, sizes, strict=True)
        ]
        body = release_pulse("w", answers, [], texts("privacy"), start=date(2026, 12, 1), salt="s")[0].body
        told[counts] = json.dumps(body)
    return told


@pytest.mark.parametrize("sizes", [(5, 5, 5), (5, 3, 2), (5, 5, 0)])
def test_of_all_answers_of_five_people_after_three_meetings_none_is_pinned_for_anybody(
    sizes: tuple[int, int, int],
) -> None:
    """Every set of answers; what is published must leave each tap open, for a stranger and for each of the five."""
    told = published_by_counts(sizes)
    places = [(meeting, person) for meeting in range(3) for person in range(sizes[meeting])]
    mine = {person: [at for at, (_, who) in enumerate(places) if who == person] for person in FIVE}
    for published in set(told.values()):
        fitting = [
            bits
            for bits in itertools.product((0, 1), repeat=len(places))
            if told[counts_of(bits, places)] == published
        ]
        assert_open(fitting, range(len(places)))
        for own in mine.values():
            known = defaultdict(list)
            for bits in fitting:
                known[tuple(bits[at] for at in own)].append(bits)
            for seen in known.values():
                assert_open(seen, [at for at in range(len(places)) if at not in own])


@pytest.mark.parametrize("sizes", [(5, 5, 5), (5, 3, 2), (5, 5, 0)])
def test_of_no_single_meeting_the_number_of_yes_can_be_told(sizes: tuple[int, int, int]) -> None:
    told = published_by_counts(sizes)
    for published in set(told.values()):
        for meeting, size in enumerate(sizes):
            possible = {counts[meeting] for counts, said in told.items() if said == published}
            assert len(possible) >= size  # all but one of size + 1


def counts_of(bits: tuple[int, ...], places: list[tuple[int, int]]) -> tuple[int, int, int]:
    counts = [0, 0, 0]
    for bit, (meeting, _person) in zip(bits, places, strict=True):
        counts[meeting] += bit
    return (counts[0], counts[1], counts[2])


def assert_open(fitting: list[tuple[int, ...]], places: object) -> None:
    """Each of these taps may be yes and may be no."""
    some = [0] * len(fitting[0])
    every = [1] * len(fitting[0])
    for bits in fitting:
        some = [a | b for a, b in zip(some, bits, strict=True)]
        every = [a & b for a, b in zip(every, bits, strict=True)]
    assert all(some[at] == 1 and every[at] == 0 for at in places)  # type: ignore[attr-defined]


def test_a_sheet_with_one_tap_counts_for_nobody() -> None:
    assert pulse_table([{"p": {"challenged": "yes"}}]).people == {}


def test_windows_stand_by_day_so_that_their_numbers_are_those_of_the_meetings(fixers: Community) -> None:
    three(fixers, "bbbb", "bbbb", "bbbb")
    for month in (4, 5, 6):
        fixers.tap(fixers.held(month), "bbbbb")
    assert fixers.states() == ["few", "ready"]
    fixers.pulses.show(fixers.plan, fixers.meetings)
    assert fixers.states() == ["few", "shown"]
