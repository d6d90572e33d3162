"""Every callback of a page runs inside a guard: ipywidgets swallows exceptions, so nobody would see them."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML

from learnerfirst.errors import LearnerFirstError

LOG = logging.getLogger("learnerfirst.pages")
MOST_LINES, MOST_LETTERS = 13, 3000


class Notice:
    """One place of a page for what the person must know now; screen readers speak it when it changes.

    Owns the widget ``box``. ``kind`` is good, warn or bad.
    """

    def __init__(self) -> None:
        self.box = HTML()
        self.box.add_class("lf-notice")

    def show(self, text: str, kind: str = "good") -> None:
        """Say ``text`` (plain text, escaped here; lines become paragraphs)."""
        role = "alert" if kind == "bad" else "status"
        lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
        self.box.value = f'<div class="lf-note lf-{escape(kind)}" role="{role}">{lines}</div>'

    def clear(self) -> None:
        """Say nothing any more."""
        self.box.value = ""

    @property
    def text(self) -> str:
        """What is shown now, as markup; empty when nothing is."""
        return str(self.box.value)


def guard(notice: Notice, texts: Mapping[str, str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator: exceptions of the callback become a calm message in ``notice``, never a traceback.

    Own errors say themselves what to do, so their message is shown. Anything else is logged whole where the
    server runs, and the page shows ``texts["unexpected"]``. What was typed stays in its fields. Returns whatever
    the callback returned, or None.
    """

    def wrap(callback: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(callback)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            try:
                return callback(*args, **kwargs)
            except LearnerFirstError as error:
                told = _shortened(str(error))
                LOG.warning("%s: %s", type(error).__name__, told)
                notice.show(told, "bad")
            except Exception:
                LOG.exception("a callback of this page failed")
                notice.show(texts["unexpected"], "bad")
            return None

        return guarded

    return wrap


def _shortened(message: str) -> str:
    """The first faults of many: a file may have a hundred thousand.

    >>> _shortened("a\\nb"), _shortened("\\n".join(["faults", *"abcdefghijklmnopqrstuvwxyz"])).splitlines()[-2:]
    ('a\\nb', ['l', '…'])
    """
    lines = message[: MOST_LETTERS + 1].splitlines()
    whole = len(message) <= MOST_LETTERS and len(lines) <= MOST_LINES
    return message if whole else "\n".join([*lines[:MOST_LINES], "…"])
