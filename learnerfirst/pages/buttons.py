"""A button with its words, its act and its look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ipywidgets import Button

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


def button(words: str, act: Callable[[], Any], guarded: Wrap, *names: str) -> Button:
    """A button that says ``words`` and does ``act`` inside the guard; ``names`` are classes."""
    made = Button(description=words)
    for name in names:
        made.add_class(name)
    made.on_click(guarded(lambda _: act()))
    return made
