"""An audit from outside: what somebody who sees a release, and knows their own answers, can work out.

Knows nothing of how things are told: it looks for other rooms that would be told in just the same words. Where it
finds none in which the others' answers differ, they are given away.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from learnerfirst import content
from learnerfirst.errors import NotAllowed, NotOpen
from learnerfirst.privacy import Asked, release, room_of
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops

TODAY = date(2026, 11, 22)
POWER = content.learner_power_content()
QUICK = POWER.questionnaire.in_form("quick").questions
TEXTS = content.texts("privacy")
Room = tuple[tuple[int, ...], ...]


def sheet(places, wanted=None):
    told = {
        question.id: {"today": question.option_ids[place]}
        for question, place in zip(QUICK, places, strict=True)
    }
    for question, place in zip(QUICK, wanted or (), strict=False):
        told[question.id]["wanted"] = question.option_ids[place]
    return told


def told(room: Room, **more) -> str:
    answers = {str(number): sheet(places) for number, places in enumerate(room)}
    whole = room_of(answers.values(), POWER, **more)
    return json.dumps(
        release(Asked("x", dict.fromkeys(answers, ""), TODAY, whole=whole), [], TEXTS, salt="s").body
    )


def dimension(number: int) -> list[int]:
    return [place for place, each in enumerate(QUICK) if each.dimension == POWER.dimensions[number].id]


def others(room: Room, own: int, number: int, tries: int, enough: int = 3, **more) -> set[object]:
    """The others' answers on one dimension, over the rooms found that look the same from seat ``own``.

    Told apart by their sum up to nine people, from ten on by how many chose each option.
    """
    draw = random.Random(f"{room}{own}{number}")
    here, items = told(room, **more), dimension(number)
    seats = [seat for seat in range(len(room)) if seat != own]

    def seen(rows) -> object:
        answers = sorted(rows[seat][item] for seat in seats for item in items)
        return sum(answers) if len(room) < 10 else tuple(answers)

    found = {seen(room)}
    for _ in range(tries):
        changed = [list(each) for each in room]
        for _step in range(draw.choice((1, 1, 2, 3, 4))):
            item, up = draw.choice(items), draw.choice((1, -1, 1, -1, 2, 3))
            make_up = draw.random() < 0.5  # somewhere else
            for where, way in ((item, up), (draw.randrange(len(QUICK)), -up if make_up else 0)):
                row = changed[draw.choice(seats)]
                row[where] = min(3, max(0, row[where] + way))
        if seen(changed) not in found and told(tuple(map(tuple, changed)), **more) == here:
            found.add(seen(changed))
            if len(found) >= enough:
                break
    return found


def flat(place: int) -> tuple[int, ...]:
    return (place,) * len(QUICK)


def spread_over(sums: list[int], n: int) -> Room:
    """A room of ``n`` with these sums of answers (of one item) by dimension, laid out from the last seat on."""
    room = [[0] * len(QUICK) for _ in range(n)]
    for number, total in enumerate(sums):
        for item in dimension(number):
            for step in range(total):
                room[n - 1 - step % n][item] += 1
    return tuple(map(tuple, room))


SOME = random.Random(7)
ROOMS = {
    "everyone at one end": (flat(0),) * 5,
    "one who differs, of five": ((2, *flat(0)[1:]), *(flat(0),) * 4),
    "one at the top of five at the bottom": (flat(2), *(flat(0),) * 4),
    "one at the bottom of six at the top": (flat(1), *(flat(3),) * 5),
    "one at the top of eight at the bottom": (flat(3), *(flat(0),) * 7),
    "as low as the told dimensions allow": spread_over([6, 10, 0, 0, 6, 0, 0, 6, 10], 5),
    "far apart on one pair": tuple(
        (*(1, 2) * 4, 0, 0, 3) if seat else (*(1, 2) * 4, 2, 2, 0) for seat in range(5)
    ),
    "all at the bottom, ten": (flat(1), *(flat(0),) * 9),
    "all at the bottom, twenty": (flat(0),) * 20,
    "any seven": tuple(tuple(SOME.choices(range(4), k=len(QUICK))) for _ in range(7)),
    "any nine": tuple(tuple(SOME.choices(range(4), (1, 4, 3, 1), k=len(QUICK))) for _ in range(9)),
}


@pytest.mark.parametrize("name", ROOMS)
def test_whoever_knows_their_own_answers_cannot_work_out_the_others(name: str) -> None:
    room = ROOMS[name]
    numbers = range(9) if len(room) < 10 else (0, 4)
    for number in numbers:
        assert len(others(room, 0, number, 3000)) >= 3, POWER.dimensions[number].id


def test_a_room_that_stands_for_more_does_not_say_that_all_stand_at_one_place() -> None:
    room = (flat(1),) * 5
    assert len(others(room, 0, 4, 100, stands_for="larger")) >= 3


@pytest.mark.parametrize("n", [10, 12])
def test_a_room_of_ten_does_not_tell_how_many_chose_each_option(n: int) -> None:
    draw = random.Random(n)
    for _ in range(3):
        room = tuple(tuple(draw.choices(range(4), (1, 4, 3, 1), k=len(QUICK))) for _seat in range(n))
        assert len(others(room, -1, 4, 1500, enough=2)) >= 2


# -- what differs between two moments


@pytest.fixture
def workshops(tmp_path: Path) -> Iterator[Workshops]:
    with open_store(f"sqlite:///{tmp_path}/store.db", migrate=True) as store:
        yield Workshops(store, today=lambda: TODAY)


def key(number: object) -> str:
    return f"key-of-a-person-{number:>04}"


def any_sheet(number: int):
    draw = random.Random(number)
    return sheet(draw.choices((1, 2), k=len(QUICK)), draw.choices((2, 3), k=len(QUICK)))


def opened(workshops: Workshops, n: int, start: int = 0, **chosen):
    made = workshops.create("Learning here", **chosen)
    activity = workshops.open_activity(made.code).id
    for number in range(start, start + n):
        workshops.submit(made.code, activity, key(number), any_sheet(number))
    return made.code, activity


INCOMPLETE = {"time_1": {"today": "e"}}


def test_sheets_that_do_not_count_bring_no_renewal_nearer(workshops: Workshops) -> None:
    code, activity = opened(workshops, 9)
    workshops.reveal(code, activity)
    workshops.reopen_activity(code, activity)
    for number in range(20, 24):
        workshops.submit(code, activity, key(number), INCOMPLETE)
    workshops.submit(code, activity, key(30), any_sheet(30))
    with pytest.raises(NotAllowed, match="Too few"):
        workshops.renew(code, activity)


def test_five_changes_of_which_one_is_on_a_dimension_do_not_tell_that_one(workshops: Workshops) -> None:
    code, activity = opened(workshops, 12)
    workshops.reveal(code, activity)
    workshops.reopen_activity(code, activity)
    for number in range(5):
        changed = any_sheet(number)
        changed["sharing_1"] = {**changed["sharing_1"], "today": "e"}
        if number == 0:
            changed["time_1"] = {**changed["time_1"], "today": "e"}
        workshops.submit(code, activity, key(number), changed)
    rows = {row["id"]: row for row in workshops.renew(code, activity).body["dimensions"]}
    assert rows["time"]["today"] is None
    assert "Fewer than five" in rows["time"]["hidden"]
    assert rows["sharing"]["today"] is not None


def test_one_complete_sheet_beside_the_marks_is_not_hidden_by_incomplete_ones(workshops: Workshops) -> None:
    code, activity = opened(workshops, 6, room="open")
    for number in range(5):
        workshops.set_mark(code, activity, key(number), True)
    for number in range(20, 24):
        workshops.submit(code, activity, key(number), INCOMPLETE)
    assert (
        workshops.reveal(code, activity).body["today"] is None
    )  # the mean less five marks would be one person


def carried(workshops: Workshops, n: int, start: int, incomplete: int = 0) -> str:
    code, activity = opened(workshops, n, start, room="carry")
    for number in range(incomplete):
        workshops.submit(code, activity, key(500 + number), INCOMPLETE)
    workshops.close_activity(code, activity)
    return code


def test_incomplete_sheets_do_not_carry(workshops: Workshops) -> None:
    code, activity = opened(workshops, 8)
    workshops.reveal(code, activity)
    with pytest.raises(NotAllowed, match="fewer than five"):
        workshops.reveal_total(code, [carried(workshops, 1, 40, incomplete=4)])


def test_a_total_of_shown_rooms_does_not_tell_who_came_after(workshops: Workshops) -> None:
    rooms = [opened(workshops, 6), opened(workshops, 6, 10)]
    for code, activity in rooms:
        workshops.reveal(code, activity)
    code, activity = rooms[0]
    workshops.reopen_activity(code, activity)
    workshops.submit(code, activity, key(99), any_sheet(99))
    workshops.close_activity(code, activity)
    with pytest.raises(NotAllowed, match="fewer than five"):
        workshops.reveal_total(rooms[1][0], [code])
    workshops.delete_mine(code, activity, key(99))
    assert workshops.reveal_total(rooms[1][0], [code]).body["n"] == 12


def test_a_refusal_does_not_count_complete_sheets(workshops: Workshops) -> None:
    said = set()
    for n in (0, 1, 4):
        code, activity = opened(workshops, n)
        with pytest.raises(NotAllowed) as refused:
            workshops.reveal(code, activity)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_picture_of_a_rehearsal_never_stands_in_a_real_workshop(workshops: Workshops) -> None:
    code, activity = opened(workshops, 5, kind="rehearsal")
    workshops.reveal(code, activity)
    for number in range(5):
        workshops.delete_mine(code, activity, key(number))
    from dataclasses import replace

    with pytest.raises(NotAllowed):
        workshops.save(replace(workshops.get(code), kind="real"))


# -- what the store keeps


def test_the_ledger_changes_with_a_correction_and_cannot_be_tried_out(workshops: Workshops) -> None:
    """Whoever reads the file must not find an answer that was corrected by trying all four in the ledger's digest."""
    from learnerfirst.privacy import changed_since
    from learnerfirst.workshops.stamping import counted

    code, activity = opened(workshops, 6)
    scope = f"{code}/{activity}"
    before = counted(workshops.store.keyed_submissions(scope), POWER, gives_stage=True)
    workshops.reveal(code, activity)
    workshops.reopen_activity(code, activity)
    other = any_sheet(0)
    other["time_1"] = {"today": "u", "wanted": "u"}
    stamps = []
    for answers in (other, any_sheet(0)):
        workshops.submit(code, activity, key(0), answers)
        now = counted(workshops.store.keyed_submissions(scope), POWER, gives_stage=True)
        stamps.append(json.dumps(now.members, sort_keys=True))
    assert len({json.dumps(before.members, sort_keys=True), *stamps}) == 3
    assert changed_since(workshops.store.ledger(scope)[0], now.members) == 1


