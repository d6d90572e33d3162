"""The facilitator's server against the attack list of "Serving, hardened"; one running server for all of them."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

from tests.running import TOKEN, Workbook, get
from tests.serving.servers import COMM, alive, eventually, kernel_of, notebook, post, serving
from tests.serving.talking import run, talk

NOBODY = "00000000-0000-4000-8000-000000000000"
SECRET = "not-for-kernels"
PAGES = {
    "00_start": notebook("print('start')", title='Start <script>alert("title")</script>'),
    "probe": notebook("import os, json", COMM, "print(json.dumps(sorted(os.environ)))"),
    "broken": notebook("print('before')", "1 / 0  # the-code-itself", "print('after')"),
}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    folder = tmp_path_factory.mktemp("security")
    home = folder / "home"
    _hostile_home(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("A_PASSWORD_IN_THE_SHELL", SECRET)
        with serving(folder, PAGES, poll=0.2) as running:
            yield running


def _hostile_home(home: Path) -> None:
    """A user's own Jupyter and IPython configuration that would weaken the server, or run code in kernels."""
    (home / ".jupyter").mkdir(parents=True)
    weak = {"VoilaConfiguration": {"file_allowlist": [".*"], "show_tracebacks": True}, "Voila": {"token": ""}}
    for name in ("voila.json", "jupyter_config.json", "jupyter_server_config.json"):
        (home / ".jupyter" / name).write_text(json.dumps(weak))
    startup = home / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00-own.py").write_text("print('the-users-own-startup-file')")


@pytest.fixture(scope="module")
def probe(workbook: Workbook) -> str:
    """A kernel whose page was opened."""
    return kernel_of(workbook.get("/page/probe").text)


CLOSED = [
    "/",
    "/page/00_start",
    "/page/probe?theme=dark",
    f"/alive/{NOBODY}",
    f"/api/kernels/{NOBODY}",
    f"/api/kernels/{NOBODY}/channels",
    "/projector/ABCD",
]


@pytest.mark.parametrize("path", CLOSED)
def test_without_the_token_every_route_is_closed(workbook: Workbook, path: str) -> None:
    answer = workbook.anonymous(path)
    assert answer.status_code in (302, 403)
    if answer.status_code == 302:
        assert answer.headers["location"].startswith("/login")


@pytest.mark.parametrize("path", ["/alive", "/login", "/assets/look.css", "/voila/static/voila.js"])
def test_the_login_and_the_packages_own_files_are_open(workbook: Workbook, path: str) -> None:
    assert workbook.anonymous(path).status_code == 200


def test_a_wrong_token_opens_nothing(workbook: Workbook) -> None:
    assert get(f"{workbook.facilitator_url}/page/00_start?token=wrong").status_code == 302
    assert get(workbook.facilitator_url + "/", {"Authorization": "token wrong"}).status_code == 302


def test_the_links_token_is_swapped_for_a_cookie_and_leaves_the_address(workbook: Workbook) -> None:
    answer = get(f"{workbook.facilitator_url}/page/00_start?code=ABCD&token={TOKEN}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/page/00_start?code=ABCD"
    cookie = answer.headers["set-cookie"]
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    opened = get(workbook.facilitator_url + "/", {"Cookie": cookie.split(";")[0]})
    assert opened.headers["location"] == "/page/00_start"


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example", "http:///evil.example"]
)
def test_the_login_sends_nobody_to_another_host(workbook: Workbook, target: str) -> None:
    answer = workbook.get(f"/login?next={urllib.parse.quote(target, safe='')}")
    assert not urllib.parse.urlsplit(answer.headers["location"]).netloc


def test_ending_a_kernel_needs_the_cookie_and_its_xsrf_value(workbook: Workbook, probe: str) -> None:
    login = get(f"{workbook.facilitator_url}/page/00_start?token={TOKEN}")
    cookie = login.headers["set-cookie"].split(";")[0]
    address = f"{workbook.facilitator_url}/voila/api/shutdown/{probe}"
    for headers in ({}, {"Cookie": cookie}):
        assert _post(address, headers) == 403
    assert alive(workbook, probe) == 200


def _post(url: str, headers: dict[str, str]) -> int:
    import urllib.error
    import urllib.request

    try:
        with urllib.request.urlopen(urllib.request.Request(url, b"", headers, method="POST")) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


PAYLOADS = [
    '"><script>alert(1)</script>',
    "'-alert(1)-'",
    "../../../etc/passwd",
    "{{7*7}}",
    "dark",
    "classic",
]


def test_no_parameter_of_the_address_changes_a_page(workbook: Workbook) -> None:
    plain = _page_without_ids(workbook.get("/page/00_start").text)
    for payload in PAYLOADS:
        quoted = urllib.parse.quote(payload, safe="")
        names = ("theme", "template", "voila-theme", "voila-template", "classic-tree", "next", "x")
        query = "&".join(f"{name}={quoted}" for name in names)
        assert _page_without_ids(workbook.get(f"/page/00_start?{query}").text) == plain


