"""The projector view of a workshop: one plain page that follows the workshop's state; large, few words, no kernel."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from tornado.web import HTTPError, RequestHandler

from learnerfirst.charts import continuum_svg
from learnerfirst.content import load_questionnaire, texts
from learnerfirst.errors import UnknownCode
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.learner_power.words import finding, month_year
from learnerfirst.pages.qr import qr_svg
from learnerfirst.workshops import Presence, Workshops, minutes_left

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class View:
    """What the projector shows: ``state`` names it, ``html`` draws it, ``version`` changes with every difference."""

    state: str
    html: str

    @property
    def version(self) -> str:
        """A short digest of what is shown."""
        return hashlib.sha256(self.html.encode()).hexdigest()[:16]


class Projector:
    """Draws the view of a workshop from the store; ``theme`` is light or dark."""

    def __init__(self, workshops: Workshops, addresses: Addresses) -> None:
        self.workshops, self.addresses = workshops, addresses
        self.presence = Presence(workshops.store)
        self.words, self.charts = texts("projector"), texts("charts")
        self.findings = texts("learner_power")["finding"]

    def view(self, code: str, theme: str = "light") -> View:
        """What to show now; UnknownCode when there is no such workshop."""
        workshop = self.workshops.get(code)
        activity = workshop.current
        count = 0 if activity is None else self.workshops.count(workshop.code, activity.id)
        release = None
        if activity is not None and activity.state == "revealed":
            release = self.workshops.release(workshop.code, activity.id)
        state = _state(activity, count, release)
        if state == "revealed" and release is not None:
            middle = self._revealed(release.body, workshop, theme)
        elif state == "invite":
            middle = self._invite(workshop, self._time(activity))
        else:
            still = self.presence.here(workshop.code).answering if state == "answering" else 0
            middle = self._counting(state, count, still, self._time(activity))
        return View(state, f"{self._mark(workshop)}{middle}{self._foot(workshop, state, count)}")

    def _mark(self, workshop: Any) -> str:
        if workshop.kind == "real":
            return ""
        return f'<p class="mark">{escape(self.words[workshop.kind])}</p>'

    def _time(self, activity: Any) -> str:
        """What the activity's timer still runs, in whole minutes; empty without a timer."""
        minutes = minutes_left(self.workshops.seconds_left(activity))
        if minutes is None:
            return ""
        words = self.words[{0: "time_up", 1: "time_last"}.get(minutes, "time_left")].format(minutes=minutes)
        return f'<p class="time">{escape(words)}</p>'

    def _qr(self, workshop: Any) -> str:
        return qr_svg(self.addresses.join(workshop.code), self.words["qr"])

    def _address(self, workshop: Any) -> str:
        return escape(
            self.addresses.join(workshop.code).split("://", 1)[-1].removesuffix(f"/{workshop.code}")
        )

    def _invite(self, workshop: Any, time: str) -> str:
        words = self.words
        return (
            f'<div class="invite"><div class="qr big">{self._qr(workshop)}</div><div><h1>{escape(workshop.title)}</h1>'
            f'<p>{escape(words["invite_heading"])}</p><p class="address">{self._address(workshop)}</p>'
            f'<p class="code huge">{escape(workshop.code)}</p>{time}</div></div>'
        )

    def _counting(self, state: str, count: int, still: int, time: str) -> str:
        words = self.words
        if state == "wait":
            return f'<div class="middle"><h1>{escape(words["wait"])}</h1><p>{escape(words["wait_help"])}</p></div>'
        known = {0: "none", 1: "one"}.get(count, "many")
        name = f"answering_{known}{'_of' if still else ''}"
        said = (
            words["closed"]
            if state == "closed"
            else words[name].format(count=count, total=count + still, still=still)
        )
        return (
            f'<div class="middle"><p class="count" aria-hidden="true">{count}</p><h1>{escape(said)}</h1>'
            f"{time}<p>{escape(words['private'])}</p></div>"
        )

    def _revealed(self, body: Mapping[str, Any], workshop: Any, theme: str) -> str:
        head = f"<h1>{escape(finding(body, self.findings, self.charts))}</h1>"
        if body.get("hidden"):
            said = "".join(
                f"<p>{escape(str(body['hidden'].get(name, '')))}</p>" for name in ("why", "what_helps")
            )
            return f'<div class="middle">{head}{said}</div>'
        picture = ""
        if body.get("today"):
            wanted = self.charts["wanted_by"].format(month_year=month_year(workshop.wanted_by, short=True))
            labels = {**self.charts, "wanted": wanted}
            picture = continuum_svg(
                body["today"], body.get("wanted"), layout="projector", texts=labels, theme=theme
            )
        return f'<div class="result">{head}{picture}{self._talk(body)}</div>'

    def _talk(self, body: Mapping[str, Any]) -> str:
        points = body.get("talking_points") or ()
        if not points:
            return ""
        first = points[0]
        prompt = f" {escape(str(first.get('prompt') or ''))}"
        return f'<p class="talk"><strong>{escape(str(first["words"]))}</strong>{prompt}</p>'

    def _foot(self, workshop: Any, state: str, count: int) -> str:
        if state == "invite":
            return f'<footer><p class="quiet">{escape(self.words["private"])}</p></footer>'
        known = {0: "none", 1: "one"}.get(count, "many")
        said = (
            escape(self.words[f"answering_{known}"].format(count=count))
            if state == "revealed"
            else escape(workshop.title)
        )
        return (
            f'<footer><p class="quiet">{said}</p><div class="join"><div><p class="quiet">{escape(self.words["join"])} '
            f'{self._address(workshop)}</p><p class="code">{escape(workshop.code)}</p></div>'
            f'<div class="qr small">{self._qr(workshop)}</div></div></footer>'
        )


