"""Simulated people over real HTTP: they join, read the questions, answer and submit, as phones do.

For the facilitator's rehearsal, for tests and for measurements. The same seed gives the same people.
"""

from __future__ import annotations

import asyncio
import json
import math
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tornado.httpclient import HTTPResponse
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from learnerfirst.errors import InvalidInput, ServingError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_COMMENTS = ("More time to try things out.", "Short meetings, on a fixed day.", "Let us choose the topics.")

Answers = Callable[[Mapping[str, Any], random.Random], dict[str, object]]


@dataclass(frozen=True)
class Rehearsal:
    """What came of it. ``seconds``: duration of every request, in order of arrival; ``ids``: keys of the answers."""

    people: int
    stored: int
    errors: tuple[str, ...]
    seconds: tuple[float, ...] = field(repr=False)
    ids: tuple[str, ...] = field(repr=False)

    def percentile(self, share: float) -> float:
        """Duration that this share (0-1) of the requests did not exceed, in seconds; 0.0 without requests."""
        ordered = sorted(self.seconds)
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0

    def __str__(self) -> str:
        times = f"{len(self.seconds)} requests, p50 {self.percentile(0.5):.3f} s, p99 {self.percentile(0.99):.3f} s"
        return "\n".join([f"{self.stored} of {self.people} stored; {times}", *self.errors[:10]])


def rehearse(
    url: str,
    code: str,
    people: int = 12,
    *,
    within: float = 5.0,
    seed: int = 1,
    where: str = "join",
    assets: bool = False,
    kind: str = "",
    tickets: Sequence[str] = (),
    answers: Answers | None = None,
) -> Rehearsal:
    """Let ``people`` arrive at ``url``/join/CODE within ``within`` seconds; see :func:`rehearse_async`.

    Not to be called where an event loop runs (a notebook): use ``await rehearse_async(...)`` there.
    """
    return asyncio.run(
        rehearse_async(
            url,
            code,
            people,
            within=within,
            seed=seed,
            where=where,
            assets=assets,
            kind=kind,
            tickets=tickets,
            answers=answers,
        )
    )


async def rehearse_async(
    url: str,
    code: str,
    people: int = 12,
    *,
    within: float = 5.0,
    seed: int = 1,
    where: str = "join",
    assets: bool = False,
    kind: str = "",
    guess: bool = False,
    tickets: Sequence[str] = (),
    done: Callable[[bool], None] = lambda _stored: None,
    answers: Answers | None = None,
) -> Rehearsal:
    """Simulated people arrive evenly spread; ``assets`` makes each fetch scripts and styles too, as a new phone does.

    Errors are collected, not raised; InvalidInput for fewer than one person. With ``kind`` ("rehearsal") nobody
    answers in a workshop of another kind. With ``guess`` most guess the room afterwards, where that is asked. ``tickets``: one-time codes, one for each person. ``done`` is called after each person, True when their answers were stored.
    ``answers``: what a person says to a questionnaire, by default :func:`answers_for`.
    """
    if people < 1:
        raise InvalidInput(f"{people} people cannot rehearse; at least 1 is needed")
    client = SimpleAsyncHTTPClient(force_instance=True, max_clients=max(64, people))
    crowd = [_Person(client, url.rstrip("/"), f"{where}/{code}", seed, number) for number in range(people)]

    for one, ticket in zip(crowd, tickets, strict=False):
        one.ticket = ticket
    for one in crowd:
        one.says = answers or answers_for

    async def visit(one: _Person, after: float) -> None:
        await asyncio.sleep(after)
        await one.visit(assets, kind, guess)
        done(one.stored)

    try:
        await asyncio.gather(*(visit(one, within * at / people) for at, one in enumerate(crowd)))
    finally:
        client.close()
    return Rehearsal(
        people=people,
        stored=sum(one.stored for one in crowd),
        errors=tuple(error for one in crowd for error in one.errors),
        seconds=tuple(second for one in crowd for second in one.seconds),
        ids=tuple(one.id for one in crowd),
    )


