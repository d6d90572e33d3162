"""Exports of forums and chats: counted by month, faults named by cell, nobody's key left in what is kept."""

from __future__ import annotations

import json
from datetime import date

import pytest

from learnerfirst.communities import Month, activity_from
from learnerfirst.errors import UnreadableFile
from learnerfirst.exchange.activity_files import read_activity

TODAY = date(2026, 11, 22)
FORUM = b"""Username;Posted;Type;Text
ana;03.10.2026 09:12;New topic;secret words
bo;13.10.2026 10:00;Reply;x
fay;14.11.2026 10:00;Topic;x
ana;15.11.2026 11:00;comment;x
"""


def test_a_forum_is_counted_by_month() -> None:
    found = read_activity(FORUM).counted(TODAY, running=["fay"])
    assert found.faults == ()
    assert found.activity.months == (Month("2026-10", 1, 1, 1), Month("2026-11", 1, 0, 1))
    assert (found.activity.first, found.activity.last, found.activity.people) == (
        date(2026, 10, 3),
        date(2026, 11, 15),
        2,
    )


def test_no_key_and_no_word_is_kept() -> None:
    kept = json.dumps(read_activity(FORUM).counted(TODAY).activity.as_dict())
    assert not any(word in kept for word in ("ana", "fay", "secret"))
    assert activity_from(json.loads(kept)) == read_activity(FORUM).counted(TODAY).activity


def test_a_chat_tells_by_what_a_post_replies_to() -> None:
    chat = b"user,ts,thread_ts\nU1,1764000000.000200,\nU2,1764000060.000100,1764000000.000200\nU3,1764000070,null\n"
    table = read_activity(chat)
    assert table.people() == {"U1": 1, "U2": 1, "U3": 1}
    assert table.counted(TODAY).activity.months == (Month("2025-11", 2, 2, 1),)


def test_american_days_are_recognised_and_said() -> None:
    found = read_activity(b"user,date,kind\na,10/30/2026,started\na,11/2/2026,started\n").counted(TODAY)
    assert [month.month for month in found.activity.months] == ["2026-10", "2026-11"]
    assert "month_first" in [note.kind for note in found.notes]


def test_cells_that_do_not_fit_are_named_and_left_out() -> None:
    file = b"user,date,kind\na,2026-10-30,started\n,2026-10-30,started\nb,soon,started\nc,2027-01-01,started\nd,2026-10-30,smiled\n"
    table = read_activity(file)
    found = table.counted(TODAY)
    assert [(fault.row, fault.kind) for fault in found.faults] == [
        (3, "no_person"),
        (4, "no_time"),
        (5, "later"),
        (6, "no_kind"),
    ]
    assert found.activity.months == (Month("2026-10", 1, 1, 0),)
    assert table.unknown_kinds() == {"smiled": 1}
    again = table.counted(TODAY, kinds={"smiled": "answered"})
    assert again.activity.months == (Month("2026-10", 1, 1, 1),)


def test_a_day_outside_any_calendar_is_no_day() -> None:
    file = b"user,date,kind\na,0001-01-01,started\nb,1899-12-31,started\nc,2026-10-30,started\n"
    found = read_activity(file).counted(TODAY)
    assert [(fault.row, fault.kind) for fault in found.faults] == [(2, "no_time"), (3, "no_time")]
    assert activity_from(found.activity.as_dict()) == found.activity


def test_columns_can_be_said() -> None:
    file = b"who,at,what\na,2026-10-30,started\n"
    table = read_activity(file, columns={"person": "who", "time": "at", "kind": "what"})
    assert table.counted(TODAY).activity.people == 1
    with pytest.raises(UnreadableFile) as error:
        read_activity(file, columns={"person": "whose", "time": "at", "kind": "what"})
    assert "whose" in str(error.value)


def test_everything_that_lacks_is_said_at_once() -> None:
    with pytest.raises(UnreadableFile) as error:
        read_activity(b"colour,size\nred,3\n")
    assert len(error.value.faults) == 3


def test_a_file_without_a_row_that_counts_says_so() -> None:
    with pytest.raises(UnreadableFile) as error:
        read_activity(b"user,date,kind\na,soon,started\n").counted(TODAY)
    assert len(error.value.faults) == 2


def test_a_chat_that_gives_every_post_a_thread_tells_its_first_post_by_its_own_time() -> None:
    chat = b"user,ts,thread_ts,text\nU1,1764000000.000200,1764000000.000200,a\nU2,1764000060.000100,1764000000.000200,b\n"
    assert read_activity(chat).counted(TODAY).activity.months == (Month("2025-11", 1, 1, 1),)


def test_a_forum_that_numbers_its_posts_starts_a_thread_with_the_first() -> None:
    forum = b"username,created_at,topic_id,post_number,reply_to_post_number\na,2026-10-02,7,1,\nb,2026-10-03,7,2,\nc,2026-10-03,7,3,2\n"
    assert read_activity(forum).counted(TODAY).activity.months == (Month("2026-10", 1, 1, 2),)
    odd = read_activity(forum + b"d,2026-10-03,7,last,\n").counted(TODAY)
    assert [(fault.row, fault.kind) for fault in odd.faults] == [(5, "no_kind")]


def test_headings_that_come_from_an_interface_are_known_too() -> None:
    chat = b"from.user.displayName,createdDateTime,id,replyToId,body.content\nAna,2026-10-02T08:00:00Z,1,,a\nBo,2026-10-02T09:00:00Z,2,1,b\n"
    assert read_activity(chat).counted(TODAY).activity.months == (Month("2026-10", 1, 1, 1),)