def _state(activity: Any, count: int, release: Any) -> str:
    if activity is None:
        return "wait"
    if release is not None:
        return "revealed"
    if activity.state != "open":
        return "closed"
    return "answering" if count else "invite"


class _Handler(RequestHandler):
    """What both handlers share: where things are, and a projector made once."""

    def initialize(self, base_url: str, projector: Callable[[Mapping[str, Any]], Projector]) -> None:
        """``projector`` makes, or returns, the one projector of this server."""
        self.lf_base, self.lf_projector = base_url, projector

    async def look(self, code: str) -> tuple[Any, str]:
        """The view of a workshop and the theme that was asked for; 404 when there is no such code."""
        theme = self.get_query_argument("theme", "light")
        theme = theme if theme in THEMES else "light"
        self.set_header("Cache-Control", "no-store")
        drawn = self.lf_projector(self.settings)
        try:
            return await asyncio.to_thread(drawn.view, code, theme), theme
        except UnknownCode:
            raise HTTPError(404) from None


class ProjectorPage(_Handler):
    """``/projector/CODE``: the page, drawn already, so that it shows at once."""

    async def get(self, code: str) -> None:
        """The page; its script asks for the state and swaps what differs."""
        view, theme = await self.look(code)
        words = self.lf_projector(self.settings).words
        other = "light" if theme == "dark" else "dark"
        base, name = escape(self.lf_base), escape(code)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(
            f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(words["title"].format(title=code))}</title>'
            f'<link rel="icon" href="{base}assets/icon.svg" type="image/svg+xml">'
            f'<link rel="stylesheet" href="{base}assets/projector.css"><script src="{base}assets/projector.js" defer></script></head>'
            f'<body data-state-url="{base}projector/{name}/state?theme={theme}" data-lost="{escape(words["lost"])}">'
            f'<a class="theme" href="?theme={other}">{escape(words[other])}</a><p id="lost" role="alert" hidden></p>'
            f'<main id="view" data-state="{view.state}" data-version="{view.version}">{view.html}</main></body></html>'
        )


class ProjectorState(_Handler):
    """``/projector/CODE/state``: what is shown now, as JSON."""

    async def get(self, code: str) -> None:
        """``state``, ``version`` and ``html``."""
        view, _theme = await self.look(code)
        self.finish({"state": view.state, "version": view.version, "html": view.html})


def handlers(
    base_url: str, store_factory: Callable[[], Any], join_url: str | None = None
) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
    """Routes of the projector view below ``base_url`` (it ends with a slash); mount them behind the token.

    ``store_factory`` opens the store when the first view is asked for. ``join_url`` is the participant pages'
    address; None takes what the facilitator's server tells its kernels, else the environment.
    """
    made: list[Projector] = []

    def projector(settings: Mapping[str, Any]) -> Projector:
        if not made:
            server = settings.get("learnerfirst")
            told = {**os.environ, **(getattr(server, "kernel_environment", None) or {})}
            addresses = Addresses(join_url) if join_url else Addresses.from_environment(told)
            made.append(Projector(Workshops(store_factory(), load_questionnaire), addresses))
        return made[0]

    options = {"base_url": base_url, "projector": projector}
    code = r"([A-Za-z]{3,8})"
    return [
        (rf"{base_url}projector/{code}", ProjectorPage, options),
        (rf"{base_url}projector/{code}/state", ProjectorState, options),
    ]
