"""Faults, and rows that were set aside, as a CSV file that a spreadsheet program opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from learnerfirst import content
from learnerfirst.intake.table import CellFault, Sheet

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """A text that no spreadsheet program takes for a formula: an apostrophe stands before one that would be.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("plain")
    ("'=HYPERLINK(1)", 'plain')
    """
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text


def rows_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file in UTF-8 with a byte order mark (Excel then shows accents), every cell safe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in head])
    writer.writerows([safe_cell(str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "backslashreplace")


def faults_csv(faults: Iterable[CellFault]) -> bytes:
    """The whole list of faults: file, row, column, what is wrong, value, what to do."""
    words = content.texts("spreadsheets")
    kinds = {**words["faults"], **content.texts("intake")["faults"]}
    rows = (
        (fault.file, fault.row, fault.column, kinds.get(fault.kind, fault.kind), fault.value, fault.fix)
        for fault in faults
    )
    return rows_csv(words["faults_head"], rows)


def set_aside_csv(sheet: Sheet) -> bytes:
    """The rows that have a fault, as they stand in the file, their row numbers in front."""
    return rows_csv((content.texts("spreadsheets")["row_head"], *sheet.headings), sheet.set_aside())
