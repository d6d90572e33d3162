"""What every participant handler shares: headers, limits, pages for errors, logs without people in them."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Awaitable
from http.client import responses
from types import TracebackType
from typing import Any

import tornado.web

from learnerfirst.errors import (
    InvalidAnswers,
    InvalidInput,
    LearnerFirstError,
    NotAllowed,
    NotOpen,
    SpentCode,
    StoreError,
    UnknownCode,
)
from learnerfirst.serving.participants.assets import Packed
from learnerfirst.serving.participants.limits import network_of
from learnerfirst.serving.participants.room import Room

BODY_LIMIT = 64 * 1024
LOG = logging.getLogger("learnerfirst.participants")
XSRF_COOKIE = "lf_people_xsrf"

_STATUS: tuple[tuple[type[LearnerFirstError], int], ...] = (
    (UnknownCode, 404),
    (NotOpen, 410),
    (InvalidAnswers, 422),
    (InvalidInput, 422),
    (NotAllowed, 409),
    (SpentCode, 423),
    (StoreError, 503),
)
_TEXTS = {
    403: ("bad_request_title", "bad_request_hint"),
    404: ("not_found_title", "not_found_hint"),
    409: ("bad_request_title", "mark_fixed"),
    410: ("gone_title", "closed_hint"),
    413: ("too_large_title", "too_large_hint"),
    422: ("bad_request_title", "refused_invalid"),
    423: ("bad_request_title", "code_spent"),
    429: ("limited_title", "limited_hint"),
    503: ("error_title", "store_trouble"),
}


class BaseHandler(tornado.web.RequestHandler):
    """Security headers, the body and rate limits, and error pages of our own."""

    json_errors = False

    @property
    def room(self) -> Room:
        """What all handlers of one process share."""
        found: Room = self.settings["room"]
        return found

    def set_default_headers(self) -> None:
        """No page of ours loads anything from another host, runs inline script or is kept by a cache."""
        self.clear_header("Server")
        room = self.room
        for name, value in room.headers.items():
            self.set_header(name, value)

    def prepare(self) -> Awaitable[None] | None:
        """Refuses bodies over the limit and addresses that ask far more than a full room would."""
        if len(self.request.body) > BODY_LIMIT:
            raise tornado.web.HTTPError(413)
        if not self.room.requests.take(self.network):
            raise tornado.web.HTTPError(429)
        return None

    @property
    def network(self) -> str:
        """The sender's network, for limits only; never stored, never logged."""
        return network_of(self.request.remote_ip or "")

    def decode_argument(self, value: bytes, name: str | None = None) -> str:
        """A path that is no text is a path that does not exist."""
        try:
            return super().decode_argument(value, name)
        except tornado.web.HTTPError as error:
            raise tornado.web.HTTPError(404 if name is None else 400) from error

    def page(self, template: str, **values: Any) -> None:
        """Render a template with the texts, links and hashed names that all pages use."""
        room = self.room
        names = {
            "texts": room.texts,
            "t": room.texts["page"],
            "prefix": room.options.prefix,
            "asset": room.asset,
        }
        self.render(template, **{**names, **values})

    def send_packed(self, item: Packed) -> None:
        """Send bytes whose name changes with their content: they may be kept for ever."""
        self.set_header("Content-Type", item.content_type)
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(item.zipped)
        else:
            self.finish(item.plain)

    def send_error(self, status_code: int = 500, **kwargs: Any) -> None:
        """Our own errors have their own status codes."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        for kind, status in _STATUS:
            if isinstance(error, kind):
                status_code = status
        super().send_error(status_code, **kwargs)

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        """A page that says what happened and what to do, or the same as JSON."""
        if status_code in (429, 503):
            self.set_header("Retry-After", "10")
        if status_code in (400, 405):
            title, hint = "bad_request_title", "bad_request_hint"
        else:
            title, hint = _TEXTS.get(status_code, ("error_title", "error_hint"))
        text = self.room.texts["page"]
        if self.json_errors:
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps({"error": responses.get(status_code, "error"), "message": text[hint]}))
        else:
            self.page("message.html", title=text[title], hint=text[hint], home=True)

    def log_exception(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Where it happened, never what was sent: messages of databases quote their parameters."""
        if isinstance(
            value,
            tornado.web.HTTPError
            | UnknownCode
            | NotOpen
            | InvalidAnswers
            | InvalidInput
            | NotAllowed
            | SpentCode,
        ):
            return
        name = kind.__name__ if kind else "error"
        LOG.error("%s in %s\n%s", name, type(self).__name__, "".join(traceback.format_tb(trace)))


class NotFound(BaseHandler):
    """Every path that is not a route."""

    def prepare(self) -> None:
        """The same page for every method."""
        raise tornado.web.HTTPError(404)

    def check_xsrf_cookie(self) -> None:
        """Nothing happens here that a forged request could do."""


class Alive(BaseHandler):
    """``/alive``: says that the process answers; the server that started it asks."""

    def get(self) -> None:
        """A short JSON text."""
        self.set_header("Content-Type", "application/json")
        self.finish('{"alive": true}')


class Static(BaseHandler):
    """Static files under their hashed names."""

    def get(self, name: str) -> None:
        """The file, or our 404."""
        item = self.room.packed.get(name)
        if item is None:
            raise tornado.web.HTTPError(404)
        self.send_packed(item)
