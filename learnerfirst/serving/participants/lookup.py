"""Looking a code up for a handler: cached, in a thread, and closed to guessing."""

from __future__ import annotations

import hmac
from typing import Any

import tornado.web

from learnerfirst.errors import UnknownCode
from learnerfirst.serving.participants.base import BaseHandler
from learnerfirst.serving.participants.rounds import Round, clean

PASS_COOKIE = "lf_people_pass"


class LookupHandler(BaseHandler):
    """A handler whose route names a workshop's code or a quiz."""

    async def find(self, where: str, text: str) -> Round:
        """The round; 404 counts as a failed guess, and after too many of them strangers get 429.

        Who found the code before holds a pass for it and is not locked out by other people's guesses.
        """
        code = clean(where, text)
        known = hmac.compare_digest(self.get_cookie(PASS_COOKIE, "") or "", self.room.pass_for(code))
        if not known and self.room.failures.empty(self.network):
            raise tornado.web.HTTPError(429)
        found = self.room.rounds.remembered(where, code)
        if found is None:
            try:
                found = await self.room.call(self.room.rounds.find, where, code)
            except UnknownCode:
                self.room.failures.take(self.network)
                raise
        if not known:
            self.let_in(found.code)
        return found

    def let_in(self, code: str) -> None:
        """Give this browser the pass for a code; it ends with the browser's session."""
        self.set_cookie(PASS_COOKIE, self.room.pass_for(code), **self.cookie_settings())

    def cookie_settings(self) -> dict[str, Any]:
        """Path and site rules of our cookies."""
        options = self.room.options
        framed = bool(options.frame_ancestors) and options.secure
        return {
            "path": f"{options.prefix}/",
            "httponly": True,
            "secure": options.secure,
            "samesite": "None" if framed else "Lax",
        }
