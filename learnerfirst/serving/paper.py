"""Answers on paper: ``/paper/CODE`` takes typed-in sheets, ``/paper/CODE/sheet.pdf`` prints them. No kernel."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from tornado.web import HTTPError, RequestHandler

from learnerfirst import content
from learnerfirst.errors import InvalidAnswers, NotAllowed, NotOpen, UnknownCode
from learnerfirst.exchange.sheet_pdf import Sheet, sheet_pdf
from learnerfirst.pages.learner_power.words import month_year
from learnerfirst.pages.paper_html import form, script_texts
from learnerfirst.serving.files import once
from learnerfirst.serving.participants.keys import read_key
from learnerfirst.workshops import Activity, Workshop, Workshops, purpose_of

BODY_LIMIT = 64 * 1024


class _Handler(RequestHandler):
    """What both handlers share."""

    def initialize(self, base_url: str, desk: Callable[[], Workshops]) -> None:
        """``desk`` makes, or returns, the one set of workshops of this server."""
        self.lf_base, self.lf_desk = base_url, desk

    async def workshop(self, code: str) -> Workshop:
        """The workshop; 404 when there is none."""
        self.set_header("Cache-Control", "no-store")
        try:
            return await asyncio.to_thread(self.lf_desk().get, code)
        except UnknownCode:
            raise HTTPError(404) from None

    def asked(self, workshop: Workshop, activity: Activity) -> Mapping[str, Any]:
        """The questions of a round, as a front end gets them."""
        fills = {"referent": workshop.referent, "month_year": month_year(workshop.wanted_by)}
        return self.lf_desk().questionnaire(workshop.code, activity.id).for_front_end(fills)


class Paper(_Handler):
    """``/paper/CODE``: the form, and what it sends."""

    async def get(self, code: str) -> None:
        """The page; without an open round it says so."""
        workshop = await self.workshop(code)
        words, activity = content.texts("paper"), workshop.current
        texts = words["page"]
        assert self.xsrf_token  # reading it sets the cookie that the page sends back
        if not takes_paper(activity):
            inside = f"<p>{escape(texts['closed_title'])}</p><p>{escape(texts['closed_hint'])}</p>"
            self.show(workshop, texts, f'<section class="note warn">{inside}</section>', "")
            return
        assert activity is not None
        quiz = await asyncio.to_thread(self.asked, workshop, activity)
        later = texts["later"].format(month_year=month_year(workshop.wanted_by, short=True))
        address = f"{self.lf_base}paper/{workshop.code}"
        links = (
            f'<p class="links"><a class="button plain" href="{escape(address)}/sheet.pdf">{escape(texts["print"])}</a>'
            f'<a class="button plain" href="{escape(address)}/sheet.pdf?turned=1">{escape(texts["print_turned"])}</a></p>'
            f'<p class="small quiet">{escape(texts["turned_help"])}</p><p>{escape(texts["how"])}</p>'
        )
        settings = json.dumps({"address": address, "texts": script_texts(texts)}, ensure_ascii=False)
        self.show(workshop, texts, links + form(quiz, texts, later), settings)

    def show(self, workshop: Workshop, texts: Mapping[str, Any], inside: str, settings: str) -> None:
        """The page around ``inside``; the script is there where there is something to type."""
        base, kinds = escape(self.lf_base), content.texts("take_home")["kinds"]
        mark = (
            ""
            if workshop.kind == "real"
            else f' <span class="tag guess">{escape(kinds[workshop.kind])}</span>'
        )
        script = f'<script src="{base}assets/paper.js" type="module"></script>' if settings else ""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(texts['title'].format(title=workshop.title))}</title>"
            f'<link rel="icon" href="{base}assets/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="{base}assets/look.css">'
            f'<link rel="stylesheet" href="{base}assets/paper.css">{script}</head><body data-settings="{escape(settings)}"><main>'
            f'<h1>{escape(texts["heading"])}{mark}</h1><p class="quiet">{escape(workshop.title)} · {escape(workshop.code)}</p>'
            f"<p>{escape(texts['lead'])}</p>{inside}</main></body></html>"
        )

    async def post(self, code: str) -> None:
        """Save a sheet, once however often it is sent, or take the last one back; 410 when the round is closed."""
        workshop = await self.workshop(code)
        body, activity = self.read(), workshop.current
        key, answers = read_key(body.get("id")), body.get("answers")
        if key is None or activity is None or not (takes_paper(activity) or body.get("undo") is True):
            raise HTTPError(400 if key is None else 410)
        if body.get("undo") is True:
            await asyncio.to_thread(self.lf_desk().delete_mine, workshop.code, activity.id, key)
        elif not isinstance(answers, dict) or not answers:
            raise HTTPError(422)
        else:
            await asyncio.to_thread(self.save, workshop.code, activity.id, key, answers)
        self.finish({"saved": True})

    def read(self) -> Mapping[str, Any]:
        """The body as a JSON object; 400 if it is none."""
        if len(self.request.body) > BODY_LIMIT:
            raise HTTPError(413)
        try:
            found = json.loads(self.request.body.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise HTTPError(400) from error
        if not isinstance(found, dict):
            raise HTTPError(400)
        return found

    def save(self, code: str, activity: str, key: str, answers: Mapping[str, object]) -> None:
        """Store the sheet, and apart from it that one came on paper."""
        workshops = self.lf_desk()
        try:
            workshops.submit(code, activity, key, answers)
            workshops.came_by(code, activity, key, "paper")
        except InvalidAnswers:
            raise HTTPError(422) from None
        except (NotOpen, NotAllowed, UnknownCode):
            raise HTTPError(410) from None


class PrintedSheet(_Handler):
    """``/paper/CODE/sheet.pdf``: the questions of the open round on paper; ``?turned=1`` turns the options round."""

    async def get(self, code: str) -> None:
        """The PDF; 404 while no round is open."""
        workshop = await self.workshop(code)
        activity = workshop.current
        if not takes_paper(activity):
            raise HTTPError(404)
        assert activity is not None
        turned = self.get_query_argument("turned", "") == "1"
        made = await asyncio.to_thread(self.drawn, workshop, activity, turned)
        name = f"sheet-{workshop.code}{'-turned' if turned else ''}.pdf"
        self.set_header("Content-Type", "application/pdf")
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(made)

    def drawn(self, workshop: Workshop, activity: Activity, turned: bool) -> bytes:
        """The sheet with what this room was told."""
        texts, room = content.texts("paper")["sheet"], content.texts("participant")["rooms"]
        chosen = room.get(workshop.room, "")
        consent = texts["consent"] if not chosen else f"{texts['consent_small']} {chosen}"
        wanted = texts["wanted"].format(month_year=month_year(workshop.wanted_by))
        mark = "" if workshop.kind == "real" else content.texts("take_home")["kinds"][workshop.kind]
        told = {**texts, "consent": consent, "wanted": wanted}
        return sheet_pdf(
            Sheet(self.asked(workshop, activity), told, workshop.title, workshop.code, mark, turned)
        )


def takes_paper(activity: Activity | None) -> bool:
    """Whether sheets of paper can be typed in now: what is asked is open, without codes, and nothing to hide from a typist."""
    if activity is None or activity.state != "open" or activity.access != "open":
        return False
    return purpose_of(activity).paper


def handlers(base_url: str, store_factory: Callable[[], Any]) -> list[tuple[Any, ...]]:
    """Routes below ``base_url`` (it ends with a slash); mount them behind the token."""
    options = {"base_url": base_url, "desk": once(store_factory)}
    code = r"([A-Za-z]{3,8})"
    return [
        (rf"{base_url}paper/{code}", Paper, options),
        (rf"{base_url}paper/{code}/sheet\.pdf", PrintedSheet, options),
    ]