def _page_without_ids(html: str) -> str:
    return re.sub(r"[0-9a-f-]{36}", "(id)", html)


def test_the_title_of_a_notebook_is_escaped(workbook: Workbook) -> None:
    html = workbook.get("/page/00_start").text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


NOT_OURS = [
    "/voila/tree",
    "/voila/render/00_start.ipynb",
    "/voila/api/contents",
    "/voila/files/home/.jupyter/voila.json",
    "/voila/files/picture.png",
    "/files/learnerfirst.db",
    "/learnerfirst.db",
    "/assets/learnerfirst.db",
    "/assets/../../data/texts/cli.yaml",
    "/assets/..%2f..%2f..%2f..%2fpyproject.toml",
    "/assets/%2e%2e/%2e%2e/facilitator.py",
    "/assets//etc/passwd",
    "/assets/",
    "/voila/static/../../../../../../etc/passwd",
    "/voila/static/..%2f..%2f..%2fetc%2fpasswd",
    "/voila/templates/x",
    "/voila/templates/lab/x",
    "/voila/templates/lab/static/..%2f..%2f..%2fconf.json",
    "/voila/templates/..%2flab/static/index.css",
    "/voila/labextensions/jupyterlab_pygments/static/style.js",
    "/voila/labextensions/anywidget/package.json",
    "/voila/labextensions/anywidget/static/../../../../../etc/passwd",
    "/voila/api/themes/x",
    "/api",
    "/api/kernels",
    "/api/kernelspecs",
    "/api/sessions",
    "/api/terminals",
    "/api/contents",
    "/page/",
    "/page/unknown",
    "/page/00_start.ipynb",
    "/page/../00_start",
    "/page/%2e%2e",
    "/page/a/b",
    "/%00",
    "/assets/%00",
    "/voila/static/%00",
    "/assets/" + "a" * 5000,
    "/%ff%fe",
    "/page/%c3%28",
    "/assets/%ff",
    "/alive/nothing",
    "/api/kernels/nothing/channels",
    "/join/ABCD",
    "/quiz/x",
    "/nowhere?theme=%ff",
]


@pytest.mark.parametrize("path", NOT_OURS)
def test_unknown_and_malformed_paths_get_our_404(workbook: Workbook, path: str) -> None:
    for answer in (workbook.get(path), workbook.anonymous(path)):
        if path == "/page/unknown" and answer.status_code == 302:
            continue  # a well-formed name: whoever has no token does not learn which pages there are
        assert answer.status_code == 404
        assert "There is no such page" in answer.text
        assert "Traceback" not in answer.text


def test_the_participant_process_knows_no_facilitator_route(workbook: Workbook) -> None:
    for path in (
        "/page/00_start",
        "/login",
        "/api/kernels",
        f"/alive/{NOBODY}",
        "/projector/ABCD",
        "/voila/static/voila.js",
    ):
        assert get(f"{workbook.participant_url}{path}?token={TOKEN}").status_code == 404


def test_every_answer_carries_the_strict_headers(workbook: Workbook) -> None:
    for path in ("/page/00_start", "/login", "/nowhere", "/assets/look.css"):
        headers = workbook.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


def test_pages_name_no_other_host(workbook: Workbook) -> None:
    html = workbook.get("/page/probe").text
    assert not re.findall(r"""(?:src|href|url\()\s*=?\s*["']?\s*(?:https?:)?//""", html)


def test_a_foreign_host_name_is_refused_on_loopback(workbook: Workbook) -> None:
    answer = get(f"{workbook.facilitator_url}/page/00_start?token={TOKEN}", {"Host": "rebound.example"})
    assert answer.status_code == 403


ORDERS = [
    (
        "execute_request",
        {
            "code": "CODE",
            "silent": False,
            "store_history": False,
            "user_expressions": {},
            "allow_stdin": True,
        },
    ),
    ("complete_request", {"code": "CODE", "cursor_pos": 3}),
    ("inspect_request", {"code": "print", "cursor_pos": 3, "detail_level": 1}),
    ("history_request", {"output": True, "raw": True, "hist_access_type": "tail", "n": 9}),
    ("is_complete_request", {"code": "CODE"}),
    (
        "debug_request",
        {"seq": 1, "type": "request", "command": "evaluate", "arguments": {"expression": "CODE"}},
    ),
    ("input_reply", {"value": "CODE"}),
    ("create_subshell_request", {}),
    ("connect_request", {}),
    ("usage_request", {}),
]


def _says_nothing(heard: dict[str, Any]) -> bool:
    """What a busy kernel writes into its own log: that it wrote comes through, and not one letter of it."""
    return heard["header"]["msg_type"] == "stream" and heard["content"]["text"] == ""


