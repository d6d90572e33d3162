"""A websocket client that speaks to a kernel as a page does, or as an attacker would."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.running import TOKEN, Workbook

Result = TypeVar("Result")
V1 = "v1.kernel.websocket.jupyter.org"


def message(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """A message of the kernel protocol."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "session": "s",
        "username": "",
        "msg_type": kind,
        "version": "5.3",
        "date": "",
    }
    return {"header": header, "parent_header": {}, "metadata": {}, "content": content}


class Talk:
    """One open websocket; everything that was heard is kept in ``heard``."""

    def __init__(self, connection: WebSocketClientConnection, modern: bool) -> None:
        self.connection = connection
        self.modern = modern
        self.heard: list[dict[str, Any]] = []

    async def say(self, channel: str, kind: str, content: dict[str, Any]) -> str:
        said = message(kind, content)
        if self.modern:
            parts = [
                json.dumps(said[key]).encode() for key in ("header", "parent_header", "metadata", "content")
            ]
            await self.connection.write_message(serialize_msg_to_ws_v1(parts, channel), binary=True)
        else:
            await self.connection.write_message(json.dumps({**said, "channel": channel, "buffers": []}))
        return str(said["header"]["msg_id"])

    async def hear(self, kind: str, within: float = 10) -> dict[str, Any]:
        """The next message of this kind; all others on the way are kept as well."""
        async with asyncio.timeout(within):
            while True:
                raw = await self.connection.read_message()
                assert raw is not None, "the server closed the websocket"
                heard = self._parsed(raw)
                self.heard.append(heard)
                if heard["header"]["msg_type"] == kind:
                    return heard

    def _parsed(self, raw: str | bytes) -> dict[str, Any]:
        if isinstance(raw, str):
            parsed: dict[str, Any] = json.loads(raw)
            return parsed
        channel, parts = deserialize_msg_from_ws_v1(raw)
        names = ("header", "parent_header", "metadata", "content")
        return {
            "channel": channel,
            **{name: json.loads(part) for name, part in zip(names, parts, strict=False)},
        }


def run(conversation: Coroutine[Any, Any, Result]) -> Result:
    """Run a conversation in a thread of its own: Playwright keeps an event loop in the main thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, conversation).result()


async def talk(workbook: Workbook, kernel: str, *, modern: bool = True, **headers: str) -> Talk:
    """Open a kernel's websocket as a browser does; tornado.httpclient.HTTPClientError when refused."""
    url = f"ws://127.0.0.1:{workbook.port}/api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
    given = {
        "Authorization": f"token {TOKEN}",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    request = HTTPRequest(url, headers={name: value for name, value in given.items() if value})
    return Talk(await websocket_connect(request, subprotocols=[V1] if modern else None), modern)
