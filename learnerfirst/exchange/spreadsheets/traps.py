"""What a file looks as if somebody's spreadsheet program did to it before: said, never repaired."""

from __future__ import annotations

import re
from collections.abc import Sequence

from learnerfirst.intake.numbers import decimal_mark
from learnerfirst.intake.table import Column

_MOJIBAKE = re.compile("Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\u00a0-\u00bf]|ï»¿|\ufffd")
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+\d{1,3}")
_DAY_MONTH = re.compile(
    r"\d{1,2}[-. ]{1,2}(jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w{0,6}\.?|"
    r"(jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)-\d{2}",
    re.I,
)
SAMPLE = 20_000


def column_traps(
    columns: Sequence[Column], rows: Sequence[tuple[str, ...]]
) -> list[tuple[str, dict[str, object]]]:
    """Notes about decimal commas, damaged accents, long numbers and ranges that became dates."""
    commas: list[str] = []
    scientific: list[str] = []
    day_months: list[str] = []
    examples = {"scientific": "", "day_months": "", "mojibake": ""}
    damaged = 0
    for place, column in enumerate(columns):
        values = dict.fromkeys(row[place] for row in rows[:SAMPLE])
        values.pop("", None)
        if decimal_mark(values) == ",":
            commas.append(column.name)
        for value in values:
            if _MOJIBAKE.search(value):
                damaged += 1
                examples["mojibake"] = examples["mojibake"] or value[:60]
        for found, pattern, kind in (
            (scientific, _SCIENTIFIC, "scientific"),
            (day_months, _DAY_MONTH, "day_months"),
        ):
            first = next((value for value in values if len(value) < 20 and pattern.fullmatch(value)), "")
            if first:
                found.append(column.name)
                examples[kind] = examples[kind] or first
    notes: list[tuple[str, dict[str, object]]] = []
    if commas:
        notes.append(("decimal_commas", {"columns": ", ".join(commas)}))
    if damaged:
        notes.append(("mojibake", {"count": damaged, "example": examples["mojibake"]}))
    for kind, names in (("scientific", scientific), ("day_months", day_months)):
        if names:
            notes.append((kind, {"columns": ", ".join(names), "example": examples[kind]}))
    return notes
