"""The participant process over real HTTP: what is shown, taken, refused, and never kept."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from learnerfirst.serving.rehearsal import answers_for, rehearse
from tests.running import free_ports
from tests.serving.participants_site import XSRF, Site, running_participants

KEY = "7K2M9QXD0011ABCD"
ANSWERS = {"trust_1": {"today": "e", "wanted": "b"}, "trust_2": {"today": "b", "wanted": "b"}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("people")) as running:
        yield running


def send(site: Site, code: str, key: str = KEY, **changes: object) -> tuple[int, dict[str, object]]:
    body = {"activity": "learner_power", "id": key, "answers": ANSWERS, "seconds": 200, **changes}
    reply = site.post(f"/join/{code}/answers", body)
    return reply.status, reply.json


# ---- what is shown


def test_an_open_workshop_is_shown_and_its_questions_are_json(site: Site) -> None:
    code = site.workshop("Learning in Delft", referent="department", wanted_by="2027-11")
    page = site.get(f"/join/{code}")
    assert page.status == 200
    assert "Learning in Delft" in page.text
    state = site.get(f"/join/{code}/state").json
    assert state["state"] == "open"
    sheet = site.get(state["sheet"]).json["sheet"]
    assert len(sheet["questions"]) == 11
    assert "my department" in json.dumps(sheet)
    assert sheet["texts"]["wanted"] == "And by November 2027?"


def test_codes_are_found_however_they_are_typed(site: Site) -> None:
    code = site.workshop()
    for typed in (code.lower(), f"%20{code}%20", f"{code[:2]}-{code[2:]}"):
        reply = site.get(f"/join/{typed}")
        assert (reply.status, reply.headers["location"]) == (303, f"/join/{code}")
    assert site.get(f"/?code={code.lower()}").headers["location"] == f"/join/{code}"


def test_a_workshop_without_questions_waits(site: Site) -> None:
    code = site.workshops.create("Nothing yet").code
    assert site.get(f"/join/{code}").status == 200
    assert site.get(f"/join/{code}/state").json["state"] == "waiting"


def test_closed_and_expired_codes_are_gone_and_say_so(site: Site) -> None:
    code = site.workshop()
    site.workshops.close_activity(code, "learner_power")
    closed = site.get(f"/join/{code}")
    assert closed.status == 410
    assert "This round is closed" in closed.text
    expired = site.workshop()
    site.workshops.save(replace(site.workshops.get(expired), expires="2020-01-01"))
    assert site.get(f"/join/{expired}").status == 410
    assert send(site, expired)[0] == 410


@pytest.mark.parametrize("path", ["/join/QQQQQ", "/join/QQ", "/quiz/no-such-quiz", "/?code=QQQQQ"])
def test_unknown_codes_get_a_friendly_page_with_404(site: Site, path: str) -> None:
    reply = site.get(path)
    assert reply.status == 404
    assert "<form" in reply.text
    assert 'lang="en"' in reply.text


def test_the_lasting_quiz_is_there_from_the_first_start(site: Site) -> None:
    assert site.get("/quiz/self-serve").status == 200
    assert site.get("/quiz/self-serve/state").json["state"] == "open"


PATHS = [
    "/%ff", "/join/%ff", "/join/%00", "/join/..%2f..%2fetc%2fpasswd", "/../../etc/passwd", "/static/../look.css",
    "/static/%2e%2e/look.css", "/static/look.css", "/join/", "/join//state", "/join/A/B/C", "/quiz/%F0%9F%98%80",
    f"/join/{'A' * 3000}", "/join/ABCD/sheet-zz.json", "/learnerfirst.db", "//", "/%", "/join/%E0%A4%A", "/?code=%ff",
    "/voila/render/00_start.ipynb", "/voila/static/main.js", "/api/kernels", "/api/contents", "/lab", "/tree",
    "/login", "/projector/ABCD", "/notebooks/00_start.ipynb", "/files/x", "/terminals", "/static/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_unknown_and_malformed_paths_and_facilitator_routes_are_our_404(site: Site, path: str) -> None:
    reply = site.get(path)
    assert reply.status in (400, 404) if path.startswith("/?") else reply.status == 404
    assert reply.headers["content-security-policy"].startswith("default-src 'self'")
    assert "Traceback" not in reply.text
    assert "<form" in reply.text or '"error"' in reply.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_without_an_error_of_ours(site: Site, method: str) -> None:
    code = site.workshop()
    assert site.ask(method, f"/join/{code}", headers=XSRF).status in (400, 404, 405)


def test_link_previews_may_ask_for_the_head_only(site: Site) -> None:
    code = site.workshop()
    assert site.ask("HEAD", f"/join/{code}").status == 200


def test_pages_hold_no_inline_script_or_style_and_name_no_other_host(site: Site) -> None:
    code = site.workshop()
    send(site, code)
    found = site.form("/mine", code=code, key=KEY, do="see")
    for reply in (site.get("/"), site.get(f"/join/{code}"), site.get("/mine"), site.get("/nowhere"), found):
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", reply.text)
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', reply.text)
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["cache-control"] == "no-store"
        assert "server" not in reply.headers


def test_static_files_have_names_that_change_with_their_content_and_are_kept(site: Site) -> None:
    page = site.get("/").text
    for path in re.findall(r'href="(/static/[^"]+)"', page):
        reply = site.get(path, {"Accept-Encoding": "gzip"})
        assert "immutable" in reply.headers["cache-control"]
        assert reply.headers["content-encoding"] == "gzip"


# ---- what is taken


def test_answers_are_stored_once_however_often_they_are_sent(site: Site) -> None:
    code = site.workshop()
    with ThreadPoolExecutor(8) as threads:
        replies = list(threads.map(lambda _: send(site, code), range(40)))
    assert {status for status, _ in replies} == {200}
    assert site.workshops.count(code, "learner_power") == 1
    assert site.workshops.mine(code, "learner_power", KEY) == ANSWERS


def test_the_reply_holds_the_own_result(site: Site) -> None:
    code = site.workshop()
    sheet = site.get(site.get(f"/join/{code}/state").json["sheet"]).json["sheet"]
    answers = {question["id"]: {"today": "b", "wanted": "f"} for question in sheet["questions"]}
    html = send(site, code, answers=answers)[1]["html"]
    assert "Today: Blended. Wanted: Facilitated." in html
    assert "<svg" in html
    assert "<title" in html


def test_too_few_answers_for_a_position_are_stored_and_said_so(site: Site) -> None:
    code = site.workshop()
    status, reply = send(site, code)
    assert status == 200
    assert "No position this time" in reply["html"]
    assert site.workshops.count(code, "learner_power") == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"answers": {"trust_1": {"today": "zzz"}}}, 422),
        ({"answers": {"nothing": 1}}, 422),
        ({"answers": [1]}, 422),
        ({"answers": None}, 422),
        ({"id": "short"}, 400),
        ({"id": 7}, 400),
        ({"id": "U" * 16}, 400),
        ({"activity": ""}, 400),
        ({"activity": {"a": 1}}, 400),
        ({"activity": "no_such_activity"}, 404),
    ],
)
def test_what_does_not_fit_is_refused_and_not_stored(
    site: Site, changes: dict[str, object], status: int
) -> None:
    code = site.workshop()
    assert send(site, code, **changes)[0] == status
    assert site.workshops.count(code, "learner_power") == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 40_000, b'{"a": NaN}', b"null"]
)
def test_a_body_that_is_no_json_object_is_a_bad_request(site: Site, body: bytes) -> None:
    code = site.workshop()
    assert site.post(f"/join/{code}/answers", body).status == 400


def test_a_body_over_64_kib_is_refused(site: Site) -> None:
    code = site.workshop()
    assert send(site, code, padding="x" * 60_000)[0] == 200
    assert send(site, code, padding="x" * 66_000)[0] == 413


def test_a_closed_activity_takes_nothing_and_says_gone(site: Site) -> None:
    code = site.workshop()
    site.workshops.close_activity(code, "learner_power")
    assert send(site, code)[0] == 410
    assert site.workshops.count(code, "learner_power") == 0


def test_posting_needs_the_token_of_our_own_cookie(site: Site) -> None:
    code = site.workshop()
    body = {"activity": "learner_power", "id": KEY, "answers": ANSWERS}
    assert site.ask("POST", f"/join/{code}/answers", body).status == 403
    other = {**XSRF, "Cookie": f"_xsrf={XSRF['X-XSRFToken']}"}
    assert site.ask("POST", f"/join/{code}/answers", body, other).status == 403


@pytest.mark.parametrize(
    ("seconds", "fast"), [(89, True), (90, False), (None, False), ("1", False), (-5, False)]
)
def test_a_flag_says_fast_under_90_seconds_and_no_time_is_kept(
    site: Site, seconds: object, fast: bool
) -> None:
    code = site.workshop()
    send(site, code, seconds=seconds)
    stored = site.workshops.my_data(code, "learner_power", KEY)
    assert stored is not None
    assert stored["fast"] is fast
    assert "seconds" not in json.dumps(stored)


def test_every_kind_of_question_is_taken(site: Site) -> None:
    code = site.workshop(questionnaire="all_kinds")
    answers = {
        "one": "a",
        "many": ["x", "z"],
        "pick": "s",
        "line": "<i>&",
        "level": {"today": 2, "wanted": 5},
        "hours": 1.5,
    }
    status, reply = send(site, code, activity="all_kinds", answers=answers)
    assert status == 200
    assert "&lt;i&gt;&amp;" in reply["html"]
    assert "<i>&" not in reply["html"]
    assert site.workshops.mine(code, "all_kinds", KEY) == answers


def test_three_hundred_people_behind_one_address_get_in(site: Site) -> None:
    code = site.workshop()
    done = rehearse(site.url, code, 300, within=6, seed=3)
    assert done.errors == ()
    assert done.stored == 300
    assert site.workshops.count(code, "learner_power") == 300


def test_a_rehearsal_with_the_same_seed_answers_the_same(site: Site) -> None:
    first, second = site.workshop(), site.workshop()
    one, two = (rehearse(site.url, code, 5, within=0.1, seed=9) for code in (first, second))
    assert one.ids == two.ids
    for key in one.ids:
        assert site.workshops.mine(first, "learner_power", key) == site.workshops.mine(
            second, "learner_power", key
        )


def test_simulated_people_answer_every_kind_of_question(site: Site) -> None:
    import random

    code = site.workshop(questionnaire="all_kinds")
    sheet = site.get(site.get(f"/join/{code}/state").json["sheet"]).json["sheet"]
    asked = site.workshops.questionnaire(code, "all_kinds")
    for seed in range(50):
        asked.validate(answers_for(sheet, random.Random(seed)), require_complete=True)


# ---- one's own answers, later


def test_a_key_shows_exports_and_deletes_ones_answers(site: Site) -> None:
    code = site.workshop()
    send(site, code)
    typed = f"{KEY[:4]}-{KEY[4:8]} {KEY[8:12].lower()}-oo11"[:15] + KEY[12:]
    seen = site.form("/mine", code=code.lower(), key=typed, do="see")
    assert seen.status == 200
    assert "Your answers" in seen.text
    exported = site.form("/mine", code=code, key=KEY, do="export")
    assert exported.json["stored"]["learner_power"]["answers"] == ANSWERS
    assert "attachment" in exported.headers["content-disposition"]
    kept = site.form("/mine", code=code, key=KEY, do="download")
    assert kept.text.startswith("<!doctype html>")
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", kept.text)
    assert "Delete these answers?" in site.form("/mine", code=code, key=KEY, do="delete").text
    assert site.workshops.count(code, "learner_power") == 1
    assert "Your answers are deleted" in site.form("/mine", code=code, key=KEY, do="confirm").text
    assert site.workshops.count(code, "learner_power") == 0
    assert site.form("/mine", code=code, key=KEY, do="see").status == 404


def test_a_key_in_an_address_does_nothing(site: Site) -> None:
    code = site.workshop()
    send(site, code)
    reply = site.get(f"/mine?code={code}&key={KEY}&do=confirm")
    assert KEY not in reply.text
    assert site.workshops.count(code, "learner_power") == 1


def test_a_key_works_for_a_lasting_quiz_by_its_name(site: Site) -> None:
    site.post("/quiz/self-serve/answers", {"activity": "learner_power", "id": KEY, "answers": ANSWERS})
    assert site.form("/mine", code="Self-Serve", key=KEY, do="see").status == 200


def test_a_mark_is_shown_and_taken_back_in_an_open_room_only(site: Site) -> None:
    code = site.workshop(room="open")
    send(site, code)
    assert site.get(f"/join/{code}/state").json["mark"] is True
    body = {"activity": "learner_power", "id": KEY, "shown": True}
    assert site.post(f"/join/{code}/mark", body).json == {"shown": True}
    assert site.workshops.my_mark(code, "learner_power", KEY)
    assert site.post(f"/join/{code}/mark", {**body, "shown": False}).json == {"shown": False}
    assert not site.workshops.my_mark(code, "learner_power", KEY)
    other = site.workshop()
    send(site, other)
    assert site.post(f"/join/{other}/mark", body).status == 409


# ---- what is never kept


def test_nothing_of_the_sender_is_stored_or_logged(site: Site) -> None:
    code = site.workshop()
    key = "ZZZZ9QXD0011ABCD"
    agent = {"User-Agent": "A-very-special-phone/7", "X-Forwarded-For": "203.0.113.77"}
    body = {"activity": "learner_power", "id": key, "answers": ANSWERS, "seconds": 123.456}
    assert site.post(f"/join/{code}/answers", body, agent).status == 200
    site.post(f"/join/{code}/answers", {**body, "answers": {"trust_1": {"today": "no"}}}, agent)
    with sqlite3.connect(site.folder / "answers.db") as base:
        kept = "\n".join(base.iterdump())
    base.close()
    for secret in (key, "special-phone", "203.0.113.77", "127.0.0.1", "123.456"):
        assert secret not in kept
    said = site.log.read_text()
    for secret in (key, code, "127.0.0.1:", "special-phone", "trust_1"):
        assert secret not in said.replace(site.url, "")


PAYLOADS = [
    "<script>x()</script>", "'\"><img src=x onerror=x()>", "</textarea><svg/onload=x()>", "{{7*7}}", "{% raw x %}",
    "javascript:x()", "&lt;script&gt;", "\u2028</script><script>x()", "\x1b[31m", "<!--", "]]>", "%3Cscript%3E",
]  # fmt: skip


def test_what_people_send_comes_back_as_text_only(site: Site) -> None:
    from urllib.parse import quote

    title = "<script>x()</script>\"'>"
    code = site.workshop(title, "all_kinds", referent="<img src=x onerror=x()>")
    pages = [site.get(f"/join/{code}").text]
    for number, payload in enumerate(PAYLOADS):
        answers = {"line": payload[:60], "story": payload * 3}
        key = f"{number:016d}"
        sent = site.post(f"/join/{code}/answers", {"activity": "all_kinds", "id": key, "answers": answers})
        pages += [sent.json["html"], site.form("/mine", code=code, key=key, do="see").text]
        pages += [
            site.form("/mine", code=code, key=key, do="download").text,
            site.form("/mine", code=payload, key=payload).text,
        ]
        pages += [
            site.get(f"{path}{quote(payload)}").text
            for path in ("/?code=", "/join/", "/quiz/", "/mine?code=", "/")
        ]
    for page in pages:
        assert "<script>x" not in page
        assert "<img src=x" not in page
        assert "<svg/onload" not in page


# ---- guessing


def test_guessing_is_stopped_for_strangers_and_the_room_goes_on(tmp_path: object) -> None:
    with running_participants(tmp_path, "--failures", "5", "--failures-window", "600") as site:  # type: ignore[arg-type]
        code, other = site.workshop(), site.workshop()
        inside = site.get(f"/join/{code}").headers["set-cookie"]
        known = {"Cookie": re.search(r"lf_people_pass=\w+", inside)[0]}  # type: ignore[index]
        assert [site.get("/join/QQQQQ").status for _ in range(7)] == [404] * 5 + [429] * 2
        refused = site.get(f"/join/{other}")
        assert refused.status == 429
        assert "wait a minute" in refused.text
        assert site.get(f"/join/{other}", known).status == 429
        assert site.get(f"/join/{code}", known).status == 200
        elsewhere = {"X-Forwarded-For": "203.0.113.9"}
        assert site.get(f"/join/{other}", elsewhere).status == 429


def test_forwarded_addresses_are_believed_only_when_told(tmp_path: object) -> None:
    with running_participants(tmp_path, "--failures", "2", "--proxy-headers") as site:  # type: ignore[arg-type]
        code = site.workshop()
        for _ in range(3):
            site.get("/join/QQQQQ", {"X-Forwarded-For": "203.0.113.9"})
        assert site.get(f"/join/{code}", {"X-Forwarded-For": "203.0.113.9"}).status == 429
        assert site.get(f"/join/{code}", {"X-Forwarded-For": "203.0.113.10"}).status == 200


def test_wrong_keys_count_as_guesses(tmp_path: object) -> None:
    with running_participants(tmp_path, "--failures", "3", "--failures-window", "600") as site:  # type: ignore[arg-type]
        code = site.workshop()
        statuses = [
            site.form("/mine", code=code, key=f"{number:016d}", do="see").status for number in range(5)
        ]
        assert statuses == [404, 404, 404, 429, 429]


# ---- behind a proxy, and as a process


def test_under_a_path_of_an_intranet(tmp_path: object) -> None:
    arguments = ("--public-url", "https://intra.example/learn/", "--frame-ancestors", "https://intra.example")
    with running_participants(tmp_path, *arguments) as site:  # type: ignore[arg-type]
        code = site.workshop()
        for base in ("", "/learn"):
            page = site.get(f"{base}/join/{code}")
            assert page.status == 200
            assert "frame-ancestors https://intra.example" in page.headers["content-security-policy"]
            assert "x-frame-options" not in page.headers
            links = re.findall(r'(?:href|src|action)="([^"]*)"', page.text)
            assert links
            assert all(link.startswith("/learn/") for link in links)
            assert "Path=/learn/" in page.headers["set-cookie"]
            assert "Secure" in page.headers["set-cookie"]
            assert site.get(f"{base}/?code={code}").headers["location"] == f"/learn/join/{code}"
            assert site.get(f"{base}/join/{code}/state").json["sheet"].startswith("/learn/join/")
        assert site.get("/learn/alive").json == {"alive": True}
        assert site.get("/learn/static/").status == 404


def test_it_ends_with_its_parent_and_on_a_signal(tmp_path: object) -> None:
    with running_participants(tmp_path) as site:  # type: ignore[arg-type]
        assert site.stop() == 0
        site.start()
        site.process.send_signal(signal.SIGTERM)
        assert site.process.wait(timeout=10) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "{taken}"], "is taken"),
        (["--port", "{free}", "--frame-ancestors", "x; script-src *"], "frame-ancestors"),
        (["--port", "{free}", "--public-url", "intra.example"], "public-url"),
    ],
)
def test_what_stops_it_from_starting_is_said_in_a_sentence(
    site: Site, arguments: list[str], said: str
) -> None:
    ports = {"taken": site.port, "free": free_ports(1)[0]}
    filled = [argument.format(**ports) for argument in arguments]
    base = f"sqlite:///{site.folder / 'answers.db'}"
    command = [sys.executable, "-m", "learnerfirst.serving.participants", "--database-url", base, *filled]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_answers_survive_the_end_of_the_process(tmp_path: object) -> None:
    with running_participants(tmp_path) as site:  # type: ignore[arg-type]
        code = site.workshop()
        assert send(site, code)[0] == 200
        site.process.kill()
        site.process.wait()
        site.start()
        assert site.post(f"/join/{code}/own", {"activity": "learner_power", "id": KEY}).status == 200
