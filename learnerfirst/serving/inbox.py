"""``/inbox``: a file on its way into the workbook, written to the disk as it comes; ``GET`` lists what is there."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from tornado.web import HTTPError, RequestHandler, stream_request_body

from learnerfirst import content
from learnerfirst.errors import StoreFull
from learnerfirst.exchange.inbox import LARGEST, Inbox
from learnerfirst.exchange.spreadsheets.limits import MEGABYTE

MOST_DIGITS = 18


@stream_request_body
class Upload(RequestHandler):
    """``POST /inbox?name=people.csv`` with the file as its body; at most 50 MB, refused before it is sent if it says so."""

    SUPPORTED_METHODS = ("GET", "POST")

    def initialize(self, inbox: Inbox) -> None:
        """``inbox``: where files go."""
        self.lf_inbox = inbox
        self.lf_part: Path | None = None
        self.lf_stream: IO[bytes] | None = None
        self.lf_size = 0
        self.lf_refused = ""

    def prepare(self) -> None:
        """Is the file small enough? Asked before its first byte is read, after who sends it was made sure of.

        (The guard in front of this handler calls it last; see ``Guarded``.)
        """
        if self.request.method != "POST":
            return
        told = self.request.headers.get("Content-Length", "0")
        size = int(told[:MOST_DIGITS]) if told.isdecimal() else 0
        if size > LARGEST:
            self.refuse(413, "too_large", found=f"{size / MEGABYTE:,.0f}")
            return
        try:
            self.lf_inbox.room_for(size)
            self.lf_part = self.lf_inbox.begin(self.get_query_argument("name", ""))
            self.lf_stream = self.lf_part.open("xb")
        except (StoreFull, OSError):
            self.refuse(507, "no_room")

    def data_received(self, chunk: bytes) -> None:
        """The next piece of the file."""
        self.lf_size += len(chunk)
        if self.lf_stream is None or self.lf_refused:
            return
        if self.lf_size > LARGEST:
            self.lf_refused = "too_large"
            return
        try:
            self.lf_stream.write(chunk)
        except OSError:
            self.lf_refused = "no_room"

    def get(self) -> None:
        """Names and sizes of the files in the inbox."""
        self.set_header("Cache-Control", "no-store")
        files = [{"name": one.name, "title": one.title, "size": one.size} for one in self.lf_inbox.files()]
        self.finish({"files": files})

    def post(self) -> None:
        """The file is whole: it gets its name."""
        if self.lf_refused:
            self.refuse(
                413 if self.lf_refused == "too_large" else 507,
                self.lf_refused,
                found=f"{self.lf_size / MEGABYTE:,.0f}",
            )
            return
        if self.lf_size == 0 or self.lf_part is None or self.lf_stream is None:
            self.refuse(400, "empty")
            return
        try:
            self.lf_stream.close()
            found = self.lf_inbox.finish(self.lf_part)
        except OSError:
            self.refuse(507, "no_room")
            return
        self.lf_part = self.lf_stream = None
        self.set_header("Cache-Control", "no-store")
        self.finish({"name": found.name, "title": found.title, "size": found.size})

    def refuse(self, status: int, reason: str, **words: str) -> None:
        """Say as JSON why the file is not taken, and what to do; what came of it so far is gone before that."""
        self.drop()
        texts: Mapping[str, str] = content.texts("upload")["refused"]
        said = texts[reason].format(allowed=f"{LARGEST / MEGABYTE:,.0f}", **words)
        self.set_status(status)
        self.set_header("Cache-Control", "no-store")
        self.finish({"error": reason, "message": said})

    def on_connection_close(self) -> None:
        """The line broke: nothing of the file stays."""
        self.drop()

    def on_finish(self) -> None:
        """Whatever came of it, no part stays."""
        self.drop()

    def drop(self) -> None:
        """Delete what was written so far of a file that did not become whole."""
        with contextlib.suppress(OSError):
            if self.lf_stream is not None:
                self.lf_stream.close()
            if self.lf_part is not None:
                self.lf_part.unlink(missing_ok=True)
        self.lf_part = self.lf_stream = None


class ListFile(RequestHandler):
    """``/inbox/lists/NAME``: a list that a page made, such as all faults of a file; gone after a day."""

    def initialize(self, inbox: Inbox) -> None:
        """``inbox``: where lists are."""
        self.lf_inbox = inbox

    async def get(self, name: str) -> None:
        """The list as a file to save."""
        try:
            data = await asyncio.to_thread((self.lf_inbox.lists / name).read_bytes)
        except OSError:
            raise HTTPError(404) from None
        kind = "text/csv" if name.endswith(".csv") else "application/json"
        called = "rows-to-repair.csv" if name.endswith(".csv") else "import-recipe.json"
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{called}"')
        self.set_header("Cache-Control", "no-store")
        self.finish(data)


def folder(workbook: Any) -> Path | None:
    """The data folder of a running workbook as its settings name it, None for the usual one."""
    chosen = getattr(workbook, "data_dir", "")
    return Path(chosen) if chosen else None


def handlers(base_url: str, inbox: Inbox) -> list[tuple[Any, ...]]:
    """Routes below ``base_url`` (it ends with a slash); mount them behind the token."""
    options = {"inbox": inbox}
    return [
        (rf"{base_url}inbox", Upload, options),
        (rf"{base_url}inbox/lists/([0-9a-f]{{24}}\.(?:csv|json))", ListFile, options),
    ]
