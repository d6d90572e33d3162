"""Results and states in words: pure functions from a release, a workshop and texts to plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learnerfirst.charts import place

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_year(wanted_by: str, *, short: bool = False) -> str:
    """A year and month as people say it.

    >>> month_year("2027-11"), month_year("2027-11", short=True), month_year("soon")
    ('November 2027', 'Nov 2027', 'soon')
    """
    year, _, month = wanted_by.partition("-")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        return wanted_by
    name = MONTHS[int(month) - 1]
    return f"{name[:3] if short else name} {year}"


def day_words(day: str) -> str:
    """A day as people say it; what is no day stays as it was typed.

    >>> day_words("2027-01-05"), day_words("soon")
    ('5 January 2027', 'soon')
    """
    year, month, number = [*day.split("-"), "", "", ""][:3]
    if not (number.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        return day
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def state_of(workshop: Any) -> str:
    """How far a workshop is: new, open, closed or revealed."""
    states = [one.state for one in workshop.activities if not one.aside and not one.source]
    if any(state in ("closed", "hidden") for state in states):
        states.append("closed")
    return next((state for state in ("open", "revealed", "closed") if state in states), "new")


def finding(release: Mapping[str, Any], texts: Mapping[str, str], charts: Mapping[str, str]) -> str:
    """The finding in one sentence, such as "Blended today, heading for Facilitated".

    ``texts`` are ``finding`` of ``data/texts/learner_power.yaml``, ``charts`` those of ``charts.yaml``.
    """
    if release.get("hidden"):
        placed = len(release.get("marks") or ())
        return texts["marks"].format(count=placed) if placed > 1 else texts["hidden"]
    today, wanted = release.get("today"), release.get("wanted")
    if not today:
        return _pulse(release, texts)
    here = _where(today, texts, charts)
    if not wanted:
        return texts["today"].format(today=here)
    there = _where(wanted, texts, charts)
    if here == there:
        return texts["stay"].format(today=here)
    return texts["move"].format(
        today=here, wanted=there[0].lower() + there[1:] if wanted.get("between") else there
    )


def _where(position: Mapping[str, Any], texts: Mapping[str, str], charts: Mapping[str, str]) -> str:
    if position.get("between"):
        first, second = position["between"]
        return texts["between"].format(a=charts[first], b=charts[second])
    return place(position, charts)


def _pulse(release: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    open_rows = [row for row in release.get("dimensions", ()) if not row.get("hidden")]
    split = [row for row in open_rows if row.get("agreement") == "split"]
    if split:
        return texts["pulse_split"].format(dimension=split[0]["name"].lower())
    known = [row for row in open_rows if row.get("today") is not None]
    if known:
        return texts["pulse_low"].format(dimension=min(known, key=lambda row: row["today"])["name"].lower())
    return texts["pulse"]
