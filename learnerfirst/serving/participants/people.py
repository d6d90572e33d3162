"""The pages people see: the place to type a code, and the page of a workshop or quiz."""

from __future__ import annotations

import json
from typing import Any

import tornado.web

from learnerfirst import content
from learnerfirst.errors import UnknownCode
from learnerfirst.serving.participants.campaign import CampaignPages
from learnerfirst.serving.participants.lookup import LookupHandler
from learnerfirst.serving.participants.room import Room
from learnerfirst.serving.participants.rounds import Round, clean
from learnerfirst.serving.participants.shared import query_of, settings_of


class Home(LookupHandler):
    """``/`` asks for a code; ``/?code=ABCD`` goes on to it."""

    async def get(self) -> None:
        """The form, or a redirect to the workshop; a wrong code is named beside the field, with 404."""
        typed = self.get_query_argument("code", "")
        wrong = ""
        if typed.strip():
            try:
                found = await self.find("join", typed)
                self.redirect(f"{self.room.options.prefix}/join/{found.code}", status=303)
                return
            except UnknownCode:
                self.set_status(404)
                wrong = self.room.texts["page"]["unknown_hint"]
        self.page("home.html", typed=clean("join", typed)[:12], wrong=wrong)

    head = get


class Join(CampaignPages):
    """``/join/CODE`` and ``/quiz/NAME``: what is open now, a waiting screen, or a closed door (410)."""

    def initialize(self, where: str) -> None:
        """``where``: "join" or "quiz"."""
        self.where = where

    async def get(self, text: str) -> None:
        """The page; its script fetches the questions. Codes have one spelling, others are redirected to it."""
        found = await self.find(self.where, text)
        prefix, device = self.room.options.prefix, self.get_query_argument("here", "")
        if found.path != text:
            self.redirect(f"{prefix}/{self.where}/{found.path}{query_of(device)}", status=303)
            return
        if await self.campaign_page(found):
            return
        if found.state == "closed":
            self.set_status(410)
        _ = self.xsrf_token
        settings = page_settings(self.room, found, device)
        self.page(
            "join.html",
            found=found,
            settings=json.dumps(settings, ensure_ascii=False),
            heading=self.heading(found.state),
        )

    head = get

    def heading(self, state: str) -> dict[str, str]:
        """What the page says before its script runs, and where nothing is open."""
        text = self.room.texts["page"]
        if state == "closed":
            hint = text["closed_hint" if self.where == "join" else "quiz_closed_hint"]
            return {"title": text["closed_title"], "hint": hint}
        if state == "waiting":
            return {"title": text["waiting_title"], "hint": text["waiting_hint"]}
        return {"title": text["loading"], "hint": ""}

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """A wrong code gets the form to type it again."""
        if status_code != 404:
            super().write_error(status_code, **kwargs)
            return
        text = self.room.texts["page"]
        kind = "unknown" if self.where == "join" else "unknown_quiz"
        self.page("message.html", title=text[f"{kind}_title"], hint=text[f"{kind}_hint"], home=True)


def page_settings(room: Room, found: Round, device: str = "", **more: Any) -> dict[str, Any]:
    """What the page's script needs to know, JSON-able."""
    options = room.options
    base = f"{options.prefix}/{found.where}/{found.path}"
    return {
        "first_wait": options.first_wait,
        "longest_wait": options.longest_wait,
        "patience": options.patience,
        "poll": options.poll_wait,
        "base": base,
        "here": found.where == "join" and not found.aside,
        "shared": settings_of(room, device),
        "mine": f"{options.prefix}/mine",
        "door": f"{base}?again" if found.by_code else "",
        "code": found.code,
        "live": room.asset("live_room.js"),
        "words": content.texts("live_room")["phone"],
        "module": room.asset("questionnaire.js"),
        "now": {**room.shown(found), "door": False},
        "page": room.texts["page"],
        **more,
    }


class Sheet(LookupHandler):
    """The questions as JSON, under a name made from their content: kept by the browser for ever."""

    json_errors = True

    def initialize(self, where: str) -> None:
        """``where``: "join" or "quiz"."""
        self.where = where

    async def get(self, text: str, name: str) -> None:
        """The sheet that is open now, if it is the one asked for; else 404 and the page asks what is open."""
        found = await self.find(self.where, text)
        if found.sheet is None or found.sheet.name != name:
            raise tornado.web.HTTPError(404)
        self.send_packed(found.sheet)