class _Person:
    """One simulated phone."""

    def __init__(self, client: SimpleAsyncHTTPClient, url: str, path: str, seed: int, number: int) -> None:
        self.client, self.url, self.base = client, url, f"{url}/{path}"
        self.random = random.Random(f"{seed}/{number}")
        self.id = "".join(self.random.choice(_ALPHABET) for _ in range(16))
        self.cookies: dict[str, str] = {}
        self.seconds: list[float] = []
        self.errors: list[str] = []
        self.stored = False
        self.ticket = ""
        self.says: Answers = answers_for

    async def visit(self, assets: bool, kind: str, guess: bool) -> None:
        """Join, read, submit; what goes wrong is noted."""
        try:
            page = await self.fetch(self.base)
            if assets:
                for path in _links(page.body.decode()):
                    await self.fetch(_origin(self.url) + path)
            if self.ticket:
                await self.fetch(
                    f"{self.base}/code",
                    {"ticket": self.ticket, "_xsrf": self.cookies["lf_people_xsrf"]},
                    form=True,
                )
            state = json.loads((await self.fetch(f"{self.base}/state")).body)
            if state["state"] != "open":
                raise ServingError(f"the page is {state['state']}, not open")
            if kind and state["kind"] != kind:
                raise ServingError(
                    f"this workshop is {state['kind']}, no {kind}; simulated people stay out of it"
                )
            sheet = json.loads((await self.fetch(_origin(self.url) + state["sheet"])).body)
            body = {
                "activity": state["activity"],
                "id": self.id,
                "answers": self.says(sheet["sheet"], self.random),
                "seconds": self.random.randint(60, 500),
            }
            reply = json.loads((await self.fetch(f"{self.base}/answers", body)).body)
            self.stored = bool(reply.get("saved"))
            if guess and self.random.random() < 0.8:
                await self.guess(state["activity"], sheet.get("guess") or ())
        except (OSError, ServingError, ValueError, KeyError) as error:
            self.errors.append(f"{type(error).__name__}: {error}")

    async def guess(self, activity: str, questions: Sequence[Mapping[str, Any]]) -> None:
        """Guess the room, under a key of its own: most think that few want to move."""
        if not questions:
            return
        at = self.random.choice((0, 1, 1, 2))
        places = {
            name: question["options"][min(at + step, len(question["options"]) - 1)]["id"]
            for name, question, step in zip(("today", "wanted"), questions, (0, at % 2), strict=True)
        }
        key = "".join(self.random.choice(_ALPHABET) for _ in range(16))
        await self.fetch(f"{self.base}/guess", {"activity": activity, "id": key, "guess": places})

    async def fetch(
        self, url: str, body: Mapping[str, object] | None = None, *, form: bool = False
    ) -> HTTPResponse:
        """One request with this person's cookies; ServingError unless it succeeds."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {
                "X-XSRFToken": self.cookies.get("lf_people_xsrf", ""),
                "Content-Type": "application/x-www-form-urlencoded" if form else "application/json",
            }
        sent = None if body is None else urlencode(body) if form else json.dumps(body)
        start = time.perf_counter()
        reply = await self.client.fetch(
            url,
            method="GET" if body is None else "POST",
            body=sent,
            follow_redirects=not form,
            headers=headers,
            raise_error=False,
            request_timeout=60,
            connect_timeout=60,
        )
        self.seconds.append(time.perf_counter() - start)
        for cookie in reply.headers.get_list("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if reply.code >= 400:
            raise ServingError(
                f"{reply.code} for {'GET' if body is None else 'POST'} {url.removeprefix(self.url)}"
            )
        return reply


def answers_for(sheet: Mapping[str, Any], chance: random.Random) -> dict[str, object]:
    """Plausible answers of one person to a questionnaire as front ends get it.

    A person leans to one side throughout, wants a little more more often than less, and now and then can't say.

    >>> sheet = {"questions": [{"id": "q", "kind": "single", "options": [{"id": "a"}, {"id": "b"}],
    ...          "perspectives": ["today", "wanted"], "cannot_say": False}]}
    >>> sorted(answers_for(sheet, random.Random(1))["q"])
    ['today', 'wanted']
    """
    lean = min(1.0, max(0.0, chance.gauss(0.4, 0.18)))
    answers: dict[str, object] = {}
    for question in sheet["questions"]:
        if question["cannot_say"] and chance.random() < 0.03:
            continue
        if not question["perspectives"]:
            answers[question["id"]] = _value(question, lean, chance)
            continue
        more = lean + chance.choice((0.0, 0.0, 0.25, 0.35, -0.15))
        levels = [lean, *[more] * (len(question["perspectives"]) - 1)]
        answers[question["id"]] = {
            name: _value(question, level, chance)
            for name, level in zip(question["perspectives"], levels, strict=True)
        }
    return answers


def _value(question: Mapping[str, Any], level: float, chance: random.Random) -> object:
    place = min(1.0, max(0.0, chance.gauss(level, 0.2)))
    kind = question["kind"]
    if kind in ("single", "levels", "dropdown"):
        options: Sequence[Mapping[str, Any]] = question["options"]
        return options[round(place * (len(options) - 1))]["id"]
    if kind == "ranked":
        return [
            one["id"]
            for one in chance.sample(question["options"], chance.randint(1, len(question["options"])))
        ]
    if kind == "several":
        return [option["id"] for option in question["options"] if chance.random() < 0.4]
    if kind in ("scale", "number"):
        low = question["low"] if question["low"] is not None else 0
        high = question["high"] if question["high"] is not None else low + 10
        return round(low + place * (high - low))
    return chance.choice(_COMMENTS)[: question["max_length"] or 200]


def _origin(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def _links(page: str) -> list[str]:
    """Paths of the static files that a page names."""
    parts = page.replace("'", '"').split('"')
    return sorted({part for part in parts if "/static/" in part and part.startswith("/")})