@pytest.mark.parametrize("ended", ["closed", "reset", "deleted"])
def test_an_answer_that_was_on_its_way_is_not_stored_after_the_end(
    workshops: Workshops, monkeypatch: pytest.MonkeyPatch, ended: str
) -> None:
    code, activity = opened(workshops, 1)
    end = {
        "closed": lambda: workshops.close_activity(code, activity),
        "reset": lambda: workshops.reset_activity(code, activity),
        "deleted": lambda: workshops.delete(code),
    }[ended]
    save = workshops.store.submit
    monkeypatch.setattr(workshops.store, "submit", lambda *given, **more: (end(), save(*given, **more))[1])
    with pytest.raises(NotOpen):
        workshops.submit(code, activity, key(50), any_sheet(50))
    assert workshops.store.count(f"{code}/{activity}") == (1 if ended == "closed" else 0)


def raw(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(folder.glob("store.db*")))


def test_a_corrected_answer_is_gone_from_the_files(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/store.db", migrate=True) as store:
        store.submit("BCDFG/quiz", key(1), {"answers": {"q": "the first one"}})
        store.replace_submission("BCDFG/quiz", key(1), {"answers": {"q": "another"}})
        assert b"the first one" not in raw(tmp_path)


def test_a_lasting_quiz_loses_the_order_of_arrival_at_the_next_start(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/store.db"
    with open_store(address, migrate=True) as store:
        for number in range(12):
            store.submit("quiz/tea/quiz", key(number), {"answers": {"q": f"answer {number:02d}"}})
    with open_store(address, migrate=True) as store:
        by_key = [each["answers"]["q"] for each in store.submissions("quiz/tea/quiz")]
    content_of = raw(tmp_path)
    in_file = sorted(by_key, key=lambda each: content_of.find(each.encode()))
    assert in_file in (by_key, by_key[::-1])
