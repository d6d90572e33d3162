"""All that goes out of a workshop's gaps: page, charts, projector, files; for tests that look for what must not be there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from learnerfirst.content import texts
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.gaps.files import decisions_calendar, decisions_csv, gaps_csv, report_html
from learnerfirst.pages.gaps.model import GapsModel
from learnerfirst.pages.gaps.page import STEPS, GapsPage
from learnerfirst.pages.projector import Projector
from learnerfirst.pages.projector.gaps import gaps
from learnerfirst.workshops import Workshops


def markup(widget: Any) -> str:
    """What a widget and all in it show; nothing of what is hidden."""
    if widget.layout.display == "none":
        return ""
    own = f"{getattr(widget, 'description', '')}\n{getattr(widget, 'value', '')}\n{getattr(widget, 'outputs', '')}"
    return "\n".join([own, *(markup(child) for child in getattr(widget, "children", ()))])


def everything_shown(workshops: Workshops, code: str) -> list[str]:
    """Each step of the page as every role sees it, the projector in both themes, every file."""
    model = GapsModel(
        workshops, Desk(workshops.store, "gaps"), Addresses("http://x"), Inbox(Path("/nowhere"))
    )
    page = GapsPage(model, texts("gaps_page"), texts("start"))
    told = []
    try:
        page.start(code)
        for step in STEPS:
            page.there[step].click()
            for role in model.profiles:
                model.role = role
                told.append(page.head.value)
                told += [_html(child) for child in page.box.children[1:]]
    finally:
        page.close()
    shown, decisions = model.shown, model.decisions
    for theme in ("light", "dark"):
        told += gaps(workshops, code, theme).values()
        drawn = Projector(workshops, Addresses("http://x"))
        told += [
            drawn.view(code, theme, name).html for name in drawn.view(code, theme).views if "gaps" in name
        ]
    told.append(gaps_csv(shown).decode().replace("<", "&lt;"))
    told.append(decisions_csv(decisions).decode().replace("<", "&lt;"))
    told.append(decisions_calendar(decisions, "t", "c", date(2026, 11, 22)).decode().replace("<", "&lt;"))
    told.append(report_html(workshops.get(code), shown, decisions))
    told.append(repr(shown).replace("<", "&lt;"))
    return told


def _html(widget: Any) -> str:
    """Only what a browser reads as markup: fields and buttons show their texts as texts."""
    if widget.layout.display == "none":
        return ""
    own = str(widget.value) if type(widget).__name__ == "HTML" else ""
    return "\n".join([own, *(_html(child) for child in getattr(widget, "children", ()))])
