"""The inbox: files come in by HTTP behind the token, whole or not at all, and leave again."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from learnerfirst.errors import InvalidInput, StoreFull
from learnerfirst.exchange import inbox as inbox_module
from learnerfirst.exchange.inbox import LARGEST, MOST_FILES, Inbox, plain_name
from learnerfirst.exchange.spreadsheets import FOR_PAGES, read_table
from tests.running import TOKEN, Workbook, running_workbook


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    with running_workbook(tmp_path_factory.mktemp("inbox")) as running:
        yield running


def send(
    workbook: Workbook, body: Any, name: str = "people.csv", **headers: str
) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", workbook.port, timeout=60)
    try:
        told = {"Authorization": f"token {TOKEN}", **headers}
        chunked = "Transfer-Encoding" in headers
        connection.request("POST", f"/inbox?name={name}", body, told, encode_chunked=chunked)
        answer = connection.getresponse()
        text = answer.read().decode()
        return answer.status, json.loads(text) if text.startswith("{") else {}
    finally:
        connection.close()


def uploads(workbook: Workbook) -> list[str]:
    return sorted(path.name for path in (workbook.folder / "inbox" / "uploads").glob("*"))


def waits(condition: Any) -> bool:
    end = time.monotonic() + 10
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_fifty_megabytes_arrive_whole_and_can_be_read(workbook: Workbook) -> None:
    row = b"007," + b"x" * 480 + b",NA\n"
    body = b"id,note,team\n" + row * ((LARGEST - 13) // len(row))
    assert len(body) > LARGEST - 500
    status, told = send(workbook, body)
    assert (status, told["size"]) == (200, len(body))
    inbox = Inbox(workbook.folder / "inbox")
    sheet = read_table(inbox.path(told["name"]), limits=replace(FOR_PAGES, rows=110_000))
    assert sheet.rows[-1] == ("007", "x" * 480, "NA")
    assert inbox.done(told["name"])
    assert uploads(workbook) == []


def test_more_is_refused_before_it_is_sent_with_what_to_do(workbook: Workbook) -> None:
    with socket.create_connection(("127.0.0.1", workbook.port), timeout=10) as raw:
        head = f"POST /inbox?name=a.csv HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: token {TOKEN}\r\nContent-Length: {LARGEST + 1}\r\n\r\n"
        raw.sendall(head.encode())
        said = b""
        while b"message" not in said:
            said += raw.recv(4000)
    assert b" 413 " in said.split(b"\r\n")[0]
    assert b"at most 50 MB" in said
    assert uploads(workbook) == []


def test_more_than_was_said_is_refused_too(workbook: Workbook) -> None:
    pieces = (b"x" * 1_000_000 for _ in range(LARGEST // 1_000_000 + 2))
    status, told = send(workbook, pieces, **{"Transfer-Encoding": "chunked"})
    assert (status, told["error"]) == (413, "too_large")
    assert uploads(workbook) == []


def test_an_empty_file_is_refused(workbook: Workbook) -> None:
    assert send(workbook, b"")[0] == 400
    assert uploads(workbook) == []


def test_a_line_that_breaks_leaves_nothing(workbook: Workbook) -> None:
    with socket.create_connection(("127.0.0.1", workbook.port), timeout=10) as raw:
        head = f"POST /inbox?name=a.csv HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: token {TOKEN}\r\nContent-Length: 9000\r\n\r\n"
        raw.sendall(head.encode() + b"half of it")
        assert waits(lambda: uploads(workbook))
    assert waits(lambda: not uploads(workbook))


def test_without_the_token_or_the_pages_own_secret_nothing_is_taken(workbook: Workbook) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", workbook.port, timeout=10)
    connection.request("POST", "/inbox?name=a.csv", b"id\n1\n")
    assert connection.getresponse().status in (302, 403)
    opened = http.client.HTTPConnection("127.0.0.1", workbook.port, timeout=10)
    opened.request("GET", f"/?token={TOKEN}")
    cookies = [
        value.split(";")[0]
        for name, value in opened.getresponse().getheaders()
        if name.lower() == "set-cookie"
    ]
    assert cookies
    other = http.client.HTTPConnection("127.0.0.1", workbook.port, timeout=10)
    other.request("POST", "/inbox?name=a.csv", b"id\n1\n", {"Cookie": "; ".join(cookies)})
    assert other.getresponse().status == 403
    assert uploads(workbook) == []


def test_names_lose_their_folders_and_a_second_one_gets_a_number(workbook: Workbook) -> None:
    first = send(workbook, b"id,a\n1,2\n", "..%2F..%2Fetc%2Fteam.csv")[1]
    second = send(workbook, b"id,a\n1,2\n", "team.csv")[1]
    assert (first["title"], second["title"]) == ("team.csv", "team (2).csv")
    assert uploads(workbook) == ["team (2).csv", "team.csv"]
    listed = json.loads(workbook.get("/inbox").text)["files"]
    assert {one["title"] for one in listed} == {"team.csv", "team (2).csv"}
    for one in listed:
        Inbox(workbook.folder / "inbox").done(one["name"])


def test_a_file_put_into_the_inbox_by_hand_is_listed_and_stays(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox")
    assert inbox.files() == ()
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "hr.xlsx").write_bytes(b"x")
    (tmp_path / "inbox" / ".hidden").write_bytes(b"x")
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "inbox" / "link.csv").symlink_to(tmp_path / "secret")
    assert [(one.name, one.uploaded) for one in inbox.files()] == [("hr.xlsx", False)]
    assert inbox.path("hr.xlsx").read_bytes() == b"x"
    assert not inbox.done("hr.xlsx")
    for name in ("../secret", "link.csv", "/etc/passwd", "", "uploads/../hr.xlsx", "a\0b"):
        with pytest.raises(InvalidInput):
            inbox.path(name)


def test_uploads_are_deleted_after_a_day_and_what_was_put_there_is_not(tmp_path: Path) -> None:
    clock = [time.time()]
    inbox = Inbox(tmp_path, lambda: clock[0])
    inbox.room_for(10)
    part = inbox.begin("a.csv")
    part.write_bytes(b"id\n")
    inbox.finish(part)
    inbox.begin("b.csv").write_bytes(b"half")
    (tmp_path / "mine.csv").write_bytes(b"id\n")
    assert {one.title for one in inbox.files()} == {"a.csv", "mine.csv"}
    clock[0] += inbox_module.A_DAY + 60
    assert {one.title for one in inbox.files()} == {"mine.csv"}
    assert list(inbox.uploads.iterdir()) == []


def test_too_many_files_or_no_room_is_said(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    with pytest.raises(StoreFull, match="no room"):
        inbox.room_for(10**18)
    for number in range(MOST_FILES):
        (inbox.uploads / f"{number}.csv").write_bytes(b"x")
    with pytest.raises(StoreFull, match="waiting"):
        inbox.room_for(1)


@pytest.mark.parametrize(
    "title", ["", ".", "..", "a/b", "a\\b", "con:", "x" * 300 + ".csv", "\0", "../../etc", "ü?.csv"]
)
def test_no_name_leads_out_of_the_inbox(title: str) -> None:
    name = plain_name(title)
    assert name
    assert name not in (".", "..")
    assert not set(name) & set("/\\\0:?")
    assert len(name) <= 80
