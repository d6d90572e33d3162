"""Tells whether somebody is typing in a field that is kept when it is left: until then the page does not know what they typed."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

STATIC = Path(__file__).parents[1] / "static"


class TypingWidget(anywidget.AnyWidget):
    """Shows nothing. Stands beside one field in a box of the class ``lf-saved``; ``typing`` from the first key to the leaving."""

    _esm = STATIC / "typing.js"
    typing = traitlets.Bool(False).tag(sync=True)
