"""The websocket between a page and its kernel: widgets' messages pass, orders to run code do not."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

MESSAGE = "Something went wrong on this page."


class WidgetsOnly(ZMQChannelsWebsocketConnection):
    """Refuses what is not allowed on every channel (the kernel manager holds the list); hides tracebacks."""

    def _on_error(self, _channel: str, msg: dict[str, Any], msg_list: list[Any]) -> None:
        """Replace an exception's text, and count it so that the page can tell the visitor."""
        header = msg["header"] = self.get_part("header", msg["header"], msg_list)  # type: ignore[no-untyped-call]
        kind = header["msg_type"]
        if kind == "error" or (kind.endswith("_reply") and self._failed(msg, msg_list)):
            content = {
                "status": "error",
                "ename": "Error",
                "evalue": MESSAGE,
                "traceback": [MESSAGE],
            }
            if kind == "error":
                self.multi_kernel_manager.note_error(self.kernel_id)
        elif kind == "stream" and self._content(msg, msg_list).get("name") == "stderr":
            content = {"name": "stderr", "text": ""}
        else:
            return
        msg["content"] = content
        if self.subprotocol == "v1.kernel.websocket.jupyter.org":
            msg_list[3] = self.session.pack(content)

    def _content(self, msg: dict[str, Any], msg_list: list[Any]) -> dict[str, Any]:
        content: dict[str, Any] = self.get_part("content", msg["content"], msg_list)  # type: ignore[no-untyped-call]
        return content

    def _failed(self, msg: dict[str, Any], msg_list: list[Any]) -> bool:
        return self._content(msg, msg_list).get("status") == "error"
