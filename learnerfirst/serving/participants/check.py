"""``/check/TOKEN``: the page that a phone opens before the workshop, and which then posts by itself."""

from __future__ import annotations

import json

import tornado.web

from learnerfirst.errors import UnknownCode
from learnerfirst.serving.addresses import is_this_computer
from learnerfirst.serving.participants.base import BaseHandler
from learnerfirst.workshops.reach import ReachTests


class Check(BaseHandler):
    """Opening is noted, posting is noted; whose device it was is not."""

    async def get(self, token: str) -> None:
        """The page; its script posts at once and says so."""
        await self.note(token, posted=False)
        _ = self.xsrf_token
        self.page("check.html", c=self.room.texts["check"], token=token)

    async def post(self, token: str) -> None:
        """200 after the store has taken the note."""
        self.json_errors = True
        await self.note(token, posted=True)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"posted": True}))

    async def note(self, token: str, *, posted: bool) -> None:
        """404 for an unknown token, which counts as a failed guess."""
        if self.room.failures.empty(self.network):
            raise tornado.web.HTTPError(429)
        try:
            await self.room.call(self._note, token, posted, self.request.remote_ip or "")
        except UnknownCode:
            self.room.failures.take(self.network)
            raise

    def _note(self, token: str, posted: bool, ip: str) -> None:
        tests = ReachTests(self.room.workshops.store)
        tests.note(token, posted=posted, here=is_this_computer(ip))

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """An unknown test says how to get a new one."""
        if status_code != 404 or self.json_errors:
            super().write_error(status_code, **kwargs)
            return
        texts = self.room.texts["check"]
        self.page("message.html", title=texts["unknown_title"], hint=texts["unknown_hint"], home=False)
