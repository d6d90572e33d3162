"""A field that takes one file of up to 50 MB: sent by HTTP to the workbook's inbox, never through the page's socket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from learnerfirst import content
from learnerfirst.exchange.inbox import LARGEST

STATIC = Path(__file__).parent / "static"


class UploadWidget(anywidget.AnyWidget):
    """A native file field with a label, a place to drop a file, progress and what went wrong.

    ``arrived(name)`` is called with the file's name in the inbox (:meth:`learnerfirst.exchange.inbox.Inbox.path`
    knows where it is). The name comes from a browser: ask the inbox, do not build a path of it.
    """

    _esm = STATIC / "upload.js"
    _css = STATIC / "upload.css"
    texts = traitlets.Dict().tag(sync=True)
    largest = traitlets.Int(LARGEST).tag(sync=True)
    uploaded = traitlets.Dict().tag(sync=True)

    def __init__(
        self, arrived: Callable[[str], Any] | None = None, texts: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(texts={**content.texts("upload"), **(texts or {})})
        self._arrived = arrived
        self.observe(self._on_uploaded, "uploaded")

    def _on_uploaded(self, change: Mapping[str, Any]) -> None:
        name = change["new"].get("name")
        if self._arrived is not None and isinstance(name, str) and name:
            self._arrived(name)
