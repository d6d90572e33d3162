"""What the placeholders of a questionnaire stand for in a workshop."""

from __future__ import annotations

from collections.abc import Sequence

from learnerfirst import content
from learnerfirst.workshops import Workshop


def fills_of(workshop: Workshop) -> dict[str, str]:
    """The referent, and the month in words."""
    months = content.texts("participant")["months"]
    return {"referent": workshop.referent, "month_year": month_year(workshop.wanted_by, months)}


def month_year(month: str, names: Sequence[str]) -> str:
    """``2027-11`` in words.

    >>> month_year("2027-11", content.texts("participant")["months"])
    'November 2027'
    """
    year, _, number = month.partition("-")
    return f"{names[int(number) - 1]} {year}"
