"""What the page's script asks: what is open, take these answers, show mine, show my mark."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import tornado.web

from learnerfirst.errors import NotOpen, UnknownCode
from learnerfirst.serving.participants.attendance import DOING
from learnerfirst.serving.participants.campaign import SENT, CampaignPages
from learnerfirst.serving.participants.keys import read_key
from learnerfirst.serving.participants.results import result_of
from learnerfirst.serving.participants.rounds import Round
from learnerfirst.workshops import Workshop, Workshops

FAST_SECONDS = 90
NAME = re.compile(r"[0-9a-f]{16}")


class ApiHandler(CampaignPages):
    """JSON in, JSON out."""

    json_errors = True

    def initialize(self, where: str) -> None:
        """``where``: "join" or "quiz"."""
        self.where = where

    def read(self) -> Mapping[str, Any]:
        """The body as a JSON object; 400 if it is none."""
        try:
            body = json.loads(self.request.body.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise tornado.web.HTTPError(400) from error
        if not isinstance(body, dict):
            raise tornado.web.HTTPError(400)
        return body

    def reply(self, **values: object) -> None:
        """Send a JSON object."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(values, ensure_ascii=False))

    def key(self, body: Mapping[str, Any]) -> str:
        """The key in a body, in its one spelling; 400 if it has not the shape of one."""
        found = read_key(body.get("id"))
        if found is None:
            raise tornado.web.HTTPError(400)
        return found

    def activity(self, body: Mapping[str, Any]) -> str:
        """The activity's id in a body; 400 if there is none."""
        found = body.get("activity")
        if not isinstance(found, str) or not 0 < len(found) <= 80:
            raise tornado.web.HTTPError(400)
        return found


class State(ApiHandler):
    """``GET .../state?here=NAME&doing=answering``: what is open now; pages ask every few seconds, and are counted."""

    async def get(self, text: str) -> None:
        """State, activity and the path of its sheet."""
        found = await self.find(self.where, text)
        name, doing = (self.get_query_argument(part, "") for part in ("here", "doing"))
        if self.where == "join" and not found.aside and NAME.fullmatch(name) and doing in DOING:
            self.room.attendance.hear(found.code, name, doing)
        if not self.get_cookie(self.settings["xsrf_cookie_name"]):
            _ = self.xsrf_token
        self.reply(**self.room.shown(found), door=await self.needs_code(found))


class Answers(ApiHandler):
    """``POST .../answers``: stored once under the sender's id, however often it is sent."""

    async def post(self, text: str) -> None:
        """200 only after the store has committed; the reply holds the sender's own result."""
        body = self.read()
        key, activity = self.key(body), self.activity(body)
        if not self.room.submissions.take(self.network):
            raise tornado.web.HTTPError(429)
        found = await self.find(self.where, text)
        seconds = body.get("seconds")
        fast = isinstance(seconds, int | float) and 0 <= seconds < FAST_SECONDS
        answers = body.get("answers")
        if not isinstance(answers, dict):
            raise tornado.web.HTTPError(422)
        saved = await self.room.call(self.save, found, activity, key, answers, fast)
        if found.by_code:
            self.keep_ticket(found, SENT)
        if self.where == "join" and body.get("source") == "laptop":
            await self.room.call(self.room.workshops.came_by, found.workshop.code, activity, key, "laptop")
        self.reply(saved=True, html=saved)

    def save(self, found: Round, activity: str, key: str, answers: Mapping[str, object], fast: bool) -> str:
        """Store, read back what counts (the first answers under this id), and make the own result of it."""
        workshops = self.room.workshops
        code = found.workshop.code
        new = workshops.submit(code, activity, key, answers, fast=fast, ticket=self.ticket(found))
        stored = answers if new else workshops.mine(code, activity, key)
        if not isinstance(stored, Mapping):
            raise NotOpen(f"these answers to {activity} were deleted")
        return result_html(workshops, found.workshop, activity, stored, self.room.options.prefix, key)


class Own(ApiHandler):
    """``POST .../own``: the own result again, for a page that was reloaded; the key is in the body."""

    async def post(self, text: str) -> None:
        """404 where nothing is stored under the key, which counts as a failed guess."""
        body = self.read()
        key, activity = self.key(body), self.activity(body)
        found = await self.find(self.where, text)
        html = await self.room.call(self.recall, found, activity, key)
        if html is None:
            self.room.failures.take(self.network)
            raise tornado.web.HTTPError(404)
        self.reply(html=html)

    def recall(self, found: Round, activity: str, key: str) -> str | None:
        """The result of what is stored under the key, or None."""
        workshops = self.room.workshops
        try:
            stored = workshops.mine(found.workshop.code, activity, key)
        except UnknownCode:
            return None
        if stored is None:
            return None
        return result_html(workshops, found.workshop, activity, stored, self.room.options.prefix, key)


class Mark(ApiHandler):
    """``POST .../mark``: in a small room that chose to be open, show or hide one's own mark."""

    async def post(self, text: str) -> None:
        """409 once the result was shown, or where the room did not choose this."""
        body = self.read()
        key, activity, shown = self.key(body), self.activity(body), body.get("shown") is True
        found = await self.find(self.where, text)
        await self.room.call(self.room.workshops.set_mark, found.workshop.code, activity, key, shown)
        self.reply(shown=shown)


def result_html(
    workshops: Workshops,
    workshop: Workshop,
    activity_id: str,
    answers: Mapping[str, Any],
    prefix: str | None = None,
    key: str = "",
) -> str:
    """One person's own result as a piece of HTML; everything in it is escaped."""
    return result_of(workshops, workshop, activity_id, answers, prefix=prefix, key=key).html()
