"""The look of widget pages: our server links the style sheet; elsewhere (JupyterLab) it is put into the page."""

from __future__ import annotations

import os
from pathlib import Path

from ipywidgets import HTML, VBox
from ipywidgets import Widget as AnyWidget

STATIC = Path(__file__).resolve().parent / "static"


def styled(children: list[AnyWidget], *names: str) -> VBox:
    """A page's outermost box, with the style sheet where the server does not link it; ``names`` are further classes."""
    if os.environ.get("LEARNERFIRST_PAGE"):
        return boxed(children, "lf", *names)
    sheet = HTML(f"<style>{(STATIC / 'facilitator.css').read_text('utf-8')}</style>")
    sheet.add_class("lf-sheet")
    return boxed([sheet, *children], "lf", *names)


def boxed(children: list[AnyWidget], *names: str) -> VBox:
    """A box with classes."""
    box = VBox(children)
    for name in names:
        box.add_class(name)
    return box


def shown(widget: AnyWidget, visible: bool) -> None:
    """Show or hide a widget; hidden means gone, for screen readers too."""
    display = None if visible else "none"
    if widget.layout.display != display:
        widget.layout.display = display


def put(widget: AnyWidget, value: object) -> None:
    """Set a widget's value where it differs, so that a redraw sends nothing that is there already."""
    if widget.value != value:
        widget.value = value
