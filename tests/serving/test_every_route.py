"""Every route that the two servers have, read from their own tables: who gets in, and what no request can break."""

from __future__ import annotations

import http.client
import re
import socket
import string
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from voila.utils import get_voila_labextensions_path

from learnerfirst.serving.participants.application import _routes as people_routes
from learnerfirst.serving.routes import ASSETS, routes
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_shelf import CommunityShelf
from tests.running import TOKEN, Workbook, running_workbook

TOO_MANY = 429
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "FOO")
OPEN_TO_ALL = ("/alive", "/login", "/assets/(.+)", "/voila/static/(.+)")
OPEN_TO_ALL += ("/voila/templates/(lab/static/.+)", "/voila/labextensions/(.+)")
FACILITATOR = [
    str(pattern)
    for pattern, *_ in routes(
        SimpleNamespace(base_url="/", static_paths=[], workbook=SimpleNamespace(notebook=""), open_store=None)
    )[:-1]
]
PEOPLE = [pattern for pattern, *_ in people_routes("")]
LETTERS = string.ascii_letters + string.digits + "-_./"
some = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    with running_workbook(tmp_path_factory.mktemp("routes")) as running:
        yield running


def ask(port: int, method: str, path: str, token: bool) -> int:
    """The status of one request, its path sent as it stands; a connection that breaks is an error."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest(method, path)
        if token:
            connection.putheader("Authorization", f"token {TOKEN}")
        connection.putheader("Content-Length", "0")
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


def paths_of(pattern: str) -> st.SearchStrategy[str]:
    """Addresses that a route answers to, with whatever letters its pattern lets through."""
    letters = st.from_regex(rf"\A{pattern}\Z", alphabet=LETTERS)
    return letters.map(lambda path: quote(path, safe="/-_."))


def test_the_tables_hold_what_we_know_of() -> None:
    assert set(OPEN_TO_ALL) <= set(FACILITATOR)
    assert any("projector" in pattern for pattern in FACILITATOR)
    assert any("channels" in pattern for pattern in FACILITATOR)
    assert any("answers" in pattern for pattern in PEOPLE)
    assert any("communities" in pattern for pattern in FACILITATOR)
    assert sum("community/" in pattern for pattern in PEOPLE) == 2


@pytest.mark.parametrize("pattern", [pattern for pattern in FACILITATOR if pattern not in OPEN_TO_ALL])
@some
@given(data=st.data())
def test_no_route_of_the_facilitator_opens_without_the_token(
    workbook: Workbook, pattern: str, data: st.DataObject
) -> None:
    path = data.draw(paths_of(pattern))
    for method in METHODS:
        status = ask(workbook.port, method, path, token=False)
        assert status in ((302, 403, 404, 405) if method != "OPTIONS" else (204, 302, 403, 404, 405)), (
            method,
            path,
        )
        assert method != "GET" or status in (302, 403), path


@pytest.mark.parametrize("pattern", FACILITATOR)
@some
@given(
    data=st.data(),
    query=st.sampled_from(["", "?theme=%ff", "?code=%00&x[]=1", "?next=%0d%0a", "?" + "a" * 3000]),
)
def test_no_request_breaks_the_facilitators_server(
    workbook: Workbook, pattern: str, data: st.DataObject, query: str
) -> None:
    path = data.draw(paths_of(pattern))
    for method in METHODS:
        assert ask(workbook.port, method, path + query, token=True) < 500, (method, path, query)


@pytest.mark.parametrize("pattern", PEOPLE)
@some
@given(
    data=st.data(), query=st.sampled_from(["", "?code=%ff", "?key=%00&x[]=1", "?do=%0d%0a", "?" + "a" * 3000])
)
def test_no_request_breaks_the_participant_pages(
    workbook: Workbook, pattern: str, data: st.DataObject, query: str
) -> None:
    path = data.draw(paths_of(pattern))
    for method in METHODS:
        assert ask(workbook.participants_port, method, path + query, token=False) < 500, (method, path, query)


@settings(some, max_examples=40)
@given(
    parts=st.lists(
        st.sampled_from(
            ["..", "%2e%2e", "%00", "%ff", "%c3%28", "%", "%zz", "//", "\\", "%5c", ";", "*", "a" * 3000]
        )
        | st.text(min_size=1, max_size=12).map(lambda text: quote(text, safe="")),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_no_path_of_ours_is_404_on_both_servers(workbook: Workbook, parts: list[str]) -> None:
    path = "/no-such-place/" + "/".join(parts)
    for port in (workbook.port, workbook.participants_port):
        for token in (True, False):
            assert ask(port, "GET", path, token) == 404, path


NO_IDS = (
    "..", ".", "%2e%2e", "%2e%2e%2ffixers", "fixers%00", "fixers%2f", "fixers;x", "fixers%0d%0ax", "FIXERS", "fixers:m1", "_fixers",
    "f%C3%BCxers", "%ff", "%", "%zz", "'--", "fixers'%20or%20'1", "%25", "*", "f" * 41, "f" * 3000, "-", "fixers%20", "no_such_one",
)  # fmt: skip
FILES_ASKED = (
    "plan.html",
    "minutes.html",
    "count.csv",
    "meetings.ics",
    "",
    "x",
    "..",
    "%00",
    "../plan.html",
    "plan.html%00",
)


def test_no_id_of_a_community_but_its_own_opens_anything(workbook: Workbook) -> None:
    """In a workshop that has one: malformed and unknown ids are 404 on both servers, never an error of ours."""

    def people(path: str) -> int:
        """The answer of the participant pages; who asks more than a full room would is asked to wait, and does."""
        while (status := ask(workbook.participants_port, "GET", path, token=False)) == TOO_MANY:
            pass
        return status

    with open_store(workbook.store_url) as store:
        workshops = Workshops(store)
        code = workshops.create("Plant north").code
        CommunityShelf(workshops, code).begin("Fixers", "Fewer repeat faults")
    assert ask(workbook.port, "GET", f"/communities/{code}/fixers/plan.html", token=True) == 200
    assert people(f"/join/{code}/community/fixers") == 200
    for one in NO_IDS:
        for name in FILES_ASKED:
            path = f"/communities/{code}/{one}/{name}"
            assert ask(workbook.port, "GET", path, token=True) == 404, path
        for path in (f"/join/{code}/community/{one}", f"/join/{code}/community/{one}/meetings.ics"):
            assert people(path) == 404, path
        assert ask(workbook.port, "GET", f"/projector/{code}?view=plan_{one}", token=True) in (200, 400), one
    for name in FILES_ASKED[4:]:
        assert ask(workbook.port, "GET", f"/communities/{code}/fixers/{name}", token=True) == 404, name


def test_what_is_open_to_all_comes_from_installed_packages(workbook: Workbook) -> None:
    data = workbook.folder.resolve()
    folders = [Path(path).resolve() for path in (*ASSETS, *get_voila_labextensions_path())]
    assert folders
    assert not [
        folder for folder in folders if folder == data or data in folder.parents or folder in data.parents
    ]


LINES = (
    b"GET /\xff\xfe HTTP/1.1",
    b"GET  HTTP/1.1",
    b"GET / HTTP/9.9",
    b"\x16\x03\x01",
    b"GET /" + b"a" * 70_000,
)


@pytest.mark.parametrize("line", LINES, ids=["no-text", "no-path", "no-version", "tls", "too-long"])
def test_what_is_no_request_breaks_neither_server(workbook: Workbook, line: bytes) -> None:
    for port in (workbook.port, workbook.participants_port):
        assert not re.match(rb"HTTP/1\.1 5", first_words(port, line))
        assert ask(port, "GET", "/alive", token=False) == 200


def first_words(port: int, line: bytes) -> bytes:
    """What a server says to this line; nothing where it hangs up, as it may."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        try:
            raw.sendall(line + b"\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return raw.recv(100)
        except (ConnectionResetError, BrokenPipeError):
            return b""