@pytest.mark.parametrize("modern", [True, False], ids=["protocol-v1", "protocol-json"])
def test_no_channel_takes_an_order_to_run_code(
    workbook: Workbook, probe: str, tmp_path: Path, modern: bool
) -> None:
    marker = tmp_path / "ran"
    code = f"open({str(marker)!r}, 'w').close()"

    async def attack() -> list[str]:
        page = await talk(workbook, probe, modern=modern)
        for channel in ("shell", "control", "stdin", "iopub"):
            for kind, content in ORDERS:
                await page.say(
                    channel, kind, json.loads(json.dumps(content).replace("CODE", code.replace('"', "")))
                )
        for channel in ("shell", "control"):
            await page.say(channel, "kernel_info_request", {})
            await page.hear("kernel_info_reply")
        comm = await _comm(page, fail=False)
        assert comm["content"]["data"]["pid"] > 1
        page.connection.close()
        return [heard["header"]["msg_type"] for heard in page.heard if not _says_nothing(heard)]

    heard = run(attack())
    assert not marker.exists()
    allowed = {"kernel_info_reply", "status", "comm_msg", "comm_open", "comm_close"}
    assert set(heard) <= allowed


async def _comm(page: object, fail: bool) -> dict[str, object]:
    await page.say("shell", "comm_open", {"comm_id": "c1", "target_name": "probe", "data": {}})  # type: ignore[attr-defined]
    await page.say("shell", "comm_msg", {"comm_id": "c1", "data": {"fail": fail}})  # type: ignore[attr-defined]
    return await page.hear("error" if fail else "comm_msg")  # type: ignore[attr-defined,no-any-return]


def test_a_websocket_needs_the_token_and_our_own_origin(workbook: Workbook, probe: str) -> None:
    async def attempt(**headers: str) -> int:
        try:
            page = await talk(workbook, probe, **headers)
        except HTTPClientError as refused:
            return refused.code
        page.connection.close()
        return 101

    assert run(attempt(Authorization="")) == 403
    cookie = get(f"{workbook.facilitator_url}/?token={TOKEN}").headers["set-cookie"].split(";")[0]
    assert run(attempt(Authorization="", Cookie=cookie, Origin="http://evil.example")) == 403
    assert run(attempt(Authorization="", Cookie=cookie, Origin=workbook.facilitator_url)) == 101


def test_a_failing_cell_shows_our_message_and_nothing_of_the_code(workbook: Workbook) -> None:
    html = workbook.get("/page/broken").text
    assert "The page stops here" in html
    assert "before" in html
    for inside in ("ZeroDivisionError", "division", "Traceback", "the-code-itself", "after</pre>"):
        assert inside not in html
    assert "ZeroDivisionError" in workbook.log.read_text()


def test_kernels_get_no_secret_of_the_shell_and_no_token(workbook: Workbook) -> None:
    html = workbook.get("/page/probe").text
    names = json.loads(
        re.search(
            r"\[[^\[\]]*IPYTHONDIR[^\[\]]*\]", html.replace("&quot;", '"').replace("&#34;", '"')
        ).group()
    )  # type: ignore[union-attr]
    assert "LEARNERFIRST_JOIN_URL" in names
    assert "A_PASSWORD_IN_THE_SHELL" not in names
    assert not [name for name in names if "TOKEN" in name]


def test_nobodys_jupyter_or_ipython_configuration_is_read(workbook: Workbook) -> None:
    assert "the-users-own-startup-file" not in workbook.get("/page/00_start").text
    assert workbook.anonymous("/page/00_start").status_code == 302


def test_the_log_holds_no_kernel_id_and_no_token(workbook: Workbook, probe: str) -> None:
    workbook.get(f"/page/nowhere?token={TOKEN}")
    post(f"{workbook.facilitator_url}/voila/api/shutdown/{probe}")
    eventually(lambda: alive(workbook, probe) == 410, within=5)
    printed = workbook.log.read_text()
    after_greeting = printed.split("Ctrl+C.", 1)[1]
    assert TOKEN not in after_greeting
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}", printed)


def test_an_exception_in_a_kernel_is_told_to_the_page_without_its_text(workbook: Workbook) -> None:
    kernel = kernel_of(workbook.get("/page/probe").text)

    async def fail() -> list[dict[str, object]]:
        page = await talk(workbook, kernel)
        await page.say("shell", "comm_open", {"comm_id": "c2", "target_name": "probe", "data": {}})
        await page.say("shell", "comm_msg", {"comm_id": "c2", "data": {"fail": True}})
        await page.say("shell", "comm_msg", {"comm_id": "c2", "data": {}})
        await page.hear("comm_msg")
        page.connection.close()
        return page.heard

    heard = json.dumps(run(fail()))
    for inside in ("ZeroDivisionError", "what the traceback would show", "Traceback", "ipykernel"):
        assert inside not in heard
