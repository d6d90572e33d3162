"""Files of a workshop's gaps and decisions: what the page shows, for spreadsheets, to read, for the calendar. No kernel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from learnerfirst.pages.gaps.files import decisions_calendar, decisions_csv, gaps_csv, report_html
from learnerfirst.serving.files import WorkshopFile, once
from learnerfirst.workshops.gap_decisions import GapDecisions
from learnerfirst.workshops.gap_results import GapResults

CSV = "text/csv; charset=utf-8"
FILES = {
    "gaps.csv": CSV,
    "decisions.csv": CSV,
    "report.html": "text/html; charset=utf-8",
    "decisions.ics": "text/calendar; charset=utf-8",
}


class GapFile(WorkshopFile):
    """``/gaps/CODE/FILE``: one of :data:`FILES`, to save."""

    async def get(self, code: str, name: str) -> None:
        """The file; 404 where there is no such code, or nothing to put into it yet."""
        found, data = await self.make(self._made, code, name)
        self.send(data, FILES[name], f"{found}-{name}")

    def _made(self, code: str, name: str) -> tuple[str, bytes | str] | None:
        workshops = self.lf_desk()
        workshop = workshops.get(code)
        shown = GapResults(workshops, workshop.code).all_shown()
        decisions = GapDecisions(workshops.store, workshop.code).all()
        data: bytes | str | None = None
        if name == "gaps.csv" and shown:
            data = gaps_csv(shown)
        elif name == "decisions.csv" and decisions:
            data = decisions_csv(decisions)
        elif name == "decisions.ics" and decisions:
            data = decisions_calendar(decisions, workshop.title, workshop.code, workshops.today())
        elif name == "report.html" and shown:
            data = report_html(workshop, shown, decisions)
        return None if data is None else (workshop.code, data)


def handlers(base_url: str, store_factory: Callable[[], Any]) -> list[tuple[Any, ...]]:
    """Routes below ``base_url`` (it ends with a slash); mount them behind the token."""
    names = "|".join(name.replace(".", r"\.") for name in FILES)
    return [(rf"{base_url}gaps/([A-Za-z]{{3,8}})/({names})", GapFile, {"desk": once(store_factory)})]
